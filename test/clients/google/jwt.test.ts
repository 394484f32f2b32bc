import { jwtClaims } from '../../../src/clients/google/jwt.ts';

const tokenOf = (payload: string): string => `head.${Buffer.from(payload).toString('base64url')}.signature`;

test('the claims are the token’s second part, in base64url without padding', () => {
  // RFC 7519, 3.1
  const example =
    'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  expect(jwtClaims(example)).toEqual({ iss: 'joe', exp: 1300819380, 'http://example.com/is_root': true });
  expect(jwtClaims(tokenOf('{"name":"Büro ÿ~😀"}'))).toEqual({ name: 'Büro ÿ~😀' });
});

test.each([
  '',
  'head',
  'head.',
  'head.e.',
  'head.%%%%.',
  'head./w==.',
  tokenOf('{'),
  tokenOf('[]'),
  tokenOf('null'),
  tokenOf('"x"'),
])('what has none (%s) is told apart, and never thrown', (text) => {
  expect(jwtClaims(text)).toBeNull();
});
