import {
  awsKeysProblem,
  hasAwsCredentials,
  loadAwsCredentials,
  storeAwsCredentials,
} from '../../src/accounts/aws-credentials.ts';
import { errorOf, fakeHost } from '../tools/fake-host.ts';

const KEYS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

test('what was stored comes back, from the user’s own properties', () => {
  const host = fakeHost();
  expect(hasAwsCredentials(host)).toBe(false);
  storeAwsCredentials(host, KEYS);
  expect(loadAwsCredentials(host)).toEqual(KEYS);
  expect(hasAwsCredentials(host)).toBe(true);
  expect(host.document.size).toBe(0);
  expect(host.user.size).toBe(1);
});

test('a session token comes along', () => {
  const host = fakeHost();
  storeAwsCredentials(host, { ...KEYS, sessionToken: 'token' });
  expect(loadAwsCredentials(host)).toEqual({ ...KEYS, sessionToken: 'token' });
});

test('without keys the way to enter them is said', () => {
  const error = errorOf(() => loadAwsCredentials(fakeHost()));
  expect(error).toMatchObject({ code: 'aws-credentials-missing', kind: 'setup' });
  expect(error.now).toContain('Set up');
});

test.each([
  `{"schema":1,"accessKeyId":"${KEYS.accessKeyId}","secretAccessKey":"${KEYS.secretAccessKey}"`,
  JSON.stringify({ schema: 2, ...KEYS }),
  JSON.stringify({ schema: 1, ...KEYS, accessKeyId: 'lower' }),
  KEYS.secretAccessKey,
])('keys that can’t be read are an error without a piece of them (%#)', (stored) => {
  const host = fakeHost();
  storeAwsCredentials(host, KEYS);
  for (const key of host.user.keys()) host.user.set(key, stored);
  const error = errorOf(() => loadAwsCredentials(host));
  expect(error.code).toBe('aws-credentials-missing');
  expect(JSON.stringify([error.message, error.data, error.stack, String(error.cause)])).not.toMatch(
    /wJalr|AKIAIOS|EXAMPLE/,
  );
  expect(hasAwsCredentials(host)).toBe(false);
  expect(host.logged).toEqual([]);
});

test('typed keys are judged before they are stored, without repeating them', () => {
  expect(awsKeysProblem(KEYS.accessKeyId, KEYS.secretAccessKey)).toBeNull();
  const bad = [
    ['akiaiosfodnn7example', KEYS.secretAccessKey],
    ['', KEYS.secretAccessKey],
    [KEYS.accessKeyId, 'short'],
    [KEYS.accessKeyId, `${KEYS.secretAccessKey} `],
    [KEYS.accessKeyId, `${KEYS.secretAccessKey}\n`],
  ] as const;
  for (const [id, secret] of bad) {
    const problem = awsKeysProblem(id, secret);
    expect(problem).toMatch(/^A/);
    expect(problem).not.toMatch(/wJalr|short|EXAMPLE/i);
  }
});
