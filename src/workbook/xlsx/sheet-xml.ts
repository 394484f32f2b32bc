/** The worksheet's XML: cells, sizes, merges, frozen panes, print setup. */

import type { GridArea } from '../../statement/grid.ts';
import { cellName, columnName } from '../../statement/grid.ts';
import type { SheetPlan } from '../../statement/sheet-plan.ts';
import type { Computed } from './cell-xml.ts';
import { createCellWriter } from './cell-xml.ts';
import { createRowHeights, DEFAULT_COLUMN_PX, DEFAULT_ROW_PX } from './row-heights.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { Styles } from './styles.ts';
import { escapeXstring } from './xml-text.ts';

export interface SheetXmlInput {
  readonly plan: SheetPlan;
  readonly computed: Computed;
  readonly styles: Styles;
  readonly strings: SharedStrings;
  /** In Excel's codes: `&LPurser&CPage &P of &N`. */
  readonly footer: string;
}

/** `xl/worksheets/sheet1.xml`; elements stand in the order of ECMA-376 part 1, 18.3.1.99. */
export function sheetXml(input: SheetXmlInput): string {
  const { plan } = input;
  const merges = separateMerges(plan.merges);
  const rows = rowsXml(input, merges);
  const last = lastCell(plan);
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<dimension ref="A1:${last}"/>`,
    viewsXml(plan),
    `<sheetFormatPr defaultColWidth="${columnWidth(DEFAULT_COLUMN_PX)}" defaultRowHeight="${rowHeightPoints(DEFAULT_ROW_PX)}"/>`,
    colsXml(plan),
    '<sheetData>',
    ...rows,
    '</sheetData>',
    mergesXml(merges),
    '<printOptions horizontalCentered="1"/>',
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.65" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="1" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    `<headerFooter><oddFooter>${escapeXstring(input.footer)}</oddFooter></headerFooter>`,
    // Charter ids and departures are texts by intent; no green corners on them.
    `<ignoredErrors><ignoredError sqref="A1:${last}" numberStoredAsText="1"/></ignoredErrors>`,
    '</worksheet>',
  ].join('');
}

/** The last used cell, `N25`; `A1` for an empty plan. */
export function lastCell(plan: SheetPlan): string {
  const columns = plan.rows.reduce((widest, cells) => Math.max(widest, cells.length), 1);
  return cellName(Math.max(1, plan.rows.length) - 1, columns - 1);
}

/**
 * A column's width as the file has it: in digits of the default font, padding included. Arial 10 and Calibri 11
 * have digits of 7 pixels. (Excel's dialog shows 5 pixels less; ECMA-376 part 1, 18.3.1.13; no wider than 255:
 * learn.microsoft.com/en-us/openspecs/office_standards/ms-oi29500/727f4736-6cba-40e3-b4d3-ce319885780e.)
 */
function columnWidth(px: number): number {
  return Math.round(Math.min(255, Math.max(0, px / 7)) * 256) / 256;
}

/** Excel's rows are at most 409.5 points high (support.microsoft.com/office/excel-specifications-and-limits). */
function rowHeightPoints(px: number): number {
  return Math.min(409.5, Math.max(0, px * 0.75));
}

function viewsXml(plan: SheetPlan): string {
  const { frozenRows, frozenColumns } = plan;
  if (frozenRows === 0 && frozenColumns === 0) {
    return '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>';
  }
  const pane = frozenColumns === 0 ? 'bottomLeft' : frozenRows === 0 ? 'topRight' : 'bottomRight';
  const split = [
    frozenColumns === 0 ? '' : ` xSplit="${frozenColumns}"`,
    frozenRows === 0 ? '' : ` ySplit="${frozenRows}"`,
  ].join('');
  const corner = cellName(frozenRows, frozenColumns);
  return [
    '<sheetViews><sheetView tabSelected="1" workbookViewId="0">',
    `<pane${split} topLeftCell="${corner}" activePane="${pane}" state="frozen"/>`,
    `<selection pane="${pane}" activeCell="${corner}" sqref="${corner}"/>`,
    '</sheetView></sheetViews>',
  ].join('');
}

function colsXml({ columnWidthsPx, hiddenColumns }: SheetPlan): string {
  const cols = columnWidthsPx.map((widthPx, column) => {
    const hidden = hiddenColumns?.has(column) ? ' hidden="1"' : '';
    return `<col min="${column + 1}" max="${column + 1}" width="${columnWidth(widthPx)}"${hidden} customWidth="1"/>`;
  });
  return cols.length === 0 ? '' : `<cols>${cols.join('')}</cols>`;
}

function mergesXml(merges: readonly GridArea[]): string {
  if (merges.length === 0) return '';
  const areas = merges.map((area) => {
    const from = cellName(area.startRow, area.startColumn);
    return `<mergeCell ref="${from}:${cellName(area.endRow - 1, area.endColumn - 1)}"/>`;
  });
  return `<mergeCells count="${areas.length}">${areas.join('')}</mergeCells>`;
}

/** Excel repairs a file with merges of one cell, or with merges that overlap: of those the first one stays. */
function separateMerges(merges: readonly GridArea[]): GridArea[] {
  const taken = new Set<number>();
  return merges.filter((area) => {
    const cells: number[] = [];
    for (let row = area.startRow; row < area.endRow; row++) {
      for (let column = area.startColumn; column < area.endColumn; column++)
        cells.push(row * 20_000 + column);
    }
    if (cells.length < 2 || cells.some((cell) => taken.has(cell))) return false;
    for (const cell of cells) taken.add(cell);
    return true;
  });
}

function rowsXml(input: SheetXmlInput, merges: readonly GridArea[]): string[] {
  const { plan, computed, styles, strings } = input;
  const writeCell = createCellWriter(computed, styles, strings);
  const heightOf = createRowHeights(plan, merges, computed);
  const letters = (plan.rows[0] ?? []).map((_cell, column) => columnName(column));
  return plan.rows.map((cells, row) => {
    const { heightPx, isFixed } = heightOf(cells, row);
    const hidden = plan.hiddenRows?.has(row) ? ' hidden="1"' : '';
    const fixed = isFixed ? ' customHeight="1"' : '';
    let xml = `<row r="${row + 1}" ht="${rowHeightPoints(heightPx)}"${hidden}${fixed}>`;
    cells.forEach((cell, column) => {
      xml += writeCell(cell, row, column, `${letters[column] ?? columnName(column)}${row + 1}`);
    });
    return `${xml}</row>`;
  });
}
