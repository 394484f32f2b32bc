/** What the tab of calendars says of a month. */
import { PurserError } from '../host/errors.ts';
import type { CalendarBeginning, CalendarEntry, CalendarEvidence } from '../statement/calendar-entry.ts';
import type { CharterReading } from '../statement/charter.ts';
import type { FindingDraft, Link } from '../statement/findings.ts';
import { cellAddress } from '../statement/grid.ts';
import type { Month } from '../statement/month.ts';
import { dateOfSerial, dateSerial, firstDay, lastDay, monthOf } from '../statement/month.ts';
import type { CalendarTabReading } from '../workbook/calendar-tab.ts';
import { entryCell, readCalendarTab } from '../workbook/calendar-tab.ts';
import type { Settings } from '../workbook/settings.ts';
import type { CalendarValues } from './read-workbook.ts';

interface HeardCalendars {
  /** Null where no calendar is read. */
  readonly evidence: CalendarEvidence | null;
  readonly noticed: readonly FindingDraft[];
}

/**
 * @param values of the tab; null in a workbook without it
 * @param fleet vessels that earlier runs have met
 */
export function hearCalendars(
  values: CalendarValues | null,
  settings: Pick<Settings, 'charterMinutes' | 'timeZone'>,
  readings: readonly CharterReading[],
  month: Month,
  fleet: readonly string[],
  linksOf: (cell: string) => readonly Link[],
): HeardCalendars {
  if (values === null) return { evidence: null, noticed: [] };
  const { title, rows } = values;
  let reading: CalendarTabReading;
  try {
    reading = readCalendarTab(title, rows);
  } catch (thrown) {
    if (!(thrown instanceof PurserError)) throw thrown;
    return { evidence: null, noticed: [unread(thrown, linksOf(cellAddress(title, 0, 0)))] };
  }
  const { entries, watched, changedCells } = reading;
  const noticed = changedCells.length === 0 ? [] : [changed(changedCells, linksOf)];
  if (watched.length === 0) return { evidence: null, noticed };
  const isNear = nearness(month, readings);
  return {
    evidence: {
      watched,
      entries: entries
        .filter(isNear)
        .map((entry) => ({ ...entry, cell: entryCell(title, reading, entry) ?? cellAddress(title, 0, 0) })),
      begun: beginningsOf(entries),
      isPartial: changedCells.length > 0,
      fleet,
      charterMinutes: settings.charterMinutes,
      timeZone: settings.timeZone,
    },
    noticed,
  };
}

/**
 * Trips and Purser's own events of the month, with a day to either side since clocks differ; and events of its charters
 * that a person has moved elsewhere. Nobody's busy times are the statement's concern.
 */
function nearness(month: Month, readings: readonly CharterReading[]): (entry: CalendarEntry) => boolean {
  const first = dayBeside(firstDay(month), -1);
  const last = dayBeside(lastDay(month), 1);
  const charters = new Set(
    readings.flatMap((one) => (one.readable && monthOf(one.charter.date) === month ? [one.charter.id] : [])),
  );
  return ({ kind, charterId, start, end }) => {
    if (kind === 'busy') return false;
    if (kind === 'charter' && charterId !== null && charters.has(charterId)) return true;
    return start.slice(0, 10) <= last && end.slice(0, 10) >= first;
  };
}

/** Of all that is kept, whatever its month: of a month alone nobody can tell whether it was entered late. */
function beginningsOf(entries: readonly CalendarEntry[]): CalendarBeginning[] {
  const written = entries.filter(({ kind, createdAt }) => kind === 'charter' && createdAt !== '');
  const calendars = new Map(written.map((one) => [JSON.stringify([one.account, one.calendarId]), one]));
  return [...calendars.values()].flatMap(({ account, calendarId }) => {
    const times = entries
      .filter((one) => one.account === account && one.calendarId === calendarId && one.kind !== 'busy')
      .map(({ kind, createdAt, start }) => Date.parse(kind === 'charter' ? createdAt : start))
      .filter((ms) => !Number.isNaN(ms));
    return times.length === 0
      ? []
      : [{ account, calendarId, since: new Date(times.reduce((a, b) => Math.min(a, b))).toISOString() }];
  });
}

function dayBeside(date: string, days: number): string {
  return dateOfSerial(dateSerial(date) + days) ?? date;
}

const MOST_NAMED = 3;

function changed(cells: readonly string[], linksOf: (cell: string) => readonly Link[]): FindingDraft {
  const more = cells.length > MOST_NAMED ? ` and ${cells.length - MOST_NAMED} more` : '';
  const [rows, they] = cells.length === 1 ? ['the row', 'it does'] : ['the rows', 'they do'];
  return {
    code: 'evidence-changed',
    message: `Somebody changed ${rows} of ${cells.slice(0, MOST_NAMED).join(', ')}${more}, so ${they} not count, and no charter is missed in the calendars until they are read again. Purser reads them with its next sync; Purser › Sync calendars… does it at once.`,
    links: cells.slice(0, MOST_NAMED).flatMap(linksOf),
  };
}

/** The statement can do without calendars, but not without somebody's knowing. */
function unread({ what, now }: PurserError, links: readonly Link[]): FindingDraft {
  return {
    code: 'evidence-changed',
    severity: 'warn',
    message: `The calendars were not looked at. ${what} ${now}`,
    links,
  };
}
