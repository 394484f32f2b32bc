/** The Template: what can’t be used is refused with its cell; what it has beyond cells is said, and kept as far as it can be. */
import type { Purser } from '../tools/purser.ts';
import { codes, openXlsx, xlsxOf } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const MONTH_TAB = 'May 2026';

describe('a Template that can’t be used is refused with the cell named', () => {
  const template = async (edit: () => Promise<void> | void): Promise<ReturnType<Purser['send']>> => {
    await purser.begin();
    await edit();
    const titles = await purser.titles();
    const report = purser.send();
    expect(await purser.titles()).toEqual(titles);
    expect(await purser.mails()).toEqual([]);
    return report;
  };

  it('none', async () => {
    const report = await template(async () => {
      purser.edit({ deleteSheet: { sheetId: (await purser.tab('Template')).sheetId } });
    });
    expect(report.error).toMatchObject({
      code: 'template-missing',
      message: expect.stringContaining('“Template”'),
    });
  });

  it('an unknown placeholder', async () => {
    const report = await template(() => purser.type('Template', 'B12', 'See {{total.revenue}}'));
    expect(report.error).toMatchObject({
      code: 'template-invalid',
      message: expect.stringContaining("'Template'!B12 has the unknown placeholder {{total.revenue}}"),
    });
  });

  it('no prototype row', async () => {
    const report = await template(async () => {
      for (const column of 'ABCDEFGHIJKLMN') await purser.type('Template', `${column}6`, 'x');
    });
    expect(report.error?.code).toBe('template-invalid');
    expect(report.error?.message).toContain('no prototype row');
  });

  it('a charter’s placeholder on another row', async () => {
    const report = await template(() => purser.type('Template', 'B12', '{{charter.date}}'));
    expect(report.error?.message).toContain("'Template'!B12");
  });
});

it('refuses a Template whose formulas would not add up, before anybody sees the tab', async () => {
  await purser.begin();
  await purser.type('Template', 'J7', '=SUM(K6:K6)+1');
  const report = purser.send();
  // Any formula is allowed; only one that is a SUM over a figure's column must equal that figure.
  expect(report.status).toBe('sent');
  await purser.begin();
  await purser.type('Template', 'J7', '=1/0');
  const broken = purser.send();
  expect(broken).toMatchObject({ status: 'failed', error: { code: 'posted-differs' } });
  expect(broken.error?.message).toContain('J9');
  expect(await purser.titles()).not.toContain(MONTH_TAB);
  expect((await purser.tabs()).filter(({ hidden }) => hidden)).toEqual([]);
});

describe('a Template that does not say what it should', () => {
  it('shows another currency’s sign: held, until Set up… has made one in the right currency', async () => {
    await purser.begin({ settings: { Currency: 'EUR' } });
    const report = purser.send();
    expect(report.status).toBe('held');
    expect(codes(report)).toEqual(['template-currency']);
    expect(report.findings[0]?.message).toContain('makes one in EUR');
    const { sheetId } = await purser.tab('Template');
    purser.edit({ deleteSheet: { sheetId } });
    expect(
      purser.setUp({ answers: ({ title }) => (title === 'AWS' ? { button: 'NO' } : null) }).problems,
    ).toEqual([]);
    expect(purser.send()).toMatchObject({ status: 'sent', currency: 'EUR', findings: [] });
  });

  it('adds up in its own name: the tab and the XLSX mean the tab they are in', async () => {
    await purser.begin();
    await purser.type('Template', 'K12', '=SUM(Template!J6:J6)');
    const report = purser.send();
    expect(report).toMatchObject({ status: 'sent', findings: [] });
    const { cells } = await purser.tab(MONTH_TAB);
    expect(cells.K14).toMatchObject({ input: '=SUM(J6:J8)', value: 2750 });
    const [sheet] = (await openXlsx(xlsxOf(report))).worksheets;
    expect(sheet?.getCell('K14').value).toMatchObject({ formula: 'SUM(J6:J8)', result: 2750 });
  });

  it('has a formula that sees the first charter only: a person must look', async () => {
    await purser.begin();
    await purser.type('Template', 'K12', '=J6*0.1');
    const report = purser.send('2026-05', { yes: false });
    expect(report.findings).toMatchObject([
      { code: 'template-suspect', severity: 'warn', message: expect.stringContaining('K12 (=J6*0.1)') },
    ]);
  });
});

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
