/** Menu “Send copy…”. */
import type { CopyReport } from '../run/copy-words.ts';
import { sendCopy } from '../run/send-copy.ts';
import { startedBy, writeLog } from '../run/write-log.ts';
import { monthBefore, monthFromLabel } from '../statement/month.ts';
import { theHost } from './compose.ts';

const TITLE = 'Send copy';

/** Asks which months, for whom and with which words, then mails the files that were sent. */
export function sendCopyOf(): CopyReport | null {
  const host = theHost();
  const ui = host.ui();
  if (ui === null) return null;
  const newest = monthBefore(host.localTime(host.now(), host.workbookTimeZone()).date);
  const typed = ui.ask(
    `${TITLE}: which month?`,
    'A copy of which month’s statement? Several with commas: 2026-04, 2026-05.',
    newest,
  );
  if (typed === null) return null;
  const months = typed.split(/[,;]/).map((one) => monthFromLabel(one.trim()) ?? one.trim());
  const to = ui.ask(`${TITLE}: to whom?`, 'To which addresses? Several with commas.', '');
  if (to === null) return null;
  const note = ui.ask(`${TITLE}: a note`, 'A note above the mail’s own words; it may be empty.', '');
  if (note === null) return null;
  const report = sendCopy(host, {
    months,
    to,
    note,
    confirm: (words) => ui.confirm(`${TITLE}?`, words),
  });
  ui.tell(TITLE, report.words);
  if (report.status !== 'not-sent') {
    const what = report.statements.length === 0 ? typed : report.statements.join(', ');
    const words = `Copy of ${what} to ${to}: ${report.words}`;
    writeLog(host, [{ atMs: host.now(), who: startedBy(host), words }]);
  }
  return report;
}
