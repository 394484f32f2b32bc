/** The other two witnesses of a month: what is asked in the round of the ledger, and what the answers come to. */
import type { Call, ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { SheetValue } from '../clients/google/sheets.ts';
import type { Host } from '../host/host.ts';
import { bookingQuery, listMail } from '../sources/booking-search.ts';
import { foldBookings } from '../sources/bookings/fold-bookings.ts';
import type { FileReading, TripSheetsReading } from '../sources/trip-sheets/read-folder.ts';
import { tripSheetsCall } from '../sources/trip-sheets/read-folder.ts';
import { readTripSheetFile } from '../sources/trip-sheets/read-trip-sheet-file.ts';
import type { Booking } from '../statement/booking.ts';
import type { CharterReading } from '../statement/charter.ts';
import type { FindingDraft, Link } from '../statement/findings.ts';
import type { Witnesses } from '../statement/input.ts';
import { dayIn } from '../statement/local-day.ts';
import { mailUrl } from '../statement/mail-url.ts';
import { foldReference } from '../statement/matching/folding.ts';
import type { Month } from '../statement/month.ts';
import { addMonths, firstDay, lastDay, monthLabel, monthOf } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import { EVIDENCE_COLUMNS } from '../workbook/evidence-row.ts';
import type { ChangedRow } from '../workbook/evidence-tab.ts';
import { fileRow, readEvidence } from '../workbook/evidence-tab.ts';
import type { MailboxAccess } from './mailboxes.ts';
import { bookingSearch } from './mailboxes.ts';
import type { OpenedWorkbook } from './open-workbook.ts';
import { bookingWindow, hasLostRows } from './read-mail/mail-marker.ts';
import { readBodies } from './read-mail/read-bodies.ts';
import { isElsewhere, unreadMail } from './read-mail.ts';
import type { WorkbookReading } from './read-workbook.ts';
import { knownFolders, remember } from './remembered.ts';
import { bookingMailSettings, tripSheetSettings } from './witness-settings.ts';

export interface WitnessCalls {
  /** Undefined: nobody has said where booking mail, or trip sheets, are. */
  readonly mail: Call<readonly string[]> | undefined;
  readonly sheets: Call<TripSheetsReading> | undefined;
}

/** What the run must have left over for posting, filing and sending. */
const RESERVE_MS = 100_000;
const DAY_MS = 86_400_000;
/** A sheet can't have been last written much before its trip; clocks and zones differ. */
const SHEET_SLACK_DAYS = 3;
const EVIDENCE_HEADER = EVIDENCE_COLUMNS.map(({ header }) => header);

type Properties = Readonly<Record<string, string>>;

export function witnessCalls(
  host: Host,
  month: Month,
  { access, settings }: OpenedWorkbook,
  bookings: MailboxAccess,
  properties: Properties,
): WitnessCalls {
  const search = bookingSearch(settings, bookings);
  const query = bookingQuery(search, bookingWindow(properties, search, host.now()));
  const folderId = settings.tripSheetsFolderId;
  const modifiedAfter = new Date(
    Date.parse(`${firstDay(month)}T00:00:00Z`) - SHEET_SLACK_DAYS * DAY_MS,
  ).toISOString();
  const read = tripSheetSettings(settings);
  return {
    mail: query === null ? undefined : bookings.authorize((token) => listMail(token, query)),
    sheets:
      folderId === null
        ? undefined
        : tripSheetsCall(
            access.token,
            folderId,
            { modifiedAfter, knownFolderIds: knownFolders(properties, folderId) },
            (file) => readTripSheetFile(file, read),
          ),
  };
}

export interface Heard {
  /** Also when nobody was asked: what the ledger alone can tell is audited with them. */
  readonly witnesses: Witnesses;
  readonly files: readonly FileReading[];
  /** Mails that the evidence tab has, and that were read now. */
  readonly mails: number;
  /** What the evidence tab does not have yet. */
  readonly rows: readonly (readonly SheetValue[])[];
  readonly noticed: readonly FindingDraft[];
}

export interface HearRequest {
  readonly month: Month;
  readonly workbook: WorkbookReading;
  /** The mailbox that booking mail is read from. */
  readonly bookings: MailboxAccess;
  readonly properties: Properties;
  readonly options: ExchangeOptions;
  readonly readings: readonly CharterReading[];
  readonly linksOf: (cell: string) => readonly Link[];
  /** Whether what was found is remembered; a preview writes nothing. */
  readonly keep: boolean;
  readonly mail: Outcome<readonly string[]> | undefined;
  readonly sheets: Outcome<TripSheetsReading> | undefined;
}

/** Reads the bodies that are not in the evidence tab yet, and puts all that was understood together. */
export function hearWitnesses(host: Host, request: HearRequest): Heard {
  const { month, workbook, mail, sheets, readings } = request;
  const { settings, evidence } = workbook;
  const letters =
    mail === undefined ? NO_LETTERS : readLetters(host, request, listedAgain(host, request) ?? mail);
  const noticed: FindingDraft[] = [
    ...letters.noticed,
    ...(mail === undefined ? [] : evidence.reading.changed).map((row) =>
      rowChanged(row, letters.goneIds.includes(row.id), request),
    ),
  ];
  if (sheets !== undefined && !sheets.ok)
    noticed.push(unreachable(sheets.error.message, settings.tripSheetsFolderId));
  const told = sheets?.ok ? sheets.value : null;
  const fresh = told === null ? [] : changedFiles(told.files, evidence.reading.files);
  noticed.push(
    ...fresh.flatMap(({ file, before }) => (before === null ? [] : [fileChanged(file, before, month)])),
  );
  const folderId = settings.tripSheetsFolderId;
  if (request.keep) {
    const folders = told === null || folderId === null ? null : { root: folderId, ids: told.folderIds };
    remember(host, request.properties, { folders, vessels: fleetOf(readings) });
  }
  const words = [...evidence.reading.words, ...letters.words];
  return {
    witnesses: {
      bookings: mail === undefined ? [] : near(foldBookings(words), month, readings),
      tripSheets: told?.sheets ?? [],
      asked: { bookings: mail !== undefined, tripSheets: told !== null },
      tolerances: settings.tolerances,
      dayOf: dayIn(settings.timeZone),
    },
    files: told?.files ?? [],
    rows: [...letters.rows, ...fresh.map(({ file }) => fileRow(file))],
    mails: evidence.reading.readMessageIds.size + letters.read,
    noticed,
  };
}

type Letters = Pick<ReturnType<typeof readBodies>, 'words' | 'rows' | 'goneIds'> & {
  readonly read: number;
  readonly noticed: readonly FindingDraft[];
};
const NO_LETTERS: Letters = { words: [], rows: [], goneIds: [], read: 0, noticed: [] };

/** Rows that somebody deleted are in mail that the short search does not reach back to. */
function listedAgain(
  host: Host,
  { workbook, bookings, properties, options }: HearRequest,
): Outcome<readonly string[]> | null {
  const { settings, evidence } = workbook;
  const search = bookingSearch(settings, bookings);
  if (!hasLostRows(properties, search, evidence.reading)) return null;
  const query = bookingQuery(search, { nowMs: host.now(), readThroughMs: null });
  if (query === null) return null;
  return exchange(host, { all: bookings.authorize((token) => listMail(token, query)) }, options).all;
}

function readLetters(
  host: Host,
  { workbook, bookings, options, readings, month, keep }: HearRequest,
  listed: Outcome<readonly string[]>,
): Letters {
  if (!listed.ok) return { ...NO_LETTERS, noticed: [incomplete(listed.error.message)] };
  const { settings, evidence } = workbook;
  const ids = unreadMail(listed.value, evidence.reading, bookings.account);
  if (ids.length === 0) return NO_LETTERS;
  const deadlineMs = (options.deadlineMs ?? host.now() + 2 * RESERVE_MS) - RESERVE_MS;
  const bodies = readBodies(host, {
    mailbox: bookings,
    ids,
    settings: bookingMailSettings(settings, fleetOf(readings)),
    deadlineMs,
    // What can't be read is told in the month that looks for it.
    assumedMs: Math.min(host.now(), Date.parse(`${lastDay(month)}T12:00:00Z`)),
  });
  const left = bodies.unreadIds.length - bodies.failed.length;
  const noticed = [
    ...(bodies.stopped === null ? [] : [incomplete(bodies.stopped.message)]),
    ...(bodies.stopped !== null || left === 0 ? [] : [incomplete(leftWords(left, keep))]),
    ...(bodies.stopped !== null ? [] : bodies.failed.map((one) => notGiven(one, bookings.account))),
  ];
  // As the tab will have them, so that the month is the same whether its mail is read now or was read day by day.
  const { words } = readEvidence(evidence.tab.title, [EVIDENCE_HEADER, ...bodies.rows]);
  return { words, rows: bodies.rows, goneIds: bodies.goneIds, read: bodies.ids.length, noticed };
}

interface ChangedFile {
  readonly file: FileReading;
  /** When it was read before; null for the first time. */
  readonly before: string | null;
}

function changedFiles(
  files: readonly FileReading[],
  known: WorkbookReading['evidence']['reading']['files'],
): ChangedFile[] {
  return files.flatMap((file): ChangedFile[] => {
    const before = known.get(file.id);
    // An export of Google's may differ in its bytes with nothing changed: its day would be the same then.
    const isSame =
      before !== undefined && (before.sha256 === file.sha256 || before.modifiedTime === file.modifiedTime);
    if (file.sha256 === '' || isSame) return [];
    return [{ file, before: before?.modifiedTime ?? null }];
  });
}

/** Of a year's bookings those that can have to do with the month: by their date, or because a charter names them. */
function near(bookings: readonly Booking[], month: Month, readings: readonly CharterReading[]): Booking[] {
  const months = new Set([addMonths(month, -1), month, addMonths(month, 1)]);
  const named = new Set(
    readings.flatMap((one) => (one.readable ? one.charter.bookingRefs.map(foldReference) : [])),
  );
  return bookings.filter(({ date, reference }) => {
    if (date === null || months.has(monthOf(date))) return true;
    return reference !== null && named.has(foldReference(reference));
  });
}

function fleetOf(readings: readonly CharterReading[]): string[] {
  return [...new Set(readings.flatMap((one) => (one.readable ? [one.charter.vessel] : [])))];
}

function leftWords(left: number, keep: boolean): string {
  const mails = left === 1 ? '1 booking mail is' : `${left} booking mails are`;
  return keep
    ? `${mails} not read yet: Gmail lets only some hundreds be read in a minute. Run again in some minutes; Purser goes on where it stopped, and its hourly check reads on as well.`
    : `${mails} not read yet: Gmail lets only some hundreds be read in a minute, and a preview keeps nothing. The hourly check reads them, and so does Send statement.`;
}

/** Not held up by one mail for ever: a person looks at it, and each run asks again. */
function notGiven(
  { id, why }: { readonly id: string; readonly why: string },
  account: string | null,
): FindingDraft {
  return {
    code: 'mail-unreadable',
    about: id,
    message: `Gmail did not give one booking mail, however often it was asked: ${why} Open it, and see that its booking is in the ledger. Purser asks for it again with each run.`,
    links: [{ label: 'The mail', url: mailUrl('all', id, account) }],
  };
}

function incomplete(why: string): FindingDraft {
  return { code: 'evidence-incomplete', message: `Booking mail could not be read completely. ${why}` };
}

function unreachable(why: string, folderId: string | null): FindingDraft {
  return {
    code: 'trip-sheets-unreachable',
    message: `The trip sheets could not be read. ${why} Check the setting “Trip sheets folder”.`,
    links: [{ label: 'Trip sheets folder', url: `https://drive.google.com/drive/folders/${folderId ?? ''}` }],
  };
}

function rowChanged(
  row: ChangedRow,
  isGone: boolean,
  { linksOf, bookings }: Pick<HearRequest, 'linksOf' | 'bookings'>,
): FindingDraft {
  const { cell } = row;
  const common = { code: 'evidence-changed', links: linksOf(cell) } as const;
  if (isElsewhere(row, bookings.account)) {
    const nowFrom = bookings.account ?? 'the built-in mailbox';
    return {
      ...common,
      severity: 'warn',
      message: `Somebody changed the row of ${cell}, so it does not count. Its mail is in ${row.mailbox ?? 'the built-in mailbox'}, and booking mail is read from ${nowFrom} now, so it was not read again: what it said of a booking is lost. Put the row back as it was (File › Version history), or see that its booking is in the ledger and delete the row.`,
    };
  }
  if (isGone) {
    return {
      ...common,
      severity: 'warn',
      message: `Somebody changed the row of ${cell}, so it does not count, and its mail is no longer in ${bookings.account === null ? 'Gmail' : `Gmail of ${bookings.account}`}: what it said of a booking is lost. Put the row back as it was (File › Version history), or restore the mail from the trash.`,
    };
  }
  return {
    ...common,
    message: `Somebody changed the row of ${cell}, so it does not count; its mail was read again. To change what a charter comes to, use the tab “Purser adjustments”; then delete the changed row.`,
  };
}

function fileChanged({ name, url }: FileReading, before: string, month: Month): FindingDraft {
  return {
    code: 'evidence-changed',
    message: `Trip sheet “${cut(name)}” was changed since Purser read it (it was of ${before.slice(0, 16).replace('T', ' ')} UTC then). What it says now counts for ${monthLabel(month)}; its version history tells who changed what.`,
    links: [{ label: cut(name), url }],
  };
}
