/** What the audit of calendars is asked, and the words that its rules share. */
import type { CalendarEntry, CalendarEvidence, SeenEntry, WatchedCalendar } from '../calendar-entry.ts';
import { matchTrips } from '../calendar-matching.ts';
import type { Charter, CharterReading } from '../charter.ts';
import { compareCharters, compareText } from '../charter.ts';
import type { Link } from '../findings.ts';
import type { StatementInput } from '../input.ts';
import { dateLabel, isIsoDate } from '../month.ts';
import { cut } from '../short-text.ts';
import type { StatementLine } from '../statement.ts';
import type { ZoneClock } from '../zone-clock.ts';
import { zoneClock } from '../zone-clock.ts';

export interface CalendarQuestion extends Pick<StatementInput, 'month' | 'today' | 'roster' | 'linksOf'> {
  readonly evidence: CalendarEvidence;
  /** Those that have been read, by account. */
  readonly watched: readonly WatchedCalendar[];
  /** In the order of a statement, those of neighbour months too. */
  readonly charters: readonly Charter[];
  /** By id. */
  readonly charterOf: ReadonlyMap<string, Charter>;
  readonly unreadable: readonly (CharterReading & { readonly readable: false })[];
  /** Ids of the charters that the statement counts. */
  readonly counted: ReadonlySet<string>;
  readonly clock: ZoneClock;
  readonly durationMs: number;
  /** What people have in their calendars, by start. */
  readonly trips: readonly SeenEntry[];
  /** What Purser has written. */
  readonly own: readonly SeenEntry[];
  /** Ids of the charters that each trip means, by the ledger as it is now. */
  readonly meant: ReadonlyMap<CalendarEntry, readonly string[]>;
}

export function questionOf(
  { month, today, roster, linksOf }: Pick<StatementInput, 'month' | 'today' | 'roster' | 'linksOf'>,
  evidence: CalendarEvidence,
  readings: readonly CharterReading[],
  lines: readonly StatementLine[],
): CalendarQuestion {
  const clock = zoneClock(evidence.timeZone);
  const charters = readings
    .flatMap((reading) => (reading.readable ? [reading.charter] : []))
    .sort(compareCharters);
  const entries = evidence.entries.filter(isTimed).sort(byStart);
  const trips = entries.filter(({ kind, status }) => kind === 'trip' && status !== 'cancelled');
  return {
    month,
    today,
    roster,
    linksOf,
    evidence,
    watched: evidence.watched
      .filter(({ from, readAt }) => isIsoDate(from) && !Number.isNaN(Date.parse(readAt)))
      .sort(byCalendar),
    charters,
    charterOf: new Map(charters.map((charter) => [charter.id, charter])),
    unreadable: readings.filter((reading) => !reading.readable),
    counted: new Set(lines.filter(({ counted }) => counted).map(({ id }) => id)),
    clock,
    durationMs: evidence.charterMinutes * 60_000,
    trips,
    own: entries.filter(({ kind }) => kind === 'charter'),
    meant: matchTrips(trips, charters, clock, evidence.fleet),
  };
}

function isTimed({ start, end }: CalendarEntry): boolean {
  return !Number.isNaN(Date.parse(start)) && !Number.isNaN(Date.parse(end));
}

/** However a person has sorted the tab. */
function byStart(a: SeenEntry, b: SeenEntry): number {
  return Date.parse(a.start) - Date.parse(b.start) || byCalendar(a, b) || compareText(a.eventId, b.eventId);
}

function byCalendar(a: InCalendar, b: InCalendar): number {
  return compareText(a.account, b.account) || compareText(a.calendarId, b.calendarId);
}

type InCalendar = Pick<CalendarEntry, 'account' | 'calendarId'>;

export function isSameCalendar(a: InCalendar, b: InCalendar): boolean {
  return byCalendar(a, b) === 0;
}

export function startOf({ clock }: CalendarQuestion, { date, departs }: Charter): number {
  return clock.instantOf(date, departs);
}

/** `the calendar of ben@…`, `the calendars of ben@… and ana@…` */
export function calendarWords(entries: readonly Pick<CalendarEntry, 'account'>[]): string {
  const accounts = [...new Set(entries.map(({ account }) => cut(account)))];
  return `the calendar${accounts.length === 1 ? '' : 's'} of ${listed(accounts)}`;
}

const MOST_LISTED = 5;

/** `a`, `a and b`, `a, b, c, d, e and 3 more` */
export function listed(names: readonly string[], most = MOST_LISTED): string {
  const shown = names.slice(0, most);
  const more = names.length - shown.length;
  const last = more > 0 ? `${more} more` : shown.pop();
  return shown.length === 0 ? (last ?? '') : `${shown.join(', ')} and ${last}`;
}

/** `May 14, 2026, 17:30`; of an all-day event its first day. */
export function startWords({ clock }: CalendarQuestion, { start, allDay }: CalendarEntry): string {
  if (allDay) return `${dateLabel(start)}, all day`;
  const { date, time } = clock.shownAt(Date.parse(start));
  return `${dateLabel(date)}, ${time}`;
}

const MOST_CELLS = 3;

/** The rows of the tab; few are shown. */
export function cellLinks(
  { linksOf }: Pick<CalendarQuestion, 'linksOf'>,
  entries: readonly SeenEntry[],
): Link[] {
  return entries.slice(0, MOST_CELLS).flatMap(({ cell }) => linksOf.cell(cell));
}
