/** What the clock starts. Both are idempotent, and only the owner's triggers do anything. */
import { sendNotice } from '../delivery/notice.ts';
import type { PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { BUDGET_MS, EXECUTION_MS } from '../run/budget.ts';
import { isPassing } from '../run/passing.ts';
import { isMailDue } from '../run/read-mail/mail-marker.ts';
import { readDailyMail } from '../run/read-mail.ts';
import type { RunReport } from '../run/report.ts';
import { watchSentMonths } from '../run/watch-sent.ts';
import type { IsoDate } from '../statement/month.ts';
import { catchUp } from './catch-up.ts';
import { theHost } from './compose.ts';
import { isOwnTrigger } from './own-trigger.ts';
import type { Watch } from './watch-accounts.ts';
import { watchAccounts, workbookLink } from './watch-accounts.ts';
import { watchAws } from './watch-aws.ts';
import { watchOutbox } from './watch-outbox.ts';
import { watchSettings } from './watch-settings.ts';

/** Monthly trigger, on the statement day. @param event as the trigger gives it */
export function monthlyStatement(event: unknown): RunReport | null {
  const host = theHost();
  return isOwnTrigger(host, event) ? catchUp(host, '00:00').report : null;
}

/**
 * One-off trigger: goes on with a month whose run was cut off. It only hastens: what it misses the next tick does.
 *
 * @param event as the trigger gives it
 */
export function continueRun(event: unknown): RunReport | null {
  const host = theHost();
  return isOwnTrigger(host, event) ? catchUp(host, null).report : null;
}

/**
 * Hourly trigger: is last month's statement out? Google skips triggers, and delays them. Then connected accounts and
 * the session in AWS are kept alive, mails that waited go out, and a sent month is looked at again; and once a day, or as
 * long as some is left, it reads booking mail in the time that is left.
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
  watchOutbox(host, watch);
  watchSentMonths(host, { owner, today, properties, deadlineMs: startedMs + BUDGET_MS - SENT_RESERVE_MS });
  if (isWell) readMail(host, watch, told, failedBy, startedMs + BUDGET_MS - MAIL_RESERVE_MS);
  return report;
}

/** For what is under way when the time is over, and for the mail that is read after it. */
const SENT_RESERVE_MS = 60_000;

/** For the wave that is under way when the time is over, and for writing it down. */
const MAIL_RESERVE_MS = 30_000;

/** On the day itself the monthly trigger, which fires between six and seven, goes before the hourly one. */
const TICK_FROM = '07:00';

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
    } else if (!isPassing(error.code)) tellMailTrouble(host, owner, today, error);
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
