/** A person's hand in the figures: rows of the adjustments tab, applied before calculating and told in footnotes. */
import type { Charter } from './charter.ts';
import type { Cents } from './money.ts';
import { formatMoney } from './money.ts';
import type { Month } from './month.ts';
import { cut } from './short-text.ts';
import type { StatementLine } from './statement.ts';

export type AdjustmentKind =
  | 'guests'
  | 'comps'
  | 'rate'
  | 'price'
  | 'discount'
  | 'refund'
  | 'forfeited'
  | 'correction'
  | 'note';

export const ADJUSTMENT_KINDS: readonly AdjustmentKind[] = [
  'guests',
  'comps',
  'rate',
  'price',
  'discount',
  'refund',
  'forfeited',
  'correction',
  'note',
];

interface AdjustmentRow {
  readonly month: Month;
  readonly reason: string;
  /** Who decided it. */
  readonly who: string;
  /** As written; may be empty, and need not be a link. */
  readonly link: string;
  /** Where a person finds it: `'Purser adjustments'!A3`. */
  readonly cell: string;
}

/** One row. Only a note and a correction may be without a charter. */
export type Adjustment = AdjustmentRow &
  (
    | { readonly kind: 'guests' | 'comps'; readonly charterId: string; readonly heads: number }
    | {
        readonly kind: 'rate' | 'price' | 'discount' | 'refund' | 'forfeited';
        readonly charterId: string;
        readonly cents: Cents;
      }
    /** Of a month that went out before; signed, and the charter may be of any month. */
    | { readonly kind: 'correction'; readonly charterId: string | null; readonly cents: Cents }
    | { readonly kind: 'note'; readonly charterId: string | null }
  );

/**
 * The charters as adjusted; none is changed in place. `guests`, `comps`, `rate` and `price` set the value (a rate
 * goes before a flat price that the ledger has); `discount`, `refund` and `forfeited` are added to what the ledger
 * has; a note changes nothing, and a correction no charter: it is a line of its own (`corrections.ts`). An adjustment
 * counts in its own month, so one of another month's charter is left out.
 */
export function applyAdjustments(
  charters: readonly Charter[],
  adjustments: readonly Adjustment[],
): Charter[] {
  const byCharter = new Map<string, Adjustment[]>();
  for (const one of adjustments) {
    if (one.charterId === null) continue;
    const others = byCharter.get(one.charterId);
    if (others === undefined) byCharter.set(one.charterId, [one]);
    else others.push(one);
  }
  return charters.map((charter) =>
    (byCharter.get(charter.id) ?? []).filter((one) => isForMonthOf(one, charter)).reduce(adjusted, charter),
  );
}

/** Whether the charter sails in the month that the row is for. */
export function isForMonthOf(adjustment: Adjustment, charter: Charter): boolean {
  return charter.date.startsWith(`${adjustment.month}-`);
}

function adjusted(charter: Charter, adjustment: Adjustment): Charter {
  switch (adjustment.kind) {
    case 'guests':
      return { ...charter, guests: adjustment.heads };
    case 'comps':
      return { ...charter, comps: adjustment.heads };
    case 'rate':
      return { ...charter, rateCents: adjustment.cents, flatPriceCents: null };
    case 'price':
      return { ...charter, flatPriceCents: adjustment.cents };
    case 'discount':
      return { ...charter, discountCents: (charter.discountCents ?? 0) + adjustment.cents };
    case 'refund':
      return { ...charter, refundCents: (charter.refundCents ?? 0) + adjustment.cents };
    case 'forfeited':
      return { ...charter, forfeitedCents: (charter.forfeitedCents ?? 0) + adjustment.cents };
    case 'correction':
    case 'note':
      return charter;
  }
}

/** Whether the charter's status makes the statement count what the adjustment changes. */
export function hasEffect(adjustment: Adjustment, { status }: Pick<StatementLine, 'status'>): boolean {
  if (adjustment.kind === 'note' || adjustment.kind === 'correction') return true;
  const sailed = status === 'completed';
  return adjustment.kind === 'forfeited' ? !sailed : sailed;
}

/** The words under the statement, one for each row, in the order of the tab. */
export function adjustmentFootnotes(adjustments: readonly Adjustment[], currency: string): string[] {
  return adjustments.map((one) => {
    const about = one.charterId === null ? '' : `Charter ${cut(one.charterId)}: `;
    return `${about}${change(one, currency)}${cut(one.reason, 400)} (${cut(one.who)}).`;
  });
}

function change(adjustment: Adjustment, currency: string): string {
  switch (adjustment.kind) {
    case 'guests':
    case 'comps':
      return `${adjustment.kind} set to ${adjustment.heads}, `;
    case 'rate':
    case 'price':
      return `${adjustment.kind} set to ${formatMoney(adjustment.cents, currency)}, `;
    case 'discount':
    case 'refund':
    case 'forfeited':
      return `${adjustment.kind} of ${formatMoney(adjustment.cents, currency)} added, `;
    case 'correction':
      return `correction of ${formatMoney(adjustment.cents, currency)}, `;
    case 'note':
      return '';
  }
}
