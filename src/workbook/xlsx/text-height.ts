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

function linesOf(paragraph: string, roomEm: number): number {
  if (paragraph.length <= roomEm) return 1;
  let lines = 1;
  let usedEm = 0;
  for (const word of paragraph.split(/(?<=[ -])/)) {
    const wordEm = widthEm(word);
    if (usedEm > 0 && usedEm + wordEm > roomEm) {
      lines++;
      usedEm = 0;
    }
    usedEm += wordEm;
    while (usedEm > roomEm && usedEm === wordEm ? wordEm > roomEm : usedEm > roomEm) {
      lines++;
      usedEm -= roomEm;
    }
  }
  return lines;
}

const NARROW = /[ijltfrI.,:;'|!()[\]\- ]/;
const WIDE = /[mwMW@%–—…]/;

/** Arial's letters in four widths. */
function widthEm(text: string): number {
  let width = 0;
  for (const character of text) {
    if (character >= '\u2e80') width += 1;
    else if (NARROW.test(character)) width += 0.32;
    else if (WIDE.test(character)) width += 0.92;
    else if (character >= 'A' && character <= 'Z') width += 0.7;
    else width += 0.56;
  }
  return width;
}
