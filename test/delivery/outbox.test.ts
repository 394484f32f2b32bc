import fc from 'fast-check';
import type { Bearer } from '../../src/clients/google/bearer.ts';
import { authorizedBy } from '../../src/clients/google/bearer.ts';
import { markUnknown, releaseUnknown, sendOnce, settleFromSent } from '../../src/delivery/outbox.ts';
import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import { readRecord } from '../../src/delivery/outbox-record.ts';
import type { ErrorCode } from '../../src/host/errors.ts';
import { PurserError } from '../../src/host/errors.ts';
import type { Answer, FakeHost } from '../tools/fake-host.ts';
import { errorOf, fakeHost, NOW_MS, OWNER } from '../tools/fake-host.ts';
import { draft, ID, refusal, requests, SENT, sendIt, stored } from './outbox-scene.ts';

describe('what becomes of a message', () => {
  test('sent: the record keeps Gmail’s ids, and no error of before', () => {
    const host = fakeHost({ answer: (_, index) => (index === 0 ? refusal(400, 'invalidArgument') : SENT) });
    expect(sendIt(host).kind).toBe('refused');
    const result = sendIt(host);
    expect(result).toMatchObject({
      kind: 'sent',
      record: { state: 'sent', messageId: '18c', threadId: '18t', attempts: 1 },
    });
    expect(stored(host)).toEqual(result.record);
    expect(stored(host)?.lastError).toBeUndefined();
  });

  test.each<[string, Answer, 'refused' | 'unknown', OutboxRecord['state']]>([
    ['Gmail says the message is bad', refusal(400, 'invalidArgument'), 'refused', 'failed'],
    ['the permission is missing', refusal(403, 'insufficientPermissions'), 'refused', 'failed'],
    ['a policy forbids it', refusal(403, 'domainPolicy'), 'refused', 'failed'],
    ['it is too large', refusal(413, 'uploadTooLarge'), 'refused', 'failed'],
    ['the token ran out', refusal(401, 'authError'), 'refused', 'queued'],
    ['the limit is reached', refusal(429, 'rateLimitExceeded'), 'refused', 'queued'],
    ['the quota is used up', refusal(403, 'userRateLimitExceeded'), 'refused', 'queued'],
    ['Gmail breaks', refusal(500, 'backendError'), 'unknown', 'unknown'],
    ['Gmail is down', { status: 503, body: '<html>sorry</html>' }, 'unknown', 'unknown'],
    ['a gateway gave up', { status: 504 }, 'unknown', 'unknown'],
    ['the request timed out', { status: 408 }, 'unknown', 'unknown'],
    [
      'the answer leads elsewhere',
      { status: 302, headers: { location: 'https://x.example' } },
      'unknown',
      'unknown',
    ],
    ['the connection broke', 'unreachable', 'unknown', 'unknown'],
    ['no answer came', 'stall', 'unknown', 'unknown'],
    ['the answer broke off', { status: 200, body: '{"id":"18c","thr' }, 'unknown', 'unknown'],
    ['the answer is a page', { status: 200, body: '<!DOCTYPE html>' }, 'unknown', 'unknown'],
    ['the answer has no id', { status: 200, body: {} }, 'unknown', 'unknown'],
  ])('when %s', (_, answer, kind, state) => {
    const host = fakeHost({ answer: () => answer });
    const result = sendIt(host);
    expect([result.kind, result.record.state]).toEqual([kind, state]);
    expect(stored(host)?.state).toBe(state);
    expect(stored(host)?.lastError).toMatch(/^[a-z-]+: /);
  });

  test('a throttled send is tried again at once: Gmail said no, so nothing went out', () => {
    const host = fakeHost({ answer: (_, index) => (index < 2 ? refusal(429, 'rateLimitExceeded') : SENT) });
    expect(sendIt(host).kind).toBe('sent');
    expect(requests(host)).toBe(3);
  });

  test('but not for longer than a run can wait', () => {
    const host = fakeHost({ answer: () => ({ status: 429, headers: { 'retry-after': '40' } }) });
    expect(sendIt(host).kind).toBe('refused');
    expect(host.now() - NOW_MS).toBeLessThanOrEqual(45_000);
  });
});

describe('a connected account', () => {
  /** As `accountBearer` gives it, without the store. */
  const office = (renewal: 'token-2' | PurserError) => {
    let token = 'token-1';
    const bearer: Bearer = {
      token: () => token,
      renew: () => {
        if (typeof renewal !== 'string') throw renewal;
        token = renewal;
      },
    };
    return (host: FakeHost) =>
      sendOnce(
        host,
        (make) => authorizedBy(bearer, make(token)),
        { ...draft(), transport: 'account:107', from: 'office@blueheron.example' },
        'From: x\r\n\r\n',
      );
  };
  const tokens = (host: FakeHost) => host.rounds.flat().map(({ headers }) => headers.Authorization);
  const unsent = (code: ErrorCode) =>
    new PurserError(code, { what: 'No token.', now: 'Wait.', data: { unsent: true } });

  test('whose token is refused gets another, and the mail goes out once', () => {
    const host = fakeHost({ answer: (_, index) => (index === 0 ? refusal(401, 'authError') : SENT) });
    expect(office('token-2')(host)).toMatchObject({
      kind: 'sent',
      record: { transport: 'account:107', from: 'office@blueheron.example', attempts: 1 },
    });
    expect(tokens(host)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(stored(host)?.transport).toBe('account:107');
  });

  test('whose new token is refused as well is not asked a third time; the mail waits', () => {
    const host = fakeHost({ answer: () => refusal(401, 'authError') });
    expect(office('token-2')(host)).toMatchObject({ kind: 'refused', record: { state: 'queued' } });
    expect(requests(host)).toBe(2);
  });

  test.each<ErrorCode>(['account-expired', 'network-failed', 'service-unavailable', 'token-busy'])(
    'that gives no other token (%s): nothing went out, so that the mail waits',
    (code) => {
      const host = fakeHost({ answer: () => refusal(401, 'authError') });
      const result = office(unsent(code))(host);
      expect(result).toMatchObject({ kind: 'refused', record: { state: 'queued' }, error: { code } });
      expect(requests(host)).toBe(1);
    },
  );

  test('that was renewed and then kept silent leaves it unknown', () => {
    const host = fakeHost({
      answer: (_, index) => (index === 0 ? refusal(401, 'authError') : 'unreachable'),
    });
    expect(office('token-2')(host)).toMatchObject({ kind: 'unknown', record: { state: 'unknown' } });
    expect(requests(host)).toBe(2);
  });
});

describe('at most once', () => {
  test('the record says “sending” before the request leaves, so that a killed run can be told', () => {
    let atSend = '';
    const host = fakeHost({
      answer: () => {
        atSend = host.document.get(ID) ?? '';
        return SENT;
      },
    });
    sendIt(host);
    expect(JSON.parse(atSend)).toMatchObject({ state: 'sending', attempts: 1 });
  });

  test.each<OutboxRecord['state']>(['sent', 'sending', 'unknown'])(
    'what is %s is not sent again',
    (state) => {
      const host = fakeHost();
      host.document.set(ID, JSON.stringify({ ...draft(), state }));
      expect(sendIt(host)).toMatchObject({ kind: 'taken', record: { state } });
      expect(host.rounds).toEqual([]);
      expect(stored(host)?.state).toBe(state);
    },
  );

  test.each([
    ['{'],
    ['{}'],
    ['null'],
    [JSON.stringify({ ...draft(), schema: 3 })],
    [JSON.stringify({ ...draft(), state: 'new' })],
    [JSON.stringify({ ...draft(), transport: 'account:' })],
    [JSON.stringify({ ...draft(), transport: 'elsewhere' })],
  ])('with the record %s nobody sends', (json) => {
    const host = fakeHost();
    host.document.set(ID, json);
    expect(errorOf(() => sendIt(host))).toMatchObject({ code: 'outbox-record-unreadable', data: { id: ID } });
    expect(host.rounds).toEqual([]);
    expect(host.document.get(ID)).toBe(json);
  });

  test('when the record can’t be written, nothing is sent', () => {
    const host = fakeHost({ answer: () => SENT });
    host.breakProperties(new Error('Service invoked too many times'));
    expect(() => sendIt(host)).toThrow();
    expect(host.rounds).toEqual([]);
  });

  test('when the lock is busy, nothing is sent', () => {
    const host = fakeHost({ answer: () => SENT });
    host.keepLockBusy();
    expect(errorOf(() => sendIt(host)).code).toBe('lock-busy');
    expect(host.rounds).toEqual([]);
  });

  test('a mail that is out stays sent even when that can’t be written down; the record then forbids another', () => {
    const host = fakeHost({
      answer: () => {
        host.breakProperties(new Error('Service invoked too many times'));
        return SENT;
      },
    });
    expect(sendIt(host)).toMatchObject({ kind: 'sent', record: { messageId: '18c' } });
    host.breakProperties(undefined);
    expect(stored(host)?.state).toBe('sending');
    expect(sendIt(host).kind).toBe('taken');
    expect(requests(host)).toBe(1);
  });

  test('for any answers of Gmail and any number of runs, one message at most is accepted', () => {
    const event = fc.constantFrom<[Answer, boolean]>(
      [SENT, true],
      // A lost answer: Gmail took it, and nobody was told.
      [{ status: 500 }, true],
      [{ status: 503, body: '<html>' }, true],
      [{ status: 200, body: '{"id' }, true],
      [{ status: 302 }, true],
      ['stall', true],
      ['unreachable', true],
      ['unreachable', false],
      [{ status: 500 }, false],
      [refusal(400, 'invalidArgument'), false],
      [refusal(401, 'authError'), false],
      [refusal(429, 'rateLimitExceeded'), false],
      [refusal(403, 'userRateLimitExceeded'), false],
    );
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 30 }),
        fc.array(fc.constantFrom('run', 'die', 'mark'), { maxLength: 8 }),
        (events, runs) => {
          let accepted = 0;
          const host = fakeHost({
            answer: (_, index) => {
              const [answer, taken] = events[index] ?? [SENT, true];
              if (taken) accepted += 1;
              if (dying) throw new Error('Exceeded maximum execution time');
              return answer;
            },
          });
          let dying = false;
          for (const run of runs) {
            dying = run === 'die';
            const record = stored(host);
            if (run === 'mark' && record !== null && record.state !== 'sent') markUnknown(host, record);
            else {
              try {
                sendIt(host);
              } catch {
                // A killed run says nothing.
              }
            }
          }
          expect(accepted).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('what nobody was sure of', () => {
  test('a send that a run died in becomes unknown, with the reason', () => {
    const host = fakeHost();
    const record = markUnknown(host, { ...draft(), state: 'sending' });
    expect(record).toMatchObject({ state: 'unknown', lastError: 'the run ended while sending' });
    expect(stored(host)).toEqual(record);
  });

  test('what was found in Sent settles it', () => {
    const host = fakeHost();
    settleFromSent(
      host,
      { ...draft(), state: 'unknown', lastError: 'x' },
      { id: '18c', threadId: '18t' },
      { transport: 'built-in' },
    );
    expect(stored(host)).toMatchObject({ state: 'sent', messageId: '18c', threadId: '18t' });
    expect(stored(host)?.lastError).toBeUndefined();
  });

  test('and it went from the mailbox in whose Sent it is, whatever was meant', () => {
    const host = fakeHost();
    const meant = { ...draft(), transportWhy: 'The setting says so.', from: OWNER } as const;
    const found = { id: '18c', threadId: '18t' };
    const office = { transport: 'account:107', from: 'office@blueheron.example' } as const;
    expect(settleFromSent(host, { ...meant, state: 'unknown' }, found, office)).toMatchObject(office);
    expect(stored(host)).toMatchObject({ ...office, state: 'sent' });
    expect(stored(host)?.transportWhy).toBeUndefined();
    host.document.clear();
    settleFromSent(host, { ...meant, state: 'unknown' }, found, { transport: 'built-in', from: OWNER });
    expect(stored(host)?.transportWhy).toBe('The setting says so.');
  });

  test('when a person says that it is not in Sent, it is sent once more, and no more than that', () => {
    const host = fakeHost({ answer: () => SENT });
    releaseUnknown(host, markUnknown(host, { ...draft(), state: 'sending', attempts: 1 }));
    expect(stored(host)).toMatchObject({ state: 'queued', lastError: 'a person said: not sent' });
    expect(sendIt(host)).toMatchObject({ kind: 'sent', record: { attempts: 1 } });
    expect(sendIt(host).kind).toBe('taken');
    expect(requests(host)).toBe(1);
  });

  test('no record is no error', () => {
    expect(readRecord({}, ID)).toBeNull();
  });
});
