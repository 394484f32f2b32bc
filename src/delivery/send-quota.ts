/** Purser's own count of the people it mails a day, so that it stops before Gmail does. */
import { PurserError } from '../host/errors.ts';
import { foldAddress } from '../statement/address.ts';
import type { OutboxRecord } from './outbox-record.ts';
import { readableRecords } from './outbox-record.ts';
import { minute } from './put-off.ts';

/** Gmail's limits are of any 24 hours (support.google.com/a/answer/166852). */
const DAY_MS = 86_400_000;

/** Of one message by the Gmail API (support.google.com/a/answer/166852). */
const MOST_RECIPIENTS_A_MAIL = 100;

/** A mail that somebody means to send. */
export interface Mailing extends Pick<OutboxRecord, 'transport' | 'from' | 'subject'> {
  /** How many people get it. */
  readonly recipients: number;
}

/**
 * What keeps it from going out now; null when nothing does. Counts everybody who was mailed from its mailbox in the last
 * 24 hours, and everybody who may have been. What other programs sent from it nobody knows here: Gmail itself still says
 * no then.
 * @param properties of the document
 * @returns `too-many-recipients` when it could go out on no day, `mail-quota-spent` when it can later; `data.notBefore`
 * says when
 */
export function quotaProblem(
  properties: Readonly<Record<string, string>>,
  mailing: Mailing,
  mostRecipientsADay: number,
  nowMs: number,
): PurserError | null {
  const most = Math.min(MOST_RECIPIENTS_A_MAIL, mostRecipientsADay);
  if (mailing.recipients > most) return tooMany(mailing, mostRecipientsADay);
  const sent = readableRecords(properties)
    .filter((record) => isSameMailbox(record, mailing) && mayBeOut(record))
    .map((record) => ({ atMs: sentMs(record), people: record.recipients.length }))
    .filter(({ atMs }) => atMs > nowMs - DAY_MS)
    .sort((one, other) => one.atMs - other.atMs);
  const mailed = sent.reduce((sum, { people }) => sum + people, 0);
  let over = mailed + mailing.recipients - mostRecipientsADay;
  if (over <= 0) return null;
  let freeMs = nowMs;
  for (const { atMs, people } of sent) {
    if (over <= 0) break;
    over -= people;
    freeMs = atMs + DAY_MS;
  }
  return spent(mailing, { mailed, mostRecipientsADay, notBefore: new Date(freeMs).toISOString() });
}

/** @throws PurserError what `quotaProblem` says of the draft */
export function requireQuota(
  properties: Readonly<Record<string, string>>,
  draft: OutboxRecord,
  mostRecipientsADay: number,
  nowMs: number,
): void {
  const mailing = { ...draft, recipients: draft.recipients.length };
  const problem = quotaProblem(properties, mailing, mostRecipientsADay, nowMs);
  if (problem !== null) throw problem;
}

function mayBeOut({ state }: OutboxRecord): boolean {
  return state === 'sent' || state === 'sending' || state === 'unknown';
}

function sentMs({ sentAt, attemptedAt, changedAt }: OutboxRecord): number {
  return Date.parse(sentAt ?? attemptedAt ?? changedAt);
}

function isSameMailbox(one: OutboxRecord, other: Mailing): boolean {
  if (one.transport !== other.transport) return false;
  // Whose mailbox is the built-in one depends on who runs Purser.
  return (
    one.from === undefined || other.from === undefined || foldAddress(one.from) === foldAddress(other.from)
  );
}

function spent(
  { subject, recipients, from }: Mailing,
  count: { readonly mailed: number; readonly mostRecipientsADay: number; readonly notBefore: string },
): PurserError {
  const { mailed, mostRecipientsADay, notBefore } = count;
  return new PurserError('mail-quota-spent', {
    what: `In the last 24 hours ${mailed} people were mailed${from === undefined ? '' : ` from ${from}`}; with the ${recipients} of “${subject}” it would be more than the ${mostRecipientsADay} that the setting “Mail recipients a day” allows. Nothing was sent.`,
    now: `Send it after ${minute(notBefore)}. If this mailbox may send to more, as in Google Workspace, raise the setting.`,
    data: { notBefore, mailed, recipients },
  });
}

function tooMany({ subject, recipients }: Mailing, mostRecipientsADay: number): PurserError {
  const isByGmail = recipients > MOST_RECIPIENTS_A_MAIL;
  return new PurserError('too-many-recipients', {
    what: `“${subject}” has ${recipients} recipients; Gmail takes ${MOST_RECIPIENTS_A_MAIL} in one mail at most, and the setting “Mail recipients a day” allows ${mostRecipientsADay} a day. Nothing was sent.`,
    now: `${isByGmail ? 'Send' : 'If this mailbox may send to more, raise the setting; else send'} to fewer people, such as to one address that forwards to the others.`,
    data: { recipients },
  });
}
