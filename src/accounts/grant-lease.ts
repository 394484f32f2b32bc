/**
 * Giving and ending grants, one at a time. Revoking a token ends all tokens of that account and client
 * (developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke), those of a consent as well whose code was
 * exchanged a moment before. So whoever exchanges a code keeps this lease until the tokens are stored, and whoever
 * revokes, from the look whether something needs the grant until Google has answered. It is one lease for all accounts:
 * whose consent it is, only the exchange tells.
 */
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { LeaseTaken } from '../host/lease.ts';
import { freeingEntries, takeLeases } from '../host/lease.ts';

const NAME = 'grants';
/** A round of requests takes a minute at most (UrlFetchApp); what is done under the lease begins none later than this. */
const LEASE_MS = 180_000;
const WAIT_MS = 1_000;
/** Bounds the loop whatever the clock does. */
const MOST_WAITS = 120;
const MOST_FAILURES = 3;

/**
 * @param patienceMs how long to wait for whoever has it
 * @returns with the user properties as they were when it was taken; null when it did not become free
 * @throws PurserError what the store or the lock failed with, several times
 */
export function takeGrantLease(host: Host, patienceMs: number): LeaseTaken | null {
  const owner = host.uuid();
  const untilMs = host.now() + patienceMs;
  let failures = 0;
  for (let waits = 0; ; waits++) {
    let taken: ReturnType<typeof takeLeases> | null = null;
    try {
      taken = takeLeases(host, 'user', LEASE_MS, owner, () => [NAME]);
    } catch (thrown) {
      if (++failures === MOST_FAILURES) throw thrown;
      host.log({ event: 'store-failed', tried: failures, code: asPurserError(thrown).code });
    }
    const lease = taken?.leases.get(NAME);
    if (taken !== null && lease !== undefined) return { lease, properties: taken.properties };
    if (host.now() + WAIT_MS > untilMs || waits === MOST_WAITS) return null;
    host.sleep(WAIT_MS);
  }
}

/**
 * Whether nobody had the lease since it was taken, even if its time is over: nothing was revoked meanwhile.
 * @param mine user properties, read under the lock
 */
export function isStillHeld({ lease }: LeaseTaken, mine: Readonly<Record<string, string>>): boolean {
  return Object.keys(freeingEntries([lease], mine)).length > 0;
}
