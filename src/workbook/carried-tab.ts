/** The `Purser carried forward` tab, read: every row that can't be understood is named with its cell. */
import type { SheetValue } from '../clients/google/sheets.ts';
import type { CarriedFinding } from '../statement/carried.ts';
import type { FindingDraft, Link } from '../statement/findings.ts';
import type { Month } from '../statement/month.ts';
import { readFindingRows } from './finding-rows.ts';
import type { Row, RowProblem } from './hand-rows.ts';
import { problemDrafts, wordsOf } from './hand-rows.ts';

export const CARRIED_COLUMNS = [
  'Month',
  'Finding',
  'Charter',
  'Amount',
  'Reason',
  'Who',
  'Resolved',
] as const;
const RESOLVED = 6;

export interface CarriedReading {
  readonly carried: readonly CarriedFinding[];
  readonly problems: readonly RowProblem[];
}

/** All rows, the first being the header. A row with a problem gives no finding; a resolved row is never a problem. */
export function readCarried(title: string, rows: readonly Row[]): CarriedReading {
  const { made, problems } = readFindingRows(
    title,
    rows,
    CARRIED_COLUMNS,
    ({ about, ...named }, row) => ({ ...named, charterId: about, resolved: isResolved(row[RESOLVED]) }),
    (row) => isResolved(row[RESOLVED]),
  );
  return { carried: made, problems };
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

/** A date or words; what says no, and a formula that fails, is not yet. */
function isResolved(value: SheetValue | undefined): boolean {
  return !/^(no|not yet|open|false|-)?$/i.test(wordsOf(value));
}
