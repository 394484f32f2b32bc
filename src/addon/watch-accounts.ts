/** The hourly look at connected accounts: what is due is refreshed, and the owner hears once of what ended or will. */
import type { AccountRecord } from '../accounts/account.ts';
import { accountHealth, checkAccounts, failuresToTell, markTold, toTell } from '../accounts/health.ts';
import { sweepWaiting } from '../accounts/waiting.ts';
import { sendNotice } from '../delivery/notice.ts';
import type { ErrorCode, PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { accountUses, nextStatement } from '../run/account-uses.ts';
import { settingsIfReadable } from '../run/current-settings.ts';
import type { IsoDate } from '../statement/month.ts';
import type { Settings } from '../workbook/settings.ts';

const CLIENT_TROUBLE: ReadonlySet<ErrorCode> = new Set(['oauth-client-refused', 'oauth-client-missing']);

/** @param properties of the document */
export interface Watch {
  readonly owner: string;
  readonly today: IsoDate;
  readonly properties: Readonly<Record<string, string>>;
  /** For the trail. */
  readonly by: string;
  /** When all must be done: milliseconds since 1970 UTC. */
  readonly endMs: number;
}

/** What a round of renewals, keeping what came of it and telling of it may take. */
const NEEDED_MS = 100_000;
/** Of that, for what comes after the requests. */
const AFTER_MS = 20_000;

/**
 * The subjects of those accounts that must be connected again, and of which the owner was told today, just now or
 * before. Never throws: what fails, or what there is no time for, is tried again with the next tick.
 */
export function watchAccounts(host: Host, watch: Watch): ReadonlySet<string> {
  if (watch.endMs - host.now() < NEEDED_MS) {
    host.log({ event: 'accounts-not-checked', code: 'time-budget-spent' });
    return new Set();
  }
  try {
    const request = { by: watch.by, deadlineMs: watch.endMs - AFTER_MS };
    const { accounts, refreshed, failed, errors, mine } = checkAccounts(host, request);
    if (refreshed + failed > 0) host.log({ event: 'accounts-checked', refreshed, failed });
    const isTold = tellOf(host, watch, accounts);
    tellOfClient(host, watch, accounts, errors);
    tellOfFailures(host, watch, accounts);
    // Last: what nobody decided on must not keep the owner from hearing of the rest.
    sweepWaiting(host, mine, { deadlineMs: watch.endMs });
    return isTold;
  } catch (thrown) {
    host.log({ event: 'accounts-not-checked', code: asPurserError(thrown).code });
    return new Set();
  }
}

function tellOf(host: Host, watch: Watch, accounts: readonly AccountRecord[]): ReadonlySet<string> {
  const telling = toTell(accounts, host.now());
  const settings = telling.length === 0 ? null : settingsIfReadable(host);
  const told = telling
    .filter((account) => tell(host, watch, account, settings))
    .map(({ subject }) => subject);
  if (told.length > 0) markTold(host, told);
  const zone = host.workbookTimeZone();
  const toldToday = accounts.filter(({ subject, dead, toldAt }) => {
    if (dead === null) return false;
    if (told.includes(subject)) return true;
    return toldAt !== null && host.localTime(Date.parse(toldAt), zone).date === watch.today;
  });
  return new Set(toldToday.map(({ subject }) => subject));
}

export function workbookLink(host: Host): { readonly label: string; readonly url: string } {
  return {
    label: 'Open the workbook',
    url: `https://docs.google.com/spreadsheets/d/${host.workbookId()}/edit`,
  };
}

/**
 * A client that Google refuses, or that is not there, kills no account, but none works until a person mends it: once a
 * day, as any such trouble.
 */
function tellOfClient(
  host: Host,
  watch: Watch,
  accounts: readonly AccountRecord[],
  errors: ReadonlyMap<string, PurserError>,
): void {
  const concerned = accounts.flatMap((account) => {
    const error = errors.get(account.subject);
    return error !== undefined && CLIENT_TROUBLE.has(error.code) ? [{ ...account, error }] : [];
  });
  const [first] = concerned;
  if (first === undefined) return;
  const settings = settingsIfReadable(host);
  const emails = concerned.map(({ email }) => email).join(', ');
  const isMissing = first.error.code === 'oauth-client-missing';
  const { kind } = sendNotice(host, {
    cause: 'oauth-client',
    owner: watch.owner,
    day: watch.today,
    subject: isMissing ? 'Purser has no OAuth client' : 'Purser: Google refuses the OAuth client',
    words: [
      first.error.what,
      `Until it is mended, Purser can’t use ${emails}.`,
      ...concerned.flatMap((account) => jobsOf(watch, settings, account)),
      `Open the workbook. ${first.error.now}`,
    ],
    link: workbookLink(host),
  });
  if (kind === 'refused') host.log({ event: 'notice-not-sent', cause: 'oauth-client', result: kind });
}

/** What Google refuses without ending the connection, once a day; what has failed for longer than a day, once. */
function tellOfFailures(host: Host, watch: Watch, accounts: readonly AccountRecord[]): void {
  const { daily, once } = failuresToTell(accounts, host.now());
  const settings = daily.length + once.length === 0 ? null : settingsIfReadable(host);
  for (const account of daily) tell(host, watch, account, settings);
  const told = once.filter((account) => tell(host, watch, account, settings)).map(({ subject }) => subject);
  if (told.length > 0) markTold(host, told, 'failures');
}

function jobsOf(watch: Watch, settings: Settings | null, account: AccountRecord): readonly string[] {
  return accountUses(settings, account, nextStatement(watch.properties, watch.today)).map(({ job }) => job);
}

/** Whether the mail went out, or may have: it is told once, and the dialog says it as well. */
function tell(host: Host, watch: Watch, account: AccountRecord, settings: Settings | null): boolean {
  const { email, subject, consentedAt } = account;
  const { state, words } = accountHealth(account, jobsOf(watch, settings, account), host.now());
  const { kind } = sendNotice(host, {
    // By the consent: one that was given anew and ended on the same day is another cause.
    cause: `account.${state}.${subject}.${Date.parse(consentedAt)}`,
    owner: watch.owner,
    day: watch.today,
    subject: SUBJECTS[state](email),
    words: [...words, WHAT_NOW[state]],
    link: workbookLink(host),
  });
  if (kind === 'refused') host.log({ event: 'notice-not-sent', cause: 'account', result: kind });
  return kind !== 'refused';
}

type State = ReturnType<typeof accountHealth>['state'];

const SUBJECTS: Readonly<Record<State, (email: string) => string>> = {
  reconnect: (email) => `Purser: ${email} must be connected again`,
  'ends-soon': (email) => `Purser: access to ${email} ends soon`,
  failing: (email) => `Purser: access to ${email} can’t be renewed`,
  connected: (email) => `Purser: ${email}`,
};

const RECONNECT =
  'Open the workbook, choose Purser › Connected accounts… and press Reconnect. Nothing else has changed.';

const WHAT_NOW: Readonly<Record<State, string>> = {
  reconnect: RECONNECT,
  'ends-soon': RECONNECT,
  failing: 'Purser › Connected accounts… in the workbook shows how it stands; Test now tries it at once.',
  connected: 'Purser › Connected accounts… in the workbook shows how it stands.',
};
