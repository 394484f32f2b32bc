/** Rows and columns as distances in pixels; also names of cells. No DOM. */

export interface Axis {
  readonly count: number;
  readonly totalPx: number;
  sizePx(index: number): number;
  /** Where it begins. */
  startPx(index: number): number;
  /** What lies there; clamped to what there is. */
  at(px: number): number;
}

/** @param listed sizes of the first ones; the others have the usual one */
export function axisOf(listed: readonly number[], count: number, usualPx: number): Axis {
  const known = Math.min(listed.length, count);
  const starts = [0];
  for (let index = 0; index < known; index++) starts.push((starts[index] ?? 0) + (listed[index] ?? usualPx));
  const knownPx = starts[known] ?? 0;
  const startPx = (index: number) =>
    index <= known ? (starts[Math.max(0, index)] ?? 0) : knownPx + (Math.min(index, count) - known) * usualPx;
  return {
    count,
    totalPx: startPx(count),
    sizePx: (index) => (index < known ? (listed[index] ?? usualPx) : usualPx),
    startPx,
    at(px) {
      if (px >= knownPx)
        return Math.max(0, Math.min(count - 1, known + Math.floor((px - knownPx) / usualPx)));
      // The last one that begins at or before it.
      let low = 0;
      let high = known;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= px) low = middle;
        else high = middle;
      }
      return low;
    },
  };
}

/** `A`, `Z`, `AA` */
export function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}

export function cellName(row: number, column: number): string {
  return `${columnName(column)}${row + 1}`;
}

export interface Range {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

/** `B7`, `$B$7`, `A1:C3`, `B:B`, `4:9`; null when it is none. Ends are excluded. */
export function rangeOf(a1: string, rowCount: number, columnCount: number): Range | null {
  const ends = a1.trim().toUpperCase().replaceAll('$', '').split(':');
  const found = ends.map((end) => /^([A-Z]{0,3})(\d{0,7})$/.exec(end));
  const [first, last = first] = found;
  if (ends.length > 2 || !first || !last || first[0] === '' || last[0] === '') return null;
  const row = (match: RegExpExecArray, otherwise: number) => (match[2] ? Number(match[2]) - 1 : otherwise);
  const column = (match: RegExpExecArray, otherwise: number) =>
    match[1] ? columnIndex(match[1]) : otherwise;
  // A lone `B` or `4` is no cell.
  if (ends.length === 1 && (!first[1] || !first[2])) return null;
  const rows = [row(first, 0), row(last, rowCount - 1)];
  const columns = [column(first, 0), column(last, columnCount - 1)];
  const range = {
    startRow: Math.min(...rows),
    endRow: Math.min(Math.max(...rows) + 1, rowCount),
    startColumn: Math.min(...columns),
    endColumn: Math.min(Math.max(...columns) + 1, columnCount),
  };
  const isThere = range.startRow >= 0 && range.startRow < range.endRow && range.startColumn < range.endColumn;
  return isThere ? range : null;
}

function columnIndex(letters: string): number {
  return [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
