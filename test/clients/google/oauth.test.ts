import fc from 'fast-check';
import type { Call } from '../../../src/clients/exchange.ts';
import { send } from '../../../src/clients/exchange.ts';
import {
  authorizationUrl,
  exchangeCode,
  readIdToken,
  refreshAccess,
  revokeToken,
  whoIs,
} from '../../../src/clients/google/oauth.ts';
import { PurserError } from '../../../src/host/errors.ts';
import type { Answer, ScriptedReply } from '../../tools/fake-host.ts';
import { errorOf, fakeHost, NOW_MS, replyOf } from '../../tools/fake-host.ts';

const client = { clientId: '1-a.apps.googleusercontent.com', clientSecret: 'the+client/secret=~1' };
const REFRESH = '1//refresh+token/é';
const CODE = '4/0the-code';
const VERIFIER = 'verifier-of-43-characters-or-more-0123456789';
const granted = {
  code: CODE,
  verifier: VERIFIER,
  redirectUri: 'https://script.google.com/macros/d/x/usercallback',
};
const refresh = refreshAccess(client, REFRESH);
const connect = exchangeCode(client, granted);
const PAGE = '<!DOCTYPE html><title>Error</title>';

const answering = (...answers: readonly Answer[]) =>
  fakeHost({ answer: (_, index) => answers[Math.min(index, answers.length - 1)] ?? { status: 500 } });
const settle = <T>(call: Call<T>, reply: ScriptedReply) => call.settle(replyOf(reply), { nowMs: NOW_MS });
const refused = (error: string, status = 400, more: object = {}): ScriptedReply => ({
  status,
  body: { error, error_description: 'Google’s words.', ...more },
});
const token = { access_token: 'ya29.new', expires_in: 3599, token_type: 'Bearer', scope: 'openid a b' };

describe('the consent page', () => {
  // developers.google.com/identity/protocols/oauth2/web-server#creatingclient
  const request = {
    clientId: client.clientId,
    redirectUri: granted.redirectUri,
    scopes: ['openid', 'https://www.googleapis.com/auth/gmail.send'],
    state: 'a+b/c=',
    codeChallenge: 'challenge',
    nonce: 'nonce',
    loginHint: null,
  };

  test('is asked for a code with PKCE, for access while the person is away, and for the account to be chosen', () => {
    const url = new URL(authorizationUrl(request));
    expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: client.clientId,
      redirect_uri: granted.redirectUri,
      scope: 'openid https://www.googleapis.com/auth/gmail.send',
      state: 'a+b/c=',
      code_challenge: 'challenge',
      code_challenge_method: 'S256',
      nonce: 'nonce',
      access_type: 'offline',
      prompt: 'consent select_account',
      include_granted_scopes: 'true',
    });
  });

  test('gets the address of the account that is expected, when one is', () => {
    const url = new URL(authorizationUrl({ ...request, loginHint: 'office+boats@harbor.example' }));
    expect(url.searchParams.get('login_hint')).toBe('office+boats@harbor.example');
  });
});

describe('a token', () => {
  test('is asked for by a form in the body, with nothing secret in the address or a header', () => {
    const host = answering({ status: 200, body: token });
    send(host, refresh);
    send(host, connect);
    const [[first], [second]] = host.rounds as unknown as [[{ body: string }], [{ body: string }]];
    for (const sent of [first, second]) {
      expect(sent).toMatchObject({
        method: 'POST',
        url: 'https://oauth2.googleapis.com/token',
        headers: {},
        contentType: 'application/x-www-form-urlencoded',
      });
    }
    const own = { client_id: client.clientId, client_secret: client.clientSecret };
    expect(Object.fromEntries(new URLSearchParams(first.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: REFRESH,
      ...own,
    });
    expect(Object.fromEntries(new URLSearchParams(second.body))).toEqual({
      grant_type: 'authorization_code',
      code: CODE,
      code_verifier: VERIFIER,
      redirect_uri: granted.redirectUri,
      ...own,
    });
  });

  test('comes with all that Google says of it, scopes in Google’s own words', () => {
    const scope = 'https://www.googleapis.com/auth/userinfo.email  openid';
    const body = {
      ...token,
      scope,
      refresh_token: '1//r',
      refresh_token_expires_in: 604_799,
      id_token: 'a.b.c',
    };
    expect(settle(connect, { status: 200, body })).toEqual({
      kind: 'done',
      value: {
        kind: 'token',
        reply: {
          accessToken: 'ya29.new',
          tokenType: 'Bearer',
          lifetimeSeconds: 3599,
          refreshToken: '1//r',
          refreshTokenLifetimeSeconds: 604_799,
          scopes: ['https://www.googleapis.com/auth/userinfo.email', 'openid'],
          idToken: 'a.b.c',
        },
      },
    });
  });

  test.each<[string, object, object]>([
    [
      'nothing but the token',
      { access_token: 't' },
      { lifetimeSeconds: null, refreshToken: null, scopes: null },
    ],
    ['an empty refresh token', { access_token: 't', refresh_token: '' }, { refreshToken: null }],
    [
      'nulls',
      { access_token: 't', refresh_token: null, scope: null, id_token: null },
      { scopes: null, idToken: null },
    ],
    ['the lifetime as text', { access_token: 't', expires_in: '3600' }, { lifetimeSeconds: 3600 }],
    ['a lifetime that is none', { access_token: 't', expires_in: 'soon' }, { lifetimeSeconds: null }],
    ['a lifetime before zero', { access_token: 't', expires_in: -1 }, { lifetimeSeconds: null }],
    ['no scopes', { access_token: 't', scope: ' ' }, { scopes: null }],
  ])('with %s says no more than it does', (_, body, reply) => {
    expect(settle(refresh, { status: 200, body })).toMatchObject({ value: { kind: 'token', reply } });
  });

  test.each([
    {},
    { access_token: '' },
    { access_token: 7 },
    { access_token: 'two\nlines' },
    { ...token, refresh_token: 'é' },
    { error: 'invalid_grant' },
    [],
  ])('in a reply of another shape (%j) is refused, and nothing is called dead', (body) => {
    expect(settle(refresh, { status: 200, body })).toMatchObject({ error: { code: 'reply-malformed' } });
  });
});

describe('a grant', () => {
  test.each<[string, ScriptedReply, string | null]>([
    ['Google’s usual words', refused('invalid_grant'), null],
    [
      'a Workspace that asks people to sign in again',
      refused('invalid_grant', 400, { error_subtype: 'invalid_rapt' }),
      'invalid_rapt',
    ],
    ['no words', { status: 400, body: { error: 'invalid_grant' } }, null],
    ['401', refused('invalid_grant', 401), null],
    [
      'odd details',
      { status: 400, body: { error: 'invalid_grant', error_subtype: { a: 1 }, error_description: 7 } },
      null,
    ],
  ])('is dead by invalid_grant alone: %s', (_, reply, subtype) => {
    expect(settle(refresh, reply)).toMatchObject({ kind: 'done', value: { kind: 'dead', subtype } });
  });

  test.each<[string, ScriptedReply, string]>([
    ['500', { status: 500 }, 'service-unavailable'],
    ['503 with a page', { status: 503, body: PAGE }, 'service-unavailable'],
    ['503 that says invalid_grant', refused('invalid_grant', 503), 'service-unavailable'],
    [
      '501 in the JSON of Google’s APIs',
      { status: 501, body: { error: { code: 501 } } },
      'service-unavailable',
    ],
    ['408', { status: 408 }, 'service-unavailable'],
    ['200 with a page', { status: 200, body: PAGE }, 'service-unavailable'],
    ['200 that broke off', { status: 200, body: '{"access_token":"ya' }, 'service-unavailable'],
    ['400 with a page', { status: 400, body: PAGE }, 'service-unavailable'],
    ['400 with nothing', { status: 400 }, 'service-unavailable'],
    ['403 with a page', { status: 403, body: PAGE }, 'service-unavailable'],
    [
      '403 in the JSON of Google’s APIs',
      { status: 403, body: { error: { code: 403 } } },
      'service-unavailable',
    ],
    ['a redirect', { status: 302, body: { error: 'invalid_grant' } }, 'service-unavailable'],
    ['internal_failure', refused('internal_failure'), 'service-unavailable'],
    [
      'internal_failure in the words',
      { status: 400, body: { error: 'x', error_description: 'internal_failure' } },
      'service-unavailable',
    ],
    ['temporarily_unavailable', refused('temporarily_unavailable'), 'service-unavailable'],
    ['server_error', refused('server_error'), 'service-unavailable'],
    ['429', { status: 429, body: PAGE }, 'service-throttled'],
    ['429 that says invalid_grant', refused('invalid_grant', 429), 'service-throttled'],
  ])('is never dead by %s: it is asked again', (_, reply, code) => {
    expect(settle(refresh, reply)).toMatchObject({ kind: 'retry', error: { code, kind: 'unavailable' } });
    expect(send(answering(reply, { status: 200, body: token }), refresh)).toMatchObject({ kind: 'token' });
  });

  test('is asked after again when Google says when', () => {
    const host = answering(
      { status: 503, headers: { 'retry-after': '7' } },
      { status: 429, headers: { 'retry-after': '9' } },
      { status: 200, body: token },
    );
    send(host, refresh);
    expect(host.slept).toEqual([7_000, 9_000]);
  });

  test('whose code may have arrived is not asked for twice', () => {
    for (const reply of [
      { status: 503 },
      { status: 200, body: PAGE },
      refused('internal_failure'),
      'unreachable' as const,
    ]) {
      const host = answering(reply);
      expect(errorOf(() => send(host, connect)).kind).toBe('unavailable');
      expect(host.rounds).toHaveLength(1);
    }
  });

  test.each(['invalid_client', 'unauthorized_client', 'deleted_client', 'disabled_client'])(
    'is not dead by %s: the client that was entered is refused, and where to enter it is told',
    (error) => {
      for (const status of [400, 401, 403]) {
        const failure = errorOf(() => send(answering(refused(error, status)), refresh));
        expect(failure).toMatchObject({
          code: 'oauth-client-refused',
          kind: 'setup',
          data: { error, status },
        });
        expect(failure.now).toContain('Connected accounts…');
      }
    },
  );

  test.each(['invalid_request', 'invalid_scope', 'unsupported_grant_type', 'org_internal', 'something new'])(
    'is not dead by %s',
    (error) => {
      expect(errorOf(() => send(answering(refused(error)), refresh))).toMatchObject({
        code: 'oauth-refused',
        kind: 'refused',
      });
    },
  );
});

describe('revoking', () => {
  // developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke
  test('sends the token in the body, never in the address', () => {
    const host = answering({ status: 200, body: {} });
    expect(send(host, revokeToken(REFRESH))).toBe('revoked');
    const [[sent]] = host.rounds as unknown as [[{ url: string; body: string }]];
    expect(sent.url).toBe('https://oauth2.googleapis.com/revoke');
    expect(new URLSearchParams(sent.body).get('token')).toBe(REFRESH);
  });

  test.each<[string, Answer, string]>([
    ['an empty 200 (RFC 7009, 2.2)', { status: 200 }, 'revoked'],
    ['a token that is gone already', refused('invalid_token'), 'not-valid'],
    ['a grant that is gone already', refused('invalid_grant'), 'not-valid'],
  ])('ends well with %s', (_, answer, result) => {
    expect(send(answering(answer), revokeToken('t'))).toBe(result);
  });

  test('is tried again while Google is down, and says what else Google refuses', () => {
    for (const down of [
      { status: 503 },
      { status: 200, body: PAGE },
      { status: 404, body: PAGE },
      'unreachable' as const,
    ]) {
      expect(send(answering(down, { status: 200, body: {} }), revokeToken('t'))).toBe('revoked');
    }
    expect(errorOf(() => send(answering(refused('invalid_request')), revokeToken('t'))).code).toBe(
      'oauth-refused',
    );
  });
});

describe('who it is', () => {
  test('is asked with the token in the header', () => {
    const body = {
      sub: '1170',
      email: 'office@harbor.example',
      email_verified: true,
      name: 'Harbor Office',
      hd: 'x',
    };
    const host = answering({ status: 200, body });
    expect(send(host, whoIs('ya29.t'))).toEqual({
      subject: '1170',
      email: 'office@harbor.example',
      emailVerified: true,
      name: 'Harbor Office',
    });
    expect(host.rounds).toEqual([
      [
        {
          method: 'GET',
          url: 'https://openidconnect.googleapis.com/v1/userinfo',
          headers: { Authorization: 'Bearer ya29.t' },
        },
      ],
    ]);
  });

  test('may be known by the id alone; an address is verified only when Google says so', () => {
    const asked = (body: object) => send(answering({ status: 200, body }), whoIs('t'));
    expect(asked({ sub: '1' })).toEqual({ subject: '1', email: '', emailVerified: false, name: '' });
    expect(asked({ sub: '1', email_verified: 'true' }).emailVerified).toBe(true);
    expect(asked({ sub: '1', email_verified: 'false' }).emailVerified).toBe(false);
    expect(errorOf(() => asked({ email: 'a@b.example' })).code).toBe('reply-malformed');
    expect(errorOf(() => send(answering(refused('invalid_token', 401)), whoIs('t'))).data.status).toBe(401);
  });
});

describe('an ID token', () => {
  const claims = {
    iss: 'https://accounts.google.com',
    aud: client.clientId,
    azp: client.clientId,
    sub: '1170',
    email: 'büro@harbor.example',
    email_verified: true,
    name: 'Büro 😀',
    nonce: 'n-1',
    exp: NOW_MS / 1000 + 3600,
  };
  const tokenOf = (payload: unknown): string =>
    `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2ln`;
  const expected = { clientId: client.clientId, nonce: 'n-1', nowMs: NOW_MS };

  test('says who consented', () => {
    const identity = { subject: '1170', email: 'büro@harbor.example', emailVerified: true, name: 'Büro 😀' };
    expect(readIdToken(tokenOf(claims), expected)).toEqual(identity);
    expect(readIdToken(tokenOf({ ...claims, iss: 'accounts.google.com' }), expected)).toEqual(identity);
    expect(readIdToken(tokenOf({ ...claims, nonce: undefined }), { ...expected, nonce: null })).toEqual(
      identity,
    );
    // openid.net/specs/openid-connect-core-1_0.html#IDToken: a little leeway for clocks that differ.
    expect(readIdToken(tokenOf({ ...claims, exp: NOW_MS / 1000 - 59 }), expected)).toEqual(identity);
  });

  test.each<[string, object]>([
    ['another issuer', { iss: 'https://accounts.google.com.evil.example' }],
    ['no issuer', { iss: undefined }],
    ['another client', { aud: '2-b.apps.googleusercontent.com' }],
    ['several clients', { aud: [client.clientId, 'other'] }],
    ['the past', { exp: NOW_MS / 1000 - 60 }],
    ['no end', { exp: undefined }],
    ['an end in words', { exp: '9999999999' }],
    ['another request', { nonce: 'n-2' }],
    ['no request', { nonce: undefined }],
  ])('of %s is refused', (_, change) => {
    expect(errorOf(() => readIdToken(tokenOf({ ...claims, ...change }), expected)).code).toBe(
      'oauth-refused',
    );
  });

  test.each([
    '',
    'a',
    'a.b',
    'a.b.c',
    '..',
    tokenOf('x'),
    tokenOf(null),
    tokenOf([]),
    tokenOf({ ...claims, sub: '' }),
    tokenOf({ ...claims, sub: 7 }),
  ])('that is none (%s) is refused', (text) => {
    expect(errorOf(() => readIdToken(text, expected)).code).toBe('reply-malformed');
  });

  test('breaks nothing, whatever it is', () => {
    const payload = fc.oneof(
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ ...claims, ...(value as object) })),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.base64String(), fc.base64String()).map((parts) => parts.join('.')),
      payload.map((json) => `a.${Buffer.from(json).toString('base64url')}.c`),
      fc.uint8Array().map((bytes) => `a.${Buffer.from(bytes).toString('base64url')}.c`),
    );
    fc.assert(
      fc.property(text, (idToken) => {
        try {
          readIdToken(idToken, expected);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(PurserError);
        }
      }),
    );
  });
});

test.each<[string, Call<unknown>, readonly string[]]>([
  ['a renewal', refresh, [client.clientSecret, REFRESH]],
  ['a code’s exchange', connect, [client.clientSecret, CODE, VERIFIER]],
  ['a revocation', revokeToken(REFRESH), [REFRESH]],
])(
  'nothing secret of %s is in a name, an error or the log, even when Google’s words quote it',
  (_, call, sent) => {
    const secrets = [...sent, 'ya29.access-token'].flatMap((one) => [one, encodeURIComponent(one)]);
    const words = `${sent.join(' ')} (${sent.map(encodeURIComponent).join(', ')})`;
    const quoting = `${words} ya29.access-token`;
    const replies: Answer[] = [
      { status: 400, body: { error: words, error_description: words, error_subtype: words } },
      { status: 400, body: { error: 'invalid_grant', error_description: words, error_subtype: words } },
      { status: 401, body: { error: 'invalid_client', error_description: words } },
      { status: 200, body: quoting },
      { status: 200, body: { access_token: quoting } },
      { status: 503, body: quoting },
      'unreachable',
    ];
    const shown: unknown[] = [call.name];
    for (const reply of replies) {
      const host = answering(reply);
      try {
        shown.push(send(host, call));
      } catch (thrown) {
        const { message, what, now, data, cause, stack } = thrown as PurserError;
        shown.push(message, what, now, data, String(cause), stack);
      }
      shown.push(host.logged);
    }
    const whole = JSON.stringify(shown);
    for (const secret of secrets) expect(whole).not.toContain(secret);
  },
);
