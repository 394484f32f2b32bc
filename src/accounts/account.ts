/**
 * A connected account: another Google account whose refresh token Purser keeps, in user properties of the person who
 * owns the triggers. Keyed by the subject id: e-mail addresses change, and are given to somebody else
 * (developers.google.com/identity/openid-connect/openid-connect#an-id-tokens-payload).
 */

/**
 * What an account is connected for. `send`: statements go out from it; `bookings`: booking mail is read from it;
 * `calendar`: charters are written to it and its events read.
 */
export const PURPOSES = ['send', 'bookings', 'calendar'] as const;
export type Purpose = (typeof PURPOSES)[number];

const GOOGLE = 'https://www.googleapis.com/auth';

/** Who the person is; asked for with every purpose. Google answers `email` with `…/userinfo.email`, and so on. */
export const IDENTITY_SCOPES = ['openid', 'email', 'profile'] as const;

/**
 * Sending needs to read, too: what was sent is looked for in Sent, so that a statement never goes out twice, and its
 * recipients come from the mail of the month before.
 */
export const PURPOSE_SCOPES: Readonly<Record<Purpose, readonly string[]>> = {
  send: [`${GOOGLE}/gmail.send`, `${GOOGLE}/gmail.readonly`],
  bookings: [`${GOOGLE}/gmail.readonly`],
  calendar: [`${GOOGLE}/calendar.events`, `${GOOGLE}/calendar.calendarlist.readonly`],
};

/** A calendar of the account that a person chose. */
export interface ChosenCalendar {
  /** Google’s id of it; `primary` for the account’s own. */
  readonly id: string;
  /** As it was called when it was chosen; text from outside. */
  readonly name: string;
}

/** Why a refresh token died, as far as Google's answer and the record's dates tell. */
export const DEATH_CAUSES = [
  /** The consent screen is in testing: seven days. */
  'testing',
  /** The person gave access for a limited time only. */
  'time-limited',
  /** Six months unused. */
  'unused',
  /** A Workspace administrator asks people to sign in again. */
  'sign-in-again',
  /** The Google account is gone. */
  'account-gone',
  /** Revoked by the person, or the password changed, or over 100 tokens of this client. */
  'revoked',
  /** An API refused a token that had just been made. */
  'refused-by-api',
] as const;
export type DeathCause = (typeof DEATH_CAUSES)[number];

export interface AccountError {
  /** ISO 8601 UTC, as all times here. */
  readonly at: string;
  readonly code: string;
  /** Words of ours; never a reply's body. */
  readonly what: string;
  /** What a person can do about it. */
  readonly now?: string;
  /** When it failed first, of a row of failures without a success in between. */
  readonly since?: string;
  /** When the owner was told that it goes on failing; absent when not yet. */
  readonly toldAt?: string;
}

export interface AccountRecord {
  readonly schema: 2;
  /** The provider's id of the account; never changes. */
  readonly subject: string;
  readonly email: string;
  readonly name: string;
  readonly emailVerified: boolean;
  readonly purposes: readonly Purpose[];
  /** What a person stopped: not to be guessed from the scopes again. */
  readonly stopped?: readonly Purpose[];
  /** Charters are written there, and it is read; absent: its own calendar is read, and nothing written. */
  readonly calendar?: ChosenCalendar;
  /** The OAuth client that the refresh token belongs to, by its public id; absent when nobody knows. */
  readonly clientId?: string;
  /** Null, as the refresh token, once the account needs to be connected again. */
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  /** Of the access token; null when nobody knows, which counts as expired. */
  readonly expiresAt: string | null;
  /** Of the access token, as issued. */
  readonly lifetimeSeconds: number | null;
  /** As granted, in Google's long form. */
  readonly scopes: readonly string[];
  readonly tokenType: string;
  /** When the account was first connected. */
  readonly createdAt: string;
  /** When the person last consented, which gave the refresh token. */
  readonly consentedAt: string;
  /** Google says when a refresh token will end if it is bound to (`refresh_token_expires_in`); else null. */
  readonly refreshTokenExpiresAt: string | null;
  readonly lastRefreshedAt: string | null;
  readonly lastError: AccountError | null;
  /** Set when the account must be connected again. */
  readonly dead: { readonly at: string; readonly cause: DeathCause } | null;
  /** When the owner was told that it must be; null when not yet. */
  readonly toldAt: string | null;
}

/** Who or what asked, for the trail: `May 2026’s statement`, `hourly check`, `Test now`. */
export type AskedBy = string;
