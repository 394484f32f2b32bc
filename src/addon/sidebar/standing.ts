/** How a month stands, by the outbox, the approval, the register and the last look, in this order. */
import type { OutboxRecord } from '../../delivery/outbox-record.ts';
import { statementRecordId, versionOf } from '../../delivery/outbox-record.ts';
import { leaseHolder } from '../../host/lease.ts';
import type { Approval } from '../../run/approval.ts';
import { readApproval } from '../../run/approval.ts';
import type { RunRecord } from '../../run/run-record.ts';
import { attemptKey, readRun } from '../../run/run-record.ts';
import type { MonthState } from '../../sidebar/month/contract.ts';
import type { Month } from '../../statement/month.ts';
import { lastDay } from '../../statement/month.ts';
import { saysSent, saysUnknown } from '../../workbook/register.ts';
import type { RegisterLine } from '../../workbook/register-lines.ts';
import { lineOf } from '../../workbook/register-lines.ts';
import type { Look } from './brief-store.ts';
import type { Facts } from './facts.ts';

export interface Standing {
  readonly month: Month;
  readonly state: MonthState;
  readonly version: number;
  /** Of the newest version that the outbox knows. */
  readonly record: OutboxRecord | null;
  readonly line: RegisterLine | null;
  readonly approval: Approval | null;
  /** Of a run that stopped itself and goes on by itself. */
  readonly cutOff: RunRecord['cutOff'];
  /** The last look, when nothing that the register knows is newer; of the month in view only. */
  readonly look: Look | null;
}

export function standingOf(facts: Facts, month: Month): Standing {
  const { host, properties, glance } = facts;
  const record = recordOf(facts.records, month);
  const line = lineOf(glance.register, month);
  const version = record === null ? (line?.version ?? 1) : versionOf(record);
  const approval = readApproval(host, properties, month, version);
  const { look } = facts.brief;
  const isNewest = look?.month === month && (line === null || look.asOf >= line.asOf);
  const standing = {
    month,
    version,
    record,
    line,
    approval,
    cutOff: readRun(properties, month, version)?.cutOff ?? null,
    look: isNewest ? look : null,
  };
  return { ...standing, state: stateOf(facts, standing) };
}

/** Whether a mail of it may be out, so that only a person can say. */
export function isDoubtful({ record, line }: Pick<Standing, 'record' | 'line'>): boolean {
  if (record !== null) return record.state === 'sending' || record.state === 'unknown';
  return line !== null && (saysSent(line) || saysUnknown(line));
}

/** Of the newest version. */
export function recordOf(records: readonly OutboxRecord[], month: Month): OutboxRecord | null {
  const prefix = statementRecordId(month, 0).slice(0, -1);
  return records
    .filter(({ id }) => id.startsWith(prefix))
    .reduce<OutboxRecord | null>(
      (newest, one) => (newest === null || versionOf(one) > versionOf(newest) ? one : newest),
      null,
    );
}

function stateOf(facts: Facts, { month, record, line, approval, look }: Omit<Standing, 'state'>): MonthState {
  const { properties, nowMs, today } = facts;
  if (record !== null) {
    // A record that says so without a run is of one that died while it sent.
    if (record.state !== 'sending') return record.state;
    return leaseHolder(properties, 'statement', nowMs) === null ? 'unknown' : 'sending';
  }
  if (line !== null && saysSent(line)) return 'sent';
  if (line !== null && saysUnknown(line)) return 'unknown';
  if (approval !== null) return 'approved';
  if (lastDay(month) >= today) return 'open';
  if (look?.status === 'held' || look?.status === 'ready') return look.status;
  const status = line?.status.trim().toLowerCase();
  if (status === 'held' || status === 'ready' || status === 'failed') return status;
  return line === null && failedTry(properties, month) !== null ? 'failed' : 'new';
}

/** The clock's last try that failed: its day, and the code of its error; null when none did. */
export function failedTry(
  properties: Readonly<Record<string, string>>,
  month: Month,
): { readonly day: string; readonly code: string } | null {
  const [day = '', code = ''] = (properties[attemptKey(month)] ?? '').split(' ');
  return day === '' || code === '' ? null : { day, code };
}
