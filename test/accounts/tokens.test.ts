import type { AccountRecord } from '../../src/accounts/account.ts';
import { accountEntry } from '../../src/accounts/account-store.ts';
import { accountBearer, refreshAccounts } from '../../src/accounts/tokens.ts';
import { readTrail } from '../../src/accounts/trail.ts';
import { PurserError } from '../../src/host/errors.ts';
import type { Host } from '../../src/host/host.ts';
import { errorOf, NOW_MS } from '../tools/fake-host.ts';
import { interleave } from '../tools/interleave.ts';
import {
  accountOf,
  bearerOf,
  DAY_MS,
  EMAIL,
  HOUR_MS,
  heldLeases,
  MINUTE_MS,
  mineOf,
  SUBJECT,
  tokenScene,
  useAccount,
} from './token-scene.ts';

const HTML = { status: 200, body: '<html>Sign in – Google Accounts</html>' };

/** Counts calls to the platform's properties and lock. */
function counted(host: Host): { host: Host; calls: string[] } {
  const calls: string[] = [];
  const told =
    <Args extends unknown[], T>(name: string, action: (...args: Args) => T) =>
    (...args: Args): T => {
      calls.push(name);
      return action(...args);
    };
  return {
    calls,
    host: {
      ...host,
      withLock: (action) => {
        calls.push('lock');
        return host.withLock(action);
      },
      properties: (scope) => {
        const store = host.properties(scope);
        return {
          readAll: told('readAll', () => store.readAll()),
          read: told('read', (key) => store.read(key)),
          write: told('write', (entries) => store.write(entries)),
          remove: told('remove', (key) => store.remove(key)),
        };
      },
    },
  };
}

describe('a token', () => {
  test('that is good for five more minutes is used, without a call to anything', () => {
    const { host, server, record } = tokenScene({ leftMs: 5 * MINUTE_MS });
    const mine = mineOf(host);
    const { host: watched, calls } = counted(host);
    const bearer = accountBearer(watched, SUBJECT, { purpose: 'send', by: 'a test' }, mine);
    expect(bearer.token()).toBe(record().accessToken);
    expect(calls).toEqual([]);
    expect(server.asked).toEqual([]);
  });

  test.each([
    ['expired before the run', -HOUR_MS],
    ['expires in 4 minutes', 4 * MINUTE_MS],
    ['expires a moment too soon', 5 * MINUTE_MS - 1],
  ])('that %s is refreshed once, in six calls to the platform', (_, leftMs) => {
    const { host, server, record } = tokenScene({ leftMs });
    const old = record().accessToken;
    const mine = mineOf(host);
    const { host: watched, calls } = counted(host);
    const bearer = accountBearer(watched, SUBJECT, { purpose: 'send', by: 'a test' }, mine);
    const token = bearer.token();
    expect(token).not.toBe(old);
    expect(record()).toMatchObject({
      accessToken: token,
      expiresAt: new Date(NOW_MS + 3_599_000).toISOString(),
      lifetimeSeconds: 3599,
      lastRefreshedAt: new Date(NOW_MS).toISOString(),
    });
    expect(calls).toEqual(['lock', 'readAll', 'write', 'lock', 'readAll', 'write']);
    expect(bearer.token()).toBe(token);
    expect(server.asked).toHaveLength(1);
    expect(heldLeases(host)).toEqual([]);
  });

  test('without a known expiry counts as expired', () => {
    const { host, server } = tokenScene({
      leftMs: HOUR_MS,
      record: { expiresAt: null, lifetimeSeconds: null },
    });
    bearerOf(host).token();
    expect(server.asked).toHaveLength(1);
  });

  test('that never lives for five minutes is used all the same, and not refreshed at every use', () => {
    const { host, server } = tokenScene({ lifetimeSeconds: 240 });
    const bearer = bearerOf(host);
    expect(bearer.token()).toBe(bearer.token());
    expect(server.asked).toHaveLength(1);
  });

  test('whose lifetime the reply leaves out is not refreshed at every use', () => {
    const { host, server } = tokenScene({ lifetimeSeconds: null });
    const bearer = bearerOf(host);
    expect(bearer.token()).toBe(bearer.token());
    expect(server.asked).toHaveLength(1);
  });

  test('that somebody else has refreshed since the run read its properties is taken from there', () => {
    const { host, server, record } = tokenScene();
    const bearer = bearerOf(host);
    const others = bearerOf(host).token();
    expect(bearer.token()).toBe(others);
    expect(record().accessToken).toBe(others);
    expect(server.asked).toHaveLength(1);
  });
});

describe('the refresh token', () => {
  test('stays when the reply omits it', () => {
    const { host, record } = tokenScene({ rotate: false });
    const { refreshToken } = record();
    bearerOf(host).token();
    expect(record().refreshToken).toBe(refreshToken);
  });

  test('is replaced when the reply has a new one, and the next refresh uses that', () => {
    const { host, server, record } = tokenScene({ rotate: true });
    const { refreshToken: first } = record();
    bearerOf(host).token();
    const { refreshToken: second } = record();
    expect(second).not.toBe(first);
    host.setNow(NOW_MS + HOUR_MS);
    bearerOf(host).token();
    expect(server.asked).toEqual([first, second]);
  });

  test('and the token of a refresh that can’t be kept are not used, and the account still works afterwards', () => {
    const { host, server, record } = tokenScene({ rotate: true });
    const before = record();
    const broken: Host = {
      ...host,
      properties: (scope) => {
        const store = host.properties(scope);
        const write = (entries: Readonly<Record<string, string>>) => {
          if (`account.${SUBJECT}` in entries) throw new Error('Service invoked too many times');
          store.write(entries);
        };
        return { ...store, write };
      },
    };
    const error = errorOf(() => bearerOf(broken).token());
    expect(error).toMatchObject({ code: 'service-unavailable', kind: 'unavailable' });
    expect(error.message).toContain(EMAIL);
    expect(record()).toEqual(before);
    expect(heldLeases(host)).toEqual([]);
    expect(server.asked).toHaveLength(1);
    expect(useAccount(host)).toBe(record().accessToken);
  });

  test('of a write that fails once is written with the next try', () => {
    const { host, server, record } = tokenScene({ rotate: true });
    const { ended } = interleave(host, [useAccount], {
      faults: [
        { program: 0, call: 7, kind: 'throw-before' },
        { program: 0, call: 4, kind: 'throw-after' },
      ],
    });
    expect(ended).toEqual([{ how: 'returned', value: record().accessToken }]);
    expect(server.honors(record().refreshToken)).toBe(true);
  });
});

describe('a write that worked although the store said otherwise', () => {
  const refresh = (host: Host) => refreshAccounts(host, [SUBJECT], { withinMs: HOUR_MS, by: 'hourly check' });
  const failing = (call: number) => {
    const scene = tokenScene({ rotate: true });
    const faults = [{ program: 0, call, kind: 'throw-after' as const }];
    return { ...scene, ...interleave(scene.host, [refresh], { faults }) };
  };

  test('of a lease is no hindrance to who has it', () => {
    const { host, ended, trace } = failing(2);
    expect(trace.slice(0, 3).map(({ call }) => call)).toEqual(['lock', 'user readAll', 'user write']);
    expect(ended).toMatchObject([{ value: [{ kind: 'token', renewed: true }] }]);
    expect(heldLeases(host)).toEqual([]);
  });

  test('of a token is seen as such', () => {
    const { server, record, ended, trace } = failing(6);
    expect(trace.slice(4, 7).map(({ call }) => call)).toEqual(['lock', 'user readAll', 'user write']);
    expect(ended).toMatchObject([{ value: [{ kind: 'token', renewed: true, record: record() }] }]);
    expect(server.asked).toHaveLength(1);
  });
});

describe('a grant that is gone', () => {
  test('clears the tokens, keeps who it is, and says what to do', () => {
    const { host, server, record } = tokenScene();
    server.revoke();
    const error = errorOf(() => bearerOf(host).token());
    expect(error).toMatchObject({ code: 'account-expired', kind: 'setup' });
    expect(error.what).toContain(`${EMAIL} must be connected again. Most likely the access was removed`);
    expect(error.now).toBe('Choose Purser › Connected accounts… and reconnect it.');
    expect(record()).toMatchObject({
      subject: SUBJECT,
      email: EMAIL,
      purposes: ['send'],
      scopes: accountOf(0).scopes,
      accessToken: null,
      refreshToken: null,
      expiresAt: null,
      dead: { at: new Date(NOW_MS).toISOString(), cause: 'revoked' },
      toldAt: null,
    });
    expect(readTrail(mineOf(host))).toMatchObject([
      { what: 'cleared', email: EMAIL, by: 'May 2026’s statement', detail: 'revoked' },
    ]);
    expect(heldLeases(host)).toEqual([]);
  });

  test('is not asked for again', () => {
    const { host, server } = tokenScene();
    server.revoke();
    const bearer = bearerOf(host);
    for (let times = 0; times < 3; times++)
      expect(errorOf(() => bearer.token()).code).toBe('account-expired');
    expect(errorOf(() => bearerOf(host).token()).code).toBe('account-expired');
    expect(server.asked).toHaveLength(1);
  });

  test('is not taken for gone when the account was connected again meanwhile', () => {
    const { host, server, record, put } = tokenScene({
      instead: (_, index) => {
        if (index > 0) return undefined;
        const before = record();
        put({ ...before, refreshToken: server.consent(), accessToken: null, expiresAt: null });
        return { status: 400, body: { error: 'invalid_grant', error_description: 'Bad Request' } };
      },
    });
    expect(bearerOf(host).token()).toBe(record().accessToken);
    expect(record().dead).toBeNull();
    expect(server.honors(record().refreshToken)).toBe(true);
  });
});

test.each([
  ['that the grant is gone', { status: 400, body: { error: 'invalid_grant' } }],
  ['that it is out of order', { status: 400, body: { error: 'invalid_request' } }],
])(
  'when the server says %s, but another execution has refreshed meanwhile, its token is used',
  (_, answer) => {
    const { host, server, record, put } = tokenScene({
      instead: () => {
        const expiresAt = new Date(NOW_MS + HOUR_MS).toISOString();
        put({ ...record(), accessToken: server.issue(NOW_MS, 3599), expiresAt });
        return answer;
      },
    });
    const { refreshToken } = record();
    expect(bearerOf(host).token()).toBe(record().accessToken);
    expect(record()).toMatchObject({ refreshToken, dead: null, lastError: null });
    expect(heldLeases(host)).toEqual([]);
  },
);

describe('a failure that passes', () => {
  test.each([
    ['a 503', { status: 503, body: '<html>503</html>' }],
    ['a 500 in JSON', { status: 500, body: { error: 'internal_failure' } }],
    ['a 429', { status: 429, body: {} }],
    ['HTML in place of JSON', HTML],
    ['no connection', 'unreachable' as const],
    ['no answer for a minute', 'stall' as const],
  ])('(%s) never kills a token: it is remembered, and the next run works', (_, answer) => {
    let isDown = true;
    const { host, server, record } = tokenScene({ instead: () => (isDown ? answer : undefined) });
    const before = record();
    const error = errorOf(() => bearerOf(host).token());
    expect(error.kind).toBe('unavailable');
    expect(record()).toEqual({
      ...before,
      lastError: {
        at: expect.any(String),
        since: expect.any(String),
        code: error.code,
        what: error.what,
        now: error.now,
      },
    });
    expect(readTrail(mineOf(host))).toMatchObject([{ what: 'failed', detail: error.code }]);
    expect(heldLeases(host)).toEqual([]);
    isDown = false;
    bearerOf(host).token();
    expect(record()).toMatchObject({ lastError: null, refreshToken: before.refreshToken });
    expect(server.deaths).toBe(0);
  });

  test.each([503, 429])('that comes once (%i) is tried again at once', (status) => {
    const { host, server } = tokenScene({ instead: (_, index) => (index === 0 ? { status } : undefined) });
    bearerOf(host).token();
    expect(server.asked).toHaveLength(1);
  });

  test('leaves a token in use that is good for another minute, and says so in the log', () => {
    const { host, record } = tokenScene({ leftMs: 4 * MINUTE_MS, instead: () => ({ status: 503 }) });
    expect(bearerOf(host).token()).toBe(record().accessToken);
    expect(host.logged).toContainEqual(
      expect.objectContaining({ event: 'token-not-renewed', subject: SUBJECT }),
    );
  });

  test('does not leave a token in use that runs out within the minute', () => {
    const { host } = tokenScene({ leftMs: 59_000, instead: () => ({ status: 503 }), roundMs: 0 });
    expect(errorOf(() => bearerOf(host).token()).code).toBe('service-unavailable');
  });

  test('is not waited for again by each of many requests', () => {
    const { host } = tokenScene({ instead: () => ({ status: 503 }) });
    const bearer = bearerOf(host);
    for (let times = 0; times < 20; times++) errorOf(() => bearer.token());
    expect(host.rounds).toHaveLength(4);
    host.setNow(host.now() + MINUTE_MS);
    errorOf(() => bearer.token());
    expect(host.rounds).toHaveLength(8);
  });
});

describe('what is missing', () => {
  test('a scope that was not granted is named in words, and the record stays as it is', () => {
    const scopes = ['https://www.googleapis.com/auth/gmail.readonly'];
    const { host, server, record } = tokenScene({ record: { scopes } });
    const before = record();
    const error = errorOf(() => bearerOf(host).token());
    expect(error).toMatchObject({ code: 'account-scope-missing', kind: 'setup' });
    expect(error.what).toBe(`${EMAIL} is connected, but Purser was not allowed to send mail there.`);
    expect(record()).toEqual(before);
    expect(server.asked).toEqual([]);
  });

  test('a scope that the person took back is found with the next refresh, whose token is kept', () => {
    const scope = 'openid https://www.googleapis.com/auth/gmail.send';
    const { host, record } = tokenScene({ scope });
    const error = errorOf(() => bearerOf(host).token());
    expect(error.what).toContain('not allowed to read mail there');
    expect(record()).toMatchObject({
      scopes: scope.split(' '),
      dead: null,
      lastRefreshedAt: new Date(NOW_MS).toISOString(),
    });
  });

  test('an account that is not connected', () => {
    const { host } = tokenScene();
    const bearer = accountBearer(host, '999', { purpose: 'send', by: 'a test' }, mineOf(host));
    expect(errorOf(() => bearer.token())).toMatchObject({ code: 'account-unknown', kind: 'setup' });
  });

  test('a record that a newer version wrote is left alone', () => {
    const { host } = tokenScene();
    const json = JSON.stringify({ ...accountOf(0), schema: 3 });
    host.user.set(`account.${SUBJECT}`, json);
    const error = errorOf(() => bearerOf(host).token());
    expect(error).toMatchObject({ code: 'account-unknown' });
    expect(error.what).toContain('update Purser');
    expect(host.user.get(`account.${SUBJECT}`)).toBe(json);
  });

  test('the OAuth client: nothing is asked, no lease is taken, and the record stays', () => {
    const { host, record } = tokenScene();
    host.user.delete('oauth.client');
    const before = record();
    expect(errorOf(() => bearerOf(host).token()).code).toBe('oauth-client-missing');
    expect(record()).toEqual(before);
    expect(host.rounds).toEqual([]);
    expect(heldLeases(host)).toEqual([]);
  });

  test('an OAuth client that Google refuses kills no account', () => {
    const { host, record } = tokenScene({
      instead: () => ({ status: 401, body: { error: 'invalid_client' } }),
    });
    const { refreshToken } = record();
    expect(errorOf(() => bearerOf(host).token()).code).toBe('oauth-client-refused');
    expect(record()).toMatchObject({ refreshToken, dead: null, lastError: { code: 'oauth-client-refused' } });
  });
});

describe('while another execution refreshes', () => {
  const held = (host: Host, ttlMs: number) =>
    host.properties('user').write({
      [`lease.token.${SUBJECT}`]: JSON.stringify({ owner: 'another', expiresMs: host.now() + ttlMs }),
    });

  test('one waits, then takes the token that it made', () => {
    const { host, server, record } = tokenScene();
    const { ended, trace } = interleave(host, [useAccount, useAccount], { roundMs: 20_000 });
    const { accessToken: value } = record();
    expect(ended).toEqual([
      { how: 'returned', value },
      { how: 'returned', value },
    ]);
    expect(trace.filter(({ program, call }) => program === 1 && call === 'sleep').length).toBeGreaterThan(3);
    expect(server.asked).toHaveLength(1);
  });

  test('one does not wait longer than 45 seconds', () => {
    const { host } = tokenScene();
    held(host, 170_000);
    const error = errorOf(() => bearerOf(host).token());
    expect(error).toMatchObject({ code: 'token-busy', kind: 'unavailable' });
    expect(host.now() - NOW_MS).toBeGreaterThan(45_000 - 1);
    expect(host.now() - NOW_MS).toBeLessThan(50_000);
  });

  test('one goes on with a token that is good for another minute when that takes too long', () => {
    const { host, record } = tokenScene({ leftMs: 4 * MINUTE_MS });
    held(host, 170_000);
    expect(bearerOf(host).token()).toBe(record().accessToken);
  });

  test('a lease left by an execution that was cut off is over after three minutes', () => {
    const { host, server } = tokenScene();
    const { ended } = interleave(host, [useAccount], {
      faults: [{ program: 0, call: 4, kind: 'kill-after' }],
    });
    expect(ended).toEqual([{ how: 'killed' }]);
    expect(heldLeases(host)).toHaveLength(1);
    host.setNow(host.now() + 180_000);
    useAccount(host);
    expect(server.asked).toHaveLength(2);
  });

  test('a lock that is busy is waited for, too', () => {
    const { host } = tokenScene();
    const bearer = bearerOf(host);
    host.keepLockBusy();
    expect(errorOf(() => bearer.token())).toMatchObject({ code: 'service-unavailable', kind: 'unavailable' });
  });
});

describe('a token that an API refuses', () => {
  test('is renewed once, and the fresh one is used', () => {
    const { host, server, record } = tokenScene({ leftMs: HOUR_MS });
    const bearer = bearerOf(host);
    const refused = bearer.token();
    bearer.renew(refused, false);
    expect(bearer.token()).not.toBe(refused);
    expect(record().accessToken).toBe(bearer.token());
    // Another request of the same round was refused with the same token.
    bearer.renew(refused, false);
    expect(server.asked).toHaveLength(1);
  });

  test('is not renewed when somebody else has done it', () => {
    const { host, server } = tokenScene({ leftMs: HOUR_MS });
    const [one, other] = [bearerOf(host), bearerOf(host)];
    const refused = one.token();
    other.renew(refused, false);
    one.renew(refused, false);
    expect(one.token()).toBe(other.token());
    expect(server.asked).toHaveLength(1);
  });

  test('although it was just made in answer to a refusal ends the connection, as far as anybody can tell', () => {
    const { host, server, record } = tokenScene({ leftMs: HOUR_MS });
    const bearer = bearerOf(host);
    bearer.renew(bearer.token(), false);
    const error = errorOf(() => bearer.renew(bearer.token(), true));
    expect(error.code).toBe('account-expired');
    expect(record()).toMatchObject({ refreshToken: null, dead: { cause: 'refused-by-api' } });
    expect(errorOf(() => bearer.token()).code).toBe('account-expired');
    expect(server.asked).toHaveLength(1);
  });

  test('does not end the connection that was made anew meanwhile', () => {
    const { host, server, record, put } = tokenScene({ leftMs: HOUR_MS });
    const bearer = bearerOf(host);
    bearer.renew(bearer.token(), false);
    const refused = bearer.token();
    put({ ...record(), accessToken: server.issue(NOW_MS, 3599), refreshToken: server.consent() });
    bearer.renew(refused, true);
    expect(bearer.token()).toBe(record().accessToken);
    expect(record().dead).toBeNull();
  });

  test('of an account that was disconnected meanwhile is not used again', () => {
    const { host } = tokenScene({ leftMs: HOUR_MS });
    const bearer = bearerOf(host);
    const refused = bearer.token();
    host.user.delete(`account.${SUBJECT}`);
    expect(errorOf(() => bearer.renew(refused, false)).code).toBe('account-unknown');
    expect(errorOf(() => bearer.token()).code).toBe('account-unknown');
  });

  test('although it was made at the start of the run is renewed first', () => {
    const { host, record } = tokenScene();
    const bearer = bearerOf(host);
    bearer.renew(bearer.token(), false);
    expect(record().dead).toBeNull();
  });
});

describe('refreshing many', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => String(1000 + index));

  function sceneOf(
    subjects: readonly string[],
    change: (subject: string) => Partial<AccountRecord> = () => ({}),
  ) {
    const scene = tokenScene({});
    scene.host.user.delete(`account.${SUBJECT}`);
    for (const subject of subjects) {
      scene.put({
        ...accountOf(-1),
        subject,
        email: `${subject}@x.example`,
        refreshToken: scene.server.consent(),
        ...change(subject),
      });
    }
    return scene;
  }

  test('of 20 accounts takes one round of requests and six calls to the platform', () => {
    const subjects = many(20);
    const { host, server } = sceneOf(subjects);
    const { host: watched, calls } = counted(host);
    const outcomes = refreshAccounts(watched, subjects, { withinMs: 2 * HOUR_MS, by: 'hourly check' });
    expect(outcomes.map(({ kind }) => kind)).toEqual(subjects.map(() => 'token'));
    expect(host.rounds.map((round) => round.length)).toEqual([20]);
    expect(calls).toEqual(['lock', 'readAll', 'write', 'lock', 'readAll', 'write']);
    expect(new Set(server.asked).size).toBe(20);
    expect(heldLeases(host)).toEqual([]);
    expect(readTrail(mineOf(host))).toHaveLength(20);
  });

  test('one that is gone, one that is fine and one that is unknown leave each other alone', () => {
    const scene = sceneOf(['1', '2'], (subject) => (subject === '1' ? { refreshToken: 'made up' } : {}));
    const outcomes = refreshAccounts(scene.host, ['1', '2', '3', '2'], {
      withinMs: HOUR_MS,
      by: 'hourly check',
    });
    const said = outcomes.map((one) => [one.subject, one.kind === 'failed' ? one.error.code : one.renewed]);
    expect(new Map(said as [string, unknown][])).toEqual(
      new Map<string, unknown>([
        ['1', 'account-expired'],
        ['2', true],
        ['3', 'account-unknown'],
      ]),
    );
  });

  test('those that do for longer, and those that were refreshed a few minutes ago, are left alone', () => {
    const scene = sceneOf(['1', '2', '3'], (subject) => {
      const madeMs =
        NOW_MS - { '1': 30 * MINUTE_MS, '2': 11 * MINUTE_MS, '3': 9 * MINUTE_MS }[subject as '1'];
      return { expiresAt: new Date(madeMs + 3_600_000).toISOString(), lifetimeSeconds: 3600 };
    });
    const renewed = (withinMs: number) =>
      refreshAccounts(scene.host, ['1', '2', '3'], { withinMs, by: 'hourly check' }).map(
        (one) => one.kind === 'token' && one.renewed,
      );
    expect(renewed(30 * MINUTE_MS)).toEqual([false, false, false]);
    expect(renewed(2 * HOUR_MS).sort()).toEqual([false, true, true]);
    expect(renewed(2 * HOUR_MS)).toEqual([false, false, false]);
  });
});

test('an old record under an e-mail address works on, and its tokens stand nowhere else afterwards', () => {
  const { host, server, record } = tokenScene();
  const { refreshToken } = record();
  host.user.delete(`account.${SUBJECT}`);
  host.user.set(
    `account.${EMAIL}`,
    JSON.stringify({
      sub: SUBJECT,
      access_token: 'old',
      refresh_token: refreshToken,
      scope: accountOf(0).scopes.join(' '),
    }),
  );
  bearerOf(host).token();
  expect(server.asked).toEqual([refreshToken]);
  expect([...host.user.keys()].filter((key) => key.startsWith('account.'))).toEqual([`account.${SUBJECT}`]);
  expect(record()).toMatchObject({ schema: 2, email: EMAIL, refreshToken, purposes: ['send', 'bookings'] });
});

test('no secret is in an error, the log or the trail, whatever fails', () => {
  const answers = [
    { status: 503 },
    HTML,
    { status: 400, body: { error: 'invalid_grant' } },
    { status: 200, body: {} },
  ];
  for (const answer of answers) {
    const { host, server } = tokenScene({ instead: () => answer });
    const error = errorOf(() => bearerOf(host).token());
    expect(error).toBeInstanceOf(PurserError);
    const said = JSON.stringify([error, error.message, error.data, host.logged, readTrail(mineOf(host))]);
    for (const token of server.given) expect(said).not.toContain(token);
    expect(said).not.toContain('local-client-secret');
  }
});

test('a record that died of a screen in testing says how to keep it from happening again', () => {
  const consentedAt = new Date(NOW_MS - 7 * DAY_MS).toISOString();
  const { host, server } = tokenScene({
    record: { consentedAt, lastRefreshedAt: new Date(NOW_MS - HOUR_MS).toISOString() },
  });
  server.revoke();
  expect(errorOf(() => bearerOf(host).token()).what).toContain('in testing');
  expect(Object.keys(accountEntry(accountOf(0)))).toEqual([`account.${SUBJECT}`]);
});
