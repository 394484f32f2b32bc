/** How high each row stands: as planned, or higher where wrapped text would be cut off. */
import type { CellFormat, GridArea } from '../../statement/grid.ts';
import type { PlannedCell, SheetPlan } from '../../statement/sheet-plan.ts';
import { wrappedHeightPx } from '../../statement/text-height.ts';
import type { Computed } from './cell-xml.ts';
import { DEFAULT_FONT_POINTS } from './styles.ts';

/** What Sheets gives a row and a column of its own accord, in pixels. */
export const DEFAULT_ROW_PX = 21;
export const DEFAULT_COLUMN_PX = 100;

export interface RowHeight {
  readonly heightPx: number;
  /** Whether the reader must keep it; else Excel may fit the row again when its text changes. */
  readonly isFixed: boolean;
}

/** The heights of a plan's rows, by row from 0. Excel never fits a row to a merged cell, so that is done here. */
export function createRowHeights(
  plan: SheetPlan,
  merges: readonly GridArea[],
  computed: Computed,
): (cells: readonly PlannedCell[], row: number) => RowHeight {
  const { hiddenColumns } = plan;
  const shownPx = plan.columnWidthsPx.map((px, column) => (hiddenColumns?.has(column) ? 0 : px));
  const mergedPx = mergedWidthsPx(merges, shownPx);
  return (cells, row) => {
    const plannedPx = plan.rowHeightsPx[row] ?? DEFAULT_ROW_PX;
    let heightPx = plannedPx;
    let isFixed = true;
    cells.forEach(({ input, format }, column) => {
      const shown =
        input.kind === 'formula' ? computed(row, column) : input.kind === 'text' ? input.text : null;
      if (typeof shown !== 'string' || !isWrapped(shown, format)) return;
      const merged = mergedPx.get(`${row}:${column}`);
      const widthPx = merged ?? shownPx[column] ?? DEFAULT_COLUMN_PX;
      // All of it is hidden: nobody sees whether it is cut off.
      if (widthPx === 0) return;
      const font = format.textFormat;
      const points = font?.fontSize ?? DEFAULT_FONT_POINTS;
      const neededPx = wrappedHeightPx(shown, widthPx, points, font?.bold === true);
      if (neededPx <= heightPx) return;
      heightPx = neededPx;
      isFixed = merged !== undefined;
    });
    return { heightPx, isFixed };
  };
}

/** Whether the text goes on in a next line in its cell: Sheets shows line breaks even where it doesn't wrap. */
function isWrapped(text: string, format: CellFormat): boolean {
  return format.wrapStrategy === 'WRAP' || (format.wrapStrategy !== 'CLIP' && text.includes('\n'));
}

/** Pixels across, by first cell; without end for merges over several rows, where one row's height says nothing. */
function mergedWidthsPx(merges: readonly GridArea[], widthsPx: readonly number[]): Map<string, number> {
  const widths = new Map<string, number>();
  for (const area of merges) {
    const inOneRow = area.endRow - area.startRow === 1;
    const width = widthsPx.slice(area.startColumn, area.endColumn).reduce((sum, px) => sum + px, 0);
    widths.set(`${area.startRow}:${area.startColumn}`, inOneRow ? width : Number.POSITIVE_INFINITY);
  }
  return widths;
}
