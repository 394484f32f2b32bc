/**
 * The one door for all traffic: sends calls to any service in as few parallel rounds as possible, follows pages,
 * repeats what may be repeated, and tells one call's failure from another's.
 */
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host, HttpReply, HttpRequest } from '../host/host.ts';
import { type Answer, isPast, noReply, sendTogether } from './batch.ts';

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
  /**
   * Something that itself talks to a service must happen first, such as getting another token; then the call that it
   * gives, which counts as an attempt. It runs after the round, one after the other; what it throws fails the call.
   */
  | { readonly kind: 'renew'; readonly renew: () => Call<T> }
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
    case 'renew':
      return { kind: 'renew', renew: () => andThen(settled.renew(), next) };
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
  /** Gives the call to send instead of `call`. */
  readonly renew: (() => Call<unknown>) | null;
}

const FRESH = { attempts: 0, waitMs: 0, error: null, renew: null };
const DEFAULT_ATTEMPTS = 5;
const BACKOFF_BASE_MS = 400;
const BACKOFF_CAP_MS = 20_000;
/** A server that asks for more than this is not waited for inside one run. */
const PATIENCE_MS = 60_000;

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
    pending = renewed(host, sendRound(host, pending, options), options);
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
  const answers = sendTogether(
    host,
    pending.map(({ call }) => ({
      name: call.name,
      repeatable: call.repeatable,
      request: () => call.request(attempt),
    })),
    options.deadlineMs,
  );
  return pending.flatMap((one, index) =>
    advance(host, one, settle(one.call, answers[index], attempt), options),
  );
}

/** Every renewal that is due, in order: the second of two with one bearer finds it done. */
function renewed(host: Host, pending: readonly Pending[], options: ExchangeOptions): Pending[] {
  return pending.flatMap((one) => {
    if (one.renew === null) return [one];
    if (isPast(options.deadlineMs, host.now())) {
      return renewed(host, one.finish({ ok: false, error: outOfTime(one.call) }), options);
    }
    try {
      return [{ ...one, call: one.renew(), renew: null }];
    } catch (thrown) {
      return renewed(host, one.finish({ ok: false, error: asPurserError(thrown) }), options);
    }
  });
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
    case 'renew':
      if (attempts >= most) return one.finish({ ok: false, error: neverSettled(one.call, attempts) });
      return [{ ...one, renew: settled.renew, attempts, waitMs: 0 }];
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

function settle(call: Call<unknown>, answer: Answer | undefined, attempt: Attempt): Settled<unknown> {
  if (answer === undefined) return { kind: 'failed', error: noReply(call.name) };
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

function jitterMs(host: Host, attempts: number): number {
  const bound = Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** attempts);
  return Math.floor(host.random() * bound);
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
