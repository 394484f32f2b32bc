/** References inside formulas: found, moved, grown. Strings, names and functions are left alone. */
import { columnIndex, columnName } from './grid.ts';

/** One end of a reference; `column` or `row` is null in `A:A` or `9:9`. Both count from 0. */
export interface Point {
  readonly column: number | null;
  readonly row: number | null;
  readonly columnFixed: boolean;
  readonly rowFixed: boolean;
}

export interface Reference {
  /** As written with its `!`; empty when the reference stays in its tab. */
  readonly tab: string;
  readonly start: Point;
  /** Null for a single cell. */
  readonly end: Point | null;
}

/** What stands around a reference in its formula. */
export interface Place {
  readonly before: string;
  readonly after: string;
}

const STRING = /"(?:[^"]|"")*"?/y;
const QUOTED_TAB = /'(?:[^']|'')*'!/y;
const WORD = /[$A-Za-z0-9_.\u00a1-\uffff]+/y;
const CELL = /^(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,7})$/;
const COLUMN = /^(\$?)([A-Za-z]{1,3})$/;
const ROW = /^(\$?)([1-9]\d{0,7})$/;

/** The formula with each reference replaced by what `change` gives; null keeps it to the letter. */
export function mapReferences(
  formula: string,
  change: (reference: Reference, at: Place) => Reference | null,
): string {
  let out = '';
  let at = 0;
  while (at < formula.length) {
    const string = match(STRING, formula, at);
    if (string !== null) {
      out += string;
      at += string.length;
      continue;
    }
    const found = referenceAt(formula, at);
    if (found !== null) {
      const changed = change(found.reference, {
        before: formula.slice(0, at),
        after: formula.slice(at + found.text.length),
      });
      out += changed === null ? found.text : writeReference(changed);
      at += found.text.length;
      continue;
    }
    const word = match(WORD, formula, at);
    const step = word ?? formula.charAt(at);
    out += step;
    at += step.length;
  }
  return out;
}

export function referencesOf(formula: string): Reference[] {
  const references: Reference[] = [];
  mapReferences(formula, (reference) => {
    references.push(reference);
    return null;
  });
  return references;
}

function referenceAt(formula: string, at: number): { reference: Reference; text: string } | null {
  const tab = tabAt(formula, at);
  const startsAt = at + tab.length;
  const first = match(WORD, formula, startsAt);
  if (first === null) return null;
  const afterFirst = startsAt + first.length;
  const second = formula.charAt(afterFirst) === ':' ? match(WORD, formula, afterFirst + 1) : null;
  if (second !== null && !'(!'.includes(formula.charAt(afterFirst + 1 + second.length) || ' ')) {
    for (const pattern of [CELL, COLUMN, ROW]) {
      const start = pointOf(first, pattern);
      const end = pointOf(second, pattern) ?? (pattern === CELL ? pointOf(second, COLUMN) : null);
      if (start !== null && end !== null) {
        return { reference: { tab, start, end }, text: `${tab}${first}:${second}` };
      }
    }
  }
  const next = formula.charAt(afterFirst);
  const point = pointOf(first, CELL);
  if (point === null || next === '(' || next === '!') return null;
  return { reference: { tab, start: point, end: null }, text: `${tab}${first}` };
}

function tabAt(formula: string, at: number): string {
  const quoted = match(QUOTED_TAB, formula, at);
  if (quoted !== null) return quoted;
  const word = match(WORD, formula, at);
  return word !== null && formula.charAt(at + word.length) === '!' ? `${word}!` : '';
}

function pointOf(text: string, pattern: RegExp): Point | null {
  const found = pattern.exec(text);
  if (found === null) return null;
  if (pattern === CELL) {
    return {
      columnFixed: found[1] === '$',
      column: columnIndex(found[2] ?? ''),
      rowFixed: found[3] === '$',
      row: Number(found[4]) - 1,
    };
  }
  if (pattern === COLUMN) {
    return { columnFixed: found[1] === '$', column: columnIndex(found[2] ?? ''), rowFixed: false, row: null };
  }
  return { columnFixed: false, column: null, rowFixed: found[1] === '$', row: Number(found[2]) - 1 };
}

function writeReference(reference: Reference): string {
  const end = reference.end === null ? '' : `:${writePoint(reference.end)}`;
  return `${reference.tab}${writePoint(reference.start)}${end}`;
}

function writePoint(point: Point): string {
  if ((point.row !== null && point.row < 0) || (point.column !== null && point.column < 0)) return '#REF!';
  const column = point.column === null ? '' : `${point.columnFixed ? '$' : ''}${columnName(point.column)}`;
  const row = point.row === null ? '' : `${point.rowFixed ? '$' : ''}${point.row + 1}`;
  return column + row;
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** Adding up one cell means adding up the charters, and the prototype row is all of them. */
const ADDS_UP = /\b(?:SUM|AVERAGE|COUNT|COUNTA|MIN|MAX)\s*\(\s*$/i;

/**
 * The formula after `added` rows were put under the prototype row: what stands below moves down, and a range that
 * spanned the prototype row spans all charter rows (Sheets itself would not grow `SUM(G9:G9)`, nor `SUM(G9)`).
 *
 * A relative end in the prototype row itself stays: it is the copy's own row once the formula is copied down.
 */
export function growReferences(
  formula: string,
  prototypeRow: number,
  added: number,
  inPrototypeRow: boolean,
): string {
  if (added === 0) return formula;
  const moved = (point: Point): Point =>
    point.row !== null && point.row > prototypeRow ? { ...point, row: point.row + added } : point;
  const grown = (point: Point): Point => {
    const own = inPrototypeRow && !point.rowFixed;
    return point.row === prototypeRow && !own ? { ...point, row: point.row + added } : moved(point);
  };
  return mapReferences(formula, (reference, place) => {
    if (reference.tab !== '') return null;
    const { start, end } = reference;
    if (end === null) {
      const all =
        !inPrototypeRow &&
        start.row === prototypeRow &&
        ADDS_UP.test(place.before) &&
        /^\s*\)/.test(place.after);
      return { ...reference, start: moved(start), end: all ? grown(start) : null };
    }
    // A range may be written from its lower end up.
    const upward = start.row !== null && end.row !== null && start.row > end.row;
    if (start.row === null || end.row === null) return { ...reference, start: moved(start), end: moved(end) };
    return upward
      ? { ...reference, start: grown(start), end: moved(end) }
      : { ...reference, start: moved(start), end: grown(end) };
  });
}

/** The formula as a copy that many rows further down has it. */
export function copyDown(formula: string, rows: number): string {
  if (rows === 0) return formula;
  const shift = (point: Point): Point =>
    point.row === null || point.rowFixed ? point : { ...point, row: point.row + rows };
  return mapReferences(formula, (reference) => ({
    ...reference,
    start: shift(reference.start),
    end: reference.end === null ? null : shift(reference.end),
  }));
}
