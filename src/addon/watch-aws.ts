/** The hourly look at AWS: a session is kept ready, and the owner hears, once a day, that a role refuses. */
import { renewAwsSession } from '../accounts/renew-aws-session.ts';
import { sendNotice } from '../delivery/notice.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { nextStatement } from '../run/account-uses.ts';
import { monthLabel } from '../statement/month.ts';
import type { Watch } from './watch-accounts.ts';
import { workbookLink } from './watch-accounts.ts';

/** The statement and the booking mail need the rest of the tick. */
const PATIENCE_MS = 30_000;

/** For keeping a session, and a mail. */
const AFTER_MS = 15_000;

/**
 * Never throws: what passes by itself, or what there is no time for, is tried again with the next tick.
 * @param failedBy the code that last month failed by today, as its owner heard: one of AWS is not told again, nor the same
 * one; empty for none
 */
export function watchAws(host: Host, { owner, today, properties, endMs }: Watch, failedBy: string): void {
  const deadlineMs = Math.min(host.now() + PATIENCE_MS, endMs - AFTER_MS);
  if (deadlineMs <= host.now()) return;
  try {
    renewAwsSession(host, { deadlineMs });
  } catch (thrown) {
    const error = asPurserError(thrown);
    host.log({ event: 'aws-not-ready', code: error.code });
    if (error.kind !== 'setup' || failedBy.startsWith('aws-') || failedBy === error.code) return;
    try {
      const month = monthLabel(nextStatement(properties, today));
      sendNotice(host, {
        cause: 'aws',
        owner,
        day: today,
        subject: `Purser: AWS refuses, so ${month}’s statement can’t be made`,
        words: [error.message, 'Purser looks again every hour.'],
        link: workbookLink(host),
      });
    } catch (untold) {
      host.log({ event: 'notice-not-sent', cause: 'aws', result: asPurserError(untold).code });
    }
  }
}
