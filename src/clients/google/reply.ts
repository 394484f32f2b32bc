/** How any Google API answers: its errors told apart, its JSON checked. */
import * as v from 'valibot';
import { PurserError } from '../../host/errors.ts';
import type { HttpReply } from '../../host/host.ts';
import type { Settled } from '../exchange.ts';
import { serviceWords } from '../service-words.ts';

/**
 * Reasons of a 403 that pass with time (developers.google.com/workspace/drive/api/guides/handle-errors, gmail the same;
 * developers.google.com/workspace/calendar/api/guides/errors has the first three).
 */
const QUOTA_REASONS = new Set([
  'rateLimitExceeded',
  'userRateLimitExceeded',
  'quotaExceeded',
  'sharingRateLimitExceeded',
  'RATE_LIMIT_EXCEEDED',
]);

/** The day's limit of a mailbox, which may last for hours (developers.google.com/workspace/gmail/api/guides/handle-errors). */
const SENDING_LIMIT = /mail sending/i;

/**
 * Gmail says when to come back in its words: “User-rate limit exceeded. Retry after 2024-11-12T11:16:42.247Z (Forwarding
 * rules)” (github.com/googleapis/google-api-ruby-client/issues/20544).
 */
const RETRY_WORDS = /retry after (\d{4}-\d\d-\d\dT[\d:.]+Z)/i;

const SCOPE_REASONS = new Set(['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);

const ErrorBody = v.object({
  error: v.object({
    message: v.optional(v.string(), ''),
    status: v.optional(v.string(), ''),
    errors: v.optional(v.array(v.object({ reason: v.optional(v.string(), '') })), []),
    details: v.optional(v.array(v.object({ reason: v.optional(v.string(), '') })), []),
  }),
});

export interface Question {
  /** `Sheets batchUpdate`, for the error. */
  readonly name: string;
  /** Whether asking twice does no harm: then a 5xx is worth another try. */
  readonly repeatable: boolean;
}

/**
 * The reply's JSON, checked against `schema`, or what the failure means: 429, quota 403 and, for what may be
 * repeated, 408, 5xx and a reply that broke off come back later; all else is final.
 */
export function settleJson<S extends v.GenericSchema>(
  question: Question,
  reply: HttpReply,
  schema: S,
): Settled<v.InferOutput<S>> {
  const trouble = troubleOf(question, reply);
  if (trouble !== null) return trouble;
  let json: unknown;
  try {
    json = JSON.parse(reply.text());
  } catch {
    // The parser's own words quote the reply, which may hold a token.
    const error = malformed(question, 'is not JSON, or broke off', null);
    return { kind: question.repeatable ? 'retry' : 'failed', error };
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return { kind: 'done', value: parsed.output };
  const issue = parsed.issues[0];
  const where = issue.path?.map((step) => String(step.key)).join('.') ?? 'the whole';
  return { kind: 'failed', error: malformed(question, `has something unexpected at ${where}`, null) };
}

/** What a reply's status means when it isn't success; null for success. */
export function troubleOf(
  question: Question,
  reply: HttpReply,
): Exclude<Settled<never>, { kind: 'done' }> | null {
  if (reply.status >= 200 && reply.status < 300) return null;
  const { message, reasons } = readError(reply);
  const data = { status: reply.status, reason: reasons[0] ?? '' };
  const wait = waitOf(reply, message);
  const said = message === '' ? '' : ` Google says: “${serviceWords(message).slice(0, 300)}”`;
  const isDaily = SENDING_LIMIT.test(message) || reasons.includes('dailyLimitExceeded');
  const isQuota = isDaily || reasons.some((reason) => QUOTA_REASONS.has(reason));
  if (reply.status === 429 || (reply.status === 403 && isQuota)) {
    const error = new PurserError('service-throttled', {
      what: `${question.name} was put off: Google's limit ${isDaily ? 'for the day' : 'for the moment'} is reached.${said}`,
      now: isDaily ? 'Wait some hours, a day at most, and try again.' : 'Wait a few minutes and try again.',
      data: { ...data, ...wait, isDaily },
    });
    return isDaily ? { kind: 'failed', error } : { kind: 'retry', error, ...wait };
  }
  if (reply.status === 408 || reply.status >= 500) {
    const error = new PurserError('service-unavailable', {
      what: `${question.name} failed at Google's side (HTTP ${reply.status}).${said}`,
      now: 'Try again in a few minutes; Purser goes on from where it is.',
      data,
    });
    return question.repeatable ? { kind: 'retry', error, ...retryAfter(reply) } : { kind: 'failed', error };
  }
  if (reply.status === 403 && reasons.some((reason) => SCOPE_REASONS.has(reason))) {
    return {
      kind: 'failed',
      error: new PurserError('google-scope-missing', {
        what: `${question.name} was refused: Purser was not granted the permission for it.`,
        now: 'Choose Purser › Set up… and grant all permissions that Google lists.',
        data,
      }),
    };
  }
  if (reply.status === 404) {
    return {
      kind: 'failed',
      error: new PurserError('google-not-found', {
        what: `${question.name} found nothing there.${said}`,
        now: 'Check that the file still exists and that this account may open it.',
        data,
      }),
    };
  }
  return {
    kind: 'failed',
    error: new PurserError('google-refused', {
      what: `${question.name} was refused (HTTP ${reply.status}).${said}`,
      now:
        reply.status === 401
          ? 'Open the workbook again, choose Purser › Set up… and grant access anew.'
          : 'If the words above do not say what to change, report them.',
      data,
    }),
  };
}

export function malformed(question: Question, how: string, cause: unknown): PurserError {
  return new PurserError('reply-malformed', {
    what: `The reply to ${question.name} ${how}.`,
    now: 'Try again; if it stays, report it.',
    cause,
  });
}

function readError(reply: HttpReply): { message: string; reasons: string[] } {
  try {
    const { error } = v.parse(ErrorBody, JSON.parse(reply.text()));
    return {
      message: error.message,
      reasons: [...error.errors, ...error.details].map(({ reason }) => reason),
    };
  } catch {
    // An HTML page, as front ends answer when a service is down: the status says enough.
    return { message: '', reasons: [] };
  }
}

/** By the header, else by the words; both count from the server's own clock. */
function waitOf(reply: HttpReply, message: string): { afterMs?: number } {
  const byHeader = retryAfter(reply);
  if (byHeader.afterMs !== undefined) return byHeader;
  return after(Date.parse(RETRY_WORDS.exec(message)?.[1] ?? '') - Date.parse(reply.headers.date ?? ''));
}

/** Seconds, or a date (RFC 9110, 10.2.3), which counts from the server's own clock. */
export function retryAfter(reply: HttpReply): { afterMs?: number } {
  const value = (reply.headers['retry-after'] ?? '').trim();
  const ms = /^\d+$/.test(value)
    ? Number(value) * 1000
    : Date.parse(value) - Date.parse(reply.headers.date ?? '');
  return after(ms);
}

function after(ms: number): { afterMs?: number } {
  return Number.isFinite(ms) && ms > 0 ? { afterMs: ms } : {};
}
