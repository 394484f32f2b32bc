/** The words beside a charter, and under the statement. */
import type { Charter } from './charter.ts';
import { formatMoney } from './money.ts';
import type { Month } from './month.ts';
import { monthLabel } from './month.ts';
import type { Price } from './rates.ts';
import type { StatementLine, Totals } from './statement.ts';

/** What a reader of the line should know; parts joined by `; `. */
export function lineNotes(
  charter: Charter,
  price: Price,
  currency: string,
  duplicateOf: string | null,
): string {
  const parts: string[] = [];
  if (duplicateOf !== null) parts.push(`duplicate of ${duplicateOf}, not counted`);
  if (charter.status !== 'completed') {
    parts.push(charter.cancelReason ? `${charter.statusText}: ${charter.cancelReason}` : charter.statusText);
  }
  if (price.by === 'flat-price') parts.push(`flat price ${formatMoney(price.priceCents, currency)}`);
  if (charter.comps > 0 && charter.status === 'completed') {
    const count = charter.comps === 1 ? '1 comp' : `${charter.comps} comps`;
    parts.push(charter.compNotes === '' ? count : `${count}: ${charter.compNotes}`);
  }
  const amounts = [
    ['discount', charter.discountCents],
    ['refund', charter.refundCents],
    ['forfeited', charter.forfeitedCents],
  ] as const;
  for (const [word, cents] of amounts) {
    if (cents !== null && cents !== 0) parts.push(`${word} ${formatMoney(cents, currency)}`);
  }
  if (charter.noShows !== null && charter.noShows > 0) {
    parts.push(charter.noShows === 1 ? '1 no-show' : `${charter.noShows} no-shows`);
  }
  return parts.join('; ');
}

/** What a reader of the month should know. Nothing here depends on when the data was read. */
export function footnotes(
  month: Month,
  lines: readonly StatementLine[],
  totals: Totals,
  currency: string,
): string[] {
  const notes: string[] = [];
  if (lines.length === 0) notes.push(`No charters were recorded for ${monthLabel(month)}.`);
  const notSailed = lines.filter((line) => line.status !== 'completed').length;
  if (notSailed > 0) {
    const what =
      notSailed === 1 ? '1 charter that did not sail is' : `${notSailed} charters that did not sail are`;
    notes.push(
      `${what} listed with 0 guests; only money kept from ${notSailed === 1 ? 'it' : 'them'} counts.`,
    );
  }
  if (totals.comps > 0) {
    const people = totals.comps === 1 ? '1 guest' : `${totals.comps} guests`;
    notes.push(
      `${people} sailed without paying (comps), worth ${formatMoney(totals.compsCents, currency)} at the charters' rates.`,
    );
  }
  const outside = [
    ['tax', totals.taxCents],
    ['fees', totals.feesCents],
    ['gratuity', totals.gratuityCents],
  ] as const;
  const shown = outside
    .filter(([, cents]) => cents !== 0)
    .map(([word, cents]) => `${word} ${formatMoney(cents, currency)}`);
  if (shown.length > 0) notes.push(`Outside revenue: ${shown.join(', ')}.`);
  if (totals.differenceCents !== 0) {
    notes.push(
      `The ledger records ${formatMoney(totals.recordedCents, currency)}, ${formatMoney(Math.abs(totals.differenceCents), currency)} ${
        totals.differenceCents > 0 ? 'more' : 'less'
      } than is reported.`,
    );
  }
  return notes;
}
