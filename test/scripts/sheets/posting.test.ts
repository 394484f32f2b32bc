import type { LocalSheets } from './local-sheets.ts';
import { startLocalSheets } from './local-sheets.ts';

let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
  await local.update(
    {
      addSheet: {
        properties: { sheetId: 1, title: 'Template', gridProperties: { rowCount: 8, columnCount: 4 } },
      },
    },
    { updateSheetProperties: { properties: { sheetId: 1, hidden: true }, fields: 'hidden' } },
  );
  await local.write('Template!A1', [
    ['{{month}}'],
    ['Date', 'Guests', 'Rate', 'Revenue'],
    ['{{charter.date}}', 0, '$0.00', '=B3*C3'],
    ['Total', '=SUM(B3:B3)', '', '=SUM(D3:D3)'],
  ]);
  await local.write('Sheet1!A1', [["='May 2026'!D1"]]);
});
afterEach(() => local.close());

const charters = [
  [46143, 10, 125],
  [46144, 4, 125],
  [46145, 6, 99.25],
];

async function postHidden(sheetId: number, title: string): Promise<unknown[][]> {
  const n = charters.length;
  const sum = (column: string): object => ({
    userEnteredValue: { formulaValue: `=SUM(${column}3:${column}${2 + n})` },
  });
  await local.update(
    { duplicateSheet: { sourceSheetId: 1, newSheetId: sheetId, newSheetName: title, insertSheetIndex: 2 } },
    {
      insertDimension: {
        range: { sheetId, dimension: 'ROWS', startIndex: 3, endIndex: 2 + n },
        inheritFromBefore: true,
      },
    },
    {
      updateCells: {
        start: { sheetId, rowIndex: 2 + n, columnIndex: 1 },
        rows: [{ values: [sum('B'), {}, sum('D')] }],
        fields: 'userEnteredValue',
      },
    },
    {
      copyPaste: {
        source: { sheetId, startRowIndex: 2, endRowIndex: 3, startColumnIndex: 0, endColumnIndex: 4 },
        destination: {
          sheetId,
          startRowIndex: 3,
          endRowIndex: 2 + n,
          startColumnIndex: 0,
          endColumnIndex: 4,
        },
        pasteType: 'PASTE_NORMAL',
      },
    },
  );
  const data = [
    { range: `'${title}'!A3`, values: charters },
    { range: `'${title}'!A1`, values: [['May 2026']] },
  ];
  await local.post('/values:batchUpdate', { valueInputOption: 'RAW', data });
  return local.values(`'${title}'`);
}

test('a month is posted hidden, read back computed, and shown in one request', async () => {
  expect(await postHidden(9, 'posting')).toEqual([
    ['May 2026'],
    ['Date', 'Guests', 'Rate', 'Revenue'],
    [46143, 10, 125, 1250],
    [46144, 4, 125, 500],
    [46145, 6, 99.25, 595.5],
    ['Total', 20, '', 2345.5],
  ]);
  const location = { sheetId: 9 };
  await local.update(
    {
      updateSheetProperties: {
        properties: { sheetId: 9, title: 'May 2026', hidden: false },
        fields: 'title,hidden',
      },
    },
    { createDeveloperMetadata: { developerMetadata: { metadataKey: 'm', location, visibility: 'PROJECT' } } },
  );
  expect(await local.values("'May 2026'!C3:D5", 'FORMATTED_VALUE')).toEqual([
    ['$125.00', '1250'],
    ['$125.00', '500'],
    ['$99.25', '595.5'],
  ]);
  expect((await local.values('Template', 'FORMULA'))[3]).toEqual(['Total', '=SUM(B3:B3)', '', '=SUM(D3:D3)']);
});

test('a month posted before keeps its tab, and the formulas that point at it', async () => {
  await local.update({
    addSheet: {
      properties: { sheetId: 5, title: 'May 2026', gridProperties: { rowCount: 4, columnCount: 2 } },
    },
  });
  await local.write('Sheet1!A1', [["='May 2026'!A1"]]);
  await postHidden(9, 'posting');
  const whole = (sheetId: number): object => ({
    sheetId,
    startRowIndex: 0,
    endRowIndex: 10,
    startColumnIndex: 0,
    endColumnIndex: 4,
  });
  await local.update(
    {
      updateSheetProperties: {
        properties: { sheetId: 5, gridProperties: { rowCount: 10, columnCount: 4 } },
        fields: 'gridProperties(rowCount,columnCount)',
      },
    },
    { unmergeCells: { range: whole(5) } },
    { copyPaste: { source: whole(9), destination: whole(5), pasteType: 'PASTE_NORMAL' } },
    { deleteSheet: { sheetId: 9 } },
  );
  expect((await local.values("'May 2026'"))[5]).toEqual(['Total', 20, '', 2345.5]);
  expect(await local.values('Sheet1!A1')).toEqual([['May 2026']]);
  expect(
    local.host
      .snapshot()
      .tabs.map(({ sheetId }) => sheetId)
      .sort(),
  ).toEqual([0, 1, 5]);
});
