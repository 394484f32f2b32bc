/** How tokens live and die: developers.google.com/identity/protocols/oauth2#expiration */
import { LOCAL_OAUTH_CLIENT } from '../../../scripts/local/google/oauth-clients.ts';
import {
  codeFor,
  connect,
  EMAIL_SCOPE,
  exchange,
  form,
  KIM,
  PROFILE,
  READ,
  REVOKE,
  refresh,
  revoke,
  SEND,
  works,
} from './oauth-person.ts';
import type { StartedGoogle } from './started-google.ts';
import { startGoogle } from './started-google.ts';

const DAY_MS = 86_400_000;
const DEAD = { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' };
let google: StartedGoogle;
beforeEach(async () => {
  google = await startGoogle();
});
afterEach(() => google.close());

const refreshes = async (token: string): Promise<boolean> => (await refresh(google, token)).status === 200;

describe('an access token', () => {
  test('ends by the clock with Google’s 401, from Gmail and userinfo alike', async () => {
    google.google.oauth({ lifetimeSeconds: 600 });
    const { access_token: token, expires_in: seconds } = await connect(google);
    expect(seconds).toBe(600);
    google.clock.advance(599_999);
    expect(await works(google, token)).toBe(true);
    google.clock.advance(1);
    const reply = await google.send('GET', PROFILE, { token });
    expect(reply.status).toBe(401);
    expect(reply.json.error).toMatchObject({ status: 'UNAUTHENTICATED', errors: [{ reason: 'authError' }] });
    const userinfo = 'https://openidconnect.googleapis.com/v1/userinfo';
    expect((await google.send('GET', userinfo, { token })).status).toBe(401);
  });

  test('is not ended by the next one', async () => {
    const first = await connect(google);
    await refresh(google, first.refresh_token);
    expect(await works(google, first.access_token)).toBe(true);
  });

  test('of an account opens that account’s mailbox, with its scopes only', async () => {
    const { access_token: token } = await connect(google, { scope: `email ${SEND}` }, 'new@harbor.example');
    const list = 'https://gmail.googleapis.com/gmail/v1/users/me/messages';
    expect((await google.send('GET', list, { token })).status).toBe(403);
    const reader = await connect(google, { scope: `email ${READ}` }, 'new@harbor.example');
    await google.google.deliver(new Uint8Array(Buffer.from('Subject: hello\r\n\r\nhello\r\n')), {
      labels: ['INBOX'],
      account: 'new@harbor.example',
    });
    expect((await google.send('GET', list, { token: reader.access_token })).json.messages).toHaveLength(1);
  });
});

describe('revoking', () => {
  test.each(['access_token', 'refresh_token'])(
    'the %s ends the whole grant, all its tokens',
    async (kind) => {
      const [one, other] = [await connect(google), await connect(google)];
      const stranger = await connect(google, {}, 'lee@harbor.example');
      expect((await revoke(google, one[kind])).json).toEqual({});
      for (const { access_token, refresh_token } of [one, other]) {
        expect(await works(google, access_token)).toBe(false);
        expect((await refresh(google, refresh_token)).json).toEqual(DEAD);
      }
      expect(await works(google, stranger.access_token)).toBe(true);
      expect(await refreshes(stranger.refresh_token)).toBe(true);
    },
  );

  test('a code that was not yet exchanged dies, too', async () => {
    const { refresh_token: token } = await connect(google);
    const code = await codeFor(google);
    await revoke(google, token);
    expect((await exchange(google, code)).json.error).toBe('invalid_grant');
  });

  test('a token that is none, or no more, is 400 invalid_token', async () => {
    const { access_token: token } = await connect(google);
    google.clock.advance(3_600_000);
    for (const dead of ['made-up', token]) {
      const reply = await revoke(google, dead);
      expect([reply.status, reply.json.error]).toEqual([400, 'invalid_token']);
    }
    expect((await form(google, REVOKE, new URLSearchParams())).json.error).toBe('invalid_request');
  });

  test('the token may stand in the query of a POST; a GET is not there', async () => {
    // github.com/googleapis/oauth2client/issues/750
    const { refresh_token: token } = await connect(google);
    const url = `${REVOKE}?${new URLSearchParams({ token }).toString()}`;
    expect((await google.send('GET', url)).status).toBe(404);
    expect(await refreshes(token)).toBe(true);
    expect((await google.send('POST', url)).status).toBe(200);
    expect(await refreshes(token)).toBe(false);
  });

  test('by the person at myaccount ends the account’s grants and no other’s', async () => {
    const [mine, other] = [await connect(google), await connect(google, {}, 'lee@harbor.example')];
    google.google.revokeByPerson(KIM);
    expect([await works(google, mine.access_token), await refreshes(mine.refresh_token)]).toEqual([
      false,
      false,
    ]);
    expect(google.google.tokensOf(KIM).refreshTokens).toEqual([]);
    expect(await refreshes(other.refresh_token)).toBe(true);
  });

  test('a changed password ends those with Gmail scopes', async () => {
    const mail = await connect(google);
    const calendar = await connect(google, { scope: 'https://www.googleapis.com/auth/calendar.events' });
    google.google.changePassword(KIM);
    expect((await refresh(google, mail.refresh_token)).json).toEqual(DEAD);
    expect(await refreshes(calendar.refresh_token)).toBe(true);
  });
});

describe('a refresh token dies', () => {
  test('seven days after consent while the consent screen is in testing, used or not, and the reply says so', async () => {
    google.google.oauth({ testing: true });
    const reply = await connect(google);
    expect(reply.refresh_token_expires_in).toBe(604_800);
    google.clock.advance(7 * DAY_MS - 1);
    expect(await refreshes(reply.refresh_token)).toBe(true);
    google.clock.advance(1);
    expect((await refresh(google, reply.refresh_token)).json).toEqual(DEAD);
  });

  test('not so for an app that asks only who somebody is', async () => {
    google.google.oauth({ testing: true });
    const reply = await connect(google, { scope: 'openid email profile' });
    expect(reply).not.toHaveProperty('refresh_token_expires_in');
    google.clock.advance(8 * DAY_MS);
    expect(await refreshes(reply.refresh_token)).toBe(true);
  });

  test('after six months without use, and use gives it six more', async () => {
    const { refresh_token: token } = await connect(google);
    for (const _ of [1, 2]) {
      google.clock.advance(180 * DAY_MS);
      expect(await refreshes(token)).toBe(true);
    }
    google.clock.advance(185 * DAY_MS);
    expect((await refresh(google, token)).json).toEqual(DEAD);
  });

  test('as the oldest when there are more than a hundred of one account and client', async () => {
    const other = await connect(google, {}, 'lee@harbor.example');
    const first = await connect(google);
    const second = await connect(google);
    for (let count = 3; count <= 100; count += 1) google.google.giveTokens(KIM, [READ]);
    expect(await refreshes(first.refresh_token)).toBe(true);
    google.google.giveTokens(KIM, [READ]);
    expect((await refresh(google, first.refresh_token)).json).toEqual(DEAD);
    expect(await refreshes(second.refresh_token)).toBe(true);
    expect(await works(google, first.access_token)).toBe(true);
    expect(await refreshes(other.refresh_token)).toBe(true);
  });
});

describe('rotation', () => {
  test('strict: the old one is dead at once, and used again it costs the whole family', async () => {
    google.google.oauth({ rotate: 'strict' });
    const first = (await connect(google)).refresh_token;
    const second = (await refresh(google, first)).json.refresh_token;
    const third = (await refresh(google, second)).json.refresh_token;
    expect(new Set([first, second, third]).size).toBe(3);
    expect((await refresh(google, first)).json).toEqual(DEAD);
    expect((await refresh(google, third)).json).toEqual(DEAD);
  });

  test('overlapping: the old one works until the new one was used', async () => {
    google.google.oauth({ rotate: 'overlap' });
    const first = (await connect(google)).refresh_token;
    await refresh(google, first);
    const second = (await refresh(google, first)).json.refresh_token;
    expect(second).not.toBe(first);
    const third = (await refresh(google, second)).json.refresh_token;
    expect((await refresh(google, first)).json).toEqual(DEAD);
    expect(await refreshes(third)).toBe(true);
  });
});

describe('switches', () => {
  const HTML = /^<!DOCTYPE html>/;

  test('a refresh token can be left out of every reply', async () => {
    const { refresh_token: token } = await connect(google);
    google.google.oauth({ omitRefreshToken: true, rotate: 'overlap' });
    expect(await connect(google)).not.toHaveProperty('refresh_token');
    expect((await refresh(google, token)).json).not.toHaveProperty('refresh_token');
  });

  test.each([
    ['html-503', 503, HTML],
    ['html-200', 200, HTML],
    ['json-500', 500, /internal_failure/],
    ['busy', 503, /temporarily_unavailable/],
    ['throttled', 429, /rate_limit/],
    ['sign-in-again', 400, /invalid_rapt/],
    ['account-gone', 400, /Account has been deleted/],
    ['client-gone', 401, /deleted_client/],
    ['policy', 400, /admin_policy_enforced/],
    // As the gateway says it to UrlFetchApp.
    ['slow', 599, /no answer/],
  ] as const)('%s is answered as often as asked, and costs nothing', async (answer, status, words) => {
    const { refresh_token: token } = await connect(google);
    google.google.oauth({ answer, times: 2, rotate: 'strict' });
    for (const _ of [1, 2]) {
      const reply = await refresh(google, token);
      expect([reply.status, words.test(reply.text)]).toEqual([status, true]);
    }
    expect(google.google.tokensOf(KIM).refreshes).toBe(0);
    expect(await refreshes(token)).toBe(true);
    expect(google.google.tokensOf(KIM).refreshes).toBe(1);
  });

  test('too late: no answer, although Google did it', async () => {
    const { refresh_token: token } = await connect(google);
    google.google.oauth({ answer: 'too-late', times: 1, rotate: 'strict' });
    expect((await refresh(google, token)).status).toBe(599);
    expect(google.google.tokensOf(KIM).refreshes).toBe(1);
    expect((await refresh(google, token)).json).toEqual(DEAD);
  });
});

/** As people found: prasmussen/gdrive/issues/375, googleapis/google-auth-library-python/issues/1561 */
test('another client’s refresh token is refused as the client’s fault, and stays good for its own', async () => {
  const other = {
    clientId: '200000000000-other.apps.googleusercontent.com',
    clientSecret: 'other-secret',
    redirectUris: [],
  };
  const two = await startGoogle(undefined, [LOCAL_OAUTH_CLIENT, other]);
  try {
    const { refresh_token: token } = await connect(two);
    const { clientId: client_id, clientSecret: client_secret } = other;
    const reply = await refresh(two, token, { client_id, client_secret });
    expect([reply.status, reply.json]).toEqual([
      401,
      { error: 'unauthorized_client', error_description: 'Unauthorized' },
    ]);
    expect((await refresh(two, token)).status).toBe(200);
    await revoke(two, token);
    expect((await refresh(two, token, { client_id, client_secret })).json.error).toBe('invalid_grant');
  } finally {
    await two.close();
  }
});

describe('accounts', () => {
  test('keep subject and tokens when they get another address', async () => {
    const { access_token: token } = await connect(google);
    const { subject } = google.google.tokensOf(KIM);
    expect(google.google.changeAccount(KIM, { email: 'kim@new.example' })).toBe(subject);
    expect((await google.send('GET', PROFILE, { token })).json.emailAddress).toBe('kim@new.example');
    expect(google.google.tokensOf('kim@new.example').refreshTokens).toHaveLength(1);
  });

  test('an address given to somebody else is another account', async () => {
    const { refresh_token: token } = await connect(google);
    const before = google.google.tokensOf(KIM).subject;
    google.google.changeAccount(KIM, { subject: '100000000000000000001', name: 'Kim the Second' });
    expect(google.google.tokensOf(KIM)).toEqual({
      subject: '100000000000000000001',
      refreshTokens: [],
      refreshes: 0,
    });
    expect(before).not.toBe('100000000000000000001');
    // The account that it was is gone with its address.
    expect(await refreshes(token)).toBe(false);
  });

  test('tokens can be given without a page, and are as good', async () => {
    const given = google.google.giveTokens(KIM, ['email', READ]);
    expect(given.scopes).toEqual([EMAIL_SCOPE, READ]);
    expect(await works(google, given.accessToken)).toBe(true);
    expect(await refreshes(given.refreshToken)).toBe(true);
    expect(google.google.tokensOf(KIM).refreshTokens).toMatchObject([
      { token: given.refreshToken, scopes: given.scopes },
    ]);
  });
});
