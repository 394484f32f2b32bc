/** The text of a mail made fit to be read: lines without invisible characters, damage of charsets undone. */

/** One line; a table's row has a cell for each column. */
export interface MailLine {
  readonly cells: readonly string[];
  /** How deep it is quoted: 0 for the newest text. */
  readonly depth: number;
  /** A table's row that is struck out as a whole. */
  readonly isStruck?: boolean;
}

export interface MailLines {
  readonly lines: readonly MailLine[];
  /** Whether the body went on past what is read. */
  readonly wasCut: boolean;
}

export const LONGEST_BODY_CHARACTERS = 300_000;
export const LONGEST_LINE_CHARACTERS = 1_500;
export const MOST_LINES = 8_000;
const DEEPEST_QUOTE = 30;

/** Plain text to lines; `>` marks become the depth. */
export function linesOfText(body: string): MailLines {
  const wasCut = body.length > LONGEST_BODY_CHARACTERS;
  const text = withoutQuotedPrintable(body.slice(0, LONGEST_BODY_CHARACTERS));
  const raw = text.split(/\r\n|[\n\r\u2028\u2029\u0085]/, MOST_LINES + 1);
  const columns = columnsOf(raw);
  const lines = raw.slice(0, MOST_LINES).map((line, index): MailLine => {
    const fixed = columns.get(index);
    if (fixed !== undefined) return { cells: fixed, depth: 0 };
    let start = 0;
    let depth = 0;
    for (; start < line.length; start++) {
      const character = line[start];
      if (character === '>') depth++;
      else if (character !== ' ' && character !== '\t') break;
    }
    const content = depth > 0 ? line.slice(start) : line;
    return { cells: cellsOfText(content), depth: Math.min(depth, DEEPEST_QUOTE) };
  });
  return { lines, wasCut: wasCut || raw.length > MOST_LINES };
}

/** Lines above and below a ruler (`------  ---  -----`), cut where its columns start. */
function columnsOf(raw: readonly string[]): Map<number, string[]> {
  const cut = new Map<number, string[]>();
  const isRuler = (line: string) =>
    line.length <= LONGEST_LINE_CHARACTERS && /^ {0,20}[-=_]{2,}(?: {1,9}[-=_]{2,}){2,} {0,20}$/.test(line);
  for (const [index, line] of raw.slice(0, MOST_LINES).entries()) {
    if (!isRuler(line)) continue;
    const starts = [...line.matchAll(/[-=_]+/g)].map((match) => match.index);
    const slice = (at: number) => {
      const row = raw[at] ?? '';
      if (row.trim() === '' || row.includes('\t') || row.length > LONGEST_LINE_CHARACTERS || isRuler(row))
        return false;
      if (starts.some((start) => start > 0 && !/^ ?$/.test(row.charAt(start - 1)))) return false;
      cut.set(
        at,
        starts.map((start, column) =>
          tidy(cleanText(row.slice(column === 0 ? 0 : start, starts[column + 1]))),
        ),
      );
      return true;
    };
    cut.set(index, ['']);
    if (!cut.has(index - 1)) slice(index - 1);
    for (let at = index + 1; at < raw.length && slice(at); at++);
  }
  return cut;
}

/** Columns of plain text stand apart by tabs, bars or three spaces. */
function cellsOfText(line: string): string[] {
  const clean = cleanText(line.slice(0, LONGEST_LINE_CHARACTERS)).trim();
  if (clean === '--') return [clean];
  // A line of a CSV file: prose has a space behind its commas.
  const comma = [',', ';'].find((mark) => clean.split(mark).length > 3 && !clean.includes(`${mark} `));
  if (comma !== undefined) return clean.split(comma).map(tidy);
  const apart = clean.split(/ {2,}/);
  const isColumns = apart.length > 2 && !apart.some((piece) => /[.!?:,;]$/.test(piece));
  const cells = clean
    .split(isColumns ? / ?\t ?| \| |^\| ?| ?\|$| {2,}/ : / ?\t ?| \| |^\| ?| ?\|$| {3,}/)
    .map(tidy)
    .filter((cell) => cell !== '' && !/^[-+=_|: ]+$/.test(cell));
  return cells.length === 0 ? [''] : cells;
}

/** One line or cell, with single spaces and without the marks that plain-text mails use for bold. */
export function tidy(text: string): string {
  return text
    .replace(/\*+|(?:^|\s)_+(?=\S)|__+/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Without characters that take no room; every kind of blank is a space (tabs and line breaks stay). */
export function cleanText(text: string): string {
  return repairCharset(text)
    .replace(
      /\u034f|[\ufe00-\ufe0f]|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g,
      '',
    )
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .replace(/(?![\t\n])\p{Cc}/gu, ' ')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

/** What Windows-1252 shows for the bytes 0x80 to 0x9f (encoding.spec.whatwg.org/index-windows-1252.txt). */
const CP1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

function byteOf(character: string): number {
  const code = character.charCodeAt(0);
  if (code <= 0xff) return code;
  const index = CP1252.indexOf(character);
  return index < 0 ? -1 : 0x80 + index;
}

/** UTF-8 that somebody read as Windows-1252 (`JÃ¼rgen`), read again; anything else stays as it is. */
export function repairCharset(text: string): string {
  if (!/[\u00c2-\u00f4]/.test(text)) return text;
  let repaired = '';
  for (let index = 0; index < text.length; index++) {
    const lead = text.charCodeAt(index);
    const length =
      lead >= 0xc2 && lead <= 0xdf
        ? 1
        : lead >= 0xe0 && lead <= 0xef
          ? 2
          : lead >= 0xf0 && lead <= 0xf4
            ? 3
            : 0;
    let code = length === 1 ? lead & 0x1f : length === 2 ? lead & 0x0f : lead & 0x07;
    let valid = length > 0;
    for (let next = 1; valid && next <= length; next++) {
      const byte = index + next < text.length ? byteOf(text.charAt(index + next)) : -1;
      valid = byte >= 0x80 && byte <= 0xbf;
      code = (code << 6) | (byte & 0x3f);
    }
    const smallest = length === 1 ? 0x80 : length === 2 ? 0x800 : 0x10000;
    if (valid && code >= smallest && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)) {
      repaired += String.fromCodePoint(code);
      index += length;
    } else repaired += text.charAt(index);
  }
  return repaired;
}

/** Undoes quoted-printable that was left in the text: only where soft line breaks give it away. */
function withoutQuotedPrintable(text: string): string {
  if (!/=\r?\n/.test(text) || !/=(?:[2-7][0-9A-F]|[C-E][0-9A-F])/.test(text)) return text;
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
