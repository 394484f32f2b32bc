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
  if (widthEm(paragraph) <= roomEm) return 1;
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

/** Widths of Arial's letters in thousandths of its size; of the others 556, from U+2E80 on a full square. */
const NARROW_AND_WIDE: readonly (readonly [width: number, letters: string])[] = [
  [222, "ijl'"],
  [278, 'ftI.,:;!/[]\\| '],
  [333, 'r()-"`'],
  [500, 'ckszvxyJ'],
  [611, 'FTZ'],
  [667, 'ABEKPSVXY&'],
  [722, 'CDHNRUw'],
  [778, 'GOQ'],
  [833, 'mM'],
  [889, '%'],
  [944, 'W'],
  [1015, '@'],
];

const WIDTHS: readonly number[] = Array.from({ length: 128 }, (_, code) => {
  const letter = String.fromCharCode(code);
  return NARROW_AND_WIDE.find(([, letters]) => letters.includes(letter))?.[0] ?? 556;
});

function widthEm(text: string): number {
  let thousandths = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    thousandths += WIDTHS[code] ?? (code >= 0x2e80 ? 1000 : 556);
  }
  return thousandths / 1000;
}
