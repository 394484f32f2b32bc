import { readFileSync } from 'node:fs';
import {
  claimOwnership,
  requireOwner,
  requireSettledOwner,
  triggerOwner,
} from '../../src/accounts/trigger-owner.ts';
import { errorOf, fakeHost, OWNER } from '../tools/fake-host.ts';

test('who sets Purser up first owns it, and stays the owner when others come', () => {
  const host = fakeHost();
  expect(claimOwnership(host)).toBe(OWNER);
  host.setUser('sam@blueheron.example');
  expect(claimOwnership(host)).toBe(OWNER);
  expect(triggerOwner(Object.fromEntries(host.document))).toBe(OWNER);
});

test('an account that the platform does not name owns nothing', () => {
  const host = fakeHost();
  host.setUser('');
  expect(claimOwnership(host)).toBe('');
  expect(triggerOwner(Object.fromEntries(host.document))).toBeNull();
  host.setUser(OWNER);
  expect(claimOwnership(host)).toBe(OWNER);
});

test('the owner may send, in any letter case; before there is one, anybody may', () => {
  const host = fakeHost();
  expect(requireOwner(host, {})).toBe(OWNER);
  claimOwnership(host);
  host.setUser(OWNER.toUpperCase());
  expect(requireOwner(host, Object.fromEntries(host.document))).toBe(OWNER.toUpperCase());
});

test.each(['sam@blueheron.example', ''])(
  'from another account (%j) a send is refused, naming the owner',
  (email) => {
    const host = fakeHost();
    claimOwnership(host);
    host.setUser(email);
    const error = errorOf(() => requireOwner(host, Object.fromEntries(host.document)));
    expect(error).toMatchObject({ code: 'not-trigger-owner', data: { owner: OWNER } });
    expect(error.now).toContain(`Ask ${OWNER}`);
  },
);

test('before Purser is set up nobody owns its accounts, and the page on accounts says what to do', () => {
  const host = fakeHost();
  const error = errorOf(() => requireSettledOwner(host, Object.fromEntries(host.document)));
  expect(error).toMatchObject({ code: 'not-set-up', kind: 'setup' });
  expect(readFileSync('docs/accounts.md', 'utf8')).toContain(`“${error.what}” | \`not-set-up\``);
  claimOwnership(host);
  expect(requireSettledOwner(host, Object.fromEntries(host.document))).toBe(OWNER);
  host.setUser('sam@blueheron.example');
  expect(errorOf(() => requireSettledOwner(host, Object.fromEntries(host.document))).code).toBe(
    'not-trigger-owner',
  );
});
