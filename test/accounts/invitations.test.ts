import { readAccounts } from '../../src/accounts/account-store.ts';
import { outcomePage } from '../../src/accounts/callback-pages.ts';
import {
  beginConnect,
  confirmConnection,
  finishConnect,
  waitingConnections,
} from '../../src/accounts/connect.ts';
import {
  makeInvitation,
  openInvitation,
  openInvitations,
  storeWebAppUrl,
  webAppUrlProblem,
  withdrawInvitation,
} from '../../src/accounts/invitations.ts';
import { readTrail } from '../../src/accounts/trail.ts';
import { errorOf, NOW_MS, OWNER } from '../tools/fake-host.ts';
import {
  DOCK,
  failingAfterEffect,
  OFFICE,
  returned,
  type Scene,
  scene,
  scopesOf,
  WEB_APP,
} from './fake-google.ts';

const DAY_MS = 86_400_000;
const WISH = {
  purposes: ['send'],
  email: null,
  company: 'Blue Heron Charters',
  workbookUrl: 'https://docs.google.com/x',
} as const;

function invited(world: Scene, email: string | null = null): Record<string, string> {
  const { url } = makeInvitation(world.host, { ...WISH, email });
  return Object.fromEntries(new URL(url).searchParams);
}

/** Goes on from the invitation's page, to Google's address. */
function consentPage(world: Scene, parameter: Record<string, string>): string {
  const opened = openInvitation(world.host, parameter);
  if (opened.kind !== 'page') throw new Error(opened.kind);
  const begun = openInvitation(world.host, Object.fromEntries(new URL(opened.url).searchParams));
  if (begun.kind !== 'begun') throw new Error(begun.kind);
  return begun.url;
}

test('an invitation is a link to the web app, good for seven days', () => {
  const world = scene();
  const { url, expiresAt } = makeInvitation(world.host, WISH);
  expect(url.startsWith(`${WEB_APP}?invitation=`)).toBe(true);
  expect(expiresAt).toBe('2026-06-08T10:00:00.000Z');
  // developers.google.com/apps-script/guides/web: c and sid are reserved.
  expect([...new URL(url).searchParams.keys()]).toEqual(['invitation']);
});

test('its page says who asks for what, and leads on to Google, with the web app to come back to', () => {
  const world = scene();
  const parameter = invited(world, OFFICE.email);
  const opened = openInvitation(world.host, parameter);
  expect(opened.kind === 'page' && opened.url.startsWith(`${WEB_APP}?invitation=`)).toBe(true);
  expect(opened).toMatchObject({
    kind: 'page',
    company: 'Blue Heron Charters',
    by: OWNER,
    purposes: ['send'],
    email: OFFICE.email,
  });
  const query = new URL(consentPage(world, parameter)).searchParams;
  expect(query.get('redirect_uri')).toBe(WEB_APP);
  expect(query.get('login_hint')).toBe(OFFICE.email);
  expect(query.get('scope')?.split(' ')).toEqual(expect.arrayContaining([...scopesOf('send')]));
  // Google's own state token takes back only who began; the owner did not.
  expect(query.get('state')).not.toContain('state-token');
});

test('who was invited is connected, and the invitation is used up', () => {
  const world = scene();
  const parameter = invited(world, OFFICE.email.toUpperCase());
  const back = world.consent(consentPage(world, parameter), OFFICE);
  expect(finishConnect(world.host, back, 'web-app')).toMatchObject({ kind: 'connected', again: false });
  expect(readAccounts(world.mine()).accounts).toMatchObject([{ email: OFFICE.email, purposes: ['send'] }]);
  expect(openInvitation(world.host, parameter)).toMatchObject({
    kind: 'gone',
    why: expect.stringContaining('used already'),
  });
  expect(openInvitations(world.mine(), NOW_MS)).toEqual([]);
});

test('who declines may open it once more', () => {
  const world = scene();
  const parameter = invited(world);
  const query = new URL(consentPage(world, parameter)).searchParams;
  expect(finishConnect(world.host, { ...returned(query), error: 'access_denied' }, 'web-app').kind).toBe(
    'declined',
  );
  expect(openInvitation(world.host, parameter).kind).toBe('page');
});

test('of two people with one link only the first is connected', () => {
  const world = scene();
  const parameter = invited(world);
  const [one, two] = [OFFICE, DOCK].map((person) => world.consent(consentPage(world, parameter), person));
  expect(finishConnect(world.host, one ?? {}, 'web-app').kind).toBe('connected');
  expect(finishConnect(world.host, two ?? {}, 'web-app')).toMatchObject({
    kind: 'not-connected',
    error: { what: expect.stringContaining('used already') },
  });
  expect(readAccounts(world.mine()).accounts).toHaveLength(1);
});

test('an invitation for one address that another account answers waits for the owner, who may confirm it', () => {
  const world = scene();
  const parameter = invited(world, OFFICE.email);
  const outcome = finishConnect(world.host, world.consent(consentPage(world, parameter), DOCK), 'web-app');
  expect(outcome).toMatchObject({ kind: 'other-account', expectedEmail: OFFICE.email, email: DOCK.email });
  expect(openInvitation(world.host, parameter).kind).toBe('page');
  confirmConnection(world.host, outcome.kind === 'other-account' ? outcome.waitingId : '');
  expect(readAccounts(world.mine()).accounts).toMatchObject([{ email: DOCK.email }]);
  expect(openInvitation(world.host, parameter).kind).toBe('gone');
});

test('when not everything was granted, the same account may answer once more; another one has to be confirmed', () => {
  const world = scene();
  const parameter = invited(world);
  const back = world.consent(consentPage(world, parameter), OFFICE, { untick: scopesOf('send') });
  expect(finishConnect(world.host, back, 'web-app')).toMatchObject({
    kind: 'connected',
    missing: scopesOf('send'),
  });
  const other = world.consent(consentPage(world, parameter), DOCK);
  expect(finishConnect(world.host, other, 'web-app')).toMatchObject({ kind: 'other-account' });
  const again = world.consent(consentPage(world, parameter), OFFICE);
  expect(finishConnect(world.host, again, 'web-app')).toMatchObject({ kind: 'connected', missing: [] });
  expect(openInvitation(world.host, parameter).kind).toBe('gone');
});

test('withdrawn, it is worth nothing, not even to who has the page open', () => {
  const world = scene();
  const parameter = invited(world);
  const back = world.consent(consentPage(world, parameter), OFFICE);
  const [open] = openInvitations(world.mine(), NOW_MS);
  withdrawInvitation(world.host, open?.id ?? '');
  expect(openInvitation(world.host, parameter)).toMatchObject({ kind: 'gone' });
  expect(finishConnect(world.host, back, 'web-app')).toMatchObject({ kind: 'not-connected' });
  expect(world.host.rounds).toEqual([]);
});

test('when the store took the account and said that it failed, who was invited is connected all the same', () => {
  const world = scene();
  const back = world.consent(consentPage(world, invited(world)), OFFICE);
  const host = failingAfterEffect(world.host, 'write', /^account\./);
  expect(finishConnect(host, back, 'web-app')).toMatchObject({ kind: 'connected', again: false });
  expect(readTrail(world.mine()).map(({ what }) => what)).toEqual(['invited', 'connected']);
});

test('withdrawn while Google is asked, it connects nothing either', () => {
  const world = scene();
  const parameter = invited(world);
  const back = world.consent(consentPage(world, parameter), OFFICE);
  const [open] = openInvitations(world.mine(), NOW_MS);
  const fetchAll: typeof world.host.fetchAll = (requests) => {
    withdrawInvitation(world.host, open?.id ?? '');
    return world.host.fetchAll(requests);
  };
  expect(finishConnect({ ...world.host, fetchAll }, back, 'web-app')).toMatchObject({
    kind: 'not-connected',
  });
  expect(world.exchanges).toHaveLength(1);
  expect(readAccounts(world.mine()).accounts).toEqual([]);
  expect(world.revoked).toEqual(['refresh-1-secret']);
});

test('an unverified address answers no invitation by itself: the owner has to look', () => {
  const world = scene();
  for (const email of [OFFICE.email, null]) {
    const url = consentPage(world, invited(world, email));
    const back = world.consent(url, OFFICE, { claims: { email_verified: false } });
    const outcome = finishConnect(world.host, back, 'web-app');
    expect(outcome).toMatchObject({ kind: 'other-account', emailVerified: false, expectedEmail: '' });
    expect(outcomePage(outcome, 'web-app').html).toContain(`${OFFICE.email} is unverified`);
  }
  expect(readAccounts(world.mine()).accounts).toEqual([]);
  const [waiting, ...more] = waitingConnections(world.mine());
  expect(more).toEqual([]);
  expect(waiting).toMatchObject({ email: OFFICE.email, emailVerified: false });
  confirmConnection(world.host, waiting?.id ?? '');
  // Once accepted it is not asked about again.
  expect(world.connect(OFFICE, ['send'], { claims: { email_verified: false } })).toMatchObject({
    kind: 'connected',
    account: { emailVerified: false },
  });
});

test('making and withdrawing an invitation is in the trail, without its link', () => {
  const world = scene();
  const { invitation } = invited(world, OFFICE.email);
  const [open] = openInvitations(world.mine(), NOW_MS);
  withdrawInvitation(world.host, open?.id ?? '');
  const trail = readTrail(world.mine());
  expect(trail).toMatchObject([
    { what: 'invited', email: OFFICE.email, by: OWNER, detail: 'send' },
    { what: 'withdrawn', email: OFFICE.email, by: OWNER },
  ]);
  expect(JSON.stringify(trail)).not.toContain(invitation);
});

test('at most 20 are open; withdrawing one makes room', () => {
  const world = scene();
  for (let times = 0; times < 20; times++) invited(world);
  const error = errorOf(() => invited(world));
  expect(error.what).toContain('20 open invitations');
  withdrawInvitation(world.host, openInvitations(world.mine(), NOW_MS)[0]?.id ?? '');
  invited(world);
  expect(openInvitations(world.mine(), NOW_MS)).toHaveLength(20);
});

test('without the OAuth client there is a page that says so', () => {
  const world = scene();
  const parameter = invited(world);
  world.host.user.delete('oauth.client');
  expect(openInvitation(world.host, parameter)).toMatchObject({
    kind: 'gone',
    why: expect.stringContaining('out of use'),
  });
  expect(errorOf(() => invited(world)).code).toBe('oauth-client-missing');
});

test('after seven days it is over, and the next one sweeps it', () => {
  const world = scene();
  const parameter = invited(world);
  world.host.setNow(NOW_MS + 7 * DAY_MS - 1);
  expect(openInvitation(world.host, parameter).kind).toBe('page');
  world.host.setNow(NOW_MS + 7 * DAY_MS);
  expect(openInvitation(world.host, parameter)).toMatchObject({
    kind: 'gone',
    why: expect.stringContaining('seven days'),
  });
  invited(world);
  expect(Object.keys(world.mine()).filter((key) => key.startsWith('invitation.'))).toHaveLength(1);
});

test('a look at the page begins nothing, so that link previews push out nobody’s attempt', () => {
  const world = scene();
  const parameter = invited(world, OFFICE.email);
  const url = consentPage(world, parameter);
  const before = world.mine();
  for (let times = 0; times < 12; times++) openInvitation(world.host, parameter);
  expect(world.mine()).toEqual(before);
  expect(finishConnect(world.host, world.consent(url, OFFICE), 'web-app').kind).toBe('connected');
});

test('begun over and over they push out their own attempts, and never what the owner began', () => {
  const world = scene();
  const links = [1, 2, 3, 4, 5].map(() => invited(world));
  const attempts = (): number =>
    Object.keys(world.mine()).filter((key) => key.startsWith('connect.attempt.')).length;
  const [first = {}] = links;
  for (let times = 0; times < 12; times++) consentPage(world, first);
  expect(attempts()).toBe(5);
  const { url } = beginConnect(world.host, { purposes: ['send'], expected: null, loginHint: null });
  for (const link of links) for (let times = 0; times < 5; times++) consentPage(world, link);
  expect(attempts()).toBe(20);
  expect(finishConnect(world.host, world.consent(url, OFFICE), 'callback').kind).toBe('connected');
});

test.each([
  ['cut short', (token: string) => token.slice(0, -2)],
  ['made up', () => 'e30.e30'],
  ['missing', () => ''],
])('a link that is %s gives a page that names nobody', (_how, change) => {
  const world = scene();
  const { invitation = '' } = invited(world);
  const opened = openInvitation(world.host, { invitation: change(invitation) });
  expect(opened).toMatchObject({ kind: 'gone', why: expect.stringContaining('not whole') });
  expect(JSON.stringify(opened)).not.toContain('@');
});

test('a state is no invitation, and an invitation no state, although one key signs both', () => {
  const world = scene();
  const parameter = invited(world);
  const state = new URL(consentPage(world, parameter)).searchParams.get('state') ?? '';
  expect(openInvitation(world.host, { invitation: state }).kind).toBe('gone');
  const asState = { state: parameter.invitation ?? '', code: 'x' };
  expect(finishConnect(world.host, asState, 'web-app')).toMatchObject({ kind: 'not-connected' });
});

test('when the web app runs as another account, it says so', () => {
  const world = scene();
  const parameter = invited(world);
  world.host.setUser('sam@blueheron.example');
  expect(openInvitation(world.host, parameter)).toMatchObject({
    kind: 'gone',
    why: expect.stringContaining('from their own account'),
  });
});

test('nothing deployed: the error says how to deploy', () => {
  const world = scene();
  const host = {
    ...world.host,
    webAppUrl: () => 'https://script.google.com/macros/s/AKfycb-local-deployment/dev',
  };
  const error = errorOf(() => makeInvitation(host, WISH));
  expect(error).toMatchObject({ code: 'web-app-missing', kind: 'setup' });
  expect(error.now).toContain('Deploy › New deployment › Web app');
  storeWebAppUrl(host, ` ${WEB_APP}\n`);
  expect(makeInvitation(host, WISH).url.startsWith(`${WEB_APP}?`)).toBe(true);
});

test.each([
  [WEB_APP, null],
  ['https://script.google.com/a/macros/blueheron.example/s/AKfycb-local-deployment/exec', null],
  ['https://script.google.com/macros/s/AKfycb-local-deployment/dev', 'ends in /exec'],
  ['https://script.google.com/macros/u/1/s/AKfycb-local-deployment/exec', '/u/'],
  [`${WEB_APP}?c=1`, 'looks like'],
  [`http${WEB_APP.slice(5)}`, 'looks like'],
  ['https://script.google.com.evil.example/macros/s/AKfycb-local-deployment/exec', 'looks like'],
  [`https://evil.example/?${WEB_APP}`, 'looks like'],
])('the address %s is judged', (url, words) => {
  if (words === null) expect(webAppUrlProblem(url)).toBeNull();
  else expect(webAppUrlProblem(url)).toContain(words);
});
