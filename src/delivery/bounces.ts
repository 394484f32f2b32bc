/**
 * Mails that came back. Gmail says 200 before it has delivered anything, and even when the mailbox’s daily limit is just
 * reached (developers.google.com/workspace/gmail/api/guides/handle-errors), so that only what arrives afterwards tells.
 */
import type { Call, Outcome } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { ThreadMessage } from '../clients/google/gmail-thread.ts';
import { getThread } from '../clients/google/gmail-thread.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { foldAddress, readAddresses } from '../statement/address.ts';
import { cut } from '../statement/short-text.ts';
import type { Authorize } from './outbox.ts';
import type { OutboxRecord, TransportName } from './outbox-record.ts';
import { readableRecords, readRecord, recordJson } from './outbox-record.ts';

export interface Bounce {
  /** As it is stored now. */
  readonly record: OutboxRecord;
  /** Those that came back and that nobody knew of. */
  readonly addresses: readonly string[];
  /** What the bounce says, in the words of whoever sent it back; may be empty. */
  readonly why: string;
}

export interface BounceRequest {
  readonly deadlineMs: number;
  /** Null for a mailbox that can't be read now; its mails are looked at another time. */
  readonly authorize: (transport: TransportName) => Authorize | null;
}

const DAY_MS = 86_400_000;
/** Servers give up after some days at most; the usual “no such address” comes within a minute. */
const WATCHED_MS = 7 * DAY_MS;
const FIRST_LOOK_MS = 600_000;
/** Less than a day, so that an hourly check that is late does not move it on and on. */
const BETWEEN_LOOKS_MS = 20 * 3_600_000;

/**
 * Names in a bounce of Gmail’s own whom the mail did not reach (github.com/mautic/mautic/pull/1312,
 * github.com/chatwoot/chatwoot/pull/11873).
 */
const FAILED_RECIPIENTS = 'X-Failed-Recipients';

/**
 * Looks into the threads of statements and copies that were sent within the last week, each about once a day, all in
 * one round. Gmail’s own bounces come into the thread; those of other servers may not
 * (github.com/nylas/sync-engine/issues/290), so that silence is no proof of delivery. Never throws, and asks nothing of
 * the platform when nothing is due.
 * @param properties of the document, as they were read a moment ago
 * @returns what came back and nobody knew of, by the mail
 */
export function findBounces(
  host: Host,
  properties: Readonly<Record<string, string>>,
  { deadlineMs, authorize }: BounceRequest,
): readonly Bounce[] {
  const nowMs = host.now();
  if (nowMs >= deadlineMs) return [];
  const records = readableRecords(properties);
  const calls: Record<string, Call<readonly ThreadMessage[]>> = {};
  for (const record of records.filter((one) => isDue(one, nowMs))) {
    const { id, threadId = '', transport } = record;
    const call = authorize(transport)?.((token) =>
      getThread(token, threadId, [FAILED_RECIPIENTS, 'From', 'Subject']),
    );
    if (call !== undefined) calls[id] = call;
  }
  if (Object.keys(calls).length === 0) return [];
  try {
    const outcomes = exchange(host, calls, { deadlineMs });
    return writeDown(host, records, outcomes);
  } catch (thrown) {
    host.log({ event: 'bounces-not-read', code: asPurserError(thrown).code });
    return [];
  }
}

function isDue(record: OutboxRecord, nowMs: number): boolean {
  const { kind, state, threadId, bouncesReadAt } = record;
  if (kind === 'notice' || kind === 'test' || state !== 'sent' || threadId === undefined) return false;
  const age = nowMs - sentMs(record);
  if (age < FIRST_LOOK_MS || age > WATCHED_MS) return false;
  return bouncesReadAt === undefined || nowMs - Date.parse(bouncesReadAt) >= BETWEEN_LOOKS_MS;
}

function sentMs({ sentAt, changedAt }: OutboxRecord): number {
  return Date.parse(sentAt ?? changedAt);
}

/** Under the lock and read anew: meanwhile the register’s row may have been noted in a record. */
function writeDown(
  host: Host,
  records: readonly OutboxRecord[],
  outcomes: Readonly<Record<string, Outcome<readonly ThreadMessage[]>>>,
): readonly Bounce[] {
  return host.withLock(() => {
    const store = host.properties('document');
    const stored = store.readAll();
    const written: Record<string, string> = {};
    const bounces: Bounce[] = [];
    for (const [id, outcome] of Object.entries(outcomes)) {
      const record = readRecord(stored, id);
      if (record?.state !== 'sent') continue;
      if (!outcome.ok) host.log({ event: 'bounces-not-read', id, code: outcome.error.code });
      const found = outcome.ok ? bouncedIn(record, outcome.value, records) : null;
      const bouncesReadAt = new Date(host.now()).toISOString();
      const after = { ...record, bouncesReadAt, ...(found === null ? {} : { recipients: found.recipients }) };
      written[id] = recordJson(after);
      if (found !== null && found.addresses.length > 0)
        bounces.push({ record: after, addresses: found.addresses, why: found.why });
    }
    if (Object.keys(written).length > 0) store.write(written);
    return bounces;
  });
}

function bouncedIn(
  record: OutboxRecord,
  thread: readonly ThreadMessage[],
  records: readonly OutboxRecord[],
): { recipients: OutboxRecord['recipients']; addresses: string[]; why: string } {
  const whyOf = new Map<string, string>();
  for (const message of thread) {
    if (!isBounceOf(record, message, records)) continue;
    const why = cut(plainSnippet(message.snippet), 160);
    for (const { address } of readAddresses(headerOf(message, FAILED_RECIPIENTS)).mailboxes)
      if (!whyOf.has(foldAddress(address))) whyOf.set(foldAddress(address), why);
  }
  const isNew = (one: OutboxRecord['recipients'][number]): boolean =>
    one.state !== 'bounced' && whyOf.has(foldAddress(one.address));
  const addresses = record.recipients.filter(isNew).map(({ address }) => address);
  const recipients = record.recipients.map((one) => {
    if (!isNew(one)) return one;
    const why = whyOf.get(foldAddress(one.address)) ?? '';
    return { ...one, state: 'bounced' as const, ...(why === '' ? {} : { why }) };
  });
  return { recipients, addresses, why: whyOf.get(foldAddress(addresses[0] ?? '')) ?? '' };
}

/** A thread has all versions of a statement: a bounce is of the newest mail before it. One that only says “later” is none. */
function isBounceOf(record: OutboxRecord, message: ThreadMessage, records: readonly OutboxRecord[]): boolean {
  if (
    headerOf(message, FAILED_RECIPIENTS) === '' ||
    !/mailer-daemon|postmaster/i.test(headerOf(message, 'From'))
  )
    return false;
  if (/\((delay|delayed)\)/i.test(headerOf(message, 'Subject'))) return false;
  const sent = sentMs(record);
  // Clocks differ: ours wrote the record, Gmail’s the bounce.
  const bouncedMs = message.internalDateMs + 60_000;
  const isLater = (other: OutboxRecord): boolean =>
    other.threadId === record.threadId && sentMs(other) > sent && sentMs(other) <= bouncedMs;
  return bouncedMs >= sent && !records.some(isLater);
}

function headerOf({ headers }: ThreadMessage, name: string): string {
  return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? '';
}

function plainSnippet(snippet: string): string {
  return snippet
    .replace(/&#39;/g, '’')
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
