/**
 * Two executions at once, interleaved at every call to the platform, with failures at any of them: whatever happens,
 * no refresh token is lost.
 */
import fc from 'fast-check';
import { connectedRecord, readAccount } from '../../src/accounts/account-store.ts';
import { keepAccounts } from '../../src/accounts/keep-accounts.ts';
import { readTrail } from '../../src/accounts/trail.ts';
import { asPurserError } from '../../src/host/errors.ts';
import type { Host } from '../../src/host/host.ts';
import { errorOf } from '../tools/fake-host.ts';
import type { Ended, Fault, FaultKind } from '../tools/interleave.ts';
import { interleave } from '../tools/interleave.ts';
import {
  EMAIL,
  HOUR_MS,
  heldLeases,
  MINUTE_MS,
  mineOf,
  type Scene,
  SUBJECT,
  tokenScene,
  useAccount,
} from './token-scene.ts';

/** Longer than any lease. */
const LEASE_OVER_MS = 4 * MINUTE_MS;

const schedules = fc.array(fc.nat(1), { maxLength: 60 });
const kinds = fc.constantFrom<FaultKind>(
  'throw-before',
  'throw-after',
  'kill-before',
  'kill-after',
  { clockMs: LEASE_OVER_MS },
  { reply: { status: 503, body: '<html>Service Unavailable</html>' }, arrived: false },
  { reply: { status: 500, body: '<html>Server Error</html>' }, arrived: true },
  { reply: { status: 429, body: {} }, arrived: false },
  { reply: { status: 200, body: '<html>Sign in</html>' }, arrived: false },
);
const faultAt = fc.record({ program: fc.nat(1), call: fc.nat(16), kind: kinds });
const faultLists = fc.array(faultAt, { minLength: 1, maxLength: 3 });
/** Longer than anybody waits for another execution: then the second one may have to do without. */
const SLOW_ROUND_MS = 50_000;
const worlds = fc.record({
  rotate: fc.boolean(),
  leftMs: fc.constantFrom(-MINUTE_MS, 4 * MINUTE_MS),
  roundMs: fc.constantFrom(200, 20_000, SLOW_ROUND_MS),
});
const quickWorlds = worlds.filter(({ roundMs }) => roundMs < SLOW_ROUND_MS);
/** Where in the course of things something happens by itself. */
const moments = fc.nat(24);

function codeOf(ended: Ended<unknown>): string {
  return ended.how === 'threw' ? asPurserError(ended.thrown).code : ended.how;
}

/** What holds whatever happens. */
function checkNothingLost(scene: Scene, { timeJumped = false } = {}): void {
  const { host, server } = scene;
  const record = scene.record();
  if (record.dead === null) {
    if (server.isGranted) expect(server.honors(record.refreshToken)).toBe(true);
  } else {
    expect(server.deaths).toBeGreaterThan(0);
    expect(record).toMatchObject({ accessToken: null, refreshToken: null, email: EMAIL });
  }
  const texts = [...scene.stored].join('\n');
  for (const token of server.used) expect(texts).toContain(token);
  if (!timeJumped) expect(heldLeases(host).length).toBeLessThanOrEqual(1);
  const open = JSON.stringify([host.logged, readTrail(Object.fromEntries(host.user))]);
  for (const token of server.given) expect(open).not.toContain(token);
}

/** Once everything has calmed down the account works, or says that it must be connected again. */
function checkRecovers(scene: Scene): void {
  const { host, server } = scene;
  host.setNow(host.now() + LEASE_OVER_MS);
  if (server.isGranted && scene.record().dead === null) {
    expect(server.given.has(useAccount(host))).toBe(true);
  } else {
    expect(errorOf(() => useAccount(host)).code).toBe('account-expired');
    expect(scene.record()).toMatchObject({ accessToken: null, refreshToken: null, email: EMAIL });
  }
  expect(heldLeases(host)).toEqual([]);
}

test('two executions that need a token at once refresh it once, in any order of their calls', () => {
  fc.assert(
    fc.property(schedules, quickWorlds, (schedule, world) => {
      const scene = tokenScene(world);
      const { ended } = interleave(scene.host, [useAccount, useAccount], {
        schedule,
        roundMs: world.roundMs,
      });
      const tokens = ended.map((one) => (one.how === 'returned' ? one.value : codeOf(one)));
      const { accessToken } = scene.record();
      expect(tokens).toEqual([accessToken, accessToken]);
      expect(scene.server.asked).toHaveLength(1);
      expect(heldLeases(scene.host)).toEqual([]);
      checkNothingLost(scene);
      checkRecovers(scene);
    }),
    { numRuns: 200 },
  );
});

test('no refresh token is lost whatever fails at any call, and each failure costs one refresh at most', () => {
  fc.assert(
    fc.property(schedules, worlds, faultLists, (schedule, world, faults) => {
      const scene = tokenScene(world);
      const { faultsMet } = interleave(scene.host, [useAccount, useAccount], {
        schedule,
        faults,
        roundMs: world.roundMs,
      });
      expect(scene.server.asked.length).toBeLessThanOrEqual(1 + faultsMet);
      expect(scene.record().dead).toBeNull();
      const timeJumped = faults.some(({ kind }) => typeof kind === 'object' && 'clockMs' in kind);
      checkNothingLost(scene, { timeJumped });
      checkRecovers(scene);
    }),
    { numRuns: 600 },
  );
});

test('a grant that is revoked at any moment ends in a record that says so, and nothing uses it afterwards', () => {
  fc.assert(
    fc.property(
      schedules,
      worlds,
      moments,
      fc.array(faultAt, { maxLength: 2 }),
      (schedule, world, atCall, faults) => {
        const scene = tokenScene(world);
        const { server } = scene;
        const clearedAt: { asked: number; tokens: Set<string> } = {
          asked: Number.POSITIVE_INFINITY,
          tokens: new Set(),
        };
        const { user } = scene.host;
        const set = user.set.bind(user);
        user.set = (key, value) => {
          if (key.startsWith('account.') && JSON.parse(value).dead !== null) {
            clearedAt.asked = Math.min(clearedAt.asked, server.asked.length);
          }
          return set(key, value);
        };
        interleave(scene.host, [useAccount, useAccount], {
          schedule,
          faults,
          roundMs: world.roundMs,
          events: [{ atCall, run: server.revoke }],
        });
        const timeJumped = faults.some(({ kind }) => typeof kind === 'object' && 'clockMs' in kind);
        if (!timeJumped) expect(server.asked.slice(clearedAt.asked)).toEqual([]);
        checkNothingLost(scene, { timeJumped });
        // What was begun before may be good for the moment; the next hour finds out.
        scene.host.setNow(scene.host.now() + HOUR_MS);
        if (!server.isGranted) checkRecovers(scene);
        const askedUntilDead = server.asked.length;
        if (!server.isGranted) {
          expect(errorOf(() => useAccount(scene.host)).code).toBe('account-expired');
          expect(server.asked).toHaveLength(askedUntilDead);
        }
      },
    ),
    { numRuns: 300 },
  );
});

/** The person has just consented anew; the program is the execution that keeps what came of it. */
function reconnectWith(scene: Scene): (host: Host) => string {
  const { host: world, server } = scene;
  const refreshToken = server.consent();
  const reply = {
    accessToken: server.issue(world.now(), 3599),
    tokenType: 'Bearer',
    lifetimeSeconds: 3599,
    refreshToken,
    refreshTokenLifetimeSeconds: null,
    scopes: null,
    idToken: null,
  };
  const identity = { subject: SUBJECT, email: EMAIL, emailVerified: true, name: 'Office' };
  return (host) =>
    host.withLock(() => {
      const store = host.properties('user');
      const mine = store.readAll();
      const before = readAccount(mine, SUBJECT);
      const record = connectedRecord({ identity, reply, purposes: ['send'], nowMs: host.now(), before });
      const at = new Date(host.now()).toISOString();
      const event = { at, subject: SUBJECT, email: EMAIL, what: 'reconnected', by: 'me', times: 1 } as const;
      keepAccounts(store, mine, [{ record, event }]);
      return refreshToken;
    });
}

test('a consent given while a refresh is under way is never written over', () => {
  fc.assert(
    fc.property(schedules, worlds, fc.boolean(), (schedule, world, isRevokedFirst) => {
      const scene = tokenScene(world);
      if (isRevokedFirst) scene.server.revoke();
      const reconnect = reconnectWith(scene);
      const { ended } = interleave<string>(scene.host, [useAccount, reconnect], {
        schedule,
        roundMs: world.roundMs,
      });
      const record = scene.record();
      expect(record.dead).toBeNull();
      expect(scene.server.honors(record.refreshToken)).toBe(true);
      expect(ended[1]).toEqual({ how: 'returned', value: record.refreshToken });
      checkRecovers(scene);
    }),
    { numRuns: 200 },
  );
});

test('two executions whose token an API refuses renew it once, in any order of their calls', () => {
  fc.assert(
    fc.property(schedules, quickWorlds, (schedule, world) => {
      const { host, server, record } = tokenScene({
        ...world,
        leftMs: HOUR_MS,
        record: { accessToken: 'refused' },
      });
      const { ended } = interleave(host, [useAccount, useAccount], { schedule, roundMs: world.roundMs });
      expect(ended.map(codeOf)).toEqual(['returned', 'returned']);
      expect(server.asked).toHaveLength(1);
      expect(server.used.slice(-1)).toEqual([record().accessToken]);
      expect(heldLeases(host)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('an account that is disconnected while a refresh is under way does not come back', () => {
  fc.assert(
    fc.property(schedules, worlds, (schedule, world) => {
      const scene = tokenScene(world);
      const disconnect = (host: Host): string =>
        host.withLock(() => {
          const mine = mineOf(host);
          host.properties('user').remove(`account.${SUBJECT}`);
          return String(Object.keys(mine).length);
        });
      interleave<string>(scene.host, [useAccount, disconnect], { schedule, roundMs: world.roundMs });
      expect([...scene.host.user.keys()].filter((key) => key.startsWith('account.'))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('a fault at each single call, one after the other, loses nothing', () => {
  const each: Fault[] = [];
  for (let call = 0; call < 12; call++) {
    for (const kind of ['throw-before', 'throw-after', 'kill-before', 'kill-after'] as const) {
      each.push({ program: 0, call, kind });
    }
  }
  for (const fault of each) {
    for (const rotate of [false, true]) {
      const scene = tokenScene({ rotate });
      interleave(scene.host, [useAccount], { faults: [fault] });
      checkNothingLost(scene);
      checkRecovers(scene);
    }
  }
});
