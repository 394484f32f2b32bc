/** A tab's cells as the grid needs them: pages of rows put together, merges, room for long texts. No DOM. */
import type { Area, CellStyle, CellView, TabView } from '../../contract.ts';
import type { Axis } from './axis.ts';
import { axisOf } from './axis.ts';
import type { Measure } from './fit-rows.ts';
import { fittedHeights, ROW_PX } from './fit-rows.ts';

/** Rows that are asked for together. */
export const PAGE_ROWS = 500;

/** More columns are not drawn; no workbook of Purser's has as many. */
const MOST_COLUMNS = 120;

const COLUMN_PX = 100;

export interface Sheet {
  readonly tab: TabView;
  readonly rows: Axis;
  readonly columns: Axis;
  /** Pages whose cells are here. */
  readonly pages: ReadonlySet<number>;
  cell(row: number, column: number): CellView | null;
  style(cell: CellView): CellStyle;
  /** The merge that covers it; null when none does. */
  merge(row: number, column: number): Area | null;
}

/** @param pages of one tab at one revision, in any order; the newest last */
export function sheetOf(pages: readonly TabView[], measure: Measure): Sheet | null {
  const tab = pages.at(-1);
  if (tab === undefined) return null;
  const columnCount = Math.min(tab.columnCount, MOST_COLUMNS);
  const byRow = new Map<number, Map<number, CellView>>();
  const styles = new Map<CellView, CellStyle>();
  for (const page of pages) {
    for (const cell of page.cells) {
      const row = byRow.get(cell.row) ?? new Map<number, CellView>();
      byRow.set(cell.row, row.set(cell.column, cell));
      styles.set(cell, page.styles[cell.style] ?? {});
    }
  }
  return {
    tab,
    rows: axisOf(fittedHeights(pages, measure), tab.rowCount, ROW_PX),
    columns: axisOf(tab.columnWidths, columnCount, COLUMN_PX),
    pages: new Set(pages.map(({ from }) => Math.floor(from / PAGE_ROWS))),
    cell: (row, column) => byRow.get(row)?.get(column) ?? null,
    style: (cell) => styles.get(cell) ?? {},
    merge: (row, column) => tab.merges.find((area) => covers(area, row, column)) ?? null,
  };
}

export function covers(area: Area, row: number, column: number): boolean {
  return row >= area.startRow && row < area.endRow && column >= area.startColumn && column < area.endColumn;
}

/** Pages that rows from `first` to `last` need and that may hold something. */
export function pagesFor(tab: TabView | null, first: number, last: number): readonly number[] {
  const end = tab === null ? 1 : Math.max(1, Math.min(last + 1, tab.rowsOfNote));
  const pages: number[] = [];
  for (let page = Math.floor(first / PAGE_ROWS); page * PAGE_ROWS < end; page++) pages.push(page);
  return pages;
}

export interface Window {
  /** Rows to draw; the last one included. */
  readonly first: number;
  readonly last: number;
}

/** Drawn beyond what is seen, so that a small movement needs nothing new. */
const SPARE_ROWS = 12;

/** Rows that are seen, and a few more; a merge is drawn from its first row on, or not at all. */
export function windowOf(sheet: Sheet, topPx: number, heightPx: number): Window {
  const { rows, tab } = sheet;
  const frozenPx = rows.startPx(tab.frozenRows);
  let first = Math.max(tab.frozenRows, rows.at(topPx + frozenPx) - SPARE_ROWS);
  let last = Math.min(rows.count - 1, rows.at(topPx + heightPx) + SPARE_ROWS);
  for (const area of tab.merges) {
    if (area.startRow <= last && area.endRow > first && area.startRow >= tab.frozenRows) {
      first = Math.min(first, area.startRow);
      last = Math.max(last, area.endRow - 1);
    }
  }
  return { first, last: Math.max(first, last) };
}

/** How far a text may run: on over empty neighbours, as in Sheets; the cell's own width otherwise. Pixels. */
export function roomPx(sheet: Sheet, cell: CellView): number {
  const { columns } = sheet;
  const own = columns.sizePx(cell.column);
  const { wrap, align } = sheet.style(cell);
  if (cell.kind !== 'text' || wrap === true || (align ?? 'left') !== 'left') return own;
  let end = cell.column + 1;
  while (
    end < columns.count &&
    (sheet.cell(cell.row, end)?.text ?? '') === '' &&
    sheet.merge(cell.row, end) === null
  ) {
    end++;
  }
  return columns.startPx(end) - columns.startPx(cell.column);
}

export interface Spot {
  readonly row: number;
  readonly column: number;
}

/** One step from a cell, out of a merge at its far side, over what is hidden. The same cell at the edge. */
export function stepFrom(sheet: Sheet, from: Spot, down: number, right: number): Spot {
  const area = sheet.merge(from.row, from.column);
  const startRow = area === null ? from.row : down > 0 ? area.endRow - 1 : area.startRow;
  const startColumn = area === null ? from.column : right > 0 ? area.endColumn - 1 : area.startColumn;
  const row = along(sheet.rows, startRow, down);
  const column = along(sheet.columns, startColumn, right);
  if (row === null || column === null) return from;
  const onto = sheet.merge(down === 0 ? from.row : row, right === 0 ? from.column : column);
  const to = { row: down === 0 ? from.row : row, column: right === 0 ? from.column : column };
  return onto === null ? to : { row: onto.startRow, column: onto.startColumn };
}

function along(axis: Axis, from: number, by: number): number | null {
  const step = Math.sign(by);
  if (step === 0) return from;
  let index = Math.max(0, Math.min(axis.count - 1, from + by));
  while (index >= 0 && index < axis.count && axis.sizePx(index) === 0) index += step;
  return index >= 0 && index < axis.count ? index : null;
}
