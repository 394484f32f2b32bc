/** Booking mail read day by day into the evidence tab, so that month's end needs few bodies. */
import { checkOwnScopes } from '../accounts/own-scopes.ts';
import type { ExchangeOptions } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { SheetsAccess, SheetValues } from '../clients/google/sheets.ts';
import { getValues } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { giveBack } from '../host/lease.ts';
import type { BookingSearchSettings, BookingWindow } from '../sources/booking-search.ts';
import { asksForBookings, bookingQuery, listMail, searchKey } from '../sources/booking-search.ts';
import { foldAddress } from '../statement/address.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { IsoDate } from '../statement/month.ts';
import type { ChangedRow, EvidenceReading } from '../workbook/evidence-tab.ts';
import { evidenceParts, joinParts, readEvidence } from '../workbook/evidence-tab.ts';
import type { Settings } from '../workbook/settings.ts';
import { readSettings } from '../workbook/settings.ts';
import type { Tab } from '../workbook/tabs.ts';
import type { MailboxOpener } from './mailboxes.ts';
import { bookingSearch, openMailbox } from './mailboxes.ts';
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

type OnSettings = (settings: Settings, opener: MailboxOpener) => void;

/**
 * Reads the booking mail that the evidence tab does not have yet, oldest first, until all is read or `deadlineMs`
 * (milliseconds since 1970 UTC) has come; what is left is for the next time.
 *
 * @param today in the workbook's zone
 * @param onSettings told of the settings, as they are read for this; never throws
 * @returns null when no booking mail is asked for, or somebody else has read the day's meanwhile
 * @throws PurserError of anything that keeps all mail from being read
 */
export function readDailyMail(
  host: Host,
  today: IsoDate,
  deadlineMs: number,
  onSettings: OnSettings = () => {},
): DailyMail | null {
  const { lease, properties } = takeEvidence(host);
  try {
    if (!isMailDue(properties, today)) return null;
    checkOwnScopes(host, 'booking-mail');
    return readUnderLease(host, today, properties, { deadlineMs }, onSettings);
  } finally {
    giveBack(host, lease);
  }
}

function readUnderLease(
  host: Host,
  today: IsoDate,
  properties: Readonly<Record<string, string>>,
  options: ExchangeOptions & { readonly deadlineMs: number },
  onSettings: OnSettings,
): DailyMail | null {
  const access: SheetsAccess = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const { settings, tab, reading } = readTabsOfMail(host, access, options);
  const opener: MailboxOpener = {
    token: access.token,
    self: () => host.userEmail(),
    mine: () => host.properties('user').readAll(),
    by: 'daily reading of booking mail',
  };
  onSettings(settings, opener);
  if (!asksForBookings(settings)) return nothingToRead(host, today);
  const mailbox = openMailbox(host, settings.bookingMailFrom, 'bookings', opener);
  const search = bookingSearch(settings, mailbox);
  const nowMs = host.now();
  const query = bookingQuery(search, lookBack(properties, search, reading, nowMs));
  if (query === null) return nothingToRead(host, today);
  const ids = unreadMail(
    send(
      host,
      mailbox.authorize((token) => listMail(token, query)),
      options,
    ),
    reading,
    mailbox.account,
  );
  let { usedRows } = reading;
  const result = readBodies(host, {
    mailbox,
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
    markRead(host, { query: searchKey(search), readThroughMs: nowMs, dayRead: today, mails });
  }
  return daily;
}

function nothingToRead(host: Host, today: IsoDate): null {
  markRead(host, { query: '', readThroughMs: 0, dayRead: today, mails: 0 });
  return null;
}

/**
 * A month before what was read: mail that is taken out of spam, which Gmail keeps for 30 days
 * (support.google.com/mail/answer/1366858), or imported, bears an old date.
 */
function lookBack(
  properties: Readonly<Record<string, string>>,
  search: BookingSearchSettings,
  reading: EvidenceReading,
  nowMs: number,
): BookingWindow {
  const { readThroughMs } = bookingWindow(properties, search, nowMs);
  const isKept = readThroughMs !== null && !hasLostRows(properties, search, reading);
  return { nowMs, readThroughMs: isKept ? readThroughMs - SPAM_MS : null };
}

/**
 * What of a listing (newest first) is still to be read, oldest first; and mails of this mailbox whose rows a person
 * changed, listed or not.
 * @param account the address of the connected account whose mailbox was listed; null: the built-in one
 */
export function unreadMail(
  listed: readonly string[],
  reading: Pick<EvidenceReading, 'readMessageIds' | 'changed'>,
  account: string | null,
): string[] {
  const changed = reading.changed
    .filter((row) => !isElsewhere(row, account))
    .map(({ id }) => id)
    // The id's cell may be what was changed, and trip sheets have rows too: theirs are no Gmail ids.
    .filter((id) => /^[0-9a-f]{10,16}$/.test(id));
  const wanted = new Set([...changed, ...[...listed].reverse()]);
  return [...wanted].filter((id) => !reading.readMessageIds.has(id));
}

/** Whether the mail of a changed row is in another mailbox than this one: it can't be asked for here. */
export function isElsewhere({ mailbox }: ChangedRow, account: string | null): boolean {
  return mailbox !== undefined && foldAddress(mailbox ?? '') !== foldAddress(account ?? '');
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
