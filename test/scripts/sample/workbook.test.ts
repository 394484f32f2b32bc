import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import type { Cell, Tab } from '../../../scripts/local/sheets/model.ts';
import { readXlsx } from '../../../scripts/local/sheets/xlsx-read.ts';
import { calculateMonth } from '../../../scripts/sample/statements.ts';
import type { GridCell, TabGrid } from '../../../src/statement/grid.ts';
import { accountingPattern, houseTemplate } from '../../../src/statement/house-template.ts';
import { monthLabel } from '../../../src/statement/month.ts';
import type { Totals } from '../../../src/statement/statement.ts';
import { readTemplate } from '../../../src/statement/template.ts';
import { templateDifferences } from '../../../src/workbook/template-check.ts';

const FOLDER = join(import.meta.dirname, '../../../sample');
const POSTED = ['2026-01', '2026-02', '2026-03'] as const;
const charterLines = readFileSync(join(FOLDER, 'charters.jsonl'), 'utf8');
const rosterLines = readFileSync(join(FOLDER, 'roster.jsonl'), 'utf8');
const house = houseTemplate('Template', 'USD');

let book: ExcelJS.Workbook;
beforeAll(async () => {
  book = new ExcelJS.Workbook();
  await book.xlsx.readFile(join(FOLDER, 'workbook.xlsx'));
});

function tab(title: string): ExcelJS.Worksheet {
  const sheet = book.getWorksheet(title);
  if (sheet === undefined) throw new Error(`There is no tab ${title}`);
  return sheet;
}

interface FormulaCell {
  readonly at: string;
  readonly formula: string;
  readonly result: unknown;
}

function formulasOf(sheet: ExcelJS.Worksheet): FormulaCell[] {
  const found: FormulaCell[] = [];
  sheet.eachRow((row) => {
    row.eachCell((cell) => {
      if (cell.formula) found.push({ at: cell.address, formula: cell.formula, result: cell.result });
    });
  });
  return found;
}

const statementOf = (month: string) => calculateMonth(month, charterLines, rosterLines).statement;
const cents = (result: unknown): number =>
  typeof result === 'number' ? Math.round(result * 100) : Number.NaN;

test('the workbook has the posted months, the Template and a person’s Ledger, and no tab of Purser’s', () => {
  expect(book.worksheets.map(({ name }) => name)).toEqual([
    'Ledger',
    'January 2026',
    'February 2026',
    'March 2026',
    'Template',
  ]);
  expect(book.title).toBe('Blue Heron revenue 2026');
});

test('the Template tab is the house template, cell by cell', () => {
  const sheet = tab('Template');
  house.rows.forEach((cells, row) => {
    cells.forEach(({ input }, column) => {
      const cell = sheet.getCell(row + 1, column + 1);
      if (input.kind === 'text') expect(cell.value).toBe(input.text);
      else if (input.kind === 'formula') expect(`=${cell.formula}`).toBe(input.formula);
      else if (!cell.isMerged) expect(cell.value).toBeNull();
    });
  });
});

test.each(['January 2026', 'February 2026', 'March 2026', 'Template'])(
  'the tab %s has the house format: widths, frozen header, merges, accounting numbers, colours',
  (title) => {
    const sheet = tab(title);
    expect(
      house.columnWidthsPx.map((_, column) => Math.round((sheet.getColumn(column + 1).width ?? 0) * 7)),
    ).toEqual(house.columnWidthsPx);
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: house.frozenRows });
    expect(sheet.model.merges).toHaveLength(house.merges.length);
    expect(sheet.getRow(1).height).toBe((house.rowHeightsPx[0] ?? 0) * 0.75);
    expect(sheet.getCell('J6').numFmt).toBe(accountingPattern('USD'));
    expect(sheet.getCell('A6').numFmt).toBe('yyyy-mm-dd');
    expect(sheet.getCell('B6').numFmt).toBe('@');
    expect(sheet.getCell('N6').alignment).toMatchObject({ wrapText: true, vertical: 'top' });
    expect(sheet.getCell('A1').font).toMatchObject({ name: 'Arial', size: 18, bold: true });
    expect(sheet.getCell('A1').fill).toMatchObject({ pattern: 'solid', fgColor: { argb: 'FF1B365D' } });
    expect(sheet.getCell('A5').border.bottom).toMatchObject({ style: 'medium' });
  },
);

test.each(POSTED)('the posted tab of %s lists its charters and its totals to the cent', (month) => {
  const { lines, totals } = statementOf(month);
  const sheet = tab(monthLabel(month));
  lines.forEach((line, index) => {
    const row = sheet.getRow(6 + index);
    expect([3, 4, 6].map((column) => row.getCell(column).value)).toEqual([line.vessel, line.id, line.guests]);
    expect(row.getCell(1).value).toEqual(new Date(`${line.date}T00:00:00Z`));
    expect(cents(row.getCell(10).value)).toBe(line.reportableCents);
  });
  const last = 5 + lines.length;
  const sums = 'FGHJKL'.split('').map((letter) => sheet.getCell(`${letter}${last + 1}`));
  expect(sums.map(({ formula }) => formula)).toEqual(
    'FGHJKL'.split('').map((letter) => `SUM(${letter}6:${letter}${last})`),
  );
  const [guests, comps, paying, ...money] = sums.map(({ result }) => result);
  expect([guests, comps, paying]).toEqual([totals.guests, totals.comps, totals.paying]);
  expect(money.map(cents)).toEqual([totals.reportableCents, totals.recordedCents, totals.differenceCents]);
  const bridge = formulasOf(sheet).filter(({ formula }) => !formula.startsWith('SUM'));
  expect(bridge.map(({ result }) => cents(result))).toEqual([totals.reportableCents]);
});

test.each(POSTED)(
  'the posted tab of %s was made by hand: no placeholder is left, and no code of Purser',
  (month) => {
    const texts: string[] = [];
    tab(monthLabel(month)).eachRow((row) =>
      // A blank cell that is merged has no text to ask for.
      row.eachCell((cell) => texts.push(cell.master.value === null ? '' : cell.text)),
    );
    expect(texts.filter((text) => /\{\{|PRS[A-Z2-7]{4}\d|ingerprint/.test(text))).toEqual([]);
    const made = { '2026-01': 'February', '2026-02': 'March', '2026-03': 'April' }[month];
    expect(texts).toContain(`Prepared by Nora Whitfield, ${made} 2, 2026.`);
  },
);

test('the Ledger adds up the month tabs by formulas, with the results that they come to', () => {
  const sheet = tab('Ledger');
  const all = POSTED.map((month) => statementOf(month));
  const sum = (pick: (totals: Totals) => number): number =>
    all.reduce((before, { totals }) => before + pick(totals), 0);
  all.forEach(({ lines, totals }, index) => {
    const row = sheet.getRow(4 + index);
    const title = monthLabel(POSTED[index] ?? '');
    expect(row.getCell(1).value).toBe(title);
    expect(row.getCell(5).formula).toBe(`'${title}'!J${6 + lines.length}`);
    expect([2, 3, 4].map((column) => row.getCell(column).result)).toEqual([
      lines.length,
      totals.guests,
      totals.paying,
    ]);
    expect([5, 6].map((column) => cents(row.getCell(column).result))).toEqual([
      totals.reportableCents,
      totals.recordedCents,
    ]);
  });
  expect(sheet.getCell('E7').formula).toBe('SUM(E4:E6)');
  expect(cents(sheet.getCell('E7').result)).toBe(sum(({ reportableCents }) => reportableCents));
  expect(sheet.getCell('C7').result).toBe(sum(({ guests }) => guests));
});

/** A tab as the local Workspace opens it from the file. */
async function openedGrids(): Promise<Map<string, TabGrid>> {
  const { workbook, dropped } = await readXlsx(
    new Uint8Array(readFileSync(join(FOLDER, 'workbook.xlsx'))),
    null,
  );
  expect(dropped).toEqual([]);
  const width = (tab: Tab): number => Math.max(...tab.rows.map((row) => row?.length ?? 0));
  return new Map(
    workbook.tabs.map((tab) => [
      tab.title,
      {
        title: tab.title,
        rows: tab.rows.map((row) => Array.from(row ?? [], gridCell)),
        columnWidthsPx: Array.from(
          { length: width(tab) },
          (_, column) => tab.columnInfo[column]?.pixelSize ?? 100,
        ),
        rowHeightsPx: tab.rows.map((_, row) => tab.rowInfo[row]?.pixelSize ?? 21),
        merges: tab.merges,
        frozenRows: tab.frozenRowCount,
        frozenColumns: tab.frozenColumnCount,
      },
    ]),
  );
}

function gridCell(cell: Cell | undefined): GridCell {
  const { value, format = {} } = cell ?? {};
  if (value === undefined || 'errorValue' in value) return { input: { kind: 'blank' }, format };
  if ('formulaValue' in value) return { input: { kind: 'formula', formula: value.formulaValue }, format };
  if ('stringValue' in value) return { input: { kind: 'text', text: value.stringValue }, format };
  if ('numberValue' in value) return { input: { kind: 'number', number: value.numberValue }, format };
  return { input: { kind: 'boolean', boolean: value.boolValue }, format };
}

test('opened by the local Workspace, the Template is usable, and no posted month looks different from it', async () => {
  const grids = await openedGrids();
  const grid = grids.get('Template');
  const reading = grid === undefined ? null : readTemplate(grid);
  if (reading?.ok !== true) throw new Error(`The Template is not usable: ${reading?.problems.join(' ')}`);
  expect(reading.template.prototypeRow).toBe(5);
  expect(reading.template.grid.merges).toHaveLength(house.merges.length);
  for (const month of POSTED) {
    const prior = grids.get(monthLabel(month));
    expect(prior === undefined ? 'missing' : templateDifferences(reading.template, prior)).toBeNull();
  }
  const ledger = grids.get('Ledger');
  expect(ledger === undefined ? null : templateDifferences(reading.template, ledger)?.code).toBe(
    'template-differs',
  );
});
