/** Rows that a person types about a finding: how the tabs `Purser accepted` and `Purser carried forward` are read. */
import type { FindingCode } from '../statement/findings.ts';
import { FINDING_CODES } from '../statement/findings.ts';
import { cellAddress } from '../statement/grid.ts';
import type { Cents } from '../statement/money.ts';
import type { Month } from '../statement/month.ts';
import type { Row, RowProblem } from './hand-rows.ts';
import {
  headingProblem,
  isBlank,
  readCharterId,
  readMonth,
  readSignedCents,
  shown,
  textOf,
  wordsOf,
} from './hand-rows.ts';

/** The columns that both tabs begin with; the first four are those of the audit tab, so that a row of it can be copied. */
const [MONTH, FINDING, ABOUT, AMOUNT, REASON, WHO] = [0, 1, 2, 3, 4, 5] as const;

/** What such a row says of its finding. */
export interface NamedFinding {
  readonly month: Month;
  readonly code: FindingCode;
  readonly about: string | null;
  readonly cents: Cents | null;
  readonly reason: string;
  readonly who: string;
  /** Of its month: `'Purser accepted'!A4` */
  readonly cell: string;
}

/**
 * All rows, the first being the header. A row with a problem makes nothing.
 * @param columns the headings, of which the first six are as here
 * @param isSettled a row of which nobody wants to hear a problem any more
 */
export function readFindingRows<T>(
  title: string,
  rows: readonly Row[],
  columns: readonly string[],
  make: (named: NamedFinding, row: Row) => T,
  isSettled: (row: Row) => boolean = () => false,
): { readonly made: readonly T[]; readonly problems: readonly RowProblem[] } {
  const heading = headingProblem(title, rows, columns);
  if (heading !== null) return { made: [], problems: [heading] };
  const made: T[] = [];
  const problems: RowProblem[] = [];
  rows.forEach((row, index) => {
    if (index === 0 || isBlank(row)) return;
    const own: RowProblem[] = [];
    const month = readMonth(row[MONTH]);
    const named = readRow(row, month, cellAddress(title, index, 0), (column, message) => {
      own.push({ cell: cellAddress(title, index, column), month, message });
    });
    if (named !== null && own.length === 0) made.push(make(named, row));
    if (!isSettled(row)) problems.push(...own);
  });
  return { made, problems };
}

function readRow(
  row: Row,
  month: Month | null,
  cell: string,
  bad: (column: number, message: string) => void,
): NamedFinding | null {
  if (month === null) bad(MONTH, `“${shown(row[MONTH])}” is not a month such as 2026-05.`);
  const code = FINDING_CODES.find((one) => one === textOf(row[FINDING]).toLowerCase());
  if (code === undefined)
    bad(FINDING, `“${shown(row[FINDING])}” is not the code of a finding, such as trip-sheet-missing.`);
  const cents = textOf(row[AMOUNT]) === '' ? null : readSignedCents(row[AMOUNT]);
  if (cents === undefined)
    bad(AMOUNT, `“${shown(row[AMOUNT])}” is not an amount of dollars such as 125.00 or -125.00.`);
  const reason = wordsOf(row[REASON]);
  if (reason === '') bad(REASON, 'A reason is needed; whoever reads the audit will ask for it.');
  const who = wordsOf(row[WHO]);
  if (who === '') bad(WHO, 'Who decided it is needed.');
  if (month === null || code === undefined || cents === undefined) return null;
  return { month, code, about: readCharterId(row[ABOUT]), cents, reason, who, cell };
}
