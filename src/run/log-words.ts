/** How a run ended, in a line for the log that people read. */
import { isOpen } from '../statement/findings.ts';
import { isMonth, monthLabel } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import { findingsSummary } from '../workbook/register.ts';
import type { RunReport } from './report.ts';

export type RunEnd = Pick<
  RunReport,
  'month' | 'version' | 'status' | 'alreadySent' | 'statementCode' | 'to' | 'cc' | 'findings' | 'error'
> &
  Partial<Pick<RunReport, 'approvedBy' | 'voided'>>;

export function runWords(run: RunEnd): string {
  const {
    month,
    version,
    status,
    alreadySent,
    statementCode,
    findings,
    error,
    approvedBy = null,
    voided,
  } = run;
  const label = isMonth(month) ? monthLabel(month) : `“${cut(month, 40)}”`;
  const statement = `${label}’s ${version > 1 ? 'corrected ' : ''}statement${statementCode === '' ? '' : ` ${statementCode}`}`;
  const whole = version > 1 ? statement : label;
  const open = findings.filter(isOpen);
  switch (status) {
    case 'sent':
      return alreadySent
        ? `${statement} was sent before; nothing was sent again.`
        : `${statement} is sent, to ${addresses(run)}.`;
    case 'ready': {
      const toSee = open.filter(({ severity }) => severity !== 'info');
      const why = toSee.length === 0 ? '' : ` To look at: ${findingsSummary(toSee)}.`;
      if (approvedBy !== null) return `${statement} is approved by ${cut(approvedBy)}, and not sent yet.`;
      return `${statement} is ready and waits for a person to send it.${why}${voided ? ` ${voided}` : ''}`;
    }
    case 'held': {
      const blocks = open.filter(({ severity }) => severity === 'block');
      return `${whole} is held by ${findingsSummary(blocks.length > 0 ? blocks : open)}. Nothing was sent.`;
    }
    case 'unknown':
      return `Nobody can tell whether ${statement} went out. It is not sent again unless a person says so.`;
    case 'failed':
      return error?.code === 'time-budget-spent'
        ? `${whole} is not finished. ${error.message}`
        : `${whole} could not be finished. ${error?.message ?? ''}`.trim();
  }
}

function addresses({ to, cc }: RunEnd): string {
  return `${to.join(', ')}${cc.length === 0 ? '' : `; Cc ${cc.join(', ')}`}`;
}

/** Words that differ only in their figures, such as how many seconds were spent, tell of the same trouble. */
export function sameTrouble(run: RunEnd): string {
  const words = runWords(run);
  return run.status === 'failed' ? words.replace(/\d+/g, '#') : words;
}
