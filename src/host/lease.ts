/**
 * Named leases in document properties: Apps Script has no named locks, and its own must not be held across HTTP.
 * A lease has an owner and an expiry, so that a killed run blocks nobody for long.
 */
import { asPurserError, PurserError } from './errors.ts';
import type { Host } from './host.ts';

export interface Lease {
  readonly key: string;
  readonly owner: string;
  /** Milliseconds since 1970 UTC. */
  readonly expiresMs: number;
}

export interface LeaseTaken {
  readonly lease: Lease;
  /** All document properties as they were when the lease was taken: what else the holder needs comes for free. */
  readonly properties: Readonly<Record<string, string>>;
}

interface Held {
  readonly owner: string;
  readonly who: string;
  readonly sinceMs: number;
  readonly expiresMs: number;
}

/** @throws PurserError `run-in-progress` while somebody else holds it */
export function takeLease(host: Host, name: string, ttlMs: number): LeaseTaken {
  const key = `lease.${name}`;
  const who = host.userEmail();
  return host.withLock(() => {
    const store = host.properties('document');
    const properties = store.readAll();
    const held = readHeld(properties[key]);
    const sinceMs = host.now();
    if (held !== null && held.expiresMs > sinceMs) throw inProgress(host, held);
    const lease: Lease = { key, owner: host.uuid(), expiresMs: sinceMs + ttlMs };
    const record: Held = { owner: lease.owner, who, sinceMs, expiresMs: lease.expiresMs };
    store.write({ [key]: JSON.stringify(record) });
    return { lease, properties };
  });
}

/**
 * Nobody takes a lease that has not expired, so that its holder may give it back without a look. Never throws: what
 * was done under the lease is done, and a lease that stays frees itself.
 */
export function giveBack(host: Host, lease: Lease): void {
  try {
    const store = host.properties('document');
    if (host.now() < lease.expiresMs) {
      store.remove(lease.key);
      return;
    }
    host.withLock(() => {
      if (readHeld(store.read(lease.key) ?? undefined)?.owner === lease.owner) store.remove(lease.key);
    });
  } catch (thrown) {
    host.log({ event: 'lease-not-given-back', lease: lease.key, code: asPurserError(thrown).code });
  }
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
