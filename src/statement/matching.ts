/** Which booking and which trip sheet belong to which charter. Pure, and the order of what is given never matters. */
import type { Booking } from './booking.ts';
import type { Charter } from './charter.ts';
import { compareCharters, compareText } from './charter.ts';
import { foldReference } from './matching/folding.ts';
import type { ContestedBooking, Entry, Ledger } from './matching/ledger.ts';
import { found, indexed, named } from './matching/ledger.ts';
import type { Contradiction, ToldSailing } from './matching/sailing.ts';
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
  /** As certain as `bookings`, but only asked for: nobody has confirmed them, so that they are no bookings. */
  readonly requested: readonly Booking[];
  /** Certain: by charter id, by date, vessel and departure when only one charter has them, or by the file's name. */
  readonly sheets: readonly TripSheet[];
  /** References that the ledger names and no booking has, as the ledger writes them. */
  readonly missingReferences: readonly string[];
  /** Proposed for this charter, alone or among others. */
  readonly proposed: { readonly bookings: readonly Booking[]; readonly sheets: readonly TripSheet[] };
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
  /** Cancelled or only asked for, and no charter's: nothing is missed if nobody looks for their charter. */
  readonly bookingsSetAside: readonly Booking[];
  /** Nothing certain, contested or proposed; of any status, in the order of a statement. */
  readonly chartersWithoutBooking: readonly Charter[];
  readonly chartersWithoutSheet: readonly Charter[];
  readonly problems: readonly MatchProblem[];
}

/** More candidates than this help nobody. */
const MOST_CANDIDATES = 4;

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
  const bookingsSetAside: Booking[] = [];
  for (const booking of ordered(input.bookings, (one) => one.key)) {
    if (placeBooking(booking, ledger, problems)) continue;
    if (booking.cancelled || booking.requested) {
      bookingsSetAside.push(booking);
      continue;
    }
    const near = propose(booking, ledger);
    for (const { proposed } of near.entries) proposed.bookings.push(booking);
    if (near.candidates.length === 0) bookingsWithoutCharter.push(booking);
    else proposedBookings.push({ evidence: booking, candidates: near.candidates });
  }
  const proposedSheets: Proposed<TripSheet>[] = [];
  const sheetsWithoutCharter: TripSheet[] = [];
  const alone = onlyTrips(input.tripSheets);
  for (const sheet of ordered(input.tripSheets, (one) => `${one.fileName}\n${one.fileId}\n${one.tab}`)) {
    if (placeSheet(sheet, ledger, problems) || placeByName(sheet, alone, ledger)) continue;
    const near = propose(sheet, ledger);
    for (const { proposed } of near.entries) proposed.sheets.push(sheet);
    if (near.candidates.length === 0) sheetsWithoutCharter.push(sheet);
    else proposedSheets.push({ evidence: sheet, candidates: near.candidates });
  }
  const references = new Set(input.bookings.map(({ reference }) => reference && foldReference(reference)));
  return {
    charters: ledger.entries.map(({ charter, bookings, contested, requested, sheets, proposed }) => ({
      charter,
      bookings,
      contested,
      requested,
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
    bookingsSetAside,
    chartersWithoutBooking: ledger.entries
      .filter((one) => one.bookings.length + one.contested.length + one.proposed.bookings.length === 0)
      .map(({ charter }) => charter),
    chartersWithoutSheet: ledger.entries
      .filter((one) => one.sheets.length + one.proposed.sheets.length === 0)
      .map(({ charter }) => charter),
    problems,
  };
}

/** By key, then by all that they say: the order in which they were read must not show. */
function ordered<E>(evidence: readonly E[], keyOf: (one: E) => string): E[] {
  return evidence
    .map((one) => ({ one, key: keyOf(one) }))
    .sort((a, b) => compareText(a.key, b.key) || compareText(JSON.stringify(a.one), JSON.stringify(b.one)))
    .map(({ one }) => one);
}

/** Whether the booking is certain, or at least told of in `problems`. */
function placeBooking(booking: Booking, ledger: Ledger, problems: MatchProblem[]): boolean {
  const owners = named(ledger.byReference, booking.reference, ({ id, bookingRefs }) => [id, ...bookingRefs]);
  const [owner] = owners;
  const isAsked = booking.requested && !booking.cancelled;
  const sailing = found(ledger.bySailing, sailingKey(foldSailing(booking)));
  if (owner === undefined) {
    const [only] = sailing;
    if (only === undefined || sailing.length > 1) return false;
    (isAsked ? only.requested : only.bookings).push(booking);
    return true;
  }
  if (isAsked) {
    for (const one of owners) one.requested.push(booking);
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

/** A shorter id, such as 12, stands in many a file's name by chance. */
const SHORTEST_NAME = 6;

/** The ids of files that tell of one trip: only such a file's name can be that trip's. */
function onlyTrips(sheets: readonly TripSheet[]): ReadonlySet<string> {
  const trips = new Map<string, number>();
  for (const { fileId } of sheets) trips.set(fileId, (trips.get(fileId) ?? 0) + 1);
  return new Set([...trips].flatMap(([fileId, count]) => (count === 1 ? [fileId] : [])));
}

/** A sheet that does not say whose it is belongs to the charter that its file is named by, if it does not gainsay it. */
function placeByName(sheet: TripSheet, alone: ReadonlySet<string>, ledger: Ledger): boolean {
  if (sheet.charterId !== null || !alone.has(sheet.fileId)) return false;
  const stem = sheet.fileName.replace(/\.[A-Za-z]{2,5}$/, '');
  const words = new Set([stem, ...stem.split(/[\s,;()[\]]+/)]);
  const telling = [...words].filter((word) => word.length >= SHORTEST_NAME);
  const owners = new Set(telling.flatMap((word) => named(ledger.byId, word, ({ id }) => [id])));
  const [owner] = owners;
  if (owner === undefined || owners.size > 1 || contradictions(sheet, owner.charter).length > 0) return false;
  owner.sheets.push(sheet);
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
