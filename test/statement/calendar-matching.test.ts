/** Which charters a trip in somebody's calendar tells of. */
import fc from 'fast-check';
import type { CalendarEntry } from '../../src/statement/calendar-entry.ts';
import { matchTrips, vesselFinder } from '../../src/statement/calendar-matching.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { zoneClock } from '../../src/statement/zone-clock.ts';
import { charter } from './samples.ts';

const ZONE = 'America/New_York';
const clock = zoneClock(ZONE);

function trip(changes: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    account: 'mara@harbor.example',
    calendarId: 'primary',
    eventId: 'e-1',
    kind: 'trip',
    title: 'Osprey sunset',
    start: '2026-05-14T17:30:00-04:00',
    end: '2026-05-14T19:30:00-04:00',
    allDay: false,
    zone: ZONE,
    status: 'confirmed',
    charterId: null,
    edit: 'none',
    createdAt: '2026-05-01T12:00:00Z',
    contentHash: '',
    etag: '"1"',
    ...changes,
  };
}
const allDay = (start: string, end: string, title: string): CalendarEntry =>
  trip({ start, end, title, allDay: true, zone: '' });
const matched = (one: CalendarEntry, ...charters: Charter[]): readonly string[] | undefined =>
  matchTrips([one], charters, clock).get(one);

const osprey = charter({ id: 'o-1730', vessel: 'Osprey', departs: '17:30' });
const late = charter({ id: 'o-2000', vessel: 'Osprey', departs: '20:00' });
const second = charter({ id: 'ii-1730', vessel: 'Osprey II', departs: '17:30' });
const heron = charter({ id: 'h-1730', vessel: 'Blue Heron', departs: '17:30' });
const DAY = [osprey, late, second, heron];

test.each([
  ['Osprey sunset', 'Osprey'],
  ['OSPREY II, 12 guests', 'Osprey II'],
  ['osprey ii', 'Osprey II'],
  ['Crew for the osprey', 'Osprey'],
  ['the M/V Étoile du Nord!', 'Etoile du Nord'],
  ['Sea & Sky tonight', 'Sea and Sky'],
  ['Ospreys game', null],
  ['Etoile', null],
  ['', null],
])('“%s” names %s', (text, vessel) => {
  const fleet = ['Osprey', 'Osprey II', 'Etoile du Nord', 'Sea and Sky', '---', ''];
  expect(vesselFinder(fleet)(text)).toEqual(vessel === null ? [] : [vessel]);
});

test('a text that names two vessels names both, in its order, and none twice', () => {
  const vesselsIn = vesselFinder(['Osprey', 'Osprey II', 'Blue Heron']);
  expect(vesselsIn('Blue Heron with Osprey II, then blue heron')).toEqual(['Blue Heron', 'Osprey II']);
});

test('whatever order a fleet is listed in, the longest name that stands there is meant', () => {
  const fleet = ['Osprey', 'Osprey II', 'Osprey II Star', 'Star', 'II'];
  fc.assert(
    fc.property(fc.shuffledSubarray(fleet, { minLength: 5 }), fc.constantFrom(...fleet), (listed, vessel) => {
      expect(vesselFinder(listed)(`boarding, ${vessel.toUpperCase()}: 12 guests`)).toEqual([vessel]);
    }),
  );
});

test('a trip that names a vessel is that vessel’s charter, and of several the nearest', () => {
  expect(matched(trip(), ...DAY)).toEqual(['o-1730']);
  expect(matched(trip({ title: 'Osprey II' }), ...DAY)).toEqual(['ii-1730']);
  expect(matched(trip({ start: '2026-05-14T19:10:00-04:00' }), ...DAY)).toEqual(['o-2000']);
});

test('it may begin an hour before or after, not more', () => {
  const at = (start: string) => matched(trip({ start, end: start }), osprey);
  expect(at('2026-05-14T16:30:00-04:00')).toEqual(['o-1730']);
  expect(at('2026-05-14T18:30:00-04:00')).toEqual(['o-1730']);
  expect(at('2026-05-14T16:29:00-04:00')).toEqual([]);
  expect(at('2026-05-14T18:31:00-04:00')).toEqual([]);
  expect(at('2026-05-13T17:30:00-04:00')).toEqual([]);
});

test('another vessel’s charter at that hour is not it', () => {
  expect(matched(trip(), heron, { ...osprey, date: '2026-05-20' })).toEqual([]);
  expect(matchTrips([trip()], [heron], clock, ['Osprey']).values().next().value).toEqual([]);
});

test('the place names the vessel where the title names none', () => {
  expect(matched(trip({ title: 'Sunset', location: 'Blue Heron, pier 4' }), ...DAY)).toEqual(['h-1730']);
  expect(matched(trip({ title: 'Osprey', location: 'beside Blue Heron' }), ...DAY)).toEqual(['o-1730']);
});

test('without a vessel’s name it is what sails within half an hour', () => {
  const sunset = { title: 'Sunset cruise' };
  expect(matched(trip({ ...sunset, start: '2026-05-14T17:00:00-04:00' }), osprey, late)).toEqual(['o-1730']);
  expect(matched(trip({ ...sunset, start: '2026-05-14T16:59:00-04:00' }), osprey)).toEqual([]);
});

test('where two charters may be meant, neither is taken for missing', () => {
  expect(matched(trip({ title: 'Sunset cruise' }), osprey, heron)).toEqual(['o-1730', 'h-1730']);
  expect(matched(trip(), osprey, { ...osprey, id: 'twice' })).toEqual(['o-1730', 'twice']);
});

test('two vessels in one event are two charters', () => {
  expect(matched(trip({ title: 'Osprey and Blue Heron' }), ...DAY)).toEqual(['o-1730', 'h-1730']);
});

test('what is put down in another zone is compared by the moment', () => {
  expect(matched(trip({ start: '2026-05-14T23:30:00+02:00', zone: 'Europe/Berlin' }), osprey)).toEqual([
    'o-1730',
  ]);
  const earlier = { start: '2026-05-14T17:30:00+02:00', end: '2026-05-14T19:30:00+02:00' };
  expect(matched(trip({ ...earlier, zone: 'Europe/Berlin' }), osprey)).toEqual([]);
});

test('ten to midnight is near ten past, though it is another day', () => {
  const midnight = charter({ id: 'm', vessel: 'Osprey', date: '2026-06-01', departs: '00:10' });
  expect(matched(trip({ start: '2026-05-31T23:50:00-04:00' }), midnight)).toEqual(['m']);
});

test.each([
  ['2026-03-08', '10:00', '2026-03-08T14:00:00Z'],
  ['2026-11-01', '10:00', '2026-11-01T15:00:00Z'],
])('on %s, when the clocks change, %s is %s', (date, departs, start) => {
  expect(matched(trip({ start }), charter({ id: 'c', vessel: 'Osprey', date, departs }))).toEqual(['c']);
});

test('an all-day event is every charter of its vessel on its days; the day that it ends on is not one of them', () => {
  const days = ['2026-05-13', '2026-05-14', '2026-05-15', '2026-05-16'].map((date) =>
    charter({ id: date, vessel: 'Osprey', date }),
  );
  expect(matched(allDay('2026-05-14', '2026-05-16', 'Osprey: the Millers'), ...days, heron)).toEqual([
    '2026-05-14',
    '2026-05-15',
  ]);
  expect(matched(allDay('2026-05-14', '2026-05-15', 'Osprey'), ...DAY)).toEqual(['o-1730', 'o-2000']);
});

test('an all-day event without an end is of its day', () => {
  expect(matched(allDay('2026-05-14', '2026-05-14', 'Osprey'), osprey)).toEqual(['o-1730']);
});

test('an all-day event that names no vessel is any charter of its day; of a longer one nobody can tell', () => {
  expect(matched(allDay('2026-05-14', '2026-05-15', 'Charter'), osprey, heron)).toEqual(['o-1730', 'h-1730']);
  expect(matched(allDay('2026-05-15', '2026-05-16', 'Charter'), osprey)).toEqual([]);
  expect(matched(allDay('2026-05-11', '2026-05-18', 'Cruise week'), osprey)).toEqual([]);
});

test('a copy of what Purser wrote is its charter, whatever its title says by now', () => {
  const copy = trip({
    title: 'Work',
    charterId: 'h-1730',
    contentHash: 'ab',
    start: '2026-05-14T09:00:00-04:00',
  });
  expect(matched(copy, ...DAY)).toEqual(['h-1730']);
  // Ten in the evening, on the workbook’s clocks.
  const evening = { ...copy, charterId: 'o-2000', start: '2026-05-15T02:00:00Z' };
  expect(matched(evening, ...DAY)).toEqual(['o-2000']);
});

test('a copy that was moved to another day is a trip of its own', () => {
  const copy = trip({ charterId: 'o-1730', contentHash: 'ab', start: '2026-05-20T17:30:00-04:00' });
  expect(matched(copy, ...DAY)).toEqual([]);
  const other = charter({ id: 'o-20', vessel: 'Osprey', date: '2026-05-20' });
  expect(matched(copy, ...DAY, other)).toEqual(['o-20']);
});

test('what it matched when it was read binds nobody: the ledger may have changed since', () => {
  expect(matched(trip({ charterId: 'h-1730' }), ...DAY)).toEqual(['o-1730']);
  expect(matched(trip({ charterId: 'gone' }))).toEqual([]);
});

test('a charter whose departure is no time of day matches nothing but all-day events', () => {
  const odd = charter({ id: 'odd', vessel: 'Osprey', departs: 'noon' });
  expect(matched(trip(), odd)).toEqual([]);
  expect(matched(allDay('2026-05-14', '2026-05-15', 'Osprey'), odd)).toEqual(['odd']);
});

test('every trip is answered, and the order of charters changes nothing but the order', () => {
  const trips = [trip(), trip({ title: 'Sunset' }), allDay('2026-05-14', '2026-05-15', 'Blue Heron')];
  fc.assert(
    fc.property(fc.shuffledSubarray(DAY, { minLength: DAY.length }), (charters) => {
      const found = matchTrips(trips, charters, clock);
      expect(trips.map((one) => [...(found.get(one) ?? ['unanswered'])].sort())).toEqual([
        ['o-1730'],
        ['h-1730', 'ii-1730', 'o-1730'],
        ['h-1730'],
      ]);
    }),
  );
});

describe('a vessel that departs every hour', () => {
  const hourly = (...hours: readonly string[]): Charter[] =>
    hours.map((hour) => charter({ id: hour, vessel: 'Osprey', departs: `${hour}:00` }));
  const event = (from: string, until: string): CalendarEntry =>
    trip({ start: `2026-05-14T${from}:00-04:00`, end: `2026-05-14T${until}:00-04:00` });

  test.each<[string, CalendarEntry, readonly string[], readonly string[]]>([
    ['a tour that the ledger lacks is not the next one', event('10:00', '11:00'), ['09', '11', '12'], []],
    ['nor the first of the day', event('10:00', '11:00'), ['11', '12', '13'], []],
    ['nor its last', event('11:00', '12:00'), ['08', '09', '10'], []],
    ['one that begins half an hour early is itself', event('09:30', '10:00'), ['10', '11'], ['10']],
    [
      'a shift is all that sails in it',
      event('08:00', '12:00'),
      ['08', '09', '11', '12'],
      ['08', '09', '11'],
    ],
    ['as when the crew is there long before', event('07:00', '10:00'), ['09', '10'], ['09']],
    ['an event of two hours is none', event('06:45', '08:45'), ['08', '09'], []],
    ['who is there early has an event that goes on', event('08:15', '10:15'), ['09', '10'], ['09']],
    ['though another has departed not so long before', event('09:35', '11:00'), ['09', '10'], ['10']],
    ['one a day may be an hour off', event('10:00', '11:00'), ['11', '17'], ['11']],
  ])('%s', (_what, one, hours, expected) => {
    expect(matched(one, ...hourly(...hours))).toEqual(expected);
  });
});
