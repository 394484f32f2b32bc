/** All that a statement is calculated from. */
import type { AcceptedFinding } from './accepted.ts';
import type { Adjustment } from './adjustments.ts';
import type { Booking } from './booking.ts';
import type { CalendarEvidence } from './calendar-entry.ts';
import type { CarriedFinding } from './carried.ts';
import type { CharterReading, CrewMember } from './charter.ts';
import type { Comparison } from './comparison.ts';
import type { RegionsEvidence } from './evidence.ts';
import type { EvidenceAuditInput } from './evidence-audit/question.ts';
import type { FindingDraft, SeverityOverrides } from './findings.ts';
import type { Cents } from './money.ts';
import type { IsoDate, Month } from './month.ts';
import type { RateRow } from './rates.ts';
import type { StatementApproval } from './statement.ts';
import type { TripSheet } from './trip-sheet.ts';

/** The two witnesses beside the ledger, as they were read. */
export type Witnesses = Pick<EvidenceAuditInput, 'asked' | 'tolerances' | 'dayOf'> & {
  readonly bookings: readonly Booking[];
  /** Those of neighbour months come along, so that what was moved is found. */
  readonly tripSheets: readonly TripSheet[];
};

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
  readonly comparison: Comparison;
  /** A change of reportable revenue by more than this asks for an explanation; null: none does. */
  readonly explainOverPercent: number | null;
  /** Where a person looks at a charter's item, a mail, a sheet, a cell. */
  readonly linksOf: EvidenceAuditInput['linksOf'];
  /** Rows of the adjustments tab for this month; applied to the charters before anything is calculated. */
  readonly adjustments: readonly Adjustment[];
  /** Rows of the tab of findings carried forward, of all months. */
  readonly carried: readonly CarriedFinding[];
  /** Rows of the tab of accepted findings, of all months. */
  readonly accepted: readonly AcceptedFinding[];
  /** What bookings and trip sheets say; null leaves that audit out. */
  readonly witnesses: Witnesses | null;
  /** What calendars say; absent or null where none is read. */
  readonly calendars?: CalendarEvidence | null;
  /** Absent or null while nobody has approved it. */
  readonly approval?: StatementApproval | null;
  /** What other rooms noticed about the month: workbook, recipients, scan. */
  readonly noticed: readonly FindingDraft[];
}
