/** All that a statement is calculated from. */
import type { CharterReading, CrewMember } from './charter.ts';
import type { RegionsEvidence } from './evidence.ts';
import type { FindingDraft, Link, SeverityOverrides } from './findings.ts';
import type { Cents } from './money.ts';
import type { IsoDate, Month } from './month.ts';
import type { RateRow } from './rates.ts';

export interface StatementInput {
  readonly month: Month;
  readonly version: number;
  readonly workbookId: string;
  /** The day on which it is calculated, in the workbook's zone: charters before it are past. */
  readonly today: IsoDate;
  /** `2026-06-01 06:00` in the workbook's zone. */
  readonly asOf: string;
  readonly company: string;
  readonly currency: string;
  readonly standardRateCents: Cents;
  readonly rates: readonly RateRow[];
  readonly severities: SeverityOverrides;
  /** All that the ledger has of the month and its neighbours, each item once. */
  readonly readings: readonly CharterReading[];
  readonly roster: ReadonlyMap<string, CrewMember>;
  readonly regions: RegionsEvidence;
  /** Completed charters of the same month last year; null when nobody knows. */
  readonly lastYearCharters: number | null;
  /** Where a person looks at a charter's item. */
  readonly linksOf: (charterId: string) => readonly Link[];
  /** What other rooms noticed about the month: workbook, recipients, scan. */
  readonly noticed: readonly FindingDraft[];
}
