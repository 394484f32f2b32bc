/**
 * Menu “Accept a finding…”: goes through what is open in a month and asks for a reason. Of a month that was sent that is
 * what its corrected statement would have.
 */
import { isKnownAsSent } from '../delivery/sent-versions.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host, Ui } from '../host/host.ts';
import type { AcceptRequest, AcceptResult } from '../run/accept-finding.ts';
import { acceptAll } from '../run/accept-finding.ts';
import { previewMonth } from '../run/preview.ts';
import type { RunReport } from '../run/report.ts';
import { findingLine } from '../run/words.ts';
import { canBeAccepted, isSameFinding, keyOf } from '../statement/accepted.ts';
import type { Finding } from '../statement/findings.ts';
import { isOpen } from '../statement/findings.ts';
import { monthLabel } from '../statement/month.ts';
import { findingsSummary } from '../workbook/register.ts';
import { askMonth } from './ask-month.ts';
import { theHost } from './compose.ts';

const TITLE = 'Accept a finding';

/** Nothing is written before the person has given a name; then all rows at once. */
export function acceptFindings(): AcceptResult | null {
  const host = theHost();
  const ui = host.ui();
  if (ui === null) return null;
  const month = askMonth(host, ui, TITLE);
  if (month === null) return null;
  const report = previewMonth(host, month, 'what-is-next');
  const nothing = report.error?.message ?? sentWords(host, report);
  if (nothing !== null) {
    ui.tell(TITLE, nothing);
    return null;
  }
  const toSee = report.findings.filter((finding) => isOpen(finding) && finding.severity !== 'info');
  const open = toSee.filter(canBeAccepted);
  if (open.length === 0) {
    ui.tell(TITLE, `${noneWords(report)}${neverWords(toSee)}`);
    return null;
  }
  const reasons = askReasons(ui, report, open);
  if (reasons.size === 0) return null;
  const who = ui.ask(
    `${TITLE}: who?`,
    `${counted(reasons.size)} of ${monthLabel(report.month)} will be accepted. Whose name shall the audit show?`,
    host.userEmail(),
  );
  if (who === null) return null;
  const requests = [...reasons].map(([finding, reason]) => requestOf(report, finding, reason, who));
  return accepted(host, ui, report, requests, toSee);
}

/** Why a month that was sent has nothing to accept; null when it has, or was not sent. */
function sentWords(host: Host, { month, correction }: RunReport): string | null {
  const label = monthLabel(month);
  if (correction === null) {
    return isKnownAsSent(host.properties('document').readAll(), month)
      ? `${label} was sent, and nobody knows what it said: Purser’s record of it is lost. So there is no corrected statement whose findings could be accepted.`
      : null;
  }
  return correction.differences === null
    ? `${label} was sent as ${correction.code} and comes to the same today: no corrected statement is due, and so there is nothing to accept.`
    : null;
}

/** Over each question; nothing for a month that was not sent. */
function correctionWords({ month, version, correction }: RunReport): string {
  return correction === null
    ? ''
    : `${monthLabel(month)} was sent as ${correction.code}. This is of its corrected statement, version ${version}, by the settings and rates of then.\n\n`;
}

function askReasons(ui: Ui, report: RunReport, open: readonly Finding[]): ReadonlyMap<Finding, string> {
  const before = correctionWords(report);
  const reasons = new Map<Finding, string>();
  for (const [index, finding] of open.entries()) {
    const answer = ui.ask(
      `${TITLE}: ${index + 1} of ${open.length}`,
      `${before}${findingLine(finding)}\n\nWhy may it stand as it is? Leave it empty to go on to the next one; Cancel ends the questions.`,
      '',
    );
    if (answer === null) break;
    if (answer.trim() !== '') reasons.set(finding, answer.trim());
  }
  return reasons;
}

function requestOf(
  { month, findings }: RunReport,
  finding: Finding,
  reason: string,
  who: string,
): AcceptRequest {
  const key = keyOf(finding);
  const before = findings.filter((one) => !isOpen(one) && isSameFinding(keyOf(one), key)).length;
  return { ...key, month, reason, who, before };
}

function accepted(
  host: Host,
  ui: Ui,
  { month }: RunReport,
  requests: readonly AcceptRequest[],
  toSee: readonly Finding[],
): AcceptResult | null {
  try {
    const result = acceptAll(host, requests);
    const { added, there } = result;
    const left = toSee.length - requests.length;
    ui.tell(
      TITLE,
      [
        added.length === 0
          ? 'Nothing was written.'
          : `${counted(added.length)} of ${monthLabel(month)} accepted: ${findingsSummary(added)}.`,
        ...(there.length === 0 ? [] : [`${counted(there.length)} had been accepted meanwhile.`]),
        left === 0 ? 'Nothing else is open.' : `${counted(left)} still open.${neverWords(toSee)}`,
        'The rows stand in the tab “Purser accepted”; delete one to take it back.',
      ].join('\n\n'),
    );
    return result;
  } catch (thrown) {
    ui.tell(TITLE, asPurserError(thrown).message);
    return null;
  }
}

function noneWords({ month, findings }: RunReport): string {
  const done = findings.filter((finding) => !isOpen(finding)).length;
  const before = done === 0 ? '' : ` ${counted(done)} accepted before.`;
  return `${monthLabel(month)} has no open finding that can be accepted.${before}`;
}

function neverWords(toSee: readonly Finding[]): string {
  const never = toSee.filter((finding) => !canBeAccepted(finding));
  return never.length === 0 ? '' : ` What nobody can accept must be put right: ${findingsSummary(never)}.`;
}

function counted(many: number): string {
  return many === 1 ? '1 finding' : `${many} findings`;
}
