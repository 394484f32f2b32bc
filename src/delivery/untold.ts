/**
 * What the owner has still to hear of mails: that one came back, or that a copy is stuck. The records keep it until
 * somebody was told, so that an execution that dies in between takes no bad news along.
 */
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { changeRecord } from './outbox.ts';
import type { OutboxRecord } from './outbox-record.ts';
import { readableRecords } from './outbox-record.ts';

export interface Untold {
  /** Those whom the mail did not reach; empty: the copy itself is stuck. */
  readonly addresses: readonly string[];
  /** What the bounce says, in the words of whoever sent it back; may be empty. */
  readonly why: string;
}

/** What is older helps nobody any more, and a notice that never goes is not tried for ever. */
const TOLD_WITHIN_MS = 30 * 86_400_000;

/** Null: there is nothing, or somebody was told. */
export function untoldOf(record: OutboxRecord): Untold | null {
  if (isStuck(record) && record.toldAt === undefined) return { addresses: [], why: '' };
  const returned = record.recipients.filter((one) => one.state === 'bounced' && one.toldAt === undefined);
  if (returned.length === 0) return null;
  const why = returned.find((one) => (one.why ?? '') !== '')?.why ?? '';
  return { addresses: returned.map(({ address }) => address), why };
}

/**
 * Ids of the records of which somebody has to be told.
 * @param properties of the document, as they were read a moment ago
 */
export function untoldIds(properties: Readonly<Record<string, string>>, nowMs: number): string[] {
  return readableRecords(properties)
    .filter((record) => untoldOf(record) !== null)
    .filter(({ sentAt, changedAt }) => nowMs - Date.parse(sentAt ?? changedAt) <= TOLD_WITHIN_MS)
    .map(({ id }) => id);
}

/**
 * Somebody was told of the record as it is given. What came back since, and what became of a copy that was started anew,
 * nobody has heard of yet. Never throws: what can't be written down is told once more.
 */
export function markTold(host: Host, record: OutboxRecord): void {
  const untold = untoldOf(record);
  if (untold === null) return;
  try {
    changeRecord(host, record, (there) => toldOf(there, record, untold, new Date(host.now()).toISOString()));
  } catch (thrown) {
    host.log({ event: 'outbox-not-written', id: record.id, code: asPurserError(thrown).code });
  }
}

function toldOf(
  there: OutboxRecord,
  record: OutboxRecord,
  { addresses }: Untold,
  toldAt: string,
): OutboxRecord {
  if (addresses.length === 0) {
    const isSame = there.state === record.state && there.attemptedAt === record.attemptedAt;
    return isSame ? { ...there, toldAt } : there;
  }
  const recipients = there.recipients.map((one) =>
    one.state === 'bounced' && one.toldAt === undefined && addresses.includes(one.address)
      ? { ...one, toldAt }
      : one,
  );
  return { ...there, recipients };
}

/** Nobody knows whether the copy went out, or it was refused for good. */
function isStuck({ kind, state }: OutboxRecord): boolean {
  return kind === 'copy' && (state === 'unknown' || state === 'failed');
}
