/** Statements that came back, as Gmail's own bounces tell of them. */
import type { Bounce, BounceRequest } from '../../src/delivery/bounces.ts';
import { findBounces } from '../../src/delivery/bounces.ts';
import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import { copyRecordId, recipientsOf, statementRecordId } from '../../src/delivery/outbox-record.ts';
import type { Answer, FakeHost } from '../tools/fake-host.ts';
import { fakeHost, NOW_MS } from '../tools/fake-host.ts';
import { DAY_MS, draft, HOUR_MS, ID, iso, store, stored } from './outbox-scene.ts';

const SENT_MS = NOW_MS - HOUR_MS;
const NOT_FOUND = '** Address not found ** Your message wasn&#39;t delivered to Rene@X.example';

const sent = (more: Partial<OutboxRecord> = {}): OutboxRecord =>
  draft({
    state: 'sent',
    recipients: recipientsOf(['grace@x.example', 'rene@x.example'], ['priya@x.example']).map((one) => ({
      ...one,
      state: 'accepted',
    })),
    messageId: '18c',
    threadId: '18t',
    sentAt: iso(SENT_MS),
    changedAt: iso(SENT_MS),
    ...more,
  });

interface Returned {
  readonly failed?: string;
  readonly from?: string;
  readonly subject?: string;
  readonly atMs?: number;
}

const bounce = ({
  failed = 'Rene@X.example',
  from = 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
  subject = 'Delivery Status Notification (Failure)',
  atMs = SENT_MS + 5000,
}: Returned = {}) => ({
  id: '18d',
  threadId: '18t',
  snippet: NOT_FOUND,
  internalDate: String(atMs),
  payload: {
    headers: [
      { name: 'From', value: from },
      { name: 'Subject', value: subject },
      ...(failed === '' ? [] : [{ name: 'X-Failed-Recipients', value: failed }]),
    ],
  },
});
const thread = (...returned: readonly object[]): Answer => ({
  status: 200,
  body: {
    id: '18t',
    messages: [{ id: '18c', threadId: '18t', internalDate: String(SENT_MS) }, ...returned],
  },
});
const withThread = (...returned: readonly object[]): FakeHost =>
  fakeHost({ answer: () => thread(...returned) });
const look = (host: FakeHost, request: Partial<BounceRequest> = {}): readonly Bounce[] =>
  findBounces(host, Object.fromEntries(host.document), {
    deadlineMs: host.now() + HOUR_MS,
    authorize: () => (make) => make('token'),
    ...request,
  });
const states = (host: FakeHost, id = ID) => stored(host, id)?.recipients.map(({ state }) => state);

test('whom it did not reach is told, with what the bounce says, and only once', () => {
  const host = withThread(bounce());
  store(host, sent());
  expect(look(host)).toMatchObject([
    {
      record: { id: ID },
      addresses: ['rene@x.example'],
      why: '** Address not found ** Your message wasn’t delivered to Rene@X.example',
    },
  ]);
  expect(states(host)).toEqual(['accepted', 'bounced', 'accepted']);
  expect(stored(host)).toMatchObject({ state: 'sent', messageId: '18c' });
  expect(look(host)).toEqual([]);
  host.setNow(NOW_MS + DAY_MS);
  expect(look(host)).toEqual([]);
  expect(host.rounds).toHaveLength(2);
});

test('several at once, of any field', () => {
  const host = withThread(bounce({ failed: 'grace@x.example, priya@x.example' }));
  store(host, sent());
  expect(look(host)).toMatchObject([{ addresses: ['grace@x.example', 'priya@x.example'] }]);
});

test.each<[string, Returned]>([
  ['the mail itself and answers to it', { failed: '' }],
  ['somebody who only writes such a header', { from: 'Mallory <m@evil.example>' }],
  ['a note that the delivery takes longer', { subject: 'Delivery Status Notification (Delay)' }],
  ['a bounce for somebody else', { failed: 'other@x.example' }],
  ['a bounce of before the mail', { atMs: SENT_MS - 60_001 }],
])('%s: nobody came back', (_, returned) => {
  const host = withThread(bounce(returned));
  store(host, sent());
  expect(look(host)).toEqual([]);
  expect(states(host)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(stored(host)?.bouncesReadAt).toBe(iso(NOW_MS));
});

test('in a thread of two versions a bounce is of the mail before it', () => {
  const second = statementRecordId('2026-05', 2);
  const host = withThread(bounce({ atMs: SENT_MS + HOUR_MS / 2 + 5000 }));
  store(host, sent());
  store(host, sent({ id: second, sentAt: iso(SENT_MS + HOUR_MS / 2) }));
  expect(look(host)).toMatchObject([{ record: { id: second } }]);
  expect(states(host)).toEqual(['accepted', 'accepted', 'accepted']);
});

test.each<[string, Partial<OutboxRecord>]>([
  ['that was sent a moment ago', { sentAt: iso(NOW_MS - 599_999) }],
  ['that was sent more than a week ago', { sentAt: iso(NOW_MS - 7 * DAY_MS - 1) }],
  ['that was looked after today', { bouncesReadAt: iso(NOW_MS - 20 * HOUR_MS + 1) }],
  ['that nobody knows of', { state: 'unknown' }],
  ['that is a notice', { kind: 'notice' }],
])('a mail %s asks nothing of the platform', (_, more) => {
  const host = fakeHost();
  store(host, sent(more));
  expect(look(host)).toEqual([]);
  expect([host.touched, host.rounds]).toEqual([[], []]);
});

test('a mailbox that can’t be read, and a time that is over, ask nothing either', () => {
  const host = fakeHost();
  store(host, sent());
  expect(look(host, { authorize: () => null })).toEqual([]);
  expect(look(host, { deadlineMs: NOW_MS })).toEqual([]);
  expect([host.touched, host.rounds]).toEqual([[], []]);
});

test('several mails are looked after in one round, each in its own mailbox', () => {
  const host = withThread();
  store(host, sent());
  store(host, sent({ id: statementRecordId('2026-05', 2), transport: 'account:107', threadId: '18u' }));
  store(host, sent({ id: copyRecordId('2026-06-01', 'x'), kind: 'copy', threadId: '18v' }));
  const asked: string[] = [];
  look(host, {
    authorize: (transport) => {
      asked.push(transport);
      return (make) => make(`token of ${transport}`);
    },
  });
  expect(host.rounds.map((round) => round.length)).toEqual([3]);
  expect(asked.sort()).toEqual(['account:107', 'built-in', 'built-in']);
  expect(host.rounds[0]?.[0]?.url).toContain('format=metadata&metadataHeaders=X-Failed-Recipients');
});

test.each<[string, Answer]>([
  ['thread is gone', { status: 404, body: '{}' }],
  ['mailbox is out of reach', 'unreachable'],
  ['answer is nothing like a thread', { status: 200, body: '[]' }],
])('when the %s, nobody is accused, and it is looked at another day', (_, answer) => {
  const host = fakeHost({ answer: () => answer });
  store(host, sent());
  expect(look(host)).toEqual([]);
  expect(states(host)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(look(host)).toEqual([]);
});

test('a record that changed while Gmail was asked keeps what changed', () => {
  const host: FakeHost = fakeHost({
    answer: () => {
      store(host, sent({ recordedAt: iso(NOW_MS) }));
      return thread(bounce());
    },
  });
  store(host, sent());
  expect(look(host)).toHaveLength(1);
  expect(stored(host)).toMatchObject({ recordedAt: iso(NOW_MS), recipients: [{}, { state: 'bounced' }, {}] });
});

test('a store that fails is no reason for the hourly check to end', () => {
  const host = withThread(bounce());
  store(host, sent());
  const properties = Object.fromEntries(host.document);
  host.breakProperties(new Error('Service invoked too many times'));
  const request: BounceRequest = { deadlineMs: NOW_MS + HOUR_MS, authorize: () => (make) => make('token') };
  expect(findBounces(host, properties, request)).toEqual([]);
  expect(host.logged.map(({ event }) => event)).toEqual(['bounces-not-read']);
});
