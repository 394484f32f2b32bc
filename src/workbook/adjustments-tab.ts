/** The `Purser adjustments` tab, read: every row that can't be understood is named with its cell. */
import type { Adjustment, AdjustmentKind } from '../statement/adjustments.ts';
import { ADJUSTMENT_KINDS } from '../statement/adjustments.ts';
import { cellAddress } from '../statement/grid.ts';
import type { Cents } from '../statement/money.ts';
import {
  centsFromDollars,
  dollarsText,
  formatMoney,
  LARGEST_AMOUNT_CENTS,
  wholeNumber,
} from '../statement/money.ts';
import type { Month } from '../statement/month.ts';
import { dateOfSerial, isIsoDate, monthFromLabel, monthOf } from '../statement/month.ts';
import { LARGEST_RATE_CENTS } from '../statement/rates.ts';
import { cut } from '../statement/short-text.ts';

type Value = string | number | boolean | null;
type Row = readonly Value[];

export const ADJUSTMENT_COLUMNS = ['Month', 'Charter', 'Kind', 'Amount', 'Reason', 'Who', 'Link'] as const;
const [MONTH, CHARTER, KIND, AMOUNT, REASON, WHO, LINK] = [0, 1, 2, 3, 4, 5, 6] as const;

/** More heads than any vessel carries. */
const LARGEST_HEADS = 100_000;

export interface AdjustmentProblem {
  /** `'Purser adjustments'!C4` */
  readonly cell: string;
  /** Null: the row's month itself can't be read. */
  readonly month: Month | null;
  /** A sentence, without the cell. */
  readonly message: string;
}

export interface AdjustmentReading {
  readonly adjustments: readonly Adjustment[];
  readonly problems: readonly AdjustmentProblem[];
}

/**
 * The rows of one month, the first row being the header. Rows of other months are left alone, whatever they hold; a
 * row without a readable month is a problem of every month. A row with a problem gives no adjustment.
 *
 * @param knownCharterIds charters that a row may name, those of neighbour months included
 */
export function readAdjustments(
  title: string,
  rows: readonly Row[],
  knownCharterIds: ReadonlySet<string>,
  month: Month,
): AdjustmentReading {
  const adjustments: Adjustment[] = [];
  const problems: AdjustmentProblem[] = [];
  const set = new Map<string, { readonly adjustment: Adjustment; readonly cell: string }>();
  const header = rows[0] ?? [];
  const wrong = ADJUSTMENT_COLUMNS.findIndex(
    (name, column) => textOf(header[column]).toLowerCase() !== name.toLowerCase(),
  );
  const isUsed = rows.some((row, index) => index > 0 && !isBlank(row));
  if (isUsed && wrong >= 0) {
    return {
      adjustments,
      problems: [
        {
          cell: cellAddress(title, 0, wrong),
          month: null,
          message: `The heading must be “${ADJUSTMENT_COLUMNS[wrong]}”, not “${cut(textOf(header[wrong]), 40)}”; without it nobody can tell which column is which.`,
        },
      ],
    };
  }
  rows.forEach((row, index) => {
    if (index === 0 || isBlank(row)) return;
    const rowMonth = readMonth(row[MONTH]);
    if (rowMonth !== null && rowMonth !== month) return;
    const at = (column: number): string => cellAddress(title, index, column);
    const own: AdjustmentProblem[] = [];
    const bad = (column: number, message: string): void => {
      own.push({ cell: at(column), month: rowMonth, message });
    };
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

function readRow(
  row: Row,
  month: Month | null,
  cell: string,
  known: ReadonlySet<string>,
  bad: (column: number, message: string) => void,
): Adjustment | null {
  if (month === null) bad(MONTH, `“${shown(row[MONTH])}” is not a month such as 2026-05.`);
  const kind = ADJUSTMENT_KINDS.find((one) => one === textOf(row[KIND]).toLowerCase());
  if (kind === undefined) bad(KIND, `“${shown(row[KIND])}” is not one of ${ADJUSTMENT_KINDS.join(', ')}.`);
  const charter = textOf(row[CHARTER]);
  const charterId = charter === '' || charter.toLowerCase() === 'none' ? null : charter;
  if (charterId === null) {
    if (kind !== undefined && kind !== 'note')
      bad(CHARTER, `A row of the kind ${kind} needs the id of a charter; only a note may be without.`);
  } else if (!known.has(charterId)) {
    bad(CHARTER, `There is no charter “${cut(charterId)}” in this month or its neighbours.`);
  }
  const reason = textOf(row[REASON]);
  if (reason === '') bad(REASON, 'A reason is needed; it is printed under the statement.');
  const who = textOf(row[WHO]);
  if (who === '') bad(WHO, 'Who decided it is needed; it is printed under the statement.');
  const amount = kind === undefined ? null : readAmount(kind, row[AMOUNT], (why) => bad(AMOUNT, why));
  if (month === null || kind === undefined) return null;
  const common = { month, reason, who, link: textOf(row[LINK]), cell };
  if (kind === 'note') return { ...common, kind, charterId };
  if (charterId === null || amount === null) return null;
  return kind === 'guests' || kind === 'comps'
    ? { ...common, kind, charterId, heads: amount }
    : { ...common, kind, charterId, cents: amount };
}

/** Heads or cents, by kind; null for a note, and for what `bad` was told of. */
function readAmount(
  kind: AdjustmentKind,
  value: Value | undefined,
  bad: (why: string) => void,
): number | Cents | null {
  const text = amountText(value);
  if (kind === 'note') {
    if (text !== '') bad('A note has no amount. Choose another kind, or empty the cell.');
    return null;
  }
  const isHeads = kind === 'guests' || kind === 'comps';
  const amount = isHeads ? wholeNumber(text, LARGEST_HEADS) : centsFromDollars(withoutCommas(text));
  if (typeof amount !== 'number') {
    const wanted = isHeads ? 'a whole number of guests' : 'an amount of dollars such as 125.00';
    const hint = amount === 'negative' ? ' It is never negative.' : '';
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

/** A cell's number is a double: 118.1 is exact again once it is written as the shortest decimal. */
function amountText(value: Value | undefined): string {
  if (typeof value !== 'number') return textOf(value);
  const cents = Math.round(value * 100);
  const isCents = Math.abs(cents - value * 100) < 1e-6 && Math.abs(cents) <= LARGEST_AMOUNT_CENTS;
  return isCents ? dollarsText(cents) : String(value);
}

function withoutCommas(text: string): string {
  const plain = text.replace(/^\$\s*/, '');
  return /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain) ? plain.replace(/,/g, '') : plain;
}

/** A month as text, or the date that Sheets makes of `2026-05` and `May 2026` when they are typed. */
function readMonth(value: Value | undefined): Month | null {
  if (typeof value === 'number') {
    const date = dateOfSerial(value);
    return date === null ? null : monthOf(date);
  }
  const text = textOf(value);
  return isIsoDate(text) ? monthOf(text) : monthFromLabel(text);
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

function isBlank(row: Row): boolean {
  return row.every((value) => textOf(value) === '');
}

function textOf(value: Value | undefined): string {
  return String(value ?? '').trim();
}

function shown(value: Value | undefined): string {
  return cut(textOf(value), 40);
}
