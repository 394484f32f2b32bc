/** The workbench's page in a browser, with all that a test looks at. */
import type { Browser, Locator, Page } from 'playwright-core';
import type {
  Act,
  CalendarEventView,
  CalendarsView,
  DriveFileView,
  LogEntry,
  MailLine,
  MailView,
} from '../../scripts/workbench/contract.ts';
import type { FakeOptions, WorkbenchFake } from './workbench-fake.ts';
import { openWorkbenchFake, overviewOf, tabOf } from './workbench-fake.ts';

export const ROWS = 10_000;

export interface WorkbenchScene {
  readonly page: Page;
  readonly fake: WorkbenchFake;
  readonly grid: Locator;
  cell(row: number, column: number): Locator;
  /** The id of the cell that the keyboard is on. */
  activeCell(): Promise<string | null>;
  /** Fails unless these acts, and no others, came in this order. */
  actsAre(expected: readonly Act[]): Promise<void>;
  /** Fails when the page had an error that nobody caught. */
  close(): Promise<void>;
}

/** @param options `words`: what everything in it says; else as the fake's */
export async function openWorkbenchScene(
  browser: Browser,
  options: Partial<FakeOptions> & { readonly words?: string } = {},
): Promise<WorkbenchScene> {
  const { words, ...given } = options;
  const fake = await openWorkbenchFake({
    overview: overviewOf(words),
    view: (url) => viewOf(url, words),
    ...given,
  });
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(fake.url);
  const grid = page.getByRole('grid');
  await grid.waitFor();
  return {
    page,
    fake,
    grid,
    cell: (row, column) => page.locator(`#cell-${row}-${column}`),
    activeCell: () => grid.getAttribute('aria-activedescendant'),
    async actsAre(expected) {
      // Acts are on their way when the page has already gone on.
      for (let tries = 0; fake.acts.length < expected.length && tries < 50; tries++) {
        await page.waitForTimeout(20);
      }
      expect(fake.acts).toEqual(expected);
    },
    async close() {
      await context.close();
      await fake.close();
      expect(errors).toEqual([]);
    },
  };
}

function calendarsOf(words: string): CalendarsView {
  const event: CalendarEventView = {
    id: 'e1',
    title: words,
    where: words,
    start: '2020-01-01',
    end: '2040-01-01',
    allDay: true,
    by: 'person',
    deleted: false,
    repeats: true,
  };
  const events: readonly CalendarEventView[] = [event, { ...event, id: 'e2', by: 'purser', deleted: true }];
  return {
    calendars: [{ id: 'c1', account: 'tom@harbor.example', name: words, words, events }],
    crew: ['zoe@harbor.example'],
  };
}

/** One of everything. */
export function viewOf(url: URL, words = 'Heron'): unknown {
  const line: MailLine = {
    id: 'm1',
    from: `${words} <a@b.example>`,
    to: words,
    subject: words,
    opening: words,
    at: '2026-06-01T09:00:00.000Z',
    labels: ['INBOX', words],
    attachments: 1,
  };
  const mail: MailView = {
    ...line,
    cc: words,
    bcc: words,
    headers: [{ name: words, value: words }],
    text: null,
    htmlUrl: '/api/mail-html?account=a&id=m1',
    files: [{ name: words, type: 'text/plain', bytes: 12, url: '/api/attachment?n=0' }],
  };
  const file: DriveFileView = {
    id: 'f1',
    name: words,
    type: words,
    isFolder: false,
    parent: null,
    modified: '2026-06-01T09:00:00.000Z',
    bytes: 12,
    sha256: 'ab'.repeat(32),
    notes: [words],
    byApp: true,
    trashed: true,
    url: '/api/file?id=f1',
  };
  const entry: LogEntry = { at: '2026-06-01T09:00:00.000Z', kind: 'script', text: words };
  const views: Readonly<Record<string, unknown>> = {
    '/api/tab': tabOf(url, ROWS, words),
    '/api/mails': url.searchParams.get('account') === 'owner@harbor.example' ? [line] : [],
    '/api/mail': mail,
    '/api/drive': [file],
    '/api/calendars': calendarsOf(words),
    '/api/log': [entry],
  };
  return views[url.pathname];
}
