/**
 * The local token service, judged by Amazon's own client: it proves itself by a web identity as its default chain does
 * (docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html), and reads DynamoDB with what it got.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { AwsHost } from '../../../scripts/local/aws/aws-host.ts';
import { createAwsHost } from '../../../scripts/local/aws/aws-host.ts';
import { createIdentityIssuer } from '../../../scripts/local/aws/identity.ts';
import { createStsHost } from '../../../scripts/local/aws/sts-host.ts';
import { crewRoster } from '../../../scripts/local/aws/tables.ts';
import { localRole } from '../../../scripts/local/workspace.ts';
import { assumeRole } from '../../../src/clients/aws/sts.ts';
import type { Loopback } from './loopback.ts';
import { fetchThrough, listen, standingClock } from './loopback.ts';

const NORA = 'nora@harbor.example';
const HOUR_MS = 3_600_000;
const REGION = 'us-east-1';
const role = localRole([NORA]);
// Amazon's client signs at the machine's time.
const clock = standingClock(Date.now());
const identity = createIdentityIssuer(clock);
const sts = createStsHost({ regions: [REGION], roles: [role], publicKey: identity.publicKey, clock });
const environment = process.env;
let dynamoDb: AwsHost;
let loopback: Loopback;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'purser-identity-'));
  dynamoDb = await createAwsHost({ regions: [REGION], credentials: [], clock, sessionOf: sts.sessionOf });
  await dynamoDb.seed(REGION, crewRoster(), [{ crewId: { S: 'c-1' }, name: { S: 'Ada' } }]);
  loopback = await listen({
    hosts: [...sts.hosts, ...dynamoDb.hosts],
    handle: (request, response) =>
      (request.headers.host?.startsWith('sts.') === true ? sts : dynamoDb).handle(request, response),
    close: () => dynamoDb.close(),
  });
});
afterAll(async () => {
  await loopback.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  clock.set(Date.now());
  sts.setRoles([role]);
});
afterEach(() => {
  process.env = environment;
});

/** The roster, read by Amazon's client as the role; throws Amazon's error. */
async function rosterByStranger(token: string, roleArn = role.roleArn): Promise<unknown> {
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, token);
  // Nothing of the machine's own settings for AWS.
  process.env = {
    PATH: environment.PATH,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    AWS_EC2_METADATA_DISABLED: 'true',
    // docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    AWS_ENDPOINT_URL_STS: `http://sts.${REGION}.amazonaws.com`,
    AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile,
    AWS_ROLE_ARN: roleArn,
    AWS_ROLE_SESSION_NAME: 'stranger',
  };
  const client = new DynamoDBClient({
    region: REGION,
    endpoint: `http://dynamodb.${REGION}.amazonaws.com`,
    maxAttempts: 1,
    requestHandler: { httpAgent: loopback.agent },
  });
  try {
    return (await client.send(new ScanCommand({ TableName: 'crew-roster' }))).Items;
  } finally {
    client.destroy();
  }
}

/** What Purser's own client makes of the same. */
async function settledByPurser(token: string, roleArn = role.roleArn) {
  const call = assumeRole({
    region: REGION,
    roleArn,
    sessionName: 'purser',
    identityToken: () => token,
    durationSeconds: 3600,
  });
  const attempt = { nowMs: clock.now() };
  return call.settle(await fetchThrough(loopback, call.request(attempt)), attempt);
}

async function nameOf(running: Promise<unknown>): Promise<string> {
  return running.then(
    () => 'it was let in',
    (thrown: Error) => thrown.name,
  );
}

test('Amazon’s client gets a session for the role and reads a table with it', async () => {
  expect(await rosterByStranger(identity.token(NORA))).toEqual([
    { crewId: { S: 'c-1' }, name: { S: 'Ada' } },
  ]);
  expect((await settledByPurser(identity.token(NORA))).kind).toBe('done');
});

const forged = `${identity.token(NORA).replace(/\.[^.]*$/, '')}.${'A'.repeat(86)}`;

test.each([
  ['another person', () => identity.token('eve@harbor.example'), 'AccessDenied', 'AccessDenied'],
  ['a forged token', () => forged, 'InvalidIdentityTokenException', 'InvalidIdentityToken'],
  [
    'a token of an hour ago',
    () => {
      const token = identity.token(NORA);
      clock.advance(HOUR_MS);
      return token;
    },
    'ExpiredTokenException',
    'ExpiredTokenException',
  ],
] as const)('%s: Amazon’s client and Purser’s read the same refusal', async (_, tokenOf, theirs, ours) => {
  const token = tokenOf();
  expect(await nameOf(rosterByStranger(token))).toBe(theirs);
  const settled = await settledByPurser(token);
  expect(settled).toMatchObject({ error: { data: { awsError: ours } } });
  expect(settled.kind).toBe(ours === 'ExpiredTokenException' ? 'retry' : 'failed');
});

test('what is no role is invalid to both', async () => {
  const token = identity.token(NORA);
  expect(await nameOf(rosterByStranger(token, 'arn:aws:iam::1'))).toBe('ValidationError');
  expect(await settledByPurser(token, 'arn:aws:iam::1')).toMatchObject({
    kind: 'failed',
    error: { data: { awsError: 'ValidationError' } },
  });
});
