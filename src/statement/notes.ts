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
  if (duplicateOf !== null) {
    const recorded = formatMoney(charter.recordedCents, currency);
    parts.push(`duplicate of ${duplicateOf}, not counted (recorded ${recorded})`);
  }
  if (charter.status !== 'completed') {
    parts.push(charter.cancelReason ? `${charter.statusText}: ${charter.cancelReason}` : charter.statusText);
  }
  if (price.by === 'flat-price' && charter.status === 'completed')
    parts.push(`flat price ${formatMoney(price.priceCents, currency)}`);
  if (charter.comps > 0 && charter.status === 'completed') {
    const count = charter.comps === 1 ? '1 comp' : `${charter.comps} comps`;
    parts.push(charter.compNotes === '' ? count : `${count}: ${charter.compNotes}`);
  }
  const sailed = charter.status === 'completed';
  const amounts = [
    ['discount', sailed ? charter.discountCents : null],
    ['refund', charter.refundCents],
    ['forfeited', sailed ? null : charter.forfeitedCents],
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
  unreadable: number,
): string[] {
  const notes: string[] = [];
  if (lines.length === 0) notes.push(`No charters were recorded for ${monthLabel(month)}.`);
  const sentences = (count: number, one: string, many: string): void => {
    if (count > 0) notes.push(count === 1 ? one : many.replace('#', String(count)));
  };
  sentences(
    lines.filter(({ status }) => status === 'cancelled' || status === 'no-show').length,
    '1 charter that did not sail is listed with 0 guests; only money kept from it counts.',
    '# charters that did not sail are listed with 0 guests; only money kept from them counts.',
  );
  sentences(
    lines.filter(({ status }) => status === 'scheduled' || status === 'unknown').length,
    '1 charter is still open and is listed with 0 guests.',
    '# charters are still open and are listed with 0 guests.',
  );
  sentences(
    lines.filter(({ status, counted }) => status === 'completed' && !counted).length,
    '1 charter is entered twice; the second entry is not counted.',
    '# charters are entered twice; the second entries are not counted.',
  );
  sentences(
    unreadable,
    '1 charter could not be read and is not counted.',
    '# charters could not be read and are not counted.',
  );
  if (totals.comps > 0) {
    const people = totals.comps === 1 ? '1 guest' : `${totals.comps} guests`;
    const worth =
      totals.compsCents === 0
        ? ''
        : `, worth ${formatMoney(totals.compsCents, currency)} at the charters’ rates`;
    notes.push(`${people} sailed without paying (comps)${worth}.`);
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
      `Recorded revenue is ${formatMoney(totals.recordedCents, currency)}, ${formatMoney(Math.abs(totals.differenceCents), currency)} ${
        totals.differenceCents > 0 ? 'more' : 'less'
      } than is reported.`,
    );
  }
  return notes;
}
