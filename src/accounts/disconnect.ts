/** Ending a connection. The record always goes, whatever Google answers. */
import type { Host } from '../host/host.ts';
import { leaseKey } from '../host/lease.ts';
import type { AccountRecord, AskedBy, Purpose } from './account.ts';
import { accountKeys, readAccount } from './account-store.ts';
import { notConnected } from './connect-errors.ts';
import { keepAccounts } from './keep-accounts.ts';
import { persistently } from './persistently.ts';
import { leaseName } from './renew-tokens.ts';
import type { Revocation } from './revocation.ts';
import { revokeUnlessShared } from './revocation.ts';
import { trailEvent } from './store-connection.ts';
import { trailEntry } from './trail.ts';

export interface Disconnected {
  readonly email: string;
  readonly revoked: Revocation;
  /** What became of the access at Google, in words. */
  readonly why: string;
}

/**
 * Forgets the account, then revokes its grant unless something else needs it. In this order: whatever happens to the
 * request, no run uses the account any more.
 *
 * @throws PurserError `account-unknown`, or what the store failed with: then nothing was done
 */
export function disconnectAccount(host: Host, subject: string, by: AskedBy): Disconnected {
  let found: AccountRecord | null = null;
  const record = persistently(host, () => {
    const store = host.properties('user');
    const mine = store.readAll();
    const ended = found ?? requireAccount(mine, subject);
    // A second try: it may be gone already, and its grant is still to be ended; or be connected anew, and stays.
    if (found !== null && isAnother(readAccount(mine, subject), found)) return ended;
    found = ended;
    store.write(trailEntry(mine, [trailEvent(host, ended, { what: 'disconnected', by })]));
    const lease = leaseKey(leaseName(subject));
    const leftovers = lease in mine ? [lease] : [];
    for (const key of [...accountKeys(mine, subject), ...leftovers]) store.remove(key);
    return ended;
  });
  return { email: record.email, ...revokeUnlessShared(host, record) };
}

/**
 * The account is not used for this any more, until it is connected for it again. Its token stays: revoking would end the
 * other purposes, too.
 * @throws PurserError `account-unknown`
 */
export function dropPurpose(host: Host, subject: string, purpose: Purpose, by: AskedBy): AccountRecord {
  return persistently(host, () => {
    const store = host.properties('user');
    const mine = store.readAll();
    const before = requireAccount(mine, subject);
    const { calendar, ...others } = before;
    const record = {
      ...others,
      // Connected for it again, it must be chosen again: nobody expects writing to begin by itself.
      ...(calendar === undefined || purpose === 'calendar' ? {} : { calendar }),
      purposes: before.purposes.filter((one) => one !== purpose),
      stopped: [...new Set([...(before.stopped ?? []), purpose])],
    };
    const event = trailEvent(host, before, { what: 'stopped', by, detail: purpose });
    keepAccounts(store, mine, [{ record, event }]);
    return record;
  });
}

/** Whether the person has consented since. */
function isAnother(now: AccountRecord | null, before: AccountRecord): boolean {
  return now !== null && now.consentedAt !== before.consentedAt;
}

function requireAccount(mine: Readonly<Record<string, string>>, subject: string): AccountRecord {
  const record = readAccount(mine, subject);
  if (record === null) throw notConnected();
  return record;
}
