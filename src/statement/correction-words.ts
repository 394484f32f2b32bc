/** What a corrected statement's mail begins with: the statement that it replaces, and all that differs from it. */
import type { LineChange, StatementDifferences, TotalChange } from './differences.ts';
import type { MailWords } from './mail-words.ts';
import { escapeHtml } from './mail-words.ts';
import { formatMoney, groupThousands } from './money.ts';
import type { IsoDate } from './month.ts';
import { dateLabel } from './month.ts';
import { cut } from './short-text.ts';
import type { Statement } from './statement.ts';

export interface CorrectionNote {
  /** Of the statement that is replaced: `PRSK3QD202605V1`. */
  readonly code: string;
  /** The day on which that one was sent, in the workbook's zone. */
  readonly sentOn: IsoDate;
  readonly differences: StatementDifferences;
}

/** A longer table is better read in the two statements. */
const MOST_LINES = 100;

/** Text and HTML say the same; the HTML is rows for the mail's outer table. */
export function correctionWords({ currency }: Pick<Statement, 'currency'>, note: CorrectionNote): MailWords {
  const { lines, totals } = note.differences;
  const intro = correctsWords(note);
  const rows = [
    ...lines.slice(0, MOST_LINES).map((line) => lineRow(line, currency)),
    ...restRows(lines, currency),
  ];
  const totalRows = totals.map((total) => totalRow(total, currency));
  return {
    text: [intro, '', 'What has changed:', '', ...textTable(rows, totalRows)].join('\n'),
    html: htmlRows(intro, rows, totalRows),
  };
}

/** `This corrects the statement PRSK3QD202605V1 of June 1, 2026, which it replaces.` */
export function correctsWords({ code, sentOn }: Pick<CorrectionNote, 'code' | 'sentOn'>): string {
  return `This corrects the statement ${code} of ${dateLabel(sentOn)}, which it replaces.`;
}

/** One charter a line, with what changed: for dialogs. */
export function differenceLines({ lines, totals }: StatementDifferences, currency: string): string[] {
  return [
    ...lines.map((line) => `${charterWords(line)}: ${line.words.join('; ')}${changeWords(line, currency)}`),
    ...totals.map((total) => {
      const { what, sent, now, change } = totalRow(total, currency);
      return `${what}: ${sent} → ${now} (${change})`;
    }),
  ];
}

interface Row {
  readonly what: string;
  readonly detail: string;
  readonly sent: string;
  readonly now: string;
  readonly change: string;
  readonly strong: boolean;
}

const HEADINGS: Row = { what: '', detail: '', sent: 'Sent', now: 'Now', change: 'Change', strong: true };

function lineRow(line: LineChange, currency: string): Row {
  const { kind, sentCents, nowCents, deltaCents, words } = line;
  return {
    what: charterWords(line),
    detail: words.join('; '),
    sent: kind === 'added' ? '–' : formatMoney(sentCents, currency),
    now: kind === 'removed' ? '–' : formatMoney(nowCents, currency),
    change: signed(deltaCents, (cents) => formatMoney(cents, currency)),
    strong: false,
  };
}

function charterWords({ date, vessel, id }: LineChange): string {
  return [dateLabel(date), cut(vessel, 40), cut(id, 40)].filter((part) => part !== '').join(', ');
}

function changeWords({ deltaCents }: LineChange, currency: string): string {
  return deltaCents === 0 ? '' : ` (${signed(deltaCents, (cents) => formatMoney(cents, currency))})`;
}

/** Of the charters that the table has no room for, so that its changes add up. */
function restRows(lines: readonly LineChange[], currency: string): Row[] {
  const rest = lines.slice(MOST_LINES);
  if (rest.length === 0) return [];
  const sum = (of: (line: LineChange) => number): number => rest.reduce((total, line) => total + of(line), 0);
  const detail = `${rest.length === 1 ? 'Its' : 'Their'} figures are in the attached statement.`;
  const sent = sum(({ sentCents }) => sentCents);
  const now = sum(({ nowCents }) => nowCents);
  return [
    {
      what: `${groupThousands(String(rest.length))} more ${rest.length === 1 ? 'charter' : 'charters'}`,
      detail,
      sent: formatMoney(sent, currency),
      now: formatMoney(now, currency),
      change: signed(now - sent, (cents) => formatMoney(cents, currency)),
      strong: false,
    },
  ];
}

function totalRow({ label, sent, now, unit }: TotalChange, currency: string): Row {
  const shown = (value: number): string =>
    unit === 'cents' ? formatMoney(value, currency) : groupThousands(String(value));
  return {
    what: label,
    detail: '',
    sent: shown(sent),
    now: shown(now),
    change: signed(now - sent, (value) => (value < 0 ? `-${shown(-value)}` : shown(value))),
    strong: label === 'Reportable revenue',
  };
}

/** `+$125.00`, `-$125.00`, `–` */
function signed(value: number, shown: (value: number) => string): string {
  if (value === 0) return '–';
  return value > 0 ? `+${shown(value)}` : shown(value);
}

function textTable(rows: readonly Row[], totals: readonly Row[]): string[] {
  const all = [HEADINGS, ...rows, ...totals];
  const widthOf = (of: (row: Row) => string): number => Math.max(...all.map((row) => [...of(row)].length));
  const what = widthOf((row) => row.what);
  const [sent, now, change] = [
    widthOf((row) => row.sent),
    widthOf((row) => row.now),
    widthOf((row) => row.change),
  ];
  const line = (row: Row): string =>
    [
      `  ${row.what}${' '.repeat(what - [...row.what].length)}`,
      row.sent.padStart(sent),
      row.now.padStart(now),
      row.change.padStart(change),
    ].join('  ');
  return [
    line(HEADINGS),
    ...rows.flatMap((row) => [line(row), `    ${row.detail}`]),
    ...(rows.length > 0 && totals.length > 0 ? [''] : []),
    ...totals.map(line),
  ];
}

/** Tables and inline styles, because mail readers know little else. */
function htmlRows(intro: string, rows: readonly Row[], totals: readonly Row[]): string {
  const cell = 'padding:6px 8px;font-size:13px;vertical-align:top;';
  const figure = `${cell}text-align:right;white-space:nowrap;`;
  const head = 'color:#5a6572;border-bottom:1px solid #1b365d;font-weight:normal;';
  const headings = [
    `<th scope="col" style="${cell}${head}text-align:left;">What has changed</th>`,
    ...[HEADINGS.sent, HEADINGS.now, HEADINGS.change].map(
      (heading) => `<th scope="col" style="${figure}${head}">${heading}</th>`,
    ),
  ];
  const body = [...rows, ...totals].map(({ what, detail, sent, now, change, strong }, index) => {
    const rule = `border-top:1px solid ${index === rows.length && index > 0 ? '#1b365d' : '#e3e8ee'};`;
    const weight = strong ? 'font-weight:bold;' : '';
    const words =
      detail === ''
        ? escapeHtml(what)
        : `${escapeHtml(what)}<div style="color:#5a6572;font-size:12px;line-height:1.4;">${escapeHtml(detail)}</div>`;
    const figures = [sent, now, change].map(
      (text) => `<td style="${figure}${rule}${weight}">${escapeHtml(text)}</td>`,
    );
    return `<tr><td style="${cell}${rule}${weight}">${words}</td>${figures.join('')}</tr>`;
  });
  return [
    `<tr><td style="padding:20px 20px 12px;font-size:14px;line-height:1.5;font-weight:bold;">${escapeHtml(intro)}</td></tr>`,
    `<tr><td style="padding:0 12px;"><table cellspacing="0" cellpadding="0" style="width:100%;border-collapse:collapse;"><tr>${headings.join('')}</tr>${body.join('')}</table></td></tr>`,
  ].join('\n');
}
