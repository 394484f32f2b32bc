/** A statement as it would go out, to whoever asked for it alone: no statement itself. */
import { XLSX_TYPE } from '../clients/google/drive.ts';
import type { Mailbox } from '../statement/address.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { escapeHtml, statementMail } from '../statement/mail-words.ts';
import type { Statement } from '../statement/statement.ts';
import type { Attachment } from './mime.ts';
import { writeMessage } from './mime.ts';
import { addressesOf, type OutboxRecord } from './outbox-record.ts';
import { KIND_HEADER } from './recipients.ts';

/**
 * The same statement under a code that no statement has, in the mail and in the file, so that the search for a statement's
 * code does not even find it.
 */
export function asTest(statement: Statement): Statement {
  return { ...statement, code: statement.code.replace(/^PRS/, 'TEST') };
}

/**
 * Marked as a test, and with no mark of a statement: it never counts as one, nor do its recipients.
 * @param statement as `asTest` gives it
 * @param above sentences that stand before all else
 */
export function testMessage(
  record: OutboxRecord,
  statement: Statement,
  above: readonly string[],
  file: Pick<Attachment, 'name' | 'bytes'>,
  mail: { readonly from: Mailbox; readonly dateMs: number },
): string {
  const paragraphs = above.map((words) => `<p style="margin:0 0 8px;">${escapeHtml(words)}</p>`).join('');
  return writeMessage({
    ...mail,
    to: addressesOf(record, 'to').map((address) => ({ name: '', address })),
    cc: [],
    replyTo: [],
    subject: record.subject,
    headers: { [KIND_HEADER]: 'test' },
    ...statementMail(statement, file.name, {
      text: above.join('\n'),
      html: `<tr><td style="padding:16px 20px 8px;font-size:14px;line-height:1.5;background:#fff4d6;">${paragraphs}</td></tr>`,
    }),
    attachments: [{ ...file, type: XLSX_TYPE }],
    boundary: `pursertest${sha256Hex(record.id).slice(0, 16)}`,
  });
}
