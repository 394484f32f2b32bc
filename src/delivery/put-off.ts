/** What a mail's failure means for its record: whether it may be tried again, when, and how often. */
import { PurserError } from '../host/errors.ts';
import type { OutboxRecord, OutboxState } from './outbox-record.ts';
import { withState } from './outbox-record.ts';

/** So often a message may be refused before it was accepted; then only a person starts it anew. */
export const MOST_ATTEMPTS = 8;

/** Why it can't go out yet; null when it can. */
export function tooEarly(
  { notBefore, lastError, subject, state }: OutboxRecord,
  nowMs: number,
): PurserError | null {
  if (notBefore === undefined || Date.parse(notBefore) <= nowMs) return null;
  const why = lastError === undefined ? '' : ` ${lastError.replace(/^[a-z-]+: /, '')}`;
  return new PurserError('mail-quota-spent', {
    what: `The mail “${subject}” does not go out before ${minute(notBefore)}.${why}`,
    now: `Send it again after that${state === 'unknown' ? '' : ', or leave it to the hourly check'}.`,
    data: { notBefore },
  });
}

/** `2026-06-02 10:00 UTC` */
export function minute(moment: string): string {
  return `${moment.slice(0, 16).replace('T', ' ')} UTC`;
}

/** The record after a send that was not accepted for certain, and the error that tells of it. */
export function afterFailure(
  record: OutboxRecord,
  error: PurserError,
  nowMs: number,
): { readonly after: OutboxRecord; readonly error: PurserError } {
  const state = stateAfter(error);
  const isGivenUp = state === 'queued' && record.attempts >= MOST_ATTEMPTS;
  const laterMs = state === 'queued' && !isGivenUp ? comeBackMs(error, nowMs) : null;
  const notBefore = laterMs === null ? null : new Date(laterMs).toISOString();
  const told = isGivenUp
    ? givenUp(record, error)
    : notBefore === null
      ? error
      : quotaSpent(record, error, notBefore);
  const after: OutboxRecord = {
    ...withState(record, isGivenUp ? 'failed' : state),
    changedAt: new Date(nowMs).toISOString(),
    lastError: `${told.code}: ${told.what}`.slice(0, 500),
    ...(notBefore === null ? {} : { notBefore }),
  };
  return { after, error: told };
}

const DAY_MS = 86_400_000;
/** What is shorter is not worth a promise: the next hourly check comes later anyway. */
const SHORTEST_MS = 60_000;

/**
 * When Gmail takes mail again, as far as it says; a daily limit without a time is over in a day, and one that names a
 * later time than that is not believed (support.google.com/a/answer/166852: within 24 hours).
 */
function comeBackMs({ data }: PurserError, nowMs: number): number | null {
  const afterMs = Number(data.afterMs ?? 0);
  if (afterMs >= SHORTEST_MS) return nowMs + Math.min(afterMs, DAY_MS);
  return data.isDaily === true ? nowMs + DAY_MS : null;
}

function quotaSpent(record: OutboxRecord, cause: PurserError, notBefore: string): PurserError {
  const { subject, recipients, from } = record;
  const people = recipients.length === 1 ? '1 recipient' : `${recipients.length} recipients`;
  return new PurserError('mail-quota-spent', {
    what: `Gmail takes no more mail${from === undefined ? '' : ` from ${from}`} before ${minute(notBefore)}, so that “${subject}” to ${people} waits; nothing went out. ${cause.what}`,
    now: 'Send it again after that, or leave it to the hourly check. Whatever sends from this mailbox shares its limit: 500 recipients in 24 hours, or 2,000 mails in Google Workspace.',
    data: { ...cause.data, notBefore },
    cause,
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

function givenUp({ subject, attempts }: OutboxRecord, cause: PurserError): PurserError {
  return new PurserError('send-given-up', {
    what: `The mail “${subject}” was put off ${attempts} times and is not tried any more. The last time: ${cause.what}`,
    now: `${cause.now} Then send it again by hand.`,
    data: cause.data,
    cause,
  });
}

/** What a trigger hears of a record that failed: only a person starts it anew. */
export function failedBefore({ subject, lastError }: OutboxRecord): PurserError {
  return new PurserError('send-given-up', {
    what: `The mail “${subject}” was refused, and nothing went out (${lastError ?? 'nobody wrote down why'}).`,
    now: 'Mend what it says, then send it again by hand.',
  });
}
