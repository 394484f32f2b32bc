/** A booking's money by its labels: the total, what of it is no revenue, and whether a commission is off already. */
import type { BookingWord } from '../../statement/booking.ts';
import type { Cents } from '../../statement/money.ts';
import { cut } from '../../statement/short-text.ts';
import { best, currentValue, ranked } from './best-pair.ts';
import type { Pair } from './label.ts';
import { isOutsideLabel } from './labels.ts';
import { findAmounts, fitsCurrency, readAmount } from './read-amount.ts';

/** The fields belong together: `outsideCents` and `isNet` are of this very amount. */
export type Money = Pick<BookingWord, 'amountCents' | 'currency' | 'outsideCents' | 'isNet'>;

export const NO_MONEY: Money = { amountCents: null, currency: null, outsideCents: null, isNet: false };

/** More lines of tax and fees than this are not tried in all their combinations. */
const MOST_LINES = 6;

const NET = /(?:^| )nett?o?(?: |$)|payout|(?:^| )(?:earn|earning|earned)$|^cut$/;
const GROSS = /retail|sell|gross|guest|customer|renter|sale|full|total/;
const COMMISSION = /commission/;
const TAX = /tax|vat|gst|hst|iva|mwst/;
const TOTAL = /^(?:grand )?total(?: (?:contract |charter |trip |booking )?(?:price|amount|cost|charge))?$/;
const DISCOUNT = /discount|promo|coupon/;
/** What a line says that is shown and not charged. */
const NOT_CHARGED =
  /(?<!\p{L})(?:not included|excl\p{L}*|extra|on site|on the day|at the dock|in cash|suggested|optional|recommended|waived)(?!\p{L})/iu;
const INCLUDES = /(?<!\p{L})(?:incl\p{L}*|of which|inkl|dont|davon|contain\p{L}*)(?!\p{L})/iu;
const OUTSIDE_WORD =
  /(?<!\p{L})(?:tax(?:es)?|vat|gst|mwst|ust|iva|tva|gratuity|tips?|fees?|surcharges?)(?!\p{L})/iu;

/** @param currency the one that is expected, ISO 4217, or null for any */
export function moneyOfPairs(
  pairs: readonly Pair[],
  currency: string | null,
): Money & { readonly problem: string | null } {
  const read = (value: string) => {
    const { cents, problem } = readAmount(value, currency);
    return { value: cents, problem };
  };
  const dollars = (cents: Cents) => `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  const stated = best(ranked(withoutPartPayments(pairs), ['amount']), 'amount', read, dollars);
  const isNetLabel = ({ label }: Pair) => NET.test(label.words);
  const more = (sought: (pair: Pair) => boolean) =>
    pairs.find((pair) => sought(pair) && (read(currentValue(pair.value)).value ?? -1) >= (stated.value ?? 0));
  let pair = stated.pair;
  if (stated.value === null && stated.problem === null) pair = more(isNetLabel) ?? null;
  else if (pair !== null && isNetLabel(pair)) {
    pair = more((other) => isAmount(other) && !isNetLabel(other) && GROSS.test(other.label.words)) ?? pair;
  }
  if (pair === null) return { ...NO_MONEY, problem: stated.problem };
  const value = currentValue(pair.value);
  const { cents, currency: written } = readAmount(value, currency);
  // `Total (USD)`: the label says which dollars.
  const found = written === null || written === '$' ? (pair.label.currency ?? written) : written;
  const isOther = currency !== null && !fitsCurrency(found, currency);
  const amountCents = isOther ? null : cents;
  const total = (words: string) => TOTAL.test(words);
  const another = pairs.find(
    (each) =>
      total(pair.label.words) &&
      total(each.label.words) &&
      each.label.words !== pair.label.words &&
      !each.label.isNew &&
      !explains(each),
  );
  function explains(each: Pair): boolean {
    const other = centsOf(each.value);
    const gap = other === null || amountCents === null ? 0 : Math.abs(other - amountCents);
    return (
      gap === 0 || linesOf(pairs, ({ label }) => label.field === 'ignored').some(({ cents }) => cents === gap)
    );
  }
  const says = (pattern: RegExp) => pairs.some(({ label }) => pattern.test(label.words));
  return {
    amountCents,
    currency: found,
    outsideCents: amountCents === null ? null : outsideOf(amountCents, pair, pairs),
    // `Net amount` beside a line of VAT is net of the VAT.
    isNet: isNetLabel(pair) && (says(COMMISSION) || !says(TAX)),
    problem:
      isOther && cents !== null
        ? `The amount ${cut(value, 40)} is not in ${currency}.`
        : another === undefined
          ? stated.problem
          : `The mail gives two totals: ${cut(value, 30)} and ${cut(another.value, 30)}.`,
  };
}

function isAmount({ label }: Pair): boolean {
  return label.field === 'amount';
}

/** What was paid is not the price as long as something is still owed. */
function withoutPartPayments(pairs: readonly Pair[]): readonly Pair[] {
  const isOwed = pairs.some(
    ({ label, value }) => /balance|outstanding/.test(label.words) && (readAmount(value, null).cents ?? 0) > 0,
  );
  return isOwed
    ? pairs.filter(({ label }) => !/paid|payment|received|charged|collected/.test(label.words))
    : pairs;
}

interface Line {
  readonly cents: Cents;
  readonly isCharged: boolean;
}

/**
 * Lines of tax, fees and gratuity that the total includes. A subtotal proves which; without one, those that are not
 * said to be extra. Null when the mail has no such line.
 */
function outsideOf(totalCents: Cents, total: Pair, pairs: readonly Pair[]): Cents | null {
  const lines = linesOf(pairs, ({ label }) => isOutsideLabel(label.words));
  if (lines.length === 0) return includedIn(total.value);
  const off = linesOf(pairs, ({ label }) => DISCOUNT.test(label.words)).reduce(
    (sum, { cents }) => sum + cents,
    0,
  );
  const subtotals = linesOf(pairs, (pair) => pair !== total && isAmount(pair)).map(({ cents }) => cents);
  const charged = lines.filter(({ isCharged }) => isCharged);
  const sumOf = (some: readonly Line[]) => some.reduce((sum, { cents }) => sum + cents, 0);
  for (const some of [charged, ...subsets(lines)]) {
    const sum = sumOf(some);
    if (sum > 0 && subtotals.some((each) => each + sum === totalCents || each + sum - off === totalCents))
      return sum;
  }
  const subtotal = pairs.find(({ label }) => /^sub ?total/.test(label.words));
  const subtotalCents = subtotal === undefined ? null : centsOf(subtotal.value);
  // Where the subtotal is the total already, what stands beside it is paid apart.
  if (subtotalCents !== null && subtotalCents <= totalCents) return totalCents - subtotalCents;
  const payouts = linesOf(pairs, ({ label }) => NET.test(label.words)).map(({ cents }) => cents);
  const all = sumOf(charged);
  // What the site keeps of the total is its commission, whatever it calls it.
  return all < totalCents && !payouts.includes(totalCents - all) ? all : null;
}

function linesOf(pairs: readonly Pair[], isOne: (pair: Pair) => boolean): Line[] {
  const lines = new Map<string, Line>();
  for (const pair of pairs) {
    const cents = isOne(pair) ? centsOf(pair.value) : null;
    if (cents === null) continue;
    // Mails say their sums twice, above and below.
    const key = `${pair.label.words} ${cents}`;
    lines.set(key, { cents: Math.abs(cents), isCharged: !NOT_CHARGED.test(pair.value) });
  }
  return [...lines.values()].slice(0, MOST_LINES);
}

/** A percentage is no amount, unless one stands beside it. */
function centsOf(value: string): Cents | null {
  const now = currentValue(value);
  if (now.includes('%') && findAmounts(now, true).length === 0) return null;
  return readAmount(now, null).cents;
}

/** All combinations, the fullest first. */
function subsets(lines: readonly Line[]): Line[][] {
  return Array.from({ length: 2 ** lines.length - 1 }, (_, mask) =>
    lines.filter((_line, index) => ((mask + 1) >> index) & 1),
  ).sort((a, b) => b.length - a.length);
}

/** Whether the words right ahead of an amount make it what a reseller pays over. */
export const isNetAhead = (ahead: string): boolean =>
  /(?<!\p{L})(?:nett?o?|payout|earn(?:s|ed|ings?)?|after commission)(?:\s\p{L}{1,12}){0,3}\W{0,3}$/iu.test(
    ahead,
  );

/** `$1,340.00 (incl. $90.00 tax)` → 9000; null when the text says no such amount. */
export function includedIn(text: string): Cents | null {
  let sum: Cents | null = null;
  let last = 0;
  for (const { start, end, cents, currency } of findAmounts(text, false)) {
    const ahead = text.slice(last, start);
    const after = /^[^,.;()]{0,20}/.exec(text.slice(end))?.[0] ?? '';
    const isMoney = currency !== null && !after.trimStart().startsWith('%');
    if (isMoney && cents !== null && INCLUDES.test(ahead) && OUTSIDE_WORD.test(`${ahead} ${after}`)) {
      sum = (sum ?? 0) + cents;
    }
    // The rate of a tax parts no amount from its words.
    if (isMoney) last = end;
  }
  return sum;
}
