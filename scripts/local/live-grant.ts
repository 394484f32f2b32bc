import type { Clock, Grant, Tokens } from './contract.ts';

/** The grant behind a bearer token, unless it has expired. */
export function liveGrant(tokens: Tokens, token: string, clock: Clock): Grant | undefined {
  const grant = tokens.get(token);
  return grant?.expiresMs !== undefined && grant.expiresMs <= clock.now() ? undefined : grant;
}
