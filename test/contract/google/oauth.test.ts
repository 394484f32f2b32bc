import { createHash } from 'node:crypto';
import type { Call } from '../../../src/clients/exchange.ts';
import { authorizedBy, type Bearer } from '../../../src/clients/google/bearer.ts';
import { listMessages } from '../../../src/clients/google/gmail.ts';
import type { TokenAnswer, TokenReply } from '../../../src/clients/google/oauth.ts';
import {
  authorizationUrl,
  exchangeCode,
  readIdToken,
  refreshAccess,
  revokeToken,
  whoIs,
} from '../../../src/clients/google/oauth.ts';
import type { HttpReply, HttpRequest } from '../../../src/host/host.ts';
import { closeServers, EMAIL, type Server, stranger } from './servers.ts';

/** The emulator has all of Google on one host, under paths that differ in part. */
const PATHS: readonly (readonly [google: string, emulator: string])[] = [
  ['https://oauth2.googleapis.com/token', '/oauth2/token'],
  ['https://oauth2.googleapis.com/revoke', '/oauth2/revoke'],
  ['https://openidconnect.googleapis.com/v1/userinfo', '/oauth2/v2/userinfo'],
];
const client = { clientId: '1-a.apps.googleusercontent.com', clientSecret: 'a+b/c=~ %' };
const REDIRECT = 'https://script.google.com/macros/d/x/usercallback';
const VERIFIER = 'v_~.-'.repeat(10);
const SCOPES = ['openid', 'email', 'https://mail.google.com/'];

let server: Server;
beforeAll(async () => {
  server = await stranger();
});
afterAll(closeServers);

/** Our call as it is, sent where the emulator answers it. */
function run<T>(call: Call<T>): Promise<T> {
  const there = (request: HttpRequest): HttpRequest => {
    const path = PATHS.find(([google]) => google === request.url)?.[1];
    return path === undefined ? request : { ...request, url: `https://accounts.google.com${path}` };
  };
  return server.run({ ...call, request: (attempt) => there(call.request(attempt)) });
}

const raw = (request: HttpRequest): Promise<HttpReply> =>
  server.run({
    name: 'browser',
    repeatable: false,
    request: () => request,
    settle: (reply) => ({ kind: 'done', value: reply }),
  });

/** As the person: opens the page, chooses the account, and comes back with a code. */
async function consent(): Promise<URLSearchParams> {
  const url = authorizationUrl({
    clientId: client.clientId,
    redirectUri: REDIRECT,
    scopes: SCOPES,
    state: 'st+a/t=e é',
    codeChallenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    nonce: 'n+o/n=ce',
    loginHint: EMAIL,
  });
  const page = (await raw({ method: 'GET', url, headers: {} })).text();
  const fields = new URLSearchParams();
  for (const [, name = '', value = ''] of page.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)"/g,
  )) {
    fields.set(
      name,
      value
        .replace(/&#39;/g, "'")
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&'),
    );
  }
  expect(fields.get('email')).toBe(EMAIL);
  const back = await raw({
    method: 'POST',
    url: 'https://accounts.google.com/o/oauth2/v2/auth/callback',
    headers: {},
    contentType: 'application/x-www-form-urlencoded',
    body: fields.toString(),
  });
  expect(back.status).toBe(302);
  return new URL(back.headers.location ?? '').searchParams;
}

function granted(answer: TokenAnswer): TokenReply {
  if (answer.kind !== 'token') throw new Error(answer.description);
  return answer.reply;
}

const connected = async (): Promise<TokenReply> => {
  const code = (await consent()).get('code') ?? '';
  return granted(await run(exchangeCode(client, { code, verifier: VERIFIER, redirectUri: REDIRECT })));
};
const search = (token: string) => run(listMessages(token, 'in:sent', null));
const statusOf = (running: Promise<unknown>) =>
  running.then(
    () => 200,
    ({ data }: { data: { status: number } }) => data.status,
  );

test('the emulator, which others wrote, connects an account by our page, code and verifier', async () => {
  const back = await consent();
  expect(back.get('state')).toBe('st+a/t=e é');
  const code = back.get('code') ?? '';
  const reply = granted(await run(exchangeCode(client, { code, verifier: VERIFIER, redirectUri: REDIRECT })));
  expect(reply).toMatchObject({ tokenType: 'Bearer', lifetimeSeconds: 3600, scopes: SCOPES });
  expect(reply.refreshToken).toMatch(/^google_refresh_/);
  const identity = readIdToken(reply.idToken ?? '', {
    clientId: client.clientId,
    nonce: 'n+o/n=ce',
    // The emulator keeps its own time.
    nowMs: 0,
  });
  expect(identity).toMatchObject({ email: EMAIL, emailVerified: true, name: 'Nora Whitfield' });
  expect(await run(whoIs(reply.accessToken))).toEqual(identity);
  expect((await search(reply.accessToken)).messages).toEqual([]);
  // A code is good once.
  const again = await run(exchangeCode(client, { code, verifier: VERIFIER, redirectUri: REDIRECT }));
  expect(again.kind).toBe('dead');
});

test('a verifier that is not the one of the page gets no token', async () => {
  const code = (await consent()).get('code') ?? '';
  const other = exchangeCode(client, { code, verifier: `${VERIFIER}x`, redirectUri: REDIRECT });
  expect(await run(other)).toMatchObject({ kind: 'dead', subtype: null });
});

test('a token is renewed, also in the middle of a call, and both are gone once revoked', async () => {
  const first = await connected();
  const refreshToken = first.refreshToken ?? '';
  const second = granted(await run(refreshAccess(client, refreshToken)));
  expect(second).toMatchObject({ refreshToken: null, scopes: SCOPES });
  expect(second.accessToken).not.toBe(first.accessToken);

  expect(await run(revokeToken(first.accessToken))).toBe('revoked');
  expect(await statusOf(search(first.accessToken))).toBe(401);
  const renewals: string[] = [];
  const bearer: Bearer = {
    token: () => (renewals.length === 0 ? first.accessToken : second.accessToken),
    renew: (refused) => {
      renewals.push(refused);
    },
  };
  const found = await run(authorizedBy(bearer, listMessages('none', 'in:sent', null)));
  expect(found.messages).toEqual([]);
  expect(renewals).toEqual([first.accessToken]);

  expect(await run(revokeToken(refreshToken))).toBe('revoked');
  expect(await run(refreshAccess(client, refreshToken))).toMatchObject({ kind: 'dead' });
});

test('who it is can’t be asked with a token that is none', async () => {
  expect(await statusOf(run(whoIs('unknown')))).toBe(401);
});
