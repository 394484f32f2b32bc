/** File, send, record: what happens once a statement may go out, and what became of one that may have. */
import { ensureFolders, fileStatement } from '../delivery/filing.ts';
import type { OutboxRecord } from '../delivery/outbox.ts';
import { markUnknown, sendOnce, settleFromSent, statementRecordId } from '../delivery/outbox.ts';
import { statementMessage } from '../delivery/statement-message.ts';
import type { Host } from '../host/host.ts';
import { BUDGET_MS, keepBudget } from './budget.ts';
import type { Collected } from './collect.ts';
import { sentBefore, unknownWords } from './make-report.ts';
import type { RunReport } from './report.ts';
import { progress } from './steps.ts';
import { registerQuietly } from './write-register.ts';

export function fileAndSend(
  host: Host,
  collected: Collected,
  report: RunReport,
  bytes: Uint8Array,
  startedMs: number,
): RunReport {
  const { workbook, workbookKey, driveFiles, recipients, calculation } = collected;
  const { statement } = calculation;
  const { token } = workbook.access;
  progress(host, 'file');
  const year = statement.month.slice(0, 4);
  const options = { deadlineMs: startedMs + BUDGET_MS };
  const folderId = ensureFolders(host, token, driveFiles, workbookKey, year, options);
  const file = fileStatement(
    host,
    token,
    { statement, name: report.fileName, bytes, folderId, modifiedMs: host.now() },
    driveFiles,
    options,
  );
  // A run that is killed while it sends leaves a month that nobody can be sure of.
  keepBudget(host, startedMs);
  progress(host, 'send');
  const { settings } = workbook;
  const draft: OutboxRecord = {
    schema: 1,
    id: statementRecordId(statement.month, statement.version),
    kind: 'statement',
    state: 'queued',
    transport: 'built-in',
    attempts: 0,
    subject: collected.subject,
    to: recipients.to.map(({ address }) => address),
    cc: recipients.cc.map(({ address }) => address),
    changedAt: new Date(host.now()).toISOString(),
    statement: {
      month: statement.month,
      version: statement.version,
      code: statement.code,
      fingerprint: statement.fingerprint,
      totals: statement.totals,
      fileId: file.id,
      fileUrl: file.url,
      sha256: file.sha256,
    },
  };
  const mime = statementMessage({
    statement,
    from: { name: settings.company, address: host.userEmail() },
    recipients,
    replyTo: settings.replyTo,
    subject: collected.subject,
    dateMs: host.now(),
    attachment: { name: report.fileName, bytes },
  });
  const result = sendOnce(host, token, draft, mime);
  const filed = { ...report, fileId: file.id, fileUrl: file.url };
  switch (result.kind) {
    case 'sent':
      return recordSent(host, collected, result.record, filed);
    case 'taken':
      return result.record.state === 'sent'
        ? { ...sentBefore(statement.month, result.record), lines: report.lines, findings: report.findings }
        : { ...filed, status: 'unknown', error: unknownWords(result.record, statement.code, false) };
    case 'unknown':
      registerQuietly(host, collected, 'unknown', result.record);
      return { ...filed, status: 'unknown', error: unknownWords(result.record, statement.code, false) };
    case 'refused':
      throw result.error;
  }
}

/** The register row of a statement that this run sent. The mail is out: nothing that fails here may say otherwise. */
function recordSent(host: Host, collected: Collected, record: OutboxRecord, report: RunReport): RunReport {
  progress(host, 'record');
  registerQuietly(host, collected, 'sent', record);
  return { ...report, status: 'sent', messageId: record.messageId ?? null };
}

/**
 * A statement that went out before, as Sent has shown: its figures are those of its record, never today's; without
 * a record nobody knows them.
 */
export function recordFound(host: Host, collected: Collected, record: OutboxRecord): RunReport {
  progress(host, 'record');
  registerQuietly(host, collected, 'sent', record);
  const { statement } = collected.calculation;
  return { ...sentBefore(statement.month, record), statementCode: statement.code };
}

/**
 * The outbox record, settled as far as Sent can tell: a statement that is there with Purser's marks went out,
 * whatever the record says; one that may have gone out stays unknown, until a person says.
 */
export function settled(host: Host, record: OutboxRecord | null, collected: Collected): OutboxRecord | null {
  const { inSent } = collected;
  if (inSent?.certain) return settleFromSent(host, record ?? unsureRecord(host, collected), inSent.message);
  if (inSent !== null)
    return markUnknown(host, record ?? { ...unsureRecord(host, collected), state: 'sending' });
  if (record?.state === 'sending' || record?.state === 'unknown') return markUnknown(host, record);
  return null;
}

/** For a statement that Sent knows and the outbox does not. */
function unsureRecord(host: Host, collected: Collected): OutboxRecord {
  const { statement } = collected.calculation;
  return {
    schema: 1,
    id: statementRecordId(statement.month, statement.version),
    kind: 'statement',
    state: 'unknown',
    transport: 'built-in',
    attempts: 0,
    subject: collected.subject,
    to: [],
    cc: [],
    changedAt: new Date(host.now()).toISOString(),
  };
}
