/** Moments and sizes as a person reads them. */

const MINUTE_MS = 60_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = timeZone + JSON.stringify(options);
  const made =
    formats.get(key) ?? new Intl.DateTimeFormat('en-US', { ...options, timeZone, hourCycle: 'h23' });
  formats.set(key, made);
  return made;
}

/** `Mon, Jun 1, 2026, 06:00`; the text itself when it is no moment. */
export function momentWords(iso: string, timeZone: string): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return iso;
  return formatOf(timeZone, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(ms);
}

/** `Jun 1, 06:00`: where the year is plain. */
export function shortMoment(iso: string, timeZone: string): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return iso;
  return formatOf(timeZone, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(
    ms,
  );
}

/** `06:00:12` */
export function timeOfDay(iso: string, timeZone: string): string {
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) return iso;
  return formatOf(timeZone, { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(ms);
}

/** For `<input type="datetime-local">`: `2026-06-01T06:00` on the clocks of the zone. */
export function wallClock(ms: number, timeZone: string): string {
  const parts = formatOf(timeZone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(ms);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The moment when the clocks of the zone show this; null when it is no time. A time that clocks skip in spring is taken
 * as if they had not been put forward.
 */
export function momentOf(wall: string, timeZone: string): string | null {
  const wanted = Date.parse(`${wall}Z`);
  if (Number.isNaN(wanted)) return null;
  const offset = (ms: number) =>
    Date.parse(`${wallClock(ms, timeZone)}Z`) - Math.floor(ms / MINUTE_MS) * MINUTE_MS;
  const first = wanted - offset(wanted);
  const second = wanted - offset(first);
  return new Date(wallClock(second, timeZone) === wall ? second : first).toISOString();
}

/** `812 bytes`, `14.2 kB` */
export function bytesWords(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
