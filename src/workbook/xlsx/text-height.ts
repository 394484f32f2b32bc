/** How high wrapped text stands. A guess: nobody measures fonts here, and too high is better than cut off. */

const PX_PER_POINT = 4 / 3;
/** Left and right of the text, together. */
const CELL_PADDING_PX = 6;
const LINE_HEIGHT_EM = 1.2;
/** Above and below the text, together. */
const ROW_PADDING_PX = 4;

/** Pixels that the wrapped text needs in a cell of that width. */
export function wrappedHeightPx(text: string, widthPx: number, fontPoints: number, bold: boolean): number {
  const fontPx = fontPoints * PX_PER_POINT;
  const roomEm = Math.max(1, (widthPx - CELL_PADDING_PX) / (bold ? fontPx * 1.08 : fontPx));
  let lines = 0;
  for (const paragraph of text.split('\n')) lines += linesOf(paragraph, roomEm);
  return Math.ceil(lines * fontPx * LINE_HEIGHT_EM) + ROW_PADDING_PX;
}

/** Words go on while they fit; one that is wider than the cell is broken. */
function linesOf(paragraph: string, roomEm: number): number {
  if (paragraph.length <= roomEm) return 1;
  let lines = 1;
  let usedEm = 0;
  for (const [word] of paragraph.matchAll(/[^ -]*(?:-| *)/g)) {
    const inkEm = widthEm(word.trimEnd());
    if (usedEm > 0 && usedEm + inkEm > roomEm) {
      lines++;
      usedEm = 0;
    }
    const broken = Math.max(0, Math.ceil(inkEm / roomEm) - 1);
    lines += broken;
    usedEm += widthEm(word) - broken * roomEm;
  }
  return lines;
}

/** Widths of Arial's letters in thousandths of its size, by letter; most others are 556 wide. */
const WIDTHS = new Map(
  Object.entries({
    222: "ijl'",
    278: 'ftI.,:;!/[]\\| ',
    333: 'r()-"`',
    500: 'ckszvxyJ',
    611: 'FTZ',
    667: 'ABEKPSVXY&',
    722: 'CDHNRUw',
    778: 'GOQ',
    833: 'mM',
    889: '%',
    944: 'W',
    1015: '@—…',
  }).flatMap(([width, letters]) =>
    [...letters].map((letter): [string, number] => [letter, Number(width) / 1000]),
  ),
);

function widthEm(text: string): number {
  let width = 0;
  for (const character of text) width += WIDTHS.get(character) ?? (character >= '\u2e80' ? 1 : 0.556);
  return width;
}
