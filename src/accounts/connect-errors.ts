/** What can go wrong between the link and the stored record, in words. None holds a code, a token or a state. */
import { PurserError } from '../host/errors.ts';

/** Where a person removes an app's access to a Google account. */
const PERMISSIONS_PAGE = 'myaccount.google.com/permissions';

function refused(what: string, now: string): PurserError {
  return new PurserError('oauth-refused', { what, now });
}

/** Signing in as another account than the one that began is by far the likeliest cause; nobody needs to be blamed. */
export function notOurs(): PurserError {
  return refused(
    'This answer does not belong to a connection that was begun here, by the account that Purser runs as. Nothing was connected.',
    'Begin again, in a browser window where no other Google account is signed in.',
  );
}

export function tooLate(minutes: number): PurserError {
  return refused(
    `More than ${minutes} minutes passed since the connection was begun. Nothing was connected.`,
    'Begin again.',
  );
}

export function usedUp(): PurserError {
  return refused(
    'This answer was used already, or newer attempts took its place. Nothing was changed now.',
    'If a page said “Connected” before, all is well. If not, begin again.',
  );
}

/** @param error Google's word for it (RFC 6749, 4.1.2.1), from the address: anybody may have written it */
export function noCode(error: string): PurserError {
  const word = /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : '';
  return refused(
    `Google did not connect the account${word}.`,
    'Begin again. If it stays, check the OAuth client in Purser › Connected accounts….',
  );
}

export function codeRefused(): PurserError {
  return refused(
    'Google did not take its own answer any more: it was used before, or is too old.',
    'Begin again.',
  );
}

/** Whoever ends a grant, or has a code exchanged, goes first: what is given while a grant ends would end with it. */
export function stillEnding(): PurserError {
  return refused(
    'Purser was just connecting another account, or ending an access at Google. Nothing was connected.',
    'Begin again in a few minutes.',
  );
}

export function noEmail(): PurserError {
  return refused(
    'Google did not say which account it is. Nothing was connected.',
    'Begin again, and leave everything ticked that Google lists about who you are.',
  );
}

/** Google gives one at each consent that is asked for anew; without it the connection would end after an hour. */
export function noRefreshToken(email: string): PurserError {
  return refused(
    `Google gave access to ${email} for an hour only, which is of no use. Nothing was connected.`,
    `Signed in as ${email}, look at ${PERMISSIONS_PAGE}, and remove Purser’s access if it is there. Then begin again.`,
  );
}

export function invitationGone(why: string): PurserError {
  return refused(`${why} Nothing was connected.`, 'Ask whoever invited you for a new link.');
}

/** @param why of a record that a newer version wrote, or that can't be read */
export function recordUnreadable(why: string): PurserError {
  return refused(
    `There is a record of this account that must not be overwritten: ${why}`,
    'Update Purser, then connect again.',
  );
}

export function tooManyWaiting(): PurserError {
  return refused(
    'It is not the account that was expected, and too many others wait to be decided on. Nothing was connected.',
    'Decide on those that wait first, in Purser › Connected accounts….',
  );
}

export function notWaiting(): PurserError {
  return new PurserError('account-unknown', {
    what: 'This connection does not wait any more: it was decided already, or more than 24 hours passed.',
    now: 'Look at the list of accounts; if it is not there, connect it again.',
  });
}

export function notConnected(): PurserError {
  return new PurserError('account-unknown', {
    what: 'This account is not connected here any more.',
    now: 'Look at the list of accounts, and connect it anew if it is needed.',
  });
}
