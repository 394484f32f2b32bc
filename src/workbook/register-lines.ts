/** The register, row by row with all that it says of a month: for whoever shows it. */
import type { SheetValue, SheetValues } from '../clients/google/sheets.ts';
import { compareText } from '../statement/charter.ts';
import type { Cents } from '../statement/money.ts';
import type { RegisterRow } from './register.ts';
import { centsOf, headsOf, REGISTER_COLUMNS, readRegister, saysSent } from './register.ts';

export interface RegisterFigures {
  readonly charters: number;
  readonly guests: number;
  readonly comps: number;
  readonly paying: number;
  readonly reportableCents: Cents;
  readonly recordedCents: Cents;
  readonly differenceCents: Cents;
}

export interface RegisterLine extends Pick<RegisterRow, 'month' | 'version' | 'status' | 'to'> {
  /** Null when one of them is missing or can't be read. */
  readonly all: RegisterFigures | null;
  /** As Purser writes it, `2026-06-01 06:00` in the workbook's zone; empty for none. */
  readonly asOf: string;
  readonly sentAt: string;
  /** Addresses as the cells have them; empty for none. */
  readonly fileUrl: string;
  readonly messageUrl: string;
  /** `crew-unknown ×2, stale-month accepted` */
  readonly findings: string;
}

type Header = (typeof REGISTER_COLUMNS)[number]['header'];

/** Oldest month first, and of one month the lower version. */
export function readRegisterLines(values: SheetValues): RegisterLine[] {
  return readRegister(values)
    .map(({ row, month, version, status, to }) => {
      const cells = values[row] ?? [];
      return {
        month,
        version,
        status,
        to,
        all: figuresOf(cells),
        asOf: textOf(cells, 'Data as of'),
        sentAt: textOf(cells, 'Sent at'),
        fileUrl: textOf(cells, 'File'),
        messageUrl: textOf(cells, 'Message'),
        findings: textOf(cells, 'Findings'),
      };
    })
    .sort((one, other) => compareText(one.month, other.month) || one.version - other.version);
}

/** What the register knows of a month: the newest version that was sent, else the newest; null for none. */
export function lineOf(lines: readonly RegisterLine[], month: string): RegisterLine | null {
  const own = lines.filter((line) => line.month === month);
  return own.filter(saysSent).pop() ?? own.pop() ?? null;
}

function figuresOf(cells: readonly SheetValue[]): RegisterFigures | null {
  const heads = (header: Header): number | null => headsOf(cells[columnOf(header)]);
  const cents = (header: Header): Cents | null => centsOf(cells[columnOf(header)]);
  const [charters, guests, comps, paying] = [
    heads('Charters'),
    heads('Guests'),
    heads('Comps'),
    heads('Paying'),
  ];
  const [reportableCents, recordedCents, differenceCents] = [
    cents('Reportable'),
    cents('Recorded'),
    cents('Difference'),
  ];
  if (charters === null || guests === null || comps === null || paying === null) return null;
  if (reportableCents === null || recordedCents === null || differenceCents === null) return null;
  return { charters, guests, comps, paying, reportableCents, recordedCents, differenceCents };
}

function textOf(cells: readonly SheetValue[], header: Header): string {
  return String(cells[columnOf(header)] ?? '').trim();
}

function columnOf(header: Header): number {
  return REGISTER_COLUMNS.findIndex((column) => column.header === header);
}
