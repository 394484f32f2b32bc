/** The statement: what partners get, as data. */
import type { CharterKind, CharterStatus } from './charter.ts';
import type { Cents } from './money.ts';
import type { IsoDate, Month } from './month.ts';

/** One charter's line, or a correction that the month carries. Heads are 0 where the charter did not sail. */
export interface StatementLine {
  /** Of a correction a name that no other line has: `BH-2026-04-003 correction`. */
  readonly id: string;
  readonly date: IsoDate;
  readonly departs: string;
  readonly vessel: string;
  readonly kind: CharterKind | 'correction';
  readonly status: CharterStatus | 'correction';
  readonly statusText: string;
  /** Whether its guests and gross count: completed, and not a duplicate. */
  readonly counted: boolean;
  readonly guests: number;
  readonly comps: number;
  readonly paying: number;
  /** Null: sold at a flat price, or no price known. */
  readonly rateCents: Cents | null;
  readonly grossCents: Cents;
  readonly compsCents: Cents;
  readonly discountCents: Cents;
  readonly refundCents: Cents;
  readonly forfeitedCents: Cents;
  readonly reportableCents: Cents;
  readonly recordedCents: Cents;
  /** recorded − reportable */
  readonly differenceCents: Cents;
  readonly taxCents: Cents;
  readonly feesCents: Cents;
  readonly gratuityCents: Cents;
  readonly crew: string;
  readonly notes: string;
}

/** Bridge: gross − comps − discounts − refunds + forfeited + carried = reportable. */
export interface Totals {
  /** Completed charters. */
  readonly charters: number;
  readonly guests: number;
  readonly comps: number;
  readonly paying: number;
  readonly reportableCents: Cents;
  readonly recordedCents: Cents;
  readonly differenceCents: Cents;
  readonly grossCents: Cents;
  readonly compsCents: Cents;
  readonly discountsCents: Cents;
  readonly refundsCents: Cents;
  readonly forfeitedCents: Cents;
  /** Corrections of earlier months, signed; absent when they come to 0: so a month without any keeps its fingerprint. */
  readonly carriedCents?: Cents;
  readonly taxCents: Cents;
  readonly feesCents: Cents;
  readonly gratuityCents: Cents;
}

/** Another month beside this one. */
export interface ComparedMonth {
  /** `April 2026` */
  readonly label: string;
  readonly month: Month;
  readonly reportableCents: Cents;
  /** This month's reportable − that one's. */
  readonly changeCents: Cents;
  /** Tenths of a percent of that month's reportable; null when that is 0. */
  readonly percentTenths: number | null;
  /** Counted from the ledger as it is now, for want of a statement that is known to be out; no part of the fingerprint. */
  readonly fromLedger?: true;
}

/** Who stands for the statement, as the Template may print it; no part of the fingerprint. */
export interface StatementApproval {
  /** As the person typed it. */
  readonly by: string;
  /** In the workbook's zone. */
  readonly on: IsoDate;
  /** The very sentence that was agreed to. */
  readonly certification: string;
  /** The address of whoever had the month prepared. */
  readonly preparedBy: string;
  /** The address of the account in which it was typed. */
  readonly account: string;
  /** SHA-256 of the XLSX that the person saw, in which no approval was printed yet. */
  readonly sha256: string;
}

/** One charter's comps. */
export interface CompEntry {
  readonly charterId: string;
  readonly date: IsoDate;
  readonly departs: string;
  readonly vessel: string;
  readonly heads: number;
  /** Person and reason as the ledger's notes have them; empty when they say nothing. */
  readonly said: string;
  /** Heads × the charter's rate; 0 at a flat price. */
  readonly worthCents: Cents;
}

export interface Statement {
  readonly month: Month;
  readonly version: number;
  /** `PRSK3QD202605V1` */
  readonly code: string;
  readonly company: string;
  /** ISO 4217 */
  readonly currency: string;
  readonly lines: readonly StatementLine[];
  readonly totals: Totals;
  readonly footnotes: readonly string[];
  /** The month before and the same month last year, in this order, as far as they are known. */
  readonly comparison: readonly ComparedMonth[];
  readonly comps: readonly CompEntry[];
  /** SHA-256, 64 hex, of all of the above without code and version. */
  readonly fingerprint: string;
  /** When the data was read, as a person in the workbook's zone writes it: `2026-06-01 06:00`. */
  readonly asOf: string;
  /** Which region it was read from, and whether the other one agrees: `us-east-1; us-west-2 agrees`. */
  readonly dataFrom: string;
  /** Null while nobody has approved it. */
  readonly approval: StatementApproval | null;
}

/** As much of the fingerprint as people are shown. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.slice(0, 12);
}
