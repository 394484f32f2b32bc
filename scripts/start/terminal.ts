/** What `npm start` shows: a bar while it works, then the month as a bookkeeper reads it. */
import { writeSync } from 'node:fs';
import Table from 'cli-table3';
import type { RunReport } from '../../src/run/report.ts';
import { headline } from '../../src/run/words.ts';
import { acceptedWords } from '../../src/statement/accepted.ts';
import type { FindingCode } from '../../src/statement/findings.ts';
import { isOpen } from '../../src/statement/findings.ts';
import { formatMoney } from '../../src/statement/money.ts';
import type { StatementLine } from '../../src/statement/statement.ts';
import type { CalendarUse, MailboxUse, Written } from './outputs.ts';

const BAR_WIDTH = 24;
const LINES_SHOWN = 60;

export interface ProgressBar {
  show(step: string, done: number, of: number): void;
  end(): void;
}

/** Drawn on standard error, and only for a person: written at once, because the script blocks the thread. */
export function progressBar(enabled: boolean): ProgressBar {
  let drawn = false;
  return {
    show: (step, done, of) => {
      if (!enabled) return;
      const filled = Math.round((done / Math.max(1, of)) * BAR_WIDTH);
      writeSync(2, `\r\u001b[K[${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}] ${step}`);
      drawn = true;
    },
    end: () => {
      if (drawn) writeSync(2, '\r\u001b[K');
      drawn = false;
    },
  };
}

const SEVERITY_WORDS = { block: 'BLOCK', warn: 'WARN', info: 'INFO' } as const;

/** What is shown beside the report. */
interface Beside {
  readonly mailboxes: MailboxUse;
  readonly calendars: CalendarUse | null;
  readonly written: Written;
}

export function summaryText(report: RunReport, beside: Beside, out: string): string {
  const parts = [headline(report)];
  if (report.error !== null) parts.push(report.error.message);
  if (report.lines.length > 0) parts.push(chartersTable(report));
  if (report.totals !== null) parts.push(totalsText(report));
  if (report.findings.length > 0) parts.push(findingsText(report));
  parts.push(whereText(report, beside, out));
  return `${parts.join('\n\n')}\n`;
}

interface Column {
  readonly head: string;
  readonly align: 'left' | 'right';
  /** Characters that it takes, its borders and padding included. */
  readonly width: number;
  /** Columns with higher numbers are left out first where the terminal is narrow. */
  readonly rank: number;
  readonly text: (line: StatementLine) => string;
}

/** A file or a pipe takes any width. */
const PIPE_COLUMNS = 190;

function columnsOf(currency: string): Column[] {
  const money = (cents: number): string => formatMoney(cents, currency);
  return [
    { head: 'Date', align: 'left', width: 13, rank: 1, text: (line) => line.date },
    { head: 'Departs', align: 'left', width: 10, rank: 9, text: (line) => line.departs },
    { head: 'Vessel', align: 'left', width: 22, rank: 7, text: (line) => oneLine(line.vessel) },
    { head: 'Charter', align: 'left', width: 18, rank: 2, text: (line) => oneLine(line.id) },
    { head: 'Guests', align: 'right', width: 9, rank: 8, text: (line) => String(line.guests) },
    { head: 'Comps', align: 'right', width: 8, rank: 10, text: (line) => String(line.comps) },
    { head: 'Paying', align: 'right', width: 9, rank: 11, text: (line) => String(line.paying) },
    {
      head: 'Rate',
      align: 'right',
      width: 12,
      rank: 12,
      text: (line) => (line.rateCents === null ? '' : money(line.rateCents)),
    },
    { head: 'Reportable', align: 'right', width: 14, rank: 4, text: (line) => money(line.reportableCents) },
    { head: 'Recorded', align: 'right', width: 14, rank: 5, text: (line) => money(line.recordedCents) },
    { head: 'Difference', align: 'right', width: 14, rank: 3, text: (line) => money(line.differenceCents) },
    { head: 'Notes', align: 'left', width: 38, rank: 6, text: (line) => oneLine(line.notes) },
  ];
}

function chartersTable(report: RunReport): string {
  let room = (process.stdout.columns ?? PIPE_COLUMNS) - 1;
  const all = columnsOf(report.currency);
  const chosen = [...all]
    .sort((a, b) => a.rank - b.rank)
    .filter(({ width }) => {
      if (width > room) return false;
      room -= width;
      return true;
    });
  const columns = all.filter((column) => chosen.includes(column));
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ align }) => align),
    colWidths: columns.map(({ width }) => width - 1),
    style: { head: process.stdout.isTTY ? ['bold'] : [], border: [], compact: true },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  });
  for (const line of report.lines.slice(0, LINES_SHOWN)) table.push(columns.map(({ text }) => text(line)));
  const more = report.lines.length - LINES_SHOWN;
  return more > 0
    ? `${table.toString()}\n… and ${more} more charters, all in the month tab.`
    : table.toString();
}

function totalsText(report: RunReport): string {
  const { totals } = report;
  if (totals === null) return '';
  const money = (cents: number): string => formatMoney(cents, report.currency);
  const rows: (readonly [string, string])[] = [
    ['Completed charters', String(totals.charters)],
    ['Guests aboard', String(totals.guests)],
    ['  comps', String(totals.comps)],
    ['  paying', String(totals.paying)],
    ['Gross', money(totals.grossCents)],
    ['  less comps', money(totals.compsCents)],
    ['  less discounts', money(totals.discountsCents)],
    ['  less refunds', money(totals.refundsCents)],
    ['  plus forfeited', money(totals.forfeitedCents)],
    ...(totals.carriedCents === undefined
      ? []
      : ([['  plus corrections of earlier months', money(totals.carriedCents)]] as const)),
    ['Reportable revenue', money(totals.reportableCents)],
    ['Recorded revenue', money(totals.recordedCents)],
    ['Difference', money(totals.differenceCents)],
    [
      'Outside revenue',
      `tax ${money(totals.taxCents)}, fees ${money(totals.feesCents)}, gratuity ${money(totals.gratuityCents)}`,
    ],
  ];
  // A sent month that was not read again keeps only its totals, not its bridge.
  const shown =
    report.lines.length === 0
      ? rows.filter(([label]) => !/^( {2}(less|plus)|Gross|Outside)/.test(label))
      : rows;
  return shown.map(([label, value]) => `${label.padEnd(20)} ${value}`).join('\n');
}

function findingsText(report: RunReport): string {
  return report.findings
    .map(
      (finding) =>
        `${(isOpen(finding) ? SEVERITY_WORDS[finding.severity] : 'OK').padEnd(5)} ${finding.code}: ${oneLine(`${finding.message} ${acceptedWords(finding)}`.trim())}`,
    )
    .join('\n');
}

function whereText(report: RunReport, { mailboxes, calendars, written }: Beside, out: string): string {
  const { bookingMailFrom, renewed } = mailboxes;
  const rows: (readonly [string, string])[] = [
    [
      'Statement',
      report.statementCode === ''
        ? ''
        : `${report.statementCode}, fingerprint ${report.fingerprint.slice(0, 12)}`,
    ],
    ['Subject', report.subject],
    ...(report.from === null ? [] : [['From', report.from.address] as const]),
    ['To', report.to.join(', ')],
    ['Cc', report.cc.join(', ')],
    ['Bookings', bookingMailFrom === null ? '' : `read in ${bookingMailFrom}`],
    ['Renewed', renewed.length === 0 ? '' : `the access to ${renewed.join(', ')}, on the way`],
    ['Calendars', calendars === null ? '' : calendarsText(calendars, report)],
    ['XLSX', written.statement === null ? '' : `${out}/${written.statement}`],
    ['Filed', written.driveFiles.map((file) => `${out}/${file}`).join(', ')],
    ['Mail', written.mails.map((file) => `${out}/${file}`).join(', ')],
    ['Workbook', `${out}/workbook.xlsx`],
    ['Summary', `${out}/summary.json`],
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label.padEnd(10)} ${oneLine(value)}`)
    .join('\n');
}

/** `5 synced · 1 trip without a charter · 1 charter on no calendar` */
function calendarsText({ synced, unsynced }: CalendarUse, { findings }: RunReport): string {
  const count = (code: FindingCode): number => findings.filter((finding) => finding.code === code).length;
  const trips = count('calendar-trip-without-charter');
  const charters = count('charter-not-on-calendar');
  return [
    `${synced} synced`,
    ...(unsynced.length === 0 ? [] : [`not ${unsynced.join(', ')}`]),
    ...(trips === 0 ? [] : [`${trips} ${trips === 1 ? 'trip' : 'trips'} without a charter`]),
    ...(charters === 0 ? [] : [`${charters} ${charters === 1 ? 'charter' : 'charters'} on no calendar`]),
  ].join(' · ');
}

/** Text from outside must not move the cursor or break the table. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal must not get
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]+/g, ' ').slice(0, 2000);
}
