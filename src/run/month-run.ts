/** The month's run: from nothing to sent, each step going on from what is there. */
import { checkOwnScopes } from '../accounts/own-scopes.ts';
import { requireOwner } from '../accounts/trigger-owner.ts';
import type { ExchangeOptions } from '../clients/exchange.ts';
import { readRecord, statementRecordId } from '../delivery/outbox.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { giveBack, takeLease } from '../host/lease.ts';
import { isClean, isHeld } from '../statement/findings.ts';
import type { Month } from '../statement/month.ts';
import { isMonth, lastDay, monthLabel } from '../statement/month.ts';
import { makeSheetPlan } from '../statement/sheet-plan.ts';
import { BUDGET_MS, keepBudget } from './budget.ts';
import type { Collected } from './collect.ts';
import { collect } from './collect.ts';
import { failed, readyReport, sentBefore, unknownReport } from './make-report.ts';
import { discard, showMonth, stageMonth } from './post-month.ts';
import type { RunReport } from './report.ts';
import { fileAndSend, recordFound, settled } from './send-statement.ts';
import { statementFile } from './statement-file.ts';
import { progress, progressEnd } from './steps.ts';
import { recordLate, registerQuietly } from './write-register.ts';

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

/** Longer than any execution lives, and a dialog that waits. */
const LEASE_MS = 420_000;

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
      progressEnd(host);
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
  if (record?.state === 'sent') {
    recordLate(host, record);
    return sentBefore(month, record);
  }
  checkOwnScopes(host, 'statement');
  const startedMs = host.now();
  const options: ExchangeOptions = { deadlineMs: startedMs + BUDGET_MS };
  progress(host, 'collect');
  const collected = collect(host, { month, version, options, lookForLost: true, properties, keep: true });
  if (lastDay(month) >= collected.today) throw monthNotOver(month);
  progress(host, 'calculate');
  const found = settled(host, record, collected);
  if (found?.doubt === null) return recordFound(host, collected, found.record);
  // Before anything is posted: a month that may be out must not change under a reader's eyes.
  if (found !== null) {
    const unknown = unknownReport(collected, found.record, found.doubt);
    if (request.by !== 'person' || !request.sendAgain(unknown)) {
      if (found.doubt === 'unanswered' || found.doubt === 'unmarked')
        registerQuietly(host, collected, 'unknown', found.record);
      return unknown;
    }
    keepBudget(host, startedMs);
  }
  const { statement, findings } = collected.calculation;
  const { workbook } = collected;
  const plan = makeSheetPlan(workbook.template, statement, workbook.monthTitle);
  keepBudget(host, startedMs);
  progress(host, 'post');
  const staged = stageMonth(host, collected, plan, options);
  progress(host, 'verify');
  keepBudget(host, startedMs);
  const edited = workbook.noticed.some(({ code }) => code === 'tab-edited');
  // Whatever the settings say of their severity: the tab would differ from what is sent, or nobody would get it.
  const held = isHeld(findings) || edited || collected.recipients.to.length === 0;
  // A month that has become empty, from a wrong table say, must not wipe a good tab while nobody has agreed.
  const emptied = statement.lines.length === 0 && workbook.monthTab !== null && held;
  if (edited || emptied) discard(host, workbook, staged);
  else showMonth(host, workbook, month, version, plan, staged, options);
  progress(host, 'export');
  const file = statementFile(
    statement,
    plan,
    (row, column) => staged.values[row]?.[column] ?? null,
    new Date(startedMs).toISOString(),
  );
  const report = readyReport(collected, file.bytes);
  // What may be out stays in doubt until the mail is about to go: neither the outbox nor the register forgets it before.
  if (held) {
    if (found === null) registerQuietly(host, collected, 'held', null);
    return { ...report, status: 'held' };
  }
  if (!maySend(request, report, collected, properties)) {
    if (found === null) registerQuietly(host, collected, 'ready', null);
    return report;
  }
  keepBudget(host, startedMs);
  return fileAndSend(host, collected, report, file, startedMs, found?.record ?? null);
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
    !Object.keys(properties).some(
      (key) => key.startsWith('outbox.statement.') && readRecord(properties, key)?.state === 'sent',
    );
  const zero = report.lines.length === 0 || report.totals?.reportableCents === 0;
  return settings.sendAutomatically === 'when clean' && isClean(report.findings) && !first && !zero;
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
