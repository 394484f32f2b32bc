/** Names that are meant to become a page of their own stay names, wherever the workbench and the sidebar show them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TabView } from '../../scripts/workbench/contract.ts';
import type { Stories } from './stories.ts';
import { openStories } from './stories.ts';

const HOSTILE = '<img src=x onerror="window.hurt=1">';
const PARTNER = 'partner@tidewater.example';

const charter = (id: string, date: string, more: object) => ({
  charterId: id,
  month: '2026-05',
  date,
  departs: '10:00',
  vessel: HOSTILE,
  kind: 'public',
  status: 'completed',
  guests: 8,
  comps: 1,
  revenueTotal: 875,
  crew: [],
  bookingRefs: [],
  ...more,
});

let stories: Stories;
const folder = mkdtempSync(join(tmpdir(), 'purser-stories-'));

beforeAll(async () => {
  const file = join(folder, 'charters.jsonl');
  const lines = [
    charter('C-1', '2026-05-02', { compNotes: 'trade' }),
    charter('C-2', '2026-05-09', { compNotes: `${HOSTILE}, travel writer` }),
  ];
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  stories = await openStories('--charters', file);
});
afterAll(async () => {
  await stories.end();
  rmSync(folder, { recursive: true });
});

async function typeSettings(typed: Readonly<Record<string, string>>): Promise<void> {
  const { workbench } = stories;
  const id = (await workbench.overview()).tabs.find(({ title }) => title === 'Purser settings')?.id ?? -1;
  const { cells } = await workbench.view<TabView>(`tab?id=${id}`);
  for (const [setting, input] of Object.entries(typed)) {
    const row = cells.find(({ column, text }) => column === 0 && text === setting)?.row ?? -1;
    await workbench.act({ do: 'type', tab: id, a1: `B${row + 1}`, input });
  }
}

it('a vessel, a guest, the company and who accepts, all of them hostile, stay text everywhere', async () => {
  const { page, sidebar, press, says, openSidebar, toTab, choose } = stories.desk;
  await stories.begin('2026-05', null);
  await typeSettings({ Company: HOSTILE, 'Statement recipients': PARTNER });
  await openSidebar();
  await press('Check now');
  await says(/^May 2026: /);
  await sidebar.locator('.company').getByText(HOSTILE).waitFor();
  const finding = sidebar.locator('li.finding').filter({ hasText: `(May 2, 2026, 10:00, ${HOSTILE})` });
  await finding.getByRole('button', { name: /^Accept/ }).click();
  await sidebar.getByLabel('Why it is right as it is').fill(HOSTILE);
  await sidebar.getByLabel('Your name').fill(HOSTILE);
  await press('Accept it');
  await sidebar.getByText(`Accepted by ${HOSTILE}: ${HOSTILE}`).waitFor();
  await toTab('Send');
  await press('Prepare');
  await sidebar.locator('.mail-text').getByText(`revenue statement of ${HOSTILE} for May 2026`).waitFor();
  await press('Certify and send to 1 person');
  await says('May 2026: sent.');

  // In the grid, the mailbox, and the dialog of the menu.
  await page.getByRole('tab', { name: 'May 2026', exact: true }).click();
  await page.locator('td[data-row]').getByText(HOSTILE).first().waitFor();
  const [sent] = await stories.mailed('May 2026');
  expect(sent?.subject).toContain(HOSTILE);
  await page.getByRole('list', { name: 'Messages' }).getByText(HOSTILE).first().click();
  await page.getByRole('article').getByText(`revenue statement of ${HOSTILE}`).waitFor();
  await choose('Preview month…');
  for (;;) {
    const question = page.getByRole('dialog').locator('form');
    const shown = page.locator('dialog iframe');
    await question.or(shown).first().waitFor();
    if ((await shown.count()) > 0) break;
    await question.locator('button.main').click();
    await question.waitFor({ state: 'detached' });
  }
  await page.frameLocator('dialog iframe').getByText(HOSTILE).first().waitFor();

  const frames = page.frames();
  expect(frames.length).toBeGreaterThan(2);
  for (const frame of frames) {
    expect(await frame.evaluate<unknown>('window.hurt')).toBeUndefined();
    expect(await frame.locator('img').count()).toBe(0);
  }
});
