/** What the clock starts. Both are idempotent, and only the owner's triggers do anything. */
import { requireOwner } from '../accounts/trigger-owner.ts';
import { sendNotice } from '../delivery/notice.ts';
import { readRecord, statementRecordId } from '../delivery/outbox.ts';
import type { ErrorCode, PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { BUDGET_MS } from '../run/budget.ts';
import { runMonth } from '../run/month-run.ts';
import { isMailDue } from '../run/read-mail/mail-marker.ts';
import { readDailyMail } from '../run/read-mail.ts';
import type { RunReport } from '../run/report.ts';
import { emptyReport } from '../run/report.ts';
import { readSchedule } from '../run/schedule.ts';
import { figureLines, findingLine, headline } from '../run/words.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { monthBefore, monthLabel } from '../statement/month.ts';
import { theHost } from './compose.ts';

/** Monthly trigger, on the statement day. */
export function monthlyStatement(): RunReport | null {
  return catchUp(theHost(), '00:00').report;
}

/**
 * Hourly trigger: is last month's statement out? Google skips triggers, and delays them. And once a day, or as long as
 * some is left, it reads booking mail in the time that the statement leaves.
 */
export function tick(): RunReport | null {
  const host = theHost();
  const deadlineMs = host.now() + BUDGET_MS - MAIL_RESERVE_MS;
  const { report, owner, properties } = catchUp(host, TICK_FROM);
  if (owner !== null) readMail(host, owner, properties, deadlineMs);
  return report;
}

/** For the wave that is under way when the time is over, and for writing it down. */
const MAIL_RESERVE_MS = 30_000;

/** On the day itself the monthly trigger, which fires between six and seven, goes before the hourly one. */
const TICK_FROM = '07:00';

/** Nothing went wrong: another run is at it, or the next tick goes on. */
const GOES_ON = new Set<string>(['lock-busy', 'run-in-progress', 'time-budget-spent'] satisfies ErrorCode[]);

/** What passes by itself, so that the next tick tries again. */
const PASSING = new Set<string>([
  'lock-busy',
  'network-failed',
  'run-in-progress',
  'service-throttled',
  'service-unavailable',
  'time-budget-spent',
] satisfies ErrorCode[]);

/** What a look at last month leaves behind. */
interface CaughtUp {
  readonly report: RunReport | null;
  /** Null when there was trouble, or when another account owns the triggers. */
  readonly owner: string | null;
  /** Of the document, as they were before. */
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
  let owner: string | null = null;
  let turn = turnOf(host, host.workbookTimeZone());
  try {
    owner = requireOwner(host, properties);
    // Nearly every tick ends here, without a request.
    if (isDone(properties, turn)) return { report: null, owner, properties };
    const { statementDay, timeZone } = readSchedule(host);
    turn = turnOf(host, timeZone);
    const day = Number(turn.today.slice(8, 10));
    if (isDone(properties, turn) || day < statementDay || (day === statementDay && turn.time < from))
      return { report: null, owner, properties };
    const { month } = turn;
    const report = runMonth(host, { month, by: 'trigger', confirm: () => false, sendAgain: () => false });
    const unheard = report.findings.some(({ code }) => code === 'evidence-incomplete');
    const again = unheard || (report.status === 'failed' && PASSING.has(report.error?.code ?? ''));
    if (!again) host.properties('document').write({ [attemptKey(month)]: turn.today });
    host.log({ event: 'month-run', month, status: report.status, findings: report.findings.length });
    if (report.status !== 'sent' && !unheard && !GOES_ON.has(report.error?.code ?? '')) {
      tellOwner(host, owner, month, turn.today, report);
    }
    return { report, owner, properties };
  } catch (thrown) {
    const error = asPurserError(thrown);
    const { month, today } = turn;
    host.log({ event: 'trigger-failed', month, code: error.code, message: error.message.slice(0, 1000) });
    // What passes by itself is tried again with the next tick; for the rest somebody has to do something.
    if (owner !== null && (error.kind === 'setup' || error.kind === 'malformed')) {
      tellTrouble(host, owner, month, today, error);
    }
    return { report: null, owner: null, properties };
  }
}

/** Never throws: what passes by itself is tried again with the next tick, the rest is told to the owner, once a day. */
function readMail(
  host: Host,
  owner: string,
  properties: Readonly<Record<string, string>>,
  deadlineMs: number,
): void {
  const today = host.localTime(host.now(), host.workbookTimeZone()).date;
  if (!isMailDue(properties, today) || host.now() >= deadlineMs) return;
  try {
    readDailyMail(host, today, deadlineMs);
  } catch (thrown) {
    const error = asPurserError(thrown);
    host.log({ event: 'mail-not-read', code: error.code, message: error.message.slice(0, 1000) });
    if (!PASSING.has(error.code)) tellMailTrouble(host, owner, today, error);
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

function workbookLink(host: Host): { label: string; url: string } {
  return {
    label: 'Open the workbook',
    url: `https://docs.google.com/spreadsheets/d/${host.workbookId()}/edit`,
  };
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
  return properties[attemptKey(month)] === today;
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

function tellOwner(host: Host, owner: string, month: Month, today: string, report: RunReport): void {
  const waits =
    report.status === 'ready' || report.status === 'held'
      ? 'Choose Purser › Send statement… once all is right. Purser also looks again every day, and sends by itself as soon as nothing blocks or warns, unless it is the first statement or the setting “Send automatically” says never.'
      : '';
  const result = sendNotice(host, {
    cause: `${report.status}.${month}`,
    owner,
    day: today,
    subject: `Purser: ${monthLabel(month)} is ${report.status === 'ready' ? 'ready to be sent' : report.status}`,
    words: [
      headline(report),
      ...(report.error === null ? [] : [report.error.message]),
      ...figureLines(report),
      ...report.findings.slice(0, 30).map(findingLine),
      ...(waits === '' ? [] : [waits]),
    ],
    link: workbookLink(host),
  });
  if (result.kind !== 'sent')
    host.log({ event: 'notice-not-sent', cause: report.status, result: result.kind });
}
