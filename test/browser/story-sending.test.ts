/** Whole stories of sending a month, as a person lives them in the workbench. */
import type { DriveFileView, MailView } from '../../scripts/workbench/contract.ts';
import { violationsIn } from './dialog.ts';
import type { Desk, Stories } from './stories.ts';
import { openStories } from './stories.ts';

/** Few, and without booking mail: quickly there again. */
const CHARTERS = '12';
const NAME = 'Nora Whitfield';

let stories: Stories;
let desk: Desk;

beforeAll(async () => {
  stories = await openStories('--generate', CHARTERS);
  desk = stories.desk;
});
afterAll(() => stories.end());

const begin = () => stories.begin('2026-05', Number(CHARTERS));

/** From a sidebar just opened to the form of the certification. */
async function prepare({ toTab, press, sidebar }: Desk): Promise<void> {
  await toTab('Send');
  await press('Prepare');
  await sidebar.getByLabel('Your name').waitFor();
}

async function certify({ sidebar, press }: Desk): Promise<void> {
  await sidebar.getByLabel('Your name').fill(NAME);
  await press('Certify and send to 4 people');
}

it('a clean month is checked, prepared, looked at, certified and sent; the very file is in the mailbox and in Drive', async () => {
  await begin();
  const { page, sidebar, press, says, isAccessible } = desk;
  await desk.openSidebar();
  await isAccessible();
  await press('Check now');
  await says('May 2026: ready to send.');
  await sidebar.getByText('None. Everything agrees.').waitFor();
  await isAccessible();
  expect(await stories.mailed('May 2026')).toEqual([]);

  await press('Go to Send');
  await press('Prepare');
  await sidebar.getByLabel('Your name').waitFor();
  const preview = (await sidebar.locator('.mail-text').textContent()) ?? '';
  const hash = sidebar.getByText(/^[0-9a-f]{12}$/).last();
  const shown = await hash.textContent();
  await isAccessible();
  await certify(desk);
  await says('May 2026: sent.');
  await isAccessible();

  const sent = await stories.mailed('May 2026');
  expect(sent).toHaveLength(1);
  const mail = await stories.workbench.view<MailView>(`mail?id=${sent[0]?.id}`);
  expect(mail.text?.trim().replaceAll('\r\n', '\n')).toBe(preview.trim());
  const files = await stories.workbench.view<readonly DriveFileView[]>('drive');
  const filed = files.find(({ name }) => name === mail.files[0]?.name);
  expect(filed?.sha256?.slice(0, 12)).toBe(shown);
  // What the person sees of it beside the sidebar.
  await page.getByRole('tab', { name: 'May 2026', exact: true }).waitFor();
  await page
    .getByRole('list', { name: 'Messages' })
    .getByText(/revenue statement, May 2026/)
    .first()
    .waitFor();
  expect(await violationsIn(page)).toEqual([]);
});

it('progress moves while a run goes on, and every button waits for its end', async () => {
  await begin();
  await desk.openSidebar();
  await desk.toTab('Send');
  await stories.slow(0.7);
  await desk.press('Prepare');
  const bar = desk.sidebar.locator('[role="progressbar"][aria-valuenow]');
  await bar.waitFor();
  const first = await bar.getAttribute('aria-valuenow');
  expect(await desk.button('Prepare').getAttribute('aria-disabled')).toBe('true');
  await desk.sidebar.locator(`[role="progressbar"][aria-valuenow]:not([aria-valuenow="${first}"])`).waitFor();
  await stories.slow(null);
  await desk.says('May 2026: ready to send.');
  expect(await bar.count()).toBe(0);
});

it('of two tabs that both send, the second is told that it was sent, and nobody gets it twice', async () => {
  await begin();
  await desk.openSidebar();
  await prepare(desk);
  const other = await stories.another();
  await other.sidebar.getByRole('tablist').waitFor();
  await prepare(other);
  await stories.slow(0.4);
  await certify(desk);
  await desk.sidebar.locator('[role="progressbar"]').waitFor();
  await certify(other);
  // A third one, opened in the middle, sees the run of the others and lets nobody begin another one.
  const third = await stories.another();
  await third.sidebar.getByText(/It goes on when you close the sidebar\./).waitFor();
  expect(await third.button(/^Check /).getAttribute('aria-disabled')).toBe('true');
  await stories.slow(null);
  await desk.says('May 2026: sent.');
  await other.sidebar.getByText('It was sent before, and was not sent again.').waitFor();
  await third.says('May 2026: sent.');
  await other.isAccessible();
  expect(await stories.mailed('May 2026')).toHaveLength(1);
  await other.page.close();
  await third.page.close();
});

it('a mail of which nobody knows whether it went out is settled in the sidebar, and sent once', async () => {
  await begin();
  await desk.openSidebar();
  await prepare(desk);
  await stories.switchFault('lost-reply', true);
  await stories.switchFault('sent-lag', true);
  await certify(desk);
  await desk.says('May 2026: not sure it was sent.');
  await desk.sidebar.getByText("What came back: Gmail send failed at Google's side (HTTP 502).").waitFor();
  await desk.isAccessible();
  await stories.switchFault('lost-reply', false);
  await desk.press('It was sent');
  await desk.sidebar.getByText('May 2026 will count as sent, and will not be sent again.').waitFor();
  await desk.isAccessible();
  await desk.press('Yes, it was sent');
  await desk.says('May 2026: sent.');
  await stories.switchFault('sent-lag', false);
  expect(await stories.mailed('May 2026')).toHaveLength(1);
});

/** The words of what has the focus, in the page or in the sidebar. */
async function focused({ page, sidebarFrame }: Desk): Promise<string> {
  const words = `(() => {
    const at = document.activeElement;
    return at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.textContent;
  })()`;
  const inFrame = await page.evaluate<boolean>(`document.activeElement?.tagName === 'IFRAME'`);
  return (inFrame ? await sidebarFrame() : page).evaluate<string>(words);
}

async function tabTo(words: string): Promise<void> {
  const seen: string[] = [];
  for (let at = 0; at < 60; at++) {
    const now = await focused(desk);
    if (now === words) return;
    seen.push(now.slice(0, 40));
    await desk.page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to “${words}”, but to: ${seen.join(' | ')}`);
}

it('a clean month goes out without a mouse', async () => {
  await begin();
  const { page, sidebar, says } = desk;
  const { keyboard } = page;
  await page.getByRole('button', { name: 'Open sidebar' }).waitFor();
  await tabTo('Open sidebar');
  await keyboard.press('Enter');
  await sidebar.getByRole('tablist').waitFor();
  await tabTo('Month');
  await keyboard.press('ArrowRight');
  expect(await focused(desk)).toBe('Send');
  await tabTo('Prepare');
  await keyboard.press('Enter');
  await sidebar.getByLabel('Your name').waitFor();
  await tabTo('Your name');
  await keyboard.type(NAME);
  await keyboard.press('Enter');
  await says('May 2026: sent.');
  // Whoever sees nothing is not thrown back to the top.
  expect(await focused(desk)).toBe('Send May 2026');
  expect(await stories.mailed('May 2026')).toHaveLength(1);
});
