import ExcelJS from 'exceljs';
import { createSheetsHost } from '../../../scripts/local/sheets/sheets-host.ts';
import type { LocalSheets } from './local-sheets.ts';
import { standingClock, startLocalSheets } from './local-sheets.ts';

let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
});
afterEach(() => local.close());

async function bytesOf(book: ExcelJS.Workbook): Promise<Uint8Array> {
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

describe('loading an .xlsx', () => {
  test('takes values, dates, rich text, links, errors, shared formulas and merges', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Data');
    sheet.getCell('A1').value = new Date(Date.UTC(2026, 4, 14));
    sheet.getCell('A1').numFmt = 'yyyy-mm-dd';
    sheet.getCell('B1').value = { richText: [{ text: 'rich ' }, { text: 'text', font: { bold: true } }] };
    sheet.getCell('C1').value = { text: 'link', hyperlink: 'https://example.com/' };
    sheet.getCell('D1').value = { error: '#N/A' };
    sheet.getCell('E1').value = true;
    sheet.getCell('F1').value = '=not a formula';
    sheet.getCell('A2').value = 2;
    sheet.fillFormula('B2:B4', 'A2*2', [4, 6, 8]);
    sheet.mergeCells('A6:C7');
    sheet.getCell('A6').value = 'merged';
    const { dropped } = await local.host.load(await bytesOf(book), null);
    expect(dropped).toEqual([]);
    const [tab] = local.host.snapshot().tabs;
    expect(tab?.merges).toEqual(['A6:C7']);
    const inputs = Object.fromEntries(
      Object.entries(tab?.cells ?? {}).map(([name, { input }]) => [name, input]),
    );
    expect(inputs).toMatchObject({
      A1: 46156,
      B1: 'rich text',
      C1: 'link',
      D1: '#N/A',
      E1: true,
      F1: '=not a formula',
      B2: '=A2*2',
      B3: '=A3*2',
      B4: '=A4*2',
      A6: 'merged',
    });
    expect(inputs.B6 ?? null).toBeNull();
    expect(tab?.cells.A1?.formatted).toBe('2026-05-14');
  });
  test('takes formats, sizes, frozen rows, hidden tabs and their order', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Template', { views: [{ state: 'frozen', xSplit: 1, ySplit: 2 }] });
    sheet.state = 'hidden';
    book.addWorksheet('Front');
    sheet.getColumn(2).width = 20;
    sheet.getRow(1).height = 30;
    const cell = sheet.getCell('B1');
    cell.value = 1234.5;
    cell.style = {
      numFmt: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
      font: { name: 'Georgia', size: 14, bold: true, color: { argb: 'FFFF0000' } },
      fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF0000FF' } },
      border: { top: { style: 'thin', color: { argb: 'FF00FF00' } } },
      alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
    };
    await local.host.load(await bytesOf(book), null);
    const [tab, front] = local.host.snapshot().tabs;
    expect(tab).toMatchObject({ title: 'Template', hidden: true, frozenRowCount: 2, frozenColumnCount: 1 });
    expect(front).toMatchObject({ title: 'Front', hidden: false });
    expect(tab?.cells.B1?.format).toMatchObject({
      numberFormat: { type: 'CURRENCY' },
      backgroundColor: { blue: 1 },
      borders: { top: { style: 'SOLID', color: { green: 1 } } },
      horizontalAlignment: 'CENTER',
      verticalAlignment: 'MIDDLE',
      wrapStrategy: 'WRAP',
      textFormat: { fontFamily: 'Georgia', fontSize: 14, bold: true, foregroundColor: { red: 1 } },
    });
    const { body } = await local.get('?ranges=Template!B1&fields=sheets.data(rowMetadata,columnMetadata)');
    expect(body.sheets[0].data[0]).toEqual({
      rowMetadata: [{ pixelSize: 40 }],
      columnMetadata: [{ pixelSize: 140 }],
    });
  });
  test('names what it drops', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Data');
    const image = book.addImage({ base64: PIXEL, extension: 'png' });
    sheet.addImage(image, 'A1:B2');
    expect((await local.host.load(await bytesOf(book), null)).dropped).toEqual(['Data: 1 image']);
  });
  test.each([
    ['text', new TextEncoder().encode('charter,guests')],
    ['half a file', null],
  ])('of %s fails with a sentence and changes nothing', async (_name, bytes) => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('Data');
    const whole = await bytesOf(book);
    await local.write('A1', [[1]]);
    await expect(local.host.load(bytes ?? whole.slice(0, whole.length / 2), null)).rejects.toThrow(/\.xlsx/);
    expect(await local.values('A1')).toEqual([[1]]);
  });
});

describe('saving and loading again', () => {
  async function fill(): Promise<void> {
    await local.write('A1', [['Total', '$1,250.50', '=B1*2', '2026-05-14', "'=1", '=1/0', '12.5%', true]]);
    await local.update(
      { addSheet: { properties: { sheetId: 77, title: "It's May" } } },
      { mergeCells: { range: { sheetId: 77, startRowIndex: 0, endRowIndex: 1, endColumnIndex: 3 } } },
      {
        createDeveloperMetadata: {
          developerMetadata: {
            metadataId: 5,
            metadataKey: 'month',
            location: { sheetId: 77 },
            visibility: 'PROJECT',
          },
        },
      },
      { addProtectedRange: { protectedRange: { protectedRangeId: 3, range: { sheetId: 77 } } } },
      {
        repeatCell: {
          range: { sheetId: 77, endRowIndex: 1, endColumnIndex: 3 },
          cell: {
            userEnteredFormat: {
              textFormat: { bold: true },
              backgroundColor: { red: 1 },
              borders: { bottom: { style: 'DOUBLE' } },
            },
          },
          fields: 'userEnteredFormat',
        },
      },
      {
        updateSheetProperties: {
          properties: { sheetId: 77, hidden: true, gridProperties: { rowCount: 50, frozenRowCount: 1 } },
          fields: 'hidden,gridProperties(rowCount,frozenRowCount)',
        },
      },
      {
        updateDimensionProperties: {
          range: { sheetId: 77, dimension: 'COLUMNS', startIndex: 1, endIndex: 2 },
          properties: { pixelSize: 133 },
          fields: 'pixelSize',
        },
      },
    );
    await local.write("'It''s May'!A2", [['=SUM(Sheet1!B1:B)']]);
  }
  test('brings everything back, ids and metadata by the state', async () => {
    await fill();
    const before = local.host.snapshot();
    const saved = await local.host.save();
    const state = JSON.parse(JSON.stringify(saved.state)) as typeof saved.state;
    const again = await createSheetsHost({ spreadsheetId: 'x', tokens: new Map(), clock: standingClock() });
    await again.load(saved.xlsx, state);
    // A border's sides come back in another order, which toEqual does not mind.
    expect(again.snapshot()).toEqual(before);
    await again.close();
  });
  test('keeps rows and columns hidden, with the sizes they have, also where they hold nothing', async () => {
    const hide = (dimension: 'ROWS' | 'COLUMNS', startIndex: number, endIndex: number) => ({
      updateDimensionProperties: {
        range: { sheetId: 0, dimension, startIndex, endIndex },
        properties: { hiddenByUser: true },
        fields: 'hiddenByUser',
      },
    });
    await local.write('A1', [['a', 'b'], ['c']]);
    await local.update(
      {
        updateDimensionProperties: {
          range: { sheetId: 0, dimension: 'COLUMNS', startIndex: 1, endIndex: 2 },
          properties: { pixelSize: 70 },
          fields: 'pixelSize',
        },
      },
      hide('ROWS', 1, 2),
      hide('ROWS', 3, 4),
      hide('COLUMNS', 1, 3),
    );
    const { xlsx, state } = await local.host.save();
    for (const known of [state, null]) {
      await local.host.load(xlsx, known);
      const { body } = await local.get(
        '?ranges=Sheet1!A1:D5&fields=sheets.data(rowMetadata(pixelSize,hiddenByUser),columnMetadata(pixelSize,hiddenByUser))',
      );
      const hiddenByUser = true;
      expect(body.sheets[0].data[0]).toEqual({
        rowMetadata: [
          { pixelSize: 21 },
          { pixelSize: 21, hiddenByUser },
          { pixelSize: 21 },
          { pixelSize: 21, hiddenByUser },
          { pixelSize: 21 },
        ],
        columnMetadata: [
          { pixelSize: 100 },
          { pixelSize: 70, hiddenByUser },
          { pixelSize: 100, hiddenByUser },
          { pixelSize: 100 },
        ],
      });
    }
  });
  test('gives the same bytes for the same content and clock', async () => {
    await fill();
    const first = await local.host.save();
    await local.host.load(first.xlsx, first.state);
    const second = await local.host.save();
    expect(hex(second.xlsx) === hex(first.xlsx)).toBe(true);
    local.clock.advance(86_400_000);
    expect(hex((await local.host.save()).xlsx) === hex(first.xlsx)).toBe(false);
  });
  test('computed values lie beside the formulas, for readers that do not compute', async () => {
    await fill();
    const book = new ExcelJS.Workbook();
    const { xlsx } = await local.host.save();
    const buffer = new ArrayBuffer(xlsx.byteLength);
    new Uint8Array(buffer).set(xlsx);
    await book.xlsx.load(buffer);
    expect(book.getWorksheet('Sheet1')?.getCell('C1').value).toMatchObject({ formula: 'B1*2', result: 2501 });
    expect(book.getWorksheet("It's May")?.getCell('A2').value).toMatchObject({
      formula: 'SUM(Sheet1!B1:B1048576)',
      result: 1250.5,
    });
  });
  test('a tab that was renamed meanwhile is a new tab', async () => {
    await fill();
    const { xlsx, state } = await local.host.save();
    const { "It's May": known, ...others } = state.tabs;
    await local.host.load(xlsx, {
      ...state,
      tabs: known === undefined ? others : { ...others, June: known },
    });
    const [, tab] = local.host.snapshot().tabs;
    expect(tab?.sheetId).not.toBe(77);
    expect(local.host.snapshot().metadata).toEqual([]);
  });
});

test('a person types into a cell', async () => {
  local.host.setCell('Sheet1', 'B2', '5/14/2026');
  local.host.setCell('Sheet1', 'B3', '=B2+1');
  expect(await local.values('B2:B3')).toEqual([[46156], [46157]]);
  expect(() => local.host.setCell('Nope', 'A1', 'x')).toThrow('Nope');
  expect(() => local.host.setCell('Sheet1', 'AB1', 'x')).toThrow('grid limits');
});
