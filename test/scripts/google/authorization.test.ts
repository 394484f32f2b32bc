import type { StartedGoogle } from './started-google.ts';
import { base64url, eml, startGoogle } from './started-google.ts';

let google: StartedGoogle;
beforeAll(async () => {
  google = await startGoogle();
});
afterAll(() => google.close());

const LIST = 'https://gmail.googleapis.com/gmail/v1/users/me/messages';
const SEND = 'https://gmail.googleapis.com/gmail/v1/users/me/messages/send';
const FILES = 'https://www.googleapis.com/drive/v3/files';

test('a bad token gets 401 UNAUTHENTICATED from Gmail and Drive', async () => {
  for (const url of [LIST, FILES]) {
    const reply = await google.send('GET', url, { token: 'expired' });
    expect(reply.status).toBe(401);
    expect(reply.json.error).toMatchObject({
      code: 401,
      status: 'UNAUTHENTICATED',
      errors: [{ reason: 'authError', location: 'Authorization' }],
    });
    expect(reply.json.error.message).toMatch(/^Request had invalid authentication credentials\./);
  }
});

test('without a token Gmail says 401, Drive says 403 to a GET and 401 to a POST', async () => {
  // Measured live: github.com/brekkylab/backlot/issues/307
  expect((await google.send('GET', LIST)).json.error).toMatchObject({ code: 401, status: 'UNAUTHENTICATED' });
  expect((await google.send('GET', FILES)).json.error).toMatchObject({
    code: 403,
    status: 'PERMISSION_DENIED',
  });
  expect((await google.send('POST', FILES)).json.error).toMatchObject({
    code: 401,
    status: 'UNAUTHENTICATED',
  });
});

test.each([
  ['gmail.send', 'GET', LIST],
  ['gmail.readonly', 'POST', SEND],
  ['drive', 'GET', LIST],
  ['drive.readonly', 'POST', FILES],
  ['gmail.readonly', 'GET', FILES],
])('%s is not enough to %s %s', async (scope, method, url) => {
  const reply = await google.send(method, url, {
    token: google.token(scope),
    ...(method === 'POST' ? { type: 'application/json', body: '{}' } : {}),
  });
  expect(reply.status).toBe(403);
  expect(reply.json.error).toMatchObject({
    code: 403,
    message: 'Request had insufficient authentication scopes.',
    status: 'PERMISSION_DENIED',
    errors: [{ domain: 'global', reason: 'insufficientPermissions', message: 'Insufficient Permission' }],
    details: [
      { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' },
    ],
  });
  expect(reply.headers['www-authenticate']).toContain('insufficient_scope');
});

test('mail.google.com reads and sends', async () => {
  const token = google.token('https://mail.google.com/');
  expect((await google.send('GET', LIST, { token })).status).toBe(200);
  const body = JSON.stringify({ raw: base64url(eml(['To: lee@partner.example'])) });
  expect((await google.send('POST', SEND, { token, type: 'application/json', body })).status).toBe(200);
});

test('an unknown route is a 404 in Google’s JSON', async () => {
  for (const url of [
    'https://gmail.googleapis.com/gmail/v1/users/me/mesages',
    'https://www.googleapis.com/drive/v3/nothing',
    'https://oauth2.googleapis.com/nothing',
  ]) {
    const reply = await google.send('GET', url);
    expect(reply.status).toBe(404);
    expect(reply.json.error).toMatchObject({ code: 404, errors: [{ reason: 'notFound' }] });
  }
});
