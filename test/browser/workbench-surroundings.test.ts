/** What lies around the workbook in the workbench’s page, text from outside, and accessibility. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { violationsIn } from './dialog.ts';
import { overviewOf, tabOf } from './workbench-fake.ts';
import type { WorkbenchScene } from './workbench-scene.ts';
import { openWorkbenchScene, viewOf } from './workbench-scene.ts';

const HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=2</script>';

let browser: Browser;
let scene: WorkbenchScene;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(() => scene.close());

async function open(options: Parameters<typeof openWorkbenchScene>[1] = {}): Promise<void> {
  scene = await openWorkbenchScene(browser, options);
}

describe('the surroundings', () => {
  it('offers another time from where the clock stands, also once it has moved', async () => {
    await open();
    await scene.page.getByRole('button', { name: /^The clock:/ }).click();
    const other = scene.page.getByLabel('To another time');
    expect(await other.inputValue()).toBe('2026-06-01T06:00');
    await other.fill('2026-06-01T09:00');
    const { clock, ...rest } = overviewOf();
    scene.fake.show({ ...rest, clock: { ...clock, now: '2026-06-02T10:00:00.000Z' } });
    await scene.page.getByText('Tue, Jun 2, 2026, 06:00').first().waitFor();
    expect(await other.inputValue()).toBe('2026-06-02T06:00');
  });

  it('moves the clock on the clocks of the workbook’s zone', async () => {
    await open();
    await scene.page.getByRole('button', { name: /^The clock: Mon, Jun 1, 2026, 06:00/ }).click();
    await scene.page.getByRole('button', { name: '+1 day' }).click();
    await scene.page.getByRole('button', { name: 'To the statement day: Wed, Jul 1, 2026, 06:00' }).click();
    await scene.page.getByLabel('Fire the triggers that fall due on the way').uncheck();
    await scene.page.getByLabel('To another time').fill('2026-12-01T06:00');
    await scene.page.getByRole('button', { name: 'Move' }).click();
    await scene.actsAre([
      { do: 'clock-by', unit: 'day', fire: true },
      { do: 'clock-to', at: '2026-07-01T10:00:00.000Z', fire: true },
      { do: 'clock-to', at: '2026-12-01T11:00:00.000Z', fire: false },
    ]);
  });

  it('switches faults, fires triggers and starts again', async () => {
    await open();
    await scene.page.getByRole('button', { name: 'Faults' }).click();
    await scene.page.getByRole('switch', { name: /^us-east-1 is down/ }).click();
    await scene.page.getByRole('switch', { name: /^Slow network/ }).click();
    await scene.page.keyboard.press('Escape');
    await scene.page.getByRole('tab', { name: 'Triggers' }).click();
    await scene.page.getByRole('button', { name: 'Fire now' }).click();
    await scene.page.getByRole('button', { name: 'Start again' }).click();
    await scene.page.getByLabel(/^April 2026/).check();
    await scene.page
      .getByRole('region', { name: 'Start again' })
      .getByRole('button', { name: 'Start again' })
      .click();
    await scene.actsAre([
      { do: 'fault', id: 'east', on: true },
      { do: 'network', slow: true, factor: 1 },
      { do: 'fire', trigger: 't1' },
      { do: 'reset', month: '2026-04', generate: null, firstDay: false },
    ]);
  });

  it('says that the server is gone, finds it again, and goes on with its new token', async () => {
    await open();
    await scene.fake.goAway();
    const gone = scene.page.getByRole('alert').getByText('The workbench’s server does not answer.');
    await gone.waitFor();
    await scene.fake.comeBack();
    await gone.waitFor({ state: 'detached' });
    await scene.grid.focus();
    await scene.page.keyboard.type('x');
    await scene.page.keyboard.press('Enter');
    await scene.actsAre([{ do: 'type', tab: 1, a1: 'A1', input: 'x' }]);
  });

  it('says why a pane has nothing to show, and asks again', async () => {
    let isThere = false;
    await open({ view: (url) => (url.pathname === '/api/drive' && !isThere ? undefined : viewOf(url)) });
    await scene.page.getByRole('tab', { name: 'Drive' }).click();
    await scene.page.getByRole('alert').getByText('There is nothing at /api/drive.').waitFor();
    isThere = true;
    await scene.page.getByRole('button', { name: 'Try again' }).click();
    await scene.page.getByRole('link', { name: 'Heron' }).waitFor();
  });
});

describe('the calendars', () => {
  it('take what their owner enters, a moment without length too, and connect who is left of the crew', async () => {
    await open();
    const { page } = scene;
    await page.getByRole('tab', { name: 'Calendars' }).click();
    await page.getByRole('button', { name: 'Connect the calendar of one more of the crew' }).click();
    await page.getByRole('button', { name: 'Add an event' }).click();
    await page.getByLabel('Title', { exact: true }).fill('Sunset');
    for (const name of ['From', 'To']) await page.getByLabel(name, { exact: true }).fill('2026-06-03T17:30');
    await page.keyboard.press('Enter');
    const at = '2026-06-03T17:30';
    await scene.actsAre([
      { do: 'connect-crew' },
      { do: 'add-event', account: 'tom@harbor.example', calendar: 'c1', title: 'Sunset', start: at, end: at },
    ]);
  });
});

describe('text from outside', () => {
  it('stays text in every part of the page', async () => {
    await open({ words: HOSTILE });
    await scene.cell(1, 1).getByText(HOSTILE).waitFor();
    await scene.page.getByRole('list', { name: 'Messages' }).getByRole('button').click();
    await scene.page.getByRole('heading', { name: HOSTILE, exact: true }).waitFor();
    const shown = scene.page.locator('.letter iframe');
    expect(await shown.getAttribute('sandbox')).toBe('');
    for (const name of ['Drive', 'Triggers', 'Calendars', 'Log']) {
      await scene.page.getByRole('tab', { name, exact: name !== 'Triggers' }).click();
      const panel = scene.page.getByRole('tabpanel').last();
      await (name === 'Calendars' ? panel.locator('.event') : panel).getByText(HOSTILE).first().waitFor();
    }
    for (const name of ['Faults', 'About']) {
      await scene.page.getByRole('button', { name }).click();
      await scene.page
        .getByRole('region', { name: new RegExp(`^${name}`) })
        .getByText(HOSTILE)
        .first()
        .waitFor();
      await scene.page.keyboard.press('Escape');
    }
    scene.fake.show({
      ...overviewOf(HOSTILE),
      questions: [{ id: 1, kind: 'alert', title: HOSTILE, message: HOSTILE, buttons: ['OK'] }],
    });
    await scene.page.getByRole('dialog', { name: HOSTILE }).waitFor();
    expect(await scene.page.locator('img, #workbench script').count()).toBe(0);
    expect(await scene.page.evaluate('window.hurt')).toBeUndefined();
  });

  it('never goes through the browser’s reading of HTML', () => {
    const folder = join(import.meta.dirname, '..', '..', 'scripts', 'workbench', 'page');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.tsx?$/.test(name),
    );
    expect(files.length).toBeGreaterThan(20);
    const found = files.filter((name) =>
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc/i.test(
        readFileSync(join(folder, name), 'utf8'),
      ),
    );
    expect(found).toEqual([]);
  });
});

it('axe finds nothing in any part, in light and in dark colors', async () => {
  // Few cells: what it says of one it says of all, at length.
  await open({ view: (url) => (url.pathname === '/api/tab' ? tabOf(url, 10) : viewOf(url)) });
  const found: Record<string, readonly string[]> = {};
  const look = async (where: string) => {
    found[where] = await violationsIn(scene.page);
  };
  await scene.page.getByRole('list', { name: 'Messages' }).getByRole('button').click();
  await scene.page.getByRole('menuitem', { name: 'Purser' }).click();
  await look('menu and mail');
  await scene.page.keyboard.press('Escape');
  // A look takes most of a second, so two parts share one.
  for (const [pane, panel] of [
    ['Drive', /^The clock/],
    ['Triggers', 'Faults'],
    ['Log', 'Start again'],
    ['Calendars', 'About'],
  ] as const) {
    await scene.page.getByRole('tab', { name: pane, exact: pane !== 'Triggers' }).click();
    await scene.page.getByRole('button', { name: panel }).click();
    await look(pane);
    await scene.page.keyboard.press('Escape');
  }
  await scene.grid.focus();
  await scene.page.keyboard.type('x');
  await look('typing');
  const busy = { what: 'Send', progress: '', sinceMs: 0, calls: 1, mayStop: true, waits: true };
  scene.fake.show({
    ...overviewOf(),
    busy,
    questions: [{ id: 1, kind: 'prompt', title: 'Send', message: 'Which month?', buttons: ['OK', 'CANCEL'] }],
  });
  await scene.page.getByRole('dialog').waitFor();
  await look('question');
  expect(Object.entries(found).filter(([, violations]) => violations.length > 0)).toEqual([]);
});
