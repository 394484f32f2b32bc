/** The tab `Purser log` in the local Sheets: lines go in under its header, whatever a person has done to it. */
import type { SheetsAccess } from '../../src/clients/google/sheets.ts';
import { batchUpdate, getTabs } from '../../src/clients/google/sheets.ts';
import { LOG_ROWS, logRequests } from '../../src/workbook/log-tab.ts';
import { ownTabRequests } from '../../src/workbook/own-tabs.ts';
import { readTabs } from '../../src/workbook/tabs.ts';
import type { LocalSheets } from '../scripts/sheets/local-sheets.ts';
import { SPREADSHEET_ID, startLocalSheets } from '../scripts/sheets/local-sheets.ts';

const access: SheetsAccess = { spreadsheetId: SPREADSHEET_ID, token: 'good' };
const SHEET_ID = 77;
let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
  await local.update(...ownTabRequests('log', SHEET_ID, 1, ''));
});
afterEach(() => local.close());

const row = (words: string, who = 'nora@harbor.example') => ({ when: '2026-06-01 06:00', who, words });
const write = (...rows: ReturnType<typeof row>[]) =>
  local.update(...logRequests({ sheetId: SHEET_ID }, rows));
const words = async (title = 'Purser log'): Promise<unknown[]> =>
  (await local.values(`'${title}'!C1:C2000`, 'FORMULA')).map(([cell]) => cell);
async function rowCount(): Promise<number | undefined> {
  const call = getTabs(access);
  const { method, url } = call.request({ nowMs: 0 });
  const reply = await local.send(method, url.replace('https://sheets.googleapis.com', ''), undefined, {
    authorization: 'Bearer good',
  });
  const settled = call.settle(
    { status: 200, headers: {}, text: () => reply.text, bytes: () => Buffer.from(reply.text) },
    { nowMs: 0 },
  );
  return settled.kind === 'done' ? readTabs(settled.value).own.log?.rowCount : undefined;
}

test('the newest line stands first, under the header, whoever wrote before', async () => {
  await write(row('April is sent.'));
  await write(row('May is held.'), row('May is sent.'));
  expect(await words()).toEqual(['What', 'May is sent.', 'May is held.', 'April is sent.']);
  expect((await local.values("'Purser log'!A1:C2"))[1]).toEqual([
    '2026-06-01 06:00',
    'nora@harbor.example',
    'May is sent.',
  ]);
});

test('what looks like a formula, a date or a number stays text, on one line', async () => {
  await write(row('=HYPERLINK("http://x")\u202e\nnext', '=1+1'), row('2026-06-01'), row('0045'));
  const cells = await local.values("'Purser log'!B2:C4", 'UNFORMATTED_VALUE');
  expect(cells).toEqual([
    ['nora@harbor.example', '0045'],
    ['nora@harbor.example', '2026-06-01'],
    ['=1+1', '=HYPERLINK("http://x")  next'],
  ]);
});

test('the newest 500 stay, and the tab does not grow', async () => {
  for (let batch = 0; batch < 6; batch++)
    await write(...Array.from({ length: 100 }, (_, index) => row(`line ${batch * 100 + index}`)));
  const lines = await words();
  expect(lines).toHaveLength(1 + LOG_ROWS);
  expect([lines[1], lines[LOG_ROWS]]).toEqual(['line 599', 'line 100']);
  expect(await rowCount()).toBe(1 + LOG_ROWS);
  await write(...Array.from({ length: 700 }, (_, index) => row(`more ${index}`)));
  expect((await words()).slice(0, 2)).toEqual(['What', 'more 699']);
  expect(await rowCount()).toBe(1 + LOG_ROWS);
});

test('a tab that a person renamed, cut short or let grow takes lines all the same', async () => {
  const rows = { sheetId: SHEET_ID, dimension: 'ROWS' };
  const rename = { properties: { sheetId: SHEET_ID, title: 'What happened' }, fields: 'title' };
  await local.update(
    { deleteDimension: { range: { ...rows, startIndex: 2, endIndex: 501 } } },
    { updateSheetProperties: { ...rename } },
  );
  await write(row('first'));
  expect(await words('What happened')).toEqual(['What', 'first']);
  await local.update({ appendDimension: { ...rows, length: 3000 } });
  await write(row('second'));
  expect(await words('What happened')).toEqual(['What', 'second', 'first']);
  expect(await rowCount()).toBe(1 + LOG_ROWS);
});

test('nothing to say is no request, and a tab that is gone refuses the whole', async () => {
  expect(logRequests({ sheetId: SHEET_ID }, [])).toEqual([]);
  await local.update({ deleteSheet: { sheetId: SHEET_ID } });
  expect(await local.refusal(...logRequests({ sheetId: SHEET_ID }, [row('x')]))).toContain('77');
  expect(batchUpdate(access, 'Write the log', []).repeatable).toBe(false);
});
