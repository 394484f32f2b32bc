/** What is kept of sent months, and what the audit of a later month says of them. */
import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import { recipientsOf, statementRecordId } from '../../src/delivery/outbox-record.ts';
import type { WatchState } from '../../src/run/watch-state.ts';
import {
  dueMonths,
  nextUnsentMonth,
  readWatch,
  sentChangeDrafts,
  sentMonths,
  watchKey,
} from '../../src/run/watch-state.ts';

function record(month: string, version = 1, state: OutboxRecord['state'] = 'sent'): Record<string, string> {
  const code = `PRSK3QD${month.replace('-', '')}V${version}`;
  const whole: OutboxRecord = {
    schema: 2,
    id: statementRecordId(month, version),
    kind: 'statement',
    state,
    transport: 'built-in',
    attempts: 1,
    subject: 'Statement',
    recipients: recipientsOf(['grace@partner.example'], []),
    changedAt: '2026-06-01T10:00:00.000Z',
    statement: {
      month,
      version,
      code,
      fingerprint: 'ab'.repeat(32),
      totals: {
        charters: 1,
        guests: 1,
        comps: 0,
        paying: 1,
        reportableCents: 1,
        recordedCents: 1,
        differenceCents: 0,
      },
      fileId: 'file',
      fileUrl: 'https://drive.example/file',
      sha256: 'cd'.repeat(32),
    },
  };
  return { [whole.id]: JSON.stringify(whole) };
}

function watch(month: string, version = 1, changes: Partial<WatchState> = {}): Record<string, string> {
  const open = { hash: 'h1', deltaCents: -12_500, summary: '-$125.00 (1 charter)', lines: ['BH-1: refund'] };
  return { [watchKey(month)]: JSON.stringify({ ...readWatch({}, month, version), open, ...changes }) };
}

const LINKS = [{ label: 'register', url: 'https://docs.example' }];
const drafts = (properties: Record<string, string>, month: string) =>
  sentChangeDrafts(properties, month, LINKS);

test('a change that nobody decided on stands in the audits of later months, and of those only', () => {
  const properties = { ...record('2026-05'), ...watch('2026-05') };
  for (const later of ['2026-06', '2026-07', '2027-01'])
    expect(drafts(properties, later)).toEqual([
      {
        code: 'changed-after-sending',
        about: 'PRSK3QD202605V1',
        cents: -12_500,
        message: expect.stringContaining('May 2026 has changed at the source since it was sent'),
        links: LINKS,
      },
    ]);
  for (const other of ['2026-05', '2026-04']) expect(drafts(properties, other)).toEqual([]);
});

test('nothing is said of a month without a change, nor of one that a corrected statement has replaced', () => {
  expect(drafts({ ...record('2026-05'), ...watch('2026-05', 1, { open: null }) }, '2026-06')).toEqual([]);
  expect(drafts({ ...record('2026-05'), ...record('2026-05', 2), ...watch('2026-05') }, '2026-06')).toEqual(
    [],
  );
  expect(drafts({ ...record('2026-05'), [watchKey('2026-05')]: 'broken' }, '2026-06')).toEqual([]);
  expect(drafts(watch('2026-05'), '2026-06')).toEqual([]);
});

test('the newest version that was sent is the one that is watched', () => {
  const properties = {
    ...record('2026-06'),
    ...record('2026-05'),
    ...record('2026-05', 2),
    ...record('2026-05', 3, 'unknown'),
    ...record('2026-07', 1, 'failed'),
    'outbox.statement.2026-01.V1': 'broken',
  };
  expect(sentMonths(properties).map(({ statement }) => [statement.month, statement.version])).toEqual([
    ['2026-05', 2],
    ['2026-06', 1],
  ]);
});

test('a change is carried into the first month that is not out, and may not be', () => {
  const sent = { ...record('2026-05'), ...record('2026-06'), ...record('2026-07', 1, 'unknown') };
  expect(nextUnsentMonth(sent, '2026-05')).toBe('2026-08');
  expect(nextUnsentMonth({ ...sent, ...record('2026-08', 1, 'failed') }, '2026-05')).toBe('2026-08');
  expect(nextUnsentMonth(record('2026-12'), '2026-12')).toBe('2027-01');
});

describe('due to be looked at', () => {
  const sent = { ...record('2026-05'), ...record('2026-04'), ...record('2026-03') };
  const at = (iso: string) => ({
    today: iso.slice(0, 10),
    hour: Number(iso.slice(11, 13)),
    nowMs: Date.parse(iso),
  });
  const due = (properties: Record<string, string>, iso = '2026-06-03T08:00:00Z', days = 400) =>
    dueMonths(properties, at(iso), days).map(({ statement }) => statement.month);

  test('is one month a tick, that which was looked at longest ago', () => {
    expect(due(sent)).toEqual(['2026-03']);
    expect(
      due({ ...sent, ...watch('2026-03', 1, { triedMs: 5 }), ...watch('2026-04', 1, { triedMs: 4 }) }),
    ).toEqual(['2026-05']);
  });

  test('are two when the hours of the day that are left are too few', () => {
    expect(due(sent, '2026-06-03T21:00:00Z')).toHaveLength(1);
    expect(due(sent, '2026-06-03T22:00:00Z')).toHaveLength(2);
  });

  test('is none that was looked at today, that is left alone, that was sent just now, or too long ago', () => {
    const one = record('2026-05');
    expect(due({ ...one, ...watch('2026-05', 1, { lookedOn: '2026-06-03' }) })).toEqual([]);
    expect(due({ ...one, ...watch('2026-05', 1, { lookedOn: '2026-06-02' }) })).toEqual(['2026-05']);
    expect(due({ ...one, ...watch('2026-05', 1, { isLeftAlone: true }) })).toEqual([]);
    expect(due(one, '2026-06-01T12:00:00Z')).toEqual([]);
    expect(due(one, '2026-06-11T09:00:00Z', 10)).toEqual(['2026-05']);
    expect(due(one, '2026-06-11T11:00:00Z', 10)).toEqual([]);
    expect(due(one, '2026-06-03T08:00:00Z', 0)).toEqual([]);
  });
});
