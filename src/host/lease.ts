/**
 * Named leases in properties: Apps Script has no named locks, and its own must not be held across HTTP. A lease has
 * an owner and an expiry, so that a killed run blocks nobody for long.
 */
import { asPurserError, PurserError } from './errors.ts';
import type { Host, PropertyScope } from './host.ts';

/** No lease is taken for longer: one that seems to last longer was taken by a clock that was ahead. */
const LONGEST_LEASE_MS = 600_000;

export interface Lease {
  readonly scope: PropertyScope;
  readonly key: string;
  readonly owner: string;
  /** Milliseconds since 1970 UTC. */
  readonly expiresMs: number;
}

export interface LeaseTaken {
  readonly lease: Lease;
  /** All properties of the scope as they were when the lease was taken: what else the holder needs comes for free. */
  readonly properties: Readonly<Record<string, string>>;
}

interface Held {
  readonly owner: string;
  readonly who: string;
  readonly sinceMs: number;
  readonly expiresMs: number;
}

/**
 * @param ttlMs ten minutes at most
 * @param scope `user`: kept apart per person, and there also in a web app, which has no document
 * @throws PurserError `run-in-progress` while somebody else holds it
 */
export function takeLease(
  host: Host,
  name: string,
  ttlMs: number,
  scope: PropertyScope = 'document',
): LeaseTaken {
  const { leases, held, properties } = takeFree(host, scope, ttlMs, null, () => [name]);
  const lease = leases.get(name);
  const by = held.get(name);
  if (lease !== undefined) return { lease, properties };
  throw inProgress(host, by ?? { owner: '', who: '', sinceMs: host.now(), expiresMs: host.now() });
}

/** Where a lease is kept. */
export function leaseKey(name: string): string {
  return `lease.${name}`;
}

/** Whether somebody took it and never gave it back: a run that died. */
export function isLeftBehind(
  properties: Readonly<{ [key: string]: string }>,
  name: string,
  nowMs: number,
): boolean {
  const held = readHeld(properties[leaseKey(name)]);
  return held !== null && !isHeld(held.expiresMs, nowMs);
}

/** Who holds it now, and since when; null when nobody does. */
export function leaseHolder(
  properties: Readonly<{ [key: string]: string }>,
  name: string,
  nowMs: number,
): { readonly who: string; readonly sinceMs: number } | null {
  const held = readHeld(properties[leaseKey(name)]);
  return held !== null && isHeld(held.expiresMs, nowMs) ? { who: held.who, sinceMs: held.sinceMs } : null;
}

/** What `takeLeases` got: leases by name, and the properties of the scope as they were under the lock. */
export interface LeasesTaken {
  readonly leases: ReadonlyMap<string, Lease>;
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * Takes those of several leases that are free, in one step under the lock: one read, and one write if there is
 * anything to take. Those that somebody else holds are left out.
 * @param owner an id of the taker, made once: taking again is then no hindrance when nobody knows if it worked
 * @param wanted names, chosen by the properties as they are under the lock; what it throws ends the step
 */
export function takeLeases(
  host: Host,
  scope: PropertyScope,
  ttlMs: number,
  owner: string,
  wanted: (properties: Readonly<Record<string, string>>) => readonly string[],
): LeasesTaken {
  const { leases, properties } = takeFree(host, scope, ttlMs, owner, wanted);
  return { leases, properties };
}

function takeFree(
  host: Host,
  scope: PropertyScope,
  ttlMs: number,
  owner: string | null,
  wanted: (properties: Readonly<Record<string, string>>) => readonly string[],
): LeasesTaken & { readonly held: ReadonlyMap<string, Held> } {
  const who = host.userEmail();
  const lastsMs = Math.min(ttlMs, LONGEST_LEASE_MS);
  return host.withLock(() => {
    const store = host.properties(scope);
    const properties = store.readAll();
    const sinceMs = host.now();
    const leases = new Map<string, Lease>();
    const held = new Map<string, Held>();
    const entries: Record<string, string> = {};
    for (const name of wanted(properties)) {
      const key = leaseKey(name);
      const holder = readHeld(properties[key]);
      if (holder !== null && isHeld(holder.expiresMs, sinceMs) && holder.owner !== owner) {
        held.set(name, holder);
        continue;
      }
      const lease: Lease = { scope, key, owner: owner ?? host.uuid(), expiresMs: sinceMs + lastsMs };
      const record: Held = { owner: lease.owner, who, sinceMs, expiresMs: lease.expiresMs };
      entries[key] = JSON.stringify(record);
      leases.set(name, lease);
    }
    if (leases.size > 0) store.write(entries);
    return { leases, held, properties };
  });
}

/**
 * Nobody takes a lease that has not expired, so that its holder may give it back without a look. Never throws: what
 * was done under the lease is done, and a lease that stays frees itself.
 * @param leaving what the holder leaves for the next one, in the same call; of no effect when somebody else has taken
 * the lease meanwhile
 * @returns whether it is given back and that is left
 */
export function giveBack(host: Host, lease: Lease, leaving: Readonly<Record<string, string>> = {}): boolean {
  try {
    const store = host.properties(lease.scope);
    const free = (): void => {
      if (Object.keys(leaving).length === 0) store.remove(lease.key);
      else store.write({ ...leaving, [lease.key]: '{}' });
    };
    if (isHeld(lease.expiresMs, host.now())) {
      free();
      return true;
    }
    return host.withLock(() => {
      if (readHeld(store.read(lease.key) ?? undefined)?.owner !== lease.owner) return false;
      free();
      return true;
    });
  } catch (thrown) {
    host.log({ event: 'lease-not-given-back', lease: lease.key, code: asPurserError(thrown).code });
    return false;
  }
}

/**
 * Entries that free those of `leases` that are still the holder's, to be written under the lock in one step with what
 * was done under them.
 * @param properties of the lease's scope, read under that lock
 */
export function freeingEntries(
  leases: readonly Lease[],
  properties: Readonly<Record<string, string>>,
): Record<string, string> {
  const mine = leases.filter(({ key, owner }) => readHeld(properties[key])?.owner === owner);
  return Object.fromEntries(mine.map(({ key }) => [key, '{}']));
}

/** Whether nobody else may take it; a clock that was ahead must not block everybody until it is right. */
function isHeld(expiresMs: number, nowMs: number): boolean {
  return expiresMs > nowMs && expiresMs <= nowMs + LONGEST_LEASE_MS;
}

function readHeld(json: string | undefined): Held | null {
  if (json === undefined) return null;
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null) return null;
    const { owner, who, sinceMs, expiresMs } = value as Record<string, unknown>;
    if (typeof owner !== 'string' || typeof expiresMs !== 'number') return null;
    return { owner, who: String(who ?? ''), sinceMs: Number(sinceMs ?? 0), expiresMs };
  } catch {
    // What can't be read can't be held.
    return null;
  }
}

function inProgress(host: Host, held: Held): PurserError {
  const minutes = Math.max(1, Math.ceil((held.expiresMs - host.now()) / 60_000));
  const by = held.who === '' ? 'somebody' : held.who;
  return new PurserError('run-in-progress', {
    what: `A run started by ${by} is going on; nothing was done.`,
    now: `Wait for it to end and look at the register. If it was cut off, it frees itself within ${minutes} minute${minutes === 1 ? '' : 's'}.`,
    data: { sinceMs: held.sinceMs, expiresMs: held.expiresMs },
  });
}
