/** One cell's XML: its value or formula, its type, its style. */
import type { CellFormat } from '../../statement/grid.ts';
import type { PlannedCell } from '../../statement/sheet-plan.ts';
import { excelFormula } from './excel-formula.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { StyleNeeds, Styles } from './styles.ts';
import { escapeXml, fitText, hasEscapeLike } from './xml-text.ts';

type CellValue = string | number | boolean | null;

/** What the sheet shows in a cell; an error is its name (`#DIV/0!`), an empty cell null. */
export type Computed = (row: number, column: number) => CellValue;

/** Writes the cells of one sheet, row by row from the left. */
export type CellWriter = (cell: PlannedCell, row: number, column: number, name: string) => string;

const PLAIN: StyleNeeds = { quoted: false, wrapped: false };
/** Excel takes what is typed as a formula when it begins so; an apostrophe it takes for its own quote. */
const LOOKS_LIKE_FORMULA = /^[=+\-@']/;

export function createCellWriter(computed: Computed, styles: Styles, strings: SharedStrings): CellWriter {
  let hasUnwrittenFormula = false;

  const blank = (format: CellFormat, name: string): string => {
    const style = styles.indexOf(format, PLAIN);
    return style === 0 ? '' : `<c r="${name}" s="${style}"/>`;
  };

  const textCell = (content: string, format: CellFormat, name: string): string => {
    if (content === '') return blank(format, name);
    const text = fitText(content);
    const style = styles.indexOf(format, needsOf(text));
    return `<c r="${name}"${styled(style)} t="s"><v>${strings.indexOf(text)}</v></c>`;
  };

  const valueCell = (value: CellValue, format: CellFormat, name: string): string => {
    if (value === null) return blank(format, name);
    if (typeof value === 'string' && !ERRORS.has(value)) return textCell(value, format, name);
    const { type, content } = literal(value);
    return `<c r="${name}"${styled(styles.indexOf(format, PLAIN))}${typed(type)}><v>${content}</v></c>`;
  };

  const formulaCell = (formula: string, value: CellValue, format: CellFormat, name: string): string => {
    const excel = isReadAlike(formula, value) ? excelFormula(formula) : null;
    if (excel === null) {
      hasUnwrittenFormula = true;
      return valueCell(value, format, name);
    }
    const wrapped = typeof value === 'string' && value.includes('\n');
    const style = styles.indexOf(format, wrapped ? { quoted: false, wrapped } : PLAIN);
    const { type, content } = literal(value ?? '');
    const array = excel.isArray ? ` t="array" ref="${name}"` : '';
    const words = escapeXml(excel.text);
    return `<c r="${name}"${styled(style)}${typed(type)}><f${array}>${words}</f><v>${content}</v></c>`;
  };

  return ({ input, format }, row, column, name) => {
    switch (input.kind) {
      case 'text':
        return textCell(input.text, format, name);
      case 'number':
        return valueCell(input.number, format, name);
      case 'boolean':
        return valueCell(input.boolean, format, name);
      case 'formula':
        return formulaCell(input.formula, computed(row, column), format, name);
      case 'blank':
        // Only a formula that isn't written (ARRAYFORMULA, QUERY) can have filled a cell that has no input.
        return hasUnwrittenFormula ? valueCell(computed(row, column), format, name) : blank(format, name);
    }
  };
}

/** What Sheets itself could not read, Excel can't either. */
function isReadAlike(formula: string, value: CellValue): boolean {
  if (value === '#ERROR!' || value === '#NAME?' || hasEscapeLike(formula)) return false;
  return typeof value !== 'string' || !hasEscapeLike(value);
}

function styled(style: number): string {
  return style === 0 ? '' : ` s="${style}"`;
}

function typed(type: string): string {
  return type === 'n' ? '' : ` t="${type}"`;
}

function needsOf(text: string): StyleNeeds {
  const quoted = LOOKS_LIKE_FORMULA.test(text);
  const wrapped = text.includes('\n');
  return quoted || wrapped ? { quoted, wrapped } : PLAIN;
}

/** Sheets' errors as ST_CellErrorType (ECMA-376 part 1, 18.18.11); a parse error is Sheets' own. */
const ERRORS = new Map([
  ['#DIV/0!', '#DIV/0!'],
  ['#N/A', '#N/A'],
  ['#NAME?', '#NAME?'],
  ['#NULL!', '#NULL!'],
  ['#NUM!', '#NUM!'],
  ['#REF!', '#REF!'],
  ['#VALUE!', '#VALUE!'],
  ['#ERROR!', '#VALUE!'],
]);

function literal(value: string | number | boolean): { type: 'n' | 'b' | 'e' | 'str'; content: string } {
  if (typeof value === 'boolean') return { type: 'b', content: value ? '1' : '0' };
  if (typeof value === 'number') {
    return Number.isFinite(value) ? { type: 'n', content: String(value) } : { type: 'e', content: '#NUM!' };
  }
  const error = ERRORS.get(value);
  return error === undefined ? { type: 'str', content: escapeXml(value) } : { type: 'e', content: error };
}
