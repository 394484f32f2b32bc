/** Formulas of Sheets in the terms of the engine. */
import type { Reference } from './formula.ts';
import { piecesOf, referenceText } from './formula.ts';
import type { Tab, Workbook } from './model.ts';
import { tabByTitle } from './model.ts';

/** The engine's grid is Excel's. */
const LAST_ROW = 1_048_576;

/** Engine tabs have names of their own, so that any title will do and a rename costs nothing. */
export const engineName = (tab: Tab): string => `T${tab.sheetId}`;

/** Indexes into `text` of the commas and the closing bracket of the call whose bracket opens at `open`. */
function callShape(text: string, open: number): { commas: number; close: number } | null {
  let depth = 0;
  let commas = 0;
  let quote = '';
  for (let at = open; at < text.length; at++) {
    const letter = text.charAt(at);
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '(' || letter === '{') depth++;
    else if (letter === ')' || letter === '}') {
      depth--;
      if (depth === 0) return { commas, close: at };
    } else if (letter === ',' && depth === 1) commas++;
  }
  return null;
}

/** Functions that Sheets has in a form that the engine lacks, put in terms of others. */
function inEngineTerms(formula: string): string {
  let text = formula;
  for (const name of ['HYPERLINK', 'IFERROR', 'ARRAYFORMULA']) {
    const pattern = new RegExp(`\\b${name}\\(`, 'gi');
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const open = match.index + name.length;
      const shape = callShape(text, open);
      if (shape === null) return text;
      const [head, inner, tail] = [
        text.slice(0, match.index),
        text.slice(open + 1, shape.close),
        text.slice(shape.close),
      ];
      if (name === 'HYPERLINK') text = `${head}CHOOSE(${shape.commas === 0 ? 1 : 2},${inner}${tail}`;
      else if (name === 'ARRAYFORMULA') text = `${head}(${inner}${tail}`;
      else if (shape.commas === 0) text = `${head}IFERROR(${inner},""${tail}`;
    }
  }
  return text;
}

/** With engine names for tabs, and #REF! for a tab that there is not. */
export function engineFormula(workbook: Workbook, formula: string): string {
  const text = piecesOf(formula)
    .map((piece) => {
      if ('text' in piece) return piece.text;
      const { reference } = piece;
      const tab = reference.title === null ? null : tabByTitle(workbook, reference.title);
      if (tab === undefined) return '#REF!';
      const title = tab === null ? null : engineName(tab);
      return referenceText({ ...closed(reference), title });
    })
    .join('');
  return inEngineTerms(text);
}

/** `A5:A` is Sheets' own; the engine wants an end. */
function closed(reference: Reference): Reference {
  const { start, end } = reference;
  if (end === null || end.row !== null || start.row === null) return reference;
  return { ...reference, end: { ...end, row: LAST_ROW - 1 } };
}
