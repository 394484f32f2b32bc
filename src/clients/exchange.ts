/**
 * The one door for all traffic: sends calls to any service in as few parallel rounds as possible, follows pages,
 * repeats what may be repeated, and tells one call's failure from another's.
 */
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host, HttpReply, HttpRequest } from '../host/host.ts';

/** One wish to a service. Pure: it builds requests and reads replies, it sends nothing. */
export interface Call<T> {
  /** For errors, progress and the log: `Query crew-dispatch in us-east-1`. */
  readonly name: string;
  /** Whether it may be sent once more when nobody knows if it arrived: reads and idempotent writes only. */
  readonly repeatable: boolean;
  request(attempt: Attempt): HttpRequest;
  settle(reply: HttpReply, attempt: Attempt): Settled<T>;
}

export interface Attempt {
  readonly nowMs: number;
}

export type Settled<T> =
  | { readonly kind: 'done'; readonly value: T }
  /** Another request towards the same result, such as the next page. */
  | { readonly kind: 'next'; readonly call: Call<T> }
  /** The same wish once more in other words, such as re-signed; counts as an attempt. */
  | { readonly kind: 'again'; readonly call: Call<T> }
  /** Several wishes that go out together in the next round; what becomes of them settles this one. */
  | {
      readonly kind: 'all';
      readonly calls: readonly Call<unknown>[];
      readonly join: (outcomes: readonly Outcome<unknown>[]) => Settled<T>;
    }
  /** The service asks to come back later. */
  | { readonly kind: 'retry'; readonly error: PurserError; readonly afterMs?: number }
  | { readonly kind: 'failed'; readonly error: PurserError };

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: PurserError };

export interface ExchangeOptions {
  /** No request, a next page either, starts at or after this moment (milliseconds since 1970 UTC). */
  readonly deadlineMs?: number;
  /** Attempts in all for one request. */
  readonly attempts?: number;
  /** Told after each round: settled calls of all. */
  readonly onRound?: (settled: number, of: number) => void;
}

/** The call whose result, once there, is turned into another result or leads to another call. */
export function andThen<A, B>(call: Call<A>, next: (value: A) => Settled<B>): Call<B> {
  return {
    name: call.name,
    repeatable: call.repeatable,
    request: (attempt) => call.request(attempt),
    settle: (reply, attempt) => continued(call.settle(reply, attempt), next),
  };
}

function continued<A, B>(settled: Settled<A>, next: (value: A) => Settled<B>): Settled<B> {
  switch (settled.kind) {
    case 'done':
      return next(settled.value);
    case 'next':
    case 'again':
      return { kind: settled.kind, call: andThen(settled.call, next) };
    case 'all': {
      const { calls, join } = settled;
      return { kind: 'all', calls, join: (outcomes) => continued(join(outcomes), next) };
    }
    default:
      return settled;
  }
}

/** All the calls in the next round, beside whatever else goes out then; one that fails leaves the others alone. */
export function all<A, B>(
  calls: readonly Call<A>[],
  join: (outcomes: readonly Outcome<A>[]) => Settled<B>,
): Settled<B> {
  return { kind: 'all', calls, join: (outcomes) => join(outcomes as readonly Outcome<A>[]) };
}

export function done<T>(value: T): Settled<T> {
  return { kind: 'done', value };
}

type Results<Calls> = {
  [K in keyof Calls]: Calls[K] extends Call<infer T>
    ? Outcome<T>
    : Calls[K] extends Call<infer T> | undefined
      ? Outcome<T> | undefined
      : never;
};

interface Pending {
  /** Takes the outcome; what it leads to goes out in the next round. */
  readonly finish: (outcome: Outcome<unknown>) => readonly Pending[];
  readonly call: Call<unknown>;
  readonly attempts: number;
  readonly waitMs: number;
  /** Of the attempt before; what is said when there is no time for another. */
  readonly error: PurserError | null;
}

const FRESH = { attempts: 0, waitMs: 0, error: null };
const DEFAULT_ATTEMPTS = 5;
const BACKOFF_BASE_MS = 400;
const BACKOFF_CAP_MS = 20_000;
/** A server that asks for more than this is not waited for inside one run. */
const PATIENCE_MS = 60_000;
/** UrlFetchApp gives up after about 60 s: what took this long to fail is dead, and asking again costs a minute. */
const STALL_MS = 30_000;

/**
 * Sends every call of `calls` and gives each its outcome (undefined for undefined); never throws for a service's
 * failure.
 *
 * A retriable failure waits by full jitter, a random part of an exponential bound
 * (aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter), or as long as the service said.
 */
export function exchange<Calls extends Record<string, Call<unknown> | undefined>>(
  host: Host,
  calls: Calls,
  options: ExchangeOptions = {},
): Results<Calls> {
  const outcomes: Record<string, Outcome<unknown>> = {};
  let pending: Pending[] = Object.entries(calls).flatMap(([key, call]) => {
    if (call === undefined) return [];
    const finish = (outcome: Outcome<unknown>): readonly Pending[] => {
      outcomes[key] = outcome;
      return [];
    };
    return [{ ...FRESH, call, finish }];
  });
  const total = pending.length;
  while (pending.length > 0) {
    const waitMs = Math.max(...pending.map((one) => one.waitMs));
    if (waitMs > 0) host.sleep(waitMs);
    pending = sendRound(host, pending, options);
    options.onRound?.(Object.keys(outcomes).length, total);
  }
  return outcomes as Results<Calls>;
}

/** As `exchange`, for one call, throwing its error. */
export function send<T>(host: Host, call: Call<T>, options: ExchangeOptions = {}): T {
  return valueOrThrow(exchange(host, { call }, options).call as Outcome<T>);
}

/** The value, or the error thrown. */
export function valueOrThrow<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw outcome.error;
  return outcome.value;
}

function sendRound(host: Host, pending: readonly Pending[], options: ExchangeOptions): Pending[] {
  const nowMs = host.now();
  if (isPast(options.deadlineMs, nowMs)) {
    return pending.flatMap((one) => one.finish({ ok: false, error: one.error ?? outOfTime(one.call) }));
  }
  const attempt: Attempt = { nowMs };
  const answers = answerToEach(host, pending, attempt, options);
  return pending.flatMap((one, index) =>
    advance(host, one, settle(one.call, answers[index], attempt), options),
  );
}

/** What is still to be sent once a call has settled so. */
function advance(
  host: Host,
  one: Pending,
  settled: Settled<unknown>,
  options: ExchangeOptions,
): readonly Pending[] {
  const most = options.attempts ?? DEFAULT_ATTEMPTS;
  const attempts = one.attempts + 1;
  switch (settled.kind) {
    case 'done':
      return one.finish({ ok: true, value: settled.value });
    case 'next':
      return [{ ...FRESH, call: settled.call, finish: one.finish }];
    case 'failed':
      return one.finish({ ok: false, error: settled.error });
    case 'all':
      return fanOut(host, one, settled, options);
    case 'again':
      if (attempts >= most) return one.finish({ ok: false, error: neverSettled(one.call, attempts) });
      return [{ ...one, call: settled.call, attempts, waitMs: 0 }];
    case 'retry': {
      const { error } = settled;
      const waitMs = settled.afterMs ?? jitterMs(host, attempts);
      const late = isPast(options.deadlineMs, host.now() + waitMs);
      if (attempts >= most || waitMs > PATIENCE_MS || late) return one.finish({ ok: false, error });
      host.log({ event: 'retry', call: one.call.name, attempt: attempts, waitMs, code: error.code });
      return [{ ...one, attempts, waitMs, error }];
    }
  }
}

function fanOut(
  host: Host,
  one: Pending,
  { calls, join }: Extract<Settled<unknown>, { kind: 'all' }>,
  options: ExchangeOptions,
): readonly Pending[] {
  const outcomes = new Array<Outcome<unknown>>(calls.length);
  let open = calls.length;
  const joined = (): readonly Pending[] => advance(host, one, joinSafely(join, outcomes), options);
  if (open === 0) return joined();
  return calls.map((call, index) => ({
    ...FRESH,
    call,
    finish: (outcome) => {
      outcomes[index] = outcome;
      open--;
      return open === 0 ? joined() : [];
    },
  }));
}

function joinSafely(
  join: Extract<Settled<unknown>, { kind: 'all' }>['join'],
  outcomes: readonly Outcome<unknown>[],
): Settled<unknown> {
  try {
    return join(outcomes);
  } catch (thrown) {
    return { kind: 'failed', error: asPurserError(thrown) };
  }
}

function isPast(deadlineMs: number | undefined, ms: number): boolean {
  return deadlineMs !== undefined && ms >= deadlineMs;
}

type Answer =
  | { readonly reply: HttpReply }
  /** Nobody knows whether the request arrived; `dead`: its host kept silent so long that it is not asked again. */
  | { readonly lost: PurserError; readonly dead?: boolean }
  /** The request could not even be built. */
  | { readonly unbuilt: PurserError };

function settle(call: Call<unknown>, answer: Answer | undefined, attempt: Attempt): Settled<unknown> {
  if (answer === undefined) return { kind: 'failed', error: noReply(call) };
  if ('unbuilt' in answer) return { kind: 'failed', error: answer.unbuilt };
  if ('lost' in answer) {
    return { kind: call.repeatable && answer.dead !== true ? 'retry' : 'failed', error: answer.lost };
  }
  try {
    return call.settle(answer.reply, attempt);
  } catch (thrown) {
    return { kind: 'failed', error: asPurserError(thrown) };
  }
}

function answerToEach(
  host: Host,
  pending: readonly Pending[],
  attempt: Attempt,
  options: ExchangeOptions,
): Answer[] {
  const built = pending.map(({ call }): { request: HttpRequest } | { unbuilt: PurserError } => {
    try {
      return { request: call.request(attempt) };
    } catch (thrown) {
      return { unbuilt: asPurserError(thrown) };
    }
  });
  const requests = built.flatMap((one) => ('request' in one ? [one.request] : []));
  const answers = fetchOrFail(host, pending, requests, options);
  let taken = 0;
  return built.map((one) => ('unbuilt' in one ? one : (answers[taken++] ?? { lost: noReply(null) })));
}

/**
 * One failed connection throws away the whole batch (facts of UrlFetchApp), so a thrown batch of reads is asked
 * again one by one: one dead region can't take the other along. A host that fails then is not asked for the rest.
 */
function fetchOrFail(
  host: Host,
  pending: readonly Pending[],
  requests: readonly HttpRequest[],
  options: ExchangeOptions,
): Answer[] {
  if (requests.length === 0) return [];
  const startedMs = host.now();
  try {
    return host.fetchAll(requests).map((reply) => ({ reply }));
  } catch (thrown) {
    const error = asPurserError(thrown);
    const dead = requests.length === 1 && host.now() - startedMs >= STALL_MS;
    if (requests.length === 1) return [{ lost: error, dead }];
    if (!pending.every((one) => one.call.repeatable)) return requests.map(() => ({ lost: error }));
    host.log({ event: 'batch-thrown', requests: requests.length, code: error.code });
    const failedHosts = new Map<string, Answer>();
    return requests.map((request) => {
      const name = hostOf(request.url);
      const before = failedHosts.get(name);
      if (before !== undefined) return before;
      const answer = askAlone(host, request, error, options);
      if ('lost' in answer) failedHosts.set(name, answer);
      return answer;
    });
  }
}

function askAlone(host: Host, request: HttpRequest, error: PurserError, options: ExchangeOptions): Answer {
  const startedMs = host.now();
  if (isPast(options.deadlineMs, startedMs)) return { lost: error };
  try {
    const [reply] = host.fetchAll([request]);
    return reply === undefined ? { lost: error } : { reply };
  } catch (alone) {
    return { lost: asPurserError(alone), dead: host.now() - startedMs >= STALL_MS };
  }
}

function hostOf(url: string): string {
  return /^https:\/\/[^/?#]+/.exec(url)?.[0] ?? url;
}

function jitterMs(host: Host, attempts: number): number {
  const bound = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempts);
  return Math.floor(host.random() * bound);
}

function noReply(call: Call<unknown> | null): PurserError {
  return new PurserError('network-failed', {
    what: `${call?.name ?? 'A request'} got no reply.`,
    now: 'Try again in a few minutes.',
  });
}

function outOfTime(call: Call<unknown>): PurserError {
  return new PurserError('time-budget-spent', {
    what: `There was no time left for ${call.name}.`,
    now: 'Run again; it goes on from what is there.',
  });
}

function neverSettled(call: Call<unknown>, attempts: number): PurserError {
  return new PurserError('service-unavailable', {
    what: `${call.name} was not settled in ${attempts} attempts.`,
    now: 'Try again in a few minutes.',
  });
}
