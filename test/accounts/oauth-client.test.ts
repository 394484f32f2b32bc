import { enterOAuthClient } from '../../src/accounts/enter-client.ts';
import { hasOAuthClient, loadOAuthClient, oauthClientProblem } from '../../src/accounts/oauth-client.ts';
import { errorOf, fakeHost } from '../tools/fake-host.ts';

const ID = '123456-abc.apps.googleusercontent.com';
const SECRET = 'GOCSPX-made-up-secret';
const stored = (host: ReturnType<typeof fakeHost>) => host.properties('user').readAll();

test('what is stored is loaded, without the blanks that copying brought along', () => {
  const host = fakeHost();
  expect(hasOAuthClient(stored(host))).toBe(false);
  enterOAuthClient(host, { clientId: ` ${ID}\n`, clientSecret: `\t${SECRET} ` });
  expect(hasOAuthClient(stored(host))).toBe(true);
  expect(loadOAuthClient(stored(host))).toEqual({ clientId: ID, clientSecret: SECRET });
});

test('without one it is said where to enter it', () => {
  const error = errorOf(() => loadOAuthClient({}));
  expect(error).toMatchObject({ code: 'oauth-client-missing', kind: 'setup' });
  expect(error.now).toContain('Purser › Connected accounts…');
});

test.each(['{', '[]', '{"schema":1,"clientId":"","clientSecret":"x-y-z"}', '{"schema":2}'])(
  'one that can’t be read (%s) counts as missing',
  (json) => {
    const mine = { 'oauth.client': json };
    expect(hasOAuthClient(mine)).toBe(false);
    expect(errorOf(() => loadOAuthClient(mine)).what).toContain('can’t be read');
  },
);

test.each([
  [ID, SECRET, null],
  [` ${ID} `, ` ${SECRET} `, null],
  ['', SECRET, 'client id'],
  ['123456-abc', SECRET, '.apps.googleusercontent.com'],
  [`${ID}.example`, SECRET, '.apps.googleusercontent.com'],
  [`https://${ID}`, SECRET, '.apps.googleusercontent.com'],
  [ID, '', 'secret is missing'],
  [ID, 'two words here', 'no spaces'],
  [ID, 'short', 'copy it whole'],
])('a client typed as %j and %j: %j', (id, secret, words) => {
  const problem = oauthClientProblem(id, secret);
  if (words === null) expect(problem).toBeNull();
  else expect(problem).toContain(words);
  expect(problem ?? '').not.toContain(SECRET);
});
