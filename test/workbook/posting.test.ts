/** Whole posts against the local Sheets, whose formulas IronCalc computes. */

import type { Call } from '../../src/clients/exchange.ts';
import type { SheetsAccess, SheetValues } from '../../src/clients/google/sheets.ts';
import { batchUpdate, getGrids, getTabs, getValues, putValues } from '../../src/clients/google/sheets.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { quotedTitle } from '../../src/statement/grid.ts';
import { houseTemplate } from '../../src/statement/house-template.ts';
import type { SheetPlan } from '../../src/statement/sheet-plan.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import { readTemplate } from '../../src/statement/template.ts';
import { planStaging, showRequests, stageRequests, stageValues } from '../../src/workbook/month-tab.ts';
import { freeSheetId } from '../../src/workbook/set-up-tabs.ts';
import { addTabRequests, readTabGrid } from '../../src/workbook/tab-grid.ts';
import type { Tabs } from '../../src/workbook/tabs.ts';
import { readTabs, tabTitled } from '../../src/workbook/tabs.ts';
import { templateDifferences } from '../../src/workbook/template-check.ts';
import { contentHash, verifyTab } from '../../src/workbook/verify.ts';
import type { LocalSheets } from '../scripts/sheets/local-sheets.ts';
import { SPREADSHEET_ID, startLocalSheets } from '../scripts/sheets/local-sheets.ts';
import type { Content } from '../statement/grids.ts';
import { grid } from '../statement/grids.ts';
import { charter, statementOf } from '../statement/samples.ts';

const access: SheetsAccess = { spreadsheetId: SPREADSHEET_ID, token: 'good' };
let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
});
afterEach(() => local.close());

async function ask<T>(call: Call<T>): Promise<T> {
  const { method, url, body, headers } = call.request({ nowMs: 0 });
  const reply = await local.send(method, url.replace('https://sheets.googleapis.com', ''), body, {
    authorization: headers.Authorization ?? '',
  });
  const settled = call.settle(
    { status: reply.status, headers: {}, text: () => reply.text, bytes: () => Buffer.from(reply.text) },
    { nowMs: 0 },
  );
  if (settled.kind !== 'done') throw new Error(JSON.stringify(settled));
  return settled.value;
}

async function makeTemplate(rows: readonly (readonly Content[])[] | null): Promise<void> {
  const made = rows === null ? houseTemplate('Template', 'USD') : grid(rows);
  await ask(batchUpdate(access, 'template', addTabRequests(made, 1, 1)));
}

async function tabs(): Promise<Tabs> {
  return readTabs(await ask(getTabs(access)));
}

/** Posts the month as a run does, and answers how the shown tab reads. */
async function post(charters: readonly Charter[]): Promise<{ plan: SheetPlan; values: SheetValues }> {
  const before = await tabs();
  const templateTab = tabTitled(before.all, 'Template');
  const [sheet] = (await ask(getGrids(access, ['Template']))).sheets;
  if (templateTab === null || sheet === undefined) throw new Error('no template');
  const reading = readTemplate(readTabGrid(sheet));
  if (!reading.ok) throw new Error(reading.problems.join(' '));
  const plan = makeSheetPlan(reading.template, statementOf(...charters), 'May 2026');
  const staging = planStaging(
    '2026-05',
    templateTab,
    plan,
    freeSheetId(new Set(before.all.map(({ sheetId }) => sheetId)), 'staging'),
    'key',
  );
  await ask(
    batchUpdate(
      access,
      'stage',
      stageRequests('2026-05', reading.template, templateTab, plan, staging, before.staging),
    ),
  );
  for (const part of stageValues(plan, staging)) await ask(putValues(access, 'fill', part));
  const read = async (title: string, render: 'FORMULA' | 'UNFORMATTED_VALUE'): Promise<SheetValues> =>
    (await ask(getValues(access, [quotedTitle(title)], render)))[0] ?? [];
  verifyTab(plan, await read(staging.title, 'UNFORMATTED_VALUE'));
  const hash = contentHash(await read(staging.title, 'FORMULA'));
  const posted = {
    month: '2026-05',
    version: 1,
    prototypeRow: plan.prototypeRow,
    charterRows: plan.charterRows,
    contentHash: hash,
    postKey: staging.postKey,
  };
  const there = before.months.find(({ month }) => month === '2026-05') ?? null;
  await ask(batchUpdate(access, 'show', showRequests(staging, plan, posted, there, 2)));
  const after = await tabs();
  expect(after.staging).toEqual([]);
  expect(after.months).toMatchObject([
    { month: '2026-05', hidden: false, title: there?.title ?? 'May 2026', charterRows: plan.charterRows },
  ]);
  const title = after.months[0]?.title ?? '';
  expect(contentHash(await read(title, 'FORMULA'))).toBe(hash);
  const values = await read(title, 'UNFORMATTED_VALUE');
  verifyTab(plan, values);
  return { plan, values };
}

const charters = (count: number): Charter[] =>
  Array.from({ length: count }, (_, index) =>
    charter({
      id: `c-${index}`,
      date: `2026-05-${String(index + 1).padStart(2, '0')}`,
      guests: index + 1,
      recordedCents: (index + 1) * 12_500,
      vessel: index === 0 ? '=1+1' : 'Osprey',
    }),
  );

const ROWS: readonly (readonly Content[])[] = [
  ['{{month}}'],
  [
    '{{charter.date}}',
    '{{charter.guests}}',
    '{{charter.reportable}}',
    '{{charter.vessel}}',
    '=C2/B2',
    '=C2/SUM(C$2:C$2)',
    '=SUM(C$2:C2)',
  ],
  ['Total', '=SUM(B2:B2)', '=SUM(C2:C2)', '{{total.reportable}}', '=C3-D3', '=MAX(F2:F2)', '=COUNT(G2)'],
];

test.each([1, 2, 3, 12])(
  'a month of %i charters posts, computes and reads back to the cent',
  async (count) => {
    await makeTemplate(ROWS);
    const { values } = await post(charters(count));
    const guests = (count * (count + 1)) / 2;
    expect(values).toHaveLength(count + 2);
    expect(values[1]?.slice(0, 5)).toEqual([46_143, 1, 125, '=1+1', 125]);
    expect(values.at(-1)?.slice(0, 5)).toEqual(['Total', guests, guests * 125, guests * 125, 0]);
    expect(values.at(-1)?.[6]).toBe(count);
    expect(values.at(-2)?.[6]).toBe(guests * 125);
  },
);

test('an empty month keeps one blank row', async () => {
  await makeTemplate(ROWS.map((row) => row.slice(0, 4)));
  const { values } = await post([]);
  expect(values).toEqual([['May 2026'], [], ['Total', 0, 0, 0]]);
});

test('the house template posts, and the posted month looks like it', async () => {
  await makeTemplate(null);
  for (const count of [0, 1, 5]) await post(charters(count));
  const [template, month] = (await ask(getGrids(access, ['Template', "'May 2026'"]))).sheets;
  if (template === undefined || month === undefined) throw new Error('no tabs');
  const reading = readTemplate(readTabGrid(template));
  if (!reading.ok) throw new Error(reading.problems.join());
  expect(templateDifferences(reading.template, readTabGrid(month))).toBeNull();
  expect(readTabGrid(month).merges).toHaveLength(reading.template.grid.merges.length);
});

test('posted again with more or fewer charters, the tab, its title and what points at its totals stay', async () => {
  await makeTemplate(ROWS);
  await post(charters(3));
  const sheetId = (await tabs()).months[0]?.sheetId ?? -1;
  await local.update({ updateSheetProperties: { properties: { sheetId, title: 'Mai' }, fields: 'title' } });
  await local.write('Sheet1!A1', [['=Mai!C5', '=SUM(Mai!C2:C4)']]);
  for (const count of [6, 2, 9, 1, 4]) {
    await post(charters(count));
    const total = (count * (count + 1) * 125) / 2;
    expect((await tabs()).months).toMatchObject([{ sheetId, title: 'Mai' }]);
    expect((await local.values('Sheet1!A1'))[0]?.[0]).toBe(total);
  }
});

test('a hidden tab that a run left behind is cleared away by the next', async () => {
  await makeTemplate(ROWS);
  await ask(
    batchUpdate(access, 'left', [
      {
        duplicateSheet: {
          sourceSheetId: 1,
          insertSheetIndex: 2,
          newSheetId: 55,
          newSheetName: 'Purser staging 2026-05',
        },
      },
      {
        createDeveloperMetadata: {
          developerMetadata: {
            metadataKey: 'purser.staging',
            metadataValue: '2026-05',
            location: { sheetId: 55 },
            visibility: 'DOCUMENT',
          },
        },
      },
    ]),
  );
  await post(charters(2));
  expect((await tabs()).all.map(({ title }) => title).sort()).toEqual(['May 2026', 'Sheet1', 'Template']);
});

test('a formula of the Template that fails is found before anybody sees the month', async () => {
  await makeTemplate([...ROWS, ['=1/0']]);
  await expect(post(charters(2))).rejects.toThrow('A5 reads “#DIV/0!”, an error');
  expect((await tabs()).months).toEqual([]);
});
