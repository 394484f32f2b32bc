/** Rows, columns and tabs that come and go, with all that hangs on them: formulas, merges, metadata, protections. */
import { invalid } from './api-error.ts';
import type { GridEdit } from './formula.ts';
import { editedFormula, editedRange, formulaAfterRename, formulaAfterTabDeleted } from './formula.ts';
import type { Cell, Dimension, DimensionInfo, Span, Tab, Workbook } from './model.ts';
import { eachCell, putCell, withValue } from './model.ts';

function rewriteFormulas(workbook: Workbook, change: (formula: string, tab: Tab) => string): void {
  for (const tab of workbook.tabs) {
    eachCell(tab, (cell, row, column) => {
      if (cell.value === undefined || !('formulaValue' in cell.value)) return;
      const before = cell.value.formulaValue;
      const after = change(before, tab);
      if (after !== before) putCell(tab, row, column, withValue(cell, { formulaValue: after }));
    });
  }
}

function editedSpan(span: Span, edit: GridEdit): Span | null {
  const rows = edit.dimension === 'ROWS';
  const range = rows
    ? { start: span.startRow, end: span.endRow }
    : { start: span.startColumn, end: span.endColumn };
  const moved = editedRange(range, edit);
  if (moved === null) return null;
  return rows
    ? { ...span, startRow: moved.start, endRow: moved.end }
    : { ...span, startColumn: moved.start, endColumn: moved.end };
}

function editDependents(workbook: Workbook, tab: Tab, edit: GridEdit): void {
  rewriteFormulas(workbook, (formula, own) => editedFormula(formula, own.title, tab.title, edit));
  tab.merges = tab.merges.flatMap((merge) => {
    const moved = editedSpan(merge, edit);
    const single =
      moved !== null && moved.endRow - moved.startRow === 1 && moved.endColumn - moved.startColumn === 1;
    return moved === null || single ? [] : [moved];
  });
  workbook.metadata = workbook.metadata.flatMap((metadata) => {
    const { location } = metadata;
    if (location.locationType !== 'ROW' && location.locationType !== 'COLUMN') return [metadata];
    const range = location.dimensionRange;
    if (range.sheetId !== tab.sheetId || range.dimension !== edit.dimension) return [metadata];
    const moved = editedRange({ start: range.startIndex, end: range.endIndex }, edit);
    if (moved === null) return [];
    const dimensionRange = { ...range, startIndex: moved.start, endIndex: moved.end };
    return [{ ...metadata, location: { ...location, dimensionRange } }];
  });
  const [startKey, endKey] =
    edit.dimension === 'ROWS'
      ? (['startRowIndex', 'endRowIndex'] as const)
      : (['startColumnIndex', 'endColumnIndex'] as const);
  workbook.protectedRanges = workbook.protectedRanges.flatMap((each) => {
    if (each.range.sheetId !== tab.sheetId) return [each];
    const start = each.range[startKey];
    const end = each.range[endKey];
    if (start === undefined && end === undefined) return [each];
    const moved = editedRange({ start: start ?? 0, end: end ?? Number.MAX_SAFE_INTEGER }, edit);
    if (moved === null) return [];
    const range = {
      ...each.range,
      ...(start === undefined ? {} : { [startKey]: moved.start }),
      ...(end === undefined ? {} : { [endKey]: moved.end }),
    };
    return [{ ...each, range }];
  });
}

/** Sparse arrays shorter than the index must first reach it, or `splice` would insert too early. */
function insertInto<T>(list: (T | undefined)[], at: number, items: (T | undefined)[]): void {
  if (at >= list.length && items.every((item) => item === undefined)) return;
  if (list.length < at) list.length = at;
  list.splice(at, 0, ...items);
}

function formatOnly(cell: Cell | undefined): Cell | undefined {
  return cell?.format === undefined ? undefined : { format: cell.format };
}

/**
 * New empty rows or columns before index `at`. `likeIndex` (before the insertion) lends its formats and size;
 * null lends none.
 */
export function insertInGrid(
  workbook: Workbook,
  tab: Tab,
  dimension: Dimension,
  at: number,
  count: number,
  likeIndex: number | null,
): void {
  const infos = dimension === 'ROWS' ? tab.rowInfo : tab.columnInfo;
  const like: DimensionInfo | undefined = likeIndex === null ? undefined : infos[likeIndex];
  const size = like?.pixelSize === undefined ? undefined : { pixelSize: like.pixelSize };
  if (dimension === 'ROWS') {
    const source = likeIndex === null ? undefined : tab.rows[likeIndex]?.map(formatOnly);
    insertInto(
      tab.rows,
      at,
      Array.from({ length: count }, () => source?.slice()),
    );
    tab.rowCount += count;
    if (at < tab.frozenRowCount) tab.frozenRowCount += count;
  } else {
    for (const row of tab.rows) {
      if (row === undefined) continue;
      const cell = likeIndex === null ? undefined : formatOnly(row[likeIndex]);
      insertInto(
        row,
        at,
        Array.from({ length: count }, () => cell),
      );
    }
    tab.columnCount += count;
    if (at < tab.frozenColumnCount) tab.frozenColumnCount += count;
  }
  insertInto(
    infos,
    at,
    Array.from({ length: count }, () => size),
  );
  editDependents(workbook, tab, { kind: 'insert', dimension, start: at, count });
}

/** @throws SheetsApiError 400 when no row or column, or none that isn't frozen, would be left. */
export function deleteFromGrid(
  workbook: Workbook,
  tab: Tab,
  dimension: Dimension,
  start: number,
  end: number,
): void {
  const rows = dimension === 'ROWS';
  const word = rows ? 'rows' : 'columns';
  const frozen = rows ? tab.frozenRowCount : tab.frozenColumnCount;
  const count = end - start;
  const left = (rows ? tab.rowCount : tab.columnCount) - count;
  if (left < 1) throw invalid(`You can't delete all the ${word} on the sheet.`);
  const frozenLeft = frozen - Math.max(0, Math.min(end, frozen) - start);
  if (frozenLeft >= left) throw invalid(`Sorry, it is not possible to delete all non-frozen ${word}.`);
  if (rows) {
    tab.rows.splice(start, count);
    tab.rowInfo.splice(start, count);
    tab.rowCount = left;
    tab.frozenRowCount = frozenLeft;
  } else {
    for (const row of tab.rows) row?.splice(start, count);
    tab.columnInfo.splice(start, count);
    tab.columnCount = left;
    tab.frozenColumnCount = frozenLeft;
  }
  editDependents(workbook, tab, { kind: 'delete', dimension, start, count });
}

/** Formulas that name the tab name it by its new title. */
export function renameTab(workbook: Workbook, tab: Tab, title: string): void {
  const old = tab.title;
  tab.title = title;
  rewriteFormulas(workbook, (formula) => formulaAfterRename(formula, old, title));
}

/** Formulas that name the tab read `#REF!` from now on. */
export function removeTab(workbook: Workbook, tab: Tab): void {
  workbook.tabs = workbook.tabs.filter((each) => each !== tab);
  workbook.protectedRanges = workbook.protectedRanges.filter(({ range }) => range.sheetId !== tab.sheetId);
  workbook.metadata = workbook.metadata.filter(({ location }) => {
    if (location.locationType === 'SPREADSHEET') return true;
    const id = location.locationType === 'SHEET' ? location.sheetId : location.dimensionRange.sheetId;
    return id !== tab.sheetId;
  });
  rewriteFormulas(workbook, (formula) => formulaAfterTabDeleted(formula, tab.title));
}
