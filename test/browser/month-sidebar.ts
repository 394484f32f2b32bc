/** The sidebar of the month in a browser, as wide as in Sheets, before a server of scenes. */
import type { Browser, Locator, Page } from 'playwright-core';
import { sidebarPage } from '../../scripts/build.ts';
import type { Answer, SidebarCalls, SidebarView } from '../../src/sidebar/month/contract.ts';
import { openBrowser } from './browser.ts';
import type { Dialog } from './dialog.ts';
import { openDialog } from './dialog.ts';
import { ACCOUNTS, CHECKED, CHECKS, COMPARED, PREPARED, tested } from './month-answers.ts';

/** What the server answers to a call; what is missing is answered as in a clean month. May throw, as Google does. */
export type Answers = {
  readonly [Name in keyof SidebarCalls]?: (
    ...parameters: Parameters<SidebarCalls[Name]>
  ) => ReturnType<SidebarCalls[Name]> | Promise<ReturnType<SidebarCalls[Name]>>;
};

export interface MonthSidebar {
  readonly dialog: Dialog;
  readonly page: Page;
  /** In the order in which they came: `sidebarSend` and its parameters. */
  readonly calls: readonly (readonly [name: string, ...parameters: readonly unknown[]])[];
  called(name: keyof SidebarCalls): readonly (readonly unknown[])[];
  button(name: string | RegExp): Locator;
  /** Two clicks before anything can be drawn anew. */
  clickTwice(name: string | RegExp): Promise<void>;
  tab(name: string): Locator;
  /** Waits until the status line says so. */
  says(words: string | RegExp): Promise<void>;
  /** The words of what has the focus. */
  focused(): Promise<string>;
  /** Presses Tab until that has the focus. */
  tabTo(words: string | RegExp): Promise<void>;
}

const SIZE = { width: 300, height: 700 };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function bad(code: string, what: string, now = ''): Answer<never> {
  return { ok: false, error: { code, what, now } };
}

/** An answer that comes when the test says so. */
export function held<T>(value: T): { readonly answer: Promise<T>; readonly go: () => void } {
  let go: () => void = () => undefined;
  const answer = new Promise<T>((resolve) => {
    go = () => resolve(value);
  });
  return { answer, go };
}

/** Made once for all suites of the process. */
let html: Promise<string> | null = null;

export function monthPage(): Promise<string> {
  html ??= sidebarPage('src/sidebar/month/month.html');
  return html;
}

/** For a suite whose tests open one sidebar each: in one browser, and closed without an error on the page. */
export function sidebarOfEachTest(): (view: SidebarView, answers?: Answers) => Promise<MonthSidebar> {
  let browser: Browser;
  let sidebar: MonthSidebar;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    expect(sidebar.dialog.errors).toEqual([]);
    await sidebar.dialog.close();
  });
  return async (view, answers = {}) => {
    sidebar = await openSidebar(browser, view, answers);
    return sidebar;
  };
}

/** The first view is there, unless its call fails. */
async function openSidebar(
  browser: Browser,
  view: SidebarView,
  answers: Answers = {},
): Promise<MonthSidebar> {
  const all: Answers = {
    sidebarView: () => ok(view),
    sidebarProgress: () => ok(view.running),
    sidebarCheck: () => ok(CHECKED),
    sidebarPrepare: () => ok(PREPARED),
    sidebarAccept: () => ok(view),
    sidebarAccounts: () => ok(ACCOUNTS),
    sidebarSetUp: () => ok(CHECKS),
    sidebarTest: (id) => ok(tested(id)),
    sidebarMakeAgain: () => ok(COMPARED),
    ...answers,
  };
  const calls: (readonly [string, ...unknown[]])[] = [];
  const dialog = await openDialog(browser, {
    html: await monthPage(),
    size: SIZE,
    serve(name, parameters) {
      calls.push([name, ...parameters]);
      const answer = all[name as keyof SidebarCalls] as
        | ((...given: readonly unknown[]) => unknown)
        | undefined;
      if (answer === undefined) throw new Error(`Nobody expected ${name}.`);
      return answer(...parameters);
    },
  });
  const { page } = dialog;
  await page.locator('[role="tablist"], [role="alert"]').first().waitFor();
  const focused = (): Promise<string> =>
    page.evaluate(`(document.activeElement.getAttribute('aria-label') ||
      document.activeElement.labels?.[0]?.textContent || document.activeElement.textContent)`);
  const button = (name: string | RegExp): Locator =>
    page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  return {
    dialog,
    page,
    calls,
    called: (name) => calls.filter(([one]) => one === name).map(([, ...parameters]) => parameters),
    button,
    clickTwice: (name) =>
      button(name).evaluate((found: { click(): void }) => {
        found.click();
        found.click();
      }),
    tab: (name) => page.getByRole('tab', { name }),
    says: (words) => page.locator('#status').filter({ hasText: words }).waitFor(),
    focused,
    async tabTo(words) {
      const seen: string[] = [];
      for (let at = 0; at < 40; at++) {
        await page.keyboard.press('Tab');
        const now = await focused();
        if (typeof words === 'string' ? now === words : words.test(now)) return;
        seen.push(now);
      }
      throw new Error(`${String(words)} is not reached by Tab: ${seen.join(' | ')}`);
    },
  };
}
