/** The bundle has what the sidebar’s contract promises, and nobody but the owner, in the workbook, gets anything from it. */
/// <reference path="../../src/addon/html.d.ts" />
import type * as main from '../../src/addon/main.ts';
import type { SidebarCalls } from '../../src/sidebar/month/contract.ts';
import type { Purser } from '../tools/purser.ts';
import { OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';
import { sidebarOf } from './sidebar-calls.ts';

/** Does not compile when the server’s functions are not those of the contract. */
const asPromised = (server: Pick<typeof main, keyof SidebarCalls>): SidebarCalls => server;

const CERTIFIED = { sha256: 'a'.repeat(64), seal: 'b'.repeat(16), name: 'Mallory', sendNow: true };
const CALLS = {
  sidebarView: [null],
  sidebarProgress: [],
  sidebarCheck: ['2026-05'],
  sidebarPrepare: ['2026-05'],
  sidebarSend: ['2026-05', CERTIFIED],
  sidebarResolve: ['2026-05', 'sent', null],
  sidebarAccept: ['2026-05', { key: '["crew-unknown","C-1",null,0]', reason: 'So be it', name: 'Mallory' }],
  sidebarAccounts: [],
  sidebarSetUp: [],
  sidebarTest: ['settings'],
  sidebarMakeAgain: ['2026-05', 'May 2026'],
} as const satisfies { readonly [Name in keyof SidebarCalls]: Parameters<SidebarCalls[Name]> };

const OWNERS_ONLY = [
  'sidebarCheck',
  'sidebarPrepare',
  'sidebarSend',
  'sidebarResolve',
  'sidebarAccept',
  'sidebarAccounts',
] as const;

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
  await purser.begin({ setUp: 'owner-only' });
});

it('the bundle exports every call of the contract', () => {
  expect(asPromised).toBeInstanceOf(Function);
  expect([...purser.appsScript().functions()]).toEqual(expect.arrayContaining(Object.keys(CALLS)));
});

it('the menu opens the sidebar first, and the sidebar is the page that makes these calls', () => {
  purser.appsScript().run('onOpen');
  expect(purser.appsScript().menus().get('Purser')?.[0]).toMatchObject({ functionName: 'openSidebar' });
  purser.appsScript().run('openSidebar');
  const shown = purser.appsScript().shown.at(-1);
  expect(shown).toMatchObject({ kind: 'sidebar', title: 'Purser', width: null });
  const { html } = shown?.kind === 'sidebar' ? shown : { html: '' };
  expect(Object.keys(CALLS).filter((name) => !html.includes(name))).toEqual([]);
});

it.each(Object.keys(CALLS) as (keyof typeof CALLS)[])('%s refuses a visitor of the web app', (name) => {
  const before = { ...purser.appsScript().counts };
  const visitor = { from: 'web-app', as: OWNER.email, withDocument: true } as const;
  const answer = purser.appsScript().call(name, CALLS[name], visitor);
  expect(answer).toMatchObject({ ok: false, error: { code: 'no-workbook' } });
  expect(JSON.stringify(answer)).not.toContain(OWNER.email);
  expect(purser.appsScript().counts).toEqual(before);
});

it.each(OWNERS_ONLY)('%s refuses another person of the workbook, and says whom to ask', (name) => {
  const before = purser.trace().length;
  const answer = purser.appsScript().call(name, CALLS[name], { as: 'dana@harbor.example' });
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'not-trigger-owner', what: expect.stringContaining(OWNER.email) },
  });
  const writes = purser
    .trace()
    .slice(before)
    .filter(({ request }) => request.method !== 'GET' && !request.url.includes('ByDataFilter'));
  expect(writes).toEqual([]);
});

const NO_MONTHS: readonly unknown[] = ['2026-13', 'May 2026', '', 5, {}, '<img src=x onerror=alert(1)>'];

it.each([
  'sidebarView',
  'sidebarCheck',
  'sidebarPrepare',
  'sidebarSend',
  'sidebarResolve',
  'sidebarAccept',
] as const)('%s says in words that something is no month', (name) => {
  for (const month of NO_MONTHS) {
    expect(purser.appsScript().call(name, [month, ...CALLS[name].slice(1)])).toMatchObject({
      ok: false,
      error: { code: 'month-invalid', what: expect.stringContaining('is not a month') },
    });
  }
});

it('what is no certification is not understood, and a blank name certifies nothing', () => {
  const call = sidebarOf(purser);
  const made: readonly unknown[] = [
    null,
    'Nora',
    {},
    { ...CERTIFIED, sha256: 'short' },
    { ...CERTIFIED, sendNow: 1 },
  ];
  for (const one of made) {
    const answer = purser.appsScript().call('sidebarSend', ['2026-05', one]);
    expect(answer).toMatchObject({ ok: false, error: { code: 'call-malformed' } });
  }
  for (const name of ['', '  ', '\n']) {
    expect(call('sidebarSend', '2026-05', { ...CERTIFIED, name })).toMatchObject({
      ok: false,
      error: { code: 'name-missing', now: 'Type your name to certify the statement.' },
    });
  }
});
