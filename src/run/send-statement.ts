/** File, send, record: what happens once a statement may go out, and what became of one that may have. */

import { markUnknown, releaseUnknown, sendOnce, settleFromSent } from '../delivery/outbox.ts';
import type { OutboxRecord } from '../delivery/outbox-record.ts';
import { recipientsOf, statementRecordId } from '../delivery/outbox-record.ts';
import { requireQuota } from '../delivery/send-quota.ts';
import { statementMessage } from '../delivery/statement-message.ts';
import { notCopied } from '../delivery/workbook-copy.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { isHeld, makeFinding, sortFindings } from '../statement/findings.ts';
import { saysSent, saysUnknown } from '../workbook/register.ts';
import type { Approval } from './approval.ts';
import type { Collected } from './collect.ts';
import type { FiledMonth } from './file-month.ts';
import { afterSendingCalls, fileMonth } from './file-month.ts';
import type { Doubt } from './make-report.ts';
import { sentAs, sentBefore, unknownWords } from './make-report.ts';
import type { MonthRun } from './month-run-state.ts';
import { comesTo, keepTime } from './month-run-state.ts';
import type { PreparedMonth } from './prepare-month.ts';
import type { RunReport } from './report.ts';
import type { StatementFile } from './statement-file.ts';
import { progress } from './steps.ts';
import { correctionMail } from './superseded.ts';
import { menuItemOf } from './words.ts';
import { registerQuietly, rowsOf } from './write-register.ts';

/**
 * @param doubted of a mail that may have gone out; a person said that it is to be sent again
 * @throws PurserError when nothing went out
 */
export function fileAndSend(
  run: MonthRun,
  { collected: read, file: made, report: ready }: PreparedMonth,
  approval: Approval,
  doubted: OutboxRecord | null,
): RunReport {
  const { host, options, request, properties } = run;
  comesTo(run, 'file');
  const filedMonth = fileMonth(host, read, ready.fileName, made, options);
  const { collected, statement: file } = filedMonth;
  const { workbook, sender, recipients, calculation } = collected;
  const { statement, findings } = calculation;
  const report: RunReport = { ...ready, findings, fileId: file.id, fileUrl: file.url };
  if (isHeld(findings)) {
    if (doubted === null) registerQuietly(host, collected, 'held', null);
    return { ...report, status: 'held' };
  }
  // A run that is killed while it sends leaves a month that nobody can be sure of.
  keepTime(run);
  comesTo(run, 'send');
  const { settings } = workbook;
  const from = sender.account ?? collected.self;
  const draft = draftOf(collected, from, file, report.fileName, made, approval, host.now());
  requireQuota(properties, draft, settings.mailRecipientsADay, host.now());
  const mime = statementMessage({
    statement,
    from: { name: settings.company, address: from },
    recipients,
    replyTo: settings.replyTo,
    subject: collected.subject,
    dateMs: host.now(),
    attachment: { name: report.fileName, bytes: made.bytes },
    ...correctionMail(collected.correction),
  });
  // A token that can't be had leaves the record unclaimed.
  const authorize = sender.ready();
  // Not before: released, a statement that this run does not send would be sent by the trigger.
  if (doubted !== null) releaseUnknown(host, doubted);
  const threadId = collected.correction?.thread.threadId ?? null;
  const result = sendOnce(host, authorize, draft, mime, {
    by: request.by,
    ...(threadId === null ? {} : { threadId }),
  });
  switch (result.kind) {
    case 'sent':
      return recordSent(run, filedMonth, made, result.record, report);
    case 'taken':
      return result.record.state === 'sent'
        ? { ...sentBefore(statement.month, result.record), lines: report.lines, findings: report.findings }
        : { ...report, status: 'unknown', error: unknownWords(result.record, statement.code) };
    case 'unknown':
      registerQuietly(host, collected, 'unknown', result.record);
      return {
        ...report,
        status: 'unknown',
        error: unknownWords(result.record, statement.code),
      };
    case 'waits':
    case 'refused':
      if (doubted !== null) {
        markUnknown(host, result.record);
        throw stillDoubted(result.error, statement.version);
      }
      registerQuietly(host, collected, result.record.state === 'failed' ? 'failed' : 'queued', result.record);
      throw result.error;
  }
}

/** This mail did not go out; the one before may have, so that the hourly check sends neither. */
function stillDoubted(error: PurserError, version: number): PurserError {
  const { code, what, data } = error;
  const now = `An earlier mail with it may be out already, so Purser does not send it by itself: choose ${menuItemOf(version)} again later.`;
  return new PurserError(code, { what, now, data, cause: error });
}

function draftOf(
  { calculation: { statement }, sender, recipients, subject, correction }: Collected,
  from: string,
  file: FiledMonth['statement'],
  name: string,
  made: StatementFile,
  approval: Approval,
  nowMs: number,
): OutboxRecord {
  const { month, version, code, fingerprint, totals } = statement;
  const { preparedBy, approvedBy, certification, at } = approval;
  return {
    schema: 2,
    id: statementRecordId(month, version),
    kind: 'statement',
    state: 'queued',
    transport: sender.transport,
    transportWhy: sender.why,
    from,
    attempts: 0,
    subject,
    recipients: recipientsOf(
      recipients.to.map(({ address }) => address),
      recipients.cc.map(({ address }) => address),
    ),
    changedAt: new Date(nowMs).toISOString(),
    attachments: [{ name, bytes: made.bytes.length, sha256: file.sha256, fileId: file.id }],
    statement: {
      month,
      version,
      code,
      fingerprint,
      totals,
      fileId: file.id,
      fileUrl: file.url,
      sha256: file.sha256,
      approval: { preparedBy, approvedBy, certification, at, sha256: approval.sha256 },
      ...(correction === null ? {} : { supersedes: correction.supersedes.code }),
    },
  };
}

/** The register row of a statement that this run sent. The mail is out: nothing that fails here may say otherwise. */
function recordSent(
  run: MonthRun,
  filed: FiledMonth,
  made: StatementFile,
  record: OutboxRecord,
  report: RunReport,
): RunReport {
  const { host } = run;
  comesTo(run, 'record');
  const { collected } = filed;
  const { copy } = registerQuietly(host, collected, 'sent', record, (entry) =>
    afterSendingCalls(host, filed, report.fileName, made, entry),
  );
  const sent: RunReport = { ...report, status: 'sent', messageId: record.messageId ?? null };
  if (copy === undefined || copy.ok) return sent;
  const late = makeFinding(notCopied(copy.error), collected.workbook.settings.severities);
  return { ...sent, findings: sortFindings([...report.findings, late]) };
}

/**
 * A statement that went out before, as Sent has shown: its figures are those of its record, never today's; without
 * a record nobody knows them.
 */
export function recordFound(host: Host, collected: Collected, record: OutboxRecord): RunReport {
  progress(host, 'record');
  registerQuietly(host, collected, 'sent', record);
  const { statement } = collected.calculation;
  return { ...sentBefore(statement.month, record), statementCode: statement.code, ...sentAs(collected) };
}

/** What became of an earlier mail with this statement. */
export type Earlier =
  | { readonly record: OutboxRecord; readonly doubt: null }
  /** Nobody knows whether it is out, and why. */
  | { readonly record: OutboxRecord; readonly doubt: Doubt };

/**
 * The outbox record, settled as far as Sent can tell: a statement that is there with Purser's marks went out,
 * whatever the record says; one that may have gone out stays unknown, until a person says. Null: nothing went out.
 */
export function settled(host: Host, record: OutboxRecord | null, collected: Collected): Earlier | null {
  const { inSent } = collected;
  if (inSent?.certain) {
    const { transport, account } = inSent.mailbox;
    const from = account ?? collected.self;
    const unsure = record ?? unsureRecord(host, collected);
    return { record: settleFromSent(host, unsure, inSent.message, { transport, from }), doubt: null };
  }
  if (inSent !== null) {
    const unsure = record ?? { ...unsureRecord(host, collected), state: 'sending' as const };
    return { record: markUnknown(host, unsure), doubt: 'unmarked' };
  }
  if (record?.state === 'sending' || record?.state === 'unknown')
    return { record: markUnknown(host, record), doubt: 'unanswered' };
  // Not kept: the register stays the witness until a person has said.
  const rows = record === null ? rowsOf(collected) : [];
  if (rows.some(saysSent)) return { record: unsureRecord(host, collected), doubt: 'registered' };
  if (rows.some(saysUnknown)) return { record: unsureRecord(host, collected), doubt: 'registered-unknown' };
  return null;
}

/** For a statement that Sent knows and the outbox does not. */
function unsureRecord(host: Host, collected: Collected): OutboxRecord {
  const { statement } = collected.calculation;
  const { mailbox } = collected.inSent ?? { mailbox: collected.sender };
  return {
    schema: 2,
    id: statementRecordId(statement.month, statement.version),
    kind: 'statement',
    state: 'unknown',
    transport: mailbox.transport,
    from: mailbox.account ?? collected.self,
    attempts: 0,
    subject: collected.subject,
    recipients: [],
    changedAt: new Date(host.now()).toISOString(),
  };
}
