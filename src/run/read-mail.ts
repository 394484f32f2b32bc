/** Booking mail read day by day into the evidence tab, so that month's end needs few bodies. */
import type { ExchangeOptions } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { SheetsAccess, SheetValues } from '../clients/google/sheets.ts';
import { getValues } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { giveBack } from '../host/lease.ts';
import type { BookingWindow } from '../sources/booking-search.ts';
import { bookingQuery, listMail, searchKey } from '../sources/booking-search.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { IsoDate } from '../statement/month.ts';
import type { EvidenceReading } from '../workbook/evidence-tab.ts';
import { evidenceParts, joinParts, readEvidence } from '../workbook/evidence-tab.ts';
import type { Settings } from '../workbook/settings.ts';
import { readSettings } from '../workbook/settings.ts';
import type { Tab } from '../workbook/tabs.ts';
import { ensureTabs } from './open-workbook.ts';
import { appendEvidence, takeEvidence } from './read-mail/append-evidence.ts';
import { bookingWindow, hasLostRows, isMailDue, markRead } from './read-mail/mail-marker.ts';
import { readBodies } from './read-mail/read-bodies.ts';
import { knownFleet } from './remembered.ts';
import { bookingMailSettings } from './witness-settings.ts';

const SPAM_MS = 30 * 86_400_000;

/** Mails of this reading. */
interface DailyMail {
  readonly read: number;
  /** Left for the next tick. */
  readonly unread: number;
  /** Deleted before they were read. */
  readonly gone: number;
}

/**
 * Reads the booking mail that the evidence tab does not have yet, oldest first, until all is read or `deadlineMs`
 * (milliseconds since 1970 UTC) has come; what is left is for the next time.
 *
 * @param today in the workbook's zone
 * @returns null when no booking mail is asked for, or somebody else has read the day's meanwhile
 * @throws PurserError of anything that keeps all mail from being read
 */
export function readDailyMail(host: Host, today: IsoDate, deadlineMs: number): DailyMail | null {
  const { lease, properties } = takeEvidence(host);
  try {
    if (!isMailDue(properties, today)) return null;
    return readUnderLease(host, today, properties, { deadlineMs });
  } finally {
    giveBack(host, lease);
  }
}

function readUnderLease(
  host: Host,
  today: IsoDate,
  properties: Readonly<Record<string, string>>,
  options: ExchangeOptions & { readonly deadlineMs: number },
): DailyMail | null {
  const access: SheetsAccess = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const { settings, tab, reading } = readTabsOfMail(host, access, options);
  const nowMs = host.now();
  const query = bookingQuery(settings, lookBack(properties, settings, reading, nowMs));
  if (query === null) {
    markRead(host, { query: '', readThroughMs: 0, dayRead: today, mails: 0 });
    return null;
  }
  const ids = unreadMail(send(host, listMail(access.token, query), options), reading);
  let { usedRows } = reading;
  const result = readBodies(host, {
    token: access.token,
    ids,
    settings: bookingMailSettings(settings, knownFleet(properties)),
    deadlineMs: options.deadlineMs,
    keep: ({ rows }) => {
      appendEvidence(host, access, { tab, usedRows }, rows);
      usedRows += rows.length;
    },
  });
  const { goneIds, unreadIds, stopped } = result;
  const daily = { read: result.ids.length, unread: unreadIds.length, gone: goneIds.length };
  host.log({ event: 'mail-read', ...daily, stopped: stopped?.code ?? '' });
  if (stopped !== null) throw stopped;
  if (unreadIds.length === 0) {
    const mails = new Set([...reading.readMessageIds, ...result.ids]).size;
    markRead(host, { query: searchKey(settings), readThroughMs: nowMs, dayRead: today, mails });
  }
  return daily;
}

/**
 * A month before what was read: mail that is taken out of spam, which Gmail keeps for 30 days
 * (support.google.com/mail/answer/1366858), or imported, bears an old date.
 */
function lookBack(
  properties: Readonly<Record<string, string>>,
  settings: Settings,
  reading: EvidenceReading,
  nowMs: number,
): BookingWindow {
  const { readThroughMs } = bookingWindow(properties, settings, nowMs);
  const isKept = readThroughMs !== null && !hasLostRows(properties, settings, reading);
  return { nowMs, readThroughMs: isKept ? readThroughMs - SPAM_MS : null };
}

/**
 * What of a listing (newest first) is still to be read, oldest first; and mails whose rows a person changed, listed or
 * not.
 */
export function unreadMail(
  listed: readonly string[],
  reading: Pick<EvidenceReading, 'readMessageIds' | 'changed'>,
): string[] {
  // The id's cell may be what was changed, and trip sheets have rows too: theirs are no Gmail ids.
  const changed = reading.changed.map(({ id }) => id).filter((id) => /^[0-9a-f]{10,16}$/.test(id));
  const wanted = new Set([...changed, ...[...listed].reverse()]);
  return [...wanted].filter((id) => !reading.readMessageIds.has(id));
}

interface TabsOfMail {
  readonly settings: Settings;
  readonly tab: Tab;
  readonly reading: EvidenceReading;
}

/** Two rounds: the list of tabs, then the settings beside all parts of the evidence tab. */
function readTabsOfMail(host: Host, access: SheetsAccess, options: ExchangeOptions): TabsOfMail {
  const tabs = ensureTabs(host, access, options);
  const { settings: settingsTab, evidence: tab } = tabs.own;
  if (settingsTab === undefined || tab === undefined) throw tabsMissing();
  const ranges = [quotedTitle(settingsTab.title), ...evidenceParts(tab.title, tab.rowCount)];
  const calls = ranges.map((range, index) => [index, getValues(access, [range], 'UNFORMATTED_VALUE')]);
  const outcomes = exchange(
    host,
    Object.fromEntries(calls) as Record<string, ReturnType<typeof getValues>>,
    options,
  );
  const [settingsRows = [], ...parts] = ranges.map((_, index): SheetValues => {
    const outcome = outcomes[index];
    return outcome === undefined ? [] : (valueOrThrow(outcome)[0] ?? []);
  });
  return {
    settings: readSettings(settingsTab.title, settingsRows, tabs),
    tab,
    reading: readEvidence(tab.title, joinParts(parts)),
  };
}

function tabsMissing(): PurserError {
  return new PurserError('settings-missing', {
    what: 'Purser’s own tabs could not be made in this workbook.',
    now: 'Choose Purser › Set up….',
  });
}
