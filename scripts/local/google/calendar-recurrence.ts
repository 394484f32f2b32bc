/**
 * When the instances of a recurring event are: `recurrence` holds RRULE, RDATE and EXDATE lines of RFC 5545
 * (developers.google.com/workspace/calendar/api/concepts/events-calendars#recurring_events).
 */
import type { Options, RRule as Rule } from 'rrule';
import { nodeRequire } from '../sheets/node-require.ts';
import type { Moment } from './calendar-time.ts';
import { instantOf, isZone, wallMs } from './calendar-time.ts';

const { RRule } = nodeRequire('rrule') as {
  RRule: (new (options: Partial<Options>) => Rule) & { parseString(text: string): Partial<Options> };
};

export interface Series {
  readonly start: Moment;
  readonly end: Moment;
  /** Empty: once, at `start`. */
  readonly recurrence: readonly string[];
}

export interface Occurrence {
  /** Of the instance's id: `20260514T213000Z`, of all-day events `20260514`. */
  readonly key: string;
  readonly start: Moment;
  readonly end: Moment;
}

/** More than that of one series nobody looks at. */
const MOST = 5_000;

interface Line {
  readonly name: 'RRULE' | 'RDATE' | 'EXDATE';
  readonly zone: string | null;
  readonly value: string;
}

function lineOf(text: string): Line | null {
  const match = /^(RRULE|RDATE|EXDATE)((?:;[^:]+)*):(.+)$/.exec(text);
  if (!match) return null;
  const zone = /;TZID=([^;]+)/.exec(match[2] ?? '')?.[1] ?? null;
  return zone !== null && !isZone(zone)
    ? null
    : { name: match[1] as Line['name'], zone, value: match[3] ?? '' };
}

/** Whether the lines can be read as a recurrence. */
export function isRecurrence(lines: readonly string[]): boolean {
  return lines.every((text) => {
    const line = lineOf(text);
    if (line === null) return false;
    if (line.name !== 'RRULE') return line.value.split(',').every((date) => basicMs(date) !== null);
    try {
      return RRule.parseString(line.value).freq !== undefined;
    } catch {
      return false;
    }
  });
}

/** `20260514`, `20260514T173000` or `…Z`, as if it were UTC. */
function basicMs(text: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(text.trim());
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function basic(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '');
}

/** The key that an instance has which begins then. */
export function keyOf(start: Moment): string {
  return 'date' in start ? start.date.replaceAll('-', '') : `${basic(start.atMs)}Z`;
}

/**
 * Instances that begin before `untilMs`, in their order; the first is always the event's own start.
 *
 * All is counted in the clocks of the series' zone, so that 17:30 stays 17:30 when they are changed.
 */
export function occurrences(series: Series, untilMs: number): readonly Occurrence[] {
  const { start, end, recurrence } = series;
  if (recurrence.length === 0) return [{ key: keyOf(start), start, end }];
  const zone = 'date' in start ? 'UTC' : (start.timeZone ?? 'UTC');
  const firstMs = 'date' in start ? Date.parse(`${start.date}T00:00:00Z`) : wallMs(start.atMs, zone);
  const lines = recurrence.flatMap((text) => lineOf(text) ?? []);
  const datesOf = (name: 'RDATE' | 'EXDATE'): number[] =>
    lines
      .filter((line) => line.name === name)
      .flatMap((line) => line.value.split(',').map((date) => wall(date, line, zone)));

  const starts = new Set([firstMs, ...datesOf('RDATE')]);
  const lastMs = wallMs(untilMs, zone);
  for (const { name, value } of lines) {
    if (name !== 'RRULE') continue;
    const options = RRule.parseString(value);
    const until = /UNTIL=([^;]+)/.exec(value)?.[1];
    const rule = new RRule({
      ...options,
      dtstart: new Date(firstMs),
      ...(until === undefined ? {} : { until: new Date(lastWall(until, zone)) }),
    });
    rule.all((date, index) => {
      if (date.getTime() >= lastMs || index >= MOST) return false;
      starts.add(date.getTime());
      return true;
    });
  }
  for (const excluded of datesOf('EXDATE')) starts.delete(excluded);
  const lasts = lengthMs(series);
  return [...starts]
    .filter((ms) => ms < lastMs)
    .sort((one, other) => one - other)
    .map((ms) => occurrenceAt(ms, start, end, zone, lasts));
}

function occurrenceAt(ms: number, start: Moment, end: Moment, zone: string, lasts: number): Occurrence {
  if ('date' in start) {
    const day = (at: number): Moment => ({ date: new Date(at).toISOString().slice(0, 10) });
    return { key: keyOf(day(ms)), start: day(ms), end: day(ms + lasts) };
  }
  const atMs = instantOf(ms, zone);
  const moment: Moment = { atMs, timeZone: start.timeZone };
  const endZone = 'date' in end ? null : end.timeZone;
  return { key: keyOf(moment), start: moment, end: { atMs: atMs + lasts, timeZone: endZone } };
}

function lengthMs({ start, end }: Series): number {
  const ms = (moment: Moment): number => ('date' in moment ? Date.parse(moment.date) : moment.atMs);
  return ms(end) - ms(start);
}

/** A date of RDATE or EXDATE by the clocks of the series. */
function wall(text: string, { zone: named }: Line, zone: string): number {
  const ms = basicMs(text) ?? 0;
  if (/Z\s*$/.test(text)) return wallMs(ms, zone);
  return named === null || named === zone ? ms : wallMs(instantOf(ms, named), zone);
}

/** UNTIL is in UTC, or a day that still counts. */
function lastWall(until: string, zone: string): number {
  const ms = basicMs(until) ?? 0;
  if (!until.includes('T')) return ms + 86_399_000;
  return until.endsWith('Z') ? wallMs(ms, zone) : ms;
}
