/**
 * POST oauth2.googleapis.com/token and /revoke: developers.google.com/identity/protocols/oauth2/web-server , with the
 * error bodies that people report from it (github.com/googleapis/google-api-php-client/issues/2669,
 * google-api-nodejs-client/issues/3679, prasmussen/gdrive/issues/375, kewisch/gdata-provider/issues/23, SocialiteProviders/Providers/issues/564).
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../contract.ts';
import type { Answer, ApiCall } from './http.ts';
import { GoogleFailure, jsonAnswer } from './http.ts';
import type { IdTokens } from './id-token.ts';
import type { Accounts } from './oauth-accounts.ts';
import type { OAuthClientRecord } from './oauth-clients.ts';
import type { Code, Consent, Grants, RefreshToken } from './oauth-grants.ts';
import { oauthError } from './oauth-switches.ts';

const DEFAULT_LIFETIME_SECONDS = 3599;

export interface TokenParts {
  readonly clock: Clock;
  readonly clients: readonly OAuthClientRecord[];
  readonly accounts: Accounts;
  readonly grants: Grants;
  readonly idTokens: IdTokens;
  readonly switches: {
    readonly rotate?: 'overlap' | 'strict' | false;
    readonly lifetimeSeconds?: number;
    readonly omitRefreshToken?: boolean;
    readonly testing?: boolean;
  };
  /** Told of each refresh that was served. */
  onRefreshed(subject: string): void;
}

function refused(status: number, error: string, description: string): GoogleFailure {
  return new GoogleFailure(oauthError(status, error, description));
}

/** @throws GoogleFailure */
export function answerToken(call: ApiCall, parts: TokenParts): Answer {
  const form = formOf(call);
  const client = authenticated(call, form, parts.clients);
  const grantType = form.get('grant_type') ?? '';
  if (grantType === 'authorization_code') return exchanged(form, client, parts);
  if (grantType === 'refresh_token') return refreshed(form, client, parts);
  throw refused(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType}`);
}

/** @throws GoogleFailure */
export function answerRevoke(call: ApiCall, grants: Grants): Answer {
  const token = call.query.get('token') ?? formOf(call).get('token');
  if (token === null || token === '') throw refused(400, 'invalid_request', 'Bad Request');
  if (!grants.revoke(token)) throw refused(400, 'invalid_token', 'Token expired or revoked');
  return jsonAnswer(200, {});
}

function formOf(call: ApiCall): URLSearchParams {
  const type = call.headers['content-type'] ?? '';
  if (call.body.length === 0) return new URLSearchParams();
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    throw refused(400, 'invalid_request', 'Bad Request');
  }
  return new URLSearchParams(call.body.toString('utf8'));
}

function authenticated(
  call: ApiCall,
  form: URLSearchParams,
  clients: readonly OAuthClientRecord[],
): OAuthClientRecord {
  const basic = /^Basic\s+(\S+)$/i.exec(call.headers.authorization ?? '')?.[1];
  const [user, password] = Buffer.from(basic ?? '', 'base64')
    .toString()
    .split(':')
    .map(decodeURIComponent);
  const clientId = form.get('client_id') ?? (user === '' ? undefined : user);
  const secret = form.get('client_secret') ?? password;
  if (clientId === undefined)
    throw refused(400, 'invalid_request', 'Could not determine client ID from request.');
  const client = clients.find((one) => one.clientId === clientId);
  if (client === undefined) throw refused(401, 'invalid_client', 'The OAuth client was not found.');
  if (secret === undefined || secret === '')
    throw refused(400, 'invalid_request', 'client_secret is missing.');
  if (!isSame(secret, client.clientSecret)) throw refused(401, 'invalid_client', 'Unauthorized');
  return client;
}

function exchanged(form: URLSearchParams, client: OAuthClientRecord, parts: TokenParts): Answer {
  const { grants, switches } = parts;
  const given = form.get('code') ?? '';
  if (given === '') throw refused(400, 'invalid_request', 'Missing required parameter: code');
  // Used up whatever comes of it: a client has one try.
  const code = grants.takeCode(given);
  if (code === null) {
    const known = given.startsWith('4/0local');
    throw refused(400, 'invalid_grant', known ? 'Bad Request' : 'Malformed auth code.');
  }
  if (code.clientId !== client.clientId) throw refused(400, 'invalid_grant', 'Bad Request');
  if (form.get('redirect_uri') !== code.redirectUri)
    throw refused(400, 'redirect_uri_mismatch', 'Bad Request');
  checkVerifier(code, form.get('code_verifier'));
  const refresh =
    code.offline && switches.omitRefreshToken !== true
      ? grants.issueRefresh(code, { testing: switches.testing === true })
      : null;
  return reply(code, refresh, code.nonce, parts);
}

/** RFC 7636 section 4.6. */
function checkVerifier({ challenge }: Code, verifier: string | null): void {
  if (challenge === null) {
    if (verifier === null) return;
    throw refused(400, 'invalid_grant', 'code_verifier or verifier is not needed.');
  }
  if (verifier === null) throw refused(400, 'invalid_grant', 'Missing code verifier.');
  const wellFormed = /^[A-Za-z0-9._~-]{43,128}$/.test(verifier);
  const made =
    challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (!wellFormed || !isSame(made, challenge.value))
    throw refused(400, 'invalid_grant', 'Invalid code verifier.');
}

function refreshed(form: URLSearchParams, client: OAuthClientRecord, parts: TokenParts): Answer {
  const { grants, switches } = parts;
  const given = form.get('refresh_token') ?? '';
  if (given === '') throw refused(400, 'invalid_request', 'Missing required parameter: refresh_token');
  const owner = grants.clientOfRefresh(given);
  // Not the `invalid_grant` of RFC 6749, 5.2: prasmussen/gdrive/issues/375, google-auth-library-python/issues/1561
  if (owner !== null && owner !== client.clientId) throw refused(401, 'unauthorized_client', 'Unauthorized');
  const token = grants.useRefresh(given, client.clientId, switches.rotate === 'strict');
  if (token === null) {
    // What never was a token, or was one long ago, is a "Bad Request": github.com/AlphaTiles/AlphaTiles/pull/107
    const known = given.startsWith('1//0local-');
    throw refused(400, 'invalid_grant', known ? 'Token has been expired or revoked.' : 'Bad Request');
  }
  parts.onRefreshed(token.subject);
  return reply(token, rotated(token, parts), null, parts);
}

function rotated(token: RefreshToken, { grants, switches }: TokenParts): RefreshToken | null {
  if (!switches.rotate || switches.omitRefreshToken === true) return null;
  const next = grants.issueRefresh(token, { testing: switches.testing === true, family: token.family });
  grants.replace(token, next);
  return next;
}

function reply(
  grant: Consent,
  refresh: RefreshToken | null,
  nonce: string | null,
  { grants, accounts, idTokens, switches, clock }: TokenParts,
): Answer {
  const lifetimeSeconds = switches.lifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS;
  const { clientId, subject, scopes } = grant;
  const accessToken = grants.issueAccess({ clientId, subject, scopes }, lifetimeSeconds);
  const account = accounts.withSubject(subject);
  const nowMs = clock.now();
  return jsonAnswer(
    200,
    {
      access_token: accessToken,
      expires_in: lifetimeSeconds,
      ...(refresh === null ? {} : { refresh_token: refresh.token }),
      scope: scopes.join(' '),
      token_type: 'Bearer',
      ...(scopes.includes('openid') && account !== undefined
        ? { id_token: idTokens.make({ account, clientId, scopes, nonce, accessToken, nowMs }) }
        : {}),
      ...(refresh === null || refresh.expiresMs === null
        ? {}
        : { refresh_token_expires_in: Math.floor((refresh.expiresMs - nowMs) / 1000) }),
    },
    { headers: { 'cache-control': 'no-cache, no-store, max-age=0, must-revalidate', pragma: 'no-cache' } },
  );
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => new Uint8Array(createHash('sha256').update(text).digest()));
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
