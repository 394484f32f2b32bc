/** A person at the workbench: the real product behind the real page, in a browser. */
import { isDeepStrictEqual } from 'node:util';
import type { Browser, BrowserContext, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import type { MailLine, SampleMonth } from '../../scripts/workbench/contract.ts';
import type { WorkbenchProcess } from '../tools/workbench.ts';
import { startWorkbenchProcess } from '../tools/workbench.ts';
import { openBrowser } from './browser.ts';
import { violationsIn } from './dialog.ts';

export interface Stories {
  readonly workbench: WorkbenchProcess;
  readonly context: BrowserContext;
  /** The first tab of the browser. */
  readonly desk: Desk;
  /** The sample as at the start, with the sidebar closed; each test begins so. @param generate null: no generated charters */
  begin(month: SampleMonth, generate: number | null, firstDay?: boolean): Promise<void>;
  /** Another tab of the same browser. */
  another(): Promise<Desk>;
  /** Mails that went out with a file and with the month’s name in the subject: `May 2026`. */
  mailed(month: string): Promise<readonly MailLine[]>;
  switchFault(id: string, on: boolean): Promise<void>;
  slow(factor: number | null): Promise<void>;
  /** A day later the clock does what it does each hour. */
  hourlyCheck(): Promise<void>;
  /** @throws Error when a page had an error that nobody caught */
  end(): Promise<void>;
}

/** One tab with the workbench. */
export interface Desk {
  readonly page: Page;
  readonly sidebar: FrameLocator;
  readonly status: Locator;
  openSidebar(): Promise<void>;
  choose(item: string): Promise<void>;
  toTab(name: string): Promise<void>;
  button(name: string | RegExp): Locator;
  press(name: string | RegExp): Promise<void>;
  /** Waits until the status line says it. */
  says(words: string | RegExp): Promise<void>;
  sidebarFrame(): Promise<Frame>;
  /** Fails when the sidebar, as it stands, breaks a rule of accessibility, in light or in dark. */
  isAccessible(): Promise<void>;
}

/** So that a test fails in its own words, long before the runner ends it. */
const PATIENCE_MS = 20_000;

export async function openStories(...args: readonly string[]): Promise<Stories> {
  const [workbench, browser]: [WorkbenchProcess, Browser] = await Promise.all([
    startWorkbenchProcess(...args),
    openBrowser(),
  ]);
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const errors: string[] = [];
  const another = async (): Promise<Desk> => {
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(workbench.origin);
    await page.getByRole('menuitem', { name: 'Purser' }).waitFor();
    return deskOf(page);
  };
  /** Nothing was done with what it was started with. */
  let isFresh = true;
  const done = async (act: Parameters<WorkbenchProcess['act']>[0]): Promise<void> => {
    const reply = await workbench.act(act);
    if (!reply.ok) throw new Error(reply.error.what);
  };
  return {
    workbench,
    context,
    desk: await another(),
    another,
    async begin(month, generate, firstDay = false) {
      const asked = { month, generate, firstDay };
      const { sample } = await workbench.overview();
      const isThere = isFresh && isDeepStrictEqual(sample, asked);
      isFresh = false;
      if (!isThere) await done({ do: 'reset', ...asked });
    },
    async mailed(month) {
      const lines = await workbench.view<readonly MailLine[]>('mails');
      return lines.filter(
        ({ labels, subject, attachments }) =>
          labels.includes('SENT') && attachments > 0 && subject.includes(month),
      );
    },
    switchFault: (id, on) => done({ do: 'fault', id, on }),
    slow: (factor) => done({ do: 'network', slow: factor !== null, factor: factor ?? 1 }),
    async hourlyCheck() {
      await done({ do: 'clock-by', unit: 'day', fire: false });
      const { triggers } = await workbench.overview();
      await done({ do: 'fire', trigger: triggers.find(({ handler }) => handler === 'tick')?.id ?? '' });
    },
    async end() {
      await browser.close();
      workbench.end();
      if (errors.length > 0) throw new Error(errors.join('\n'));
    },
  };
}

function deskOf(page: Page): Desk {
  const sidebar = page.frameLocator('aside.sidebar iframe');
  const status = sidebar.locator('#status');
  const button = (name: string | RegExp): Locator =>
    sidebar.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  const sidebarFrame = async (): Promise<Frame> => {
    const box = await page.locator('aside.sidebar iframe').elementHandle();
    const frame = await box?.contentFrame();
    if (frame === null || frame === undefined) throw new Error('The sidebar is not open.');
    return frame;
  };
  return {
    page,
    sidebar,
    status,
    button,
    sidebarFrame,
    async openSidebar() {
      await page.getByRole('button', { name: 'Open sidebar' }).click();
      await sidebar.getByRole('tablist').waitFor();
    },
    async choose(item) {
      await page.getByRole('menuitem', { name: 'Purser', exact: true }).click();
      await page.getByRole('menuitem', { name: item, exact: true }).click();
    },
    toTab: (name) => sidebar.getByRole('tab', { name }).click(),
    press: (name) => button(name).click(),
    async says(words) {
      try {
        await status.getByText(words).waitFor();
      } catch (error) {
        throw new Error(`Expected “${words}”, but it says: ${await sidebar.locator('main').textContent()}`, {
          cause: error,
        });
      }
    },
    async isAccessible() {
      expect(await violationsIn(await sidebarFrame())).toEqual([]);
    },
  };
}
