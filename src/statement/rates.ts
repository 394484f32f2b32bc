/** Which rate a charter sails at, and where that rate comes from. */
import type { Charter } from './charter.ts';
import { foldVessel } from './charter.ts';
import type { Cents } from './money.ts';
import type { IsoDate } from './month.ts';

/** A rate above this is taken for cents, or a typing error. */
export const LARGEST_RATE_CENTS: Cents = 1_000_000;

/** A row of the `Purser rates` tab: from this day on, on this vessel (null: any), a standard rate. */
export interface RateRow {
  readonly from: IsoDate;
  readonly vessel: string | null;
  readonly rateCents: Cents;
  readonly note: string;
  /** Where a person finds it: `'Purser rates'!A3`. */
  readonly cell: string;
}

export type Price =
  | {
      readonly by: 'rate';
      readonly rateCents: Cents;
      readonly source: 'item' | 'rates-tab' | 'setting';
      readonly cell: string | null;
    }
  | { readonly by: 'flat-price'; readonly priceCents: Cents }
  | { readonly by: 'nothing' };

/**
 * The price of a charter: its flat price; else its own rate (0 is a rate); else, for a public charter, the newest
 * rates row that covers its day, its own vessel's before any vessel's; else the standard rate.
 */
export function priceOf(charter: Charter, rates: readonly RateRow[], standardRateCents: Cents): Price {
  if (charter.flatPriceCents !== null) return { by: 'flat-price', priceCents: charter.flatPriceCents };
  if (charter.rateCents !== null)
    return { by: 'rate', rateCents: charter.rateCents, source: 'item', cell: null };
  if (charter.kind === 'private') return { by: 'nothing' };
  const row = newestRow(charter, rates);
  if (row !== null) return { by: 'rate', rateCents: row.rateCents, source: 'rates-tab', cell: row.cell };
  return { by: 'rate', rateCents: standardRateCents, source: 'setting', cell: null };
}

function newestRow(charter: Charter, rates: readonly RateRow[]): RateRow | null {
  const vessel = foldVessel(charter.vessel);
  let best: RateRow | null = null;
  for (const row of rates) {
    if (row.from > charter.date) continue;
    if (row.vessel !== null && foldVessel(row.vessel) !== vessel) continue;
    if (best === null || beats(row, best)) best = row;
  }
  return best;
}

function beats(row: RateRow, best: RateRow): boolean {
  const rowNames = row.vessel !== null;
  const bestNames = best.vessel !== null;
  if (rowNames !== bestNames) return rowNames;
  return row.from >= best.from;
}
