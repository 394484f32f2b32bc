/** The dialog “Connected accounts…” in a real browser, on the built bundle and the local Workspace. */
import type { Browser } from 'playwright-core';
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import type { AccountsAction, AccountsView } from '../../src/sidebar/accounts/view.ts';
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';
import { openBrowser } from './browser.ts';
import type { Dialog } from './dialog.ts';
import { openDialog } from './dialog.ts';

const OFFICE = 'office@harbor.example';
const HOSTILE = '<img src=x onerror="window.hurt=1"><b>Nora</b>';

let purser: Purser;
let browser: Browser;
let dialog: Dialog;

beforeAll(async () => {
  [purser, browser] = await Promise.all([openPurser(), openBrowser()]);
});
afterAll(() => browser.close());
afterEach(async () => {
  expect(dialog.errors).toEqual([]);
  await dialog.close();
});

/** The page that the menu item shows. */
function shownPage(): string {
  purser.appsScript().run('connectedAccounts');
  const shown = purser.appsScript().shown.at(-1);
  if (shown?.kind !== 'dialog') throw new Error('No dialog was shown.');
  return shown.html;
}

type Serve = Parameters<typeof openDialog>[1]['serve'];

/** As google.script.run does it. */
const serve: Serve = (name, parameters) => purser.appsScript().call(name, parameters);

async function open(served: Serve = serve): Promise<void> {
  dialog = await openDialog(browser, { html: shownPage(), serve: served });
}

function button(name: string) {
  return dialog.page.getByRole('button', { name, exact: true });
}

function statusOf() {
  return dialog.page.getByRole('status');
}

async function says(words: string | RegExp): Promise<void> {
  await statusOf().filter({ hasText: words }).waitFor();
}

/** The words of what has the focus. */
function focused(): Promise<string> {
  return dialog.page.evaluate(`(document.activeElement.getAttribute('aria-label') ||
    document.activeElement.labels?.[0]?.textContent || document.activeElement.textContent)`);
}

/** Tab, until that has the focus. */
async function tabTo(words: string): Promise<void> {
  const seen: string[] = [];
  for (let at = 0; at < 40; at++) {
    await dialog.page.keyboard.press('Tab');
    const now = await focused();
    if (now === words) return;
    seen.push(now);
  }
  throw new Error(`Tab does not lead to “${words}”, but to: ${seen.join(' | ')}`);
}

describe('connecting', () => {
  it('works by the keyboard alone, from the client to the connected account', async () => {
    await purser.begin({ setUp: 'owner-only' });
    await open();
    const { page } = dialog;
    await page.getByText('First: your Google Cloud client').waitFor();
    await tabTo('Client ID');
    await page.keyboard.type(LOCAL_OAUTH_CLIENT.clientId);
    await tabTo('Client secret');
    expect(await page.getByLabel('Client secret').getAttribute('type')).toBe('password');
    await page.keyboard.type(LOCAL_OAUTH_CLIENT.clientSecret);
    await page.keyboard.press('Enter');
    await says('The client is kept.');
    expect(await page.content()).not.toContain(LOCAL_OAUTH_CLIENT.clientSecret);
    expect(await page.getByLabel('Client secret').inputValue()).toBe('');

    await tabTo('Send monthly statements from it');
    await page.keyboard.press('Space');
    await tabTo('Connect in this browser');
    await page.keyboard.press('Enter');
    const link = page.getByRole('link', { name: 'Open Google’s sign-in page' });
    await link.waitFor();
    expect(await focused()).toBe('Open Google’s sign-in page');
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await link.getAttribute('rel')).toContain('noopener');
    const url = (await link.getAttribute('href')) ?? '';
    const [tab] = await Promise.all([page.context().waitForEvent('page'), page.keyboard.press('Enter')]);
    purser.signIn(url, { email: OFFICE });
    await tab.close();

    // Back in the workbook.
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    await says(`${OFFICE}: connected`);
    expect(await page.getByRole('heading', { name: OFFICE }).isVisible()).toBe(true);
    expect(await link.count()).toBe(0);
    expect(dialog.fetched).toEqual([url]);
  });

  it('asks what for, before anything is sent', async () => {
    await scene();
    const calls: string[] = [];
    await open((name, parameters) => {
      calls.push(name);
      return serve(name, parameters);
    });
    await button('Connect in this browser').click();
    await says('Tick at least one thing');
    expect(calls).toEqual(['accountsView']);
  });

  it('makes an invitation whose link can be copied', async () => {
    await scene();
    await open();
    const { page } = dialog;
    await page.getByText('Somebody else’s account').click();
    await page.getByLabel('Read booking mail in it').check();
    await button('Make an invitation link').click();
    const link = page.getByLabel('Invitation link', { exact: true });
    await link.waitFor();
    expect(await link.inputValue()).toContain('/exec?');
    await button('Copy: Invitation link').click();
    await says(/copied|Ctrl/);
    expect(await page.evaluate('window.getSelection().toString()')).toBe(await link.inputValue());
    await button('Put away').click();
    expect(await link.count()).toBe(0);
  });
});

describe('an account', () => {
  it('is disconnected only after a question, which Escape takes back', async () => {
    await scene();
    await purser.connect(OFFICE, ['send']);
    await open();
    const { page } = dialog;
    const ask = button(`Disconnect ${OFFICE}`);
    await ask.focus();
    await page.keyboard.press('Enter');
    const question = page.getByRole('group', { name: `Disconnect ${OFFICE}?` });
    await question.waitFor();
    // The harmless answer has the focus.
    expect(await focused()).toBe(`Keep it: ${OFFICE}`);
    await page.keyboard.press('Escape');
    expect(await question.count()).toBe(0);
    expect(await focused()).toBe(`Disconnect ${OFFICE}`);

    await page.keyboard.press('Enter');
    await tabTo(`Disconnect ${OFFICE} now`);
    await page.keyboard.press('Enter');
    await says(`${OFFICE} is disconnected.`);
    expect(await page.getByText('None yet.').isVisible()).toBe(true);
  });

  it('is tested, and meanwhile nothing else can be begun', async () => {
    await scene();
    await purser.connect(OFFICE, ['send']);
    let go: () => void = () => undefined;
    const waited = new Promise<void>((resolve) => {
      go = resolve;
    });
    let acts = 0;
    await open(async (name, parameters) => {
      if (name === 'accountsAct') {
        acts += 1;
        await waited;
      }
      return serve(name, parameters);
    });
    await button(`Test now: ${OFFICE}`).click();
    await says(`Asking Google for ${OFFICE}…`);
    expect(await button('Check again').getAttribute('aria-disabled')).toBe('true');
    // Clicked all the same.
    await button(`Reconnect ${OFFICE}`).dispatchEvent('click');
    go();
    await says(`${OFFICE} answers.`);
    expect(acts).toBe(1);
    expect(await focused()).toBe(`Test now: ${OFFICE}`);
  });

  it('with a hostile name stays text', async () => {
    await scene();
    await purser.connect('<b>x</b>@harbor.example', ['send'], { name: HOSTILE });
    await open();
    const { page } = dialog;
    await page.getByText(HOSTILE).waitFor();
    await page.getByRole('heading', { name: '<b>x</b>@harbor.example' }).waitFor();
    expect(await page.evaluate('[document.querySelector("img, b"), window.hurt ?? null]')).toEqual([
      null,
      null,
    ]);
    expect(dialog.fetched).toEqual([]);
  });

  it('shows its calendars when asked, and keeps the one that is chosen, by the keyboard alone', async () => {
    const view = await fullView();
    const asked: unknown[] = [];
    await open((name, parameters) => {
      const [action] = parameters as readonly [AccountsAction | undefined];
      if (name === 'accountsAct') asked.push(action);
      const picker = action?.type === 'list-calendars' ? view.picker : null;
      const words = action?.type === 'choose-calendar' ? 'Charters are written to “Sails”.' : '';
      return { ...view, picker, link: null, notice: words === '' ? null : { kind: 'good', words } };
    });
    const { page } = dialog;
    const subject = view.picker?.subject;
    const ask = button(`Choose its calendar: ${OFFICE}`);
    await ask.focus();
    await page.keyboard.press('Enter');
    const list = page.getByLabel('Charters are written to');
    await list.waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SELECT');
    expect(await list.locator('option').allTextContents()).toEqual(['Nothing', 'Sails', HOSTILE]);
    await tabTo(`Leave it as it is: ${OFFICE}`);
    await page.keyboard.press('Enter');
    expect(await list.count()).toBe(0);
    expect(await focused()).toBe(`Choose its calendar: ${OFFICE}`);

    await page.keyboard.press('Enter');
    await list.waitFor();
    await page.keyboard.press('ArrowDown');
    await tabTo(`Keep the choice: ${OFFICE}`);
    await page.keyboard.press('Enter');
    await says('Charters are written to “Sails”.');
    expect(await focused()).toBe(`Choose its calendar: ${OFFICE}`);
    const calendarId = 'sails@group.calendar.google.com';
    expect(asked).toEqual([
      { type: 'list-calendars', subject },
      { type: 'list-calendars', subject },
      { type: 'choose-calendar', subject, calendarId },
    ]);
  });

  it('whose calendars can’t be listed says why in its card, and it can be tried again', async () => {
    const view = await fullView();
    const problem = 'Google did not answer. Try again in some minutes.';
    await open(() => ({
      ...view,
      picker: view.picker === null ? null : { ...view.picker, choices: [], problem },
      notice: null,
    }));
    const again = button(`Try again: ${OFFICE}`);
    await again.click();
    expect(await dialog.page.getByText(problem).isVisible()).toBe(true);
    expect(await focused()).toBe(`Try again: ${OFFICE}`);
  });

  it('leads nowhere but to https', async () => {
    const view = await fullView();
    const link = { way: 'open', url: 'javascript:window.hurt=1', words: 'Sign in.' } as const;
    await open(() => ({ ...view, link }));
    await button(`Test now: ${OFFICE}`).click();
    expect(await dialog.page.getByRole('link').getAttribute('href')).toBe('#');
  });

  it('of another person than the owner is not shown, and it is said whom to ask', async () => {
    await scene({ setUp: true });
    await purser.connect(OFFICE, ['send']);
    await open((name, parameters) =>
      purser.appsScript().call(name, parameters, { as: 'mallory@harbor.example' }),
    );
    await says(`Ask ${OWNER.email}`);
    expect(await dialog.page.getByText(OFFICE).count()).toBe(0);
    expect(await dialog.page.locator('main :is(input, h2)').count()).toBe(0);
  });
});

describe('a call that does not get through', () => {
  it.each([
    ['PERMISSION_DENIED', 'Google refused the call. That happens when this browser is signed in to several'],
    ['Service error', 'Nobody knows whether it was done'],
  ])('with %s is explained, and can be repeated', async (message, words) => {
    await scene();
    let refused = true;
    await open((name, parameters) => {
      if (refused) throw new Error(`We're sorry. Error code ${message}.`);
      return serve(name, parameters);
    });
    await says(words);
    refused = false;
    await button('Check again').click();
    await dialog.page.getByText('None yet.').waitFor();
  });
});

it('axe finds nothing in any state, in light and in dark colors', async () => {
  await purser.begin({ setUp: 'owner-only' });
  await open();
  await dialog.page.getByText('First: your Google Cloud client').waitFor();
  const first = await dialog.violations();
  await dialog.close();

  const view = await fullView();
  await open(() => view);
  const { page } = dialog;
  await button(`Test now: ${OFFICE}`).click();
  await page.getByRole('link', { name: 'Open Google’s sign-in page' }).waitFor();
  for (const summary of await page.locator('summary').all()) {
    if (!(await summary.locator('..').evaluate('(part) => part.open'))) await summary.click();
  }
  await button(`Disconnect ${OFFICE}`).click();
  await button('Make an invitation link').waitFor();
  expect(await page.getByLabel('Charters are written to').isVisible()).toBe(true);
  expect({ first, full: await dialog.violations() }).toEqual({ first: [], full: [] });
});

/** With the OAuth client entered. */
async function scene({ setUp = false } = {}): Promise<void> {
  await purser.begin({ setUp: setUp ? true : 'owner-only' });
  const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;
  purser.appsScript().call('accountsAct', [{ type: 'store-client', clientId, clientSecret }]);
}

/** The server's own view, with one account more in each state, and everything that may wait. */
async function fullView(): Promise<AccountsView> {
  await scene();
  await purser.connect(OFFICE, ['send', 'bookings', 'calendar']);
  const view = serve('accountsView', []) as AccountsView;
  const [card] = view.accounts;
  if (card === undefined) throw new Error('The account is not in the view.');
  const others = (['ends-soon', 'failing', 'reconnect'] as const).map((state) => ({
    ...card,
    subject: state,
    email: `${state}@harbor.example`,
    name: 'Office',
    state,
    stateWords: state,
    details: ['Something is to be said about it.'],
  }));
  return {
    ...view,
    accounts: [card, ...others],
    problems: ['The record of an account can’t be read.'],
    waiting: [{ id: 'w', words: 'Another account was connected than expected.' }],
    picker: {
      subject: card.subject,
      email: OFFICE,
      choices: [
        { id: 'sails@group.calendar.google.com', name: 'Sails' },
        { id: 'primary', name: HOSTILE },
      ],
      chosen: '',
      words: 'In the roster this address is Ben Ortiz (cr-ben).',
      problem: null,
    },
    invitations: [{ id: 'i', words: 'An invitation for anybody’s account.' }],
    notice: { kind: 'bad', words: 'Google could not be reached.' },
    link: { way: 'open', url: 'https://accounts.google.com/', words: 'Sign in at Google.' },
  };
}
