/** The `Purser accepted` tab, read and written: every row that can't be understood is named with its cell. */
import type { SheetValue } from '../clients/google/sheets.ts';
import type { AcceptedFinding } from '../statement/accepted.ts';
import { cellText } from '../statement/cell-text.ts';
import type { FindingDraft, Link } from '../statement/findings.ts';
import { FINDING_CODES } from '../statement/findings.ts';
import { cellAddress, columnName, quotedTitle } from '../statement/grid.ts';
import { cellDollars } from '../statement/money.ts';
import type { Month } from '../statement/month.ts';
import { dateOfSerial } from '../statement/month.ts';
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
export const ACCEPTED_COLUMNS = ['Month', 'Finding', 'About', 'Amount', 'Reason', 'Who', 'On'] as const;
const [MONTH, FINDING, ABOUT, AMOUNT, REASON, WHO, ON] = [0, 1, 2, 3, 4, 5, 6] as const;

export interface AcceptedReading {
  readonly accepted: readonly AcceptedFinding[];
  readonly problems: readonly RowProblem[];
}

/** All rows, the first being the header. A row with a problem accepts nothing. */
export function readAccepted(title: string, rows: readonly Row[]): AcceptedReading {
  const heading = headingProblem(title, rows, ACCEPTED_COLUMNS);
  if (heading !== null) return { accepted: [], problems: [heading] };
  const accepted: AcceptedFinding[] = [];
  const problems: RowProblem[] = [];
  rows.forEach((row, index) => {
    if (index === 0 || isBlank(row)) return;
    const own: RowProblem[] = [];
    const month = readMonth(row[MONTH]);
    const one = readRow(row, month, cellAddress(title, index, 0), (column, message) => {
      own.push({ cell: cellAddress(title, index, column), month, message });
    });
    if (one !== null && own.length === 0) accepted.push(one);
    problems.push(...own);
  });
  return { accepted, problems };
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

function readRow(
  row: Row,
  month: Month | null,
  cell: string,
  bad: (column: number, message: string) => void,
): AcceptedFinding | null {
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
  return { month, code, about: readCharterId(row[ABOUT]), cents, reason, who, on: readDay(row[ON]), cell };
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
