import { createHash } from 'node:crypto';
import { accountEntry, deadRecord, readAccounts } from '../../src/accounts/account-store.ts';
import { beginConnect, confirmConnection, finishConnect } from '../../src/accounts/connect.ts';
import { disconnectAccount } from '../../src/accounts/disconnect.ts';
import { readTrail } from '../../src/accounts/trail.ts';
import type { Host } from '../../src/host/host.ts';
import { takeLease } from '../../src/host/lease.ts';
import { NOW_MS } from '../tools/fake-host.ts';
import { CLIENT, DOCK, OFFICE, returned, type Scene, scene, scopesOf } from './fake-google.ts';

const NEW = { purposes: ['send'], expected: null, loginHint: null } as const;

function begin(world: Scene, request: Parameters<typeof beginConnect>[1] = NEW): URLSearchParams {
  return new URL(beginConnect(world.host, request).url).searchParams;
}

describe('the link to Google', () => {
  test('asks for offline access, consent anew and the choice of the account, with PKCE by S256', () => {
    const url = new URL(beginConnect(scene().host, NEW).url);
    expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: CLIENT.clientId,
      redirect_uri: 'https://script.google.com/macros/d/script-1/usercallback',
      access_type: 'offline',
      prompt: 'consent select_account',
      include_granted_scopes: 'true',
      code_challenge_method: 'S256',
      scope: ['openid', 'email', 'profile', ...scopesOf('send')].join(' '),
    });
    expect(url.searchParams.get('login_hint')).toBeNull();
  });

  test('carries the challenge of a verifier that only user properties hold, of 43 to 128 characters', () => {
    const world = scene();
    const query = begin(world);
    const attempt = JSON.parse(
      Object.entries(world.mine()).find(([key]) => key.startsWith('connect.attempt.'))?.[1] ?? '{}',
    );
    expect(attempt.verifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/);
    expect(query.get('code_challenge')).toBe(
      createHash('sha256').update(attempt.verifier).digest('base64url'),
    );
    expect(query.toString()).not.toContain(attempt.verifier);
    expect(attempt.nonce).not.toBe(attempt.verifier);
  });

  test('is another one each time', () => {
    const world = scene();
    const [one, other] = [begin(world), begin(world)];
    for (const name of ['state', 'nonce', 'code_challenge']) expect(one.get(name)).not.toBe(other.get(name));
  });

  test('for an account that is connected asks for what it is used for already, too, and names it', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    const query = begin(world, { purposes: ['calendar'], expected: OFFICE.subject, loginHint: null });
    expect(query.get('scope')?.split(' ')).toEqual(
      expect.arrayContaining([...scopesOf('send'), ...scopesOf('calendar')]),
    );
    expect(query.get('login_hint')).toBe(OFFICE.email);
  });

  test('can’t be made without an OAuth client, or for an account that is gone', () => {
    const world = scene();
    expect(() => begin(world, { ...NEW, expected: OFFICE.subject })).toThrow(
      expect.objectContaining({ code: 'account-unknown' }),
    );
    world.host.user.delete('oauth.client');
    expect(() => begin(world)).toThrow(expect.objectContaining({ code: 'oauth-client-missing' }));
  });

  test('begun again and again leaves at most 20 attempts, and those that are over go', () => {
    const world = scene();
    const attempts = (): number =>
      Object.keys(world.mine()).filter((key) => key.startsWith('connect.attempt.')).length;
    for (let times = 0; times < 25; times++) begin(world);
    expect(attempts()).toBe(20);
    world.host.setNow(NOW_MS + 600_000);
    begin(world);
    expect(attempts()).toBe(1);
  });
});

describe('coming back from Google', () => {
  test('connects the account: stored with its tokens before the page says so, and in the trail', () => {
    const world = scene();
    const outcome = world.connect(OFFICE, ['send']);
    expect(outcome).toMatchObject({ kind: 'connected', again: false, missing: [] });
    expect(readAccounts(world.mine()).accounts).toMatchObject([
      {
        subject: OFFICE.subject,
        email: OFFICE.email,
        purposes: ['send'],
        accessToken: 'access-1-secret',
        refreshToken: 'refresh-1-secret',
        expiresAt: '2026-06-01T10:59:59.000Z',
      },
    ]);
    expect(readTrail(world.mine())).toMatchObject([{ what: 'connected', subject: OFFICE.subject }]);
    expect(JSON.stringify(readTrail(world.mine()))).not.toContain('secret');
    expect(Object.keys(world.mine()).filter((key) => key.startsWith('connect.attempt.'))).toEqual([]);
  });

  test('replaces a record that nobody can read', () => {
    const world = scene();
    world.host.user.set(`account.${OFFICE.subject}`, 'half a rec');
    expect(world.connect(OFFICE, ['send'])).toMatchObject({ kind: 'connected' });
    expect(readAccounts(world.mine()).accounts).toMatchObject([{ email: OFFICE.email }]);
  });

  test('an account that is known is connected again, in the record that it has', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    world.host.setNow(NOW_MS + 60_000);
    expect(world.connect(OFFICE, ['calendar'])).toMatchObject({
      kind: 'connected',
      again: true,
      account: {
        purposes: ['send', 'calendar'],
        refreshToken: 'refresh-2-secret',
        createdAt: '2026-06-01T10:00:00.000Z',
        consentedAt: '2026-06-01T10:01:00.000Z',
      },
    });
    expect(readAccounts(world.mine()).accounts).toHaveLength(1);
    expect(readTrail(world.mine()).map(({ what }) => what)).toEqual(['connected', 'reconnected']);
  });

  test('without a new refresh token the old one is kept', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    expect(world.connect(OFFICE, ['send'], { refreshToken: null })).toMatchObject({
      kind: 'connected',
      account: { accessToken: 'access-2-secret', refreshToken: 'refresh-1-secret' },
    });
  });

  test('without any refresh token nothing is stored, and the way on is told', () => {
    const world = scene();
    const outcome = world.connect(OFFICE, ['send'], { refreshToken: null });
    expect(outcome).toMatchObject({
      kind: 'not-connected',
      error: { code: 'oauth-refused', now: expect.stringContaining('myaccount.google.com/permissions') },
    });
    expect(readAccounts(world.mine()).accounts).toEqual([]);
  });

  test('what was not granted is named', () => {
    const [sending] = scopesOf('send');
    const outcome = scene().connect(OFFICE, ['send'], { untick: [sending ?? ''] });
    expect(outcome).toMatchObject({ kind: 'connected', missing: [sending] });
  });

  test('who declines is told so, and the attempt is over', () => {
    const world = scene();
    const parameter = { ...returned(begin(world)), error: 'access_denied' };
    expect(finishConnect(world.host, parameter, 'callback')).toEqual({ kind: 'declined' });
    expect(finishConnect(world.host, parameter, 'callback')).toMatchObject({ kind: 'not-connected' });
    expect(world.host.rounds).toEqual([]);
  });

  test('an ID token that answers another request connects nothing', () => {
    const world = scene();
    expect(world.connect(OFFICE, ['send'], { claims: { nonce: 'of-another' } })).toMatchObject({
      kind: 'not-connected',
      error: { code: 'oauth-refused' },
    });
    expect(world.connect(OFFICE, ['send'], { claims: { email: '' } })).toMatchObject({
      kind: 'not-connected',
    });
    expect(readAccounts(world.mine()).accounts).toEqual([]);
  });

  test('without an ID token Google is asked whose account it is', () => {
    expect(scene().connect(OFFICE, ['send'], { claims: null })).toMatchObject({
      kind: 'connected',
      account: { subject: OFFICE.subject, email: OFFICE.email },
    });
  });

  test.each([
    ['a refused client', { status: 401, body: { error: 'invalid_client' } }, 'oauth-client-refused'],
    ['an outage', { status: 503, body: '<html>down</html>' }, 'service-unavailable'],
    ['a lost connection', 'unreachable', 'network-failed'],
    ['a code that is too old', { status: 400, body: { error: 'invalid_grant' } }, 'oauth-refused'],
  ] as const)(
    '%s connects nothing, keeps what was there, and the code is sent once',
    (_what, answer, code) => {
      const world = scene();
      world.connect(OFFICE, ['send']);
      const before = world.host.user.get(`account.${OFFICE.subject}`);
      const sent = world.host.rounds.length;
      world.answerWith(() => answer);
      expect(world.connect(OFFICE, ['send'])).toMatchObject({ kind: 'not-connected', error: { code } });
      expect(world.host.rounds.length - sent).toBe(1);
      expect(world.host.user.get(`account.${OFFICE.subject}`)).toBe(before);
    },
  );

  test('a store that fails for good connects nothing; one that fails once is tried again', () => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    let failures = 1;
    const host = { ...world.host };
    host.properties = (scope) => {
      const store = world.host.properties(scope);
      const write: typeof store.write = (entries) => {
        if (`account.${OFFICE.subject}` in entries && failures-- > 0) throw new Error('Service error');
        store.write(entries);
      };
      return { ...store, write };
    };
    expect(finishConnect(host, parameter, 'callback')).toMatchObject({ kind: 'connected' });
    failures = 99;
    const again = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    const before = world.mine();
    expect(finishConnect(host, again, 'callback')).toMatchObject({ kind: 'not-connected' });
    expect(readAccounts(world.mine()).accounts).toEqual(readAccounts(before).accounts);
  });

  test('two tabs that finish one after the other keep both consents’ purposes and both accounts', () => {
    const world = scene();
    const urls = (['send', 'calendar', 'bookings'] as const).map(
      (purpose) => beginConnect(world.host, { ...NEW, purposes: [purpose] }).url,
    );
    const [one = {}, two = {}, three = {}] = urls.map((url, index) =>
      world.consent(url, index === 2 ? DOCK : OFFICE),
    );
    for (const parameter of [two, three, one]) finishConnect(world.host, parameter, 'callback');
    expect(readAccounts(world.mine()).accounts).toMatchObject([
      { email: DOCK.email, purposes: ['bookings'] },
      { email: OFFICE.email, purposes: ['send', 'calendar'] },
    ]);
  });

  test('what Google gave and can’t be kept is taken back, and the page says so in plain words', () => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    const host = afterGoogle(world, () => world.host.breakProperties(new Error('Service error: 1')));
    const outcome = finishConnect(host, parameter, 'callback');
    world.host.breakProperties(undefined);
    expect(outcome).toMatchObject({ kind: 'not-connected', error: { code: 'service-unavailable' } });
    const { what } = outcome.kind === 'not-connected' ? outcome.error : { what: '' };
    expect(what).toContain('Nothing was connected. What Google had given was taken back.');
    expect(what).not.toMatch(/Something went wrong|Service error/);
    expect(world.revoked).toEqual(['refresh-1-secret']);
    expect(readAccounts(world.mine()).accounts).toEqual([]);
  });

  test('what can’t be kept is not taken back from an account that is connected', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    const host = afterGoogle(world, () => world.host.breakProperties(new Error('Service error')));
    expect(finishConnect(host, parameter, 'callback').kind).toBe('not-connected');
    world.host.breakProperties(undefined);
    expect(world.revoked).toEqual([]);
    expect(readAccounts(world.mine()).accounts).toMatchObject([{ refreshToken: 'refresh-1-secret' }]);
  });

  test('when nobody can tell whether it was kept, nothing is taken back, and the person is told where to look', () => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    const write = (entries: Record<string, string>): void => {
      world.host.properties('user').write(entries);
      if (!(`account.${OFFICE.subject}` in entries)) return;
      const thrown = new Error('Service error');
      world.host.breakProperties(thrown);
      throw thrown;
    };
    const host: Host = {
      ...world.host,
      properties: (scope) => ({ ...world.host.properties(scope), write }),
    };
    const outcome = finishConnect(host, parameter, 'callback');
    world.host.breakProperties(undefined);
    expect(outcome).toMatchObject({ kind: 'not-connected', error: { code: 'service-unavailable' } });
    expect(JSON.stringify(outcome)).not.toContain('Nothing was connected');
    const { what } = outcome.kind === 'not-connected' ? outcome.error : { what: '' };
    expect(what).toContain(`myaccount.google.com/permissions, signed in as ${OFFICE.email}`);
    expect(world.revoked).toEqual([]);
    expect(world.honors(readAccounts(world.mine()).accounts[0]?.refreshToken ?? null)).toBe(true);
  });

  test('an account that must be connected again anyway has nothing to lose: what can’t be kept is taken back', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    const [before] = readAccounts(world.mine()).accounts;
    if (before === undefined) throw new Error('not connected');
    const [entry = ['', '']] = Object.entries(accountEntry(deadRecord(before, 'revoked', NOW_MS)));
    world.host.user.set(...entry);
    expect(world.connect(OFFICE, ['send'], { refreshToken: null }).kind).toBe('not-connected');
    expect(world.revoked).toEqual(['access-2-secret']);
  });

  test('a store that keeps the account in its last try and says that it failed: connected, and nothing is taken back', () => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    let tries = 0;
    const write = (entries: Record<string, string>): void => {
      const isLast = `account.${OFFICE.subject}` in entries && ++tries === 3;
      if (isLast || !(`account.${OFFICE.subject}` in entries)) world.host.properties('user').write(entries);
      if (`account.${OFFICE.subject}` in entries) throw new Error('Service error');
    };
    const host: Host = {
      ...world.host,
      properties: (scope) => ({ ...world.host.properties(scope), write }),
    };
    expect(finishConnect(host, parameter, 'callback').kind).toBe('connected');
    expect(tries).toBe(3);
    expect(world.revoked).toEqual([]);
  });

  test('a store that can’t even be read is spoken of in plain words', () => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    world.host.breakProperties(new Error('Service error'));
    expect(finishConnect(world.host, parameter, 'callback')).toMatchObject({
      kind: 'not-connected',
      error: { code: 'service-unavailable', what: expect.stringContaining('Google’s store') },
    });
  });

  test('a grant whose answer was not for us is ended, too, once Google said whose it is', () => {
    const world = scene();
    const outcome = world.connect(OFFICE, ['send'], { claims: { nonce: 'of-another' } });
    expect(outcome.kind).toBe('not-connected');
    expect(world.revoked).toEqual(['refresh-1-secret']);
  });

  test('one’s own account is not revoked when it can’t be kept', () => {
    const world = scene();
    world.host.setUser(OFFICE.email);
    expect(world.connect(OFFICE, ['send'], { refreshToken: null })).toMatchObject({
      kind: 'not-connected',
      error: { what: expect.stringContaining('your own account') },
    });
    expect(world.revoked).toEqual([]);
  });

  test('state that was signed for other purposes than those of its attempt connects nothing', () => {
    const world = scene();
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    const [key = '', json = '{}'] =
      Object.entries(world.mine()).find(([one]) => one.startsWith('connect.attempt.')) ?? [];
    world.host.user.set(key, JSON.stringify({ ...JSON.parse(json), purposes: ['send', 'calendar'] }));
    expect(finishConnect(world.host, parameter, 'callback')).toMatchObject({
      kind: 'not-connected',
      error: { what: expect.stringContaining('does not belong') },
    });
    expect(world.exchanges).toEqual([]);
  });

  test('while an access is being ended, a code waits; and when that takes too long it is not used up', () => {
    const world = scene();
    takeLease(world.host, 'grants', 30_000, 'user');
    expect(world.connect(OFFICE, ['send']).kind).toBe('connected');
    takeLease(world.host, 'grants', 180_000, 'user');
    expect(world.connect(OFFICE, ['send'])).toMatchObject({
      kind: 'not-connected',
      error: { code: 'oauth-refused', what: expect.stringContaining('ending an access') },
    });
    expect(world.exchanges).toHaveLength(1);
  });

  test('what was given before an access was ended, and is to be kept after it, is not kept', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE);
    // Google is so slow that the lease is over, and somebody disconnects the account meanwhile.
    const host = afterGoogle(world, () => {
      world.host.setNow(world.host.now() + 200_000);
      disconnectAccount(world.host, OFFICE.subject, 'me');
    });
    expect(finishConnect(host, parameter, 'callback')).toMatchObject({
      kind: 'not-connected',
      error: { what: expect.stringContaining('ending an access') },
    });
    expect(readAccounts(world.mine()).accounts).toEqual([]);
    expect(world.isGranted(OFFICE)).toBe(false);
  });

  test('a record of a newer version is left alone', () => {
    const world = scene();
    const newer = JSON.stringify({ schema: 3, subject: OFFICE.subject });
    world.host.user.set(`account.${OFFICE.subject}`, newer);
    expect(world.connect(OFFICE, ['send'])).toMatchObject({ kind: 'not-connected' });
    expect(world.host.user.get(`account.${OFFICE.subject}`)).toBe(newer);
    // That record may live by the same grant.
    expect(world.revoked).toEqual([]);
  });
});

describe('a consent with boxes left empty', () => {
  const PARTLY = { untick: [...scopesOf('send')] };

  test('does not take away what the account could do: its earlier tokens work and are kept', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    const outcome = world.connect(OFFICE, ['calendar'], PARTLY);
    expect(outcome).toMatchObject({
      kind: 'connected',
      again: true,
      missing: scopesOf('calendar'),
      account: { refreshToken: 'refresh-1-secret', purposes: ['send', 'calendar'] },
    });
    const [account] = readAccounts(world.mine()).accounts;
    expect(account?.scopes).toEqual(expect.arrayContaining([...scopesOf('send')]));
    expect(world.honors(account?.refreshToken ?? null)).toBe(true);
    expect(readTrail(world.mine()).at(-1)).toMatchObject({
      what: 'reconnected',
      detail: expect.stringContaining('earlier access kept'),
    });
  });

  test('replaces earlier tokens that no longer work', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    const [before] = readAccounts(world.mine()).accounts;
    world.host.user.set(
      `account.${OFFICE.subject}`,
      JSON.stringify({ ...before, refreshToken: 'refresh-that-ended-secret' }),
    );
    expect(world.connect(OFFICE, ['calendar'], PARTLY)).toMatchObject({
      kind: 'connected',
      missing: scopesOf('send'),
      account: { refreshToken: 'refresh-2-secret', purposes: ['send', 'calendar'], dead: null },
    });
  });

  test('replaces tokens of another client, which this one can’t renew', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    const [before] = readAccounts(world.mine()).accounts;
    const key = `account.${OFFICE.subject}`;
    world.host.user.set(key, JSON.stringify({ ...before, clientId: 'former.apps.googleusercontent.com' }));
    expect(world.connect(OFFICE, ['calendar'], PARTLY)).toMatchObject({
      kind: 'connected',
      account: { refreshToken: 'refresh-2-secret', clientId: CLIENT.clientId },
    });
  });

  test('keeps the earlier tokens while Google can’t say whether they work', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    const parameter = world.consent(beginConnect(world.host, NEW).url, OFFICE, PARTLY);
    const host = afterGoogle(world, () => world.answerWith(() => ({ status: 503, body: '<html>' })));
    expect(finishConnect(host, parameter, 'callback')).toMatchObject({
      kind: 'connected',
      missing: [],
      account: { refreshToken: 'refresh-1-secret' },
    });
  });

  test('accepted from those that wait, it takes nothing away either', () => {
    const world = scene();
    world.connect(OFFICE, ['send']);
    world.connect(DOCK, ['send']);
    const outcome = world.connect(DOCK, ['send'], { ...PARTLY, expected: OFFICE.subject });
    if (outcome.kind !== 'other-account') throw new Error(outcome.kind);
    expect(confirmConnection(world.host, outcome.waitingId)).toMatchObject({
      refreshToken: 'refresh-2-secret',
      scopes: expect.arrayContaining([...scopesOf('send')]),
    });
  });
});

/** After the first answer of Google’s, something happens. */
function afterGoogle(world: Scene, happens: () => void): Host {
  let left = 1;
  return {
    ...world.host,
    fetchAll: (requests) => {
      const replies = world.host.fetchAll(requests);
      if (left-- > 0) happens();
      return replies;
    },
  };
}

test('no error and no log event holds a code, a token, a verifier or the client’s secret', () => {
  const world = scene();
  const outcomes = [
    world.connect(OFFICE, ['send'], { refreshToken: null }),
    world.connect(OFFICE, ['send'], { claims: { aud: 'another' } }),
  ];
  world.answerWith(({ body }) => ({
    status: 400,
    body: { error: 'invalid_request', error_description: String(body) },
  }));
  outcomes.push(world.connect(OFFICE, ['send']));
  const verifiers = world.exchanges.map((body) => body.get('code_verifier') ?? '');
  const said = JSON.stringify([
    outcomes.map((one) => ('error' in one ? { ...one.error } : one)),
    world.host.logged,
  ]);
  for (const secret of ['-secret', CLIENT.clientSecret, ...verifiers]) expect(said).not.toContain(secret);
  expect(verifiers).toHaveLength(2);
});
