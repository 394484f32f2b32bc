import type { Tokens } from '../../../scripts/local/contract.ts';
import { createSheetsHost } from '../../../scripts/local/sheets/sheets-host.ts';
import { batchUpdate, getGrids, getTabs, getValues, putValues } from '../../../src/clients/google/sheets.ts';
import type { PurserError } from '../../../src/host/errors.ts';
import { listen, standingClock } from '../aws/loopback.ts';
import { closeServers, EMAIL, NOW_MS, server } from './servers.ts';

afterAll(closeServers);

async function localSheets() {
  const scope = 'https://www.googleapis.com/auth/';
  const tokens: Tokens = new Map([
    ['good', { email: EMAIL, scopes: [`${scope}spreadsheets`] }],
    ['mail', { email: EMAIL, scopes: [`${scope}gmail.send`] }],
  ]);
  const host = await createSheetsHost({ spreadsheetId: 'book', tokens, clock: standingClock(NOW_MS) });
  const loopback = await listen(host);
  const { run } = server(loopback, 'good', () => loopback.close());
  return { run, host, access: { spreadsheetId: 'book', token: 'good' } };
}

test('a tab is made, tagged, written and read back: values, formulas, formats, sizes, merges', async () => {
  const { run, access } = await localSheets();
  await run(
    batchUpdate(access, 'Make', [
      {
        addSheet: {
          properties: { sheetId: 77, title: "May '26 é", gridProperties: { rowCount: 20, columnCount: 5 } },
        },
      },
      {
        createDeveloperMetadata: {
          developerMetadata: {
            metadataId: 7,
            metadataKey: 'purser',
            metadataValue: 'month',
            location: { sheetId: 77 },
            visibility: 'DOCUMENT',
          },
        },
      },
      {
        repeatCell: {
          range: { sheetId: 77, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 2 },
          cell: {
            userEnteredFormat: {
              textFormat: { bold: true },
              numberFormat: { type: 'CURRENCY', pattern: '$#,##0.00' },
            },
          },
          fields: 'userEnteredFormat(textFormat.bold,numberFormat)',
        },
      },
      {
        mergeCells: {
          range: { sheetId: 77, startRowIndex: 4, endRowIndex: 5, startColumnIndex: 0, endColumnIndex: 3 },
          mergeType: 'MERGE_ALL',
        },
      },
    ]),
  );
  const title = "'May ''26 é'";
  await run(putValues(access, 'Raw', [{ range: `${title}!A1:B1`, values: [[12.5, '=1+1']] }]));
  await run(putValues(access, 'Typed', [{ range: `${title}!A2`, values: [['=A1*2']] }], 'USER_ENTERED'));

  const { sheets } = await run(getTabs(access));
  expect(sheets.find(({ properties }) => properties.sheetId === 77)).toMatchObject({
    properties: { title: "May '26 é", hidden: false, gridProperties: { rowCount: 20, columnCount: 5 } },
    developerMetadata: [{ metadataId: 7, metadataKey: 'purser', metadataValue: 'month' }],
  });
  expect(await run(getValues(access, [`${title}!A1:B9`, 'Sheet1'], 'UNFORMATTED_VALUE'))).toEqual([
    [[12.5, '=1+1'], [25]],
    [],
  ]);
  expect(await run(getValues(access, [`${title}!A2`], 'FORMULA'))).toEqual([[['=A1*2']]]);
  const grid = (await run(getGrids(access, [`${title}!A1:E6`]))).sheets[0];
  expect(grid?.merges).toEqual([
    { startRowIndex: 4, endRowIndex: 5, startColumnIndex: 0, endColumnIndex: 3 },
  ]);
  const [first] = grid?.data[0]?.rowData[0]?.values ?? [];
  expect(first?.userEnteredValue).toEqual({ numberValue: 12.5 });
  expect(first?.userEnteredFormat).toMatchObject({
    textFormat: { bold: true },
    numberFormat: { pattern: '$#,##0.00' },
  });
});

test('text that looks like a formula, a date or a number stays text', async () => {
  const { run, access } = await localSheets();
  const texts = ['=HYPERLINK("https://evil.example")', '+1', '2026-05-14', "'x", '007', '@SUM(1)'];
  await run(putValues(access, 'Raw', [{ range: 'Sheet1!A1:A6', values: texts.map((text) => [text]) }]));
  expect(await run(getValues(access, ['Sheet1!A1:A6'], 'UNFORMATTED_VALUE'))).toEqual([
    texts.map((text) => [text]),
  ]);
});

test('a batch with one bad request changes nothing, and what is wrong is told apart', async () => {
  const { run, access } = await localSheets();
  const codeOf = (running: Promise<unknown>) =>
    running.then(
      () => 'let through',
      ({ code, data }: PurserError) => `${code} ${data.status}`,
    );
  const half = batchUpdate(access, 'Half', [
    { addSheet: { properties: { sheetId: 5, title: 'New' } } },
    { deleteSheet: { sheetId: 404 } },
  ]);
  expect(await codeOf(run(half))).toBe('google-refused 400');
  expect((await run(getTabs(access))).sheets).toHaveLength(1);
  expect(await codeOf(run(getTabs({ ...access, token: 'wrong' })))).toBe('google-refused 401');
  expect(await codeOf(run(getTabs({ ...access, token: 'mail' })))).toBe('google-scope-missing 403');
  expect(await codeOf(run(getTabs({ ...access, spreadsheetId: 'other' })))).toBe('google-not-found 404');
  expect(await codeOf(run(getValues(access, ['Nowhere!A1'], 'FORMULA')))).toBe('google-refused 400');
});
