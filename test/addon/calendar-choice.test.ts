/** Choosing which calendar of an account charters are written to, as the dialog “Connected accounts” has it done. */
import { accountEntry, readAccount } from '../../src/accounts/account-store.ts';
import { storeAwsKeys } from '../../src/accounts/aws-credentials.ts';
import { actOn } from '../../src/addon/accounts-actions.ts';
import type { CalendarPicker } from '../../src/sidebar/accounts/view.ts';
import { readSettings } from '../../src/workbook/settings.ts';
import { OFFICE, scene } from '../accounts/fake-google.ts';
import { accountOf } from '../accounts/token-scene.ts';
import type { Answer } from '../tools/fake-host.ts';

const SETTINGS = readSettings('Purser settings', [['Setting', 'Value']], {
  title: 'Harbor Sails',
  timeZone: 'America/New_York',
  locale: 'en_US',
});
const SAILS = 'sails@group.calendar.google.com';
/** As Google lists them: developers.google.com/workspace/calendar/api/v3/reference/calendarList. */
const CALENDARS = [
  { id: OFFICE.email, summary: OFFICE.email, primary: true, accessRole: 'owner' },
  { id: SAILS, summary: 'Sails', accessRole: 'writer' },
  { id: 'en.usa#holiday@group.v.calendar.google.com', summary: 'Holidays', accessRole: 'reader' },
];

interface Options {
  readonly calendars?: Answer;
  readonly roster?: Answer;
  readonly email?: string;
}

function world({ calendars, roster, email = ' Office@BlueHeron.example' }: Options = {}) {
  const google = scene();
  google.connect(OFFICE, ['calendar']);
  const { host } = google;
  storeAwsKeys(host, { accessKeyId: 'AKIAMADEUPKEY0000000', secretAccessKey: 'made/up/secret/key/00000' });
  const crew = {
    crewId: { S: 'cr-ben' },
    name: { S: 'Ben Ortiz' },
    email: { S: email },
    role: { S: 'captain' },
  };
  google.answerWith(({ url }) =>
    new URL(url).host.startsWith('dynamodb.')
      ? (roster ?? { status: 200, body: { Items: [crew], Count: 1, ScannedCount: 1 } })
      : (calendars ?? { status: 200, body: { items: CALENDARS } }),
  );
  const act = (action: object) => actOn(host, action, SETTINGS);
  return {
    host,
    act,
    list(settings: typeof SETTINGS | null = SETTINGS): CalendarPicker {
      const { picker } = actOn(host, { type: 'list-calendars', subject: OFFICE.subject }, settings);
      if (!picker) throw new Error('There is no list.');
      return picker;
    },
    choose: (calendarId: string) => act({ type: 'choose-calendar', subject: OFFICE.subject, calendarId }),
    chosen: () => readAccount(google.mine(), OFFICE.subject)?.calendar,
  };
}

test('calendars that it may write to are offered, in one round, and whose charters would stand there is said', () => {
  const { host, list } = world();
  const before = host.rounds.length;
  const { choices, chosen, words, problem } = list();
  expect(choices).toEqual([
    { id: 'primary', name: OFFICE.email },
    { id: SAILS, name: 'Sails' },
  ]);
  expect({ chosen, problem }).toEqual({ chosen: '', problem: null });
  expect(words).toMatch(/^In the roster this address is Ben Ortiz \(cr-ben\): /);
  expect(host.rounds.length - before).toBe(1);
});

test('with an address that nobody in the roster has, it is said that nothing would be written', () => {
  expect(world({ email: 'ben@elsewhere.example' }).list().words).toBe(
    `Nobody in the roster has the address ${OFFICE.email}, so no charter is written to any of them. Enter the address in the roster, as the crew member’s e-mail.`,
  );
});

test('while the roster or the settings can’t be read, calendars are offered all the same', () => {
  const noTable = { __type: 'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException', message: 'x' };
  const without = world({ roster: { status: 400, body: noTable } });
  for (const { choices, words } of [without.list(), without.list(null)]) {
    expect(choices).toHaveLength(2);
    expect(words).toMatch(/^The roster could not be read just now/);
  }
});

test('calendars that can’t be listed: the reason is in the card, and the notice names the account', () => {
  const { act } = world({ calendars: { status: 404, body: '{}' } });
  const { picker, notice } = act({ type: 'list-calendars', subject: OFFICE.subject });
  expect(picker).toMatchObject({ subject: OFFICE.subject, choices: [] });
  expect(picker?.problem).toBeTruthy();
  expect(notice).toEqual({ kind: 'bad', words: `The calendars of ${OFFICE.email} could not be listed.` });
});

test('what is chosen is written down, and what it means is said; nothing can be chosen again', () => {
  const { choose, chosen, list } = world();
  expect(choose(SAILS).notice).toEqual({
    kind: 'good',
    words: `Charters whose crew has the address ${OFFICE.email} are written to “Sails” with the next sync, and that calendar is read.`,
  });
  expect(chosen()).toEqual({ id: SAILS, name: 'Sails' });
  expect(list().chosen).toBe(SAILS);
  expect(choose('primary').notice?.words).toContain('What Purser wrote to “Sails” stays there as it is.');
  expect(choose('').notice?.words).toMatch(/^No charter is written to a calendar of office@/);
  expect(chosen()).toBeUndefined();
});

test('one that another account has chosen, too, is given up without it: its charters are taken out', () => {
  const { host, choose } = world();
  choose(SAILS);
  const shared = { ...accountOf(0), calendar: { id: SAILS, name: 'Sails' } };
  host.properties('user').write(accountEntry(shared));
  expect(choose('').notice?.words).toContain(
    'From “Sails”, which another account has chosen, too, its charters are taken out.',
  );
});

test.each(['holidays', CALENDARS[2]?.id ?? '', OFFICE.email])(
  '“%s” was not offered and is not taken',
  (id) => {
    const { choose, chosen } = world();
    expect(choose(id).notice?.kind).toBe('bad');
    expect(chosen()).toBeUndefined();
  },
);

test('one that it may not write to any more is named', () => {
  const all = world();
  all.choose(SAILS);
  const less = { status: 200, body: { items: CALENDARS.map((one) => ({ ...one, accessRole: 'reader' })) } };
  const { host, list } = world({ calendars: less });
  for (const [key, value] of all.host.user) host.user.set(key, value);
  expect(list()).toMatchObject({
    chosen: SAILS,
    choices: [],
    words: expect.stringMatching(/^“Sails”, chosen before, is none that it may write to\./),
  });
});
