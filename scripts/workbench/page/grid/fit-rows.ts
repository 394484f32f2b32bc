/** Heights of rows whose texts run over several lines: Sheets fits rows that nobody gave a height. No DOM. */
import type { CellStyle, TabView } from '../../contract.ts';

export const ROW_PX = 21;

const PX_PER_POINT = 4 / 3;
const USUAL_POINTS = 10;
const LINE = 1.15;
/** Left and right of a text in its cell, with the line between cells. */
const PADDING_PX = 7;

/** Width of a text on one line, pixels. */
export type Measure = (text: string, style: CellStyle) => number;

/** @param pages of one tab @returns as `TabView.rowHeights`, those that are fitted made higher */
export function fittedHeights(pages: readonly TabView[], measure: Measure): readonly number[] {
  const tab = pages.at(-1);
  if (tab === undefined) return [];
  const heights = [...tab.rowHeights];
  const mergedRows = new Set(tab.merges.flatMap(({ startRow, endRow }) => [startRow, endRow - 1]));
  for (const page of pages) {
    for (const cell of page.cells) {
      const style = page.styles[cell.style] ?? {};
      const isLong = style.wrap === true && cell.kind === 'text';
      if (cell.text === '' || !(isLong || cell.text.includes('\n')) || mergedRows.has(cell.row)) continue;
      // Another height is one that somebody gave it.
      if ((tab.rowHeights[cell.row] ?? ROW_PX) !== ROW_PX) continue;
      const widthPx = (tab.columnWidths[cell.column] ?? 100) - PADDING_PX;
      const lines = cell.text
        .split('\n')
        .reduce((sum, line) => sum + (isLong ? linesOf(line, widthPx, style, measure) : 1), 0);
      const neededPx = Math.ceil(lines * (style.fontSize ?? USUAL_POINTS) * PX_PER_POINT * LINE) + 5;
      while (heights.length <= cell.row) heights.push(ROW_PX);
      heights[cell.row] = Math.max(heights[cell.row] ?? ROW_PX, neededPx);
    }
  }
  return heights;
}

function linesOf(text: string, widthPx: number, style: CellStyle, measure: Measure): number {
  if (measure(text, style) <= widthPx) return 1;
  let lines = 1;
  let usedPx = 0;
  for (const word of text.split(/(?<=[\s-])/)) {
    const wordPx = measure(word.trimEnd(), style);
    if (usedPx > 0 && usedPx + wordPx > widthPx) {
      lines++;
      usedPx = 0;
    }
    // A word that is wider than its cell is broken.
    lines += Math.max(0, Math.ceil(wordPx / widthPx) - 1);
    usedPx += measure(word, style);
  }
  return lines;
}
