/**
 * Google's OAuth 2.0 for web servers and OpenID Connect, as far as connected accounts need them
 * (developers.google.com/identity/protocols/oauth2/web-server, developers.google.com/identity/openid-connect/reference).
 */
import * as v from 'valibot';
import { PurserError } from '../../host/errors.ts';
import type { HttpReply } from '../../host/host.ts';
import type { Call, Settled } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import { FORM_TYPE, formBody } from '../form.ts';
import { jwtClaims } from './jwt.ts';
import type { OAuthQuestion } from './oauth-reply.ts';
import { readOAuthReply, refusalError } from './oauth-reply.ts';
import { malformed, settleJson } from './reply.ts';

/** The operator's own client of the Google Cloud console. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface TokenReply {
  readonly accessToken: string;
  /** `Bearer` */
  readonly tokenType: string;
  readonly lifetimeSeconds: number | null;
  /** Null: the one that is there stays good. */
  readonly refreshToken: string | null;
  /** Null without a known end. */
  readonly refreshTokenLifetimeSeconds: number | null;
  /** As Google writes them: `https://www.googleapis.com/auth/userinfo.email` for `email`. Null: as asked (RFC 6749, 5.1). */
  readonly scopes: readonly string[] | null;
  readonly idToken: string | null;
}

/** `dead`: invalid_grant, the one answer that says that the grant (or a code) is gone; `subtype` such as `invalid_rapt`. */
export type TokenAnswer =
  | { readonly kind: 'token'; readonly reply: TokenReply }
  | { readonly kind: 'dead'; readonly subtype: string | null; readonly description: string };

export interface Identity {
  /** Google's id of the account; never changes. */
  readonly subject: string;
  /** Empty without the scope `email`. */
  readonly email: string;
  readonly emailVerified: boolean;
  /** Empty without the scope `profile`. */
  readonly name: string;
}

const TOKEN = 'https://oauth2.googleapis.com/token';

/**
 * Where the person consents. Offline access with consent asked anew is what gives a refresh token every time, and the
 * choice of the account is always theirs; scopes granted before stay granted
 * (developers.google.com/identity/protocols/oauth2/web-server#creatingclient).
 *
 * @param request.codeChallenge of PKCE, by S256 (RFC 7636, 4.2)
 */
export function authorizationUrl(request: {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string;
  readonly codeChallenge: string;
  readonly nonce: string;
  readonly loginHint: string | null;
}): string {
  const query = formBody({
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(' '),
    state: request.state,
    code_challenge: request.codeChallenge,
    code_challenge_method: 'S256',
    nonce: request.nonce,
    access_type: 'offline',
    prompt: 'consent select_account',
    include_granted_scopes: 'true',
    ...(request.loginHint === null ? {} : { login_hint: request.loginHint }),
  });
  return `https://accounts.google.com/o/oauth2/v2/auth?${query}`;
}

/**
 * Tokens for the code that came back from the consent page. Not repeatable: a code is good once, and a second use may
 * cost the tokens that the first one gave (RFC 6749, 4.1.2).
 *
 * Fails with `oauth-client-refused`, `oauth-refused`, `service-unavailable`, `service-throttled`, `reply-malformed`.
 */
export function exchangeCode(
  client: OAuthClient,
  request: { readonly code: string; readonly verifier: string; readonly redirectUri: string },
): Call<TokenAnswer> {
  const { code, verifier, redirectUri } = request;
  return tokenCall({ name: 'Google code exchange', repeatable: false, secrets: [code, verifier] }, client, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: redirectUri,
  });
}

/** A new access token; fails as `exchangeCode`. Repeatable: one more access token harms nobody. */
export function refreshAccess(client: OAuthClient, refreshToken: string): Call<TokenAnswer> {
  const question = {
    name: 'Google token renewal',
    repeatable: true,
    secrets: [refreshToken],
    isRenewal: true,
  };
  return tokenCall(question, client, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  });
}

function tokenCall(
  asked: OAuthQuestion,
  client: OAuthClient,
  fields: Readonly<Record<string, string>>,
): Call<TokenAnswer> {
  const question = { ...asked, secrets: [...asked.secrets, client.clientSecret] };
  const body = formBody({ ...fields, client_id: client.clientId, client_secret: client.clientSecret });
  return {
    name: question.name,
    repeatable: question.repeatable,
    request: () => ({ method: 'POST', url: TOKEN, headers: {}, contentType: FORM_TYPE, body }),
    settle: (reply) => settleToken(question, reply),
  };
}

/** UrlFetchApp takes a header's value only when it is ASCII. */
const Secret = v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/));

/** Some servers write numbers as text; what is no time counts as unknown. */
const Seconds = v.fallback(
  v.nullable(v.pipe(v.union([v.number(), v.string()]), v.transform(Number), v.finite(), v.minValue(0))),
  null,
);

const TokenBody = v.object({
  access_token: Secret,
  token_type: v.optional(v.string(), 'Bearer'),
  expires_in: Seconds,
  refresh_token: v.nullish(v.union([Secret, v.literal('')]), null),
  /** Of access that the person gave for a time only. */
  refresh_token_expires_in: Seconds,
  scope: v.nullish(v.string(), null),
  id_token: v.nullish(v.string(), null),
});

function settleToken(question: OAuthQuestion, reply: HttpReply): Settled<TokenAnswer> {
  const answer = readOAuthReply(question, reply);
  switch (answer.kind) {
    case 'trouble':
      return answer.settled;
    case 'refusal': {
      const { error, subtype, description } = answer.refusal;
      if (error === 'invalid_grant') return done({ kind: 'dead', subtype, description });
      return { kind: 'failed', error: refusalError(question, answer.refusal) };
    }
    case 'json': {
      const parsed = v.safeParse(TokenBody, answer.json);
      if (parsed.success) return done({ kind: 'token', reply: tokenReply(parsed.output) });
      const where = parsed.issues[0].path?.map((step) => String(step.key)).join('.') ?? 'the whole';
      return {
        kind: 'failed',
        error: malformed(question, `has something unexpected at ${where}`, null),
      };
    }
  }
}

function tokenReply(body: v.InferOutput<typeof TokenBody>): TokenReply {
  const scopes = (body.scope ?? '').split(/\s+/).filter((scope) => scope !== '');
  return {
    accessToken: body.access_token,
    tokenType: body.token_type,
    lifetimeSeconds: body.expires_in,
    refreshToken: body.refresh_token || null,
    refreshTokenLifetimeSeconds: body.refresh_token_expires_in,
    scopes: scopes.length === 0 ? null : scopes,
    idToken: body.id_token || null,
  };
}

/**
 * Ends the grant, whether the token is one for access or for refreshing
 * (developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke), with all scopes that this account ever gave
 * this client (…#incrementalAuth). `not-valid`: there was nothing to end, also after a first try whose reply was lost.
 */
export function revokeToken(token: string): Call<'revoked' | 'not-valid'> {
  const question = { name: 'Google token revocation', repeatable: true, secrets: [token] };
  return {
    name: question.name,
    repeatable: question.repeatable,
    request: () => ({
      method: 'POST',
      url: 'https://oauth2.googleapis.com/revoke',
      headers: {},
      contentType: FORM_TYPE,
      body: formBody({ token }),
    }),
    settle: (reply) => {
      const answer = readOAuthReply(question, reply);
      if (answer.kind === 'trouble') return answer.settled;
      if (answer.kind === 'json') return done('revoked');
      const { error } = answer.refusal;
      if (error === 'invalid_token' || error === 'invalid_grant') return done('not-valid');
      return { kind: 'failed', error: refusalError(question, answer.refusal) };
    },
  };
}

/** Some servers write the flag as text (openid.net/specs/openid-connect-core-1_0.html#StandardClaims says a boolean). */
const Flag = v.fallback(
  v.union([
    v.boolean(),
    v.pipe(
      v.string(),
      v.transform((text) => text === 'true'),
    ),
  ]),
  false,
);

const Claims = v.object({
  sub: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  email: v.optional(v.string(), ''),
  email_verified: Flag,
  name: v.optional(v.string(), ''),
});

/** Whose token it is, by the scope `openid` (…/identity/openid-connect/reference#userinfo). */
export function whoIs(accessToken: string): Call<Identity> {
  const question = { name: 'Google profile', repeatable: true };
  const call: Call<v.InferOutput<typeof Claims>> = {
    ...question,
    request: () => ({
      method: 'GET',
      url: 'https://openidconnect.googleapis.com/v1/userinfo',
      headers: { Authorization: `Bearer ${accessToken}` },
    }),
    settle: (reply) => settleJson(question, reply, Claims),
  };
  return andThen(call, (claims) => done(identityOf(claims)));
}

function identityOf(claims: v.InferOutput<typeof Claims>): Identity {
  const { sub, email, email_verified: emailVerified, name } = claims;
  return { subject: sub, email, emailVerified, name };
}

/** Google writes both: developers.google.com/identity/openid-connect/reference#discovery-document */
const ISSUERS: ReadonlySet<unknown> = new Set(['https://accounts.google.com', 'accounts.google.com']);

/** OpenID Connect Core, 2, allows a few minutes for clocks that differ. */
const CLOCK_SKEW_MS = 60_000;

/**
 * Who consented, by the ID token of the code's exchange. The signature is not checked: the token came straight from
 * Google's token endpoint over TLS, which vouches for it (openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation,
 * 3.1.3.7, 6). Never for a token that came any other way.
 *
 * @param expected.nonce null when none was sent
 * @throws PurserError `reply-malformed`: not an ID token; `oauth-refused`: another's, or an old one
 */
export function readIdToken(
  idToken: string,
  expected: { readonly clientId: string; readonly nonce: string | null; readonly nowMs: number },
): Identity {
  const claims = jwtClaims(idToken);
  const parsed = v.safeParse(Claims, claims);
  if (claims === null || !parsed.success) {
    throw malformed({ name: 'Google code exchange', repeatable: false }, 'has no readable ID token', null);
  }
  const { iss, aud, exp, nonce } = claims;
  if (!ISSUERS.has(iss)) throw notForUs('comes from another issuer', 'iss');
  if (aud !== expected.clientId) throw notForUs('is for another client', 'aud');
  if (typeof exp !== 'number' || exp * 1000 + CLOCK_SKEW_MS <= expected.nowMs) {
    throw notForUs('is out of date', 'exp');
  }
  if (expected.nonce !== null && nonce !== expected.nonce) throw notForUs('answers another request', 'nonce');
  return identityOf(parsed.output);
}

function notForUs(how: string, claim: string): PurserError {
  return new PurserError('oauth-refused', {
    what: `Google's statement of who consented can't be used: it ${how}.`,
    now: 'Start connecting again from Purser › Connected accounts….',
    data: { claim },
  });
}
