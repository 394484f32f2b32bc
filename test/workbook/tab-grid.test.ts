import type { SheetJson } from '../../src/clients/google/sheets.ts';
import { addTabRequests, cellData, readTabGrid, sizeRequests } from '../../src/workbook/tab-grid.ts';
import { formatted, grid } from '../statement/grids.ts';

type Data = SheetJson['data'][number];

function sheet(data: Partial<Data>, changes: Partial<SheetJson> = {}): SheetJson {
  return {
    properties: {
      sheetId: 1,
      title: 'Template',
      index: 0,
      hidden: false,
      sheetType: 'GRID',
      gridProperties: { rowCount: 9, columnCount: 9, frozenRowCount: 2, frozenColumnCount: 1 },
    },
    developerMetadata: [],
    protectedRanges: [],
    merges: [],
    charts: [],
    data: [{ rowData: [], rowMetadata: [], columnMetadata: [], ...data }],
    ...changes,
  };
}

test('cells are read for what was entered: formula, text, number, tick, nothing', () => {
  const values = [
    { userEnteredValue: { formulaValue: '=A1' } },
    { userEnteredValue: { stringValue: '=text' } },
    { userEnteredValue: { numberValue: 0 } },
    { userEnteredValue: { boolValue: false } },
    {},
    { userEnteredFormat: { horizontalAlignment: 'LEFT' } },
  ];
  const read = readTabGrid(sheet({ rowData: [{ values }] }));
  expect(read.rows[0]?.map(({ input }) => input)).toEqual([
    { kind: 'formula', formula: '=A1' },
    { kind: 'text', text: '=text' },
    { kind: 'number', number: 0 },
    { kind: 'boolean', boolean: false },
    { kind: 'blank' },
    { kind: 'blank' },
  ]);
  expect(read).toMatchObject({ title: 'Template', frozenRows: 2, frozenColumns: 1 });
});

test('empty cells at the ends are left out, what lies between stays in its place', () => {
  const one = { values: [{}, { userEnteredValue: { stringValue: 'x' } }, {}] };
  const read = readTabGrid(sheet({ rowData: [{ values: [] }, one, { values: [{}] }, { values: [] }] }));
  expect(read.rows.map((row) => row.length)).toEqual([0, 2]);
});

test('sizes are of the used area; what Sheets does not say has its default', () => {
  const rowData = [{ values: [{ userEnteredValue: { stringValue: 'x' } }] }];
  const read = readTabGrid(
    sheet(
      {
        rowData,
        rowMetadata: [{ pixelSize: 40 }, { pixelSize: 22 }],
        columnMetadata: [{ pixelSize: 70 }, {}, { pixelSize: 5 }],
      },
      { merges: [{ startRowIndex: 0, endRowIndex: 3, startColumnIndex: 0, endColumnIndex: 2 }] },
    ),
  );
  expect(read).toMatchObject({
    columnWidthsPx: [70, 100],
    rowHeightsPx: [40, 22, 21],
    merges: [{ startRow: 0, endRow: 3, startColumn: 0, endColumn: 2 }],
  });
  expect(read.rows).toHaveLength(3);
});

// developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets#DimensionProperties
test('rows and columns that a person hid are told, of those used', () => {
  const hiddenByUser = true;
  const read = readTabGrid(
    sheet({
      rowData: [{}, { values: [{}, { userEnteredValue: { stringValue: 'x' } }] }],
      rowMetadata: [{ hiddenByUser }, { hiddenByUser: false }, { hiddenByUser }],
      columnMetadata: [{}, { pixelSize: 70, hiddenByUser }, { hiddenByUser }],
    } as Partial<Data>),
  );
  expect([...(read.hiddenRows ?? [])]).toEqual([0]);
  expect([...(read.hiddenColumns ?? [])]).toEqual([1]);
  expect(read.columnWidthsPx).toEqual([100, 70]);
});

test('a tab without anything is an empty grid', () => {
  expect(readTabGrid(sheet({}, { data: [] }))).toMatchObject({ rows: [], columnWidthsPx: [], merges: [] });
});

// https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ExtendedValue
test('text is written as text, never as a formula', () => {
  expect(cellData({ kind: 'text', text: '=1+1' }, {})).toEqual({ userEnteredValue: { stringValue: '=1+1' } });
  expect(cellData({ kind: 'formula', formula: '=1+1' }, {})).toEqual({
    userEnteredValue: { formulaValue: '=1+1' },
  });
  expect(cellData({ kind: 'blank' }, { wrapStrategy: 'WRAP' })).toEqual({
    userEnteredFormat: { wrapStrategy: 'WRAP' },
  });
  expect(cellData({ kind: 'number', number: 0 }, {})).toEqual({ userEnteredValue: { numberValue: 0 } });
  expect(cellData({ kind: 'boolean', boolean: false }, {})).toEqual({
    userEnteredValue: { boolValue: false },
  });
});

test('equal neighbours get their size in one request', () => {
  expect(sizeRequests(7, 'ROWS', [20, 20, 30, 20]).map((request) => JSON.stringify(request))).toEqual(
    [
      [0, 2, 20],
      [2, 3, 30],
      [3, 4, 20],
    ].map(([startIndex, endIndex, pixelSize]) =>
      JSON.stringify({
        updateDimensionProperties: {
          range: { sheetId: 7, dimension: 'ROWS', startIndex, endIndex },
          properties: { pixelSize },
          fields: 'pixelSize',
        },
      }),
    ),
  );
  expect(sizeRequests(7, 'COLUMNS', [])).toEqual([]);
});

test('a new tab has room for its cells, and what spare rows are asked for', () => {
  const made = addTabRequests(
    grid([[formatted('x', {})], ['a', 'b']], {
      merges: [{ startRow: 0, endRow: 1, startColumn: 0, endColumn: 2 }],
    }),
    7,
    3,
    10,
  );
  expect(made[0]).toMatchObject({
    addSheet: {
      properties: {
        sheetId: 7,
        title: 'Template',
        index: 3,
        gridProperties: { rowCount: 12, columnCount: 2, frozenRowCount: 1 },
      },
    },
  });
  expect(made.at(-1)).toMatchObject({
    mergeCells: {
      range: { sheetId: 7, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 2 },
    },
  });
});
