/**
 * `npm run screenshots`: the pictures of docs/images that show the sidebar and the workbench, taken from the real
 * workbench with the sample’s data. The clock of the sample stands, so that they come out the same. Names of scenes
 * after `--` take only these.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL_OAUTH_CLIENT } from './local/google/oauth-clients.ts';
import { inWorkbench, type Scene } from './screenshots/camera.ts';
import { openBrowser } from './screenshots/open-browser.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'images');
const MOST_BYTES = 150_000;
const MOST_BYTES_TOGETHER = 2_500_000;
const NAME = 'Nora Field';
/** Where what matters is at the top. */
const TOP_PX = 700;

async function firstDay(scene: Scene): Promise<void> {
  await scene.takeSidebar('first-day');
}

async function cleanMonth(scene: Scene): Promise<void> {
  const { page, sidebar } = scene;
  await scene.press(/^Check (now|again)/);
  await scene.shows('From gross to recorded');
  await scene.takeSidebar('ready');
  await scene.takeWindow('sidebar');
  await scene.tab('Send');
  await scene.press('Prepare');
  await sidebar.getByLabel('Your name').fill(NAME);
  await scene.takeSidebar('prepared');
  await scene.press(/^Certify and send/);
  await scene.shows('A copy for somebody else');
  await scene.tab('Month');
  await scene.takeSidebar('sent');
  await page.getByRole('tab', { name: 'May 2026', exact: true }).first().click();
  await scene.takeWindow('sent');
}

async function setUp(scene: Scene): Promise<void> {
  await scene.tab('Set up');
  for (const point of [
    'Settings',
    'Template',
    'Tables in AWS',
    'Booking mail',
    'Statements folder',
    'Triggers',
  ]) {
    await scene.press(`Test: ${point}`);
    await scene.shows(new RegExp(`^${point}: (good|needs attention|does not work)\\.$`));
  }
  await scene.takeSidebar('set-up');
}

async function heldMonth(scene: Scene): Promise<void> {
  const { page, sidebar } = scene;
  await scene.press(/^Check (now|again)/);
  await scene.shows('From gross to recorded');
  await scene.takeSidebar('held');
  await scene.press(/^Accept with a reason: .*comp without a person/);
  const finding = sidebar.locator('li.finding').filter({ has: sidebar.getByRole('textbox') });
  await finding.getByRole('textbox').first().fill('A travel writer; her name is on the trip sheet.');
  await finding.getByRole('textbox').nth(1).fill(NAME);
  await scene.takePart('accept', finding);
  await scene.press('Cancel');
  await scene.tab('Send');
  await scene.press('Prepare');
  await page.getByRole('tab', { name: 'Audit April 2026', exact: true }).click();
  await scene.tab('Month');
  await scene.shows('Steps');
  await scene.takeWindow('held');
}

async function troubles(scene: Scene): Promise<void> {
  const regions = [/^us-east-1 is down/, /^us-west-2 is down/];
  await turn(scene, regions);
  await scene.press(/^Check (now|again)/);
  await scene.sidebar.getByRole('alert').first().waitFor();
  await scene.takeSidebar('error', TOP_PX);
  await turn(scene, regions);
  await scene.press(/^Try again/);
  await scene.shows('From gross to recorded');
  await turn(scene, [/^Slow network/]);
  await scene.tab('Send');
  await scene.press('Prepare');
  await scene.tab('Month');
  // Posting takes long enough for both pictures.
  await scene.sidebar.locator('[role="progressbar"][aria-valuenow="2"]').waitFor();
  await scene.takeSidebar('running', TOP_PX);
}

async function doubt(scene: Scene): Promise<void> {
  const { sidebar } = scene;
  await turn(scene, [/answer to a sent mail is lost/, /^Search in Sent lags/]);
  await scene.tab('Send');
  await scene.press('Prepare');
  await sidebar.getByLabel('Your name').fill(NAME);
  await scene.press(/^Certify and send/);
  await scene.shows('What is known');
  await scene.takeSidebar('unknown');
}

/** Connects another mailbox, as its owner would. */
async function accounts(scene: Scene): Promise<void> {
  const { page } = scene;
  const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;
  await page.getByRole('menuitem', { name: 'Purser' }).click();
  await page.getByRole('menuitem', { name: 'Connected accounts…' }).click();
  const dialog = page.locator('dialog iframe').contentFrame();
  await dialog.getByLabel('Client ID').fill(clientId);
  await dialog.getByLabel('Client secret').fill(clientSecret);
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Send monthly statements from it').check();
  await dialog
    .getByRole('button', { name: /connect/i })
    .first()
    .click();
  await dialog.locator('a').first().click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForTimeout(1500);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await scene.tab('Accounts');
  await scene.sidebar.getByRole('button', { name: 'Check again' }).waitFor();
  await scene.takeSidebar('accounts');
}

/** The crew's calendars once they were synced: what Purser wrote beside what they have themselves. */
async function calendars(scene: Scene): Promise<void> {
  const { page } = scene;
  const dock = page.getByRole('region', { name: 'Around the workbook' });
  await dock.getByRole('tab', { name: 'Calendars' }).click();
  await dock.getByRole('button', { name: /^Connect the calendars/ }).click();
  await dock.getByRole('combobox', { name: 'Calendar' }).waitFor();
  await page.getByRole('menuitem', { name: 'Purser' }).click();
  await page.getByRole('menuitem', { name: 'Sync calendars…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'OK' }).click();
  await dock
    .getByRole('combobox', { name: 'Calendar' })
    .selectOption({ label: 'delphine@blueheron.example' });
  for (let weeks = 0; weeks < 2; weeks++) await dock.getByRole('button', { name: 'The week before' }).click();
  await dock.getByText('Étoile du Nord w/ Zoë').waitFor();
  await page.getByRole('tab', { name: 'Purser calendar', exact: true }).click();
  await page.getByRole('button', { name: /^Close the message/ }).click();
  await scene.takeWindow('calendars');
}

/** Turns switches, on or off. */
async function turn({ page }: Scene, names: readonly RegExp[]): Promise<void> {
  await page.getByRole('button', { name: /^(Faults|\d+ faults?)$/ }).click();
  for (const name of names) {
    const found = page.getByRole('switch', { name });
    const wasOn = await found.isChecked();
    await found.click();
    await page.getByRole('switch', { name, checked: !wasOn }).waitFor();
  }
  await page.keyboard.press('Escape');
}

function checkSizes(): void {
  const sizes = readdirSync(folder)
    .filter((name) => /^(sidebar|workbench)-.*\.png$/.test(name))
    .map((name) => ({ name, bytes: statSync(join(folder, name)).size }));
  const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`${sizes.length} pictures in ${folder}, ${Math.round(all / 1000)} kB.`);
  const large = sizes.filter(({ bytes }) => bytes > MOST_BYTES).map(({ name }) => name);
  if (large.length > 0) throw new Error(`Larger than ${MOST_BYTES / 1000} kB: ${large.join(', ')}`);
  if (all > MOST_BYTES_TOGETHER) throw new Error(`Together they may have ${MOST_BYTES_TOGETHER / 1000} kB.`);
}

const SCENES = [
  { name: 'first-day', args: ['--first-day'], play: firstDay },
  { name: 'clean', args: [], play: cleanMonth },
  { name: 'set-up', args: [], play: setUp },
  { name: 'held', args: ['--month', '2026-04'], play: heldMonth },
  { name: 'troubles', args: [], play: troubles },
  { name: 'doubt', args: [], play: doubt },
  { name: 'accounts', args: [], play: accounts },
  { name: 'calendars', args: [], play: calendars },
] as const;

const wanted = process.argv.slice(2);
const browser = await openBrowser();
try {
  for (const { name, args, play } of SCENES) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`${name} …`);
    await inWorkbench(browser, folder, args, play);
  }
} finally {
  await browser.close();
}
checkSizes();
