/** What a check or a run came to, as the sidebar is told: the view after it, the bridge, the mail. */
import type { Host } from '../../host/host.ts';
import type { RunReport } from '../../run/report.ts';
import type {
  CheckedMonth,
  MailView,
  RecipientView,
  SidebarError,
  SidebarView,
} from '../../sidebar/month/contract.ts';
import { foldAddress } from '../../statement/address.ts';
import { formatMoney } from '../../statement/money.ts';
import { lastDay } from '../../statement/month.ts';
import { bridgeOf } from './bridge.ts';
import type { Look } from './brief-store.ts';
import { keepLook, NONE_LEFT } from './brief-store.ts';
import { viewAfter } from './view.ts';

/** @param wanted what the person meant to have done */
export function checkedMonth(host: Host, report: RunReport, wanted: 'look' | 'send'): CheckedMonth {
  const look = lookOf(host, report);
  if (look !== null) keepLook(host, look);
  const view = viewAfter(host, report.month, look);
  const isSent = view.state === 'sent';
  const status = isSent && report.status !== 'failed' ? 'sent' : report.status;
  return {
    view: withEvidence(withChange(view, report), report),
    status,
    // A preview of a month that went out is of what would be corrected.
    alreadySent: report.alreadySent || (isSent && report.status !== 'sent' && report.status !== 'failed'),
    bridge: bridgeFor(view, report),
    mail: isSent ? null : mailView(host, report),
    error: errorOf(report, wanted),
  };
}

/** Null when nothing was calculated. */
function lookOf(host: Host, report: RunReport): Look | null {
  const { month, status, asOf, totals, findings, alreadySent, fingerprint } = report;
  if (status === 'failed' || alreadySent || totals === null || fingerprint === '') return null;
  const { charters, guests, comps, paying, reportableCents, recordedCents, differenceCents } = totals;
  return {
    month,
    status,
    asOf,
    at: new Date(host.now()).toISOString(),
    figures: { charters, guests, comps, paying, reportableCents, recordedCents, differenceCents },
    findings,
    left: NONE_LEFT,
  };
}

/** Of what went out before only its few figures are known: no bridge stands beside others. */
function bridgeFor(
  { figures }: SidebarView,
  { totals, alreadySent, status }: RunReport,
): CheckedMonth['bridge'] {
  if (totals === null || alreadySent || status === 'failed') return null;
  const isSame =
    figures?.reportableCents === totals.reportableCents && figures.recordedCents === totals.recordedCents;
  return isSame ? bridgeOf(totals) : null;
}

/** Null for what can't go out as it is. */
function mailView(host: Host, report: RunReport): MailView | null {
  const { status, mail, to, cc, from, month } = report;
  const today = host.localTime(host.now(), host.workbookTimeZone()).date;
  if (status !== 'ready' || mail === undefined || lastDay(month) >= today) return null;
  const now = new Set([...to, ...cc].map(foldAddress));
  const last = mail.last === null ? null : new Set(mail.last.map(foldAddress));
  const recipient =
    (kind: RecipientView['kind']) =>
    (address: string): RecipientView => ({
      address,
      kind,
      isNew: last !== null && !last.has(foldAddress(address)),
    });
  return {
    from: from?.address ?? host.userEmail(),
    recipients: [...to.map(recipient('to')), ...cc.map(recipient('cc'))],
    dropped: (mail.last ?? []).filter((address) => !now.has(foldAddress(address))),
    subject: report.subject,
    text: mail.text,
    fileName: report.fileName,
    sha256: report.sha256,
    seal: mail.seal,
    fingerprint: report.fingerprint,
    statementCode: report.statementCode,
    voided: report.voided,
  };
}

/** What a month that was sent comes to today, when that is something else. */
function withChange(view: SidebarView, { correction, totals, currency }: RunReport): SidebarView {
  if (view.state !== 'sent' || totals === null) return view;
  if (correction === null || correction.differences === null) return view;
  const today = formatMoney(totals.reportableCents, currency);
  const words = `Changed after sending: today it comes to ${today} of reportable revenue. Purser › Corrected statement… sends that.`;
  return { ...view, stateWords: `${view.stateWords} ${words}` };
}

/** What a look into Sent has shown is said first. */
function withEvidence(view: SidebarView, { status, error }: RunReport): SidebarView {
  if (view.unknown === null || status !== 'unknown' || error === null) return view;
  const { evidence, againFrom } = view.unknown;
  const { why, message } = error;
  const first = why === undefined ? message : `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
  return { ...view, unknown: { evidence: [first, ...evidence], againFrom } };
}

function errorOf({ status, error, voided }: RunReport, wanted: 'look' | 'send'): SidebarError | null {
  if (error !== null && status !== 'unknown') return { code: error.code, what: error.message, now: '' };
  if (status === 'ready' && voided !== null && wanted === 'send')
    return {
      code: 'approval-void',
      what: `${voided} Nothing was sent.`,
      now: 'Look at it as it is now, and certify it again.',
    };
  return null;
}
