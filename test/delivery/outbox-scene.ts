/** A message for the outbox, and what Gmail may say to it. */
import type { SendOptions, SendResult } from '../../src/delivery/outbox.ts';
import { sendOnce } from '../../src/delivery/outbox.ts';
import type { OutboxRecord } from '../../src/delivery/outbox-record.ts';
import { readRecord, recipientsOf, statementRecordId } from '../../src/delivery/outbox-record.ts';
import type { Answer, FakeHost } from '../tools/fake-host.ts';
import { NOW_MS } from '../tools/fake-host.ts';

export const ID = statementRecordId('2026-05', 1);
export const SENT: Answer = { status: 200, body: { id: '18c', threadId: '18t', labelIds: ['SENT'] } };
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Gmail's error body: developers.google.com/workspace/gmail/api/guides/handle-errors */
export function refusal(status: number, reason: string, message = 'No.'): Answer {
  return {
    status,
    // Google's clock stands in every answer.
    headers: { date: new Date(NOW_MS).toUTCString() },
    body: { error: { code: status, message, errors: [{ domain: 'global', reason }] } },
  };
}

export function draft(more: Partial<OutboxRecord> = {}): OutboxRecord {
  return {
    schema: 2,
    id: ID,
    kind: 'statement',
    state: 'queued',
    transport: 'built-in',
    attempts: 0,
    subject: 'May',
    recipients: recipientsOf(['grace@tidewater.example'], []),
    changedAt: iso(NOW_MS),
    ...more,
  };
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function stored(host: FakeHost, id = ID): OutboxRecord | null {
  return readRecord(Object.fromEntries(host.document), id);
}

export function store(host: FakeHost, record: OutboxRecord): OutboxRecord {
  host.document.set(record.id, JSON.stringify(record));
  return record;
}

export function sendIt(host: FakeHost, options: SendOptions = {}, record = draft()): SendResult {
  return sendOnce(host, (make) => make('token'), record, 'From: x\r\n\r\n', options);
}

export function requests(host: FakeHost): number {
  return host.rounds.flat().length;
}
