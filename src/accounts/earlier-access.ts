/**
 * A consent with boxes left empty must not take away what an account could do before. Google unites what is granted at
 * different times (developers.google.com/identity/protocols/oauth2/web-server#incrementalAuth), so that this is rare; and
 * a refresh token keeps the scopes that it was given with until somebody revokes it.
 */
import type { TokenReply } from '../clients/google/oauth.ts';
import type { Host } from '../host/host.ts';
import type { AccountRecord, AskedBy, Purpose } from './account.ts';
import { PURPOSE_SCOPES } from './account.ts';
import { readAccount } from './account-store.ts';
import { obtainTokens } from './renew-tokens.ts';

interface Granted {
  readonly reply: TokenReply;
  readonly purposes: readonly Purpose[];
  /** Of the OAuth client that gave it. */
  readonly clientId?: string | undefined;
}

/** Whether the record's tokens allow what a purpose of either needs, and the new ones do not. */
export function allowsMore(before: AccountRecord | null, given: Granted): boolean {
  const { purposes, clientId } = given;
  const { scopes } = given.reply;
  if (before === null || before.refreshToken === null || scopes === null) return false;
  // A refresh token is of no use to another client.
  if (before.clientId !== undefined && before.clientId !== clientId) return false;
  const needed = [...before.purposes, ...purposes].flatMap((purpose) => PURPOSE_SCOPES[purpose]);
  return needed.some((scope) => before.scopes.includes(scope) && !scopes.includes(scope));
}

/**
 * When the account's earlier tokens allow more than the new ones, renews them once: what no longer works is then cleared
 * from the record, and nothing stands in the way of the new tokens. While nobody can tell they count as working: the
 * hourly check finds out, and tells the owner.
 * @param mine user properties
 */
export function tryEarlier(
  host: Host,
  mine: Readonly<Record<string, string>>,
  granted: Granted & { readonly identity: { readonly subject: string } },
  by: AskedBy,
): void {
  const { subject } = granted.identity;
  const before = readAccount(mine, subject);
  if (before === null || !allowsMore(before, granted)) return;
  obtainTokens(host, [{ subject, validForMs: 0, refused: before.accessToken }], by);
}
