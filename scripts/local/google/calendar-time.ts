/**
 * Times of events: `date` of all-day ones, `dateTime` with an offset or a zone of the others
 * (developers.google.com/workspace/calendar/api/v3/reference/events#resource, `start`).
 */

/** `timeZone` is null when the event names none. */
export type Moment = { readonly date: string } | { readonly atMs: number; readonly timeZone: string | null };

const SLOT_MS = 15 * 60_000;
const formatters = new Map<string, Intl.DateTimeFormat | null>();
const offsets = new Map<string, number>();

function formatterOf(zone: string): Intl.DateTimeFormat | null {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  let made: Intl.DateTimeFormat | null;
  try {
    made = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
    });
  } catch {
    made = null;
  }
  formatters.set(zone, made);
  return made;
}

export function isZone(zone: string): boolean {
  return formatterOf(zone) !== null;
}

/** How far a zone's clocks are ahead of UTC; zones change on quarters of an hour. */
function offsetMs(atMs: number, zone: string): number {
  const slotMs = Math.floor(atMs / SLOT_MS) * SLOT_MS;
  const key = `${zone} ${slotMs}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts = Object.fromEntries(
    (formatterOf(zone)?.formatToParts(slotMs) ?? []).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - slotMs;
  if (offsets.size > 100_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** What a zone's clocks show, as milliseconds as if they showed UTC. */
export function wallMs(atMs: number, zone: string): number {
  return atMs + offsetMs(atMs, zone);
}

/** The instant at which a zone's clocks show it: of an hour that comes twice the first, of one left out the same time later. */
export function instantOf(wall: number, zone: string): number {
  const dayMs = 86_400_000;
  const before = wall - offsetMs(wall - dayMs, zone);
  if (wallMs(before, zone) === wall) return before;
  const after = wall - offsetMs(wall + dayMs, zone);
  return wallMs(after, zone) === wall ? after : before;
}

/** Of an all-day event midnight in the calendar's zone. */
export function momentMs(moment: Moment, calendarZone: string): number {
  return 'atMs' in moment ? moment.atMs : instantOf(Date.parse(`${moment.date}T00:00:00Z`), calendarZone);
}

/** RFC 3339 by a zone's clocks, in whole seconds: `2026-05-14T17:30:00-04:00`. */
export function rfc3339(atMs: number, zone: string): string {
  const offset = offsetMs(atMs, zone);
  const text = new Date(Math.floor((atMs + offset) / 1000) * 1000).toISOString().slice(0, 19);
  if (offset === 0) return `${text}Z`;
  const minutes = Math.abs(offset) / 60_000;
  const two = (number: number): string => String(Math.floor(number)).padStart(2, '0');
  return `${text}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** As answers have it. @param zone in which the answer shows times */
export function shownMoment(moment: Moment, zone: string): Readonly<Record<string, string>> {
  if ('date' in moment) return { date: moment.date };
  const named = moment.timeZone === null ? {} : { timeZone: moment.timeZone };
  return { dateTime: rfc3339(moment.atMs, zone), ...named };
}

const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/i;

export function isDate(text: string): boolean {
  const ms = DATE.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** An RFC 3339 time with its offset, which it must have; null when it is none. */
export function timestampMs(text: string): number | null {
  const match = DATE_TIME.exec(text);
  const ms = match?.[2] === undefined ? Number.NaN : Date.parse(text.toUpperCase());
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000) * 1000;
}

/**
 * Reads `start` or `end`.
 * @returns null: unreadable; `no-zone`: a local time whose zone nobody names
 */
export function readMoment(value: Readonly<Record<string, unknown>>): Moment | 'no-zone' | null {
  const { date, dateTime, timeZone } = value;
  if (timeZone !== undefined && (typeof timeZone !== 'string' || !isZone(timeZone))) return null;
  if (date !== undefined) {
    return dateTime === undefined && typeof date === 'string' && isDate(date) ? { date } : null;
  }
  const match = typeof dateTime === 'string' ? DATE_TIME.exec(dateTime) : null;
  if (!match) return null;
  const zone = timeZone ?? null;
  if (match[2] !== undefined) {
    const atMs = timestampMs(match[0]);
    return atMs === null ? null : { atMs, timeZone: zone };
  }
  const wall = Date.parse(`${match[1]}Z`);
  if (Number.isNaN(wall)) return null;
  return zone === null ? 'no-zone' : { atMs: instantOf(wall, zone), timeZone: zone };
}
