/** The statement that a corrected one replaces: what it was made from, where its mail stands, what differs now. */
import type { Call, Outcome } from '../clients/exchange.ts';
import type { MessageHeaders } from '../clients/google/gmail.ts';
import { getHeaders } from '../clients/google/gmail.ts';
import { addressesOf } from '../delivery/outbox-record.ts';
import type { SentRecord } from '../delivery/sent-versions.ts';
import type { StatementMessage } from '../delivery/statement-message.ts';
import type { Host } from '../host/host.ts';
import { foldAddress } from '../statement/address.ts';
import type { StatementDifferences } from '../statement/differences.ts';
import { differencesOf } from '../statement/differences.ts';
import type { FindingDraft } from '../statement/findings.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { oneLine } from '../statement/names.ts';
import { cut } from '../statement/short-text.ts';
import type { Statement } from '../statement/statement.ts';
import { pinnedRows } from '../workbook/pinned-settings.ts';
import { readSettings } from '../workbook/settings.ts';
import type { MailboxAccess } from './mailboxes.ts';
import type { OpenedWorkbook } from './open-workbook.ts';
import type { WorkbookReading } from './read-workbook.ts';
import type { SentProof } from './sent-proof.ts';

export interface Correction {
  /** Of the corrected statement. */
  readonly version: number;
  readonly supersedes: Superseded;
  readonly sent: SentProof;
}

/** The newest version that was sent. */
export interface Superseded {
  readonly version: number;
  /** `PRSK3QD202605V1` */
  readonly code: string;
  /** ISO 8601 UTC. */
  readonly sentAt: string;
  /** Its subject is kept, so that both mails stand in one thread. */
  readonly record: SentRecord;
}

/** What `collect` makes of it, once the month is calculated anew. */
export interface CollectedCorrection {
  readonly supersedes: Superseded;
  /** The day on which that one was sent, in the workbook's zone. */
  readonly sentOn: IsoDate;
  /** Null: the month comes to the very same. */
  readonly differences: StatementDifferences | null;
  readonly thread: MailThread;
}

/** Where the superseded statement's mail stands. */
export interface MailThread {
  /** Of the mailbox that the statement goes out from; null when that mail is not there. */
  readonly threadId: string | null;
  /** Message-IDs, oldest first; empty when that mail could not be looked at. */
  readonly follows: readonly string[];
}

const NO_THREAD: MailThread = { threadId: null, follows: [] };

/**
 * The workbook with the settings of the sent statement wherever they decide what it says or how it is called. Whom it
 * goes to, from which mailbox and with what Template is as the settings say now.
 */
export function pinnedWorkbook(opened: OpenedWorkbook, { sent }: Correction): OpenedWorkbook {
  const { settings, input, places } = sent.proof;
  // Where these were left empty, the workbook's own counted, which may be others now.
  const named = [...settings, ['Company', input.company], ['Time zone', places.timeZone]] as const;
  const settingsRows = pinnedRows(opened.settingsRows, named);
  const { own, tabs } = opened;
  return { ...opened, settingsRows, settings: readSettings(own.settings.title, settingsRows, tabs) };
}

/** The question for the superseded mail's own Message-ID; none when no mailbox that is open has that mail. */
export function threadCall(
  { supersedes }: Correction,
  open: readonly MailboxAccess[],
  self: string,
): Call<MessageHeaders> | undefined {
  const { messageId } = supersedes.record;
  const mailbox = mailboxOf(supersedes, open, self);
  if (messageId === undefined || mailbox === undefined) return undefined;
  return mailbox.authorize((token) => getHeaders(token, messageId, ['Message-ID', 'References']));
}

function readThread(
  host: Host,
  supersedes: Superseded,
  { sender, self, thread }: Pick<CorrectionReading, 'sender' | 'self' | 'thread'>,
): MailThread {
  if (thread === undefined) return NO_THREAD;
  if (!thread.ok) {
    host.log({ event: 'thread-not-found', code: thread.error.code });
    return NO_THREAD;
  }
  const { threadId, headers } = thread.value;
  const named = (name: string): readonly string[] =>
    headers
      .filter((header) => header.name.toLowerCase() === name)
      .flatMap(({ value }) => value.match(/<[^<>\s]+>/g) ?? []);
  const follows = [...new Set([...named('references'), ...named('message-id')])];
  // Gmail adds nothing to a thread without the headers, and another mailbox has other threads.
  const isThere = follows.length > 0 && mailboxOf(supersedes, [sender], self) !== undefined;
  return { threadId: isThere ? threadId : null, follows };
}

/** The person's own mailbox is another one when somebody else runs Purser now. */
function mailboxOf(
  { record }: Superseded,
  open: readonly MailboxAccess[],
  self: string,
): MailboxAccess | undefined {
  const { transport, from } = record;
  if (transport === 'built-in' && from !== undefined && foldAddress(from) !== foldAddress(self))
    return undefined;
  return open.find((mailbox) => mailbox.transport === transport && mailbox.closed === undefined);
}

interface CorrectionReading {
  /** As it is calculated now. */
  readonly statement: Statement;
  readonly sender: MailboxAccess;
  /** The address of the built-in mailbox. */
  readonly self: string;
  /** What became of `threadCall`; a mail that is gone, or can't be read, only costs the thread. */
  readonly thread: Outcome<MessageHeaders> | undefined;
}

export function collectedCorrection(
  host: Host,
  { supersedes, sent }: Correction,
  reading: CorrectionReading,
): CollectedCorrection {
  return {
    supersedes,
    sentOn: host.localTime(Date.parse(supersedes.sentAt), sent.proof.places.timeZone).date,
    differences: differencesOf(sent.statement, reading.statement),
    thread: readThread(host, supersedes, reading),
  };
}

/**
 * For `chooseRecipients`, instead of last month's mail: those of the superseded mail, with their names. The setting
 * “Statement recipients” goes before them when it is given, so that a wrong address can be corrected, and is then
 * compared with them.
 */
export function supersededRecipients({ supersedes, sent }: Correction): {
  readonly lastMail: MessageHeaders;
  readonly corrects: string;
  readonly priorMonth: Month;
  readonly priorSubject: string;
} {
  const { record, code } = supersedes;
  const { messageId = '', threadId = '', from = '', subject } = record;
  const { to, cc } = sent.proof.recipients;
  const named = (field: 'to' | 'cc'): string =>
    addressesOf(record, field)
      .map((address) => {
        const known = [...to, ...cc].find((one) => foldAddress(one.address) === foldAddress(address));
        const name = oneLine(known?.name ?? '');
        return name === '' ? address : `"${name.replace(/[\\"]/g, '\\$&')}" <${address}>`;
      })
      .join(', ');
  return {
    corrects: code,
    lastMail: {
      id: messageId,
      threadId,
      internalDateMs: Date.parse(supersedes.sentAt),
      headers: [
        { name: 'From', value: from },
        { name: 'To', value: named('to') },
        { name: 'Cc', value: named('cc') },
      ],
    },
    priorMonth: sent.input.month,
    priorSubject: subject,
  };
}

/** When the superseded version's tab was deleted, so that it can't be kept beside that of the corrected one. */
export function notKeptDrafts(
  { supersedes: { version, code, record } }: Correction,
  { monthTab, tabs }: Pick<WorkbookReading, 'monthTab' | 'tabs'>,
): FindingDraft[] {
  const { month, fileUrl } = record.statement;
  const isIt = (tab: { readonly month: Month; readonly version: number }): boolean =>
    tab.month === month && tab.version === version;
  if ((monthTab !== null && isIt(monthTab)) || tabs.kept.some(isIt)) return [];
  const file = record.attachments?.[0]?.name;
  const where = file === undefined ? 'the file that was filed' : `“${cut(file)}”`;
  return [
    {
      code: 'version-not-kept',
      about: code,
      message: `The tab of version ${version} (${code}) is not in the workbook any more, so it can’t be kept beside the corrected one. What went out is in ${where} in Drive, and in its mail in Sent.`,
      links: [{ label: file ?? code, url: fileUrl }],
    },
  ];
}

/** For `statementMessage`; nothing of a month's first statement. */
export function correctionMail(
  correction: CollectedCorrection | null,
): Pick<StatementMessage, 'correction' | 'follows'> {
  if (correction === null || correction.differences === null) return {};
  const { supersedes, sentOn, differences, thread } = correction;
  return { correction: { code: supersedes.code, sentOn, differences }, follows: thread.follows };
}
