/** Money by bookings and ledger: `amount-differs` and `cancelled-but-paid`. */
import type { Cents } from '../money.ts';
import { formatMoney } from '../money.ts';
import { bookedOn, canBe, liveBookings, revenueOf } from './booked.ts';
import type { CharterInQuestion, EvidenceAuditInput, EvidenceDraft } from './question.ts';
import { askedWords, counted, linksTo, nameOf, worthOf } from './question.ts';

/**
 * The booked amounts must be what is recorded; before or after discount and refund, with or without tax and what
 * else stands outside revenue, with or without the no-shows' places, for mails differ in what they quote. A total net
 * of a reseller's commission says too little and is not compared.
 *
 * @param explainsCents recorded − booked that other findings about this charter tell already
 */
export function amountFindings(
  question: CharterInQuestion,
  input: EvidenceAuditInput,
  explainsCents: readonly Cents[],
): EvidenceDraft[] {
  if (question.charter.status === 'cancelled' || question.charter.status === 'no-show') {
    return paidThough(question, input);
  }
  if (!question.counted) return [];
  const { charter, evidence, line } = question;
  const { cents: booked, heads, outsideCents } = bookedOn(evidence, input.dayOf);
  if (booked === null) return [];
  const tolerance = input.tolerances.amountCents;
  const told = [0, ...explainsCents].flatMap((cents) => quotable(question, line.recordedCents - cents));
  // Bookings that agree with the reportable amount prove the recorded one wrong, and `revenue-differs` says so.
  const proved = quotable(question, line.reportableCents);
  if ([...told, ...proved].some((cents) => canBe(booked, cents - tolerance, cents + tolerance))) return [];
  const { cents, beside } = nearest(
    [0, ...lettingsOff(question)].flatMap((off) =>
      (outsideCents === 0 ? besideBooked(question, booked.likely, heads?.likely ?? null) : [0]).map(
        (tax) => ({
          cents: line.recordedCents + off + tax - booked.likely,
          beside: tax,
        }),
      ),
    ),
  );
  const money = (amount: Cents): string => formatMoney(amount, input.currency);
  return [
    {
      code: 'amount-differs',
      charterId: charter.id,
      cents,
      message: `${nameOf(charter)}: ${counted(liveBookings(evidence).length, 'booking comes', 'bookings come')} to ${money(booked.likely)}${outsideCents === 0 ? '' : ` without ${money(outsideCents)} of tax, fees and gratuity`}, the ledger records ${money(line.recordedCents)}${beside === 0 ? '' : ` and ${money(beside)} of tax, fees and gratuity`}: ${money(Math.abs(cents))} ${cents > 0 ? 'more' : 'less'} than booked.${askedWords(evidence.requested)} Correct the recorded revenue, or enter the discount or refund.`,
      links: linksTo(input, charter.id, evidence.bookings, []),
    },
  ];
}

function lettingsOff({ line }: CharterInQuestion): Cents[] {
  const { discountCents: discount, refundCents: refund } = line;
  return [discount, refund, discount + refund].filter((cents) => cents !== 0);
}

/** What the mails of a charter of this revenue may quote. */
function quotable(question: CharterInQuestion, revenueCents: Cents): Cents[] {
  const { charter, price } = question;
  const absent = Math.max(
    0,
    charter.noShows ?? 0,
    ...question.evidence.sheets.map((sheet) => sheet.noShows ?? 0),
  );
  const amounts = new Set<Cents>();
  for (const off of [0, ...lettingsOff(question)]) {
    for (const places of [0, worthOf(absent, price) ?? 0]) {
      for (const tax of outside(question)) {
        amounts.add(revenueCents + off + places + tax);
      }
    }
  }
  return [...amounts];
}

/** The first of the smallest. */
function nearest<D extends { readonly cents: Cents }>(differences: readonly D[]): D {
  return differences.reduce((best, one) => (Math.abs(one.cents) < Math.abs(best.cents) ? one : best));
}

/** What a mail may add to the revenue without saying so. */
function outside({ line }: CharterInQuestion): Cents[] {
  const { taxCents: tax, feesCents: fees, gratuityCents: gratuity } = line;
  return [0, tax, fees, tax + fees, tax + fees + gratuity];
}

/** As `outside`; when the booked places at the charter's price tell which, only that. */
function besideBooked(question: CharterInQuestion, bookedCents: Cents, heads: number | null): Cents[] {
  const { price } = question;
  const worth = price.by === 'flat-price' ? price.priceCents : heads === null ? null : worthOf(heads, price);
  const meant = outside(question).find((tax) => worth !== null && bookedCents === worth + tax);
  return meant === undefined ? outside(question) : [meant];
}

/** Paid by its bookings, or recorded although people were aboard, of a charter that did not sail by the ledger. */
function paidThough(question: CharterInQuestion, input: EvidenceAuditInput): EvidenceDraft[] {
  const { charter, evidence, line } = question;
  const live = liveBookings(evidence);
  // A net amount is the least that was paid: enough to see that something is owed.
  const paid = live.reduce((sum, booking) => sum + (revenueOf(booking) ?? 0), 0);
  const owed = paid - (charter.forfeitedCents ?? 0) - (charter.refundCents ?? 0);
  const aboard = Math.max(0, ...evidence.sheets.map((sheet) => sheet.boarded ?? 0));
  // What is recorded and not forfeited is `paid-not-sailed` already; this tells more only if more is known.
  const recorded = Math.max(0, line.differenceCents);
  const isMore = owed > recorded + input.tolerances.amountCents;
  if (!isMore && (aboard === 0 || recorded === 0)) return [];
  const money = (amount: Cents): string => formatMoney(amount, input.currency);
  const cents = Math.max(owed, recorded);
  const why = [
    ...(isMore ? [`its bookings were paid with ${money(paid)} and not cancelled`] : []),
    ...(aboard > 0 ? [`the trip sheet has ${counted(aboard, 'guest')} aboard`] : []),
  ].join(', and ');
  return [
    {
      code: 'cancelled-but-paid',
      charterId: charter.id,
      cents,
      message: `${nameOf(charter)} is ${charter.status} in the ledger, but ${why}; ${money(cents)} is neither refunded nor forfeited. Enter the refund or what is kept, or correct the status.`,
      links: linksTo(input, charter.id, live, evidence.sheets),
      ...(recorded > 0 ? { replaces: ['paid-not-sailed'] } : {}),
    },
  ];
}
