/** The `Purser adjustments` tab, read: every row that can't be understood is named with its cell. */
import type { SheetValue } from '../clients/google/sheets.ts';
import type { Adjustment, AdjustmentKind } from '../statement/adjustments.ts';
import { ADJUSTMENT_KINDS } from '../statement/adjustments.ts';
import type { FindingDraft, Link } from '../statement/findings.ts';
import { cellAddress } from '../statement/grid.ts';
import type { Cents } from '../statement/money.ts';
import { centsFromDollars, formatMoney, wholeNumber } from '../statement/money.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import { LARGEST_RATE_CENTS } from '../statement/rates.ts';
import { cut } from '../statement/short-text.ts';
import type { Row, RowProblem } from './hand-rows.ts';
import {
  amountText,
  headingProblem,
  isBlank,
  problemDrafts,
  readCharterId,
  readMonth,
  shown,
  textOf,
  withoutCommas,
  wordsOf,
} from './hand-rows.ts';

export const ADJUSTMENT_COLUMNS = ['Month', 'Charter', 'Kind', 'Amount', 'Reason', 'Who', 'Link'] as const;
const [MONTH, CHARTER, KIND, AMOUNT, REASON, WHO, LINK] = [0, 1, 2, 3, 4, 5, 6] as const;

/** As people type it, before the dollar sign or behind it: `-125.00`, `−$125.00`, `$-125`. */
const MINUS = /^(\$\s*)?[-−]\s*/;

/** More heads than any vessel carries. */
const LARGEST_HEADS = 100_000;

export interface AdjustmentReading {
  readonly adjustments: readonly Adjustment[];
  readonly problems: readonly RowProblem[];
}

/**
 * The rows of one month, the first row being the header. Rows of other months are left alone, whatever they hold; a
 * row without a readable month is a problem of every month. A row with a problem gives no adjustment.
 *
 * @param knownCharterIds charters that a row may name, those of neighbour months included
 * @param ofMonth charters that sail in the month: a row of an earlier month can't mean them
 */
export function readAdjustments(
  title: string,
  rows: readonly Row[],
  knownCharterIds: ReadonlySet<string>,
  month: Month,
  ofMonth: ReadonlySet<string> = new Set(),
): AdjustmentReading {
  const adjustments: Adjustment[] = [];
  const problems: RowProblem[] = [];
  const set = new Map<string, { readonly adjustment: Adjustment; readonly cell: string }>();
  const heading = headingProblem(title, rows, ADJUSTMENT_COLUMNS);
  if (heading !== null) return { adjustments, problems: [heading] };
  rows.forEach((row, index) => {
    if (index === 0 || isBlank(row)) return;
    const rowMonth = readMonth(row[MONTH]);
    const isOther = rowMonth !== null && rowMonth !== month;
    const isTooEarly =
      isOther &&
      rowMonth < month &&
      kindOf(row) !== 'correction' &&
      ofMonth.has(readCharterId(row[CHARTER]) ?? '');
    if (isOther && !isTooEarly) return;
    const at = (column: number): string => cellAddress(title, index, column);
    const own: RowProblem[] = [];
    const bad = (column: number, message: string): void => {
      own.push({ cell: at(column), month: rowMonth, message });
    };
    if (isTooEarly) {
      bad(
        MONTH,
        `Charter ${shown(row[CHARTER])} sails in ${monthLabel(month)}, so a row of ${monthLabel(rowMonth)} changes nothing. Correct the month.`,
      );
      problems.push(...own);
      return;
    }
    const adjustment = readRow(row, rowMonth, at(0), knownCharterIds, bad);
    if (adjustment !== null && own.length === 0) {
      const earlier = conflict(adjustment, set);
      if (earlier !== null)
        bad(AMOUNT, `${earlier} sets another ${adjustment.kind} or price for the same charter; keep one.`);
      else adjustments.push(adjustment);
      remember(adjustment, at(AMOUNT), set);
    }
    problems.push(...own);
  });
  return { adjustments, problems };
}

/** The findings of rows that can't be understood. `linksOf` a cell such as `'Purser adjustments'!C4`. */
export function adjustmentDrafts(
  problems: readonly RowProblem[],
  linksOf: (cell: string) => readonly Link[],
): FindingDraft[] {
  return problemDrafts('adjustment-unreadable', problems, linksOf);
}

function readRow(
  row: Row,
  month: Month | null,
  cell: string,
  known: ReadonlySet<string>,
  bad: (column: number, message: string) => void,
): Adjustment | null {
  if (month === null) bad(MONTH, `“${shown(row[MONTH])}” is not a month such as 2026-05.`);
  const kind = kindOf(row);
  if (kind === undefined) bad(KIND, `“${shown(row[KIND])}” is not one of ${ADJUSTMENT_KINDS.join(', ')}.`);
  const charterId = readCharterId(row[CHARTER]);
  if (charterId === null) {
    if (kind !== undefined && kind !== 'note' && kind !== 'correction')
      bad(
        CHARTER,
        `A row of the kind ${kind} needs the id of a charter; only a note and a correction may be without.`,
      );
  } else if (kind !== 'correction' && !known.has(charterId)) {
    // A correction may be of any month that was ever sent.
    bad(CHARTER, `There is no charter “${cut(charterId)}” in this month or its neighbours.`);
  }
  const reason = wordsOf(row[REASON]);
  if (reason === '') bad(REASON, 'A reason is needed; it is printed under the statement.');
  const who = wordsOf(row[WHO]);
  if (who === '') bad(WHO, 'Who decided it is needed; it is printed under the statement.');
  const amount = kind === undefined ? null : readAmount(kind, row[AMOUNT], (why) => bad(AMOUNT, why));
  if (month === null || kind === undefined) return null;
  const common = { month, reason, who, link: textOf(row[LINK]), cell };
  if (kind === 'note') return { ...common, kind, charterId };
  if (amount === null) return null;
  if (kind === 'correction') return { ...common, kind, charterId, cents: amount };
  if (charterId === null) return null;
  return kind === 'guests' || kind === 'comps'
    ? { ...common, kind, charterId, heads: amount }
    : { ...common, kind, charterId, cents: amount };
}

function kindOf(row: Row): AdjustmentKind | undefined {
  return ADJUSTMENT_KINDS.find((one) => one === textOf(row[KIND]).toLowerCase());
}

/** Heads or cents, by kind, those of a correction signed; null for a note, and for what `bad` was told of. */
function readAmount(
  kind: AdjustmentKind,
  value: SheetValue | undefined,
  bad: (why: string) => void,
): number | Cents | null {
  const text = amountText(value);
  if (kind === 'note') {
    if (text !== '') bad('A note has no amount. Choose another kind, or empty the cell.');
    return null;
  }
  const isHeads = kind === 'guests' || kind === 'comps';
  const isNegative = kind === 'correction' && MINUS.test(text);
  const plain = withoutCommas(isNegative ? text.replace(MINUS, '$1') : text);
  const size = isHeads ? wholeNumber(text, LARGEST_HEADS) : centsFromDollars(plain);
  const amount = isNegative && typeof size === 'number' ? 0 - size : size;
  if (typeof amount !== 'number') {
    const sample = kind === 'correction' ? '-125.00' : '125.00';
    const wanted = isHeads ? 'a whole number of guests' : `an amount of dollars such as ${sample}`;
    const hint = amount === 'negative' && kind !== 'correction' ? ' It is never negative.' : '';
    bad(`“${shown(value)}” is not ${wanted}.${hint}`);
    return null;
  }
  if (kind === 'rate' && amount > LARGEST_RATE_CENTS) {
    bad(
      `${formatMoney(amount)} a guest is more than ${formatMoney(LARGEST_RATE_CENTS)}; the rate is in dollars, not in cents.`,
    );
    return null;
  }
  return amount;
}

/** What a row sets can be set only once; a rate and a price are two words about the same. */
function settingKey(adjustment: Adjustment): string | null {
  switch (adjustment.kind) {
    case 'guests':
    case 'comps':
      return JSON.stringify([adjustment.charterId, adjustment.kind]);
    case 'rate':
    case 'price':
      return JSON.stringify([adjustment.charterId, 'price']);
    default:
      return null;
  }
}

function conflict(
  adjustment: Adjustment,
  set: ReadonlyMap<string, { readonly adjustment: Adjustment; readonly cell: string }>,
): string | null {
  const key = settingKey(adjustment);
  const earlier = key === null ? undefined : set.get(key);
  return earlier === undefined || writtenValue(earlier.adjustment) === writtenValue(adjustment)
    ? null
    : earlier.cell;
}

function writtenValue(adjustment: Adjustment): string {
  const value = 'heads' in adjustment ? adjustment.heads : 'cents' in adjustment ? adjustment.cents : '';
  return `${adjustment.kind} ${value}`;
}

function remember(
  adjustment: Adjustment,
  cell: string,
  set: Map<string, { readonly adjustment: Adjustment; readonly cell: string }>,
): void {
  const key = settingKey(adjustment);
  if (key !== null && !set.has(key)) set.set(key, { adjustment, cell });
}
