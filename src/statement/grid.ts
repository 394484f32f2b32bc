/** A tab as data: cells, formats, sizes. The shapes of formats are those of the Sheets API's CellFormat. */

export type CellInput =
  | { readonly kind: 'blank' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  /** With its leading `=`. */
  | { readonly kind: 'formula'; readonly formula: string };

export const BLANK: CellInput = { kind: 'blank' };

/** Parts from 0 to 1; absent is 0, as in the Sheets API. */
export interface Color {
  readonly red?: number | undefined;
  readonly green?: number | undefined;
  readonly blue?: number | undefined;
}

export interface Border {
  /** `SOLID`, `SOLID_MEDIUM`, `SOLID_THICK`, `DOTTED`, `DASHED`, `DOUBLE`, `NONE` */
  readonly style?: string | undefined;
  readonly color?: Color | undefined;
}

export type Side = 'top' | 'bottom' | 'left' | 'right';

/** developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells#CellFormat, as far as printed. */
export interface CellFormat {
  readonly numberFormat?:
    | { readonly type?: string | undefined; readonly pattern?: string | undefined }
    | undefined;
  readonly backgroundColor?: Color | undefined;
  readonly borders?: { readonly [S in Side]?: Border | undefined } | undefined;
  /** `LEFT`, `CENTER`, `RIGHT` */
  readonly horizontalAlignment?: string | undefined;
  /** `TOP`, `MIDDLE`, `BOTTOM` */
  readonly verticalAlignment?: string | undefined;
  /** `OVERFLOW_CELL`, `CLIP`, `WRAP` */
  readonly wrapStrategy?: string | undefined;
  readonly textFormat?:
    | {
        readonly foregroundColor?: Color | undefined;
        readonly fontFamily?: string | undefined;
        /** Points. */
        readonly fontSize?: number | undefined;
        readonly bold?: boolean | undefined;
        readonly italic?: boolean | undefined;
        readonly underline?: boolean | undefined;
        readonly strikethrough?: boolean | undefined;
        /** Of the whole cell. */
        readonly link?: { readonly uri?: string | undefined } | undefined;
      }
    | undefined;
}

export interface GridCell {
  readonly input: CellInput;
  readonly format: CellFormat;
}

/** Rows and columns from 0; ends are exclusive, as in the API's GridRange. */
export interface GridArea {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export interface TabGrid {
  readonly title: string;
  /** Only as many rows and cells as are used; every row may have its own length. */
  readonly rows: readonly (readonly GridCell[])[];
  /** Pixels, one for each used column. */
  readonly columnWidthsPx: readonly number[];
  /** Pixels, one for each used row. */
  readonly rowHeightsPx: readonly number[];
  readonly merges: readonly GridArea[];
  readonly frozenRows: number;
  readonly frozenColumns: number;
  /** From 0, of those used; absent for none. */
  readonly hiddenRows?: ReadonlySet<number>;
  readonly hiddenColumns?: ReadonlySet<number>;
}

/** `0` → `A`, `26` → `AA`. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** `A` → `0`, `AA` → `26`. */
export function columnIndex(name: string): number {
  let index = 0;
  for (const letter of name.toUpperCase()) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/** A1 name of a cell, from 0-based row and column. */
export function cellName(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

/** A tab's title as it must stand in a range: `'Bob''s tab'`. */
export function quotedTitle(title: string): string {
  return `'${title.replace(/'/g, "''")}'`;
}

/** `'Purser settings'!B7` */
export function cellAddress(title: string, row: number, column: number): string {
  return `${quotedTitle(title)}!${cellName(row, column)}`;
}
