/** The tab of calendars: what stands in it, how it is read however a person left it, and what is written. */
import fc from 'fast-check';
import type { SheetValue, SheetValues, ValueRange } from '../../src/clients/google/sheets.ts';
import type { CalendarEntry, WatchedCalendar } from '../../src/statement/calendar-entry.ts';
import { cellText } from '../../src/statement/cell-text.ts';
import { columnIndex } from '../../src/statement/grid.ts';
import { cut } from '../../src/statement/short-text.ts';
import { CALENDAR_COLUMNS, CALENDAR_MEANINGS } from '../../src/workbook/calendar-row.ts';
import type { CalendarTabReading } from '../../src/workbook/calendar-tab.ts';
import {
  entriesDigest,
  entryCell,
  growRequests,
  inRequests,
  readCalendarTab,
  tabWrites,
} from '../../src/workbook/calendar-tab.ts';
import { calendarTabRequests, setUpRequests } from '../../src/workbook/set-up-tabs.ts';
import type { Tabs } from '../../src/workbook/tabs.ts';
import { errorOf } from '../tools/fake-host.ts';

const TITLE = "Mara's calendar";
const HEADER: SheetValue[] = CALENDAR_COLUMNS.map(({ header }) => header);

function entry(changes: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    account: 'mara@harbor.example',
    calendarId: 'primary',
    eventId: 'e-1',
    kind: 'trip',
    title: 'Osprey sunset',
    start: '2026-05-14T17:30:00-04:00',
    end: '2026-05-14T19:30:00-04:00',
    allDay: false,
    zone: 'America/New_York',
    status: 'confirmed',
    charterId: 'c-1',
    edit: 'none',
    createdAt: '2026-05-01T12:00:00Z',
    contentHash: '',
    etag: '"33"',
    ...changes,
  };
}
const MARA: WatchedCalendar = {
  account: 'mara@harbor.example',
  calendarId: 'primary',
  from: '2026-04-01',
  readAt: '2026-05-14T06:00:00Z',
};

type Grid = SheetValue[][];
/** A grid after the writes, as Sheets does them. */
function applied(grid: Grid, writes: readonly ValueRange[]): Grid {
  const after = grid.map((row) => [...row]);
  for (const { range, values } of writes) {
    const [, column = '', first = ''] = /!([A-Z]+)(\d+):[A-Z]+\d+$/.exec(range) ?? [];
    values.forEach((cells, down) => {
      const row = Number(first) - 1 + down;
      while (after.length <= row) after.push([]);
      const target = after[row] ?? [];
      cells.forEach((cell, right) => {
        const at = columnIndex(column) + right;
        while (target.length <= at) target.push('');
        target[at] = cell;
      });
    });
  }
  return after;
}
/** As the API answers: empty ends left out, and a quote at a cell's start perhaps taken for a mark of a text. */
function asRead(grid: Grid, losesQuotes = false): SheetValues {
  const rows = grid.map((row) => {
    const cells = row.map((cell) => (losesQuotes ? String(cell).replace(/^'/, '') : cell));
    while (cells.length > 0 && cells[cells.length - 1] === '') cells.pop();
    return cells;
  });
  while (rows.length > 0 && rows[rows.length - 1]?.length === 0) rows.pop();
  return rows;
}
const read = (grid: Grid): CalendarTabReading => readCalendarTab(TITLE, asRead(grid));
const gridOf = (entries: readonly CalendarEntry[], watched: readonly WatchedCalendar[] = []): Grid =>
  applied([], tabWrites(TITLE, read([]), entries, watched));
const byEvent = (entries: readonly CalendarEntry[]) =>
  [...entries].sort((a, b) => (a.account + a.eventId < b.account + b.eventId ? -1 : 1));

const text = fc.oneof(
  fc.constantFrom(
    '=1+1',
    '+49',
    '-',
    '@SUM(A1)',
    "'t Hooft",
    "''",
    '0012',
    'TRUE',
    '2026-05-14',
    '#REF!',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
/** Any text, half characters and what no cell can hold too. */
const hostile = fc.oneof(
  text,
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constant('x\n'.repeat(17_000)),
);
const anEntry = (words: fc.Arbitrary<string>): fc.Arbitrary<CalendarEntry> =>
  fc
    .record({
      account: fc.constantFrom('mara@harbor.example', 'tom@harbor.example'),
      calendarId: fc.constantFrom('primary', 'crew@group.calendar.google.com'),
      eventId: fc.stringMatching(/^[a-v0-9]{1,12}(_20260514T213000Z)?$/),
      kind: fc.constantFrom('charter', 'trip', 'busy'),
      title: words,
      location: words,
      start: fc.constantFrom('2026-05-14T17:30:00-04:00', '2026-05-14'),
      end: fc.constantFrom('2026-05-14T19:30:00-04:00', '2026-05-17'),
      allDay: fc.boolean(),
      zone: fc.constantFrom('', 'Europe/Berlin'),
      status: fc.constantFrom('confirmed', 'tentative', 'cancelled'),
      charterId: fc.option(words),
      edit: fc.constantFrom('none', 'edited', 'deleted'),
      createdAt: fc.constantFrom('', '2026-05-01T12:00:00.000Z'),
      contentHash: fc.constantFrom('', 'ab'.repeat(32)),
      etag: fc.constantFrom('', '"3181161784712000"'),
    } satisfies { [key in keyof CalendarEntry]-?: fc.Arbitrary<Required<CalendarEntry>[key]> })
    .map(
      ({ location, charterId, ...rest }): CalendarEntry => ({
        ...rest,
        charterId: charterId === '' ? null : charterId,
        ...(location === '' ? {} : { location }),
      }),
    );
const entriesOf = (words: fc.Arbitrary<string>) =>
  fc.uniqueArray(anEntry(words), {
    maxLength: 12,
    selector: ({ account, calendarId, eventId }) => `${account} ${calendarId} ${eventId}`,
  });
const fit = text.filter((one) => cellText(one) === one && cut(one, 500) === one);

test('a row tells a person what is known of an event', () => {
  const [header, watched, row] = gridOf([entry({ location: 'Pier 4', edit: 'edited' })], [MARA]);
  expect(header).toEqual(HEADER);
  expect(Object.fromEntries(HEADER.map((heading, index) => [heading, row?.[index]]))).toEqual({
    Account: 'mara@harbor.example',
    Calendar: 'primary',
    Event: 'e-1',
    Kind: 'trip',
    Title: 'Osprey sunset',
    Where: 'Pier 4',
    Start: '2026-05-14T17:30:00-04:00',
    End: '2026-05-14T19:30:00-04:00',
    'All day': '',
    Zone: 'America/New_York',
    Status: 'confirmed',
    Charter: 'c-1',
    'Changed by a person': 'edited',
    Made: '2026-05-01T12:00:00Z',
    Written: '',
    Etag: '"33"',
    Check: expect.stringMatching(/^[0-9a-f]{8}$/),
  });
  expect(watched?.filter((cell) => cell !== '').slice(0, 5)).toEqual([
    'mara@harbor.example',
    'primary',
    'calendar',
    '2026-04-01',
    '2026-05-14T06:00:00Z',
  ]);
});

test('what was written is read back, whatever people call their events', () => {
  fc.assert(
    fc.property(entriesOf(fit), (entries) => {
      const reading = read(gridOf(entries, [MARA]));
      expect(byEvent(reading.entries)).toEqual(byEvent(entries));
      expect(reading.watched).toEqual([MARA]);
      expect(reading.changedCells).toEqual([]);
      expect(entriesDigest(reading.entries)).toBe(entriesDigest(entries));
    }),
  );
});

test('text that no cell can hold, and quotes that Sheets takes for a mark, are written once and then let be', () => {
  fc.assert(
    fc.property(entriesOf(hostile), fc.boolean(), (entries, losesQuotes) => {
      const grid = gridOf(entries, [MARA]);
      for (const cell of grid.flat()) expect(cellText(String(cell))).toBe(cell);
      const reading = readCalendarTab(TITLE, asRead(grid, losesQuotes));
      expect(reading.changedCells).toEqual([]);
      expect(reading.entries).toHaveLength(entries.length);
      expect(tabWrites(TITLE, reading, entries, [MARA])).toEqual([]);
      expect(tabWrites(TITLE, reading, reading.entries, [MARA])).toEqual([]);
      expect(entriesDigest(reading.entries)).toBe(entriesDigest(entries));
    }),
    { numRuns: 30 },
  );
});

test('from any tab to any other: however it was sorted, with blank rows, it has what was written last', () => {
  fc.assert(
    fc.property(
      entriesOf(fit).chain((before) =>
        fc.tuple(
          fc.constant(before),
          fc.shuffledSubarray([...before.keys(), -1, -2, -3], { minLength: before.length + 3 }),
          fc.subarray(before),
          entriesOf(fit),
        ),
      ),
      ([before, order, staying, fresh]) => {
        const [header = [], ...rows] = gridOf(before);
        const grid = [header, ...order.map((index) => rows[index] ?? [])];
        const taken = new Set(
          staying.map(({ account, calendarId, eventId }) => account + calendarId + eventId),
        );
        const added = fresh.filter((one) => !taken.has(one.account + one.calendarId + one.eventId));
        const after = [...staying, ...added];
        const written = applied(grid, tabWrites(TITLE, read(grid), after, [MARA]));
        const reading = read(written);
        expect(byEvent(reading.entries)).toEqual(byEvent(after));
        expect(reading.watched).toEqual([MARA]);
        expect(tabWrites(TITLE, reading, after, [MARA])).toEqual([]);
        // The tab does not grow while there is room.
        expect(asRead(written).length).toBeLessThanOrEqual(Math.max(asRead(grid).length, after.length + 2));
      },
    ),
  );
});

test('a long title or place is cut', () => {
  const [, row] = gridOf([entry({ title: 'x'.repeat(501), location: 'y'.repeat(9000) })]);
  expect([row?.[4], row?.[5]]).toEqual([`${'x'.repeat(499)}…`, `${'y'.repeat(499)}…`]);
});

test('empty rows at the end are no room between others: no two events get the same row', () => {
  const entries = ['a', 'b', 'c', 'd'].map((eventId) => entry({ eventId }));
  const grid: Grid = [HEADER, [], [], []];
  expect(read(applied(grid, tabWrites(TITLE, readCalendarTab(TITLE, grid), entries, []))).entries).toEqual(
    entries,
  );
});

test('events that are new stand in the order in which they begin', () => {
  const days = ['2026-05-20', '2026-05-02', '2026-05-11'];
  const entries = days.map((start) => entry({ eventId: start, start }));
  const written = read(applied([HEADER], tabWrites(TITLE, read([HEADER]), entries, [])));
  expect(written.entries.map(({ start }) => start)).toEqual([...days].sort());
});

test('only what differs is written, in place', () => {
  const entries = ['a', 'b', 'c', 'd', 'e'].map((eventId) => entry({ eventId }));
  const changed = entries.map((one) =>
    'bce'.includes(one.eventId) ? { ...one, start: '2026-05-15', allDay: true } : one,
  );
  const writes = tabWrites(TITLE, read(gridOf(entries)), changed, []);
  expect(writes.map(({ range }) => range)).toEqual(["'Mara''s calendar'!A3:Q4", "'Mara''s calendar'!A6:Q6"]);
});

test('the row of an event that is gone is emptied, and taken by the next one', () => {
  const grid = gridOf([entry({ eventId: 'a' }), entry({ eventId: 'b' })]);
  const emptied = applied(grid, tabWrites(TITLE, read(grid), [entry({ eventId: 'b' })], []));
  expect(read(emptied).entries.map(({ eventId }) => eventId)).toEqual(['b']);
  const [write, ...rest] = tabWrites(
    TITLE,
    read(emptied),
    [entry({ eventId: 'b' }), entry({ eventId: 'c' })],
    [],
  );
  expect([write?.range, rest]).toEqual(["'Mara''s calendar'!A2:Q2", []]);
});

test('a row in which a person changed any cell counts for nothing, is named, and is written anew', () => {
  const entries = [entry({ eventId: 'a' }), entry({ eventId: 'b', charterId: null })];
  fc.assert(
    fc.property(fc.nat(CALENDAR_COLUMNS.length - 1), fc.constantFrom('x', 7, true), (column, value) => {
      const grid = gridOf(entries);
      const row = grid[1] ?? [];
      row[column] = value;
      const reading = read(grid);
      expect(reading.entries).toEqual([entries[1]]);
      expect(reading.changedCells).toEqual(["'Mara''s calendar'!A2"]);
      const mended = applied(grid, tabWrites(TITLE, reading, entries, []));
      expect(read(mended)).toMatchObject({ changedCells: [], usedRows: 3 });
      expect(byEvent(read(mended).entries)).toEqual(entries);
    }),
  );
});

test('a row that a person changed goes when its event is gone too', () => {
  const grid = gridOf([entry()]);
  (grid[1] ?? [])[4] = 'Mine';
  expect(asRead(applied(grid, tabWrites(TITLE, read(grid), [], [])))).toEqual([HEADER]);
});

test('a row there twice counts once, and the other is emptied', () => {
  const grid = gridOf([entry()]);
  grid.push([...(grid[1] ?? [])]);
  expect(read(grid).entries).toEqual([entry()]);
  expect(read(applied(grid, tabWrites(TITLE, read(grid), [entry()], []))).usedRows).toBe(2);
});

test('what a person puts below or beside Purser’s rows is left alone', () => {
  const grid = gridOf([entry({ eventId: 'a' }), entry({ eventId: 'b' })]);
  grid[1]?.push('paid?');
  grid.push(
    ['Note: ask Tom'],
    [],
    Object.assign(
      Array.from({ length: 18 }, () => ''),
      { 17: 'mine' },
    ),
  );
  const reading = read(grid);
  expect(reading.changedCells).toEqual([]);
  const after = applied(
    grid,
    tabWrites(
      TITLE,
      reading,
      ['b', 'c', 'd', 'e'].map((eventId) => entry({ eventId })),
      [],
    ),
  );
  // `a` is gone, and no other event takes the row with its note; nor the last one, which only has a note.
  expect(after[1]?.filter((cell) => cell !== '')).toEqual(['paid?']);
  expect(after[3]).toEqual(['Note: ask Tom']);
  expect(after[5]?.filter((cell) => cell !== '')).toEqual(['mine']);
  expect([2, 4, 6, 7].map((row) => after[row]?.[2])).toEqual(['b', 'c', 'd', 'e']);
});

test('a heading that a person changed stops the reading: no cell could be trusted to its column', () => {
  const grid = gridOf([entry()]);
  (grid[0] ?? [])[6] = 'End';
  expect(errorOf(() => read(grid))).toMatchObject({
    code: 'settings-invalid',
    message: expect.stringContaining("'Mara''s calendar'!G1 must be “Start”"),
  });
});

test('an emptied tab gets its headings again', () => {
  const [write] = tabWrites(TITLE, read([]), [entry()], []);
  expect(write?.range).toBe("'Mara''s calendar'!A1:Q2");
  expect(write?.values[0]).toEqual(HEADER);
});

test('an entry is found by its row', () => {
  const grid = gridOf([entry({ eventId: 'a' }), entry({ eventId: 'b' })], [MARA]);
  expect(entryCell(TITLE, read(grid), entry({ eventId: 'b' }))).toBe("'Mara''s calendar'!A4");
  expect(entryCell(TITLE, read(grid), entry({ eventId: 'z' }))).toBeNull();
});

test('the digest knows every cell, and no order', () => {
  const entries = [entry({ eventId: 'a' }), entry({ eventId: 'b' })];
  expect(entriesDigest([...entries].reverse())).toBe(entriesDigest(entries));
  const others = [
    { title: 'x' },
    { location: 'x' },
    { edit: 'deleted' },
    { etag: '' },
    { charterId: null },
  ] as const satisfies Partial<CalendarEntry>[];
  expect(new Set([entry(), ...others.map(entry)].map((one) => entriesDigest([one]))).size).toBe(6);
});

test('a tab that is too short grows first, and much is written in several requests', () => {
  const entries = Array.from({ length: 3000 }, (_, index) =>
    entry({ eventId: `e${index}`, title: 'y'.repeat(500), location: 'z'.repeat(500) }),
  );
  const writes = tabWrites(TITLE, read([HEADER]), entries, []);
  expect(growRequests({ sheetId: 5, rowCount: 1001 }, writes)).toEqual([
    { appendDimension: { sheetId: 5, dimension: 'ROWS', length: 3000 } },
  ]);
  expect(growRequests({ sheetId: 5, rowCount: 3001 }, writes)).toEqual([]);
  expect(growRequests({ sheetId: 5, rowCount: 1 }, [])).toEqual([]);
  const requests = inRequests(writes);
  expect(requests.length).toBeGreaterThan(1);
  expect(requests.flat()).toEqual(writes);
});

test('the tab is made only when it is asked for, once, with a note on every heading', () => {
  const tabs: Tabs = {
    spreadsheetUrl: '',
    title: 'Ledger',
    timeZone: 'America/New_York',
    locale: 'en_US',
    all: [],
    own: {},
    months: [],
    audits: [],
    kept: [],
    protections: [],
    staging: [],
  };
  expect(JSON.stringify(setUpRequests(tabs, 'Template', 'USD'))).not.toContain('Purser calendar');
  const made = JSON.stringify(calendarTabRequests(tabs));
  expect(made).toContain('"title":"Purser calendar"');
  expect(made).toContain('"metadataValue":"calendar@1"');
  expect(CALENDAR_MEANINGS).toHaveLength(CALENDAR_COLUMNS.length);
  const tab = { sheetId: 7, title: 'Calendars', index: 0, hidden: false, rowCount: 1, columnCount: 17 };
  expect(calendarTabRequests({ ...tabs, own: { calendar: tab } })).toEqual([]);
});
