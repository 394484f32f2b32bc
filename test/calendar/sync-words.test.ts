/** What a sync says of itself. */
import type { SyncedCalendar } from '../../src/calendar/sync-report.ts';
import { heldWords, syncLines, syncWords } from '../../src/calendar/sync-words.ts';
import { PurserError } from '../../src/host/errors.ts';

function calendar(changes: Partial<SyncedCalendar> = {}): SyncedCalendar {
  return {
    key: 'calendar.1',
    account: 'tom@crew.example',
    calendarId: 'primary',
    name: '',
    of: 'person',
    state: 'synced',
    error: null,
    isTold: false,
    read: 'changes',
    inserted: 0,
    patched: 0,
    cancelled: 0,
    left: 0,
    refused: [],
    held: null,
    edited: 0,
    ...changes,
  };
}

const ended = calendar({
  state: 'reconnect',
  error: { code: 'account-expired', what: 'Tom must be connected again.', now: 'Reconnect it.', since: '' },
});

test.each([
  [[calendar()], '1 synced.'],
  [[calendar(), calendar(), calendar(), calendar(), ended], '4 synced, 1 needs reconnecting.'],
  [[ended, ended], '2 need reconnecting.'],
  [[calendar({ state: 'failed' }), calendar({ state: 'later' })], '1 failed, 1 waits for the next sync.'],
  [
    [calendar({ inserted: 1, patched: 2 }), calendar({ inserted: 3, cancelled: 1, left: 5 })],
    '2 synced. 4 events made, 2 changed, 1 deleted, 5 left for the next sync.',
  ],
  [
    [calendar({ held: { count: 14, digest: 'd', first: [], isTold: true } })],
    '1 synced. 14 deletions wait for a person’s yes.',
  ],
  [
    [calendar({ edited: 1 })],
    '1 synced. 1 of Purser’s events was changed or deleted by a person, and stays as it is.',
  ],
  [
    [calendar({ edited: 2 })],
    '1 synced. 2 of Purser’s events were changed or deleted by a person, and stay as they are.',
  ],
  [[calendar({ patched: 2, left: 1 })], '1 synced. 2 events changed, 1 left for the next sync.'],
  [[calendar({ cancelled: 1 })], '1 synced. 1 event deleted.'],
  [[], 'No calendar is synced.'],
])('%#', (calendars, words) => {
  expect(syncWords({ calendars, ledger: 'read' })).toBe(words);
});

test('a ledger that could not be read is told', () => {
  const ledger = new PurserError('aws-refused', { what: 'DynamoDB said no.', now: 'Look.' });
  expect(syncWords({ calendars: [calendar()], ledger })).toBe(
    '1 synced. Nothing was written to calendars, because the charters could not be read: DynamoDB said no.',
  );
});

test('the dialog has a line for each calendar with trouble, and what to do about it', () => {
  expect(syncLines({ calendars: [calendar(), ended], ledger: 'read', words: 'Sum.' })).toEqual([
    'Sum.',
    'tom@crew.example: Tom must be connected again. Reconnect it.',
  ]);
});

test('an address is said once', () => {
  const what = 'tom@crew.example must be connected again.';
  const calendars = [calendar({ error: { code: 'account-expired', what, now: 'Reconnect it.', since: '' } })];
  expect(syncLines({ calendars, ledger: 'read', words: 'Sum.' })).toEqual(['Sum.', `${what} Reconnect it.`]);
});

test.each([
  [{}, 'the calendar of tom@crew.example'],
  [{ name: 'Tom@crew.example' }, 'the calendar of tom@crew.example'],
  [{ name: 'Tom\nsails' }, '“Tom sails” of tom@crew.example'],
])(
  'who is asked about deletions reads whose calendar it is, and that others may sail the charters: %j',
  (changes, where) => {
    expect(heldWords(calendar({ ...changes, calendarId: 'c_1f@group.calendar.google.com' }), 12)).toBe(
      `12 of Purser’s events in ${where} no longer fit the ledger: their charters were cancelled or removed, or others sail them now.`,
    );
  },
);

test('in the Charters calendar it does not matter who sails', () => {
  expect(heldWords(calendar({ of: 'company' }), 2)).toBe(
    '2 of Purser’s events in the Charters calendar no longer fit the ledger: their charters were cancelled or removed.',
  );
});
