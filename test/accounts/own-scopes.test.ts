import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Undertaking } from '../../src/accounts/own-scopes.ts';
import { checkOwnScopes, OWN_SCOPES } from '../../src/accounts/own-scopes.ts';
import { errorOf, fakeHost } from '../tools/fake-host.ts';

const GRANT_URL = 'https://accounts.google.com/grant';
const ALL = OWN_SCOPES.map(({ scope }) => scope);
const long = (name: string): string => `https://www.googleapis.com/auth/${name}`;

function granting(grantedScopes: readonly string[] | null, url: string | null = GRANT_URL) {
  return { ...fakeHost(), authorization: () => ({ grantedScopes, url }) };
}
const without = (...names: readonly string[]) =>
  granting(ALL.filter((scope) => !names.map(long).includes(scope)));
const refusal = (host: ReturnType<typeof granting>, undertaking: Undertaking) =>
  errorOf(() => checkOwnScopes(host, undertaking));

const WITH_MAIL: readonly Undertaking[] = ['set-up', 'preview', 'statement', 'booking-mail'];
const UNDERTAKINGS: readonly Undertaking[] = [...WITH_MAIL, 'calendars'];

test('each scope of the manifest has its words, and no other has', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../appsscript.json'), 'utf8'));
  expect(ALL).toEqual(manifest.oauthScopes);
});

test.each(UNDERTAKINGS)(
  'with all granted, or where the platform does not tell, %s goes on',
  (undertaking) => {
    expect(() => checkOwnScopes(granting(ALL, null), undertaking)).not.toThrow();
    expect(() => checkOwnScopes(granting(null, null), undertaking)).not.toThrow();
  },
);

test('what was not granted is named, with what will not work and where it is granted', () => {
  const error = refusal(without('gmail.send', 'drive.file'), 'statement');
  expect(error).toMatchObject({ code: 'authorization-partial', kind: 'setup' });
  expect(error.what).toContain('Gmail: send; Google Drive: files of Purser’s own.');
  expect(error.what).toContain('Without Gmail send, no statement can be sent');
  expect(error.now).toContain(GRANT_URL);
  expect(refusal(granting([], null), 'preview').now).toContain('Set up…');
});

test.each<[string, readonly Undertaking[]]>([
  ['spreadsheets', UNDERTAKINGS],
  ['gmail.readonly', WITH_MAIL],
  ['userinfo.email', UNDERTAKINGS],
  ['script.external_request', UNDERTAKINGS],
  ['gmail.send', ['set-up', 'statement']],
  ['drive.file', ['set-up', 'statement']],
  ['drive.readonly', ['set-up', 'preview', 'statement']],
  ['script.scriptapp', ['set-up']],
  ['calendar.events', ['calendars']],
])('%s missing stops what needs it, and nothing else', (name, stopped) => {
  const stops = UNDERTAKINGS.filter((undertaking) => {
    try {
      checkOwnScopes(without(name), undertaking);
      return false;
    } catch {
      return true;
    }
  });
  expect(stops).toEqual(stopped);
});

test('the short form of the address’s scope is the long one', () => {
  const short = ALL.map((scope) => (scope === long('userinfo.email') ? 'email' : scope));
  expect(() => checkOwnScopes(granting(short), 'set-up')).not.toThrow();
});
