/**
 * One account owns the triggers: triggers run as who made them, and nobody sees another's
 * (developers.google.com/apps-script/guides/triggers/installable), so two owners would send twice.
 */
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';

const KEY = 'owner';

export function triggerOwner(properties: Readonly<Record<string, string>>): string | null {
  return properties[KEY] || null;
}

/**
 * The owner is whoever set Purser up first; a send from another account is refused.
 * @throws PurserError `not-trigger-owner`
 */
export function requireOwner(host: Host, properties: Readonly<Record<string, string>>): string {
  const me = host.userEmail();
  const owner = triggerOwner(properties);
  if (owner === null || owner.toLowerCase() === me.toLowerCase()) return me;
  throw new PurserError('not-trigger-owner', {
    what: `Purser works for ${owner} in this workbook; you are ${me || 'somebody else'}. Nothing was done.`,
    now: `Ask ${owner} to send the statement. To take over, ask ${owner} to choose Purser › Hand over….`,
    data: { owner },
  });
}

/**
 * The owner of a workbook that is set up: before that, nobody's accounts are to be connected.
 * @throws PurserError `not-set-up`, `not-trigger-owner`
 */
export function requireSettledOwner(host: Host, properties: Readonly<Record<string, string>>): string {
  if (triggerOwner(properties) !== null) return requireOwner(host, properties);
  throw new PurserError('not-set-up', {
    what: 'Purser is not set up in this workbook yet, so nothing was done.',
    now: 'Choose Purser › Set up… first: who does that owns the connected accounts.',
  });
}

/**
 * Takes the ownership when nobody has it; who has it keeps it. Gives the owner: empty when nobody has it and the
 * platform won't say who asks.
 * @param along what else the owner writes of the workbook, in the same call
 */
export function claimOwnership(host: Host, along: Readonly<Record<string, string>> = {}): string {
  const me = host.userEmail();
  return host.withLock(() => {
    const store = host.properties('document');
    const owner = store.read(KEY);
    const isMine = !owner || owner.toLowerCase() === me.toLowerCase();
    const entries = owner ? along : { [KEY]: me, ...along };
    if (me !== '' && isMine && Object.keys(entries).length > 0) store.write(entries);
    return owner || me;
  });
}

/** Gives the ownership to another account, who then sets Purser up. Only the owner may. @throws `not-trigger-owner` */
export function handOwnershipTo(host: Host, email: string): void {
  host.withLock(() => {
    const store = host.properties('document');
    requireOwner(host, store.readAll());
    store.write({ [KEY]: email });
  });
}
