import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import {
  addressesOf,
  copyRecordId,
  readableRecords,
  readRecord,
  recipientsOf,
  recordJson,
} from '../../src/delivery/outbox-record.ts';
import { errorOf, fakeHost, NOW_MS } from '../tools/fake-host.ts';
import { draft, ID, iso, SENT, sendIt, stored } from './outbox-scene.ts';

/** As every version until 0.4 wrote it. */
const OLD = {
  schema: 1,
  id: ID,
  kind: 'statement',
  transport: 'account:107',
  transportWhy: 'The setting says so.',
  from: 'office@blueheron.example',
  attempts: 2,
  subject: 'May',
  to: ['grace@tidewater.example', 'rene@tidewater.example'],
  cc: ['priya@accounts.example'],
  changedAt: iso(NOW_MS),
  messageId: '18c',
  threadId: '18t',
  lastError: 'service-throttled: later',
  recordedAt: iso(NOW_MS + 1),
  statement: {
    month: '2026-05',
    version: 1,
    code: 'PRSK3QD202605V1',
    fingerprint: 'f'.repeat(64),
    totals: {
      charters: 36,
      guests: 381,
      comps: 4,
      paying: 377,
      reportableCents: 4_801_450,
      recordedCents: 4_801_450,
      differenceCents: 0,
    },
    fileId: 'file-1',
    fileUrl: 'https://drive.google.com/file/d/file-1/view',
    sha256: 'a'.repeat(64),
  },
};

describe('a record of an older version', () => {
  test.each([
    ['queued', 'waiting'],
    ['sending', 'waiting'],
    ['sent', 'accepted'],
    ['failed', 'refused'],
    ['unknown', 'unknown'],
  ] as const)('that is %s is read with nothing lost; its recipients are %s', (state, recipientState) => {
    const { to, cc, ...rest } = OLD;
    const record = readRecord({ [ID]: JSON.stringify({ ...OLD, state }) }, ID);
    expect(record).toEqual({
      ...rest,
      schema: 2,
      state,
      ...(state === 'sent' ? { sentAt: OLD.changedAt } : {}),
      recipients: [
        { address: to[0], field: 'to', state: recipientState },
        { address: to[1], field: 'to', state: recipientState },
        { address: cc[0], field: 'cc', state: recipientState },
      ],
    });
  });

  test('is sent on as what it was', () => {
    const host = fakeHost({ answer: () => SENT });
    host.document.set(ID, JSON.stringify({ ...OLD, state: 'sent' }));
    expect(sendIt(host)).toMatchObject({ kind: 'taken', record: { state: 'sent', messageId: '18c' } });
    expect(host.rounds).toEqual([]);
  });
});

test('To and Cc keep their order and their fields', () => {
  const record = draft({ recipients: recipientsOf(['b@x.example', 'a@x.example'], ['c@x.example']) });
  expect([addressesOf(record, 'to'), addressesOf(record, 'cc')]).toEqual([
    ['b@x.example', 'a@x.example'],
    ['c@x.example'],
  ]);
});

test('of records that can’t be read the others are no worse', () => {
  const properties = { [ID]: '{', other: '{}', [copyRecordId('2026-06-01', 'x')]: JSON.stringify(draft()) };
  expect(readableRecords(properties)).toHaveLength(1);
});

describe('a record fits in a property of 9 KB', () => {
  const longest: Partial<OutboxRecord> = {
    transport: 'account:108204268033311374519',
    transportWhy: 'The setting “Send from” in ’Purser settings’!B27 says office@blueheron.example.',
    from: 'office@blueheron-charters-of-the-bay.example',
    subject: 'Ü'.repeat(250),
    recipients: recipientsOf(
      Array.from({ length: 40 }, (_, index) => `partner.number.${index}@a-rather-long-domain.harbor.example`),
      Array.from({ length: 10 }, (_, index) => `accountant.${index}@a-rather-long-domain.accounts.example`),
    ),
    statement: {
      ...OLD.statement,
      supersedes: 'PRSK3QD202605V1',
      approval: {
        preparedBy: 'nora@blueheron-charters-of-the-bay.example',
        approvedBy: 'nora@blueheron-charters-of-the-bay.example',
        certification: 'I have checked these figures and they are right. '.repeat(4),
        at: iso(NOW_MS),
        sha256: 'b'.repeat(64),
      },
    },
    attachments: [
      { name: 'statement-2026-05.xlsx', bytes: 40_000, sha256: 'a'.repeat(64), fileId: 'f'.repeat(44) },
    ],
  };

  test('with fifty recipients, a long subject and an approval, through all that may come of it', () => {
    const host = fakeHost({ answer: () => ({ status: 500, body: 'x'.repeat(9000) }) });
    expect(sendIt(host, {}, draft(longest)).kind).toBe('unknown');
    expect(stored(host)).toMatchObject({ state: 'unknown', subject: longest.subject });
    expect(stored(host)?.recipients).toHaveLength(50);
    const all = Buffer.byteLength(host.document.get(ID) ?? '');
    expect(all).toBeLessThan(9 * 1024);
  });

  test('when all of them came back, with the day alone on which the owner heard of it', () => {
    const recipients = (longest.recipients ?? []).map((one) => ({
      ...one,
      state: 'bounced' as const,
      why: 'Address not found. '.repeat(8),
      toldAt: iso(NOW_MS),
    }));
    const json = recordJson(draft({ ...longest, state: 'sent', recipients }));
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(9 * 1024);
    const told = readRecord({ [ID]: json }, ID)?.recipients.map(({ toldAt }) => toldAt);
    expect(new Set(told)).toEqual(new Set(['2026-06-01']));
  });

  test('when all of them came back, without what each server said', () => {
    const recipients = (longest.recipients ?? []).map((one) => ({
      ...one,
      state: 'bounced' as const,
      why: 'Address not found. '.repeat(8),
    }));
    const json = recordJson(draft({ ...longest, state: 'sent', recipients }));
    expect(Buffer.byteLength(json)).toBeLessThanOrEqual(9 * 1024);
    expect(readRecord({ [ID]: json }, ID)?.recipients).toEqual(recipients.map(({ why: _, ...one }) => one));
  });

  test('or nothing is sent, and the person hears why', () => {
    const host = fakeHost();
    const many = Array.from(
      { length: 120 },
      (_, index) => `partner.number.${index}@a-long-domain.harbor.example`,
    );
    const error = errorOf(() => sendIt(host, {}, draft({ ...longest, recipients: recipientsOf(many, []) })));
    expect(error).toMatchObject({ code: 'property-too-large' });
    expect(error.message).toContain('120');
    expect(host.rounds).toEqual([]);
    expect(host.document.size).toBe(0);
  });
});
