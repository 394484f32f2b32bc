/** The Google accounts that sign in locally: whoever the local person says is there, is there. */
import { createHash } from 'node:crypto';

export interface AccountName {
  readonly email: string;
  readonly name: string;
}

export interface Account extends AccountName {
  /** Google's id of the account, 21 digits; never changes. */
  readonly subject: string;
  readonly emailVerified: boolean;
}

/** What becomes of an account: another address, or (with another `subject`) its address given to somebody else. */
export type AccountChange = Partial<Account>;

export interface Accounts {
  /** The account with this address; made when there is none. */
  of(email: string): Account;
  withSubject(subject: string): Account | undefined;
  /** The name that Gmail and Drive show; the address of somebody unknown. */
  nameOf(email: string): string;
  change(email: string, change: AccountChange): Account;
  all(): readonly Account[];
}

/** The same address has the same subject in every process. */
export function subjectOf(email: string): string {
  const digest = createHash('sha256').update(email.toLowerCase()).digest('hex');
  return `1${(BigInt(`0x${digest}`) % 10n ** 20n).toString().padStart(20, '0')}`;
}

/** @param saved accounts of an earlier process; they go before `known` */
export function createAccounts(known: readonly AccountName[], saved: readonly Account[]): Accounts {
  const accounts: Account[] = [...saved];
  const at = (email: string): number =>
    accounts.findIndex((one) => one.email.toLowerCase() === email.toLowerCase());
  const made = (email: string, name: string): Account => {
    const account = { email, name, subject: subjectOf(email), emailVerified: true };
    accounts.push(account);
    return account;
  };
  const of = (email: string): Account => accounts[at(email)] ?? made(email, email.replace(/@.*$/, ''));
  for (const { email, name } of known) if (at(email) < 0) made(email, name);
  return {
    of,
    withSubject: (subject) => accounts.find((one) => one.subject === subject),
    nameOf: (email) => accounts[at(email)]?.name ?? email,
    change(email, change) {
      const before = of(email);
      const after = { ...before, ...change };
      accounts[at(email)] = after;
      return after;
    },
    all: () => [...accounts],
  };
}
