/** Which of an account's calendars charters are written to: its calendars listed, and one of them chosen. */
import type { AccountRecord, ChosenCalendar } from '../accounts/account.ts';
import { readAccounts } from '../accounts/account-store.ts';
import { calendarOfItsOwn, chooseCalendar } from '../accounts/choose-calendar.ts';
import { accountBearer } from '../accounts/tokens.ts';
import type { AttributeMap } from '../clients/aws/attribute-value.ts';
import { createDynamoDb } from '../clients/aws/dynamodb.ts';
import type { Call, Outcome } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import { authorizedBy } from '../clients/google/bearer.ts';
import type { CalendarInfo } from '../clients/google/calendar.ts';
import { listCalendars } from '../clients/google/calendar.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { CalendarPicker } from '../sidebar/accounts/view.ts';
import { readItems } from '../sources/ledger.ts';
import { foldAddress } from '../statement/address.ts';
import type { CrewMember } from '../statement/charter.ts';
import { cut } from '../statement/short-text.ts';
import type { Settings } from '../workbook/settings.ts';
import { listed } from './accounts-words.ts';
import { awsCredentials } from './set-up-aws.ts';

type RosterItems = readonly AttributeMap[];

const BY = 'Connected accounts…';
/** A person waits in front of the dialog. */
const PATIENCE_MS = 60_000;

/** The calendars that the account may write to, and whose charters would stand there. Never throws. */
export function calendarPicker(
  host: Host,
  account: AccountRecord,
  settings: Settings | null,
): CalendarPicker {
  const { subject, email, calendar } = account;
  const picker = { subject, email, chosen: calendar?.id ?? '' };
  try {
    const roster = rosterCall(host, settings);
    const found = exchange(
      host,
      { calendars: calendarsOf(host, account), ...('call' in roster ? { roster: roster.call } : {}) },
      { deadlineMs: host.now() + PATIENCE_MS },
    );
    const choices = writable(valueOrThrow(found.calendars));
    const crew = 'call' in roster ? crewOf(found.roster, settings) : roster;
    const isLost = calendar !== undefined && !choices.some(({ id }) => id === calendar.id);
    const lost = isLost ? `“${cut(calendar.name)}”, chosen before, is none that it may write to. ` : '';
    return { ...picker, choices, words: lost + crewWords(email, crew), problem: null };
  } catch (thrown) {
    const error = asPurserError(thrown);
    host.log({ event: 'calendars-not-listed', code: error.code });
    return { ...picker, choices: [], words: '', problem: error.message };
  }
}

/**
 * @param calendarId one of the picker's; empty: charters are written to none
 * @returns what was done, and what it means; null when the account has no such calendar, and nothing was changed
 * @throws PurserError Google's, or what the store failed with
 */
export function keepCalendar(host: Host, account: AccountRecord, calendarId: string): string | null {
  const { subject, email } = account;
  const chosen = calendarId === '' ? null : chosenOf(host, account, calendarId);
  if (chosen === undefined) return null;
  chooseCalendar(host, subject, chosen, BY);
  const now =
    chosen === null
      ? `No charter is written to a calendar of ${email}. Its own calendar is read.`
      : `Charters whose crew has the address ${email} are written to “${cut(chosen.name)}” with the next sync, and that calendar is read.`;
  if (account.calendar === undefined || account.calendar.id === chosen?.id) return now;
  const { accounts } = readAccounts(host.properties('user').readAll());
  const left = cut(account.calendar.name);
  return calendarOfItsOwn(account, accounts) === undefined
    ? `${now} From “${left}”, which another account has chosen, too, its charters are taken out.`
    : `${now} What Purser wrote to “${left}” stays there as it is.`;
}

function chosenOf(host: Host, account: AccountRecord, calendarId: string): ChosenCalendar | undefined {
  const options = { deadlineMs: host.now() + PATIENCE_MS };
  return writable(send(host, calendarsOf(host, account), options)).find(({ id }) => id === calendarId);
}

function calendarsOf(host: Host, { subject }: AccountRecord): Call<readonly CalendarInfo[]> {
  const need = { purpose: 'calendar', by: BY } as const;
  const bearer = accountBearer(host, subject, need, host.properties('user').readAll());
  // A token that can't be had is said before the round, not as a failure in it.
  return authorizedBy(bearer, listCalendars(bearer.token()));
}

/** The account's own goes by `primary`, whatever its address will be. */
function writable(calendars: readonly CalendarInfo[]): readonly ChosenCalendar[] {
  return calendars
    .filter(({ canWrite }) => canWrite)
    .map(({ id, name, primary }) => ({ id: primary ? 'primary' : id, name: cut(name) }));
}

/** The roster, or why nobody can tell what it says. */
type Crew = { readonly members: readonly CrewMember[] } | { readonly unread: string };

function rosterCall(
  host: Host,
  settings: Settings | null,
): { readonly call: Call<RosterItems> } | { readonly unread: string } {
  if (settings === null) return { unread: 'The settings could not be read.' };
  try {
    const { primaryRegion, rosterTable } = settings;
    const credentials = awsCredentials(host, [primaryRegion]);
    return { call: createDynamoDb({ region: primaryRegion, credentials }).scanAll({ table: rosterTable }) };
  } catch (thrown) {
    return { unread: asPurserError(thrown).what };
  }
}

function crewOf(outcome: Outcome<RosterItems> | undefined, settings: Settings | null): Crew {
  if (outcome === undefined || settings === null) return { unread: '' };
  if (!outcome.ok) return { unread: outcome.error.what };
  const items = { primary: { charters: [], roster: outcome.value }, second: null, lost: [] };
  return { members: [...readItems(items, settings).roster.values()] };
}

function crewWords(email: string, crew: Crew): string {
  if ('unread' in crew) {
    return `The roster could not be read just now, so nobody can tell whose charters these are. ${crew.unread}`.trim();
  }
  const address = foldAddress(email);
  const found = crew.members.filter((member) => foldAddress(member.email.trim()) === address);
  if (found.length === 0) {
    return `Nobody in the roster has the address ${email}, so no charter is written to any of them. Enter the address in the roster, as the crew member’s e-mail.`;
  }
  const names = listed(found.map(({ id, name }) => `${cut(name)} (${cut(id)})`));
  return `In the roster this address is ${names}: the charters that they sail are written to the calendar that you choose, and follow the ledger there.`;
}
