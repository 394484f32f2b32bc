/** Text from outside, fit for a cell: what neither a spreadsheet nor XML can hold is replaced, never passed on. */

/** Excel's limit is 32,767 characters a cell; Sheets' is 50,000. */
export const LONGEST_CELL_TEXT = 32_000;

/** A quick look that spares most texts the slow one; line breaks and tabs are among the control characters. */
const PERHAPS_UNFIT = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/** One kind of line break, no control characters, no half surrogate pairs, not longer than a cell can be. */
export function cellText(text: string): string {
  if (text.length <= LONGEST_CELL_TEXT && !PERHAPS_UNFIT.test(text)) return text;
  let out = '';
  for (const character of text.replace(/\r\n?/g, '\n')) {
    out += isUnfit(character.codePointAt(0) ?? 0) ? '\ufffd' : character;
  }
  return out.length > LONGEST_CELL_TEXT ? `${wholeCharacters(out, LONGEST_CELL_TEXT - 1)}…` : out;
}

function isUnfit(code: number): boolean {
  if (code < 32) return code !== 9 && code !== 10;
  return (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
}

/** The beginning of a text, at most that many UTF-16 units, never half a character at its end. */
export function wholeCharacters(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
