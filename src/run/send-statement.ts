/** File, send, record: what happens once a statement may go out, and what became of one that may have. */
import { ensureFolders, fileStatement } from '../delivery/filing.ts';
import type { OutboxRecord } from '../delivery/outbox.ts';
import { markUnknown, sendOnce, settleFromSent, statementRecordId } from '../delivery/outbox.ts';
import { statementMessage } from '../delivery/statement-message.ts';
import type { Host } from '../host/host.ts';
import type { Collected } from './collect.ts';
import { readyReport, sentBefore, unknownWords } from './make-report.ts';
import type { RunReport } from './report.ts';
import { progress } from './steps.ts';
import { registerQuietly } from './write-register.ts';

export function fileAndSend(
  host: Host,
  collected: Collected,
  report: RunReport,
  bytes: Uint8Array,
): RunReport {
  const { workbook, workbookKey, driveFiles, recipients, calculation } = collected;
  const { statement } = calculation;
  const { token } = workbook.access;
  progress(host, 'file');
  const year = statement.month.slice(0, 4);
  const folderId = ensureFolders(host, token, driveFiles, workbookKey, year);
  const file = fileStatement(
    host,
    token,
    { statement, name: report.fileName, bytes, folderId, modifiedMs: host.now() },
    driveFiles,
  );
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
        : { ...filed, status: 'unknown', error: unknownWords(result.record) };
    case 'unknown':
      registerQuietly(host, collected, 'unknown', result.record);
      return { ...filed, status: 'unknown', error: unknownWords(result.record) };
    case 'refused':
      throw result.error;
  }
}

/** The register row of a sent statement. The mail is out: nothing that fails here may say otherwise. */
export function recordSent(
  host: Host,
  collected: Collected,
  record: OutboxRecord,
  before?: RunReport,
): RunReport {
  progress(host, 'record');
  registerQuietly(host, collected, 'sent', record);
  const report = before ?? { ...readyReport(collected, null), alreadySent: true };
  return {
    ...report,
    status: 'sent',
    fileId: record.statement?.fileId ?? report.fileId,
    fileUrl: record.statement?.fileUrl ?? report.fileUrl,
    sha256: record.statement?.sha256 || report.sha256,
    messageId: record.messageId ?? null,
    to: record.to.length > 0 ? record.to : report.to,
    cc: record.to.length > 0 ? record.cc : report.cc,
  };
}

/**
 * The outbox record, settled as far as Sent can tell: a statement that is there went out, whatever the record
 * says; one that may have gone out and isn't found stays unknown.
 */
export function settled(host: Host, record: OutboxRecord | null, collected: Collected): OutboxRecord | null {
  const { inSent, calculation } = collected;
  const { statement } = calculation;
  if (inSent !== null) {
    const there: OutboxRecord = record ?? {
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
    return settleFromSent(host, there, inSent);
  }
  if (record?.state === 'sending' || record?.state === 'unknown') return markUnknown(host, record);
  return null;
}
