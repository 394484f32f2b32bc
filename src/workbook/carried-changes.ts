/** Rows of the `Purser adjustments` tab by which a change to a month that was sent is carried into a later one. */
import type { SheetValue, SheetValues } from '../clients/google/sheets.ts';
import { cellText } from '../statement/cell-text.ts';
import { cellAddress } from '../statement/grid.ts';
import type { Cents } from '../statement/money.ts';
import { cellDollars } from '../statement/money.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import type { CarriedAmount } from '../statement/open-change.ts';
import { charterKey, signedMoney } from '../statement/open-change.ts';
import { ADJUSTMENT_COLUMNS } from './adjustments-tab.ts';
import { readCharterId, readMonth, readSignedCents, textOf } from './hand-rows.ts';

const KIND = 'correction';
const columnOf = (header: (typeof ADJUSTMENT_COLUMNS)[number]): number => ADJUSTMENT_COLUMNS.indexOf(header);

/** A row that is there. */
export interface CarriedRowThere extends CarriedAmount {
  /** The month that carries it; null when the row's can't be read. */
  readonly month: Month | null;
  /** From 0, the header's. */
  readonly row: number;
}

/**
 * What was carried of a month already, whatever version of its statement the rows name.
 * @param code of the month’s statement: `PRSK3QD202605V1`
 */
export function carriedOf(rows: SheetValues, code: string): CarriedRowThere[] {
  const stem = code.replace(/\d+$/, '');
  return rows.flatMap((row, index): CarriedRowThere[] => {
    const reason = textOf(row[columnOf('Reason')]);
    const isCarried = textOf(row[columnOf('Kind')]).toLowerCase() === KIND && namesCode(reason, stem);
    const cents = readSignedCents(row[columnOf('Amount')]);
    if (!isCarried || cents === undefined) return [];
    const charter = charterKey(readCharterId(row[columnOf('Charter')]) ?? '');
    return [{ charter, cents, reason, month: readMonth(row[columnOf('Month')]), row: index }];
  });
}

const MOST_SHOWN = 10;

/** `'Purser adjustments'!A3 (-$125.00 in June 2026)` */
export function carriedWords(title: string, rows: readonly CarriedRowThere[], currency: string): string {
  const words = rows
    .slice(0, MOST_SHOWN)
    .map(
      ({ row, month, cents }) =>
        `${cellAddress(title, row, 0)} (${signedMoney(cents, currency)}${month === null ? '' : ` in ${monthLabel(month)}`})`,
    );
  return [...words, ...(rows.length > MOST_SHOWN ? [`${rows.length - MOST_SHOWN} more`] : [])].join(', ');
}

/** Whole words only: `PRSK3QD202605V1` is no part of another code. */
function namesCode(reason: string, stem: string): boolean {
  return reason
    .split(/[^A-Za-z0-9]+/)
    .some((word) => word.startsWith(stem) && /^\d+$/.test(word.slice(stem.length)));
}

export interface CarriedRow {
  /** The month that carries it. */
  readonly month: Month;
  readonly charterId: string;
  readonly cents: Cents;
  readonly reason: string;
  readonly who: string;
}

/** As the tab has it, cell by cell. */
export function carriedCells({ month, charterId, cents, reason, who }: CarriedRow): SheetValue[] {
  return [month, charterKey(charterId), KIND, cellDollars(cents), cellText(reason), cellText(who), ''];
}
