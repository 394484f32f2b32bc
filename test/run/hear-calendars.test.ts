/** Which rows of the tab of calendars a month's statement looks at. */
import { hearCalendars } from '../../src/run/hear-calendars.ts';
import type { CalendarEntry, WatchedCalendar } from '../../src/statement/calendar-entry.ts';
import { readCalendarTab, tabWrites } from '../../src/workbook/calendar-tab.ts';
import { charter, readable } from '../statement/samples.ts';

const TITLE = 'Purser calendar';
const OFFICE: WatchedCalendar = {
  account: 'nora@heron.example',
  calendarId: 'primary',
  from: '2026-04-01',
  readAt: '2026-06-01T09:00:00Z',
};

function entry(
  eventId: string,
  start: string,
  end: string,
  changes: Partial<CalendarEntry> = {},
): CalendarEntry {
  return {
    account: OFFICE.account,
    calendarId: OFFICE.calendarId,
    eventId,
    kind: 'trip',
    title: 'Osprey',
    start,
    end,
    allDay: !start.includes('T'),
    zone: '',
    status: 'confirmed',
    charterId: null,
    edit: 'none',
    createdAt: '',
    contentHash: '',
    etag: '',
    ...changes,
  };
}

function heard(entries: readonly CalendarEntry[], watched: readonly WatchedCalendar[] = [OFFICE]) {
  const rows = tabWrites(TITLE, readCalendarTab(TITLE, []), entries, watched).flatMap(({ values }) => values);
  const settings = { charterMinutes: 90, timeZone: 'America/New_York' };
  return hearCalendars({ title: TITLE, rows }, settings, readable(charter()), '2026-05', ['Tern'], () => []);
}

const ids = (entries: readonly CalendarEntry[]): (string | undefined)[] =>
  (heard(entries).evidence?.entries ?? []).map(({ eventId }) => eventId);

test.each<[string, CalendarEntry, boolean]>([
  ['a trip of the month', entry('a', '2026-05-14T17:30:00-04:00', '2026-05-14T19:30:00-04:00'), true],
  [
    'one of the last day by clocks far east',
    entry('a', '2026-06-01T10:00:00+12:00', '2026-06-01T12:00:00+12:00'),
    true,
  ],
  ['one of days that reach into it', entry('a', '2026-04-20', '2026-05-02'), true],
  ['one that reaches out of it', entry('a', '2026-05-31', '2026-06-09'), true],
  [
    'not one of the month before',
    entry('a', '2026-04-29T10:00:00-04:00', '2026-04-29T12:00:00-04:00'),
    false,
  ],
  ['not one of the month after', entry('a', '2026-06-02T10:00:00-04:00', '2026-06-02T12:00:00-04:00'), false],
  ['nobody’s busy times', entry('a', '2026-05-14', '2026-05-15', { kind: 'busy' }), false],
  [
    'Purser’s event of a charter of the month, wherever a person has moved it',
    entry('a', '2026-06-20', '2026-06-21', { kind: 'charter', charterId: 'c-1' }),
    true,
  ],
  [
    'not one of another charter there',
    entry('a', '2026-06-20', '2026-06-21', { kind: 'charter', charterId: 'c-2' }),
    false,
  ],
])('the statement looks at %s', (_what, one, isKept) => {
  expect(ids([one])).toEqual(isKept ? ['a'] : []);
});

test('each comes with the cell of its row, and with what vessels there are, how long a charter lasts and where', () => {
  const { evidence, noticed } = heard([
    entry('a', '2026-05-14', '2026-05-15'),
    entry('b', '2026-05-15', '2026-05-16'),
  ]);
  expect(evidence?.entries.map(({ cell }) => cell)).toEqual([`'${TITLE}'!A3`, `'${TITLE}'!A4`]);
  expect(evidence).toMatchObject({
    watched: [OFFICE],
    fleet: ['Tern'],
    charterMinutes: 90,
    timeZone: 'America/New_York',
  });
  expect(evidence?.isPartial).toBe(false);
  expect(noticed).toEqual([]);
});

test('a calendar that Purser writes to began with its first event there, or with a person’s trip', () => {
  const written = (eventId: string, createdAt: string) =>
    entry(eventId, '2026-07-01', '2026-07-02', { kind: 'charter', charterId: 'c-9', createdAt });
  const begun = (...all: readonly CalendarEntry[]): readonly string[] =>
    (heard(all).evidence?.begun ?? []).map(({ since }) => since);
  const late = [written('b', '2026-05-21T08:00:00Z'), written('a', '2026-05-20T08:00:00Z')];
  expect(begun(...late)).toEqual(['2026-05-20T08:00:00.000Z']);
  expect(begun(...late, entry('t', '2026-05-09T10:00:00-04:00', '2026-05-09T12:00:00-04:00'))).toEqual([
    '2026-05-09T14:00:00.000Z',
  ]);
  expect(begun(...late, entry('d', '2026-05-02', '2026-05-03', { kind: 'busy' }))).toEqual([
    '2026-05-20T08:00:00.000Z',
  ]);
  expect(begun(entry('t', '2026-05-09', '2026-05-10'))).toEqual([]);
});

test('without the tab, or without a calendar in it, there is nothing to hear', () => {
  const settings = { charterMinutes: 90, timeZone: 'UTC' };
  expect(hearCalendars(null, settings, [], '2026-05', [], () => [])).toEqual({ evidence: null, noticed: [] });
  expect(
    hearCalendars({ title: TITLE, rows: [] }, settings, [], '2026-05', [], () => []).evidence,
  ).toBeNull();
  expect(heard([entry('a', '2026-05-14', '2026-05-15')], []).evidence).toBeNull();
});
