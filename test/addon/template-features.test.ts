/** What the Template has beyond cells: said in the report, and hidden in the XLSX where it is hidden there. */
import type { Purser } from '../tools/workspace.ts';
import { openPurser, openXlsx, xlsxOf } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});
afterAll(() => purser.close());

const features = (report: ReturnType<Purser['send']>): string[] =>
  report.findings.filter(({ code }) => code === 'template-feature-dropped').map(({ message }) => message);

it('says nothing of the house template', async () => {
  await purser.begin();
  expect(features(purser.preview())).toEqual([]);
});

it('keeps a hidden column and row hidden in the XLSX, and says that they can be shown', async () => {
  await purser.begin();
  const { sheetId } = await purser.tab('Template');
  const hide = (dimension: string, startIndex: number) => ({
    updateDimensionProperties: {
      range: { sheetId, dimension, startIndex, endIndex: startIndex + 1 },
      properties: { hiddenByUser: true },
      fields: 'hiddenByUser',
    },
  });
  purser.edit(hide('COLUMNS', 9), hide('ROWS', 6));
  const sent = purser.send();
  expect(sent.status).toBe('sent');
  expect(features(sent)).toEqual([
    'Column J and row 7 of the Template are hidden; they are hidden in the XLSX too, but whoever gets the file can show them.',
  ]);
  // Three charters: what stood in row 7 stands two rows lower.
  for (const bytes of [xlsxOf(sent), await purser.download()]) {
    const sheet = (await openXlsx(bytes)).getWorksheet('May 2026');
    const columns = Array.from({ length: 14 }, (_, index) => index + 1);
    expect(columns.filter((column) => sheet?.getColumn(column).hidden)).toEqual([10]);
    const rows = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(rows.filter((row) => sheet?.getRow(row).hidden)).toEqual([9]);
  }
});

it('names conditional formatting, IMAGE, rotated text and links', async () => {
  await purser.begin();
  const { sheetId } = await purser.tab('Template');
  const range = { sheetId, startRowIndex: 0, endRowIndex: 1, startColumnIndex: 0, endColumnIndex: 1 };
  const format = (rowIndex: number, userEnteredFormat: object, fields: string) => ({
    updateCells: {
      start: { sheetId, rowIndex, columnIndex: 0 },
      rows: [{ values: [{ userEnteredFormat }] }],
      fields,
    },
  });
  purser.edit(
    {
      addConditionalFormatRule: {
        rule: { ranges: [range], booleanRule: { condition: { type: 'NOT_BLANK' }, format: {} } },
        index: 0,
      },
    },
    format(0, { textRotation: { angle: 20 } }, 'userEnteredFormat.textRotation'),
    format(
      1,
      { textFormat: { link: { uri: 'https://harbor.example/' } } },
      'userEnteredFormat.textFormat.link',
    ),
  );
  await purser.type('Template', 'A4', '=IFERROR(IMAGE("https://harbor.example/logo.png"), "")');
  expect(features(purser.preview())).toEqual([
    "The Template “Template” has conditional formatting, an image by IMAGE (A4), rotated text (A1) and a link (A2), which the XLSX can't carry; the month tab keeps them.",
  ]);
});
