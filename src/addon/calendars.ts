/** Calendars: every half hour, from the menu, and with the charters that a month's run has just read. */
import { requireOwner } from '../accounts/trigger-owner.ts';
import { followedMonths, isFollowed } from '../calendar/ledger-mark.ts';
import { syncCalendars as syncAll } from '../calendar/sync-calendars.ts';
import type { SyncedCalendar, SyncReport } from '../calendar/sync-report.ts';
import { markHeldTold, stateKeys } from '../calendar/sync-state.ts';
import { heldWords, syncLines } from '../calendar/sync-words.ts';
import type { LedgerSlice } from '../calendar/wanted-events.ts';
import { sendNotice } from '../delivery/notice.ts';
import type { PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { BUDGET_MS } from '../run/budget.ts';
import type { Collected } from '../run/collect.ts';
import { addMonths, monthOf } from '../statement/month.ts';
import { theHost } from './compose.ts';
import { isOwnTrigger } from './own-trigger.ts';
import { workbookLink } from './watch-accounts.ts';

/** Trouble that passes is over by then. */
const LASTING_MS = 24 * 3_600_000;
/** What a sync needs to be worth its beginning. */
const NEEDED_MS = 60_000;

/**
 * Trigger of every 30 minutes. What fails is tried again with the next one; the owner hears of what lasts, and of
 * deletions that wait for a yes.
 *
 * @param event as the trigger gives it
 */
export function syncCalendars(event: unknown): SyncReport | null {
  const host = theHost();
  if (!isOwnTrigger(host, event)) return null;
  try {
    const report = syncAll(host, { by: 'trigger', deadlineMs: host.now() + BUDGET_MS });
    if (report !== null) {
      tell(host, report);
      const store = host.properties('document');
      if (store.read(FAILING_SINCE) !== null) store.remove(FAILING_SINCE);
    }
    return report;
  } catch (thrown) {
    const error = asPurserError(thrown);
    const { code, message } = error;
    host.log({ event: 'calendars-not-synced', code, message: message.slice(0, 1000) });
    tellOfNone(host, error);
    return null;
  }
}

/** Milliseconds since 1970 UTC when no calendar could be synced first, such as for a heading of their tab. */
const FAILING_SINCE = 'calendars.failing-since';

/** Never throws. Of calendars that were synced before: who has none need not hear of it. */
function tellOfNone(host: Host, { what, now }: PurserError): void {
  try {
    const store = host.properties('document');
    const properties = store.readAll();
    if (stateKeys(properties).length === 0) return;
    const since = properties[FAILING_SINCE];
    if (since === undefined) store.write({ [FAILING_SINCE]: String(host.now()) });
    if (since === undefined || host.now() - Number(since) < LASTING_MS) return;
    const { kind } = sendNotice(host, {
      cause: 'calendars.failing',
      owner: requireOwner(host, properties),
      day: host.localTime(host.now(), host.workbookTimeZone()).date,
      subject: 'Purser: no calendar has been synced for a day',
      words: [what, now, 'Purser tries again every half hour.'],
      link: workbookLink(host),
    });
    if (kind === 'refused') host.log({ event: 'notice-not-sent', cause: 'calendars-failing', result: kind });
  } catch (thrown) {
    host.log({ event: 'notice-not-sent', cause: 'calendars', result: asPurserError(thrown).code });
  }
}

/** Menu “Sync calendars…”: now; asks before more than a few events are deleted. */
export function syncCalendarsNow(): SyncReport | null {
  const host = theHost();
  const ui = host.ui();
  if (ui === null) return null;
  const sync = (allowed: readonly string[]): SyncReport | null =>
    syncAll(host, { by: 'person', deadlineMs: host.now() + BUDGET_MS, allowed });
  try {
    let report = sync([]);
    if (report === null) {
      ui.tell('Calendars', NONE);
      return null;
    }
    const allowed = report.calendars.flatMap((one) =>
      one.held !== null && ui.confirm('Delete these events?', heldQuestion(one, one.held))
        ? [one.held.digest]
        : [],
    );
    if (allowed.length > 0) report = sync(allowed) ?? report;
    ui.tell('Calendars', syncLines(report).join('\n\n'));
    return report;
  } catch (thrown) {
    ui.tell('Calendars were not synced', asPurserError(thrown).message);
    return null;
  }
}

const NONE =
  'No calendar is set up. Name one in the setting “Charters calendar”, or connect an account for its calendar: Purser › Connected accounts….';

function heldQuestion(calendar: SyncedCalendar, held: NonNullable<SyncedCalendar['held']>): string {
  const { count, first } = held;
  const more = count - first.length;
  const lines = [...first, ...(more > 0 ? [`and ${more} more`] : [])].map((line) => `• ${line}`);
  return `${heldWords(calendar, count)} These would be deleted:\n\n${lines.join('\n')}\n\nIf the ledger is right, choose Yes. If not, choose No and correct the ledger: nothing is deleted until then.`;
}

/** What a month's run read of the ledger, for the calendars after it: they follow it at once when it has changed. */
export interface CollectedSlice {
  readonly onCollected: (collected: Collected, properties: Readonly<Record<string, string>>) => void;
  /** Never throws. @param startedMs when the execution began */
  readonly sync: (startedMs: number) => void;
}

/** Costs a workbook without calendars nothing. */
export function syncAfterRun(host: Host): CollectedSlice {
  let slice: LedgerSlice | null = null;
  return {
    onCollected: (collected, properties) => {
      const read = hasCalendars(collected) ? sliceOf(collected) : null;
      if (read !== null && read.months.length > 0 && !isFollowed(properties, read)) slice = read;
    },
    sync: (startedMs) => {
      const deadlineMs = startedMs + BUDGET_MS;
      if (slice === null || deadlineMs - host.now() < NEEDED_MS) return;
      try {
        syncAll(host, { by: 'statement', deadlineMs, slice });
      } catch (thrown) {
        // The next trigger does it.
        host.log({ event: 'calendars-not-synced', code: asPurserError(thrown).code });
      }
    },
  };
}

/** The tab is made by the first sync. */
function hasCalendars({ workbook }: Collected): boolean {
  return workbook.settings.chartersCalendar !== null || workbook.tabs.own.calendar !== undefined;
}

/**
 * Of the months that calendars follow today. Without the charters that only the scan of a month's run finds: the next
 * sync, which does not scan, would delete them.
 */
function sliceOf({ input, ledger, workbook, today }: Collected): LedgerSlice {
  const read = [addMonths(input.month, -1), input.month, addMonths(input.month, 1)];
  const months = followedMonths(monthOf(today)).filter((month) => read.includes(month));
  const readings =
    workbook.settings.chartersIndex === null
      ? ledger.readings
      : ledger.readings.filter((one) => !one.readable || read.includes(one.charter.month));
  const sure =
    workbook.settings.chartersIndex === null ? months : months.filter((one) => one === input.month);
  return { months, sure, readings, roster: ledger.roster };
}

/** Never throws: what is not told now is told with a later sync. */
function tell(host: Host, { calendars }: SyncReport): void {
  try {
    const untold = calendars.filter(({ held }) => held !== null && !held.isTold);
    const lasting = calendars.filter(
      ({ error, isTold }) => error !== null && !isTold && host.now() - Date.parse(error.since) >= LASTING_MS,
    );
    if (untold.length + lasting.length === 0) return;
    const owner = requireOwner(host, host.properties('document').readAll());
    const day = host.localTime(host.now(), host.workbookTimeZone()).date;
    for (const one of untold) {
      if (one.held === null) continue;
      const { count, digest, first } = one.held;
      const { kind } = sendNotice(host, {
        cause: `calendar.held.${digest.slice(0, 16)}`,
        owner,
        day,
        subject: `Purser: may ${count} calendar events be deleted?`,
        words: [
          heldWords(one, count),
          `They are: ${first.join('; ')}${count > first.length ? `; and ${count - first.length} more` : ''}.`,
          'That is more than Purser deletes by itself, so it deletes none of them. Look whether the ledger is right. If it is, open the workbook, choose Purser › Sync calendars… and say yes.',
        ],
        link: workbookLink(host),
      });
      if (kind === 'refused') host.log({ event: 'notice-not-sent', cause: 'calendar-held', result: kind });
      else markHeldTold(host, one.key, digest);
    }
    for (const { key, account, error } of lasting) {
      if (error === null) continue;
      const { kind } = sendNotice(host, {
        cause: `calendar.failing.${key.slice(-12)}`,
        owner,
        day,
        subject: `Purser: a calendar of ${account} has not been synced for a day`,
        words: [error.what, error.now, 'Purser tries again every half hour.'],
        link: workbookLink(host),
      });
      if (kind === 'refused') host.log({ event: 'notice-not-sent', cause: 'calendar-failing', result: kind });
    }
  } catch (thrown) {
    host.log({ event: 'notice-not-sent', cause: 'calendars', result: asPurserError(thrown).code });
  }
}
