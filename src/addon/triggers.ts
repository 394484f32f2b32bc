/** What the clock starts. Both are idempotent, and only the owner's triggers do anything. */
import { requireOwner } from '../accounts/trigger-owner.ts';
import { sendNotice } from '../delivery/notice.ts';
import { readRecord, statementRecordId } from '../delivery/outbox.ts';
import type { ErrorCode, PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { BUDGET_MS, EXECUTION_MS } from '../run/budget.ts';
import { runMonth } from '../run/month-run.ts';
import { isMailDue } from '../run/read-mail/mail-marker.ts';
import { readDailyMail } from '../run/read-mail.ts';
import type { RunReport } from '../run/report.ts';
import { emptyReport } from '../run/report.ts';
import { readSchedule } from '../run/schedule.ts';
import { figureLines, findingLine, fromLines, headline } from '../run/words.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { monthBefore, monthLabel } from '../statement/month.ts';
import { theHost } from './compose.ts';
import { isOwnTrigger } from './own-trigger.ts';
import type { Watch } from './watch-accounts.ts';
import { watchAccounts, workbookLink } from './watch-accounts.ts';
import { watchAws } from './watch-aws.ts';
import { watchSettings } from './watch-settings.ts';

/** Monthly trigger, on the statement day. @param event as the trigger gives it */
export function monthlyStatement(event: unknown): RunReport | null {
  const host = theHost();
  return isOwnTrigger(host, event) ? catchUp(host, '00:00').report : null;
}

/**
 * Hourly trigger: is last month's statement out? Google skips triggers, and delays them. Then connected accounts and
 * the session in AWS are kept alive; and once a day, or as long as some is left, it reads booking mail in the time that
 * is left.
 *
 * @param event as the trigger gives it
 */
export function tick(event: unknown): RunReport | null {
  const host = theHost();
  if (!isOwnTrigger(host, event)) return null;
  const startedMs = host.now();
  const { report, owner, isWell, failedBy, properties } = catchUp(host, TICK_FROM);
  if (owner === null) return report;
  const today = host.localTime(host.now(), host.workbookTimeZone()).date;
  const endMs = startedMs + EXECUTION_MS;
  const watch: Watch = { owner, today, properties, by: 'hourly check', endMs };
  const told = watchAccounts(host, watch);
  watchAws(host, watch, failedBy);
  if (isWell) readMail(host, watch, told, failedBy, startedMs + BUDGET_MS - MAIL_RESERVE_MS);
  return report;
}

/** For the wave that is under way when the time is over, and for writing it down. */
const MAIL_RESERVE_MS = 30_000;

/** On the day itself the monthly trigger, which fires between six and seven, goes before the hourly one. */
const TICK_FROM = '07:00';

/** Nothing went wrong: another run is at it, or the next tick goes on. */
const GOES_ON = new Set<string>([
  'lock-busy',
  'run-in-progress',
  'time-budget-spent',
  'token-busy',
] satisfies ErrorCode[]);

/** What passes by itself, so that the next tick tries again. */
const PASSING = new Set<string>([
  'lock-busy',
  'network-failed',
  'run-in-progress',
  'service-throttled',
  'service-unavailable',
  'time-budget-spent',
  'token-busy',
] satisfies ErrorCode[]);

/** What a look at last month leaves behind. */
interface CaughtUp {
  readonly report: RunReport | null;
  /** Null when another account owns the triggers. */
  readonly owner: string | null;
  /** False when the look itself failed, whatever became of the month. */
  readonly isWell: boolean;
  /** The code of the error that the month failed by today, now or before, as its owner heard; empty for none. */
  readonly failedBy: string;
  /** Of the document, as they are after the run, if there was one. */
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * Runs last month once its statement day has come and it isn't sent; once a day, so that a held month does not
 * run every hour. What passes by itself is tried again with the next tick.
 *
 * @param from the hour of the statement day before which nothing is done
 */
function catchUp(host: Host, from: string): CaughtUp {
  const properties = host.properties('document').readAll();
  const endMs = host.now() + EXECUTION_MS;
  let owner: string | null = null;
  let turn = turnOf(host, host.workbookTimeZone());
  try {
    owner = requireOwner(host, properties);
    // Nearly every tick ends here, without a request.
    const failedBy = failedToday(properties, turn);
    if (isDone(properties, turn)) return { report: null, owner, isWell: true, failedBy, properties };
    const { statementDay, timeZone } = readSchedule(host);
    turn = turnOf(host, timeZone);
    const day = Number(turn.today.slice(8, 10));
    if (isDone(properties, turn) || day < statementDay || (day === statementDay && turn.time < from))
      return { report: null, owner, isWell: true, failedBy, properties };
    const { month } = turn;
    const report = runMonth(host, { month, by: 'trigger', confirm: () => false, sendAgain: () => false });
    const unheard = report.findings.some(({ code }) => code === 'evidence-incomplete');
    const again = unheard || (report.status === 'failed' && PASSING.has(report.error?.code ?? ''));
    const failure = report.status === 'failed' ? (report.error?.code ?? '') : '';
    if (!again) host.properties('document').write({ [attemptKey(month)]: `${turn.today} ${failure}`.trim() });
    host.log({ event: 'month-run', month, status: report.status, findings: report.findings.length });
    if (report.status !== 'sent' && !unheard && !GOES_ON.has(report.error?.code ?? '')) {
      const { today } = turn;
      // An account that ended is told of by itself, with this month's statement as the job that failed.
      const ended = report.error?.code === 'account-expired' ? report.error.account : undefined;
      const by = `${monthLabel(month)}’s statement`;
      const isTold =
        ended !== undefined && watchAccounts(host, { owner, today, properties, by, endMs }).has(ended);
      if (!isTold) tellOwner(host, owner, month, today, report);
    }
    return { report, owner, isWell: true, failedBy: failure, properties: readAnew(host, properties) };
  } catch (thrown) {
    const error = asPurserError(thrown);
    const { month, today } = turn;
    host.log({ event: 'trigger-failed', month, code: error.code, message: error.message.slice(0, 1000) });
    // What passes by itself is tried again with the next tick; for the rest somebody has to do something.
    if (owner !== null && (error.kind === 'setup' || error.kind === 'malformed')) {
      tellTrouble(host, owner, month, today, error);
    }
    return { report: null, owner, isWell: false, failedBy: '', properties };
  }
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

/** Never throws: what passes by itself is tried again with the next tick, the rest is told to the owner, once a day. */
function readMail(
  host: Host,
  watch: Watch,
  told: ReadonlySet<string>,
  failedBy: string,
  deadlineMs: number,
): void {
  const { owner, today, properties } = watch;
  if (!isMailDue(properties, today) || host.now() >= deadlineMs) return;
  try {
    readDailyMail(host, today, deadlineMs, (settings, opener) => {
      // A month that failed for it has told so today.
      if (!failedBy.startsWith('account-')) watchSettings(host, watch, settings, opener);
    });
  } catch (thrown) {
    const error = asPurserError(thrown);
    host.log({ event: 'mail-not-read', code: error.code, message: error.message.slice(0, 1000) });
    if (error.code === 'account-expired') {
      // Told once, by itself; until it is connected again nobody hears of it every day.
      if (!told.has(String(error.data.subject ?? ''))) watchAccounts(host, watch);
    } else if (!PASSING.has(error.code)) tellMailTrouble(host, owner, today, error);
  }
}

function tellMailTrouble(host: Host, owner: string, today: IsoDate, error: PurserError): void {
  try {
    const { kind } = sendNotice(host, {
      cause: 'mail',
      owner,
      day: today,
      subject: 'Purser: booking mail could not be read',
      words: [error.message, 'Purser tries again every hour. Mail that was read before is kept.'],
      link: workbookLink(host),
    });
    if (kind !== 'sent') host.log({ event: 'notice-not-sent', cause: 'mail', result: kind });
  } catch (thrown) {
    host.log({ event: 'notice-not-sent', cause: 'mail', result: asPurserError(thrown).code });
  }
}

/** What a trigger has to look at now: last month, on this day, at this time. */
interface Turn {
  readonly month: Month;
  readonly today: IsoDate;
  readonly time: string;
}

function turnOf(host: Host, timeZone: string): Turn {
  const { date, time } = host.localTime(host.now(), timeZone);
  return { month: monthBefore(date), today: date, time };
}

function isDone(properties: Readonly<Record<string, string>>, { month, today }: Turn): boolean {
  const record = readRecord(properties, statementRecordId(month, 1));
  if (record?.state === 'sent' && record.recordedAt !== undefined) return true;
  return attemptOf(properties, month)?.day === today;
}

/** The month's last attempt: its day, and the code of the error that it failed by. */
function attemptOf(
  properties: Readonly<Record<string, string>>,
  month: Month,
): { readonly day: string; readonly code: string } | null {
  const [day, code = ''] = (properties[attemptKey(month)] ?? '').split(' ');
  return day === undefined || day === '' ? null : { day, code };
}

function failedToday(properties: Readonly<Record<string, string>>, { month, today }: Turn): string {
  const attempt = attemptOf(properties, month);
  return attempt?.day === today ? attempt.code : '';
}

function attemptKey(month: Month): string {
  return `attempt.${month}`;
}

/** Before a run could begin; never throws. */
function tellTrouble(host: Host, owner: string, month: Month, today: string, error: PurserError): void {
  try {
    const { code, message } = error;
    tellOwner(host, owner, month, today, { ...emptyReport(month), error: { code, message } });
  } catch (thrown) {
    host.log({ event: 'notice-not-sent', cause: error.code, result: asPurserError(thrown).code });
  }
}

const STATUS_WORDS: Readonly<Record<RunReport['status'], string>> = {
  sent: 'is sent',
  ready: 'is ready to be sent',
  held: 'is held',
  unknown: 'may have been sent',
  failed: 'could not be sent',
};

function tellOwner(host: Host, owner: string, month: Month, today: string, report: RunReport): void {
  const waits =
    report.status === 'ready' || report.status === 'held'
      ? 'Choose Purser › Send statement… once all is right. Purser also looks again every day, and sends by itself as soon as nothing blocks or warns, unless it is the first statement or the setting “Send automatically” says never.'
      : '';
  const result = sendNotice(host, {
    cause: `${report.status}.${month}`,
    owner,
    day: today,
    subject: `Purser: ${monthLabel(month)} ${STATUS_WORDS[report.status]}`,
    words: [
      headline(report),
      ...(report.error === null ? [] : [report.error.message]),
      ...figureLines(report),
      ...fromLines(report),
      ...report.findings.slice(0, 30).map(findingLine),
      ...(waits === '' ? [] : [waits]),
    ],
    link: workbookLink(host),
  });
  if (result.kind !== 'sent')
    host.log({ event: 'notice-not-sent', cause: report.status, result: result.kind });
}
