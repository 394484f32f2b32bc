/** One worksheet's XML to rows of text cells (ECMA-376 part 1, 18.3.1). */
import { DAYS_TO_1904, dateText } from './number-format.ts';
import { scanXml, xmlText } from './scan-xml.ts';
import type { Cell, Row, Tab, TabProblem, WideCell } from './tab.ts';
import { cellName, cellText, LONGEST_CELL } from './tab.ts';

export interface Styles {
  /** By cell style: whether its numbers are dates. */
  readonly dates: readonly boolean[];
}

interface SheetContext {
  readonly strings: readonly string[];
  readonly styles: Styles;
  readonly from1904: boolean;
}

interface RawCell {
  column: number;
  type: string;
  style: number;
  formula: boolean;
  value: string;
  inline: string;
}

/** Null when the XML is cut off or has a text that the workbook does not hold. */
export function readSheet(xml: string, context: SheetContext): Omit<Tab, 'name' | 'hidden'> | null {
  const rows: Row[] = [];
  const wideCells: WideCell[] = [];
  const problems: TabProblem[] = [];
  let rowNumber = 0;
  let column = -1;
  let cells: Cell[] = [];
  let cell: RawCell | null = null;
  let into: 'value' | 'inline' | null = null;
  let inReading = false;
  let damaged = false;

  const finishCell = (raw: RawCell) => {
    const read = readCell(raw, context);
    if (read === null) {
      damaged = true;
      return;
    }
    const at = cellName(rowNumber, raw.column);
    if (read.failed !== null) problems.push({ row: rowNumber, what: `The formula of ${at} ${read.failed}.` });
    if (read.text.length > LONGEST_CELL) {
      problems.push({ row: rowNumber, what: `The text of ${at} is too long to be read whole.` });
    }
    if (read.text !== '') cells.push({ column: raw.column, text: cellText(read.text) });
  };

  const whole = scanXml(xml, {
    open(name, attribute) {
      switch (name) {
        case 'row':
          rowNumber = wholeNumber(attribute('r')) ?? rowNumber + 1;
          column = -1;
          cells = [];
          break;
        case 'c':
          column = columnOf(attribute('r')) ?? column + 1;
          cell = {
            column,
            type: attribute('t') ?? 'n',
            style: wholeNumber(attribute('s')) ?? 0,
            formula: false,
            value: '',
            inline: '',
          };
          break;
        case 'f':
          if (cell !== null) cell.formula = true;
          break;
        case 'v':
          into = 'value';
          break;
        case 'rPh':
          inReading = true;
          break;
        case 't':
          into = inReading ? null : 'inline';
          break;
        case 'mergeCell': {
          const wide = wideCellOf(attribute('ref') ?? '');
          if (wide !== null) wideCells.push(wide);
          break;
        }
      }
    },
    close(name) {
      into = null;
      if (name === 'rPh') inReading = false;
      if (name === 'c' && cell !== null) {
        finishCell(cell);
        cell = null;
      }
      if (name === 'row' && cells.length > 0) {
        rows.push({ number: rowNumber, cells: [...cells].sort((a, b) => a.column - b.column) });
        cells = [];
      }
    },
    text(raw) {
      if (cell !== null && into !== null) cell[into] += xmlText(raw);
    },
  });
  if (!whole || damaged) return null;
  return { rows, wideCells, problems };
}

/** Null for a text that the workbook does not hold. `failed` ends a sentence about the formula. */
function readCell(
  raw: RawCell,
  { strings, styles, from1904 }: SheetContext,
): { readonly text: string; readonly failed: string | null } | null {
  const value = raw.value.trim();
  const good = (text: string) => ({ text: text.trim(), failed: null });
  switch (raw.type) {
    case 's': {
      if (value === '') return good('');
      const text = strings[Number(value)];
      return text === undefined ? null : good(unescapeControls(text));
    }
    case 'inlineStr':
      return good(unescapeControls(raw.inline));
    case 'str':
      return good(unescapeControls(raw.value));
    case 'e':
      return { text: '', failed: `failed: ${value === '' ? 'its error is not said' : value}` };
    case 'b':
      return good(value === '' ? '' : value === '1' || value === 'true' ? 'TRUE' : 'FALSE');
    case 'd':
      return good(value.replace(/T00:00(:00(\.0+)?)?Z?$/, '').replace(/T(\d\d:\d\d)\S*$/, ' $1'));
  }
  if (value === '') {
    // A program that does not calculate leaves formulas without values.
    return { text: '', failed: raw.formula ? 'has no saved value' : null };
  }
  const number = Number(value);
  if (!Number.isFinite(number)) return good(value);
  const date = styles.dates[raw.style]
    ? dateText(from1904 && number >= 1 ? number + DAYS_TO_1904 : number)
    : null;
  // Fifteen digits are what a spreadsheet keeps: 0.1 + 0.2 is 0.3.
  return good(date ?? String(Number(number.toPrecision(15))));
}

/** Characters that XML can't hold are written as `_x000D_` (ECMA-376 part 1, 22.9.2.19). */
function unescapeControls(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** Of `C12`, from 0. */
function columnOf(reference: string | null): number | null {
  const letters = /^\$?([A-Z]{1,3})\$?\d*$/i.exec(reference ?? '')?.[1];
  if (letters === undefined) return null;
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}

function wideCellOf(reference: string): WideCell | null {
  const [first = '', last = ''] = reference.split(':');
  const firstColumn = columnOf(first);
  const lastColumn = columnOf(last);
  const row = wholeNumber(first.replace(/\D/g, ''));
  if (firstColumn === null || lastColumn === null || row === null || lastColumn <= firstColumn) return null;
  return { row, firstColumn, lastColumn };
}
