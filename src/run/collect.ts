/** Collect: all that a month is calculated from, in as few rounds as it takes. Reads only. */
import { awsAccess } from '../accounts/aws-credentials.ts';
import type { AttributeMap } from '../clients/aws/attribute-value.ts';
import type { ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange, valueOrThrow } from '../clients/exchange.ts';
import type { DriveFile } from '../clients/google/drive.ts';
import { filingCall } from '../delivery/filing.ts';
import { domainsIn } from '../delivery/recipient-domains.ts';
import type { Recipients } from '../delivery/recipients.ts';
import { chooseRecipients } from '../delivery/recipients.ts';
import type { Host } from '../host/host.ts';
import { asksForBookings } from '../sources/booking-search.ts';
import type { Ledger, LedgerSource } from '../sources/ledger.ts';
import { ledgerCalls, readLedger } from '../sources/ledger.ts';
import type { Calculation } from '../statement/calculate.ts';
import { calculate } from '../statement/calculate.ts';
import { comparisonOf } from '../statement/comparison.ts';
import { codeOfLetters, sha256Hex, statementCode } from '../statement/fingerprint.ts';
import { cellAddress } from '../statement/grid.ts';
import type { StatementInput } from '../statement/input.ts';
import type { Month } from '../statement/month.ts';
import { addMonths, monthLabel } from '../statement/month.ts';
import { fillName, oneLine } from '../statement/names.ts';
import type { Places } from '../statement/places.ts';
import { placeLinks } from '../statement/places.ts';
import { auditBridge } from '../statement/template-audit.ts';
import { saysSent } from '../workbook/register.ts';
import { ownWorkbook } from './adopt-workbook.ts';
import type { ClosedMailbox } from './former-mailboxes.ts';
import { hearCalendars } from './hear-calendars.ts';
import type { Heard } from './hear-witnesses.ts';
import { hearWitnesses, witnessCalls } from './hear-witnesses.ts';
import type { MailboxAccess, MailboxOpener } from './mailboxes.ts';
import { builtInMailbox, openMailbox, openOrClosed } from './mailboxes.ts';
import { openWorkbook } from './open-workbook.ts';
import { formerCodes } from './own-workbook.ts';
import { readByHand } from './read-by-hand.ts';
import type { WorkbookReading } from './read-workbook.ts';
import { readWorkbook, workbookCalls } from './read-workbook.ts';
import { knownFleet } from './remembered.ts';
import type { FoundStatement } from './sent-mail.ts';
import { readSentMail, sentMailboxes, sentMailCalls } from './sent-mail.ts';
import { searchedWords, senderDrafts, unsearchedDrafts } from './sent-words.ts';
import type { CollectedCorrection, Correction } from './superseded.ts';
import {
  collectedCorrection,
  notKeptDrafts,
  pinnedWorkbook,
  supersededRecipients,
  threadCall,
} from './superseded.ts';
import { sentChangeDrafts } from './watch-state.ts';

export interface Collected {
  readonly workbook: WorkbookReading;
  readonly ledger: Ledger;
  /** The mailbox that the statement goes out from. */
  readonly sender: MailboxAccess;
  /** The address of the person who runs this. */
  readonly self: string;
  readonly recipients: Recipients;
  /** Who got the last statement; null when nobody knows. */
  readonly lastRecipients?: readonly string[] | null;
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
  /** Null: it replaces no statement. */
  readonly correction: CollectedCorrection | null;
  /** The sheet id of the month's tab, once this run has posted it or found it posted. */
  readonly postedTabId?: number;
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
  /** Asks a person whether this workbook, which seems to be a copy, sends from now on; left out for a trigger. */
  readonly adopt?: (words: string) => boolean;
  /** The sent statement that this one is to replace. */
  readonly correction?: Correction;
}

export function collect(host: Host, request: CollectRequest): Collected {
  const { month, version, options, correction } = request;
  // What is read from now on is as of now, however long it takes.
  const startedMs = host.now();
  const mine = host.properties('user').readAll();
  const aws = awsAccess(host, mine, options);
  const present = openWorkbook(host, options, aws.call);
  const opened = correction === undefined ? present : pinnedWorkbook(present, correction);
  const { settings } = opened;
  const { token } = opened.access;
  const workbookId = host.workbookId();
  const workbookKey = sha256Hex(workbookId).slice(0, 10);
  const code = statementCode(workbookId, month, version);
  const priorMonth = addMonths(month, -1);
  const subjectOf = (of: Month): string =>
    oneLine(fillName(settings.subject, { month: of, company: settings.company, code, version }));
  const source: LedgerSource = settings;
  const self = host.userEmail();
  const opener: MailboxOpener = {
    token,
    self: () => self,
    mine: () => mine,
    by: `${monthLabel(month)}’s statement`,
  };
  const itself = ownWorkbook(host, opened, request, opener);
  const credentials = aws.credentials(opened.awsSession, [settings.primaryRegion, settings.secondRegion]);
  // A preview shows the figures all the same.
  const open = request.keep ? openMailbox : openOrClosed;
  const sender = open(host, settings.sendFrom, 'send', opener);
  // Who searches for no booking mail needs no mailbox for it.
  const bookings = asksForBookings(settings)
    ? open(host, settings.bookingMailFrom, 'bookings', opener)
    : builtInMailbox(token, 'No booking mail is searched for.');
  const sought = { month, version, priorMonth, keep: request.keep };
  const sentBoxes = sentMailboxes(host, sender, sought, request.properties, opener);
  const { files, mail, sheets, markWorkbook, thread, ...others } = exchange(
    host,
    {
      ...ledgerCalls(source, credentials, month, request.lookForLost, (event) => host.log(event)),
      ...sentMailCalls(sentBoxes, {
        priorCodeOf: (one) => statementCode(workbookId, priorMonth, one),
        priorSubject: subjectOf(priorMonth),
        code,
        subject: subjectOf(month),
        former: {
          codes: formerCodes(itself.former, month, version),
          priorCodesOf: itself.former.map(
            ({ letters }) =>
              (one: number) =>
                codeOfLetters(letters, priorMonth, one),
          ),
        },
      }),
      markWorkbook: itself.mark,
      thread: correction === undefined ? undefined : threadCall(correction, sentBoxes.open, self),
      files: filingCall(token, workbookKey, month.slice(0, 4), code),
      ...witnessCalls(host, month, opened, bookings, request.properties),
      ...workbookCalls(opened, month),
    },
    options,
  );
  if (markWorkbook?.ok === false) {
    host.log({ event: 'workbook-not-marked', code: markWorkbook.error.code });
  }
  const read = readWorkbook(opened, others, month);
  const workbook = correction === undefined ? read : { ...read, rates: correction.sent.input.rates };
  const ledger = readLedger(source, itemsOnly(others), month);
  const sentMail = readSentMail(host, sentBoxes, others, self);
  const chosen = chooseRecipients({
    setting: settings.recipients,
    alwaysCc: settings.alwaysCc,
    lastMail: sentMail.lastMail,
    priorMonth,
    ...(correction === undefined ? {} : supersededRecipients(correction)),
    priorSubject: subjectOf(priorMonth),
    sender: sender.account ?? self,
    ...searchedWords(self, sentBoxes, sentMail),
    knownDomains: domainsIn(workbook.register.filter(saysSent).map(({ to }) => to)),
  });
  const local = host.localTime(startedMs, settings.timeZone);
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
  const fleet = knownFleet(request.properties);
  const calendars = hearCalendars(workbook.calendar, settings, readings, month, fleet, linksOf.cell);
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
    accepted: byHand.accepted,
    witnesses: heard.witnesses,
    ...(calendars.evidence === null ? {} : { calendars: calendars.evidence }),
    noticed: [
      ...itself.noticed,
      ...ledger.noticed,
      ...workbook.noticed,
      ...senderDrafts(sender),
      ...chosen.noticed,
      ...unsearchedDrafts(
        sentMail,
        sentBoxes,
        month,
        correction === undefined && settings.recipients === null,
      ),
      ...heard.noticed,
      ...calendars.noticed,
      ...byHand.noticed,
      ...sentChangeDrafts(
        request.properties,
        month,
        linksOf.cell(cellAddress(workbook.registerTab.title, 0, 0)),
      ),
      ...(correction === undefined ? [] : notKeptDrafts(correction, workbook)),
      ...auditBridge(workbook.template, byHand.adjustments),
    ],
  };
  const calculation = calculate(input);
  return {
    workbook,
    ledger,
    sender,
    self,
    recipients: chosen.recipients,
    lastRecipients: chosen.last,
    subject: correction?.supersedes.record.subject ?? subjectOf(month),
    driveFiles: valueOrThrow(files),
    workbookKey,
    inSent: sentMail.inSent,
    doubtfulClosed: sentBoxes.doubtfulClosed,
    heard,
    places,
    input,
    calculation,
    correction:
      correction === undefined
        ? null
        : collectedCorrection(host, correction, { statement: calculation.statement, sender, self, thread }),
    today: local.date,
  };
}

/** The exchange keeps each call's type; a call that the ledger made under a name of its own is one of items. */
function itemsOnly(
  outcomes: Readonly<Record<string, unknown>>,
): Record<string, Outcome<readonly AttributeMap[]>> {
  return outcomes as Record<string, Outcome<readonly AttributeMap[]>>;
}
