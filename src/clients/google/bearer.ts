/** Whose token a request carries: the built-in one of the person who runs the script, or a connected account's. */
import type { PurserError } from '../../host/errors.ts';
import type { Call, Settled } from '../exchange.ts';

export interface Bearer {
  /**
   * An access token that is good for five more minutes.
   * @param validForMs or for as long as this
   * @throws PurserError when none can be had
   */
  token(validForMs?: number): string;
  /**
   * The API refused this token with 401: `token()` gives another afterwards, if one can be had.
   * @param isSecond the same request was refused before, with another token: when this one was made for a refusal and
   * nothing has taken it, that may be the end of the account
   * @throws PurserError when there is none
   */
  renew(refused: string, isSecond: boolean): void;
  /** The API knew this token, whatever it answered: a refusal of it later on is not the end of the account. */
  accepted?(token: string): void;
  /** The error of a call that this token was refused for, with what to do about this very account. */
  explain?(error: PurserError): PurserError;
}

/**
 * The call with the bearer's token in place of its own, on every page and part of it. A 401 renews the token once and
 * repeats the request once, one that may be sent only once too, because a refused request did nothing; of a second one
 * the bearer is told, and the call fails. A 403 is left alone. All replies of a round are heard before a token is renewed
 * or given up, so that one stray 401 among answers that took the token says nothing.
 *
 * What the bearer throws fails the call. `token()` is asked for each request as it goes out, so that a long run never
 * sends one that has run out meanwhile.
 */
export function authorizedBy<T>(bearer: Bearer, call: Call<T>): Call<T> {
  return authorized(bearer, call, null);
}

/** @param refusedBefore the token that this very request was refused with already */
function authorized<T>(bearer: Bearer, call: Call<T>, refusedBefore: string | null): Call<T> {
  let sent = '';
  return {
    name: call.name,
    repeatable: call.repeatable,
    request: (attempt) => {
      const request = call.request(attempt);
      sent = bearer.token();
      return { ...request, headers: withToken(request.headers, sent) };
    },
    settle: (reply, attempt) => {
      const settled = call.settle(reply, attempt);
      if (knowsToken(reply.status)) bearer.accepted?.(sent);
      if (reply.status !== 401 || settled.kind !== 'failed') return carried(bearer, settled, refusedBefore);
      const refused = sent;
      if (refusedBefore !== null) {
        const isAnother = refusedBefore !== refused;
        return { kind: 'renew', renew: () => giveUp(bearer, refused, isAnother, settled) };
      }
      return {
        kind: 'renew',
        renew: () => {
          // Another call of the same round may have done it.
          if (bearer.token() === refused) bearer.renew(refused, false);
          return authorized(bearer, call, refused);
        },
      };
    },
  };
}

/** The bearer may know that this was the end of it. */
function giveUp(
  bearer: Bearer,
  refused: string,
  isSecond: boolean,
  { error }: { readonly error: PurserError },
): never {
  if (bearer.token() === refused) bearer.renew(refused, isSecond);
  throw bearer.explain?.(error) ?? error;
}

/** What an API says only to whose token it knows. A server that is busy or down says 408, 429 or 5xx to anybody. */
function knowsToken(status: number): boolean {
  if (status >= 200 && status < 300) return true;
  return status >= 400 && status < 500 && ![401, 407, 408, 429].includes(status);
}

/** The same bearer on all that follows: the same request in other words has no second renewal, another has its own. */
function carried<T>(bearer: Bearer, settled: Settled<T>, refusedBefore: string | null): Settled<T> {
  switch (settled.kind) {
    case 'next':
      return { kind: 'next', call: authorizedBy(bearer, settled.call) };
    case 'again':
      return { kind: 'again', call: authorized(bearer, settled.call, refusedBefore) };
    case 'renew':
      return { kind: 'renew', renew: () => authorized(bearer, settled.renew(), refusedBefore) };
    case 'all': {
      const { calls, join } = settled;
      return {
        kind: 'all',
        calls: calls.map((call) => authorizedBy(bearer, call)),
        join: (outcomes) => carried(bearer, join(outcomes), null),
      };
    }
    case 'failed':
      return { kind: 'failed', error: bearer.explain?.(settled.error) ?? settled.error };
    default:
      return settled;
  }
}

function withToken(headers: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const others = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization');
  return { ...Object.fromEntries(others), Authorization: `Bearer ${token}` };
}
