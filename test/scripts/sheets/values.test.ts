import type { LocalSheets } from './local-sheets.ts';
import { startLocalSheets } from './local-sheets.ts';

let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
});
afterEach(() => local.close());

const get = async (range: string, query = ''): Promise<{ status: number; body: Record<string, unknown> }> =>
  local.get(`/values/${encodeURIComponent(range)}${query}`);

// https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values#ValueRange
describe('reading values', () => {
  beforeEach(async () => {
    await local.write('Sheet1!A1', [['a', '', '$1,250.50'], [], ['2026-05-14', true, '=1/3', "'007"]]);
  });
  test('leaves out empty rows and cells at the ends, not those between', async () => {
    expect(await local.values('Sheet1!A1:Z20')).toEqual([['a', '', 1250.5], [], [46156, true, 1 / 3, '007']]);
  });
  test('shows formatted values unless asked otherwise', async () => {
    const { body } = await get('Sheet1!A1:D3');
    expect(body.values).toEqual([['a', '', '$1,250.50'], [], ['2026-05-14', 'TRUE', '0.3333333333', '007']]);
    expect(body).toMatchObject({ range: 'Sheet1!A1:D3', majorDimension: 'ROWS' });
  });
  test('gives formulas as text and other values as numbers with FORMULA', async () => {
    expect(await local.values('A3:D3', 'FORMULA')).toEqual([[46156, true, '=1/3', '007']]);
  });
  test('gives dates as text when asked, with UNFORMATTED_VALUE', async () => {
    const query = '?valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING';
    expect((await get('A3:A3', query)).body.values).toEqual([['2026-05-14']]);
  });
  test('may go by columns', async () => {
    expect((await get('A1:B3', '?majorDimension=COLUMNS')).body.values).toEqual([
      ['a', '', '2026-05-14'],
      ['', '', 'TRUE'],
    ]);
  });
  test('answers no values for an empty range, and the whole grid for a bare title', async () => {
    expect((await get('F1:G2')).body).toEqual({ range: 'Sheet1!F1:G2', majorDimension: 'ROWS' });
    expect((await get('Sheet1')).body.range).toBe('Sheet1!A1:Z1000');
  });
  test('takes open ranges and ranges that end beyond the grid', async () => {
    expect((await get('A2:B')).body.range).toBe('Sheet1!A2:B1000');
    expect((await get('A:C')).body.range).toBe('Sheet1!A1:C1000');
    expect((await get('2:3')).body.range).toBe('Sheet1!A2:Z3');
    expect((await get('A1:C5000')).body.range).toBe('Sheet1!A1:C1000');
  });
  test('knows a quoted title by its case-insensitive name', async () => {
    await local.update({ addSheet: { properties: { title: "It's May" } } });
    expect((await get("'it''s may'!B2")).body.range).toBe("'It''s May'!B2");
    expect((await get("It's May!B2")).status).toBe(400);
  });
  test('refuses an unknown tab or a range that is none', async () => {
    for (const range of ['Nope!A1', 'Sheet1!', 'Sheet1!A0', 'Sheet1!A1:B2:C3', "'Sheet1!A1"]) {
      const { status, body } = await get(range);
      expect([status, (body.error as { message: string }).message]).toEqual([
        400,
        `Unable to parse range: ${range}`,
      ]);
    }
  });
  // Wording: https://github.com/home-assistant/core/issues/104198
  test('refuses a range that starts beyond the grid', async () => {
    const { status, body } = await get('Sheet1!A1001:B1002');
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      message: 'Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26',
    });
  });
  test('reads many ranges at once', async () => {
    const { body } = await local.get(
      '/values:batchGet?ranges=A1&ranges=Sheet1!A3:B3&valueRenderOption=UNFORMATTED_VALUE',
    );
    expect(body.valueRanges.map((each: { values: unknown }) => each.values)).toEqual([
      [['a']],
      [[46156, true]],
    ]);
  });
});

// https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueInputOption
describe('writing values', () => {
  test('RAW never parses', async () => {
    const raw = ['=1+1', '2026-05-14', '007', "'x", '12%', 'TRUE'];
    await local.write('A1', [raw], 'RAW');
    expect(await local.values('A1:F1')).toEqual([raw]);
    expect(await local.values('A1:F1', 'FORMULA')).toEqual([raw]);
    expect(local.host.snapshot().tabs[0]?.cells.A1).toMatchObject({
      input: '=1+1',
      value: '=1+1',
      formatted: '=1+1',
    });
  });
  test('null leaves a cell, an empty text empties it', async () => {
    await local.write('A1', [[1, 2, 3]]);
    const { body } = await local.write('A1', [[null, '', 4]], 'RAW');
    expect(await local.values('A1:C1')).toEqual([[1, '', 4]]);
    expect(body.updatedCells).toBe(2);
  });
  test('keeps the format of the cell', async () => {
    await local.write('A1', [['$5.00']]);
    await local.write('A1', [[7.5]], 'RAW');
    expect(await local.values('A1', 'FORMATTED_VALUE')).toEqual([['$7.50']]);
  });
  test('a valueInputOption is needed', async () => {
    expect((await local.put('/values/A1', { values: [[1]] })).status).toBe(400);
    expect((await local.post('/values:batchUpdate', { data: [] })).status).toBe(400);
  });
  test('beyond the range or the grid is refused, and nothing is written', async () => {
    const body = {
      valueInputOption: 'RAW',
      data: [
        { range: 'A1', values: [[1]] },
        { range: 'A1:B1', values: [[1, 2, 3]] },
      ],
    };
    const first = await local.post('/values:batchUpdate', body);
    expect([first.status, first.body.error.message]).toEqual([
      400,
      'Invalid data[1]: Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]',
    ]);
    const second = await local.put('/values/A1000?valueInputOption=RAW', { values: [[1], [2]] });
    expect(second.body.error.message).toBe(
      'Range (Sheet1!A1001) exceeds grid limits. Max rows: 1000, max columns: 26',
    );
    expect(await local.values('Sheet1')).toEqual([]);
  });
  test('a batch counts what it wrote', async () => {
    const data = [
      { range: 'Sheet1!A1:B1', values: [[1, 2]] },
      { range: 'Sheet1!A2', majorDimension: 'COLUMNS', values: [[3, 4]] },
    ];
    const { body } = await local.post('/values:batchUpdate', { valueInputOption: 'RAW', data });
    expect(body).toMatchObject({ totalUpdatedCells: 4, totalUpdatedRows: 3, totalUpdatedSheets: 1 });
    expect(await local.values('Sheet1')).toEqual([[1, 2], [3], [4]]);
  });
  test('clearing empties values and keeps formats', async () => {
    await local.write('A1', [['$5.00', 2]]);
    const { body } = await local.post('/values:batchClear', { ranges: ['A1:B1'] });
    expect(body.clearedRanges).toEqual(['Sheet1!A1:B1']);
    expect(await local.values('Sheet1')).toEqual([]);
    expect(local.host.snapshot().tabs[0]?.cells.A1?.format?.numberFormat?.type).toBe('CURRENCY');
  });
});

// https://developers.google.com/workspace/sheets/api/guides/values#append_values
describe('appending', () => {
  test('goes below the table, and adds rows to the grid', async () => {
    await local.update({
      updateSheetProperties: {
        properties: { gridProperties: { rowCount: 3 } },
        fields: 'gridProperties.rowCount',
      },
    });
    await local.write('A1', [
      ['h1', 'h2'],
      [1, 2],
    ]);
    const values = [
      [3, 4],
      [5, 6],
    ];
    const { body } = await local.post('/values/Sheet1!A1:append?valueInputOption=RAW', { values });
    expect(body.tableRange).toBe('Sheet1!A1:B2');
    expect(body.updates).toMatchObject({ updatedRange: 'Sheet1!A3:B4', updatedCells: 4 });
    expect(local.host.snapshot().tabs[0]?.rowCount).toBe(4);
  });
  test('beyond the last column is refused', async () => {
    const { status, body } = await local.post('/values/Sheet1!Z1:append?valueInputOption=RAW', {
      values: [[1, 2]],
    });
    expect([status, body.error.message]).toEqual([
      400,
      'Range (Sheet1!AA1) exceeds grid limits. Max rows: 1000, max columns: 26',
    ]);
  });
});
