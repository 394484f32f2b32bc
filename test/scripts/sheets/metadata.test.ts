import type { LocalSheets } from './local-sheets.ts';
import { startLocalSheets } from './local-sheets.ts';

let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
});
afterEach(() => local.close());

type Json = Record<string, unknown>;
const create = (metadataKey: string, location: Json, more: Json = {}): Json => ({
  createDeveloperMetadata: { developerMetadata: { metadataKey, location, visibility: 'PROJECT', ...more } },
});
const byKey = (metadataKey: string): Json => ({ developerMetadataLookup: { metadataKey } });
const row = (index: number): Json => ({
  dimensionRange: { sheetId: 0, dimension: 'ROWS', startIndex: index, endIndex: index + 1 },
});

// https://developers.google.com/workspace/sheets/api/guides/metadata
describe('developer metadata', () => {
  test('is found by key, with its place, and with the filters that found it', async () => {
    await local.update(
      create('month', { sheetId: 0 }, { metadataId: 5, metadataValue: '2026-05' }),
      create('other', { spreadsheet: true }),
    );
    const { body } = await local.post('/developerMetadata:search', { dataFilters: [byKey('month')] });
    expect(body.matchedDeveloperMetadata).toEqual([
      {
        developerMetadata: {
          metadataId: 5,
          metadataKey: 'month',
          metadataValue: '2026-05',
          location: { locationType: 'SHEET', sheetId: 0 },
          visibility: 'PROJECT',
        },
        dataFilters: [byKey('month')],
      },
    ]);
    expect((await local.post('/developerMetadata:search', { dataFilters: [byKey('none')] })).body).toEqual(
      {},
    );
    expect((await local.get('/developerMetadata/5')).body.metadataValue).toBe('2026-05');
  });
  test('shows on the spreadsheet, the tab and the row that it is on', async () => {
    await local.update(create('a', { spreadsheet: true }), create('b', { sheetId: 0 }), create('c', row(1)));
    const fields =
      'developerMetadata.metadataKey,sheets(developerMetadata.metadataKey,data.rowMetadata.developerMetadata.metadataKey)';
    const { body } = await local.get(`?ranges=A1:A2&fields=${fields}`);
    expect(body.developerMetadata).toEqual([{ metadataKey: 'a' }]);
    expect(body.sheets[0].developerMetadata).toEqual([{ metadataKey: 'b' }]);
    expect(body.sheets[0].data[0].rowMetadata).toEqual([{}, { developerMetadata: [{ metadataKey: 'c' }] }]);
  });
  test('moves with its row, and goes with it and with its tab', async () => {
    await local.update(
      { addSheet: { properties: { sheetId: 4, title: 'May' } } },
      create('row', row(1)),
      create('tab', { sheetId: 4 }),
    );
    await local.update({ insertDimension: { range: { dimension: 'ROWS', startIndex: 0, endIndex: 3 } } });
    expect(local.host.snapshot().metadata[0]?.location).toMatchObject({
      dimensionRange: { startIndex: 4, endIndex: 5 },
    });
    await local.update(
      { deleteDimension: { range: { dimension: 'ROWS', startIndex: 4, endIndex: 5 } } },
      { deleteSheet: { sheetId: 4 } },
    );
    expect(local.host.snapshot().metadata).toEqual([]);
  });
  test('is changed and deleted by filter', async () => {
    await local.update(create('month', { sheetId: 0 }, { metadataValue: 'old' }));
    const change = {
      dataFilters: [byKey('month')],
      developerMetadata: { metadataValue: 'new' },
      fields: 'metadataValue',
    };
    const [changed] = await local.update({ updateDeveloperMetadata: change });
    expect(changed).toMatchObject({
      updateDeveloperMetadata: { developerMetadata: [{ metadataKey: 'month', metadataValue: 'new' }] },
    });
    await local.update({ deleteDeveloperMetadata: { dataFilter: byKey('month') } });
    expect(local.host.snapshot().metadata).toEqual([]);
  });
  test('without key, visibility or one place, or with a taken id, is refused', async () => {
    await local.update(create('a', { sheetId: 0 }, { metadataId: 5 }));
    await local.refusal({
      createDeveloperMetadata: { developerMetadata: { location: { sheetId: 0 }, visibility: 'PROJECT' } },
    });
    await local.refusal({
      createDeveloperMetadata: { developerMetadata: { metadataKey: 'a', location: { sheetId: 0 } } },
    });
    await local.refusal(create('a', {}));
    await local.refusal(create('a', { sheetId: 0, spreadsheet: true }));
    await local.refusal(create('a', { sheetId: 8 }));
    await local.refusal(
      create('a', { dimensionRange: { sheetId: 0, dimension: 'ROWS', startIndex: 0, endIndex: 2 } }),
    );
    expect(await local.refusal(create('a', { sheetId: 0 }, { metadataId: 5 }))).toContain('already exists');
  });
});

// https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values/batchGetByDataFilter
describe('reading by data filter', () => {
  test('gives the values that a lookup, a grid range or an A1 range stands for', async () => {
    await local.write('A1', [
      [1, 2],
      [3, 4],
    ]);
    await local.update(create('line', row(1)));
    const gridRange = {
      sheetId: 0,
      startRowIndex: 0,
      endRowIndex: 1,
      startColumnIndex: 1,
      endColumnIndex: 2,
    };
    const dataFilters = [byKey('line'), { gridRange }, { a1Range: 'Sheet1!A1' }];
    const { body } = await local.post('/values:batchGetByDataFilter', {
      dataFilters,
      valueRenderOption: 'UNFORMATTED_VALUE',
    });
    expect(
      body.valueRanges.map((each: { valueRange: { values: unknown } }) => each.valueRange.values),
    ).toEqual([[[3, 4]], [[2]], [[1]]]);
    expect(body.valueRanges[1].dataFilters).toEqual([{ gridRange }]);
  });
  test('gives the tabs that a lookup stands for', async () => {
    await local.update(
      { addSheet: { properties: { sheetId: 4, title: 'May' } } },
      create('month', { sheetId: 4 }),
    );
    const { body } = await local.post(':getByDataFilter?fields=sheets.properties.title', {
      dataFilters: [byKey('month')],
    });
    expect(body).toEqual({ sheets: [{ properties: { title: 'May' } }] });
  });
});

test('protections and rules are kept, echoed and taken away', async () => {
  const range = { sheetId: 0, startRowIndex: 0, endRowIndex: 1 };
  const [added] = await local.update(
    { addProtectedRange: { protectedRange: { protectedRangeId: 3, range, warningOnly: true } } },
    {
      addConditionalFormatRule: {
        rule: { ranges: [range], booleanRule: { condition: { type: 'BLANK' } } },
        index: 0,
      },
    },
    {
      setDataValidation: { range: { ...range, endColumnIndex: 1 }, rule: { condition: { type: 'BOOLEAN' } } },
    },
  );
  expect(added).toMatchObject({ addProtectedRange: { protectedRange: { protectedRangeId: 3, range } } });
  const { body } = await local.get(
    '?fields=sheets(protectedRanges.warningOnly,conditionalFormats.ranges,data.rowData.values.dataValidation)',
  );
  expect(body.sheets[0]).toMatchObject({
    protectedRanges: [{ warningOnly: true }],
    conditionalFormats: [{ ranges: [range] }],
    data: [{ rowData: [{ values: [{ dataValidation: { condition: { type: 'BOOLEAN' } } }] }] }],
  });
  await local.update({ deleteProtectedRange: { protectedRangeId: 3 } });
  expect(await local.refusal({ deleteProtectedRange: { protectedRangeId: 3 } })).toContain(
    'No protected range',
  );
});
