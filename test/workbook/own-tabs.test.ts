/** Purser's own tabs in the local Sheets: made, written and read back. */
import type { Call } from '../../src/clients/exchange.ts';
import type { SheetsAccess, SheetValue } from '../../src/clients/google/sheets.ts';
import { appendValues, batchUpdate, getTabs, getValues, putValues } from '../../src/clients/google/sheets.ts';
import type { BookingWord } from '../../src/statement/booking.ts';
import type { CalendarEntry } from '../../src/statement/calendar-entry.ts';
import { readAccepted } from '../../src/workbook/accepted-tab.ts';
import { readAdjustments } from '../../src/workbook/adjustments-tab.ts';
import { growRequests, readCalendarTab, tabWrites } from '../../src/workbook/calendar-tab.ts';
import { readCarried } from '../../src/workbook/carried-tab.ts';
import {
  appendParts,
  evidenceParts,
  evidenceRange,
  joinParts,
  mailRows,
  readEvidence,
} from '../../src/workbook/evidence-tab.ts';
import { calendarTabRequests, setUpRequests } from '../../src/workbook/set-up-tabs.ts';
import type { OwnTab, Tabs } from '../../src/workbook/tabs.ts';
import { OWN_TAB_TITLES, readTabs } from '../../src/workbook/tabs.ts';
import type { LocalSheets } from '../scripts/sheets/local-sheets.ts';
import { SPREADSHEET_ID, startLocalSheets } from '../scripts/sheets/local-sheets.ts';

const access: SheetsAccess = { spreadsheetId: SPREADSHEET_ID, token: 'good' };
let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
  await ask(batchUpdate(access, 'set up', setUpRequests(await tabs(), 'Sheet1', 'USD')));
});
afterEach(() => local.close());

async function ask<T>(call: Call<T>): Promise<T> {
  const { method, url, body, headers } = call.request({ nowMs: 0 });
  const reply = await local.send(method, url.replace('https://sheets.googleapis.com', ''), body, {
    authorization: headers.Authorization ?? '',
  });
  const settled = call.settle(
    { status: reply.status, headers: {}, text: () => reply.text, bytes: () => Buffer.from(reply.text) },
    { nowMs: 0 },
  );
  if (settled.kind !== 'done') throw new Error(JSON.stringify(settled));
  return settled.value;
}

async function tabs(): Promise<Tabs> {
  return readTabs(await ask(getTabs(access)));
}

async function own(name: OwnTab) {
  const tab = (await tabs()).own[name];
  if (tab === undefined) throw new Error(`no ${name}`);
  return tab;
}

async function rowsOf(name: OwnTab): Promise<SheetValue[][]> {
  const [rows = []] = await ask(getValues(access, [`'${OWN_TAB_TITLES[name]}'`], 'UNFORMATTED_VALUE'));
  return rows.map((row) => [...row]);
}

async function reading() {
  const tab = await own('evidence');
  const parts = await ask(getValues(access, evidenceParts(tab.title, tab.rowCount), 'UNFORMATTED_VALUE'));
  return readEvidence(tab.title, joinParts(parts));
}

const word = (messageId: string): BookingWord => ({
  messageId,
  receivedAt: '2026-05-03T14:05:09Z',
  kind: 'amended',
  reference: '0045',
  guestNames: ['=HYPERLINK("x")', "'t Hooft, G."],
  partySize: 2,
  date: '2026-05-16',
  departs: '09:05',
  vessel: '+Osprey',
  amountCents: -1250,
  currency: 'EUR',
  outsideCents: 0,
  isNet: true,
  problems: ['@what', '-'],
});

test('all are made once; those that an older workbook lacks are added, the others left alone', async () => {
  const before = await tabs();
  expect(before.all.map(({ title }) => title)).toEqual([
    'Sheet1',
    'Purser settings',
    'Purser rates',
    'Purser register',
    'Purser adjustments',
    'Purser accepted',
    'Purser carried forward',
    'Purser evidence',
    'Purser log',
  ]);
  expect(setUpRequests(before, 'Sheet1', 'USD')).toEqual([]);
  const { evidence, carried, accepted, log } = before.own;
  await local.update(
    ...[accepted, carried, evidence, log].map((tab) => ({ deleteSheet: { sheetId: tab?.sheetId } })),
  );
  await ask(batchUpdate(access, 'again', setUpRequests(await tabs(), 'Sheet1', 'USD')));
  expect((await tabs()).all.map(({ title }) => title)).toEqual(before.all.map(({ title }) => title));
});

test('what a person types into the tabs for a hand is read as it was meant', async () => {
  await local.write(
    "'Purser adjustments'!A2:G2",
    [['2026-05', '0012', 'refund', '25.50', 'Late', 'Nora', '']],
    'USER_ENTERED',
  );
  await local.write(
    "'Purser carried forward'!A2:G2",
    [['May 2026', 'guests-differ', '0012', '-25.5', 'Later', 'Nora', '2026-06-03']],
    'USER_ENTERED',
  );
  await local.write(
    "'Purser accepted'!A2:G2",
    [['2026-05', 'guests-differ', '0012', '-25.5', 'Counted again', 'Nora', '2026-06-03']],
    'USER_ENTERED',
  );
  expect(readAccepted('T', await rowsOf('accepted'))).toMatchObject({
    accepted: [{ month: '2026-05', about: '0012', cents: -2550, on: '2026-06-03' }],
    problems: [],
  });
  expect(readAdjustments('T', await rowsOf('adjustments'), new Set(['0012']), '2026-05')).toMatchObject({
    adjustments: [{ month: '2026-05', charterId: '0012', cents: 2550, reason: 'Late' }],
    problems: [],
  });
  expect(readCarried('T', await rowsOf('carried'))).toMatchObject({
    carried: [{ month: '2026-05', charterId: '0012', cents: -2550, resolved: true }],
    problems: [],
  });
});

test('the headings say what they mean, and the kinds can be chosen', async () => {
  const { sheets } = (
    await local.get(
      `?ranges=${encodeURIComponent("'Purser adjustments'!A1:G2")}&fields=${encodeURIComponent('sheets(data(rowData(values(note,dataValidation))))')}`,
    )
  ).body as { sheets: { data: { rowData: { values: { note?: string; dataValidation?: object }[] }[] }[] }[] };
  const [header, first] = sheets[0]?.data[0]?.rowData ?? [];
  expect(header?.values.every(({ note }) => (note ?? '').length > 10)).toBe(true);
  expect(JSON.stringify(first?.values[2]?.dataValidation)).toContain('forfeited');
});

test('evidence is written below what is there, past the end of the grid too, and read back to the letter', async () => {
  expect(await reading()).toMatchObject({ words: [], usedRows: 1 });
  const first = [word('a'), { ...word('a'), reference: null, guestNames: [], problems: [] }];
  const write = async (rows: SheetValue[][]): Promise<void> => {
    const range = evidenceRange((await own('evidence')).title);
    const { usedRows } = await reading();
    for (const part of appendParts(usedRows, rows))
      await ask(appendValues(access, 'append', range, part, true));
  };
  await write([
    ...mailRows('a', first, word('a').receivedAt, 'https://m'),
    ...mailRows('none', [], '2026', ''),
  ]);
  expect(await reading()).toMatchObject({ words: first, changed: [], usedRows: 4 });
  const many = Array.from({ length: 2500 }, (_, index) => word(`b${String(index).padStart(5, '0')}`));
  await write(many.flatMap((one) => mailRows(one.messageId, [one], one.receivedAt, '=x')));
  const after = await reading();
  expect(after.words).toEqual([...first, ...many]);
  expect(after).toMatchObject({ changed: [], usedRows: 2504 });
  const { sheetId, rowCount } = await own('evidence');
  expect(rowCount).toBeGreaterThanOrEqual(2504);
  await local.update({
    deleteDimension: { range: { sheetId, dimension: 'ROWS', startIndex: 1, endIndex: 2 } },
  });
  const less = await reading();
  expect(less.readMessageIds.has('a')).toBe(false);
  expect(less.words).toEqual(many);
});

test('the tab of calendars is made when it is needed, grows, and is read back to the letter', async () => {
  await ask(batchUpdate(access, 'make', calendarTabRequests(await tabs())));
  expect(calendarTabRequests(await tabs())).toEqual([]);
  expect(setUpRequests(await tabs(), 'Sheet1', 'USD')).toEqual([]);
  const entries = Array.from(
    { length: 1100 },
    (_, index): CalendarEntry => ({
      account: 'mara@harbor.example',
      calendarId: 'primary',
      eventId: `e${index}`,
      kind: 'trip',
      title: ['=HYPERLINK("x")', "'t Hooft", '0012', '2026-05-14', '@Osprey'][index % 5] ?? '',
      start: '2026-05-14',
      end: '2026-05-15',
      allDay: true,
      zone: '',
      status: 'confirmed',
      charterId: '0045',
      edit: 'none',
      createdAt: '2026-05-01T12:00:00Z',
      contentHash: '',
      etag: '"3181161784712000"',
    }),
  );
  const write = async (wanted: readonly CalendarEntry[]): Promise<number> => {
    const tab = await own('calendar');
    const writes = tabWrites(tab.title, readCalendarTab(tab.title, await rowsOf('calendar')), wanted, []);
    const grow = growRequests(tab, writes);
    if (grow.length > 0) await ask(batchUpdate(access, 'grow', grow));
    if (writes.length > 0) await ask(putValues(access, 'write', writes));
    return writes.length;
  };
  await write(entries);
  expect(readCalendarTab('T', await rowsOf('calendar'))).toMatchObject({ changedCells: [], usedRows: 1101 });
  expect(readCalendarTab('T', await rowsOf('calendar')).entries).toEqual(entries);
  expect(await write(entries)).toBe(0);
  await write(entries.slice(0, 1));
  expect(readCalendarTab('T', await rowsOf('calendar'))).toMatchObject({
    entries: entries.slice(0, 1),
    usedRows: 2,
  });
});
