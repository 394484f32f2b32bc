/** “Connected accounts…”, as the person uses it: enters the OAuth client once, and connects an account. */
import type { AccountsView } from '../../src/sidebar/accounts/view.ts';
import { LOCAL_OAUTH_CLIENT } from './google/oauth-clients.ts';
import { signIn } from './sign-in.ts';
import type { Workspace } from './workspace.ts';

/** The e-mail addresses of the connected accounts, in lower case. */
export function connectedAddresses(workspace: Workspace): ReadonlySet<string> {
  const { accounts } = ask(workspace, 'accountsView') as AccountsView;
  return new Set(accounts.map(({ email }) => email.toLowerCase()));
}

/** @throws Error when the dialog refuses, or the account is not among the connected ones afterwards */
export function connectAccount(workspace: Workspace, email: string, purposes: readonly string[]): void {
  const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;
  if (!(ask(workspace, 'accountsView') as AccountsView).hasClient) {
    ask(workspace, 'accountsAct', { type: 'store-client', clientId, clientSecret });
  }
  const { link, notice } = ask(workspace, 'accountsAct', { type: 'connect', purposes }) as AccountsView;
  if (link === null) throw new Error(`There is no link to connect ${email}: ${notice?.words ?? ''}`);
  const page = signIn(workspace, link.url, { email });
  if (connectedAddresses(workspace).has(email.toLowerCase())) return;
  throw new Error(`${email} was not connected: ${page.title}`);
}

function ask(workspace: Workspace, name: string, ...args: readonly unknown[]): unknown {
  return workspace.appsScript.call(name, [...args]);
}
