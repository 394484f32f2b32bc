/** One charter to its line of the statement, by the rules of money. */
import type { Charter, CrewMember } from './charter.ts';
import { compareText } from './charter.ts';
import { isCorrection } from './corrections.ts';
import { LARGEST_AMOUNT_CENTS, sumCents } from './money.ts';
import { lineNotes } from './notes.ts';
import type { Price } from './rates.ts';
import type { StatementLine, Totals } from './statement.ts';

/**
 * A completed charter reports gross − comps − discount − refund; any other what was forfeited. Gross is
 * guests × rate, or the flat price, on which comps cost nothing.
 */
export function statementLine(
  charter: Charter,
  price: Price,
  roster: ReadonlyMap<string, CrewMember>,
  currency: string,
  duplicateOf: string | null,
): StatementLine {
  const counted = charter.status === 'completed' && duplicateOf === null;
  const guests = counted ? charter.guests : 0;
  const comps = counted ? charter.comps : 0;
  const rateCents = price.by === 'rate' ? price.rateCents : null;
  const grossCents = !counted ? 0 : price.by === 'flat-price' ? price.priceCents : guests * (rateCents ?? 0);
  const compsCents = comps * (rateCents ?? 0);
  const discountCents = counted ? (charter.discountCents ?? 0) : 0;
  const refundCents = counted ? (charter.refundCents ?? 0) : 0;
  const forfeitedCents = charter.status === 'completed' ? 0 : (charter.forfeitedCents ?? 0);
  const reportableCents = grossCents - compsCents - discountCents - refundCents + forfeitedCents;
  const recordedCents = duplicateOf === null ? charter.recordedCents : 0;
  return {
    id: charter.id,
    date: charter.date,
    departs: charter.departs,
    vessel: charter.vessel,
    kind: charter.kind,
    status: charter.status,
    statusText: charter.statusText,
    counted,
    guests,
    comps,
    paying: guests - comps,
    rateCents,
    grossCents,
    compsCents,
    discountCents,
    refundCents,
    forfeitedCents,
    reportableCents,
    recordedCents,
    differenceCents: recordedCents - reportableCents,
    taxCents: duplicateOf === null ? (charter.taxCents ?? 0) : 0,
    feesCents: duplicateOf === null ? (charter.feesCents ?? 0) : 0,
    gratuityCents: duplicateOf === null ? (charter.gratuityCents ?? 0) : 0,
    crew: crewNames(charter, roster),
    notes: lineNotes(charter, price, currency, duplicateOf),
  };
}

/** Past what is counted: a slip in the heads or the rate. */
export function isEnormous({ grossCents, compsCents }: StatementLine): boolean {
  return grossCents > LARGEST_AMOUNT_CENTS || compsCents > LARGEST_AMOUNT_CENTS;
}

/** Names where the roster knows them, ids where not; sets have no order, so by name. */
function crewNames(charter: Charter, roster: ReadonlyMap<string, CrewMember>): string {
  const names = charter.crewIds.map((id) => roster.get(id)?.name ?? id);
  return names.sort(compareText).join(', ');
}

export function totalsOf(lines: readonly StatementLine[]): Totals {
  const carriedCents = sumCents(lines.filter(isCorrection).map((line) => line.reportableCents));
  const sum = (pick: (line: StatementLine) => number): number => sumCents(lines.map(pick));
  return {
    charters: lines.filter((line) => line.counted).length,
    guests: sum((line) => line.guests),
    comps: sum((line) => line.comps),
    paying: sum((line) => line.paying),
    reportableCents: sum((line) => line.reportableCents),
    recordedCents: sum((line) => line.recordedCents),
    differenceCents: sum((line) => line.differenceCents),
    grossCents: sum((line) => line.grossCents),
    compsCents: sum((line) => line.compsCents),
    discountsCents: sum((line) => line.discountCents),
    refundsCents: sum((line) => line.refundCents),
    forfeitedCents: sum((line) => line.forfeitedCents),
    ...(carriedCents === 0 ? {} : { carriedCents }),
    taxCents: sum((line) => line.taxCents),
    feesCents: sum((line) => line.feesCents),
    gratuityCents: sum((line) => line.gratuityCents),
  };
}
