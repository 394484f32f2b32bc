import fc from 'fast-check';
import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import { recipientsOf, statementRecordId } from '../../src/delivery/outbox-record.ts';
import { quotaProblem, requireQuota } from '../../src/delivery/send-quota.ts';
import { isPassing } from '../../src/run/passing.ts';
import { errorOf, NOW_MS, OWNER } from '../tools/fake-host.ts';
import { DAY_MS, draft, HOUR_MS, iso } from './outbox-scene.ts';

const people = (count: number): OutboxRecord['recipients'] =>
  recipientsOf(
    Array.from({ length: count }, (_, index) => `p${index}@x.example`),
    [],
  );
const mail = (month: string, count: number, sentMs: number, more: Partial<OutboxRecord> = {}): OutboxRecord =>
  draft({
    id: statementRecordId(month, 1),
    state: 'sent',
    recipients: people(count),
    sentAt: iso(sentMs),
    from: OWNER,
    ...more,
  });
const kept = (...records: readonly OutboxRecord[]): Record<string, string> =>
  Object.fromEntries(records.map((record) => [record.id, JSON.stringify(record)]));
const next = (count: number, more: Partial<OutboxRecord> = {}): OutboxRecord =>
  draft({ recipients: people(count), from: OWNER, ...more });

test('as many as the setting allows in any 24 hours, and no more', () => {
  const properties = kept(mail('2026-01', 6, NOW_MS - HOUR_MS));
  expect(() => requireQuota(properties, next(4), 10, NOW_MS)).not.toThrow();
  const error = errorOf(() => requireQuota(properties, next(5), 10, NOW_MS));
  expect(error).toMatchObject({ code: 'mail-quota-spent', kind: 'unavailable' });
  expect(error.message).toContain('6 people were mailed');
  expect(error.message).toContain('“Mail recipients a day”');
});

test('it says when there is room again: once enough of the mails before are a day old', () => {
  const properties = kept(
    mail('2026-01', 3, NOW_MS - 20 * HOUR_MS),
    mail('2026-02', 3, NOW_MS - 10 * HOUR_MS),
    mail('2026-03', 3, NOW_MS - HOUR_MS),
  );
  const notBefore = (count: number) =>
    errorOf(() => requireQuota(properties, next(count), 10, NOW_MS)).data.notBefore;
  expect(notBefore(3)).toBe(iso(NOW_MS + 4 * HOUR_MS));
  expect(notBefore(5)).toBe(iso(NOW_MS + 14 * HOUR_MS));
  expect(notBefore(9)).toBe(iso(NOW_MS + 23 * HOUR_MS));
});

test.each<[string, OutboxRecord, boolean]>([
  ['one that may be out', mail('2026-01', 9, NOW_MS - HOUR_MS, { state: 'unknown' }), true],
  ['one that is on its way', mail('2026-01', 9, NOW_MS - HOUR_MS, { state: 'sending' }), true],
  ['one that was refused', mail('2026-01', 9, NOW_MS - HOUR_MS, { state: 'failed' }), false],
  ['one that waits', mail('2026-01', 9, NOW_MS - HOUR_MS, { state: 'queued' }), false],
  ['one of yesterday', mail('2026-01', 9, NOW_MS - DAY_MS), false],
  ['one of another mailbox', mail('2026-01', 9, NOW_MS - HOUR_MS, { transport: 'account:107' }), false],
  [
    'one of somebody else’s own mailbox',
    mail('2026-01', 9, NOW_MS - HOUR_MS, { from: 'kim@x.example' }),
    false,
  ],
])('%s counts: %#', (_, record, counts) => {
  const check = () => requireQuota(kept(record), next(2), 10, NOW_MS);
  if (counts) expect(errorOf(check).code).toBe('mail-quota-spent');
  else expect(check).not.toThrow();
});

test('a hundred people in one mail at most, whatever the setting says', () => {
  expect(() => requireQuota({}, next(100), 500, NOW_MS)).not.toThrow();
  const error = errorOf(() => requireQuota({}, next(101), 500, NOW_MS));
  expect(error.message).toContain('101 recipients; Gmail takes 100');
  expect(error.data.notBefore).toBeUndefined();
});

test('more people than may ever be mailed in a day is nothing that passes: it says which setting, and what else to do', () => {
  const error = errorOf(() => requireQuota({}, next(6), 5, NOW_MS));
  expect(error).toMatchObject({ code: 'too-many-recipients', kind: 'setup', data: { recipients: 6 } });
  expect(error.message).toMatch(/6 recipients.*“Mail recipients a day” allows 5.*raise the setting/);
  expect(isPassing(error.code)).toBe(false);
  expect(errorOf(() => requireQuota({}, next(101), 500, NOW_MS)).now).not.toContain('setting');
});

test('whoever asks before there is a message hears the same', () => {
  const properties = kept(mail('2026-01', 6, NOW_MS - HOUR_MS));
  const asked = (recipients: number) => {
    const { transport, from = '', subject } = next(1);
    return quotaProblem(properties, { transport, from, subject, recipients }, 10, NOW_MS);
  };
  expect(asked(4)).toBeNull();
  for (const count of [5, 11]) {
    const thrown = errorOf(() => requireQuota(properties, next(count), 10, NOW_MS));
    expect(asked(count)).toMatchObject({ code: thrown.code, message: thrown.message, data: thrown.data });
  }
});

test('after the time that it names there is room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 30 * HOUR_MS })), {
        maxLength: 12,
      }),
      fc.integer({ min: 1, max: 20 }),
      (before, wanted) => {
        const properties = kept(
          ...before.map(([count, agoMs], index) => mail(`20${10 + index}-01`, count, NOW_MS - agoMs)),
        );
        const attempt = (nowMs: number) => requireQuota(properties, next(wanted), 20, nowMs);
        let notBefore = NOW_MS;
        try {
          attempt(NOW_MS);
        } catch {
          notBefore = Date.parse(String(errorOf(() => attempt(NOW_MS)).data.notBefore));
          expect(() => attempt(notBefore - 1)).toThrow();
        }
        expect(() => attempt(notBefore)).not.toThrow();
      },
    ),
  );
});
