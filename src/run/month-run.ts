/** The month's run: from nothing to sent, each step going on from what is there. */
import { checkOwnScopes } from '../accounts/own-scopes.ts';
import { requireOwner } from '../accounts/trigger-owner.ts';
import type { OutboxRecord } from '../delivery/outbox-record.ts';
import { readRecord, statementRecordId } from '../delivery/outbox-record.ts';
import { failedBefore, tooEarly } from '../delivery/put-off.ts';
import { newestSent } from '../delivery/sent-versions.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { giveBack, takeLease } from '../host/lease.ts';
import { isMonth, lastDay } from '../statement/month.ts';
import { approvalEntry, approvalKey, isAutomatic, noApprovalEntry, readApproval } from './approval.ts';
import { BUDGET_MS } from './budget.ts';
import type { Collected } from './collect.ts';
import { collect } from './collect.ts';
import { openCorrection, requireCorrectable } from './correction.ts';
import { cutOff, hasten, hastenedEntry, notLeft } from './cut-off.ts';
import type { Decision } from './decide-sending.ts';
import { approvalFor, checkApproval } from './decide-sending.ts';
import { failed, sentBefore } from './make-report.ts';
import { monthInvalid, monthNotOver } from './month-refused.ts';
import type { MonthRun, RunRequest } from './month-run-state.ts';
import { comesTo, isPinned, pinned, tellCollected } from './month-run-state.ts';
import { isPassing } from './passing.ts';
import { sweepStaging } from './post-month.ts';
import type { PreparedMonth } from './prepare-month.ts';
import { prepareMonth, showApproved } from './prepare-month.ts';
import type { RunReport } from './report.ts';
import { resolveDoubt } from './resolve-doubt.ts';
import { attemptKey, readRun, runEntry, runKey } from './run-record.ts';
import { fileAndSend } from './send-statement.ts';
import { progressEnd } from './steps.ts';
import { sweepNow } from './sweep-dead-run.ts';
import { recordLate, registerQuietly } from './write-register.ts';

export type { RunRequest } from './month-run-state.ts';

/** Longer than any execution lives, and a dialog that waits. */
const LEASE_MS = 420_000;

/** Runs a month under its lease. Never throws: what went wrong is in the report. */
export function runMonth(host: Host, request: RunRequest): RunReport {
  const { month } = request;
  let version = request.version ?? 1;
  try {
    if (!isMonth(month)) throw monthInvalid(month);
    const { lease, properties } = takeLease(host, 'statement', LEASE_MS);
    const leaving: Record<string, string> = {};
    const run = beginRun(host, request, properties, leaving);
    let error: unknown;
    let isLeft = false;
    try {
      requireOwner(host, properties);
      const report = runUnderLease(run);
      endRun(run, report);
      if (report.status === 'sent' || report.status === 'unknown') forgetApproval(run);
      return report;
    } catch (thrown) {
      error = stopped(run, thrown);
    } finally {
      ({ version } = run.course);
      isLeft = giveBack(host, lease, leaving);
      progressEnd(host);
      if (run.course.isToHasten && isLeft) hasten(host);
    }
    throw run.course.isToHasten && !isLeft ? notLeft(error, request.by, version) : error;
  } catch (thrown) {
    return failed(host, month, thrown, version);
  }
}

function beginRun(
  host: Host,
  request: RunRequest,
  properties: Readonly<Record<string, string>>,
  leaving: Record<string, string>,
): MonthRun {
  const createdMs = host.now();
  const startedMs = request.startedMs ?? createdMs;
  return {
    host,
    request,
    properties,
    startedMs,
    createdMs,
    options: { deadlineMs: startedMs + BUDGET_MS },
    leave: (entries) => Object.assign(leaving, entries),
    course: {
      version: request.version ?? 1,
      step: 'collect',
      before: null,
      approval: null,
      isDoubted: false,
      voided: null,
      pin: null,
      isToHasten: false,
    },
  };
}

function runUnderLease(run: MonthRun): RunReport {
  const { host, request, properties, options, course } = run;
  const { month } = request;
  const newest = newestSent(properties, month);
  course.version = request.version ?? (request.correct === true ? (newest?.statement.version ?? 0) + 1 : 1);
  if (newest !== null && newest.statement.version >= course.version) {
    recordLate(host, newest);
    return sentBefore(month, newest);
  }
  const correction = request.correct === true ? openCorrection(host, month, properties, options) : null;
  const { version } = course;
  course.before = readRun(properties, month, version);
  course.approval = readApproval(host, properties, month, version);
  const record = readRecord(properties, statementRecordId(month, version));
  if (record?.state === 'sent') {
    recordLate(host, record);
    return sentBefore(month, record);
  }
  if (record !== null) refuseForNow(run, record);
  checkOwnScopes(host, 'statement');
  comesTo(run, 'collect');
  const { adopt } = request;
  const collected = pinned(
    run,
    collect(host, {
      month,
      version,
      options,
      lookForLost: true,
      properties,
      keep: true,
      ...(correction === null ? {} : { correction }),
      ...(adopt === undefined ? {} : { adopt }),
    }),
  );
  tellCollected(run, collected);
  try {
    return makeAndSend(run, collected, record);
  } catch (thrown) {
    if (asPurserError(thrown).code !== 'time-budget-spent') sweepLeft(run, collected);
    else if (!goesOn(run, thrown)) sweepNow(host, collected.workbook.access);
    throw thrown;
  }
}

function makeAndSend(run: MonthRun, collected: Collected, record: OutboxRecord | null): RunReport {
  const { request } = run;
  if (lastDay(request.month) >= collected.today) throw monthNotOver(request.month);
  comesTo(run, 'calculate');
  // Before anything is posted: a month that may be out must not change under a reader's eyes.
  const doubt = resolveDoubt(run, record, collected);
  if (doubt.report !== null) {
    sweepLeft(run, collected);
    return doubt.report;
  }
  run.course.isDoubted = doubt.released !== null;
  checkApproval(run, collected);
  stillCorrectable(run, collected, doubt.released ?? record);
  const prepared = prepareMonth(run, collected, collected.input.version === 1);
  return decideAndSend(run, prepared, doubt.released);
}

/** @param doubted of a mail that may have gone out; a person said that it is to be sent again */
function decideAndSend(run: MonthRun, prepared: PreparedMonth, doubted: OutboxRecord | null): RunReport {
  const { host, request, course } = run;
  const { report, collected, waiting } = prepared;
  // What may be out stays in doubt until the mail is about to go: neither the outbox nor the register forgets it before.
  const register = (status: 'held' | 'ready'): void => {
    waiting?.drop();
    if (doubted === null) registerQuietly(host, collected, status, null);
  };
  if (prepared.isHeld) {
    register('held');
    return { ...report, status: 'held' };
  }
  const decision = decided(run, prepared);
  if (decision.approval === null) {
    register('ready');
    return decision.report;
  }
  const { approval } = decision;
  course.approval = approval;
  if (request.sendNow === false) {
    // The clock sends it with its next tick, though it may have looked today.
    run.leave({ ...approvalEntry({ ...approval, isToGo: false }), [attemptKey(request.month)]: '' });
    register('ready');
    return { ...report, approvedBy: approval.approvedBy };
  }
  const approved = showApproved(run, prepared, approval);
  return fileAndSend(run, approved, approval, doubted);
}

/** A corrected statement that waits, or that a person says is not out, must not wait on when there is nothing for it. */
function stillCorrectable(
  { host, course }: MonthRun,
  collected: Collected,
  record: OutboxRecord | null,
): void {
  try {
    requireCorrectable(collected);
  } catch (thrown) {
    const isOver = record !== null && (record.state === 'queued' || course.isDoubted);
    if (asPurserError(thrown).code === 'nothing-changed' && isOver)
      host.properties('document').remove(record.id);
    throw thrown;
  }
}

/** Until then what waits is this run's alone; once it is about to be shown nobody may drop it. */
function decided(run: MonthRun, prepared: PreparedMonth): Decision {
  try {
    return approvalFor(run, prepared);
  } catch (thrown) {
    prepared.waiting?.drop();
    throw thrown;
  }
}

/** The tabs that this run has made stand shown or are gone; what is left is a dead run's. */
function sweepLeft({ host, course }: MonthRun, { workbook }: Collected): void {
  if (course.step === 'collect' || course.step === 'calculate') sweepStaging(host, workbook);
}

/** Whether another execution goes on with what this one has begun. */
function goesOn({ request, course }: MonthRun, thrown: unknown): boolean {
  const isSpent = asPurserError(thrown).code === 'time-budget-spent';
  return isSpent && !course.isDoubted && (request.by === 'trigger' || course.approval !== null);
}

/** @throws PurserError for a mail that is not to be tried now */
function refuseForNow({ host, request }: MonthRun, record: OutboxRecord): void {
  const early = tooEarly(record, host.now());
  if (early !== null) throw early;
  if (record.state !== 'failed' || request.by === 'person') return;
  throw failedBefore(record);
}

/**
 * What an earlier execution left of this month is done with; of what a person looks at and certifies in another one, the
 * times are left that make the very same file again.
 */
function endRun({ request, properties, course, leave }: MonthRun, report: RunReport | null = null): void {
  const { month } = request;
  const { version, pin } = course;
  const isShown = request.prepareOnly === true || request.expected !== undefined || isPinned(course);
  const key = runKey(month, version);
  if (isShown && report?.status === 'ready')
    leave(runEntry({ schema: 1, month, version, pin, cutOff: null }));
  else if ((properties[key] ?? '{}') !== '{}') leave({ [key]: '{}' });
}

/** An approval has done its work once the mail is out, or may be. */
function forgetApproval({ request, properties, course, leave }: MonthRun): void {
  const key = approvalKey(request.month, course.version);
  if ((properties[key] ?? '{}') !== '{}') leave(noApprovalEntry(request.month, course.version));
}

/** The error to be told; one that the time limit made leaves what the next execution goes on from. */
function stopped(run: MonthRun, thrown: unknown): unknown {
  const { host, request, course, leave } = run;
  const error = asPurserError(thrown);
  if (error.code !== 'time-budget-spent') {
    // Somebody else's attempt ends nothing; whatever passes is tried again from where it was, as it was certified.
    if (error.code === 'not-trigger-owner') return thrown;
    if (!isPassing(error.code)) endRun(run);
    else if (request.by === 'person') keepApproval(run);
    return thrown;
  }
  const cut = cutOff(
    host,
    {
      month: request.month,
      by: request.by,
      version: course.version,
      step: course.step,
      pin: course.pin,
      before: course.before,
      goesOn: goesOn(run, thrown),
    },
    error,
  );
  leave(runEntry(cut.record));
  keepApproval(run);
  if (cut.error.code === 'run-too-long') {
    sweepNow(host, { spreadsheetId: host.workbookId(), token: host.accessToken() });
  }
  if (cut.record.cutOff !== null) {
    leave(hastenedEntry(host));
    course.isToHasten = true;
  }
  return cut.error;
}

/** What a person has certified holds for the next execution, which the clock may begin within the hour. */
function keepApproval({ request, course, leave }: MonthRun): void {
  const { approval, version, isDoubted } = course;
  if (approval === null || isDoubted || isAutomatic(approval)) return;
  const isToGo = request.by === 'person' ? request.sendNow !== false : approval.isToGo;
  leave({ ...approvalEntry({ ...approval, isToGo }), [attemptKey(request.month, version)]: '' });
}
