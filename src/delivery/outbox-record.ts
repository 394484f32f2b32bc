/** The record of one message in the outbox: what it is, whom it goes to, and what became of it. */
import { encode as utf8 } from '@stablelib/utf8';
import * as v from 'valibot';
import { PurserError } from '../host/errors.ts';
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

const Approval = v.object({
  preparedBy: v.string(),
  approvedBy: v.string(),
  /** What the person typed. */
  certification: v.string(),
  /** ISO 8601 UTC. */
  at: v.string(),
  /** Of what was approved. */
  sha256: v.string(),
});

const OfAnySchema = {
  id: v.string(),
  /** `failed`: refused for good. `unknown`: nobody knows whether it went out. */
  state: v.picklist(['queued', 'sending', 'sent', 'failed', 'unknown']),
  transport: Transport,
  /** Why by that one: the setting and its cell. */
  transportWhy: v.optional(v.string()),
  /** The address of that mailbox; records of before there was a choice lack it. */
  from: v.optional(v.string()),
  /** How often it was claimed since a person last started it. */
  attempts: v.number(),
  /** When it was last claimed, so when a request may have gone out; ISO 8601 UTC. */
  attemptedAt: v.optional(v.string()),
  subject: v.string(),
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
      approval: v.optional(Approval),
      /** The code of the statement that this one corrects. */
      supersedes: v.optional(v.string()),
    }),
  ),
};

const Recipient = v.object({
  address: v.string(),
  field: v.picklist(['to', 'cc']),
  /** Gmail answers for the whole message, so that all are `accepted` at once; `bounced` is what came back later. */
  state: v.picklist(['waiting', 'accepted', 'refused', 'unknown', 'bounced']),
  why: v.optional(v.string()),
  /** When the owner was told that it came back; ISO 8601 UTC, or its day alone. */
  toldAt: v.optional(v.string()),
});

const Schema2 = v.object({
  ...OfAnySchema,
  schema: v.literal(2),
  /** `test`: of a statement, to whoever asked for it alone; never one itself. */
  kind: v.picklist(['statement', 'notice', 'copy', 'test']),
  recipients: v.array(Recipient),
  /** Not sent before that moment; ISO 8601 UTC. */
  notBefore: v.optional(v.string()),
  attachments: v.optional(
    v.array(
      v.object({
        name: v.string(),
        bytes: v.number(),
        sha256: v.string(),
        /** Where the same bytes lie in Drive. */
        fileId: v.optional(v.string()),
      }),
    ),
  ),
  /** The person who said that it went out, when nothing else did. */
  settledBy: v.optional(v.string()),
  /** When Gmail accepted it, or has it in Sent; ISO 8601 UTC. */
  sentAt: v.optional(v.string()),
  /** Of a notice or a copy that is not out yet: its paragraphs and its link, so that it can go later. */
  notice: v.optional(
    v.object({ words: v.array(v.string()), link: v.object({ label: v.string(), url: v.string() }) }),
  ),
  /** Of a copy: the codes of the statements that are in it, with commas. */
  copyOf: v.optional(v.string()),
  /** When somebody last looked whether it came back. */
  bouncesReadAt: v.optional(v.string()),
  /** Of a copy that the clock could not send for certain: when somebody was told; ISO 8601 UTC. */
  toldAt: v.optional(v.string()),
});

export type OutboxRecord = v.InferOutput<typeof Schema2>;
export type OutboxState = OutboxRecord['state'];
type OutboxRecipient = OutboxRecord['recipients'][number];

/** As records were written before there were copies; nothing of them is lost. */
const Schema1 = v.pipe(
  v.object({
    ...OfAnySchema,
    schema: v.literal(1),
    kind: v.picklist(['statement', 'notice']),
    to: v.array(v.string()),
    cc: v.array(v.string()),
  }),
  v.transform(({ to, cc, ...rest }): OutboxRecord => {
    const { state, changedAt } = rest;
    const record = { ...rest, schema: 2 as const, recipients: recipientsOf(to, cc) };
    return withState(state === 'sent' ? { ...record, sentAt: changedAt } : record, state);
  }),
);

const Stored = v.union([Schema2, Schema1]);

export function statementRecordId(month: Month, version: number): string {
  return `outbox.statement.${month}.V${version}`;
}

/** Of a statement's record, also of one that says nothing of the statement, such as of a mail that was found in Sent. */
export function versionOf({ id, statement }: Pick<OutboxRecord, 'id' | 'statement'>): number {
  return statement?.version ?? Number(/\.V(\d+)$/.exec(id)?.[1] ?? 1);
}

export const NOTICE_PREFIX = 'outbox.notice.';
export const COPY_PREFIX = 'outbox.copy.';
export const TEST_PREFIX = 'outbox.test.';

/** At most one notice a cause a day. */
export function noticeRecordId(cause: string, day: string): string {
  return `${NOTICE_PREFIX}${cause}.${day}`;
}

/**
 * @param day `2026-06-01`; the record is kept for some weeks from then
 * @param what tells it from other copies of that day, by its people and its statements
 */
export function copyRecordId(day: string, what: string): string {
  return `${COPY_PREFIX}${what}.${day}`;
}

/** @param what tells it from other test statements of that day: the very same goes out once */
export function testRecordId(day: string, what: string): string {
  return `${TEST_PREFIX}${what}.${day}`;
}

/** Everything that begins so is the record of a message. */
const OUTBOX_PREFIX = 'outbox.';

/** Nobody has got it yet. */
export function recipientsOf(to: readonly string[], cc: readonly string[]): OutboxRecipient[] {
  const waiting =
    (field: 'to' | 'cc') =>
    (address: string): OutboxRecipient => ({ address, field, state: 'waiting' });
  return [...to.map(waiting('to')), ...cc.map(waiting('cc'))];
}

export function addressesOf({ recipients }: Pick<OutboxRecord, 'recipients'>, field: 'to' | 'cc'): string[] {
  return recipients.filter((one) => one.field === field).map(({ address }) => address);
}

const RECIPIENT_STATES = {
  queued: 'waiting',
  sending: 'waiting',
  sent: 'accepted',
  failed: 'refused',
  unknown: 'unknown',
} as const satisfies Record<OutboxState, OutboxRecipient['state']>;

/** The record in that state, and its recipients with it: what Gmail says of a message holds for each of them. */
export function withState(record: OutboxRecord, state: OutboxState): OutboxRecord {
  const recipients = record.recipients.map(({ address, field }) => ({
    address,
    field,
    state: RECIPIENT_STATES[state],
  }));
  return { ...record, state, recipients };
}

/** 9 KB a value: developers.google.com/apps-script/guides/services/quotas */
const MOST_BYTES = 9 * 1024;
/** What Gmail's ids, an error and the states of recipients may add to a record between its claim and its end. */
const SPARE_BYTES = 900;

/**
 * As it is stored. One that would be too large goes without the reasons of single recipients, and with the day alone on
 * which the owner heard of them.
 * @param purpose a claim leaves room for what comes of it
 * @throws PurserError `property-too-large` for a claim without that room
 */
export function recordJson(record: OutboxRecord, purpose: 'claim' | 'keep' = 'keep'): string {
  const json = JSON.stringify(record);
  const bytes = utf8(json).length;
  if (purpose === 'claim' && bytes + SPARE_BYTES + record.recipients.length > MOST_BYTES) {
    throw new PurserError('property-too-large', {
      what: `“${record.subject.slice(0, 100)}” has so many recipients (${record.recipients.length}), or so long ones, that Purser can’t keep count of them. Nothing was sent.`,
      now: 'Send to fewer people, such as to one address that forwards to the others.',
    });
  }
  if (bytes <= MOST_BYTES) return json;
  const recipients = record.recipients.map(({ why: _long, toldAt, ...rest }) =>
    toldAt === undefined ? rest : { ...rest, toldAt: toldAt.slice(0, 10) },
  );
  return JSON.stringify({ ...record, recipients, lastError: record.lastError?.slice(0, 100) });
}

/** @throws PurserError `outbox-record-unreadable`: without the record nobody may send */
export function readRecord(properties: Readonly<{ [key: string]: string }>, id: string): OutboxRecord | null {
  const json = properties[id];
  if (json === undefined) return null;
  try {
    return v.parse(Stored, JSON.parse(json));
  } catch (cause) {
    throw new PurserError('outbox-record-unreadable', {
      what: `The outbox record ${id} can't be read, so nobody can tell whether that mail went out. Nothing was sent.`,
      now: 'Look into Sent; report this with the record’s name.',
      data: { id },
      cause,
    });
  }
}

/** All records that can be read; of the others each month's own run tells. */
export function readableRecords(properties: Readonly<Record<string, string>>): OutboxRecord[] {
  return Object.keys(properties).flatMap((key) => {
    if (!key.startsWith(OUTBOX_PREFIX)) return [];
    try {
      const record = readRecord(properties, key);
      return record === null ? [] : [record];
    } catch {
      return [];
    }
  });
}
