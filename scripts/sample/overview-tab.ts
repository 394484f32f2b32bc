/** The tab `Ledger`, which a person made: one row a month, all formulas into the month tabs. */
import type { CellFormat, GridCell, TabGrid } from '../../src/statement/grid.ts';
import { cellName, columnName, quotedTitle } from '../../src/statement/grid.ts';
import { accountingPattern } from '../../src/statement/house-template.ts';
import type { SheetPlan } from '../../src/statement/sheet-plan.ts';
import { CURRENCY, WORKBOOK_TITLE } from './operator.ts';

interface Figure {
  readonly header: string;
  readonly format: CellFormat;
  /** Formula for one month, without its `=`. */
  readonly of: (month: SheetPlan) => string;
}

const HEADS: CellFormat = { numberFormat: { type: 'NUMBER', pattern: '#,##0' } };
const MONEY: CellFormat = { numberFormat: { type: 'NUMBER', pattern: accountingPattern(CURRENCY) } };
const BOLD: CellFormat = { textFormat: { fontFamily: 'Arial', fontSize: 10, bold: true } };

const FIGURES: readonly Figure[] = [
  { header: 'Listed', format: HEADS, of: (month) => `COUNT(${charterCells(month, 'Date')})` },
  { header: 'Guests', format: HEADS, of: (month) => totalCell(month, 'Guests') },
  { header: 'Paying', format: HEADS, of: (month) => totalCell(month, 'Paying') },
  { header: 'Revenue', format: MONEY, of: (month) => totalCell(month, 'Reportable') },
  { header: 'Recorded', format: MONEY, of: (month) => totalCell(month, 'Recorded') },
];

/** As a person counts rows: the first month's. */
const FIRST_ROW = 4;

/** `months` are the posted ones, in their order. */
export function overviewTab(months: readonly SheetPlan[]): TabGrid {
  const lastRow = FIRST_ROW + months.length - 1;
  const sums = FIGURES.map(({ format }, index) => {
    const letter = columnName(index + 1);
    return formula(`SUM(${letter}${FIRST_ROW}:${letter}${lastRow})`, { ...format, ...BOLD });
  });
  const headers = FIGURES.map(({ header }) => text(header, { ...BOLD, horizontalAlignment: 'RIGHT' }));
  const rows = [
    [text(WORKBOOK_TITLE, { textFormat: { fontFamily: 'Arial', fontSize: 14, bold: true } })],
    [text('Nora’s overview. New months are added by hand.')],
    [text('Month', BOLD), ...headers],
    ...months.map((month) => [
      text(month.title),
      ...FIGURES.map((figure) => formula(figure.of(month), figure.format)),
    ]),
    [text('So far', BOLD), ...sums],
  ];
  return {
    title: 'Ledger',
    rows,
    columnWidthsPx: [126, 70, 70, 70, 112, 112],
    rowHeightsPx: rows.map((_, row) => (row === 0 ? 28 : 21)),
    merges: [],
    frozenRows: FIRST_ROW - 1,
    frozenColumns: 0,
  };
}

/** `'March 2026'!J19`, found by the column's heading. */
function totalCell(month: SheetPlan, header: string): string {
  return `${quotedTitle(month.title)}!${cellName(month.prototypeRow + month.charterRows, columnUnder(month, header))}`;
}

function charterCells(month: SheetPlan, header: string): string {
  const column = columnUnder(month, header);
  const last = month.prototypeRow + month.charterRows - 1;
  return `${quotedTitle(month.title)}!${cellName(month.prototypeRow, column)}:${cellName(last, column)}`;
}

function columnUnder(month: SheetPlan, header: string): number {
  const headers = month.rows[month.prototypeRow - 1] ?? [];
  const column = headers.findIndex(({ input }) => input.kind === 'text' && input.text === header);
  if (column < 0) throw new RangeError(`The house format has no column ${header}`);
  return column;
}

function text(words: string, format: CellFormat = {}): GridCell {
  return { input: { kind: 'text', text: words }, format };
}

function formula(words: string, format: CellFormat): GridCell {
  return { input: { kind: 'formula', formula: `=${words}` }, format };
}
