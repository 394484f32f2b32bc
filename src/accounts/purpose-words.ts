/** Purposes and accounts in the words of who is asked about them. */
import type { Purpose } from './account.ts';
import { PURPOSE_SCOPES } from './account.ts';

/** What Purser does with the account. */
export const PURPOSE_WORDS: Readonly<Record<Purpose, string>> = {
  send: 'send monthly statements from it',
  bookings: 'read booking mail in it',
  calendar: 'read its calendar and write charters to it',
};

/** Of an account whose address Google has not checked. */
export function unverifiedWords(email: string): string {
  return `${email} is unverified: Google has not checked that the address belongs to that account.`;
}

const FAILS: Readonly<Record<Purpose, string>> = {
  send: 'no statement can be sent from it',
  bookings: 'its booking mail can’t be read',
  calendar: 'its calendar is neither read nor written to',
};

/** What will not work without those scopes; purposes that need none of them are left out. */
export function whatFails(purposes: readonly Purpose[], missing: readonly string[]): readonly string[] {
  return purposes
    .filter((purpose) => PURPOSE_SCOPES[purpose].some((scope) => missing.includes(scope)))
    .map((purpose) => FAILS[purpose]);
}

const LOOKS: Readonly<Partial<Record<Purpose, string>>> = {
  send: 'into Sent, so that no statement goes out twice and last month’s recipients are known',
  bookings: 'for booking mail',
};

/**
 * Why Google asks for all mail where Purser wants little of it: scopes of Gmail are for whole mailboxes
 * (developers.google.com/workspace/gmail/api/auth/scopes). Null where no mail is read.
 */
export function mailAccessWords(purposes: readonly Purpose[]): string | null {
  const looks = purposes.flatMap((purpose) => LOOKS[purpose] ?? []);
  if (looks.length === 0) return null;
  return `Google’s permission for that is to read all mail of the account: it has none for single folders or senders. Purser looks only ${looks.join(', and ')}, and changes and deletes nothing.`;
}

/**
 * What is read and written of calendars, for whom it matters: scopes of Google Calendar are for all of an account's
 * calendars (developers.google.com/workspace/calendar/api/auth). Null where none is used.
 */
export function calendarAccessWords(purposes: readonly Purpose[]): string | null {
  if (!purposes.includes('calendar')) return null;
  return 'Google’s permission for calendars is for all of the account’s. Purser reads one, the account’s own or another that is chosen for it: events about a charter, and of anything else only when it is, not what. It writes charters only once a calendar was chosen for that, and changes no event but its own.';
}
