/** The calendar that a person chose for an account’s charters: it stays chosen until they say otherwise. */
import {
  accountEntry,
  deadRecord,
  readAccount,
  readAccounts,
  refreshedRecord,
} from '../../src/accounts/account-store.ts';
import { chooseCalendar } from '../../src/accounts/choose-calendar.ts';
import { dropPurpose } from '../../src/accounts/disconnect.ts';
import { readTrail } from '../../src/accounts/trail.ts';
import { errorOf, NOW_MS } from '../tools/fake-host.ts';
import { OFFICE, scene } from './fake-google.ts';

const SAILS = { id: 'sails@group.calendar.google.com', name: 'Sails' };
const BY = 'a test';

function chosen(): ReturnType<typeof scene> {
  const world = scene();
  world.connect(OFFICE, ['send', 'calendar']);
  chooseCalendar(world.host, OFFICE.subject, SAILS, BY);
  return world;
}

const record = (world: ReturnType<typeof scene>) => readAccount(world.mine(), OFFICE.subject);

test('is kept with the account, through renewals, its death and a new consent', () => {
  const world = chosen();
  const kept = record(world);
  if (kept === null) throw new Error('The account is gone.');
  expect(kept.calendar).toEqual(SAILS);
  const reply = {
    accessToken: 'new',
    tokenType: 'Bearer',
    lifetimeSeconds: 3599,
    refreshToken: null,
    refreshTokenLifetimeSeconds: null,
    scopes: null,
    idToken: null,
  };
  expect(refreshedRecord(kept, reply, NOW_MS).calendar).toEqual(SAILS);
  world.host.properties('user').write(accountEntry(deadRecord(kept, 'revoked', NOW_MS)));
  expect(record(world)?.calendar).toEqual(SAILS);
  world.connect(OFFICE, ['calendar'], { expected: OFFICE.subject });
  expect(record(world)).toMatchObject({ dead: null, calendar: SAILS });
});

test('another takes its place, and none takes it away; who did it is in the trail', () => {
  const world = chosen();
  const tab = { id: 'primary', name: 'Office' };
  chooseCalendar(world.host, OFFICE.subject, tab, BY);
  expect(record(world)?.calendar).toEqual(tab);
  chooseCalendar(world.host, OFFICE.subject, null, BY);
  expect(record(world)).not.toHaveProperty('calendar');
  const choices = readTrail(world.mine()).filter(({ what }) => what === 'calendar-chosen');
  expect(choices.map(({ detail, by }) => [detail, by])).toEqual([
    ['Sails', BY],
    ['Office', BY],
    ['none', BY],
  ]);
});

test('is forgotten when the account is no longer used for its calendar, and only then', () => {
  const world = chosen();
  dropPurpose(world.host, OFFICE.subject, 'send', BY);
  expect(record(world)?.calendar).toEqual(SAILS);
  dropPurpose(world.host, OFFICE.subject, 'calendar', BY);
  world.connect(OFFICE, ['calendar']);
  expect(record(world)?.purposes).toContain('calendar');
  expect(record(world)).not.toHaveProperty('calendar');
});

test('is not kept for an account that is gone', () => {
  const world = scene();
  expect(errorOf(() => chooseCalendar(world.host, '404', SAILS, BY)).code).toBe('account-unknown');
  expect(readAccounts(world.mine()).accounts).toEqual([]);
});

test.each([['sails'], [null], [{}], [{ name: 'Sails' }], [[SAILS]]])(
  'a record that says %j where the calendar stands is read without one',
  (calendar) => {
    const world = chosen();
    const kept = { ...record(world), calendar };
    world.host.user.set(`account.${OFFICE.subject}`, JSON.stringify(kept));
    expect(record(world)).toMatchObject({ email: OFFICE.email, dead: null });
    expect(record(world)).not.toHaveProperty('calendar');
  },
);
