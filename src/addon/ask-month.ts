/** The question that most menu items begin with. */
import type { Host, Ui } from '../host/host.ts';
import type { Month } from '../statement/month.ts';
import { monthBefore, monthFromLabel } from '../statement/month.ts';

/** `2026-05` from what the person typed; the words as they are when they name no month; null when cancelled. */
export function askMonth(host: Host, ui: Ui, title: string, suggested: Month | null = null): Month | null {
  const suggestion = suggested ?? monthBefore(host.localTime(host.now(), host.workbookTimeZone()).date);
  const answer = ui.ask(`Purser: ${title}`, 'Which month? Such as 2026-05 or May 2026.', suggestion);
  return answer === null ? null : (monthFromLabel(answer) ?? answer.trim());
}
