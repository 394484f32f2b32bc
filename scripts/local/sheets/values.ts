/** `spreadsheets.values`: https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values */
import { cellName, clipped, gridLimitsError, resolveRange, spanName } from './a1.ts';
import { badField, invalid } from './api-error.ts';
import { effectiveNumberFormat } from './cell-format.ts';
import { displayed, numberText } from './display.ts';
import type { Evaluation } from './evaluate.ts';
import type { Cell, ExtendedValue, Json, JsonObject, Span, Tab, Workbook } from './model.ts';
import { cellAt, putCell, withFormat, withValue } from './model.ts';
import { userEntered } from './user-entered.ts';
import { asString, isList } from './validate.ts';

export interface RenderOptions {
  readonly majorDimension: string;
  readonly valueRenderOption: string;
  readonly dateTimeRenderOption: string;
}

export const DEFAULT_RENDER: RenderOptions = {
  majorDimension: 'ROWS',
  valueRenderOption: 'FORMATTED_VALUE',
  dateTimeRenderOption: 'SERIAL_NUMBER',
};

function rendered(
  tab: Tab,
  row: number,
  column: number,
  options: RenderOptions,
  evaluation: Evaluation,
): Json {
  const cell = tab.rows[row]?.[column];
  if (cell?.value === undefined) return '';
  if (options.valueRenderOption === 'FORMULA' && 'formulaValue' in cell.value) return cell.value.formulaValue;
  const computed = evaluation.at(tab, row, column);
  if (computed === undefined) return '';
  const { value, automatic } = computed;
  if (options.valueRenderOption === 'FORMATTED_VALUE') return displayed(value, cell.format, automatic);
  if ('numberValue' in value) {
    const format = effectiveNumberFormat(cell.format, automatic);
    const dated = format !== null && /^(DATE|TIME)/.test(format.type);
    return dated && options.dateTimeRenderOption === 'FORMATTED_STRING'
      ? numberText(value.numberValue, format)
      : value.numberValue;
  }
  if ('boolValue' in value) return value.boolValue;
  return displayed(value, cell.format, automatic);
}

/** Rows or columns of the span; empty ends are cut, as the reference says. */
export function readValues(
  tab: Tab,
  asked: Span,
  options: RenderOptions,
  evaluation: Evaluation,
): JsonObject {
  const span = clipped(tab, asked);
  const byRows = options.majorDimension !== 'COLUMNS';
  const [outerStart, outerEnd, innerStart, innerEnd] = byRows
    ? [span.startRow, span.endRow, span.startColumn, span.endColumn]
    : [span.startColumn, span.endColumn, span.startRow, span.endRow];
  const lines: Json[][] = [];
  let lastLine = 0;
  for (let outer = outerStart; outer < outerEnd; outer++) {
    const line: Json[] = [];
    let last = 0;
    if (!byRows || tab.rows[outer] !== undefined) {
      for (let inner = innerStart; inner < innerEnd; inner++) {
        const [row, column] = byRows ? [outer, inner] : [inner, outer];
        const value = rendered(tab, row, column, options, evaluation);
        line.push(value);
        if (value !== '') last = line.length;
      }
    }
    lines.push(line.slice(0, last));
    if (last > 0) lastLine = lines.length;
  }
  const range = { range: spanName(tab, span), majorDimension: options.majorDimension };
  return lastLine === 0 ? range : { ...range, values: lines.slice(0, lastLine) };
}

export type InputOption = 'RAW' | 'USER_ENTERED';

/** @throws SheetsApiError 400: there is no default. */
export function inputOption(value: Json | undefined): InputOption {
  if (value === 'RAW' || value === 'USER_ENTERED') return value;
  if (value === undefined) throw invalid("'valueInputOption' is required but not specified");
  throw badField(
    'value_input_option',
    `Invalid value at 'value_input_option' (type.googleapis.com/google.apps.sheets.v4.ValueInputOption), "${String(value)}"`,
  );
}

/** The cell after something was written into it: its own number format stays, a new one only where none was. */
export function enteredCell(cell: Cell, input: boolean | number | string, option: InputOption): Cell {
  if (typeof input === 'number') return withValue(cell, { numberValue: input });
  if (typeof input === 'boolean') return withValue(cell, { boolValue: input });
  if (option === 'RAW') {
    const value: ExtendedValue | undefined = input === '' ? undefined : { stringValue: input };
    return withValue(cell, value);
  }
  // A cell formatted as plain text keeps what is typed as text, formulas apart.
  if (cell.format?.numberFormat?.type === 'TEXT' && !input.startsWith('=')) {
    const text = input.startsWith("'") ? input.slice(1) : input;
    return withValue(cell, text === '' ? undefined : { stringValue: text });
  }
  const { value, format } = userEntered(input);
  const filled = withValue(cell, value);
  if (format === null || cell.format?.numberFormat !== undefined) return filled;
  return withFormat(filled, { ...cell.format, numberFormat: format });
}

interface ValueGrid {
  readonly lines: readonly (readonly Json[])[];
  readonly byRows: boolean;
}

function valueGrid(data: JsonObject, path: string): ValueGrid {
  const values = data.values ?? [];
  const refuse = (where: string, value: Json): Error =>
    badField(
      where,
      `Invalid value at '${where}' (type.googleapis.com/google.protobuf.ListValue), ${JSON.stringify(value)}`,
    );
  if (!isList(values)) throw refuse(`${path}.values`, values);
  const lines = values.map((line, index) => {
    if (!isList(line)) throw refuse(`${path}.values[${index}]`, line);
    for (const [at, item] of line.entries()) {
      if (item === null || typeof item !== 'object') continue;
      const kind = Array.isArray(item) ? 'list_value' : 'struct_value';
      throw invalid(`Invalid values[${index}][${at}]: ${kind} ${JSON.stringify(item)}`);
    }
    return line;
  });
  return { lines, byRows: data.majorDimension !== 'COLUMNS' };
}

export interface Written {
  readonly tab: Tab;
  readonly update: JsonObject;
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
}

/** Writes the lines from the span's corner; null skips a cell. Changes `tab`, which must be a copy. */
function writeLines(
  tab: Tab,
  span: Span,
  bounded: boolean,
  grid: ValueGrid,
  option: InputOption,
): Omit<Written, 'tab' | 'update'> {
  const rows = new Set<number>();
  const columns = new Set<number>();
  let cells = 0;
  for (const [outer, line] of grid.lines.entries()) {
    for (const [inner, input] of line.entries()) {
      const row = span.startRow + (grid.byRows ? outer : inner);
      const column = span.startColumn + (grid.byRows ? inner : outer);
      if (bounded && (row >= span.endRow || column >= span.endColumn)) {
        const tried =
          row >= span.endRow ? `row [${row + 1}]` : `column [${cellName(0, column).slice(0, -1)}]`;
        throw invalid(
          `Requested writing within range [${spanName(tab, span)}], but tried writing to ${tried}`,
        );
      }
      if (row >= tab.rowCount || column >= tab.columnCount) throw gridLimitsError(tab, row, column);
      // Null leaves the cell as it is.
      if (typeof input !== 'string' && typeof input !== 'number' && typeof input !== 'boolean') continue;
      putCell(tab, row, column, enteredCell(cellAt(tab, row, column), input, option));
      rows.add(row);
      columns.add(column);
      cells++;
    }
  }
  return { rows: rows.size, columns: columns.size, cells };
}

function updateJson(
  spreadsheetId: string,
  range: string,
  written: Omit<Written, 'tab' | 'update'>,
): JsonObject {
  const counts = {
    updatedRows: written.rows,
    updatedColumns: written.columns,
    updatedCells: written.cells,
  };
  return { spreadsheetId, updatedRange: range, ...(written.cells > 0 ? counts : {}) };
}

/**
 * Writes one ValueRange into the workbook, which must be a copy.
 * @throws SheetsApiError 400 for values beyond the range or the grid: only `append` makes the grid larger.
 */
export function writeValues(
  workbook: Workbook,
  spreadsheetId: string,
  data: JsonObject,
  option: InputOption,
  path: string,
): Written {
  const range = asString(data.range) ?? '';
  const { tab, span, bounded } = resolveRange(workbook, range);
  const grid = valueGrid(data, path);
  const written = writeLines(tab, span, bounded, grid, option);
  const width = grid.lines.reduce((most, line) => Math.max(most, line.length), 0);
  const size = grid.byRows ? [grid.lines.length, width] : [width, grid.lines.length];
  const touched = {
    startRow: span.startRow,
    startColumn: span.startColumn,
    endRow: span.startRow + Math.max(size[0] ?? 1, 1),
    endColumn: span.startColumn + Math.max(size[1] ?? 1, 1),
  };
  const update = updateJson(spreadsheetId, spanName(tab, bounded ? clipped(tab, span) : touched), written);
  return { tab, update, ...written };
}

function rowHolds(tab: Tab, row: number, startColumn: number, endColumn: number): boolean {
  const cells = tab.rows[row];
  if (cells === undefined) return false;
  for (let column = startColumn; column < endColumn; column++) {
    if (cells[column]?.value !== undefined) return true;
  }
  return false;
}

/** The table that touches the asked range, grown to the rows and columns that hold values beside it. */
function tableAt(tab: Tab, span: Span): Span | null {
  const grown = { ...clipped(tab, span) };
  const holds = (part: Span): boolean => {
    for (let row = part.startRow; row < part.endRow; row++) {
      if (rowHolds(tab, row, part.startColumn, part.endColumn)) return true;
    }
    return false;
  };
  if (!holds(grown)) return null;
  while (
    grown.endRow > grown.startRow &&
    !rowHolds(tab, grown.endRow - 1, grown.startColumn, grown.endColumn)
  ) {
    grown.endRow--;
  }
  for (let changed = true; changed; ) {
    changed = false;
    if (grown.endRow < tab.rowCount && rowHolds(tab, grown.endRow, grown.startColumn, grown.endColumn)) {
      grown.endRow++;
      changed = true;
    }
    const right = { ...grown, startColumn: grown.endColumn, endColumn: grown.endColumn + 1 };
    if (right.endColumn <= tab.columnCount && holds(right)) {
      grown.endColumn++;
      changed = true;
    }
  }
  return grown;
}

/**
 * Appends after the table that the range touches; adds rows to the grid when it ends too early.
 * https://developers.google.com/workspace/sheets/api/guides/values#append_values
 */
export function appendValues(
  workbook: Workbook,
  spreadsheetId: string,
  range: string,
  data: JsonObject,
  option: InputOption,
  grow: { readonly insertRows: ((tab: Tab, at: number, count: number) => void) | null },
): JsonObject {
  const { tab, span } = resolveRange(workbook, range);
  const grid = valueGrid(data, 'data');
  if (!grid.byRows) throw invalid('Append needs majorDimension ROWS.');
  const table = tableAt(tab, span);
  const startRow = table?.endRow ?? span.startRow;
  const startColumn = table?.startColumn ?? span.startColumn;
  const endRow = startRow + grid.lines.length;
  if (startRow < tab.rowCount) grow.insertRows?.(tab, startRow, grid.lines.length);
  tab.rowCount = Math.max(tab.rowCount, endRow);
  const width = Math.max(...grid.lines.map((line) => line.length), 1);
  const target = {
    startRow,
    endRow: Math.max(endRow, startRow + 1),
    startColumn,
    endColumn: startColumn + width,
  };
  const written = writeLines(tab, target, true, grid, option);
  const updates = updateJson(spreadsheetId, spanName(tab, target), written);
  const found = table === null ? {} : { tableRange: spanName(tab, table) };
  return { spreadsheetId, ...found, updates };
}

/** Clears the values of a range, formats stay; answers the range that was cleared. */
export function clearValues(workbook: Workbook, range: string): string {
  const { tab, span: asked } = resolveRange(workbook, range);
  const span = clipped(tab, asked);
  const endRow = Math.min(span.endRow, tab.rows.length);
  for (let row = span.startRow; row < endRow; row++) {
    for (let column = span.startColumn; column < span.endColumn; column++) {
      const cell = tab.rows[row]?.[column];
      if (cell?.value !== undefined) putCell(tab, row, column, withValue(cell, undefined));
    }
  }
  return spanName(tab, span);
}
