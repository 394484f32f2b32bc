/** Which booking and which trip sheet belong to which charter. Pure, and the order of what is given never matters. */
import type { Booking } from './booking.ts';
import type { Charter } from './charter.ts';
import { compareCharters, compareText } from './charter.ts';
import { foldReference } from './matching/folding.ts';
import type { Contradiction, FoldedSailing, ToldSailing } from './matching/sailing.ts';
import {
  contradictions,
  foldSailing,
  mistakenDates,
  nearness,
  OTHER_DATE_RANK,
  sailingKey,
} from './matching/sailing.ts';
import type { TripSheet } from './trip-sheet.ts';

/** A charter with all that certainly is its own, and what may be. */
export interface CharterEvidence {
  readonly charter: Charter;
  /** Certain: by the ledger's booking reference, or by date, vessel and departure when only one charter has them. */
  readonly bookings: readonly Booking[];
  /** Named by the ledger for this charter and for others, or moved by their newest mail from or to it. */
  readonly contested: readonly ContestedBooking[];
  /** Certain: by charter id, or by date, vessel and departure when only one charter has them. */
  readonly sheets: readonly TripSheet[];
  /** References that the ledger names and no booking has, as the ledger writes them. */
  readonly missingReferences: readonly string[];
  /** Proposed for this charter, alone or among others. */
  readonly proposed: { readonly bookings: readonly Booking[]; readonly sheets: readonly TripSheet[] };
}

export interface ContestedBooking {
  readonly booking: Booking;
  readonly why: 'shared' | 'moved';
}

export interface Candidate {
  readonly charterId: string;
  /** Why it is proposed, in words that can stand after “because”. */
  readonly reason: string;
}

export interface Proposed<E> {
  readonly evidence: E;
  /** One, or several that are equally near; in the order of a statement. */
  readonly candidates: readonly Candidate[];
}

export type MatchProblem =
  /** One reference in the ledger's bookings of several charters. */
  | { readonly kind: 'booking-shared'; readonly booking: Booking; readonly charterIds: readonly string[] }
  /** The ledger names it for one charter, its newest mail another date or sailing; `to` is null when none has it. */
  | {
      readonly kind: 'booking-moved';
      readonly booking: Booking;
      readonly from: string;
      readonly to: string | null;
      readonly contradictions: readonly Contradiction[];
    }
  /** Certain by reference or id; vessel, departure or date told otherwise. */
  | {
      readonly kind: 'booking-differs';
      readonly booking: Booking;
      readonly charterId: string;
      readonly contradictions: readonly Contradiction[];
    }
  | {
      readonly kind: 'sheet-differs';
      readonly sheet: TripSheet;
      readonly charterId: string;
      readonly contradictions: readonly Contradiction[];
    };

export interface Matches {
  /** All charters, in the order of a statement. */
  readonly charters: readonly CharterEvidence[];
  readonly proposedBookings: readonly Proposed<Booking>[];
  readonly proposedSheets: readonly Proposed<TripSheet>[];
  /** Not cancelled, and neither certain nor proposed. */
  readonly bookingsWithoutCharter: readonly Booking[];
  readonly sheetsWithoutCharter: readonly TripSheet[];
  /** Nothing certain, contested or proposed; of any status, in the order of a statement. */
  readonly chartersWithoutBooking: readonly Charter[];
  readonly chartersWithoutSheet: readonly Charter[];
  readonly problems: readonly MatchProblem[];
}

/** More candidates than this help nobody. */
const MOST_CANDIDATES = 4;

interface Entry {
  readonly charter: Charter;
  readonly sailing: FoldedSailing;
  readonly bookings: Booking[];
  readonly contested: ContestedBooking[];
  readonly sheets: TripSheet[];
  readonly proposed: { readonly bookings: Booking[]; readonly sheets: TripSheet[] };
}

interface Ledger {
  readonly entries: readonly Entry[];
  readonly byId: ReadonlyMap<string, readonly Entry[]>;
  /** By booking reference; a charter's own id may stand for one. */
  readonly byReference: ReadonlyMap<string, readonly Entry[]>;
  readonly bySailing: ReadonlyMap<string, readonly Entry[]>;
  readonly byDate: ReadonlyMap<string, readonly Entry[]>;
}

/**
 * Matches by charter id or booking reference, else by date, vessel and departure (accents, case and punctuation of
 * the vessel's name apart), else proposes. A proposal is never counted as certain.
 */
export function matchEvidence(input: {
  readonly charters: readonly Charter[];
  readonly bookings: readonly Booking[];
  readonly tripSheets: readonly TripSheet[];
}): Matches {
  const ledger = indexed(input.charters);
  const problems: MatchProblem[] = [];
  const proposedBookings: Proposed<Booking>[] = [];
  const bookingsWithoutCharter: Booking[] = [];
  for (const booking of ordered(input.bookings, (one) => one.key)) {
    if (placeBooking(booking, ledger, problems)) continue;
    if (booking.cancelled) continue;
    const near = propose(booking, ledger);
    for (const { proposed } of near.entries) proposed.bookings.push(booking);
    if (near.candidates.length === 0) bookingsWithoutCharter.push(booking);
    else proposedBookings.push({ evidence: booking, candidates: near.candidates });
  }
  const proposedSheets: Proposed<TripSheet>[] = [];
  const sheetsWithoutCharter: TripSheet[] = [];
  for (const sheet of ordered(input.tripSheets, (one) => `${one.fileName}\n${one.fileId}\n${one.tab}`)) {
    if (placeSheet(sheet, ledger, problems)) continue;
    const near = propose(sheet, ledger);
    for (const { proposed } of near.entries) proposed.sheets.push(sheet);
    if (near.candidates.length === 0) sheetsWithoutCharter.push(sheet);
    else proposedSheets.push({ evidence: sheet, candidates: near.candidates });
  }
  const references = new Set(input.bookings.map(({ reference }) => reference && foldReference(reference)));
  return {
    charters: ledger.entries.map(({ charter, bookings, contested, sheets, proposed }) => ({
      charter,
      bookings,
      contested,
      sheets,
      proposed,
      missingReferences: charter.bookingRefs
        .filter((reference) => {
          const folded = foldReference(reference);
          return folded !== null && !references.has(folded);
        })
        .sort(compareText),
    })),
    proposedBookings,
    proposedSheets,
    bookingsWithoutCharter,
    sheetsWithoutCharter,
    chartersWithoutBooking: ledger.entries
      .filter((one) => one.bookings.length + one.contested.length + one.proposed.bookings.length === 0)
      .map(({ charter }) => charter),
    chartersWithoutSheet: ledger.entries
      .filter((one) => one.sheets.length + one.proposed.sheets.length === 0)
      .map(({ charter }) => charter),
    problems,
  };
}

function indexed(charters: readonly Charter[]): Ledger {
  const entries = [...charters].sort(compareCharters).map(
    (charter): Entry => ({
      charter,
      sailing: foldSailing(charter),
      bookings: [],
      contested: [],
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

/** By key, then by all that they say: the order in which they were read must not show. */
function ordered<E>(evidence: readonly E[], keyOf: (one: E) => string): E[] {
  return evidence
    .map((one) => ({ one, key: keyOf(one) }))
    .sort((a, b) => compareText(a.key, b.key) || compareText(JSON.stringify(a.one), JSON.stringify(b.one)))
    .map(({ one }) => one);
}

function found(index: ReadonlyMap<string, readonly Entry[]>, key: string | null): readonly Entry[] {
  return key === null ? [] : (index.get(key) ?? []);
}

/** The charters that have this name for it; where one has it to the letter, those that only nearly have it do not count. */
function named(
  index: ReadonlyMap<string, readonly Entry[]>,
  name: string | null,
  namesOf: (charter: Charter) => readonly string[],
): readonly Entry[] {
  if (name === null) return [];
  const entries = found(index, foldReference(name));
  const exact = entries.filter(({ charter }) => namesOf(charter).some((one) => one.trim() === name.trim()));
  return exact.length > 0 ? exact : entries;
}

/** Whether the booking is certain, or at least told of in `problems`. */
function placeBooking(booking: Booking, ledger: Ledger, problems: MatchProblem[]): boolean {
  const owners = named(ledger.byReference, booking.reference, ({ id, bookingRefs }) => [id, ...bookingRefs]);
  const [owner] = owners;
  const sailing = found(ledger.bySailing, sailingKey(foldSailing(booking)));
  if (owner === undefined) {
    const [only] = sailing;
    if (only === undefined || sailing.length > 1) return false;
    only.bookings.push(booking);
    return true;
  }
  if (booking.cancelled) {
    owner.bookings.push(booking);
    return true;
  }
  if (owners.length > 1) {
    for (const one of owners) one.contested.push({ booking, why: 'shared' });
    const charterIds = owners.map(({ charter }) => charter.id);
    problems.push({ kind: 'booking-shared', booking, charterIds });
    return true;
  }
  const told = contradictions(booking, owner.charter);
  if (told.length === 0) {
    owner.bookings.push(booking);
    return true;
  }
  const [target] = sailing;
  if (sailing.length !== 1 && told.every(({ what }) => what !== 'date')) {
    owner.bookings.push(booking);
    problems.push({ kind: 'booking-differs', booking, charterId: owner.charter.id, contradictions: told });
    return true;
  }
  const to = sailing.length === 1 && target !== undefined ? target : null;
  owner.contested.push({ booking, why: 'moved' });
  to?.contested.push({ booking, why: 'moved' });
  problems.push({
    kind: 'booking-moved',
    booking,
    from: owner.charter.id,
    to: to?.charter.id ?? null,
    contradictions: told,
  });
  return true;
}

function placeSheet(sheet: TripSheet, ledger: Ledger, problems: MatchProblem[]): boolean {
  const owners = named(ledger.byId, sheet.charterId, ({ id }) => [id]);
  const [owner] = owners;
  if (owner !== undefined && owners.length === 1) {
    owner.sheets.push(sheet);
    const told = contradictions(sheet, owner.charter);
    if (told.length > 0) {
      problems.push({ kind: 'sheet-differs', sheet, charterId: owner.charter.id, contradictions: told });
    }
    return true;
  }
  // It names a charter that the ledger lacks: what else it says is then no certainty.
  if (sheet.charterId !== null && foldReference(sheet.charterId) !== null) return false;
  const sailing = found(ledger.bySailing, sailingKey(foldSailing(sheet)));
  const [only] = sailing;
  if (only === undefined || sailing.length > 1) return false;
  only.sheets.push(sheet);
  return true;
}

function propose(
  told: ToldSailing,
  ledger: Ledger,
): { readonly entries: readonly Entry[]; readonly candidates: readonly Candidate[] } {
  const sailing = foldSailing(told);
  const none = { entries: [], candidates: [] };
  if (sailing.date === null) return none;
  const onDates = (dates: readonly string[]) =>
    dates
      .flatMap((date) => found(ledger.byDate, date))
      .flatMap((entry) => {
        const how = nearness(sailing, entry.sailing);
        return how === null ? [] : [{ entry, ...how }];
      });
  const near = onDates([sailing.date]);
  // Another date is worth a look only when nothing on the day itself is nearer.
  if (near.every(({ rank }) => rank > OTHER_DATE_RANK)) near.push(...onDates(mistakenDates(sailing.date)));
  const nearest = Math.min(...near.map(({ rank }) => rank));
  const best = near
    .filter(({ rank }) => rank === nearest)
    .sort((a, b) => compareCharters(a.entry.charter, b.entry.charter));
  if (best.length > MOST_CANDIDATES) return none;
  return {
    entries: best.map(({ entry }) => entry),
    candidates: best.map(({ entry, reason }) => ({ charterId: entry.charter.id, reason })),
  };
}
