/** What is kept of a consent: the account's record, or a connection that waits for the owner's decision. */
import type { Identity, TokenReply } from '../clients/google/oauth.ts';
import type { PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { LeaseTaken } from '../host/lease.ts';
import type { AccountRecord, AskedBy, Purpose } from './account.ts';
import { PURPOSES } from './account.ts';
import { accountKey, connectedRecord, missingScopes, readAccount, readAccounts } from './account-store.ts';
import type { Attempt } from './attempts.ts';
import { noRefreshToken, recordUnreadable, stillEnding, tooManyWaiting } from './connect-errors.ts';
import { allowsMore } from './earlier-access.ts';
import { isStillHeld } from './grant-lease.ts';
import { answeredInvitationEntry, requireInvitation } from './invitation-store.ts';
import { keepAccounts } from './keep-accounts.ts';
import { persistently } from './persistently.ts';
import type { TrailEvent } from './trail.ts';
import type { Waiting } from './waiting-store.ts';
import { readWaiting, WAITING_PREFIX, waitingEntry } from './waiting-store.ts';

/** A store holds 500 KB, and a link that got about could bring many. */
const MOST_WAITING = 20;

export type ConnectedOrWaiting =
  | {
      readonly kind: 'connected';
      readonly account: AccountRecord;
      /** It was connected before. */
      readonly again: boolean;
      /** Scopes that were asked for and not granted. */
      readonly missing: readonly string[];
    }
  /** Another account than expected, or nobody knows whose address it has: nothing was changed; it waits to be confirmed. */
  | {
      readonly kind: 'other-account';
      /** Empty when no other account was expected. */
      readonly expectedEmail: string;
      readonly email: string;
      /** Whether Google has checked that the address is that account's. */
      readonly emailVerified: boolean;
      readonly waitingId: string;
    };

export interface NotStored {
  readonly kind: 'not-stored';
  readonly error: PurserError;
  /** A write was tried, and nobody knows what it did. */
  readonly maybeStored: boolean;
}

/** A consent: who gave it, what Google handed out, and for what. */
export interface Consent {
  readonly identity: Identity;
  readonly reply: TokenReply;
  readonly purposes: readonly Purpose[];
  /** Public id of the OAuth client that it was given to; absent when nobody knows. */
  readonly clientId?: string | undefined;
  /** Before the tokens were asked for: their lifetime counts from there. */
  readonly receivedMs: number;
  /** Id of the invitation that it answers. */
  readonly invitation: string | null;
}

/**
 * Stores it in one step under the lock, so that two tabs that finish at once lose nothing. Never throws: `not-stored`
 * with `oauth-refused` when Google gave nothing that lasts, the invitation is gone or a grant was ended meanwhile, or
 * with what the store failed with.
 *
 * @param held the lease of grants, taken before the code was exchanged
 */
export function storeConnection(
  host: Host,
  held: LeaseTaken,
  consent: Consent,
  expected: Attempt['expected'],
): ConnectedOrWaiting | NotStored {
  const waitingId = host.uuid();
  let again = false;
  let maybeStored = false;
  try {
    return persistently(host, () => {
      const mine = host.properties('user').readAll();
      // A try before this one was written, although the store said that it failed.
      const kept = keptConnection(mine, consent);
      if (kept?.kind === 'connected') return { ...kept, again };
      again = readAccount(mine, consent.identity.subject) !== null;
      requireInvitation(mine, consent.invitation, host.now());
      if (!isStillHeld(held, mine)) throw stillEnding();
      const expectedEmail = expectedInstead(mine, consent.identity, expected);
      maybeStored = true;
      if (expectedEmail !== null) return wait(host, mine, consent, { expectedEmail, waitingId });
      const account = keepAccount(host, mine, consent, {
        what: again ? 'reconnected' : 'connected',
        by: connectedBy(consent),
      });
      return { kind: 'connected', account, again, missing: missingOf(account) };
    });
  } catch (thrown) {
    return { kind: 'not-stored', error: asPurserError(thrown), maybeStored };
  }
}

/** What the store has of this consent; null when it has nothing. @param mine user properties */
export function keptConnection(
  mine: Readonly<Record<string, string>>,
  { identity, reply }: Pick<Consent, 'identity' | 'reply'>,
): ConnectedOrWaiting | null {
  const account = readAccount(mine, identity.subject);
  if (account !== null && account.accessToken === reply.accessToken) {
    return { kind: 'connected', account, again: false, missing: missingOf(account) };
  }
  const waiting = readWaiting(mine).find((one) => one.reply.accessToken === reply.accessToken);
  return waiting === undefined ? null : waits(waiting);
}

/** For the trail. */
export function connectedBy({ invitation }: Pick<Consent, 'invitation'>): AskedBy {
  return invitation === null ? 'Connected accounts…' : 'an invitation';
}

/** Writes the account's record, the trail and the answered invitation at once. Under the lock. */
export function keepAccount(
  host: Host,
  mine: Readonly<Record<string, string>>,
  consent: Consent,
  told: Pick<TrailEvent, 'what' | 'by'>,
): AccountRecord {
  const { identity, reply, purposes, receivedMs, invitation, clientId } = consent;
  const before = knownRecord(mine, consent);
  // Those that no longer work were cleared before: tryEarlier.
  const isKept = before !== null && allowsMore(before, consent);
  const record = isKept
    ? withPurposes({ ...before, ...identity }, purposes)
    : connectedRecord({ identity, reply, purposes, nowMs: receivedMs, before, clientId });
  const detail = isKept ? { detail: 'earlier access kept, which allows more' } : {};
  const change = { record, event: trailEvent(host, identity, { ...told, ...detail }) };
  const answer = { email: record.email, isWhole: missingOf(record).length === 0, nowMs: host.now() };
  const answered = answeredInvitationEntry(mine, invitation, answer);
  keepAccounts(host.properties('user'), mine, [change], answered);
  return record;
}

export function withPurposes(record: AccountRecord, more: readonly Purpose[]): AccountRecord {
  const all = [...record.purposes, ...more];
  return { ...record, purposes: PURPOSES.filter((purpose) => all.includes(purpose)) };
}

function missingOf(account: AccountRecord): readonly string[] {
  return [...new Set(account.purposes.flatMap((purpose) => missingScopes(account, purpose)))];
}

export function trailEvent(
  host: Host,
  { subject, email }: Pick<Identity, 'subject' | 'email'>,
  told: Pick<TrailEvent, 'what' | 'by' | 'detail'>,
): TrailEvent {
  return { at: new Date(host.now()).toISOString(), subject, email, times: 1, ...told };
}

/**
 * The record that there is; null when there is none.
 * @throws PurserError `oauth-refused` when a newer Purser wrote it, or nothing that lasts would be in it
 */
function knownRecord(
  mine: Readonly<Record<string, string>>,
  { identity, reply }: Consent,
): AccountRecord | null {
  const { accounts, unreadable } = readAccounts(mine);
  const newer = unreadable.find(({ key, isNewer }) => isNewer && key === accountKey(identity.subject));
  if (newer !== undefined) throw recordUnreadable(newer.why);
  const known = accounts.find(({ subject }) => subject === identity.subject) ?? null;
  if (reply.refreshToken === null && !known?.refreshToken) throw noRefreshToken(identity.email);
  return known;
}

function wait(
  host: Host,
  mine: Readonly<Record<string, string>>,
  consent: Consent,
  { expectedEmail, waitingId }: { readonly expectedEmail: string; readonly waitingId: string },
): ConnectedOrWaiting {
  knownRecord(mine, consent);
  const { identity, reply, purposes, receivedMs, invitation, clientId } = consent;
  const others = readWaiting(mine);
  const same = others.filter((one) => one.identity.subject === identity.subject);
  if (others.length - same.length >= MOST_WAITING) throw tooManyWaiting();
  const waiting: Waiting = {
    schema: 1,
    id: waitingId,
    identity,
    reply: { ...reply, idToken: null },
    purposes,
    expectedEmail,
    since: new Date(receivedMs).toISOString(),
    invitation,
    ...(clientId === undefined ? {} : { clientId }),
  };
  const store = host.properties('user');
  store.write(waitingEntry(waiting));
  // The same account once more: the newer consent stands for both, and both are one grant at Google.
  for (const { id } of same) if (id !== waitingId) store.remove(WAITING_PREFIX + id);
  return waits(waiting);
}

function waits({ id, identity, expectedEmail }: Waiting): ConnectedOrWaiting {
  const { email, emailVerified } = identity;
  return { kind: 'other-account', expectedEmail, email, emailVerified, waitingId: id };
}

/**
 * The address that another account was expected by; null when this is the one. Empty when the account claims an address
 * that Google has not checked to be its own: settings choose accounts by address, so a person has to look first
 * (developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload, `email_verified`).
 */
function expectedInstead(
  mine: Readonly<Record<string, string>>,
  identity: Identity,
  expected: Attempt['expected'],
): string | null {
  const { accounts } = readAccounts(mine);
  const known = accounts.find(({ subject }) => subject === identity.subject);
  if (expected !== null) {
    const isIt =
      expected.subject === null
        ? sameAddress(expected.email, identity.email)
        : expected.subject === identity.subject;
    if (!isIt) return accounts.find(({ subject }) => subject === expected.subject)?.email ?? expected.email;
  }
  if (known !== undefined && sameAddress(known.email, identity.email)) return null;
  // An address can be given to somebody else, who is then another account.
  const other = accounts.find((one) => one !== known && sameAddress(one.email, identity.email));
  return other?.email ?? (identity.emailVerified ? null : '');
}

function sameAddress(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
