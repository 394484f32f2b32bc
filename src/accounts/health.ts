/** How connected accounts fare: refreshed every hour, and their end told before it strands a statement. */

import type { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { dateLabel } from '../statement/month.ts';
import type { AccountError, AccountRecord, AskedBy } from './account.ts';
import { isPassing } from './account-errors.ts';
import { accountEntry, isoTime, readAccounts } from './account-store.ts';
import { causeWords } from './death-cause.ts';
import type { Forecast } from './forecast.ts';
import { forecastOf } from './forecast.ts';
import { persistently } from './persistently.ts';
import { refreshAccounts } from './tokens.ts';
import { trailEntry } from './trail.ts';

/** Longer than an access token lives: each tick finds out whether the connection still stands. */
const DUE_MS = 7_200_000;
/** Trouble that passes is over by then; what lasts longer is no such trouble. */
const LASTING_MS = 24 * 3_600_000;
/** What one round of requests and one run can do. */
const MOST_ACCOUNTS = 50;
const DAY_MS = 86_400_000;
const ENDS_SOON_MS = 7 * DAY_MS;
const TELL_MS = 3 * DAY_MS;

export interface AccountHealth {
  /** `failing`: the last refresh did not work; its tokens are there. */
  readonly state: 'connected' | 'ends-soon' | 'failing' | 'reconnect';
  /** Sentences, the most important first; none when all is well. */
  readonly words: readonly string[];
}

/**
 * @param uses jobs that fail without the account, a sentence each: `May 2026’s statement can’t be sent from …`
 */
export function accountHealth(record: AccountRecord, uses: readonly string[], nowMs: number): AccountHealth {
  const who = record.email || record.name || 'This account';
  if (record.dead !== null) {
    const what = `${who} must be connected again: its access ended on ${day(record.dead.at)}.`;
    return { state: 'reconnect', words: [what, ...uses, causeWords(record.dead.cause, record)] };
  }
  const forecast = forecastOf(record, nowMs);
  const { lastError } = record;
  const isRefused = lastError !== null && !isPassing(lastError.code);
  if (forecast !== null && endsWithin(forecast, ENDS_SOON_MS, nowMs) && !isRefused) {
    return { state: 'ends-soon', words: endWords(who, forecast, uses) };
  }
  if (lastError !== null) return { state: 'failing', words: failureWords(who, lastError, uses, nowMs) };
  return { state: 'connected', words: forecast === null ? [] : endWords(who, forecast, []) };
}

function failureWords(
  who: string,
  error: AccountError,
  uses: readonly string[],
  nowMs: number,
): readonly string[] {
  const what = `The last try to renew the access to ${who} failed on ${day(error.at)}: ${error.what}`;
  if (!isPassing(error.code)) {
    return [
      what,
      ...uses,
      ...(error.now === undefined ? [] : [error.now]),
      'Its connection is kept meanwhile.',
    ];
  }
  const wait = 'Purser tries again every hour; nothing is lost.';
  if (!isLasting(error, nowMs)) return [what, wait];
  const jobs = uses.length === 0 ? [] : [`If it stays so: ${uses.join(' ')}`];
  return [what, `It has failed since ${day(error.since ?? error.at)}.`, ...jobs, wait];
}

export interface AccountsChecked {
  /** As they are now. */
  readonly accounts: readonly AccountRecord[];
  readonly refreshed: number;
  /** Those that could not be refreshed, whether for the moment or for good. */
  readonly failed: number;
  /** What those failed with, by subject. */
  readonly errors: ReadonlyMap<string, PurserError>;
  /** User properties as they are now. */
  readonly mine: Readonly<Record<string, string>>;
}

/**
 * Refreshes what is due within two hours, those first that run out first. Without an account it costs one call to the
 * platform, else eight and one round of requests.
 *
 * @throws what the store failed with
 */
export function checkAccounts(
  host: Host,
  request: { readonly by: AskedBy; readonly deadlineMs?: number },
): AccountsChecked {
  const mine = host.properties('user').readAll();
  const { accounts } = readAccounts(mine);
  const due = accounts
    .filter((account) => account.refreshToken !== null)
    .sort((a, b) => expiry(a) - expiry(b))
    .slice(0, MOST_ACCOUNTS)
    .map(({ subject }) => subject);
  if (due.length === 0) return { accounts, refreshed: 0, failed: 0, errors: new Map(), mine };
  const outcomes = refreshAccounts(host, due, { ...request, withinMs: DUE_MS });
  const fresh = host.properties('user').readAll();
  return {
    accounts: readAccounts(fresh).accounts,
    refreshed: outcomes.filter((one) => one.kind === 'token' && one.renewed).length,
    failed: outcomes.filter((one) => one.kind === 'failed').length,
    errors: new Map(outcomes.flatMap((one) => (one.kind === 'failed' ? [[one.subject, one.error]] : []))),
    mine: fresh,
  };
}

/** Accounts whose owner must hear that they are, or within three days will be, without access; each once. */
export function toTell(accounts: readonly AccountRecord[], nowMs: number): readonly AccountRecord[] {
  return accounts.filter((account) => {
    if (account.toldAt !== null) return false;
    if (account.dead !== null) return true;
    const forecast = forecastOf(account, nowMs);
    return forecast !== null && endsWithin(forecast, TELL_MS, nowMs);
  });
}

/**
 * Accounts whose renewal goes on failing: what Google refuses, at once and every day, because a person must mend it; and
 * what has failed for longer than a day, whatever it is, once. A client that is refused is no account's own trouble.
 */
export function failuresToTell(
  accounts: readonly AccountRecord[],
  nowMs: number,
): { readonly daily: readonly AccountRecord[]; readonly once: readonly AccountRecord[] } {
  const failing = accounts.flatMap((account) =>
    account.dead === null && account.lastError !== null ? [{ account, error: account.lastError }] : [],
  );
  const own = failing.filter(({ error }) => error.code !== 'oauth-client-refused');
  const daily = own.filter(({ error }) => !isPassing(error.code));
  const once = own.filter(
    ({ error }) => isPassing(error.code) && error.toldAt === undefined && isLasting(error, nowMs),
  );
  return { daily: daily.map(({ account }) => account), once: once.map(({ account }) => account) };
}

/**
 * Remembers that the owner was told; a death after a warning is told again, and so is the next row of failures.
 * @param of what was told: an end, come or near, or failures that last
 * @throws what the store failed with
 */
export function markTold(host: Host, subjects: readonly string[], of: 'end' | 'failures' = 'end'): void {
  persistently(host, () => {
    const store = host.properties('user');
    const mine = store.readAll();
    const at = isoTime(host.now());
    const told = readAccounts(mine).accounts.filter(({ subject }) => subjects.includes(subject));
    if (told.length === 0) return;
    const events = told.map(({ subject, email, dead, lastError }) => {
      const detail = of === 'failures' ? (lastError?.code ?? 'failures') : (dead?.cause ?? 'ends soon');
      return { at, subject, email, what: 'told', by: 'Purser', detail, times: 1 } as const;
    });
    const entries = told.map((record) => accountEntry(markedTold(record, at, of)));
    store.write({ ...Object.assign({}, ...entries), ...trailEntry(mine, events) });
  });
}

function markedTold(record: AccountRecord, at: string, of: 'end' | 'failures'): AccountRecord {
  if (of === 'end') return { ...record, toldAt: at };
  // Renewed since: the next failures are others.
  if (record.lastError === null) return record;
  return { ...record, lastError: { ...record.lastError, toldAt: at } };
}

function isLasting({ at, since = at }: AccountError, nowMs: number): boolean {
  return nowMs - Date.parse(since) > LASTING_MS;
}

function endWords(who: string, forecast: Forecast, uses: readonly string[]): readonly string[] {
  const about = forecast.certain ? 'on' : 'about';
  const when = forecast.endsAt === null ? 'soon' : `${about} ${day(forecast.endsAt)}`;
  const jobs = uses.length === 0 ? [] : [`If it is not connected again by then: ${uses.join(' ')}`];
  return [`The access to ${who} ends ${when}.`, ...jobs, forecast.why];
}

function endsWithin({ endsAt }: Forecast, ms: number, nowMs: number): boolean {
  return endsAt !== null && Date.parse(endsAt) - nowMs <= ms;
}

function expiry({ expiresAt }: AccountRecord): number {
  return expiresAt === null ? 0 : Date.parse(expiresAt);
}

function day(time: string): string {
  return dateLabel(time.slice(0, 10));
}
