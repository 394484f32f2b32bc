/**
 * The outbox: the only way a mail leaves. Each message has a record that is persisted before the request, so that
 * a statement version is sent at most once. Gmail takes no idempotency key: after an unclear outcome the record
 * says `unknown`, nothing is sent again, and only a look into Sent, or a person, resolves it.
 */
import * as v from 'valibot';
import type { Call } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { MessageId } from '../clients/google/gmail.ts';
import { sendMessage } from '../clients/google/gmail.ts';
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { Month } from '../statement/month.ts';

const Totals = v.object({
  charters: v.number(),
  guests: v.number(),
  comps: v.number(),
  paying: v.number(),
  reportableCents: v.number(),
  recordedCents: v.number(),
  differenceCents: v.number(),
});

/** Which mailbox a mail goes out from: that of the person who runs Purser, or a connected account’s, by its subject. */
export type TransportName = 'built-in' | `account:${string}`;

const Transport = v.union([
  v.literal('built-in'),
  v.custom<`account:${string}`>((value) => typeof value === 'string' && /^account:.+$/.test(value)),
]);

const Record = v.object({
  schema: v.literal(1),
  id: v.string(),
  kind: v.picklist(['statement', 'notice']),
  /** `failed`: refused for good. `unknown`: nobody knows whether it went out. */
  state: v.picklist(['queued', 'sending', 'sent', 'failed', 'unknown']),
  transport: Transport,
  /** Why by that one: the setting and its cell. */
  transportWhy: v.optional(v.string()),
  /** The address of that mailbox; records of before there was a choice lack it. */
  from: v.optional(v.string()),
  attempts: v.number(),
  subject: v.string(),
  to: v.array(v.string()),
  cc: v.array(v.string()),
  /** ISO 8601 UTC. */
  changedAt: v.string(),
  messageId: v.optional(v.string()),
  threadId: v.optional(v.string()),
  lastError: v.optional(v.string()),
  /** When the register got its row; a run that died before leaves that to the next. */
  recordedAt: v.optional(v.string()),
  /** Of a statement: what was sent, for whoever asks again. */
  statement: v.optional(
    v.object({
      month: v.string(),
      version: v.number(),
      code: v.string(),
      fingerprint: v.string(),
      totals: Totals,
      fileId: v.string(),
      fileUrl: v.string(),
      sha256: v.string(),
    }),
  ),
});

export type OutboxRecord = v.InferOutput<typeof Record>;
export type OutboxState = OutboxRecord['state'];

export function statementRecordId(month: Month, version: number): string {
  return `outbox.statement.${month}.V${version}`;
}

/** At most one notice a cause a day. */
export function noticeRecordId(cause: string, day: string): string {
  return `outbox.notice.${cause}.${day}`;
}

/** @throws PurserError `outbox-record-unreadable`: without the record nobody may send */
export function readRecord(properties: Readonly<{ [key: string]: string }>, id: string): OutboxRecord | null {
  const json = properties[id];
  if (json === undefined) return null;
  try {
    return v.parse(Record, JSON.parse(json));
  } catch (cause) {
    throw new PurserError('outbox-record-unreadable', {
      what: `The outbox record ${id} can't be read, so nobody can tell whether that mail went out. Nothing was sent.`,
      now: 'Look into Sent; report this with the record’s name.',
      data: { id },
      cause,
    });
  }
}

export type SendResult =
  | { readonly kind: 'sent'; readonly record: OutboxRecord }
  /** Somebody sent it before, or is at it. */
  | { readonly kind: 'taken'; readonly record: OutboxRecord }
  /** Refused before it was accepted; the record is queued again, or failed. */
  | { readonly kind: 'refused'; readonly record: OutboxRecord; readonly error: PurserError }
  | { readonly kind: 'unknown'; readonly record: OutboxRecord; readonly error: PurserError };

/** A send waits this long at most for a service that asks to come back: Apps Script would kill it while sending. */
const SEND_PATIENCE_MS = 45_000;

/** A call with the mailbox's token; one that the mailbox can renew is repeated once after a 401. */
export type Authorize = <T>(make: (token: string) => Call<T>) => Call<T>;

/**
 * Claims the record, persists it, sends once, persists what came of it. What Gmail answered holds even when the
 * record can't be written any more: it then says `sending`, which is never sent again.
 *
 * The token should be made sure of right before: what renews it in here stands between the claim and the mail, where a run
 * that is killed leaves a mail of which nobody knows.
 *
 * A 401 comes before Gmail looks at the message, so that a send may follow it. When no token is to be had after it, the
 * error's `data.unsent` says that nothing went out.
 * @throws PurserError before anything was sent: `outbox-record-unreadable`, `lock-busy`
 */
export function sendOnce(host: Host, authorize: Authorize, draft: OutboxRecord, mime: string): SendResult {
  const claim = claimRecord(host, draft);
  if (claim.taken) return { kind: 'taken', record: claim.record };
  const deadlineMs = host.now() + SEND_PATIENCE_MS;
  const call = authorize((token) => sendMessage(token, mime));
  const { sent } = exchange(host, { sent: call }, { deadlineMs });
  if (sent.ok) {
    return {
      kind: 'sent',
      record: persistIfPossible(host, sentRecord(claim.record, sent.value, host.now())),
    };
  }
  const { error } = sent;
  const state = stateAfter(error);
  const record = persistIfPossible(host, {
    ...claim.record,
    state,
    changedAt: iso(host.now()),
    lastError: `${error.code}: ${error.what}`.slice(0, 500),
  });
  return { kind: state === 'unknown' ? 'unknown' : 'refused', record, error };
}

/** What was found in Sent settles a record that nobody was sure of; that Sent's mailbox is the one it went from. */
export function settleFromSent(
  host: Host,
  record: OutboxRecord,
  found: MessageId,
  mailbox: Pick<OutboxRecord, 'transport' | 'from'>,
): OutboxRecord {
  const { transport, from } = mailbox;
  const { transportWhy, ...rest } = record;
  const why = record.transport === transport && transportWhy !== undefined ? { transportWhy } : {};
  const settled = { ...rest, ...why, transport, ...(from === undefined ? {} : { from }) };
  return persist(host, sentRecord(settled, found, host.now()));
}

/** A record whose run died while sending is `unknown`: its request may have been accepted. */
export function markUnknown(host: Host, record: OutboxRecord): OutboxRecord {
  if (record.state === 'unknown') return record;
  return persist(host, {
    ...record,
    state: 'unknown',
    changedAt: iso(host.now()),
    lastError: record.lastError ?? 'the run ended while sending',
  });
}

export function markRecorded(host: Host, record: OutboxRecord): OutboxRecord {
  return persist(host, { ...record, recordedAt: iso(host.now()) });
}

/** A person has looked into Sent and says that it is not there: the record may be claimed again. */
export function releaseUnknown(host: Host, record: OutboxRecord): OutboxRecord {
  return persist(host, {
    ...record,
    state: 'queued',
    changedAt: iso(host.now()),
    lastError: 'a person said: not sent',
  });
}

function claimRecord(host: Host, draft: OutboxRecord): { taken: boolean; record: OutboxRecord } {
  return host.withLock(() => {
    const json = host.properties('document').read(draft.id);
    const there = json === null ? null : readRecord({ [draft.id]: json }, draft.id);
    if (there !== null && there.state !== 'queued' && there.state !== 'failed')
      return { taken: true, record: there };
    const record: OutboxRecord = {
      ...draft,
      state: 'sending',
      attempts: (there?.attempts ?? 0) + 1,
      changedAt: iso(host.now()),
    };
    persist(host, record);
    return { taken: false, record };
  });
}

/**
 * Only an answer that says no is a no. Silence, a 408, a 5xx, a redirect and an answer that can't be read leave
 * open whether Gmail took the message.
 */
function stateAfter(error: PurserError): OutboxState {
  if (error.data.unsent === true) return 'queued';
  switch (error.code) {
    case 'service-throttled':
      return 'queued';
    case 'google-refused': {
      const status = Number(error.data.status);
      if (status === 401) return 'queued';
      return status >= 400 && status < 500 ? 'failed' : 'unknown';
    }
    case 'google-scope-missing':
    case 'google-not-found':
      return 'failed';
    default:
      return 'unknown';
  }
}

function sentRecord(record: OutboxRecord, message: MessageId, nowMs: number): OutboxRecord {
  const { lastError: _settled, ...rest } = record;
  return { ...rest, state: 'sent', changedAt: iso(nowMs), messageId: message.id, threadId: message.threadId };
}

function persist(host: Host, record: OutboxRecord): OutboxRecord {
  host.properties('document').write({ [record.id]: JSON.stringify(record) });
  return record;
}

function persistIfPossible(host: Host, record: OutboxRecord): OutboxRecord {
  try {
    return persist(host, record);
  } catch (thrown) {
    host.log({
      event: 'outbox-not-written',
      id: record.id,
      state: record.state,
      code: asPurserError(thrown).code,
    });
    return record;
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
