/**
 * The sheet plan: every cell of the month tab, with what verify must find there. The tab and the XLSX are both
 * made from it.
 */
import { cellText } from './cell-text.ts';
import { copyDown, growReferences, referencesOf } from './formula.ts';
import type { CellFormat, CellInput, GridArea, GridCell, TabGrid } from './grid.ts';
import { BLANK } from './grid.ts';
import type { Cents } from './money.ts';
import { cellDollars } from './money.ts';
import { dateSerial } from './month.ts';
import { withFittingNumberFormat } from './number-fit.ts';
import type { PlaceholderValue } from './placeholders.ts';
import { fillText, lonePlaceholder, placeholdersIn, placeholderValue } from './placeholders.ts';
import type { Statement, StatementLine } from './statement.ts';
import type { Template } from './template.ts';
import { wrappedHeightPx } from './text-height.ts';

/** What the cell must read once the sheet has calculated. */
export type CellCheck =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  /** Equal to the cent, however the sheet added it up. */
  | { readonly kind: 'cents'; readonly cents: Cents }
  | { readonly kind: 'blank' }
  | { readonly kind: 'no-error' };

export interface PlannedCell {
  readonly input: CellInput;
  readonly format: CellFormat;
  /** Null for what the Template itself says: nobody's figure. */
  readonly check: CellCheck | null;
  /** Whether the cell's content comes from a placeholder. */
  readonly filled: boolean;
}

export interface SheetPlan {
  readonly title: string;
  readonly rows: readonly (readonly PlannedCell[])[];
  readonly rowHeightsPx: readonly number[];
  readonly columnWidthsPx: readonly number[];
  readonly merges: readonly GridArea[];
  readonly frozenRows: number;
  readonly frozenColumns: number;
  /** From 0; absent for none. */
  readonly hiddenRows?: ReadonlySet<number>;
  readonly hiddenColumns?: ReadonlySet<number>;
  /** From 0: where the prototype row stands in the Template. */
  readonly prototypeRow: number;
  /** Rows from the prototype row on; 1, blank, for an empty month. */
  readonly charterRows: number;
}

export function makeSheetPlan(template: Template, statement: Statement, title: string): SheetPlan {
  const { grid, prototypeRow } = template;
  const charterRows = Math.max(1, statement.lines.length);
  const added = charterRows - 1;
  const prototype = (grid.rows[prototypeRow] ?? []).map((cell) => fitPrototype(cell, statement));
  const rows: PlannedCell[][] = [];
  const rowHeightsPx: number[] = [];
  grid.rows.forEach((cells, row) => {
    const height = grid.rowHeightsPx[row] ?? 21;
    if (row !== prototypeRow) {
      const planned = cells.map((cell) =>
        planCell(cell, statement, null, (formula) => growReferences(formula, prototypeRow, added, false)),
      );
      rows.push(planned);
      rowHeightsPx.push(Math.max(height, filledHeightPx(planned, row, grid)));
      return;
    }
    const grown = prototype.map((cell) => growPrototype(cell, prototypeRow, added));
    for (let index = 0; index < charterRows; index++) {
      const line = statement.lines[index] ?? null;
      rows.push(
        line === null
          ? grown.map((cell) => ({ ...cell, input: BLANK, check: { kind: 'blank' }, filled: true }))
          : grown.map((cell) => planCell(cell, statement, line, (formula) => copyDown(formula, index))),
      );
      rowHeightsPx.push(height);
    }
  });
  const sums = columnSums(prototype, statement);
  return {
    title,
    rows: rows.map((cells) => cells.map((cell) => withSumCheck(cell, sums, rows, prototypeRow, charterRows))),
    rowHeightsPx,
    columnWidthsPx: grid.columnWidthsPx,
    merges: planMerges(grid.merges, prototypeRow, charterRows),
    hiddenRows: planHiddenRows(grid.hiddenRows, prototypeRow, charterRows),
    hiddenColumns: grid.hiddenColumns ?? new Set(),
    frozenRows: grid.frozenRows,
    frozenColumns: grid.frozenColumns,
    prototypeRow,
    charterRows,
  };
}

/** Excel's rows end at 409.5 points. */
const HIGHEST_ROW_PX = 545;

/**
 * What a row needs for the wrapped texts that placeholders put into it; 0 for none. Neither Sheets nor Excel fits a
 * row to a merged cell.
 */
function filledHeightPx(cells: readonly PlannedCell[], row: number, grid: TabGrid): number {
  const needed = cells.map(({ input, format, filled }, column) => {
    if (!filled || input.kind !== 'text' || format.wrapStrategy !== 'WRAP') return 0;
    const merge = grid.merges.find((one) => one.startRow === row && one.startColumn === column);
    if (merge !== undefined && merge.endRow > row + 1) return 0;
    const endColumn = merge?.endColumn ?? column + 1;
    let widthPx = 0;
    for (let at = column; at < endColumn; at++) {
      if (grid.hiddenColumns?.has(at) !== true) widthPx += grid.columnWidthsPx[at] ?? DEFAULT_COLUMN_PX;
    }
    const { fontSize = DEFAULT_FONT_POINTS, bold = false } = format.textFormat ?? {};
    return widthPx === 0 ? 0 : wrappedHeightPx(input.text, widthPx, fontSize, bold);
  });
  return Math.min(HIGHEST_ROW_PX, Math.max(0, ...needed));
}

/** What a spreadsheet has where nothing is said. */
const DEFAULT_COLUMN_PX = 100;
const DEFAULT_FONT_POINTS = 10;

/** With the number format that the charters' values need, so that a charter without a value has it too. */
function fitPrototype(cell: GridCell, statement: Statement): GridCell {
  const name = cell.input.kind === 'text' ? lonePlaceholder(cell.input.text) : null;
  if (name === null) return cell;
  for (const line of statement.lines) {
    const value = placeholderValue(name, statement, line);
    if (value.kind !== 'nothing')
      return { ...cell, format: withFittingNumberFormat(cell.format, value.kind) };
  }
  return cell;
}

function growPrototype(cell: GridCell, prototypeRow: number, added: number): GridCell {
  if (cell.input.kind !== 'formula') return cell;
  return {
    ...cell,
    input: { kind: 'formula', formula: growReferences(cell.input.formula, prototypeRow, added, true) },
  };
}

function planCell(
  cell: GridCell,
  statement: Statement,
  line: StatementLine | null,
  moved: (formula: string) => string,
): PlannedCell {
  const { input, format } = cell;
  if (input.kind === 'formula') {
    return {
      input: { kind: 'formula', formula: moved(input.formula) },
      format,
      check: { kind: 'no-error' },
      filled: false,
    };
  }
  if (input.kind !== 'text' || placeholdersIn(input.text).length === 0) {
    return { input, format, check: null, filled: false };
  }
  const lone = lonePlaceholder(input.text);
  if (lone !== null) return typedCell(placeholderValue(lone, statement, line), format);
  return textCell(cellText(fillText(input.text, statement, line)), format);
}

function typedCell(value: PlaceholderValue, format: CellFormat): PlannedCell {
  const fitting = withFittingNumberFormat(format, value.kind);
  switch (value.kind) {
    case 'text':
      return textCell(value.text, format);
    case 'count':
      return numberCell(value.count, fitting, { kind: 'number', number: value.count });
    case 'money':
      return numberCell(cellDollars(value.cents), fitting, { kind: 'cents', cents: value.cents });
    case 'date': {
      const serial = dateSerial(value.date);
      return numberCell(serial, fitting, { kind: 'number', number: serial });
    }
    case 'nothing':
      return { input: BLANK, format, check: { kind: 'blank' }, filled: true };
  }
}

function textCell(text: string, format: CellFormat): PlannedCell {
  if (text === '') return { input: BLANK, format, check: { kind: 'blank' }, filled: true };
  return { input: { kind: 'text', text }, format, check: { kind: 'text', text }, filled: true };
}

function numberCell(number: number, format: CellFormat, check: CellCheck): PlannedCell {
  return { input: { kind: 'number', number }, format, check, filled: true };
}

/** What a SUM over a column must come to, for the columns whose prototype cell is one number. */
function columnSums(prototype: readonly GridCell[], statement: Statement): Map<number, CellCheck> {
  const sums = new Map<number, CellCheck>();
  prototype.forEach(({ input }, column) => {
    const name = input.kind === 'text' ? lonePlaceholder(input.text) : null;
    if (name === null) return;
    const values = statement.lines.map((line) => placeholderValue(name, statement, line));
    if (values.every((value) => value.kind === 'money' || value.kind === 'nothing')) {
      const cents = values.reduce((sum, value) => sum + (value.kind === 'money' ? value.cents : 0), 0);
      sums.set(column, { kind: 'cents', cents });
    } else if (values.every((value) => value.kind === 'count')) {
      const number = values.reduce((sum, value) => sum + (value.kind === 'count' ? value.count : 0), 0);
      sums.set(column, { kind: 'number', number });
    }
  });
  return sums;
}

const SUM = /^=\s*SUM\s*\(([^(),;]+)\)\s*$/i;

/** A formula that is one SUM over the charters' cells of one column, and over nothing else that counts. */
function withSumCheck(
  cell: PlannedCell,
  sums: ReadonlyMap<number, CellCheck>,
  rows: readonly (readonly PlannedCell[])[],
  prototypeRow: number,
  charterRows: number,
): PlannedCell {
  if (cell.input.kind !== 'formula' || !SUM.test(cell.input.formula)) return cell;
  const [reference, ...others] = referencesOf(cell.input.formula);
  if (reference === undefined || others.length > 0 || reference.tab !== '') return cell;
  const { start, end } = reference;
  const last = end ?? start;
  if (start.row === null || last.row === null || start.column === null || start.column !== last.column)
    return cell;
  if (start.row > prototypeRow || last.row < prototypeRow + charterRows - 1) return cell;
  for (let row = start.row; row <= last.row; row++) {
    const inside = row >= prototypeRow && row < prototypeRow + charterRows;
    const kind = rows[row]?.[start.column]?.input.kind;
    if (!inside && (kind === 'number' || kind === 'formula')) return cell;
  }
  const check = sums.get(start.column);
  return check === undefined ? cell : { ...cell, check };
}

function planMerges(merges: readonly GridArea[], prototypeRow: number, charterRows: number): GridArea[] {
  const added = charterRows - 1;
  return merges.flatMap((merge) => {
    if (merge.startRow > prototypeRow) {
      return [{ ...merge, startRow: merge.startRow + added, endRow: merge.endRow + added }];
    }
    if (merge.startRow < prototypeRow) return [merge];
    return Array.from({ length: charterRows }, (_, index) => ({
      ...merge,
      startRow: merge.startRow + index,
      endRow: merge.endRow + index,
    }));
  });
}

/** Every charter's row is hidden when the prototype row is; what stands below moves down. */
function planHiddenRows(
  hidden: ReadonlySet<number> | undefined,
  prototypeRow: number,
  charterRows: number,
): ReadonlySet<number> {
  const planned = new Set<number>();
  for (const row of hidden ?? []) {
    if (row !== prototypeRow) planned.add(row < prototypeRow ? row : row + charterRows - 1);
    else for (let index = 0; index < charterRows; index++) planned.add(row + index);
  }
  return planned;
}
