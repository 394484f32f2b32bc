/** Google's own client library on the local OAuth server, unmodified: only its requests are led to the loopback. */
import { CodeChallengeMethod, OAuth2Client } from 'google-auth-library';
import { LOCAL_OAUTH_CLIENT } from '../../../scripts/local/google/oauth-clients.ts';
import { decide, EMAIL_SCOPE, KIM, PROFILE, READ, REDIRECT } from './oauth-person.ts';
import type { StartedGoogle } from './started-google.ts';
import { NOW_MS, startGoogle } from './started-google.ts';

let google: StartedGoogle;
beforeEach(async () => {
  google = await startGoogle();
});
afterEach(() => google.close());

function client(clientSecret = LOCAL_OAUTH_CLIENT.clientSecret): OAuth2Client {
  const fetchImplementation: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = await request.text();
    const reply = await google.send(request.method, request.url, {
      headers: Object.fromEntries(request.headers),
      ...(body === '' ? {} : { body }),
    });
    return new Response(reply.text, {
      status: reply.status,
      headers: { 'content-type': String(reply.headers['content-type']) },
    });
  };
  return new OAuth2Client({
    clientId: LOCAL_OAUTH_CLIENT.clientId,
    clientSecret,
    redirectUri: REDIRECT,
    forceRefreshOnFailure: true,
    transporterOptions: { fetchImplementation, retry: false },
  });
}

async function signedIn(stranger: OAuth2Client) {
  const { codeVerifier, codeChallenge } = await stranger.generateCodeVerifierAsync();
  const url = stranger.generateAuthUrl({
    access_type: 'offline',
    prompt: 'consent',
    scope: ['openid', 'email', READ],
    state: 'state-1',
    code_challenge_method: CodeChallengeMethod.S256,
    code_challenge: codeChallenge ?? '',
  });
  const code = (await decide(google, url)).searchParams.get('code') ?? '';
  return { code, codeVerifier };
}

test('signs in with PKCE, calls Gmail, refreshes and revokes', async () => {
  const stranger = client();
  const { tokens } = await stranger.getToken(await signedIn(stranger));
  expect(tokens.scope).toBe(`openid ${EMAIL_SCOPE} ${READ}`);
  // The library looks at the machine's clock, which is not the Workspace's.
  stranger.setCredentials({ ...tokens, expiry_date: Date.now() + 3_600_000 });
  const first = await stranger.request<{ emailAddress: string }>({ url: PROFILE });
  expect(first.data.emailAddress).toBe(KIM);
  const before = tokens.access_token;
  const { credentials } = await stranger.refreshAccessToken();
  expect(credentials.access_token).not.toBe(before);
  expect(credentials.refresh_token).toBe(tokens.refresh_token);

  expect((await stranger.revokeToken(String(tokens.refresh_token))).status).toBe(200);
  await expect(stranger.refreshAccessToken()).rejects.toThrow('invalid_grant');
});

test('refreshes by itself what the clock has ended', async () => {
  const stranger = client();
  const { tokens } = await stranger.getToken(await signedIn(stranger));
  stranger.setCredentials({ ...tokens, expiry_date: Date.now() + 3_600_000 });
  google.clock.set(NOW_MS + 3_600_000);
  const reply = await stranger.request<{ emailAddress: string }>({ url: PROFILE });
  expect(reply.data.emailAddress).toBe(KIM);
  expect(google.google.tokensOf(KIM).refreshes).toBe(1);
});

test('is refused with a wrong secret or a verifier that is not its own', async () => {
  const stranger = client();
  const { code } = await signedIn(stranger);
  await expect(stranger.getToken({ code, codeVerifier: 'w'.repeat(64) })).rejects.toThrow('invalid_grant');
  const wrong = client('GOCSPX-wrong');
  await expect(wrong.getToken(await signedIn(wrong))).rejects.toThrow('invalid_client');
});
