/** batchUpdate requests that write cells: values, formats, notes, borders, merges. */
import { gridLimitsError, spanOf } from './a1.ts';
import { invalid, notServedHere } from './api-error.ts';
import { normalisedBorder } from './cell-format.ts';
import { updateMask } from './field-mask.ts';
import { movedFormula } from './formula.ts';
import { tabById } from './metadata.ts';
import type { Border, CellFormat, ExtendedValue, JsonObject, Span, Tab, Workbook } from './model.ts';
import { cellAt, contains, overlaps, putCell, withFormat, withValue } from './model.ts';
import { asList, asNumber, asObject, asString } from './validate.ts';
import { cellWriter, withValidation, writableValue } from './written-cell.ts';

export function updateCells(workbook: Workbook, request: JsonObject): JsonObject {
  const mask = updateMask(request.fields, 'CellData');
  const start = asObject(request.start);
  const range = asObject(request.range);
  if ((start === undefined) === (range === undefined)) {
    throw invalid('Exactly one of start and range must be set.');
  }
  const rows = asList(request.rows).map((row) => asList(asObject(row)?.values));
  const tab = tabById(workbook, (start ?? range)?.sheetId);
  const width = Math.max(0, ...rows.map((row) => row.length));
  const startRow = asNumber(start?.rowIndex) ?? 0;
  const startColumn = asNumber(start?.columnIndex) ?? 0;
  const span =
    range === undefined
      ? { startRow, startColumn, endRow: startRow + rows.length, endColumn: startColumn + width }
      : spanOf(tab, range);
  if (span.endRow > tab.rowCount || span.endColumn > tab.columnCount) throw gridLimitsError(tab, 0, 0, span);
  if (rows.length > span.endRow - span.startRow) {
    throw invalid(
      `Attempting to write row: ${span.endRow}, beyond the last requested row of: ${span.endRow - 1}`,
    );
  }
  if (width > span.endColumn - span.startColumn) {
    throw invalid(
      `Attempting to write column: ${span.endColumn}, beyond the last requested column of: ${span.endColumn - 1}`,
    );
  }
  for (let row = span.startRow; row < span.endRow; row++) {
    const line = rows[row - span.startRow];
    for (let column = span.startColumn; column < span.endColumn; column++) {
      const item = line?.[column - span.startColumn];
      // From a start, only the cells that are given are written; in a range, the others are cleared.
      if (item === undefined && range === undefined) break;
      const data = asObject(item) ?? {};
      const value = writableValue(asObject(data.userEnteredValue));
      putCell(tab, row, column, cellWriter(data, mask)(cellAt(tab, row, column), value));
    }
  }
  return {};
}

/** Formulas move along, as if the first cell had been copied over the range. */
export function repeatCell(workbook: Workbook, request: JsonObject): JsonObject {
  const mask = updateMask(request.fields, 'CellData');
  const range = asObject(request.range);
  if (range === undefined) throw invalid('range must be set.');
  const tab = tabById(workbook, range.sheetId);
  const span = spanOf(tab, range);
  const data = asObject(request.cell) ?? {};
  const value = writableValue(asObject(data.userEnteredValue));
  const written = cellWriter(data, mask);
  eachIn(span, (row, column) => {
    const moved = movedValue(value, row - span.startRow, column - span.startColumn);
    putCell(tab, row, column, written(cellAt(tab, row, column), moved));
  });
  return {};
}

function eachIn(span: Span, visit: (row: number, column: number) => void): void {
  for (let row = span.startRow; row < span.endRow; row++) {
    for (let column = span.startColumn; column < span.endColumn; column++) visit(row, column);
  }
}

function movedValue(
  value: ExtendedValue | undefined,
  rows: number,
  columns: number,
): ExtendedValue | undefined {
  if (value === undefined || !('formulaValue' in value)) return value;
  return { formulaValue: movedFormula(value.formulaValue, rows, columns) };
}

/** How often a source fits a destination: its exact multiple, else once, beyond the destination's end. */
function repetitions(sourceLength: number, length: number): number {
  return length % sourceLength === 0 ? length / sourceLength : 1;
}

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request#CopyPasteRequest */
export function copyPaste(
  workbook: Workbook,
  request: JsonObject,
  computed: (tab: Tab, row: number, column: number) => ExtendedValue | undefined,
): JsonObject {
  const type = asString(request.pasteType) ?? 'PASTE_NORMAL';
  if (!['PASTE_NORMAL', 'PASTE_VALUES', 'PASTE_FORMAT', 'PASTE_FORMULA'].includes(type)) {
    throw notServedHere(`copyPaste with ${type}`);
  }
  if ((asString(request.pasteOrientation) ?? 'NORMAL') !== 'NORMAL') throw notServedHere('TRANSPOSE');
  const sourceRange = asObject(request.source);
  const targetRange = asObject(request.destination);
  if (sourceRange === undefined || targetRange === undefined) {
    throw invalid('source and destination must be set.');
  }
  const source = tabById(workbook, sourceRange.sheetId);
  const target = tabById(workbook, targetRange.sheetId);
  const from = spanOf(source, sourceRange);
  const asked = spanOf(target, targetRange);
  const height = from.endRow - from.startRow;
  const width = from.endColumn - from.startColumn;
  const down = repetitions(height, asked.endRow - asked.startRow);
  const across = repetitions(width, asked.endColumn - asked.startColumn);
  const to: Span = {
    startRow: asked.startRow,
    startColumn: asked.startColumn,
    endRow: asked.startRow + height * down,
    endColumn: asked.startColumn + width * across,
  };
  if (to.endRow > target.rowCount || to.endColumn > target.columnCount)
    throw gridLimitsError(target, 0, 0, to);
  // The source is read before anything is written: the two may overlap.
  const block = Array.from({ length: height }, (_row, row) =>
    Array.from({ length: width }, (_cell, column) => {
      const cell = cellAt(source, from.startRow + row, from.startColumn + column);
      const value =
        type === 'PASTE_VALUES'
          ? computed(source, from.startRow + row, from.startColumn + column)
          : cell.value;
      return { cell, value };
    }),
  );
  if (type === 'PASTE_NORMAL' || type === 'PASTE_FORMAT') pasteMerges(source, from, target, to);
  eachIn(to, (row, column) => {
    const sourceRow = (row - to.startRow) % height;
    const sourceColumn = (column - to.startColumn) % width;
    const copied = block[sourceRow]?.[sourceColumn];
    if (copied === undefined) return;
    const old = cellAt(target, row, column);
    const value = movedValue(
      copied.value,
      row - from.startRow - sourceRow,
      column - from.startColumn - sourceColumn,
    );
    if (type === 'PASTE_NORMAL') putCell(target, row, column, withValue(copied.cell, value));
    else if (type === 'PASTE_FORMAT') putCell(target, row, column, withFormat(old, copied.cell.format));
    else putCell(target, row, column, withValue(old, value));
  });
  return {};
}

const PARTIAL_MERGE = 'You must select all cells in a merged range to merge or unmerge them.';

function pasteMerges(source: Tab, from: Span, target: Tab, to: Span): void {
  const copied = source.merges.filter((merge) => contains(from, merge));
  if (target.merges.some((merge) => overlaps(to, merge) && !contains(to, merge)))
    throw invalid(PARTIAL_MERGE);
  target.merges = target.merges.filter((merge) => !contains(to, merge));
  const height = from.endRow - from.startRow;
  const width = from.endColumn - from.startColumn;
  for (let row = to.startRow; row < to.endRow; row += height) {
    for (let column = to.startColumn; column < to.endColumn; column += width) {
      for (const merge of copied) {
        target.merges.push({
          startRow: merge.startRow - from.startRow + row,
          endRow: merge.endRow - from.startRow + row,
          startColumn: merge.startColumn - from.startColumn + column,
          endColumn: merge.endColumn - from.startColumn + column,
        });
      }
    }
  }
}

function rangeOf(workbook: Workbook, request: JsonObject): { tab: Tab; span: Span } {
  const range = asObject(request.range);
  if (range === undefined) throw invalid('range must be set.');
  const tab = tabById(workbook, range.sheetId);
  return { tab, span: spanOf(tab, range) };
}

export function mergeCells(workbook: Workbook, request: JsonObject): JsonObject {
  const { tab, span } = rangeOf(workbook, request);
  const type = asString(request.mergeType) ?? 'MERGE_ALL';
  if (tab.merges.some((merge) => overlaps(span, merge))) throw invalid(PARTIAL_MERGE);
  const merges: Span[] = [];
  if (type === 'MERGE_ALL') merges.push(span);
  for (let row = span.startRow; type === 'MERGE_ROWS' && row < span.endRow; row++) {
    merges.push({ ...span, startRow: row, endRow: row + 1 });
  }
  for (let column = span.startColumn; type === 'MERGE_COLUMNS' && column < span.endColumn; column++) {
    merges.push({ ...span, startColumn: column, endColumn: column + 1 });
  }
  for (const merge of merges) {
    const single = merge.endRow - merge.startRow === 1 && merge.endColumn - merge.startColumn === 1;
    if (single) continue;
    tab.merges.push(merge);
    // Only the upper left value is kept.
    eachIn(merge, (row, column) => {
      if (row === merge.startRow && column === merge.startColumn) return;
      const cell = tab.rows[row]?.[column];
      if (cell?.value !== undefined) putCell(tab, row, column, withValue(cell, undefined));
    });
  }
  return {};
}

export function unmergeCells(workbook: Workbook, request: JsonObject): JsonObject {
  const { tab, span } = rangeOf(workbook, request);
  if (tab.merges.some((merge) => overlaps(span, merge) && !contains(span, merge)))
    throw invalid(PARTIAL_MERGE);
  tab.merges = tab.merges.filter((merge) => !contains(span, merge));
  return {};
}

export function updateBorders(workbook: Workbook, request: JsonObject): JsonObject {
  const { tab, span } = rangeOf(workbook, request);
  const given = (name: string): Border | null | undefined =>
    request[name] === undefined ? undefined : (normalisedBorder(request[name] as Border) ?? null);
  const [top, bottom, left, right] = [given('top'), given('bottom'), given('left'), given('right')];
  const [across, down] = [given('innerHorizontal'), given('innerVertical')];
  eachIn(span, (row, column) => {
    const sides = {
      top: row === span.startRow ? top : across,
      bottom: row === span.endRow - 1 ? bottom : across,
      left: column === span.startColumn ? left : down,
      right: column === span.endColumn - 1 ? right : down,
    };
    const cell = cellAt(tab, row, column);
    const borders = Object.fromEntries(
      Object.entries({ ...cell.format?.borders, ...definedOnly(sides) }).filter(
        ([, border]) => border !== null,
      ),
    ) as NonNullable<CellFormat['borders']>;
    const { borders: _old, ...rest } = cell.format ?? {};
    putCell(
      tab,
      row,
      column,
      withFormat(cell, Object.keys(borders).length > 0 ? { ...rest, borders } : rest),
    );
  });
  return {};
}

function definedOnly<T>(record: Record<string, T | undefined>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Record<
    string,
    T
  >;
}

export function setDataValidation(workbook: Workbook, request: JsonObject): JsonObject {
  const { tab, span } = rangeOf(workbook, request);
  const rule = asObject(request.rule);
  eachIn(span, (row, column) => {
    putCell(tab, row, column, withValidation(cellAt(tab, row, column), rule));
  });
  return {};
}
