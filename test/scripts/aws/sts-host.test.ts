/** The local token service refuses what AWS's would. */
import http from 'node:http';
import { createIdentityIssuer, LOCAL_SCRIPT_CLIENT_ID } from '../../../scripts/local/aws/identity.ts';
import { createStsHost } from '../../../scripts/local/aws/sts-host.ts';
import { createClock } from '../../../scripts/local/clock.ts';
import { localRole } from '../../../scripts/local/workspace.ts';
import { assumeRole } from '../../../src/clients/aws/sts.ts';
import type { Loopback } from '../../contract/aws/loopback.ts';
import { fetchThrough, listen } from '../../contract/aws/loopback.ts';

const NOW_MS = Date.UTC(2026, 5, 1, 6);
const NORA = 'nora@harbor.example';
const role = localRole([NORA]);
const clock = createClock(null, NOW_MS);
const identity = createIdentityIssuer(clock);
const sts = createStsHost({ regions: ['us-east-1'], roles: [role], publicKey: identity.publicKey, clock });
let loopback: Loopback;

beforeAll(async () => {
  loopback = await listen({ ...sts, close: async () => {} });
});
afterAll(() => loopback.close());
beforeEach(() => {
  clock.set(NOW_MS);
  sts.setRoles([role]);
});

interface Said {
  readonly status: number;
  readonly code: string | null;
  readonly text: string;
}

function form(changes: Record<string, string | null> = {}): Record<string, string> {
  const fields = {
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    DurationSeconds: '3600',
    RoleArn: role.roleArn,
    RoleSessionName: 'purser-nora',
    WebIdentityToken: identity.token(NORA),
    ...changes,
  };
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

function post(fields: Record<string, string>, type = 'application/x-www-form-urlencoded'): Promise<Said> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        agent: loopback.agent,
        host: 'sts.us-east-1.amazonaws.com',
        method: 'POST',
        path: '/',
        headers: { 'Content-Type': type },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += String(chunk);
        });
        response.on('end', () => {
          const code = /<Code>(.*)<\/Code>/.exec(text)?.[1] ?? null;
          resolve({ status: response.statusCode ?? 0, code, text });
        });
      },
    );
    request.on('error', reject);
    request.end(new URLSearchParams(fields).toString());
  });
}

test('a person whom the role trusts gets a session that DynamoDB’s door knows, until it ends', async () => {
  const { status, text } = await post(form());
  expect(status).toBe(200);
  const token = /<SessionToken>(.*)<\/SessionToken>/.exec(text)?.[1] ?? '';
  expect(text).toContain('<Expiration>2026-06-01T07:00:00Z</Expiration>');
  expect(text).toContain(`<Audience>${LOCAL_SCRIPT_CLIENT_ID}</Audience>`);
  expect(text).toContain('assumed-role/purser-local/purser-nora');
  const session = sts.sessionOf(token);
  expect(session).toMatchObject({ expiresAtMs: NOW_MS + 3_600_000, sessionToken: token });
  expect(text).toContain(`<AccessKeyId>${session?.accessKeyId}</AccessKeyId>`);
  expect(session?.accessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/);
  expect(sts.sessionOf(`${token}x`)).toBeNull();
  expect(sts.sessionOf(token.replace(/^./, 'f'))).toBeNull();
});

test('two sessions of one moment differ, and none is known once the roles were made anew', async () => {
  const [one, other] = [await post(form()), await post(form())].map(
    ({ text }) => /<SessionToken>(.*)<\/SessionToken>/.exec(text)?.[1] ?? '',
  );
  expect(one).not.toBe(other);
  sts.forgetSessions();
  expect(sts.sessionOf(one ?? '')).toBeNull();
});

test.each([
  ['another person', { WebIdentityToken: identity.token('eve@harbor.example') }],
  ['another script', { WebIdentityToken: identity.token(NORA, { azp: 'other', aud: 'other' }) }],
  ['a token for this script, given to another', { WebIdentityToken: identity.token(NORA, { azp: 'other' }) }],
  ['a role that isn’t there', { RoleArn: 'arn:aws:iam::123456789012:role/other' }],
])('%s is denied', async (_, changes) => {
  expect(await post(form(changes))).toMatchObject({ status: 403, code: 'AccessDenied' });
});

test('a role that trusts nobody denies', async () => {
  sts.setRoles([{ ...role, trust: { ...role.trust, sub: [] } }]);
  expect((await post(form())).code).toBe('AccessDenied');
});

const [header = '', payload = '', signature = ''] = identity.token(NORA).split('.');
const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
const forged = Buffer.from(JSON.stringify({ ...claims, sub: '1' })).toString('base64url');
const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');

test.each([
  ['forged claims', `${header}.${forged}.${signature}`],
  ['no signature', `${unsigned}.${payload}.`],
  ['another issuer', identity.token(NORA, { iss: 'https://evil.example' })],
  ['an access token', 'ya29.local-nora@harbor.example'],
])('a token with %s is no identity', async (_, token) => {
  expect(await post(form({ WebIdentityToken: token }))).toMatchObject({
    status: 400,
    code: 'InvalidIdentityToken',
  });
});

test('a token of an hour ago has run out', async () => {
  const fields = form();
  clock.advance(3_600_000);
  expect(await post(fields)).toMatchObject({ status: 400, code: 'ExpiredTokenException' });
});

test.each([
  ['too short a session', { DurationSeconds: '899' }],
  ['longer than the role allows', { DurationSeconds: '3601' }],
  ['longer than AWS allows', { DurationSeconds: '43201' }],
  ['no number', { DurationSeconds: 'long' }],
  ['a name with a space', { RoleSessionName: 'purser nora' }],
  ['no name', { RoleSessionName: null }],
  ['no token', { WebIdentityToken: null }],
  ['no role', { RoleArn: null }],
  ['a provider, which is for other tokens', { ProviderId: 'accounts.google.com' }],
])('%s is refused as invalid', async (_, changes) => {
  expect(await post(form(changes))).toMatchObject({ status: 400, code: 'ValidationError' });
});

test('what is no such action, or no form, is none', async () => {
  expect((await post(form({ Action: 'AssumeRole' }))).code).toBe('InvalidAction');
  expect((await post(form({ Version: '2010-01-01' }))).code).toBe('InvalidAction');
  expect((await post(form(), 'application/json')).code).toBe('MissingAction');
});

test('a role may allow more than an hour', async () => {
  sts.setRoles([{ ...role, maxSessionSeconds: 43_200 }]);
  const { text } = await post(form({ DurationSeconds: '43200' }));
  expect(text).toContain('<Expiration>2026-06-01T18:00:00Z</Expiration>');
});

test('Purser’s own client is understood, and understands', async () => {
  const call = assumeRole({
    region: 'us-east-1',
    roleArn: role.roleArn,
    sessionName: 'purser-nora+ñ'.replace(/[^\w+=,.@-]/g, '-'),
    identityToken: () => identity.token(NORA),
    durationSeconds: 900,
  });
  const attempt = { nowMs: NOW_MS };
  const settled = call.settle(await fetchThrough(loopback, call.request(attempt)), attempt);
  expect(settled).toMatchObject({ kind: 'done', value: { expiresAt: '2026-06-01T06:15:00.000Z' } });
  if (settled.kind === 'done')
    expect(sts.sessionOf(settled.value.sessionToken)).toMatchObject(settledKeys(settled.value));
});

function settledKeys({
  accessKeyId,
  secretAccessKey,
}: {
  accessKeyId: string;
  secretAccessKey: string;
}): object {
  return { accessKeyId, secretAccessKey };
}
