/** Connecting through the built bundle, in a browser of the local Workspace, from the dialog’s link to the page at the end. */
import { LOCAL_OAUTH_CLIENT } from '../../scripts/local/google/oauth-clients.ts';
import type { AccountsView } from '../../src/sidebar/accounts/view.ts';
import type { Purser } from '../tools/purser.ts';
import { COMPANY, OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';

const OFFICE = 'office@harbor.example';
const LATE = 'late@harbor.example';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
  await purser.begin();
  const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;
  act({ type: 'store-client', clientId, clientSecret });
});
afterEach(() => {
  for (const { subject } of view().accounts) act({ type: 'disconnect', subject });
});

function act(action: object): AccountsView {
  return purser.appsScript().call('accountsAct', [action]) as AccountsView;
}

function link(action: object): string {
  const { link: made, notice } = act(action);
  if (made === null) throw new Error(notice?.words ?? 'no link');
  return made.url;
}

function view(): AccountsView {
  return purser.appsScript().call('accountsView') as AccountsView;
}

function emails(): readonly string[] {
  return view().accounts.map(({ email }) => email);
}

test('the owner connects an account in their own browser, and the page says so', () => {
  const page = purser.signIn(link({ type: 'connect', purposes: ['send'] }), { email: OFFICE });
  expect(page.title).toBe('Purser: Connected');
  expect(page.html).toContain(OFFICE);
  expect(emails()).toEqual([OFFICE]);
});

test('the owner connects where Google’s page has no document, too', () => {
  const page = purser.signIn(link({ type: 'connect', purposes: ['send'] }), {
    email: OFFICE,
    withoutDocument: true,
  });
  expect(page.title).toBe('Purser: Connected');
  expect(emails()).toEqual([OFFICE]);
});

test('an invited person connects at the web app, which has no workbook open', () => {
  const url = link({ type: 'invite', purposes: ['bookings'], email: OFFICE });
  const page = purser.signIn(url, { email: OFFICE });
  expect(page).toMatchObject({ title: 'Purser: Connected', html: expect.stringContaining(OFFICE) });
  expect(emails()).toEqual([OFFICE]);
  expect(purser.signIn(url, { email: OFFICE }).html).toContain('used already');
});

test('a connection that was begun before Hand over… is not finished after it', async () => {
  const url = link({ type: 'connect', purposes: ['send'] });
  const document = purser.appsScript().properties('document');
  document.set('owner', 'next@harbor.example');
  const page = purser.signIn(url, { email: LATE });
  document.delete('owner');
  const early = purser.signIn(url, { email: LATE });
  document.set('owner', OWNER.email);
  expect(page.title).toBe('Purser: Not connected');
  expect(page.html).toContain('next@harbor.example');
  expect(early.html).toContain('Set up…');
  expect(emails()).toEqual([]);
  expect((await purser.workspace.tokensOf(LATE)).refreshTokens).toEqual([]);
});

test('who invites is named on the page, with the company of the settings', () => {
  const url = new URL(link({ type: 'invite', purposes: ['send'], email: '' }));
  const html = purser.appsScript().webApp(Object.fromEntries(url.searchParams));
  expect(html).toContain(`${OWNER.email} of ${COMPANY}`);
  expect(html).toContain('asks you to connect your Google account');
});

test('declining, ticking a part, and choosing another account each give their page', () => {
  const connect = { type: 'connect', purposes: ['send'] };
  expect(purser.signIn(link(connect), { email: OFFICE, decline: true }).title).toBe('Purser: Not connected');
  const readonly = 'https://www.googleapis.com/auth/gmail.readonly';
  expect(purser.signIn(link(connect), { email: OFFICE, ticks: [readonly] }).title).toBe(
    'Purser: Connected in part',
  );
  const [account] = view().accounts;
  const reconnect = link({ type: 'reconnect', subject: account?.subject });
  expect(purser.signIn(reconnect, { email: 'dock@harbor.example' }).title).toBe('Purser: Another account');
  expect(emails()).toEqual([OFFICE]);
});

test.each([
  ['without anything', {}, 'only works with an invitation link'],
  ['with an invitation that is none', { invitation: 'e30.e30' }, 'not whole'],
  ['with an answer that nobody asked for', { state: 'x', code: 'y' }, 'does not belong'],
  ['with markup for a state', { state: '<script>', error: '<b>' }, 'does not belong'],
])('the web app opened %s gives a page with words', (_how, query, words) => {
  const html = purser.appsScript().webApp(query);
  expect(html).toContain(words);
  expect(html).not.toMatch(/<script|<b>/);
  expect(emails()).toEqual([]);
});

test('while another run holds the lock, the page says so in words', () => {
  const url = new URL(link({ type: 'invite', purposes: ['send'], email: '' }));
  purser.appsScript().holdLock('script', 120_000);
  const html = purser.appsScript().webApp({ ...Object.fromEntries(url.searchParams), go: '1' });
  expect(html).toContain('Another run of Purser');
  expect(html).toContain('open the invitation link once more');
});
