/** What the owner is mailed of a month that the clock could not bring to its end: once a day for each way it ends. */
import { sendNotice } from '../delivery/notice.ts';
import type { PurserError } from '../host/errors.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { RunReport } from '../run/report.ts';
import { emptyReport } from '../run/report.ts';
import { figureLines, findingLine, fromLines, headline, menuItemOf } from '../run/words.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import { workbookLink } from './watch-accounts.ts';

const STATUS_WORDS: Readonly<Record<RunReport['status'], string>> = {
  sent: 'is sent',
  ready: 'is ready to be sent',
  held: 'is held',
  unknown: 'may have been sent',
  failed: 'could not be sent',
};

const WAITS =
  'Choose Purser › Send statement… once all is right. Purser also looks again every day, and sends by itself as soon as nothing blocks or warns, unless it is the first statement or the setting “Send automatically” says never.';

/** Never throws: a notice that does not go now goes with a later hour. */
export function tellOwner(host: Host, owner: string, month: Month, today: IsoDate, report: RunReport): void {
  // Another trouble of the same day is another cause.
  const trouble = report.error === null ? '' : `.${report.error.code}`;
  const isFirst = report.version === 1;
  const what = isFirst ? monthLabel(month) : `the corrected statement for ${monthLabel(month)}`;
  const cause = `${report.status}${trouble}.${month}${isFirst ? '' : `.V${report.version}`}`;
  try {
    const isWaiting = report.status === 'ready' || report.status === 'held';
    const waits = isWaiting && isFirst && report.voided === null ? [WAITS] : [];
    const { kind } = sendNotice(host, {
      cause,
      owner,
      day: today,
      subject: `Purser: ${what} ${STATUS_WORDS[report.status]}`,
      words: [
        headline(report),
        ...(report.error === null ? [] : [report.error.message]),
        ...(report.voided === null
          ? []
          : [`${report.voided} Choose Purser › ${menuItemOf(report.version)}.`]),
        ...figureLines(report),
        ...fromLines(report),
        ...report.findings.slice(0, 30).map(findingLine),
        ...waits,
      ],
      link: workbookLink(host),
    });
    if (kind !== 'sent') host.log({ event: 'notice-not-sent', cause, result: kind });
  } catch (thrown) {
    host.log({ event: 'notice-not-sent', cause, result: asPurserError(thrown).code });
  }
}

/** Of trouble before a run could begin. */
export function tellTrouble(
  host: Host,
  owner: string,
  month: Month,
  today: IsoDate,
  { code, message }: PurserError,
): void {
  tellOwner(host, owner, month, today, { ...emptyReport(month), error: { code, message } });
}
