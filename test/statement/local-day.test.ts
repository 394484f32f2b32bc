import fc from 'fast-check';
import { dayIn } from '../../src/statement/local-day.ts';

test.each([
  ['America/New_York', '2026-05-03T01:10:00Z', '2026-05-02'],
  ['America/New_York', '2026-05-03T04:00:00Z', '2026-05-03'],
  ['America/New_York', '2026-01-01T04:59:59.999Z', '2025-12-31'],
  ['Pacific/Auckland', '2026-05-02T12:00:00Z', '2026-05-03'],
  ['UTC', '2026-05-02T23:59:59Z', '2026-05-02'],
])('in %s, %s is on %s', (zone, instant, day) => {
  expect(dayIn(zone)(instant)).toBe(day);
});

test('a moment without a time keeps its day, and what is no moment its beginning', () => {
  expect(dayIn('UTC')('2026-05-02')).toBe('2026-05-02');
  expect(dayIn('America/New_York')('2026-13-77T99:00')).toBe('2026-13-77');
});

test('any moment of this age has the day that the platform’s own clocks show', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
      fc.constantFrom('America/New_York', 'Asia/Kathmandu', 'Europe/Dublin', 'Pacific/Apia'),
      (date, timeZone) => {
        expect(dayIn(timeZone)(date.toISOString())).toBe(
          date.toLocaleString('sv-SE', { timeZone }).slice(0, 10),
        );
      },
    ),
  );
});
