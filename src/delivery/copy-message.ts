/** Statements that were sent, once more and to somebody else: the same bytes, in a mail that is no statement. */
import { XLSX_TYPE } from '../clients/google/drive.ts';
import type { Mailbox } from '../statement/address.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { Attachment } from './mime.ts';
import { writeMessage } from './mime.ts';
import { letterOf } from './notice.ts';
import type { OutboxRecord } from './outbox-record.ts';
import { addressesOf } from './outbox-record.ts';
import { KIND_HEADER } from './recipients.ts';

/** Which statements, to whom and on what day: the same again is asked about. `times` tells repetitions apart. */
export function copyKey(codes: readonly string[], to: readonly string[], times: number): string {
  const what = JSON.stringify([codes, [...to].map((address) => address.toLowerCase()).sort()]);
  return `${sha256Hex(what).slice(0, 12)}${times === 1 ? '' : `-${times}`}`;
}

/**
 * From the record alone, so that one that waits can be written again. Marked as a copy, and with no mark of a statement:
 * it never counts as one.
 */
export function copyMessage(
  record: OutboxRecord,
  files: readonly Pick<Attachment, 'name' | 'bytes'>[],
  mail: { readonly from: Mailbox; readonly replyTo: readonly Mailbox[]; readonly dateMs: number },
): string {
  const { subject } = record;
  return writeMessage({
    ...mail,
    to: addressesOf(record, 'to').map((address) => ({ name: '', address })),
    cc: [],
    subject,
    headers: { [KIND_HEADER]: 'copy' },
    ...letterOf(subject, record.notice?.words ?? [], null),
    attachments: files.map(({ name, bytes }) => ({ name, bytes, type: XLSX_TYPE })),
    boundary: `pursercopy${sha256Hex(record.id).slice(0, 16)}`,
  });
}
