/** What the bookings of a charter come to. Where the mails can be read in several ways, all of them. */
import type { Booking, BookingWord } from '../booking.ts';
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
  /** What of the mails' totals is tax, fees and gratuity, and therefore not in `cents.likely`. */
  readonly outsideCents: Cents;
}

/** One way to read one booking. */
interface View {
  readonly heads: number | null;
  readonly cents: Cents | null;
  readonly outsideCents: Cents;
}

const NOTHING: View = { heads: 0, cents: 0, outsideCents: 0 };
/** So many readings explain everything, and nothing. */
const MOST_SUMS = 256;

/** Null sums when the ledger names bookings that no mail has: part of a sum compares with nothing. */
export function bookedOn(evidence: CharterEvidence, dayOf: (instant: string) => IsoDate): Booked {
  const certain = evidence.bookings.map((booking) => viewsOf(booking, evidence.charter.date, dayOf));
  const perhaps = [...evidence.contested.map(({ booking }) => booking), ...evidence.proposed.bookings];
  const isKnown = evidence.missingReferences.length === 0;
  const isTold = evidence.bookings.length + evidence.contested.length > 0;
  if (!isKnown || !isTold) return { heads: null, cents: null, outsideCents: 0 };
  const views = [
    ...certain,
    ...perhaps.map((booking) => [NOTHING, ...viewsOf(booking, evidence.charter.date, dayOf)]),
  ];
  const anyBetween = evidence.contested.some(({ why }) => why === 'shared');
  const sumsOf = (pick: (view: View) => number | null) =>
    sums(
      views.map((ways) => ways.map(pick)),
      anyBetween,
    );
  // A ledger has the totals or the prices of all bookings, not of some the one and of some the other.
  const totals = sumsOf(({ cents }) => cents);
  const prices = sumsOf(({ cents, outsideCents }) => (cents === null ? null : cents - outsideCents));
  return {
    heads: sumsOf(({ heads }) => heads),
    cents:
      totals === null || prices === null
        ? null
        : { ...prices, possible: [...new Set([...prices.possible, ...totals.possible])] },
    outsideCents: totals === null || prices === null ? 0 : totals.likely - prices.likely,
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
  const now: View = booking.cancelled
    ? NOTHING
    : {
        heads: booking.partySize,
        cents: booking.isNet ? null : booking.amountCents,
        outsideCents: booking.outsideCents ?? 0,
      };
  const later = moneyBack(booking, dayOf).filter(({ day }) => day > sailed);
  const [first] = later;
  if (first === undefined) return [now];
  const aboard: View = {
    heads: booking.partySize,
    cents: first.before.isNet ? null : first.before.cents,
    outsideCents: first.before.outsideCents,
  };
  return booking.cancelled ? [now, aboard, { ...aboard, cents: 0, outsideCents: 0 }] : [now, aboard];
}

/** A mail after which a booking cost less than before. */
export interface MoneyBack {
  readonly day: IsoDate;
  readonly cents: Cents;
  readonly before: Paid;
}

interface Paid {
  readonly cents: Cents;
  readonly outsideCents: Cents;
  readonly isNet: boolean;
}

/** Oldest first. What was only asked for was never paid, and a total net of commission is not less than a gross one. */
export function moneyBack(booking: Booking, dayOf: (instant: string) => IsoDate): MoneyBack[] {
  const found: MoneyBack[] = [];
  let before: Paid | null = null;
  for (const word of booking.history) {
    if (word.kind === 'requested') continue;
    const paid: Paid | null = paidBy(word, before);
    if (before !== null && paid !== null && paid.cents < before.cents && paid.isNet === before.isNet) {
      found.push({ day: dayOf(word.receivedAt), cents: before.cents - paid.cents, before });
    }
    before = paid;
  }
  return found;
}

function paidBy(word: BookingWord, before: Paid | null): Paid | null {
  if (word.kind === 'cancelled') return { cents: 0, outsideCents: 0, isNet: before?.isNet ?? false };
  if (word.amountCents === null) return before;
  return { cents: word.amountCents, outsideCents: word.outsideCents ?? 0, isNet: word.isNet };
}

/** What a booking's total is in revenue, tax and the like taken off; null when its mails do not say. */
export function revenueOf({ amountCents, outsideCents }: Booking): Cents | null {
  return amountCents === null ? null : amountCents - (outsideCents ?? 0);
}

export function liveBookings(evidence: CharterEvidence): Booking[] {
  return evidence.bookings.filter((booking) => !booking.cancelled);
}
