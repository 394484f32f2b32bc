/** The register: one row for each month and version, which a person can read. */
import type { SheetValue, SheetValues, ValueRange } from '../clients/google/sheets.ts';
import { cellText } from '../statement/cell-text.ts';
import type { Finding } from '../statement/findings.ts';
import { isOpen } from '../statement/findings.ts';
import { columnName, quotedTitle } from '../statement/grid.ts';
import type { Cents } from '../statement/money.ts';
import { cellDollars, centsFromDollars, wholeNumber } from '../statement/money.ts';
import type { Month } from '../statement/month.ts';
import { dateOfSerial, monthFromLabel, monthOf } from '../statement/month.ts';
import type { Statement, Totals } from '../statement/statement.ts';

export const REGISTER_COLUMNS = [
  { header: 'Month', widthPx: 80 },
  { header: 'Version', widthPx: 64 },
  { header: 'Status', widthPx: 80 },
  { header: 'Charters', widthPx: 70 },
  { header: 'Guests', widthPx: 64 },
  { header: 'Comps', widthPx: 64 },
  { header: 'Paying', widthPx: 64 },
  { header: 'Reportable', widthPx: 110 },
  { header: 'Recorded', widthPx: 110 },
  { header: 'Difference', widthPx: 100 },
  { header: 'Statement code', widthPx: 150 },
  { header: 'Fingerprint', widthPx: 120 },
  { header: 'Data as of', widthPx: 130 },
  { header: 'Sent at', widthPx: 130 },
  { header: 'To', widthPx: 260 },
  { header: 'File', widthPx: 220 },
  { header: 'Message', widthPx: 220 },
  { header: 'Findings', widthPx: 300 },
] as const;

/** `queued`: Gmail put the mail off; `failed`: it refused it, and nothing went out. */
export type RegisterStatus = 'sent' | 'queued' | 'failed' | 'held' | 'ready' | 'unknown';

export interface RegisterRow {
  /** From 0, as in the tab. */
  readonly row: number;
  readonly month: Month;
  readonly version: number;
  readonly status: string;
  readonly code: string;
  /** Null when a person or a run left one of them out, or it can't be read. */
  readonly figures: {
    readonly charters: number;
    readonly paying: number;
    readonly reportableCents: Cents;
  } | null;
  /** Addresses, as the cell has them. */
  readonly to: string;
}

/** What a run has to say of a month. */
type Registered =
  | 'charters'
  | 'guests'
  | 'comps'
  | 'paying'
  | 'reportableCents'
  | 'recordedCents'
  | 'differenceCents';

export interface RegisterEntry {
  readonly statement: Pick<Statement, 'month' | 'version' | 'code' | 'fingerprint' | 'asOf'> & {
    readonly totals: Pick<Totals, Registered>;
  };
  /** False: the month went out with figures that nobody knows any more. */
  readonly figuresKnown?: boolean;
  readonly status: RegisterStatus;
  readonly sentAt: string;
  readonly to: string;
  readonly fileUrl: string;
  readonly messageUrl: string;
  readonly findings: string;
}

export function readRegister(values: SheetValues): RegisterRow[] {
  const rows: RegisterRow[] = [];
  values.forEach((cells, row) => {
    const month = monthOfCell(cells[0] ?? '');
    if (row === 0 || month === null) return;
    rows.push({
      row,
      month,
      version: versionOfCell(cells[1]),
      status: String(cells[2] ?? ''),
      code: String(cells[10] ?? ''),
      figures: figuresOf(cells),
      to: String(cells[14] ?? ''),
    });
  });
  return rows;
}

function figuresOf(cells: readonly SheetValue[]): RegisterRow['figures'] {
  const charters = headsOf(cells[3]);
  const paying = headsOf(cells[6]);
  const reportableCents = centsOf(cells[7]);
  return charters === null || paying === null || reportableCents === null
    ? null
    : { charters, paying, reportableCents };
}

const MOST_HEADS = 100_000_000;

/** Null for what is no count. */
export function headsOf(cell: SheetValue | undefined): number | null {
  const heads = wholeNumber(plainNumber(cell), MOST_HEADS);
  return typeof heads === 'number' ? heads : null;
}

/** Null for what is no amount. To the cent, whether Sheets holds a number or a text: a number's own decimal is the shortest that gives it back. */
export function centsOf(cell: SheetValue | undefined): Cents | null {
  const [, sign = '', amount = ''] = /^(-?)(.*)$/.exec(plainNumber(cell)) ?? [];
  const cents = centsFromDollars(amount);
  if (typeof cents !== 'number') return null;
  return sign === '-' ? 0 - cents : cents;
}

/** `-1234.5` from -1234.5, `-$1,234.50` and `EUR -1,234.50`; commas only where they group thousands. */
function plainNumber(cell: SheetValue | undefined): string {
  const bare = String(cell ?? '')
    .replace(/[A-Z]{3}(?= )|[$\s]/g, '')
    .trim();
  return /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(bare) ? bare.replace(/,/g, '') : bare;
}

/** Who types a row by hand leaves it out, or writes `V1`. */
function versionOfCell(cell: SheetValue | undefined): number {
  const [, digits = '1'] = /^v?\s*([1-9]\d{0,3})$/i.exec(String(cell ?? '').trim()) ?? [];
  return Number(digits);
}

/** Also `Sent` and `sent by hand`, as people type it. */
export function saysSent({ status }: Pick<RegisterRow, 'status'>): boolean {
  return /^\s*sent/i.test(status);
}

export function saysUnknown({ status }: Pick<RegisterRow, 'status'>): boolean {
  return /^\s*unknown/i.test(status);
}

/** Sheets makes a date of a month that a person types. */
function monthOfCell(cell: SheetValue): Month | null {
  if (typeof cell !== 'number') return monthFromLabel(String(cell ?? ''));
  const date = dateOfSerial(cell);
  return date === null ? null : monthOf(date);
}

/**
 * The row of this month and version rewritten, or a new one under all others. What the entry does not know of a
 * statement that is out, or may be, stays as the row has it.
 */
export function registerWrite(title: string, values: SheetValues, entry: RegisterEntry): ValueRange {
  const { statement } = entry;
  const known = readRegister(values).find(
    (row) => row.month === statement.month && row.version === statement.version,
  );
  const row = known?.row ?? Math.max(1, values.length);
  const last = columnName(REGISTER_COLUMNS.length - 1);
  const cells = registerCells(entry);
  const there = known !== undefined && (saysSent(known) || saysUnknown(known)) ? (values[row] ?? []) : [];
  return {
    range: `${quotedTitle(title)}!A${row + 1}:${last}${row + 1}`,
    values: [cells.map((cell, column) => (isKept(column, cells, there) ? (there[column] ?? '') : cell))],
  };
}

/**
 * What the register gets: the entry's row, and beside a version that is sent the note that it has replaced those before
 * it. They still count as sent, and a row in which a person has written more keeps it.
 */
export function registerWrites(title: string, values: SheetValues, entry: RegisterEntry): ValueRange[] {
  const { month, version } = entry.statement;
  const column = columnName(columnOf('Status'));
  const replaced =
    entry.status === 'sent'
      ? readRegister(values).filter(
          (row) => row.month === month && row.version < version && /^\s*sent\s*$/i.test(row.status),
        )
      : [];
  return [
    registerWrite(title, values, entry),
    ...replaced.map(({ row }) => ({
      range: `${quotedTitle(title)}!${column}${row + 1}`,
      values: [[SUPERSEDED]],
    })),
  ];
}

const SUPERSEDED = 'sent, superseded';

type Header = (typeof REGISTER_COLUMNS)[number]['header'];
const columnOf = (header: Header): number => REGISTER_COLUMNS.findIndex((column) => column.header === header);
const FINGERPRINT = columnOf('Fingerprint');
const SENT_AT = columnOf('Sent at');
/** Of the statement as it went out; what a run finds today is no part of it. */
const KEPT_WHERE_BLANK: ReadonlySet<number> = new Set([
  ...REGISTER_COLUMNS.map((_, column) => column).slice(columnOf('Charters'), columnOf('Statement code')),
  FINGERPRINT,
  ...(['To', 'File', 'Message'] as const).map(columnOf),
]);

function isKept(column: number, cells: readonly SheetValue[], there: readonly SheetValue[]): boolean {
  const isBlank = (cell: SheetValue | undefined): boolean => (cell ?? '') === '';
  if (isBlank(there[column])) return false;
  const fingerprint = cells[FINGERPRINT];
  // A mail that was only found again went out when the row says.
  if (column === SENT_AT) return isBlank(fingerprint);
  if (!isBlank(cells[column])) return false;
  // When data were read is known of the very same figures only.
  if (column === columnOf('Data as of')) return isBlank(fingerprint) || fingerprint === there[FINGERPRINT];
  return KEPT_WHERE_BLANK.has(column);
}

/** The row, cell by cell as `REGISTER_COLUMNS` names them. */
export function registerCells({ statement, ...entry }: RegisterEntry): SheetValue[] {
  const { totals } = statement;
  const known = entry.figuresKnown ?? true;
  const figure = (value: number): SheetValue => (known ? value : '');
  return [
    statement.month,
    statement.version,
    entry.status,
    figure(totals.charters),
    figure(totals.guests),
    figure(totals.comps),
    figure(totals.paying),
    figure(cellDollars(totals.reportableCents)),
    figure(cellDollars(totals.recordedCents)),
    figure(cellDollars(totals.differenceCents)),
    statement.code,
    known ? statement.fingerprint.slice(0, 12) : '',
    known ? statement.asOf : '',
    entry.sentAt,
    cellText(entry.to),
    cellText(entry.fileUrl),
    cellText(entry.messageUrl),
    cellText(entry.findings),
  ];
}

/** `crew-unknown ×2, stale-month accepted`: what the row says of the findings. */
export function findingsSummary(
  findings: readonly (Pick<Finding, 'accepted'> & { readonly code: string })[],
): string {
  const times = new Map<string, number>();
  for (const finding of findings) {
    const code = `${finding.code}${isOpen(finding) ? '' : ' accepted'}`;
    times.set(code, (times.get(code) ?? 0) + 1);
  }
  return [...times].map(([code, count]) => (count === 1 ? code : `${code} ×${count}`)).join(', ');
}
