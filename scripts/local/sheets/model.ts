/**
 * The workbook as this server keeps it. Cells and formats are never changed in place, so that a copy of a
 * workbook is a copy of its row arrays, and a failed batch leaves the published workbook as it was.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ExtendedValue */
export type ExtendedValue =
  | { readonly numberValue: number }
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly formulaValue: string }
  | { readonly errorValue: { readonly type: string; readonly message: string } };

/** Channels from 0 to 1; an absent channel is 0. */
export type Color = { readonly red?: number; readonly green?: number; readonly blue?: number };
export type ColorStyle = { readonly rgbColor?: Color; readonly themeColor?: string };
export type NumberFormat = { readonly type?: string; readonly pattern?: string };
export type Border = {
  readonly style?: string;
  readonly width?: number;
  readonly color?: Color;
  readonly colorStyle?: ColorStyle;
};
export type Borders = {
  readonly top?: Border;
  readonly bottom?: Border;
  readonly left?: Border;
  readonly right?: Border;
};
export type TextFormat = {
  readonly foregroundColor?: Color;
  readonly foregroundColorStyle?: ColorStyle;
  readonly fontFamily?: string;
  readonly fontSize?: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strikethrough?: boolean;
  readonly underline?: boolean;
  readonly link?: { readonly uri?: string };
};

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells#CellFormat */
export type CellFormat = {
  readonly numberFormat?: NumberFormat;
  readonly backgroundColor?: Color;
  readonly backgroundColorStyle?: ColorStyle;
  readonly borders?: Borders;
  readonly padding?: {
    readonly top?: number;
    readonly right?: number;
    readonly bottom?: number;
    readonly left?: number;
  };
  readonly horizontalAlignment?: string;
  readonly verticalAlignment?: string;
  readonly wrapStrategy?: string;
  readonly textDirection?: string;
  readonly textFormat?: TextFormat;
  readonly hyperlinkDisplayType?: string;
  readonly textRotation?: { readonly angle?: number; readonly vertical?: boolean };
};

export type Cell = {
  /** What was entered; absent in an empty cell. */
  readonly value?: ExtendedValue;
  readonly format?: CellFormat;
  readonly note?: string;
  readonly validation?: JsonObject;
};

export type Row = (Cell | undefined)[];

/** Zero-based, the ends excluded. */
export type Span = {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
};

export type Dimension = 'ROWS' | 'COLUMNS';
/** Absent: 21 px for a row, 100 px for a column. */
export type DimensionInfo = { readonly pixelSize?: number; readonly hidden?: boolean };

export interface Tab {
  readonly sheetId: number;
  title: string;
  hidden: boolean;
  rowCount: number;
  columnCount: number;
  frozenRowCount: number;
  frozenColumnCount: number;
  hideGridlines: boolean;
  tabColor: Color | null;
  rows: (Row | undefined)[];
  rowInfo: (DimensionInfo | undefined)[];
  columnInfo: (DimensionInfo | undefined)[];
  merges: Span[];
  conditionalFormats: JsonObject[];
}

export type MetadataLocation =
  | { readonly locationType: 'SPREADSHEET'; readonly spreadsheet: true }
  | { readonly locationType: 'SHEET'; readonly sheetId: number }
  | { readonly locationType: 'ROW' | 'COLUMN'; readonly dimensionRange: MetadataDimensionRange };
export type MetadataDimensionRange = {
  readonly sheetId: number;
  readonly dimension: Dimension;
  readonly startIndex: number;
  readonly endIndex: number;
};

export type DeveloperMetadata = {
  readonly metadataId: number;
  readonly metadataKey: string;
  readonly metadataValue?: string;
  readonly location: MetadataLocation;
  readonly visibility: string;
};

/** `range` without indexes covers the whole tab. */
export type ProtectedRange = {
  readonly protectedRangeId: number;
  readonly range: GridRange;
  readonly rest: JsonObject;
};

export type GridRange = {
  readonly sheetId: number;
  readonly startRowIndex?: number;
  readonly endRowIndex?: number;
  readonly startColumnIndex?: number;
  readonly endColumnIndex?: number;
};

export interface Workbook {
  title: string;
  locale: string;
  timeZone: string;
  tabs: Tab[];
  metadata: DeveloperMetadata[];
  protectedRanges: ProtectedRange[];
}

export const DEFAULT_ROW_PX = 21;
export const DEFAULT_COLUMN_PX = 100;

export function newTab(sheetId: number, title: string, rowCount = 1000, columnCount = 26): Tab {
  return {
    sheetId,
    title,
    hidden: false,
    rowCount,
    columnCount,
    frozenRowCount: 0,
    frozenColumnCount: 0,
    hideGridlines: false,
    tabColor: null,
    rows: [],
    rowInfo: [],
    columnInfo: [],
    merges: [],
    conditionalFormats: [],
  };
}

export function copyTab(tab: Tab): Tab {
  return {
    ...tab,
    rows: tab.rows.map((row) => row?.slice()),
    rowInfo: tab.rowInfo.slice(),
    columnInfo: tab.columnInfo.slice(),
    merges: tab.merges.slice(),
    conditionalFormats: tab.conditionalFormats.slice(),
  };
}

export function copyWorkbook(workbook: Workbook): Workbook {
  return {
    ...workbook,
    tabs: workbook.tabs.map(copyTab),
    metadata: workbook.metadata.slice(),
    protectedRanges: workbook.protectedRanges.slice(),
  };
}

const EMPTY_CELL: Cell = {};

export function cellAt(tab: Tab, row: number, column: number): Cell {
  return tab.rows[row]?.[column] ?? EMPTY_CELL;
}

export function putCell(tab: Tab, row: number, column: number, cell: Cell): void {
  let cells = tab.rows[row];
  if (cells === undefined) {
    cells = [];
    tab.rows[row] = cells;
  }
  cells[column] = Object.keys(cell).length === 0 ? undefined : cell;
}

export function withValue(cell: Cell, value: ExtendedValue | undefined): Cell {
  const { value: _old, ...rest } = cell;
  return value === undefined ? rest : { ...rest, value };
}

export function withFormat(cell: Cell, format: CellFormat | undefined): Cell {
  const { format: _old, ...rest } = cell;
  return format === undefined || Object.keys(format).length === 0 ? rest : { ...rest, format };
}

/** Calls `visit` for every cell that holds something, row by row. */
export function eachCell(tab: Tab, visit: (cell: Cell, row: number, column: number) => void): void {
  tab.rows.forEach((cells, row) => {
    cells?.forEach((cell, column) => {
      if (cell !== undefined) visit(cell, row, column);
    });
  });
}

/** Titles are unique without regard to case. */
export function tabByTitle(workbook: Workbook, title: string): Tab | undefined {
  const wanted = title.toLowerCase();
  return workbook.tabs.find((tab) => tab.title.toLowerCase() === wanted);
}

export function overlaps(a: Span, b: Span): boolean {
  return (
    a.startRow < b.endRow &&
    b.startRow < a.endRow &&
    a.startColumn < b.endColumn &&
    b.startColumn < a.endColumn
  );
}

export function contains(outer: Span, inner: Span): boolean {
  return (
    outer.startRow <= inner.startRow &&
    outer.endRow >= inner.endRow &&
    outer.startColumn <= inner.startColumn &&
    outer.endColumn >= inner.endColumn
  );
}
