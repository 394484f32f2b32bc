/** The months that the clock sees to: those whose run was cut off, and last month, once its statement day has come. */
import { requireOwner } from '../accounts/trigger-owner.ts';
import { readableRecords, readRecord, statementRecordId } from '../delivery/outbox-record.ts';
import { tooEarly } from '../delivery/put-off.ts';
import type { ErrorCode } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { giveBack, takeLease } from '../host/lease.ts';
import { readApproval } from '../run/approval.ts';
import { BUDGET_MS, EXECUTION_MS } from '../run/budget.ts';
import { removeHasteners } from '../run/cut-off.ts';
import type { RunRequest } from '../run/month-run.ts';
import { runMonth } from '../run/month-run.ts';
import { isPassing } from '../run/passing.ts';
import type { RunReport } from '../run/report.ts';
import { emptyReport } from '../run/report.ts';
import { attemptKey, cutOffRuns } from '../run/run-record.ts';
import { readSchedule } from '../run/schedule.ts';
import { sweepDeadRun } from '../run/sweep-dead-run.ts';
import { logRun } from '../run/write-log.ts';
import { recordLate } from '../run/write-register.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { monthBefore, monthLabel } from '../statement/month.ts';
import { syncAfterRun } from './calendars.ts';
import { restIfDying } from './rest-month.ts';
import { tellOwner, tellTrouble } from './tell-owner.ts';
import { watchAccounts } from './watch-accounts.ts';

/** What a look at the months leaves behind. */
export interface CaughtUp {
  /** Of the last month that was run; null when none was. */
  readonly report: RunReport | null;
  /** Null when another account owns the triggers. */
  readonly owner: string | null;
  /** False when the look itself failed, whatever became of the months. */
  readonly isWell: boolean;
  /** The code of the error that last month failed by today, now or before, as its owner heard; empty for none. */
  readonly failedBy: string;
  /** Of the document, as they are after the run, if there was one. */
  readonly properties: Readonly<Record<string, string>>;
}

/** What a trigger has to look at now: last month, on this day, at this time. */
interface Turn {
  readonly month: Month;
  readonly today: IsoDate;
  readonly time: string;
}

interface OneStatement {
  readonly month: Month;
  readonly version: number;
}

interface Ran extends OneStatement {
  readonly report: RunReport;
  /** Nothing to be done but to look again with the next tick. */
  readonly isAgain: boolean;
}

/** Whom and when: for running and for telling. */
interface Clock {
  readonly owner: string;
  readonly turn: Turn;
  readonly properties: Readonly<Record<string, string>>;
  readonly endMs: number;
}

/** Another run is at it, or another execution goes on: nothing to be told. */
const GOES_ON = new Set<string>([
  'lock-busy',
  'platform-failed',
  'run-in-progress',
  'time-budget-spent',
  'token-busy',
] satisfies ErrorCode[]);

/** What has to be left of the execution for last month, after a statement that waits on. */
const NEXT_RUN_MS = BUDGET_MS + 30_000;

/** As long as writing some rows may take. */
const OWED_LEASE_MS = 120_000;

/** A mail that may be out turns up in Sent within minutes, if it does: so long it is looked for every hour. */
const LOOK_HOURLY_MS = 2 * 3_600_000;

/**
 * Goes on with what was cut off. Then runs last month once its statement day has come and it isn't sent; once a day, so
 * that a held month does not run every hour. What passes by itself is tried again with the next tick.
 *
 * @param from the hour of the statement day before which last month is left alone; null: only what was cut off
 */
export function catchUp(host: Host, from: string | null): CaughtUp {
  let properties = host.properties('document').readAll();
  const endMs = host.now() + EXECUTION_MS;
  let owner: string | null = null;
  let turn = turnOf(host, host.workbookTimeZone());
  try {
    owner = requireOwner(host, properties);
    removeHasteners(host, properties, from === null);
    properties = { ...properties, ...restIfDying(host, properties, { owner, ...turn }) };
    const ran = goOn(host, { owner, turn, properties, endMs });
    const failedBy = isOf(turn, ran) ? failureOf(ran.report) : failedToday(properties, turn);
    const idle = { report: ran?.report ?? null, owner, isWell: true, failedBy };
    const after = ran === null ? properties : readAnew(host, properties);
    if (ran === null) sweepDeadRun(host, properties);
    recordOwed(host, after);
    // An execution has time for one run; one that soon came to no end must not keep last month’s from its turn.
    const isTaken = ran !== null && (!ran.isAgain || endMs - host.now() < NEXT_RUN_MS);
    // Nearly every tick ends here, without a request.
    if (from === null || isTaken || isDone(after, turn)) return { ...idle, properties: after };
    const { statementDay, timeZone } = readSchedule(host);
    turn = turnOf(host, timeZone);
    const day = Number(turn.today.slice(8, 10));
    if (
      isOf(turn, ran) ||
      isDone(after, turn) ||
      day < statementDay ||
      (day === statementDay && turn.time < from)
    )
      return { ...idle, properties: after };
    const { report } = runByClock(
      host,
      { month: turn.month, version: 1 },
      { owner, turn, properties: after, endMs },
    );
    return { report, owner, isWell: true, failedBy: failureOf(report), properties: readAnew(host, after) };
  } catch (thrown) {
    const error = asPurserError(thrown);
    const { month, today } = turn;
    host.log({ event: 'trigger-failed', month, code: error.code, message: error.message.slice(0, 1000) });
    if (owner !== null) {
      logRun(host, { ...emptyReport(month), error: { code: error.code, message: error.message } });
    }
    // What passes by itself is tried again with the next tick; for the rest somebody has to do something.
    if (owner !== null && (error.kind === 'setup' || error.kind === 'malformed')) {
      tellTrouble(host, owner, month, today, error);
    }
    return { report: null, owner, isWell: false, failedBy: '', properties };
  }
}

/** Register rows that runs owe which sent a statement and died. Never throws: they are owed on. */
function recordOwed(host: Host, properties: Readonly<Record<string, string>>): void {
  const owed = readableRecords(properties).filter(
    ({ kind, state, recordedAt, statement }) =>
      kind === 'statement' && state === 'sent' && recordedAt === undefined && statement !== undefined,
  );
  if (owed.length === 0) return;
  try {
    const { lease } = takeLease(host, 'statement', OWED_LEASE_MS);
    try {
      for (const record of owed) recordLate(host, record);
    } finally {
      giveBack(host, lease);
    }
  } catch (thrown) {
    host.log({ event: 'register-not-written', code: asPurserError(thrown).code });
  }
}

/** One run that stopped itself before Apps Script would, from what is there; else a mail that nobody is sure of. */
function goOn(host: Host, clock: Clock): Ran | null {
  const { properties, turn } = clock;
  const waiting = unsettled(host, clock).filter((one) => !hasTried(properties, one, turn.today));
  const [next] = [...cutOffRuns(properties), ...waiting];
  return next === undefined ? null : runByClock(host, next, clock);
}

function isOf({ month }: Turn, ran: Ran | null): ran is Ran {
  return ran?.month === month && ran.version === 1;
}

function failureOf({ status, error }: RunReport): string {
  return status === 'failed' ? (error?.code ?? '') : '';
}

/**
 * Statements that may be out, or wait to go out, and may go now. Last month’s own first one is looked at before its
 * statement day too, when it may be out or a person has said that it is to go.
 */
function unsettled(host: Host, { properties, turn }: Clock): readonly OneStatement[] {
  return readableRecords(properties).flatMap((record) => {
    const { kind, state, statement } = record;
    const isDoubtful = state === 'sending' || state === 'unknown';
    if (kind !== 'statement' || !(isDoubtful || state === 'queued') || statement === undefined) return [];
    if (tooEarly(record, host.now()) !== null) return [];
    const { month, version } = statement;
    const isLast = month === turn.month && version === 1;
    if (isLast && !isDoubtful && readApproval(host, properties, month, version)?.isToGo !== true) return [];
    return [{ month, version }];
  });
}

function runByClock(host: Host, one: OneStatement, clock: Clock): Ran {
  const { onCollected, sync } = syncAfterRun(host);
  const ran = runAndTell(host, one, clock, onCollected);
  sync(clock.endMs - EXECUTION_MS);
  return ran;
}

function runAndTell(
  host: Host,
  { month, version }: OneStatement,
  clock: Clock,
  onCollected: NonNullable<RunRequest['onCollected']>,
): Ran {
  const { owner, turn, properties, endMs } = clock;
  const report = runMonth(host, {
    month,
    by: 'trigger',
    startedMs: endMs - EXECUTION_MS,
    onCollected,
    ...(version > 1 ? { correct: true, version } : {}),
    approve: () => null,
    resolve: () => null,
  });
  const code = report.error?.code ?? '';
  const unheard = report.findings.some((finding) => finding.code === 'evidence-incomplete');
  const failed = report.status === 'failed';
  const isAgain =
    unheard || (failed && isPassing(code)) || (report.status === 'unknown' && isFresh(host, report));
  if (!isAgain) {
    const attempt = `${turn.today} ${failed ? code : ''}`.trim();
    host.properties('document').write({ [attemptKey(month, version)]: attempt });
  }
  host.log({ event: 'month-run', month, version, status: report.status, findings: report.findings.length });
  logRun(host, report);
  const ran = { month, version, report, isAgain };
  if (report.status === 'sent' || unheard || GOES_ON.has(code)) return ran;
  // An account that ended is told of by itself, with this month's statement as the job that failed.
  const ended = code === 'account-expired' ? report.error?.account : undefined;
  const by = `${monthLabel(month)}’s statement`;
  const { today } = turn;
  const isTold =
    ended !== undefined && watchAccounts(host, { owner, today, properties, by, endMs }).has(ended);
  if (!isTold) tellOwner(host, owner, month, today, report);
  return ran;
}

function isFresh(host: Host, { month, version }: RunReport): boolean {
  const id = statementRecordId(month, version);
  const json = host.properties('document').read(id);
  const record = json === null ? null : readRecord({ [id]: json }, id);
  const triedAt = record?.attemptedAt;
  return triedAt !== undefined && host.now() - Date.parse(triedAt) < LOOK_HOURLY_MS;
}

/** What was sent just now is in them. A store that fails for the moment makes no trouble of a month that is done. */
function readAnew(host: Host, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  try {
    return host.properties('document').readAll();
  } catch (thrown) {
    host.log({ event: 'properties-not-read', code: asPurserError(thrown).code });
    return before;
  }
}

function turnOf(host: Host, timeZone: string): Turn {
  const { date, time } = host.localTime(host.now(), timeZone);
  return { month: monthBefore(date), today: date, time };
}

function isDone(properties: Readonly<Record<string, string>>, { month, today }: Turn): boolean {
  const record = readRecord(properties, statementRecordId(month, 1));
  if (record?.state === 'sent' && record.recordedAt !== undefined) return true;
  return hasTried(properties, { month, version: 1 }, today);
}

function hasTried(properties: Readonly<Record<string, string>>, one: OneStatement, today: IsoDate): boolean {
  return attemptOf(properties, one)?.day === today;
}

/** The month's last attempt: its day, and the code of the error that it failed by. */
function attemptOf(
  properties: Readonly<Record<string, string>>,
  { month, version }: OneStatement,
): { readonly day: string; readonly code: string } | null {
  const [day, code = ''] = (properties[attemptKey(month, version)] ?? '').split(' ');
  return day === undefined || day === '' ? null : { day, code };
}

function failedToday(properties: Readonly<Record<string, string>>, { month, today }: Turn): string {
  const attempt = attemptOf(properties, { month, version: 1 });
  return attempt?.day === today ? attempt.code : '';
}
