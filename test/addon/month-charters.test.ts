/** Which month is run, and which charters count in it: the last one, an empty one, charters that are filed elsewhere. */
import type { TabSnapshot } from '../../scripts/local/sheets/sheets-host.ts';
import type { Purser } from '../tools/purser.ts';
import { charter, cleanMonth, handMail } from '../tools/scene.ts';
import { codes, findCell, openXlsx, rowValues, xlsxOf } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const MONTH_TAB = 'May 2026';

/** Row of the totals, by its label. */
function totals(tab: TabSnapshot): Readonly<Record<string, unknown>> {
  const { a1 } = findCell(tab, /^Total of /);
  return rowValues(tab, Number(a1.replace(/\D/g, '')));
}

async function readStatement(bytes: Uint8Array): Promise<{ sheetNames: string[]; total: unknown }> {
  const workbook = await openXlsx(bytes);
  const [sheet] = workbook.worksheets;
  let total: unknown = null;
  sheet?.eachRow((row) => {
    if (/^Total of/.test(row.getCell(1).text)) total = row.getCell(10).result;
  });
  return { sheetNames: workbook.worksheets.map(({ name }) => name), total };
}

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
