/** The `Purser accepted` tab, read and written: every row that can't be understood is named with its cell. */
import type { SheetValue } from '../clients/google/sheets.ts';
import type { AcceptedFinding } from '../statement/accepted.ts';
import { cellText } from '../statement/cell-text.ts';
import type { FindingDraft, Link } from '../statement/findings.ts';
import { columnName, quotedTitle } from '../statement/grid.ts';
import { cellDollars } from '../statement/money.ts';
import type { Month } from '../statement/month.ts';
import { dateOfSerial } from '../statement/month.ts';
import { readFindingRows } from './finding-rows.ts';
import type { Row, RowProblem } from './hand-rows.ts';
import { problemDrafts, wordsOf } from './hand-rows.ts';

export const ACCEPTED_COLUMNS = ['Month', 'Finding', 'About', 'Amount', 'Reason', 'Who', 'On'] as const;
const ON = 6;

export interface AcceptedReading {
  readonly accepted: readonly AcceptedFinding[];
  readonly problems: readonly RowProblem[];
}

/** All rows, the first being the header. A row with a problem accepts nothing. */
export function readAccepted(title: string, rows: readonly Row[]): AcceptedReading {
  const { made, problems } = readFindingRows(title, rows, ACCEPTED_COLUMNS, (named, row) => ({
    ...named,
    on: readDay(row[ON]),
  }));
  return { accepted: made, problems };
}

/** The findings of rows that can't be understood, those of other months left out. */
export function acceptedDrafts(
  problems: readonly RowProblem[],
  month: Month,
  linksOf: (cell: string) => readonly Link[],
): FindingDraft[] {
  const due = problems.filter((problem) => problem.month === null || problem.month === month);
  return problemDrafts('acceptance-unreadable', due, linksOf);
}

/** A date that Sheets made a number of, or what the person typed. */
function readDay(value: SheetValue | undefined): string {
  return (typeof value === 'number' ? dateOfSerial(value) : null) ?? wordsOf(value);
}

/** Where rows are appended. */
export function acceptedRange(title: string): string {
  return `${quotedTitle(title)}!A:${columnName(ACCEPTED_COLUMNS.length - 1)}`;
}

/** A row as `readAccepted` reads it; to be written RAW. */
export function acceptedCells(row: Omit<AcceptedFinding, 'cell'>): SheetValue[] {
  const { month, code, about, cents, reason, who, on } = row;
  return [
    month,
    code,
    cellText(about ?? ''),
    cents === null ? '' : cellDollars(cents),
    cellText(reason),
    cellText(who),
    on,
  ];
}
