import type { LocalSheets } from './local-sheets.ts';
import { SPREADSHEET_ID, startLocalSheets } from './local-sheets.ts';

let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
});
afterEach(() => local.close());

const PATH = `/v4/spreadsheets/${SPREADSHEET_ID}`;

// https://cloud.google.com/apis/design/errors
describe('a request that Google would refuse', () => {
  test('without a token, or with one that nobody issued, is answered with 401', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }]) {
      const { status, body } = await local.send('GET', PATH, undefined, headers);
      expect([status, body.error.code, body.error.status]).toEqual([401, 401, 'UNAUTHENTICATED']);
    }
  });
  test('with a token that has ended by the clock is answered with 401', async () => {
    const scopes = ['https://www.googleapis.com/auth/spreadsheets'];
    local.tokens.set('brief', { email: 'owner@example.com', scopes, expiresMs: local.clock.now() + 1000 });
    const headers = { authorization: 'Bearer brief' };
    expect((await local.send('GET', PATH, undefined, headers)).status).toBe(200);
    local.clock.advance(1000);
    expect((await local.send('GET', PATH, undefined, headers)).status).toBe(401);
  });
  test('with a token of another scope is answered with 403 and the reason', async () => {
    const { status, body } = await local.send('GET', PATH, undefined, { authorization: 'Bearer mail' });
    expect(status).toBe(403);
    expect(body.error.status).toBe('PERMISSION_DENIED');
    expect(body.error.details[0].reason).toBe('ACCESS_TOKEN_SCOPE_INSUFFICIENT');
  });
  test('a token that may only read reads, and does not write', async () => {
    const headers = { authorization: 'Bearer reader' };
    expect((await local.send('GET', PATH, undefined, headers)).status).toBe(200);
    const write = await local.send(
      'PUT',
      `${PATH}/values/A1?valueInputOption=RAW`,
      { values: [[1]] },
      headers,
    );
    expect(write.status).toBe(403);
  });
  test('for another spreadsheet is answered with 404', async () => {
    const { status, body } = await local.send('GET', '/v4/spreadsheets/other');
    expect([status, body.error.status]).toEqual([404, 'NOT_FOUND']);
  });
  test('for a URL that the API has not is answered with a page', async () => {
    const { status, body } = await local.get('/value/A1');
    expect([status, body]).toEqual([404, null]);
  });
  test('with an unknown query parameter is answered with 400', async () => {
    const { status, body } = await local.get('?include=1');
    expect([status, body.error.status]).toEqual([400, 'INVALID_ARGUMENT']);
    expect(body.error.message).toContain('Unknown name "include"');
  });
  test('with a broken body, or one sent as a form, is answered with 400', async () => {
    expect((await local.post(':batchUpdate', '{"requests":')).status).toBe(400);
    const form = { authorization: 'Bearer good', 'content-type': 'application/x-www-form-urlencoded' };
    expect((await local.send('POST', `${PATH}:batchUpdate`, '{"requests":[]}', form)).status).toBe(400);
  });
  // Wording: https://github.com/theoephraim/node-google-spreadsheet/issues/523
  test('with an unknown field is answered with its name and place', async () => {
    const request = { updateSheetProperties: { properties: { headerValues: [] }, fields: 'title' } };
    const { status, body } = await local.post(':batchUpdate', { requests: [request] });
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      `Invalid JSON payload received. Unknown name "headerValues" at 'requests[0].update_sheet_properties.properties': Cannot find field.`,
    );
    expect(body.error.details[0].fieldViolations).toHaveLength(1);
  });
  test('with a wrong type or an unknown enum value is answered with 400', async () => {
    expect(await local.refusal({ deleteSheet: { sheetId: '1' } })).toContain('TYPE_INT32');
    const merge = { range: { sheetId: 0, endRowIndex: 2, endColumnIndex: 2 }, mergeType: 'MERGE' };
    expect(await local.refusal({ mergeCells: merge })).toContain('"MERGE"');
  });
});

// https://developers.google.com/workspace/sheets/api/guides/field-masks
describe('a field mask', () => {
  beforeEach(async () => {
    await local.write('Sheet1!A1', [['x', 1.5]]);
  });
  test('leaves only what it names', async () => {
    const { body } = await local.get('?fields=sheets.properties.title');
    expect(body).toEqual({ sheets: [{ properties: { title: 'Sheet1' } }] });
  });
  test('may nest brackets, use slashes, and reaches the cells without includeGridData', async () => {
    const fields = encodeURIComponent(
      'spreadsheetId,sheets(properties/sheetId,data(rowData(values(userEnteredValue))))',
    );
    const { body } = await local.get(`?ranges=Sheet1!A1:B2&fields=${fields}`);
    expect(body).toEqual({
      spreadsheetId: SPREADSHEET_ID,
      sheets: [
        {
          properties: { sheetId: 0 },
          data: [
            {
              rowData: [
                {
                  values: [
                    { userEnteredValue: { stringValue: 'x' } },
                    { userEnteredValue: { numberValue: 1.5 } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });
  test('may name what no cell here has', async () => {
    const fields =
      'sheets(charts(chartId),conditionalFormats(ranges),data(rowData(values(textFormatRuns(startIndex,format(link)),userEnteredFormat(textFormat(link),textRotation))),rowMetadata(hiddenByUser),columnMetadata(hiddenByUser)))';
    expect((await local.get(`?ranges=Sheet1!A1&fields=${fields}`)).status).toBe(200);
  });
  test('works on values too', async () => {
    const { body } = await local.get('/values:batchGet?ranges=A1:B1&fields=valueRanges(values)');
    expect(body).toEqual({ valueRanges: [{ values: [['x', '1.5']] }] });
  });
  // Wording: https://github.com/ringo380/claude-google-sheets-mcp/issues/2
  test.each([
    'properties, sheets.properties',
    'sheets(properties',
    'sheets.titles',
    'sheets(data(cells))',
    'sheets(data(rowData(values(textFormatRuns(start)))))',
    'sheets(data(rowData(values(userEnteredFormat(textRotation(degrees))))))',
    'sheets(data(rowMetadata(hidden)))',
    '',
  ])('that names what there is not is refused: %s', async (fields) => {
    const { status, body } = await local.get(`?fields=${encodeURIComponent(fields)}`);
    expect(status).toBe(400);
    expect(body.error.message).toBe('Request contains an invalid argument.');
  });
  test('without one, the tabs come without cells', async () => {
    const { body } = await local.get('');
    expect(body.sheets[0]).toEqual({
      properties: {
        sheetId: 0,
        title: 'Sheet1',
        index: 0,
        sheetType: 'GRID',
        gridProperties: { rowCount: 1000, columnCount: 26 },
      },
    });
    expect(body.properties.defaultFormat.textFormat).toMatchObject({ fontFamily: 'Arial', fontSize: 10 });
    expect((await local.get('?includeGridData=true')).body.sheets[0].data[0].rowData).toHaveLength(1);
  });
});
