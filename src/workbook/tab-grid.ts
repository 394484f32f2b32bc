/** A tab as the Sheets API tells it, to a `TabGrid`, and back to what writes it. */
import type { SheetCell, SheetJson } from '../clients/google/sheets.ts';
import type { CellData, SheetsRequest } from '../clients/google/sheets-requests.ts';
import type { CellFormat, CellInput, GridArea, GridCell, TabGrid } from '../statement/grid.ts';
import { BLANK } from '../statement/grid.ts';

const DEFAULT_WIDTH_PX = 100;
const DEFAULT_HEIGHT_PX = 21;

export function readTabGrid(sheet: SheetJson): TabGrid {
  const data = sheet.data[0];
  const rows = trimRows((data?.rowData ?? []).map((row) => (row.values ?? []).map(readCell)));
  const merges = sheet.merges.map(
    (area): GridArea => ({
      startRow: area.startRowIndex ?? 0,
      endRow: area.endRowIndex ?? 0,
      startColumn: area.startColumnIndex ?? 0,
      endColumn: area.endColumnIndex ?? 0,
    }),
  );
  const width = Math.max(0, ...rows.map((row) => row.length), ...merges.map((merge) => merge.endColumn));
  const height = Math.max(rows.length, ...merges.map((merge) => merge.endRow));
  const size = (
    metadata: readonly { pixelSize?: number | undefined }[],
    index: number,
    fallback: number,
  ): number => metadata[index]?.pixelSize ?? fallback;
  return {
    title: sheet.properties.title,
    rows: Array.from({ length: height }, (_, index) => rows[index] ?? []),
    columnWidthsPx: Array.from({ length: width }, (_, index) =>
      size(data?.columnMetadata ?? [], index, DEFAULT_WIDTH_PX),
    ),
    rowHeightsPx: Array.from({ length: height }, (_, index) =>
      size(data?.rowMetadata ?? [], index, DEFAULT_HEIGHT_PX),
    ),
    merges,
    frozenRows: sheet.properties.gridProperties?.frozenRowCount ?? 0,
    frozenColumns: sheet.properties.gridProperties?.frozenColumnCount ?? 0,
    hiddenRows: hiddenOf(data?.rowMetadata ?? [], height),
    hiddenColumns: hiddenOf(data?.columnMetadata ?? [], width),
  };
}

function hiddenOf(
  metadata: readonly { hiddenByUser?: boolean | undefined }[],
  used: number,
): ReadonlySet<number> {
  const hidden = new Set<number>();
  metadata.slice(0, used).forEach(({ hiddenByUser }, index) => {
    if (hiddenByUser === true) hidden.add(index);
  });
  return hidden;
}

function readCell(cell: SheetCell): GridCell {
  return { input: readInput(cell), format: cell.userEnteredFormat ?? {} };
}

function readInput(cell: SheetCell): CellInput {
  const value = cell.userEnteredValue;
  if (value?.formulaValue !== undefined) return { kind: 'formula', formula: value.formulaValue };
  if (value?.stringValue !== undefined) return { kind: 'text', text: value.stringValue };
  if (value?.numberValue !== undefined) return { kind: 'number', number: value.numberValue };
  if (value?.boolValue !== undefined) return { kind: 'boolean', boolean: value.boolValue };
  return BLANK;
}

/** Without the empty cells at the end of rows and the empty rows at the end of the tab. */
function trimRows(rows: readonly GridCell[][]): GridCell[][] {
  const trimmed = rows.map((row) => row.slice(0, lastUsed(row, isUsed) + 1));
  return trimmed.slice(0, lastUsed(trimmed, (row) => row.length > 0) + 1);
}

function isUsed(cell: GridCell): boolean {
  return cell.input.kind !== 'blank' || Object.keys(cell.format).length > 0;
}

function lastUsed<T>(items: readonly T[], used: (item: T) => boolean): number {
  for (let index = items.length - 1; index >= 0; index--) {
    const item = items[index];
    if (item !== undefined && used(item)) return index;
  }
  return -1;
}

export function cellData(input: CellInput, format: CellFormat): CellData {
  const userEnteredFormat = Object.keys(format).length === 0 ? {} : { userEnteredFormat: format };
  switch (input.kind) {
    case 'blank':
      return userEnteredFormat;
    case 'text':
      return { userEnteredValue: { stringValue: input.text }, ...userEnteredFormat };
    case 'number':
      return { userEnteredValue: { numberValue: input.number }, ...userEnteredFormat };
    case 'boolean':
      return { userEnteredValue: { boolValue: input.boolean }, ...userEnteredFormat };
    case 'formula':
      return { userEnteredValue: { formulaValue: input.formula }, ...userEnteredFormat };
  }
}

/** The requests that make a new tab of a grid. */
export function addTabRequests(
  grid: TabGrid,
  sheetId: number,
  index: number,
  spareRows = 0,
): SheetsRequest[] {
  const columnCount = Math.max(1, grid.columnWidthsPx.length);
  const rowCount = Math.max(1, grid.rows.length, grid.frozenRows + 1) + spareRows;
  return [
    {
      addSheet: {
        properties: {
          sheetId,
          title: grid.title,
          index,
          gridProperties: {
            rowCount,
            columnCount,
            frozenRowCount: grid.frozenRows,
            frozenColumnCount: grid.frozenColumns,
            hideGridlines: true,
          },
        },
      },
    },
    {
      updateCells: {
        start: { sheetId, rowIndex: 0, columnIndex: 0 },
        rows: grid.rows.map((row) => ({ values: row.map((cell) => cellData(cell.input, cell.format)) })),
        fields: 'userEnteredValue,userEnteredFormat',
      },
    },
    ...sizeRequests(sheetId, 'COLUMNS', grid.columnWidthsPx),
    ...sizeRequests(sheetId, 'ROWS', grid.rowHeightsPx),
    ...grid.merges.map(
      (merge): SheetsRequest => ({
        mergeCells: {
          range: {
            sheetId,
            startRowIndex: merge.startRow,
            endRowIndex: merge.endRow,
            startColumnIndex: merge.startColumn,
            endColumnIndex: merge.endColumn,
          },
          mergeType: 'MERGE_ALL',
        },
      }),
    ),
  ];
}

/** Sizes of rows or columns, equal neighbours in one request. */
export function sizeRequests(
  sheetId: number,
  dimension: 'ROWS' | 'COLUMNS',
  sizesPx: readonly number[],
): SheetsRequest[] {
  const requests: SheetsRequest[] = [];
  let start = 0;
  for (let end = 1; end <= sizesPx.length; end++) {
    if (end < sizesPx.length && sizesPx[end] === sizesPx[start]) continue;
    requests.push({
      updateDimensionProperties: {
        range: { sheetId, dimension, startIndex: start, endIndex: end },
        properties: { pixelSize: sizesPx[start] ?? DEFAULT_HEIGHT_PX },
        fields: 'pixelSize',
      },
    });
    start = end;
  }
  return requests;
}
