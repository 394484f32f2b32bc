/** The OAuth client that a person would have made on Google Cloud, and the scopes that the local Google knows. */
import { LOCAL_CALLBACK_URL, LOCAL_WEB_APP_URL } from '../apps-script/deployment.ts';

export interface OAuthClientRecord {
  readonly clientId: string;
  readonly clientSecret: string;
  /** As registered; compared character by character. */
  readonly redirectUris: readonly string[];
}

/** Opens nothing anywhere else. */
export const LOCAL_OAUTH_CLIENT: OAuthClientRecord = {
  clientId: '100000000000-localworkspace.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-local-workspace-secret',
  redirectUris: [LOCAL_CALLBACK_URL, LOCAL_WEB_APP_URL],
};

const AUTH = 'https://www.googleapis.com/auth/';
const KNOWN: ReadonlySet<string> = new Set([
  'openid',
  'https://mail.google.com/',
  ...[
    'calendar',
    'calendar.calendarlist',
    'calendar.calendarlist.readonly',
    'calendar.calendars',
    'calendar.calendars.readonly',
    'calendar.events',
    'calendar.events.owned',
    'calendar.events.readonly',
    'calendar.readonly',
    'drive',
    'drive.file',
    'drive.readonly',
    'gmail.compose',
    'gmail.labels',
    'gmail.modify',
    'gmail.readonly',
    'gmail.send',
    'spreadsheets',
    'spreadsheets.readonly',
    'userinfo.email',
    'userinfo.profile',
  ].map((name) => AUTH + name),
]);

/** "Sign-In scopes" can't be unticked: developers.google.com/identity/protocols/oauth2/resources/granular-permissions */
const SIGN_IN: readonly string[] = ['openid', `${AUTH}userinfo.email`, `${AUTH}userinfo.profile`];

/** Asked as `email`, answered as `https://www.googleapis.com/auth/userinfo.email`; `profile` likewise. */
export function longScope(scope: string): string {
  return scope === 'email' || scope === 'profile' ? `${AUTH}userinfo.${scope}` : scope;
}

/** Scopes of a space-separated list, in long form, each once. */
export function scopesOf(list: string): readonly string[] {
  return [
    ...new Set(
      list
        .split(' ')
        .filter((scope) => scope !== '')
        .map(longScope),
    ),
  ];
}

export function isKnownScope(scope: string): boolean {
  return KNOWN.has(scope);
}

export function isSignInScope(scope: string): boolean {
  return SIGN_IN.includes(scope);
}

/** A changed password ends refresh tokens with one of them: developers.google.com/identity/protocols/oauth2#expiration */
export function isGmailScope(scope: string): boolean {
  return scope === 'https://mail.google.com/' || scope.startsWith(`${AUTH}gmail.`);
}
