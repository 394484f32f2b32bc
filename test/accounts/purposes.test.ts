/** What an account is connected for, and no longer: an account is used for nothing that nobody wants it for. */
import { PURPOSE_SCOPES } from '../../src/accounts/account.ts';
import { readAccount } from '../../src/accounts/account-store.ts';
import { dropPurpose } from '../../src/accounts/disconnect.ts';
import { accountBearer } from '../../src/accounts/tokens.ts';
import { readTrail } from '../../src/accounts/trail.ts';
import { errorOf } from '../tools/fake-host.ts';
import { OFFICE, scene } from './fake-google.ts';

type World = ReturnType<typeof scene>;

const BY = 'Connected accounts…';

function connected(...purposes: ('send' | 'bookings')[]): World {
  const world = scene();
  world.connect(OFFICE, purposes);
  return world;
}

const tokenFor = ({ host, mine }: World, purpose: 'send' | 'bookings') =>
  accountBearer(host, OFFICE.subject, { purpose, by: 'a test' }, mine()).token();

test('an account is not used for what it is not connected for, and Reconnect is named, which connects it for that', () => {
  const world = connected('bookings');
  const error = errorOf(() => tokenFor(world, 'send'));
  expect(error.code).toBe('account-scope-missing');
  expect(error.what).toBe(`${OFFICE.email} is connected, but not for sending.`);
  expect(error.now).toBe('Connect it for sending, too: Purser › Connected accounts… › Reconnect.');
  expect(tokenFor(world, 'bookings')).not.toBe('');
});

test('what was stopped is not done any more, although the token allows it, until it is connected again', () => {
  const world = connected('send', 'bookings');
  dropPurpose(world.host, OFFICE.subject, 'send', BY);
  expect(errorOf(() => tokenFor(world, 'send')).what).toContain('not for sending');
  expect(tokenFor(world, 'bookings')).not.toBe('');
  world.connect(OFFICE, ['send']);
  expect(tokenFor(world, 'send')).not.toBe('');
  expect(readAccount(world.mine(), OFFICE.subject)).not.toHaveProperty('stopped');
});

test('an account that was stopped for everything is not guessed to be for all that its scopes allow', () => {
  const world = connected('send', 'bookings');
  dropPurpose(world.host, OFFICE.subject, 'send', BY);
  dropPurpose(world.host, OFFICE.subject, 'bookings', BY);
  expect(readAccount(world.mine(), OFFICE.subject)?.purposes).toEqual([]);
  expect(errorOf(() => tokenFor(world, 'send')).code).toBe('account-scope-missing');
  expect(errorOf(() => tokenFor(world, 'bookings')).code).toBe('account-scope-missing');
});

test('an account that was for sending only is not used for booking mail once sending is stopped', () => {
  const world = connected('send');
  dropPurpose(world.host, OFFICE.subject, 'send', BY);
  for (const purpose of ['send', 'bookings'] as const) {
    expect(errorOf(() => tokenFor(world, purpose)).code).toBe('account-scope-missing');
  }
});

test('who stopped what is in the trail', () => {
  const world = connected('send', 'bookings');
  dropPurpose(world.host, OFFICE.subject, 'send', BY);
  expect(readTrail(world.mine()).at(-1)).toMatchObject({
    what: 'stopped',
    email: OFFICE.email,
    detail: 'send',
    by: BY,
  });
});

test('an old record that does not say what it is for works on, for all that its scopes allow', () => {
  const world = scene();
  const old = { sub: OFFICE.subject, email: OFFICE.email, refresh_token: 'r', access_token: 'a' };
  const expiresAt = new Date(world.host.now() + 3_600_000).toISOString();
  world.host.user.set(`account.${OFFICE.subject}`, JSON.stringify({ ...old, expiresAt }));
  expect(tokenFor(world, 'send')).toBe('a');
  const scopes = PURPOSE_SCOPES.bookings;
  world.host.user.set(`account.${OFFICE.subject}`, JSON.stringify({ ...old, expiresAt, scopes }));
  expect(tokenFor(world, 'bookings')).toBe('a');
  expect(errorOf(() => tokenFor(world, 'send')).what).toContain('not for sending');
});
