/** developers.google.com/identity/protocols/oauth2/web-server and …/identity/openid-connect/openid-connect */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { LOCAL_OAUTH_CLIENT } from '../../../scripts/local/google/oauth-clients.ts';
import {
  authUrl,
  codeFor,
  connect,
  EMAIL_SCOPE,
  exchange,
  form,
  KIM,
  PROFILE,
  READ,
  REDIRECT,
  refresh,
  revoke,
  TOKEN,
  USERINFO,
  works,
} from './oauth-person.ts';
import type { Json, StartedGoogle } from './started-google.ts';
import { NOW_MS, startGoogle } from './started-google.ts';

const MINUTE_MS = 60_000;
let google: StartedGoogle;

beforeEach(async () => {
  google = await startGoogle();
});
afterEach(() => google.close());

const part = (token: string, at: number): Json =>
  JSON.parse(Buffer.from(token.split('.')[at] ?? '', 'base64url').toString());

test('a signed-in account gets tokens that Gmail takes, refreshes them, and loses them when revoked', async () => {
  expect((await google.send('GET', authUrl())).text).toContain(KIM);
  const first = await connect(google);
  expect(first).toEqual({
    access_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 3599,
    scope: `openid ${EMAIL_SCOPE} ${READ}`,
    refresh_token: expect.any(String),
    id_token: expect.any(String),
  });
  expect((await google.send('GET', PROFILE, { token: first.access_token })).json.emailAddress).toBe(KIM);
  const userinfo = (await google.send('GET', USERINFO, { token: first.access_token })).json;
  expect(userinfo).toEqual({ email: KIM, email_verified: true, sub: expect.stringMatching(/^\d{21}$/) });
  const { json: fresh } = await refresh(google, first.refresh_token);
  expect(fresh.access_token).not.toBe(first.access_token);
  expect(fresh.scope).toBe(first.scope);
  expect(fresh).not.toHaveProperty('refresh_token');
  expect(await works(google, fresh.access_token)).toBe(true);
  expect((await revoke(google, fresh.access_token)).status).toBe(200);
  expect(await works(google, fresh.access_token)).toBe(false);
});

test('access and refresh tokens still work in a process that goes on from the dump, and codes are still used up', async () => {
  const code = await codeFor(google);
  const { json: first } = await exchange(google, code);
  const state: unknown = JSON.parse(JSON.stringify(google.google.dump()));
  await google.close();
  google = await startGoogle();
  google.google.restore(state);
  expect(google.google.dump()).toEqual(state);
  expect(await works(google, first.access_token)).toBe(true);
  expect((await refresh(google, first.refresh_token)).status).toBe(200);
  expect((await exchange(google, code)).json.error).toBe('invalid_grant');
});

test('tokens given after a dump are worth nothing once it is restored, nor are the switches', async () => {
  const state = google.google.dump();
  const later = await connect(google);
  google.google.oauth({ answer: 'html-503' });
  google.google.restore(state);
  expect(await works(google, later.access_token)).toBe(false);
  expect((await refresh(google, later.refresh_token)).json.error).toBe('invalid_grant');
});

test.each([
  [
    'of the emulator, which served this before',
    { store: {}, tokens: [{ token: 'a', login: KIM, scopes: [] }] },
  ],
  ['of another version', { version: 3, accounts: [null], consents: 'none' }],
])('a state %s is nobody signed in', async (_name, oauth) => {
  google.google.restore({ ...(google.google.dump() as object), oauth });
  expect((await connect(google)).refresh_token).toEqual(expect.any(String));
});

test('userinfo knows a token that the Workspace itself gave out', async () => {
  const token = google.token('openid', 'userinfo.email');
  expect((await google.send('GET', USERINFO, { token })).json.email).toBe('pat@harbor.example');
  expect((await google.send('GET', USERINFO, { token: 'unknown' })).status).toBe(401);
});

describe('the ID token', () => {
  test('says who it is, for whom, and until when, by the clock', async () => {
    const reply = await connect(google, { nonce: 'n-1', scope: 'openid email profile' });
    const hash = createHash('sha256').update(reply.access_token).digest();
    const { clientId } = LOCAL_OAUTH_CLIENT;
    expect(part(reply.id_token, 1)).toEqual({
      iss: 'https://accounts.google.com',
      aud: clientId,
      azp: clientId,
      sub: google.google.tokensOf(KIM).subject,
      email: KIM,
      email_verified: true,
      name: 'Kim',
      given_name: 'Kim',
      nonce: 'n-1',
      at_hash: hash.subarray(0, 16).toString('base64url'),
      iat: NOW_MS / 1000,
      exp: NOW_MS / 1000 + 3600,
    });
  });

  test('is signed with the key that Google publishes', async () => {
    const { id_token: idToken } = await connect(google);
    const { json } = await google.send('GET', 'https://www.googleapis.com/oauth2/v3/certs');
    const key = json.keys.find((one: Json) => one.kid === part(idToken, 0).kid);
    const [header, payload, signature = ''] = idToken.split('.');
    const checked = (text: string) =>
      verify(
        'sha256',
        new Uint8Array(Buffer.from(text)),
        createPublicKey({ key, format: 'jwk' }),
        new Uint8Array(Buffer.from(signature, 'base64url')),
      );
    expect(part(idToken, 0).alg).toBe('RS256');
    expect(checked(`${header}.${payload}`)).toBe(true);
    expect(checked(`${header}.${payload}x`)).toBe(false);
  });

  test('tells no more than the scopes allow, and is not there without openid', async () => {
    const claims = part((await connect(google, { scope: 'openid' })).id_token, 1);
    expect(claims).not.toHaveProperty('email');
    expect(claims).not.toHaveProperty('name');
    expect(await connect(google, { scope: READ })).not.toHaveProperty('id_token');
  });
});

describe('a code', () => {
  test.each([
    ['of another verifier', { code_verifier: 'w'.repeat(43) }, 'invalid_grant', 'Invalid code verifier.'],
    ['without its verifier', { code_verifier: null }, 'invalid_grant', 'Missing code verifier.'],
    ['for another redirect', { redirect_uri: `${REDIRECT}/` }, 'redirect_uri_mismatch', 'Bad Request'],
    ['without a redirect', { redirect_uri: null }, 'redirect_uri_mismatch', 'Bad Request'],
    ['made up', { code: '4/0abc' }, 'invalid_grant', 'Malformed auth code.'],
    ['left out', { code: null }, 'invalid_request', 'Missing required parameter: code'],
  ])('%s gets no token', async (_name, by, error, description) => {
    const reply = await exchange(google, await codeFor(google), by);
    expect(reply.status).toBe(400);
    expect(reply.json).toEqual({ error, error_description: description });
  });

  test('with a verifier too short gets none, even if it is the right one', async () => {
    const short = 'v'.repeat(42);
    const challenge = { code_challenge: createHash('sha256').update(short).digest('base64url') };
    const reply = await exchange(google, await codeFor(google, challenge), { code_verifier: short });
    expect(reply.json.error_description).toBe('Invalid code verifier.');
  });

  test('is good once, also when the first try failed', async () => {
    const code = await codeFor(google);
    expect((await exchange(google, code)).status).toBe(200);
    expect((await exchange(google, code)).json.error).toBe('invalid_grant');
    const other = await codeFor(google);
    await exchange(google, other, { code_verifier: 'w'.repeat(43) });
    expect((await exchange(google, other)).json.error).toBe('invalid_grant');
  });

  test('is good for ten minutes', async () => {
    const [early, late] = [await codeFor(google), await codeFor(google)];
    google.clock.advance(10 * MINUTE_MS - 1);
    expect((await exchange(google, early)).status).toBe(200);
    google.clock.advance(1);
    expect((await exchange(google, late)).json.error).toBe('invalid_grant');
  });

  test('asked for without PKCE must come without a verifier; a plain challenge is the verifier', async () => {
    const none = { code_challenge: null, code_challenge_method: null };
    expect((await exchange(google, await codeFor(google, none))).json.error_description).toBe(
      'code_verifier or verifier is not needed.',
    );
    expect((await exchange(google, await codeFor(google, none), { code_verifier: null })).status).toBe(200);
    const plain = { code_challenge: 'v'.repeat(43), code_challenge_method: null };
    expect((await exchange(google, await codeFor(google, plain))).status).toBe(200);
  });
});

describe('the app', () => {
  test.each([
    ['an unknown id', { client_id: 'other.apps.googleusercontent.com' }, 401, 'invalid_client'],
    ['a wrong secret', { client_secret: 'GOCSPX-wrong' }, 401, 'invalid_client'],
    ['no secret', { client_secret: null }, 400, 'invalid_request'],
    ['no id', { client_id: null }, 400, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['a refresh token left out', { refresh_token: null }, 400, 'invalid_request'],
    ['a refresh token made up', { refresh_token: '1//made-up' }, 400, 'invalid_grant'],
    ['an access token in its place', { refresh_token: 'ya29.local-x' }, 400, 'invalid_grant'],
  ])('with %s is refused', async (_name, by, status, error) => {
    const { refresh_token: token } = await connect(google);
    const reply = await refresh(google, token, by);
    expect([reply.status, reply.json.error]).toEqual([status, error]);
    expect((await refresh(google, token)).status).toBe(200);
  });

  test('may say its secret by Basic authorization, and must send a form', async () => {
    const { refresh_token: token } = await connect(google);
    const { clientId, clientSecret } = LOCAL_OAUTH_CLIENT;
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }).toString();
    const type = 'application/x-www-form-urlencoded';
    const send = (contentType: string, headers: Record<string, string>) =>
      google.send('POST', TOKEN, { type: contentType, body, headers });
    expect((await send(type, { authorization })).status).toBe(200);
    expect((await send(type, {})).json.error).toBe('invalid_request');
    expect((await send('application/json', { authorization })).json.error).toBe('invalid_request');
  });
});

test('a long code with signs that a form must escape comes through', async () => {
  const code = await codeFor(google);
  expect(code).toContain('/');
  expect((await form(google, TOKEN, new URLSearchParams({ code: `${code}+` }))).status).toBe(400);
});
