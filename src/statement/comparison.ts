/** The month beside the one before it and the same month last year: figures, change in money and in percent. */
import type { CharterReading } from './charter.ts';
import { compareCharters } from './charter.ts';
import { duplicatesOf } from './duplicates.ts';
import { isEnormous, statementLine, totalsOf } from './lines.ts';
import type { Cents } from './money.ts';
import type { Month } from './month.ts';
import { addMonths, monthLabel, monthOf } from './month.ts';
import type { RateRow } from './rates.ts';
import { priceOf } from './rates.ts';
import type { ComparedMonth } from './statement.ts';

interface Figures {
  /** Completed charters. */
  readonly charters: number;
  readonly paying: number;
  readonly reportableCents: Cents;
}

export interface MonthFigures extends Figures {
  readonly month: Month;
  /** Where they come from: a statement's row in the register, or else the ledger as it is today. */
  readonly source: 'register' | 'ledger';
}

/** Null where nobody knows: neither the register nor the charters table has that month. */
export interface Comparison {
  readonly prior: MonthFigures | null;
  readonly lastYear: MonthFigures | null;
}

/** A row of the register, as far as it is compared. */
export interface RegisteredMonth {
  readonly month: Month;
  readonly version: number;
  readonly status: string;
  /** Null when a figure is missing or can't be read. */
  readonly figures: Figures | null;
}

export interface ComparisonSources {
  readonly month: Month;
  readonly register: readonly RegisteredMonth[];
  /** The ledger's items with the month before among them; those of other months are passed over. */
  readonly priorReadings: readonly CharterReading[];
  /** Likewise for the same month last year; null when the table doesn't have it. */
  readonly lastYearReadings: readonly CharterReading[] | null;
  readonly rates: readonly RateRow[];
  readonly standardRateCents: Cents;
  readonly currency: string;
}

/**
 * What was sent counts: the newest version that the register has as sent. Else the month is calculated from the
 * ledger by the same rules as a statement, without the adjustments of then, which are not read, and without items
 * that can't be read; a month that the ledger lacks is as the register has it, whatever its status.
 */
export function comparisonOf(sources: ComparisonSources): Comparison {
  const figuresOf = (month: Month, readings: readonly CharterReading[]): MonthFigures | null =>
    registeredFigures(sources.register, month, true) ??
    ledgerFigures(month, readings, sources) ??
    registeredFigures(sources.register, month, false);
  return {
    prior: figuresOf(addMonths(sources.month, -1), sources.priorReadings),
    lastYear: figuresOf(addMonths(sources.month, -12), sources.lastYearReadings ?? []),
  };
}

/** Of the newest version that was sent; or, `sent` being false, of the newest that has figures at all. */
function registeredFigures(
  register: readonly RegisteredMonth[],
  month: Month,
  sent: boolean,
): MonthFigures | null {
  const rows = register.filter((row) => row.month === month && (!sent || isSent(row)));
  // Sent with figures that nobody knows any more: an older version's, which it replaced, are not its own.
  const [newest] = [...(sent ? rows : rows.filter(({ figures }) => figures !== null))].sort(
    (a, b) => b.version - a.version,
  );
  return newest === undefined || newest.figures === null
    ? null
    : { month, ...newest.figures, source: 'register' };
}

function isSent({ status }: RegisteredMonth): boolean {
  return /^\s*sent/i.test(status);
}

function ledgerFigures(
  month: Month,
  readings: readonly CharterReading[],
  { rates, standardRateCents, currency }: ComparisonSources,
): MonthFigures | null {
  const charters = readings
    .flatMap((reading) =>
      reading.readable && monthOf(reading.charter.date) === month ? [reading.charter] : [],
    )
    .sort(compareCharters);
  if (charters.length === 0) return null;
  const duplicates = duplicatesOf(charters);
  const lines = charters.map((charter) => {
    const price = priceOf(charter, rates, standardRateCents);
    return statementLine(charter, price, new Map(), currency, duplicates.get(charter.id) ?? null);
  });
  const totals = totalsOf(lines.filter((line) => !isEnormous(line)));
  return {
    month,
    charters: totals.charters,
    paying: totals.paying,
    reportableCents: totals.reportableCents,
    source: 'ledger',
  };
}

/** What the statement says of each month that is known: the month before, then the same month last year. */
export function comparedMonths(reportableCents: Cents, { prior, lastYear }: Comparison): ComparedMonth[] {
  return [prior, lastYear].flatMap((base) =>
    base === null
      ? []
      : [
          {
            label: monthLabel(base.month),
            month: base.month,
            reportableCents: base.reportableCents,
            ...changeFrom(base.reportableCents, reportableCents),
            ...(base.source === 'ledger' ? { fromLedger: true } : {}),
          },
        ],
  );
}

/**
 * Change in cents and in tenths of a percent of the base's amount, rounded half away from zero; no percent of a
 * base of 0, nor one that is past what an integer holds exactly.
 */
export function changeFrom(
  baseCents: Cents,
  nowCents: Cents,
): Pick<ComparedMonth, 'changeCents' | 'percentTenths'> {
  const changeCents = nowCents - baseCents;
  if (baseCents === 0) return { changeCents, percentTenths: null };
  const base = BigInt(Math.abs(baseCents));
  // BigInt's division cuts off, so half of the divisor is added first.
  const tenths = Number((BigInt(Math.abs(changeCents)) * 2000n + base) / (base * 2n));
  if (!Number.isSafeInteger(tenths)) return { changeCents, percentTenths: null };
  return { changeCents, percentTenths: changeCents < 0 && tenths !== 0 ? -tenths : tenths };
}

/** Whether the change is more than that percentage of the base; of a base of 0 any change is. */
export function isChangeOver(percent: number, baseCents: Cents, nowCents: Cents): boolean {
  return BigInt(Math.abs(nowCents - baseCents)) * 100n > BigInt(Math.abs(baseCents)) * BigInt(percent);
}

/** `123` → `+12.3 %`, `-5` → `-0.5 %`, `0` → `0.0 %` */
export function percentText(tenths: number): string {
  const sign = tenths < 0 ? '-' : tenths > 0 ? '+' : '';
  return `${sign}${percentSize(tenths)}`;
}

/** `-123` → `12.3 %`, for a sentence that has a word for the sign. */
export function percentSize(tenths: number): string {
  const absolute = Math.abs(tenths);
  return `${Math.floor(absolute / 10)}.${absolute % 10} %`;
}
