/** Preview: collect and calculate, and nothing else. Writes nothing, sends nothing. */
import { asPurserError, PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { isHeld } from '../statement/findings.ts';
import type { Month } from '../statement/month.ts';
import { isMonth } from '../statement/month.ts';
import { collect } from './collect.ts';
import { readyReport } from './make-report.ts';
import { BUDGET_MS } from './month-run.ts';
import type { RunReport } from './report.ts';
import { emptyReport } from './report.ts';

/** Never throws: what went wrong is in the report. */
export function previewMonth(host: Host, month: Month): RunReport {
  try {
    if (!isMonth(month)) {
      throw new PurserError('month-invalid', {
        what: `“${month.slice(0, 40)}” is not a month.`,
        now: 'Enter a month such as 2026-05 or May 2026.',
      });
    }
    host.progress({ step: 'collect', done: 0, of: 2 });
    const options = { deadlineMs: host.now() + BUDGET_MS };
    const collected = collect(host, { month, version: 1, options, lookForLost: true });
    host.progress({ step: 'calculate', done: 1, of: 2 });
    const report = readyReport(collected, null);
    return { ...report, status: isHeld(report.findings) ? 'held' : 'ready' };
  } catch (thrown) {
    const error = asPurserError(thrown);
    return { ...emptyReport(month), error: { code: error.code, message: error.message } };
  }
}
