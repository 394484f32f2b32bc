/** Which charters the calendars follow already, so that a run that has read the very same of the ledger need not sync. */
import type { CharterReading } from '../statement/charter.ts';
import { compareText } from '../statement/charter.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { Month } from '../statement/month.ts';
import { addMonths, monthOf } from '../statement/month.ts';
import type { LedgerSlice } from './wanted-events.ts';

const KEY = 'calendars.ledger';
/** Calendars can't be followed halfway: what was not written, or waits, is asked for again. */
const NOTHING = '{}';

/** The months that calendars follow the ledger in. */
export function followedMonths(month: Month): readonly Month[] {
  return [addMonths(month, -1), month, addMonths(month, 1)];
}

/** For the document's properties. @param slice null when the calendars do not follow it whole */
export function followedEntry(slice: LedgerSlice | null): Readonly<Record<string, string>> {
  if (slice === null) return { [KEY]: NOTHING };
  const marks = slice.months.map((month) => [month, markOf(slice, month)] as const);
  return { [KEY]: JSON.stringify(Object.fromEntries(marks)) };
}

/** Whether the calendars were made to follow this very slice. @param properties of the document */
export function isFollowed(properties: Readonly<Record<string, string>>, slice: LedgerSlice): boolean {
  const marks = marksIn(properties[KEY] ?? NOTHING);
  return slice.months.every((month) => marks.get(month) === markOf(slice, month));
}

function markOf({ readings, roster }: LedgerSlice, month: Month): string {
  const lines = readings
    .flatMap((reading) => {
      const line = lineOf(reading, month);
      return line === null ? [] : [JSON.stringify(line)];
    })
    .sort(compareText);
  const names = [...roster.values()]
    .map(({ id, name, email }) => JSON.stringify([id, name, email]))
    .sort(compareText);
  return sha256Hex([...lines, ...names].join('\n')).slice(0, 20);
}

/** What of a charter may show in a calendar; null for one of another month. */
function lineOf(reading: CharterReading, month: Month): readonly unknown[] | null {
  if (!reading.readable)
    return reading.date === null || monthOf(reading.date) === month ? [reading.id] : null;
  const { id, date, departs, vessel, kind, status, guests, comps, crewIds } = reading.charter;
  if (monthOf(date) !== month) return null;
  return [id, date, departs, vessel, kind, status, guests, comps, [...crewIds].sort(compareText)];
}

function marksIn(json: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
