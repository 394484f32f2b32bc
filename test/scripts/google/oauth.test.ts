import { createHash } from 'node:crypto';
import type { Reply, StartedGoogle } from './started-google.ts';
import { startGoogle } from './started-google.ts';

// developers.google.com/identity/protocols/oauth2/web-server
const TOKEN = 'https://oauth2.googleapis.com/token';
const USERINFO = 'https://openidconnect.googleapis.com/v1/userinfo';
const VERIFIER = 'v'.repeat(43);
const SCOPE = 'openid email https://www.googleapis.com/auth/gmail.readonly';
let google: StartedGoogle;

beforeEach(async () => {
  google = await startGoogle();
});
afterEach(() => google.close());

const form = (url: string, fields: Record<string, string>): Promise<Reply> =>
  google.send('POST', url, {
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(fields).toString(),
  });

async function code(email: string): Promise<string> {
  const reply = await form('https://accounts.google.com/o/oauth2/v2/auth/callback', {
    email,
    redirect_uri: 'https://script.google.com/macros/d/x/usercallback',
    scope: SCOPE,
    state: 'state-1',
    client_id: 'client',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  });
  expect(reply.status).toBe(302);
  const target = new URL(String(reply.headers.location));
  expect(target.searchParams.get('state')).toBe('state-1');
  return target.searchParams.get('code') ?? '';
}

const exchange = async (verifier: string): Promise<Reply> =>
  form(TOKEN, {
    grant_type: 'authorization_code',
    code: await code('kim@harbor.example'),
    client_id: 'client',
    client_secret: 'secret',
    code_verifier: verifier,
    redirect_uri: 'https://script.google.com/macros/d/x/usercallback',
  });

test('a signed-in account gets tokens that Gmail takes, refreshes them, and loses them when revoked', async () => {
  const page = await google.send(
    'GET',
    'https://accounts.google.com/o/oauth2/v2/auth?client_id=client&scope=openid&redirect_uri=https%3A%2F%2Fx.example',
  );
  expect(page.text).toContain('kim@harbor.example');
  const { json: first } = await exchange(VERIFIER);
  expect(first).toMatchObject({
    token_type: 'Bearer',
    expires_in: 3600,
    scope: SCOPE,
    refresh_token: expect.any(String),
  });
  const profile = 'https://gmail.googleapis.com/gmail/v1/users/me/profile';
  expect((await google.send('GET', profile, { token: first.access_token })).json.emailAddress).toBe(
    'kim@harbor.example',
  );
  expect((await google.send('GET', USERINFO, { token: first.access_token })).json).toMatchObject({
    email: 'kim@harbor.example',
    sub: expect.any(String),
  });
  const { json: fresh } = await form(TOKEN, {
    grant_type: 'refresh_token',
    refresh_token: first.refresh_token,
    client_id: 'client',
    client_secret: 'secret',
  });
  expect(fresh.access_token).not.toBe(first.access_token);
  expect((await google.send('GET', profile, { token: fresh.access_token })).status).toBe(200);
  expect((await form('https://oauth2.googleapis.com/revoke', { token: fresh.access_token })).status).toBe(
    200,
  );
  expect((await google.send('GET', profile, { token: fresh.access_token })).status).toBe(401);
});

test('a wrong PKCE verifier gets no token', async () => {
  const reply = await exchange('w'.repeat(43));
  expect(reply.status).toBe(400);
  expect(reply.json.error).toBe('invalid_grant');
});

test('access and refresh tokens still work in a process that goes on from the dump', async () => {
  const { json: first } = await exchange(VERIFIER);
  const state: unknown = JSON.parse(JSON.stringify(google.google.dump()));
  await google.close();
  google = await startGoogle();
  google.google.restore(state);
  const profile = 'https://gmail.googleapis.com/gmail/v1/users/me/profile';
  expect((await google.send('GET', profile, { token: first.access_token })).status).toBe(200);
  const reply = await form(TOKEN, {
    grant_type: 'refresh_token',
    refresh_token: first.refresh_token,
    client_id: 'client',
    client_secret: 'secret',
  });
  expect(reply.status).toBe(200);
});

test('userinfo knows a token that the Workspace itself gave out', async () => {
  const token = google.token('openid', 'userinfo.email');
  expect((await google.send('GET', USERINFO, { token })).json.email).toBe('pat@harbor.example');
  expect((await google.send('GET', USERINFO, { token: 'unknown' })).status).toBe(401);
});
