/** What is kept of an event: Purser's own, what concerns a sailing, of anything else when it is. */
import fc from 'fast-check';
import type { Lens } from '../../src/calendar/read-entries.ts';
import { entryReader, withCharters } from '../../src/calendar/read-entries.ts';
import type { CalendarEvent } from '../../src/clients/google/calendar-event.ts';
import type { CalendarEntry } from '../../src/statement/calendar-entry.ts';
import { zoneClock } from '../../src/statement/zone-clock.ts';
import { charter } from '../statement/samples.ts';
import { event, MARA, ownEvent, tombstone } from './calendar-samples.ts';

const clock = zoneClock('America/New_York');
const person: Lens = {
  of: 'person',
  fleet: ['Osprey', 'Blue Heron'],
  calendarWords: ['charter', 'cruise'],
  workbook: 'workbook-1',
};
const company: Lens = { ...person, of: 'company' };
const kept = (changes: Partial<CalendarEvent>, lens = person): CalendarEntry | null =>
  entryReader(MARA, lens)(event(changes), null);

test('of an event that names a vessel, title, place and times are kept, and not a word of its description', () => {
  expect(kept({ location: 'Pier 4' })).toEqual({
    account: 'mara@harbor.example',
    calendarId: 'primary',
    eventId: 'e1',
    kind: 'trip',
    title: 'Osprey sunset',
    location: 'Pier 4',
    start: '2026-05-14T17:30:00-04:00',
    end: '2026-05-14T19:30:00-04:00',
    allDay: false,
    zone: 'America/New_York',
    status: 'confirmed',
    charterId: null,
    edit: 'none',
    createdAt: '2026-05-01T12:00:00.000Z',
    contentHash: '',
    etag: '"1"',
  });
});

test('a vessel may be named by the place', () => {
  expect(kept({ summary: 'Sunset', location: 'Blue Heron' })?.kind).toBe('trip');
});

test('of anything else in a person’s calendar only when it is: not a word that is in it', () => {
  const secret = 'SECRET';
  fc.assert(
    fc.property(
      fc.record({
        summary: fc.constantFrom(secret, `${secret} cruise`, ''),
        location: fc.constantFrom(secret, ''),
        status: fc.constantFrom('confirmed', 'tentative'),
        eventType: fc.constantFrom('default', 'outOfOffice', 'focusTime', 'fromGmail', 'something-new'),
        selfResponse: fc.constantFrom(null, 'accepted', 'needsAction'),
        privateProperties: fc.constantFrom({}, { note: secret }),
      }),
      (changes) => {
        const entry = kept({
          ...changes,
          description: secret,
          htmlLink: secret,
          etag: secret,
          created: secret,
          recurringEventId: secret,
        } as Partial<CalendarEvent>);
        expect(entry).toMatchObject({ kind: 'busy', title: '', start: '2026-05-14T17:30:00-04:00' });
        expect(JSON.stringify(entry)).not.toContain(secret);
      },
    ),
  );
});

test.each<[string, Partial<CalendarEvent>]>([
  ['is marked as free', { transparency: 'transparent' }],
  ['was declined', { selfResponse: 'declined' }],
  ['is a birthday', { eventType: 'birthday' }],
  ['says where somebody works', { eventType: 'workingLocation' }],
  ['is cancelled', { status: 'cancelled' }],
])('nothing is kept of what %s', (_, changes) => {
  expect(kept({ summary: 'Dentist', ...changes })).toBeNull();
});

test.each<[string, Partial<CalendarEvent>]>([
  ['free, as all-day events mostly are', { transparency: 'transparent' }],
  ['declined: it may have sailed without this person', { selfResponse: 'declined' }],
])('an event that names a vessel is kept though it is %s', (_, changes) => {
  expect(kept(changes)?.kind).toBe('trip');
});

test.each(['birthday', 'workingLocation'])(
  'a vessel’s name makes no trip of an event of the type %s',
  (eventType) => {
    expect(kept({ eventType })).toBeNull();
  },
);

test('in the company’s calendar a word that means a sailing makes a trip; all else there is passed over', () => {
  expect(kept({ summary: 'Sunset CRUISE' }, company)?.kind).toBe('trip');
  expect(kept({ summary: 'Cruiser repair' }, company)).toBeNull();
  expect(kept({ summary: 'Board meeting' }, company)).toBeNull();
  expect(kept({ summary: 'Board meeting', location: 'Charter office' }, company)).toBeNull();
  expect(kept({ summary: 'Sunset cruise' }, person)?.kind).toBe('busy');
});

test('what Purser wrote is known by its id, and that a person changed it by its content', () => {
  const read = entryReader(MARA, person);
  const own = ownEvent('c-1');
  expect(read(own, null)).toMatchObject({ kind: 'charter', charterId: 'c-1', edit: 'none' });
  expect(read({ ...own, summary: 'Osprey: 14 guests' }, null)).toMatchObject({
    kind: 'charter',
    edit: 'edited',
  });
  expect(read(tombstone(own.id), read(own, null))).toMatchObject({ kind: 'charter', edit: 'deleted' });
});

test('a copy of what Purser wrote is a trip of that charter, whatever it is called by now', () => {
  const { privateProperties } = ownEvent('c-1');
  expect(kept({ summary: 'Work', privateProperties })).toMatchObject({ kind: 'trip', charterId: 'c-1' });
});

test('who only claims to be a copy is matched like any trip', () => {
  const privateProperties = { purserCharter: 'c-1', purserHash: '=1+1' };
  expect(kept({ privateProperties })).toMatchObject({ kind: 'trip', charterId: null, contentHash: '' });
});

test('an all-day event keeps its days; its end is the day after the last', () => {
  expect(kept({ start: { date: '2026-05-14' }, end: { date: '2026-05-17' } })).toMatchObject({
    start: '2026-05-14',
    end: '2026-05-17',
    allDay: true,
    zone: '',
  });
});

test('an event of another zone keeps that zone', () => {
  const start = { dateTime: '2026-05-14T23:30:00+02:00', timeZone: 'Europe/Berlin' };
  expect(kept({ start })).toMatchObject({ start: start.dateTime, zone: 'Europe/Berlin' });
});

test('each instance of a recurring event is an entry of its own', () => {
  const ids = ['abc_20260514T213000Z', 'abc_20260521T213000Z'];
  expect(ids.map((id) => kept({ id, recurringEventId: 'abc' })?.eventId)).toEqual(ids);
});

test('a title is kept as one line that a cell can hold', () => {
  const entry = kept({ summary: `Osprey\r\n\u202e${'x'.repeat(2000)}`, location: '\u0000' });
  expect(entry?.title).toMatch(/^Osprey {2,3}x+…$/);
  expect(entry?.title).toHaveLength(500);
});

describe('the charter that a trip matches', () => {
  const osprey = charter({ id: 'o-1730', vessel: 'Osprey' });
  const late = charter({ id: 'o-2000', vessel: 'Osprey', departs: '20:00' });
  const trip = kept({}) as CalendarEntry;
  const charterOf = (entry: CalendarEntry, charters = [late, osprey], months = ['2026-05']) =>
    withCharters([entry], charters, months, clock, person.fleet)[0]?.charterId;

  test('is put beside it, and goes when the ledger has it no more', () => {
    expect(charterOf(trip)).toBe('o-1730');
    expect(charterOf({ ...trip, charterId: 'o-1730' }, [late])).toBeNull();
  });

  test('is no other vessel’s, though the one that it names does not sail in these months', () => {
    expect(charterOf(trip, [{ ...osprey, vessel: 'Blue Heron' }])).toBeNull();
  });

  test('is the day’s first of several', () => {
    expect(charterOf({ ...trip, allDay: true, start: '2026-05-14', end: '2026-05-15' })).toBe('o-1730');
  });

  test('stays where the ledger of that month was not read', () => {
    expect(charterOf({ ...trip, charterId: 'old' }, [osprey], ['2026-06'])).toBe('old');
    const atMonthsEnd = { ...trip, charterId: 'old', start: '2026-06-01T02:00:00Z' };
    expect(charterOf(atMonthsEnd, [osprey], ['2026-05'])).toBeNull();
  });

  test('of a copy is the one that it is of', () => {
    const copy = { ...trip, charterId: 'o-2000', contentHash: 'ab'.repeat(32) };
    expect(charterOf(copy)).toBe('o-2000');
    expect(charterOf(copy, [osprey])).toBe('o-2000');
  });

  test('is nothing of busy times and of what Purser wrote', () => {
    const others = [
      { ...trip, kind: 'busy' },
      { ...trip, kind: 'charter', charterId: 'x' },
    ] as const;
    expect(withCharters(others, [osprey], ['2026-05'], clock, [])).toEqual(others);
  });
});
