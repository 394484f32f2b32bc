/** What the dialog “Connected accounts” says and notes down, without the dialog. */
import { readTrail } from '../../src/accounts/trail.ts';
import { actOn } from '../../src/addon/accounts-actions.ts';
import {
  disconnectQuestion,
  reconnectPurposes,
  trailWords,
  usesWords,
  waitingWords,
} from '../../src/addon/accounts-words.ts';
import { CLIENT, WEB_APP } from '../accounts/fake-google.ts';
import { accountOf } from '../accounts/token-scene.ts';
import { fakeHost } from '../tools/fake-host.ts';

const EMAIL = 'office@blueheron.example';
const WAITING = {
  id: '1',
  email: EMAIL,
  expectedEmail: '',
  emailVerified: false,
  purposes: [],
  since: '2026-06-01T10:00:00.000Z',
};

test('who disconnects is told that other workbooks with the same client lose the account, too', () => {
  expect(disconnectQuestion(EMAIL, [], null)).toContain(
    'another workbook with the same client loses it, too',
  );
});

test('what uses an account is said of its calendar, too', () => {
  expect(usesWords([], [], true)).toBe('No setting names it; it is used for its calendar.');
  expect(usesWords([], [], false)).toBe('No setting names it, so nothing uses it.');
  expect(usesWords(['Send from'], [], true)).toBe('Named by the setting “Send from”.');
});

test('an old account of which nobody knows what it is for is connected again as the mailbox that it was', () => {
  const old = accountOf(0);
  expect(reconnectPurposes({ ...old, purposes: [] }, null)).toEqual(['send', 'bookings']);
  expect(reconnectPurposes({ ...old, purposes: ['calendar'] }, null)).toEqual(['calendar']);
});

test('a connection with an unverified address waits with that word', () => {
  expect(waitingWords(WAITING, () => 'May 1')).toMatch(
    /^office@blueheron\.example was connected on May 1\. .* is unverified: /,
  );
  const switched = { ...WAITING, expectedEmail: 'dock@x.example', emailVerified: true };
  const words = waitingWords(switched, () => 'May 1');
  expect(words).toContain('on May 1 where dock@x.example was expected. Nothing');
  expect(words).not.toContain('unverified');
});

test('the client and the web app that the owner enters are in the trail, without the secret', () => {
  const host = fakeHost();
  actOn(host, { type: 'store-client', ...CLIENT }, null);
  actOn(host, { type: 'set-web-app', url: WEB_APP }, null);
  actOn(host, { type: 'set-web-app', url: 'https://elsewhere.example' }, null);
  const lines = readTrail(Object.fromEntries(host.user)).map(trailWords);
  expect(lines).toEqual([
    `The Google Cloud client was entered (${CLIENT.clientId}) · Connected accounts…`,
    `The address of the web app was entered (${WEB_APP}) · Connected accounts…`,
  ]);
  expect(lines.join()).not.toContain(CLIENT.clientSecret);
});
