/** Number formats of Sheets as Excel's format codes: nearly one language, but Excel repairs a file that strays. */
import type { CellFormat } from '../../statement/grid.ts';

/**
 * What Sheets shows for a type without a pattern, in the US locale; dates as the house writes them.
 * developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells#NumberFormatType
 */
const OF_TYPE: Readonly<Record<string, string>> = {
  TEXT: '@',
  NUMBER: '#,##0.00',
  PERCENT: '0.00%',
  CURRENCY: '"$"#,##0.00',
  DATE: 'yyyy-mm-dd',
  TIME: 'h:mm:ss AM/PM',
  DATE_TIME: 'yyyy-mm-dd h:mm:ss',
  SCIENTIFIC: '0.00E+00',
};

const GENERAL = 'General';
/** support.microsoft.com/office/excel-specifications-and-limits: nothing longer is taken. */
const LONGEST_CODE = 255;

/** Excel's format code for a cell's number format; `General` for none, and for what Excel could not read. */
export function excelFormatCode(format: CellFormat['numberFormat']): string {
  if (format === undefined) return GENERAL;
  const fallback = OF_TYPE[format.type ?? ''] ?? GENERAL;
  const pattern = format.pattern ?? '';
  if (pattern === '') return fallback;
  const code = translate(pattern);
  return code === null || code === '' || code.length > LONGEST_CODE ? fallback : code;
}

/**
 * Token by token. Sheets: developers.google.com/workspace/sheets/api/guides/formats; Excel: ECMA-376 part 1,
 * 18.8.31. Groups: 1 quoted, 2 escaped, 3 width or fill, 4 bracket, 5 am/pm, 6 General, 7 date, 8 exponent,
 * 9 digit, 10 sign that both know.
 */
const TOKEN =
  /("[^"]*"?)|(\\[\s\S]?)|([_*][\s\S]?)|(\[[^\]]*\]?)|(am\/pm|a\/p)|(general)|(y+|m+|d+|h+|s+)|(e[+-])|([0#?])|([.,%/@;$\-+():!^&'~{}<>= ])|[\s\S]/giu;

function translate(pattern: string): string | null {
  let code = '';
  let sections = 1;
  let kinds = new Set<'date' | 'number' | 'text'>();
  let inFraction = false;
  for (const found of pattern.matchAll(TOKEN)) {
    const [token, quoted, escaped, spaced, bracket, half, general, date, exponent, digit, sign] = found;
    const fractionGoesOn = inFraction && digit === '0';
    if (!fractionGoesOn) inFraction = false;
    if (quoted !== undefined) {
      code += quoted.length > 1 && quoted.endsWith('"') ? quoted : `${quoted}"`;
    } else if (escaped !== undefined) {
      code += literal(escaped.slice(1));
    } else if (spaced !== undefined) {
      if (spaced.length === 2) code += spaced;
    } else if (bracket !== undefined) {
      const kept = excelBracket(bracket.replace(/^\[|\]$/g, ''));
      if (kept.isTime) kinds.add('date');
      code += kept.code;
    } else if (half !== undefined) {
      kinds.add('date');
      code += half.toUpperCase();
    } else if (general !== undefined) {
      kinds.add('number');
      code += GENERAL;
    } else if (date !== undefined) {
      kinds.add('date');
      code += excelDatePart(date.toLowerCase());
    } else if (exponent !== undefined) {
      kinds.add('number');
      code += exponent.toUpperCase();
    } else if (digit !== undefined) {
      if (!fractionGoesOn) kinds.add('number');
      code += digit;
    } else if (sign !== undefined) {
      if (sign === '.' && kinds.has('date')) inFraction = true;
      if (sign === '%') kinds.add('number');
      if (sign === '@') kinds.add('text');
      if (sign === ';') {
        sections++;
        if (kinds.size > 1) return null;
        kinds = new Set();
      }
      code += sign;
    } else {
      code += literal(token);
    }
  }
  return sections > 4 || kinds.size > 1 ? null : code;
}

function literal(character: string): string {
  if (character === '') return '';
  return character.length > 1 || character > '~' ? `"${character}"` : `\\${character}`;
}

function excelDatePart(letters: string): string {
  const longest: Readonly<Record<string, number>> = { m: 5, d: 4, h: 2, s: 2 };
  const letter = letters.charAt(0);
  if (letter === 'y') return letters.length > 2 ? 'yyyy' : 'yy';
  if (letter === 'm' && letters.length > 5) return 'mmmm';
  return letters.slice(0, longest[letter] ?? 1);
}

const COLOR_NAME = /^(black|blue|cyan|green|magenta|red|white|yellow)$/i;
const COLOR_NUMBER = /^color\s?(\d{1,2})$/i;
const CONDITION = /^(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$/;
const ELAPSED = /^(h+|m+|s+)$/i;
const CURRENCY = /^\$([^-"\\]*)(?:-(.*))?$/;

function excelBracket(inside: string): { code: string; isTime: boolean } {
  const plain = (code: string): { code: string; isTime: boolean } => ({ code, isTime: false });
  const name = COLOR_NAME.exec(inside)?.[1];
  if (name !== undefined) return plain(`[${name.charAt(0).toUpperCase()}${name.slice(1).toLowerCase()}]`);
  const number = Number(COLOR_NUMBER.exec(inside)?.[1] ?? 0);
  if (number >= 1 && number <= 56) return plain(`[Color${number}]`);
  const condition = CONDITION.exec(inside);
  if (condition !== null) return plain(`[${condition[1] ?? ''}${condition[2] ?? ''}]`);
  const elapsed = ELAPSED.exec(inside)?.[1];
  if (elapsed !== undefined) return { code: `[${elapsed.toLowerCase().slice(0, 2)}]`, isTime: true };
  const currency = CURRENCY.exec(inside);
  if (currency === null) return plain('');
  const symbol = currency[1] ?? '';
  // Excel's locale is a hexadecimal LCID; Sheets also writes language tags there.
  const locale = /^[0-9a-f]{1,8}$/i.test(currency[2] ?? '') ? `-${currency[2] ?? ''}` : '';
  return plain(symbol === '' && locale === '' ? '' : `[$${symbol}${locale}]`);
}
