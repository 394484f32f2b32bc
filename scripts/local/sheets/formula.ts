/** References in formulas: found, moved with a copy, and kept right when the grid or the tabs change. */
import { columnIndex, columnLetters, quotedTitle } from './a1.ts';
import type { Dimension } from './model.ts';

/** One corner of a reference; null where the reference has no column (`3:4`) or no row (`A:B`). */
export interface Corner {
  readonly column: number | null;
  readonly row: number | null;
  readonly columnFixed: boolean;
  readonly rowFixed: boolean;
}

export interface Reference {
  /** Title of the tab before the `!`; null when there is none. */
  readonly title: string | null;
  readonly start: Corner;
  readonly end: Corner | null;
}

/** A piece of a formula: text as it stands, or a reference. */
export type Piece = { readonly text: string } | { readonly reference: Reference };

const PREFIX = `(?:(?<quoted>'(?:[^']|'')+')!|(?<plain>[\\p{L}_][\\p{L}\\p{N}_.]*)!)?`;
const CELL = String.raw`\$?[A-Za-z]{1,3}\$?[1-9]\d*`;
const COLUMN = String.raw`\$?[A-Za-z]{1,3}`;
const ROW = String.raw`\$?[1-9]\d*`;
const AREA = `(?<area>${CELL}:(?:${CELL}|${COLUMN}|${ROW})|${COLUMN}:(?:${CELL}|${COLUMN})|${ROW}:(?:${CELL}|${ROW})|${CELL})`;
const REFERENCE = new RegExp(`${PREFIX}${AREA}(?![\\p{L}\\p{N}_.(!])`, 'yu');
const TEXT = /"(?:[^"]|"")*"?/y;
const WORD = /[\p{L}\p{N}_\\$.]+/uy;
const QUOTED = /'(?:[^']|'')*'?/y;

function corner(text: string): Corner {
  const match = /^(\$?)([A-Za-z]*)(\$?)(\d*)$/.exec(text);
  const [, first = '', letters = '', second = '', digits = ''] = match ?? [];
  return {
    column: letters === '' ? null : columnIndex(letters),
    row: digits === '' ? null : Number(digits) - 1,
    columnFixed: letters !== '' && first !== '',
    rowFixed: letters === '' ? first !== '' || second !== '' : second !== '',
  };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A formula, with its `=`, in pieces whose texts joined give the formula again. */
export function piecesOf(formula: string): Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  for (let at = 0; at < formula.length; ) {
    const found = matchAt(REFERENCE, formula, at);
    if (found !== null) {
      const { quoted, plain, area = '' } = found.groups ?? {};
      const title = quoted === undefined ? (plain ?? null) : quoted.slice(1, -1).replaceAll("''", "'");
      const [start = '', end] = area.split(':');
      if (text !== '') pieces.push({ text });
      text = '';
      pieces.push({
        reference: { title, start: corner(start), end: end === undefined ? null : corner(end) },
      });
      at += found[0].length;
      continue;
    }
    const skipped = matchAt(TEXT, formula, at) ?? matchAt(WORD, formula, at) ?? matchAt(QUOTED, formula, at);
    const length = skipped?.[0].length ?? 1;
    text += formula.slice(at, at + length);
    at += length;
  }
  if (text !== '') pieces.push({ text });
  return pieces;
}

function cornerText(corner: Corner): string {
  const column =
    corner.column === null ? '' : `${corner.columnFixed ? '$' : ''}${columnLetters(corner.column)}`;
  return corner.row === null ? column : `${column}${corner.rowFixed ? '$' : ''}${corner.row + 1}`;
}

export function referenceText(reference: Reference): string {
  const prefix = reference.title === null ? '' : `${quotedTitle(reference.title)}!`;
  const end = reference.end === null ? '' : `:${cornerText(reference.end)}`;
  return `${prefix}${cornerText(reference.start)}${end}`;
}

/** Each reference replaced by what `change` returns; null becomes `#REF!`. */
export function rewrite(formula: string, change: (reference: Reference) => Reference | null): string {
  return piecesOf(formula)
    .map((piece) => {
      if ('text' in piece) return piece.text;
      const changed = change(piece.reference);
      return changed === null ? '#REF!' : referenceText(changed);
    })
    .join('');
}

/** As a copy that many rows down and columns to the right reads it: relative references move along. */
export function movedFormula(formula: string, rows: number, columns: number): string {
  if (rows === 0 && columns === 0) return formula;
  const moved = (at: Corner): Corner => ({
    ...at,
    row: at.row === null || at.rowFixed ? at.row : at.row + rows,
    column: at.column === null || at.columnFixed ? at.column : at.column + columns,
  });
  const inside = (at: Corner): boolean => (at.row ?? 0) >= 0 && (at.column ?? 0) >= 0;
  return rewrite(formula, (reference) => {
    const start = moved(reference.start);
    const end = reference.end === null ? null : moved(reference.end);
    return inside(start) && (end === null || inside(end)) ? { ...reference, start, end } : null;
  });
}

export interface GridEdit {
  readonly kind: 'insert' | 'delete';
  readonly dimension: Dimension;
  /** Zero-based index of the first row or column inserted or deleted. */
  readonly start: number;
  readonly count: number;
}

/** Where an index range lands after an edit; null when nothing of it is left. `end` is excluded. */
export function editedRange(
  range: { start: number; end: number },
  edit: GridEdit,
): { start: number; end: number } | null {
  const { start: at, count } = edit;
  if (edit.kind === 'insert') {
    return {
      start: range.start >= at ? range.start + count : range.start,
      end: range.end > at ? range.end + count : range.end,
    };
  }
  const after = (index: number): number => (index <= at ? index : index < at + count ? at : index - count);
  const result = { start: after(range.start), end: after(range.end) };
  return result.start < result.end ? result : null;
}

function editedReference(reference: Reference, edit: GridEdit): Reference | null {
  const key = edit.dimension === 'ROWS' ? 'row' : 'column';
  const first = reference.start[key];
  const last = reference.end === null ? first : reference.end[key];
  if (first === null && last === null) return reference;
  const low = Math.min(first ?? 0, last ?? Number.MAX_SAFE_INTEGER);
  const high = last === null || first === null ? Number.MAX_SAFE_INTEGER : Math.max(first, last);
  const edited = editedRange({ start: low, end: high === Number.MAX_SAFE_INTEGER ? high : high + 1 }, edit);
  if (edited === null) return null;
  const swapped = first !== null && last !== null && first > last;
  const startIndex = swapped ? edited.end - 1 : edited.start;
  const endIndex = swapped ? edited.start : edited.end - 1;
  return {
    ...reference,
    start: first === null ? reference.start : { ...reference.start, [key]: startIndex },
    end: reference.end === null || last === null ? reference.end : { ...reference.end, [key]: endIndex },
  };
}

function sameTitle(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** A formula that stands in the tab `ownTitle`, after rows or columns of the tab `editedTitle` came or went. */
export function editedFormula(
  formula: string,
  ownTitle: string,
  editedTitle: string,
  edit: GridEdit,
): string {
  return rewrite(formula, (reference) =>
    sameTitle(reference.title ?? ownTitle, editedTitle) ? editedReference(reference, edit) : reference,
  );
}

export function formulaAfterRename(formula: string, oldTitle: string, newTitle: string): string {
  return rewrite(formula, (reference) =>
    reference.title !== null && sameTitle(reference.title, oldTitle)
      ? { ...reference, title: newTitle }
      : reference,
  );
}

export function formulaAfterTabDeleted(formula: string, title: string): string {
  return rewrite(formula, (reference) =>
    reference.title !== null && sameTitle(reference.title, title) ? null : reference,
  );
}
