/** A table of the audit tab: columns that may span several of the grid's, to rows of cells. */
import { cellText } from '../cell-text.ts';
import type { CellFormat, CellInput, Color, GridCell } from '../grid.ts';
import { BLANK } from '../grid.ts';
import { GREY, MIST, NAVY, RULE } from '../house-style.ts';
import { accountingPattern } from '../house-template.ts';

/** All tables stand on these, so that every one of them can be read without moving the columns. */
export const COLUMN_WIDTHS_PX = [
  84, 236, 116, 104, 118, 66, 66, 66, 66, 66, 104, 104, 230, 240, 220,
] as const;

/** One row of the tab; `spans` are merged, start to end (exclusive). */
export interface SheetRow {
  readonly cells: readonly GridCell[];
  readonly heightPx: number;
  readonly spans: readonly (readonly [start: number, end: number])[];
}

/** `text` stays as it is wherever it is copied to; `words` stand a little off the cell's edges. */
export type Kind = 'text' | 'words' | 'wrapped' | 'date' | 'count' | 'money' | 'percent';
/** Backgrounds: what differs, and the three severities. All light enough for print. */
export type Tint = 'differs' | 'block' | 'warn' | 'clean';

const TINTS: Readonly<Record<Tint, Color>> = {
  differs: { red: 1, green: 0.949, blue: 0.8 },
  block: { red: 0.988, green: 0.894, blue: 0.882 },
  warn: { red: 1, green: 0.949, blue: 0.8 },
  clean: { red: 0.902, green: 0.957, blue: 0.906 },
};

export const LINE_PX = 21;
const LINK: Color = { red: 0.067, green: 0.333, blue: 0.8 };
const WRAPPED_LINE_PX = 17;
/** Arial of 10 points, a little wider than most texts are: too high a row is better than one that cuts. */
const CHARACTER_PX = 5.9;
/** As the accounting format sets its numbers. */
export const PADDED = { type: 'NUMBER', pattern: '_(@_)' } as const;

/** Formats by kind. The same object for the same look, so that whoever writes the tab can tell at a glance. */
export interface Formats {
  of(kind: Kind): CellFormat;
  tinted(format: CellFormat, tint: Tint): CellFormat;
}

export function makeFormats(currency: string): Formats {
  const numbers = {
    text: { type: 'TEXT' },
    words: PADDED,
    wrapped: { type: 'TEXT' },
    date: { type: 'DATE', pattern: 'yyyy-mm-dd' },
    count: { type: 'NUMBER', pattern: '#,##0' },
    money: { type: 'NUMBER', pattern: accountingPattern(currency) },
    percent: { type: 'NUMBER', pattern: '0.0"%"' },
  };
  const alignments = {
    text: 'LEFT',
    words: 'LEFT',
    wrapped: 'LEFT',
    date: 'LEFT',
    count: 'CENTER',
    money: 'RIGHT',
    percent: 'RIGHT',
  };
  const made = new Map<Kind, CellFormat>();
  const tinted = new Map<CellFormat, Map<Tint, CellFormat>>();
  return {
    of: (kind) =>
      remembered(made, kind, () => ({
        numberFormat: numbers[kind],
        horizontalAlignment: alignments[kind],
        verticalAlignment: 'TOP',
        wrapStrategy: kind === 'wrapped' ? 'WRAP' : 'CLIP',
        borders: { bottom: { style: 'SOLID', color: RULE } },
        textFormat: { fontFamily: 'Arial', fontSize: 10 },
      })),
    tinted: (format, tint) =>
      remembered(
        remembered(tinted, format, () => new Map<Tint, CellFormat>()),
        tint,
        () => ({ ...format, backgroundColor: TINTS[tint] }),
      ),
  };
}

function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}

export type Shown = string | number | null | { readonly text: string; readonly uri: string };

export interface Column<T> {
  readonly header: string;
  readonly kind: Kind;
  /** How many columns of the grid; 1 unless given. */
  readonly span?: number;
  readonly value: (item: T) => Shown;
  readonly tint?: (item: T) => Tint | null;
}

const HEADER: CellFormat = {
  backgroundColor: MIST,
  borders: { bottom: { style: 'SOLID_MEDIUM', color: NAVY } },
  verticalAlignment: 'MIDDLE',
  wrapStrategy: 'WRAP',
  textFormat: { fontFamily: 'Arial', fontSize: 10, bold: true, foregroundColor: NAVY },
};
const HEADING: CellFormat = {
  verticalAlignment: 'BOTTOM',
  textFormat: { fontFamily: 'Arial', fontSize: 13, bold: true, foregroundColor: NAVY },
};
const REMARK: CellFormat = {
  verticalAlignment: 'TOP',
  wrapStrategy: 'WRAP',
  textFormat: { fontFamily: 'Arial', fontSize: 9, italic: true, foregroundColor: GREY },
};

/** Heading, remark, header and rows; instead of no rows the words for none. */
export function tableRows<T>(
  formats: Formats,
  heading: string,
  remark: string,
  columns: readonly Column<T>[],
  items: readonly T[],
  none: string,
): SheetRow[] {
  const rows = [wideRow(heading, HEADING, 30)];
  if (items.length === 0) return [...rows, wideRow(none, REMARK)];
  if (remark !== '') rows.push(wideRow(remark, REMARK));
  const headers = columns.map(({ kind }) => ({
    ...HEADER,
    horizontalAlignment: formats.of(kind).horizontalAlignment,
    ...(kind === 'text' || kind === 'wrapped' || kind === 'date' ? {} : { numberFormat: PADDED }),
  }));
  rows.push(
    laidOut(
      columns,
      columns.map(({ header }, index) => textCell(header, headers[index] ?? HEADER)),
      38,
    ),
  );
  for (const item of items) {
    const cells = columns.map(({ kind, value, tint }) => {
      const plain = formats.of(kind);
      const how = tint?.(item) ?? null;
      return shownCell(value(item), how === null ? plain : formats.tinted(plain, how));
    });
    rows.push(laidOut(columns, cells, LINE_PX));
  }
  return rows;
}

/** One text across the whole tab. */
export function wideRow(text: string, format: CellFormat, leastHeightPx = LINE_PX): SheetRow {
  return laidOut([{ span: COLUMN_WIDTHS_PX.length }], [textCell(text, format)], leastHeightPx);
}

export function emptyRow(heightPx: number): SheetRow {
  return { cells: [], heightPx, spans: [] };
}

function shownCell(shown: Shown, format: CellFormat): GridCell {
  if (shown === null) return { input: BLANK, format };
  if (typeof shown === 'number') return { input: { kind: 'number', number: shown }, format };
  if (typeof shown === 'string') return textCell(shown, format);
  const { text, uri } = shown;
  const textFormat = { ...format.textFormat, foregroundColor: LINK, underline: true, link: { uri } };
  return textCell(text, { ...format, textFormat });
}

function textCell(text: string, format: CellFormat): GridCell {
  const fit = cellText(text);
  const input: CellInput = fit === '' ? BLANK : { kind: 'text', text: fit };
  return { input, format };
}

function laidOut(
  columns: readonly { readonly span?: number }[],
  shown: readonly GridCell[],
  leastHeightPx: number,
): SheetRow {
  const cells: GridCell[] = [];
  const spans: [number, number][] = [];
  let heightPx = leastHeightPx;
  columns.forEach(({ span = 1 }, index) => {
    const cell = shown[index];
    if (cell === undefined) return;
    const start = cells.length;
    cells.push(cell);
    for (let covered = 1; covered < span; covered++) cells.push({ input: BLANK, format: cell.format });
    if (span > 1) spans.push([start, start + span]);
    heightPx = Math.max(heightPx, neededPx(cell, start, span));
  });
  return { cells, heightPx, spans };
}

function neededPx({ input, format }: GridCell, start: number, span: number): number {
  if (input.kind !== 'text' || format.wrapStrategy !== 'WRAP') return 0;
  const widthPx = COLUMN_WIDTHS_PX.slice(start, start + span).reduce((sum, width) => sum + width, 0) - 8;
  const perLine = Math.max(1, Math.floor(widthPx / CHARACTER_PX));
  let lines = 0;
  for (const paragraph of input.text.split('\n')) lines += linesOf(paragraph, perLine);
  return lines * WRAPPED_LINE_PX + 4;
}

/** Words go on while they fit; one that is longer than a line is broken. East Asian signs are twice as wide. */
function linesOf(paragraph: string, perLine: number): number {
  let lines = 1;
  let used = 0;
  for (const word of paragraph.split(' ')) {
    const length = word.length + (word.match(/[\u2e80-\uffdc]/g)?.length ?? 0);
    if (used > 0 && used + length > perLine) {
      lines++;
      used = 0;
    }
    const broken = Math.max(0, Math.ceil(length / perLine) - 1);
    lines += broken;
    used += length - broken * perLine + 1;
  }
  return lines;
}
