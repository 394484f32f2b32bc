/** The accounts part of the sidebar: how each account and AWS are, what fails, and the way back in. */

import { OWN_SCOPES } from '../../src/accounts/own-scopes.ts';
import { newState, stateKey } from '../../src/calendar/sync-state.ts';
import type { AccountLine } from '../../src/sidebar/month/contract.ts';
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';
import { resultOf, sidebarOf } from './sidebar-calls.ts';

const OFFICE = 'office@harbor.example';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const lines = (): readonly AccountLine[] => resultOf(sidebarOf(purser)('sidebarAccounts')).lines;

const OWN: AccountLine = {
  id: 'built-in',
  name: OWNER.email,
  state: 'good',
  stateWords: 'Your own account',
  forecast: [],
  reconnectUrl: null,
};

it('a role and accounts that work are good, and there is nothing to do', async () => {
  await purser.begin({ settings: { 'Send from': OFFICE } });
  const subject = await purser.connect(OFFICE, ['send']);
  expect(lines()).toEqual([
    {
      id: 'aws',
      name: 'AWS',
      state: 'good',
      stateWords: 'Connected as a role',
      forecast: ['Renewed by itself every hour.'],
      reconnectUrl: null,
    },
    OWN,
    { id: subject, name: OFFICE, state: 'good', stateWords: 'Connected', forecast: [], reconnectUrl: null },
  ]);
});

it('an account whose access ended says which statement fails without it, and where to sign in again', async () => {
  await purser.begin({ settings: { 'Send from': OFFICE } });
  const dead = { at: '2026-06-01T09:00:00.000Z', cause: 'revoked' } as const;
  await purser.connect(OFFICE, ['send'], { dead, refreshToken: null, accessToken: null });
  const office = lines().find(({ name }) => name === OFFICE);
  expect(office).toMatchObject({ state: 'reconnect', stateWords: 'Must be connected again' });
  expect(office?.forecast.join(' ')).toContain(`May 2026’s statement can’t be sent from ${OFFICE}.`);
  expect(office?.reconnectUrl).toMatch(/^https:\/\/accounts\.google\.com\/o\/oauth2\//);
  const page = purser.signIn(office?.reconnectUrl ?? '', { email: OFFICE });
  expect(page.html).toContain(OFFICE);
  expect(lines().find(({ name }) => name === OFFICE)).toMatchObject({ state: 'good', reconnectUrl: null });
});

it('calendars say how they stand: the company’s with your own account, each of the others with its own', async () => {
  await purser.begin({ settings: { 'Charters calendar': 'charters@group.calendar.google.com' } });
  await purser.connect('ben@harbor.example', ['calendar'], { calendar: { id: 'sails', name: 'Sails' } });
  await purser.connect('ines@harbor.example', ['calendar']);
  const state = { ...newState('ben@harbor.example', 'sails'), readAt: '2026-06-01T09:40:00.000Z' };
  const held = { ...state, held: { count: 14, digest: 'd' } };
  purser.appsScript().properties('document').set(stateKey('ben', 'sails'), JSON.stringify(held));
  const forecasts = Object.fromEntries(lines().map(({ name, forecast }) => [name, forecast]));
  expect(forecasts).toMatchObject({
    [OWNER.email]: ['Charters calendar: not read yet.'],
    'ben@harbor.example': [
      'Calendar: read within the last 20 minutes; 14 deletions wait: Purser › Sync calendars… asks you.',
    ],
    'ines@harbor.example': ['Calendar: not read yet.'],
  });
});

it('what was not granted of your own account is said, with what will not work', async () => {
  await purser.begin();
  const scopes = OWN_SCOPES.map(({ scope }) => scope).filter((scope) => !scope.endsWith('gmail.send'));
  await purser.workspace.grantScopes(OWNER.email, scopes);
  const own = lines().find(({ id }) => id === 'built-in');
  expect(own?.state).toBe('failing');
  expect(own?.forecast.join(' ')).toContain('no statement can be sent');
});

it('AWS that was never entered, and AWS that refuses, say that no statement can be made', async () => {
  await purser.begin({ setUp: 'owner-only' });
  expect(lines()).toMatchObject([
    {
      id: 'aws',
      state: 'missing',
      forecast: ['May 2026’s statement can’t be made.', expect.stringContaining('Set up…')],
    },
    OWN,
  ]);
  await purser.begin();
  purser.at('2026-06-01', 12);
  const refused =
    '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>';
  await purser.faults({ host: 'sts.', play: { answer: { status: 403, body: refused } } });
  const [aws] = lines();
  expect(aws).toMatchObject({ state: 'failing', stateWords: 'AWS refuses' });
  expect(aws?.forecast.join(' ')).toContain('May 2026’s statement can’t be made.');
});

it('with access keys nothing is asked of AWS', async () => {
  await purser.begin({ aws: 'keys' });
  const before = purser.trace().length;
  expect(lines()).toMatchObject([{ id: 'aws', state: 'good', stateWords: 'With an access key' }, OWN]);
  expect(
    purser
      .trace()
      .slice(before)
      .map(({ request }) => new URL(request.url).host),
  ).not.toContain('sts.us-east-1.amazonaws.com');
});

it('no token, key or secret is among them', async () => {
  await purser.begin({ aws: 'keys', settings: { 'Send from': OFFICE } });
  await purser.connect(OFFICE, ['send']);
  const said = JSON.stringify(lines());
  const kept = [...purser.appsScript().properties('user').values()].join('\n');
  const named = /"(?:accessToken|refreshToken|secretAccessKey|accessKeyId|clientSecret)":"([^"]+)"/g;
  const secrets = [...kept.matchAll(named)].map(([, secret = '']) => secret);
  expect(secrets.length).toBeGreaterThanOrEqual(4);
  for (const secret of secrets) expect(said).not.toContain(secret);
});

it('before Set up… there is nobody whose accounts they could be', async () => {
  await purser.begin({ setUp: false });
  expect(sidebarOf(purser)('sidebarAccounts')).toMatchObject({ ok: false, error: { code: 'not-set-up' } });
});
