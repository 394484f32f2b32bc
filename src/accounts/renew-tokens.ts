/**
 * Renews access tokens so that no refresh token is ever lost, whatever else runs and wherever a run is cut off:
 *
 * 1. Under the lock the records are read anew and leases taken for those that are due: whoever comes second waits, and
 *    finds the token that the first one made.
 * 2. All refreshes go out in one round, while the leases hold.
 * 3. Under the lock again the records are compared with what the refresh began with, and written together with the
 *    trail and the end of the leases. Only what is written is handed out, and a record that somebody changed meanwhile
 *    is not written over: it is looked at again from the start.
 *
 * Only the server's word kills a record (`invalid_grant`); every other failure leaves its tokens alone.
 */
import type { Outcome } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { OAuthClient, TokenAnswer } from '../clients/google/oauth.ts';
import { refreshAccess } from '../clients/google/oauth.ts';
import type { PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { Lease } from '../host/lease.ts';
import { freeingEntries, giveBack, takeLeases } from '../host/lease.ts';
import type { AccountRecord, AskedBy } from './account.ts';
import { accountExpired, accountUnknown, notKept, storeFailed, tokenBusy } from './account-errors.ts';
import { accountKey, readAccounts } from './account-store.ts';
import { keepAccounts } from './keep-accounts.ts';
import { loadOAuthClient } from './oauth-client.ts';
import { persistently } from './persistently.ts';
import type { SettledRefresh } from './settle-refresh.ts';
import { settledRecord } from './settle-refresh.ts';

/** A request starts within this time of the lease … */
const REFRESH_MS = 75_000;
/** … and may take a minute (UrlFetchApp), and keeping its result tries the lock three times for ten seconds each. */
const LEASE_MS = 180_000;
const ATTEMPTS = 4;
/** A refresh takes a second. Longer than this a run with six minutes in all does not wait for another's. */
const WAIT_MS = 45_000;
const FIRST_SLEEP_MS = 500;
const LONGEST_SLEEP_MS = 4_000;
/** All of these bound the loops whatever the clock does. */
const MOST_WAITS = 40;
const MOST_REFRESHES = 3;
const MOST_FAILED_LOOKS = 3;
/** A token made so lately is as good as another refresh could get. */
const JUST_NOW_MS = 600_000;

export interface TokenWish {
  readonly subject: string;
  /** How long the token must still be good. */
  readonly validForMs: number;
  /** A token that an API refused, so that it won't do. */
  readonly refused: string | null;
}

export type Obtained =
  | { readonly kind: 'token'; readonly record: AccountRecord; readonly renewed: boolean }
  | {
      readonly kind: 'failed';
      readonly error: PurserError;
      /** As the store has it right now; null when it is not there or could not be read. */
      readonly record: AccountRecord | null;
    };

/**
 * A token for every wish, by subject; never throws. One round of requests for all that are due.
 * @param deadlineMs milliseconds since 1970 UTC; default as long as a renewal may take
 */
export function obtainTokens(
  host: Host,
  wishes: readonly TokenWish[],
  by: AskedBy,
  deadlineMs = Number.POSITIVE_INFINITY,
): ReadonlyMap<string, Obtained> {
  const results = new Map<string, Obtained>();
  let open = wishes;
  try {
    const owner = host.uuid();
    const untilMs = Math.min(host.now() + WAIT_MS, deadlineMs);
    let [waits, refreshes, failedLooks] = [0, 0, 0];
    while (open.length > 0) {
      const look = lookUnderLock(host, open, owner);
      if (look.error !== null && ++failedLooks > MOST_FAILED_LOOKS) throw look.error;
      for (const [subject, result] of look.results) results.set(subject, result);
      if (look.due.length > 0 && look.client !== null) {
        refreshes++;
        for (const [subject, result] of refreshAll(host, look.due, look.client, by, deadlineMs)) {
          results.set(subject, result);
        }
      }
      const isLate = host.now() >= untilMs || ++waits > MOST_WAITS;
      const isSpent = refreshes >= MOST_REFRESHES;
      const due = new Set(look.due.map(({ wish }) => wish.subject));
      let isBusy = false;
      for (const { subject } of open) {
        if (results.has(subject)) continue;
        // One that was due had its record changed meanwhile: what the look saw is not what is there now.
        const seen = due.has(subject) ? null : (look.records.get(subject) ?? null);
        if (isSpent || (isLate && !due.has(subject))) results.set(subject, busy(subject, seen));
        else isBusy ||= !due.has(subject);
      }
      open = open.filter((wish) => !results.has(wish.subject));
      if (isBusy) host.sleep(sleepMs(host, waits));
    }
  } catch (thrown) {
    const error = storeFailed(thrown);
    for (const { subject } of open) results.set(subject, { kind: 'failed', error, record: null });
  }
  return results;
}

/** Whether the record's token does, at `nowMs`. */
export function doesToken(record: AccountRecord, wish: Omit<TokenWish, 'subject'>, nowMs: number): boolean {
  if (record.accessToken === null || record.accessToken === wish.refused || record.expiresAt === null)
    return false;
  const lifetimeMs =
    record.lifetimeSeconds === null ? Number.POSITIVE_INFINITY : record.lifetimeSeconds * 1000;
  // A token that never was good for so long does in its first ten minutes, or its first half.
  const mostMs = Math.max(lifetimeMs / 2, lifetimeMs - JUST_NOW_MS);
  return Date.parse(record.expiresAt) - nowMs >= Math.min(wish.validForMs, mostMs);
}

interface Due {
  readonly wish: TokenWish;
  readonly record: AccountRecord;
  readonly refreshToken: string;
  readonly lease: Lease;
}

interface Look {
  readonly results: ReadonlyMap<string, Obtained>;
  readonly due: readonly Due[];
  readonly client: OAuthClient | null;
  readonly records: ReadonlyMap<string, AccountRecord>;
  /** The store or the lock failed; nothing is known. */
  readonly error: PurserError | null;
}

/** Tells what the store says to each wish, and takes the leases of those that are due and free. */
function lookUnderLock(host: Host, open: readonly TokenWish[], owner: string): Look {
  const results = new Map<string, Obtained>();
  const records = new Map<string, AccountRecord>();
  let client: OAuthClient | null = null;
  try {
    const { leases } = takeLeases(host, 'user', LEASE_MS, owner, (mine) => {
      const { accounts, unreadable } = readAccounts(mine);
      const nowMs = host.now();
      const names: string[] = [];
      for (const wish of open) {
        const { subject } = wish;
        const record = accounts.find((account) => account.subject === subject);
        if (record === undefined) {
          const why = unreadable.find(({ key }) => key === accountKey(subject))?.why ?? null;
          results.set(subject, { kind: 'failed', error: accountUnknown(subject, why), record: null });
          continue;
        }
        records.set(subject, record);
        if (record.refreshToken === null) {
          results.set(subject, { kind: 'failed', error: accountExpired(record), record });
        } else if (doesToken(record, wish, nowMs)) {
          results.set(subject, { kind: 'token', record, renewed: false });
        } else {
          names.push(leaseName(subject));
        }
      }
      if (names.length > 0) client = loadOAuthClient(mine);
      return names;
    });
    const due = open.flatMap((wish): Due[] => {
      const record = records.get(wish.subject);
      const lease = leases.get(leaseName(wish.subject));
      if (lease === undefined || record === undefined || record.refreshToken === null) return [];
      return [{ wish, record, refreshToken: record.refreshToken, lease }];
    });
    return { results, due, client, records, error: null };
  } catch (thrown) {
    const error = asPurserError(thrown);
    if (error.kind !== 'setup') {
      return { results: new Map(), due: [], client: null, records: new Map(), error };
    }
    for (const { subject } of open) {
      if (!results.has(subject)) {
        results.set(subject, { kind: 'failed', error, record: records.get(subject) ?? null });
      }
    }
    return { results, due: [], client: null, records, error: null };
  }
}

/** Refreshes all of them in one round and keeps what came. Those whose record changed meanwhile get no result. */
function refreshAll(
  host: Host,
  due: readonly Due[],
  client: OAuthClient,
  by: AskedBy,
  deadlineMs: number,
): ReadonlyMap<string, Obtained> {
  const sentMs = host.now();
  const answers = ask(host, due, client, Math.min(sentMs + REFRESH_MS, deadlineMs));
  const { clientId } = client;
  const settle = ({ record, wish }: Due, current: AccountRecord | null) =>
    settledRecord(record, current, answers.get(wish.subject) ?? noAnswer(), {
      clientId,
      sentMs,
      nowMs: host.now(),
      by,
    });
  try {
    return persistently(host, () => {
      const store = host.properties('user');
      const mine = store.readAll();
      const results = new Map<string, Obtained>();
      const changes: NonNullable<SettledRefresh['write']>[] = [];
      const { accounts } = readAccounts(mine);
      for (const one of due) {
        const current = accounts.find(({ subject }) => subject === one.wish.subject);
        const settled = settle(one, current ?? null);
        if (settled === null) continue;
        results.set(one.wish.subject, settled.result);
        if (settled.write !== null) changes.push(settled.write);
      }
      const leases = due.map(({ lease }) => lease);
      keepAccounts(store, mine, changes, freeingEntries(leases, mine));
      return results;
    });
  } catch (thrown) {
    for (const { lease } of due) giveBack(host, lease);
    return new Map(
      due.map((one) => {
        const settled = settle(one, one.record);
        const error = settled?.result.kind === 'failed' ? settled.result.error : notKept(one.record, thrown);
        return [one.wish.subject, { kind: 'failed', error, record: null }];
      }),
    );
  }
}

function ask(
  host: Host,
  due: readonly Due[],
  client: OAuthClient,
  deadlineMs: number,
): ReadonlyMap<string, Outcome<TokenAnswer>> {
  try {
    const calls = Object.fromEntries(
      due.map(({ wish, refreshToken }) => [wish.subject, refreshAccess(client, refreshToken)]),
    );
    const outcomes = exchange(host, calls, { deadlineMs, attempts: ATTEMPTS });
    return new Map(Object.entries(outcomes));
  } catch (thrown) {
    const error = asPurserError(thrown);
    return new Map(due.map(({ wish }) => [wish.subject, { ok: false, error }]));
  }
}

function noAnswer(): Outcome<TokenAnswer> {
  return { ok: false, error: asPurserError(new Error('a refresh was not answered')) };
}

function busy(subject: string, record: AccountRecord | null): Obtained {
  return { kind: 'failed', error: tokenBusy(subject, record?.email ?? ''), record };
}

/** The lease under which an account's token is renewed. */
export function leaseName(subject: string): string {
  return `token.${subject}`;
}

/** Short at first, as most refreshes are; by chance between a half and the whole, so that two don't keep meeting. */
function sleepMs(host: Host, waits: number): number {
  const mostMs = Math.min(LONGEST_SLEEP_MS, FIRST_SLEEP_MS * 1.5 ** (waits - 1));
  return Math.floor((mostMs / 2) * (1 + host.random()));
}
