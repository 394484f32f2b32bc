import fc from 'fast-check';
import { assumeRole } from '../../../src/clients/aws/sts.ts';
import type { Settled } from '../../../src/clients/exchange.ts';
import type { PurserError } from '../../../src/host/errors.ts';
import type { HttpReply } from '../../../src/host/host.ts';
import { errorOf, replyOf } from '../../tools/fake-host.ts';

const ATTEMPT = { nowMs: Date.UTC(2026, 5, 1, 6) };
const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
const ROLE = 'arn:aws:iam::123456789012:role/team/purser+reader';
const request = {
  region: 'eu-central-1',
  roleArn: ROLE,
  sessionName: 'purser-nora@harbor.example',
  identityToken: () => TOKEN,
  durationSeconds: 3600,
};
const call = assumeRole(request);

/** In the form of the example at docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html. */
const RESPONSE = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult>
    <SubjectFromWebIdentityToken>110000000000000000001</SubjectFromWebIdentityToken>
    <Audience>200.apps.googleusercontent.com</Audience>
    <AssumedRoleUser>
      <Arn>arn:aws:sts::123456789012:assumed-role/purser+reader/purser-nora</Arn>
      <AssumedRoleId>AROAEXAMPLEEXAMPLE000:purser-nora</AssumedRoleId>
    </AssumedRoleUser>
    <Credentials>
      <SessionToken>AQoDYXdzEE0a8ANXXXXXXXXNO1ewxE5TijQyp+IEXAMPLE==</SessionToken>
      <SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY</SecretAccessKey>
      <Expiration>2026-06-01T07:00:00Z</Expiration>
      <AccessKeyId>ASgeIAIOSFODNN7EXAMPLE</AccessKeyId>
    </Credentials>
    <Provider>accounts.google.com</Provider>
  </AssumeRoleWithWebIdentityResult>
  <ResponseMetadata>
    <RequestId>ad4156e9-bce1-11e2-82e6-6b6efEXAMPLE</RequestId>
  </ResponseMetadata>
</AssumeRoleWithWebIdentityResponse>
`;

function reply(status: number, body: string): HttpReply {
  return replyOf({ status, body, headers: { 'content-type': 'text/xml' } });
}

function refused(code: string, message = 'Not authorized'): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">\n  <Error>\n    <Type>Sender</Type>\n    <Code>${code}</Code>\n    <Message>${message}</Message>\n  </Error>\n  <RequestId>e1e2</RequestId>\n</ErrorResponse>\n`;
}

function failureOf(settled: Settled<unknown>): PurserError {
  if (settled.kind !== 'failed' && settled.kind !== 'retry') throw new Error(`it was ${settled.kind}`);
  return settled.error;
}

test('the request is a form to the regional endpoint, unsigned, with the token in its body only', () => {
  const { url, method, headers, body, contentType } = call.request(ATTEMPT);
  expect([method, url, contentType, headers]).toEqual([
    'POST',
    'https://sts.eu-central-1.amazonaws.com/',
    'application/x-www-form-urlencoded',
    {},
  ]);
  expect(Object.fromEntries(new URLSearchParams(String(body)))).toEqual({
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    DurationSeconds: '3600',
    RoleArn: ROLE,
    RoleSessionName: 'purser-nora@harbor.example',
    WebIdentityToken: TOKEN,
  });
  expect(call.name).not.toContain(TOKEN);
  expect(call.repeatable).toBe(true);
});

test('AWS’s answer gives the session and when it ends', () => {
  expect(call.settle(reply(200, RESPONSE), ATTEMPT)).toEqual({
    kind: 'done',
    value: {
      accessKeyId: 'ASgeIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY',
      sessionToken: 'AQoDYXdzEE0a8ANXXXXXXXXNO1ewxE5TijQyp+IEXAMPLE==',
      expiresAt: '2026-06-01T07:00:00.000Z',
    },
  });
});

test('characters that XML escapes come back as they were, and unknown ones are refused', () => {
  const escaped = (secret: string) => RESPONSE.replace('wJalrXUtnFEMI/', secret);
  const done = call.settle(reply(200, escaped('a&amp;b&#43;&#x2f;&lt;')), ATTEMPT);
  expect(done).toMatchObject({
    kind: 'done',
    value: { secretAccessKey: expect.stringMatching(/^a&b\+\/<K7/) },
  });
  for (const bad of ['a&nbsp;', 'a&amp', '&#0;', '&#x110000;']) {
    expect(call.settle(reply(200, escaped(bad)), ATTEMPT).kind).toBe('retry');
  }
});

test('an answer that broke off anywhere is asked again and never taken', () => {
  const whole = RESPONSE.trimEnd();
  fc.assert(
    fc.property(fc.nat(whole.length - 1), (length) => {
      const settled = call.settle(reply(200, whole.slice(0, length)), ATTEMPT);
      expect(settled.kind).toBe('retry');
      expect(failureOf(settled).code).toBe('reply-malformed');
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['no key', RESPONSE.replace(/<AccessKeyId>.*<\/AccessKeyId>/, '')],
  ['two keys', RESPONSE.replace(/(<AccessKeyId>.*<\/AccessKeyId>)/, '$1$1')],
  ['no end', RESPONSE.replace('2026-06-01T07:00:00Z', 'soon')],
  ['a line break in the token', RESPONSE.replace('AQoDYX', 'AQ\nDYX')],
  ['an empty secret', RESPONSE.replace(/(<SecretAccessKey>).*(<)/, '$1$2')],
  ['another document', RESPONSE.replaceAll('AssumeRoleWithWebIdentityResponse', 'GetCallerIdentityResponse')],
  ['a page', '<html><body>Sign in to the harbour’s WiFi</body></html>'],
  ['nothing', ''],
])('an answer with %s is none', (_, body) => {
  expect(call.settle(reply(200, body), ATTEMPT).kind).toBe('retry');
});

test.each([
  ['AccessDenied', 403, /trust policy.*aud and sub/],
  ['InvalidIdentityToken', 400, /accounts\.google\.com:aud/],
  ['IDPRejectedClaim', 403, /compare sub/],
  ['RegionDisabledException', 403, /activate STS in eu-central-1/],
  ['ValidationError', 400, /ARN/],
])('%s is a matter of setting up, and says what to look at', (awsError, status, words) => {
  const settled = call.settle(reply(status, refused(awsError)), ATTEMPT);
  expect(settled.kind).toBe('failed');
  const error = failureOf(settled);
  expect(error).toMatchObject({ code: 'aws-role-refused', kind: 'setup', data: { awsError, status } });
  expect(error.message).toMatch(words);
  expect(error.message).toContain(awsError);
});

test('a refusal that nobody foresaw is told by its name', () => {
  const error = failureOf(call.settle(reply(400, refused('PackedPolicyTooLarge')), ATTEMPT));
  expect(error).toMatchObject({ code: 'aws-refused', data: { awsError: 'PackedPolicyTooLarge' } });
});

test.each([
  [400, refused('IDPCommunicationError'), 'service-unavailable'],
  [400, refused('ExpiredTokenException'), 'service-unavailable'],
  [400, refused('ExpiredToken'), 'service-unavailable'],
  [400, refused('Throttling'), 'service-throttled'],
  [429, refused('AccessDenied'), 'service-throttled'],
  [500, refused('InternalFailure'), 'service-unavailable'],
  [503, '<html>Service Unavailable</html>', 'service-unavailable'],
  [403, '<html>Forbidden by the proxy</html>', 'service-unavailable'],
  [502, '', 'service-unavailable'],
])('HTTP %i with %j is tried again', (status, body, code) => {
  const settled = call.settle(reply(status, body), ATTEMPT);
  expect(settled.kind).toBe('retry');
  expect(failureOf(settled).code).toBe(code);
});

test('each attempt asks Google anew for its identity token: one that had run out is not sent twice', () => {
  const tokens = ['old', 'new'];
  const renewed = assumeRole({ ...request, identityToken: () => tokens.shift() ?? '' });
  const sent = [0, 1].map(() =>
    new URLSearchParams(String(renewed.request(ATTEMPT).body)).get('WebIdentityToken'),
  );
  expect(sent).toEqual(['old', 'new']);
  const error = failureOf(renewed.settle(reply(400, refused('ExpiredTokenException')), ATTEMPT));
  expect(error.message).toMatch(/identity token had run out.*Try again/);
});

test('no error repeats what AWS says, because AWS repeats the token', () => {
  const message = `Value '${TOKEN}' at 'webIdentityToken' failed`;
  for (const [status, code] of [
    [400, 'ValidationError'],
    [403, 'AccessDenied'],
    [400, 'Throttling'],
    [400, 'Other'],
  ] as const) {
    const error = failureOf(call.settle(reply(status, refused(code, message)), ATTEMPT));
    expect(JSON.stringify([error.message, error.data, String(error.cause)])).not.toMatch(/eyJ|webIdentity/);
  }
});

test('what is no region never becomes part of an address', () => {
  for (const region of ['evil.example/', 'us-east-1.evil.example', '', 'us-east-1\n']) {
    expect(errorOf(() => assumeRole({ ...request, region })).code).toBe('settings-invalid');
  }
});
