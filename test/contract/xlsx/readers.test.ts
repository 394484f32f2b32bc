/** What three readers that others wrote see in the statement's file. */
import fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import XLSX from 'xlsx';
import { cellText } from '../../../src/statement/cell-text.ts';
import type { CellFormat } from '../../../src/statement/grid.ts';
import { dateSerial } from '../../../src/statement/month.ts';
import { excelFormatCode } from '../../../src/workbook/xlsx/number-format.ts';
import { writeXlsx } from '../../../src/workbook/xlsx/write-xlsx.ts';
import {
  formula,
  houseStatement,
  number,
  planned,
  planOf,
  properties,
  text,
} from '../../workbook/xlsx/plans.ts';
import { loadWithExceljs, readers } from './readers.ts';

const nothing = (): null => null;

describe.each(readers)('%s', (reader, read) => {
  test('sees every value, formula and number format of a statement in house format', async () => {
    const { plan, computed } = houseStatement(12);
    const seen = await read(writeXlsx({ plan, computed, properties }));
    expect(seen.sheets).toEqual(['May 2026']);
    let compared = 0;
    plan.rows.forEach((cells, row) => {
      cells.forEach(({ input, format }, column) => {
        const cell = seen.cell(row, column);
        if (input.kind === 'blank') {
          expect(cell.value).toBeNull();
          return;
        }
        compared++;
        expect(cell.format).toBe(excelFormatCode(format.numberFormat));
        if (input.kind === 'formula') {
          expect(cell).toMatchObject({ formula: input.formula.slice(1), value: computed(row, column) });
        } else {
          const value =
            input.kind === 'text' ? input.text : input.kind === 'number' ? input.number : input.boolean;
          expect(cell).toMatchObject({ formula: null, value });
        }
      });
    });
    expect(compared).toBeGreaterThan(180);
  });

  test('sees the merges of a statement in house format, and no others', async () => {
    const { plan, computed } = houseStatement(12);
    const seen = await read(writeXlsx({ plan, computed, properties }));
    expect(seen.merges).toHaveLength(plan.merges.length);
    expect(seen.merges).toEqual(expect.arrayContaining(['A1:N1', 'A2:N2', 'A18:E18', 'A20:G20', 'F27:G27']));
  });

  test('sees texts, numbers, truth values and a date for what they are', async () => {
    const date = { numberFormat: { type: 'DATE' } };
    const plan = planOf([
      [text('009'), number(-0.1), number(1e21), number(1e-7)],
      [
        planned({ kind: 'boolean', boolean: true }),
        number(dateSerial('2026-05-14'), date),
        text('TRUE'),
        text(''),
      ],
    ]);
    const seen = await read(writeXlsx({ plan, computed: nothing, properties }));
    const values = [0, 1].map((row) => [0, 1, 2, 3].map((column) => seen.cell(row, column).value));
    expect(values).toEqual([
      ['009', -0.1, 1e21, 1e-7],
      [true, 46156, 'TRUE', null],
    ]);
    expect(seen.cell(1, 1).format).toBe('yyyy-mm-dd');
  });

  test('sees what the sheet computed, of each kind, beside its formula', async () => {
    const results = [12.5, 'a < b & "c"', true, false, '#DIV/0!', '#N/A', null];
    const plan = planOf([results.map((_result, index) => formula(`=IF(Z1="<&>",${index},1)`))]);
    const seen = await read(
      writeXlsx({ plan, computed: (_row, column) => results[column] ?? null, properties }),
    );
    const cells = results.map((_result, column) => seen.cell(0, column));
    expect(cells.map((cell) => cell.formula)).toEqual(
      results.map((_result, index) => `IF(Z1="<&>",${index},1)`),
    );
    expect(cells.map((cell) => cell.value)).toEqual([
      12.5,
      'a < b & "c"',
      true,
      // exceljs loses a cached FALSE.
      reader === 'exceljs' ? null : false,
      { error: '#DIV/0!' },
      { error: '#N/A' },
      null,
    ]);
  });

  test('sees only the value of a formula that leaves the tab or that Excel has not, and what it spilled', async () => {
    const plan = planOf([
      [formula("='April 2026'!B2"), formula('=QUERY(A5:B9,"select A")'), planned({ kind: 'blank' })],
      [formula('=GOOGLEFINANCE("X")'), planned({ kind: 'blank' }), formula('=SUM(A1:B1)')],
    ]);
    const shown = [
      [7, 'Ana', 'Ben'],
      ['#ERROR!', 3, 7],
    ];
    const seen = await read(
      writeXlsx({ plan, computed: (row, column) => shown[row]?.[column] ?? null, properties }),
    );
    const cells = [0, 1].map((row) => [0, 1, 2].map((column) => seen.cell(row, column)));
    expect(cells.map((row) => row.map((cell) => cell.value))).toEqual([
      [7, 'Ana', 'Ben'],
      [{ error: '#VALUE!' }, 3, 7],
    ]);
    expect(cells.map((row) => row.map((cell) => cell.formula))).toEqual([
      [null, null, null],
      [null, null, 'SUM(A1:B1)'],
    ]);
  });

  test('sees only the value of a formula that Sheets could not read, or that readers would not read alike', async () => {
    const plan = planOf([
      [formula('=SUM(B1:B2)'), formula('=B1&"_x0041_"'), formula('=B1&"_"&B2'), formula('=B1')],
    ]);
    const shown = ['#ERROR!', 'A', '_x0041_', '#NAME?'];
    const seen = await read(
      writeXlsx({ plan, computed: (_row, column) => shown[column] ?? null, properties }),
    );
    const cells = shown.map((_value, column) => seen.cell(0, column));
    expect(cells.map((cell) => cell.formula)).toEqual([null, null, null, null]);
    expect(cells.map((cell) => cell.value)).toEqual([
      { error: '#VALUE!' },
      'A',
      '_x0041_',
      { error: '#NAME?' },
    ]);
  });

  test('reads any text back as it was put into a cell', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc
        .array(
          fc.constantFrom(
            '_x0041_',
            '_X000d_',
            '_x005F_',
            '&amp;',
            '<t>',
            ']]>',
            '"',
            "'",
            '=',
            '@',
            '+',
            '-',
            ' ',
            '\n',
            '\t',
            '\r\n',
            '🐬',
            '\u0000',
            '\ud800',
            '#N/A',
            '1',
          ),
          { minLength: 1, maxLength: 12 },
        )
        .map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 30 }), async (texts) => {
        const seen = await read(
          writeXlsx({ plan: planOf(texts.map((words) => [text(words)])), computed: nothing, properties }),
        );
        expect(texts.map((_words, row) => seen.cell(row, 0).value ?? '')).toEqual(texts.map(cellText));
      }),
      { numRuns: 150 },
    );
  });
});

describe('a reader that knows styles', () => {
  const color = (red: number, green: number, blue: number) => ({
    red: red / 255,
    green: green / 255,
    blue: blue / 255,
  });
  const format: CellFormat = {
    backgroundColor: color(238, 242, 247),
    horizontalAlignment: 'CENTER',
    verticalAlignment: 'MIDDLE',
    wrapStrategy: 'WRAP',
    borders: {
      top: { style: 'SOLID', color: color(27, 54, 93) },
      bottom: { style: 'DOUBLE', color: color(27, 54, 93) },
      left: { style: 'DASHED' },
      right: { style: 'DOTTED' },
    },
    textFormat: {
      fontFamily: 'Georgia',
      fontSize: 14,
      bold: true,
      italic: true,
      underline: true,
      strikethrough: true,
      foregroundColor: color(200, 0, 16),
    },
  };
  const black = { argb: 'FF000000' };
  const navy = { argb: 'FF1B365D' };

  test('sees font, fill, borders and alignment', async () => {
    const workbook = await loadWithExceljs(
      writeXlsx({ plan: planOf([[text('x', format)]]), computed: nothing, properties }),
    );
    const cell = workbook.worksheets[0]?.getCell('A1');
    expect(cell?.font).toEqual({
      name: 'Georgia',
      size: 14,
      bold: true,
      italic: true,
      underline: true,
      strike: true,
      color: { argb: 'FFC80010' },
    });
    expect(cell?.fill).toMatchObject({ type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEEF2F7' } });
    expect(cell?.border).toEqual({
      top: { style: 'thin', color: navy },
      bottom: { style: 'double', color: navy },
      left: { style: 'dashed', color: black },
      right: { style: 'dotted', color: black },
    });
    expect(cell?.alignment).toEqual({ horizontal: 'center', vertical: 'middle', wrapText: true });
  });

  test.each([
    ['SOLID_MEDIUM', 'medium'],
    ['SOLID_THICK', 'thick'],
    ['NONE', undefined],
  ])('sees the border %s as %s', async (style, expected) => {
    const plan = planOf([[text('x', { borders: { left: { style } } })]]);
    const workbook = await loadWithExceljs(writeXlsx({ plan, computed: nothing, properties }));
    expect(workbook.worksheets[0]?.getCell('A1').border?.left?.style).toBe(expected);
  });

  test('sees Arial 10 where the tab has no font of its own', async () => {
    const workbook = await readXlsx(
      writeXlsx({ plan: planOf([[text('x')]]), computed: nothing, properties }),
    );
    expect(workbook.defaultFont).toMatchObject({ name: 'Arial', size: 10 });
  });

  test('sees sizes, frozen panes, landscape one page wide, repeated rows, page numbers', async () => {
    const { plan, computed } = houseStatement(12);
    const bytes = writeXlsx({ plan, computed, properties });
    const sheet = (await loadWithExceljs(bytes)).worksheets[0];
    // 84 pixels are 12 digits of 7 (ECMA-376 part 1, 18.3.1.13).
    expect(sheet?.getColumn(1).width).toBe(12);
    expect(sheet?.getRow(1).height).toBe(30);
    expect(sheet?.getRow(6).height).toBe(15.75);
    expect(sheet?.views[0]).toMatchObject({
      state: 'frozen',
      xSplit: 0,
      ySplit: 5,
      topLeftCell: 'A6',
      showGridLines: true,
    });
    expect(sheet?.pageSetup).toMatchObject({
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printArea: 'A1:N35',
      printTitlesRow: '1:5',
    });
    const footer = '&LHarbor && Sons Charters&CPage &P of &N&RRevenue statement, May 2026';
    expect(sheet?.headerFooter.oddFooter).toBe(footer);

    const other = (await readXlsx(bytes)).sheets[0];
    expect(other?.freezePane).toEqual({ rows: 5 });
    expect(other?.pageSetup).toMatchObject({
      orientation: 'landscape',
      fitToWidth: 1,
      fitToHeight: 0,
      printArea: '$A$1:$N$35',
      printTitlesRow: '$1:$5',
    });
    expect(other?.headerFooter?.oddFooter).toBe(footer);
  });

  test('sees frozen columns too', async () => {
    const plan = planOf([[text('a'), text('b'), text('c')]], { frozenColumns: 2, frozenRows: 1 });
    const sheet = (await loadWithExceljs(writeXlsx({ plan, computed: nothing, properties }))).worksheets[0];
    expect(sheet?.views[0]).toMatchObject({ state: 'frozen', xSplit: 2, ySplit: 1, topLeftCell: 'C2' });
    expect(sheet?.pageSetup).toMatchObject({ printTitlesRow: '1:1', printTitlesColumn: 'A:B' });
  });

  test('sees the Template’s hidden rows and columns hidden, and in their size', async () => {
    const plan = planOf([[text('a'), text('b'), text('c')], [text('d')], [text('e')]], {
      columnWidthsPx: [70, 84, 100],
      hiddenColumns: new Set([1]),
      hiddenRows: new Set([0, 2]),
    });
    const bytes = writeXlsx({ plan, computed: nothing, properties });
    const sheet = (await loadWithExceljs(bytes)).worksheets[0];
    expect([1, 2, 3].map((column) => sheet?.getColumn(column).hidden)).toEqual([false, true, false]);
    expect([1, 2, 3].map((row) => sheet?.getRow(row).hidden)).toEqual([true, false, true]);
    expect(sheet?.getColumn(2).width).toBe(12);
    expect(sheet?.getRow(3).height).toBe(15.75);
    expect(sheet?.getCell('B1').value).toBe('b');

    const book = XLSX.read(bytes, { type: 'array', cellStyles: true });
    const other = book.Sheets['May 2026'];
    expect([0, 1, 2].map((column) => other?.['!cols']?.[column]?.hidden === true)).toEqual([
      false,
      true,
      false,
    ]);
    expect([0, 1, 2].map((row) => other?.['!rows']?.[row]?.hidden === true)).toEqual([true, false, true]);
  });

  test('shows money, dates and percentages as the tab does', () => {
    const { plan, computed } = houseStatement(12);
    const book = XLSX.read(writeXlsx({ plan, computed, properties }), { type: 'array' });
    const shown = (name: string): string => book.Sheets['May 2026']?.[name].w;
    expect(shown('A6')).toBe('2026-05-01');
    expect(shown('I6')).toBe(' $125.00 ');
    expect(shown('L10')).toBe(' $(125.00)');
  });

  test('sees whose file it is, and the time of the statement, not of the writing', async () => {
    const bytes = writeXlsx({ plan: planOf([[text('x')]]), computed: nothing, properties });
    const workbook = await loadWithExceljs(bytes);
    expect(workbook).toMatchObject({
      title: 'Revenue statement, May 2026',
      creator: 'Harbor & Sons Charters',
      company: 'Harbor & Sons Charters',
      description: 'Statement PRSK3QD202605V1, version 1.',
    });
    expect(workbook.created).toEqual(new Date('2026-06-01T10:00:00Z'));
    expect(workbook.modified).toEqual(new Date('2026-06-01T10:00:00Z'));
  });
});
