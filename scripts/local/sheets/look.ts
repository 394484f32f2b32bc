/** A tab as a person in front of the screen sees it. Plain data, which crosses threads. */
import { effectiveFormat } from './cell-format.ts';
import { displayed } from './display.ts';
import type { Evaluation } from './evaluate.ts';
import type { CellFormat, Color, ExtendedValue, ProtectedRange, Tab, Workbook } from './model.ts';
import { DEFAULT_COLUMN_PX, DEFAULT_ROW_PX } from './model.ts';

export interface TabTitle {
  readonly sheetId: number;
  readonly title: string;
  readonly hidden: boolean;
  readonly color: Color | null;
}

export interface CellLook {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  /** What was entered; a formula with its `=`. */
  readonly entered: ExtendedValue | null;
  readonly shown: ExtendedValue | null;
  readonly format: CellFormat;
  readonly note: string | null;
}

export interface TabLook extends TabTitle {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly frozenRowCount: number;
  readonly frozenColumnCount: number;
  readonly hideGridlines: boolean;
  /** Pixels; 0 when hidden. */
  readonly columnPx: readonly number[];
  /** Pixels, of the rows up to the last that holds something; 0 when hidden. */
  readonly rowPx: readonly number[];
  readonly merges: Tab['merges'];
  readonly cells: readonly CellLook[];
  readonly protections: readonly ProtectedRange[];
}

export function tabTitles({ tabs }: Workbook): readonly TabTitle[] {
  return tabs.map(({ sheetId, title, hidden, tabColor }) => ({ sheetId, title, hidden, color: tabColor }));
}

/** @param to end of the rows whose cells are wanted, excluded */
export function lookAtTab(
  workbook: Workbook,
  tab: Tab,
  evaluation: Evaluation,
  from: number,
  to: number,
): TabLook {
  const cells: CellLook[] = [];
  for (let row = from; row < Math.min(to, tab.rows.length); row++) {
    tab.rows[row]?.forEach((cell, column) => {
      if (cell === undefined) return;
      const computed = evaluation.at(tab, row, column);
      const automatic = computed?.automatic ?? null;
      cells.push({
        row,
        column,
        text: displayed(computed?.value, cell.format, automatic),
        entered: cell.value ?? null,
        shown: computed?.value ?? null,
        format: effectiveFormat(cell.format, computed?.value, automatic),
        note: cell.note ?? null,
      });
    });
  }
  const { sheetId, title, hidden, rowCount, columnCount, frozenRowCount, frozenColumnCount } = tab;
  const rowsOfNote = Math.min(rowCount, Math.max(tab.rows.length, tab.rowInfo.length));
  const sizeOf = (info: Tab['rowInfo'][number], standard: number): number =>
    info?.hidden === true ? 0 : (info?.pixelSize ?? standard);
  return {
    ...{ sheetId, title, hidden, color: tab.tabColor },
    ...{ rowCount, columnCount, frozenRowCount, frozenColumnCount, hideGridlines: tab.hideGridlines },
    columnPx: Array.from({ length: columnCount }, (_, at) => sizeOf(tab.columnInfo[at], DEFAULT_COLUMN_PX)),
    rowPx: Array.from({ length: rowsOfNote }, (_, at) => sizeOf(tab.rowInfo[at], DEFAULT_ROW_PX)),
    merges: tab.merges,
    cells,
    protections: workbook.protectedRanges.filter(({ range }) => range.sheetId === sheetId),
  };
}
