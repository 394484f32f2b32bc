/** The workbook and what the script shows, in the workbench’s page in a real browser. */
import type { Browser } from 'playwright-core';
import { startWorkbenchProcess } from '../tools/workbench.ts';
import { openBrowser } from './browser.ts';
import { overviewOf } from './workbench-fake.ts';
import type { WorkbenchScene } from './workbench-scene.ts';
import { openWorkbenchScene, ROWS, viewOf } from './workbench-scene.ts';

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

describe('the grid', () => {
  it('draws only the rows in sight of 10,000, and asks for no others', async () => {
    await open();
    expect(await scene.grid.getAttribute('aria-rowcount')).toBe(String(ROWS + 1));
    expect(await scene.page.locator('td[data-row]').count()).toBeLessThan(60 * 10);
    await scene.grid.focus();
    await scene.page.keyboard.press('Control+End');
    await scene
      .cell(ROWS - 1, 0)
      .getByText('Row 10000')
      .waitFor();
    expect(await scene.activeCell()).toBe(`cell-${ROWS - 1}-0`);
    expect(scene.fake.asked.filter((path) => path.startsWith('/api/tab'))).toEqual([
      '/api/tab?id=1&from=0&rows=500',
      '/api/tab?id=1&from=9500&rows=500',
    ]);
  });

  it('goes by arrow keys, over a merge in one step, and says what was typed', async () => {
    await open();
    await scene.grid.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await scene.page.keyboard.press(key);
    }
    expect(await scene.activeCell()).toBe('cell-2-3');
    expect(await scene.page.getByLabel(/^What is in /).inputValue()).toBe('=C3*2');
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown'])
      await scene.page.keyboard.press(key);
    expect(await scene.activeCell()).toBe('cell-5-4');
    await scene.page.keyboard.press('ArrowDown');
    expect(await scene.activeCell()).toBe('cell-7-4');
  });

  it('takes what is typed with Enter, leaves it with Esc, and clears with Delete', async () => {
    await open();
    await scene.grid.focus();
    await scene.page.keyboard.press('ArrowDown');
    await scene.page.keyboard.type('42.5');
    expect(await scene.page.getByLabel(/^What is in /).inputValue()).toBe('42.5');
    await scene.page.keyboard.press('Enter');
    expect(await scene.activeCell()).toBe('cell-2-0');
    await scene.page.keyboard.press('Enter');
    await scene.page.keyboard.type(' never');
    await scene.page.keyboard.press('Escape');
    await scene.page.keyboard.press('Delete');
    await scene.cell(2, 3).dblclick();
    await scene.page.keyboard.press('End');
    await scene.page.keyboard.type('0');
    // A press elsewhere is as good as Enter, for the cell that was typed into.
    await scene.cell(8, 1).click();
    await scene.actsAre([
      { do: 'type', tab: 1, a1: 'A2', input: '42.5' },
      { do: 'type', tab: 1, a1: 'A3', input: '' },
      { do: 'type', tab: 1, a1: 'D3', input: '=C3*20' },
    ]);
  });

  it('puts what is typed into the tab that it was begun in, though another one is shown by now', async () => {
    await open({ view: (url) => viewOf(url, url.searchParams.get('id') === '1' ? 'Heron' : 'Osprey') });
    await scene.cell(1, 1).click();
    const bar = scene.page.getByLabel(/^What is in /);
    await bar.fill('Osprey');
    const tabs = overviewOf().tabs.map((tab) => (tab.id === 1 ? { ...tab, hidden: true } : tab));
    scene.fake.show({ ...overviewOf(), tabs });
    await scene.cell(1, 1).getByText('Osprey').waitFor();
    await bar.press('Enter');
    await scene.actsAre([{ do: 'type', tab: 1, a1: 'B2', input: 'Osprey' }]);
  });

  it('says why a cell could not be changed', async () => {
    const error = { what: 'A2 is protected.', now: 'Unprotect it first.' };
    await open({ act: () => ({ ok: false, error }) });
    await scene.grid.focus();
    await scene.page.keyboard.type('x');
    await scene.page.keyboard.press('Enter');
    const alert = scene.page.getByRole('alert');
    await alert.getByText(error.what).waitFor();
    await alert.getByText(error.now).waitFor();
    await scene.cell(0, 0).getByText('Head 1').waitFor();
  });

  it('reads the tab again when the workbook changed', async () => {
    let words = 'Heron';
    await open({ view: (url) => viewOf(url, words) });
    await scene.cell(1, 1).getByText('Heron').waitFor();
    words = 'Osprey';
    scene.fake.show({ ...overviewOf(), revisions: { ...overviewOf().revisions, workbook: 2 } });
    await scene.cell(1, 1).getByText('Osprey').waitFor();
  });

  it('keeps hidden tabs in the list of all, and names a tab anew', async () => {
    await open();
    const strip = scene.page.getByRole('tablist', { name: 'Tabs of the workbook' });
    expect(await strip.getByRole('tab').allTextContents()).toEqual(['Harbor May', 'Harbor log']);
    await scene.page.getByRole('button', { name: 'All tabs' }).click();
    await scene.page.getByRole('menuitemradio', { name: 'Harbor template' }).click();
    await scene.page.getByRole('button', { name: 'Do something with the tab Harbor template' }).click();
    await scene.page.getByRole('menuitem', { name: 'Rename…' }).click();
    await scene.page.getByLabel('New name').fill('House format');
    await scene.page.keyboard.press('Enter');
    await scene.actsAre([{ do: 'rename-tab', tab: 3, title: 'House format' }]);
  });
});

describe('the menu', () => {
  it('works by the keyboard alone and gives the focus back', async () => {
    await open();
    const purser = scene.page.getByRole('menuitem', { name: 'Purser' });
    await purser.focus();
    await scene.page.keyboard.press('ArrowDown');
    await scene.page.keyboard.press('Escape');
    expect(await scene.page.evaluate('document.activeElement.textContent')).toBe('Purser');
    await scene.page.keyboard.press('Enter');
    await scene.page.keyboard.press('s');
    await scene.page.keyboard.press('ArrowDown');
    await scene.page.keyboard.press('Enter');
    await scene.actsAre([{ do: 'menu', functionName: 'setUp' }]);
  });

  it('begins nothing while the script runs, and says what it waits for', async () => {
    const busy = {
      what: 'Trigger tick',
      progress: 'Posting the month tab',
      sinceMs: Date.now(),
      calls: 7,
      mayStop: true,
      waits: false,
    };
    await open({ overview: { ...overviewOf(), busy } });
    await scene.page.getByRole('status').getByText('Posting the month tab').waitFor();
    await scene.page.getByRole('menuitem', { name: 'Purser' }).click();
    const setUp = scene.page.getByRole('menuitem', { name: 'Set up…' });
    expect(await setUp.getAttribute('title')).toBe('Wait until “Trigger tick” is done.');
    await setUp.dispatchEvent('click');
    await scene.page.keyboard.press('Escape');
    await scene.page.getByRole('button', { name: 'Stop' }).click();
    await scene.actsAre([{ do: 'stop' }]);
  });
});

describe('what the script shows', () => {
  const question = {
    id: 7,
    kind: 'prompt',
    title: 'Send statement',
    message: 'Type your name.',
    buttons: ['OK', 'CANCEL'],
  } as const;

  it('asks in front of everything; two quick presses answer once', async () => {
    await open({ overview: { ...overviewOf(), questions: [question] } });
    const dialog = scene.page.getByRole('dialog', { name: 'Send statement' });
    await dialog.getByLabel('Type your name.').fill('Nora Field');
    await dialog.getByRole('button', { name: 'OK' }).dblclick();
    await scene.actsAre([{ do: 'answer', question: 7, button: 'OK', text: 'Nora Field' }]);
    scene.fake.show(overviewOf());
    await dialog.waitFor({ state: 'detached' });
  });

  it('takes Esc for the cross of a question', async () => {
    await open({ overview: { ...overviewOf(), questions: [question] } });
    await scene.page.getByRole('dialog').waitFor();
    await scene.page.keyboard.press('Escape');
    await scene.actsAre([{ do: 'answer', question: 7, button: 'CLOSE', text: '' }]);
  });

  it('shows the sidebar at its real size, shut off from the page, and follows its links', async () => {
    const sidebar = {
      id: 3,
      kind: 'sidebar',
      title: 'Purser',
      url: '/frame/3',
      width: null,
      height: null,
    } as const;
    await open({ overview: { ...overviewOf(), sidebar } });
    const frame = scene.page.locator('iframe[title="Purser"]');
    expect((await frame.boundingBox())?.width).toBe(300);
    expect(await frame.getAttribute('sandbox')).toBe('allow-scripts allow-forms allow-popups allow-modals');
    const [, inner] = scene.page.frames();
    const says = (message: unknown) => inner?.evaluate(`parent.postMessage(${JSON.stringify(message)}, '*')`);
    // From the page itself, so from no frame: nobody heeds it.
    await scene.page.evaluate(`postMessage({ workbench: 'close' }, '*')`);
    await says({ workbench: 'unknown' });
    const links = 'https://docs.google.com/spreadsheets/d/W/edit';
    await says({ workbench: 'open', url: `${links}#gid=2&range=B700:C701` });
    await scene.cell(699, 1).waitFor();
    expect(await scene.activeCell()).toBe('cell-699-1');
    await says({ workbench: 'open', url: 'https://mail.google.com/mail/u/0/#sent/m1' });
    await scene.page.getByRole('heading', { name: 'Heron' }).waitFor();
    await says({ workbench: 'open', url: 'https://elsewhere.example/?a=1' });
    await scene.page.getByRole('dialog').getByText('https://elsewhere.example/?a=1').waitFor();
    await scene.page.keyboard.press('Escape');
    await says({ workbench: 'close' });
    await scene.actsAre([{ do: 'close-frame', frame: 3 }]);
  });

  it('says that the sidebar is of another time when the clock was moved, and loads it anew', async () => {
    const sidebar = {
      id: 3,
      kind: 'sidebar',
      title: 'Purser',
      url: '/frame/3',
      width: null,
      height: null,
    } as const;
    const overview = { ...overviewOf(), sidebar };
    await open({ overview });
    const inner = scene.page.frameLocator('iframe[title="Purser"]').getByText('The frame.');
    await inner.evaluate((old) => old.append('Old.'));
    scene.fake.show({ ...overview, clock: { ...overview.clock, now: '2026-07-01T10:00:00.000Z' } });
    const reload = scene.page.getByRole('button', { name: 'Reload the sidebar' });
    await reload.click();
    await inner.filter({ hasNotText: 'Old.' }).waitFor();
    expect(await reload.count()).toBe(0);
  });
});

it('works with the real server: a month previewed and a formula typed, by the keyboard alone', async () => {
  await open();
  const workbench = await startWorkbenchProcess('--generate', '12');
  try {
    await scene.page.goto(workbench.origin);
    await scene.grid.focus();
    await scene.page.getByRole('menuitem', { name: 'Purser' }).focus();
    for (const key of ['ArrowDown', 'p', 'Enter']) await scene.page.keyboard.press(key);
    await scene.page
      .getByRole('dialog')
      .getByLabel(/^Which month\?/)
      .waitFor();
    await scene.page.keyboard.press('Enter');
    const preview = scene.page
      .frameLocator('dialog iframe')
      .getByText('The statement for May 2026 is ready.');
    await preview.waitFor();
    await scene.page.getByRole('button', { name: 'Close', exact: true }).press('Enter');
    await scene.page.getByRole('dialog').waitFor({ state: 'detached' });
    await scene.grid.focus();
    await scene.page.keyboard.press('Control+ArrowRight');
    await scene.page.keyboard.type('=6*7');
    await scene.page.keyboard.press('Enter');
    await scene.page.locator('td[data-row="0"]').getByText('42', { exact: true }).waitFor();
  } finally {
    workbench.end();
  }
});
