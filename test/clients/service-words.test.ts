import { serviceWords } from '../../src/clients/service-words.ts';

const LONG = 'FwoGZXIvYXdzEJr'.repeat(10);

test.each([
  ['a bearer token', 'Bad header “Authorization: Bearer abc.def-123”', 'abc.def-123'],
  ['an access token of Google', 'Token ya29.a0AfH6SM-x_y is out of date', 'a0AfH6SM'],
  ['a refresh token', 'grant 1//0gLongEnough-Token_x unknown', 'LongEnough'],
  ['an authorization code', 'code=4/0AX4XfWhLongEnough', 'LongEnough'],
  ['a client secret', 'client_secret=GOCSPX-abcdefgh&x=1', 'abcdefgh'],
  ['a JSON web token', 'got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'c2ln'],
  ['a signature', 'Credential=AKIA/20260601, Signature=0123456789abcdef', '0123456789abcdef'],
  ['a session token', `'x-amz-security-token:${LONG}==' is wrong`, LONG.slice(20, 60)],
])('%s is cut out of what a service says', (_what, words, secret) => {
  expect(serviceWords(words)).not.toContain(secret);
  expect(serviceWords(words)).toContain('…');
});

// Words of Google's and AWS's errors that tell a person what to do.
test.each([
  'Gmail API has not been used in project 123456789012 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/gmail.googleapis.com/overview?project=123456789012 then retry.',
  "Unable to parse range: 'May 2026'!A1:Z99",
  'File not found: 1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms.',
  'User: arn:aws:sts::123456789012:assumed-role/purser-local/purser is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:us-east-1:123456789012:table/crew-dispatch/index/month-date-index because no identity-based policy allows the dynamodb:Query action',
])('what helps stays: %s', (words) => {
  expect(serviceWords(words)).toBe(words);
});
