/** What the hourly check does with the outbox: what waited goes out, what died is left to a person, what is old goes. */
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { rebuiltNotice } from './notice.ts';
import type { Authorize } from './outbox.ts';
import { markGone, markUnknown, sendOnce } from './outbox.ts';
import type { OutboxRecord } from './outbox-record.ts';
import {
  COPY_PREFIX,
  NOTICE_PREFIX,
  readableRecords,
  statementRecordId,
  TEST_PREFIX,
  versionOf,
} from './outbox-record.ts';
import { tooEarly } from './put-off.ts';

/** A message made again from its record, so that it can go out after all. */
export interface Rebuilt {
  readonly mime: string;
  readonly authorize: Authorize;
  readonly threadId?: string;
}

export interface DueRequest {
  /** Nothing begins after that moment (milliseconds since 1970 UTC). */
  readonly deadlineMs: number;
  /**
   * Of a copy that waits; null when it can't be made any more, which the record says then. It may throw when it can't be
   * made now. Without it copies wait.
   */
  readonly rebuild?: (record: OutboxRecord) => Rebuilt | null;
}

export interface Delivered {
  /** What went out, and what may have; the state tells. */
  readonly tried: readonly OutboxRecord[];
  /** Copies that a person should hear of: nobody knows whether they went out, or they were refused for good. */
  readonly stuck: readonly OutboxRecord[];
}

/** Why a copy that waited was given up. */
const GONE = 'The filed statement, or the mailbox that it was to go from, is gone.';

/** No execution lives so long: what has been sending since then died. */
const DEAD_AFTER_MS = 600_000;
const DAY_MS = 86_400_000;
/** So long records are kept; the store would fill up with them. Those of statements stay. */
const DAYS_KEPT = { [NOTICE_PREFIX]: 7, [TEST_PREFIX]: 7, [COPY_PREFIX]: 60 } as const;

/**
 * Sends the notices and copies that wait, each once; statements are the month's run's. Never throws, and asks nothing of
 * the platform when nothing is due.
 * @param properties of the document, as they were read a moment ago
 */
export function deliverDue(
  host: Host,
  properties: Readonly<Record<string, string>>,
  { deadlineMs, rebuild }: DueRequest,
): Delivered {
  const nowMs = host.now();
  const tried: OutboxRecord[] = [];
  const stuck: OutboxRecord[] = [];
  const records = waitingRecords(host, properties, nowMs);
  const needless = records
    .filter((record) => isRepeated(record, records) || isOvertaken(record, records))
    .map(({ id }) => id);
  forget(host, [...Object.keys(properties).filter((key) => isOld(key, nowMs)), ...needless]);
  for (const record of records) {
    if (host.now() >= deadlineMs) break;
    if (record.kind === 'statement' || needless.includes(record.id)) continue;
    try {
      if (record.state === 'sending' && isDead(record, nowMs)) {
        const dead = markUnknown(host, record);
        if (dead.kind === 'copy' && dead.state === 'unknown') stuck.push(dead);
      } else if (isDue(record, nowMs)) {
        const after = sendDue(host, record, rebuild);
        if (after === null) continue;
        tried.push(after);
        if (after.kind === 'copy' && after.state !== 'sent' && after.state !== 'queued') stuck.push(after);
      }
    } catch (thrown) {
      host.log({ event: 'not-delivered', id: record.id, code: asPurserError(thrown).code });
    }
  }
  return { tried, stuck };
}

/** What may still be of use. Where a notice waits, as they are now: this very check may have told of its cause anew. */
function waitingRecords(
  host: Host,
  properties: Readonly<Record<string, string>>,
  nowMs: number,
): readonly OutboxRecord[] {
  const those = (all: Readonly<Record<string, string>>): OutboxRecord[] =>
    readableRecords(all).filter(({ id }) => !isOld(id, nowMs));
  const records = those(properties);
  if (!records.some((record) => record.kind === 'notice' && isDue(record, nowMs))) return records;
  try {
    return those(host.properties('document').readAll());
  } catch (thrown) {
    host.log({ event: 'outbox-not-read', code: asPurserError(thrown).code });
    return records;
  }
}

function isDue(record: OutboxRecord, nowMs: number): boolean {
  return record.state === 'queued' && tooEarly(record, nowMs) === null;
}

/** Null: there is nothing to send. */
function sendDue(host: Host, record: OutboxRecord, rebuild: DueRequest['rebuild']): OutboxRecord | null {
  const isCopy = record.kind === 'copy';
  if (isCopy && rebuild === undefined) return null;
  const made = isCopy ? (rebuild?.(record) ?? null) : noticeAgain(host, record);
  if (made === null) return isCopy ? markGone(host, record, GONE) : null;
  const { mime, authorize, threadId } = made;
  const options = { by: 'trigger', ...(threadId === undefined ? {} : { threadId }) } as const;
  return sendOnce(host, authorize, record, mime, options).record;
}

function noticeAgain(host: Host, record: OutboxRecord): Rebuilt | null {
  const mime = rebuiltNotice(host, record);
  if (mime === null) return null;
  const token = host.accessToken();
  return { mime, authorize: (make) => make(token) };
}

function isDead({ attemptedAt, changedAt }: OutboxRecord, nowMs: number): boolean {
  return nowMs - Date.parse(attemptedAt ?? changedAt) >= DEAD_AFTER_MS;
}

/** By the day in its key, which no later change moves, whether the record can be read or not. */
function isOld(key: string, nowMs: number): boolean {
  const days = Object.entries(DAYS_KEPT).find(([prefix]) => key.startsWith(prefix))?.[1];
  const day = dayOf(key);
  if (days === undefined || day === '') return false;
  return day < new Date(nowMs - days * DAY_MS).toISOString().slice(0, 10);
}

function forget(host: Host, keys: readonly string[]): void {
  try {
    for (const key of keys) host.properties('document').remove(key);
  } catch (thrown) {
    host.log({ event: 'outbox-not-cleared', code: asPurserError(thrown).code });
  }
}

/** A notice that waits while there is a newer one of the same cause: the owner hears of a cause once. */
function isRepeated({ id, kind, state }: OutboxRecord, records: readonly OutboxRecord[]): boolean {
  if (kind !== 'notice' || state !== 'queued') return false;
  return records.some((other) => causeOf(other.id) === causeOf(id) && dayOf(other.id) > dayOf(id));
}

/** A notice that waits and tells why a month is not out, while the month has gone out since it was last tried. */
function isOvertaken(
  { id, kind, state, changedAt }: OutboxRecord,
  records: readonly OutboxRecord[],
): boolean {
  if (kind !== 'notice' || state !== 'queued') return false;
  const cause = causeOf(id).slice(NOTICE_PREFIX.length);
  const told = /^(?:failed|held|ready|unknown)\..*?(\d{4}-\d{2})(?:\.V(\d+))?$/.exec(cause);
  if (told === null) return false;
  const [, month = '', version = '1'] = told;
  const prefix = statementRecordId(month, 0).slice(0, -1);
  return records.some(
    (other) =>
      other.id.startsWith(prefix) &&
      other.state === 'sent' &&
      versionOf(other) >= Number(version) &&
      // A version that was out before says nothing: the notice may be about its correction.
      other.changedAt >= changedAt,
  );
}

function dayOf(id: string): string {
  return /\.(\d{4}-\d{2}-\d{2})$/.exec(id)?.[1] ?? '';
}

function causeOf(id: string): string {
  return id.slice(0, -'.2026-06-01'.length);
}
