/**
 * Taking a grant back at Google. Revoking one token ends every token of that account and client
 * (developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke), so that nothing is revoked which
 * something else still needs. What needs it is looked up anew before each try: while Google does not answer, the same
 * person may consent again.
 */
import type { Outcome } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import { revokeToken } from '../clients/google/oauth.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { giveBack } from '../host/lease.ts';
import { accountKey, readAccounts } from './account-store.ts';
import { takeGrantLease } from './grant-lease.ts';
import { readWaiting } from './waiting-store.ts';

/**
 * - `revoked`: Google ended it
 * - `not-valid`: there was nothing left to end
 * - `kept-shared`: something else uses the same grant
 * - `failed`: Google could not be asked, or somebody else was at it
 */
export type Revocation = 'revoked' | 'not-valid' | 'kept-shared' | 'failed';

export interface Revoked {
  readonly revoked: Revocation;
  /** What became of the access, in words. */
  readonly why: string;
}

const ATTEMPTS = 3;
/** Somebody waits in front of a dialog or a page. */
const PATIENCE_MS = 90_000;
const FIRST_BACKOFF_MS = 1_000;

/** Who consented, and what Google gave. */
export interface Grant {
  readonly subject: string;
  readonly email: string;
  readonly refreshToken: string | null;
  readonly accessToken: string | null;
}

/**
 * Ends what is no longer kept in user properties, unless something there needs the same grant. Never throws.
 * @param latestMs when the last try begins, if that is sooner than somebody’s patience ends
 */
export function revokeUnlessShared(host: Host, grant: Grant, latestMs = Number.POSITIVE_INFINITY): Revoked {
  let isBusy = false;
  const done = repeated(host, grant, Math.min(latestMs, host.now() + PATIENCE_MS), (untilMs) => {
    const held = takeGrantLease(host, untilMs - host.now());
    isBusy = held === null;
    if (held === null) return null;
    try {
      return revokedNow(host, held.properties, grant);
    } finally {
      giveBack(host, held.lease);
    }
  });
  return done.revoked === 'failed' && isBusy ? revocationBusy(grant.email) : done;
}

/**
 * The same for who has the lease of grants already, and may not be able to read the store any more.
 * @param mine user properties; while the lease is held nothing comes to share the grant
 * @param untilMs when the last try begins, for the lease to hold
 */
export function revokeUnderLease(
  host: Host,
  mine: Readonly<Record<string, string>>,
  grant: Grant,
  untilMs: number,
): Revoked {
  const latestMs = Math.min(untilMs, host.now() + PATIENCE_MS);
  return repeated(host, grant, latestMs, () => revokedNow(host, mine, grant));
}

/** Up to three tries; one that gives null may be made again. */
function repeated(
  host: Host,
  grant: Grant,
  untilMs: number,
  attempt: (untilMs: number) => Revoked | null,
): Revoked {
  for (let tried = 1; ; tried++) {
    try {
      const done = attempt(untilMs);
      if (done !== null) return done;
    } catch (thrown) {
      host.log({ event: 'revocation-failed', subject: grant.subject, code: asPurserError(thrown).code });
      return revocationFailed(grant.email);
    }
    const waitMs = FIRST_BACKOFF_MS * 2 ** (tried - 1);
    if (tried === ATTEMPTS || host.now() + waitMs >= untilMs) return revocationFailed(grant.email);
    host.sleep(waitMs);
  }
}

/** One try; null when Google could not be asked right now. @throws PurserError its refusal */
function revokedNow(host: Host, mine: Readonly<Record<string, string>>, grant: Grant): Revoked | null {
  const shared = sharedBy(host, mine, grant);
  if (shared !== null) return { revoked: 'kept-shared', why: shared };
  const token = grant.refreshToken ?? grant.accessToken;
  if (token === null) return { revoked: 'not-valid', why: 'Purser had no token of it any more.' };
  const { call }: { readonly call: Outcome<'revoked' | 'not-valid'> } = exchange(
    host,
    { call: revokeToken(token) },
    { attempts: 1 },
  );
  if (call.ok) {
    return call.value === 'revoked'
      ? { revoked: 'revoked', why: 'Google ended the access.' }
      : { revoked: 'not-valid', why: 'The access had ended already.' };
  }
  const { kind, code } = call.error;
  if (kind === 'setup' || kind === 'refused') throw call.error;
  host.log({ event: 'revocation-unanswered', subject: grant.subject, code });
  return null;
}

/** Nobody could end it. @param email whose it is; empty when nobody knows */
export function revocationFailed(email: string): Revoked {
  const whose = email === '' ? 'as that account' : `as ${email}`;
  return {
    revoked: 'failed',
    why: `Google could not be asked to end the access. Remove it at myaccount.google.com/permissions, signed in ${whose}.`,
  };
}

/** Google was not asked: somebody else gives or ends a grant, or was cut off while they did. */
export function revocationBusy(email: string): Revoked {
  return {
    revoked: 'failed',
    why: `Another window is connecting or disconnecting an account just now, or was cut off while it did, so the access was not ended. Remove it at myaccount.google.com/permissions, signed in as ${email}; or connect the account again in three minutes, and disconnect it then.`,
  };
}

/** What else uses the grant, in words; null when nothing does. */
function sharedBy(host: Host, mine: Readonly<Record<string, string>>, grant: Grant): string | null {
  const { accounts, unreadable } = readAccounts(mine);
  const isConnected =
    // Without a refresh token it has nothing to lose.
    accounts.some(({ subject, refreshToken }) => subject === grant.subject && refreshToken !== null) ||
    unreadable.some(({ key, isNewer }) => isNewer && key === accountKey(grant.subject));
  if (isConnected) return 'The access stays: the account is connected here.';
  if (readWaiting(mine).some(({ identity }) => identity.subject === grant.subject)) {
    return 'The access stays: a connection of the same account waits to be confirmed.';
  }
  // The built-in authorization may be of the same Cloud project, and so of the same grant.
  if (host.userEmail().toLowerCase() === grant.email.toLowerCase()) {
    return 'The access stays: it is your own account, and ending it could end Purser’s own authorization. To end it all the same, remove it at myaccount.google.com/permissions.';
  }
  return null;
}
