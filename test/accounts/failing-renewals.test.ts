/** Renewals that Google refuses without ending the connection, and those that fail for longer than trouble lasts. */
import type { AccountRecord } from '../../src/accounts/account.ts';
import { accountEntry, connectedRecord, readAccount } from '../../src/accounts/account-store.ts';
import { enterOAuthClient } from '../../src/accounts/enter-client.ts';
import { accountHealth, checkAccounts, failuresToTell, markTold } from '../../src/accounts/health.ts';
import { readTrail } from '../../src/accounts/trail.ts';
import type { Answer } from '../tools/fake-host.ts';
import { errorOf, NOW_MS } from '../tools/fake-host.ts';
import {
  accountOf,
  bearerOf,
  EMAIL,
  HOUR_MS,
  mineOf,
  type Scene,
  SUBJECT,
  tokenScene,
} from './token-scene.ts';
import { CLIENT } from './token-server.ts';

const JOB = `May 2026’s statement can’t be sent from ${EMAIL}.`;
const OTHER = { clientId: 'other.apps.googleusercontent.com', clientSecret: 'other-client-secret' };
const TOKEN = 'https://oauth2.googleapis.com/token';
const refusal = (error: string, status = 400): Answer => ({
  status,
  body: { error, error_description: 'No.' },
});

/** Google's token endpoint answers this, until it is changed. */
function answering(first: Answer | undefined) {
  const now: { answer: Answer | undefined } = { answer: first };
  const scene = tokenScene({ instead: ({ url }) => (url === TOKEN ? now.answer : undefined) });
  return { ...scene, now };
}

function checkFor({ host }: Pick<Scene, 'host'>, hours: number): void {
  for (let gone = 0; gone < hours; gone++) {
    checkAccounts(host, { by: 'hourly check' });
    host.setNow(host.now() + HOUR_MS);
  }
}

const subjects = (records: readonly AccountRecord[]) => records.map(({ subject }) => subject);

describe('a renewal that Google refuses', () => {
  test.each([
    ['access_denied', 'administrator'],
    ['admin_policy_enforced', 'API controls'],
    ['org_internal', 'External'],
    ['invalid_scope', 'reconnect'],
    ['invalid_request', 'reconnect'],
    ['something new', 'reconnect'],
  ])(
    '(%s) is told at once and every day, with the job that fails and what to do, and keeps the tokens',
    (error, advice) => {
      const scene = answering(refusal(error));
      checkFor(scene, 1);
      const record = scene.record();
      expect(record.refreshToken).not.toBeNull();
      expect(subjects(failuresToTell([record], scene.host.now()).daily)).toEqual([SUBJECT]);
      const { state, words } = accountHealth(record, [JOB], scene.host.now());
      expect(state).toBe('failing');
      expect(words).toContain(JOB);
      expect(words.join(' ')).toContain(advice);
      expect(words.join(' ')).not.toContain('nothing is lost');
      checkFor(scene, 30);
      expect(subjects(failuresToTell([scene.record()], scene.host.now()).daily)).toEqual([SUBJECT]);
      scene.now.answer = undefined;
      checkFor(scene, 1);
      expect(failuresToTell([scene.record()], scene.host.now())).toEqual({ daily: [], once: [] });
    },
  );

  test('is said before an end that is near: nobody can wait for that one', () => {
    const ending = { refreshTokenExpiresAt: new Date(NOW_MS + 48 * HOUR_MS).toISOString() };
    const at = new Date(NOW_MS).toISOString();
    const lastError = { at, code: 'oauth-refused', what: 'Google says no.', now: 'Ask them.' };
    const record = { ...accountOf(HOUR_MS), ...ending, lastError };
    expect(accountHealth(record, [JOB], NOW_MS).words).toEqual(
      expect.arrayContaining([JOB, 'Ask them.', expect.stringContaining('Google says no.')]),
    );
  });
});

describe('a renewal that fails for the moment', () => {
  test('is told once when that has lasted longer than a day, and again only after it has worked in between', () => {
    const scene = answering({ status: 503 });
    const due = () => subjects(failuresToTell([scene.record()], scene.host.now()).once);
    checkFor(scene, 23);
    expect(due()).toEqual([]);
    checkFor(scene, 3);
    expect(due()).toEqual([SUBJECT]);
    const { words } = accountHealth(scene.record(), [JOB], scene.host.now());
    expect(words.join(' ')).toMatch(/has failed since June 1, 2026\..*If it stays so: May.*nothing is lost/);
    markTold(scene.host, [SUBJECT], 'failures');
    expect(readTrail(mineOf(scene.host)).at(-1)).toMatchObject({
      what: 'told',
      detail: 'service-unavailable',
    });
    checkFor(scene, 48);
    expect(due()).toEqual([]);
    scene.now.answer = undefined;
    checkFor(scene, 1);
    expect(scene.record().toldAt).toBeNull();
    scene.now.answer = { status: 429 };
    checkFor(scene, 30);
    expect(due()).toEqual([SUBJECT]);
  });

  test('is remembered from its first failure, whatever the others fail with', () => {
    const scene = answering({ status: 503 });
    checkFor(scene, 20);
    scene.now.answer = 'unreachable';
    checkFor(scene, 6);
    expect(scene.record().lastError?.code).toBe('network-failed');
    expect(failuresToTell([scene.record()], scene.host.now()).once).toHaveLength(1);
  });

  test('and has worked since the owner was told is not marked for the failures that come later', () => {
    const { host, record } = tokenScene({ leftMs: HOUR_MS });
    markTold(host, [SUBJECT], 'failures');
    expect(record()).toMatchObject({ lastError: null, toldAt: null });
  });
});

describe('another client was entered than the accounts were connected with', () => {
  const foreign = (answer: Answer): Scene => {
    const scene = tokenScene({
      instead: ({ body }) => (String(body).includes('other.apps') ? answer : undefined),
    });
    enterOAuthClient(scene.host, OTHER);
    return scene;
  };

  test.each([
    ['unauthorized_client', refusal('unauthorized_client', 401)],
    ['invalid_grant', refusal('invalid_grant')],
  ])('Google says %s: nothing is cleared, and the words say to enter the other one again', (_, answer) => {
    const { host, record } = foreign(answer);
    const error = errorOf(() => bearerOf(host).token());
    expect(error.code).toBe('oauth-client-refused');
    expect(error.what).toContain('connected with another OAuth client');
    expect(error.now).toMatch(/enter that client again, or reconnect/);
    expect(record()).toMatchObject({ dead: null, refreshToken: expect.any(String) });
    enterOAuthClient(host, CLIENT);
    expect(bearerOf(host).token()).toBe(record().accessToken);
  });

  test('who enters it hears which accounts are of which other client, and their records remember', () => {
    const { host, record } = tokenScene();
    expect(record().clientId).toBeUndefined();
    const others = { emails: [EMAIL], clientIds: [CLIENT.clientId] };
    expect(enterOAuthClient(host, OTHER)).toEqual(others);
    expect(record().clientId).toBe(CLIENT.clientId);
    expect(enterOAuthClient(host, { ...OTHER, clientSecret: 'a-newer-secret' })).toEqual(others);
    expect(enterOAuthClient(host, CLIENT)).toEqual({ emails: [], clientIds: [] });
  });

  test('with an account that must be connected anyway, or with another secret only, nothing is said', () => {
    const { host, server } = tokenScene();
    expect(enterOAuthClient(host, { ...CLIENT, clientSecret: 'a-newer-secret' }).emails).toEqual([]);
    enterOAuthClient(host, CLIENT);
    server.revoke();
    errorOf(() => bearerOf(host).token());
    expect(enterOAuthClient(host, OTHER).emails).toEqual([]);
  });

  test('a renewal that works shows whose the connection is', () => {
    const { host, record } = tokenScene();
    expect(record().clientId).toBeUndefined();
    bearerOf(host).token();
    expect(record().clientId).toBe(CLIENT.clientId);
  });

  test('a consent shows it as well, but not one that leaves the refresh token of before', () => {
    const reply = {
      accessToken: 'access-secret',
      tokenType: 'Bearer',
      lifetimeSeconds: 3599,
      refreshToken: 'refresh-secret' as string | null,
      refreshTokenLifetimeSeconds: null,
      scopes: null,
      idToken: null,
    };
    const identity = { subject: SUBJECT, email: EMAIL, emailVerified: true, name: '' };
    const consent = { identity, purposes: ['send'] as const, nowMs: NOW_MS };
    const first = connectedRecord({ ...consent, reply, before: null, clientId: CLIENT.clientId });
    expect(first.clientId).toBe(CLIENT.clientId);
    const again = { ...consent, before: first, clientId: OTHER.clientId };
    expect(connectedRecord({ ...again, reply: { ...reply, refreshToken: null } }).clientId).toBe(
      CLIENT.clientId,
    );
    expect(connectedRecord({ ...again, reply }).clientId).toBe(OTHER.clientId);
  });

  test('what the record says of it, and of a row of failures, is read as it was written', () => {
    const at = new Date(NOW_MS).toISOString();
    const lastError = { at, code: 'oauth-refused', what: 'w', now: 'n', since: at, toldAt: at };
    const record: AccountRecord = { ...accountOf(0), clientId: 'id', stopped: ['bookings'], lastError };
    expect(readAccount(accountEntry(record), SUBJECT)).toEqual(record);
  });
});
