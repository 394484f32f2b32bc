/** Tabs that a person renames, moves, copies or deletes: renamed ones are found, deleted ones remade, copies left alone. */
import type { TabSnapshot } from '../../scripts/local/sheets/sheets-host.ts';
import type { Purser } from '../tools/purser.ts';
import { cleanMonth, PARTNERS } from '../tools/scene.ts';
import { codes, rowValues, visible } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const OWN_TABS = [
  'Purser settings',
  'Purser rates',
  'Purser register',
  'Purser adjustments',
  'Purser accepted',
  'Purser carried forward',
  'Purser evidence',
  'Purser log',
];
const RECIPIENTS = { 'Statement recipients': PARTNERS.join(', ') };
const MONTH_TAB = 'May 2026';
const AUDIT_TAB = 'Audit May 2026';
const HELD = { 'Send automatically': 'never', ...RECIPIENTS };

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const rename = (tab: TabSnapshot, title: string): void =>
  purser.edit({ updateSheetProperties: { properties: { sheetId: tab.sheetId, title }, fields: 'title' } });
const remove = ({ sheetId }: TabSnapshot): void => purser.edit({ deleteSheet: { sheetId } });

/** As in the tab's menu, and as if Google took its marks along. */
async function copied(tab: TabSnapshot, title: string, newSheetId: number): Promise<TabSnapshot> {
  const marks = (await purser.snapshotMetadata()).filter(
    ({ location }) => 'sheetId' in location && location.sheetId === tab.sheetId,
  );
  purser.edit(
    { duplicateSheet: { sourceSheetId: tab.sheetId, insertSheetIndex: 0, newSheetId, newSheetName: title } },
    ...marks.map(({ metadataKey, metadataValue }) => ({
      createDeveloperMetadata: {
        developerMetadata: {
          metadataKey,
          metadataValue,
          location: { sheetId: newSheetId },
          visibility: 'DOCUMENT',
        },
      },
    })),
  );
  return await purser.tab(title);
}

/** May is posted, and waits for a person. */
async function posted(): Promise<TabSnapshot> {
  await purser.begin({ settings: HELD });
  expect(purser.send('2026-05', { yes: false }).status).toBe('ready');
  return await purser.tab(MONTH_TAB);
}

/** May is out. */
async function sent(): Promise<void> {
  await purser.sent({ settings: RECIPIENTS });
}

const statements = async (): Promise<number> => (await purser.mails('statement')).length;
const mark = async (): Promise<readonly number[]> =>
  (await purser.snapshotMetadata())
    .filter(({ metadataKey }) => metadataKey === 'purser.month')
    .map(({ location }) => ('sheetId' in location ? location.sheetId : -1));

describe('Purser’s own tabs', () => {
  it('are found under any name, and nothing is made beside them', async () => {
    await purser.begin({ settings: { ...RECIPIENTS, Company: 'Renamed Sails' } });
    for (const title of OWN_TABS) rename(await purser.tab(title), `Mine: ${title.slice(7)}`);
    const report = purser.send();
    expect(report).toMatchObject({ status: 'sent', company: 'Renamed Sails' });
    const titles = await purser.titles();
    for (const title of OWN_TABS) expect(titles).not.toContain(title);
    expect(rowValues(await purser.tab('Mine: register'), 2)).toMatchObject({ A: '2026-05', C: 'sent' });
    expect(await statements()).toBe(1);
  });

  it('that were deleted are remade, each once', async () => {
    await purser.begin({ settings: RECIPIENTS });
    const deleted = OWN_TABS.slice(1);
    for (const title of deleted) remove(await purser.tab(title));
    expect(purser.send().status).toBe('sent');
    const titles = await purser.titles();
    for (const title of deleted) expect(titles.filter((one) => one === title)).toHaveLength(1);
    expect(rowValues(await purser.tab('Purser register'), 2)).toMatchObject({ A: '2026-05', C: 'sent' });
    expect(await statements()).toBe(1);
  });

  it('are remade after the settings were deleted, with their defaults, and the month goes out once', async () => {
    await purser.begin({ settings: RECIPIENTS });
    remove(await purser.tab('Purser settings'));
    expect(purser.send()).toMatchObject({ status: 'sent', to: [...PARTNERS] });
    expect(purser.send()).toMatchObject({ alreadySent: true });
    const { cells } = await purser.tab('Purser settings');
    const row = Object.entries(cells)
      .find(([, { input }]) => input === 'Workbook')?.[0]
      .slice(1);
    expect(cells[`B${row}`]?.value).not.toBe('');
    expect(await statements()).toBe(1);
  });

  it('that were deleted after sending don’t make the month go out again', async () => {
    await sent();
    remove(await purser.tab('Purser register'));
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true });
    expect(await statements()).toBe(1);
  });

  it('are told from a person’s copies of them, which stay as they are', async () => {
    await purser.begin({ settings: RECIPIENTS });
    await copied(await purser.tab('Purser register'), 'My register', 4711);
    await copied(await purser.tab('Purser settings'), 'My settings', 4712);
    await purser.type('My settings', 'B2', 'Another company');
    expect(purser.send()).toMatchObject({ status: 'sent', company: 'Harbor Sails' });
    expect(rowValues(await purser.tab('Purser register'), 2)).toMatchObject({ C: 'sent' });
    expect(rowValues(await purser.tab('My register'), 2)).toEqual({});
  });
});

describe('the month’s tab', () => {
  it('that was renamed is found, keeps its name and its sheet, and is posted over', async () => {
    const tab = await posted();
    rename(tab, 'Mai');
    await purser.recharter(cleanMonth().slice(0, 2));
    expect(purser.send()).toMatchObject({ status: 'sent', tabTitle: 'Mai' });
    expect((await purser.tab('Mai')).sheetId).toBe(tab.sheetId);
    expect(await purser.titles()).not.toContain(MONTH_TAB);
    expect(await mark()).toEqual([tab.sheetId]);
  });

  it('that was deleted between posting and sending is posted again, whole, and goes out once', async () => {
    const tab = await posted();
    remove(tab);
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: false });
    expect(visible(await purser.tabs()).filter((title) => title === MONTH_TAB)).toHaveLength(1);
    expect(await mark()).toEqual([(await purser.tab(MONTH_TAB)).sheetId]);
    expect(await statements()).toBe(1);
  });

  it('that was deleted with its audit tab likewise', async () => {
    const tab = await posted();
    remove(tab);
    remove(await purser.tab(AUDIT_TAB));
    expect(purser.send().status).toBe('sent');
    expect(await purser.titles()).toEqual(expect.arrayContaining([MONTH_TAB, AUDIT_TAB]));
  });

  it('that was deleted after sending is not posted again, nor sent', async () => {
    await sent();
    remove(await purser.tab(MONTH_TAB));
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true });
    expect(await statements()).toBe(1);
  });

  it('that was renamed after sending is found as the month before of the next one', async () => {
    await sent();
    rename(await purser.tab(MONTH_TAB), 'Mai');
    await purser.recharter(
      cleanMonth('2026-06').map((item) =>
        item.date === '2026-06-31' ? { ...item, date: '2026-06-30' } : item,
      ),
    );
    purser.at('2026-07-01', 9);
    expect(purser.send('2026-06').status).toBe('sent');
    const titles = await purser.titles();
    expect(titles.indexOf('June 2026')).toBeGreaterThan(titles.indexOf('Mai'));
  });

  it('is told from a person’s copy of it, which stays as it is', async () => {
    const tab = await posted();
    const copy = await copied(tab, 'My May', 4713);
    await purser.recharter(cleanMonth().slice(0, 2));
    expect(purser.send()).toMatchObject({ status: 'sent', tabTitle: MONTH_TAB });
    expect((await purser.tab(MONTH_TAB)).sheetId).toBe(tab.sheetId);
    expect(await purser.tab('My May')).toEqual(copy);
  });

  it('that was deleted while a copy of it is there is made anew, and the copy stays', async () => {
    const tab = await posted();
    const copy = await copied(tab, 'My May', 4714);
    remove(tab);
    expect(purser.send()).toMatchObject({ status: 'sent', tabTitle: MONTH_TAB });
    expect((await purser.tab(MONTH_TAB)).sheetId).not.toBe(4714);
    expect(await purser.tab('My May')).toEqual(copy);
  });

  it('whose name another tab has taken is not written over', async () => {
    const tab = await posted();
    remove(tab);
    purser.edit({ addSheet: { properties: { title: MONTH_TAB } } });
    const report = purser.send();
    expect(report).toMatchObject({ status: 'held' });
    expect(codes(report)).toContain('tab-edited');
    expect(await statements()).toBe(0);
  });
});

describe('the Template', () => {
  it('that was renamed is asked for by the setting’s name, and nothing is posted', async () => {
    await purser.begin({ settings: RECIPIENTS });
    rename(await purser.tab('Template'), 'House format');
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'template-missing' } });
    expect(report.error?.message).toContain('“Template tab”');
    expect(await purser.titles()).not.toContain(MONTH_TAB);
    await purser.setting('Template tab', 'house FORMAT');
    expect(purser.send().status).toBe('sent');
  });
});
