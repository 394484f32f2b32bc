/** A dialog of Purser in a browser, its `google.script.run` answered by this process. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Frame, Page } from 'playwright-core';

export interface DialogOptions {
  readonly html: string;
  /** What the server answers, or throws; may take its time. */
  readonly serve: (name: string, parameters: readonly unknown[]) => unknown;
  /** Default: that of a dialog. */
  readonly size?: { readonly width: number; readonly height: number };
}

export interface Dialog {
  readonly page: Page;
  /** What the page asked of the network; it should be nothing. */
  readonly fetched: readonly string[];
  /** Errors in the page that nobody caught. */
  readonly errors: readonly string[];
  /** Rules of accessibility that the page breaks as it stands, in light and in dark colors: `light color-contrast: #id`. */
  violations(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Of the dialogs that `Host.ui().show` opens. */
const SIZE = { width: 480, height: 560 };
const ADDRESS = 'https://dialog.example/';

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/**
 * `google.script.run` as its reference has it: handlers chosen first, the call last, answers never at once
 * (developers.google.com/apps-script/guides/html/reference/run).
 */
const RUN = `
  const run = (handlers) => new Proxy({}, { get: (_, name) => {
    if (name === 'withSuccessHandler') return (success) => run({ ...handlers, success });
    if (name === 'withFailureHandler') return (failure) => run({ ...handlers, failure });
    return (...parameters) => {
      window.serve(name, parameters).then(({ value, error }) => {
        if (error === undefined) handlers.success?.(value);
        else handlers.failure?.(new Error(error));
      });
    };
  } });
  window.google = { script: { run: run({}), host: { close: () => { window.closed_ = true; } } } };
`;

/** The page as the person sees it first; it is still asking the server. */
export async function openDialog(browser: Browser, options: DialogOptions): Promise<Dialog> {
  const context = await browser.newContext({
    viewport: options.size ?? SIZE,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const fetched: string[] = [];
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (url === ADDRESS) return route.fulfill({ contentType: 'text/html', body: options.html });
    fetched.push(url);
    return route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title>' });
  });
  await page.exposeFunction('serve', async (name: string, parameters: readonly unknown[]) => {
    try {
      return { value: (await options.serve(name, parameters)) ?? null };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  });
  await page.addInitScript(RUN);
  await page.goto(ADDRESS);
  return {
    page,
    fetched,
    errors,
    violations: () => violationsIn(page),
    close: () => context.close(),
  };
}

/** As `Dialog.violations`, of any page or frame, without the frames that are in it. */
export async function violationsIn(place: Page | Frame): Promise<readonly string[]> {
  const page = 'emulateMedia' in place ? place : place.page();
  await place.evaluate(axe);
  const light = await violationsOf(place, {});
  await page.emulateMedia({ colorScheme: 'dark' });
  // Of all the rules only this one looks at colors.
  const dark = await violationsOf(place, { runOnly: ['color-contrast'] });
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light.map((one) => `light ${one}`), ...dark.map((one) => `dark ${one}`)];
}

function violationsOf(place: Page | Frame, options: object): Promise<readonly string[]> {
  const asked = JSON.stringify({ ...options, iframes: false, resultTypes: ['violations'] });
  return place.evaluate(`axe.run(${asked}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ': ' + target.join(' '))))`);
}
