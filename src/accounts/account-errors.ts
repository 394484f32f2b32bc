/** What goes wrong with a connected account, in words that say what to do. */
import { asPurserError, kindOf, PurserError } from '../host/errors.ts';
import type { AccountRecord, Purpose } from './account.ts';
import { missingScopes } from './account-store.ts';
import { causeWords } from './death-cause.ts';
import { scopeWords } from './scope-words.ts';

/** `account-expired`: its tokens are cleared. */
export function accountExpired(record: AccountRecord): PurserError {
  const why = record.dead === null ? '' : ` ${causeWords(record.dead.cause, record)}`;
  return new PurserError('account-expired', {
    what: `${nameOf(record)} must be connected again.${why}`,
    now: 'Choose Purser › Connected accounts… and reconnect it.',
    data: { subject: record.subject, cause: record.dead?.cause ?? null },
  });
}

/** `account-unknown`. @param why when there is a record that can't be read */
export function accountUnknown(subject: string, why: string | null): PurserError {
  return new PurserError('account-unknown', {
    what:
      why === null
        ? 'An account that is needed here is not connected any more.'
        : `The record of a connected account can’t be read: ${why}.`,
    now: 'Choose Purser › Connected accounts… and connect it, or choose another account in Purser settings.',
    data: { subject },
  });
}

/**
 * An old record that does not say what it is for may be used for whatever its scopes allow; one of which the last purpose
 * was stopped says so, and may be used for nothing.
 * @throws PurserError `account-scope-missing` when the account is not connected for the purpose, or the person did not
 * grant all that it needs
 */
export function requirePurpose(record: AccountRecord, purpose: Purpose): void {
  const { purposes, stopped = [] } = record;
  const isSilent = purposes.length === 0 && stopped.length === 0;
  const isFor = isSilent || purposes.includes(purpose);
  if (!isFor) {
    throw new PurserError('account-scope-missing', {
      what: `${nameOf(record)} is connected, but not for ${PURPOSE_NOUNS[purpose]}.`,
      now: `Connect it for ${PURPOSE_NOUNS[purpose]}, too: Purser › Connected accounts… › Reconnect.`,
      data: { subject: record.subject, purpose },
    });
  }
  const missing = missingScopes(record, purpose);
  if (missing.length === 0) return;
  const words = missing.map(scopeWords).join(', and to ');
  throw new PurserError('account-scope-missing', {
    what: `${nameOf(record)} is connected, but Purser was not allowed to ${words} there.`,
    now: 'Choose Purser › Connected accounts…, reconnect it, and leave every box that Google shows ticked.',
    data: { subject: record.subject, missing: missing.join(' ') },
  });
}

/** `google-refused`: tokens that Google has just given, and APIs have taken, are refused time and again. */
export function refusedTooOften(record: AccountRecord, times: number): PurserError {
  return new PurserError('google-refused', {
    what: `Google refused the access to ${nameOf(record)} again, although it was renewed ${times} times in this run.`,
    now: 'Try again in an hour; if it stays, choose Purser › Connected accounts… and reconnect it.',
    data: { subject: record.subject, status: 401 },
  });
}

/** Whether a failure of that code ends by itself, so that nobody need do anything for now. */
export function isPassing(code: string): boolean {
  return kindOf(code) === 'unavailable' || code === 'reply-malformed';
}

/** `token-busy`: another execution is renewing the token, or was cut off while it did. */
export function tokenBusy(subject: string, email: string): PurserError {
  return new PurserError('token-busy', {
    what: `Another run is renewing the access to ${email || 'an account'}, and did not end in time.`,
    now: 'Try again in a few minutes; if that run was cut off, it frees itself within three.',
    data: { subject },
  });
}

/** `service-unavailable`: what is not kept is not used, or the next run would not have it. */
export function notKept(record: AccountRecord, thrown: unknown): PurserError {
  return new PurserError('service-unavailable', {
    what: `Google’s store did not take the new access to ${nameOf(record)}, so it was not used.`,
    now: 'Try again in a few minutes; nothing is lost.',
    data: { subject: record.subject, code: asPurserError(thrown).code },
    cause: thrown,
  });
}

/** The store fails now and then with errors of its own, which are none of ours; what says more stays as it is. */
export function storeFailed(thrown: unknown): PurserError {
  const error = asPurserError(thrown);
  if (error.kind !== 'bug' && error.kind !== 'conflict') return error;
  return new PurserError('service-unavailable', {
    what: 'Google’s store of Purser’s records could not be read or written.',
    now: 'Try again in a few minutes; nothing is lost.',
    data: { code: error.code },
    cause: thrown,
  });
}

const PURPOSE_NOUNS: Readonly<Record<Purpose, string>> = {
  send: 'sending',
  bookings: 'reading booking mail',
  calendar: 'its calendars',
};

function nameOf(record: AccountRecord): string {
  return record.email || record.name || 'A connected account';
}
