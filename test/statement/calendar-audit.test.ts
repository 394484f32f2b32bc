/** What calendars and the ledger say of each other. */
import fc from 'fast-check';
import { calculate } from '../../src/statement/calculate.ts';
import type { CalendarEvidence, SeenEntry, WatchedCalendar } from '../../src/statement/calendar-entry.ts';
import type { Charter, CharterReading, CrewMember } from '../../src/statement/charter.ts';
import type { Finding } from '../../src/statement/findings.ts';
import type { StatementInput } from '../../src/statement/input.ts';
import { charter, input, readable, TOM, unreadable } from './samples.ts';

const OFFICE = 'nora@heron.example';
const ANA: CrewMember = { id: 'cr-ana', name: 'Ana Lima', email: 'ana@example.com', role: 'mate' };

/** Nora's calendar of all charters; she is no crew. Read from April until after May was over. */
function watched(changes: Partial<WatchedCalendar> = {}): WatchedCalendar {
  return {
    account: OFFICE,
    calendarId: 'charters@group.calendar.google.com',
    from: '2026-04-01',
    readAt: '2026-06-01T09:00:00Z',
    ...changes,
  };
}

let made = 0;

/** What Ana has in her own calendar: the Blue Heron at 17:30 on 14 May, New York's time. */
function trip(changes: Partial<SeenEntry> = {}): SeenEntry {
  const eventId = `event-${++made}`;
  return {
    account: ANA.email,
    calendarId: 'primary',
    eventId,
    kind: 'trip',
    title: 'Blue Heron, sunset',
    start: '2026-05-14T17:30:00-04:00',
    end: '2026-05-14T19:30:00-04:00',
    allDay: false,
    zone: 'America/New_York',
    status: 'confirmed',
    charterId: null,
    edit: 'none',
    createdAt: '2026-02-01T12:00:00Z',
    contentHash: '',
    etag: '"1"',
    cell: `'Purser calendar'!A${made + 1}`,
    ...changes,
  };
}

/** What Purser wrote for a charter. */
function own(charterId: string, changes: Partial<SeenEntry> = {}): SeenEntry {
  return trip({
    account: OFFICE,
    calendarId: watched().calendarId,
    kind: 'charter',
    title: 'Blue Heron: 10 guests',
    charterId,
    contentHash: 'ab'.repeat(32),
    ...changes,
  });
}

function calendars(
  entries: readonly SeenEntry[],
  changes: Partial<CalendarEvidence> = {},
): Pick<StatementInput, 'calendars' | 'roster' | 'linksOf'> {
  const { linksOf } = input([]);
  return {
    calendars: {
      watched: [watched()],
      entries,
      isPartial: false,
      fleet: [],
      begun: [],
      charterMinutes: 120,
      timeZone: 'America/New_York',
      ...changes,
    },
    roster: new Map([TOM, ANA].map((member) => [member.id, member])),
    linksOf: { ...linksOf, cell: (cell) => [{ label: cell, url: `https://example.com/${cell}` }] },
  };
}

const CODES = [
  'calendar-behind',
  'calendar-event-edited',
  'calendar-trip-without-charter',
  'charter-not-on-calendar',
  'crew-double-booked',
];

function findings(
  readings: readonly CharterReading[],
  entries: readonly SeenEntry[],
  evidence: Partial<CalendarEvidence> = {},
  changes: Partial<StatementInput> = {},
): Finding[] {
  const all = calculate(input(readings, { ...calendars(entries, evidence), ...changes })).findings;
  return all.filter(({ code }) => CODES.includes(code));
}

/** `charter-not-on-calendar c-1` */
function told(...given: Parameters<typeof findings>): string[] {
  return findings(...given).map(({ code, charterId, about }) =>
    [code, charterId ?? about ?? ''].join(' ').trim(),
  );
}

const c1 = charter();
/** Known, so that it asks nothing. */
const known = own('c-1');
const stray = (what: string): string => `calendar-trip-without-charter ${what}`;

describe('a person’s trip that no charter explains', () => {
  const osprey = charter({ id: 'c-2', vessel: 'Osprey', date: '2026-05-20', crewIds: [] });
  const both = readable(c1, osprey);
  const rest = [known, own('c-2', { start: '2026-05-20T17:30:00-04:00', end: '2026-05-20T19:30:00-04:00' })];

  test.each<[string, Partial<SeenEntry>, readonly string[]]>([
    [
      'is named by day, time and vessel',
      { title: 'OSPREY with Millers', start: '2026-05-14T09:00:00-04:00', end: '2026-05-14T11:00:00-04:00' },
      [stray('2026-05-14 09:00 Osprey')],
    ],
    [
      'is told in the workbook’s time, whatever zone the event has',
      { title: 'Osprey', start: '2026-05-14T15:00:00+02:00', end: '2026-05-14T17:00:00+02:00' },
      [stray('2026-05-14 09:00 Osprey')],
    ],
    [
      'may name its vessel where it takes place',
      {
        title: 'Millers',
        location: 'aboard Osprey',
        start: '2026-05-14T09:00:00-04:00',
        end: '2026-05-14T11:00:00-04:00',
      },
      [stray('2026-05-14 09:00 Osprey')],
    ],
    [
      'has its title when it names no vessel',
      { title: 'Cruise, Millers', start: '2026-05-14T09:00:00-04:00', end: '2026-05-14T11:00:00-04:00' },
      [stray('2026-05-14 09:00 Cruise, Millers')],
    ],
    [
      'has no time when it lasts all day',
      { title: 'Osprey charter', start: '2026-05-14', end: '2026-05-15', allDay: true, zone: '' },
      [stray('2026-05-14 Osprey')],
    ],
    [
      'is the month’s by the workbook’s day: still 31 May in New York',
      { title: 'Osprey', start: '2026-06-01T03:30:00Z', end: '2026-06-01T05:00:00Z' },
      [stray('2026-05-31 23:30 Osprey')],
    ],
    [
      'is another month’s by the workbook’s day: already June in New York',
      { title: 'Osprey', start: '2026-06-01T04:30:00Z', end: '2026-06-01T06:00:00Z' },
      [],
    ],
    ['fits within the hour', { start: '2026-05-14T16:40:00-04:00', end: '2026-05-14T20:00:00-04:00' }, []],
    ['is not counted when it was called off', { title: 'Osprey', status: 'cancelled' }, []],
  ])('%s', (_what, changes, expected) => {
    expect(told(both, [...rest, trip(changes)])).toEqual(expected);
  });

  test('is none when the charter was cancelled: the ledger knows of it', () => {
    const cancelled = charter({ status: 'cancelled', guests: 0, recordedCents: 0 });
    expect(told(readable(cancelled), [trip()])).toEqual([]);
    expect(
      told(readable(c1), [known, trip({ title: 'Blue Heron', start: '2026-05-15T17:30:00-04:00' })]),
    ).toEqual([stray('2026-05-15 17:30 Blue Heron')]);
  });

  test('is not asked of a day with a charter that can’t be read: that may be the one', () => {
    const other = {
      title: 'Blue Heron',
      start: '2026-05-20T17:30:00-04:00',
      end: '2026-05-20T19:00:00-04:00',
    };
    expect(told([...readable(c1), unreadable({ date: '2026-05-20' })], [known, trip(other)])).toEqual([]);
    expect(told([...readable(c1), unreadable({ date: '2026-05-21' })], [known, trip(other)])).toHaveLength(1);
  });

  test('is told once, in however many calendars it stands, with a link to each row', () => {
    const at = { start: '2026-05-15T17:30:00-04:00', end: '2026-05-15T19:30:00-04:00' };
    const same = [
      trip({ ...at, title: 'Osprey' }),
      trip({
        ...at,
        title: 'Osprey, be there early',
        account: 'ben@example.com',
        start: '2026-05-15T17:00:00-04:00',
      }),
      trip({ ...at, title: 'Millers’ cruise', account: OFFICE }),
      trip({
        title: 'Osprey',
        start: '2026-05-15',
        end: '2026-05-16',
        allDay: true,
        account: 'cy@example.com',
      }),
    ];
    const [finding, ...more] = findings(both, [...rest, ...same]);
    expect(more).toEqual([]);
    expect(finding?.about).toBe('2026-05-15 17:00 Osprey');
    expect(finding?.message).toContain('ana@example.com');
    expect(finding?.message).toContain('ben@example.com');
    expect(finding?.links).toHaveLength(3);
  });

  test('two vessels at one time are two sailings', () => {
    const at = { start: '2026-05-15T17:30:00-04:00', end: '2026-05-15T19:30:00-04:00' };
    const two = [trip({ ...at, title: 'Osprey' }), trip({ ...at, account: OFFICE })];
    expect(told(both, [...rest, ...two]).sort()).toEqual([
      stray('2026-05-15 17:30 Blue Heron'),
      stray('2026-05-15 17:30 Osprey'),
    ]);
  });

  test('two sailings of one calendar stay two, though neither names a vessel', () => {
    const at = { account: OFFICE, start: '2026-05-15T17:30:00-04:00', end: '2026-05-15T19:30:00-04:00' };
    expect(
      told(both, [...rest, trip({ ...at, title: 'Cruise A' }), trip({ ...at, title: 'Cruise B' })]),
    ).toEqual([stray('2026-05-15 17:30 Cruise A'), stray('2026-05-15 17:30 Cruise B')]);
  });

  test('names what the vessel did that day, and can be accepted by what it is about', () => {
    const morning = trip({ start: '2026-05-14T09:00:00-04:00', end: '2026-05-14T11:00:00-04:00' });
    const [finding] = findings(readable(c1), [known, morning]);
    expect(finding?.message).toContain('That day the ledger has Blue Heron at 17:30 (c-1).');
    const row = {
      month: '2026-05',
      code: 'calendar-trip-without-charter',
      about: '2026-05-14 09:00 Blue Heron',
      cents: null,
      reason: 'maintenance',
      who: 'Dana',
      on: '',
      cell: 'A2',
    } as const;
    const [accepted] = findings(readable(c1), [known, morning], {}, { accepted: [row] });
    expect(accepted?.accepted?.reason).toBe('maintenance');
    const carried = { ...row, charterId: row.about, resolved: false };
    expect(findings(readable(c1), [known, morning], {}, { carried: [carried] })[0]?.severity).toBe('info');
  });

  test('of a vessel that had no charter for months is no other vessel’s', () => {
    const at = { start: '2026-05-14T17:30:00-04:00', end: '2026-05-14T19:30:00-04:00' };
    expect(told(readable(c1), [known, trip({ ...at, title: 'Tern sunset' })])).toEqual([]);
    expect(told(readable(c1), [known, trip({ ...at, title: 'Tern sunset' })], { fleet: ['Tern'] })).toEqual([
      stray('2026-05-14 17:30 Tern'),
    ]);
  });

  test('that is to come, or was held only, is not asked for', () => {
    const other = trip({ title: 'Osprey', start: '2026-05-15T17:30:00-04:00' });
    expect(told(both, [...rest, other], {}, { today: '2026-05-16' })).toHaveLength(1);
    expect(told(both, [...rest, other], {}, { today: '2026-05-15' })).toEqual([]);
    expect(told(both, [...rest, { ...other, status: 'tentative' }])).toEqual([]);
  });

  test('that is held only tells of its charter all the same', () => {
    expect(told(readable(c1), [trip({ status: 'tentative' })])).toEqual([]);
  });

  test('that repeats is asked about once, and again when there is one more', () => {
    const wash = (...days: readonly string[]): SeenEntry[] =>
      ['nora@heron.example', 'ana@example.com'].flatMap((account) =>
        days.map((day) =>
          trip({
            account,
            title: 'Wash the Osprey',
            eventId: `wash_202605${day}T120000Z`,
            start: `2026-05-${day}T08:00:00-04:00`,
            end: `2026-05-${day}T09:00:00-04:00`,
          }),
        ),
      );
    expect(told(both, [...rest, ...wash('04', '11', '18')])).toHaveLength(3);
    const [finding, ...more] = findings(both, [...rest, ...wash('04', '11', '18', '25')]);
    expect(more).toEqual([]);
    expect(finding?.about).toBe('4 times Osprey, first 2026-05-04');
    expect(finding?.message).toContain(
      'fits 4 of its dates: May 4, 2026, May 11, 2026, May 18, 2026 and May 25, 2026.',
    );
    expect(findings(both, [...rest, ...wash('04', '11', '18', '25', '26')])[0]?.about).toMatch(/^5 times/);
  });

  const nine = { title: 'Osprey', start: '2026-05-15T09:00:00-04:00', end: '2026-05-15T10:00:00-04:00' };

  test('every hour is as many, however many have it', () => {
    const ten = { ...nine, start: nine.end, end: '2026-05-15T11:00:00-04:00' };
    const all = [OFFICE, ANA.email].flatMap((account) => [nine, ten].map((at) => trip({ ...at, account })));
    expect(told(both, [...rest, ...all])).toEqual([
      stray('2026-05-15 09:00 Osprey'),
      stray('2026-05-15 10:00 Osprey'),
    ]);
  });

  test('is one of many in a calendar that fits nothing, and those are one finding; the other calendars are as ever', () => {
    const bens = (count: number): SeenEntry[] =>
      Array.from({ length: count }, (_, index) => {
        const day = `2026-05-${String(index + 2).padStart(2, '0')}`;
        return trip({ ...nine, account: TOM.email, start: `${day}T06:00:00Z`, end: `${day}T08:00:00Z` });
      });
    const toms = [watched(), watched({ account: TOM.email, calendarId: 'primary' })];
    const hers = trip(nine);
    expect(told(both, [...rest, ...bens(10), hers], { watched: toms })).toHaveLength(11);
    const found = findings(both, [...rest, ...bens(11), hers], { watched: toms });
    expect(found.map(({ severity, about }) => [severity, about])).toEqual([
      ['warn', '2026-05-15 09:00 Osprey'],
      ['warn', '11 trips, first 2026-05-02'],
    ]);
    expect(found[1]?.message).toContain(
      'fits 11 trips in the calendar of tom@example.com, more than half of what stands there: “Osprey” (May 2, 2026, 02:00), ',
    );
  });

  test('hostile titles stay text on one line', () => {
    const title = `=HYPERLINK("x")\n‮${'long '.repeat(200)}`;
    const [finding] = findings(readable(c1), [
      known,
      trip({ title, start: '2026-05-15T09:00:00-04:00', end: '2026-05-15T10:00:00-04:00' }),
    ]);
    expect(finding?.message).not.toMatch(/[\n\u202e]/);
    expect((finding?.about ?? '').length).toBeLessThan(70);
  });
});

describe('a completed charter that no calendar knew', () => {
  const unknown = 'charter-not-on-calendar c-1';

  test.each<[string, readonly SeenEntry[], readonly string[]]>([
    ['is told', [], [unknown]],
    [
      'is known by a person’s trip, whenever that was made',
      [trip({ createdAt: '2026-05-30T00:00:00Z' })],
      [],
    ],
    ['is known by Purser’s event that was there before', [own('c-1')], []],
    [
      'is known by one that was made while it sailed',
      [own('c-1', { createdAt: '2026-05-14T23:29:59Z' })],
      [],
    ],
    [
      'is not known by one that was made after it',
      [own('c-1', { createdAt: '2026-05-14T23:30:00Z' })],
      [unknown],
    ],
    ['is known by one of which nobody can tell when', [own('c-1', { createdAt: '' })], []],
    ['is not known by another charter’s event', [own('c-9')], [unknown]],
  ])('%s', (_what, entries, expected) => {
    expect(told(readable(c1), entries)).toEqual(expected);
  });

  test.each<[string, Partial<WatchedCalendar>, number]>([
    ['from the first day that was read', { from: '2026-05-14' }, 1],
    ['not before it', { from: '2026-05-15' }, 0],
    ['until it was last read', { readAt: '2026-05-14T21:30:00Z' }, 1],
    ['not of what sailed later', { readAt: '2026-05-14T21:29:00Z' }, 0],
    ['not of what is too old to be kept', { readAt: '2026-08-22T09:00:00Z' }, 0],
    ['of what is not', { readAt: '2026-08-15T09:00:00Z' }, 1],
    [
      'of its crew, in a crew member’s own calendar',
      { account: 'TOM@example.com', calendarId: 'primary' },
      1,
    ],
    ['of nobody else there', { account: ANA.email, calendarId: 'primary' }, 0],
  ])('is asked for %s', (_what, changes, count) => {
    const all = told(readable(c1), [], { watched: [watched(changes)] });
    expect(all.filter((one) => one === unknown)).toHaveLength(count);
  });

  test('is asked for of all charters in a calendar that others’ charters are written to, though a captain owns it', () => {
    const anas = charter({ id: 'c-2', vessel: 'Osprey', departs: '09:00', crewIds: [ANA.id] });
    const ofTom = { account: TOM.email, calendarId: 'c@group.calendar.google.com' };
    const written = own('c-1', ofTom);
    expect(told(readable(c1, anas), [written], { watched: [watched(ofTom)] })).toEqual([]);
    const others = charter({ id: 'c-3', vessel: 'Osprey', departs: '13:00', crewIds: [ANA.id] });
    expect(
      told(readable(c1, anas, others), [written, own('c-3', ofTom)], { watched: [watched(ofTom)] }),
    ).toEqual(['charter-not-on-calendar c-2']);
  });

  test.each<[string, Partial<Charter>]>([
    ['a scheduled one', { status: 'scheduled', date: '2026-05-14' }],
    ['a cancelled one', { status: 'cancelled', guests: 0, recordedCents: 0 }],
    ['one of another month', { date: '2026-04-14', month: '2026-04' }],
  ])('is not %s', (_what, changes) => {
    expect(told(readable(charter(changes)), [])).toEqual([]);
  });

  test('is not one that is not counted, being there twice', () => {
    expect(told(readable(c1, charter({ id: 'c-2' })), [])).toEqual([unknown]);
  });

  test('waits while changed rows of the tab count for nothing', () => {
    expect(told(readable(c1), [], { isPartial: true })).toEqual([]);
  });

  test('is not what had sailed before Purser began to write to that calendar', () => {
    const since = (day: string): Partial<CalendarEvidence> => ({
      begun: [{ ...watched(), since: `2026-05-${day}T23:30:00Z` }],
    });
    const late = own('c-1', { createdAt: '2026-05-20T12:00:00Z' });
    expect(told(readable(c1), [late], since('14'))).toEqual([]);
    expect(told(readable(c1), [late], since('13'))).toEqual([unknown]);
  });

  test('of a calendar that nobody enters sailings into is good to know, and the others are asked as ever', () => {
    const day = (index: number): string => `2026-05-${String(index + 1).padStart(2, '0')}`;
    const toms = Array.from({ length: 8 }, (_, index) => charter({ id: `t-${index}`, date: day(index) }));
    const anas = toms.map((one, index) =>
      charter({ ...one, id: `a-${index}`, vessel: 'Osprey', crewIds: [ANA.id] }),
    );
    const entered = anas
      .slice(1)
      .map(({ date }) =>
        trip({ title: 'Osprey', start: `${date}T17:30:00-04:00`, end: `${date}T19:30:00-04:00` }),
      );
    const both = [ANA, TOM].map(({ email }) => watched({ account: email, calendarId: 'primary' }));
    const found = findings(readable(...toms, ...anas), entered, { watched: both });
    expect(found.map(({ severity, charterId }) => [severity, charterId])).toEqual([
      ['warn', 'a-0'],
      ['info', null],
    ]);
    expect(found[1]?.message).toContain(
      '8 of 8 completed charters that only the calendar of tom@example.com',
    );
  });

  test('is told by itself when another calendar, which has its sailings, lacks it too', () => {
    const sailed = Array.from({ length: 8 }, (_, index) =>
      charter({
        id: `c-${index}`,
        date: `2026-05-${String(index + 1).padStart(2, '0')}`,
        crewIds: index === 7 ? [TOM.id] : [ANA.id, TOM.id],
      }),
    );
    const anas = sailed
      .slice(1)
      .map(({ date }) => trip({ start: `${date}T17:30:00-04:00`, end: `${date}T19:30:00-04:00` }));
    const both = [ANA, TOM].map(({ email }) => watched({ account: email, calendarId: 'primary' }));
    const severities = (entries: readonly SeenEntry[]): (string | null)[][] =>
      findings(readable(...sailed), entries, { watched: both }).map(({ severity, charterId }) => [
        severity,
        charterId,
      ]);
    expect(severities(anas)).toEqual([['warn', 'c-0']]);
    expect(severities(anas.slice(0, -1))).toEqual([
      ['warn', 'c-0'],
      ['info', null],
    ]);
  });

  test('is one finding for all when more than five and more than half are unknown', () => {
    const month = (count: number): Charter[] =>
      Array.from({ length: count }, (_, index) =>
        charter({ id: `c-${index}`, date: `2026-05-${String(index + 1).padStart(2, '0')}` }),
      );
    expect(told(readable(...month(5)), [])).toHaveLength(5);
    expect(told(readable(...month(6)), [])).toEqual(['charter-not-on-calendar']);
    const half = Array.from({ length: 6 }, (_, index) => own(`c-${index}`));
    expect(told(readable(...month(12)), half)).toHaveLength(6);
    expect(told(readable(...month(12)), half.slice(1))).toEqual(['charter-not-on-calendar']);
    expect(findings(readable(...month(9)), [])[0]?.message).toMatch(
      /^9 of 9 completed charters .*: c-0, c-1, c-2, c-3, c-4 and 4 more\./,
    );
  });
});

describe('a crew member on two charters at once', () => {
  const twice = 'crew-double-booked c-2';
  const entries = [own('c-1'), own('c-2'), own('c-3')];

  test.each<[string, Partial<Charter>, readonly string[]]>([
    ['is told of the later one', { departs: '19:29' }, [twice]],
    ['is none when the first is over', { departs: '19:30' }, []],
    ['is told of one at the same time', { departs: '17:30' }, [twice]],
    ['is told of one that is to come', { departs: '18:00', status: 'scheduled' }, [twice]],
    ['is none when one was cancelled', { departs: '18:00', status: 'cancelled', recordedCents: 0 }, []],
    ['is none when another crew sails', { departs: '18:00', crewIds: [ANA.id] }, []],
    [
      'is none on one vessel: its departures are never further apart than it sails',
      { departs: '18:45', vessel: 'blue heron' },
      [],
    ],
  ])('%s', (_what, changes, expected) => {
    const other = charter({ id: 'c-2', vessel: 'Osprey', ...changes });
    expect(told(readable(c1, other), entries)).toEqual(expected);
  });

  test('is none when the first vessel has departed again: tours of an hour are over by then', () => {
    const again = charter({ id: 'c-3', departs: '18:30', crewIds: [] });
    const other = charter({ id: 'c-2', vessel: 'Osprey', departs: '18:30' });
    expect(told(readable(c1, again, other), entries)).toEqual([]);
    expect(told(readable(c1, again, { ...other, departs: '18:29' }), entries)).toEqual([twice]);
    expect(told(readable(c1, { ...again, status: 'cancelled', recordedCents: 0 }, other), entries)).toEqual([
      twice,
    ]);
  });

  test('is none of whom the roster does not know', () => {
    const crewIds = ['cr-nobody'];
    const other = charter({ id: 'c-2', vessel: 'Osprey', crewIds });
    expect(told(readable(charter({ crewIds }), other), entries)).toEqual([]);
  });

  test('names who, and where else, in one finding however many of them', () => {
    const crewIds = [ANA.id, TOM.id];
    const all = [
      charter({ crewIds }),
      charter({ id: 'c-2', vessel: 'Osprey', departs: '18:00', crewIds }),
      charter({ id: 'c-3', vessel: 'Tern', departs: '18:30', crewIds: [TOM.id] }),
    ];
    const found = findings(readable(...all), entries);
    expect(found.map(({ charterId }) => charterId)).toEqual(['c-2', 'c-3']);
    expect(found[0]?.message).toMatch(
      /Ana Lima and Tom Reyes aboard, who are also on Charter c-1 \(May 14, 2026, 17:30/,
    );
    expect(found[1]?.message).toMatch(/Tom Reyes aboard, who is also on Charter c-\d .* and Charter c-\d /);
  });

  test('is told over midnight, in the later one’s month only', () => {
    const late = charter({ id: 'c-1', date: '2026-04-30', month: '2026-04', departs: '23:30' });
    const early = charter({ id: 'c-2', date: '2026-05-01', departs: '00:30', vessel: 'Osprey' });
    expect(told(readable(late, early), entries)).toEqual([twice]);
    expect(told(readable(late, early), entries, {}, { month: '2026-04' })).toEqual([]);
  });

  test('is measured in real time on the night that clocks are put forward', () => {
    const zone = { timeZone: 'America/New_York' };
    const [first, second] = [
      charter({ date: '2026-03-08', month: '2026-03', departs: '01:30' }),
      charter({ id: 'c-2', date: '2026-03-08', month: '2026-03', departs: '03:45', vessel: 'Osprey' }),
    ];
    const march = { month: '2026-03', today: '2026-04-01' };
    expect(told(readable(first, second), entries, zone, march)).toEqual([twice]);
  });
});

describe('Purser’s event, changed by a person', () => {
  const edited = 'calendar-event-edited c-1';

  test('is told with what it says now, and a link to its row', () => {
    const entry = own('c-1', {
      edit: 'edited',
      title: 'Blue Heron: 12 guests',
      start: '2026-05-14T18:00:00-04:00',
    });
    const [finding, ...more] = findings(readable(c1), [entry]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'calendar-event-edited', severity: 'warn', charterId: 'c-1' });
    expect(finding?.message).toContain(
      'somebody changed Purser’s event of it in the calendar of nora@heron.example; there it is “Blue Heron: 12 guests”, May 14, 2026, 18:00.',
    );
    expect(finding?.links[0]?.label).toBe(entry.cell);
  });

  test.each<[string, Partial<SeenEntry>, string]>([
    ['in other words only is good to know', {}, 'info'],
    ['in its title too', { title: 'Blue Heron: 10 guests, bring ice' }, 'info'],
    ['in how many come is a warning', { title: 'Blue Heron: 12 guests' }, 'warn'],
    ['in its vessel', { title: 'Osprey: 10 guests' }, 'warn'],
    ['in its start', { start: '2026-05-14T17:45:00-04:00' }, 'warn'],
    ['in its end', { end: '2026-05-14T20:30:00-04:00' }, 'warn'],
    ['by being deleted', { edit: 'deleted', status: 'cancelled' }, 'warn'],
  ])('%s', (_what, changes, severity) => {
    const all = findings(readable(charter({ guests: 10 })), [own('c-1', { edit: 'edited', ...changes })]);
    expect(all).toMatchObject([{ code: 'calendar-event-edited', severity }]);
  });

  test('or deleted, in several calendars, is one finding', () => {
    const entries = [
      own('c-1', { edit: 'deleted', status: 'cancelled' }),
      own('c-1', { edit: 'edited', account: TOM.email, calendarId: 'primary' }),
    ];
    expect(told(readable(c1), entries)).toEqual([edited]);
    expect(findings(readable(c1), entries)[0]?.message).toMatch(
      /somebody deleted Purser’s event of it from the calendar of nora@heron\.example, and changed .*tom@example\.com/,
    );
  });

  test.each<[string, Partial<Charter>]>([
    ['was cancelled since', { status: 'cancelled', guests: 0, recordedCents: 0 }],
    ['is another month’s', { date: '2026-04-14', month: '2026-04' }],
  ])('is none of this month’s when the charter %s', (_what, changes) => {
    expect(told(readable(charter(changes)), [own('c-1', { edit: 'edited' })])).toEqual([]);
  });
});

describe('a calendar that was last read before the month was over', () => {
  const behind = watched({ readAt: '2026-06-01T03:59:59Z' });

  test('is told once for all, as good to know', () => {
    const entries = [known];
    expect(told(readable(c1), entries, { watched: [watched({ readAt: '2026-06-01T04:00:00Z' })] })).toEqual(
      [],
    );
    const found = findings(readable(c1), entries, {
      watched: [
        behind,
        watched({ account: ANA.email, readAt: '2026-05-20T12:00:00Z' }),
        watched({ account: 'x@y.z' }),
      ],
    });
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([['calendar-behind', 'info']]);
    expect(found[0]?.message).toContain(
      'the calendars of ana@example.com and nora@heron.example were last read, the first of them on May 20, 2026',
    );
  });

  test('is not asked while the month still goes on', () => {
    expect(told(readable(c1), [known], { watched: [behind] }, { today: '2026-05-31' })).toEqual([]);
  });
});

test('without a calendar that is read nothing is asked, nor shown', () => {
  const booked = readable(c1, charter({ id: 'c-2', vessel: 'Osprey' }));
  expect(told(booked, [trip({ title: 'Osprey' })], { watched: [] })).toEqual([]);
  const { calendars: none, findings: all } = calculate(input(booked));
  expect(none).toBeNull();
  expect(all.filter(({ code }) => CODES.includes(code))).toEqual([]);
});

test('each calendar tells how many trips of the month it had, and how many a charter explains', () => {
  const entries = [
    known,
    trip(),
    trip({ title: 'Osprey', start: '2026-05-20T09:00:00-04:00', end: '2026-05-20T11:00:00-04:00' }),
    trip({ start: '2026-06-02T09:00:00-04:00', end: '2026-06-02T11:00:00-04:00' }),
  ];
  const ana = watched({ account: ANA.email, calendarId: 'primary', from: '2026-05-01' });
  const { calendars: uses } = calculate(
    input(readable(c1), calendars(entries, { watched: [watched(), ana] })),
  );
  const shared = { readAt: '2026-06-01 05:00' };
  expect(uses).toEqual([
    {
      ...shared,
      account: ANA.email,
      calendarId: 'primary',
      from: '2026-05-01',
      written: 0,
      trips: 2,
      matched: 1,
    },
    {
      ...shared,
      account: OFFICE,
      calendarId: watched().calendarId,
      from: '2026-04-01',
      written: 1,
      trips: 0,
      matched: 0,
    },
  ]);
});

const anyEntry = fc
  .record({
    kind: fc.constantFrom('trip', 'trip', 'charter'),
    account: fc.constantFrom(OFFICE, ANA.email, TOM.email),
    title: fc.constantFrom('Blue Heron', 'Osprey', 'Cruise', '', 'Osprey or Blue Heron'),
    day: fc.integer({ min: 12, max: 16 }),
    minutes: fc.integer({ min: 0, max: 23 }).map((quarters) => quarters * 60 + (quarters % 4) * 15),
    allDay: fc.boolean(),
    charterId: fc.constantFrom('c-0', 'c-1', 'c-2'),
    edit: fc.constantFrom('none', 'edited', 'deleted'),
  })
  .map(({ day, minutes, allDay, kind, charterId, edit, ...rest }) => {
    const date = `2026-05-${day}`;
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const when = allDay
      ? { start: date, end: `2026-05-${day + 1}`, allDay }
      : { start: `${date}T${time}:00-04:00`, end: `${date}T23:59:00-04:00`, allDay };
    const change = { ...rest, ...when };
    return kind === 'charter' ? own(charterId, { ...change, edit } as Partial<SeenEntry>) : trip(change);
  });

const anyCharters = fc
  .array(
    fc.record({
      vessel: fc.constantFrom('Blue Heron', 'Osprey'),
      day: fc.integer({ min: 12, max: 16 }),
      departs: fc.constantFrom('09:00', '10:30', '17:30'),
      crewIds: fc.subarray([TOM.id, ANA.id]),
    }),
    { maxLength: 6 },
  )
  .map((all) =>
    all.map(({ day, ...rest }, index) => charter({ ...rest, id: `c-${index}`, date: `2026-05-${day}` })),
  );

test('in whatever order entries, calendars and items come, the findings are the same', () => {
  const both = [watched(), watched({ account: ANA.email, calendarId: 'primary' })];
  fc.assert(
    fc.property(
      anyCharters,
      fc.array(anyEntry, { maxLength: 8 }),
      fc.infiniteStream(fc.nat()),
      (charters, entries, dice) => {
        const shuffled = <T>(all: readonly T[]): T[] =>
          all
            .map((one) => ({ one, at: Number(dice.next().value) }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one);
        const first = findings(readable(...charters), entries, { watched: both });
        expect(
          findings(shuffled(readable(...charters)), shuffled(entries), { watched: shuffled(both) }),
        ).toEqual(first);
      },
    ),
    { numRuns: 150 },
  );
});

test('a trip that is copied into other calendars adds no finding', () => {
  const copies = (entries: readonly SeenEntry[]): SeenEntry[] =>
    entries.flatMap((entry) =>
      entry.kind === 'trip' ? [trip({ ...entry, account: `a-${entry.account}` })] : [],
    );
  fc.assert(
    fc.property(anyCharters, fc.array(anyEntry, { maxLength: 6 }), (charters, entries) => {
      const codes = (all: readonly SeenEntry[]): string[] =>
        told(readable(...charters), all).filter((one) => one.startsWith('calendar-trip'));
      expect(codes([...entries, ...copies(entries)]).length).toBe(codes(entries).length);
    }),
    { numRuns: 150 },
  );
});
