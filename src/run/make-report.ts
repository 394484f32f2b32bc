/** Reports of a run, made from what it knows at each end. */
import { base64 } from '../delivery/base64.ts';
import type { OutboxRecord } from '../delivery/outbox.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { Month } from '../statement/month.ts';
import { fileName, fillName } from '../statement/names.ts';
import type { Collected } from './collect.ts';
import type { RunReport } from './report.ts';
import { emptyReport } from './report.ts';

export function readyReport(collected: Collected, bytes: Uint8Array | null): RunReport {
  const { calculation, workbook, recipients, subject } = collected;
  const { statement, findings } = calculation;
  const { month, version, code, company } = statement;
  return {
    ...emptyReport(month),
    status: 'ready',
    version,
    statementCode: code,
    fingerprint: statement.fingerprint,
    company,
    currency: statement.currency,
    asOf: statement.asOf,
    totals: statement.totals,
    lines: statement.lines,
    findings,
    to: recipients.to.map(({ address }) => address),
    cc: recipients.cc.map(({ address }) => address),
    subject,
    tabTitle: workbook.monthTitle,
    fileName: fileName(fillName(workbook.settings.fileName, { month, company, code, version })),
    sha256: bytes === null ? null : sha256Hex(bytes),
    xlsxBase64: bytes === null ? null : base64(bytes, 0),
  };
}

export function sentBefore(month: Month, record: OutboxRecord): RunReport {
  const sent = record.statement;
  const zero = {
    grossCents: 0,
    compsCents: 0,
    discountsCents: 0,
    refundsCents: 0,
    forfeitedCents: 0,
    taxCents: 0,
    feesCents: 0,
    gratuityCents: 0,
  };
  return {
    ...emptyReport(month),
    status: 'sent',
    alreadySent: true,
    version: sent?.version ?? 1,
    statementCode: sent?.code ?? '',
    fingerprint: sent?.fingerprint ?? '',
    totals: sent === undefined ? null : { ...zero, ...sent.totals },
    to: record.to,
    cc: record.cc,
    subject: record.subject,
    fileId: sent?.fileId ?? null,
    fileUrl: sent?.fileUrl ?? null,
    sha256: sent?.sha256 ?? null,
    messageId: record.messageId ?? null,
    asOf: record.changedAt,
  };
}

/** Of a mail that may have gone out: what is known of it, and what a person can do. */
export function unknownReport(collected: Collected, record: OutboxRecord): RunReport {
  return {
    ...readyReport(collected, null),
    status: 'unknown',
    fileId: record.statement?.fileId ?? null,
    fileUrl: record.statement?.fileUrl ?? null,
    sha256: record.statement?.sha256 ?? null,
    error: unknownWords(record, collected.calculation.statement.code, collected.inSent !== null),
  };
}

export function unknownWords(
  record: OutboxRecord,
  code: string,
  inSent: boolean,
): { code: string; message: string } {
  const why = inSent
    ? 'a mail with its subject and its code is in Sent, but without the marks of Purser’s own'
    : 'Gmail did not answer clearly, and it was not found in Sent';
  return {
    code: 'send-unknown',
    message: `Nobody can tell whether the mail “${record.subject}” went out: ${why}. Look into Sent for the code ${code}; Purser never sends it again by itself. Choose Send statement… again in some minutes: if it has turned up in Sent, the month is done; if not, you may say that it is to be sent again.`,
  };
}

export function failed(host: Host, month: Month, thrown: unknown): RunReport {
  const error = asPurserError(thrown);
  host.log({ event: 'run-failed', month, code: error.code, message: error.message.slice(0, 1000) });
  return { ...emptyReport(month), error: { code: error.code, message: error.message } };
}

export function messageUrl(messageId: string): string {
  return `https://mail.google.com/mail/u/0/#sent/${messageId}`;
}
