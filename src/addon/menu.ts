/** The menu “Purser” and what its items do. */
import type { RunRequest } from '../run/month-run.ts';
import { runMonth } from '../run/month-run.ts';
import { previewMonth } from '../run/preview.ts';
import type { RunReport } from '../run/report.ts';
import { reportHtml } from '../run/words.ts';
import { logRun } from '../run/write-log.ts';
import accountsPage from '../sidebar/accounts/accounts.html';
import monthPage from '../sidebar/month/month.html';
import { answersOf } from './answers.ts';
import { askMonth } from './ask-month.ts';
import { syncAfterRun } from './calendars.ts';
import { theHost } from './compose.ts';

/** Simple trigger: runs without permissions, so it only makes the menu. */
export function onOpen(): void {
  SpreadsheetApp.getUi()
    .createMenu('Purser')
    .addItem('Open sidebar', 'openSidebar')
    .addSeparator()
    .addItem('Preview month…', 'previewStatement')
    .addItem('Send statement…', 'sendStatement')
    .addItem('Approve statement…', 'approveStatement')
    .addItem('Accept a finding…', 'acceptFindings')
    .addSeparator()
    .addItem('Send copy…', 'sendCopyOf')
    .addItem('Changes after sending…', 'changesAfterSending')
    .addItem('Corrected statement…', 'sendCorrection')
    .addSeparator()
    .addItem('Sync calendars…', 'syncCalendarsNow')
    .addItem('Connected accounts…', 'connectedAccounts')
    .addItem('Set up…', 'setUp')
    .addItem('Hand over…', 'handOver')
    .addToUi();
}

/** Menu “Open sidebar”: the page asks for everything that it shows (`sidebarView` and the others). */
export function openSidebar(): void {
  theHost().ui()?.sidebar('Purser', monthPage);
}

/** Menu “Preview month…”: figures and findings; nothing is written or sent. */
export function previewStatement(): RunReport | null {
  const host = theHost();
  const ui = host.ui();
  if (ui === null) return null;
  const month = askMonth(host, ui, 'Preview month');
  if (month === null) return null;
  const report = previewMonth(host, month);
  ui.show(`Preview of ${report.month}`, reportHtml(report));
  return report;
}

/** Menu “Send statement…”: the month's run; a person certifies it before anything is filed or sent. */
export function sendStatement(): RunReport | null {
  return runByPerson('Send statement', {});
}

/** Menu “Approve statement…”: as far as the file, which a person certifies; it goes out later, just as it is then. */
export function approveStatement(): RunReport | null {
  return runByPerson('Approve statement', { sendNow: false });
}

function runByPerson(title: string, choice: Pick<RunRequest, 'sendNow'>): RunReport | null {
  const host = theHost();
  const startedMs = host.now();
  const ui = host.ui();
  if (ui === null) return null;
  const month = askMonth(host, ui, title);
  if (month === null) return null;
  const { onCollected, sync } = syncAfterRun(host);
  const report = runMonth(host, { month, by: 'person', startedMs, onCollected, ...choice, ...answersOf(ui) });
  ui.show(`Statement for ${report.month}`, reportHtml(report));
  logRun(host, report);
  sync(startedMs);
  return report;
}

/** Menu “Connected accounts…”: the dialog asks `accountsView` and `accountsAct` for everything that it shows. */
export function connectedAccounts(): void {
  theHost().ui()?.showPage('Connected accounts', accountsPage);
}
