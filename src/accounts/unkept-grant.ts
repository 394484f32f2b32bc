/** A grant whose tokens could not be kept: it is taken back, or the person told that it stands. */
import { send } from '../clients/exchange.ts';
import type { Identity, TokenReply } from '../clients/google/oauth.ts';
import { whoIs } from '../clients/google/oauth.ts';
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { LeaseTaken } from '../host/lease.ts';
import { storeFailed } from './account-errors.ts';
import { isStillHeld } from './grant-lease.ts';
import { persistently } from './persistently.ts';
import type { Revoked } from './revocation.ts';
import { revocationFailed, revokeUnderLease, revokeUnlessShared } from './revocation.ts';

/** A round of requests takes a minute at most (UrlFetchApp). */
const ROUND_MS = 65_000;

export interface Unkept {
  readonly reply: TokenReply;
  /** Null when nobody knows whose it is; then nobody knows either what else shares the grant. */
  readonly identity: Identity | null;
  /** The user properties now; null when they can't be read. */
  readonly now: Readonly<Record<string, string>> | null;
  /** A write was tried, so that without a look it may be kept all the same. */
  readonly maybeStored: boolean;
}

/**
 * Takes back what was given, unless something else needs it; never throws.
 * @param held the lease of grants
 * @returns the error to tell: what was thrown, and what became of the access
 */
export function takenBack(host: Host, held: LeaseTaken, unkept: Unkept, thrown: unknown): PurserError {
  const error = storeFailed(thrown);
  const { revoked, why } = taken(host, held, unkept);
  const isTaken = revoked === 'revoked' || revoked === 'not-valid';
  host.log({ event: 'grant-not-kept', code: error.code, revoked });
  const { code, what, now, data } = error;
  const nothing = error.kind === 'unavailable' && !isUncertain(unkept) ? ' Nothing was connected.' : '';
  const words = isTaken ? 'What Google had given was taken back.' : why;
  return new PurserError(code, { what: `${what}${nothing} ${words}`, now, data, cause: error });
}

function taken(host: Host, held: LeaseTaken, unkept: Unkept): Revoked {
  const { identity, reply, now } = unkept;
  // Without the address nobody can tell whether it is the owner's own account.
  if (identity === null || identity.subject === '' || identity.email === '') return revocationFailed('');
  if (isUncertain(unkept)) return revocationFailed(identity.email);
  const { subject, email } = identity;
  const { refreshToken, accessToken } = reply;
  const grant = { subject, email, refreshToken, accessToken };
  const isHeld = now === null || isStillHeld(held, now);
  return isHeld && host.now() + ROUND_MS < held.lease.expiresMs
    ? revokeUnderLease(host, now ?? held.properties, grant, held.lease.expiresMs - ROUND_MS)
    : revokeUnlessShared(host, grant);
}

function isUncertain({ now, maybeStored }: Unkept): boolean {
  return now === null && maybeStored;
}

/** Whose the access is, by asking Google; null when it does not say. */
export function whoGave(host: Host, { accessToken }: TokenReply): Identity | null {
  try {
    return send(host, whoIs(accessToken), { attempts: 2 });
  } catch (thrown) {
    host.log({ event: 'giver-unknown', code: asPurserError(thrown).code });
    return null;
  }
}

/** The user properties as they are; null when they can't be read. */
export function readNow(host: Host): Readonly<Record<string, string>> | null {
  try {
    return persistently(host, () => host.properties('user').readAll());
  } catch (thrown) {
    host.log({ event: 'store-unread', code: asPurserError(thrown).code });
    return null;
  }
}
