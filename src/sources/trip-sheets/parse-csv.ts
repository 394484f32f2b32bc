/** Text with separators to cells: RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), and what programs make of it. */
import type { Cell, Row, Tab, TabProblem } from './tab.ts';
import { cellName, cellText, isErrorText, LONGEST_CELL } from './tab.ts';

const SEPARATORS = [',', ';', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** Enough of a file to guess its separator from. */
const SAMPLE_CHARACTERS = 20_000;

export interface CsvRows {
  readonly rows: readonly (readonly string[])[];
  /** The row, from 1, whose quote is never closed; null when all are. From there on quotes are plain characters. */
  readonly openQuoteRow: number | null;
}

/**
 * All rows with all their fields, blank ones too, as written. Lines may end in CR, LF or both; a last line end makes
 * no further row. A quote inside an unquoted field is a character.
 */
export function parseCsv(text: string, separator: Separator): CsvRows {
  const rows: string[][] = [];
  let row: string[] = [];
  let openQuoteRow: number | null = null;
  let at = 0;
  let ended = true;
  while (at < text.length || !ended) {
    let field = '';
    ended = true;
    if (text[at] === '"' && openQuoteRow === null) {
      const quoted = quotedField(text, at);
      if (quoted === null) openQuoteRow = rows.length + 1;
      else {
        field = quoted.field;
        at = quoted.end;
      }
    }
    const end = fieldEnd(text, at, separator);
    row.push(field + text.slice(at, end));
    at = end;
    if (text[at] === separator) {
      at += 1;
      ended = false;
    } else {
      at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
      rows.push(row);
      row = [];
    }
  }
  return { rows, openQuoteRow };
}

/** The field from its opening quote on; null when the quote is never closed. */
function quotedField(text: string, start: number): { readonly field: string; readonly end: number } | null {
  const pieces: string[] = [];
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return null;
    pieces.push(text.slice(at, quote));
    if (text[quote + 1] !== '"') return { field: pieces.join('"'), end: quote + 1 };
    at = quote + 2;
  }
}

function fieldEnd(text: string, start: number, separator: Separator): number {
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === separator || character === '\n' || character === '\r') return at;
  }
  return text.length;
}

/**
 * The separator by which most cells are words that `isLabel` knows; without any, the one that cuts the most rows
 * into equally many fields. A first line `sep=;`, which Excel takes and writes, decides.
 */
export function guessSeparator(text: string, isLabel: (cell: string) => boolean): Separator {
  const said = /^sep=([,;\t|])\r?\n/i.exec(text)?.[1];
  const known = SEPARATORS.find((separator) => separator === said);
  if (known !== undefined) return known;
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  let best: Separator = ',';
  let most = 0;
  for (const separator of SEPARATORS) {
    const score = scoreOf(parseCsv(sample, separator).rows, isLabel);
    if (score > most) [best, most] = [separator, score];
  }
  return best;
}

function scoreOf(rows: CsvRows['rows'], isLabel: (cell: string) => boolean): number {
  const cut = rows.filter((row) => row.length > 1);
  const labels = cut.flat().filter((cell) => isLabel(cell)).length;
  const widths = new Map<number, number>();
  for (const { length } of cut) widths.set(length, (widths.get(length) ?? 0) + 1);
  return labels * 1000 + Math.max(0, ...widths.values());
}

/** The rows of a CSV file as a tab; failed formulas, which a spreadsheet exports as `#REF!`, are problems. */
export function csvTab(text: string, separator: Separator): Tab {
  const skipped = /^sep=.\r?\n/i.exec(text)?.[0].length ?? 0;
  const parsed = parseCsv(text.slice(skipped), separator);
  const firstNumber = skipped > 0 ? 2 : 1;
  const problems: TabProblem[] = [];
  if (parsed.openQuoteRow !== null) {
    const row = parsed.openQuoteRow + firstNumber - 1;
    problems.push({ row, what: `A quotation mark in row ${row} is never closed.` });
  }
  const rows: Row[] = [];
  parsed.rows.forEach((fields, index) => {
    const number = index + firstNumber;
    const cells: Cell[] = [];
    fields.forEach((field, column) => {
      const text = field.trim();
      if (isErrorText(text)) {
        problems.push({ row: number, what: `The formula of ${cellName(number, column)} failed: ${text}.` });
      } else if (text !== '') cells.push({ column, text: cellText(text) });
      if (text.length > LONGEST_CELL) {
        problems.push({
          row: number,
          what: `The text of ${cellName(number, column)} is too long to be read whole.`,
        });
      }
    });
    if (cells.length > 0) rows.push({ number, cells });
  });
  return { name: '', hidden: false, rows, wideCells: [], problems };
}
