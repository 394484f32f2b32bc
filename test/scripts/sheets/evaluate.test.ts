import type { LocalSheets } from './local-sheets.ts';
import { startLocalSheets } from './local-sheets.ts';

let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
});
afterEach(() => local.close());

describe('a formula', () => {
  test('gives all digits of its value', async () => {
    await local.write('A1', [['=1/3', '=0.1+0.2', '=49.99*3', '=1E+20/7']]);
    expect(await local.values('A1:D1')).toEqual([[1 / 3, 0.1 + 0.2, 49.99 * 3, 1e20 / 7]]);
  });
  test('reads what changed since', async () => {
    await local.write('A1', [[1, 2, '=SUM(A1:B1)']]);
    expect(await local.values('C1')).toEqual([[3]]);
    await local.write('B1', [[40]]);
    expect(await local.values('C1')).toEqual([[41]]);
    await local.write('A1', [['']]);
    expect(await local.values('C1')).toEqual([[40]]);
  });
  test('sees numbers that are text as text', async () => {
    await local.write('A1', [['12', '=A1', 5]], 'RAW');
    await local.write('D1', [['=SUM(A1:C1)', '=A1&"!"', '=ISTEXT(A1)']]);
    expect(await local.values('D1:F1')).toEqual([[5, '12!', true]]);
  });
  // https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ErrorType
  test('that fails reads as its error', async () => {
    await local.write('A1', [['=1/0', '=NOPE()', '=Gone!A1', '=NA()', '="a"+1', '=A2', '=B2']]);
    await local.write('A2', [['=B2', '=A2']]);
    const errors = ['#DIV/0!', '#NAME?', '#REF!', '#N/A', '#VALUE!', '#REF!', '#REF!'];
    expect(await local.values('A1:G1')).toEqual([errors]);
    expect(await local.values('A1:G1', 'FORMATTED_VALUE')).toEqual([errors]);
    const { body } = await local.get('?ranges=A1&fields=sheets.data.rowData.values.effectiveValue');
    expect(body.sheets[0].data[0].rowData[0].values[0].effectiveValue.errorValue.type).toBe('DIVIDE_BY_ZERO');
  });
  test('of a kind that Sheets knows and Excel does not is computed', async () => {
    await local.write('A1', [
      [1, '=SUM(A1:A)+SUM(A:A)', '=HYPERLINK("https://a.example/(1)","the, file")', '=IFERROR(1/0)'],
    ]);
    expect(await local.values('A1:D1')).toEqual([[1, 2, 'the, file']]);
  });
  test('that makes a date shows a date', async () => {
    await local.write('A1', [['=DATE(2026,5,14)', '=TODAY()']]);
    expect(await local.values('A1:B1', 'FORMATTED_VALUE')).toEqual([['5/14/2026', '6/1/2026']]);
    expect(await local.values('A1:B1')).toEqual([[46156, 46174]]);
    local.clock.advance(86_400_000);
    expect(await local.values('B1')).toEqual([[46175]]);
  });
  test('refers to tabs of any title', async () => {
    await local.update({
      addSheet: { properties: { title: "Captain's log: 2026/05 [draft] with a very long title" } },
    });
    await local.write("'Captain''s log: 2026/05 [draft] with a very long title'!A1", [[7]]);
    await local.write('Sheet1!A1', [["='captain''s log: 2026/05 [draft] with a very long title'!A1*2"]]);
    expect(await local.values('Sheet1!A1')).toEqual([[14]]);
  });
  test('text with a formula inside stays text, in every reading', async () => {
    await local.write('A1', [["'=1+1"]]);
    await local.write('B1', [['=A1']]);
    expect(await local.values('A1:B1')).toEqual([['=1+1', '=1+1']]);
    expect(await local.values('A1:B1', 'FORMULA')).toEqual([['=1+1', '=A1']]);
  });
});

test('10,000 rows of 14 columns are computed right', async () => {
  const rows = 10_000;
  await local.update({
    updateSheetProperties: {
      properties: { gridProperties: { rowCount: rows + 10 } },
      fields: 'gridProperties.rowCount',
    },
  });
  const values = Array.from({ length: rows }, (_row, row) => [
    ...Array.from({ length: 12 }, (_cell, column) => row + column / 100),
    `=A${row + 1}*2`,
    `=M${row + 1}-B${row + 1}`,
  ]);
  await local.write('A1', values);
  await local.write(`A${rows + 1}`, [[`=SUM(N1:N${rows})`]]);
  const [[total] = []] = await local.values(`A${rows + 1}`);
  expect(total).toBeCloseTo((rows * (rows - 1)) / 2 - rows / 100, 4);
});
