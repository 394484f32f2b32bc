/** The owner's decision on a connection that turned out to be of another account than expected. */
import type { Host } from '../host/host.ts';
import type { AccountRecord, Purpose } from './account.ts';
import { readAccounts } from './account-store.ts';
import { notWaiting } from './connect-errors.ts';
import { answeredInvitationEntry } from './invitation-store.ts';
import { keepAccounts } from './keep-accounts.ts';
import { persistently } from './persistently.ts';
import type { Revoked } from './revocation.ts';
import { revokeUnlessShared } from './revocation.ts';
import { keepAccount, trailEvent, withPurposes } from './store-connection.ts';
import { trailEntry } from './trail.ts';
import type { Waiting } from './waiting-store.ts';
import { isOver, readWaiting, WAITING_PREFIX } from './waiting-store.ts';

export interface WaitingConnection {
  readonly id: string;
  readonly email: string;
  /** Empty when no other account was expected. */
  readonly expectedEmail: string;
  /** Whether Google has checked that the address is that account's. */
  readonly emailVerified: boolean;
  readonly purposes: readonly Purpose[];
  /** ISO 8601 UTC; it waits for 24 hours from then. */
  readonly since: string;
}

/** Who waits, without their tokens; oldest first. */
export function waitingConnections(mine: Readonly<Record<string, string>>): readonly WaitingConnection[] {
  return readWaiting(mine).map(({ id, identity, expectedEmail, purposes, since }) => ({
    id,
    email: identity.email,
    expectedEmail,
    emailVerified: identity.emailVerified,
    purposes,
    since,
  }));
}

/**
 * Keeps the other account as a record of its own, beside the expected one.
 * @throws PurserError `account-unknown` when it waits no more
 */
export function confirmConnection(host: Host, id: string): AccountRecord {
  return persistently(host, () => {
    const store = host.properties('user');
    const mine = store.readAll();
    const waiting = requireWaiting(mine, id, host.now());
    const { identity, reply, purposes, invitation, clientId } = waiting;
    const receivedMs = Date.parse(waiting.since);
    const newer = readAccounts(mine).accounts.find(
      (one) => one.subject === identity.subject && Date.parse(one.consentedAt) > receivedMs,
    );
    const told = { what: 'confirmed', by: host.userEmail() } as const;
    const consent = { identity, reply, purposes, receivedMs, invitation, clientId };
    const record =
      newer === undefined
        ? keepAccount(host, mine, consent, told)
        : withItsPurposes(host, mine, newer, waiting);
    store.remove(WAITING_PREFIX + id);
    return record;
  });
}

/**
 * Lets it go, and ends its access at Google unless something else needs it.
 * @returns what became of the access
 * @throws PurserError `account-unknown` when it waits no more
 */
export function discardConnection(host: Host, id: string): Revoked {
  let found: Waiting | null = null;
  const waiting = persistently(host, () => {
    const all = host.properties('user').readAll();
    // In a second try it may be gone already: its grant is still to be ended.
    const ended = found ?? requireWaiting(all, id, host.now());
    found = ended;
    letGo(host, all, [ended], host.userEmail());
    return ended;
  });
  return revoke(host, waiting);
}

/**
 * What letting go of one may take while Google is silent: two tries of a minute each (UrlFetchApp), and the store. An
 * execution that is killed meanwhile leaves a grant alive of which nobody knows any more.
 */
const ONE_MS = 130_000;
/** Of that, from when the last try begins. */
const LAST_TRY_MS = 65_000;
/** Somebody waits in front of a dialog: for one while Google is silent, for all when it answers. */
const PATIENCE_MS = 200_000;

/**
 * Lets go of what nobody decided on within a day, one at a time, so that what was let go of is revoked as well; what there
 * is no time for is left to the next sweep. Cheap when there is nothing: `mine` tells.
 * @param mine user properties, as read in this execution
 * @param until.deadlineMs when all must be done: milliseconds since 1970 UTC
 */
export function sweepWaiting(
  host: Host,
  mine: Readonly<Record<string, string>>,
  { deadlineMs = host.now() + PATIENCE_MS }: { readonly deadlineMs?: number } = {},
): void {
  const due = readWaiting(mine).filter((one) => isOver(one, host.now()));
  for (const [index, { id }] of due.entries()) {
    if (deadlineMs - host.now() < ONE_MS) {
      host.log({ event: 'waiting-not-swept', code: 'time-budget-spent', left: due.length - index });
      return;
    }
    let found: Waiting | null = null;
    const over = persistently(host, () => {
      const all = host.properties('user').readAll();
      // In a second try it may be gone already: its grant is still to be ended.
      const isDue = (waiting: Waiting) => waiting.id === id && isOver(waiting, host.now());
      const one = found ?? readWaiting(all).find(isDue) ?? null;
      found = one;
      if (one !== null) letGo(host, all, [one], 'the end of 24 hours');
      return one;
    });
    if (over !== null) revoke(host, over, deadlineMs - LAST_TRY_MS);
  }
}

function requireWaiting(mine: Readonly<Record<string, string>>, id: string, nowMs: number): Waiting {
  const waiting = readWaiting(mine).find((one) => one.id === id);
  if (waiting === undefined || isOver(waiting, nowMs)) throw notWaiting();
  return waiting;
}

/** The account was connected once more after it began to wait: those tokens are the newer ones. */
function withItsPurposes(
  host: Host,
  mine: Readonly<Record<string, string>>,
  newer: AccountRecord,
  { purposes, invitation }: Waiting,
): AccountRecord {
  const record = withPurposes(newer, purposes);
  const event = trailEvent(host, newer, { what: 'confirmed', by: host.userEmail() });
  const answer = { email: record.email, isWhole: true, nowMs: host.now() };
  const used = answeredInvitationEntry(mine, invitation, answer);
  keepAccounts(host.properties('user'), mine, [{ record, event }], used);
  return record;
}

/** Under the lock. The trail first: what goes unsaid must not be gone. */
function letGo(
  host: Host,
  mine: Readonly<Record<string, string>>,
  gone: readonly Waiting[],
  by: string,
): void {
  const store = host.properties('user');
  const events = gone.map(({ identity }) => trailEvent(host, identity, { what: 'discarded', by }));
  if (events.length > 0) store.write(trailEntry(mine, events));
  for (const { id } of gone) store.remove(WAITING_PREFIX + id);
}

function revoke(host: Host, { identity, reply }: Waiting, latestMs?: number): Revoked {
  const { subject, email } = identity;
  const { refreshToken, accessToken } = reply;
  return revokeUnlessShared(host, { subject, email, refreshToken, accessToken }, latestMs);
}
