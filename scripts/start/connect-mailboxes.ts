/** Mailboxes that the settings name are connected, as their owner would have done the night before. */
import type { Purpose } from '../../src/accounts/account.ts';
import { readAccounts } from '../../src/accounts/account-store.ts';
import { connectAccount, connectedAddresses } from '../local/connect-account.ts';
import { settingValues } from '../local/person.ts';
import type { Workspace } from '../local/workspace.ts';

const SENDER = 'Send from';
const BOOKINGS = 'Booking mail from';
const SEARCHES = ['Booking agent', 'Booking mail search'] as const;
/** An access token lives for an hour, so the run has to refresh it. */
const BEFORE_MS = 3 * 3_600_000;

/** Which mailbox is read and which sends, as typed; those of the user are not among them. */
export interface NamedMailboxes {
  readonly sender: string | null;
  readonly bookings: string | null;
  /** Whether a setting says which mail is booking mail; without, none is read. */
  readonly isSearched: boolean;
}

/** What is no address is for the settings to refuse. */
export async function namedMailboxes(workspace: Workspace, user: string): Promise<NamedMailboxes> {
  const values = await settingValues(workspace, [SENDER, BOOKINGS, ...SEARCHES]);
  const named = (key: string): string | null => {
    const value = (values.get(key) ?? '').trim().toLowerCase();
    return /^[^\s@<>]+@[^\s@<>]+$/.test(value) && value !== user.toLowerCase() ? value : null;
  };
  const isSearched = SEARCHES.some((key) => (values.get(key) ?? '').trim() !== '');
  return { sender: named(SENDER), bookings: named(BOOKINGS), isSearched };
}

/** When the access to each connected account was renewed last (ISO 8601 UTC, or null), by its address. */
export function lastRenewals(workspace: Workspace): ReadonlyMap<string, string | null> {
  const { accounts } = readAccounts(Object.fromEntries(workspace.appsScript.properties('user')));
  return new Map(accounts.map(({ email, lastRefreshedAt }) => [email, lastRefreshedAt]));
}

/** Three hours before the run; the clock stands at the run again afterwards. */
export function connectMailboxes(workspace: Workspace, named: NamedMailboxes, startMs: number): void {
  const wanted = new Map<string, Purpose[]>();
  for (const [address, purpose] of [
    [named.sender, 'send'],
    [named.bookings, 'bookings'],
  ] as const) {
    if (address !== null) wanted.set(address, [...(wanted.get(address) ?? []), purpose]);
  }
  if (wanted.size === 0) return;
  workspace.clock.set(startMs - BEFORE_MS);
  const there = connectedAddresses(workspace);
  for (const [address, purposes] of wanted) {
    if (!there.has(address)) connectAccount(workspace, address, purposes);
  }
  workspace.clock.set(startMs);
}
