/** The `Purser carried forward` tab, read: every row that can't be understood is named with its cell. */
import type { SheetValue } from '../clients/google/sheets.ts';
import type { CarriedFinding } from '../statement/carried.ts';
import type { FindingDraft, Link } from '../statement/findings.ts';
import { FINDING_CODES } from '../statement/findings.ts';
import { cellAddress } from '../statement/grid.ts';
import type { Month } from '../statement/month.ts';
import type { Row, RowProblem } from './hand-rows.ts';
import {
  headingProblem,
  isBlank,
  problemDrafts,
  readCharterId,
  readMonth,
  readSignedCents,
  shown,
  textOf,
  wordsOf,
} from './hand-rows.ts';

/** The first four are those of the audit tab, so that a row of it can be copied. */
export const CARRIED_COLUMNS = [
  'Month',
  'Finding',
  'Charter',
  'Amount',
  'Reason',
  'Who',
  'Resolved',
] as const;
const [MONTH, FINDING, CHARTER, AMOUNT, REASON, WHO, RESOLVED] = [0, 1, 2, 3, 4, 5, 6] as const;

export interface CarriedReading {
  readonly carried: readonly CarriedFinding[];
  readonly problems: readonly RowProblem[];
}

/** All rows, the first being the header. A row with a problem gives no finding; a resolved row is never a problem. */
export function readCarried(title: string, rows: readonly Row[]): CarriedReading {
  const heading = headingProblem(title, rows, CARRIED_COLUMNS);
  if (heading !== null) return { carried: [], problems: [heading] };
  const carried: CarriedFinding[] = [];
  const problems: RowProblem[] = [];
  rows.forEach((row, index) => {
    if (index === 0 || isBlank(row)) return;
    const own: RowProblem[] = [];
    const month = readMonth(row[MONTH]);
    const one = readRow(row, month, cellAddress(title, index, 0), (column, message) => {
      own.push({ cell: cellAddress(title, index, column), month, message });
    });
    if (one !== null && own.length === 0) carried.push(one);
    if (!isResolved(row[RESOLVED])) problems.push(...own);
  });
  return { carried, problems };
}

/** The findings of rows that can't be understood, those of later months left out. */
export function carriedDrafts(
  problems: readonly RowProblem[],
  month: Month,
  linksOf: (cell: string) => readonly Link[],
): FindingDraft[] {
  const due = problems.filter((problem) => problem.month === null || problem.month <= month);
  return problemDrafts('carried-unreadable', due, linksOf);
}

function readRow(
  row: Row,
  month: Month | null,
  cell: string,
  bad: (column: number, message: string) => void,
): CarriedFinding | null {
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
  const resolved = isResolved(row[RESOLVED]);
  return { month, code, charterId: readCharterId(row[CHARTER]), cents, reason, who, resolved, cell };
}

/** A date or words; what says no, and a formula that fails, is not yet. */
function isResolved(value: SheetValue | undefined): boolean {
  return !/^(no|not yet|open|false|-)?$/i.test(wordsOf(value));
}
