/** What a sync leaves of each calendar: its state, its row in the tab, and its part of the report. */
import type { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { WatchedCalendar } from '../statement/calendar-entry.ts';
import type { ZoneClock } from '../statement/zone-clock.ts';
import { entriesDigest } from '../workbook/calendar-tab.ts';
import { followedEntry } from './ledger-mark.ts';
import { coveredFrom } from './read-calendars.ts';
import type { SyncedCalendar } from './sync-report.ts';
import type { CalendarState } from './sync-state.ts';
import { needsReconnecting, notedId, stateKeys } from './sync-state.ts';
import type { LedgerSlice } from './wanted-events.ts';
import type { Synced } from './write-out.ts';

/** A quiet sync writes nothing; when it was read last is told often enough all the same. */
export const READ_AT_MS = 6 * 3_600_000;
const LONGEST_WORDS = 300;

export interface Settled {
  readonly synced: Synced;
  readonly next: CalendarState;
  readonly error: PurserError | null;
}

/** @param sightName empty while the ledger is not known: what is seen now has to be seen again */
export function settled(synced: Synced, sightName: string, nowMs: number, clock: ZoneClock): Settled {
  const { state, listed, after, cancelling, written, read } = synced;
  const error = synced.error ?? written.error;
  const now = new Date(nowMs).toISOString();
  if (listed === null) return { synced, error, next: { ...state, lastError: errorOf(error, state, now) } };
  const held = synced.held === null ? null : { count: synced.held.count, digest: synced.held.digest };
  const full = read === 'full' ? { windowEnd: listed.span.until, from: coveredFrom(synced, clock) } : {};
  const next: CalendarState = {
    ...state,
    ...full,
    syncToken: listed.list.nextSyncToken,
    readAt: now,
    lens: sightName,
    rows: after.length,
    digest: entriesDigest(after),
    cancelling: cancelling.open.map(notedId),
    lastError: errorOf(error, state, now),
    // While nothing can be planned, what waited waits on.
    held: sightName === '' ? state.held : held,
  };
  return { synced, error, next: isQuiet(synced, next, clock) ? state : next };
}

/** The same but for the time and the token: the one of before, which has just been taken, does as well. */
function isQuiet(
  { state: before, read, cancelling }: Synced,
  next: CalendarState,
  clock: ZoneClock,
): boolean {
  const { readAt, syncToken } = before;
  // What was to be deleted has been noted in the state.
  if (read !== 'changes' || cancelling.all.length > 0) return false;
  if (readAt === '' || syncToken === '') return false;
  if (Date.parse(next.readAt) - Date.parse(readAt) >= READ_AT_MS) return false;
  if (clock.dayOf(readAt) !== clock.dayOf(next.readAt)) return false;
  return (
    JSON.stringify({ ...next, readAt, syncToken, lens: next.lens || before.lens }) === JSON.stringify(before)
  );
}

function errorOf(
  error: PurserError | null,
  { lastError }: CalendarState,
  now: string,
): CalendarState['lastError'] {
  // What there was no time for is no trouble; what there was before is there still.
  if (error?.code === 'time-budget-spent') return lastError;
  if (error === null) return null;
  if (lastError?.code === error.code) return lastError;
  return { code: error.code, what: error.what.slice(0, LONGEST_WORDS), at: lastError?.at ?? now };
}

/** The calendar's own row; null until it was read. */
export function watchedOf({ next, synced }: Settled): WatchedCalendar | null {
  const { account, calendarId } = synced.known.target;
  return next.readAt === '' ? null : { account, calendarId, from: next.from, readAt: next.readAt };
}

/**
 * Writes the states that are others now, in one call, and removes those of calendars that are none any more.
 * @param before document properties as they were
 * @param tabError why the tab could not be written: then each calendar is as it was, and has that trouble
 * @param ledger as it was followed; null when it is not known
 */
export function writeStates(
  host: Host,
  all: readonly Settled[],
  before: Readonly<Record<string, string>>,
  {
    tabError,
    removesOthers,
    ledger,
  }: {
    readonly tabError: PurserError | null;
    readonly removesOthers: boolean;
    readonly ledger: LedgerSlice | null;
  },
): void {
  const store = host.properties('document');
  const now = new Date(host.now()).toISOString();
  const entries = all.flatMap(({ synced, next }): (readonly [string, string])[] => {
    const { state, known, cancelling } = synced;
    const json = JSON.stringify(
      tabError === null
        ? next
        : {
            ...state,
            cancelling: [...new Set([...state.cancelling, ...cancelling.all.map(notedId)])],
            lastError: errorOf(tabError, state, now),
          },
    );
    return before[known.target.key] === json ? [] : [[known.target.key, json]];
  });
  const isWhole = tabError === null && all.every(followsWhole);
  for (const [key, json] of Object.entries(followedEntry(isWhole ? ledger : null))) {
    if ((before[key] ?? '{}') !== json) entries.push([key, json]);
  }
  if (entries.length > 0) store.write(Object.fromEntries(entries));
  if (!removesOthers || tabError !== null) return;
  const keys = new Set(all.map(({ synced }) => synced.known.target.key));
  for (const key of stateKeys(before)) if (!keys.has(key)) store.remove(key);
}

/** Nothing failed, is left for the next time, or waits for a yes. */
function followsWhole({ error, synced: { written, held } }: Settled): boolean {
  return error === null && written.left + written.refused.length === 0 && held === null;
}

export function reportedOf({ synced, next, error }: Settled, tabError: PurserError | null): SyncedCalendar {
  const { known, written, held, read, after, state } = synced;
  const { key, account, calendarId, name, of, subject } = known.target;
  const trouble = error ?? tabError;
  const { error: _, refused, ...did } = written;
  return {
    key,
    account,
    calendarId,
    name,
    of,
    state: stateOf(trouble, subject),
    error:
      trouble === null
        ? null
        : {
            code: trouble.code,
            what: trouble.what,
            now: trouble.now,
            since: next.lastError?.at ?? state.lastError?.at ?? next.readAt,
          },
    isTold: known.trouble !== null ? subject !== null : trouble?.code === 'account-expired',
    read,
    ...did,
    refused: refused.map(({ name, error: { what, now } }) => ({ name, what, now })),
    held: held === null ? null : { ...held, isTold: state.heldToldDigest === held.digest },
    edited: after.filter(({ edit }) => edit !== 'none').length,
  };
}

function stateOf(error: PurserError | null, subject: string | null): SyncedCalendar['state'] {
  if (error === null) return 'synced';
  if (error.code === 'time-budget-spent') return 'later';
  return subject !== null && needsReconnecting(error.code) ? 'reconnect' : 'failed';
}
