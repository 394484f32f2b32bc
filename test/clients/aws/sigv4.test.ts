import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import aws4 from 'aws4';
import fc from 'fast-check';
import { type SigningKeys, signRequest, type UnsignedRequest } from '../../../src/clients/aws/sigv4.ts';

const LASTING = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const TEMPORARY = { ...LASTING, sessionToken: 'IQoJb3JpZ2luX2VjEPT//////////wEaCXVzLWVhc3QtMSJHM/+=' };

const query: UnsignedRequest = {
  method: 'POST',
  url: 'https://dynamodb.us-east-1.amazonaws.com/',
  headers: { 'X-Amz-Target': 'DynamoDB_20120810.Query' },
  contentType: 'application/x-amz-json-1.0',
  body: '{"TableName":"crew-dispatch"}',
  region: 'us-east-1',
  service: 'dynamodb',
  credentials: LASTING,
  timeMs: Date.UTC(2026, 10, 20, 9, 35, 57),
};

interface Address {
  readonly host: string;
  readonly path: string;
  readonly search: string;
}

function addressOf(url: string): Address {
  const match = /^https:\/\/([^/?]+)([^?]*)(\?.*)?$/.exec(url);
  if (match === null) throw new Error(url);
  return { host: match[1] ?? '', path: match[2] || '/', search: match[3] ?? '' };
}

function basicTime(ms: number): string {
  return new Date(ms).toISOString().replace(/[:-]|\.\d{3}/g, '');
}

function byAws4(input: UnsignedRequest): unknown {
  const { host, path, search } = addressOf(input.url);
  const request = {
    host,
    path: path + search,
    method: input.method,
    headers: { ...input.headers, 'X-Amz-Date': basicTime(input.timeMs) },
    body: input.body,
    service: input.service,
    region: input.region,
    extraHeadersToIgnore: { 'content-type': true, 'content-length': true },
  };
  return aws4.sign(request, input.credentials).headers?.Authorization;
}

async function bySmithy(input: UnsignedRequest): Promise<unknown> {
  const { host, path, search } = addressOf(input.url);
  const signer = new SignatureV4({
    service: input.service,
    region: input.region,
    credentials: input.credentials,
    sha256: Sha256,
    applyChecksum: false,
  });
  const parameters = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(search)) {
    parameters.set(name, [...(parameters.get(name) ?? []), value]);
  }
  const signed = await signer.sign(
    {
      method: input.method,
      protocol: 'https:',
      hostname: host,
      path,
      query: Object.fromEntries(parameters),
      headers: { ...input.headers, host },
      body: input.body,
    },
    { signingDate: new Date(input.timeMs) },
  );
  return signed.headers.authorization;
}

const cases: [string, Partial<UnsignedRequest>][] = [
  ['a query of DynamoDB', {}],
  ['temporary credentials', { credentials: TEMPORARY }],
  ['a body beyond ASCII', { body: '{"vessel":"Señorita 🐬 日本"}' }],
  ['no body', { method: 'GET', body: '' }],
  ['a query string', { url: 'https://sts.amazonaws.com/?Version=2011-06-15&Action=GetCallerIdentity' }],
  ['names that begin alike', { url: 'https://sts.amazonaws.com/?a=2&a-b=1&a.b=3&a=1&A=4' }],
  ['a parameter without a value', { url: 'https://sts.amazonaws.com/?b&a=' }],
  ['reserved characters in a query string', { url: "https://sts.amazonaws.com/?q=%2F%3F%26%3D%20!'()*~%2B" }],
  ['a sub-path', { url: 'https://api.amazonaws.com/prod/charters/CH-1' }],
  ['a path that ends in a slash', { url: 'https://api.amazonaws.com/prod/charters/' }],
  ['an encoded path', { url: 'https://api.amazonaws.com/prod/a%20b/%C3%A9%2F(1)' }],
  ['doubled slashes', { url: 'https://api.amazonaws.com//prod//charters' }],
  ['dot segments inside', { url: 'https://api.amazonaws.com/a/./b/../c' }],
  ['a header with many spaces', { headers: { 'X-Amz-Meta-Words': '  one   two ' } }],
  ['another region and service', { region: 'us-west-2', service: 'sts' }],
  ['the last second of a year', { timeMs: Date.UTC(2026, 11, 31, 23, 59, 59, 999) }],
];

describe('the signature is the one that two independent signers make', () => {
  test.each(cases)('%s', async (_, change) => {
    const input = { ...query, ...change };
    const ours = signRequest(input).headers.Authorization;
    expect(ours).toBe(byAws4(input));
    expect(ours).toBe(await bySmithy(input));
  });

  test('any body, path, query and credentials', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const name = text.filter(
      (word) => word !== '' && word !== '__proto__' && word.toLowerCase() !== 'x-amz-signature',
    );
    const segment = text.filter((word) => !['', '.', '..'].includes(word));
    const secret = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          segments: fc.array(segment, { maxLength: 4 }),
          parameters: fc.array(fc.tuple(name, text), { maxLength: 5 }),
          body: fc.string({ unit: 'binary', maxLength: 60 }),
          secretAccessKey: secret,
          sessionToken: fc.option(fc.base64String({ minLength: 4 }), { nil: undefined }),
          region: fc.constantFrom('us-east-1', 'eu-central-1'),
          timeMs: fc.integer({ min: 0, max: Date.UTC(2099, 0, 1) }),
        }),
        async ({ segments, parameters, body, secretAccessKey, sessionToken, region, timeMs }) => {
          const path = segments.map(encodeURIComponent).join('/');
          const search = parameters.map(
            ([one, value]) => `${encodeURIComponent(one)}=${encodeURIComponent(value)}`,
          );
          const input: UnsignedRequest = {
            ...query,
            url: `https://api.amazonaws.com/${path}${search.length === 0 ? '' : `?${search.join('&')}`}`,
            body,
            credentials: {
              accessKeyId: 'AKIDEXAMPLE',
              secretAccessKey,
              ...(sessionToken === undefined ? {} : { sessionToken }),
            },
            region,
            timeMs,
          };
          const ours = signRequest(input).headers.Authorization;
          expect(ours).toBe(byAws4(input));
          expect(ours).toBe(await bySmithy(input));
        },
      ),
      { numRuns: 300 },
    );
  });
});

// From AWS's Signature Version 4 test suite, described at
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html .
describe('the signature is the one in the test suite of AWS', () => {
  test.each([
    ['get-vanilla', 'GET', '/', '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    ['post-vanilla', 'POST', '/', '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'get-vanilla-query-order-key-case',
      'GET',
      '/?Param2=value2&Param1=value1',
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    [
      'get-slash-pointless-dot',
      'GET',
      '/./example',
      'ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5',
    ],
    [
      'get-relative',
      'GET',
      '/example/..',
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
  ] as const)('%s', (_, method, path, signature) => {
    const { headers } = signRequest({
      method,
      url: `https://example.amazonaws.com${path}`,
      headers: {},
      body: '',
      region: 'us-east-1',
      service: 'service',
      credentials: LASTING,
      timeMs: Date.UTC(2015, 7, 30, 12, 36, 0),
    });
    expect(headers.Authorization).toBe(
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
    );
  });
});

test('the host is signed but not sent, and the content type is sent but not signed, as UrlFetchApp needs it', () => {
  const signed = signRequest({ ...query, credentials: TEMPORARY });
  expect(Object.keys(signed.headers).sort()).toEqual([
    'Authorization',
    'X-Amz-Date',
    'X-Amz-Security-Token',
    'X-Amz-Target',
  ]);
  expect(signed.headers.Authorization).toContain(
    'SignedHeaders=host;x-amz-date;x-amz-security-token;x-amz-target,',
  );
  expect(signed).toMatchObject({
    contentType: 'application/x-amz-json-1.0',
    body: query.body,
    url: query.url,
  });
});

test('a key derived before is used again, and never for another day, region, service or secret', () => {
  const signingKeys: SigningKeys = new Map();
  const changes: Partial<UnsignedRequest>[] = [
    {},
    { timeMs: query.timeMs + 1_000 },
    { timeMs: query.timeMs + 86_400_000 },
    { region: 'us-west-2' },
    { service: 'sts' },
    { credentials: { ...LASTING, secretAccessKey: 'other' } },
  ];
  for (const change of changes) {
    const input = { ...query, ...change };
    expect(signRequest({ ...input, signingKeys })).toEqual(signRequest(input));
  }
  expect(signingKeys.size).toBe(changes.length - 1);
});

test('an address that is not absolute https is a bug, not a request', () => {
  expect(() => signRequest({ ...query, url: 'http://dynamodb.us-east-1.amazonaws.com/' })).toThrow(/https/);
});
