/** Entering an OAuth client while accounts are connected with another one: a refresh token belongs to one client. */
import type { OAuthClient } from '../clients/google/oauth.ts';
import type { Host } from '../host/host.ts';
import { accountEntry, readAccounts } from './account-store.ts';
import { hasOAuthClient, loadOAuthClient, oauthClientEntry } from './oauth-client.ts';
import { persistently } from './persistently.ts';

export interface OtherClients {
  /** Of the accounts that can't be used with the client that was entered. */
  readonly emails: readonly string[];
  /** Public ids of the clients that they were connected with. */
  readonly clientIds: readonly string[];
}

/**
 * Keeps the client, together with what would be forgotten by that: accounts whose records don't say which client they
 * were connected with were connected with the one entered until now, as far as anybody can tell.
 *
 * @throws PurserError what the store failed with: then nothing was changed
 */
export function enterOAuthClient(host: Host, client: OAuthClient): OtherClients {
  return persistently(host, () => {
    const store = host.properties('user');
    const mine = store.readAll();
    const before = hasOAuthClient(mine) ? loadOAuthClient(mine).clientId : undefined;
    const clientId = client.clientId.trim();
    const others = readAccounts(mine).accounts.flatMap((account) => {
      const known = account.clientId ?? before;
      const isOther = account.dead === null && known !== undefined && known !== clientId;
      return isOther ? [{ ...account, clientId: known }] : [];
    });
    store.write(Object.assign({}, ...others.map(accountEntry), oauthClientEntry(client)));
    return {
      emails: others.map(({ email }) => email),
      clientIds: [...new Set(others.map((account) => account.clientId))],
    };
  });
}
