/** Bearer tokens and scopes, checked as Google's front end checks them. */
import type { Clock, Grant, Tokens } from '../contract.ts';
import { liveGrant } from '../live-grant.ts';
import type { Api } from './errors.ts';
import { failure } from './errors.ts';
import type { ApiCall, GoogleFailure } from './http.ts';

export const SCOPES = {
  mailAll: 'https://mail.google.com/',
  mailModify: 'https://www.googleapis.com/auth/gmail.modify',
  mailRead: 'https://www.googleapis.com/auth/gmail.readonly',
  mailCompose: 'https://www.googleapis.com/auth/gmail.compose',
  mailSend: 'https://www.googleapis.com/auth/gmail.send',
  mailLabels: 'https://www.googleapis.com/auth/gmail.labels',
  drive: 'https://www.googleapis.com/auth/drive',
  driveFile: 'https://www.googleapis.com/auth/drive.file',
  driveRead: 'https://www.googleapis.com/auth/drive.readonly',
  calendar: 'https://www.googleapis.com/auth/calendar',
  calendarRead: 'https://www.googleapis.com/auth/calendar.readonly',
  calendarEvents: 'https://www.googleapis.com/auth/calendar.events',
  calendarEventsRead: 'https://www.googleapis.com/auth/calendar.events.readonly',
  calendarList: 'https://www.googleapis.com/auth/calendar.calendarlist',
  calendarListRead: 'https://www.googleapis.com/auth/calendar.calendarlist.readonly',
} as const;

const SEE =
  'Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';

function errorInfo(reason: string, service: string, method: string): readonly unknown[] {
  return [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason,
      domain: 'googleapis.com',
      metadata: { service, method },
    },
  ];
}

/**
 * What a call without a credential gets: 401, but 403 for a GET on Drive, which also takes API keys (measured:
 * github.com/brekkylab/backlot/issues/307).
 */
function noCredential(api: Api, call: ApiCall, method: string): GoogleFailure {
  if (api === 'drive' && call.method === 'GET') {
    return failure(
      api,
      403,
      'forbidden',
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
      { withStatus: true },
    );
  }
  return failure(api, 401, 'required', `Request is missing required authentication credential. ${SEE}`, {
    inner: 'Login Required.',
    place: { location: 'Authorization', locationType: 'header' },
    withStatus: true,
    details: errorInfo('CREDENTIALS_MISSING', `${api}.googleapis.com`, method),
    headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/"' },
  });
}

/** The bearer token of a call, or null without one. */
export function bearerOf(call: ApiCall): string | null {
  return /^Bearer\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1] ?? null;
}

/**
 * The grant behind a call's token, when it holds one of the scopes that the method takes.
 * @param method the name that Google gives in `details[].metadata.method`
 * @throws GoogleFailure 401 without a good token, 403 `insufficientPermissions` without a scope
 */
export function authorize(
  api: Api,
  call: ApiCall,
  { tokens, clock }: { readonly tokens: Tokens; readonly clock: Clock },
  scopes: readonly string[],
  method: string,
): Grant {
  const token = bearerOf(call);
  if (token === null && !call.headers.authorization) throw noCredential(api, call, method);
  const grant = token === null ? undefined : liveGrant(tokens, token, clock);
  if (!grant) {
    throw failure(api, 401, 'authError', `Request had invalid authentication credentials. ${SEE}`, {
      inner: 'Invalid Credentials',
      place: { location: 'Authorization', locationType: 'header' },
      withStatus: true,
      headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
    });
  }
  if (!grant.scopes.some((scope) => scopes.includes(scope))) {
    throw failure(api, 403, 'insufficientPermissions', 'Request had insufficient authentication scopes.', {
      inner: 'Insufficient Permission',
      withStatus: true,
      details: errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', `${api}.googleapis.com`, method),
      headers: {
        'www-authenticate': `Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="${scopes.join(' ')}"`,
      },
    });
  }
  return grant;
}
