/** What the hourly check sends of what waited, and what it forgets. */
import type { DueRequest, Rebuilt } from '../../src/delivery/deliver-due.ts';
import { deliverDue } from '../../src/delivery/deliver-due.ts';
import { sendNotice } from '../../src/delivery/notice.ts';
import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import {
  copyRecordId,
  noticeRecordId,
  recipientsOf,
  statementRecordId,
} from '../../src/delivery/outbox-record.ts';
import { MOST_ATTEMPTS } from '../../src/delivery/put-off.ts';
import type { Answer, FakeHost } from '../tools/fake-host.ts';
import { fakeHost, NOW_MS, OWNER } from '../tools/fake-host.ts';
import { DAY_MS, draft, HOUR_MS, iso, refusal, requests, SENT, store, stored } from './outbox-scene.ts';

const limit = refusal(429, 'rateLimitExceeded', 'Retry after 2026-06-01T11:00:00.000Z (Mail sending)');
const notice = {
  cause: 'held.2026-05',
  owner: OWNER,
  day: '2026-06-01',
  subject: 'May 2026 is held',
  words: ['A finding blocks it.', 'Look at it.'],
  link: { label: 'Open the workbook', url: 'https://docs.google.com/spreadsheets/d/1/edit' },
};
const NOTICE = noticeRecordId(notice.cause, notice.day);
const COPY = copyRecordId('2026-06-01', 'bank');
const copy = (more: Partial<OutboxRecord> = {}): OutboxRecord =>
  draft({ id: COPY, kind: 'copy', recipients: recipientsOf(['bank@x.example'], []), ...more });

const deliver = (host: FakeHost, request: Partial<DueRequest> = {}) => {
  host.touched.length = 0;
  return deliverDue(host, Object.fromEntries(host.document), {
    deadlineMs: host.now() + HOUR_MS,
    ...request,
  });
};
const rebuild = (record: OutboxRecord): Rebuilt => ({
  mime: `Subject: ${record.subject}\r\n\r\n`,
  authorize: (make) => make('token'),
});

test('nothing asks nothing of the platform', () => {
  const host = fakeHost();
  store(host, draft({ state: 'queued' }));
  store(host, copy({ state: 'sent' }));
  store(host, draft({ id: NOTICE, kind: 'notice', state: 'failed' }));
  expect(deliver(host, { rebuild })).toEqual({ tried: [], stuck: [] });
  expect(host.touched).toEqual([]);
  expect(host.rounds).toEqual([]);
});

describe('a notice', () => {
  test('that Gmail put off goes out when Gmail takes mail again, with the words it had, once', () => {
    const host = fakeHost({ answer: (_, index) => (index === 0 ? limit : SENT) });
    sendNotice(host, notice);
    expect(deliver(host).tried).toEqual([]);
    host.setNow(NOW_MS + HOUR_MS);
    expect(deliver(host).tried).toMatchObject([{ id: NOTICE, state: 'sent' }]);
    expect(deliver(host).tried).toEqual([]);
    expect(requests(host)).toBe(2);
    const [first, second] = host.rounds.flat().map(({ body }) => String(body).replace(/^Date:.*\r\n/m, ''));
    expect(second).toBe(first);
  });

  test('that can’t be made any more is told of, and never tried again', () => {
    const host = fakeHost();
    store(host, copy());
    expect(deliver(host, { rebuild: () => null }).stuck).toMatchObject([
      { id: COPY, state: 'failed', lastError: expect.stringContaining('gone') as string },
    ]);
    expect(deliver(host, { rebuild: () => null }).stuck).toEqual([]);
    expect(host.rounds).toEqual([]);
  });

  test('that died while it was sent is never sent again', () => {
    const host = fakeHost({ answer: () => SENT });
    const dead = draft({ id: NOTICE, kind: 'notice', state: 'sending', attemptedAt: iso(NOW_MS) });
    store(host, dead);
    host.setNow(NOW_MS + 599_999);
    deliver(host);
    expect(stored(host, NOTICE)?.state).toBe('sending');
    host.setNow(NOW_MS + 600_000);
    expect(deliver(host)).toEqual({ tried: [], stuck: [] });
    expect(stored(host, NOTICE)?.state).toBe('unknown');
    expect(host.rounds).toEqual([]);
  });

  test('waits no longer when the same cause was told of later', () => {
    const host = fakeHost({ answer: () => SENT });
    const content = { words: ['x'], link: notice.link };
    store(host, draft({ id: NOTICE, kind: 'notice', notice: content }));
    store(host, draft({ id: noticeRecordId('other', '2026-06-01'), kind: 'notice', notice: content }));
    store(host, draft({ id: noticeRecordId(notice.cause, '2026-06-02'), kind: 'notice', state: 'sent' }));
    expect(deliver(host).tried).toMatchObject([{ id: noticeRecordId('other', '2026-06-01') }]);
    expect(stored(host, NOTICE)).toBeNull();
  });

  test('that was told of anew in this very check, after the properties were read, waits no longer either', () => {
    const host = fakeHost();
    const content = { words: ['x'], link: notice.link };
    store(host, draft({ id: NOTICE, kind: 'notice', notice: content }));
    const properties = Object.fromEntries(host.document);
    store(host, draft({ id: noticeRecordId(notice.cause, '2026-06-02'), kind: 'notice', state: 'sent' }));
    expect(deliverDue(host, properties, { deadlineMs: NOW_MS + HOUR_MS }).tried).toEqual([]);
    expect(host.rounds).toEqual([]);
  });

  describe('that says why a month is not out', () => {
    const waiting = (cause: string, changedMs = NOW_MS): OutboxRecord =>
      draft({
        id: noticeRecordId(cause, '2026-06-01'),
        kind: 'notice',
        notice: { words: ['x'], link: notice.link },
        changedAt: iso(changedMs),
      });
    const sent = (month: string, changedMs = NOW_MS, more: Partial<OutboxRecord> = {}): OutboxRecord =>
      draft({ id: statementRecordId(month, 1), state: 'sent', changedAt: iso(changedMs), ...more });
    const sentWith = (...records: readonly OutboxRecord[]): number => {
      const host = fakeHost({ answer: () => SENT });
      for (const record of records) store(host, record);
      return deliver(host).tried.length;
    };

    test.each([
      'failed.2026-05',
      'failed.mail-quota-spent.2026-05',
      'held.2026-05',
      'ready.2026-05',
      'unknown.2026-05',
    ])('is not sent once the month is out: %s', (cause) => {
      expect(sentWith(waiting(cause), sent('2026-05'))).toBe(0);
      expect(sentWith(waiting(cause), sent('2026-05', NOW_MS, { id: statementRecordId('2026-05', 2) }))).toBe(
        0,
      );
      expect(sentWith(waiting(cause))).toBe(1);
    });

    test.each(['failed.2026-05.V2', 'failed.approval-void.2026-05.V2', 'ready.2026-05.V2'])(
      'nor is one about a corrected statement once that is out: %s',
      (cause) => {
        const version = (number: number): OutboxRecord =>
          sent('2026-05', NOW_MS, { id: statementRecordId('2026-05', number) });
        expect(sentWith(waiting(cause), version(2))).toBe(0);
        expect(sentWith(waiting(cause), version(3))).toBe(0);
        expect(sentWith(waiting(cause), version(1))).toBe(1);
      },
    );

    test.each<[string, OutboxRecord]>([
      ['another month is out', sent('2026-04')],
      ['it may be out, or waits as well', sent('2026-05', NOW_MS, { state: 'queued' })],
      ['only the version before the one that it is about is out', sent('2026-05', NOW_MS - HOUR_MS)],
    ])('is sent when %s', (_, record) => {
      expect(sentWith(waiting('failed.2026-05'), record)).toBe(1);
    });

    test.each(['mail', 'changed.2026-05', 'bounced.outbox.statement.2026-05.V1.1a2b3c4d'])(
      'but not one of another kind: %s is sent',
      (cause) => {
        expect(sentWith(waiting(cause), sent('2026-05'))).toBe(1);
      },
    );
  });

  test('is given up after as many tries as any mail', () => {
    const host = fakeHost({ answer: () => refusal(401, 'authError') });
    sendNotice(host, notice);
    for (let hour = 0; hour < 20; hour++) deliver(host);
    expect(requests(host)).toBe(MOST_ATTEMPTS);
    expect(stored(host, NOTICE)?.state).toBe('failed');
  });
});

describe('a copy', () => {
  test('that waits goes out as it is made again', () => {
    const host = fakeHost({ answer: () => SENT });
    store(host, copy({ notBefore: iso(NOW_MS) }));
    expect(deliver(host, { rebuild })).toMatchObject({ tried: [{ id: COPY, state: 'sent' }], stuck: [] });
    expect(String(host.rounds[0]?.[0]?.body)).toContain('Subject: May');
  });

  test.each<[string, DueRequest['rebuild'] | undefined]>([
    ['nobody can make it', undefined],
    [
      'it can’t be made now',
      () => {
        throw new Error('Drive is down');
      },
    ],
  ])('waits on when %s', (_, how) => {
    const host = fakeHost();
    store(host, copy());
    expect(deliver(host, how === undefined ? {} : { rebuild: how })).toEqual({ tried: [], stuck: [] });
    expect(stored(host, COPY)?.state).toBe('queued');
  });

  test.each<[string, Answer, OutboxRecord['state']]>([
    ['nobody knows whether it is out', { status: 500 }, 'unknown'],
    ['it was refused for good', refusal(400, 'invalidArgument'), 'failed'],
  ])('is told of once when %s, and not sent again', (_, answer, state) => {
    const host = fakeHost({ answer: () => answer });
    store(host, copy());
    expect(deliver(host, { rebuild }).stuck).toMatchObject([{ id: COPY, state }]);
    expect(deliver(host, { rebuild }).stuck).toEqual([]);
    expect(requests(host)).toBe(1);
  });

  test('that died while it was sent is told of', () => {
    const host = fakeHost();
    store(host, copy({ state: 'sending', attemptedAt: iso(NOW_MS - HOUR_MS) }));
    expect(deliver(host, { rebuild }).stuck).toMatchObject([{ id: COPY, state: 'unknown' }]);
    expect(host.rounds).toEqual([]);
  });
});

test('a statement is the month’s run’s: neither sent nor settled here', () => {
  const host = fakeHost();
  const sending = store(host, draft({ state: 'sending', attemptedAt: iso(NOW_MS - DAY_MS) }));
  const queued = store(host, draft({ id: statementRecordId('2026-04', 1) }));
  expect(deliver(host, { rebuild })).toEqual({ tried: [], stuck: [] });
  expect([stored(host, sending.id), stored(host, queued.id)]).toEqual([sending, queued]);
});

test('notices are kept for a week and copies for sixty days, whether they can be read or not; statements for ever', () => {
  const host = fakeHost();
  const day = (ago: number): string => iso(NOW_MS - ago * DAY_MS).slice(0, 10);
  const gone = [noticeRecordId('held', day(8)), copyRecordId(day(61), 'bank')];
  const stay = [
    noticeRecordId('held', day(7)),
    copyRecordId(day(60), 'bank'),
    statementRecordId('2019-05', 1),
    'lease.x.2019-05-01',
  ];
  for (const key of [...gone, ...stay]) host.document.set(key, '{}');
  deliver(host);
  expect([...host.document.keys()].sort()).toEqual([...stay].sort());
});

test('one that fails keeps no other, and after the deadline none begins', () => {
  const host = fakeHost({ answer: () => SENT });
  store(host, copy());
  store(host, copy({ id: copyRecordId('2026-06-01', 'tax') }));
  const failing: DueRequest['rebuild'] = (record) => {
    if (record.id === COPY) throw new Error('Drive is down');
    return rebuild(record);
  };
  expect(deliver(host, { rebuild, deadlineMs: host.now() }).tried).toEqual([]);
  expect(host.rounds).toEqual([]);
  expect(deliver(host, { rebuild: failing }).tried).toMatchObject([{ state: 'sent' }]);
  expect(host.logged).toMatchObject([{ event: 'not-delivered', id: COPY }]);
});

test('a store that fails ends nothing but the delivery', () => {
  const host = fakeHost({ answer: () => SENT });
  store(host, copy());
  host.document.set(noticeRecordId('held', '2026-01-01'), '{}');
  const properties = Object.fromEntries(host.document);
  host.breakProperties(new Error('Service invoked too many times'));
  expect(deliverDue(host, properties, { deadlineMs: NOW_MS + HOUR_MS, rebuild })).toEqual({
    tried: [],
    stuck: [],
  });
  expect(host.rounds).toEqual([]);
});
