/** Takes the pictures: of the workbench’s window, and of the sidebar in it, in light and in dark colors. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { smallPng } from './small-png.ts';
import { startWorkbench } from './workbench-process.ts';

export interface Scene {
  readonly page: Page;
  readonly sidebar: FrameLocator;
  /** Chooses a tab of the sidebar. */
  tab(name: string): Promise<void>;
  /** Clicks a button of the sidebar. */
  press(name: string | RegExp): Promise<void>;
  /** Waits until the sidebar shows these words. */
  shows(words: string | RegExp): Promise<void>;
  /** `sidebar-NAME-light.png` and `-dark`: the whole of it, to the height at which somebody would stop reading. */
  takeSidebar(name: string, mostPx?: number): Promise<void>;
  /** As `takeSidebar`, but this part of it only. */
  takePart(name: string, part: Locator): Promise<void>;
  /** `workbench-NAME-light.png` and `-dark` */
  takeWindow(name: string): Promise<void>;
}

const WINDOW = { width: 1440, height: 900 };
const MOST_PX = 1650;
const SCHEMES = ['light', 'dark'] as const;

/** @param args of `npm run workbench` @param folder where the pictures go */
export async function inWorkbench(
  browser: Browser,
  folder: string,
  args: readonly string[],
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const workbench = await startWorkbench(args);
  const context = await browser.newContext({ viewport: WINDOW, reducedMotion: 'reduce', locale: 'en-US' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(workbench.url);
    await page.getByRole('button', { name: 'Open sidebar' }).click();
    const scene = sceneOf(page, folder);
    await scene.shows('Steps');
    await play(scene);
  } finally {
    await context.close();
    workbench.close();
  }
}

function sceneOf(page: Page, folder: string): Scene {
  const frame = page.locator('aside.sidebar iframe');
  const sidebar = frame.contentFrame();
  const bothSchemes = async (path: (scheme: string) => string, what: Page | Locator): Promise<void> => {
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      writeFileSync(path(colorScheme), smallPng(await what.screenshot({ animations: 'disabled' })));
    }
    await page.emulateMedia({ colorScheme: 'light' });
  };
  return {
    page,
    sidebar,
    tab: (name) => sidebar.getByRole('tab', { name }).click(),
    press: (name) => sidebar.getByRole('button', { name }).first().click(),
    shows: (words) => sidebar.getByText(words).first().waitFor(),
    async takeSidebar(name, mostPx = MOST_PX) {
      await sidebar.locator('html').evaluate((element) => element.scrollTo(0, 0));
      const [shown, whole] = await Promise.all([
        frame.evaluate((element) => element.clientHeight),
        sidebar.locator('main').evaluate((main) => Math.ceil(main.getBoundingClientRect().bottom)),
      ]);
      const height = WINDOW.height + Math.min(whole, mostPx) - shown;
      // Room first, then the length of what then is less than the frame.
      await page.setViewportSize({ ...WINDOW, height: Math.max(height, 480) });
      await sidebar.locator('html').evaluate((element) => element.scrollTo(0, 0));
      await page.mouse.move(5, 5);
      await bothSchemes((scheme) => join(folder, `sidebar-${name}-${scheme}.png`), frame);
      await page.setViewportSize(WINDOW);
    },
    async takePart(name, part) {
      await page.mouse.move(5, 5);
      await bothSchemes((scheme) => join(folder, `sidebar-${name}-${scheme}.png`), part);
    },
    async takeWindow(name) {
      await page.getByText('The tab is being read…').waitFor({ state: 'detached' });
      await page.mouse.move(5, 5);
      await bothSchemes((scheme) => join(folder, `workbench-${name}-${scheme}.png`), page);
    },
  };
}
