/** Which version of a month's statement went out last. */
import type { Month } from '../statement/month.ts';
import type { OutboxRecord } from './outbox-record.ts';
import { readableRecords, readRecord, statementRecordId } from './outbox-record.ts';

/** A statement that is out, with what was sent. */
export type SentRecord = OutboxRecord & { readonly statement: NonNullable<OutboxRecord['statement']> };

/**
 * The record of the newest version that was sent; null when none was, or nobody knows what it said.
 * @throws PurserError `outbox-record-unreadable`
 */
export function newestSent(properties: Readonly<Record<string, string>>, month: Month): SentRecord | null {
  const prefix = statementRecordId(month, 0).slice(0, -1);
  let newest: SentRecord | null = null;
  for (const key of Object.keys(properties)) {
    if (!key.startsWith(prefix) || !/^[1-9]\d*$/.test(key.slice(prefix.length))) continue;
    const record = readRecord(properties, key);
    if (record?.state !== 'sent' || record.statement === undefined) continue;
    if (newest === null || record.statement.version > newest.statement.version)
      newest = { ...record, statement: record.statement };
  }
  return newest;
}

/** Whether a statement of the month is out, also when nobody knows what it said. */
export function isKnownAsSent(properties: Readonly<Record<string, string>>, month: Month): boolean {
  const prefix = statementRecordId(month, 0).slice(0, -1);
  return readableRecords(properties).some(({ id, state }) => state === 'sent' && id.startsWith(prefix));
}

/** A newer version whose mail may be out, or waits to go; null for none. */
export function newerUnsettled(
  properties: Readonly<Record<string, string>>,
  { month, version }: SentRecord['statement'],
): SentRecord | null {
  for (const record of readableRecords(properties)) {
    const { kind, state, statement } = record;
    if (kind !== 'statement' || statement?.month !== month || statement.version <= version) continue;
    if (state === 'queued' || state === 'sending' || state === 'unknown') return { ...record, statement };
  }
  return null;
}
