/** Wall clocks of IANA time zones. */

const formats = new Map<string, Intl.DateTimeFormat>();

function wallClock(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

export function isTimeZone(timeZone: string): boolean {
  try {
    wallClock(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** What to add to UTC, in milliseconds, to get the wall clock of `timeZone` at that moment. */
export function zoneOffsetMs(ms: number, timeZone: string): number {
  const parts = new Map(
    wallClock(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type));
  const year = parts.get('era') === 'BC' ? 1 - number('year') : number('year');
  const wall = new Date(0);
  wall.setUTCFullYear(year, number('month') - 1, number('day'));
  wall.setUTCHours(number('hour'), number('minute'), number('second'), 0);
  return wall.getTime() - Math.floor(ms / 1000) * 1000;
}

/**
 * The moment at which the wall clock of `timeZone` shows `wallMs` (the wall clock written as if it were UTC). Of two
 * such moments the first, as in JavaScript's local `Date`.
 */
export function fromWallMs(wallMs: number, timeZone: string): number {
  const before = zoneOffsetMs(wallMs - 86_400_000, timeZone);
  const after = zoneOffsetMs(wallMs + 86_400_000, timeZone);
  const candidates = [wallMs - before, wallMs - after];
  const exact = candidates.filter((ms) => ms + zoneOffsetMs(ms, timeZone) === wallMs);
  return exact.length > 0 ? Math.min(...exact) : wallMs - before;
}
