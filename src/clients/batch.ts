/** Requests sent together, and what becomes of each when the platform throws the whole batch away. */
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host, HttpReply, HttpRequest } from '../host/host.ts';

export interface Sendable {
  /** For errors. */
  readonly name: string;
  /** Whether it may be sent once more when nobody knows if it arrived. */
  readonly repeatable: boolean;
  request(): HttpRequest;
}

export type Answer =
  | { readonly reply: HttpReply }
  /** Nobody knows whether the request arrived; `dead`: its host kept silent so long that it is not asked again. */
  | { readonly lost: PurserError; readonly dead?: boolean }
  /** The request could not even be built. */
  | { readonly unbuilt: PurserError };

/** UrlFetchApp gives up after about 60 s: what took this long to fail is dead, and asking again costs a minute. */
const STALL_MS = 30_000;

/**
 * The answer to each, in order; never throws.
 *
 * @param deadlineMs no request starts alone at or after this moment (milliseconds since 1970 UTC)
 */
export function sendTogether(
  host: Host,
  sendables: readonly Sendable[],
  deadlineMs: number | undefined,
): readonly Answer[] {
  const built = sendables.map((one): { request: HttpRequest } | { unbuilt: PurserError } => {
    try {
      return { request: one.request() };
    } catch (thrown) {
      return { unbuilt: asPurserError(thrown) };
    }
  });
  const requests = built.flatMap((one) => ('request' in one ? [one.request] : []));
  const answers = fetchOrFail(host, sendables, requests, deadlineMs);
  let taken = 0;
  return built.map((one, index) =>
    'unbuilt' in one ? one : (answers[taken++] ?? { lost: noReply(sendables[index]?.name) }),
  );
}

/**
 * One failed connection throws away the whole batch (facts of UrlFetchApp), so a thrown batch of reads is asked
 * again host by host: one dead region can't take the other along, nor hundreds of mails.
 */
function fetchOrFail(
  host: Host,
  sendables: readonly Sendable[],
  requests: readonly HttpRequest[],
  deadlineMs: number | undefined,
): Answer[] {
  if (requests.length === 0) return [];
  const startedMs = host.now();
  try {
    return host.fetchAll(requests).map((reply) => ({ reply }));
  } catch (thrown) {
    const error = asPurserError(thrown);
    const dead = requests.length === 1 && host.now() - startedMs >= STALL_MS;
    if (requests.length === 1) return [{ lost: error, dead }];
    if (!sendables.every((one) => one.repeatable)) return requests.map(() => ({ lost: error }));
    host.log({ event: 'batch-thrown', requests: requests.length, code: error.code });
    const hosts = [...new Set(requests.map(({ url }) => hostOf(url)))];
    const answers = new Map<HttpRequest, Answer>();
    for (const name of hosts) {
      const ofHost = requests.filter(({ url }) => hostOf(url) === name);
      const those = hosts.length === 1 ? null : askHost(host, ofHost, error, deadlineMs);
      const each = those ?? oneByOne(host, ofHost, error, deadlineMs);
      ofHost.forEach((request, index) => {
        const answer = each[index];
        if (answer !== undefined) answers.set(request, answer);
      });
    }
    return requests.map((request) => answers.get(request) ?? { lost: error });
  }
}

/** Null when the host failed so soon that its requests can be asked one by one. */
function askHost(
  host: Host,
  requests: readonly HttpRequest[],
  error: PurserError,
  deadlineMs: number | undefined,
): Answer[] | null {
  const startedMs = host.now();
  if (requests.length === 1) return null;
  if (isPast(deadlineMs, startedMs)) return requests.map(() => ({ lost: error }));
  try {
    return host.fetchAll(requests).map((reply) => ({ reply }));
  } catch (thrown) {
    if (host.now() - startedMs < STALL_MS) return null;
    const lost = asPurserError(thrown);
    return requests.map(() => ({ lost, dead: true }));
  }
}

/** The first that fails alone speaks for the rest, which are not asked. */
function oneByOne(
  host: Host,
  requests: readonly HttpRequest[],
  error: PurserError,
  deadlineMs: number | undefined,
): Answer[] {
  let failed: Answer | null = null;
  return requests.map((request) => {
    if (failed !== null) return failed;
    const answer = askAlone(host, request, error, deadlineMs);
    if ('lost' in answer) failed = answer;
    return answer;
  });
}

function askAlone(
  host: Host,
  request: HttpRequest,
  error: PurserError,
  deadlineMs: number | undefined,
): Answer {
  const startedMs = host.now();
  if (isPast(deadlineMs, startedMs)) return { lost: error };
  try {
    const [reply] = host.fetchAll([request]);
    return reply === undefined ? { lost: error } : { reply };
  } catch (alone) {
    return { lost: asPurserError(alone), dead: host.now() - startedMs >= STALL_MS };
  }
}

/** Without a deadline nothing is late. */
export function isPast(deadlineMs: number | undefined, ms: number): boolean {
  return deadlineMs !== undefined && ms >= deadlineMs;
}

/** What is said of a request that the platform left unanswered. */
export function noReply(name = 'A request'): PurserError {
  return new PurserError('network-failed', {
    what: `${name} got no reply.`,
    now: 'Try again in a few minutes.',
  });
}

function hostOf(url: string): string {
  return /^https:\/\/[^/?#]+/.exec(url)?.[0] ?? url;
}
