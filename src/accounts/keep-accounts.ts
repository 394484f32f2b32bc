/** Writing accounts' records, together with what the trail says of it. */
import type { PropertyStore } from '../host/host.ts';
import type { AccountRecord } from './account.ts';
import { accountEntry, accountKey, accountKeys } from './account-store.ts';
import type { TrailEvent } from './trail.ts';
import { trailEntry } from './trail.ts';

/**
 * Writes the records and the trail in one call, under the lock. Records that older versions kept under other keys go:
 * a token that was cleared must not live on in one of them.
 *
 * @param mine user properties, read under that lock
 * @param more what else is written in that call
 */
export function keepAccounts(
  store: PropertyStore,
  mine: Readonly<Record<string, string>>,
  changes: readonly { readonly record: AccountRecord; readonly event: TrailEvent }[],
  more: Readonly<Record<string, string>> = {},
): void {
  let entries = { ...more };
  for (const { record } of changes) entries = { ...entries, ...accountEntry(record) };
  if (changes.length > 0) {
    entries = {
      ...entries,
      ...trailEntry(
        mine,
        changes.map(({ event }) => event),
      ),
    };
  }
  if (Object.keys(entries).length > 0) store.write(entries);
  for (const { record } of changes) {
    const { subject } = record;
    for (const key of accountKeys(mine, subject)) if (key !== accountKey(subject)) store.remove(key);
  }
}
