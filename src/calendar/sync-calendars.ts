/** The sync of all calendars with the ledger: the ledger goes out, what people have in their calendars comes in. */
import type { AccountRecord } from '../accounts/account.ts';
import { readAccounts } from '../accounts/account-store.ts';
import { awsAccess } from '../accounts/aws-credentials.ts';
import type { RefreshOutcome } from '../accounts/tokens.ts';
import { refreshAccounts } from '../accounts/tokens.ts';
import { requireSettledOwner } from '../accounts/trigger-owner.ts';
import type { Call, Outcome } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { EventList } from '../clients/google/calendar.ts';
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { LeaseTaken } from '../host/lease.ts';
import { giveBack, leaseHolder, takeLease } from '../host/lease.ts';
import { knownFleet } from '../run/remembered.ts';
import type { IsoDate } from '../statement/month.ts';
import { monthOf } from '../statement/month.ts';
import { zoneClock } from '../statement/zone-clock.ts';
import type { Seen } from './look-through.ts';
import { lookThrough, sightOf } from './look-through.ts';
import { openTabs, writeTab } from './open-tabs.ts';
import type { Reading, Standing } from './read-calendars.ts';
import { canReadChanges, fullSpan, listCall, readingOf, standingOf, withChanges } from './read-calendars.ts';
import { reportedOf, settled, watchedOf, writeStates } from './settle-calendars.ts';
import { ledgerQuestion } from './sync-ledger.ts';
import type { SyncReport } from './sync-report.ts';
import { notedId, stateKeys } from './sync-state.ts';
import { syncWords } from './sync-words.ts';
import { calendarTargets, ownIdOf } from './targets.ts';
import type { LedgerSlice } from './wanted-events.ts';
import { writeOut } from './write-out.ts';

const LEASE = 'calendars';
/** What is under way at the deadline, and writing down what was done. */
const AFTER_MS = 60_000;
/** Longer than a sync lasts, so that no token is renewed in its midst. */
const TOKEN_MS = 900_000;
/** For the tab and the states. */
const RESERVE_MS = 30_000;

export interface SyncRequest {
  readonly by: 'trigger' | 'person' | 'statement';
  /** No request of a calendar starts later: milliseconds since 1970 UTC. */
  readonly deadlineMs: number;
  /** What a month's run has read of the ledger just now; default: it is read. */
  readonly slice?: LedgerSlice;
  /** Digests of the deletions that a person has said yes to. */
  readonly allowed?: readonly string[];
}

/**
 * Null when no calendar is configured. One calendar's failure is in the report and leaves the others alone. In this
 * order: calendars, tab, states. So what is cut off is done again, and does no harm.
 *
 * @throws PurserError `run-in-progress` while another sync goes on; `not-set-up`, `not-trigger-owner`,
 * `workbook-copied`, `settings-invalid`, or what the workbook can't be read for
 */
export function syncCalendars(host: Host, request: SyncRequest): SyncReport | null {
  if (!isConfigured(host, request.deadlineMs)) return null;
  const { lease, properties } = takenLease(host, request.deadlineMs - host.now() + AFTER_MS);
  try {
    return underLease(host, request, properties);
  } finally {
    giveBack(host, lease);
  }
}

/** One round where there is neither account nor calendar: most workbooks have none, and the trigger fires all day. */
function isConfigured(host: Host, deadlineMs: number): boolean {
  const properties = host.properties('document').readAll();
  requireSettledOwner(host, properties);
  if (stateKeys(properties).length > 0) return true;
  const { accounts } = readAccounts(host.properties('user').readAll());
  if (accounts.some(({ purposes }) => purposes.includes('calendar'))) return true;
  return openTabs(host, { deadlineMs }, undefined).settings.chartersCalendar !== null;
}

function takenLease(host: Host, ttlMs: number): LeaseTaken {
  try {
    return takeLease(host, LEASE, ttlMs);
  } catch (thrown) {
    const error = asPurserError(thrown);
    if (error.code !== 'run-in-progress') throw thrown;
    const who = leaseHolder(host.properties('document').readAll(), LEASE, host.now())?.who || 'somebody';
    throw new PurserError('run-in-progress', {
      what: `A sync of the calendars that ${who} started is going on; nothing was done.`,
      now: 'Try again in a few minutes.',
      cause: error,
    });
  }
}

function underLease(
  host: Host,
  request: SyncRequest,
  properties: Readonly<Record<string, string>>,
): SyncReport | null {
  const startedMs = host.now();
  requireSettledOwner(host, properties);
  const options = { deadlineMs: request.deadlineMs - RESERVE_MS };
  const connected = connectedAccounts(host, request, options.deadlineMs);
  const aws = request.slice === undefined ? awsAccess(host, connected.mine, options) : null;
  const opened = openTabs(host, options, aws?.call);
  const { settings } = opened;
  const targets = calendarTargets(host, {
    ...connected,
    chartersCalendar: settings.chartersCalendar,
    self: host.userEmail(),
    by: BY[request.by],
  });
  if (targets.length === 0 && stateKeys(properties).length === 0) return null;

  const clock = zoneClock(settings.timeZone);
  const today = clock.dayOf(new Date(startedMs).toISOString());
  const standings = targets.map((known) => standingOf(known, properties, opened.reading.entries));
  const question = aws === null ? null : ledgerQuestion(host, opened, aws, monthOf(today));
  const lists: Lists = { host, options, today, clock };
  const { readings, others } = readAll(lists, standings, question?.calls ?? {});
  const ledger = request.slice ?? question?.read(others) ?? NO_LEDGER;
  const sight = sightOf(ledger, settings, knownFleet(properties), opened.access.spreadsheetId);
  const seen = readAgain(lists, readings, sight.name).map((one) => lookThrough(one, sight, clock, startedMs));
  const synced = writeOut(host, seen, {
    ledger,
    opened,
    clock,
    options,
    allowed: request.allowed ?? [],
    nowMs: startedMs,
    onCancel: (ids) => noteCancelling(host, seen, ids),
  });
  const all = synced.map((one) => settled(one, sight.name, host.now(), clock));
  const { reading } = opened;
  const tabError = attempt(() =>
    writeTab(
      host,
      opened,
      [...othersOf(reading.entries, standings, connected), ...synced.flatMap(({ after }) => after)],
      [...othersOf(reading.watched, standings, connected), ...all.flatMap((one) => watchedOf(one) ?? [])],
      { deadlineMs: request.deadlineMs },
    ),
  );
  writeStates(host, all, properties, {
    tabError,
    removesOthers: connected.isComplete,
    ledger: ledger instanceof PurserError ? null : ledger,
  });
  const calendars = all.map((one) => reportedOf(one, tabError));
  const outcome = { calendars, ledger: ledger instanceof PurserError ? ledger : ('read' as const) };
  const report = { ...outcome, words: syncWords(outcome) };
  log(host, request, report, startedMs);
  return report;
}

/** Before events are deleted: when this run is killed the next one knows that no person did it. */
function noteCancelling(
  host: Host,
  seen: readonly Seen[],
  ids: ReadonlyMap<string, readonly string[]>,
): void {
  const entries = seen.flatMap(({ known, state }) => {
    const all = ids.get(known.target.key)?.map(notedId);
    if (all === undefined) return [];
    // Those of before too: as long as the tab has their entries, they are read as deleted again and again.
    const cancelling = [...new Set([...state.cancelling, ...all])];
    return [[known.target.key, JSON.stringify({ ...state, cancelling })] as const];
  });
  host.properties('document').write(Object.fromEntries(entries));
}

const BY: Readonly<Record<SyncRequest['by'], string>> = {
  trigger: 'calendar sync',
  person: 'Sync calendars',
  statement: 'calendar sync after a statement',
};

const NO_LEDGER = new PurserError('unexpected', { what: 'The ledger was not asked.', now: 'Report this.' });

interface Connected {
  readonly accounts: readonly AccountRecord[];
  readonly refreshed: readonly RefreshOutcome[];
  readonly mine: Readonly<Record<string, string>>;
  /** False when there are records that can't be read: then what is kept of calendars unknown here stays. */
  readonly isComplete: boolean;
}

/** Accounts connected for calendars, those that are due refreshed in one round. */
function connectedAccounts(host: Host, { by }: SyncRequest, deadlineMs: number): Connected {
  const store = host.properties('user');
  const before = store.readAll();
  const { accounts, unreadable } = readAccounts(before);
  const forCalendars = accounts.filter(({ purposes }) => purposes.includes('calendar'));
  const alive = forCalendars.filter(({ dead }) => dead === null).map(({ subject }) => subject);
  const refreshed =
    alive.length === 0 ? [] : refreshAccounts(host, alive, { withinMs: TOKEN_MS, by: BY[by], deadlineMs });
  const isAsBefore = refreshed.every((one) => one.kind === 'token' && !one.renewed);
  const mine = isAsBefore ? before : store.readAll();
  const subjects = new Set(forCalendars.map(({ subject }) => subject));
  return {
    accounts: isAsBefore
      ? forCalendars
      : readAccounts(mine).accounts.filter(({ subject }) => subjects.has(subject)),
    refreshed,
    mine,
    isComplete: unreadable.length === 0,
  };
}

interface Lists {
  readonly host: Host;
  readonly options: { readonly deadlineMs: number };
  readonly today: IsoDate;
  readonly clock: ReturnType<typeof zoneClock>;
}

/** Every calendar's list, beside other calls. */
function readAll(
  { host, options, today, clock }: Lists,
  standings: readonly Standing[],
  calls: Readonly<Record<string, Call<unknown>>>,
  inFull = false,
): { readonly readings: readonly Reading[]; readonly others: Readonly<Record<string, Outcome<unknown>>> } {
  const spans = standings.map((one) =>
    !inFull && canReadChanges(one, today) ? null : fullSpan(one, today, clock),
  );
  const lists = standings.map((one, index): [string, Call<EventList> | undefined] => [
    one.known.target.key,
    one.known.trouble === null ? listCall(one, spans[index] ?? null, clock) : undefined,
  ]);
  const outcomes: Readonly<Record<string, Outcome<unknown> | undefined>> = exchange(
    host,
    { ...calls, ...Object.fromEntries(lists) },
    options,
  );
  const readings = standings.map((one, index) =>
    readingOf(one, spans[index] ?? null, outcomes[one.known.target.key] as Outcome<EventList> | undefined),
  );
  const others = Object.entries(outcomes).flatMap(([key, outcome]) =>
    outcome === undefined ? [] : [[key, outcome] as const],
  );
  return { readings, others: Object.fromEntries(others) };
}

/** In full what was read by a token that is gone, or when other vessels and words made a trip of an event. */
function readAgain(lists: Lists, readings: readonly Reading[], sightName: string): readonly Reading[] {
  const again = readings.filter(
    ({ read, error, known, state }) =>
      error === null &&
      known.trouble === null &&
      (read === 'nothing' || (read === 'changes' && sightName !== '' && state.lens !== sightName)),
  );
  if (again.length === 0) return readings;
  const anew = new Map(readAll(lists, again, {}, true).readings.map((one) => [one.known, one]));
  return readings.map((one) => {
    const full = anew.get(one.known);
    return full === undefined ? one : withChanges(full, one);
  });
}

/** What the tab has of calendars that are not known here, and is to stay. */
function othersOf<E extends { readonly account: string; readonly calendarId: string }>(
  entries: readonly E[],
  standings: readonly Standing[],
  { isComplete }: Connected,
): readonly E[] {
  if (isComplete) return [];
  const known = new Set(standings.map((one) => one.known.ownId));
  return entries.filter(({ account, calendarId }) => !known.has(ownIdOf(calendarId, account)));
}

function attempt(action: () => void): PurserError | null {
  try {
    action();
    return null;
  } catch (thrown) {
    return asPurserError(thrown);
  }
}

function log(host: Host, { by }: SyncRequest, { calendars, ledger }: SyncReport, startedMs: number): void {
  const states = (state: string): number => calendars.filter((one) => one.state === state).length;
  const sum = (count: (one: SyncReport['calendars'][number]) => number): number =>
    calendars.reduce((all, one) => all + count(one), 0);
  host.log({
    event: 'calendars-synced',
    by,
    synced: states('synced'),
    reconnect: states('reconnect'),
    failed: states('failed'),
    later: states('later'),
    inserted: sum(({ inserted }) => inserted),
    patched: sum(({ patched }) => patched),
    cancelled: sum(({ cancelled }) => cancelled),
    left: sum(({ left }) => left),
    refused: sum(({ refused }) => refused.length),
    held: sum(({ held }) => held?.count ?? 0),
    ledger: ledger === 'read' ? 'read' : ledger.code,
    ms: host.now() - startedMs,
  });
}
