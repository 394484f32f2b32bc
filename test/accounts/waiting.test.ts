import { readAccounts } from '../../src/accounts/account-store.ts';
import {
  beginConnect,
  confirmConnection,
  discardConnection,
  finishConnect,
  waitingConnections,
} from '../../src/accounts/connect.ts';
import { readTrail } from '../../src/accounts/trail.ts';
import { sweepWaiting } from '../../src/accounts/waiting.ts';
import { errorOf, NOW_MS, OWNER } from '../tools/fake-host.ts';
import { DOCK, failingAfterEffect, OFFICE, type Person, type Scene, scene } from './fake-google.ts';

const DAY_MS = 86_400_000;

/** Office is connected; reconnecting it, the person chooses another account. */
function switched(other: Person = DOCK): { world: Scene; id: string; before: string | undefined } {
  const world = scene();
  world.connect(OFFICE, ['send']);
  const before = world.host.user.get(`account.${OFFICE.subject}`);
  const outcome = world.connect(other, ['bookings'], { expected: OFFICE.subject });
  if (outcome.kind !== 'other-account') throw new Error(outcome.kind);
  expect(outcome).toMatchObject({ expectedEmail: OFFICE.email, email: other.email });
  return { world, id: outcome.waitingId, before };
}

test('reconnecting as another account changes nothing: the other one waits, and who looks sees no token', () => {
  const { world, id, before } = switched();
  expect(world.host.user.get(`account.${OFFICE.subject}`)).toBe(before);
  expect(readAccounts(world.mine()).accounts).toHaveLength(1);
  expect(waitingConnections(world.mine())).toEqual([
    {
      id,
      email: DOCK.email,
      expectedEmail: OFFICE.email,
      emailVerified: true,
      purposes: ['send', 'bookings'],
      since: '2026-06-01T10:00:00.000Z',
    },
  ]);
});

test('confirmed, the other account stands beside the expected one, with its own tokens and true expiry', () => {
  const { world, id, before } = switched();
  world.host.setNow(NOW_MS + 7_200_000);
  expect(confirmConnection(world.host, id)).toMatchObject({
    subject: DOCK.subject,
    refreshToken: 'refresh-2-secret',
    expiresAt: '2026-06-01T10:59:59.000Z',
  });
  expect(readAccounts(world.mine()).accounts.map(({ email }) => email)).toEqual([DOCK.email, OFFICE.email]);
  expect(world.host.user.get(`account.${OFFICE.subject}`)).toBe(before);
  expect(waitingConnections(world.mine())).toEqual([]);
  expect(readTrail(world.mine()).at(-1)).toMatchObject({ what: 'confirmed', email: DOCK.email, by: OWNER });
});

test('confirmed after the account was connected directly, the newer tokens stay', () => {
  const { world, id } = switched();
  world.host.setNow(NOW_MS + 60_000);
  world.connect(DOCK, ['calendar']);
  expect(confirmConnection(world.host, id)).toMatchObject({
    refreshToken: 'refresh-3-secret',
    purposes: ['send', 'bookings', 'calendar'],
  });
});

test('discarded, its access is ended at Google, and nothing of it is left', () => {
  const { world, id } = switched();
  discardConnection(world.host, id);
  expect(world.revoked).toEqual(['refresh-2-secret']);
  expect(JSON.stringify(world.mine())).not.toContain('-2-secret');
  expect(readTrail(world.mine()).at(-1)).toMatchObject({ what: 'discarded', email: DOCK.email });
});

test('discarded while the same account is connected, nothing is revoked: that would end both', () => {
  const { world, id } = switched();
  world.connect(DOCK, ['calendar']);
  discardConnection(world.host, id);
  expect(world.revoked).toEqual([]);
  expect(waitingConnections(world.mine())).toEqual([]);
});

test('discarded although Google can’t be reached, it is gone all the same', () => {
  const { world, id } = switched();
  world.answerWith(() => 'unreachable');
  expect(discardConnection(world.host, id).why).toContain('Google could not be asked to end the access');
  expect(waitingConnections(world.mine())).toEqual([]);
});

test('a store that says it failed and did not: it waits, and is revoked when discarded', () => {
  const world = scene();
  world.connect(OFFICE, ['send']);
  const { url } = beginConnect(world.host, { purposes: [], expected: OFFICE.subject, loginHint: null });
  const waits = failingAfterEffect(world.host, 'write', /^connect\.waiting\./);
  expect(finishConnect(waits, world.consent(url, DOCK), 'callback').kind).toBe('other-account');
  const [one] = waitingConnections(world.mine());
  discardConnection(failingAfterEffect(world.host, 'remove', /^connect\.waiting\./), one?.id ?? '');
  expect(world.revoked).toEqual(['refresh-2-secret']);
  expect(waitingConnections(world.mine())).toEqual([]);
});

test('decided once: a second decision is told that it came too late', () => {
  const { world, id } = switched();
  confirmConnection(world.host, id);
  expect(errorOf(() => confirmConnection(world.host, id)).code).toBe('account-unknown');
  expect(errorOf(() => discardConnection(world.host, id)).code).toBe('account-unknown');
  expect(world.revoked).toEqual([]);
});

test('after a day it can’t be confirmed, and the next connection sweeps and revokes it', () => {
  const { world, id } = switched();
  world.host.setNow(NOW_MS + DAY_MS);
  expect(errorOf(() => confirmConnection(world.host, id)).code).toBe('account-unknown');
  beginConnect(world.host, { purposes: ['send'], expected: null, loginHint: null });
  expect(world.revoked).toEqual(['refresh-2-secret']);
  expect(waitingConnections(world.mine())).toEqual([]);
  expect(readTrail(world.mine()).at(-1)).toMatchObject({ what: 'discarded', by: 'the end of 24 hours' });
});

test('a sweep before a day is over does nothing, and asks nobody', () => {
  const { world, id } = switched();
  world.host.setNow(NOW_MS + DAY_MS - 1);
  const rounds = world.host.rounds.length;
  // It does not even take the lock.
  world.host.keepLockBusy();
  sweepWaiting(world.host, world.mine());
  expect(waitingConnections(world.mine()).map((one) => one.id)).toEqual([id]);
  expect(world.host.rounds).toHaveLength(rounds);
});

test('a sweep begins nothing that it could not finish in time, and leaves it to the next one', () => {
  const { world } = switched();
  world.host.setNow(NOW_MS + DAY_MS);
  sweepWaiting(world.host, world.mine(), { deadlineMs: world.host.now() + 129_000 });
  expect(waitingConnections(world.mine())).toHaveLength(1);
  expect(world.revoked).toEqual([]);
  sweepWaiting(world.host, world.mine());
  expect(waitingConnections(world.mine())).toEqual([]);
  expect(world.revoked).toEqual(['refresh-2-secret']);
});

test('a sweep ends in time although another window keeps the lease of grants for long and Google is silent then', () => {
  const { world } = switched();
  const startMs = NOW_MS + DAY_MS;
  world.host.setNow(startMs);
  const lease = { owner: 'x', who: 'x', sinceMs: startMs, expiresMs: startMs + 85_000 };
  world.host.user.set('lease.grants', JSON.stringify(lease));
  world.answerWith(() => {
    world.host.setNow(world.host.now() + 60_000);
    return 'unreachable';
  });
  sweepWaiting(world.host, world.mine(), { deadlineMs: startMs + 130_000 });
  expect(world.host.now()).toBeLessThanOrEqual(startMs + 130_000);
  expect(world.host.now()).toBeGreaterThan(startMs + 60_000);
});

test('an address that was given to somebody else has to be confirmed, too', () => {
  const world = scene();
  world.connect(OFFICE, ['send']);
  const successor = { ...OFFICE, subject: '100000000000000000009', email: OFFICE.email.toUpperCase() };
  expect(world.connect(successor, ['send'])).toMatchObject({
    kind: 'other-account',
    expectedEmail: OFFICE.email,
    email: successor.email,
  });
  expect(readAccounts(world.mine()).accounts).toMatchObject([{ subject: OFFICE.subject }]);
});

test('once both accounts of an address are connected, neither is asked about again', () => {
  const world = scene();
  world.connect(OFFICE, ['send']);
  const successor = { ...OFFICE, subject: '100000000000000000009' };
  const outcome = world.connect(successor, ['send']);
  confirmConnection(world.host, outcome.kind === 'other-account' ? outcome.waitingId : '');
  for (const person of [OFFICE, successor]) {
    expect(world.connect(person, ['send'])).toMatchObject({ kind: 'connected', again: true });
  }
});

test('an account whose address changed is the same account', () => {
  const world = scene();
  world.connect(OFFICE, ['send']);
  const renamed = { ...OFFICE, email: 'desk@blueheron.example' };
  expect(world.connect(renamed, ['send'], { expected: OFFICE.subject })).toMatchObject({
    kind: 'connected',
    again: true,
    account: { email: renamed.email, subject: OFFICE.subject },
  });
});

test('the same other account twice waits once, with the newer tokens', () => {
  const { world } = switched();
  world.connect(DOCK, ['send'], { expected: OFFICE.subject });
  const [one, ...more] = waitingConnections(world.mine());
  expect(more).toEqual([]);
  expect(confirmConnection(world.host, one?.id ?? '')).toMatchObject({ refreshToken: 'refresh-3-secret' });
});

test('more than 20 do not wait at once, but those that do may come again', () => {
  const world = scene();
  world.connect(OFFICE, ['send']);
  const other = (number: number) => ({ subject: `2${number}`, email: `desk${number}@x.example`, name: '' });
  const choose = (number: number) =>
    world.connect(other(number), ['send'], { expected: OFFICE.subject }).kind;
  const kinds = Array.from({ length: 21 }, (_, number) => choose(number));
  expect(kinds.filter((kind) => kind === 'other-account')).toHaveLength(20);
  expect(kinds.at(-1)).toBe('not-connected');
  expect(choose(7)).toBe('other-account');
  expect(waitingConnections(world.mine())).toHaveLength(20);
});

test('an other account without a refresh token does not even wait', () => {
  const world = scene();
  world.connect(OFFICE, ['send']);
  const outcome = world.connect(DOCK, ['send'], { expected: OFFICE.subject, refreshToken: null });
  expect(outcome).toMatchObject({ kind: 'not-connected', error: { code: 'oauth-refused' } });
  expect(waitingConnections(world.mine())).toEqual([]);
});

test('the account expected is connected again without any question', () => {
  const world = scene();
  world.connect(OFFICE, ['send']);
  const { url } = beginConnect(world.host, { purposes: [], expected: OFFICE.subject, loginHint: null });
  expect(finishConnect(world.host, world.consent(url, OFFICE), 'callback')).toMatchObject({
    kind: 'connected',
    again: true,
  });
});
