/** A run's report in words: for dialogs, notices and logs. */
import { acceptedWords } from '../statement/accepted.ts';
import { correctsWords, differenceLines } from '../statement/correction-words.ts';
import type { Finding } from '../statement/findings.ts';
import { isOpen } from '../statement/findings.ts';
import { escapeHtml } from '../statement/mail-words.ts';
import { formatMoney, groupThousands } from '../statement/money.ts';
import { monthLabel } from '../statement/month.ts';
import { weightWords } from '../statement/severity-words.ts';
import { cut } from '../statement/short-text.ts';
import { shortFingerprint } from '../statement/statement.ts';
import type { RunReport } from './report.ts';

/** A larger file is better opened from Drive, or looked at in the tab. */
const LARGEST_LINK_CHARACTERS = 1_000_000;

const MOST_DIFFERENCES = 15;

/** The item of the menu that sends such a statement. */
export function menuItemOf(version: number): string {
  return version > 1 ? 'Corrected statement…' : 'Send statement…';
}

/** One line: how it ended. */
export function headline(report: RunReport): string {
  const month = monthLabel(report.month);
  const what = `${report.version > 1 ? 'corrected statement' : 'statement'} for ${month}`;
  switch (report.status) {
    case 'sent':
      return report.alreadySent
        ? `The ${what} is already sent${sentAsWords(report)}. Nothing was sent again${alreadySentWords(report)}.`
        : `The ${what} is sent.`;
    case 'ready':
      return report.approvedBy === null
        ? `The ${what} is ready. Nothing was sent.`
        : `The ${what} is approved by ${cut(report.approvedBy)}, and not sent yet. It goes out just as it is now: with Send statement…, or by the clock, if it is last month’s, its statement day has come and “Send automatically” does not say never.`;
    case 'held':
      return `The ${what} is held: something must be put right first. ${report.fileId === null ? 'Nothing was filed or sent.' : 'It is filed, and nothing was sent.'}`;
    case 'unknown':
      return `Nobody can tell yet whether the ${what} went out.`;
    case 'failed':
      if (report.error?.code === 'time-budget-spent') return `The ${what} is not finished yet.`;
      return report.version > 1
        ? `The ${what} could not be sent.`
        : `The statement for ${report.month} could not be made.`;
  }
}

function sentAsWords({ sentAs }: RunReport): string {
  return sentAs === undefined ? '' : `, by the workbook that this one was copied from (code ${sentAs})`;
}

function alreadySentWords(report: RunReport): string {
  if (report.totals === null) return '; Purser has no record of the figures that were sent';
  return report.lines.length === 0
    ? '; the figures are those that were sent, whatever the tables say now'
    : '';
}

/** The month's few figures, a line each. */
export function figureLines(report: RunReport): string[] {
  const { totals, currency } = report;
  if (totals === null) return [];
  const count = (value: number): string => groupThousands(String(value));
  return [
    `Completed charters: ${count(totals.charters)}`,
    `Guests aboard: ${count(totals.guests)}, of them comps: ${count(totals.comps)}, paying: ${count(totals.paying)}`,
    `Reportable revenue: ${formatMoney(totals.reportableCents, currency)}`,
    `Recorded revenue: ${formatMoney(totals.recordedCents, currency)}, difference ${formatMoney(totals.differenceCents, currency)}`,
  ];
}

/** Of a corrected statement: what it replaces, and what differs, as many lines as a dialog takes. None of a first one. */
export function correctionLines({ correction, version, currency }: RunReport): string[] {
  if (correction === null) return [];
  const { differences } = correction;
  const lines = differences === null ? [] : differenceLines(differences, currency);
  const more = lines.length - MOST_DIFFERENCES;
  return [
    `Version ${version}. ${correctsWords(correction)}`,
    ...lines.slice(0, MOST_DIFFERENCES).map((line) => `• ${line}`),
    ...(more > 0 ? [`… and ${more} more, all of them in the mail`] : []),
  ];
}

export function findingLine(finding: Finding): string {
  return `${weightWords(finding)} (${finding.code}): ${finding.message} ${acceptedWords(finding)}`.trim();
}

/** What names the statement and its file, as far as it is made. */
function hashLines({ fingerprint, statementCode, sha256 }: RunReport): string[] {
  if (fingerprint === '') return [];
  return [
    `Code ${statementCode}, fingerprint ${shortFingerprint(fingerprint)}`,
    ...(sha256 === null ? [] : [`SHA-256 of the file: ${shortFingerprint(sha256)}`]),
  ];
}

/** One line, or none for a statement that goes from the person's own mailbox. */
export function fromLines({ from }: RunReport): string[] {
  return from === null ? [] : [`From: ${from.address}. ${from.why}`.trim()];
}

/** What a person reads who is to say whether a mail went out. */
export function didItGoOutWords(report: RunReport): string {
  return [
    'An earlier mail with this statement may have gone out, and Purser can’t tell by itself whether it did.',
    '',
    ...(report.error === null ? [] : [report.error.message, '']),
    `Look into Sent${report.from === null ? '' : ` of ${report.from.address}`} for “${report.subject}” and the code ${report.statementCode}, or ask somebody who should have got it.`,
    '',
    'Yes: it was sent, and nothing is sent again. No: it was not, or I don’t know.',
  ].join('\n');
}

/** What a person reads before a mail that may have gone out is sent again. */
export function sendAgainWords(report: RunReport): string {
  return [
    `If the earlier mail with “${report.subject}” did go out, its recipients get the statement twice.`,
    '',
    'Yes: it did not go out, send it. No: leave everything as it is.',
  ].join('\n');
}

/** Why nobody can say yet that it did not go out. */
export function waitWords(report: RunReport): string {
  return `Gmail’s search may take a quarter of an hour to know a mail. Choose ${menuItemOf(report.version)} for ${monthLabel(report.month)} again then: if it has turned up in Sent, the month is done; if not, you may have it sent again. Nothing was changed.`;
}

/** The report as a page for a dialog. Text from outside stands in it escaped. */
export function reportHtml(report: RunReport): string {
  const part = (html: string): string => (html === '' ? '' : `<section>${html}</section>`);
  const findings = report.findings.map(
    (finding) =>
      `<li class="${isOpen(finding) ? finding.severity : 'accepted'}"><strong>${weightWords(finding)}</strong> <code>${escapeHtml(finding.code)}</code><br>${escapeHtml(finding.message)}${acceptedHtml(finding)}${linksHtml(finding)}</li>`,
  );
  const download =
    report.xlsxBase64 === null || report.xlsxBase64.length > LARGEST_LINK_CHARACTERS
      ? ''
      : `<p><a download="${escapeHtml(report.fileName)}" href="data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;base64,${report.xlsxBase64}">Download ${escapeHtml(report.fileName)}</a></p>`;
  const file =
    report.fileUrl === null
      ? ''
      : `<p><a target="_blank" rel="noopener" href="${escapeHtml(report.fileUrl)}">The filed statement</a></p>`;
  return [
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Purser</title><style>',
    'body{font:14px/1.5 Arial,sans-serif;color:#1d2733;margin:16px}h1{font-size:16px;color:#1b365d}li{margin:0 0 10px}ul{padding-left:18px}',
    'li.block strong{color:#a3261c}li.warn strong{color:#8a5300}li.info strong{color:#3c5a7d}li.accepted strong{color:#2f6b3a}code{font-size:12px;color:#5a6572}.error{background:#fdecea;padding:10px}',
    '</style></head><body>',
    `<h1>${escapeHtml(headline(report))}</h1>`,
    part(report.error === null ? '' : `<p class="error">${escapeHtml(report.error.message)}</p>`),
    part(report.voided === null ? '' : `<p>${escapeHtml(report.voided)}</p>`),
    part(
      [...figureLines(report), ...hashLines(report)].map((line) => `<div>${escapeHtml(line)}</div>`).join(''),
    ),
    part(
      correctionLines(report)
        .map((line) => `<div>${escapeHtml(line)}</div>`)
        .join(''),
    ),
    part(findings.length === 0 ? '' : `<ul>${findings.join('')}</ul>`),
    part(mailHtml(report)),
    part(download + file),
    '</body></html>',
  ].join('');
}

function mailHtml(report: RunReport): string {
  if (report.to.length === 0) return '';
  const cc = report.cc.length === 0 ? [] : [`Cc: ${report.cc.join(', ')}`];
  const lines = [...fromLines(report), `To: ${report.to.join(', ')}`, ...cc];
  return `<p>${lines.map(escapeHtml).join('<br>')}</p>`;
}

function acceptedHtml(finding: Finding): string {
  return isOpen(finding) ? '' : `<br><em>${escapeHtml(acceptedWords(finding))}</em>`;
}

function linksHtml(finding: Finding): string {
  if (finding.links.length === 0) return '';
  const links = finding.links.map(
    ({ label, url }) =>
      `<a target="_blank" rel="noopener" href="${escapeHtml(url)}">${escapeHtml(label)}</a>`,
  );
  return `<br>${links.join(' · ')}`;
}
