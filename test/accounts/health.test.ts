import type { AccountRecord } from '../../src/accounts/account.ts';
import { DEATH_CAUSES } from '../../src/accounts/account.ts';
import { deadRecord, readAccount } from '../../src/accounts/account-store.ts';
import { causeWords, likelyCause } from '../../src/accounts/death-cause.ts';
import { forecastOf } from '../../src/accounts/forecast.ts';
import { accountHealth, checkAccounts, markTold, toTell } from '../../src/accounts/health.ts';
import { readTrail } from '../../src/accounts/trail.ts';
import { fakeHost, NOW_MS } from '../tools/fake-host.ts';
import { accountOf, DAY_MS, EMAIL, HOUR_MS, mineOf, SUBJECT, tokenScene } from './token-scene.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const JOB = `May 2026’s statement can’t be sent from ${EMAIL}.`;

function consentedDaysAgo(days: number, change: Partial<AccountRecord> = {}): AccountRecord {
  return { ...accountOf(HOUR_MS), consentedAt: iso(NOW_MS - days * DAY_MS), ...change };
}

describe('the likely cause of a death', () => {
  const answer = { subtype: null, description: 'Token has been expired or revoked.' };
  const hourAgo = { lastRefreshedAt: iso(NOW_MS - HOUR_MS) };

  test.each<[string, AccountRecord, Partial<typeof answer> | { subtype: string }, string]>([
    ['an hour after the seventh day', consentedDaysAgo(7, hourAgo), {}, 'testing'],
    ['on the third day', consentedDaysAgo(3, hourAgo), {}, 'revoked'],
    ['on the ninth day, refreshed on the eighth', consentedDaysAgo(9, hourAgo), {}, 'revoked'],
    [
      'a month on, not looked at since the third day',
      consentedDaysAgo(30, { lastRefreshedAt: iso(NOW_MS - 27 * DAY_MS) }),
      {},
      'testing',
    ],
    [
      'half a year unused',
      consentedDaysAgo(400, { lastRefreshedAt: iso(NOW_MS - 183 * DAY_MS) }),
      {},
      'unused',
    ],
    [
      'half a year after a consent that was never used',
      consentedDaysAgo(183, { lastRefreshedAt: null }),
      {},
      'unused',
    ],
    [
      'at an end that Google had named',
      consentedDaysAgo(90, { ...hourAgo, refreshTokenExpiresAt: iso(NOW_MS) }),
      {},
      'time-limited',
    ],
    [
      'at an end that Google had named, a week on',
      consentedDaysAgo(7, { ...hourAgo, refreshTokenExpiresAt: iso(NOW_MS) }),
      {},
      'testing',
    ],
    [
      'before the end that Google had named',
      consentedDaysAgo(90, { ...hourAgo, refreshTokenExpiresAt: iso(NOW_MS + DAY_MS) }),
      {},
      'revoked',
    ],
    [
      'when people must sign in again',
      consentedDaysAgo(7, hourAgo),
      { subtype: 'invalid_rapt' },
      'sign-in-again',
    ],
    [
      'when the account is gone',
      consentedDaysAgo(7, hourAgo),
      { description: 'Account has been deleted' },
      'account-gone',
    ],
    [
      'of a record whose dates nobody knows',
      { ...accountOf(0), consentedAt: iso(0), lastRefreshedAt: null },
      {},
      'revoked',
    ],
  ])('%s', (_, record, said, cause) => {
    expect(likelyCause(record, { ...answer, ...said }, NOW_MS)).toBe(cause);
  });

  test.each(DEATH_CAUSES)('(%s) is told in sentences of its own', (cause) => {
    const words = causeWords(cause, accountOf(0));
    expect(words).toMatch(/^[A-Z].{40,}\.$/);
    expect(DEATH_CAUSES.filter((other) => causeWords(other, accountOf(0)) === words)).toEqual([cause]);
  });

  test('a changed password is named only where it ends a connection', () => {
    expect(causeWords('revoked', accountOf(0))).toContain('password');
    expect(causeWords('revoked', { ...accountOf(0), scopes: ['openid'] })).not.toContain('password');
  });
});

describe('the forecast', () => {
  test('is none for an account in use', () => {
    expect(forecastOf(accountOf(HOUR_MS), NOW_MS)).toBeNull();
  });

  test('is certain when Google named the end, and suspects the screen in testing when that is seven days off', () => {
    const week = consentedDaysAgo(1, { refreshTokenExpiresAt: iso(NOW_MS + 6 * DAY_MS) });
    expect(forecastOf(week, NOW_MS)).toMatchObject({ endsAt: week.refreshTokenExpiresAt, certain: true });
    expect(forecastOf(week, NOW_MS)?.why).toContain('testing');
    const month = consentedDaysAgo(1, { refreshTokenExpiresAt: iso(NOW_MS + 29 * DAY_MS) });
    expect(forecastOf(month, NOW_MS)?.why).toBe('Access was given for a limited time only.');
  });

  test('of an account that nothing used is six months after its last use, told a month before', () => {
    const unused = (days: number) => consentedDaysAgo(300, { lastRefreshedAt: iso(NOW_MS - days * DAY_MS) });
    expect(forecastOf(unused(151), NOW_MS)).toBeNull();
    expect(forecastOf(unused(160), NOW_MS)).toMatchObject({
      endsAt: iso(NOW_MS + 22 * DAY_MS),
      certain: false,
    });
  });

  test('is none for an account that has ended', () => {
    expect(forecastOf(deadRecord(consentedDaysAgo(1), 'revoked', NOW_MS), NOW_MS)).toBeNull();
  });
});

describe('the health', () => {
  test('of an account in use needs no words', () => {
    expect(accountHealth(accountOf(HOUR_MS), [JOB], NOW_MS)).toEqual({ state: 'connected', words: [] });
  });

  test('of one that must be connected again says since when, what fails, and why', () => {
    const { state, words } = accountHealth(deadRecord(accountOf(0), 'testing', NOW_MS), [JOB], NOW_MS);
    expect(state).toBe('reconnect');
    expect(words).toEqual([
      `${EMAIL} must be connected again: its access ended on June 1, 2026.`,
      JOB,
      expect.stringContaining('in testing'),
    ]);
  });

  test('of one that ends within a week says when, and what fails then', () => {
    const record = consentedDaysAgo(1, { refreshTokenExpiresAt: iso(NOW_MS + 6 * DAY_MS) });
    const { state, words } = accountHealth(record, [JOB], NOW_MS);
    expect(state).toBe('ends-soon');
    expect(words.slice(0, 2)).toEqual([
      `The access to ${EMAIL} ends on June 7, 2026.`,
      `If it is not connected again by then: ${JOB}`,
    ]);
  });

  test('of one that ends later is well, and says when', () => {
    const record = consentedDaysAgo(1, { refreshTokenExpiresAt: iso(NOW_MS + 8 * DAY_MS) });
    const { state, words } = accountHealth(record, [JOB], NOW_MS);
    expect(state).toBe('connected');
    expect(words[0]).toContain('June 9, 2026');
    expect(words).not.toContain(JOB);
  });

  test('of one whose last refresh failed for the moment says that nothing is lost', () => {
    const lastError = { at: iso(NOW_MS), code: 'service-unavailable', what: 'Google did not answer.' };
    const { state, words } = accountHealth({ ...accountOf(0), lastError }, [JOB], NOW_MS);
    expect(state).toBe('failing');
    expect(words.join(' ')).toContain('Google did not answer.');
    expect(words.join(' ')).toContain('nothing is lost');
  });
});

describe('the hourly check', () => {
  test('without an account looks once at the properties, and asks nothing', () => {
    const host = fakeHost();
    expect(checkAccounts(host, { by: 'hourly check' })).toEqual({
      accounts: [],
      refreshed: 0,
      failed: 0,
      errors: new Map(),
      mine: {},
    });
    expect(host.rounds).toEqual([]);
  });

  test('refreshes what expires within two hours, and gives the accounts as they are then', () => {
    const { host, record } = tokenScene({ leftMs: 40 * 60_000 });
    const checked = checkAccounts(host, { by: 'hourly check' });
    expect(checked).toMatchObject({ refreshed: 1, failed: 0, accounts: [record()] });
    expect(checked.mine).toEqual(mineOf(host));
    expect(record().lastRefreshedAt).toBe(iso(NOW_MS));
    expect(readTrail(mineOf(host))).toMatchObject([{ what: 'refreshed', by: 'hourly check' }]);
    expect(checkAccounts(host, { by: 'hourly check' }).refreshed).toBe(0);
  });

  test('finds a connection that has ended, and then leaves it alone', () => {
    const { host, server } = tokenScene();
    server.revoke();
    const checked = checkAccounts(host, { by: 'hourly check' });
    expect(checked).toMatchObject({ refreshed: 0, failed: 1, accounts: [{ dead: { cause: 'revoked' } }] });
    expect(checkAccounts(host, { by: 'hourly check' })).toMatchObject({ failed: 0 });
    expect(server.asked).toHaveLength(1);
  });

  test('refreshes 50 accounts at most, those first that run out first', () => {
    const { host, server, put } = tokenScene();
    for (let index = 0; index < 60; index++) {
      const expiresAt = iso(NOW_MS - index * 60_000);
      put({ ...accountOf(0), subject: String(1000 + index), refreshToken: server.consent(), expiresAt });
    }
    expect(checkAccounts(host, { by: 'hourly check' }).refreshed).toBe(50);
    expect(host.rounds.map((round) => round.length)).toEqual([50]);
    const refreshedAt = (subject: string) => readAccount(mineOf(host), subject)?.lastRefreshedAt;
    expect(refreshedAt('1059')).toBe(iso(NOW_MS));
    expect(refreshedAt('1000')).not.toBe(iso(NOW_MS));
  });
});

describe('telling the owner', () => {
  const [ended, ending] = [
    deadRecord({ ...accountOf(0), subject: '1' }, 'revoked', NOW_MS),
    consentedDaysAgo(4, { subject: '2', refreshTokenExpiresAt: iso(NOW_MS + 3 * DAY_MS) }),
  ];

  test('is due for what has ended and for what ends within three days, not for what ends later', () => {
    const later = consentedDaysAgo(3, { subject: '3', refreshTokenExpiresAt: iso(NOW_MS + 3 * DAY_MS + 1) });
    expect(toTell([ended, ending, later, accountOf(0)], NOW_MS)).toEqual([ended, ending]);
  });

  test('happens once, is in the trail, and happens again when what was to end has ended', () => {
    const { host, put, record } = tokenScene({ leftMs: HOUR_MS, record: { ...ending, subject: SUBJECT } });
    put({ ...ending, subject: '2' });
    markTold(host, [SUBJECT]);
    expect(record().toldAt).toBe(iso(NOW_MS));
    expect(toTell([record()], NOW_MS)).toEqual([]);
    expect(readTrail(mineOf(host))).toMatchObject([{ what: 'told', email: EMAIL, detail: 'ends soon' }]);
    const { accounts } = checkAccounts(host, { by: 'hourly check' });
    expect(accounts.map(({ toldAt }) => toldAt)).toContain(null);
    put(deadRecord(record(), 'time-limited', NOW_MS));
    expect(toTell([record()], NOW_MS)).toHaveLength(1);
  });

  test('of nobody writes nothing', () => {
    const { host, stored } = tokenScene();
    const before = stored.size;
    markTold(host, ['unknown']);
    expect(stored.size).toBe(before);
  });
});
