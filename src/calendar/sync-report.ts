/** What a sync of all calendars has done, as data. */
import type { PurserError } from '../host/errors.ts';

export interface SyncedCalendar {
  /** Of its state in document properties. */
  readonly key: string;
  readonly account: string;
  readonly calendarId: string;
  /** As the target has them. */
  readonly name: string;
  readonly of: 'company' | 'person';
  /** `reconnect`: a person must connect the account again. `later`: there was no time left for it. */
  readonly state: 'synced' | 'reconnect' | 'failed' | 'later';
  readonly error: {
    readonly code: string;
    readonly what: string;
    readonly now: string;
    /** When it failed first, of a row of failures without a success in between: ISO 8601 UTC. */
    readonly since: string;
  } | null;
  /** The error is the connection's own: the hourly look at the accounts tells of it. */
  readonly isTold: boolean;
  readonly read: 'full' | 'changes' | 'nothing';
  readonly inserted: number;
  readonly patched: number;
  readonly cancelled: number;
  /** Writes that are left for the next sync. */
  readonly left: number;
  /** Events that Google does not take while it takes others: named as in `held`, why, and what to do. */
  readonly refused: readonly { readonly name: string; readonly what: string; readonly now: string }[];
  /** Deletions that wait for a person's yes to this digest, with what is to go, such as `2026-05-14 17:30 Osprey: 12 guests`. */
  readonly held: {
    readonly count: number;
    readonly digest: string;
    readonly first: readonly string[];
    /** The owner has heard of these very deletions. */
    readonly isTold: boolean;
  } | null;
  /** Purser's events that a person edited or deleted, and that are left so. */
  readonly edited: number;
}

export interface SyncReport {
  readonly calendars: readonly SyncedCalendar[];
  /** Why nothing was written out, when the ledger could not be read. */
  readonly ledger: 'read' | PurserError;
  /** `4 synced, 1 needs reconnecting`, and what was written. */
  readonly words: string;
}
