import fc from 'fast-check';
import type { AccountRecord } from '../../src/accounts/account.ts';
import { PURPOSE_SCOPES, PURPOSES } from '../../src/accounts/account.ts';
import {
  accountEntry,
  accountKey,
  accountKeys,
  connectedRecord,
  deadRecord,
  missingScopes,
  readAccount,
  readAccounts,
  refreshedRecord,
} from '../../src/accounts/account-store.ts';
import { scopeWords } from '../../src/accounts/scope-words.ts';
import type { TokenReply } from '../../src/clients/google/oauth.ts';
import { NOW_MS } from '../tools/fake-host.ts';
import { accountOf, EMAIL, HOUR_MS, SUBJECT } from './token-scene.ts';

const REPLY: TokenReply = {
  accessToken: 'new access',
  tokenType: 'Bearer',
  lifetimeSeconds: 3599,
  refreshToken: null,
  refreshTokenLifetimeSeconds: null,
  scopes: null,
  idToken: null,
};
const IDENTITY = { subject: SUBJECT, email: EMAIL, emailVerified: true, name: 'Office' };
const iso = (ms: number) => new Date(ms).toISOString();
const only = (name: string, json: unknown) => {
  const { accounts, unreadable } = readAccounts({ [`account.${name}`]: JSON.stringify(json) });
  return { record: accounts[0], unreadable };
};

test('a record is read as it was written, and takes a ninth of the room that a property has', () => {
  const record = { ...accountOf(HOUR_MS), accessToken: 'a'.repeat(300), refreshToken: 'r'.repeat(120) };
  const entry = accountEntry(record);
  expect(readAccounts(entry)).toEqual({ accounts: [record], unreadable: [] });
  expect(JSON.stringify(entry).length).toBeLessThan(2_000);
});

test('accounts come by their e-mail address, and other properties are none', () => {
  const mine = {
    owner: 'x',
    'accounts.trail': '[]',
    ...accountEntry({ ...accountOf(0), subject: '1', email: 'Zoe@x.example' }),
    ...accountEntry({ ...accountOf(0), subject: '2', email: 'adam@x.example' }),
  };
  expect(readAccounts(mine).accounts.map(({ subject }) => subject)).toEqual(['2', '1']);
  expect(readAccount(mine, '1')?.email).toBe('Zoe@x.example');
  expect(readAccount(mine, '3')).toBeNull();
});

describe('a record of an older version', () => {
  test('without an expiry counts as expired', () => {
    const { expiresAt: _, ...old } = { ...accountOf(HOUR_MS), schema: 1 };
    expect(only(SUBJECT, { ...old, lastRefreshedAt: null }).record).toMatchObject({
      schema: 2,
      expiresAt: null,
    });
  });

  test('with a lifetime and a time of issue gets its expiry from them', () => {
    const seconds = NOW_MS / 1000;
    for (const old of [
      { refresh_token: 'r', expires_in: 3600, issued_at: iso(NOW_MS) },
      { refresh_token: 'r', expires_in: '3600', granted_time: seconds },
      { refresh_token: 'r', expiresIn: 3600, obtainedAt: NOW_MS },
      { refresh_token: 'r', expiry_date: NOW_MS + 3_600_000 },
      { refresh_token: 'r', expires_at: seconds + 3600 },
    ]) {
      expect(only(SUBJECT, old).record?.expiresAt).toBe(iso(NOW_MS + 3_600_000));
    }
  });

  test('in snake case, without a schema, with its scopes in one text, under an e-mail address, is read', () => {
    const old = {
      sub: SUBJECT,
      access_token: 'a',
      refresh_token: 'r',
      token_type: 'Bearer',
      scope: `openid ${PURPOSE_SCOPES.bookings.join(' ')}`,
      email_verified: true,
      created_at: '2026-01-02T03:04:05Z',
    };
    expect(only(EMAIL, old).record).toMatchObject({
      subject: SUBJECT,
      email: EMAIL,
      emailVerified: true,
      accessToken: 'a',
      refreshToken: 'r',
      scopes: ['openid', ...PURPOSE_SCOPES.bookings],
      purposes: ['bookings'],
      createdAt: '2026-01-02T03:04:05.000Z',
      consentedAt: '2026-01-02T03:04:05.000Z',
      dead: null,
    });
  });

  test('with its tokens in an object of their own is read', () => {
    const old = { identity: { sub: SUBJECT, email: EMAIL }, tokens: { accessToken: 'a', refreshToken: 'r' } };
    expect(only('x@y.example', old).record).toMatchObject({
      subject: SUBJECT,
      email: EMAIL,
      refreshToken: 'r',
    });
  });

  test('without a refresh token must be connected again', () => {
    const { record } = only(SUBJECT, { ...accountOf(HOUR_MS), refreshToken: null });
    expect(record).toMatchObject({ accessToken: null, dead: { cause: 'revoked' }, email: EMAIL });
  });

  test('and a newer one of the same account: the newer tokens count, and both keys are known', () => {
    const old = {
      sub: SUBJECT,
      refresh_token: 'old',
      access_token: 'old',
      last_refreshed_at: iso(NOW_MS - HOUR_MS),
    };
    const mine = {
      ...accountEntry({ ...accountOf(0), refreshToken: 'new', lastRefreshedAt: iso(NOW_MS) }),
      [`account.${EMAIL}`]: JSON.stringify(old),
    };
    expect(readAccounts(mine).accounts).toMatchObject([{ refreshToken: 'new' }]);
    expect([...accountKeys(mine, SUBJECT)].sort()).toEqual([accountKey(SUBJECT), `account.${EMAIL}`].sort());
    const other = {
      ...mine,
      [`account.${EMAIL}`]: JSON.stringify({ ...old, last_refreshed_at: iso(NOW_MS + 1) }),
    };
    expect(readAccounts(other).accounts).toMatchObject([{ refreshToken: 'old' }]);
  });

  test('does not bring back what a newer one has cleared', () => {
    const mine = {
      ...accountEntry(deadRecord(accountOf(0), 'revoked', NOW_MS)),
      [`account.${EMAIL}`]: JSON.stringify({
        sub: SUBJECT,
        refresh_token: 'old',
        last_refreshed_at: iso(NOW_MS - HOUR_MS),
      }),
    };
    expect(readAccounts(mine).accounts).toMatchObject([{ refreshToken: null, dead: { cause: 'revoked' } }]);
  });

  test('gives its refresh token to a newer one that lost it without saying so', () => {
    const mine = {
      ...accountEntry({ ...accountOf(0), refreshToken: null, lastRefreshedAt: iso(NOW_MS) }),
      [`account.${EMAIL}`]: JSON.stringify({
        sub: SUBJECT,
        refresh_token: 'old',
        last_refreshed_at: iso(NOW_MS - HOUR_MS),
      }),
    };
    expect(readAccounts(mine).accounts).toMatchObject([{ refreshToken: 'old', dead: null }]);
  });
});

test.each([
  ['not JSON', '{"refreshToken":"secret', 'not a record', false],
  ['a list', '["secret"]', 'not a record', false],
  ['a newer version', JSON.stringify({ ...accountOf(0), schema: 3 }), 'update Purser', true],
])(
  'a record that can’t be read (%s) is told of without a secret, and the others are read',
  (_, json, why, isNewer) => {
    const mine = { 'account.1': json, ...accountEntry(accountOf(0)) };
    const { accounts, unreadable } = readAccounts(mine);
    expect(accounts).toHaveLength(1);
    expect(unreadable).toEqual([{ key: 'account.1', why: expect.stringContaining(why), isNewer }]);
    expect(JSON.stringify(unreadable)).not.toContain('secret');
  },
);

test('a record that says by nothing whose it is can’t be read', () => {
  expect(only(EMAIL, { refresh_token: 'r' }).unreadable).toEqual([
    { key: `account.${EMAIL}`, why: expect.stringContaining('whose account'), isNewer: false },
  ]);
});

test('whatever stands in a record: with a refresh token and a subject it is read, and what is read is read again', () => {
  const junk = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.object({ maxDepth: 1 }),
  );
  const names = [
    'schema_',
    'email',
    'name',
    'purposes',
    'expiresAt',
    'expires_in',
    'issued_at',
    'scopes',
    'scope',
    'createdAt',
    'lastError',
    'lastRefreshedAt',
    'toldAt',
    'refreshTokenExpiresAt',
    'lifetimeSeconds',
    'tokenType',
    'tokens',
  ];
  const records = fc.dictionary(fc.constantFrom(...names), junk, { maxKeys: 12 });
  fc.assert(
    fc.property(records, fc.constantFrom('refreshToken', 'refresh_token'), (fields, name) => {
      const { tokens: _, ...rest } = fields as Record<string, unknown>;
      const { record } = only(SUBJECT, { ...rest, [name]: 'r' });
      expect(record).toMatchObject({ subject: SUBJECT, refreshToken: 'r', dead: null });
      expect(readAccounts(accountEntry(record as AccountRecord)).accounts).toEqual([record]);
    }),
  );
});

test('nothing that may stand in a property stops the reading of accounts', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string().map((name) => `account.${name}`),
        fc.oneof(fc.string(), fc.json()),
      ),
      (mine) => {
        const { accounts, unreadable } = readAccounts(mine);
        expect(accounts.length + unreadable.length).toBeLessThanOrEqual(Object.keys(mine).length);
      },
    ),
  );
});

describe('connecting', () => {
  test('makes a record with all that the reply says', () => {
    const reply = { ...REPLY, refreshToken: 'r', refreshTokenLifetimeSeconds: 604_800, scopes: ['openid'] };
    const record = connectedRecord({
      identity: IDENTITY,
      reply,
      purposes: ['send'],
      nowMs: NOW_MS,
      before: null,
    });
    expect(record).toEqual({
      schema: 2,
      ...IDENTITY,
      purposes: ['send'],
      accessToken: 'new access',
      refreshToken: 'r',
      expiresAt: iso(NOW_MS + 3_599_000),
      lifetimeSeconds: 3599,
      scopes: ['openid'],
      tokenType: 'Bearer',
      createdAt: iso(NOW_MS),
      consentedAt: iso(NOW_MS),
      refreshTokenExpiresAt: iso(NOW_MS + 604_800_000),
      lastRefreshedAt: null,
      lastError: null,
      dead: null,
      toldAt: null,
    });
  });

  test('again keeps the date and the purposes, and the refresh token when the reply omits one', () => {
    const before = {
      ...accountOf(0),
      purposes: ['bookings'] as const,
      refreshToken: 'kept',
      toldAt: iso(NOW_MS),
    };
    const record = connectedRecord({
      identity: IDENTITY,
      reply: REPLY,
      purposes: ['send'],
      nowMs: NOW_MS,
      before,
    });
    expect(record).toMatchObject({
      createdAt: before.createdAt,
      consentedAt: iso(NOW_MS),
      purposes: ['send', 'bookings'],
      refreshToken: 'kept',
      scopes: before.scopes,
      toldAt: null,
    });
  });

  test('again brings an account back that had to be', () => {
    const before = { ...deadRecord(accountOf(0), 'testing', NOW_MS), toldAt: iso(NOW_MS) };
    const reply = { ...REPLY, refreshToken: 'r' };
    const record = connectedRecord({ identity: IDENTITY, reply, purposes: [], nowMs: NOW_MS, before });
    expect(record).toMatchObject({
      dead: null,
      lastError: null,
      toldAt: null,
      refreshToken: 'r',
      purposes: ['send'],
    });
  });
});

test('a refresh whose reply moves the end of the refresh token by seconds is not told of anew', () => {
  const end = iso(NOW_MS + HOUR_MS * 50);
  const before = { ...accountOf(0), refreshTokenExpiresAt: end, toldAt: iso(NOW_MS) };
  const same = { ...REPLY, refreshTokenLifetimeSeconds: 50 * 3600 + 20 };
  expect(refreshedRecord(before, same, NOW_MS).toldAt).toBe(before.toldAt);
  const later = { ...REPLY, refreshTokenLifetimeSeconds: 500 * 3600 };
  expect(refreshedRecord(before, later, NOW_MS)).toMatchObject({
    toldAt: null,
    refreshTokenExpiresAt: iso(NOW_MS + 500 * HOUR_MS),
  });
  expect(refreshedRecord(before, REPLY, NOW_MS).refreshTokenExpiresAt).toBe(end);
});

test('scopes that were not granted are named; when nobody knows what was granted, none is', () => {
  const [send = '', read = ''] = PURPOSE_SCOPES.send;
  expect(missingScopes({ ...accountOf(0), scopes: [read] }, 'send')).toEqual([send]);
  expect(missingScopes({ ...accountOf(0), scopes: [] }, 'send')).toEqual([]);
});

test('every scope that a purpose needs has words', () => {
  for (const purpose of PURPOSES) {
    for (const scope of PURPOSE_SCOPES[purpose]) expect(scopeWords(scope)).not.toContain('https');
  }
});
