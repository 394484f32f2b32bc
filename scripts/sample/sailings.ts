/** The words in which the sample's logbooks are written, and their way to items of the charters table. */

import type { Cents } from '../../src/statement/money.ts';
import { dollarsText } from '../../src/statement/money.ts';
import type { CharterItem } from '../local/generate.ts';
import { STANDARD_RATE_CENTS } from './operator.ts';

interface Extras {
  /** Own rate per person; absent: the standard rate. */
  readonly rateCents?: Cents;
  /** Who sailed without paying and why, one for each head. */
  readonly comps?: readonly string[];
  readonly noShows?: number;
  readonly discountCents?: Cents;
  readonly refundCents?: Cents;
  readonly feesCents?: Cents;
  readonly gratuityCents?: Cents;
  /** Why it did not sail. */
  readonly cancelled?: string;
  /** What was kept of a charter whose guests never came. */
  readonly forfeitedCents?: Cents;
  /** Nobody has closed it yet. */
  readonly open?: true;
  /** What the item says was taken, where that isn't what is due. */
  readonly recordedCents?: Cents;
}

export interface Sailing extends Extras {
  readonly kind: 'public' | 'private';
  /** `05-14 17:30` */
  readonly when: string;
  readonly vessel: string;
  readonly crew: readonly string[];
  /** Paying heads of each booking. */
  readonly parties: readonly number[];
  readonly flatCents?: Cents;
}

/** Places sold one by one. */
export function sail(
  when: string,
  vessel: string,
  crew: readonly string[],
  parties: readonly number[],
  extras: Extras = {},
): Sailing {
  return { kind: 'public', when, vessel, crew, parties, ...extras };
}

/** A vessel taken by one party. */
export function hire(
  when: string,
  vessel: string,
  crew: readonly string[],
  guests: number,
  terms: Extras & { readonly flatCents?: Cents },
): Sailing {
  return { kind: 'private', when, vessel, crew, parties: [guests], ...terms };
}

/** The ledger has kept the sales tax since March. */
const TAX_FROM_MONTH = '2026-03';
const TAX_PERCENT = 6;

/**
 * Items in the order of the logbook; ids count through it: `BH-2026-05-014`. A sailing that was entered twice has
 * the same bookings both times.
 */
export function charterItems(month: string, sailings: readonly Sailing[]): CharterItem[] {
  const refsOfSailing = new Map<string, readonly string[]>();
  let bookings = 0;
  return sailings.map((sailing, index) => {
    const key = `${sailing.when} ${sailing.vessel}`;
    const first = bookings;
    const bookingRefs =
      refsOfSailing.get(key) ?? sailing.parties.map((_, party) => bookingRef(month, first + party));
    if (!refsOfSailing.has(key)) bookings += bookingRefs.length;
    refsOfSailing.set(key, bookingRefs);
    return charterItem(month, `BH-${month}-${String(index + 1).padStart(3, '0')}`, sailing, bookingRefs);
  });
}

function bookingRef(month: string, index: number): string {
  const years = Number(month.slice(0, 4)) - 2026;
  return `HB-${years * 20_000 + Number(month.slice(5)) * 1000 + 40_107 + index * 3}`;
}

function charterItem(
  month: string,
  charterId: string,
  sailing: Sailing,
  bookingRefs: readonly string[],
): CharterItem {
  const [day = '', departs = ''] = sailing.when.split(' ');
  const status = statusOf(sailing);
  const sailed = status === 'completed';
  const { comps = [], forfeitedCents } = sailing;
  const recordedCents = sailing.recordedCents ?? (sailed ? dueCents(sailing) : (forfeitedCents ?? 0));
  const taxCents = sailed && month >= TAX_FROM_MONTH ? taxOf(recordedCents) : undefined;
  const amounts = {
    discount: sailing.discountCents,
    refund: sailing.refundCents,
    forfeited: forfeitedCents,
    tax: taxCents,
    fees: sailing.feesCents,
    gratuity: sailing.gratuityCents,
  };
  return {
    charterId,
    month,
    date: `${month.slice(0, 4)}-${day}`,
    departs,
    vessel: sailing.vessel,
    kind: sailing.kind,
    status,
    guests: sailed ? headsOf(sailing) + comps.length : 0,
    comps: sailed ? comps.length : 0,
    ...(comps.length > 0 ? { compNotes: comps.join('; ') } : {}),
    ...(sailing.rateCents !== undefined ? { ratePerPerson: dollars(sailing.rateCents) } : {}),
    ...(sailing.flatCents !== undefined ? { flatPrice: dollars(sailing.flatCents) } : {}),
    revenueTotal: dollars(recordedCents),
    ...(sailing.noShows !== undefined ? { noShows: sailing.noShows } : {}),
    ...dollarAmounts(amounts),
    ...(sailing.cancelled !== undefined ? { cancelReason: sailing.cancelled } : {}),
    crew: sailing.crew,
    bookingRefs,
  };
}

function statusOf(sailing: Sailing): CharterItem['status'] {
  if (sailing.cancelled !== undefined) return 'cancelled';
  if (sailing.forfeitedCents !== undefined) return 'no-show';
  return sailing.open === true ? 'scheduled' : 'completed';
}

function headsOf(sailing: Pick<Sailing, 'parties'>): number {
  return sailing.parties.reduce((sum, heads) => sum + heads, 0);
}

/** What paying heads owe, before tax. */
export function priceOfParty(sailing: Sailing, heads: number): Cents {
  // A private price that was never entered is what was taken.
  const isOpen = sailing.kind === 'private' && sailing.rateCents === undefined;
  const agreedCents = sailing.flatCents ?? (isOpen ? sailing.recordedCents : undefined);
  return agreedCents ?? heads * (sailing.rateCents ?? STANDARD_RATE_CENTS);
}

function dueCents(sailing: Sailing): Cents {
  return priceOfParty(sailing, headsOf(sailing)) - (sailing.discountCents ?? 0) - (sailing.refundCents ?? 0);
}

/** All prices of the sample are whole half-dollars, so that six percent are whole cents. */
export function taxOf(cents: Cents): Cents {
  return (cents * TAX_PERCENT) / 100;
}

type Amount = 'discount' | 'refund' | 'forfeited' | 'tax' | 'fees' | 'gratuity';

function dollarAmounts(
  amounts: Readonly<Record<Amount, Cents | undefined>>,
): Partial<Record<Amount, number>> {
  const present: Partial<Record<Amount, number>> = {};
  for (const name of Object.keys(amounts) as Amount[]) {
    const cents = amounts[name];
    if (cents !== undefined) present[name] = dollars(cents);
  }
  return present;
}

function dollars(cents: Cents): number {
  return Number(dollarsText(cents));
}
