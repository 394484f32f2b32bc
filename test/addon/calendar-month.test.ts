/** A month whose workbook has the tab of calendars: what is found, shown, and proven. */
import { rebuild } from '../../src/run/rebuild.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { CalendarEntry, WatchedCalendar } from '../../src/statement/calendar-entry.ts';
import { readCalendarTab, tabWrites } from '../../src/workbook/calendar-tab.ts';
import { ownTabRequests } from '../../src/workbook/own-tabs.ts';
import { OWN_TAB_TITLES } from '../../src/workbook/tabs.ts';
import { readEvidence } from '../run/proven-month.ts';
import type { Purser } from '../tools/purser.ts';
import { COMPANY, OWNER } from '../tools/scene.ts';
import { codes } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';
import { hostCalls } from './sidebar-calls.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const SHEET_ID = 4711;
const TITLE = OWN_TAB_TITLES.calendar;

const OFFICE: WatchedCalendar = {
  account: OWNER.email,
  calendarId: 'charters@group.calendar.google.com',
  from: '2026-05-01',
  readAt: '2026-06-01T09:30:00Z',
};

function entry(changes: Partial<CalendarEntry>): CalendarEntry {
  return {
    account: OFFICE.account,
    calendarId: OFFICE.calendarId,
    eventId: 'event',
    kind: 'charter',
    title: 'Osprey: 8 guests',
    start: '2026-05-03T10:00:00-04:00',
    end: '2026-05-03T12:00:00-04:00',
    allDay: false,
    zone: 'America/New_York',
    status: 'confirmed',
    charterId: null,
    edit: 'none',
    createdAt: '2026-05-01T12:00:00Z',
    contentHash: '',
    etag: '"1"',
    ...changes,
  };
}

/** Of the clean month the first two charters; a trip that nobody entered, and Ben's dentist. */
const ENTRIES: readonly CalendarEntry[] = [
  entry({ eventId: 'a', charterId: 'C-2026-05-1' }),
  entry({ eventId: 'b', charterId: 'C-2026-05-2', edit: 'deleted', status: 'cancelled' }),
  entry({
    eventId: 'c',
    kind: 'trip',
    title: '=Vessel C-2026-05-2, sunset',
    start: '2026-05-20T17:30:00-04:00',
    end: '2026-05-20T19:30:00-04:00',
  }),
  entry({ eventId: 'd', kind: 'busy', title: '', account: 'ben@harbor.example', calendarId: 'primary' }),
];

/** The tab, as a sync leaves it. @param isNew false: it is there, and no row goes */
function syncedTab(entries = ENTRIES, watched = OFFICE, isNew = true): void {
  const cells = tabWrites(TITLE, readCalendarTab(TITLE, []), entries, [watched]);
  purser.edit(
    ...(isNew ? ownTabRequests('calendar', SHEET_ID, 3, COMPANY) : []),
    ...cells.map(({ range, values }) => ({
      updateCells: {
        start: { sheetId: SHEET_ID, rowIndex: Number(/!A(\d+)/.exec(range)?.[1]) - 1, columnIndex: 0 },
        rows: values.map((row) => ({
          values: row.map((stringValue) => ({ userEnteredValue: { stringValue } })),
        })),
        fields: 'userEnteredValue',
      },
    })),
  );
}

const FOUND = ['calendar-event-edited', 'calendar-trip-without-charter', 'charter-not-on-calendar'];

function finding(report: RunReport, code: string) {
  return report.findings.find((one) => one.code === code);
}

test('a month without calendars asks for none of it, and one with them makes no call more', async () => {
  await purser.begin();
  const without = hostCalls(purser, () => expect(codes(purser.preview())).toEqual([]));
  syncedTab();
  expect(hostCalls(purser, () => expect(codes(purser.preview()).sort()).toEqual(FOUND))).toBe(without);
});

describe('a statement sent with what calendars say', () => {
  let report: RunReport;
  beforeAll(async () => {
    await purser.begin();
    syncedTab();
    report = purser.send();
  });

  test('tells the trip that nobody entered, and the charter that nobody knew', () => {
    expect(report).toMatchObject({ status: 'sent', error: null });
    expect(codes(report).sort()).toEqual(FOUND);
    expect(finding(report, 'calendar-event-edited')?.charterId).toBe('C-2026-05-2');
    expect(finding(report, 'charter-not-on-calendar')?.charterId).toBe('C-2026-05-3');
    expect(finding(report, 'calendar-trip-without-charter')?.links).toEqual([
      { label: `'${TITLE}'!A6`, url: expect.stringMatching(new RegExp(`#gid=${SHEET_ID}&range=A6$`)) },
    ]);
  });

  test('shows on the audit tab which calendars were read, and how many trips fit', async () => {
    const audit = (await purser.tabs()).find(
      ({ title }) => /audit/i.test(title) && title.includes('May 2026'),
    );
    const values = Object.values(audit?.cells ?? {}).map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(['Calendars', OFFICE.calendarId, '2026-06-01 05:30']));
  });

  test('comes to the same findings from its evidence file, which has nobody’s busy times', async () => {
    const file = (await purser.files()).find(({ name }) => name.endsWith('.evidence.json.gz'));
    const evidence = readEvidence(file?.bytes ?? new Uint8Array());
    expect(rebuild(evidence).findings).toEqual(report.findings);
    expect(JSON.stringify(evidence)).not.toContain('ben@harbor.example');
  });
});

test('a row that a person changed counts for nothing, and nothing is missed for it', async () => {
  await purser.begin();
  syncedTab();
  await purser.type(TITLE, 'G3', '2026-05-04T10:00:00-04:00');
  const report = purser.preview();
  expect(codes(report).sort()).toEqual([...FOUND.slice(0, 2), 'evidence-changed']);
  expect(finding(report, 'evidence-changed')).toMatchObject({
    severity: 'info',
    links: [{ label: `'${TITLE}'!A3` }],
  });
});

test('a tab whose headings a person changed stops no statement, but is told', async () => {
  await purser.begin();
  syncedTab();
  await purser.type(TITLE, 'C1', 'Notes');
  const report = purser.preview();
  expect(report).toMatchObject({ status: 'ready', error: null });
  expect(report.findings).toMatchObject([
    { code: 'evidence-changed', severity: 'warn', message: expect.stringContaining(`'${TITLE}'!C1`) },
  ]);
});

describe('a statement that was approved before calendars were synced again', () => {
  const approved = async (): Promise<RunReport> => {
    await purser.begin();
    syncedTab();
    return JSON.parse(
      JSON.stringify(
        purser.appsScript().run('approveStatement', [], {
          answers: ({ kind, message, buttons }) => {
            if (kind !== 'prompt') return { button: buttons.includes('YES') ? 'YES' : 'OK' };
            return { button: 'OK', text: /certify/.test(message) ? OWNER.name : '2026-05' };
          },
        }),
      ),
    ) as RunReport;
  };
  const later = { ...OFFICE, readAt: '2026-06-02T09:30:00Z' };

  test('goes out as it was approved when they say the same of the month', async () => {
    const { sha256 } = await approved();
    const june = entry({ eventId: 'e', kind: 'trip', start: '2026-06-20', end: '2026-06-21', allDay: true });
    syncedTab([...ENTRIES, june], later, false);
    purser.at('2026-06-02', 9);
    expect(purser.trigger('tick')).toMatchObject({ status: 'sent', sha256 });
  });

  test('waits for another yes when they say something new', async () => {
    await approved();
    const trip = ENTRIES[2] as CalendarEntry;
    const another = {
      ...trip,
      eventId: 'e',
      start: '2026-05-22T17:30:00-04:00',
      end: '2026-05-22T19:30:00-04:00',
    };
    syncedTab([...ENTRIES, another], later, false);
    purser.at('2026-06-02', 9);
    purser.trigger('tick');
    expect(await purser.mails('statement')).toEqual([]);
    const [notice] = await purser.mails('notice');
    expect(notice?.text).toContain('There is a new finding, calendar-trip-without-charter');
  });
});
