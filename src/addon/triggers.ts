/** What the clock starts. Both are idempotent, and only the owner's triggers do anything. */
import { requireOwner } from '../accounts/trigger-owner.ts';
import { sendNotice } from '../delivery/notice.ts';
import { readRecord, statementRecordId } from '../delivery/outbox.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { runMonth } from '../run/month-run.ts';
import type { RunReport } from '../run/report.ts';
import { readStatementDay } from '../run/statement-day.ts';
import { figureLines, findingLine, headline } from '../run/words.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import { theHost } from './compose.ts';
import { lastMonth } from './menu.ts';

/** Monthly trigger, on the statement day. */
export function monthlyStatement(): RunReport | null {
  return catchUp(theHost());
}

/** Hourly trigger: is last month's statement out? Google skips triggers, and delays them. */
export function tick(): RunReport | null {
  return catchUp(theHost());
}

/**
 * Runs last month once its statement day has come and it isn't sent; once a day, so that a held month does not
 * run every hour. A run that was cut off is tried again with the next tick.
 */
function catchUp(host: Host): RunReport | null {
  const month = lastMonth(host);
  const properties = host.properties('document').readAll();
  const today = host.localTime(host.now(), host.workbookTimeZone()).date;
  const attemptKey = `attempt.${month}`;
  try {
    const owner = requireOwner(host, properties);
    if (readRecord(properties, statementRecordId(month, 1))?.state === 'sent') return null;
    if (properties[attemptKey] === today) return null;
    if (Number(today.slice(8, 10)) < readStatementDay(host)) return null;
    const report = runMonth(host, { month, by: 'trigger', confirm: () => false, sendAgain: () => false });
    const again = report.error?.code === 'time-budget-spent' || report.error?.code === 'run-in-progress';
    if (!again) host.properties('document').write({ [attemptKey]: today });
    host.log({ event: 'month-run', month, status: report.status, findings: report.findings.length });
    if (report.status !== 'sent' && !again) tellOwner(host, owner, month, today, report);
    return report;
  } catch (thrown) {
    const error = asPurserError(thrown);
    host.log({ event: 'trigger-failed', month, code: error.code, message: error.message.slice(0, 1000) });
    return null;
  }
}

function tellOwner(host: Host, owner: string, month: Month, today: string, report: RunReport): void {
  const waits = report.status === 'ready' ? 'It waits for you: choose Purser › Send statement….' : '';
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
    link: {
      label: 'Open the workbook',
      url: `https://docs.google.com/spreadsheets/d/${host.workbookId()}/edit`,
    },
  });
  if (result.kind !== 'sent')
    host.log({ event: 'notice-not-sent', cause: report.status, result: result.kind });
}
