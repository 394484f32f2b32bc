/** Whose mailboxes a run uses: the built-in one of the person who runs it, or a connected account's, as the settings say. */
import type { AccountRecord, AskedBy, Purpose } from '../accounts/account.ts';
import { requirePurpose } from '../accounts/account-errors.ts';
import { readAccounts } from '../accounts/account-store.ts';
import { accountBearer } from '../accounts/tokens.ts';
import type { Call } from '../clients/exchange.ts';
import type { Bearer } from '../clients/google/bearer.ts';
import { authorizedBy } from '../clients/google/bearer.ts';
import type { Authorize } from '../delivery/outbox.ts';
import type { TransportName } from '../delivery/outbox-record.ts';
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { BookingSearchSettings } from '../sources/booking-search.ts';
import { asksForBookings } from '../sources/booking-search.ts';
import { foldAddress } from '../statement/address.ts';
import type { MailboxChoice } from '../workbook/mailbox-setting.ts';
import type { Settings } from '../workbook/settings.ts';

export interface MailboxAccess {
  readonly transport: TransportName;
  /** Of the connected account; null: the built-in mailbox, whose address is the running person's own. */
  readonly account: string | null;
  /** Why this one: the setting and its cell, in words. */
  readonly why: string;
  /** Why it can't be used, in a preview: each of its calls fails with this. Left out: it can. */
  readonly closed?: PurserError;
  /** The call with this mailbox's token; a connected account's is renewed once after a 401. */
  authorize<T>(make: (token: string) => Call<T>): Call<T>;
  /**
   * Makes sure of a token now, and gives the way to authorize the mail that goes out next: no renewal stands between the
   * claim of its record and the request while the token is good for another minute.
   * @throws PurserError when there is none: then nothing was claimed
   */
  ready(): Authorize;
}

/** As long as a mail that is claimed may wait for Gmail, and a little more. */
const SEND_TOKEN_MS = 60_000;

/** Who opens mailboxes, and for what. */
export interface MailboxOpener {
  /** The running person's own access token and address; the address is asked for when an account is chosen. */
  readonly token: string;
  readonly self: () => string;
  /** Their user properties, asked for as the address is. */
  readonly mine: () => Readonly<Record<string, string>>;
  readonly by: AskedBy;
}

export function builtInMailbox(token: string, why: string): MailboxAccess {
  const authorize: Authorize = (make) => make(token);
  return { transport: 'built-in', account: null, why, authorize, ready: () => authorize };
}

/**
 * The mailbox that a setting chooses, its token refreshed if that is due: nothing in the middle of a round waits for it.
 * The person's own address is the built-in one.
 * @throws PurserError `account-unknown`; what `accountBearer` throws, such as `account-expired`, with the setting named
 */
export function openMailbox(
  host: Host,
  choice: MailboxChoice,
  purpose: Extract<Purpose, 'send' | 'bookings'>,
  opener: MailboxOpener,
): MailboxAccess {
  const { address, cell, setting } = choice;
  const why = whyOf(setting, cell, address);
  if (address === null || address === foldAddress(opener.self())) return builtInMailbox(opener.token, why);
  const { accounts, unreadable } = readAccounts(opener.mine());
  const account = chosenAccount(accounts, address);
  if (account === null) throw unknownAccount(choice, accounts, unreadable.length);
  return openAccount(host, account, purpose, why, opener);
}

/** As `openMailbox`, for a preview: one that can't be opened is closed, and says why. Never throws. */
export function openOrClosed(...request: Parameters<typeof openMailbox>): MailboxAccess {
  try {
    return openMailbox(...request);
  } catch (thrown) {
    const [, { address, cell, setting }] = request;
    const closed = asPurserError(thrown);
    const refuse = (): never => {
      throw closed;
    };
    return {
      transport: address === null ? 'built-in' : transportOf(address),
      account: address,
      why: whyOf(setting, cell, address),
      closed,
      authorize: (make) => ({ ...make(''), request: refuse }),
      ready: refuse,
    };
  }
}

/**
 * Why the mailbox that a setting chooses could not be used, as far as the records tell: it names nobody, or an account
 * that is not connected for this. Null when it can, and for one that must be connected again, which is told by itself.
 */
export function choiceProblem(
  choice: MailboxChoice,
  purpose: Extract<Purpose, 'send' | 'bookings'>,
  opener: Pick<MailboxOpener, 'self' | 'mine'>,
): PurserError | null {
  const { address, cell, setting } = choice;
  if (address === null || address === foldAddress(opener.self())) return null;
  const { accounts, unreadable } = readAccounts(opener.mine());
  const account = chosenAccount(accounts, address);
  if (account === null) return unknownAccount(choice, accounts, unreadable.length);
  if (account.dead !== null) return null;
  try {
    requirePurpose(account, purpose);
    return null;
  } catch (thrown) {
    return withWhy(asPurserError(thrown), whyOf(setting, cell, address));
  }
}

/** Of both settings that choose a mailbox; where booking mail would be read from matters once some is searched for. */
export function mailboxProblems(
  settings: Pick<Settings, 'sendFrom' | 'bookingMailFrom'> & BookingSearchSettings,
  opener: Pick<MailboxOpener, 'self' | 'mine'>,
): readonly PurserError[] {
  const asked = [
    choiceProblem(settings.sendFrom, 'send', opener),
    asksForBookings(settings) ? choiceProblem(settings.bookingMailFrom, 'bookings', opener) : null,
  ];
  return asked.filter((problem) => problem !== null);
}

/** @throws PurserError what `accountBearer` throws, with `why` it was asked for */
export function openAccount(
  host: Host,
  { subject, email }: AccountRecord,
  purpose: Purpose,
  why: string,
  opener: MailboxOpener,
): MailboxAccess {
  const bearer = naming(why, accountBearer(host, subject, { purpose, by: opener.by }, opener.mine()));
  const token = bearer.token();
  return {
    transport: transportOf(subject),
    account: email,
    why,
    authorize: (make) => authorizedBy(bearer, make(token)),
    ready: () => {
      const inHand = bearer.token();
      const forOneMail: Bearer = { ...bearer, token: () => bearer.token(SEND_TOKEN_MS) };
      return (make) => authorizedBy(forOneMail, make(inHand));
    },
  };
}

/**
 * Errors say which setting asked for the account; `unsent` says that the request for which a token was wanted did not
 * go out, or was refused.
 */
function naming(why: string, bearer: Bearer): Bearer {
  const named = <T>(action: () => T): T => {
    try {
      return action();
    } catch (thrown) {
      throw withWhy(asPurserError(thrown), why);
    }
  };
  return {
    ...bearer,
    token: (validForMs) => named(() => bearer.token(validForMs)),
    renew: (refused, isSecond) => named(() => bearer.renew(refused, isSecond)),
  };
}

function withWhy(error: PurserError, why: string): PurserError {
  const { code, what, now, data } = error;
  return new PurserError(code, {
    what: `${what} ${why}`,
    now,
    data: { ...data, unsent: true },
    cause: error,
  });
}

function whyOf(setting: string, cell: string, address: string | null): string {
  return `The setting “${setting}” (${cell}) says ${address ?? 'built-in'}.`;
}

/** The search for booking mail, with the mailbox that it is for: what was read in one says nothing about another. */
export function bookingSearch(
  settings: BookingSearchSettings,
  { transport }: Pick<MailboxAccess, 'transport'>,
): BookingSearchSettings {
  return transport === 'built-in' ? settings : { ...settings, bookingMailbox: transport };
}

/**
 * An address may have been given to somebody else: of two records the one that works, then the one whose address Google
 * has checked, then the later consent.
 */
function chosenAccount(accounts: readonly AccountRecord[], address: string): AccountRecord | null {
  const [best = null] = accounts
    .filter(({ email }) => foldAddress(email) === address)
    .sort(
      (one, other) =>
        Number(one.dead !== null) - Number(other.dead !== null) ||
        Number(other.emailVerified) - Number(one.emailVerified) ||
        (one.consentedAt < other.consentedAt ? 1 : one.consentedAt > other.consentedAt ? -1 : 0),
    );
  return best;
}

export function transportOf(subject: string): Exclude<TransportName, 'built-in'> {
  return `account:${subject}`;
}

function unknownAccount(
  { address, setting, cell }: MailboxChoice,
  accounts: readonly AccountRecord[],
  unreadable: number,
): PurserError {
  const there = accounts.map(({ email }) => email);
  const are = there.length === 0 ? 'No account is connected' : `Connected: ${there.join(', ')}`;
  const lost = unreadable === 0 ? '' : ` (and ${unreadable} whose record can’t be read)`;
  return new PurserError('account-unknown', {
    what: `The setting “${setting}” (${cell}) names ${address ?? ''}, which is no connected account. ${are}${lost}.`,
    now: `Choose Purser › Connected accounts… and connect it, or enter ${there.length === 0 ? '“built-in”' : 'one of these or “built-in”'} in ${cell}.`,
    data: { setting },
  });
}
