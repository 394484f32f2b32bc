import { send } from '../../../src/clients/exchange.ts';
import { batchUpdate, getGrids, getTabs, getValues, putValues } from '../../../src/clients/google/sheets.ts';
import { errorOf, fakeHost } from '../../tools/fake-host.ts';

// developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets
const ACCESS = { spreadsheetId: '1/x', token: 'tok' };
const answering = (body: object | string, status = 200) => fakeHost({ answer: () => ({ status, body }) });
const url = (host: ReturnType<typeof answering>): URL => new URL(host.rounds[0]?.[0]?.url ?? '');

test('tabs come with what the API leaves out when it is nothing: index 0, id 0, shown, no metadata', () => {
  const host = answering({ spreadsheetId: '1/x', sheets: [{ properties: { title: 'A' } }] });
  const { sheets, properties } = send(host, getTabs(ACCESS));
  expect(sheets[0]).toEqual({
    properties: {
      sheetId: 0,
      title: 'A',
      index: 0,
      hidden: false,
      sheetType: 'GRID',
      gridProperties: { rowCount: 0, columnCount: 0, frozenRowCount: 0, frozenColumnCount: 0 },
    },
    developerMetadata: [],
    protectedRanges: [],
    merges: [],
    charts: [],
    data: [],
  });
  expect(properties).toEqual({ title: '', timeZone: '', locale: '' });
  expect(url(host).pathname).toBe('/v4/spreadsheets/1%2Fx');
  expect(host.rounds[0]?.[0]?.headers).toEqual({ Authorization: 'Bearer tok' });
});

test('contents of tabs are asked for by range and field mask, and fit UrlFetchApp’s 2 KB for a URL', () => {
  const host = answering({ spreadsheetId: '1/x', sheets: [] });
  send(
    host,
    getGrids({ spreadsheetId: 'x'.repeat(44), token: 't' }, ["'Template'!A1:ZZ1000", "'May 2026 é&='"]),
  );
  expect(url(host).searchParams.getAll('ranges')).toEqual(["'Template'!A1:ZZ1000", "'May 2026 é&='"]);
  expect(url(host).searchParams.get('fields')).toMatch(/^spreadsheetId,sheets\(properties\(/);
});

test('of cells and sizes comes what the XLSX needs to know, and nothing that was not asked for', () => {
  const link = { uri: 'https://example.com/' };
  const cell = {
    userEnteredFormat: { textFormat: { link }, textRotation: { angle: 45 } },
    textFormatRuns: [{ format: { link } }, { startIndex: 4, format: {} }],
  };
  const data = [{ rowData: [{ values: [cell] }], rowMetadata: [], columnMetadata: [{ hiddenByUser: true }] }];
  const conditionalFormats = [{ ranges: [{}] }];
  const sheets = [{ properties: { title: 'A' }, conditionalFormats, data }];
  const host = answering({ spreadsheetId: '1/x', sheets });
  expect(send(host, getGrids(ACCESS, ['A'])).sheets[0]).toMatchObject({ conditionalFormats: [{}], data });
  const fields = url(host).searchParams.get('fields') ?? '';
  for (const part of [
    'link),textRotation)',
    'textFormatRuns(startIndex,format(link))',
    'conditionalFormats(',
  ]) {
    expect(fields).toContain(part);
  }
  expect(fields.match(/(row|column)Metadata\(pixelSize,hiddenByUser\)/g)).toHaveLength(2);
});

test('values of several ranges come in the order asked, an empty range as no rows', () => {
  const host = answering({
    spreadsheetId: '1/x',
    valueRanges: [
      { range: 'A!A1:B2', majorDimension: 'ROWS', values: [['x', 1.5], [true]] },
      { range: 'B!A1:A9', majorDimension: 'ROWS' },
    ],
  });
  expect(send(host, getValues(ACCESS, ['A', 'B'], 'UNFORMATTED_VALUE'))).toEqual([[['x', 1.5], [true]], []]);
  expect(url(host).pathname).toBe('/v4/spreadsheets/1%2Fx/values:batchGet');
  expect(url(host).searchParams.get('dateTimeRenderOption')).toBe('SERIAL_NUMBER');
});

test('fewer ranges than asked are not taken for empty ones', () => {
  const host = answering({ spreadsheetId: '1/x', valueRanges: [{ range: 'A!A1', values: [['x']] }] });
  expect(errorOf(() => send(host, getValues(ACCESS, ['A', 'B'], 'FORMULA')))).toMatchObject({
    code: 'reply-malformed',
    what: expect.stringContaining('1 of 2 ranges'),
  });
});

test('a cell that is no value is refused', () => {
  const host = answering({ valueRanges: [{ range: 'A', values: [[{ x: 1 }]] }] });
  expect(errorOf(() => send(host, getValues(ACCESS, ['A'], 'FORMULA'))).what).toContain(
    'valueRanges.0.values.0.0',
  );
});

test('a change of structure is sent once; writing values, which is the same twice, again', () => {
  const failing = answering('<html>', 503);
  expect(
    errorOf(() => send(failing, batchUpdate(ACCESS, 'Show the month', [{ deleteSheet: { sheetId: 1 } }])))
      .code,
  ).toBe('service-unavailable');
  expect(failing.rounds).toHaveLength(1);
  expect(JSON.parse(String(failing.rounds[0]?.[0]?.body))).toEqual({
    requests: [{ deleteSheet: { sheetId: 1 } }],
  });
  expect(url(failing).pathname).toBe('/v4/spreadsheets/1%2Fx:batchUpdate');
  const writing = answering('<html>', 503);
  errorOf(() => send(writing, putValues(ACCESS, 'Write', [{ range: 'A!A1', values: [['=1', null]] }])));
  expect(writing.rounds).toHaveLength(5);
  expect(JSON.parse(String(writing.rounds[0]?.[0]?.body))).toEqual({
    valueInputOption: 'RAW',
    data: [{ range: 'A!A1', values: [['=1', null]], majorDimension: 'ROWS' }],
  });
});
