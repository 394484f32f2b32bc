/** The month's run: from nothing to sent, each step going on from what is there. */
import { requireOwner } from '../accounts/trigger-owner.ts';
import type { ExchangeOptions } from '../clients/exchange.ts';
import { send } from '../clients/exchange.ts';
import { putValues } from '../clients/google/sheets.ts';
import { base64 } from '../delivery/base64.ts';
import { ensureFolders, fileStatement } from '../delivery/filing.ts';
import type { OutboxRecord } from '../delivery/outbox.ts';
import {
  markUnknown,
  readRecord,
  releaseUnknown,
  sendOnce,
  settleFromSent,
  statementRecordId,
} from '../delivery/outbox.ts';
import { statementMessage } from '../delivery/statement-message.ts';
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { giveBack, takeLease } from '../host/lease.ts';
import { isClean, isHeld } from '../statement/findings.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { Month } from '../statement/month.ts';
import { isMonth, lastDay, monthLabel } from '../statement/month.ts';
import { fileName, fillName } from '../statement/names.ts';
import { makeSheetPlan } from '../statement/sheet-plan.ts';
import type { RegisterStatus } from '../workbook/register.ts';
import { registerWrite } from '../workbook/register.ts';
import { writeXlsx } from '../workbook/xlsx/write-xlsx.ts';
import type { Collected } from './collect.ts';
import { collect } from './collect.ts';
import { discard, showMonth, stageMonth } from './post-month.ts';
import type { RunReport } from './report.ts';
import { emptyReport } from './report.ts';

export interface RunRequest {
  readonly month: Month;
  /** A trigger sends only what is clean, never the first statement, never an empty or a zero one. */
  readonly by: 'person' | 'trigger';
  /** Asked of a person once all is ready; false stops before filing. */
  readonly confirm: (ready: RunReport) => boolean;
  /**
   * Asked of a person when an earlier mail may have gone out and is not found in Sent; true sends it again, false
   * leaves all as it is. A trigger never asks.
   */
  readonly sendAgain: (unknown: RunReport) => boolean;
}

/** A run stops itself well before Apps Script's six minutes: being killed can't be caught. */
export const BUDGET_MS = 270_000;
/** Longer than any execution lives, and a dialog that waits. */
const LEASE_MS = 420_000;

const STEPS = ['collect', 'calculate', 'post', 'verify', 'export', 'file', 'send', 'record'] as const;
type Step = (typeof STEPS)[number];

/** Runs a month under its lease. Never throws: what went wrong is in the report. */
export function runMonth(host: Host, request: RunRequest): RunReport {
  const { month } = request;
  try {
    if (!isMonth(month)) throw monthInvalid(month);
    const { lease, properties } = takeLease(host, 'statement', LEASE_MS);
    try {
      requireOwner(host, properties);
      return runUnderLease(host, request, properties);
    } finally {
      giveBack(host, lease);
    }
  } catch (thrown) {
    return failed(host, month, thrown);
  }
}

function runUnderLease(
  host: Host,
  request: RunRequest,
  properties: Readonly<Record<string, string>>,
): RunReport {
  const { month } = request;
  const version = 1;
  const record = readRecord(properties, statementRecordId(month, version));
  if (record?.state === 'sent') return sentBefore(month, record);
  const startedMs = host.now();
  const options: ExchangeOptions = { deadlineMs: startedMs + BUDGET_MS };
  progress(host, 'collect');
  const collected = collect(host, { month, version, options, lookForLost: true });
  if (lastDay(month) >= collected.today) throw monthNotOver(month);
  progress(host, 'calculate');
  const found = settled(host, record, collected);
  if (found?.state === 'sent') return recordSent(host, collected, found);
  const { statement, findings } = collected.calculation;
  const { workbook } = collected;
  const plan = makeSheetPlan(workbook.template, statement, workbook.monthTitle);
  keepBudget(host, startedMs);
  progress(host, 'post');
  const staged = stageMonth(host, workbook, month, plan, options);
  progress(host, 'verify');
  keepBudget(host, startedMs);
  const edited = workbook.noticed.some(({ code }) => code === 'tab-edited');
  if (edited) discard(host, workbook, staged.staging);
  else showMonth(host, workbook, month, version, plan, staged, options);
  progress(host, 'export');
  const bytes = writeXlsx({
    plan,
    computed: (row, column) => staged.values[row]?.[column] ?? null,
    properties: {
      title: `${statement.company}, ${monthLabel(month)}`,
      company: statement.company,
      createdIso: new Date(startedMs).toISOString(),
      description: `Statement ${statement.code}`,
    },
  });
  const report = readyReport(collected, bytes);
  if (found?.state === 'unknown') {
    const unknown: RunReport = { ...report, status: 'unknown', error: unknownWords(found) };
    if (isHeld(findings) || request.by !== 'person' || !request.sendAgain(unknown)) return unknown;
    keepBudget(host, startedMs);
    releaseUnknown(host, found);
  }
  if (isHeld(findings)) {
    registerQuietly(host, collected, 'held', null);
    return { ...report, status: 'held' };
  }
  if (!maySend(request, report, collected, properties)) {
    registerQuietly(host, collected, 'ready', null);
    return report;
  }
  keepBudget(host, startedMs);
  return fileAndSend(host, collected, report, bytes);
}

function fileAndSend(host: Host, collected: Collected, report: RunReport, bytes: Uint8Array): RunReport {
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
function recordSent(host: Host, collected: Collected, record: OutboxRecord, before?: RunReport): RunReport {
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

/** A register that can't be written must not change how the run ended. */
function registerQuietly(
  host: Host,
  collected: Collected,
  status: RegisterStatus,
  record: OutboxRecord | null,
): void {
  try {
    const local = host.localTime(host.now(), collected.workbook.settings.timeZone);
    writeRegister(host, collected, status, {
      sentAt: status === 'sent' ? `${local.date} ${local.time}` : '',
      to: record === null ? '' : [...record.to, ...record.cc].join(', '),
      fileUrl: record?.statement?.fileUrl ?? '',
      messageUrl: record?.messageId === undefined ? '' : messageUrl(record.messageId),
    });
  } catch (thrown) {
    host.log({ event: 'register-not-written', code: asPurserError(thrown).code });
  }
}

function writeRegister(
  host: Host,
  collected: Collected,
  status: RegisterStatus,
  words: { sentAt: string; to: string; fileUrl: string; messageUrl: string },
): void {
  const { access, registerTab, registerValues } = collected.workbook;
  const { statement, findings } = collected.calculation;
  const count = new Map<string, number>();
  for (const { code } of findings) count.set(code, (count.get(code) ?? 0) + 1);
  const summary = [...count].map(([code, times]) => (times === 1 ? code : `${code} ×${times}`)).join(', ');
  const write = registerWrite(registerTab.title, registerValues, {
    statement,
    status,
    findings: summary,
    ...words,
  });
  send(host, putValues(access, 'Write the register', [write]));
}

/**
 * The outbox record, settled as far as Sent can tell: a statement that is there went out, whatever the record
 * says; one that may have gone out and isn't found stays unknown.
 */
function settled(host: Host, record: OutboxRecord | null, collected: Collected): OutboxRecord | null {
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

function maySend(
  request: RunRequest,
  report: RunReport,
  collected: Collected,
  properties: Readonly<Record<string, string>>,
): boolean {
  if (request.by === 'person') return request.confirm(report);
  const { settings, register } = collected.workbook;
  const first =
    !register.some(({ status }) => status === 'sent') &&
    !Object.keys(properties).some((key) => key.startsWith('outbox.statement.'));
  const zero = report.lines.length === 0 || report.totals?.reportableCents === 0;
  return settings.sendAutomatically === 'when clean' && isClean(report.findings) && !first && !zero;
}

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

function sentBefore(month: Month, record: OutboxRecord): RunReport {
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

function unknownWords(record: OutboxRecord): { code: string; message: string } {
  return {
    code: 'send-unknown',
    message: `Nobody can tell whether the mail “${record.subject}” went out: Gmail did not answer clearly, and it was not found in Sent. Look into Sent for the code ${record.statement?.code ?? ''}; Purser never sends it again by itself. Choose Send statement… again in some minutes: if it has turned up in Sent, the month is done; if not, you may say that it is to be sent again.`,
  };
}

function failed(host: Host, month: Month, thrown: unknown): RunReport {
  const error = asPurserError(thrown);
  host.log({ event: 'run-failed', month, code: error.code, message: error.message.slice(0, 1000) });
  return { ...emptyReport(month), error: { code: error.code, message: error.message } };
}

function keepBudget(host: Host, startedMs: number): void {
  const spentMs = host.now() - startedMs;
  if (spentMs < BUDGET_MS) return;
  throw new PurserError('time-budget-spent', {
    what: `The run stopped itself after ${Math.round(spentMs / 1000)} seconds, before Apps Script would. Nothing was sent.`,
    now: 'Run again; it goes on from what is there.',
    data: { spentMs },
  });
}

function progress(host: Host, step: Step): void {
  host.progress({ step, done: STEPS.indexOf(step), of: STEPS.length });
}

export function messageUrl(messageId: string): string {
  return `https://mail.google.com/mail/u/0/#sent/${messageId}`;
}

function monthInvalid(month: string): PurserError {
  return new PurserError('month-invalid', {
    what: `“${month.slice(0, 40)}” is not a month.`,
    now: 'Enter a month such as 2026-05 or May 2026.',
  });
}

function monthNotOver(month: Month): PurserError {
  return new PurserError('month-not-over', {
    what: `${monthLabel(month)} is not over yet; a statement of it could still change. Nothing was posted or sent.`,
    now: 'Choose Preview month… to look at it, and send it after its last day.',
  });
}
