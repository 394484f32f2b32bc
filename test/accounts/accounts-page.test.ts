/** docs/accounts.md is where people look up what they see: it must have the very words that Purser says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEATH_CAUSES, PURPOSE_SCOPES } from '../../src/accounts/account.ts';
import {
  accountExpired,
  accountUnknown,
  notKept,
  refusedTooOften,
  requirePurpose,
  tokenBusy,
} from '../../src/accounts/account-errors.ts';
import { nothingHerePage, outcomePage } from '../../src/accounts/callback-pages.ts';
import * as connecting from '../../src/accounts/connect-errors.ts';
import { causeWords } from '../../src/accounts/death-cause.ts';
import { enterOAuthClient } from '../../src/accounts/enter-client.ts';
import { whyGone } from '../../src/accounts/invitation-store.ts';
import { makeInvitation, openInvitation } from '../../src/accounts/invitations.ts';
import { loadOAuthClient } from '../../src/accounts/oauth-client.ts';
import { unverifiedWords } from '../../src/accounts/purpose-words.ts';
import { revocationBusy, revocationFailed } from '../../src/accounts/revocation.ts';
import { webAppUrlProblem } from '../../src/accounts/web-app-url.ts';
import { STATE_WORDS } from '../../src/addon/accounts-words.ts';
import { anotherClient, readOAuthReply, refusalError } from '../../src/clients/google/oauth-reply.ts';
import { PurserError } from '../../src/host/errors.ts';
import { fakeHost, NOW_MS } from '../tools/fake-host.ts';
import { accountOf, HOUR_MS } from './token-scene.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/accounts.md'), 'utf8').replace(/\s+/g, ' ');

/** Where a value would stand, the page has this. */
const ANY = '…';
const record = { ...accountOf(HOUR_MS), email: ANY };
const renewal = { name: 'Google token renewal', repeatable: true, secrets: [] };

function thrownBy(action: () => unknown): PurserError {
  try {
    action();
  } catch (thrown) {
    if (thrown instanceof PurserError) return thrown;
  }
  throw new Error('Nothing of Purser’s was thrown.');
}

const unverified = {
  kind: 'other-account',
  expectedEmail: '',
  email: ANY,
  emailVerified: false,
  waitingId: '1',
} as const;

/** Without its last dot, so that the page may end the quotation there. */
function firstSentence(text: string): string {
  return (text.split(/(?<=\.) /)[0] ?? '').replace(/\.$/, '');
}

function invitationOf(change: { usedAt: string | null; expiresMs: number }) {
  return {
    schema: 1 as const,
    id: 'i',
    purposes: [],
    email: null,
    company: '',
    workbookUrl: '',
    by: '',
    webAppUrl: '',
    createdAt: new Date(NOW_MS).toISOString(),
    expiresAt: new Date(change.expiresMs).toISOString(),
    usedAt: change.usedAt,
  };
}

describe('docs/accounts.md has the words that Purser says', () => {
  test.each(DEATH_CAUSES)('when a connection ended: %s', (cause) => {
    expect(page).toContain(`“${firstSentence(causeWords(cause, record))}`);
  });

  const errors: readonly [string, string, PurserError][] = [
    ['it ended', 'account-expired', accountExpired(record)],
    ['an account is not there', 'account-unknown', accountUnknown('1', null)],
    ['a record can’t be read', 'account-unknown', accountUnknown('1', ANY)],
    [
      'a scope lacks',
      'account-scope-missing',
      thrownBy(() => requirePurpose({ ...record, scopes: ['openid', PURPOSE_SCOPES.send[0] ?? ''] }, 'send')),
    ],
    [
      'a purpose lacks',
      'account-scope-missing',
      thrownBy(() => requirePurpose({ ...record, purposes: ['bookings'] }, 'send')),
    ],
    ['tokens are refused time and again', 'google-refused', refusedTooOften(record, 3)],
    ['another client was entered', 'oauth-client-refused', anotherClient(401, ANY)],
    ['another run renews', 'token-busy', tokenBusy('1', ANY)],
    ['the store failed', 'service-unavailable', notKept(record, new Error('x'))],
    ['there is no client', 'oauth-client-missing', thrownBy(() => loadOAuthClient({}))],
  ];
  test.each(errors)('when %s (%s)', (_, code, error) => {
    expect(error.code).toBe(code);
    expect(page).toContain(firstSentence(error.what));
    expect(page).toContain(`\`${code}\``);
  });

  test('when Google refuses the client, is down or throttles', () => {
    const refusal = { status: 401, error: 'invalid_client', subtype: null, description: '' };
    const client = refusalError(renewal, refusal);
    expect(page).toContain(firstSentence(client.what).replace('invalid_client', ANY));
    for (const status of [503, 429]) {
      const reply = { status, headers: {}, text: () => '<html>', bytes: () => new Uint8Array() };
      const answer = readOAuthReply(renewal, reply);
      if (answer.kind !== 'trouble' || answer.settled.kind !== 'retry') throw new Error('not trouble');
      expect(page).toContain(firstSentence(answer.settled.error.what));
    }
  });

  test.each(['access_denied', 'admin_policy_enforced', 'org_internal', 'invalid_scope', ANY])(
    'when Google refuses a renewal: %s',
    (error) => {
      const { code, what } = refusalError(renewal, { status: 400, error, subtype: null, description: '' });
      expect(page).toContain(firstSentence(what));
      expect(page).toContain(`\`${code}\``);
    },
  );

  const whileConnecting: readonly [keyof typeof connecting, PurserError][] = [
    ['notOurs', connecting.notOurs()],
    ['tooLate', connecting.tooLate(10)],
    ['usedUp', connecting.usedUp()],
    ['noCode', connecting.noCode('x')],
    ['codeRefused', connecting.codeRefused()],
    ['stillEnding', connecting.stillEnding()],
    ['noEmail', connecting.noEmail()],
    ['noRefreshToken', connecting.noRefreshToken(ANY)],
    ['invitationGone', connecting.invitationGone('This invitation is older than seven days.')],
    ['recordUnreadable', connecting.recordUnreadable(ANY)],
    ['tooManyWaiting', connecting.tooManyWaiting()],
    ['notWaiting', connecting.notWaiting()],
    ['notConnected', connecting.notConnected()],
  ];
  test.each(whileConnecting)('when a connection is not made: %s', (_, error) => {
    expect(page).toContain(`“${firstSentence(error.what).replace('(x)', `(${ANY})`)}`);
  });

  test('and none of those is forgotten', () => {
    expect(whileConnecting.map(([name]) => name).sort()).toEqual(Object.keys(connecting).sort());
  });

  test('when an access could not be ended, or the address is not checked', () => {
    expect(page).toContain(`“${firstSentence(revocationFailed(ANY).why)}`);
    expect(page).toContain(`“${firstSentence(revocationBusy(ANY).why)}`);
    expect(page).toContain(`“${outcomePage(unverified, 'callback').title.replace('Purser: ', '')}”`);
    expect(page).toContain(firstSentence(unverifiedWords(ANY)));
  });

  test('on the pages of invitations, and where one is made', () => {
    const host = fakeHost();
    enterOAuthClient(host, { clientId: 'id', clientSecret: 'secret' });
    const request = { purposes: ['send' as const], email: null, company: '', workbookUrl: '' };
    const foreign = openInvitation(host, { invitation: 'cut' });
    const words = [
      whyGone(undefined, NOW_MS),
      whyGone(invitationOf({ usedAt: new Date(NOW_MS).toISOString(), expiresMs: NOW_MS }), NOW_MS),
      whyGone(invitationOf({ usedAt: null, expiresMs: NOW_MS }), NOW_MS),
      foreign.kind === 'gone' ? foreign.why : null,
      webAppUrlProblem('https://script.google.com/macros/s/abcdefghijkl/dev'),
      thrownBy(() => makeInvitation(host, request)).what,
    ];
    for (const one of words) expect(page).toContain(`“${firstSentence(one ?? 'nothing was said')}`);
    const [, nothing = 'no words'] = /<p>(This page only[^.]*)\./.exec(nothingHerePage().html) ?? [];
    expect(page).toContain(`“${nothing}`);
  });

  test('for each state that the dialog shows, but “Connected”', () => {
    const { connected: _, ...states } = STATE_WORDS;
    for (const words of Object.values(states)) expect(page).toContain(`“${words}”`);
  });

  test('and each scope that an account is asked for', () => {
    for (const scope of Object.values(PURPOSE_SCOPES).flat()) {
      expect(page).toContain(`\`${scope.replace('https://www.googleapis.com/auth/', '')}\``);
    }
  });
});
