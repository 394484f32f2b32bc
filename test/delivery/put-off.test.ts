/** Mails that Gmail puts off, fails or limits: when they may go, how often they are tried, and who starts them anew. */
import {
  markUnknown,
  mayBeSentAgain,
  releaseUnknown,
  SEARCH_LAG_MS,
  settleByPerson,
  settleFromSent,
} from '../../src/delivery/outbox.ts';
import { recipientsOf } from '../../src/delivery/outbox-record.ts';
import { MOST_ATTEMPTS, tooEarly } from '../../src/delivery/put-off.ts';
import type { Answer } from '../tools/fake-host.ts';
import { fakeHost, NOW_MS, OWNER } from '../tools/fake-host.ts';
import {
  DAY_MS,
  draft,
  HOUR_MS,
  ID,
  iso,
  refusal,
  requests,
  SENT,
  sendIt,
  store,
  stored,
} from './outbox-scene.ts';

const busy = refusal(429, 'rateLimitExceeded');

describe('Gmail’s limit for the day', () => {
  const words = 'User-rate limit exceeded.  Retry after 2026-06-01T13:00:00.000Z';

  test.each<[string, Answer, number]>([
    ['with a time to come back', refusal(429, 'rateLimitExceeded', `${words} (Mail sending)`), 3 * HOUR_MS],
    [
      'without one: a day',
      refusal(429, 'rateLimitExceeded', 'User-rate limit exceeded (Mail sending)'),
      DAY_MS,
    ],
    ['of the whole project: a day', refusal(403, 'dailyLimitExceeded', 'Daily Limit Exceeded'), DAY_MS],
    ['of the user, with a time', refusal(403, 'userRateLimitExceeded', words), 3 * HOUR_MS],
    [
      'with a time that is days away, which Gmail’s limits never are: a day',
      refusal(429, 'rateLimitExceeded', 'Retry after 2026-06-09T13:00:00.000Z (Mail sending)'),
      DAY_MS,
    ],
    [
      'with a header',
      { status: 429, headers: { 'retry-after': '7200' }, body: '{"error":{"message":"Mail sending"}}' },
      2 * HOUR_MS,
    ],
  ])(
    '%s is not asked again before that, and the words say when and how many people wait',
    (_, answer, afterMs) => {
      const host = fakeHost({ answer: () => answer });
      const record = draft({ recipients: recipientsOf(['a@x.example', 'b@x.example'], []), from: OWNER });
      const result = sendIt(host, {}, record);
      const notBefore = iso(NOW_MS + afterMs);
      expect(result).toMatchObject({
        kind: 'refused',
        record: { state: 'queued', notBefore, recipients: [{ state: 'waiting' }, { state: 'waiting' }] },
        error: { code: 'mail-quota-spent', kind: 'unavailable', data: { notBefore } },
      });
      const said = 'error' in result ? result.error.message : '';
      expect(said).toContain('2 recipients');
      expect(said).toContain(`${notBefore.slice(0, 16).replace('T', ' ')} UTC`);
      expect(said).toContain(OWNER);
      expect(requests(host)).toBe(1);
      host.setNow(NOW_MS + afterMs - 1);
      expect(sendIt(host, {}, record)).toMatchObject({ kind: 'waits', error: { code: 'mail-quota-spent' } });
      expect(sendIt(host, { by: 'trigger' }, record)).toMatchObject({
        kind: 'waits',
        record: { attempts: 1 },
      });
      expect(requests(host)).toBe(1);
      host.setNow(NOW_MS + afterMs);
      sendIt(host, { by: 'trigger' }, record);
      expect(requests(host)).toBe(2);
    },
  );

  test('that is over lets the mail go, and leaves no trace in the record', () => {
    const host = fakeHost({
      answer: (_, index) =>
        index === 0 ? refusal(429, 'rateLimitExceeded', `${words} (Mail sending)`) : SENT,
    });
    sendIt(host);
    host.setNow(NOW_MS + 3 * HOUR_MS);
    expect(sendIt(host)).toMatchObject({ kind: 'sent', record: { state: 'sent', attempts: 2 } });
    expect(stored(host)?.notBefore).toBeUndefined();
    expect(stored(host)?.lastError).toBeUndefined();
  });

  test('a limit of the moment makes nobody wait: the next try may be in a minute', () => {
    const host = fakeHost({ answer: () => busy });
    expect(sendIt(host)).toMatchObject({ kind: 'refused', error: { code: 'service-throttled' } });
    expect(stored(host)?.notBefore).toBeUndefined();
  });
});

describe('a mail that is not to go before a time', () => {
  const later = draft({ notBefore: iso(NOW_MS + HOUR_MS) });

  test('is kept until then and goes after it', () => {
    const host = fakeHost({ answer: () => SENT });
    expect(sendIt(host, {}, later).kind).toBe('waits');
    expect(stored(host)).toEqual(later);
    expect(tooEarly(later, NOW_MS)?.message).toContain('2026-06-01 11:00 UTC');
    host.setNow(NOW_MS + HOUR_MS);
    expect(tooEarly(later, host.now())).toBeNull();
    expect(sendIt(host, {}, later).kind).toBe('sent');
  });

  test('leaves what is sent already as it is', () => {
    const host = fakeHost();
    store(host, draft({ state: 'sent' }));
    expect(sendIt(host, {}, later).kind).toBe('taken');
    expect(stored(host)?.state).toBe('sent');
  });
});

describe('a mail that is refused again and again before it is accepted', () => {
  const refusedOften = (times: number) => {
    const host = fakeHost({ answer: () => refusal(401, 'authError') });
    const results = Array.from({ length: times }, () => sendIt(host, { by: 'trigger' }));
    return { host, last: results.at(-1) };
  };

  test(`is tried ${MOST_ATTEMPTS} times and then given up, with the reason`, () => {
    const { host, last } = refusedOften(MOST_ATTEMPTS);
    expect(last).toMatchObject({
      kind: 'refused',
      record: { state: 'failed', attempts: MOST_ATTEMPTS, recipients: [{ state: 'refused' }] },
      error: { code: 'send-given-up' },
    });
    expect(stored(host)?.lastError).toMatch(/^send-given-up: .*put off 8 times.*HTTP 401/);
    expect(requests(host)).toBe(MOST_ATTEMPTS);
  });

  test('until then it stays queued', () => {
    expect(refusedOften(MOST_ATTEMPTS - 1).last).toMatchObject({ record: { state: 'queued' } });
  });

  test('is never started by a trigger afterwards, but by a person, who has as many tries again', () => {
    const { host } = refusedOften(MOST_ATTEMPTS);
    expect(sendIt(host, { by: 'trigger' })).toMatchObject({
      kind: 'refused',
      record: { state: 'failed' },
      error: { code: 'send-given-up' },
    });
    expect(requests(host)).toBe(MOST_ATTEMPTS);
    expect(sendIt(host, { by: 'person' })).toMatchObject({ record: { state: 'queued', attempts: 1 } });
    expect(requests(host)).toBe(MOST_ATTEMPTS + 1);
  });

  test('a refusal for good is not started by a trigger either', () => {
    const host = fakeHost({ answer: () => refusal(400, 'invalidArgument') });
    sendIt(host, { by: 'trigger' });
    const again = sendIt(host, { by: 'trigger' });
    expect(again).toMatchObject({ kind: 'refused', record: { state: 'failed' } });
    expect('error' in again ? again.error.message : '').toContain('HTTP 400');
    expect(requests(host)).toBe(1);
  });
});

test('what a run writes along is in the very write that claims the mail', () => {
  const host = fakeHost({ answer: () => SENT });
  sendIt(host, { along: { 'run.2026-05': '{"step":"send"}' } });
  expect(host.document.get('run.2026-05')).toBe('{"step":"send"}');
  const writes = host.touched.filter((one) => one.startsWith('write'));
  expect(writes).toEqual(['write run.2026-05', `write ${ID}`, `write ${ID}`]);
  expect(host.touched.filter((one) => one.startsWith('read'))).toHaveLength(1);
});

test('what is written along is not written when the mail is taken', () => {
  const host = fakeHost();
  store(host, draft({ state: 'unknown' }));
  sendIt(host, { along: { 'run.2026-05': '{}' } });
  expect(host.document.has('run.2026-05')).toBe(false);
});

describe('what each recipient’s state says follows what Gmail said of the whole mail', () => {
  test.each<[string, Answer]>([
    ['accepted', SENT],
    ['waiting', busy],
    ['refused', refusal(400, 'invalidArgument')],
    ['unknown', { status: 500 }],
  ])('%s', (state, answer) => {
    const host = fakeHost({ answer: () => answer });
    const recipients = recipientsOf(['a@x.example'], ['b@x.example']);
    sendIt(host, {}, draft({ recipients }));
    expect(stored(host)?.recipients).toEqual(recipients.map((one) => ({ ...one, state })));
  });
});

describe('a mail that nobody knows of', () => {
  const unknown = draft({ state: 'unknown', attempts: 1, attemptedAt: iso(NOW_MS), lastError: 'x: y' });

  test('is sent when a person says so, who is named, and no id of it is made up', () => {
    const host = fakeHost();
    store(host, unknown);
    host.setNow(NOW_MS + DAY_MS);
    expect(settleByPerson(host, unknown, OWNER)).toEqual(stored(host));
    expect(stored(host)).toMatchObject({
      state: 'sent',
      settledBy: OWNER,
      sentAt: iso(NOW_MS),
      recipients: [{ state: 'accepted' }],
    });
    expect(stored(host)?.messageId).toBeUndefined();
    expect(stored(host)?.lastError).toBeUndefined();
  });

  test('and the mail itself, should it turn up in Sent, says more than the person', () => {
    const host = fakeHost();
    store(host, unknown);
    settleByPerson(host, unknown, OWNER);
    const found = { id: '18c', threadId: '18t', internalDateMs: NOW_MS + 5 };
    settleFromSent(host, unknown, found, { transport: 'built-in' });
    expect(stored(host)).toMatchObject({ state: 'sent', messageId: '18c', sentAt: iso(NOW_MS + 5) });
    expect(stored(host)?.settledBy).toBeUndefined();
  });

  test('may be sent again only when Gmail’s search has had time to know it', () => {
    expect(mayBeSentAgain(unknown, NOW_MS + SEARCH_LAG_MS - 1)).toBe(false);
    expect(mayBeSentAgain(unknown, NOW_MS + SEARCH_LAG_MS)).toBe(true);
    const { attemptedAt: _, ...old } = unknown;
    expect(mayBeSentAgain(old, NOW_MS + SEARCH_LAG_MS - 1)).toBe(false);
  });

  test('which was found meanwhile is neither sent again nor in doubt again', () => {
    const host = fakeHost();
    store(host, draft({ state: 'sent', messageId: '18c', threadId: '18t' }));
    expect(releaseUnknown(host, unknown).state).toBe('sent');
    expect(markUnknown(host, { ...unknown, state: 'sending' }).state).toBe('sent');
    expect(settleByPerson(host, unknown, OWNER).settledBy).toBeUndefined();
    expect(stored(host)).toMatchObject({ state: 'sent', messageId: '18c' });
  });
});
