/** Text as it may stand in the XML of a workbook. */
import { cellText, LONGEST_CELL_TEXT } from '../../statement/cell-text.ts';

const UNFIT = /[^\t\n\u0020-\ud7ff\ue000-\ufffd]/;
const MARKUP = /[&<>"]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** The text as a cell can hold it; nearly every text is already, and that is quickly seen. */
export function fitText(text: string): string {
  return text.length > LONGEST_CELL_TEXT || UNFIT.test(text) ? cellText(text) : text;
}

/** Escaped for element content and for attributes in double quotes; what XML can't hold becomes U+FFFD. */
export function escapeXml(text: string): string {
  return fitText(text).replace(MARKUP, (character) => ENTITIES[character] ?? character);
}

const ESCAPE_LIKE = /_(?=x[0-9a-f]{4}_)/gi;

/**
 * The same for SpreadsheetML's ST_Xstring, where readers take `_x0041_` for `A`: its underscore is written as
 * `_x005F_` (ECMA-376 part 1, 22.9.2.19). Some readers ignore the case of the `x`.
 */
export function escapeXstring(text: string): string {
  const escaped = escapeXml(text);
  return escaped.includes('_') ? escaped.replace(ESCAPE_LIKE, '_x005F_') : escaped;
}

/** Whether the text has what looks like an escape: inside formulas and their results readers don't agree on it. */
export function hasEscapeLike(text: string): boolean {
  return text.search(ESCAPE_LIKE) >= 0;
}

/** A `<t>` element; XML readers drop outer blanks without `xml:space`. */
export function textElement(text: string): string {
  const space = /^\s|\s$|\n|\t| {2}/.test(text) ? ' xml:space="preserve"' : '';
  return `<t${space}>${escapeXstring(text)}</t>`;
}
