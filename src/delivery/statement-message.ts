/** The statement as a message, ready for the outbox. */

import { XLSX_TYPE } from '../clients/google/drive.ts';
import type { Mailbox } from '../statement/address.ts';
import type { CorrectionNote } from '../statement/correction-words.ts';
import { correctionWords } from '../statement/correction-words.ts';
import type { MailWords } from '../statement/mail-words.ts';
import { statementMail } from '../statement/mail-words.ts';
import type { Statement } from '../statement/statement.ts';
import { shortFingerprint } from '../statement/statement.ts';
import { writeMessage } from './mime.ts';
import type { Recipients } from './recipients.ts';
import { KIND_HEADER, STATEMENT_HEADER } from './recipients.ts';

export interface StatementMessage {
  readonly statement: Statement;
  readonly from: Mailbox;
  readonly recipients: Recipients;
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  readonly dateMs: number;
  readonly attachment: { readonly name: string; readonly bytes: Uint8Array };
  /** Null: it corrects nothing. */
  readonly correction?: CorrectionNote | null;
  /** Message-IDs of the mails in whose thread it goes, oldest first. */
  readonly follows?: readonly string[];
}

/** What it says, as its recipients read it. */
export function statementWords(
  { statement, correction = null }: Pick<StatementMessage, 'statement' | 'correction'>,
  attachmentName: string,
): MailWords {
  const corrected = correction === null ? null : correctionWords(statement, correction);
  return statementMail(statement, attachmentName, corrected);
}

export function statementMessage(message: StatementMessage): string {
  const { statement, attachment, follows = [] } = message;
  return writeMessage({
    from: message.from,
    to: message.recipients.to,
    cc: message.recipients.cc,
    replyTo: message.replyTo,
    subject: message.subject,
    dateMs: message.dateMs,
    headers: { [KIND_HEADER]: 'statement', [STATEMENT_HEADER]: statement.code },
    follows,
    ...statementWords(message, attachment.name),
    attachments: [{ name: attachment.name, type: XLSX_TYPE, bytes: attachment.bytes }],
    boundary: `purser${statement.code}${shortFingerprint(statement.fingerprint)}`,
  });
}
