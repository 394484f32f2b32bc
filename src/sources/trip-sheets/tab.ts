/** A tab of a file as plain text cells, whatever the file's format was. Blank cells and blank rows are left out. */

export interface Cell {
  /** From 0. */
  readonly column: number;
  /**
   * Trimmed, never empty. Typed cells are written so that they can't be misread: dates `2026-05-07`, times `17:00`,
   * both `2026-05-07 17:00`, booleans `TRUE` and `FALSE`.
   */
  readonly text: string;
}

export interface Row {
  /** As people count: from 1. */
  readonly number: number;
  /** From left to right. */
  readonly cells: readonly Cell[];
}

/** A cell over several columns; the ones that only span rows say nothing about headers. */
export interface WideCell {
  readonly row: number;
  readonly firstColumn: number;
  readonly lastColumn: number;
}

export interface TabProblem {
  readonly row: number;
  /** A sentence. */
  readonly what: string;
}

export interface Tab {
  /** Empty for CSV. */
  readonly name: string;
  readonly hidden: boolean;
  /** From top to bottom. */
  readonly rows: readonly Row[];
  readonly wideCells: readonly WideCell[];
  readonly problems: readonly TabProblem[];
}

/** Longer cells are cut: no trip sheet needs them, and what reads them must stay quick. */
export const LONGEST_CELL = 10_000;

/** A cell's text as `Cell` has it; long runs of blanks and of empty lines become short. */
export function cellText(written: string): string {
  return written
    .replace(/[^\S\r\n]{3,}/g, '  ')
    .replace(/(?:\r?\n){2,}/g, '\n')
    .trim()
    .slice(0, LONGEST_CELL);
}

/** What a spreadsheet shows where a formula failed, in Excel and in Google Sheets. */
const ERRORS =
  /^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|ERROR!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!)$/;

export function isErrorText(text: string): boolean {
  return ERRORS.test(text);
}

/** `C12` */
export function cellName(row: number, column: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters;
  }
  return `${letters}${row}`;
}

export function textAt(row: Row, column: number): string {
  return row.cells.find((cell) => cell.column === column)?.text ?? '';
}
