/** The words of the statement mail, as text and as HTML; the same figures in both. */
import { percentText } from './comparison.ts';
import { formatMoney, groupThousands } from './money.ts';
import { monthLabel } from './month.ts';
import type { Statement } from './statement.ts';
import { shortFingerprint } from './statement.ts';

export interface MailWords {
  readonly text: string;
  readonly html: string;
}

/** @param correction what stands before all else in a corrected statement; null in the first one of its month */
export function statementMail(
  statement: Statement,
  attachmentName: string,
  correction: MailWords | null = null,
): MailWords {
  const figures = figuresOf(statement);
  const month = monthLabel(statement.month);
  const intro = introOf(statement, month);
  const basis = [
    ...comparedWords(statement),
    'Revenue counts on the day of sailing. Tax, fees and gratuity are outside revenue.',
  ];
  const identity = [
    `Statement ${statement.code}, version ${statement.version}`,
    `Fingerprint ${shortFingerprint(statement.fingerprint)}`,
    `Data as of ${statement.asOf} from ${statement.dataFrom}`,
    `Attached: ${attachmentName}`,
  ];
  const width = Math.max(...figures.map(({ label }) => label.length)) + 2;
  const amount = Math.max(...figures.map(({ value }) => value.length));
  const text = [
    ...(correction === null ? [] : [correction.text, '']),
    intro,
    '',
    ...figures.map(({ label, value }) => `  ${label.padEnd(width)}${value.padStart(amount)}`),
    '',
    ...basis,
    ...(statement.footnotes.length > 0 ? ['', ...statement.footnotes.map((note) => `- ${note}`)] : []),
    '',
    ...identity,
    '',
  ].join('\n');
  return { text, html: statementHtml(statement, month, intro, basis, figures, identity, correction) };
}

function introOf({ company, version }: Statement, month: string): string {
  if (version === 1) return `Attached is the revenue statement of ${company} for ${month}.`;
  return `Attached is a corrected statement of ${company} for ${month}, version ${version}. It replaces version ${version - 1}.`;
}

interface Figure {
  readonly label: string;
  readonly value: string;
  readonly strong: boolean;
}

/** `$9,339.50 more than May 2025 (+24.1 %)`, for each month that is known. */
function comparedWords({ comparison, currency }: Statement): string[] {
  const parts = comparison.map(({ label, changeCents, percentTenths }) => {
    if (changeCents === 0) return `the same as ${label}`;
    const amount = formatMoney(Math.abs(changeCents), currency);
    const percent = percentTenths === null ? '' : ` (${percentText(percentTenths)})`;
    return `${amount} ${changeCents > 0 ? 'more' : 'less'} than ${label}${percent}`;
  });
  if (parts.length === 0) return [];
  const counted = comparison.flatMap(({ label, fromLedger }) => (fromLedger ? [label] : []));
  const are = counted.length === 1 ? 'is' : 'are';
  return [
    `Reportable revenue is ${parts.join(' and ')}.`,
    ...(counted.length === 0
      ? []
      : [`${counted.join(' and ')} ${are} counted from the charters as they are recorded now.`]),
  ];
}

function figuresOf({ totals, currency }: Statement): Figure[] {
  const money = (cents: number): string => formatMoney(cents, currency);
  const count = (value: number): string => groupThousands(String(value));
  return [
    { label: 'Completed charters', value: count(totals.charters), strong: false },
    { label: 'Guests aboard', value: count(totals.guests), strong: false },
    { label: 'of them comps', value: count(totals.comps), strong: false },
    { label: 'Paying guests', value: count(totals.paying), strong: false },
    { label: 'Reportable revenue', value: money(totals.reportableCents), strong: true },
    ...(totals.carriedCents === undefined
      ? []
      : [{ label: 'of it carried from earlier months', value: money(totals.carriedCents), strong: false }]),
    { label: 'Recorded revenue', value: money(totals.recordedCents), strong: false },
    { label: 'Difference', value: money(totals.differenceCents), strong: false },
  ];
}

/** Tables and inline styles, because mail readers know little else. */
function statementHtml(
  statement: Statement,
  month: string,
  intro: string,
  basis: readonly string[],
  figures: readonly Figure[],
  identity: readonly string[],
  correction: MailWords | null,
): string {
  const rows = figures.map(({ label, value, strong }) => {
    const weight = strong
      ? 'font-weight:bold;border-top:1px solid #1b365d;border-bottom:1px solid #1b365d;'
      : '';
    const cell = `padding:6px 12px;font-size:14px;${weight}`;
    return `<tr><td style="${cell}">${escapeHtml(label)}</td><td style="${cell}text-align:right;white-space:nowrap;">${escapeHtml(value)}</td></tr>`;
  });
  const notes = statement.footnotes.map((note) => `<li style="margin:0 0 4px;">${escapeHtml(note)}</li>`);
  return [
    '<!DOCTYPE html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(`${statement.company}, ${month}`)}</title></head>`,
    '<body style="margin:0;padding:24px;background:#ffffff;color:#1d2733;font-family:Arial,Helvetica,sans-serif;">',
    '<table role="presentation" cellspacing="0" cellpadding="0" style="max-width:560px;width:100%;border-collapse:collapse;">',
    `<tr><td style="background:#1b365d;color:#ffffff;padding:16px 20px;"><div style="font-size:20px;font-weight:bold;">${escapeHtml(statement.company)}</div><div style="font-size:14px;">Revenue statement, ${escapeHtml(month)}</div></td></tr>`,
    correction?.html ?? '',
    `<tr><td style="padding:20px 20px 12px;font-size:14px;line-height:1.5;">${escapeHtml(intro)}</td></tr>`,
    `<tr><td style="padding:0 8px;"><table cellspacing="0" cellpadding="0" style="width:100%;border-collapse:collapse;">${rows.join('')}</table></td></tr>`,
    `<tr><td style="padding:16px 20px 0;font-size:13px;line-height:1.5;color:#5a6572;">${basis.map(escapeHtml).join('<br>')}</td></tr>`,
    notes.length === 0
      ? ''
      : `<tr><td style="padding:8px 20px 0;font-size:13px;line-height:1.5;"><ul style="margin:0;padding-left:18px;">${notes.join('')}</ul></td></tr>`,
    `<tr><td style="padding:20px;font-size:12px;line-height:1.6;color:#5a6572;">${identity.map(escapeHtml).join('<br>')}</td></tr>`,
    '</table>',
    '</body></html>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** Text from outside made harmless inside HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
