/** Preview: collect and calculate, and nothing else. Writes nothing, sends nothing. */
import { checkOwnScopes } from '../accounts/own-scopes.ts';
import { newestSent } from '../delivery/sent-versions.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { isHeld } from '../statement/findings.ts';
import type { Month } from '../statement/month.ts';
import { isMonth } from '../statement/month.ts';
import { BUDGET_MS } from './budget.ts';
import { collect } from './collect.ts';
import { correctionOf } from './correction.ts';
import { failed, readyReport, withMail } from './make-report.ts';
import type { RunReport } from './report.ts';
import { progress, progressEnd } from './steps.ts';

/**
 * Never throws: what went wrong is in the report.
 * @param as `what-is-next`: of a month that was sent the corrected statement, by the settings that it was sent with
 */
export function previewMonth(
  host: Host,
  month: Month,
  as: 'first-statement' | 'what-is-next' = 'first-statement',
): RunReport {
  try {
    if (!isMonth(month)) {
      throw new PurserError('month-invalid', {
        what: `“${month.slice(0, 40)}” is not a month.`,
        now: 'Enter a month such as 2026-05 or May 2026.',
      });
    }
    checkOwnScopes(host, 'preview');
    progress(host, 'collect');
    const options = { deadlineMs: host.now() + BUDGET_MS };
    const properties = host.properties('document').readAll();
    const record = as === 'what-is-next' ? newestSent(properties, month) : null;
    const correction = record === null ? null : correctionOf(host, record, options);
    const collected = collect(host, {
      month,
      version: correction?.version ?? 1,
      options,
      lookForLost: true,
      properties,
      keep: false,
      ...(correction === null ? {} : { correction }),
    });
    progress(host, 'calculate');
    const report = withMail(readyReport(collected, null), collected);
    return { ...report, status: isHeld(report.findings) ? 'held' : 'ready' };
  } catch (thrown) {
    return failed(host, month, thrown);
  } finally {
    progressEnd(host);
  }
}
