/** Rows that a person types into a tab of Purser's: how their cells are read, and what is said of those that can't be. */
import type { SheetValue } from '../clients/google/sheets.ts';
import type { FindingCode, FindingDraft, Link } from '../statement/findings.ts';
import { cellAddress } from '../statement/grid.ts';
import type { Cents } from '../statement/money.ts';
import { centsFromDollars, dollarsText, LARGEST_AMOUNT_CENTS } from '../statement/money.ts';
import type { Month } from '../statement/month.ts';
import { dateOfSerial, isIsoDate, monthFromLabel, monthOf } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import { ERROR_VALUE } from './verify.ts';

export type Row = readonly SheetValue[];

export interface RowProblem {
  /** `'Purser adjustments'!C4` */
  readonly cell: string;
  /** Null: the row's month itself can't be read. */
  readonly month: Month | null;
  /** A sentence, without the cell. */
  readonly message: string;
}

/** The first heading that is not as it must be; null when all are, or when there is no row that needs them. */
export function headingProblem(
  title: string,
  rows: readonly Row[],
  columns: readonly string[],
): RowProblem | null {
  const header = rows[0] ?? [];
  const wrong = columns.findIndex(
    (name, column) => textOf(header[column]).toLowerCase() !== name.toLowerCase(),
  );
  if (wrong < 0 || !rows.some((row, index) => index > 0 && !isBlank(row))) return null;
  return {
    cell: cellAddress(title, 0, wrong),
    month: null,
    message: `The heading must be “${columns[wrong]}”, not “${shown(header[wrong])}”; without it nobody can tell which column is which.`,
  };
}

/** One finding for each problem, linked to its cell. */
export function problemDrafts(
  code: FindingCode,
  problems: readonly RowProblem[],
  linksOf: (cell: string) => readonly Link[],
): FindingDraft[] {
  return problems.map(({ cell, message }) => ({
    code,
    message: `${cell}: ${message} Correct it, or empty the row.`,
    links: linksOf(cell),
  }));
}

/** A month as text, or the date that Sheets makes of `2026-05` and `May 2026` when they are typed. */
export function readMonth(value: SheetValue | undefined): Month | null {
  if (typeof value === 'number') {
    const date = dateOfSerial(value);
    return date === null ? null : monthOf(date);
  }
  const text = textOf(value);
  return isIsoDate(text) ? monthOf(text) : monthFromLabel(text);
}

/** A cell's number is a double: 118.1 is exact again once it is written as the shortest decimal. */
export function amountText(value: SheetValue | undefined): string {
  if (typeof value !== 'number') return textOf(value);
  const cents = Math.round(value * 100);
  const isCents = Math.abs(cents - value * 100) < 1e-6 && Math.abs(cents) <= LARGEST_AMOUNT_CENTS;
  return isCents ? dollarsText(cents) : String(value);
}

/** Dollars with a sign, as people write it: `-12.50`, `-$12.50`, `($12.50)`, `EUR -12.50`; undefined if none. */
export function readSignedCents(value: SheetValue | undefined): Cents | undefined {
  const text = amountText(value).replace(/\u2212/g, '-');
  const inBrackets = /^\((.*)\)$/.exec(text)?.[1];
  const parts = /^(-?)\s*(?:\$|[A-Z]{3}\s)?\s*(-?)\s*(.*)$/.exec(inBrackets ?? text);
  const signs = `${inBrackets === undefined ? '' : '-'}${parts?.[1] ?? ''}${parts?.[2] ?? ''}`;
  const cents = centsFromDollars(withoutCommas(parts?.[3] ?? ''));
  if (typeof cents !== 'number' || signs.length > 1) return undefined;
  return signs === '-' && cents !== 0 ? -cents : cents;
}

/** Without a dollar sign, and without commas that group thousands. */
export function withoutCommas(text: string): string {
  const plain = text.replace(/^\$\s*/, '');
  return /^\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain) ? plain.replace(/,/g, '') : plain;
}

export function isBlank(row: Row): boolean {
  return row.every((value) => textOf(value) === '');
}

export function textOf(value: SheetValue | undefined): string {
  return String(value ?? '').trim();
}

/** A person's words; empty for those of a formula that fails, which nobody meant. */
export function wordsOf(value: SheetValue | undefined): string {
  const text = textOf(value);
  return ERROR_VALUE.test(text) ? '' : text;
}

/** What the cell holds, short enough for a sentence. */
export function shown(value: SheetValue | undefined): string {
  return cut(textOf(value), 40);
}

/** The charter that a cell names; null for none. */
export function readCharterId(value: SheetValue | undefined): string | null {
  const text = textOf(value);
  return text === '' || text.toLowerCase() === 'none' ? null : text;
}
