/** The statement: what partners get, as data. */
import type { CharterKind, CharterStatus } from './charter.ts';
import type { Cents } from './money.ts';
import type { IsoDate, Month } from './month.ts';

/** One charter's line. Heads are 0 where the charter did not sail. */
export interface StatementLine {
  readonly id: string;
  readonly date: IsoDate;
  readonly departs: string;
  readonly vessel: string;
  readonly kind: CharterKind;
  readonly status: CharterStatus;
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

/** Bridge: gross − comps − discounts − refunds + forfeited = reportable. */
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
  readonly taxCents: Cents;
  readonly feesCents: Cents;
  readonly gratuityCents: Cents;
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
  /** SHA-256, 64 hex, of all of the above without code and version. */
  readonly fingerprint: string;
  /** When the data was read, as a person in the workbook's zone writes it: `2026-06-01 06:00`. */
  readonly asOf: string;
}

/** As much of the fingerprint as people are shown. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.slice(0, 12);
}
