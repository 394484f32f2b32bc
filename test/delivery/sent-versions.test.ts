import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import { statementRecordId } from '../../src/delivery/outbox-record.ts';
import { newestSent } from '../../src/delivery/sent-versions.ts';
import { sampleStatement } from '../tools/sample-statement.ts';

function record(version: number, change: Partial<OutboxRecord> = {}): Record<string, string> {
  const { month, fingerprint, totals } = sampleStatement();
  const code = `PRSK3QD202605V${version}`;
  const written: OutboxRecord = {
    schema: 2,
    id: statementRecordId(month, version),
    kind: 'statement',
    state: 'sent',
    transport: 'built-in',
    attempts: 1,
    subject: 'May',
    recipients: [],
    changedAt: '2026-06-01T10:00:00.000Z',
    statement: { month, version, code, fingerprint, totals, fileId: 'f', fileUrl: 'u', sha256: 's' },
    ...change,
  };
  return { [written.id]: JSON.stringify(written) };
}
const version = (properties: Record<string, string>): number | null =>
  newestSent(properties, '2026-05')?.statement.version ?? null;

test('the newest version that is out counts, also past the ninth', () => {
  expect(version({ ...record(1), ...record(2) })).toBe(2);
  expect(version({ ...record(10), ...record(9), ...record(1) })).toBe(10);
});

test.each(['queued', 'sending', 'failed', 'unknown'] as const)('one that is %s is not out', (state) => {
  expect(version({ ...record(1), ...record(2, { state }) })).toBe(1);
  expect(version(record(1, { state }))).toBeNull();
});

test('other months and other properties are none of it', () => {
  expect(
    version({ owner: 'x', 'outbox.statement.2026-04.V3': 'x', 'outbox.statement.2026-05.Vx': 'x' }),
  ).toBeNull();
  expect(() => version({ 'outbox.statement.2026-05.V1': '{' })).toThrow();
});
