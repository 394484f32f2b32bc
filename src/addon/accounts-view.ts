/** What the dialog “Connected accounts” is told, and what it may have done. Nothing that leaves here is a secret. */
import type { AccountRecord } from '../accounts/account.ts';
import { readAccounts } from '../accounts/account-store.ts';
import { calendarOfItsOwn } from '../accounts/choose-calendar.ts';
import { callbackUrl, waitingConnections } from '../accounts/connect.ts';
import { accountHealth } from '../accounts/health.ts';
import { openInvitations } from '../accounts/invitations.ts';
import { hasOAuthClient, loadOAuthClient } from '../accounts/oauth-client.ts';
import { readTrail } from '../accounts/trail.ts';
import { requireSettledOwner } from '../accounts/trigger-owner.ts';
import { sweepWaiting } from '../accounts/waiting.ts';
import { webAppUrl } from '../accounts/web-app-url.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { accountUses, nextStatement } from '../run/account-uses.ts';
import { settingsIfReadable } from '../run/current-settings.ts';
import { mailboxProblems } from '../run/mailboxes.ts';
import type { AccountCard, AccountsView } from '../sidebar/accounts/view.ts';
import { dateLabel } from '../statement/month.ts';
import type { Settings } from '../workbook/settings.ts';
import type { Done } from './accounts-actions.ts';
import { actOn } from './accounts-actions.ts';
import {
  CHOICES,
  calendarWords,
  disconnectQuestion,
  missingWords,
  PARTLY_WORDS,
  purposeLabel,
  STATE_WORDS,
  trailWords,
  usesWords,
  waitingWords,
} from './accounts-words.ts';
import { theHost } from './compose.ts';

const MOST_TRAIL_LINES = 30;
const NOT_HERE =
  'Connected accounts are shown in the workbook only: open it and choose Purser › Connected accounts….';
const NOTHING: Done = { notice: null, link: null };

/**
 * The accounts as they are. Only the owner of the triggers sees them, in a dialog of the workbook; others, and visitors
 * of the web app, see words. Never throws.
 */
export function accountsView(): AccountsView {
  const host = theHost();
  return answered(host, () => {
    sweepWaiting(host, host.properties('user').readAll());
    return NOTHING;
  });
}

/** Does what the person chose, and gives the accounts as they are then. Never throws. @param action as the dialog sent it */
export function accountsAct(action: unknown): AccountsView {
  const host = theHost();
  return answered(host, (settings) => actOn(host, action, settings));
}

function answered(host: Host, act: (settings: Reading['settings']) => Done): AccountsView {
  // In the web app anybody's call runs as the owner; only in an open editor there is a user interface
  // (developers.google.com/apps-script/reference/base/ui).
  if (host.ui() === null) {
    host.log({ event: 'accounts-dialog', code: 'no-workbook' });
    return refused(NOT_HERE);
  }
  try {
    const properties = host.properties('document').readAll();
    requireSettledOwner(host, properties);
    const reading = { properties, settings: settingsIfReadable(host) };
    return viewOf(
      host,
      reading,
      tried(host, () => act(reading.settings)),
    );
  } catch (thrown) {
    return refused(refusalWords(host, thrown));
  }
}

/** What the workbook says, as far as it could be read. */
interface Reading {
  readonly properties: Readonly<Record<string, string>>;
  readonly settings: Settings | null;
}

function tried(host: Host, action: () => Done): Done {
  try {
    return action();
  } catch (thrown) {
    return { notice: { kind: 'bad', words: wordsOf(host, thrown) }, link: null };
  }
}

function wordsOf(host: Host, thrown: unknown): string {
  const error = asPurserError(thrown);
  host.log({ event: 'accounts-dialog', code: error.code });
  return error.message;
}

function viewOf(
  host: Host,
  { properties, settings }: Reading,
  { notice, link, picker = null }: Done,
): AccountsView {
  const mine = host.properties('user').readAll();
  const { accounts, unreadable } = readAccounts(mine);
  const nowMs = host.now();
  const zone = host.workbookTimeZone();
  const when = (iso: string): string => {
    const { date, time } = host.localTime(Date.parse(iso), zone);
    return `${dateLabel(date)}, ${time}`;
  };
  const month = nextStatement(properties, host.localTime(nowMs, zone).date);
  return {
    mayChange: true,
    hasClient: hasOAuthClient(mine),
    clientId: hasOAuthClient(mine) ? loadOAuthClient(mine).clientId : null,
    webAppUrl: webAppUrl(host, mine),
    callbackUrl: callbackUrl(host),
    accounts: accounts.map((record) =>
      cardOf(record, {
        uses: accountUses(settings, record, month),
        knowsSettings: settings !== null,
        left: calendarOfItsOwn(record, accounts)?.name ?? null,
        nowMs,
        when,
      }),
    ),
    problems: [
      ...(settings === null
        ? []
        : mailboxProblems(settings, { self: () => host.userEmail(), mine: () => mine })
      ).map(({ message }) => message),
      ...unreadable.map(
        ({ why, isNewer }) =>
          `The record of an account can’t be read: ${why}.${isNewer ? '' : ' Connecting that account again replaces it.'}`,
      ),
    ],
    waiting: waitingConnections(mine).map((one) => ({ id: one.id, words: waitingWords(one, when) })),
    invitations: openInvitations(mine, nowMs).map(({ id, email, expiresAt }) => ({
      id,
      words: `An invitation for ${email ?? 'anybody’s account'}, good until ${when(expiresAt)}.`,
    })),
    choices: CHOICES,
    trail: readTrail(mine)
      .slice(-MOST_TRAIL_LINES)
      .reverse()
      .map((event) => ({ when: when(event.at), words: trailWords(event) })),
    picker,
    notice,
    link,
  };
}

interface CardContext {
  readonly uses: ReturnType<typeof accountUses>;
  readonly knowsSettings: boolean;
  /** The calendar that its charters would stay in without it; null: none. */
  readonly left: string | null;
  readonly nowMs: number;
  readonly when: (iso: string) => string;
}

function cardOf(record: AccountRecord, { uses, knowsSettings, left, nowMs, when }: CardContext): AccountCard {
  const { subject, email, name, purposes, calendar, expiresAt, lastRefreshedAt, dead } = record;
  const jobs = uses.map(({ job }) => job);
  const named = uses.flatMap(({ setting }) => setting ?? []);
  const forCalendar = purposes.includes('calendar');
  const { state, words } = accountHealth(record, jobs, nowMs);
  const missing = missingWords(record);
  const lacking = uses
    .filter(({ purpose }) => purposes.length > 0 && !purposes.includes(purpose))
    .flatMap(({ setting }) => setting ?? []);
  const partly = missing !== null && state === 'connected';
  const until =
    dead !== null || expiresAt === null ? '' : `Renewed by itself; next before ${when(expiresAt)}.`;
  const renewed = lastRefreshedAt === null ? '' : `Last renewed on ${when(lastRefreshedAt)}.`;
  return {
    subject,
    email,
    name,
    state: partly ? 'failing' : state,
    stateWords: partly ? PARTLY_WORDS : STATE_WORDS[state],
    details: missing === null ? words : [...words, missing],
    purposes: purposes.map((purpose) => ({ purpose, words: purposeLabel(purpose) })),
    uses: usesWords(knowsSettings ? named : null, lacking, forCalendar),
    calendar: forCalendar ? calendarWords(calendar) : null,
    renewal: `${until} ${renewed}`.trim(),
    question: disconnectQuestion(email, jobs, left),
  };
}

/** For anybody else, and when nothing can be read at all. */
function refused(words: string): AccountsView {
  return {
    mayChange: false,
    hasClient: false,
    clientId: null,
    webAppUrl: null,
    callbackUrl: '',
    accounts: [],
    problems: [],
    waiting: [],
    invitations: [],
    choices: [],
    trail: [],
    picker: null,
    notice: { kind: 'bad', words },
    link: null,
  };
}

function refusalWords(host: Host, thrown: unknown): string {
  const error = asPurserError(thrown);
  const { owner } = error.data;
  if (error.code !== 'not-trigger-owner' || typeof owner !== 'string') return wordsOf(host, thrown);
  return `${owner} runs Purser in this workbook, and the connected accounts are theirs. You are ${host.userEmail() || 'somebody else'}, so nothing is shown and nothing was done. Ask ${owner} to open this.`;
}
