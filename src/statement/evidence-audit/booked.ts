/** What the bookings of a charter come to. Where the mails can be read in several ways, all of them. */
import type { Booking } from '../booking.ts';
import type { CharterEvidence } from '../matching.ts';
import type { Cents } from '../money.ts';
import type { IsoDate } from '../month.ts';

/** Sums that the bookings can come to; never empty. */
export interface Sums {
  /** As the newest words have it, contested and proposed bookings left out. */
  readonly likely: number;
  readonly possible: readonly number[];
  /** Whether anything between the least and the largest is possible too: a booking is shared with another charter. */
  readonly anyBetween: boolean;
}

export interface Booked {
  /** Null when a mail does not say, or not all bookings are known. */
  readonly heads: Sums | null;
  readonly cents: Sums | null;
}

/** One way to read one booking. */
interface View {
  readonly heads: number | null;
  readonly cents: Cents | null;
}

const NOTHING: View = { heads: 0, cents: 0 };
/** So many readings explain everything, and nothing. */
const MOST_SUMS = 256;

/** Null sums when the ledger names bookings that no mail has: part of a sum compares with nothing. */
export function bookedOn(evidence: CharterEvidence, dayOf: (instant: string) => IsoDate): Booked {
  const certain = evidence.bookings.map((booking) => viewsOf(booking, evidence.charter.date, dayOf));
  const perhaps = [...evidence.contested.map(({ booking }) => booking), ...evidence.proposed.bookings];
  const isKnown = evidence.missingReferences.length === 0;
  const isTold = evidence.bookings.length + evidence.contested.length > 0;
  if (!isKnown || !isTold) return { heads: null, cents: null };
  const views = [
    ...certain,
    ...perhaps.map((booking) => [NOTHING, ...viewsOf(booking, evidence.charter.date, dayOf)]),
  ];
  const anyBetween = evidence.contested.some(({ why }) => why === 'shared');
  return {
    heads: sums(
      views.map((ways) => ways.map(({ heads }) => heads)),
      anyBetween,
    ),
    cents: sums(
      views.map((ways) => ways.map(({ cents }) => cents)),
      anyBetween,
    ),
  };
}

function sums(parts: readonly (readonly (number | null)[])[], anyBetween: boolean): Sums | null {
  let possible: number[] = [0];
  for (const ways of parts) {
    const known = ways.filter((value): value is number => value !== null);
    if (known.length < ways.length) return null;
    possible = [...new Set(possible.flatMap((sum) => known.map((value) => sum + value)))];
    if (possible.length > MOST_SUMS) return null;
  }
  return { likely: possible[0] ?? 0, possible, anyBetween };
}

/** Whether a sum lies from `least` to `largest`. */
export function canBe(of: Sums, least: number, largest: number): boolean {
  if (!of.anyBetween) return of.possible.some((sum) => sum >= least && sum <= largest);
  return Math.min(...of.possible) <= largest && Math.max(...of.possible) >= least;
}

/**
 * The newest word first. Of what was cancelled or lowered after the day of sailing, the guests did sail, and the
 * ledger may have the money as it was or as it is.
 */
function viewsOf(booking: Booking, sailed: IsoDate, dayOf: (instant: string) => IsoDate): View[] {
  const now: View = booking.cancelled ? NOTHING : { heads: booking.partySize, cents: booking.amountCents };
  const later = moneyBack(booking, dayOf).filter(({ day }) => day > sailed);
  const [first] = later;
  if (first === undefined) return [now];
  const aboard = { heads: booking.partySize, cents: first.beforeCents };
  return booking.cancelled ? [now, aboard, { ...aboard, cents: 0 }] : [now, aboard];
}

/** A mail after which a booking cost less than before. */
export interface MoneyBack {
  readonly day: IsoDate;
  readonly cents: Cents;
  readonly beforeCents: Cents;
}

/** Oldest first. */
export function moneyBack(booking: Booking, dayOf: (instant: string) => IsoDate): MoneyBack[] {
  const found: MoneyBack[] = [];
  let cents: Cents | null = null;
  for (const word of booking.history) {
    const next: Cents | null = word.kind === 'cancelled' ? 0 : (word.amountCents ?? cents);
    if (cents !== null && next !== null && next < cents) {
      found.push({ day: dayOf(word.receivedAt), cents: cents - next, beforeCents: cents });
    }
    if (next !== null) cents = next;
  }
  return found;
}

export function liveBookings(evidence: CharterEvidence): Booking[] {
  return evidence.bookings.filter((booking) => !booking.cancelled);
}
