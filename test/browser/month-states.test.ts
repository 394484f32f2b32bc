/** The sidebar in each state of a month: nothing hinders anybody, hostile text stays text, and it is light. */
import type { SidebarView } from '../../src/sidebar/month/contract.ts';
import { ACCOUNTS, AGAIN, CHECKED, CHECKED_HELD, CHECKS, COMPARED, PREPARED } from './month-answers.ts';
import { CLEAN, FIRST_DAY, HELD, RUNNING, SENT, UNKNOWN, withHostileTexts } from './month-scenes.ts';
import type { Answers, MonthSidebar } from './month-sidebar.ts';
import { bad, monthPage, ok, sidebarOfEachTest } from './month-sidebar.ts';

const HOSTILE = '<img src=x onerror="window.hurt=1">';

const open = sidebarOfEachTest();

interface Scene {
  readonly name: string;
  readonly view: SidebarView;
  readonly answers?: Answers;
  readonly go?: (scene: MonthSidebar) => Promise<unknown>;
}

const SCENES: readonly Scene[] = [
  {
    name: 'clean, with its pictures',
    view: CLEAN,
    go: async ({ button, says }) => {
      await button('Check again').click();
      await says('May 2026: ready to send.');
    },
  },
  {
    name: 'clean, with its tables',
    view: CLEAN,
    go: async ({ button, says }) => {
      await button('Check again').click();
      await says('ready');
      await button(/^Show as table: Revenue/).click();
      await button(/^Show as table: From/).click();
    },
  },
  {
    name: 'held, a finding being accepted',
    view: HELD,
    go: async ({ button, page }) => {
      await button(/^Accept with a reason/)
        .first()
        .click();
      await button('Accept it').click();
      await page.getByText('Give a reason').waitFor();
    },
  },
  {
    name: 'prepared, to be certified',
    view: CLEAN,
    go: async ({ tab, button, page }) => {
      await tab('Send').click();
      await button('Prepare').click();
      await page.getByLabel('Your name').waitFor();
      await button('Show whole SHA-256').click();
    },
  },
  { name: 'sent', view: SENT, go: ({ tab }) => tab('Send').click() },
  {
    name: 'unknown, to be sent again',
    view: UNKNOWN,
    answers: { sidebarResolve: () => ok(AGAIN) },
    go: async ({ tab, button, page }) => {
      await tab('Send').click();
      await button('It was sent').click();
      await button('Send again').click();
      await page.getByLabel('Your name').waitFor();
    },
  },
  { name: 'running', view: RUNNING },
  {
    name: 'an error',
    view: CLEAN,
    answers: { sidebarCheck: () => bad('region-down', 'us-east-1 did not answer.', 'Wait a few minutes.') },
    go: async ({ button, page }) => {
      await button('Check again').click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'the first day', view: FIRST_DAY },
  { name: 'not one’s own', view: { ...CLEAN, mayRun: false, ownerWords: 'Ask nora@harbor.example.' } },
  {
    name: 'accounts',
    view: CLEAN,
    go: async ({ tab, page }) => {
      await tab('Accounts').click();
      await page.getByText('Session ends').waitFor();
    },
  },
  {
    name: 'the checklist, one point failed, a month made again',
    view: CLEAN,
    go: async ({ tab, button, page, says }) => {
      await tab('Set up').click();
      await button('Test: Template').click();
      await says('Template: does not work.');
      await page.getByRole('tabpanel').getByLabel('Month', { exact: true }).fill('2026-04');
      await page.getByLabel('Its tab').fill('April 2026');
      await button('Make it again and compare').click();
      await says('410 of 412 cells are the same.');
    },
  },
];

it.each(SCENES)('axe finds nothing in light or dark: $name', async ({ view, answers, go }) => {
  const sidebar = await open(view, answers);
  await go?.(sidebar);
  expect(await sidebar.dialog.violations()).toEqual([]);
  expect(await sidebar.page.evaluate('document.documentElement.scrollWidth')).toBe(300);
});

it('every text from outside stays text, wherever it stands', async () => {
  const { mail } = PREPARED;
  const hostile = <T>(plain: T): T => withHostileTexts(plain, HOSTILE);
  const sidebar = await open(hostile(HELD), {
    sidebarCheck: () => ok(hostile({ ...CHECKED_HELD, mail })),
    sidebarAccounts: () => ok(hostile(ACCOUNTS)),
    sidebarSetUp: () => ok(hostile(CHECKS)),
    sidebarTest: () => bad('x', HOSTILE, HOSTILE),
    sidebarMakeAgain: () => ok(hostile(COMPARED)),
  });
  const { page, button, tab } = sidebar;
  const harmless = async (part: string): Promise<void> => {
    expect(await page.locator('main').textContent()).toContain(HOSTILE);
    expect([part, await page.evaluate('[document.querySelector("img"), window.hurt ?? null]')]).toEqual([
      part,
      [null, null],
    ]);
  };
  await button(/^Check again/).click();
  await page.getByRole('heading', { name: 'From gross' }).waitFor();
  await harmless('month');
  await tab('Send').click();
  await page.getByText('Text of the mail').waitFor();
  await harmless('send');
  await tab('Accounts').click();
  await page.getByText(`${HOSTILE} stateWords`).first().waitFor();
  await harmless('accounts');
  await tab('Set up').click();
  await button(/^Test: /)
    .first()
    .click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('tabpanel').getByLabel('Month', { exact: true }).fill('2026-04');
  await page.getByLabel('Its tab').fill(HOSTILE);
  await button('Make it again and compare').click();
  await page
    .getByRole('cell', { name: `${HOSTILE} made` })
    .first()
    .waitFor();
  await harmless('set-up');
  expect(sidebar.dialog.fetched).toEqual([]);
});

it('links lead to https only, in a tab of their own that knows nothing of the sidebar', async () => {
  const links = [
    { kind: 'page', label: 'Good', url: 'https://docs.google.com/' },
    { kind: 'page', label: 'Script', url: 'javascript:window.hurt=1' },
    { kind: 'page', label: 'Plain', url: 'http://docs.google.com/' },
    { kind: 'region', label: 'us-west-2 says 12', url: null },
  ] as const;
  const sidebar = await open({ ...CLEAN, links });
  const { page } = sidebar;
  expect(await page.getByText('us-west-2 says 12').isVisible()).toBe(true);
  const found = await page.evaluate(
    `[...document.querySelectorAll('a')].map((a) => [a.href, a.target, a.rel])`,
  );
  expect(found).toEqual([['https://docs.google.com/', '_blank', 'noopener noreferrer']]);
});

it('is one page of at most 150 KB that fetches nothing, and asks the server once for the first view', async () => {
  const sidebar = await open(CLEAN);
  const { page, tab, says, calls, dialog } = sidebar;
  await page.getByRole('heading', { name: 'Picture' }).waitFor();
  expect(Buffer.byteLength(await monthPage())).toBeLessThanOrEqual(150_000);
  expect(calls).toEqual([['sidebarView', null]]);
  expect(dialog.fetched).toEqual([]);
  // Another month: one call too.
  await page.getByLabel('Month shown').selectOption('2026-04');
  await says('May 2026');
  expect(calls.slice(1)).toEqual([['sidebarView', '2026-04']]);
  await tab('Accounts').click();
  await page.getByText('Session ends').waitFor();
  expect(calls.slice(2)).toEqual([['sidebarAccounts']]);
  expect(CHECKED.view).toBe(CLEAN);
});
