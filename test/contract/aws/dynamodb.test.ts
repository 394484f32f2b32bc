import { type AwsHost, createAwsHost } from '../../../scripts/local/aws/aws-host.ts';
import { crewDispatch, crewRoster } from '../../../scripts/local/aws/tables.ts';
import type { AttributeMap } from '../../../src/clients/aws/attribute-value.ts';
import { fixedCredentials } from '../../../src/clients/aws/credentials.ts';
import { createDynamoDb, type DynamoDb } from '../../../src/clients/aws/dynamodb.ts';
import type { AwsCredentials } from '../../../src/clients/aws/sigv4.ts';
import type { PurserError } from '../../../src/host/errors.ts';
import type { LogEvent } from '../../../src/host/host.ts';
import { drive, type Loopback, listen, standingClock } from './loopback.ts';

const NOW_MS = Date.UTC(2026, 5, 1, 6, 0, 0);
const LASTING: AwsCredentials = { accessKeyId: 'AKIALOCALLASTING0001', secretAccessKey: 'lasting/secret+1' };
const TEMPORARY: AwsCredentials = {
  accessKeyId: 'ASIALOCALTEMPORARY01',
  secretAccessKey: 'temporary/secret+2',
  sessionToken: 'IQoJb3JpZ2luX2VjEXAMPLE//////////+token==',
};
const CHARTERS = 3_000;

const clock = standingClock(NOW_MS);
let denied: string | null = null;
let host: AwsHost;
let loopback: Loopback;

function charter(ordinal: number, month: string): AttributeMap {
  const day = String((ordinal % 28) + 1).padStart(2, '0');
  return {
    charterId: { S: `CH-${month}-${String(ordinal).padStart(5, '0')}` },
    month: { S: month },
    date: { S: `${month}-${day}` },
    vessel: { S: 'Señorita 🐬' },
    guests: { N: '6' },
    revenueTotal: { N: '1250.1' },
    crew: { SS: ['c-1', 'c-2'] },
    notes: { S: 'x'.repeat(700) },
  };
}

function client(credentials: AwsCredentials = LASTING, log: (event: LogEvent) => void = () => {}): DynamoDb {
  return createDynamoDb({ region: 'us-east-1', credentials: fixedCredentials(credentials), log });
}

const may = {
  table: 'crew-dispatch',
  index: 'month-date-index',
  partition: { name: 'month', value: { S: '2026-05' } },
};

async function errorOf(running: Promise<unknown>): Promise<PurserError> {
  return running.then(
    () => {
      throw new Error('it was let through');
    },
    (thrown: PurserError) => thrown,
  );
}

beforeAll(async () => {
  host = await createAwsHost({
    regions: ['us-east-1', 'us-west-2'],
    credentials: [LASTING, { ...TEMPORARY, expiresAtMs: NOW_MS + 3_600_000 }],
    clock,
    deny: (action) => action === denied,
  });
  loopback = await listen(host);
  const items = Array.from({ length: CHARTERS }, (_, ordinal) => charter(ordinal, '2026-05'));
  await host.seed('us-east-1', crewDispatch(), [...items, charter(1, '2026-04')]);
  await host.seed('us-east-1', crewRoster(), [{ crewId: { S: 'c-1' }, name: { S: 'Ada' } }]);
});

beforeEach(() => {
  clock.set(NOW_MS);
  denied = null;
});

afterAll(() => loopback.close());

test('a month of more than one megabyte comes whole, once each and in the order of its dates', async () => {
  const { value, requests } = await drive(loopback, client().queryAll(may), clock.now);
  expect(requests.length).toBeGreaterThan(2);
  expect(value).toHaveLength(CHARTERS);
  expect(new Set(value.map((item) => JSON.stringify(item.charterId))).size).toBe(CHARTERS);
  const dates = value.map((item) => JSON.stringify(item.date));
  expect(dates).toEqual([...dates].sort());
  expect(value[0]).toMatchObject({ vessel: { S: 'Señorita 🐬' }, revenueTotal: { N: '1250.1' } });
});

test('a query between two dates brings both ends and nothing outside', async () => {
  const call = client().queryAll({
    ...may,
    sortBetween: { name: 'date', from: { S: '2026-05-03' }, to: { S: '2026-05-04' } },
  });
  const { value } = await drive(loopback, call, clock.now);
  expect(new Set(value.map((item) => JSON.stringify(item.date)))).toEqual(
    new Set(['{"S":"2026-05-03"}', '{"S":"2026-05-04"}']),
  );
});

test('a month without charters is an empty list', async () => {
  const call = client().queryAll({ ...may, partition: { name: 'month', value: { S: '2031-01' } } });
  expect((await drive(loopback, call, clock.now)).value).toEqual([]);
});

test('a scan brings all items, in one go and in segments side by side', async () => {
  const whole = await drive(
    loopback,
    client().scanAll({ table: 'crew-dispatch', isConsistent: true }),
    clock.now,
  );
  expect(whole.value).toHaveLength(CHARTERS + 1);
  const parts = await Promise.all(
    [0, 1, 2].map((index) =>
      drive(loopback, client().scanAll({ table: 'crew-dispatch', segment: { index, of: 3 } }), clock.now),
    ),
  );
  const ids = parts.flatMap((part) => part.value.map((item) => JSON.stringify(item.charterId)));
  expect(ids).toHaveLength(CHARTERS + 1);
  expect(new Set(ids).size).toBe(CHARTERS + 1);
});

test('a table tells its keys and its indexes', async () => {
  const { value } = await drive(loopback, client().describeTable('crew-dispatch'), clock.now);
  expect(value).toEqual({
    name: 'crew-dispatch',
    status: 'ACTIVE',
    key: { partition: 'charterId', sort: null },
    indexes: [
      { name: 'month-date-index', status: 'ACTIVE', projection: 'ALL', partition: 'month', sort: 'date' },
    ],
    itemCount: expect.any(Number),
  });
});

test('the checksums of the service and of the client agree on every page', async () => {
  const events: LogEvent[] = [];
  await drive(loopback, client(LASTING, (event) => events.push(event)).queryAll(may), clock.now);
  expect(events).toEqual([]);
});

test('temporary credentials pass with their session token', async () => {
  const { value } = await drive(loopback, client(TEMPORARY).scanAll({ table: 'crew-roster' }), clock.now);
  expect(value).toEqual([{ crewId: { S: 'c-1' }, name: { S: 'Ada' } }]);
});

test.each([
  ['a wrong secret', { ...LASTING, secretAccessKey: 'other' }, 'InvalidSignatureException'],
  ['an unknown key', { ...LASTING, accessKeyId: 'AKIAUNKNOWN' }, 'UnrecognizedClientException'],
  [
    'a session token of somebody else',
    { ...TEMPORARY, sessionToken: 'other' },
    'UnrecognizedClientException',
  ],
])('%s is refused as credentials to be entered again', async (_, credentials, awsError) => {
  const error = await errorOf(drive(loopback, client(credentials).queryAll(may), clock.now));
  expect(error).toMatchObject({ code: 'aws-credentials-refused', kind: 'setup', data: { awsError } });
});

test('a session that has run out is refused with words that say so', async () => {
  clock.advance(3_600_000);
  const error = await errorOf(drive(loopback, client(TEMPORARY).queryAll(may), clock.now));
  expect(error).toMatchObject({
    code: 'aws-credentials-refused',
    data: { awsError: 'ExpiredTokenException' },
  });
  expect(error.message).toMatch(/run out/);
});

test.each([-3, 3])(
  'a clock %d hours off is corrected by the reply of the service, at the cost of one request',
  async (hours) => {
    const wrong = (): number => clock.now() + hours * 3_600_000;
    const right = await drive(loopback, client().queryAll(may), clock.now);
    const { value, requests } = await drive(loopback, client().queryAll(may), wrong);
    expect(value).toHaveLength(CHARTERS);
    expect(requests).toHaveLength(right.requests.length + 1);
  },
);

test.each([
  ['a table that is not there', { ...may, table: 'no-such-table' }, 'ResourceNotFoundException'],
  ['an index that is not there', { ...may, index: 'no-such-index' }, 'ValidationException'],
])('%s is refused for good, by its AWS name', async (_, request, awsError) => {
  const error = await errorOf(drive(loopback, client().queryAll(request), clock.now));
  expect(error).toMatchObject({
    code: 'aws-refused',
    data: { awsError, table: request.table, region: 'us-east-1' },
  });
});

test('what the policy does not allow is refused with the permission that is missing', async () => {
  denied = 'Scan';
  const error = await errorOf(drive(loopback, client().scanAll({ table: 'crew-roster' }), clock.now));
  expect(error).toMatchObject({ code: 'aws-refused', data: { awsError: 'AccessDeniedException' } });
  expect(error.now).toContain('dynamodb:Scan');
});
