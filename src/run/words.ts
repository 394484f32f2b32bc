/** A run's report in words: for dialogs, notices and logs. */
import type { Finding } from '../statement/findings.ts';
import { escapeHtml } from '../statement/mail-words.ts';
import { formatMoney, groupThousands } from '../statement/money.ts';
import { monthLabel } from '../statement/month.ts';
import { SEVERITY_WORDS } from '../statement/severity-words.ts';
import type { RunReport } from './report.ts';

/** A larger file is better opened from Drive, or looked at in the tab. */
const LARGEST_LINK_CHARACTERS = 1_000_000;

/** One line: how it ended. */
export function headline(report: RunReport): string {
  const month = monthLabel(report.month);
  switch (report.status) {
    case 'sent':
      return report.alreadySent
        ? `The statement for ${month} is already sent. Nothing was sent again${alreadySentWords(report)}.`
        : `The statement for ${month} is sent.`;
    case 'ready':
      return `The statement for ${month} is ready. Nothing was sent.`;
    case 'held':
      return `The statement for ${month} is held: something must be put right first. Nothing was filed or sent.`;
    case 'unknown':
      return `Nobody can tell yet whether the statement for ${month} went out.`;
    case 'failed':
      return `The statement for ${report.month} could not be made.`;
  }
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

export function findingLine(finding: Finding): string {
  return `${SEVERITY_WORDS[finding.severity]} (${finding.code}): ${finding.message}`;
}

/** One line, or none for a statement that goes from the person's own mailbox. */
export function fromLines({ from }: RunReport): string[] {
  return from === null ? [] : [`From: ${from.address}. ${from.why}`.trim()];
}

/** What a person reads before saying yes. */
export function confirmWords(report: RunReport): string {
  const warnings = report.findings.map((finding) => `• ${findingLine(finding)}`);
  return [
    ...figureLines(report),
    '',
    ...fromLines(report),
    `To: ${report.to.join(', ')}`,
    ...(report.cc.length > 0 ? [`Cc: ${report.cc.join(', ')}`] : []),
    `Subject: ${report.subject}`,
    `File: ${report.fileName}`,
    ...(warnings.length > 0
      ? [
          '',
          ...warnings.slice(0, 12),
          ...(warnings.length > 12 ? [`… and ${warnings.length - 12} more`] : []),
        ]
      : []),
    '',
    'Send it now?',
  ].join('\n');
}

/** What a person reads before a mail that may have gone out is sent again. */
export function sendAgainWords(report: RunReport): string {
  return [
    'An earlier mail with this statement may have gone out, and Purser can’t tell by itself whether it did.',
    '',
    `Look into Sent${report.from === null ? '' : ` of ${report.from.address}`} for “${report.subject}” and the code ${report.statementCode}.`,
    '',
    'Yes: it did not go out, send it. No: leave everything as it is.',
  ].join('\n');
}

/** The report as a page for a dialog. Text from outside stands in it escaped. */
export function reportHtml(report: RunReport): string {
  const part = (html: string): string => (html === '' ? '' : `<section>${html}</section>`);
  const findings = report.findings.map(
    (finding) =>
      `<li class="${finding.severity}"><strong>${SEVERITY_WORDS[finding.severity]}</strong> <code>${escapeHtml(finding.code)}</code><br>${escapeHtml(finding.message)}${linksHtml(finding)}</li>`,
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
    'li.block strong{color:#a3261c}li.warn strong{color:#8a5300}li.info strong{color:#3c5a7d}code{font-size:12px;color:#5a6572}.error{background:#fdecea;padding:10px}',
    '</style></head><body>',
    `<h1>${escapeHtml(headline(report))}</h1>`,
    part(report.error === null ? '' : `<p class="error">${escapeHtml(report.error.message)}</p>`),
    part(
      figureLines(report)
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

function linksHtml(finding: Finding): string {
  if (finding.links.length === 0) return '';
  const links = finding.links.map(
    ({ label, url }) =>
      `<a target="_blank" rel="noopener" href="${escapeHtml(url)}">${escapeHtml(label)}</a>`,
  );
  return `<br>${links.join(' · ')}`;
}
