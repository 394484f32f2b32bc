import { createHash, createHmac } from 'node:crypto';
import { challengeOf, randomSecret, readSigned, signed, signingKey } from '../../src/accounts/secrets.ts';
import { fakeHost } from '../tools/fake-host.ts';

const KEY = 'connect.key';

test('the challenge is that of RFC 7636, appendix B', () => {
  expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('a secret is the digest of three UUIDs: 43 characters, another each time', () => {
  const host = fakeHost();
  expect(randomSecret(host)).toBe(createHash('sha256').update('uuid-1 uuid-2 uuid-3').digest('base64url'));
  expect(randomSecret(host)).not.toBe(randomSecret(host));
});

test('the key is made once, and kept for this person only', () => {
  const host = fakeHost();
  const key = signingKey(host, {});
  expect(signingKey(host, {})).toBe(key);
  expect(host.user.get(KEY)).toBe(key);
  expect(host.document.size).toBe(0);
});

test('what is signed is a payload with its HMAC-SHA-256, and reads back as it was', () => {
  const payload = { words: 'Zoë’s 🚤', list: [1, null] };
  const token = signed('a key', 'state', payload);
  const [text = '', signature] = token.split('.');
  expect(JSON.parse(Buffer.from(text, 'base64url').toString())).toEqual(payload);
  expect(signature).toBe(createHmac('sha256', 'a key').update(`state.${text}`).digest('base64url'));
  expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
  expect(readSigned({ [KEY]: 'a key' }, 'state', token)).toEqual(payload);
});

test.each([
  ['for another use', (token: string) => readSigned({ [KEY]: 'a key' }, 'invitation', token)],
  ['by another key', (token: string) => readSigned({ [KEY]: 'another' }, 'state', token)],
  ['when there is no key', (token: string) => readSigned({}, 'state', token)],
  ['with something after it', (token: string) => readSigned({ [KEY]: 'a key' }, 'state', `${token}A`)],
  ['with a part more', (token: string) => readSigned({ [KEY]: 'a key' }, 'state', `${token}.A`)],
  ['without its end', (token: string) => readSigned({ [KEY]: 'a key' }, 'state', token.slice(0, -1))],
])('signed %s it is worth nothing', (_how, read) => {
  expect(read(signed('a key', 'state', { a: 1 }))).toBeNull();
});
