/** A generated month with the bookings and trip sheets that agree with it, for planting one lie. */
import type { CharterItem } from '../../scripts/local/generate.ts';
import { generateMonth } from '../../scripts/local/generate.ts';
import type { Adjustment } from '../../src/statement/adjustments.ts';
import { applyAdjustments } from '../../src/statement/adjustments.ts';
import type { Booking, BookingWord } from '../../src/statement/booking.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { Charter } from '../../src/statement/charter.ts';
import type { EvidenceAuditInput, EvidenceDraft } from '../../src/statement/evidence-audit/question.ts';
import { DEFAULT_TOLERANCES } from '../../src/statement/evidence-audit/question.ts';
import { auditEvidence, withoutReplaced } from '../../src/statement/evidence-audit.ts';
import { DEFAULT_SEVERITIES } from '../../src/statement/findings.ts';
import { matchEvidence } from '../../src/statement/matching.ts';
import type { TripSheet } from '../../src/statement/trip-sheet.ts';
import { charter as plainCharter, readable, input as statementInput } from './samples.ts';

export interface World {
  charters: Charter[];
  bookings: Booking[];
  sheets: TripSheet[];
  adjustments: Adjustment[];
}

export const STANDARD_RATE_CENTS = 12_500;

export function booking(changes: Partial<Booking> = {}): Booking {
  const one = {
    reference: 'HB-1',
    cancelled: false,
    requested: false,
    guestNames: [],
    partySize: 2,
    date: '2026-05-14',
    departs: '17:30',
    vessel: 'Blue Heron',
    amountCents: 25_000,
    outsideCents: null,
    isNet: false,
    history: [],
    ...changes,
  };
  return { key: one.reference ?? 'message-1', ...one };
}

export function word(changes: Partial<BookingWord> = {}): BookingWord {
  return {
    messageId: 'message-1',
    receivedAt: '2026-04-20T12:00:00Z',
    kind: 'confirmed',
    reference: 'HB-1',
    guestNames: [],
    partySize: 2,
    date: '2026-05-14',
    departs: '17:30',
    vessel: 'Blue Heron',
    amountCents: 25_000,
    currency: '$',
    outsideCents: null,
    isNet: false,
    problems: [],
    ...changes,
  };
}

export function sheet(changes: Partial<TripSheet> = {}): TripSheet {
  return {
    fileId: 'file-1',
    fileName: 'sheet.csv',
    tab: '',
    charterId: null,
    date: '2026-05-14',
    departs: '17:30',
    vessel: 'Blue Heron',
    boarded: 10,
    noShows: null,
    guestNames: [],
    comps: [],
    signedBy: 'Tom',
    problems: [],
    notes: [],
    ...changes,
  };
}

function cents(dollars: number | undefined): number | null {
  return dollars === undefined ? null : Math.round(dollars * 100);
}

function charterOf(item: CharterItem): Charter {
  return plainCharter({
    id: item.charterId,
    month: item.month,
    date: item.date,
    departs: item.departs,
    vessel: item.vessel,
    kind: item.kind,
    status: item.status,
    guests: item.guests,
    comps: item.comps,
    compNotes: item.compNotes ?? '',
    rateCents: cents(item.ratePerPerson),
    flatPriceCents: cents(item.flatPrice),
    recordedCents: cents(item.revenueTotal) ?? 0,
    bookingRefs: item.bookingRefs,
    noShows: item.noShows ?? null,
    discountCents: cents(item.discount),
    refundCents: cents(item.refund),
    forfeitedCents: cents(item.forfeited),
    taxCents: cents(item.tax),
    feesCents: cents(item.fees),
    gratuityCents: cents(item.gratuity),
  });
}

export function generatedCharters(count: number, seed: number): Charter[] {
  return generateMonth({ month: '2026-05', charters: count, seed }).charters.map(charterOf);
}

function split(total: number, parts: number): number[] {
  const each = Math.floor(total / parts);
  return Array.from({ length: parts }, (_, index) => (index === 0 ? total - each * (parts - 1) : each));
}

/** What the witnesses of an honest month say; which of the ways in which mails quote prices goes by turns. */
export function agreeing(charters: readonly Charter[]): World {
  const bookings: Booking[] = [];
  const sheets: TripSheet[] = [];
  charters.forEach((charter, index) => {
    const { bookingRefs: references, date, departs, vessel } = charter;
    const sailed = charter.status === 'completed';
    const noShows = charter.noShows ?? 0;
    const parties = split(
      charter.guests - charter.comps + (index % 2 === 0 ? noShows : 0),
      references.length,
    );
    const quoted = [
      charter.recordedCents,
      charter.recordedCents + (charter.taxCents ?? 0),
      charter.recordedCents + (charter.discountCents ?? 0) + (charter.refundCents ?? 0),
    ];
    const amounts = split(quoted[sailed ? index % 3 : 0] ?? 0, references.length);
    references.forEach((reference, party) => {
      bookings.push(
        booking({
          reference,
          cancelled: charter.status === 'cancelled',
          guestNames: [
            `Zoë-Anne O’Malley ${reference.replace(/\D/g, '').replace(/./g, (d) => 'abcdefghij'[Number(d)] ?? '')}`,
          ],
          partySize: parties[party] ?? 0,
          date,
          departs: index % 5 === 0 ? null : departs,
          vessel: index % 7 === 0 ? vessel.toUpperCase().normalize('NFD') : vessel,
          amountCents: amounts[party] ?? 0,
        }),
      );
    });
    if (!sailed) return;
    sheets.push(
      sheet({
        fileId: `file-${charter.id}`,
        fileName: `${charter.id}.csv`,
        charterId: index % 2 === 0 ? charter.id.toLowerCase() : null,
        date,
        departs,
        vessel: index % 3 === 0 ? `M/V  ${vessel}` : vessel,
        boarded: charter.guests,
        noShows: charter.noShows,
        guestNames: references.map((reference) => {
          const surname = reference.replace(/\D/g, '').replace(/./g, (d) => 'abcdefghij'[Number(d)] ?? '');
          return `${surname.toUpperCase()}, Zoe Anne OMalley`;
        }),
        comps: Array.from({ length: index % 2 === 0 ? charter.comps : 0 }, (_, comp) => ({
          person: `Dana Whitlock ${comp}`,
          heads: 1,
          reason: 'travel writer',
        })),
      }),
    );
  });
  return { charters: [...charters], bookings, sheets, adjustments: [] };
}

export function auditInput(world: World, changes: Partial<EvidenceAuditInput> = {}): EvidenceAuditInput {
  return {
    month: '2026-05',
    currency: 'USD',
    standardRateCents: STANDARD_RATE_CENTS,
    rates: [],
    tolerances: DEFAULT_TOLERANCES,
    matches: matchEvidence({
      charters: applyAdjustments(world.charters, world.adjustments),
      bookings: world.bookings,
      tripSheets: world.sheets,
    }),
    adjustments: world.adjustments,
    asked: { bookings: true, tripSheets: true },
    dayOf: (instant) => instant.slice(0, 10),
    linksOf: {
      charter: (id) => [{ label: id, url: `https://example.com/charter/${id}` }],
      booking: ({ key }) => [{ label: key, url: `https://example.com/mail/${key}` }],
      tripSheet: ({ fileId }) => [{ label: fileId, url: `https://example.com/file/${fileId}` }],
      cell: (cell) => [{ label: cell, url: `https://example.com/cell/${encodeURIComponent(cell)}` }],
    },
    ...changes,
  };
}

export function audit(world: World, changes: Partial<EvidenceAuditInput> = {}): EvidenceDraft[] {
  return auditEvidence(auditInput(world, changes));
}

/** `code severity charter cents` of all that `calculate` and the evidence find together, sorted. */
export function everythingFound(world: World): string[] {
  const drafts = audit(world);
  const calculated = calculate(
    statementInput(readable(...applyAdjustments(world.charters, world.adjustments))),
  ).findings;
  return [
    ...withoutReplaced(calculated, drafts).map(({ code, severity, charterId, cents }) => [
      code,
      severity,
      charterId,
      cents,
    ]),
    ...drafts.map(({ code, severity, charterId, cents }) => [
      code,
      severity ?? DEFAULT_SEVERITIES[code],
      charterId,
      cents,
    ]),
  ]
    .map((parts) => parts.join(' '))
    .sort();
}
