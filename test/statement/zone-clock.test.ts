import fc from 'fast-check';
import { zoneClock } from '../../src/statement/zone-clock.ts';

const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'UTC',
];

test.each([
  ['in winter', 'America/New_York', '2026-01-14', '17:30', '2026-01-14T22:30:00.000Z'],
  ['in summer', 'America/New_York', '2026-05-14', '17:30', '2026-05-14T21:30:00.000Z'],
  [
    'on the day that clocks are put forward',
    'America/New_York',
    '2026-03-08',
    '09:00',
    '2026-03-08T13:00:00.000Z',
  ],
  ['in the hour that is left out', 'America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30:00.000Z'],
  ['in the hour that comes twice', 'America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00.000Z'],
  ['after it', 'America/New_York', '2026-11-01', '02:00', '2026-11-01T07:00:00.000Z'],
  [
    'in the hour left out east of Greenwich',
    'Europe/Berlin',
    '2026-03-29',
    '02:30',
    '2026-03-29T01:30:00.000Z',
  ],
  ['in the hour twice there', 'Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  ['at midnight', 'Pacific/Auckland', '2026-05-14', '00:00', '2026-05-13T12:00:00.000Z'],
])('%s, in %s, %s at %s is %s', (_when, zone, date, time, instant) => {
  expect(new Date(zoneClock(zone).instantOf(date, time)).toISOString()).toBe(instant);
});

test('what is no time is no instant, and what is no moment keeps its beginning', () => {
  expect(zoneClock('UTC').instantOf('2026-05-14', '')).toBeNaN();
  expect(zoneClock('UTC').dayOf('2026-13-77T99:00')).toBe('2026-13-77');
});

test('what the clocks show at an instant is that instant, but for the hour that comes twice', () => {
  const anyMinute = fc.integer({ min: 26_300_000, max: 31_500_000 }).map((minutes) => minutes * 60_000);
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), anyMinute, (zone, ms) => {
      const clock = zoneClock(zone);
      const { date, time } = clock.shownAt(ms);
      const again = clock.instantOf(date, time);
      expect(clock.shownAt(again)).toEqual({ date, time });
      expect([0, 30 * 60_000, 60 * 60_000]).toContain(ms - again);
      expect(clock.dayOf(new Date(ms).toISOString())).toBe(date);
    }),
    { numRuns: 300 },
  );
});
