/** Menu “Corrected statement…”: another version of a month that was sent. Only a person makes one, never the clock. */
import type { Host, Ui } from '../host/host.ts';
import { runMonth } from '../run/month-run.ts';
import type { RunReport } from '../run/report.ts';
import { reportHtml } from '../run/words.ts';
import { logRun } from '../run/write-log.ts';
import type { Month } from '../statement/month.ts';
import { answersOf } from './answers.ts';
import { askMonth } from './ask-month.ts';
import { syncAfterRun } from './calendars.ts';
import { theHost } from './compose.ts';

export function sendCorrection(): RunReport | null {
  const host = theHost();
  const startedMs = host.now();
  const ui = host.ui();
  if (ui === null) return null;
  const month = askMonth(host, ui, 'Corrected statement');
  return month === null ? null : correctStatement(host, ui, month, startedMs);
}

/**
 * The run of the month's next version, with what it asks and says as dialogs. Never throws.
 * @param startedMs when the execution began: milliseconds since 1970 UTC
 */
export function correctStatement(
  host: Host,
  ui: Ui,
  month: Month,
  startedMs: number = host.now(),
): RunReport {
  const { onCollected, sync } = syncAfterRun(host);
  const report = runMonth(host, {
    month,
    by: 'person',
    startedMs,
    correct: true,
    onCollected,
    ...answersOf(ui),
  });
  ui.show(`Corrected statement for ${report.month}`, reportHtml(report));
  logRun(host, report);
  sync(startedMs);
  return report;
}
