/** The ledger's charters as matching looks them up, and what it puts to each. */
import type { Booking } from '../booking.ts';
import type { Charter } from '../charter.ts';
import { compareCharters } from '../charter.ts';
import type { TripSheet } from '../trip-sheet.ts';
import { foldReference } from './folding.ts';
import type { FoldedSailing } from './sailing.ts';
import { foldSailing, sailingKey } from './sailing.ts';

export interface ContestedBooking {
  readonly booking: Booking;
  readonly why: 'shared' | 'moved';
}

export interface Entry {
  readonly charter: Charter;
  readonly sailing: FoldedSailing;
  readonly bookings: Booking[];
  readonly contested: ContestedBooking[];
  readonly requested: Booking[];
  readonly sheets: TripSheet[];
  readonly proposed: { readonly bookings: Booking[]; readonly sheets: TripSheet[] };
}

export interface Ledger {
  readonly entries: readonly Entry[];
  readonly byId: ReadonlyMap<string, readonly Entry[]>;
  /** By booking reference; a charter's own id may stand for one. */
  readonly byReference: ReadonlyMap<string, readonly Entry[]>;
  readonly bySailing: ReadonlyMap<string, readonly Entry[]>;
  readonly byDate: ReadonlyMap<string, readonly Entry[]>;
}

export function indexed(charters: readonly Charter[]): Ledger {
  const entries = [...charters].sort(compareCharters).map(
    (charter): Entry => ({
      charter,
      sailing: foldSailing(charter),
      bookings: [],
      contested: [],
      requested: [],
      sheets: [],
      proposed: { bookings: [], sheets: [] },
    }),
  );
  const byId = new Map<string, Entry[]>();
  const byReference = new Map<string, Entry[]>();
  const bySailing = new Map<string, Entry[]>();
  const byDate = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { charter, sailing } = entry;
    add(byId, foldReference(charter.id), entry);
    for (const reference of [charter.id, ...charter.bookingRefs]) {
      add(byReference, foldReference(reference), entry);
    }
    add(bySailing, sailingKey(sailing), entry);
    add(byDate, sailing.date, entry);
  }
  return { entries, byId, byReference, bySailing, byDate };
}

function add(index: Map<string, Entry[]>, key: string | null, entry: Entry): void {
  if (key === null) return;
  const entries = index.get(key);
  if (entries === undefined) index.set(key, [entry]);
  else if (!entries.includes(entry)) entries.push(entry);
}

export function found(index: ReadonlyMap<string, readonly Entry[]>, key: string | null): readonly Entry[] {
  return key === null ? [] : (index.get(key) ?? []);
}

/** The charters that have this name for it; where one has it to the letter, those that only nearly have it do not count. */
export function named(
  index: ReadonlyMap<string, readonly Entry[]>,
  name: string | null,
  namesOf: (charter: Charter) => readonly string[],
): readonly Entry[] {
  if (name === null) return [];
  const entries = found(index, foldReference(name));
  const exact = entries.filter(({ charter }) => namesOf(charter).some((one) => one.trim() === name.trim()));
  return exact.length > 0 ? exact : entries;
}
