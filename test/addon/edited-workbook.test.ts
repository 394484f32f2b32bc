/** What a person did to the workbook before a month is run: their tabs stay, renamed ones are found, bad settings are named. */
import type { Purser } from '../tools/purser.ts';
import { charter, cleanMonth } from '../tools/scene.ts';
import { codes, findCell, rowValues } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const MONTH_TAB = 'May 2026';
const AUDIT_TAB = 'Audit May 2026';

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
