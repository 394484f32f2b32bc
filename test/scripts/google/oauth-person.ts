/** A person and an app at the local OAuth server, over HTTP, with nothing of Purser's own client. */
import { createHash } from 'node:crypto';
import { LOCAL_OAUTH_CLIENT } from '../../../scripts/local/google/oauth-clients.ts';
import type { Json, Reply, StartedGoogle } from './started-google.ts';

export const AUTH = 'https://accounts.google.com/o/oauth2/v2/auth';
export const TOKEN = 'https://oauth2.googleapis.com/token';
export const REVOKE = 'https://oauth2.googleapis.com/revoke';
export const USERINFO = 'https://openidconnect.googleapis.com/v1/userinfo';
export const PROFILE = 'https://gmail.googleapis.com/gmail/v1/users/me/profile';
export const KIM = 'kim@harbor.example';
export const READ = 'https://www.googleapis.com/auth/gmail.readonly';
export const SEND = 'https://www.googleapis.com/auth/gmail.send';
export const EMAIL_SCOPE = 'https://www.googleapis.com/auth/userinfo.email';
const VERIFIER = 'v'.repeat(43);
const { clientId, clientSecret, redirectUris } = LOCAL_OAUTH_CLIENT;
export const REDIRECT = redirectUris[0] ?? '';

export type Fields = Readonly<Record<string, string | null>>;

/** The parameters with some changed; null leaves one out. */
function changed(base: Record<string, string>, by: Fields): URLSearchParams {
  const merged = Object.entries({ ...base, ...by });
  return new URLSearchParams(merged.filter((entry): entry is [string, string] => entry[1] !== null));
}

export function authUrl(by: Fields = {}): string {
  const base = {
    client_id: clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: `openid email ${READ}`,
    state: 'state-1',
    access_type: 'offline',
    prompt: 'consent',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  };
  return `${AUTH}?${changed(base, by).toString()}`;
}

export function form(google: StartedGoogle, url: string, fields: URLSearchParams): Promise<Reply> {
  return google.send('POST', url, {
    type: 'application/x-www-form-urlencoded',
    body: fields.toString(),
  });
}

/** The person's answer; where the browser is sent then. */
export async function decide(
  google: StartedGoogle,
  url: string,
  answer: { email?: string; ticks?: readonly string[]; decision?: string } = {},
): Promise<URL> {
  const { search, searchParams } = new URL(url);
  const fields = new URLSearchParams({ email: answer.email ?? KIM, decision: answer.decision ?? 'allow' });
  const ticks = answer.ticks ?? (searchParams.get('scope') ?? '').split(' ');
  for (const scope of ticks) fields.append('scope', scope);
  const reply = await form(google, `${AUTH}/callback${search}`, fields);
  if (reply.status !== 302) throw new Error(`${reply.status} ${reply.text}`);
  return new URL(String(reply.headers.location));
}

export async function codeFor(google: StartedGoogle, by: Fields = {}, email = KIM): Promise<string> {
  return (await decide(google, authUrl(by), { email })).searchParams.get('code') ?? '';
}

export function exchange(google: StartedGoogle, code: string, by: Fields = {}): Promise<Reply> {
  const base = {
    grant_type: 'authorization_code',
    code,
    client_id: clientId,
    client_secret: clientSecret,
    code_verifier: VERIFIER,
    redirect_uri: REDIRECT,
  };
  return form(google, TOKEN, changed(base, by));
}

export function refresh(google: StartedGoogle, refreshToken: string, by: Fields = {}): Promise<Reply> {
  const base = {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: clientId,
    client_secret: clientSecret,
  };
  return form(google, TOKEN, changed(base, by));
}

/** A consent and its tokens. */
export async function connect(google: StartedGoogle, by: Fields = {}, email = KIM): Promise<Json> {
  const reply = await exchange(google, await codeFor(google, by, email));
  if (reply.status !== 200) throw new Error(`${reply.status} ${reply.text}`);
  return reply.json;
}

export const revoke = (google: StartedGoogle, token: string): Promise<Reply> =>
  form(google, REVOKE, new URLSearchParams({ token }));

export const works = async (google: StartedGoogle, token: string): Promise<boolean> =>
  (await google.send('GET', PROFILE, { token })).status === 200;
