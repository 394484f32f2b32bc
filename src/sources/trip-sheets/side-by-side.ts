/** A heading and a guest list beside each other, with a blank column between them, put below each other. */
import type { Vocabulary } from './fields.ts';
import { headerAt } from './header.ts';
import { labelledRow } from './labelled.ts';
import type { Row, WideCell } from './tab.ts';

/** A sheet with more of them has no two parts. */
const MOST_GAPS = 8;

/**
 * The rows of the left part and then those of the right one, when the right part has a header of its own in a row
 * where the left one has labelled values; else the rows as they are. Both parts keep their columns and row numbers.
 */
export function untangled(
  rows: readonly Row[],
  wideCells: ReadonlyMap<number, readonly WideCell[]>,
  vocabulary: Vocabulary,
): readonly Row[] {
  for (const column of blankColumns(rows)) {
    const left = part(rows, (cell) => cell < column);
    const right = part(rows, (cell) => cell > column);
    const leftOf = new Map(left.map((row) => [row.number, row]));
    const isBeside = right.some((row, at) => {
      const beside = leftOf.get(row.number);
      if (beside === undefined || headerAt(right, at, wideCells, vocabulary) === null) return false;
      return labelledRow(beside, vocabulary).values.some(({ value }) => value !== '');
    });
    if (isBeside) return [...left, ...right];
  }
  return rows;
}

/** Columns without a cell that have cells on both sides, from the left. */
function blankColumns(rows: readonly Row[]): readonly number[] {
  const used = new Set<number>();
  for (const { cells } of rows) for (const { column } of cells) used.add(column);
  const sorted = [...used].sort((a, b) => a - b);
  return sorted
    .filter((column, at) => at > 0 && column - (sorted[at - 1] ?? 0) > 1)
    .map((column) => column - 1)
    .slice(0, MOST_GAPS);
}

function part(rows: readonly Row[], belongs: (column: number) => boolean): readonly Row[] {
  return rows
    .map(({ number, cells }) => ({ number, cells: cells.filter(({ column }) => belongs(column)) }))
    .filter(({ cells }) => cells.length > 0);
}
