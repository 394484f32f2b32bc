import { readAccounts } from '../../src/accounts/account-store.ts';
import { waitingConnections } from '../../src/accounts/connect.ts';
import { disconnectAccount, dropPurpose } from '../../src/accounts/disconnect.ts';
import { readTrail } from '../../src/accounts/trail.ts';
import type { Host } from '../../src/host/host.ts';
import { errorOf, OWNER } from '../tools/fake-host.ts';
import { DOCK, failingAfterEffect, OFFICE, type Scene, scene } from './fake-google.ts';

function connected(): Scene {
  const world = scene();
  world.connect(OFFICE, ['send', 'calendar']);
  return world;
}

test('disconnecting revokes the refresh token at Google and forgets the account', () => {
  const world = connected();
  world.connect(DOCK, ['send']);
  expect(disconnectAccount(world.host, OFFICE.subject, OWNER)).toMatchObject({
    email: OFFICE.email,
    revoked: 'revoked',
  });
  expect(world.revoked).toEqual(['refresh-1-secret']);
  expect(readAccounts(world.mine()).accounts).toMatchObject([{ subject: DOCK.subject }]);
  expect(JSON.stringify(world.mine())).not.toContain('-1-secret');
  expect(readTrail(world.mine()).at(-1)).toMatchObject({
    what: 'disconnected',
    email: OFFICE.email,
    by: OWNER,
  });
});

test.each(['unreachable', { status: 503, body: '<html>' }] as const)(
  'when Google can’t be asked (%j) the account is forgotten all the same, and the page to end it is named',
  (answer) => {
    const world = connected();
    world.answerWith(() => answer);
    const done = disconnectAccount(world.host, OFFICE.subject, OWNER);
    expect(done).toMatchObject({ revoked: 'failed' });
    expect(done.why).toContain('myaccount.google.com/permissions');
    expect(readAccounts(world.mine()).accounts).toEqual([]);
  },
);

test('when the store forgot the account and said that it failed, its access is ended all the same', () => {
  const world = connected();
  const host = failingAfterEffect(world.host, 'remove', /^account\./);
  expect(disconnectAccount(host, OFFICE.subject, OWNER)).toMatchObject({ revoked: 'revoked' });
  expect(world.revoked).toEqual(['refresh-1-secret']);
});

test('who connects again while Google does not answer keeps the new access', () => {
  const world = connected();
  let asked = 0;
  const host: Host = {
    ...world.host,
    sleep: (ms) => {
      world.host.sleep(ms);
      if (asked !== 1) return;
      world.answerWith(null);
      world.connect(OFFICE, ['send']);
    },
  };
  world.answerWith(() => {
    asked++;
    return { status: 503, body: '<html>' };
  });
  expect(disconnectAccount(host, OFFICE.subject, OWNER)).toMatchObject({
    revoked: 'kept-shared',
    why: expect.stringContaining('is connected here'),
  });
  expect(world.revoked).toEqual([]);
  const [account] = readAccounts(world.mine()).accounts;
  expect(world.honors(account?.refreshToken ?? null)).toBe(true);
});

test('an answer that fails for the moment is asked for again', () => {
  const world = connected();
  let left = 2;
  world.answerWith(() => (left-- > 0 ? 'unreachable' : { status: 200, body: {} }));
  expect(disconnectAccount(world.host, OFFICE.subject, OWNER)).toMatchObject({ revoked: 'revoked' });
});

test('no lease of the account is left behind, nor that of grants', () => {
  const world = connected();
  world.host.user.set(`lease.token.${OFFICE.subject}`, '{}');
  disconnectAccount(world.host, OFFICE.subject, OWNER);
  expect(Object.keys(world.mine()).filter((key) => key.startsWith('lease.'))).toEqual([]);
});

test('when another window keeps the lease of grants, the person hears so, and not that Google was silent', () => {
  const world = connected();
  const sinceMs = world.host.now();
  const lease = { owner: 'x', who: 'x', sinceMs, expiresMs: sinceMs + 180_000 };
  world.host.user.set('lease.grants', JSON.stringify(lease));
  const { revoked, why } = disconnectAccount(world.host, OFFICE.subject, OWNER);
  expect(revoked).toBe('failed');
  expect(why).toMatch(/Another window is connecting or disconnecting.*permissions.*office@/);
  expect(why).not.toContain('Google could not be asked');
  expect(world.revoked).toEqual([]);
});

test('who connects again between two tries of the store stays connected', () => {
  const world = connected();
  const failing = failingAfterEffect(world.host, 'remove', /^account\./);
  const host: Host = {
    ...failing,
    sleep: (ms) => {
      world.host.sleep(ms);
      world.connect(OFFICE, ['send']);
    },
  };
  expect(disconnectAccount(host, OFFICE.subject, OWNER)).toMatchObject({ revoked: 'kept-shared' });
  expect(readAccounts(world.mine()).accounts).toMatchObject([{ refreshToken: 'refresh-2-secret' }]);
  expect(world.revoked).toEqual([]);
});

test('an access that had ended already is said to have', () => {
  const world = connected();
  world.answerWith(() => ({ status: 400, body: { error: 'invalid_token' } }));
  expect(disconnectAccount(world.host, OFFICE.subject, OWNER)).toMatchObject({ revoked: 'not-valid' });
});

test('the account is forgotten before Google is asked: no run that starts meanwhile uses it', () => {
  const world = connected();
  let left: unknown[] = ['nobody asked'];
  world.answerWith(() => {
    left = [...readAccounts(world.mine()).accounts];
    return { status: 200, body: {} };
  });
  disconnectAccount(world.host, OFFICE.subject, OWNER);
  expect(left).toEqual([]);
});

test('one’s own account is not revoked: the script’s authorization may be the same grant', () => {
  const world = connected();
  world.host.setUser(OFFICE.email.toUpperCase());
  const done = disconnectAccount(world.host, OFFICE.subject, OFFICE.email);
  expect(done).toMatchObject({ revoked: 'kept-shared', why: expect.stringContaining('your own account') });
  expect(world.revoked).toEqual([]);
  expect(readAccounts(world.mine()).accounts).toEqual([]);
});

test('while a connection of the same account waits nothing is revoked', () => {
  const world = connected();
  world.connect(DOCK, ['send']);
  world.connect(DOCK, ['send'], { expected: OFFICE.subject });
  expect(waitingConnections(world.mine())).toHaveLength(1);
  expect(disconnectAccount(world.host, DOCK.subject, OWNER)).toMatchObject({ revoked: 'kept-shared' });
  expect(world.revoked).toEqual([]);
});

test('records that an older version kept under another key go, too', () => {
  const world = connected();
  const record = world.host.user.get(`account.${OFFICE.subject}`) ?? '';
  world.host.user.set(`account.${OFFICE.email}`, record);
  disconnectAccount(world.host, OFFICE.subject, OWNER);
  expect(readAccounts(world.mine()).accounts).toEqual([]);
  expect(Object.keys(world.mine()).filter((key) => key.startsWith('account.'))).toEqual([]);
});

test('an account that is not there is said to be gone, and nothing is asked', () => {
  const world = connected();
  const rounds = world.host.rounds.length;
  expect(errorOf(() => disconnectAccount(world.host, DOCK.subject, OWNER)).code).toBe('account-unknown');
  expect(world.host.rounds).toHaveLength(rounds);
});

test('a purpose that is dropped leaves the token and the other purposes', () => {
  const world = connected();
  expect(dropPurpose(world.host, OFFICE.subject, 'send', OWNER)).toMatchObject({
    purposes: ['calendar'],
    refreshToken: 'refresh-1-secret',
  });
  expect(readAccounts(world.mine()).accounts).toMatchObject([{ purposes: ['calendar'] }]);
  expect(world.revoked).toEqual([]);
});
