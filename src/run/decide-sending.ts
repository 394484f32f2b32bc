/** May it go out? A person says so with their name, the clock only for what is clean, and an approval holds for its file. */
import { readRecord } from '../delivery/outbox-record.ts';
import { quotaProblem } from '../delivery/send-quota.ts';
import { PurserError } from '../host/errors.ts';
import { charterLines } from '../statement/corrections.ts';
import type { Finding, FindingCode } from '../statement/findings.ts';
import { isClean } from '../statement/findings.ts';
import { dateLabel } from '../statement/month.ts';
import { cut } from '../statement/short-text.ts';
import { saysSent } from '../workbook/register.ts';
import type { Approval } from './approval.ts';
import {
  approve,
  signedAutomatically,
  signedBy,
  typedName,
  voidApprovalEntry,
  wasVoided,
} from './approval.ts';
import type { Change } from './changed-since.ts';
import { approvalVoid, changedSince, newFindings } from './changed-since.ts';
import type { Collected } from './collect.ts';
import type { LookedAt, MonthRun } from './month-run-state.ts';
import type { PreparedMonth } from './prepare-month.ts';
import type { RunReport } from './report.ts';
import { whoChanged } from './who-changed.ts';

export type Decision =
  | { readonly approval: Approval }
  /** Nobody has said yes. */
  | { readonly approval: null; readonly report: RunReport };

/**
 * @throws PurserError `approval-void` when a trigger finds other things than were approved, or the person looked at another
 * file than this
 */
export function approvalFor(run: MonthRun, prepared: PreparedMonth): Decision {
  const { host, request, course, leave } = run;
  const { collected, file, report } = prepared;
  // Nobody certifies what can't go out.
  requireRoom(run, collected);
  const { expected } = request;
  const other = expected === undefined ? null : otherWords(expected, report);
  const kept = course.approval;
  if (kept !== null) {
    const changes = changedSince(kept, collected, report.sha256);
    // What the workbook's own account has edited since, this run did itself.
    if (changes.length > 0) voidApproval(run, kept, changes, '');
    else if (request.by === 'trigger') return waitsForPerson(kept, prepared) ?? { approval: kept };
    else if (request.prepareOnly === true)
      return { approval: null, report: { ...report, approvedBy: kept.approvedBy } };
    // A name was typed anew under what was looked at: that one stands for it.
    else if (expected !== undefined) course.voided = other;
    else if (request.sendNow !== false) return { approval: kept };
    else course.voided = againWords(kept);
  }
  if (request.prepareOnly === true) return { approval: null, report: { ...report, voided: course.voided } };
  const self = host.userEmail();
  if (request.by === 'trigger') {
    return maySendByItself(run, prepared)
      ? { approval: approve(collected, file, signedAutomatically(self), host.now()) }
      : {
          approval: null,
          report: wasVoided(run.properties, report.month, course.version)
            ? { ...report, voided: NOT_BY_ITSELF }
            : report,
        };
  }
  const voided = course.voided ?? other;
  const asked = { ...report, voided };
  if (expected !== undefined && voided !== null) return { approval: null, report: asked };
  const name = typedName(request.approve(asked));
  if (name === null) {
    if (kept === null || course.approval === null) return { approval: null, report: asked };
    leave(voidApprovalEntry(request.month, course.version));
    return { approval: null, report: { ...report, voided: 'The approval is withdrawn.' } };
  }
  return { approval: approve(collected, file, signedBy(name, self), host.now()) };
}

/** Null when it is what the person has looked at. */
function otherWords({ sha256, seal }: LookedAt, { sha256: made, mail }: RunReport): string | null {
  if (sha256 !== made) return 'The file has come out otherwise than the one that you looked at.';
  if (seal === mail?.seal) return null;
  return 'The mail is not the one that you looked at: who gets it, from whom, its words, or what is open have changed since.';
}

/** @throws PurserError `mail-quota-spent`, `too-many-recipients` */
function requireRoom({ host, properties }: MonthRun, collected: Collected): void {
  const { sender, self, subject, recipients, workbook } = collected;
  const problem = quotaProblem(
    properties,
    {
      transport: sender.transport,
      from: sender.account ?? self,
      subject,
      recipients: recipients.to.length + recipients.cc.length,
    },
    workbook.settings.mailRecipientsADay,
    host.now(),
  );
  if (problem !== null) throw problem;
}

/** Approved for later, where the clock sends nothing; null when it may go. */
function waitsForPerson(kept: Approval, { collected, report }: PreparedMonth): Decision | null {
  const { sendAutomatically } = collected.workbook.settings;
  if (kept.isToGo || sendAutomatically !== 'never') return null;
  return { approval: null, report: { ...report, approvedBy: kept.approvedBy } };
}

const NOT_BY_ITSELF =
  'An approval was withdrawn or what it stood for has changed; Purser does not send it by itself until a person has approved it anew.';

function againWords({ approvedBy, on }: Approval): string {
  return `${cut(approvedBy)} approved it on ${dateLabel(on)}, and nothing has changed. Without a name that approval is withdrawn.`;
}

/**
 * Before anything is posted: what was approved and is now made from other things is no longer approved.
 * @throws PurserError `approval-void` for a trigger
 */
export function checkApproval(run: MonthRun, collected: Collected): void {
  const { host, request, course, options } = run;
  const kept = course.approval;
  if (kept === null) return;
  const changes = changedSince(kept, collected, null);
  if (changes.length === 0) return;
  const outage = request.by === 'trigger' ? outageOf(kept, collected, changes) : undefined;
  // It passes, and then nothing has changed.
  if (outage !== undefined) throw waitsFor(outage.message);
  voidApproval(run, kept, changes, whoChanged(host, collected, kept, changes, options));
}

/** What is not read for the moment only adds findings; what else has changed is a change. */
const UNREAD_FOR_NOW = new Set<string>([
  'evidence-incomplete',
  'sent-not-searched',
  'trip-sheets-unreachable',
] satisfies FindingCode[]);

/** What may be all that makes the statement look changed; a region that was down when it was approved is not. */
function outageOf(kept: Approval, collected: Collected, changes: readonly Change[]): Finding | undefined {
  const down = collected.calculation.findings.find(({ code }) => code === 'region-down');
  if (down !== undefined && changes.some(({ part }) => part === 'regions')) return down;
  const isOnlyUnread = changes.every(({ part }) => part === 'findings' || part === 'recipients');
  return newFindings(kept, collected).find(
    ({ code }) => code === 'scan-failed' || (isOnlyUnread && UNREAD_FOR_NOW.has(code)),
  );
}

function waitsFor(words: string): PurserError {
  return new PurserError('service-unavailable', {
    what: `The approved statement waits: ${words}`,
    now: 'It goes out as approved once that is over and nothing has changed.',
  });
}

/** Until a person has approved it anew the clock does not send it by itself either. */
function voidApproval(run: MonthRun, kept: Approval, changes: readonly Change[], who: string): void {
  const { request, course, leave } = run;
  course.approval = null;
  leave(voidApprovalEntry(request.month, course.version));
  const error = approvalVoid(kept, changes, who);
  if (request.by === 'trigger') throw error;
  course.voided = error.what;
}

/** Only last month, only what is clean, never the first statement ever, an empty or a zero one. */
function maySendByItself({ properties, course }: MonthRun, { collected, report }: PreparedMonth): boolean {
  const { settings, register } = collected.workbook;
  const isFirst = !register.some(saysSent) && !hasSent(properties);
  const isZero = charterLines(report).length === 0 || report.totals?.reportableCents === 0;
  const isCorrection = course.version > 1;
  return (
    settings.sendAutomatically === 'when clean' &&
    isClean(report.findings) &&
    !isFirst &&
    !isZero &&
    !wasVoided(properties, report.month, course.version) &&
    !isCorrection
  );
}

function hasSent(properties: Readonly<Record<string, string>>): boolean {
  return Object.keys(properties).some(
    (key) => key.startsWith('outbox.statement.') && readRecord(properties, key)?.state === 'sent',
  );
}
