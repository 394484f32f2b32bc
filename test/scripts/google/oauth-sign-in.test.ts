/** What Google's sign-in page takes: developers.google.com/identity/protocols/oauth2/web-server#creatingclient */
import { LOCAL_WEB_APP_URL } from '../../../scripts/local/apps-script/deployment.ts';
import {
  authUrl,
  connect,
  decide,
  EMAIL_SCOPE,
  type Fields,
  KIM,
  READ,
  REDIRECT,
  refresh,
  SEND,
} from './oauth-person.ts';
import { EMAIL, type StartedGoogle, startGoogle } from './started-google.ts';

let google: StartedGoogle;
beforeEach(async () => {
  google = await startGoogle();
});
afterEach(() => google.close());

test.each<[string, Fields, number, string]>([
  ['an unknown client', { client_id: 'x.apps.googleusercontent.com' }, 401, 'invalid_client'],
  ['no client', { client_id: null }, 400, 'client_id'],
  ['no redirect', { redirect_uri: null }, 400, 'redirect_uri'],
  ['a redirect with a slash too many', { redirect_uri: `${REDIRECT}/` }, 400, 'redirect_uri_mismatch'],
  ['a redirect in other letters', { redirect_uri: REDIRECT.toUpperCase() }, 400, 'redirect_uri_mismatch'],
  ['a redirect with a query', { redirect_uri: `${REDIRECT}?a=1` }, 400, 'redirect_uri_mismatch'],
  ['a stranger’s redirect', { redirect_uri: 'https://evil.example/cb' }, 400, 'redirect_uri_mismatch'],
  ['no response type', { response_type: null }, 400, 'response_type'],
  ['another response type', { response_type: 'token' }, 400, 'unsupported_response_type'],
  ['no scope', { scope: ' ' }, 400, 'scope'],
  ['a scope that is none', { scope: 'openid gmail.readonly' }, 400, 'invalid_scope'],
  ['another access type', { access_type: 'forever' }, 400, 'access_type'],
  ['another prompt', { prompt: 'consent always' }, 400, 'prompt'],
  ['a prompt that contradicts itself', { prompt: 'none consent' }, 400, 'prompt'],
  ['another challenge method', { code_challenge_method: 'S512' }, 400, 'code_challenge_method'],
  ['a challenge that is no SHA-256', { code_challenge: 'short' }, 400, 'code_challenge'],
  ['a method without a challenge', { code_challenge: null }, 400, 'code_challenge'],
  [
    'included scopes neither true nor false',
    { include_granted_scopes: 'yes' },
    400,
    'include_granted_scopes',
  ],
])('%s is refused on Google’s own page, and nobody is sent anywhere', async (_name, by, status, words) => {
  const reply = await google.send('GET', authUrl(by));
  expect(reply.status).toBe(status);
  expect(reply.headers['content-type']).toContain('text/html');
  expect(reply.headers.location).toBeUndefined();
  expect(reply.text).toContain(words);
  expect(reply.text).not.toContain('<form');
  await expect(decide(google, authUrl(by))).rejects.toThrow(String(status));
});

test('a parameter said twice is refused', async () => {
  const reply = await google.send('GET', `${authUrl()}&scope=openid`);
  expect([reply.status, reply.text.includes('single value')]).toEqual([400, true]);
});

test('the page lists accounts and what is asked; a hint chooses one; hostile names stay text', async () => {
  google.google.changeAccount('mal@harbor.example', { name: '<script>alert(1)</script>' });
  const { text } = await google.send('GET', authUrl({ login_hint: KIM }));
  expect(text).toContain(EMAIL);
  expect(text).toMatch(/value="kim@harbor\.example" checked/);
  expect(text.match(/ checked/g)).toHaveLength(1);
  expect(text).toContain(`type="checkbox" name="scope" value="${READ}"`);
  expect(text).not.toContain(`value="${EMAIL_SCOPE}"`);
  expect(text).not.toContain('<script>');
});

test('the answer comes back with state, code and the scopes in long form', async () => {
  const target = await decide(google, authUrl({ state: 'a b&c=d/ü' }));
  expect(target.origin + target.pathname).toBe(REDIRECT);
  expect(Object.fromEntries(target.searchParams)).toEqual({
    state: 'a b&c=d/ü',
    code: expect.stringMatching(/^4\/0/),
    scope: `openid ${EMAIL_SCOPE} ${READ}`,
    authuser: '0',
    prompt: 'consent',
  });
});

test('the web app’s address is registered, too', async () => {
  const target = await decide(google, authUrl({ redirect_uri: LOCAL_WEB_APP_URL }));
  expect(target.href.startsWith(`${LOCAL_WEB_APP_URL}?`)).toBe(true);
});

test('who cancels is sent back with access_denied and the state, without a code', async () => {
  const target = await decide(google, authUrl(), { decision: 'deny' });
  expect(Object.fromEntries(target.searchParams)).toEqual({ state: 'state-1', error: 'access_denied' });
});

test('without a screen nobody can consent: prompt=none comes back with interaction_required', async () => {
  const reply = await google.send('GET', authUrl({ prompt: 'none' }));
  expect(new URL(String(reply.headers.location)).searchParams.get('error')).toBe('interaction_required');
});

test('any address may sign in, with the same 21-digit subject in every process', async () => {
  await connect(google, {}, 'new@elsewhere.example');
  const { subject } = google.google.tokensOf('New@elsewhere.example');
  expect(subject).toMatch(/^1\d{20}$/);
  expect(subject).not.toBe(google.google.tokensOf(KIM).subject);
  const other = await startGoogle();
  expect(other.google.tokensOf('NEW@elsewhere.example').subject).toBe(subject);
  await other.close();
});

describe('ticks', () => {
  const asked = { scope: `openid email ${READ} ${SEND}` };

  test('what was not ticked is not granted, and Gmail refuses it; sign-in scopes always are', async () => {
    const target = await decide(google, authUrl(asked), { ticks: [SEND] });
    expect(target.searchParams.get('scope')).toBe(`openid ${EMAIL_SCOPE} ${SEND}`);
    google.google.oauth({ grant: [SEND] });
    const { access_token: token, scope } = await connect(google, asked);
    expect(scope).toBe(`openid ${EMAIL_SCOPE} ${SEND}`);
    const list = 'https://gmail.googleapis.com/gmail/v1/users/me/messages';
    expect((await google.send('GET', list, { token })).status).toBe(403);
  });

  test('nothing ticked of nothing else asked is a refusal', async () => {
    const target = await decide(google, authUrl({ scope: READ }), { ticks: [] });
    expect(target.searchParams.get('error')).toBe('access_denied');
  });

  test('include_granted_scopes unites with what was granted before; without it the new token has only the new', async () => {
    await connect(google, { scope: `openid email ${READ}` });
    const alone = await connect(google, { scope: SEND });
    expect(alone.scope).toBe(SEND);
    const united = await connect(google, { scope: SEND, include_granted_scopes: 'true' });
    expect(united.scope).toBe(`openid ${EMAIL_SCOPE} ${READ} ${SEND}`);
    expect((await refresh(google, united.refresh_token)).json.scope).toBe(united.scope);
  });
});

describe('a refresh token', () => {
  test('comes with offline access only', async () => {
    expect(await connect(google, { access_type: null })).not.toHaveProperty('refresh_token');
    expect(await connect(google, { access_type: 'online' })).not.toHaveProperty('refresh_token');
  });

  test('comes with the first consent, and later with prompt=consent only', async () => {
    const quiet = { prompt: 'select_account' };
    expect(await connect(google, quiet)).toHaveProperty('refresh_token');
    expect(await connect(google, quiet)).not.toHaveProperty('refresh_token');
    expect(await connect(google, { prompt: 'consent select_account' })).toHaveProperty('refresh_token');
    expect(await connect(google, quiet, 'other@harbor.example')).toHaveProperty('refresh_token');
  });

  test('comes again with the first consent after everything was revoked', async () => {
    await connect(google, { prompt: null });
    google.google.revokeByPerson(KIM);
    expect(await connect(google, { prompt: null })).toHaveProperty('refresh_token');
  });
});
