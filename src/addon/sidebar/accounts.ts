/** The accounts part of the sidebar: connected accounts and AWS, how they are and what fails without them. */
import type { AccountRecord } from '../../accounts/account.ts';
import { readAccounts } from '../../accounts/account-store.ts';
import { awsWay } from '../../accounts/aws-credentials.ts';
import { beginConnect } from '../../accounts/connect.ts';
import { accountHealth } from '../../accounts/health.ts';
import { checkOwnScopes } from '../../accounts/own-scopes.ts';
import { renewAwsSession } from '../../accounts/renew-aws-session.ts';
import { requireSettledOwner } from '../../accounts/trigger-owner.ts';
import type { CalendarStanding } from '../../calendar/sync-state.ts';
import { calendarStates } from '../../calendar/sync-state.ts';
import type { PurserError } from '../../host/errors.ts';
import { asPurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import { accountUses, nextStatement } from '../../run/account-uses.ts';
import { settingsIfReadable } from '../../run/current-settings.ts';
import type { AccountLine, AccountsPart, Answer } from '../../sidebar/month/contract.ts';
import type { Month } from '../../statement/month.ts';
import { monthLabel } from '../../statement/month.ts';
import type { Settings } from '../../workbook/settings.ts';
import { missingWords, PARTLY_WORDS, reconnectPurposes, STATE_WORDS } from '../accounts-words.ts';
import { answered } from './answer.ts';
import { calendarLine } from './calendar-line.ts';

/** A person waits in front of it. */
const PATIENCE_MS = 20_000;

const STATES = {
  connected: 'good',
  'ends-soon': 'ends-soon',
  failing: 'failing',
  reconnect: 'reconnect',
} as const;

/** Only the owner of the triggers sees them. Nothing that leaves here is a secret. */
export function sidebarAccounts(): Answer<AccountsPart> {
  return answered((host) => {
    const properties = host.properties('document').readAll();
    requireSettledOwner(host, properties);
    const settings = settingsIfReadable(host);
    const today = host.localTime(host.now(), host.workbookTimeZone()).date;
    const month = nextStatement(properties, today);
    const mine = host.properties('user').readAll();
    const { accounts, unreadable } = readAccounts(mine);
    const calendars = calendarStates(properties);
    return {
      lines: [
        awsLine(host, mine, month),
        ownLine(host, settings, calendars),
        ...accounts.map((record) => accountLine(host, record, settings, { month, calendars })),
        ...unreadable.map(
          ({ why }, index): AccountLine => ({
            id: `unreadable-${index + 1}`,
            name: 'An account',
            state: 'failing',
            stateWords: 'Its record can’t be read',
            forecast: [`${why}. Connecting that account again replaces it.`],
            reconnectUrl: null,
          }),
        ),
      ],
    };
  });
}

function accountLine(
  host: Host,
  record: AccountRecord,
  settings: Settings | null,
  { month, calendars }: { readonly month: Month; readonly calendars: readonly CalendarStanding[] },
): AccountLine {
  const { subject, email, name, calendar, purposes } = record;
  const jobs = accountUses(settings, record, month).map(({ job }) => job);
  const { state, words } = accountHealth(record, jobs, host.now());
  const missing = missingWords(record);
  const isPartly = missing !== null && state === 'connected';
  return {
    id: subject,
    name: email || name || 'An account',
    state: isPartly ? 'failing' : STATES[state],
    stateWords: isPartly ? PARTLY_WORDS : STATE_WORDS[state],
    forecast: [
      ...words,
      ...(missing === null ? [] : [missing]),
      // Without access its words say already what becomes of the calendar.
      ...(purposes.includes('calendar') && record.dead === null
        ? [calendarLine(calendars, { account: email, calendarId: calendar?.id ?? 'primary' }, host.now())]
        : []),
    ],
    reconnectUrl: state === 'reconnect' || isPartly ? reconnectUrl(host, record, settings) : null,
  };
}

/** Good for ten minutes. Null without the Google Cloud client that it needs: Connected accounts… asks for that. */
function reconnectUrl(host: Host, record: AccountRecord, settings: Settings | null): string | null {
  const { subject, email } = record;
  const purposes = reconnectPurposes(record, settings);
  try {
    return beginConnect(host, { purposes, expected: subject, loginHint: email }).url;
  } catch (thrown) {
    host.log({ event: 'reconnect-not-offered', code: asPurserError(thrown).code });
    return null;
  }
}

/** The account that Purser runs as: its mailbox, and the calendar of all charters. */
function ownLine(host: Host, settings: Settings | null, calendars: readonly CalendarStanding[]): AccountLine {
  const account = host.userEmail();
  const calendarId = settings?.chartersCalendar ?? null;
  const calendar =
    calendarId === null
      ? []
      : [calendarLine(calendars, { account, calendarId }, host.now(), 'Charters calendar')];
  const line = { id: 'built-in', name: account } as const;
  const lacking = ownScopesProblem(host);
  if (lacking === null) {
    return { ...line, state: 'good', stateWords: 'Your own account', forecast: calendar, reconnectUrl: null };
  }
  return {
    ...line,
    state: 'failing',
    stateWords: 'Your own account, not everything granted',
    forecast: [lacking.what, lacking.now, ...calendar],
    reconnectUrl: null,
  };
}

function ownScopesProblem(host: Host): PurserError | null {
  try {
    checkOwnScopes(host, 'set-up');
    return null;
  } catch (thrown) {
    return asPurserError(thrown);
  }
}

/** As a role it is tried: a session is renewed when it is due. Keys show only in a run whether AWS takes them. */
function awsLine(host: Host, mine: Readonly<Record<string, string>>, month: Month): AccountLine {
  const line = { id: 'aws', name: 'AWS', reconnectUrl: null } as const;
  const way = awsWay(mine);
  const fails = `${monthLabel(month)}’s statement can’t be made.`;
  if (way === null) {
    return {
      ...line,
      state: 'missing',
      stateWords: 'Not entered yet',
      forecast: [fails, 'Choose Purser › Set up… and enter the role or the access key.'],
    };
  }
  if (way.way === 'keys') {
    return {
      ...line,
      state: 'good',
      stateWords: 'With an access key',
      forecast: ['It holds until somebody deletes it in AWS.'],
    };
  }
  try {
    renewAwsSession(host, { deadlineMs: host.now() + PATIENCE_MS });
    return {
      ...line,
      state: 'good',
      stateWords: 'Connected as a role',
      forecast: ['Renewed by itself every hour.'],
    };
  } catch (thrown) {
    const { code, kind, message } = asPurserError(thrown);
    host.log({ event: 'aws-not-ready', code });
    return {
      ...line,
      state: 'failing',
      stateWords: kind === 'setup' ? 'AWS refuses' : 'AWS did not answer',
      forecast: [message, `Until that is over, ${fails}`],
    };
  }
}
