/** A month from the menu to a sent statement, by the built bundle. */
import type { TabSnapshot } from '../../scripts/local/sheets/sheets-host.ts';
import type { Purser } from '../tools/workspace.ts';
import {
  ACCOUNTANT,
  charter,
  cleanMonth,
  codes,
  findCell,
  handMail,
  openPurser,
  openXlsx,
  PARTNERS,
  rowValues,
  sha256,
  visible,
  xlsxOf,
} from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});
afterAll(() => purser.close());

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
    await purser.begin();
    purser.send();
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

describe('what a person did to the workbook', () => {
  it('keeps a hand-made tab with the month’s name as it is, and holds the month', async () => {
    await purser.begin();
    purser.edit({ addSheet: { properties: { title: 'may 2026' } } });
    await purser.type('may 2026', 'B2', 'my own figures');
    const report = purser.send();
    expect(report.status).toBe('held');
    expect(codes(report)).toEqual(['tab-edited']);
    const mine = await purser.tab('may 2026');
    expect(Object.keys(mine.cells)).toEqual(['B2']);
    expect(mine.cells.B2?.input).toBe('my own figures');
    expect((await purser.tabs()).filter(({ hidden }) => hidden)).toEqual([]);
    expect(await purser.mails()).toEqual([]);
  });

  it('keeps a posted tab that somebody changed as it is, and holds the month until it is undone', async () => {
    await purser.begin();
    purser.send('2026-05', { yes: false });
    const { input } = findCell(await purser.tab(MONTH_TAB), 'C-2026-05-1').cell;
    const { a1 } = findCell(await purser.tab(MONTH_TAB), 'C-2026-05-1');
    await purser.type(MONTH_TAB, a1, 'C-mine');
    await purser.recharter([...cleanMonth(), charter('C-later')]);
    const report = purser.send();
    expect(report.status).toBe('held');
    expect(codes(report)).toEqual(['tab-edited']);
    expect((await purser.tab(MONTH_TAB)).cells[a1]?.input).toBe('C-mine');
    expect(() => findCellSync('C-later')).toThrow();
    await purser.type(MONTH_TAB, a1, String(input));
    expect(purser.send()).toMatchObject({ status: 'sent' });

    function findCellSync(id: string): void {
      if (!report.lines.some((line) => line.id === id)) return;
      throw new Error('counted in the report, not in the tab');
    }
  });

  it('finds its tabs by their marks when they are renamed', async () => {
    await purser.begin();
    purser.send('2026-05', { yes: false });
    const tabs = await purser.tabs();
    const idOf = (title: string): number => tabs.find((tab) => tab.title === title)?.sheetId ?? -1;
    const rename = (from: string, title: string): object => ({
      updateSheetProperties: { properties: { sheetId: idOf(from), title }, fields: 'title' },
    });
    purser.edit(
      rename('Purser settings', 'Options'),
      rename('Purser rates', 'Prices'),
      rename('Purser register', 'Log'),
      rename(MONTH_TAB, 'Mai'),
    );
    await purser.setting('Company', 'Renamed Sails');
    const report = purser.send();
    expect(report).toMatchObject({ status: 'held', company: 'Renamed Sails' });
    // April's mail has the old company in its subject.
    expect(codes(report)).toEqual(['no-recipients']);
    await purser.setting('Statement recipients', 'grace@partner.example');
    expect(purser.send()).toMatchObject({ status: 'sent', tabTitle: 'Mai' });
    expect((await purser.titles()).slice(0, 7)).toEqual([
      'Sheet1',
      'Template',
      'Mai',
      AUDIT_TAB,
      'Options',
      'Prices',
      'Log',
    ]);
    expect(rowValues(await purser.tab('Log'), 2)).toMatchObject({ C: 'sent' });
    expect(findCell(await purser.tab('Mai'), 'Renamed Sails').a1).toBe('A1');
  });

  it('takes the default for a setting whose row was deleted', async () => {
    await purser.begin();
    const settings = await purser.tab('Purser settings');
    const row = Number(findCell(settings, 'Standard rate').a1.slice(1)) - 1;
    purser.edit({
      deleteDimension: {
        range: { sheetId: settings.sheetId, dimension: 'ROWS', startIndex: row, endIndex: row + 1 },
      },
    });
    expect(purser.send()).toMatchObject({ status: 'sent', totals: { reportableCents: 275_000 } });
  });

  it('names every bad setting with its cell, and does nothing', async () => {
    await purser.begin({
      settings: { 'Standard rate': '12500000', 'Statement day': '31', 'Always CC': 'nobody' },
    });
    const titles = await purser.titles();
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'settings-invalid' } });
    expect(report.error?.message).toMatch(/'Purser settings'!B3 \(Standard rate\).*in dollars, not in cents/);
    expect(report.error?.message).toMatch(/'Purser settings'!B\d+ \(Statement day\): “31”/);
    expect(report.error?.message).toMatch(/'Purser settings'!B\d+ \(Always CC\): “nobody”/);
    expect(await purser.titles()).toEqual(titles);
  });

  it('goes by the rates tab before the setting', async () => {
    await purser.begin();
    await purser.type('Purser rates', 'A2', '2026-05-10');
    await purser.type('Purser rates', 'C2', '130');
    const report = purser.send();
    expect(report.findings).toMatchObject([
      { code: 'revenue-differs', charterId: 'C-2026-05-2', cents: -4000 },
    ]);
  });
});

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

describe('the month asked for', () => {
  it.each(['2026-06', '2026-07', 'July 2026', '2031-01'])(
    '%s, which is not over, is refused',
    async (month) => {
      await purser.begin();
      const titles = await purser.titles();
      const report = purser.send(month);
      expect(report).toMatchObject({ status: 'failed', error: { code: 'month-not-over' } });
      expect(await purser.titles()).toEqual(titles);
      expect(await purser.mails()).toEqual([]);
    },
  );

  it.each(['next month', '2026-13', '05/2026!', '='])('“%s” is no month', async (words) => {
    await purser.begin({ setUp: false });
    expect(purser.send(words)).toMatchObject({ status: 'failed', error: { code: 'month-invalid' } });
  });

  it('may be typed as people do', async () => {
    await purser.begin();
    expect(purser.send('may 2026')).toMatchObject({ status: 'sent', month: '2026-05' });
  });

  it('is last month when nothing is typed', async () => {
    await purser.begin();
    expect(purser.send('')).toMatchObject({ status: 'sent', month: '2026-05' });
  });

  it('is no longer this month on its last day, in the workbook’s zone', async () => {
    await purser.begin({ today: '2026-05-31' });
    expect(purser.send().error?.code).toBe('month-not-over');
    // Midnight UTC of June 1 is still the evening of May 31 in New York.
    purser.clock.set(Date.UTC(2026, 5, 1, 1));
    expect(purser.send().error?.code).toBe('month-not-over');
    purser.clock.set(Date.UTC(2026, 5, 1, 5));
    expect(purser.send().status).toBe('sent');
  });
});

describe('a month without a charter', () => {
  it('is held, with a tab that keeps one blank row, and an XLSX that opens', async () => {
    await purser.begin({ charters: [] });
    const report = purser.send();
    expect(report.status).toBe('held');
    expect(codes(report)).toEqual(['empty-month']);
    const tab = await purser.tab(MONTH_TAB);
    expect(totals(tab)).toEqual({ A: 'Total of 0 completed charters', F: 0, G: 0, H: 0, J: 0, K: 0, L: 0 });
    expect(rowValues(tab, 6)).toEqual({});
    expect((await readStatement(xlsxOf(report))).total).toBe(0);
  });

  it('leaves a tab that has charters as it is until somebody agrees', async () => {
    await purser.begin();
    purser.send('2026-05', { yes: false });
    const { cells } = await purser.tab(MONTH_TAB);
    await purser.recharter([]);
    expect(purser.send()).toMatchObject({ status: 'held', totals: { charters: 0 } });
    expect((await purser.tab(MONTH_TAB)).cells).toEqual(cells);
    expect((await purser.tabs()).filter(({ hidden }) => hidden)).toEqual([]);
    await purser.setting('Severities', 'empty-month=warn');
    expect(purser.send('2026-05', { yes: false })).toMatchObject({ status: 'ready' });
    expect(totals(await purser.tab(MONTH_TAB))).toMatchObject({ A: 'Total of 0 completed charters' });
  });

  it('can be sent by a person who weighs it as a warning, and never by a trigger', async () => {
    await purser.begin({ charters: [], settings: { Severities: 'empty-month=info' } });
    await purser.deliver(handMail('2026-04'), ['SENT']);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'ready' });
    expect(await purser.mails('statement')).toEqual([]);
    await purser.setting('Severities', 'empty-month=warn');
    expect(purser.send()).toMatchObject({ status: 'sent' });
    const [mail] = await purser.mails('statement');
    expect(mail?.text).toContain('No charters were recorded for May 2026.');
  });
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

it('counts an item by its date when its month is stale, and says so', async () => {
  await purser.begin({
    charters: [
      ...cleanMonth(),
      charter('C-stale', { month: '2026-04', date: '2026-05-20' }),
      charter('C-other', { month: '2026-05', date: '2026-06-02' }),
      charter('C-april', { month: '2026-04', date: '2026-04-20' }),
    ],
    settings: { 'Explain changes over': '' },
  });
  const report = purser.send('2026-05', { yes: false });
  expect(report.totals?.charters).toBe(4);
  expect(report.findings).toMatchObject([
    { code: 'charter-elsewhere', severity: 'warn', charterId: 'C-other' },
    { code: 'stale-month', severity: 'warn', charterId: 'C-stale' },
  ]);
});

it('scans the table when no index is named', async () => {
  await purser.begin({ settings: { 'Charters index': '' } });
  expect(purser.send()).toMatchObject({ status: 'sent', totals: { reportableCents: 275_000 } });
});

it('sends the next month to those of the statement before, found by its code, in a tab beside it', async () => {
  await purser.begin();
  purser.send();
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
