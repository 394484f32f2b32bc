/** Which charters a trip in somebody's calendar tells of. */
import type { CalendarEntry } from './calendar-entry.ts';
import type { Charter } from './charter.ts';
import { compareText } from './charter.ts';
import { foldedWords, foldVessel } from './matching/folding.ts';
import type { IsoDate } from './month.ts';

/** An event of a vessel's sailing may begin with the boarding, or when the crew is to be there. */
const NEAR_OF_VESSEL_MS = 60 * 60_000;
/** Nearer than this is near, however often the vessel departs. */
const NEAR_MS = 30 * 60_000;
/** So long an event may stand for all that the vessel sails in it, tours of every hour say. */
const SHIFT_MS = 3 * 60 * 60_000;
const DAY_MS = 86_400_000;

/** The workbook's clocks. */
export interface SailingClock {
  /** The instant, in milliseconds since 1970 UTC, when the workbook's clocks show that day and time (`17:30`). */
  instantOf(date: IsoDate, time: string): number;
  /** The workbook's day of an ISO 8601 instant. */
  dayOf(iso: string): IsoDate;
}

/**
 * The charters of each trip, by their ids; none for a trip that no charter explains. Several where an event speaks of a
 * vessel's whole day, or where nobody can tell which of the charters of that hour it means: then it is not a trip
 * without a charter, whichever it was.
 *
 * @param charters all that the trips may mean, those of the neighbouring months too; of any status
 * @param fleet vessels that none of these charters has: a trip that names one of them is no other vessel's
 */
export function matchTrips(
  trips: readonly CalendarEntry[],
  charters: readonly Charter[],
  clock: SailingClock,
  fleet: readonly string[] = [],
): ReadonlyMap<CalendarEntry, readonly string[]> {
  const vesselsIn = vesselFinder([...charters.map(({ vessel }) => vessel), ...fleet]);
  const sailings = charters.map((charter): Sailing => {
    const { id, date, departs, vessel } = charter;
    return { id, date, vessel: foldVessel(vessel), startMs: clock.instantOf(date, departs) };
  });
  const all = sorted(sailings);
  const byVessel = new Map(
    [...grouped(sailings, ({ vessel }) => vessel)].map(([key, of]) => [key, sorted(of)]),
  );
  const byId = grouped(sailings, ({ id }) => id);
  return new Map(
    trips.map((trip) => {
      const named = firstNamed(trip, vesselsIn).map((vessel) => byVessel.get(foldVessel(vessel)) ?? NONE);
      const found = copied(trip, byId, clock) ?? meant(trip, named, all);
      return [trip, found.map(({ id }) => id)];
    }),
  );
}

/**
 * Gives all vessels that a text names, in its order, as the fleet writes them: by whole words, without case and accents,
 * and of `Osprey` and `Osprey II` the one that it names in full.
 */
export function vesselFinder(fleet: readonly string[]): (text: string) => readonly string[] {
  const known = new Map<string, string>();
  for (const vessel of fleet) {
    const folded = foldVessel(vessel);
    if (folded !== null && !known.has(folded)) known.set(folded, vessel);
  }
  const mostWords = Math.max(0, ...[...known.keys()].map((name) => name.split(' ').length));
  return (text) => {
    const words = foldedWords(text.replace(/&/g, ' and '));
    const found = new Set<string>();
    for (let at = 0; at < words.length; ) {
      let count = mostWords;
      while (count > 0 && !known.has(words.slice(at, at + count).join(' '))) count--;
      const vessel = known.get(words.slice(at, at + count).join(' '));
      if (vessel !== undefined) found.add(vessel);
      at += Math.max(1, count);
    }
    return [...found];
  };
}

interface Sailing {
  readonly id: string;
  readonly date: IsoDate;
  readonly vessel: string | null;
  /** Not a number where the ledger's departure is none. */
  readonly startMs: number;
}

/** What the title says goes before the place: a vessel may be met at another one's pier. */
function firstNamed(
  { title, location = '' }: CalendarEntry,
  vesselsIn: (text: string) => readonly string[],
): readonly string[] {
  const titled = vesselsIn(title);
  return titled.length > 0 ? titled : vesselsIn(location);
}

/** For a month of ten thousand charters and as many trips. */
interface Sorted {
  readonly byDate: readonly Sailing[];
  /** Those whose departure is a time. */
  readonly byStart: readonly Sailing[];
}

const NONE: Sorted = { byDate: [], byStart: [] };

function sorted(sailings: readonly Sailing[]): Sorted {
  return {
    byDate: [...sailings].sort((a, b) => compareText(a.date, b.date)),
    byStart: sailings.filter(({ startMs }) => !Number.isNaN(startMs)).sort((a, b) => a.startMs - b.startMs),
  };
}

function grouped<K>(
  sailings: readonly Sailing[],
  keyOf: (sailing: Sailing) => K,
): ReadonlyMap<K, readonly Sailing[]> {
  const groups = new Map<K, Sailing[]>();
  for (const sailing of sailings) {
    const group = groups.get(keyOf(sailing));
    if (group === undefined) groups.set(keyOf(sailing), [sailing]);
    else group.push(sailing);
  }
  return groups;
}

/** Where the first stands that is not before. */
function placeOf(sailings: readonly Sailing[], isBefore: (one: Sailing) => boolean): number {
  let low = 0;
  let high = sailings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = sailings[middle];
    if (one !== undefined && isBefore(one)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of a person's copy of what Purser wrote; one that was moved to another day is a sailing of its own. */
function copied(
  trip: CalendarEntry,
  byId: ReadonlyMap<string, readonly Sailing[]>,
  { dayOf }: SailingClock,
): readonly Sailing[] | null {
  if (trip.contentHash === '') return null;
  const day = trip.allDay ? trip.start : dayOf(trip.start);
  const own = (byId.get(trip.charterId ?? '') ?? []).filter(({ date }) => date === day);
  return own.length > 0 ? own : null;
}

/** @param named of the vessels that the trip names */
function meant(trip: CalendarEntry, named: readonly Sorted[], all: Sorted): readonly Sailing[] {
  const startMs = Date.parse(trip.start);
  const endMs = Date.parse(trip.end);
  if (named.length > 0)
    return named.flatMap((ofVessel) => {
      if (trip.allDay) return onDaysOf(trip, ofVessel);
      const during = endMs - startMs < SHIFT_MS ? [] : between(startMs, endMs - 1, ofVessel);
      return [...new Set([...nearest(startMs, endMs, ofVessel), ...during])];
    });
  if (!trip.allDay) return between(startMs - NEAR_MS, startMs + NEAR_MS, all);
  // A “cruise week” that names no vessel says of no charter that somebody knew it.
  return endMs - startMs <= DAY_MS ? onDaysOf(trip, all) : [];
}

/** Dates compare as text; the end is the day after the last. */
function onDaysOf({ start, end }: CalendarEntry, { byDate }: Sorted): readonly Sailing[] {
  const first = placeOf(byDate, ({ date }) => date < start);
  const last = placeOf(byDate, ({ date }) => date < end || date === start);
  return byDate.slice(first, last);
}

/** By instants, so that what begins ten to midnight is near what sails ten past. Both ends inclusive. */
function between(fromMs: number, untilMs: number, { byStart }: Sorted): readonly Sailing[] {
  const first = placeOf(byStart, ({ startMs }) => startMs < fromMs);
  return byStart.slice(
    first,
    Math.max(
      first,
      placeOf(byStart, ({ startMs }) => startMs <= untilMs),
    ),
  );
}

/**
 * Several where the ledger has a charter twice. Of a vessel that departs often an hour is too much: the sailing that the
 * ledger lacks would pass as the next one.
 */
function nearest(startMs: number, endMs: number, ofVessel: Sorted): readonly Sailing[] {
  const awayMs = (sailing: Sailing): number => Math.abs(sailing.startMs - startMs);
  const leastOf = (some: readonly Sailing[]): readonly Sailing[] => {
    const leastMs = Math.min(...some.map(awayMs));
    return some.filter((sailing) => awayMs(sailing) === leastMs);
  };
  const near = between(startMs - NEAR_MS, startMs + NEAR_MS, ofVessel);
  if (near.length > 0) return leastOf(near);
  // Who is to be there long before has an event that goes on when it sails.
  const inside = between(startMs, Math.min(endMs - 1, startMs + NEAR_OF_VESSEL_MS), ofVessel);
  if (inside.length > 0) return leastOf(inside);
  const far = leastOf(between(startMs - NEAR_OF_VESSEL_MS, startMs + NEAR_OF_VESSEL_MS, ofVessel));
  return far.filter((sailing) => awayMs(sailing) * 2 < gapMsOf(sailing, ofVessel));
}

/** To the vessel's departure before or after it, whichever is nearer. */
function gapMsOf({ startMs }: Sailing, { byStart }: Sorted): number {
  const before = byStart[placeOf(byStart, (one) => one.startMs < startMs) - 1];
  const after = byStart[placeOf(byStart, (one) => one.startMs <= startMs)];
  return Math.min(
    before === undefined ? Infinity : startMs - before.startMs,
    after === undefined ? Infinity : after.startMs - startMs,
  );
}
