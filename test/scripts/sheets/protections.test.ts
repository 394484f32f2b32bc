import type { LocalSheets } from './local-sheets.ts';
import { SPREADSHEET_ID, startLocalSheets } from './local-sheets.ts';

let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
  await local.write('Sheet1!A1:B2', [
    ['a', 'b'],
    ['c', 'd'],
  ]);
});
afterEach(() => local.close());

const protect = (more: object): object => ({
  addProtectedRange: { protectedRange: { range: { sheetId: 0 }, ...more } },
});
const ONLY_OWNER = { editors: { users: ['owner@example.com'] } };

/** As somebody who may edit the spreadsheet and does not own it. */
async function editor(
  method: string,
  path: string,
  body: unknown,
): Promise<{ status: number; message: string }> {
  const at = `/v4/spreadsheets/${SPREADSHEET_ID}${path}`;
  const reply = await local.send(method, at, body, { authorization: 'Bearer editor' });
  return { status: reply.status, message: reply.body?.error?.message ?? '' };
}
const update = (...requests: object[]) => editor('POST', ':batchUpdate', { requests });
const write = (range: string) =>
  editor('PUT', `/values/${encodeURIComponent(range)}?valueInputOption=RAW`, { values: [['x']] });
const values = () => local.values('Sheet1!A1:B2');

// https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets#ProtectedRange
describe('a protected tab', () => {
  test.each([
    ['a cell', () => write('Sheet1!A1')],
    [
      'its title',
      () => update({ updateSheetProperties: { properties: { sheetId: 0, title: 'Mine' }, fields: 'title' } }),
    ],
    [
      'its rows',
      () =>
        update({
          deleteDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 2 } },
        }),
    ],
    [
      'itself, by deleting it',
      () => update({ addSheet: { properties: { sheetId: 9 } } }, { deleteSheet: { sheetId: 0 } }),
    ],
    ['its protection', () => update({ deleteProtectedRange: { protectedRangeId: 5 } })],
  ])('keeps others from changing %s, and leaves all as it was', async (_what, change) => {
    await local.update(protect({ protectedRangeId: 5, ...ONLY_OWNER }));
    const before = await values();
    expect(await change()).toMatchObject({
      status: 400,
      message: expect.stringContaining('You are trying to edit a protected cell or object'),
    });
    expect(await values()).toEqual(before);
  });

  test('is open to its owner, and to the editors that it names', async () => {
    await local.update(protect({ editors: { users: ['editor@example.com'] } }));
    expect((await write('Sheet1!A1')).status).toBe(200);
    expect((await local.write('Sheet1!A1', [['y']])).status).toBe(200);
  });

  test('takes no second protection of the whole tab', async () => {
    await local.update(protect(ONLY_OWNER));
    expect(await local.refusal(protect({ warningOnly: true }))).toContain('already has sheet protection');
    await local.update(
      protect({ range: { sheetId: 0, startColumnIndex: 0, endColumnIndex: 2 }, warningOnly: true }),
    );
  });

  test('says whether who asks may edit it', async () => {
    await local.update(protect(ONLY_OWNER));
    const path = `/v4/spreadsheets/${SPREADSHEET_ID}?fields=sheets(protectedRanges)`;
    const asked = async (token: string): Promise<unknown> =>
      (await local.send('GET', path, undefined, { authorization: `Bearer ${token}` })).body.sheets[0]
        .protectedRanges[0].requestingUserCanEdit;
    expect([await asked('good'), await asked('editor')]).toEqual([true, false]);
  });
});

test('a protected range leaves the cells around it open', async () => {
  await local.update(protect({ range: { sheetId: 0, startRowIndex: 0, endRowIndex: 1 }, ...ONLY_OWNER }));
  expect((await write('Sheet1!B2')).status).toBe(200);
  expect((await write('Sheet1!B1')).status).toBe(400);
});

test('a warning keeps nobody out, and takes no editors', async () => {
  await local.update(protect({ warningOnly: true }));
  expect((await write('Sheet1!A1')).status).toBe(200);
  expect(
    await local.refusal(
      protect({ range: { sheetId: 0, startRowIndex: 1 }, warningOnly: true, ...ONLY_OWNER }),
    ),
  ).toContain('Editors cannot be set on it');
});
