/** The menu “Purser” and what its items do. */
import type { Host, Ui } from '../host/host.ts';
import { runMonth } from '../run/month-run.ts';
import { previewMonth } from '../run/preview.ts';
import type { RunReport } from '../run/report.ts';
import { confirmWords, reportHtml, sendAgainWords } from '../run/words.ts';
import accountsPage from '../sidebar/accounts/accounts.html';
import type { Month } from '../statement/month.ts';
import { monthBefore, monthFromLabel, monthLabel } from '../statement/month.ts';
import { theHost } from './compose.ts';

const TITLE = 'Purser';
const SEND_AGAIN_TITLE = 'Send again?';

/** Simple trigger: runs without permissions, so it only makes the menu. */
export function onOpen(): void {
  SpreadsheetApp.getUi()
    .createMenu(TITLE)
    .addItem('Preview month…', 'previewStatement')
    .addItem('Send statement…', 'sendStatement')
    .addSeparator()
    .addItem('Connected accounts…', 'connectedAccounts')
    .addItem('Set up…', 'setUp')
    .addItem('Hand over…', 'handOver')
    .addToUi();
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

/** Menu “Send statement…”: the month's run; a person confirms before anything is filed or sent. */
export function sendStatement(): RunReport | null {
  const host = theHost();
  const ui = host.ui();
  if (ui === null) return null;
  const month = askMonth(host, ui, 'Send statement');
  if (month === null) return null;
  const report = runMonth(host, {
    month,
    by: 'person',
    confirm: (ready) => ui.confirm(`Statement for ${monthLabel(ready.month)}`, confirmWords(ready)),
    sendAgain: (unknown) => ui.confirm(SEND_AGAIN_TITLE, sendAgainWords(unknown)),
  });
  ui.show(`Statement for ${report.month}`, reportHtml(report));
  return report;
}

/** Menu “Connected accounts…”: the dialog asks `accountsView` and `accountsAct` for everything that it shows. */
export function connectedAccounts(): void {
  theHost().ui()?.show('Connected accounts', accountsPage);
}

/** `2026-05` from what the person typed; the words as they are when they name no month; null when cancelled. */
function askMonth(host: Host, ui: Ui, title: string): Month | null {
  const suggestion = monthBefore(host.localTime(host.now(), host.workbookTimeZone()).date);
  const answer = ui.ask(`${TITLE}: ${title}`, 'Which month? Such as 2026-05 or May 2026.', suggestion);
  return answer === null ? null : (monthFromLabel(answer) ?? answer.trim());
}
