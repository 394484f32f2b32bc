/** What a refresh's answer makes of an account's record. Pure. */
import type { Outcome } from '../clients/exchange.ts';
import type { TokenAnswer } from '../clients/google/oauth.ts';
import { anotherClient } from '../clients/google/oauth-reply.ts';
import type { PurserError } from '../host/errors.ts';
import type { AccountError, AccountRecord, AskedBy, DeathCause } from './account.ts';
import { accountExpired } from './account-errors.ts';
import { deadRecord, isoTime, refreshedRecord } from './account-store.ts';
import { likelyCause } from './death-cause.ts';
import type { TrailEvent } from './trail.ts';

const LONGEST_WORDS = 300;

export interface SettledRefresh {
  readonly result:
    | { readonly kind: 'token'; readonly record: AccountRecord; readonly renewed: true }
    | { readonly kind: 'failed'; readonly error: PurserError; readonly record: AccountRecord };
  /** Null when it is written already: by a try whose success nobody saw. */
  readonly write: { readonly record: AccountRecord; readonly event: TrailEvent } | null;
}

/**
 * @param began the record that the refresh began with
 * @param current as the store has it now, under the lock
 * @returns null when somebody changed the record meanwhile: it must be looked at again, and not be written over
 */
export function settledRecord(
  began: AccountRecord,
  current: AccountRecord | null,
  answer: Outcome<TokenAnswer>,
  when: {
    readonly sentMs: number;
    readonly nowMs: number;
    readonly by: AskedBy;
    /** Whom the refresh was asked by. */
    readonly clientId: string;
  },
): SettledRefresh | null {
  if (current === null) return null;
  const eventOf = (what: TrailEvent['what'], detail?: string): TrailEvent => ({
    at: isoTime(when.nowMs),
    subject: current.subject,
    email: current.email,
    what,
    by: when.by,
    ...(detail === undefined ? {} : { detail }),
    times: 1,
  });
  const renewed =
    answer.ok && answer.value.kind === 'token'
      ? { ...refreshedRecord(current, answer.value.reply, when.sentMs), clientId: when.clientId }
      : null;
  if (renewed !== null && hasTokensOf(current, renewed)) {
    return { result: { kind: 'token', record: current, renewed: true }, write: null };
  }
  // Purposes and what the owner was told may change at any time; the tokens decide.
  if (current.refreshToken !== began.refreshToken || current.accessToken !== began.accessToken) return null;
  if (renewed !== null) {
    return {
      result: { kind: 'token', record: renewed, renewed: true },
      write: { record: renewed, event: eventOf('refreshed') },
    };
  }
  const isOtherClients = current.clientId !== undefined && current.clientId !== when.clientId;
  if (answer.ok && answer.value.kind === 'dead' && !isOtherClients) {
    const cause = likelyCause(current, answer.value, when.nowMs);
    const { record, event } = cleared(current, cause, when);
    return { result: { kind: 'failed', error: accountExpired(record), record }, write: { record, event } };
  }
  if (answer.ok && answer.value.kind === 'token') return null;
  // RFC 6749, 5.2 has `invalid_grant` for another client's refresh token as well, which is as good as ever for that one.
  const error = answer.ok ? anotherClient(400, 'invalid_grant') : answer.error;
  const record = { ...current, lastError: failure(current.lastError, error, isoTime(when.nowMs)) };
  return {
    result: { kind: 'failed', error, record },
    write: { record, event: eventOf('failed', error.code) },
  };
}

/** A row of failures remembers when it began, and whether the owner has heard of it. */
function failure(before: AccountError | null, { code, what, now }: PurserError, at: string): AccountError {
  return {
    at,
    code,
    what: what.slice(0, LONGEST_WORDS),
    now: now.slice(0, LONGEST_WORDS),
    since: before?.since ?? before?.at ?? at,
    ...(before?.toldAt === undefined ? {} : { toldAt: before.toldAt }),
  };
}

/** The record without its tokens, and what the trail says of it. */
export function cleared(
  record: AccountRecord,
  cause: DeathCause,
  when: { readonly nowMs: number; readonly by: AskedBy },
): { readonly record: AccountRecord; readonly event: TrailEvent } {
  const { subject, email } = record;
  const event = { at: isoTime(when.nowMs), subject, email, by: when.by, detail: cause, times: 1 };
  return { record: deadRecord(record, cause, when.nowMs), event: { ...event, what: 'cleared' } };
}

/** A try whose success nobody saw has written them already. */
function hasTokensOf(current: AccountRecord, renewed: AccountRecord): boolean {
  return (
    current.accessToken === renewed.accessToken &&
    current.refreshToken === renewed.refreshToken &&
    current.expiresAt === renewed.expiresAt
  );
}
