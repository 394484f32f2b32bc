/** The Template that Purser makes when a workbook has none: its house style. */
import type { CellFormat, CellInput, GridArea, GridCell, TabGrid } from './grid.ts';
import { BLANK, columnName } from './grid.ts';
import { GREY, MIST, NAVY, RULE, WHITE } from './house-style.ts';

const FONT = 'Arial';
/** Headings a little off the cell's edges, as the accounting format sets its numbers. */
const PADDED = { type: 'NUMBER', pattern: '_(@_)' } as const;
const FORMATS = {
  text: { type: 'TEXT' },
  date: { type: 'DATE', pattern: 'yyyy-mm-dd' },
  count: { type: 'NUMBER', pattern: '#,##0' },
} as const;

interface Column {
  readonly header: string;
  readonly name: string;
  readonly widthPx: number;
  readonly kind: 'text' | 'date' | 'count' | 'money';
  /** Whether the totals row adds it up. */
  readonly summed?: boolean;
}

const COLUMNS: readonly Column[] = [
  { header: 'Date', name: 'date', widthPx: 84, kind: 'date' },
  { header: 'Departs', name: 'departs', widthPx: 62, kind: 'text' },
  { header: 'Vessel', name: 'vessel', widthPx: 160, kind: 'text' },
  { header: 'Charter', name: 'id', widthPx: 104, kind: 'text' },
  { header: 'Kind', name: 'kind', widthPx: 60, kind: 'text' },
  { header: 'Guests', name: 'guests', widthPx: 58, kind: 'count', summed: true },
  { header: 'Comps', name: 'comps', widthPx: 58, kind: 'count', summed: true },
  { header: 'Paying', name: 'paying', widthPx: 58, kind: 'count', summed: true },
  { header: 'Rate', name: 'rate', widthPx: 88, kind: 'money' },
  { header: 'Reportable', name: 'reportable', widthPx: 106, kind: 'money', summed: true },
  { header: 'Recorded', name: 'recorded', widthPx: 106, kind: 'money', summed: true },
  { header: 'Difference', name: 'difference', widthPx: 96, kind: 'money', summed: true },
  { header: 'Crew', name: 'crew', widthPx: 200, kind: 'text' },
  { header: 'Notes', name: 'notes', widthPx: 300, kind: 'text' },
];

/** Counts in the middle, so that they stand off the currency sign of the next column. */
const ALIGNMENTS = { text: 'LEFT', date: 'LEFT', count: 'CENTER', money: 'RIGHT' } as const;
const WRAPPED = new Set(['vessel', 'crew', 'notes']);

const HEADER_ROW = 4;
const PROTOTYPE_ROW = 5;
const TOTALS_ROW = 6;
const BRIDGE_ROW = 8;
const LAST_COLUMN = COLUMNS.length;

/** Bridge rows: label, and what stands beside it. The last is a formula over the block itself. */
const BRIDGE: readonly (readonly [label: string, value: string])[] = [
  ['Gross (guests × rate, or price)', '{{total.gross}}'],
  ['less comps', '{{total.compsvalue}}'],
  ['less discounts', '{{total.discounts}}'],
  ['less refunds', '{{total.refunds}}'],
  ['plus forfeited', '{{total.forfeited}}'],
  ['plus corrections of earlier months', '{{total.carried}}'],
  [
    'Reportable revenue',
    `=F${BRIDGE_ROW + 2}-F${BRIDGE_ROW + 3}-F${BRIDGE_ROW + 4}-F${BRIDGE_ROW + 5}+F${BRIDGE_ROW + 6}+F${BRIDGE_ROW + 7}`,
  ],
];

const OUTSIDE: readonly (readonly [label: string, value: string])[] = [
  ['Tax', '{{total.tax}}'],
  ['Fees', '{{total.fees}}'],
  ['Gratuity', '{{total.gratuity}}'],
];

/** Below “Outside revenue”, a blank row between them. */
const COMPARED_ROW = BRIDGE_ROW + OUTSIDE.length + 2;
const COMPARED: readonly {
  readonly header: string;
  readonly name: string;
  readonly startColumn: number;
  readonly endColumn: number;
  readonly align: 'LEFT' | 'RIGHT';
}[] = [
  { header: 'Compared with', name: 'month', startColumn: 8, endColumn: 10, align: 'LEFT' },
  { header: 'Reportable', name: 'reportable', startColumn: 10, endColumn: 11, align: 'RIGHT' },
  { header: 'Change', name: 'change', startColumn: 11, endColumn: 12, align: 'RIGHT' },
  { header: 'in percent', name: 'percent', startColumn: 12, endColumn: 13, align: 'LEFT' },
];

/** Excel's accounting format (id 44), in the statement's currency. */
export function accountingPattern(currency: string): string {
  const sign = currency === 'USD' ? '"$"' : `"${currency}"`;
  return `_(${sign}* #,##0.00_);_(${sign}* (#,##0.00);_(${sign}* "-"??_);_(@_)`;
}

export function houseTemplate(title: string, currency: string): TabGrid {
  const money = { numberFormat: { type: 'NUMBER', pattern: accountingPattern(currency) } };
  const cells = new Map<string, GridCell>();
  const merges: GridArea[] = [];
  const put = (row: number, column: number, input: CellInput, format: CellFormat): void => {
    cells.set(`${row}:${column}`, { input, format });
  };
  const across = (row: number, startColumn: number, endColumn: number, rows = 1): void => {
    merges.push({ startRow: row, endRow: row + rows, startColumn, endColumn });
  };
  const text = (value: string): CellInput => ({ kind: 'text', text: value });

  const banner: CellFormat = { backgroundColor: NAVY, verticalAlignment: 'MIDDLE', numberFormat: PADDED };
  for (let column = 0; column < LAST_COLUMN; column++) {
    put(0, column, BLANK, banner);
    put(1, column, BLANK, banner);
  }
  put(0, 0, text('{{company}}'), { ...banner, textFormat: font(18, { bold: true, foregroundColor: WHITE }) });
  put(1, 0, text('Revenue statement, {{month}}'), {
    ...banner,
    textFormat: font(12, { foregroundColor: WHITE }),
  });
  put(
    2,
    0,
    text(
      '{{month.start}} to {{month.end}}. Data as of {{data.asOf}} from {{data.from}}. Revenue on the day of sailing; tax, fees and gratuity are shown outside revenue.',
    ),
    {
      verticalAlignment: 'MIDDLE',
      textFormat: font(9, { italic: true, foregroundColor: GREY }),
    },
  );
  for (const row of [0, 1, 2]) across(row, 0, LAST_COLUMN);

  COLUMNS.forEach((column, index) => {
    const horizontalAlignment = ALIGNMENTS[column.kind];
    put(HEADER_ROW, index, text(column.header), {
      numberFormat: PADDED,
      backgroundColor: MIST,
      borders: { bottom: { style: 'SOLID_MEDIUM', color: NAVY } },
      horizontalAlignment,
      verticalAlignment: 'MIDDLE',
      textFormat: font(10, { bold: true, foregroundColor: NAVY }),
    });
    put(PROTOTYPE_ROW, index, text(`{{charter.${column.name}}}`), {
      ...(column.kind === 'money' ? money : { numberFormat: FORMATS[column.kind] }),
      borders: { bottom: { style: 'SOLID', color: RULE } },
      horizontalAlignment,
      verticalAlignment: 'TOP',
      wrapStrategy: WRAPPED.has(column.name) ? 'WRAP' : 'CLIP',
      textFormat: font(10),
    });
    const letter = columnName(index);
    const cell = `${letter}${PROTOTYPE_ROW + 1}`;
    put(TOTALS_ROW, index, column.summed ? { kind: 'formula', formula: `=SUM(${cell}:${cell})` } : BLANK, {
      ...(column.kind === 'money' ? money : { numberFormat: FORMATS.count }),
      backgroundColor: MIST,
      borders: { top: { style: 'SOLID', color: NAVY }, bottom: { style: 'DOUBLE', color: NAVY } },
      horizontalAlignment,
      verticalAlignment: 'MIDDLE',
      textFormat: font(10, { bold: true }),
    });
  });
  const total = cells.get(`${TOTALS_ROW}:0`);
  put(TOTALS_ROW, 0, text('Total of {{total.charters}} completed charters'), {
    ...total?.format,
    numberFormat: PADDED,
  });
  across(TOTALS_ROW, 0, 5);

  const heading: CellFormat = {
    textFormat: font(10, { bold: true, foregroundColor: NAVY }),
    borders: { bottom: { style: 'SOLID', color: NAVY } },
  };
  const block = (
    row: number,
    label: number,
    value: number,
    title_: string,
    lines: readonly (readonly [string, string])[],
  ): void => {
    for (let column = label; column < value + 2; column++) put(row, column, BLANK, heading);
    put(row, label, text(title_), heading);
    across(row, label, value + 2);
    lines.forEach(([words, content], index) => {
      const last = content.startsWith('=');
      const bold = last ? { bold: true } : {};
      const top = last ? { borders: { top: { style: 'SOLID', color: NAVY } } } : {};
      for (let column = label; column < value + 2; column++) put(row + 1 + index, column, BLANK, { ...top });
      put(row + 1 + index, label, text(words), { numberFormat: PADDED, textFormat: font(10, bold), ...top });
      across(row + 1 + index, label, value);
      put(row + 1 + index, value, last ? { kind: 'formula', formula: content } : text(content), {
        ...money,
        ...top,
        textFormat: font(10, bold),
      });
      across(row + 1 + index, value, value + 2);
    });
  };
  block(BRIDGE_ROW, 0, 5, 'How reportable revenue comes about', BRIDGE);
  block(BRIDGE_ROW, 8, 10, 'Outside revenue', OUTSIDE);
  for (const { header, name, startColumn, endColumn, align } of COMPARED) {
    const isMoney = name === 'reportable' || name === 'change';
    const format: CellFormat = {
      ...(isMoney ? money : { numberFormat: PADDED }),
      horizontalAlignment: align,
      textFormat: font(10),
    };
    for (let column = startColumn; column < endColumn; column++) put(COMPARED_ROW, column, BLANK, heading);
    // Headings stand over their figures, which the formats set off the edge; that of the block over its words.
    const padded = name === 'month' ? {} : { numberFormat: PADDED };
    put(COMPARED_ROW, startColumn, text(header), { ...heading, ...padded, horizontalAlignment: align });
    put(COMPARED_ROW + 1, startColumn, text(`{{prior.${name}}}`), format);
    put(COMPARED_ROW + 2, startColumn, text(`{{lastyear.${name}}}`), format);
    if (endColumn - startColumn === 1) continue;
    for (const row of [0, 1, 2]) across(COMPARED_ROW + row, startColumn, endColumn);
  }

  const wide = (row: number, title_: string, placeholder: string): void => {
    for (let column = 0; column < LAST_COLUMN; column++) put(row, column, BLANK, heading);
    put(row, 0, text(title_), heading);
    put(row + 1, 0, text(placeholder), {
      wrapStrategy: 'WRAP',
      verticalAlignment: 'TOP',
      textFormat: font(9, { foregroundColor: GREY }),
    });
    for (const one of [row, row + 1]) across(one, 0, LAST_COLUMN);
  };
  const compsRow = Math.max(BRIDGE_ROW + BRIDGE.length, COMPARED_ROW + 2) + 2;
  wide(compsRow, 'Comps', '{{comps}}');
  const notesRow = compsRow + 3;
  wide(notesRow, 'Notes', '{{footnotes}}');
  const codeRow = notesRow + 3;
  put(
    codeRow,
    0,
    text('Statement {{statement.code}}, version {{statement.version}}. Fingerprint {{fingerprint}}.'),
    {
      textFormat: font(8, { foregroundColor: GREY }),
    },
  );
  across(codeRow, 0, LAST_COLUMN);

  const heights = new Map<number, number>([
    [0, 40],
    [1, 28],
    [2, 24],
    [3, 8],
    [HEADER_ROW, 26],
    [TOTALS_ROW, 26],
  ]);
  const rowCount = codeRow + 1;
  return {
    title,
    rows: Array.from({ length: rowCount }, (_, row) =>
      Array.from(
        { length: LAST_COLUMN },
        (_unused, column) => cells.get(`${row}:${column}`) ?? { input: BLANK, format: {} },
      ),
    ),
    columnWidthsPx: COLUMNS.map((column) => column.widthPx),
    rowHeightsPx: Array.from({ length: rowCount }, (_, row) => heights.get(row) ?? 21),
    merges,
    frozenRows: HEADER_ROW + 1,
    frozenColumns: 0,
  };
}

function font(
  fontSize: number,
  more: NonNullable<CellFormat['textFormat']> = {},
): NonNullable<CellFormat['textFormat']> {
  return { fontFamily: FONT, fontSize, ...more };
}
