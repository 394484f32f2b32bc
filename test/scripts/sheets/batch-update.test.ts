import type { LocalSheets } from './local-sheets.ts';
import { startLocalSheets } from './local-sheets.ts';

let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
});
afterEach(() => local.close());

type Json = Record<string, unknown>;
const grid = (
  startRowIndex: number,
  endRowIndex: number,
  startColumnIndex: number,
  endColumnIndex: number,
  sheetId = 0,
): Json => ({
  sheetId,
  startRowIndex,
  endRowIndex,
  startColumnIndex,
  endColumnIndex,
});
const titles = (): string[] => local.host.snapshot().tabs.map((tab) => tab.title);
const cell = (a1: string, tab = 0): Json => ({ ...local.host.snapshot().tabs[tab]?.cells[a1] });
const addTab = (sheetId: number, title: string): Json => ({ addSheet: { properties: { sheetId, title } } });

// https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/batchUpdate
describe('a batch', () => {
  test('is done wholly or not at all', async () => {
    await local.write('A1', [[1]]);
    const before = JSON.stringify(local.host.snapshot());
    const message = await local.refusal(
      { addSheet: { properties: { title: 'New' } } },
      {
        updateCells: {
          start: {},
          rows: [{ values: [{ userEnteredValue: { numberValue: 2 } }] }],
          fields: '*',
        },
      },
      { deleteDimension: { range: { dimension: 'ROWS', startIndex: 0, endIndex: 1 } } },
      { deleteSheet: { sheetId: 99 } },
    );
    expect(message).toBe('Invalid requests[3].deleteSheet: No sheet with id: 99');
    expect(JSON.stringify(local.host.snapshot())).toBe(before);
  });
  test('of nothing, of two kinds in one, or of an unknown kind is refused', async () => {
    expect(await local.refusal()).toBe('Must specify at least one request.');
    expect(await local.refusal({ deleteSheet: {}, addSheet: {} })).toContain(
      "oneof field 'kind' is already set",
    );
    expect(await local.refusal({ paint: {} })).toContain('Unknown name "paint" at \'requests[0]\'');
  });
  test("says so when a kind is Google's and not served here", async () => {
    const { status, body } = await local.post(':batchUpdate', { requests: [{ sortRange: {} }] });
    expect([status, body.error.status]).toEqual([501, 'UNIMPLEMENTED']);
  });
  test('answers one reply a request', async () => {
    const replies = await local.update(addTab(7, 'May'), { unmergeCells: { range: grid(0, 1, 0, 1) } });
    expect(replies).toEqual([
      {
        addSheet: {
          properties: {
            sheetId: 7,
            title: 'May',
            index: 1,
            sheetType: 'GRID',
            gridProperties: { rowCount: 1000, columnCount: 26 },
          },
        },
      },
      {},
    ]);
  });
});

describe('tabs', () => {
  test('titles are unique without regard to case, ids too', async () => {
    expect(await local.refusal({ addSheet: { properties: { title: 'sheet1' } } })).toBe(
      'Invalid requests[0].addSheet: A sheet with the name "sheet1" already exists. Please enter another name.',
    );
    expect(await local.refusal(addTab(0, 'May'))).toContain('already exists');
    expect(await local.refusal({ duplicateSheet: { newSheetId: 0, newSheetName: 'x' } })).toContain(
      'already exists',
    );
  });
  test('the last visible one can be neither deleted nor hidden', async () => {
    await local.update({ addSheet: { properties: { sheetId: 1, title: 'Template', hidden: true } } });
    expect(await local.refusal({ deleteSheet: { sheetId: 0 } })).toContain(
      "can't remove all the visible sheets",
    );
    const hide = { updateSheetProperties: { properties: { sheetId: 0, hidden: true }, fields: 'hidden' } };
    expect(await local.refusal(hide)).toContain("can't hide all the sheets");
  });
  test('a deleted tab turns references to it into #REF!', async () => {
    await local.update(addTab(1, 'Old'));
    await local.write('Old!A1', [[5]]);
    await local.write('Sheet1!A1', [['=Old!A1+1']]);
    expect(await local.values('Sheet1!A1')).toEqual([[6]]);
    await local.update({ deleteSheet: { sheetId: 1 } });
    expect(await local.values('Sheet1!A1')).toEqual([['#REF!']]);
    expect(await local.values('Sheet1!A1', 'FORMULA')).toEqual([['=#REF!+1']]);
  });
  test('a renamed tab keeps the formulas that name it', async () => {
    await local.update(addTab(1, 'draft'));
    await local.write('draft!A1', [[5]]);
    await local.write('Sheet1!A1', [['=draft!A1+1']]);
    await local.update({
      updateSheetProperties: { properties: { sheetId: 1, title: 'May 2026' }, fields: 'title' },
    });
    expect(await local.values('Sheet1!A1', 'FORMULA')).toEqual([["='May 2026'!A1+1"]]);
    expect(await local.values('Sheet1!A1')).toEqual([[6]]);
  });
  // https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets#SheetProperties
  test('an index counts the tabs before the move', async () => {
    await local.update(addTab(1, 'S2'), addTab(2, 'S3'));
    const move = (sheetId: number, index: number): Json => ({
      updateSheetProperties: { properties: { sheetId, index }, fields: 'index' },
    });
    await local.update(move(0, 2));
    expect(titles()).toEqual(['S2', 'Sheet1', 'S3']);
    await local.update(move(0, 2));
    expect(titles()).toEqual(['S2', 'Sheet1', 'S3']);
    await local.update(move(2, 0));
    expect(titles()).toEqual(['S3', 'S2', 'Sheet1']);
  });
  test('a duplicate has the cells, formats, merges and sizes, and is hidden as its source is', async () => {
    await local.write('A1', [['$5.00', '=A1*2']]);
    await local.update(
      addTab(5, 'Front'),
      { mergeCells: { range: grid(2, 4, 0, 2) } },
      {
        updateDimensionProperties: {
          range: { dimension: 'COLUMNS', startIndex: 0, endIndex: 1 },
          properties: { pixelSize: 240 },
          fields: 'pixelSize',
        },
      },
      {
        updateSheetProperties: {
          properties: { hidden: true, gridProperties: { frozenRowCount: 1 } },
          fields: 'hidden,gridProperties.frozenRowCount',
        },
      },
      { duplicateSheet: { sourceSheetId: 0, newSheetId: 9, newSheetName: 'Copy', insertSheetIndex: 2 } },
      {
        updateCells: {
          start: { sheetId: 9 },
          rows: [{ values: [{ userEnteredValue: { numberValue: 8 } }] }],
          fields: 'userEnteredValue',
        },
      },
    );
    const copy = local.host.snapshot().tabs[2];
    expect(copy).toMatchObject({
      title: 'Copy',
      sheetId: 9,
      hidden: true,
      frozenRowCount: 1,
      merges: ['A3:B4'],
    });
    expect(copy?.cells.B1?.value).toBe(16);
    expect(copy?.cells.A1?.formatted).toBe('$8.00');
    expect(cell('A1')).toMatchObject({ value: 5 });
    const { body } = await local.get('?ranges=Copy!A1&fields=sheets.data.columnMetadata.pixelSize');
    expect(body.sheets[0].data[0].columnMetadata).toEqual([{ pixelSize: 240 }]);
  });
  test('a smaller grid loses its last rows, and references to them', async () => {
    await local.write('A1', [['=A5'], [], [], [], [3]]);
    await local.update({
      updateSheetProperties: {
        properties: { gridProperties: { rowCount: 4 } },
        fields: 'gridProperties.rowCount',
      },
    });
    expect(await local.values('Sheet1', 'FORMULA')).toEqual([['=#REF!']]);
  });
});

describe('cells', () => {
  const bold = { userEnteredFormat: { textFormat: { bold: true } } };
  test('only the masked fields are written, and cleared when they are not given', async () => {
    await local.write('A1', [['$5.00']]);
    await local.update({
      updateCells: { start: {}, rows: [{ values: [bold] }], fields: 'userEnteredFormat.textFormat.bold' },
    });
    expect(cell('A1')).toMatchObject({
      value: 5,
      formatted: '$5.00',
      format: { textFormat: { bold: true } },
    });
    await local.update({ updateCells: { start: {}, rows: [{ values: [{}] }], fields: 'userEnteredFormat' } });
    expect(cell('A1')).toMatchObject({ value: 5, formatted: '5', format: null });
    await local.update({ updateCells: { range: grid(0, 2, 0, 2), fields: 'userEnteredValue' } });
    expect(local.host.snapshot().tabs[0]?.cells).toEqual({});
  });
  test('a mask is needed and must name fields that there are', async () => {
    const at = { start: {}, rows: [{ values: [bold] }] };
    expect(await local.refusal({ updateCells: at })).toBe(
      "Invalid requests[0].updateCells: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
    );
    expect(await local.refusal({ updateCells: { ...at, fields: 'userEnteredFormats' } })).toContain(
      'Invalid field',
    );
  });
  test('a colour is given back in both spellings', async () => {
    const blue = { userEnteredFormat: { backgroundColor: { red: 0, blue: 1 } } };
    await local.update({
      repeatCell: { range: grid(0, 1, 0, 1), cell: blue, fields: 'userEnteredFormat.backgroundColor' },
    });
    expect(cell('A1').format).toEqual({
      backgroundColor: { blue: 1 },
      backgroundColorStyle: { rgbColor: { blue: 1 } },
    });
  });
  test('text, numbers and formulas are kept apart', async () => {
    const values = [
      { stringValue: '=1+1' },
      { numberValue: 2 },
      { formulaValue: '=B1+1' },
      { boolValue: true },
    ];
    const row = { values: values.map((userEnteredValue) => ({ userEnteredValue })) };
    await local.update({ updateCells: { start: {}, rows: [row], fields: 'userEnteredValue' } });
    expect(await local.values('A1:D1')).toEqual([['=1+1', 2, 3, true]]);
    for (const wrong of [
      { formulaValue: 'B1' },
      { numberValue: 1, stringValue: 'x' },
      { errorValue: { type: 'REF' } },
    ]) {
      const one = { values: [{ userEnteredValue: wrong }] };
      await local.refusal({ updateCells: { start: {}, rows: [one], fields: 'userEnteredValue' } });
    }
  });
  test('outside the grid is refused', async () => {
    const request = { start: { rowIndex: 999 }, rows: [{ values: [{}] }, { values: [{}] }], fields: '*' };
    expect(await local.refusal({ updateCells: request })).toBe(
      'Invalid requests[0].updateCells: Range (Sheet1!A1000:A1001) exceeds grid limits. Max rows: 1000, max columns: 26',
    );
    expect(
      await local.refusal({ copyPaste: { source: grid(0, 2, 0, 1), destination: grid(999, 1000, 0, 1) } }),
    ).toContain('exceeds grid limits');
  });
  test('a repeated formula moves along', async () => {
    const formula = { userEnteredValue: { formulaValue: '=A1*$B$1' } };
    await local.update({
      repeatCell: { range: grid(0, 3, 2, 3), cell: formula, fields: 'userEnteredValue' },
    });
    expect(await local.values('C1:C3', 'FORMULA')).toEqual([['=A1*$B$1'], ['=A2*$B$1'], ['=A3*$B$1']]);
  });
  test('merges that overlap another are refused, and a merge keeps the upper left value', async () => {
    await local.write('A1', [[1, 2]]);
    await local.update({ mergeCells: { range: grid(0, 1, 0, 2) } });
    expect(await local.values('A1:B1')).toEqual([[1]]);
    expect(await local.refusal({ mergeCells: { range: grid(0, 2, 1, 3) } })).toContain(
      'select all cells in a merged range',
    );
    expect(await local.refusal({ unmergeCells: { range: grid(0, 1, 0, 1) } })).toContain(
      'select all cells in a merged range',
    );
    await local.update(
      { unmergeCells: { range: grid(0, 5, 0, 5) } },
      { mergeCells: { range: grid(0, 2, 0, 2), mergeType: 'MERGE_ROWS' } },
    );
    expect(local.host.snapshot().tabs[0]?.merges).toEqual(['A1:B1', 'A2:B2']);
  });
  test('borders go round the range and inside it', async () => {
    const line = { style: 'SOLID' };
    await local.update({
      updateBorders: { range: grid(0, 2, 0, 1), top: line, innerHorizontal: { style: 'DOTTED' } },
    });
    const borders = (a1: string): Json => (cell(a1).format as { borders: Json }).borders;
    expect(borders('A1')).toMatchObject({ top: { style: 'SOLID', width: 1 }, bottom: { style: 'DOTTED' } });
    expect(Object.keys(borders('A2'))).toEqual(['top']);
  });
});

// https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request#CopyPasteRequest
describe('copy and paste', () => {
  test('repeats the source over a destination that is a multiple of it', async () => {
    await local.write('A1', [['=ROW()', '=A1*2', '$1.00']]);
    await local.update({ copyPaste: { source: grid(0, 1, 0, 3), destination: grid(1, 4, 0, 3) } });
    expect(await local.values('A1:C4', 'FORMULA')).toEqual(
      [1, 2, 3, 4].map((row) => ['=ROW()', `=A${row}*2`, 1]),
    );
    expect(cell('C4').formatted).toBe('$1.00');
  });
  test('may paste values or formats only', async () => {
    await local.write('A1', [['$4.00', '=A1*2']]);
    const source = grid(0, 1, 0, 2);
    await local.update(
      { copyPaste: { source, destination: grid(1, 2, 0, 2), pasteType: 'PASTE_VALUES' } },
      { copyPaste: { source, destination: grid(2, 3, 0, 2), pasteType: 'PASTE_FORMAT' } },
    );
    expect(await local.values('A2:B2', 'FORMULA')).toEqual([[4, 8]]);
    expect(cell('A2').format).toBeNull();
    expect(cell('A3')).toMatchObject({ value: null, format: { numberFormat: { type: 'CURRENCY' } } });
  });
  test('brings merges along, also to another tab, and may overlap its source', async () => {
    await local.write('A1', [['x', '', '=A1'], ['y']]);
    await local.update({ mergeCells: { range: grid(0, 1, 0, 2) } }, addTab(3, 'Other'));
    await local.update(
      { copyPaste: { source: grid(0, 2, 0, 3), destination: grid(4, 6, 0, 3, 3) } },
      { copyPaste: { source: grid(0, 2, 0, 3), destination: grid(1, 3, 0, 3) } },
    );
    expect(await local.values('Other!A5:C6', 'FORMULA')).toEqual([['x', '', '=A5'], ['y']]);
    expect(await local.values('Sheet1!A1:C3', 'FORMULA')).toEqual([
      ['x', '', '=A1'],
      ['x', '', '=A2'],
      ['y'],
    ]);
    expect(local.host.snapshot().tabs.map((tab) => tab.merges)).toEqual([['A1:B1', 'A2:B2'], ['A5:B5']]);
  });
});

describe('rows and columns', () => {
  const rows = (startIndex: number, endIndex: number): Json => ({ dimension: 'ROWS', startIndex, endIndex });
  test('inserted rows push cells, merges and references down, and take the format asked for', async () => {
    await local.write('A1', [['h'], ['$1.00'], [2], ['=SUM(A2:A3)']]);
    await local.update({ mergeCells: { range: grid(3, 4, 1, 3) } });
    await local.update({ insertDimension: { range: rows(2, 4), inheritFromBefore: true } });
    expect(await local.values('A1:A6', 'FORMULA')).toEqual([['h'], [1], [], [], [2], ['=SUM(A2:A5)']]);
    expect(cell('A3').format).toMatchObject({ numberFormat: { type: 'CURRENCY' } });
    expect(local.host.snapshot().tabs[0]).toMatchObject({ rowCount: 1002, merges: ['B6:C6'] });
  });
  test('inserting right after the last row of a range does not grow it', async () => {
    await local.write('A1', [[1], [2], ['=SUM(A1:A2)']]);
    await local.update({ insertDimension: { range: rows(2, 3), inheritFromBefore: true } });
    expect(await local.values('A4', 'FORMULA')).toEqual([['=SUM(A1:A2)']]);
  });
  test('can be inserted only where there is a neighbour to inherit from', async () => {
    expect(
      await local.refusal({ insertDimension: { range: rows(0, 1), inheritFromBefore: true } }),
    ).toContain('inheritFromBefore');
    expect(await local.refusal({ insertDimension: { range: rows(1000, 1001) } })).toContain(
      'inheritFromBefore',
    );
  });
  test('deleted rows take their cells, and leave #REF!', async () => {
    await local.write('A1', [[1], [2], ['=A1+A2+SUM(A1:A2)']]);
    await local.update({ deleteDimension: { range: rows(0, 1) } });
    expect(await local.values('A1:A2', 'FORMULA')).toEqual([[2], ['=#REF!+A1+SUM(A1:A1)']]);
    expect(await local.refusal({ deleteDimension: { range: rows(0, 2000) } })).toContain(
      "row that doesn't exist",
    );
    expect(await local.refusal({ deleteDimension: { range: rows(0, 999) } })).toContain(
      "can't delete all the rows",
    );
  });
  test('appended columns, hidden rows and sizes are kept', async () => {
    await local.update(
      { appendDimension: { sheetId: 0, dimension: 'COLUMNS', length: 4 } },
      {
        updateDimensionProperties: {
          range: rows(0, 1),
          properties: { hiddenByUser: true, pixelSize: 40 },
          fields: '*',
        },
      },
      { autoResizeDimensions: { dimensions: { dimension: 'COLUMNS', startIndex: 0, endIndex: 30 } } },
    );
    const { body } = await local.get('?ranges=A1:A2&fields=sheets.data.rowMetadata');
    expect(body.sheets[0].data[0].rowMetadata).toEqual([
      { pixelSize: 40, hiddenByUser: true },
      { pixelSize: 21 },
    ]);
    expect(local.host.snapshot().tabs[0]?.columnCount).toBe(30);
  });
});
