/** A copy that waits in the outbox, made again for the hourly check. */

import { copyMessage } from '../delivery/copy-message.ts';
import type { Rebuilt } from '../delivery/deliver-due.ts';
import type { OutboxRecord } from '../delivery/outbox-record.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { CopiedFile, FiledStatement } from './copied-files.ts';
import { copiedFiles } from './copied-files.ts';
import { currentSettings } from './current-settings.ts';
import { formerOwnMailbox, openFormerMailbox } from './former-mailboxes.ts';
import type { MailboxAccess } from './mailboxes.ts';
import { builtInMailbox } from './mailboxes.ts';

/** Codes that mean that it is of no use to try again. */
const GONE = new Set<string>(['filed-file-differs', 'google-not-found']);

/**
 * For `deliverDue`: null when the copy can't be made any more, since its file or its mailbox is gone.
 * @throws PurserError what may pass, from the function that it gives
 */
export function copyRebuilder(host: Host, deadlineMs: number): (record: OutboxRecord) => Rebuilt | null {
  return (record) => {
    const sender = mailboxOf(host, record);
    const filed = filedStatements(record);
    if (sender === null || filed.length === 0) return lost(host, record, 'no-mailbox');
    const settings = currentSettings(host);
    let files: readonly CopiedFile[];
    try {
      files = copiedFiles(host, filed, { deadlineMs });
    } catch (thrown) {
      const { code } = asPurserError(thrown);
      if (!GONE.has(code)) throw thrown;
      return lost(host, record, code);
    }
    const mime = copyMessage(record, files, {
      from: { name: settings?.company ?? '', address: record.from ?? '' },
      replyTo: settings?.replyTo ?? [],
      dateMs: host.now(),
    });
    return { mime, authorize: sender.ready() };
  };
}

/** What stands in the record of each file. */
export function filedStatements({ attachments = [], copyOf = '' }: OutboxRecord): readonly FiledStatement[] {
  const codes = copyOf.split(', ');
  return attachments.flatMap(({ fileId, sha256 }, index) =>
    fileId === undefined ? [] : [{ fileId, sha256, code: codes[index] ?? '' }],
  );
}

/** The one that it was to go from, whatever the settings say by now. */
function mailboxOf(host: Host, record: OutboxRecord): MailboxAccess | null {
  const token = host.accessToken();
  const self = host.userEmail();
  if (record.transport === 'built-in') {
    return formerOwnMailbox(record, self) === null ? builtInMailbox(token, record.transportWhy ?? '') : null;
  }
  const mine = host.properties('user').readAll();
  const opener = { token, self: () => self, mine: () => mine, by: 'hourly check' } as const;
  return openFormerMailbox(host, record, opener, true).open;
}

function lost(host: Host, { id }: OutboxRecord, why: string): null {
  host.log({ event: 'copy-not-made', id, why });
  return null;
}
