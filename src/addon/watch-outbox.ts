/** What the hourly check does with mails: those that waited go out, and those that came back are told of. */
import { findBounces } from '../delivery/bounces.ts';
import { deliverDue } from '../delivery/deliver-due.ts';
import type { Notice } from '../delivery/notice.ts';
import { sendNotice } from '../delivery/notice.ts';
import type { Authorize } from '../delivery/outbox.ts';
import { storedRecord } from '../delivery/outbox.ts';
import type { OutboxRecord, TransportName } from '../delivery/outbox-record.ts';
import type { Untold } from '../delivery/untold.ts';
import { markTold, untoldIds, untoldOf } from '../delivery/untold.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { openFormerMailbox } from '../run/former-mailboxes.ts';
import { copyRebuilder } from '../run/rebuild-copy.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { Watch } from './watch-accounts.ts';
import { workbookLink } from './watch-accounts.ts';

/** For what is under way when the time is over. */
const RESERVE_MS = 60_000;

/** Never throws; asks nothing of the platform when nothing waits and nothing is due. */
export function watchOutbox(host: Host, watch: Watch): void {
  const deadlineMs = watch.endMs - RESERVE_MS;
  if (host.now() >= deadlineMs) return;
  const { stuck } = deliverDue(host, watch.properties, {
    deadlineMs,
    rebuild: copyRebuilder(host, deadlineMs),
  });
  const bounces = findBounces(host, watch.properties, { deadlineMs, authorize: readerOf(host) });
  const found = [...stuck, ...bounces.map(({ record }) => record)].map(({ id }) => id);
  for (const id of new Set([...untoldIds(watch.properties, host.now()), ...found])) {
    if (host.now() >= deadlineMs) return;
    tell(host, watch, id);
  }
}

/** The mailbox that a mail went from, if it can be read now. */
function readerOf(host: Host): (transport: TransportName) => Authorize | null {
  const token = host.accessToken();
  return (transport) => {
    if (transport === 'built-in') return (make) => make(token);
    const mine = host.properties('user').readAll();
    const opener = { token, self: () => host.userEmail(), mine: () => mine, by: 'hourly check' };
    return openFormerMailbox(host, { transport }, opener, false).open?.authorize ?? null;
  };
}

/** Only what the outbox has, or Gmail, counts as told: a notice that may never have gone goes again another day. */
function tell(host: Host, { owner, today }: Watch, id: string): void {
  try {
    const record = storedRecord(host, id);
    const untold = record === null ? null : untoldOf(record);
    if (record === null || untold === null) return;
    const notice = untold.addresses.length === 0 ? stuckNotice(record) : bounceNotice(record, untold);
    const result = sendNotice(host, { ...notice, owner, day: today, link: workbookLink(host) });
    const { state } = result.record;
    if (state === 'sent' || state === 'queued') markTold(host, record);
    if (result.kind !== 'sent')
      host.log({ event: 'notice-not-sent', cause: notice.cause, result: result.kind });
  } catch (thrown) {
    host.log({ event: 'notice-not-sent', id, result: asPurserError(thrown).code });
  }
}

type Words = Pick<Notice, 'cause' | 'subject' | 'words'>;

function stuckNotice({ id, subject, state, lastError, attemptedAt, changedAt }: OutboxRecord): Words {
  const isUnknown = state === 'unknown';
  return {
    // One that was started anew and is stuck again on the same day is another cause.
    cause: `copy.${id.slice(-40)}.${Date.parse(attemptedAt ?? changedAt)}`,
    subject: isUnknown ? 'Purser: a copy may have gone out' : 'Purser: a copy was not sent',
    words: [
      isUnknown
        ? `Nobody can tell whether “${subject}” went out. It is not sent again by itself.`
        : `“${subject}” was not sent. ${(lastError ?? '').replace(/^[a-z-]+: /, '')}`.trim(),
      'Look into Sent; if it is not there, choose Purser › Send copy… in the workbook.',
    ],
  };
}

function bounceNotice({ id, subject, recipients }: OutboxRecord, { addresses, why }: Untold): Words {
  const those = addresses.join(', ');
  const others = recipients.some(({ state }) => state === 'accepted')
    ? 'The others have it as far as is known. '
    : '';
  return {
    // What comes back later on the same day is another cause.
    cause: `bounced.${id.slice(-40)}.${sha256Hex(those).slice(0, 8)}`,
    subject: `Purser: a mail did not reach ${those}`,
    words: [
      `“${subject}” came back from ${those}.${why === '' ? '' : ` The reason given: ${why}`}`,
      `${others}Correct the address, then choose Purser › Send copy… in the workbook, and correct the recipients of the next statement.`,
    ],
  };
}
