/** The words beside a charter. */
import type { Charter } from './charter.ts';
import { formatMoney } from './money.ts';
import type { Price } from './rates.ts';

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
