/**
 * The outbox: the only way a mail leaves. Each message has a record that is persisted before the request, so that
 * a statement version is sent at most once. Gmail takes no idempotency key: after an unclear outcome the record
 * says `unknown`, nothing is sent again, and only a look into Sent, or a person, resolves it.
 */
import type { Call } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { MessageId } from '../clients/google/gmail.ts';
import { sendMessage } from '../clients/google/gmail.ts';
import { asPurserError, type PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { OutboxRecord } from './outbox-record.ts';
import { readRecord, recordJson, withState } from './outbox-record.ts';
import { afterFailure, failedBefore, MOST_ATTEMPTS, tooEarly } from './put-off.ts';

export type SendResult =
  | { readonly kind: 'sent'; readonly record: OutboxRecord }
  /** Somebody sent it before, or is at it, or nobody knows whether it is out. */
  | { readonly kind: 'taken'; readonly record: OutboxRecord }
  /** Not to be sent before a moment that is still to come; nothing was tried. */
  | { readonly kind: 'waits'; readonly record: OutboxRecord; readonly error: PurserError }
  /** Refused before it was accepted, now or when a trigger finds it `failed`; the record is queued again, or failed. */
  | { readonly kind: 'refused'; readonly record: OutboxRecord; readonly error: PurserError }
  | { readonly kind: 'unknown'; readonly record: OutboxRecord; readonly error: PurserError };

export interface SendOptions {
  /** Other properties of the document, written in the very write that claims the record. */
  readonly along?: Readonly<Record<string, string>>;
  /** What has failed for good only a person starts anew; a notice is tried on, as often as any mail. Default: person. */
  readonly by?: 'person' | 'trigger';
  /** Gmail's thread that it belongs to. */
  readonly threadId?: string;
}

/** A send waits this long at most for a service that asks to come back: Apps Script would kill it while sending. */
const SEND_PATIENCE_MS = 45_000;

/** Gmail's search may not know for so long what was sent. */
export const SEARCH_LAG_MS = 15 * 60_000;

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
 * @throws PurserError before anything was sent: `outbox-record-unreadable`, `lock-busy`, `property-too-large`
 */
export function sendOnce(
  host: Host,
  authorize: Authorize,
  draft: OutboxRecord,
  mime: string,
  options: SendOptions = {},
): SendResult {
  const claim = claimRecord(host, draft, options);
  if (claim.kind !== 'claimed') return claim;
  const { record } = claim;
  const deadlineMs = host.now() + SEND_PATIENCE_MS;
  const call = authorize((token) => sendMessage(token, mime, options.threadId));
  const { sent } = exchange(host, { sent: call }, { deadlineMs });
  if (sent.ok) {
    const done = sentRecord(record, sent.value, host.now());
    return { kind: 'sent', record: ifPossible(host, done, () => persist(host, done)) };
  }
  const { after, error } = afterFailure(record, sent.error, host.now());
  const settled = ifPossible(host, after, () =>
    changeRecord(host, after, (there) => (isSameClaim(there, record) ? after : there)),
  );
  return { kind: after.state === 'unknown' ? 'unknown' : 'refused', record: settled, error };
}

/** What was found in Sent settles a record that nobody was sure of; that Sent's mailbox is the one it went from. */
export function settleFromSent(
  host: Host,
  record: OutboxRecord,
  found: MessageId & { readonly internalDateMs?: number },
  mailbox: Pick<OutboxRecord, 'transport' | 'from'>,
): OutboxRecord {
  const { transport, from } = mailbox;
  return changeRecord(host, record, (there) => {
    if (there.state === 'sent' && there.messageId !== undefined) return there;
    const { transportWhy, settledBy: _outdated, ...rest } = there;
    const why = there.transport === transport && transportWhy !== undefined ? { transportWhy } : {};
    const settled = { ...rest, ...why, transport, ...(from === undefined ? {} : { from }) };
    return sentRecord(settled, found, host.now(), found.internalDateMs);
  });
}

/** A person has looked into Sent, or asked a recipient, and says that it went out; Gmail's id of it nobody knows. */
export function settleByPerson(host: Host, record: OutboxRecord, who: string): OutboxRecord {
  return changeRecord(host, record, (there) => {
    if (there.state === 'sent') return there;
    const { lastError: _settled, notBefore: _past, ...rest } = there;
    const now = iso(host.now());
    return {
      ...withState(rest, 'sent'),
      changedAt: now,
      sentAt: there.attemptedAt ?? there.changedAt,
      settledBy: who,
    };
  });
}

/**
 * A record whose run died while sending is `unknown`: its request may have been accepted. Meanwhile its own run may have
 * come back, or another one have settled it, or begun anew: that stands.
 */
export function markUnknown(host: Host, record: OutboxRecord): OutboxRecord {
  if (record.state === 'unknown') return record;
  return changeRecord(host, record, (there) =>
    there.state === record.state && there.attemptedAt === record.attemptedAt
      ? {
          ...withState(there, 'unknown'),
          changedAt: iso(host.now()),
          lastError: record.lastError ?? 'the run ended while sending',
        }
      : there,
  );
}

/** What can't be made any more is never sent: its file is gone, or its mailbox. Only one that waits is touched. */
export function markGone(host: Host, record: OutboxRecord, why: string): OutboxRecord {
  return changeRecord(host, record, (there) =>
    there.state === 'queued'
      ? { ...withState(there, 'failed'), changedAt: iso(host.now()), lastError: why }
      : there,
  );
}

export function markRecorded(host: Host, record: OutboxRecord): OutboxRecord {
  return persist(host, { ...record, recordedAt: iso(host.now()) });
}

/** Whether a look into Sent can have found it: before that nobody should say that it is not there. */
export function mayBeSentAgain({ attemptedAt, changedAt }: OutboxRecord, nowMs: number): boolean {
  return nowMs - Date.parse(attemptedAt ?? changedAt) >= SEARCH_LAG_MS;
}

/**
 * A person has looked into Sent and says that it is not there: the record may be claimed again. What became of it, or
 * what somebody else began since the person was asked, stands.
 */
export function releaseUnknown(host: Host, record: OutboxRecord): OutboxRecord {
  return changeRecord(host, record, (there) =>
    there.state === 'unknown' && there.attemptedAt === record.attemptedAt
      ? {
          ...withState(there, 'queued'),
          attempts: 0,
          changedAt: iso(host.now()),
          lastError: 'a person said: not sent',
        }
      : there,
  );
}

type Claim =
  | { readonly kind: 'claimed'; readonly record: OutboxRecord }
  | Extract<SendResult, { kind: 'taken' | 'waits' | 'refused' }>;

function claimRecord(host: Host, draft: OutboxRecord, { along = {}, by = 'person' }: SendOptions): Claim {
  return host.withLock(() => {
    const there = storedRecord(host, draft.id);
    if (there !== null && there.state !== 'queued' && there.state !== 'failed')
      return { kind: 'taken', record: there };
    if (there?.state === 'failed' && by === 'trigger' && !isTriedOn(there))
      return { kind: 'refused', record: there, error: failedBefore(there) };
    const nowMs = host.now();
    const early = (there === null ? null : tooEarly(there, nowMs)) ?? tooEarly(draft, nowMs);
    if (early !== null) {
      const record = there ?? persist(host, draft);
      return { kind: 'waits', record, error: early };
    }
    const { notBefore: _past, ...due } = draft;
    const record: OutboxRecord = {
      ...withState(due, 'sending'),
      attempts: (there?.state === 'failed' && by === 'person' ? 0 : (there?.attempts ?? 0)) + 1,
      attemptedAt: iso(nowMs),
      changedAt: iso(nowMs),
    };
    host.properties('document').write({ ...along, [record.id]: recordJson(record, 'claim') });
    return { kind: 'claimed', record };
  });
}

function sentRecord(record: OutboxRecord, message: MessageId, nowMs: number, sentMs = nowMs): OutboxRecord {
  const { lastError: _settled, notice: _told, notBefore: _past, ...rest } = record;
  const { id: messageId, threadId } = message;
  return { ...withState(rest, 'sent'), changedAt: iso(nowMs), sentAt: iso(sentMs), messageId, threadId };
}

/** The owner must hear: of a notice also what Gmail refused for good is tried on, until it is given up. */
function isTriedOn({ kind, attempts }: OutboxRecord): boolean {
  return kind === 'notice' && attempts < MOST_ATTEMPTS;
}

function isSameClaim(there: OutboxRecord, claim: OutboxRecord): boolean {
  return (
    there.attemptedAt === claim.attemptedAt &&
    there.attempts === claim.attempts &&
    (there.state === 'sending' || there.state === 'unknown')
  );
}

/** Under the lock and read anew, so that nobody's change is lost; `record` stands in for one that is not there. */
export function changeRecord(
  host: Host,
  record: OutboxRecord,
  make: (there: OutboxRecord) => OutboxRecord,
): OutboxRecord {
  return host.withLock(() => {
    const there = storedRecord(host, record.id) ?? record;
    const made = make(there);
    return made === there ? there : persist(host, made);
  });
}

/** As it is now. @throws PurserError `outbox-record-unreadable` */
export function storedRecord(host: Host, id: string): OutboxRecord | null {
  const json = host.properties('document').read(id);
  return json === null ? null : readRecord({ [id]: json }, id);
}

function persist(host: Host, record: OutboxRecord): OutboxRecord {
  host.properties('document').write({ [record.id]: recordJson(record) });
  return record;
}

function ifPossible(host: Host, record: OutboxRecord, write: () => OutboxRecord): OutboxRecord {
  try {
    return write();
  } catch (thrown) {
    const { code } = asPurserError(thrown);
    host.log({ event: 'outbox-not-written', id: record.id, state: record.state, code });
    return record;
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
