/** The local AWS, judged by Amazon's own client. */

import http from 'node:http';
import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import aws4 from 'aws4';
import { type AwsHost, createAwsHost } from '../../../scripts/local/aws/aws-host.ts';
import { crewDispatch, crewRoster } from '../../../scripts/local/aws/tables.ts';
import { crc32 } from '../../../src/clients/aws/crc32.ts';
import type { HttpReply } from '../../../src/host/host.ts';
import { fetchThrough, type Loopback, listen, standingClock } from '../../contract/aws/loopback.ts';

// Amazon's client would print that it wants a later Node.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const LASTING = { accessKeyId: 'AKIALOCALLASTING0001', secretAccessKey: 'lasting/secret+1' };
const TEMPORARY = {
  accessKeyId: 'ASIALOCALTEMPORARY01',
  secretAccessKey: 'temporary/secret+2',
  sessionToken: 'token/+==',
};

// Amazon's client signs at the machine's time.
const clock = standingClock(Date.now());
let denied: string | null = null;
let host: AwsHost;
let loopback: Loopback;
const clients: DynamoDBClient[] = [];

function sdk(
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string } = LASTING,
  region = 'us-east-1',
): DynamoDBClient {
  const client = new DynamoDBClient({
    region,
    endpoint: `http://dynamodb.${region}.amazonaws.com`,
    credentials,
    maxAttempts: 1,
    requestHandler: { httpAgent: loopback.agent },
  });
  clients.push(client);
  return client;
}

const ADA = { schema: crewRoster(), items: [{ crewId: { S: 'c-1' }, name: { S: 'Ada' } }] };
const BOB = { schema: crewRoster(), items: [{ crewId: { S: 'c-2' }, name: { S: 'Bob' } }] };

const scanRoster = (): ScanCommand => new ScanCommand({ TableName: 'crew-roster' });

beforeAll(async () => {
  host = await createAwsHost({
    regions: ['us-east-1', 'us-west-2'],
    credentials: [LASTING, { ...TEMPORARY, expiresAtMs: clock.now() + 3_600_000 }],
    clock,
    deny: (action, table) => `${action} ${table}` === denied,
  });
  loopback = await listen(host);
});

beforeEach(async () => {
  clock.set(Date.now());
  denied = null;
  await host.fill('us-east-1', [ADA]);
  await host.fill('us-west-2', []);
});

afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

afterAll(() => loopback.close());

describe('what AWS takes', () => {
  test('lasting credentials', async () => {
    expect((await sdk().send(scanRoster())).Items).toEqual([{ crewId: { S: 'c-1' }, name: { S: 'Ada' } }]);
  });

  test('temporary credentials with their token', async () => {
    expect((await sdk(TEMPORARY).send(scanRoster())).Count).toBe(1);
  });

  test('a body beyond ASCII', async () => {
    const Item = { crewId: { S: 'c-2' }, name: { S: 'Señora 🐬' } };
    await sdk().send(new PutItemCommand({ TableName: 'crew-roster', Item }));
    const read = await sdk().send(
      new GetItemCommand({ TableName: 'crew-roster', Key: { crewId: { S: 'c-2' } } }),
    );
    expect(read.Item).toEqual(Item);
  });

  test('each region has tables of its own', async () => {
    await host.seed('us-west-2', crewRoster(), []);
    expect((await sdk(LASTING, 'us-west-2').send(scanRoster())).Count).toBe(0);
  });

  test('the pages of the month index come whole to a paginator', async () => {
    const items = Array.from({ length: 2_500 }, (_, ordinal) => ({
      charterId: { S: `CH-${ordinal}` },
      month: { S: '2026-05' },
      date: { S: `2026-05-${String((ordinal % 31) + 1).padStart(2, '0')}` },
      notes: { S: 'n'.repeat(600) },
    }));
    await host.seed('us-east-1', crewDispatch(), items);
    const pages = paginateQuery(
      { client: sdk() },
      {
        TableName: 'crew-dispatch',
        IndexName: 'month-date-index',
        KeyConditionExpression: '#m = :m',
        ExpressionAttributeNames: { '#m': 'month' },
        ExpressionAttributeValues: { ':m': { S: '2026-05' } },
      },
    );
    const ids = new Set<string | undefined>();
    let count = 0;
    for await (const page of pages) {
      count++;
      for (const item of page.Items ?? []) ids.add(item.charterId?.S);
    }
    expect(count).toBeGreaterThan(1);
    expect(ids.size).toBe(2_500);
  });

  test('a description of the table with its region, and the time of the clock', async () => {
    const { Table } = await sdk().send(new DescribeTableCommand({ TableName: 'crew-roster' }));
    expect(Table?.TableArn).toBe('arn:aws:dynamodb:us-east-1:123456789012:table/crew-roster');
    expect(Math.abs((Table?.CreationDateTime?.getTime() ?? 0) - clock.now())).toBeLessThan(1_000);
  });
});

describe('what AWS refuses', () => {
  // Names: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html
  test.each([
    [
      'a wrong secret',
      { ...LASTING, secretAccessKey: 'other' },
      'InvalidSignatureException',
      /does not match/,
    ],
    [
      'an unknown key',
      { ...LASTING, accessKeyId: 'AKIANOBODY' },
      'UnrecognizedClientException',
      /security token .* invalid/,
    ],
    ['another session token', { ...TEMPORARY, sessionToken: 'x' }, 'UnrecognizedClientException', /invalid/],
    [
      'a session token missing',
      { ...TEMPORARY, sessionToken: undefined },
      'UnrecognizedClientException',
      /invalid/,
    ],
    [
      'a session token with a lasting key',
      { ...LASTING, sessionToken: 'x' },
      'UnrecognizedClientException',
      /invalid/,
    ],
  ])('%s', async (_, { accessKeyId, secretAccessKey, ...rest }, name, message) => {
    const token =
      'sessionToken' in rest && rest.sessionToken !== undefined ? { sessionToken: rest.sessionToken } : {};
    const sending = sdk({ accessKeyId, secretAccessKey, ...token }).send(scanRoster());
    await expect(sending).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode: 400 },
    });
  });

  test.each([
    [
      'expired',
      6 * 60_000,
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
    ],
    ['from the future', -6 * 60_000, /^Signature not yet current: .* is still later than .* \+ 5 min\.\)$/],
  ])('a signature %s', async (_, aheadMs, message) => {
    clock.advance(aheadMs);
    await expect(sdk().send(scanRoster())).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: expect.stringMatching(message),
    });
  });

  test('four minutes of difference are let through', async () => {
    clock.advance(4 * 60_000);
    expect((await sdk().send(scanRoster())).Count).toBe(1);
  });

  test("Amazon's client corrects its clock by our Date header", async () => {
    clock.advance(3 * 3_600_000);
    const client = new DynamoDBClient({
      region: 'us-east-1',
      endpoint: 'http://dynamodb.us-east-1.amazonaws.com',
      credentials: LASTING,
      maxAttempts: 2,
      requestHandler: { httpAgent: loopback.agent },
    });
    clients.push(client);
    expect((await client.send(scanRoster())).Count).toBe(1);
  });

  test('a session that has run out', async () => {
    await host.close();
    await loopback.close();
    host = await createAwsHost({
      regions: ['us-east-1', 'us-west-2'],
      credentials: [LASTING, { ...TEMPORARY, expiresAtMs: clock.now() }],
      clock,
      deny: (action, table) => `${action} ${table}` === denied,
    });
    loopback = await listen(host);
    await expect(sdk(TEMPORARY).send(scanRoster())).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });

  test('an action that the policy denies, on that table only', async () => {
    denied = 'Scan crew-roster';
    await expect(sdk().send(scanRoster())).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'not authorized to perform: dynamodb:Scan on resource: arn:aws:dynamodb:us-east-1',
      ),
    });
    await expect(sdk().send(new DescribeTableCommand({ TableName: 'crew-roster' }))).resolves.toBeDefined();
  });

  test('a table that is not there', async () => {
    await expect(sdk().send(new ScanCommand({ TableName: 'nowhere' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('an attribute name that is a reserved word', async () => {
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
    await host.seed('us-east-1', crewDispatch(), []);
    const query = new QueryCommand({
      TableName: 'crew-dispatch',
      IndexName: 'month-date-index',
      KeyConditionExpression: 'month = :m',
      ExpressionAttributeValues: { ':m': { S: '2026-05' } },
    });
    await expect(sdk().send(query)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('reserved keyword: month'),
    });
  });
});

describe('a request bent after it was signed is refused', () => {
  const host = 'dynamodb.us-east-1.amazonaws.com';

  interface Sent {
    method: string;
    host: string;
    path: string;
    headers: Record<string, string>;
    body: string;
  }

  interface Signing {
    region?: string;
    service?: string;
    body?: string;
    target?: string;
  }

  function signed(signing: Signing = {}): Sent {
    const { body = '{"TableName":"crew-roster"}', target = 'DynamoDB_20120810.Scan', ...change } = signing;
    const headers = {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': target,
      'X-Amz-Date': new Date(clock.now()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    };
    const request = aws4.sign(
      { method: 'POST', host, path: '/', service: 'dynamodb', region: 'us-east-1', ...change, headers, body },
      LASTING,
    );
    const flat: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers ?? {})) flat[name] = String(value);
    return { method: 'POST', host, path: '/', headers: flat, body };
  }

  function send(sent: Sent): Promise<HttpReply & { json: Record<string, unknown> }> {
    return new Promise((resolve, reject) => {
      const headers = {
        ...sent.headers,
        Host: sent.host,
        'Content-Length': String(Buffer.byteLength(sent.body)),
      };
      const request = http.request(
        { agent: loopback.agent, host: sent.host, method: sent.method, path: sent.path, headers },
        (reply) => {
          let text = '';
          reply.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          reply.on('end', () =>
            resolve({
              status: reply.statusCode ?? 0,
              headers: Object.fromEntries(
                Object.entries(reply.headers).map(([name, value]) => [name, String(value)]),
              ),
              text: () => text,
              bytes: () => new Uint8Array(Buffer.from(text)),
              json: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
            }),
          );
        },
      );
      request.on('error', reject);
      request.end(sent.body);
    });
  }

  test('unbent, it passes', async () => {
    const reply = await send(signed());
    expect(reply.status).toBe(200);
    expect(reply.json.Count).toBe(1);
  });

  const bends: [string, (sent: Sent) => Sent, string][] = [
    [
      'another body',
      (sent) => ({ ...sent, body: sent.body.replace('roster', 'rosteR') }),
      'InvalidSignatureException',
    ],
    ['another path', (sent) => ({ ...sent, path: '/other' }), 'InvalidSignatureException'],
    ['another query', (sent) => ({ ...sent, path: '/?a=1' }), 'InvalidSignatureException'],
    [
      'another host',
      (sent) => ({ ...sent, host: 'dynamodb.us-west-2.amazonaws.com' }),
      'InvalidSignatureException',
    ],
    [
      'another target',
      (sent) => ({ ...sent, headers: { ...sent.headers, 'X-Amz-Target': 'DynamoDB_20120810.DeleteTable' } }),
      'InvalidSignatureException',
    ],
    [
      'an unsigned x-amz header',
      (sent) => ({ ...sent, headers: { ...sent.headers, 'X-Amz-Meta': 'a' } }),
      'InvalidSignatureException',
    ],
    [
      'no authorization',
      ({ headers: { Authorization: _, ...headers }, ...sent }) => ({ ...sent, headers }),
      'MissingAuthenticationTokenException',
    ],
    [
      'a bearer token',
      (sent) => ({ ...sent, headers: { ...sent.headers, Authorization: 'Bearer abc' } }),
      'MissingAuthenticationTokenException',
    ],
    [
      'no date',
      ({ headers: { 'X-Amz-Date': _, ...headers }, ...sent }) => ({ ...sent, headers }),
      'IncompleteSignatureException',
    ],
    [
      'no signature',
      (sent) => ({
        ...sent,
        headers: {
          ...sent.headers,
          Authorization: (sent.headers.Authorization ?? '').replace(/, Signature=.*/, ''),
        },
      }),
      'IncompleteSignatureException',
    ],
    [
      'another algorithm',
      (sent) => ({
        ...sent,
        headers: {
          ...sent.headers,
          Authorization: (sent.headers.Authorization ?? '').replace('SHA256', 'SHA512'),
        },
      }),
      'IncompleteSignatureException',
    ],
    [
      'a date that is none',
      (sent) => ({ ...sent, headers: { ...sent.headers, 'X-Amz-Date': '2026-05-01' } }),
      'IncompleteSignatureException',
    ],
  ];
  test.each(bends)('%s', async (_, bend, name) => {
    const reply = await send(bend(signed()));
    expect(reply.status).toBe(400);
    expect(reply.json.__type).toBe(`com.amazon.coral.service#${name}`);
  });

  test('a signature for another region or service', async () => {
    const region = await send(signed({ region: 'us-west-2' }));
    expect(region.json.message).toBe("Credential should be scoped to a valid region, not 'us-west-2'.");
    const service = await send(signed({ service: 's3' }));
    expect(service.json.message).toBe("Credential should be scoped to correct service: 'dynamodb'.");
  });

  test('the API of 2011 asks for a signature too', async () => {
    const headers = {
      'X-Amz-Target': 'DynamoDB_20111205.Scan',
      'Content-Type': 'application/x-amz-json-1.0',
    };
    const reply = await send({ ...signed(), headers });
    expect(reply.json.__type).toBe('com.amazon.coral.service#MissingAuthenticationTokenException');
  });

  test('a body that is not JSON is refused as AWS does', async () => {
    const reply = await send(signed({ body: 'not json' }));
    expect(reply.status).toBe(400);
    expect(reply.json.__type).toBe('com.amazon.coral.service#SerializationException');
  });

  test.each([
    'null',
    '5',
    '"x"',
    '[]',
    '{}',
    '{"TableName":null}',
    '{"TableName":{}}',
    '{"RequestItems":{"crew-roster":[null]}}',
    '{"TableName":"nowhere","Item":{"crewId":null},"Key":null}',
    '{"TableName":"nowhere","Item":{"crewId":{"S":5}}}',
    '',
  ])('an odd body (%s) is refused, and the service lives on', async (body) => {
    for (const action of [
      'Scan',
      'Query',
      'PutItem',
      'BatchWriteItem',
      'DescribeTable',
      'CreateTable',
      'TransactWriteItems',
    ]) {
      const reply = await send(signed({ body, target: `DynamoDB_20120810.${action}` }));
      expect([400, 404]).toContain(reply.status);
    }
    expect((await send(signed())).status).toBe(200);
  });

  test('every reply has the clock, a request id and the checksum of its bytes', async () => {
    clock.set(Date.UTC(2026, 5, 1, 6, 0, 0));
    for (const reply of [await send(signed()), await send({ ...signed(), body: '{}' })]) {
      expect(reply.headers.date).toBe('Mon, 01 Jun 2026 06:00:00 GMT');
      expect(reply.headers['x-amzn-requestid']).toMatch(/^[A-Z2-7]{52}$/);
      // The client computes it on its own.
      expect(reply.headers['x-amz-crc32']).toBe(String(crc32(reply.bytes())));
    }
  });

  test('a host that is not AWS has no service', async () => {
    const reply = await fetchThrough(loopback, {
      method: 'POST',
      url: 'https://example.com/',
      headers: {},
      body: '{}',
    });
    expect(reply.status).toBe(400);
  });
});

describe('seeding', () => {
  test('ten thousand items are all there', async () => {
    const items = Array.from({ length: 10_000 }, (_, ordinal) => ({
      charterId: { S: `CH-${ordinal}` },
      month: { S: '2026-05' },
      date: { S: `2026-05-${String((ordinal % 31) + 1).padStart(2, '0')}` },
      guests: { N: '6' },
      revenueTotal: { N: '1250.10' },
    }));
    await host.seed('us-east-1', crewDispatch(), items);
    let count = 0;
    for await (const page of paginateQuery(
      { client: sdk() },
      {
        TableName: 'crew-dispatch',
        IndexName: 'month-date-index',
        KeyConditionExpression: '#m = :m',
        ExpressionAttributeNames: { '#m': 'month' },
        ExpressionAttributeValues: { ':m': { S: '2026-05' } },
        Select: 'COUNT',
      },
    )) {
      count += page.Count ?? 0;
    }
    expect(count).toBe(10_000);
  });

  test('an item that DynamoDB would refuse stops the seeding before anything is written', async () => {
    const good = { crewId: { S: 'c-9' } };
    await expect(host.seed('us-east-1', crewRoster(), [good, { crewId: { N: '1' } }])).rejects.toThrow(
      /item 2: .*Type mismatch/,
    );
    expect((await sdk().send(scanRoster())).Count).toBe(1);
  });

  test('an item without the attributes of the index is held by the table only', async () => {
    await host.seed('us-east-1', crewDispatch(), [{ charterId: { S: 'CH-1' } }]);
    const scan = await sdk().send(new ScanCommand({ TableName: 'crew-dispatch' }));
    expect(scan.Count).toBe(1);
    const index = await sdk().send(
      new ScanCommand({ TableName: 'crew-dispatch', IndexName: 'month-date-index' }),
    );
    expect(index.Count).toBe(0);
  });

  test('filled with nothing, nothing is left', async () => {
    await host.fill('us-east-1', []);
    await expect(sdk().send(scanRoster())).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('filled again, whatever was written or filled in between is gone', async () => {
    const Item = { crewId: { S: 'c-9' } };
    for (const content of [ADA, BOB, ADA, ADA, BOB]) {
      await host.fill('us-east-1', [content]);
      expect((await sdk().send(scanRoster())).Items).toEqual(content.items);
      await sdk().send(new PutItemCommand({ TableName: 'crew-roster', Item }));
      expect((await sdk().send(scanRoster())).Count).toBe(2);
    }
    await host.fill('us-east-1', [ADA]);
    await host.seed('us-east-1', crewRoster(), BOB.items);
    await host.fill('us-east-1', [ADA]);
    expect((await sdk().send(scanRoster())).Items).toEqual(ADA.items);
  });

  test('filled again, a table that was only read is made anew by the clock', async () => {
    const createdMs = async () => {
      await sdk().send(scanRoster());
      const { Table } = await sdk().send(new DescribeTableCommand({ TableName: 'crew-roster' }));
      return Table?.CreationDateTime?.getTime();
    };
    const first = clock.now();
    expect(await createdMs()).toBe(first);
    for (const contents of [[BOB], [ADA], [ADA]]) {
      clock.set(clock.now() + 1000);
      await host.fill('us-east-1', contents);
      expect(await createdMs()).toBe(clock.now());
    }
  });

  test('a region that is not there is named', async () => {
    await expect(host.seed('eu-west-1', crewRoster(), [])).rejects.toThrow(/eu-west-1.*us-east-1, us-west-2/);
  });
});
