/** A month from the menu to a sent statement, by the built bundle. */
import type { TabSnapshot } from '../../scripts/local/sheets/sheets-host.ts';
import type { Purser } from '../tools/purser.ts';
import { ACCOUNTANT, charter, cleanMonth, PARTNERS } from '../tools/scene.ts';
import { findCell, openXlsx, rowValues, sha256, visible, xlsxOf } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const MONTH_TAB = 'May 2026';
const AUDIT_TAB = 'Audit May 2026';

/** Row of the totals, by its label. */
function totals(tab: TabSnapshot): Readonly<Record<string, unknown>> {
  const { a1 } = findCell(tab, /^Total of /);
  return rowValues(tab, Number(a1.replace(/\D/g, '')));
}

async function registerRow(): Promise<Readonly<Record<string, unknown>>> {
  return rowValues(await purser.tab('Purser register'), 2);
}

const held = (): readonly object[] => [...cleanMonth(), charter('C-wrong', { revenueTotal: 1125 })];
const corrected = (): ReturnType<typeof cleanMonth> => [...cleanMonth(), charter('C-wrong')];

describe('a clean month', () => {
  beforeAll(async () => {
    await purser.sent();
  });

  it('has a visible tab with its charters and totals, where the tabs of months are', async () => {
    expect(visible(await purser.tabs())).toEqual([
      'Sheet1',
      'Template',
      MONTH_TAB,
      AUDIT_TAB,
      'Purser settings',
      'Purser rates',
      'Purser register',
      'Purser adjustments',
      'Purser accepted',
      'Purser carried forward',
      'Purser evidence',
      'Purser log',
    ]);
    const tab = await purser.tab(MONTH_TAB);
    expect(findCell(tab, 'Harbor Sails').a1).toBe('A1');
    expect(totals(tab)).toEqual({
      A: 'Total of 3 completed charters',
      F: 24,
      G: 2,
      H: 22,
      J: 2750,
      K: 2750,
      L: 0,
    });
    expect(findCell(tab, '=SUM(J6:J8)').cell.formatted.replace(/\s/g, '')).toBe('$2,750.00');
    expect(tab.frozenRowCount).toBe(5);
  });

  it('leaves no hidden copy and no mark of one', async () => {
    expect((await purser.tabs()).filter(({ hidden }) => hidden)).toEqual([]);
    const marks = (await purser.snapshotMetadata()).map(({ metadataKey }) => metadataKey);
    expect(marks.filter((key) => key === 'purser.staging')).toEqual([]);
    expect(marks.filter((key) => key === 'purser.month')).toHaveLength(1);
  });

  it('is mailed once, to those of last month’s mail, with the code, the figures and the file', async () => {
    const mails = await purser.mails();
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail).toMatchObject({
      kind: 'statement',
      subject: 'Harbor Sails revenue statement, May 2026',
      to: [...PARTNERS],
      cc: [ACCOUNTANT],
    });
    for (const body of [mail?.text ?? '', mail?.html ?? '']) {
      expect(body).toContain('PRSYYPK202605V1');
      expect(body).toContain('$2,750.00');
    }
    expect(mail?.attachments).toHaveLength(1);
  });

  it('files the very bytes that were attached', async () => {
    const file = (await purser.files()).find(({ createdByApp, bytes }) => createdByApp && bytes !== null);
    const [mail] = await purser.mails();
    const attached = mail?.attachments[0];
    expect(attached?.name).toBe(file?.name);
    expect(sha256(attached?.bytes ?? new Uint8Array())).toBe(file?.sha256Checksum);
    expect(file?.description).toContain('Reportable $2,750.00');
    expect(file?.description).toContain('PRSYYPK202605V1');
    const { sheetNames, total } = await readStatement(attached?.bytes ?? new Uint8Array());
    expect(sheetNames).toEqual([MONTH_TAB]);
    expect(total).toBe(2750);
  });

  it('files it in Purser/reports/2026, in folders that the add-on made', async () => {
    const files = await purser.files();
    const file = files.find(({ bytes }) => bytes !== null);
    const path: string[] = [];
    for (
      let at = files.find(({ id }) => id === file?.parents[0]);
      at;
      at = files.find(({ id }) => id === at?.parents[0])
    ) {
      path.unshift(at.name);
    }
    expect(path).toEqual(['Purser', 'reports', '2026']);
    expect(files.filter(({ bytes, createdByApp }) => bytes === null && createdByApp)).toHaveLength(5);
  });

  it('has one row in the register, with links', async () => {
    expect(await registerRow()).toMatchObject({
      A: '2026-05',
      B: 1,
      C: 'sent',
      D: 3,
      E: 24,
      F: 2,
      G: 22,
      H: 2750,
      I: 2750,
      K: 'PRSYYPK202605V1',
      N: '2026-06-01 06:00',
      O: [...PARTNERS, ACCOUNTANT].join(', '),
      P: expect.stringMatching(/^https:\/\/drive\.google\.com\//),
      Q: expect.stringMatching(/^https:\/\/mail\.google\.com\//),
    });
    expect(rowValues(await purser.tab('Purser register'), 3)).toEqual({});
  });

  it('is not sent again: it says that it is sent, and asks no service anything', async () => {
    const requests = purser.trace().length;
    const report = purser.send();
    expect(report).toMatchObject({ status: 'sent', alreadySent: true, statementCode: 'PRSYYPK202605V1' });
    expect(report.totals).toMatchObject({ charters: 3, reportableCents: 275_000 });
    expect(purser.trace()).toHaveLength(requests);
    expect(await purser.mails()).toHaveLength(1);
  });
});

async function readStatement(bytes: Uint8Array): Promise<{ sheetNames: string[]; total: unknown }> {
  const workbook = await openXlsx(bytes);
  const [sheet] = workbook.worksheets;
  let total: unknown = null;
  sheet?.eachRow((row) => {
    if (/^Total of/.test(row.getCell(1).text)) total = row.getCell(10).result;
  });
  return { sheetNames: workbook.worksheets.map(({ name }) => name), total };
}

it('gives the same XLSX and the same mail for the same input, byte for byte', async () => {
  const once = async (): Promise<[Buffer, Buffer | undefined]> => {
    await purser.begin();
    const report = purser.send();
    return [xlsxOf(report), (await purser.mails())[0]?.raw];
  };
  const [xlsx, mail] = await once();
  const [xlsxAgain, mailAgain] = await once();
  expect(xlsxAgain.equals(xlsx)).toBe(true);
  expect(mail?.equals(mailAgain ?? Buffer.of())).toBe(true);
});

it('keeps nothing from the person who says no: the tab is there, nothing is filed or sent', async () => {
  await purser.begin();
  const report = purser.send('2026-05', { yes: false });
  expect(report).toMatchObject({ status: 'ready', fileId: null, messageId: null });
  expect(await purser.mails()).toEqual([]);
  expect((await purser.files()).filter(({ bytes }) => bytes !== null)).toEqual([]);
  expect(await registerRow()).toMatchObject({ C: 'ready' });
  const { sheetId } = await purser.tab(MONTH_TAB);
  expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: false });
  expect((await purser.tab(MONTH_TAB)).sheetId).toBe(sheetId);
  expect(await purser.mails()).toHaveLength(1);
});

it('previews without writing: no tab, no row, no file, no mail', async () => {
  await purser.begin();
  const before = await purser.titles();
  const from = purser.trace().length;
  const report = purser.preview();
  expect(report).toMatchObject({ status: 'ready', totals: { reportableCents: 275_000 } });
  expect(await purser.titles()).toEqual(before);
  expect(await registerRow()).toEqual({});
  const written = purser
    .trace()
    .slice(from)
    .filter(({ request }) => request.method !== 'GET' && !/dynamodb|:batchGetByDataFilter/.test(request.url));
  expect(written.map(({ request }) => request.url)).toEqual([]);
});

describe('a held month', () => {
  beforeAll(async () => {
    await purser.begin({ charters: held() as ReturnType<typeof cleanMonth> });
  });

  it('shows what blocks, posts the tab, and files and sends nothing', async () => {
    const report = purser.send();
    expect(report).toMatchObject({ status: 'held', fileId: null });
    expect(report.findings).toMatchObject([{ code: 'revenue-differs', charterId: 'C-wrong', cents: 12_500 }]);
    expect(await purser.mails()).toEqual([]);
    expect((await purser.files()).filter(({ bytes }) => bytes !== null)).toEqual([]);
    expect(totals(await purser.tab(MONTH_TAB))).toMatchObject({ J: 3750, K: 3875, L: 125 });
    expect((await readStatement(xlsxOf(report))).total).toBe(3750);
    expect(await registerRow()).toMatchObject({ C: 'held', R: 'revenue-differs' });
  });

  it('is sent once it is corrected, in the same tab, and formulas elsewhere still read its totals', async () => {
    const { sheetId } = await purser.tab(MONTH_TAB);
    const { a1 } = findCell(await purser.tab(MONTH_TAB), /^Total of /);
    const row = a1.replace(/\D/g, '');
    await purser.type('Sheet1', 'A1', `='${MONTH_TAB}'!J${row}`);
    await purser.type('Sheet1', 'A2', `=SUM('${MONTH_TAB}'!K6:K9)`);
    const grown = [...corrected(), charter('C-new-1', { date: '2026-05-30' }), charter('C-new-2')];
    await purser.recharter(grown);
    expect(purser.send()).toMatchObject({ status: 'sent', findings: [] });
    expect((await purser.tab(MONTH_TAB)).sheetId).toBe(sheetId);
    expect(totals(await purser.tab(MONTH_TAB))).toMatchObject({
      A: 'Total of 6 completed charters',
      J: 5750,
      L: 0,
    });
    const overview = await purser.tab('Sheet1');
    expect(overview.cells.A1?.value).toBe(5750);
    expect(overview.cells.A2?.value).toBe(5750);
    expect(await purser.mails()).toHaveLength(1);
    expect(await registerRow()).toMatchObject({ C: 'sent', H: 5750 });
    expect((await purser.titles()).filter((title) => /May/.test(title))).toEqual([MONTH_TAB, AUDIT_TAB]);
  });
});

it('shrinks a tab in place when charters went away', async () => {
  await purser.begin({ charters: [...cleanMonth(), charter('C-1'), charter('C-2')] });
  purser.send('2026-05', { yes: false });
  const before = await purser.tab(MONTH_TAB);
  const row = findCell(before, /^Total of /).a1.replace(/\D/g, '');
  await purser.type('Sheet1', 'A1', `='${MONTH_TAB}'!F${row}`);
  await purser.recharter(cleanMonth());
  expect(purser.send()).toMatchObject({ status: 'sent' });
  const after = await purser.tab(MONTH_TAB);
  expect(after.sheetId).toBe(before.sheetId);
  expect(after.rowCount).toBe(before.rowCount - 2);
  expect((await purser.tab('Sheet1')).cells.A1?.value).toBe(24);
  const words = Object.values(after.cells).map(({ input }) => String(input));
  expect(words.filter((word) => word === 'C-1' || word === 'C-2')).toEqual([]);
});

it('takes its last words off the screen, however it ended', async () => {
  const lastToast = (): unknown =>
    purser
      .appsScript()
      .shown.filter(({ kind }) => kind === 'toast')
      .at(-1);
  const gone = expect.objectContaining({ text: expect.stringContaining('done'), seconds: 3 });
  await purser.begin({ setUpAnew: true });
  expect(lastToast()).toEqual(gone);
  purser.preview();
  expect(lastToast()).toEqual(gone);
  await purser.faults({ host: 'sheets.googleapis.com', play: { unreachable: true } });
  for (const run of [() => purser.preview(), () => purser.send()]) {
    expect(run().status).toBe('failed');
    expect(lastToast()).toEqual(gone);
  }
  await purser.faults();
  expect(purser.send().status).toBe('sent');
  expect(lastToast()).toEqual(gone);
});

it('sends the next month to those of the statement before, found by its code, in a tab beside it', async () => {
  await purser.sent();
  purser.at('2026-07-01');
  await purser.recharter([
    ...cleanMonth(),
    ...cleanMonth('2026-06').map((item) => ({ ...item, date: String(item.date).replace('-31', '-30') })),
  ]);
  // A subject that differs now: only the code can find May's mail.
  await purser.setting('Statement subject', 'Revenue for {{month}}');
  const report = purser.send('2026-06');
  expect(report).toMatchObject({ status: 'sent', to: [...PARTNERS], cc: [ACCOUNTANT], findings: [] });
  expect(visible(await purser.tabs()).slice(1, 6)).toEqual([
    'Template',
    MONTH_TAB,
    AUDIT_TAB,
    'June 2026',
    'Audit June 2026',
  ]);
  expect(rowValues(await purser.tab('Purser register'), 3)).toMatchObject({ A: '2026-06', C: 'sent' });
});
