/** “Test now”: the account's token is really renewed, and really used, once for each thing that it is for. */
import type { Call } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import { getFirstCalendar, getMailboxAddress } from '../clients/google/account-checks.ts';
import { authorizedBy } from '../clients/google/bearer.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { AccountRecord, AskedBy, Purpose } from './account.ts';
import { accountBearer, refreshAccounts } from './tokens.ts';

export interface AccountTest {
  readonly works: readonly Purpose[];
  /** In words, each thing that does not work. */
  readonly problems: readonly string[];
}

/** Longer than any access token lives: it is renewed whether it is due or not. */
const ANY_AGE_MS = 366 * 86_400_000;
/** A person waits for it. */
const PATIENCE_MS = 60_000;

/** Never throws for what is wrong with the account. */
export function testAccount(host: Host, account: AccountRecord, by: AskedBy): AccountTest {
  const { subject, purposes } = account;
  const [renewed] = refreshAccounts(host, [subject], { withinMs: ANY_AGE_MS, by });
  if (renewed?.kind === 'failed') return { works: [], problems: [renewed.error.message] };
  const mine = host.properties('user').readAll();
  const problems = new Set<string>();
  const calls: Partial<Record<Purpose, Call<unknown>>> = {};
  for (const purpose of purposes) {
    const bearer = accountBearer(host, subject, { purpose, by }, mine);
    try {
      // What was not granted is said before anything is asked.
      bearer.token();
      calls[purpose] = authorizedBy(bearer, CHECKS[purpose]());
    } catch (thrown) {
      problems.add(asPurserError(thrown).message);
    }
  }
  const outcomes = exchange(host, calls, { attempts: 2, deadlineMs: host.now() + PATIENCE_MS });
  const works = purposes.filter((purpose) => {
    const outcome = outcomes[purpose];
    if (outcome !== undefined && !outcome.ok) problems.add(outcome.error.message);
    return outcome?.ok === true;
  });
  return { works, problems: [...problems] };
}

/** A mailbox that can be read, with the scope for sending granted, is as near to sending as one gets without a mail. */
const CHECKS: Readonly<Record<Purpose, () => Call<unknown>>> = {
  send: () => getMailboxAddress(''),
  bookings: () => getMailboxAddress(''),
  calendar: () => getFirstCalendar(''),
};
