/** What the audit of evidence is asked, what it answers, and the words that its rules share. */
import type { Adjustment } from '../adjustments.ts';
import type { Booking } from '../booking.ts';
import type { Charter } from '../charter.ts';

import { duplicatesOf } from '../duplicates.ts';
import type { FindingCode, Link, Severity } from '../findings.ts';
import { statementLine } from '../lines.ts';
import type { CharterEvidence, Matches } from '../matching.ts';
import type { Cents } from '../money.ts';
import { formatMoney } from '../money.ts';
import type { IsoDate, Month } from '../month.ts';
import { dateLabel, monthOf } from '../month.ts';
import type { Price, RateRow } from '../rates.ts';
import { priceOf } from '../rates.ts';
import { cut } from '../short-text.ts';
import type { StatementLine } from '../statement.ts';
import type { TripSheet } from '../trip-sheet.ts';

/** What is let pass. Each is the most that is no finding. */
export interface EvidenceTolerances {
  /** Heads that a witness may be apart from the ledger. */
  readonly guests: number;
  /** How far bookings may be apart from recorded revenue. */
  readonly amountCents: Cents;
  /** Comps allowed on one charter; null is no cap. */
  readonly compsPerCharter: number | null;
  /** How far a rate may be from the standard rate, in percent of it. */
  readonly rateOutlierPercent: number;
  /** Two departures of one vessel must be at least this far apart. */
  readonly minutesBetweenDepartures: number;
}

export const DEFAULT_TOLERANCES: EvidenceTolerances = {
  guests: 0,
  amountCents: 0,
  compsPerCharter: 2,
  rateOutlierPercent: 60,
  minutesBetweenDepartures: 60,
};

export interface EvidenceAuditInput {
  readonly month: Month;
  readonly currency: string;
  readonly standardRateCents: Cents;
  readonly rates: readonly RateRow[];
  readonly tolerances: EvidenceTolerances;
  /** Of charters to which the adjustments were applied; neighbour months included as far as they are known. */
  readonly matches: Matches;
  readonly adjustments: readonly Adjustment[];
  /** Whether there is a mail search, a folder of sheets: a witness that nobody asked is not missed. */
  readonly asked: { readonly bookings: boolean; readonly tripSheets: boolean };
  /** The day of an ISO 8601 instant in the workbook's zone. */
  readonly dayOf: (instant: string) => IsoDate;
  readonly linksOf: {
    readonly charter: (charterId: string) => readonly Link[];
    readonly booking: (booking: Booking) => readonly Link[];
    readonly tripSheet: (sheet: TripSheet) => readonly Link[];
    /** `'Purser adjustments'!A3` */
    readonly cell: (cell: string) => readonly Link[];
  };
}

export interface EvidenceDraft {
  readonly code: FindingCode;
  readonly charterId: string | null;
  /** Without a charter: the booking's reference, or the file's name. */
  readonly about?: string;
  /** Signed as recorded − what it should be by the evidence; null when no amount can be said. */
  readonly cents: Cents | null;
  readonly message: string;
  readonly links: readonly Link[];
  /** Instead of the code's own. */
  readonly severity?: Severity;
  /** Codes of `calculate` that say the same of this charter, with less known: this draft stands for them. */
  readonly replaces?: readonly string[];
}

/** One charter of the month, its evidence and what it comes to. */
export interface CharterInQuestion {
  readonly charter: Charter;
  readonly evidence: CharterEvidence;
  readonly price: Price;
  readonly line: StatementLine;
  /** Sailed, and not a duplicate that the statement leaves out. */
  readonly counted: boolean;
  /** Counted, with heads that make sense: what `comps-exceed-guests` tells needs no second finding. */
  readonly hasHeads: boolean;
}

/** The charters of the month, in the order of a statement. */
export function questionsOf(input: EvidenceAuditInput): CharterInQuestion[] {
  const duplicates = duplicatesOf(input.matches.charters.map(({ charter }) => charter));
  return input.matches.charters
    .filter(({ charter }) => monthOf(charter.date) === input.month)
    .map((evidence) => {
      const { charter } = evidence;
      const price = priceOf(charter, input.rates, input.standardRateCents);
      const duplicateOf = duplicates.get(charter.id) ?? null;
      const line = statementLine(charter, price, new Map(), input.currency, duplicateOf);
      const hasHeads = line.counted && charter.comps <= charter.guests;
      return { charter, evidence, price, line, counted: line.counted, hasHeads };
    });
}

/** What paying heads more or less are worth on this charter: nothing at a flat price; null when no price is known. */
export function worthOf(heads: number, price: Price): Cents | null {
  if (price.by === 'nothing') return null;
  // `|| 0`: a rate of 0 times fewer heads would be −0.
  return price.by === 'rate' ? heads * price.rateCents || 0 : 0;
}

export function nameOf(charter: Charter): string {
  return `Charter ${cut(charter.id)} (${dateLabel(charter.date)}, ${charter.departs}, ${cut(charter.vessel)})`;
}

export function bookingName(booking: Booking): string {
  if (booking.reference !== null) return `Booking ${cut(booking.reference)}`;
  const [guest] = booking.guestNames;
  return guest === undefined ? 'A booking without a reference' : `The booking of ${cut(guest)}`;
}

/** What to say of bookings that nobody confirmed, as sentences with a leading space; empty without any. */
export function askedWords(requested: readonly Booking[]): string {
  return requested
    .map((booking) => ` ${bookingName(booking)} was only asked for: no mail confirms it.`)
    .slice(0, 3)
    .join('');
}

export function sheetName(sheet: TripSheet): string {
  return `Trip sheet “${cut(sheet.fileName)}”${sheet.tab === '' ? '' : `, tab “${cut(sheet.tab)}”`}`;
}

/** What heads are worth, as a sentence with a leading space; empty when there is nothing to say. */
export function worthWords(cents: Cents | null, currency: string): string {
  return cents === null || cents === 0
    ? ''
    : ` At the charter’s rate that is ${formatMoney(Math.abs(cents), currency)}.`;
}

/** `1 guest`, `2 guests` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The charter's item, its bookings and sheets, then the item in the other region: few are shown, the nearest first. */
export function linksTo(
  input: EvidenceAuditInput,
  charterId: string,
  bookings: readonly Booking[],
  sheets: readonly TripSheet[],
): Link[] {
  const [item, ...elsewhere] = input.linksOf.charter(charterId);
  return [
    ...(item === undefined ? [] : [item]),
    ...bookings.flatMap((booking) => input.linksOf.booking(booking)),
    ...sheets.flatMap((sheet) => input.linksOf.tripSheet(sheet)),
    ...elsewhere,
  ];
}
