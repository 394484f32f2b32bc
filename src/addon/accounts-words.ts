/** The words of the dialog “Connected accounts”. */
import type { AccountRecord, ChosenCalendar, Purpose } from '../accounts/account.ts';
import { PURPOSES } from '../accounts/account.ts';
import { missingScopes } from '../accounts/account-store.ts';
import { PURPOSE_WORDS, unverifiedWords, whatFails } from '../accounts/purpose-words.ts';
import { scopeWords } from '../accounts/scope-words.ts';
import type { TrailEvent } from '../accounts/trail.ts';
import type { WaitingConnection } from '../accounts/waiting.ts';
import { purposesUsed } from '../run/account-uses.ts';
import type { AccountState, PurposeChoice } from '../sidebar/accounts/view.ts';
import { cut } from '../statement/short-text.ts';
import type { Settings } from '../workbook/settings.ts';

/** What it is connected for; `Send monthly statements from it`. */
export function purposeLabel(purpose: Purpose): string {
  const words = PURPOSE_WORDS[purpose];
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

const EXPLANATIONS: Readonly<Record<Purpose, string>> = {
  send: 'Purser reads its mail, too: whom last month’s statement went to, and that nothing goes out twice.',
  bookings: 'Purser only reads; it changes and deletes nothing.',
  calendar:
    'For crew. Of events that are about no charter Purser keeps only when they are, not what. It writes charters only to a calendar that you choose, once the account is connected.',
};

/** What can be connected for. */
export const CHOICES: readonly (PurposeChoice & { readonly purpose: Purpose })[] = PURPOSES.map(
  (purpose) => ({
    purpose,
    label: purposeLabel(purpose),
    explanation: EXPLANATIONS[purpose],
  }),
);

/**
 * What Google is asked for when an account is connected again: what it is connected for, and what the settings use it
 * for. Of a record of a former version nobody knows what it was for; there were mailboxes only, and the person says so
 * on Google's page.
 * @param settings null: they can't be read
 */
export function reconnectPurposes(
  { purposes, email }: AccountRecord,
  settings: Settings | null,
): readonly Purpose[] {
  const wanted = new Set([...purposes, ...(settings === null ? [] : purposesUsed(settings, email))]);
  return wanted.size === 0 ? ['send', 'bookings'] : [...wanted];
}

export const STATE_WORDS: Readonly<Record<AccountState, string>> = {
  connected: 'Connected',
  'ends-soon': 'Connected, but not for long',
  failing: 'Could not be renewed last time',
  reconnect: 'Must be connected again',
};

/** Of an account whose person did not allow everything. */
export const PARTLY_WORDS = 'Connected, but not for everything';

/** What Google found to work. */
export function worksWords(email: string, works: readonly Purpose[]): string {
  return `${email} answers. Purser can ${listed(works.map((purpose) => PURPOSE_WORDS[purpose]))}.`;
}

/** What was not granted, what does not work for it, and what to do; null when all was. */
export function missingWords(record: AccountRecord): string | null {
  const missing = [...new Set(record.purposes.flatMap((purpose) => missingScopes(record, purpose)))];
  // Whatever was granted is gone with the tokens.
  if (missing.length === 0 || record.dead !== null) return null;
  const fails = listed(whatFails(record.purposes, missing));
  return `Not granted: ${listed(missing.map(scopeWords))}, so ${fails}. Reconnect it, and tick everything that Google lists.`;
}

/**
 * @param settings `Send from` …
 * @param lacking those of them for which the account is not connected
 * @param forCalendar its calendar is read
 */
export function usesWords(
  settings: readonly string[] | null,
  lacking: readonly string[],
  forCalendar: boolean,
): string {
  if (settings === null) return 'The settings could not be read, so that nobody can tell what uses it.';
  if (settings.length === 0) {
    return forCalendar
      ? 'No setting names it; it is used for its calendar.'
      : 'No setting names it, so nothing uses it.';
  }
  const names = listed(settings.map((one) => `“${one}”`));
  const named = `Named by the setting${settings.length > 1 ? 's' : ''} ${names}`;
  if (lacking.length === 0) return `${named}.`;
  const isAll = lacking.length === settings.length;
  const lacks = isAll
    ? 'it is not connected for that'
    : `not connected for ${listed(lacking.map((one) => `“${one}”`))}`;
  return `${named}, but ${lacks}: press Reconnect.`;
}

/** Where charters are written, of an account that is connected for its calendar. @param chosen undefined: nowhere */
export function calendarWords(chosen: ChosenCalendar | undefined): string {
  return chosen === undefined
    ? 'Charters are written to: nothing. Its own calendar is read.'
    : `Charters are written to: “${cut(chosen.name)}”, which is read, too.`;
}

/** A connection that waits for the owner's decision. @param when as the dialog writes times */
export function waitingWords(
  { email, expectedEmail, emailVerified, since }: WaitingConnection,
  when: (iso: string) => string,
): string {
  const where = expectedEmail === '' ? '' : ` where ${expectedEmail} was expected`;
  const unverified = emailVerified ? '' : ` ${unverifiedWords(email)}`;
  return `${email} was connected on ${when(since)}${where}.${unverified} Nothing was changed; without a decision it is let go after 24 hours.`;
}

/**
 * What is asked before an account is disconnected.
 * @param jobs what can't be done then
 * @param calendar that its charters stay in; null: none
 */
export function disconnectQuestion(email: string, jobs: readonly string[], calendar: string | null): string {
  return [
    `Disconnect ${email}? Purser forgets it, and its access at Google is taken back.`,
    'That ends all access of the account through your Google Cloud client: another workbook with the same client loses it, too.',
    ...(jobs.length === 0 ? [] : ['Without it:', ...jobs]),
    ...(calendar === null ? [] : [`Charters that stand in “${cut(calendar)}” stay there as they are.`]),
  ].join(' ');
}

/** One line of the trail. */
export function trailWords({ email, what, by, detail, times }: TrailEvent): string {
  const often = times > 1 ? `, ${times} times` : '';
  const more = detail === undefined || detail === '' ? '' : ` (${detail})`;
  const whom = email === '' ? '' : `${email}: `;
  return `${whom}${TRAIL[what]}${more}${often} · ${by}`;
}

const TRAIL: Readonly<Record<TrailEvent['what'], string>> = {
  connected: 'connected',
  reconnected: 'connected again',
  refreshed: 'renewed',
  failed: 'could not be renewed',
  cleared: 'its access ended',
  disconnected: 'disconnected',
  told: 'the owner was told',
  confirmed: 'accepted as another account',
  discarded: 'turned down',
  invited: 'invited',
  withdrawn: 'the invitation was withdrawn',
  'client-stored': 'The Google Cloud client was entered',
  'web-app-set': 'The address of the web app was entered',
  stopped: 'no longer used for one thing',
  'calendar-chosen': 'the calendar for its charters was chosen',
};

/** `a, b and c` */
export function listed(words: readonly string[]): string {
  const last = words[words.length - 1] ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
