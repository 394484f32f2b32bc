/** Access tokens of connected accounts: the one in hand while it does, else a renewed one that is kept already. */
import type { Bearer } from '../clients/google/bearer.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { AccountRecord, AskedBy, Purpose } from './account.ts';
import {
  accountExpired,
  accountUnknown,
  isPassing,
  refusedTooOften,
  requirePurpose,
  storeFailed,
} from './account-errors.ts';
import { readAccount } from './account-store.ts';
import { keepAccounts } from './keep-accounts.ts';
import { persistently } from './persistently.ts';
import type { Obtained } from './renew-tokens.ts';
import { doesToken, obtainTokens } from './renew-tokens.ts';
import { cleared } from './settle-refresh.ts';

/** A token in use must outlast the longest run that Google allows, nearly: six minutes. */
const VALID_FOR_MS = 300_000;
/** When it can't be renewed for the moment, a token that is good for one more request is better than none. */
const SPARE_MS = 60_000;
/** Many requests ask one bearer: what failed just now is not tried again for each of them. */
const PAUSE_MS = 60_000;
/** An API that refuses one token after the other, and takes some, is not answered with renewals for ever. */
const MOST_RENEWALS = 3;

export interface TokenNeed {
  readonly purpose: Purpose;
  readonly by: AskedBy;
}

/**
 * The account as a bearer. A token that is good for five more minutes costs no call to the platform; a renewal costs
 * six, and one request.
 *
 * `token()` and `renew()` throw PurserError `account-unknown`, `account-expired`, `account-scope-missing`,
 * `oauth-client-missing`, `oauth-client-refused`, `token-busy`, `google-refused` after three refusals, or why the service can't be reached.
 *
 * @param mine user properties as the run read them; what must be fresh is read again
 */
export function accountBearer(
  host: Host,
  subject: string,
  need: TokenNeed,
  mine: Readonly<Record<string, string>>,
): Bearer {
  let known = readAccount(mine, subject);
  /** Tokens made because an API had refused the one before, and that no API has taken yet. */
  const madeAnew = new Set<string>();
  let renewals = 0;
  let failed: {
    readonly refused: string | null;
    readonly untilMs: number;
    readonly obtained: Failed;
  } | null = null;

  const obtain = (refused: string | null, validForMs = VALID_FOR_MS): Obtained => {
    if (failed !== null && failed.refused === refused && host.now() < failed.untilMs) return failed.obtained;
    const wish = { subject, validForMs, refused };
    const obtained = obtainTokens(host, [wish], need.by).get(subject);
    if (obtained === undefined) throw accountUnknown(subject, null);
    if (obtained.kind === 'token') {
      known = obtained.record;
      failed = null;
    } else {
      // One that was disconnected is not used any more, though the run began with it.
      known = obtained.error.code === 'account-unknown' ? null : (obtained.record ?? known);
      failed = { refused, untilMs: host.now() + PAUSE_MS, obtained };
    }
    return obtained;
  };

  return {
    token: (validForMs = VALID_FOR_MS) => {
      if (known !== null && known.refreshToken !== null) {
        requirePurpose(known, need.purpose);
        if (doesToken(known, { validForMs, refused: null }, host.now())) return tokenOf(known);
      }
      const obtained = obtain(null, validForMs);
      const record = obtained.kind === 'token' ? obtained.record : spareOf(host, obtained);
      requirePurpose(record, need.purpose);
      return tokenOf(record);
    },
    accepted: (token) => {
      madeAnew.delete(token);
    },
    explain: (error) => explained(error, known?.email ?? 'the account'),
    renew: (refused, isSecond) => {
      if (known?.accessToken !== refused && known?.accessToken) return;
      if (isSecond && madeAnew.has(refused)) {
        known = clearedIfSame(host, subject, refused, need.by);
        if (known === null) throw accountUnknown(subject, null);
        if (known.dead !== null) throw accountExpired(known);
        return;
      }
      if (known !== null && renewals >= MOST_RENEWALS) throw refusedTooOften(known, renewals);
      const obtained = obtain(refused);
      if (obtained.kind === 'failed') throw obtained.error;
      if (!obtained.renewed) return;
      renewals++;
      madeAnew.add(tokenOf(obtained.record));
    },
  };
}

/** What a person can do about a refusal is not what they would do about their own authorization. */
function explained(error: PurserError, email: string): PurserError {
  const isRefusal = error.code === 'google-scope-missing' || error.data.status === 401;
  if (!isRefusal) return error;
  const { code, what, data } = error;
  const now = `Choose Purser › Connected accounts…, reconnect ${email} and grant all that Google lists.`;
  return new PurserError(code, { what, now, data, cause: error });
}

type Failed = Extract<Obtained, { kind: 'failed' }>;

/** What became of one account: a token that is good for so long, renewed for it or not; or why there is none. */
export type RefreshOutcome = Obtained & { readonly subject: string };

/**
 * Refreshes those of the accounts that expire within `withinMs` and were not refreshed just now; one round of requests
 * for all, and six calls to the platform. Never throws: one account leaves the others alone.
 */
export function refreshAccounts(
  host: Host,
  subjects: readonly string[],
  request: { readonly withinMs: number; readonly by: AskedBy; readonly deadlineMs?: number },
): readonly RefreshOutcome[] {
  const wishes = [...new Set(subjects)].map((subject) => ({
    subject,
    validForMs: request.withinMs,
    refused: null,
  }));
  const obtained = obtainTokens(host, wishes, request.by, request.deadlineMs);
  return [...obtained].map(([subject, one]) => ({ ...one, subject }));
}

/** The token that the store still has, when a renewal failed for the moment only. @throws PurserError otherwise */
function spareOf(host: Host, { error, record }: Failed): AccountRecord {
  if (!isPassing(error.code) || record === null || record.accessToken === null || record.expiresAt === null)
    throw error;
  const spareMs = Date.parse(record.expiresAt) - host.now();
  if (spareMs < SPARE_MS) throw error;
  host.log({ event: 'token-not-renewed', subject: record.subject, code: error.code, spareMs });
  return record;
}

/**
 * An API refused one request with a token and with the one that was made for that refusal, which nothing else has taken:
 * a third one would fare no better, so the account must be connected again. Unless the record has another token by now: that one is tried.
 *
 * @returns the record as it is now; null when there is none
 */
function clearedIfSame(host: Host, subject: string, refused: string, by: AskedBy): AccountRecord | null {
  try {
    return persistently(host, () => {
      const store = host.properties('user');
      const mine = store.readAll();
      const current = readAccount(mine, subject);
      if (current === null || current.accessToken !== refused) return current;
      const change = cleared(current, 'refused-by-api', { nowMs: host.now(), by });
      keepAccounts(store, mine, [change]);
      return change.record;
    });
  } catch (thrown) {
    throw storeFailed(thrown);
  }
}

function tokenOf(record: AccountRecord): string {
  if (record.accessToken !== null) return record.accessToken;
  throw new PurserError('unexpected', {
    what: 'A renewed record has no token.',
    now: 'Report this.',
    data: { subject: record.subject },
  });
}
