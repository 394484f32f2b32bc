/** The day of an instant on the clocks of a zone. */
import type { IsoDate } from './month.ts';

/**
 * Gives the day of an ISO 8601 instant (`2026-05-03T01:10:00Z` is 2026-05-02 in New York). One formatter for all
 * instants: to make one takes longer than to ask it a thousand times.
 * @param timeZone an IANA name
 * @throws RangeError for a zone that nobody knows
 */
export function dayIn(timeZone: string): (instant: string) => IsoDate {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (instant) => {
    const ms = Date.parse(instant);
    if (Number.isNaN(ms)) return instant.slice(0, 10);
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  };
}
