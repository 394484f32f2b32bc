/**
 * What an owner leaves behind who hands Purser over. It lies in their own user properties: the next owner can't use it,
 * and the old one can't open the dialog any more that would remove it.
 */
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { readAccounts } from './account-store.ts';
import { awsWay, forgetAws, hasAws } from './aws-credentials.ts';
import { disconnectAccount } from './disconnect.ts';
import { openInvitations, withdrawInvitation } from './invitations.ts';
import { forgetOAuthClient, holdsOAuthClient } from './oauth-client.ts';
import type { Revoked } from './revocation.ts';
import { discardConnection, sweepWaiting, waitingConnections } from './waiting.ts';

const PERMISSIONS = 'myaccount.google.com/permissions';

/** What stays with the old owner unless it is removed. */
export interface Kept {
  /** Addresses of connected accounts. */
  readonly accounts: readonly string[];
  /** Addresses of those to whose calendars charters are written. */
  readonly calendars: readonly string[];
  /** Everything, in words: `the OAuth client with its secret` … */
  readonly names: readonly string[];
  /** Where each is ended by hand, one sentence each. */
  readonly byHand: readonly string[];
}

/** @param mine user properties of the old owner */
export function keptOf(mine: Readonly<Record<string, string>>): Kept {
  const { accounts, unreadable } = readAccounts(mine);
  const emails = accounts.map(({ email }) => email);
  const names: string[] = [];
  const byHand: string[] = [];
  if (emails.length > 0) {
    names.push(`the connected accounts: ${emails.join(', ')}`);
    byHand.push(`Access of ${emails.join(', ')} is ended at ${PERMISSIONS}, signed in as each of them.`);
  }
  if (unreadable.length > 0) {
    names.push('records of accounts that can’t be read');
    byHand.push(`Access of accounts whose records can’t be read is ended at ${PERMISSIONS}, too.`);
  }
  if (holdsOAuthClient(mine)) {
    names.push('the OAuth client with its secret');
    byHand.push('The client’s secret is deleted in Google Cloud › Clients.');
  }
  if (hasAws(mine)) {
    const isRole = awsWay(mine)?.way === 'role';
    names.push(isRole ? 'the role in AWS' : 'the access key for AWS');
    byHand.push(
      isRole
        ? 'The role’s trust in your account is ended in AWS › IAM › Roles.'
        : 'The access key is deleted in AWS › IAM › Users.',
    );
  }
  const calendars = accounts.flatMap(({ email, calendar }) => (calendar === undefined ? [] : [email]));
  return { accounts: emails, calendars, names, byHand };
}

/**
 * Ends what is under way: open invitations, and connections that wait for a decision. Nobody could decide on them any
 * more, or sweep them. Each is tried, whatever becomes of the others. @returns what went wrong, in sentences
 */
export function endWhatIsOpen(host: Host): readonly string[] {
  const mine = host.properties('user').readAll();
  const swept = tried(
    host,
    () => sweepWaiting(host, mine),
    'Connections that nobody decided on are still kept',
  );
  const withdrawn = openInvitations(mine, host.now()).flatMap(({ id, email }) =>
    tried(
      host,
      () => withdrawInvitation(host, id),
      `The invitation for ${email ?? 'anybody’s account'} could not be withdrawn; archive the web app under Deploy › Manage deployments`,
    ),
  );
  const discarded = waitingConnections(host.properties('user').readAll()).flatMap(({ id, email }) =>
    tried(
      host,
      () => failureOf(discardConnection(host, id)),
      `The connection of ${email}, which waited for a decision, is still kept; end it at ${PERMISSIONS}, signed in as ${email}`,
    ),
  );
  return [...swept, ...withdrawn, ...discarded];
}

/**
 * Removes all that `keptOf` names, and ends the accounts' access at Google; each is tried, whatever becomes of the
 * others. @returns what went wrong, in sentences
 */
export function removeKept(host: Host, by: string): readonly string[] {
  const { accounts, unreadable } = readAccounts(host.properties('user').readAll());
  return [
    ...accounts.flatMap(({ subject, email }) =>
      tried(
        host,
        () => failureOf(disconnectAccount(host, subject, by)),
        `${email} could not be disconnected; end its access at ${PERMISSIONS}, signed in as ${email}`,
      ),
    ),
    ...unreadable.flatMap(({ key }) =>
      tried(host, () => host.properties('user').remove(key), 'A record of an account is still kept'),
    ),
    ...tried(
      host,
      () => forgetOAuthClient(host),
      'The OAuth client is still kept; delete its secret in Google Cloud › Clients',
    ),
    ...tried(
      host,
      () => forgetAws(host),
      'What is kept for AWS could not be removed; take it back in AWS › IAM',
    ),
  ];
}

function failureOf({ revoked, why }: Revoked): string | undefined {
  return revoked === 'failed' ? why : undefined;
}

/** What went wrong: the words that the action gives, if any, or `failed` with the reason. */
function tried(host: Host, action: () => unknown, failed: string): readonly string[] {
  try {
    const words = action();
    return typeof words === 'string' ? [words] : [];
  } catch (thrown) {
    const error = asPurserError(thrown);
    host.log({ event: 'not-left', code: error.code });
    return [`${failed} (${error.what.replace(/\.+$/, '')}).`];
  }
}
