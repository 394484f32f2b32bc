import { encode as utf8 } from '@stablelib/utf8';
import { crc32 } from '../../../src/clients/aws/crc32.ts';
import type { CredentialSource } from '../../../src/clients/aws/credentials.ts';
import { fixedCredentials } from '../../../src/clients/aws/credentials.ts';
import { createDynamoDb } from '../../../src/clients/aws/dynamodb.ts';
import type { Call, Settled } from '../../../src/clients/exchange.ts';
import { PurserError } from '../../../src/host/errors.ts';
import type { HttpReply, LogEvent } from '../../../src/host/host.ts';

const NOW_MS = Date.UTC(2026, 5, 1, 6, 0, 0);
const attempt = { nowMs: NOW_MS };
const SECRET = 'a-very/secret+key';
const TOKEN = 'a-very-secret-token';

const events: LogEvent[] = [];
const dynamoDb = createDynamoDb({
  region: 'us-east-1',
  credentials: fixedCredentials({
    accessKeyId: 'AKIAEXAMPLE',
    secretAccessKey: SECRET,
    sessionToken: TOKEN,
  }),
  log: (event) => events.push(event),
});
const request = {
  table: 'crew-dispatch',
  index: 'month-date-index',
  partition: { name: 'month', value: { S: '2026-05' } },
};

beforeEach(() => {
  events.length = 0;
});

function reply(status: number, body: unknown, headers: Record<string, string> = {}): HttpReply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers, text: () => text, bytes: () => utf8(text) };
}

function page(ids: readonly string[], more: object = {}): object {
  const Items = ids.map((id) => ({ charterId: { S: id } }));
  return { Items, Count: ids.length, ScannedCount: ids.length, ...more };
}

function refusal(name: string, message = ''): object {
  return { __type: `com.amazon.coral.service#${name}`, message };
}

function failureOf<T>(settled: Settled<T>): PurserError {
  if (settled.kind !== 'failed' && settled.kind !== 'retry') throw new Error(`it was ${settled.kind}`);
  return settled.error;
}

function bodyOf(call: Call<unknown>): unknown {
  return JSON.parse(String(call.request(attempt).body));
}

test('a query names its attributes by placeholders, because month and date are reserved words', () => {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html
  expect(bodyOf(dynamoDb.queryAll(request))).toEqual({
    TableName: 'crew-dispatch',
    Select: 'ALL_ATTRIBUTES',
    IndexName: 'month-date-index',
    KeyConditionExpression: '#partition = :partition',
    ExpressionAttributeNames: { '#partition': 'month' },
    ExpressionAttributeValues: { ':partition': { S: '2026-05' } },
  });
});

test('the next page begins where the last one ended, and all items come in order', () => {
  const key = { charterId: { S: 'b' }, month: { S: '2026-05' }, date: { S: '2026-05-02' } };
  const first = dynamoDb.queryAll(request);
  const settled = first.settle(reply(200, page(['a', 'b'], { LastEvaluatedKey: key })), attempt);
  if (settled.kind !== 'next') throw new Error(settled.kind);
  expect(bodyOf(settled.call)).toMatchObject({ ExclusiveStartKey: key, TableName: 'crew-dispatch' });
  const last = settled.call.settle(reply(200, page(['c'])), attempt);
  expect(last).toEqual({ kind: 'done', value: ['a', 'b', 'c'].map((id) => ({ charterId: { S: id } })) });
});

test('a filter goes along as it is given, with its names and values', () => {
  const names = { '#month': 'month' };
  const values = { ':m': { S: '2026-05' } };
  const call = dynamoDb.scanAll({ table: 't', filter: { expression: 'NOT #month IN (:m)', names, values } });
  expect(bodyOf(call)).toEqual({
    TableName: 't',
    FilterExpression: 'NOT #month IN (:m)',
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  });
});

test('a page that a filter emptied is not the end', () => {
  const settled = dynamoDb
    .scanAll({ table: 't' })
    .settle(reply(200, page([], { LastEvaluatedKey: { id: { S: 'x' } } })), attempt);
  expect(settled.kind).toBe('next');
});

test.each([
  ['a count that is not that of the items', { ...page(['a']), Count: 2 }, /Count says 2, but 1/],
  ['no items', { Count: 0, ScannedCount: 0 }, /Items/],
  [
    'a value that is none',
    { ...page([]), Count: 1, Items: [{ guests: { N: 6 } }] },
    /Items\.0: guests\.N: not a decimal/,
  ],
  [
    'a last key that is none',
    page(['a'], { LastEvaluatedKey: { id: 'b' } }),
    /LastEvaluatedKey: id: not an attribute value/,
  ],
  ['something else altogether', 'null', /Expected Object/],
])('a reply with %s is malformed for good', (_, body, problem) => {
  const settled = dynamoDb.queryAll(request).settle(reply(200, body), attempt);
  expect(settled.kind).toBe('failed');
  expect(failureOf(settled)).toMatchObject({ code: 'reply-malformed' });
  expect(String(failureOf(settled).data.problem)).toMatch(problem);
});

test('a page that leads to itself is malformed, not endless', () => {
  const body = page(['a'], { LastEvaluatedKey: { id: { S: 'a' } } });
  const settled = dynamoDb.scanAll({ table: 't' }).settle(reply(200, body), attempt);
  if (settled.kind !== 'next') throw new Error(settled.kind);
  expect(failureOf(settled.call.settle(reply(200, body), attempt)).code).toBe('reply-malformed');
});

test('a reply that breaks off is asked for again, and malformed when it stays so', () => {
  const text = JSON.stringify(page(['a', 'b']));
  const settled = dynamoDb.queryAll(request).settle(reply(200, text.slice(0, text.length / 2)), attempt);
  expect(settled).toMatchObject({ kind: 'retry', error: { code: 'reply-malformed' } });
});

test.each([
  [400, 'ProvisionedThroughputExceededException', 'service-throttled'],
  [400, 'ThrottlingException', 'service-throttled'],
  [400, 'RequestLimitExceeded', 'service-throttled'],
  [500, 'InternalServerError', 'service-unavailable'],
  [503, 'ServiceUnavailable', 'service-unavailable'],
])('%d %s is worth another try', (status, name, code) => {
  const settled = dynamoDb.queryAll(request).settle(reply(status, refusal(name)), attempt);
  expect(settled).toMatchObject({
    kind: 'retry',
    error: { code, kind: 'unavailable', data: { awsError: name } },
  });
});

test('a gateway error without a body of AWS is worth another try', () => {
  const settled = dynamoDb.queryAll(request).settle(reply(502, '<html>Bad gateway</html>'), attempt);
  expect(settled).toMatchObject({
    kind: 'retry',
    error: { code: 'service-unavailable', data: { awsError: null } },
  });
});

test.each([
  ['ExpiredTokenException', 'aws-credentials-refused'],
  ['UnrecognizedClientException', 'aws-credentials-refused'],
  ['InvalidSignatureException', 'aws-credentials-refused'],
  ['MissingAuthenticationTokenException', 'aws-credentials-refused'],
  ['IncompleteSignatureException', 'aws-credentials-refused'],
  ['AccessDeniedException', 'aws-refused'],
  ['ResourceNotFoundException', 'aws-refused'],
  ['ValidationException', 'aws-refused'],
  ['SomethingNew', 'aws-refused'],
])('%s is final', (name, code) => {
  const settled = dynamoDb.queryAll(request).settle(reply(400, refusal(name)), attempt);
  expect(settled).toMatchObject({
    kind: 'failed',
    error: { code, data: { awsError: name, table: 'crew-dispatch' } },
  });
  expect(failureOf(settled).now).not.toBe('');
});

test('the words of IAM, which writes Message large, are kept for the log', () => {
  const body = {
    __type: 'com.amazon.coral.service#AccessDeniedException',
    Message: 'User: u is not authorized',
  };
  expect(failureOf(dynamoDb.queryAll(request).settle(reply(400, body), attempt)).data.awsMessage).toBe(
    'User: u is not authorized',
  );
});

describe('a clock that is off', () => {
  const serviceMs = NOW_MS + 3 * 3_600_000;
  const headers = { date: new Date(serviceMs).toUTCString() };
  const expired = refusal(
    'InvalidSignatureException',
    'Signature expired: 20260601T060000Z is now earlier than 20260601T085500Z (20260601T090000Z - 5 min.)',
  );

  test.each([
    ['the words of AWS', expired],
    ['RequestTimeTooSkewed', refusal('RequestTimeTooSkewed')],
    ['a refused signature and a Date far from ours', refusal('InvalidSignatureException', 'no')],
  ])('told by %s, is corrected and signed again at the time of the service', (_, body) => {
    const settled = dynamoDb.queryAll(request).settle(reply(400, body, headers), attempt);
    if (settled.kind !== 'again') throw new Error(settled.kind);
    expect(settled.call.request(attempt).headers['X-Amz-Date']).toBe('20260601T090000Z');
  });

  test('stays corrected on the pages after', () => {
    const again = dynamoDb.queryAll(request).settle(reply(400, expired, headers), attempt);
    if (again.kind !== 'again') throw new Error(again.kind);
    const next = again.call.settle(
      reply(200, page(['a'], { LastEvaluatedKey: { id: { S: 'a' } } })),
      attempt,
    );
    if (next.kind !== 'next') throw new Error(next.kind);
    expect(next.call.request({ nowMs: NOW_MS + 1_000 }).headers['X-Amz-Date']).toBe('20260601T090001Z');
  });

  test('is corrected once, then told to the person', () => {
    const again = dynamoDb.queryAll(request).settle(reply(400, expired, headers), attempt);
    if (again.kind !== 'again') throw new Error(again.kind);
    const settled = again.call.settle(reply(400, expired, headers), attempt);
    expect(settled).toMatchObject({ kind: 'failed', error: { code: 'aws-clock-skew' } });
  });

  test('that no Date header helps to correct is told to the person', () => {
    const settled = dynamoDb.queryAll(request).settle(reply(400, expired), attempt);
    expect(settled).toMatchObject({ kind: 'failed', error: { code: 'aws-clock-skew' } });
  });

  test('is not blamed for a wrong secret', () => {
    const near = { date: new Date(NOW_MS + 2_000).toUTCString() };
    const settled = dynamoDb
      .queryAll(request)
      .settle(reply(400, refusal('InvalidSignatureException', 'does not match'), near), attempt);
    expect(settled).toMatchObject({ kind: 'failed', error: { code: 'aws-credentials-refused' } });
  });
});

test('a checksum that differs is told, and the items are taken all the same', () => {
  const body = JSON.stringify(page(['a']));
  const call = dynamoDb.queryAll(request);
  expect(call.settle(reply(200, body, { 'x-amz-crc32': String(crc32(utf8(body))) }), attempt).kind).toBe(
    'done',
  );
  expect(events).toEqual([]);
  expect(
    call.settle(reply(200, body, { 'x-amz-crc32': '1', 'content-encoding': 'gzip' }), attempt).kind,
  ).toBe('done');
  expect(events).toMatchObject([{ event: 'dynamodb-checksum-differs', promised: '1', encoding: 'gzip' }]);
});

test('no secret is in any error, even when AWS quotes the signed headers', () => {
  const quoting = `Canonical String …x-amz-security-token:${TOKEN} ${SECRET}`;
  for (const name of [
    'InvalidSignatureException',
    'RequestTimeTooSkewed',
    'ExpiredTokenException',
    'InternalServerError',
  ]) {
    const status = name === 'InternalServerError' ? 500 : 400;
    const error = failureOf(
      dynamoDb.queryAll(request).settle(reply(status, refusal(name, quoting)), attempt),
    );
    const told = JSON.stringify([error.message, error.what, error.now, error.data, error.cause]);
    expect(told).not.toContain(TOKEN);
    expect(told).not.toContain(SECRET);
  }
});

test('what is no region never becomes part of an address', () => {
  const credentials = fixedCredentials({ accessKeyId: 'A', secretAccessKey: 's' });
  for (const region of ['evil.example/', 'us-east-1.evil.example', '', 'us-east-1\n']) {
    expect(() => createDynamoDb({ region, credentials })).toThrow(PurserError);
  }
  expect(() => createDynamoDb({ region: 'us-gov-west-1', credentials })).not.toThrow();
});

test('settling twice gives the same, so that a repeated round adds nothing twice', () => {
  const key = { charterId: { S: 'a' } };
  const first = dynamoDb
    .scanAll({ table: 't' })
    .settle(reply(200, page(['a'], { LastEvaluatedKey: key })), attempt);
  if (first.kind !== 'next') throw new Error(first.kind);
  const once = first.call.settle(reply(200, page(['b'])), attempt);
  expect(first.call.settle(reply(200, page(['b'])), attempt)).toEqual(once);
});

describe('a session that AWS refuses', () => {
  const old = { accessKeyId: 'ASIAOLD', secretAccessKey: 'old', sessionToken: 'old' };
  const fresh = { accessKeyId: 'ASIANEW', secretAccessKey: 'new', sessionToken: 'new' };
  const opened = () => {
    let current = old;
    const refused: string[] = [];
    const source: CredentialSource = {
      current: () => current,
      renew: ({ accessKeyId }) => {
        refused.push(accessKeyId);
        current = fresh;
      },
    };
    return { refused, db: createDynamoDb({ region: 'us-east-1', credentials: source }) };
  };

  test.each(['ExpiredTokenException', 'UnrecognizedClientException', 'InvalidClientTokenId', 'ExpiredToken'])(
    'as %s is renewed, and the same request goes out once more with the new one',
    (name) => {
      const { db, refused } = opened();
      const call = db.queryAll(request);
      const before = call.request(attempt);
      const settled = call.settle(reply(400, refusal(name)), attempt);
      if (settled.kind !== 'renew') throw new Error(settled.kind);
      expect(refused).toEqual([]);
      const after = settled.renew().request(attempt);
      expect(refused).toEqual(['ASIAOLD']);
      expect(after.headers['X-Amz-Security-Token']).toBe('new');
      expect([after.url, after.body]).toEqual([before.url, before.body]);
    },
  );

  test('is not what a wrong signature or a lacking right means', () => {
    const { db } = opened();
    for (const name of ['InvalidSignatureException', 'AccessDeniedException', 'ValidationException']) {
      expect(db.queryAll(request).settle(reply(400, refusal(name)), attempt).kind).toBe('failed');
    }
  });

  test('leaves the pages that are there, and goes on with the new one', () => {
    const { db } = opened();
    const key = { charterId: { S: 'a' } };
    const first = db
      .scanAll({ table: 't' })
      .settle(reply(200, page(['a'], { LastEvaluatedKey: key })), attempt);
    if (first.kind !== 'next') throw new Error(first.kind);
    const settled = first.call.settle(reply(400, refusal('ExpiredTokenException')), attempt);
    if (settled.kind !== 'renew') throw new Error(settled.kind);
    const last = settled.renew().settle(reply(200, page(['b'])), attempt);
    expect(last).toMatchObject({
      kind: 'done',
      value: [{ charterId: { S: 'a' } }, { charterId: { S: 'b' } }],
    });
  });
});
