/** The first day with Purser, from an empty workbook to a statement that is compared, in the workbench. */
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import { LOCAL_ROLE_ARN } from '../../scripts/local/workspace.ts';
import { violationsIn } from './dialog.ts';
import type { Desk, Stories } from './stories.ts';
import { openStories } from './stories.ts';

const OFFICE = 'office@blueheron.example';

let stories: Stories;
let desk: Desk;

beforeAll(async () => {
  stories = await openStories('--first-day');
  desk = stories.desk;
});
afterAll(() => stories.end());

/** The point of the checklist. */
function point(title: string) {
  return desk.sidebar.locator('li.card').filter({ has: desk.sidebar.getByRole('heading', { name: title }) });
}

async function test(title: string, found: string): Promise<void> {
  await desk.press(`Test: ${title}`);
  await desk.says(`${title}: ${found}.`);
}

const ALL = [
  'Settings',
  'Template',
  'Tables in AWS',
  'Booking mail',
  'Statements folder',
  'Triggers',
  'Test statement to yourself',
];

it('the checklist says what is to be done, sees it done, and proves it with a statement to oneself and a month made again', async () => {
  await stories.begin('2026-05', null, true);
  const { page, sidebar, isAccessible } = desk;
  await desk.openSidebar();
  await desk.press('Go to Set up');
  await sidebar.getByText(/^None of the 8 is tested yet/).waitFor();
  await test('Tables in AWS', 'does not work');
  await point('Tables in AWS').getByText('Choose Purser › Set up….').waitFor();
  await isAccessible();

  await desk.choose('Set up…');
  const question = page.getByRole('dialog', { name: 'AWS' });
  await question.getByLabel(/Role ARN/).fill(LOCAL_ROLE_ARN);
  expect(await violationsIn(page)).toEqual([]);
  await question.getByRole('button', { name: 'OK' }).click();
  const report = page.getByRole('dialog', { name: 'Set up' });
  await report.waitFor();
  await page.frameLocator('dialog iframe').getByText('Purser is ready').waitFor();
  await report.getByRole('button', { name: 'Close' }).click();

  for (const title of ALL) await test(title, title === 'Booking mail' ? 'needs attention' : 'good');
  await point('Booking mail')
    .getByText(/Enter who sends booking confirmations/)
    .waitFor();
  await point('Test statement to yourself')
    .getByText(/went to nora@blueheron\.example alone/)
    .waitFor();
  await isAccessible();
  const sent = await stories.mailed('May 2026');
  expect(sent.map(({ to }) => to)).toEqual(['nora@blueheron.example']);
  const [subject] = sent.map((mail) => mail.subject);
  await page
    .getByRole('list', { name: 'Messages' })
    .getByText(subject ?? '?')
    .first()
    .waitFor();

  // A month that was sent by hand.
  await desk.press('Make it again and compare');
  // The month that is shown stands there; it has no tab yet.
  await sidebar.getByText(/^Give the name of the tab/).waitFor();
  await sidebar.getByLabel('Month', { exact: true }).fill('2026-03');
  await sidebar.getByLabel('Its tab').fill('March 2026');
  await desk.press('Make it again and compare');
  const differences = sidebar.getByRole('table');
  await differences.getByRole('row', { name: /^A1 Blue Heron Charters Blue Heron revenue 2026$/ }).waitFor();
  await sidebar.getByText('231 cells of March 2026 compared.').waitFor();
  expect(await differences.getByRole('row').count()).toBe(2);
  await desk.isAccessible();
});

it('an account that took its access back is named, and connected again by Google’s sign-in page', async () => {
  await stories.begin('2026-05', 12);
  const { page, sidebar } = desk;
  await desk.openSidebar();
  await desk.choose('Connected accounts…');
  const dialog = page.frameLocator('dialog iframe');
  await dialog.getByLabel('Client ID').fill(LOCAL_OAUTH_CLIENT.clientId);
  await dialog.getByLabel('Client secret').fill(LOCAL_OAUTH_CLIENT.clientSecret);
  await dialog.getByRole('button', { name: 'Keep the client' }).click();
  await dialog.getByLabel('Send monthly statements from it').check();
  await dialog.getByRole('button', { name: 'Connect in this browser' }).click();
  await dialog.getByRole('link', { name: 'Open Google’s sign-in page' }).click();
  const signIn = page.getByRole('dialog', { name: 'Sign in with Google' });
  const allow = async (): Promise<void> => {
    await signIn.getByLabel('Its address; any other will do').fill(OFFICE);
    await signIn.getByRole('button', { name: 'Allow' }).click();
    await page.getByRole('dialog').last().getByRole('button', { name: 'Close' }).last().click();
  };
  await allow();
  await page
    .getByRole('dialog', { name: 'Connected accounts' })
    .getByRole('button', { name: 'Close' })
    .first()
    .click();

  await desk.toTab('Accounts');
  const card = sidebar.locator('li.card').filter({ has: sidebar.getByRole('heading', { name: OFFICE }) });
  const again = desk.button('Check again');
  await again.click();
  await card.waitFor();
  await desk.isAccessible();
  const reconnect = card.getByRole('link', { name: /^Reconnect/ });
  expect(await reconnect.count()).toBe(0);

  await stories.switchFault(`revoke:${OFFICE}`, true);
  await stories.hourlyCheck();
  await again.click();
  await reconnect.waitFor();
  await desk.isAccessible();
  await reconnect.click();
  await allow();
  await again.click();
  await reconnect.waitFor({ state: 'detached' });
  await card.getByText(/^Connected/).waitFor();
});
