/** Collect: all that a month is calculated from, in as few rounds as it takes. Reads only. */
import { awsAccess } from '../accounts/aws-credentials.ts';
import type { AttributeMap } from '../clients/aws/attribute-value.ts';
import type { ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange, valueOrThrow } from '../clients/exchange.ts';
import type { DriveFile } from '../clients/google/drive.ts';
import { filingCall } from '../delivery/filing.ts';
import type { Recipients } from '../delivery/recipients.ts';
import { chooseRecipients, domainsIn } from '../delivery/recipients.ts';
import type { Host } from '../host/host.ts';
import { asksForBookings } from '../sources/booking-search.ts';
import type { Ledger, LedgerSource } from '../sources/ledger.ts';
import { ledgerCalls, readLedger } from '../sources/ledger.ts';
import type { Calculation } from '../statement/calculate.ts';
import { calculate } from '../statement/calculate.ts';
import type { CharterReading } from '../statement/charter.ts';
import { comparisonOf } from '../statement/comparison.ts';
import type { Link } from '../statement/findings.ts';
import { sha256Hex, statementCode } from '../statement/fingerprint.ts';
import type { StatementInput } from '../statement/input.ts';
import type { Month } from '../statement/month.ts';
import { addMonths, monthLabel, monthOf } from '../statement/month.ts';
import { fillName, oneLine } from '../statement/names.ts';
import type { Places } from '../statement/places.ts';
import { placeLinks } from '../statement/places.ts';
import { adjustmentDrafts, readAdjustments } from '../workbook/adjustments-tab.ts';
import { carriedDrafts, readCarried } from '../workbook/carried-tab.ts';
import type { ClosedMailbox } from './former-mailboxes.ts';
import type { Heard } from './hear-witnesses.ts';
import { hearWitnesses, witnessCalls } from './hear-witnesses.ts';
import type { MailboxAccess, MailboxOpener } from './mailboxes.ts';
import { builtInMailbox, openMailbox, openOrClosed } from './mailboxes.ts';
import { openWorkbook } from './open-workbook.ts';
import type { WorkbookReading } from './read-workbook.ts';
import { readWorkbook, workbookCalls } from './read-workbook.ts';
import type { FoundStatement } from './sent-mail.ts';
import { readSentMail, sentMailboxes, sentMailCalls } from './sent-mail.ts';
import { searchedWords, senderDrafts, unsearchedDrafts } from './sent-words.ts';

export interface Collected {
  readonly workbook: WorkbookReading;
  readonly ledger: Ledger;
  /** The mailbox that the statement goes out from. */
  readonly sender: MailboxAccess;
  /** The address of the person who runs this. */
  readonly self: string;
  readonly recipients: Recipients;
  readonly subject: string;
  /** Folders and files of ours that Drive has. */
  readonly driveFiles: readonly DriveFile[];
  /** Names the workbook in Drive, so that two workbooks of one person keep apart. */
  readonly workbookKey: string;
  /** A mail with this statement's code that is in Sent already. */
  readonly inSent: FoundStatement | null;
  /** The mailbox of a mail of this month that nobody is sure of, when nobody can look into it. */
  readonly doubtfulClosed: ClosedMailbox | null;
  readonly heard: Heard;
  readonly places: Places;
  readonly input: StatementInput;
  readonly calculation: Calculation;
  /** `2026-06-01`, in the workbook's zone. */
  readonly today: string;
}

export interface CollectRequest {
  readonly month: Month;
  readonly version: number;
  readonly options: ExchangeOptions;
  /** Also scan for items that the index can't hold. */
  readonly lookForLost: boolean;
  /** Of the document: how far mail was read, which folders are known. */
  readonly properties: Readonly<Record<string, string>>;
  /** Whether what was read of mail and trip sheets is kept in the workbook; a preview writes nothing. */
  readonly keep: boolean;
}

export function collect(host: Host, request: CollectRequest): Collected {
  const { month, version, options } = request;
  const mine = host.properties('user').readAll();
  const aws = awsAccess(host, mine, options);
  const opened = openWorkbook(host, options, aws.call);
  const { settings } = opened;
  const { token } = opened.access;
  const workbookId = host.workbookId();
  const workbookKey = sha256Hex(workbookId).slice(0, 10);
  const code = statementCode(workbookId, month, version);
  const priorMonth = addMonths(month, -1);
  const subjectOf = (of: Month): string =>
    oneLine(fillName(settings.subject, { month: of, company: settings.company, code, version }));
  const source: LedgerSource = settings;
  const credentials = aws.credentials(opened.awsSession, [settings.primaryRegion, settings.secondRegion]);
  const self = host.userEmail();
  const opener: MailboxOpener = {
    token,
    self: () => self,
    mine: () => mine,
    by: `${monthLabel(month)}’s statement`,
  };
  // A preview shows the figures all the same.
  const open = request.keep ? openMailbox : openOrClosed;
  const sender = open(host, settings.sendFrom, 'send', opener);
  // Who searches for no booking mail needs no mailbox for it.
  const bookings = asksForBookings(settings)
    ? open(host, settings.bookingMailFrom, 'bookings', opener)
    : builtInMailbox(token, 'No booking mail is searched for.');
  const sought = { month, version, priorMonth, keep: request.keep };
  const sentBoxes = sentMailboxes(host, sender, sought, request.properties, opener);
  const { files, mail, sheets, ...others } = exchange(
    host,
    {
      ...ledgerCalls(source, credentials, month, request.lookForLost, (event) => host.log(event)),
      ...sentMailCalls(sentBoxes, {
        priorCodeOf: (one) => statementCode(workbookId, priorMonth, one),
        priorSubject: subjectOf(priorMonth),
        code,
        subject: subjectOf(month),
      }),
      files: filingCall(token, workbookKey, month.slice(0, 4), code),
      ...witnessCalls(host, month, opened, bookings, request.properties),
      ...workbookCalls(opened, month),
    },
    options,
  );
  const workbook = readWorkbook(opened, others, month);
  const ledger = readLedger(source, itemsOnly(others), month);
  const sentMail = readSentMail(host, sentBoxes, others, self);
  const chosen = chooseRecipients({
    setting: settings.recipients,
    alwaysCc: settings.alwaysCc,
    lastMail: sentMail.lastMail,
    priorMonth,
    priorSubject: subjectOf(priorMonth),
    sender: sender.account ?? self,
    ...searchedWords(self, sentBoxes, sentMail),
    knownDomains: domainsIn(workbook.register.filter(({ status }) => status === 'sent').map(({ to }) => to)),
  });
  const local = host.localTime(host.now(), settings.timeZone);
  const places: Places = {
    chartersTable: settings.chartersTable,
    primaryRegion: settings.primaryRegion,
    secondRegion: settings.secondRegion,
    workbookUrl: workbook.tabs.spreadsheetUrl,
    tabIds: Object.fromEntries(workbook.tabs.all.map(({ title, sheetId }) => [title, sheetId])),
    timeZone: settings.timeZone,
  };
  const linksOf = placeLinks(places);
  const { readings } = ledger;
  const heard = hearWitnesses(host, {
    ...request,
    workbook,
    bookings,
    readings,
    linksOf: linksOf.cell,
    mail,
    sheets,
  });
  const byHand = readByHand(workbook, readings, month, linksOf.cell);
  const input: StatementInput = {
    month,
    version,
    workbookId,
    today: local.date,
    asOf: `${local.date} ${local.time}`,
    company: settings.company,
    currency: settings.currency,
    standardRateCents: settings.standardRateCents,
    rates: workbook.rates,
    severities: settings.severities,
    readings: ledger.readings,
    roster: ledger.roster,
    regions: ledger.regions,
    comparison: comparisonOf({
      month,
      register: workbook.register,
      priorReadings: ledger.readings,
      lastYearReadings: ledger.lastYearReadings,
      rates: workbook.rates,
      standardRateCents: settings.standardRateCents,
      currency: settings.currency,
    }),
    explainOverPercent: settings.explainOverPercent,
    linksOf,
    adjustments: byHand.adjustments,
    carried: byHand.carried,
    witnesses: heard.witnesses,
    noticed: [
      ...ledger.noticed,
      ...workbook.noticed,
      ...senderDrafts(sender),
      ...chosen.noticed,
      ...unsearchedDrafts(sentMail, sentBoxes, month, settings.recipients === null),
      ...heard.noticed,
      ...byHand.noticed,
    ],
  };
  return {
    workbook,
    ledger,
    sender,
    self,
    recipients: chosen.recipients,
    subject: subjectOf(month),
    driveFiles: valueOrThrow(files),
    workbookKey,
    inSent: sentMail.inSent,
    doubtfulClosed: sentBoxes.doubtfulClosed,
    heard,
    places,
    input,
    calculation: calculate(input),
    today: local.date,
  };
}

/** What people wrote into the workbook about this month's figures and findings. */
function readByHand(
  { adjustments, carried }: WorkbookReading,
  readings: readonly CharterReading[],
  month: Month,
  linksOf: (cell: string) => readonly Link[],
): Pick<StatementInput, 'adjustments' | 'carried' | 'noticed'> {
  const known = new Set(readings.map((one) => (one.readable ? one.charter.id : one.id)));
  const ofMonth = new Set(
    readings.flatMap((one) => (one.readable && monthOf(one.charter.date) === month ? [one.charter.id] : [])),
  );
  const adjusted = readAdjustments(adjustments.title, adjustments.rows, known, month, ofMonth);
  const put = readCarried(carried.title, carried.rows);
  return {
    adjustments: adjusted.adjustments,
    carried: put.carried,
    noticed: [
      ...adjustmentDrafts(adjusted.problems, linksOf),
      ...carriedDrafts(put.problems, month, linksOf),
    ],
  };
}

/** The exchange keeps each call's type; a call that the ledger made under a name of its own is one of items. */
function itemsOnly(
  outcomes: Readonly<Record<string, unknown>>,
): Record<string, Outcome<readonly AttributeMap[]>> {
  return outcomes as Record<string, Outcome<readonly AttributeMap[]>>;
}
