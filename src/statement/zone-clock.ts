/** The clocks of a zone: what they show at an instant, and when they show a day and time. */
import type { SailingClock } from './calendar-matching.ts';
import type { IsoDate } from './month.ts';

const DAY_MS = 86_400_000;

export interface ZoneClock extends SailingClock {
  /**
   * The instant, in milliseconds since 1970 UTC, when the clocks show that day and time (`17:30`). Of an hour that they
   * show twice the first; of one that they leave out as if they had not been put forward yet. NaN for what is no time.
   */
  instantOf(date: IsoDate, time: string): number;
  /** What they show then: `2026-05-14` and `17:30`. */
  shownAt(ms: number): { readonly date: IsoDate; readonly time: string };
}

/**
 * One formatter for all instants: to make one takes longer than to ask it a thousand times.
 * @param timeZone an IANA name
 * @throws RangeError for a zone that nobody knows
 */
export function zoneClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const known = new Map<string, number>();
  const shown = (ms: number): string => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const [year, month, day, hour, minute, second] = (
      ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
    ).map((part) => parts.get(part) ?? '');
    return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  };
  /** How far the clocks are ahead of UTC. */
  const aheadMs = (ms: number): number => Date.parse(`${shown(ms)}Z`) - ms;
  const instant = (text: string): number => {
    const wantedMs = Date.parse(`${text}:00Z`);
    if (Number.isNaN(wantedMs)) return Number.NaN;
    const earlierMs = wantedMs - aheadMs(wantedMs - DAY_MS);
    const laterMs = wantedMs - aheadMs(wantedMs + DAY_MS);
    const fits = [earlierMs, laterMs].filter((ms) => shown(ms) === `${text}:00`);
    return fits.length === 0 ? earlierMs : Math.min(...fits);
  };
  return {
    instantOf: (date, time) => {
      const text = `${date}T${time}`;
      const ms = known.get(text) ?? instant(text);
      known.set(text, ms);
      return ms;
    },
    dayOf: (iso) => {
      const ms = Date.parse(iso);
      return Number.isNaN(ms) ? iso.slice(0, 10) : shown(ms).slice(0, 10);
    },
    shownAt: (ms) => {
      const text = shown(ms);
      return { date: text.slice(0, 10), time: text.slice(11, 16) };
    },
  };
}
