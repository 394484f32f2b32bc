/** Mailboxes that no setting chooses now and whose Sent may have a statement all the same. */
import type { AccountRecord } from '../accounts/account.ts';
import { accountEntry, missingScopes, readAccounts } from '../accounts/account-store.ts';
import { doesToken } from '../accounts/renew-tokens.ts';
import { refreshAccounts } from '../accounts/tokens.ts';
import type { OutboxRecord, TransportName } from '../delivery/outbox-record.ts';
import type { PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { foldAddress } from '../statement/address.ts';
import type { MailboxAccess, MailboxOpener } from './mailboxes.ts';
import { openAccount, transportOf } from './mailboxes.ts';

/** One whose Sent nobody could look into. */
export interface ClosedMailbox {
  readonly transport: TransportName;
  /** Null: nobody knows it any more. */
  readonly address: string | null;
  /** A sentence. */
  readonly why: string;
  /** The account is connected and only could not be read this time; false once a person must connect it again. */
  readonly isLive: boolean;
}

/** As long as a token that only these need may keep a run waiting. */
const PATIENCE_MS = 20_000;
/** As a run asks of every token. */
const VALID_FOR_MS = 300_000;

/** The mailbox that a mail may have gone from: open, or why nobody can look into it. */
type FormerMailbox =
  | { readonly open: MailboxAccess; readonly closed: null }
  | { readonly open: null; readonly closed: ClosedMailbox };

/**
 * The account's mailbox that a mail of this month may have gone from, though nobody knows whether it did. It is closed
 * when that account is no longer connected or must be connected again.
 * @param keep false in a preview, which goes on without a mailbox that can't be opened for the moment
 * @throws PurserError when its token can't be had now, but may be later
 */
export function openFormerMailbox(
  host: Host,
  record: Pick<OutboxRecord, 'transport' | 'from'>,
  opener: MailboxOpener,
  keep: boolean,
): FormerMailbox {
  const { transport } = record;
  const account = readAccounts(opener.mine()).accounts.find(
    ({ subject }) => transportOf(subject) === transport,
  );
  if (account === undefined) return { open: null, closed: goneMailbox(record) };
  if (account.dead !== null) return { open: null, closed: deadMailbox(account) };
  try {
    const why = 'An earlier statement may have gone from it.';
    return { open: openAccount(host, account, 'send', why, opener), closed: null };
  } catch (thrown) {
    const error = asPurserError(thrown);
    if (keep && error.kind !== 'setup') throw error;
    return { open: null, closed: closedBy(host, transport, account.email, error) };
  }
}

/** Of a mail that went from the mailbox of whoever ran Purser then: null when that is who runs it now. */
export function formerOwnMailbox(
  { transport, from }: Pick<OutboxRecord, 'transport' | 'from'>,
  self: string,
): ClosedMailbox | null {
  if (transport !== 'built-in' || from === undefined || foldAddress(from) === foldAddress(self)) return null;
  const why = `It is the mailbox of ${from}, and Purser runs as ${self} now.`;
  return { transport, address: from, why, isLive: false };
}

export function goneMailbox({ transport, from }: Pick<OutboxRecord, 'transport' | 'from'>): ClosedMailbox {
  const why = `${from ?? 'The account that it went from'} is not connected for sending any more.`;
  return { transport, address: from ?? null, why, isLive: false };
}

/**
 * All accounts that are connected for sending, but those in `taken`: a statement may have gone from each, whatever was
 * lost of the records. Tokens that are due are renewed in one round, and none of it keeps a run for long. Never throws.
 */
export function openOtherSenders(
  host: Host,
  taken: ReadonlySet<TransportName>,
  opener: MailboxOpener,
): { readonly open: readonly MailboxAccess[]; readonly closed: readonly ClosedMailbox[] } {
  const senders = readAccounts(opener.mine()).accounts.filter(
    (account) => isForSending(account) && !taken.has(transportOf(account.subject)),
  );
  const closed = senders.filter(({ dead }) => dead !== null).map(deadMailbox);
  const live = senders.filter(({ dead }) => dead === null);
  const { mine, failed } = renewedFor(host, live, opener);
  const open: MailboxAccess[] = [];
  for (const account of live) {
    const failure = failed.get(account.subject);
    try {
      if (failure !== undefined) throw failure;
      const why = 'Statements may have gone from it.';
      open.push(openAccount(host, account, 'send', why, { ...opener, mine: () => mine }));
    } catch (thrown) {
      closed.push(closedBy(host, transportOf(account.subject), account.email, asPurserError(thrown)));
    }
  }
  return { open, closed };
}

/** An old record that does not say what it is for counts when its scopes allow it. */
function isForSending(account: AccountRecord): boolean {
  if (account.purposes.length > 0) return account.purposes.includes('send');
  return (account.stopped ?? []).length === 0 && missingScopes(account, 'send').length === 0;
}

export function closedBy(
  host: Host,
  transport: TransportName,
  address: string,
  { code, what }: PurserError,
): ClosedMailbox {
  host.log({ event: 'mailbox-closed', transport, code });
  const isLive = code !== 'account-expired' && code !== 'account-unknown';
  return { transport, address, why: what, isLive };
}

function deadMailbox({ subject, email }: AccountRecord): ClosedMailbox {
  const why = `${email} must be connected again.`;
  return { transport: transportOf(subject), address: email, why, isLive: false };
}

/** User properties with the tokens that were due renewed, and why those that could not be were not. */
function renewedFor(
  host: Host,
  accounts: readonly AccountRecord[],
  { mine, by }: MailboxOpener,
): { mine: Readonly<Record<string, string>>; failed: ReadonlyMap<string, PurserError> } {
  const nowMs = host.now();
  const due = accounts.filter(
    (account) => !doesToken(account, { validForMs: VALID_FOR_MS, refused: null }, nowMs),
  );
  if (due.length === 0) return { mine: mine(), failed: new Map() };
  const outcomes = refreshAccounts(
    host,
    due.map(({ subject }) => subject),
    { withinMs: VALID_FOR_MS, by, deadlineMs: nowMs + PATIENCE_MS },
  );
  const fresh = outcomes.map((one) => (one.kind === 'token' ? accountEntry(one.record) : {}));
  const failed = outcomes.flatMap((one) =>
    one.kind === 'failed' ? [[one.subject, one.error] as const] : [],
  );
  return { mine: Object.assign({ ...mine() }, ...fresh), failed: new Map(failed) };
}
