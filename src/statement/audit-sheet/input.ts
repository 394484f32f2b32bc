/** What the audit tab is laid out from. */
import type { Adjustment } from '../adjustments.ts';
import type { CalendarUse } from '../calendar-audit.ts';
import type { RegionsEvidence } from '../evidence.ts';
import type { RateUse } from '../evidence-audit/rates.ts';
import type { Finding } from '../findings.ts';
import type { Matches } from '../matching.ts';
import type { Cents } from '../money.ts';
import type { Statement } from '../statement.ts';

/** One figure beside an earlier one. */
export interface Comparison {
  /** `Reportable revenue, April 2026` */
  readonly label: string;
  /** Of the earlier month. */
  readonly cents: Cents;
  /** This month's − the earlier one's; null when it can't be told. */
  readonly changeCents: Cents | null;
  /** 12.5 is 12.5 %; null when the earlier one is nothing. */
  readonly percent: number | null;
}

export interface AuditSheetInput {
  /** The tab's. */
  readonly title: string;
  /** The title of the tab before it, when it is kept because a person has written into it, or as that of a version. */
  readonly keptAs?: string;
  /** The version that the kept tab is the audit of; left out when a person has written into it. */
  readonly keptVersion?: number;
  readonly statement: Statement;
  /** ISO 8601 UTC. */
  readonly postedAt?: string;
  /** In the order in which they are to be shown: worst first. */
  readonly findings: readonly Finding[];
  readonly regions: RegionsEvidence;
  /** Null when neither bookings nor trip sheets were looked at. */
  readonly matches: Matches | null;
  /** Left out where no calendar is read. */
  readonly calendars?: readonly CalendarUse[];
  readonly rateUses: readonly RateUse[];
  readonly adjustments: readonly Adjustment[];
  readonly comparison?: readonly Comparison[];
  /** Whether the settings name a mail search, a folder of trip sheets. */
  readonly asked: { readonly bookings: boolean; readonly tripSheets: boolean };
  /** How many were understood; mails, how many were read. */
  readonly counts: { readonly bookings: number; readonly mails: number; readonly tripSheets: number };
}
