/** A1 notation: https://developers.google.com/workspace/sheets/api/guides/concepts#cell */
import { invalid } from './api-error.ts';
import type { GridRange, Span, Tab, Workbook } from './model.ts';
import { tabByTitle } from './model.ts';

/** `A` for 0, `AA` for 26. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** 0 for `A`, 26 for `AA`. */
export function columnIndex(letters: string): number {
  let index = 0;
  for (const letter of letters.toUpperCase()) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

export function cellName(row: number, column: number): string {
  return `${columnLetters(column)}${row + 1}`;
}

/** A title as it stands before the `!`: quoted unless it is a plain word that can't be read as a cell. */
export function quotedTitle(title: string): string {
  const plain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(title) && !/^[A-Za-z]{1,3}\d+$/.test(title);
  return plain ? title : `'${title.replaceAll("'", "''")}'`;
}

export function spanName(tab: Tab, span: Span): string {
  const start = cellName(span.startRow, span.startColumn);
  const end = cellName(span.endRow - 1, span.endColumn - 1);
  return `${quotedTitle(tab.title)}!${start === end ? start : `${start}:${end}`}`;
}

export interface ResolvedRange {
  readonly tab: Tab;
  readonly span: Span;
  /** False when the range names one cell without an end, which writing takes as a place to start. */
  readonly bounded: boolean;
}

const CORNER = /^\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,7})?$/;

function corner(text: string): { column: number | null; row: number | null } | null {
  const match = CORNER.exec(text);
  if (match === null || text === '') return null;
  const [, letters, digits] = match;
  return {
    column: letters === undefined ? null : columnIndex(letters),
    row: digits === undefined ? null : Number(digits) - 1,
  };
}

function unquoted(text: string): string | null {
  if (!text.startsWith("'")) return text.includes("'") ? null : text;
  if (text.length < 2 || !text.endsWith("'")) return null;
  const inner = text.slice(1, -1);
  return inner.replaceAll("''", '').includes("'") ? null : inner.replaceAll("''", "'");
}

/** Without a limit to the grid: an end beyond it stays. */
function parseCells(tab: Tab, text: string): { span: Span; bounded: boolean } | null {
  const [first = '', second, ...more] = text.split(':');
  const start = corner(first);
  if (start === null || more.length > 0) return null;
  if (second === undefined) {
    if (start.column === null || start.row === null) return null;
    const { row, column } = start;
    return {
      span: { startRow: row, endRow: row + 1, startColumn: column, endColumn: column + 1 },
      bounded: false,
    };
  }
  const end = corner(second);
  if (end === null) return null;
  const startsAtColumn = start.column !== null || end.column === null;
  if (!startsAtColumn || (start.row === null && start.column === null)) return null;
  const rows = [start.row ?? 0, end.row ?? tab.rowCount - 1];
  const columns = [start.column ?? 0, end.column ?? tab.columnCount - 1];
  return {
    span: {
      startRow: Math.min(...rows),
      endRow: Math.max(...rows) + 1,
      startColumn: Math.min(...columns),
      endColumn: Math.max(...columns) + 1,
    },
    bounded: true,
  };
}

export function gridLimitsError(tab: Tab, row: number, column: number, span?: Span): Error {
  const name =
    span === undefined ? `${quotedTitle(tab.title)}!${cellName(row, column)}` : spanName(tab, span);
  return invalid(
    `Range (${name}) exceeds grid limits. Max rows: ${tab.rowCount}, max columns: ${tab.columnCount}`,
  );
}

/**
 * The tab and the cells that a range of a values request names: `Sheet1!A1:B2`, `'It''s'!A:C`, `A1` (the
 * first visible tab), or a bare title (the whole grid).
 * @throws SheetsApiError 400 `Unable to parse range: X` for an unknown tab or a malformed range, and
 * `Range (X) exceeds grid limits…` when it starts outside the grid.
 */
export function resolveRange(workbook: Workbook, range: string): ResolvedRange {
  const cannotParse = invalid(`Unable to parse range: ${range}`);
  const bang = range.startsWith("'") ? range.indexOf('!', closingQuote(range)) : range.lastIndexOf('!');
  const title = unquoted(bang < 0 ? range : range.slice(0, bang));
  const named = title === null ? undefined : tabByTitle(workbook, title);
  if (bang < 0) {
    // A range without a tab is of the first visible one, unless it is itself the title of a tab.
    if (named !== undefined) return { tab: named, span: wholeGrid(named), bounded: true };
    const first = workbook.tabs.find((tab) => !tab.hidden);
    const cells = first === undefined ? null : parseCells(first, range);
    if (first === undefined || cells === null) throw cannotParse;
    return withinGrid(first, cells);
  }
  if (named === undefined) throw cannotParse;
  const cells = parseCells(named, range.slice(bang + 1));
  if (cells === null) throw cannotParse;
  return withinGrid(named, cells);
}

function closingQuote(range: string): number {
  for (let index = 1; index < range.length; index++) {
    if (range[index] !== "'") continue;
    if (range[index + 1] !== "'") return index;
    index++;
  }
  return range.length;
}

function withinGrid(tab: Tab, cells: { span: Span; bounded: boolean }): ResolvedRange {
  const { startRow, startColumn } = cells.span;
  if (startRow >= tab.rowCount || startColumn >= tab.columnCount) {
    throw gridLimitsError(tab, startRow, startColumn);
  }
  return { tab, ...cells };
}

export function wholeGrid(tab: Tab): Span {
  return { startRow: 0, endRow: tab.rowCount, startColumn: 0, endColumn: tab.columnCount };
}

/** The part of a span that lies in the grid: what a read answers. */
export function clipped(tab: Tab, span: Span): Span {
  return {
    ...span,
    endRow: Math.min(span.endRow, tab.rowCount),
    endColumn: Math.min(span.endColumn, tab.columnCount),
  };
}

/** A GridRange, in which absent indexes are unbounded, as a span of the tab's grid. @throws 400 outside it. */
export function spanOf(tab: Tab, range: Omit<GridRange, 'sheetId'>): Span {
  const span: Span = {
    startRow: range.startRowIndex ?? 0,
    endRow: range.endRowIndex ?? tab.rowCount,
    startColumn: range.startColumnIndex ?? 0,
    endColumn: range.endColumnIndex ?? tab.columnCount,
  };
  if (span.startRow < 0 || span.startColumn < 0) throw invalid('GridRange indexes must not be negative.');
  if (span.endRow > tab.rowCount || span.endColumn > tab.columnCount) {
    throw gridLimitsError(tab, 0, 0, span);
  }
  if (span.startRow >= span.endRow || span.startColumn >= span.endColumn) {
    throw invalid('GridRange must have an end index after its start index.');
  }
  return span;
}

export function gridRangeOf(tab: Tab, span: Span): GridRange {
  return {
    sheetId: tab.sheetId,
    startRowIndex: span.startRow,
    endRowIndex: span.endRow,
    startColumnIndex: span.startColumn,
    endColumnIndex: span.endColumn,
  };
}
