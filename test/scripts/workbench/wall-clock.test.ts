import { laterMs, wallText } from '../../../scripts/workbench/wall-clock.ts';

const ZONE = 'America/New_York';
const later = (from: string, unit: 'hour' | 'day' | 'month'): string =>
  wallText(laterMs(Date.parse(from), unit, ZONE), ZONE);

describe('the clock of the workbench', () => {
  it('keeps the time of day over the change of the clocks', () => {
    expect(later('2026-03-07T11:00:00Z', 'day')).toBe('2026-03-08 06:00');
    expect(later('2026-10-15T10:00:00Z', 'month')).toBe('2026-11-15 06:00');
  });

  it('goes on by real hours', () => {
    expect(later('2026-03-08T06:30:00Z', 'hour')).toBe('2026-03-08 03:30');
  });

  it('ends a month on its last day when it lacks the day', () => {
    expect(later('2026-01-31T11:00:00Z', 'month')).toBe('2026-02-28 06:00');
    expect(later('2026-12-31T11:00:00Z', 'month')).toBe('2027-01-31 06:00');
  });
});
