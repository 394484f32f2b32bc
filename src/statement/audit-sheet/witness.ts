/** What each witness says of one charter, where they differ, and how the evidence came to the charter. */
import type { Booking } from '../booking.ts';
import { liveBookings, revenueOf } from '../evidence-audit/booked.ts';
import { foldReference } from '../matching/folding.ts';
import type { CharterEvidence } from '../matching.ts';
import type { Cents } from '../money.ts';
import { formatMoney } from '../money.ts';
import { cut } from '../short-text.ts';
import type { StatementLine } from '../statement.ts';

export type Group = 'guests' | 'comps' | 'money' | 'match';

export interface Witness {
  readonly line: StatementLine;
  /** Heads of the live bookings that are certain, as far as their mails say; null when none says. */
  readonly booked: number | null;
  /** Text when two sheets say two things. */
  readonly boarded: number | string | null;
  readonly compsOnSheet: number | null;
  readonly bookedCents: Cents | null;
  /** Where the witnesses, or a finding, differ. */
  readonly marks: ReadonlySet<Group>;
  /** In words; empty when they agree. */
  readonly differs: string;
  readonly matched: string;
  readonly signedBy: string;
}

const GROUPS: readonly (readonly [Group, readonly string[]])[] = [
  ['guests', ['guests-differ', 'headcount-broken', 'comps-exceed-guests']],
  ['comps', ['comp-unexplained', 'comps-above-cap', 'comps-exceed-guests', 'headcount-broken']],
  [
    'money',
    [
      'revenue-differs',
      'amount-differs',
      'amount-ignored',
      'cancelled-but-paid',
      'paid-not-sailed',
      'price-missing',
      'refund-in-another-month',
    ],
  ],
  [
    'match',
    ['booking-moved', 'booking-shared', 'charter-without-booking', 'trip-sheet-missing', 'sailing-differs'],
  ],
];

export interface Asked {
  readonly bookings: boolean;
  readonly tripSheets: boolean;
}

/** @param codes of the findings about this charter */
export function witnessOf(
  line: StatementLine,
  evidence: CharterEvidence | null,
  codes: readonly string[],
  asked: Asked,
  currency: string,
): Witness {
  const live = evidence === null ? [] : liveBookings(evidence);
  const sheets = evidence?.sheets ?? [];
  const booked = sumOf(live.map(({ partySize }) => partySize));
  const bookedCents = sumOf(live.map(revenueOf));
  const counts = distinct(sheets.map((sheet) => sheet.boarded));
  const listed = sheets.filter((sheet) => sheet.comps.length > 0);
  const compsOnSheet =
    listed.length === 0
      ? null
      : Math.max(...listed.map(({ comps }) => comps.reduce((sum, { heads }) => sum + heads, 0)));
  const marks = new Set(
    GROUPS.flatMap(([group, of]) => (codes.some((code) => of.includes(code)) ? [group] : [])),
  );
  const words: string[] = [];
  const differ = (group: Group, what: string): void => {
    marks.add(group);
    words.push(what);
  };
  const noShows = Math.max(0, evidence?.charter.noShows ?? 0, ...sheets.map((sheet) => sheet.noShows ?? 0));
  const money = (cents: Cents): string => formatMoney(cents, currency);
  if (counts.some((heads) => heads !== line.guests)) {
    differ('guests', `boarded ${counts.join(' and ')}, ledger ${line.guests}`);
  }
  if (line.counted) {
    if (booked !== null && (booked < line.paying || booked > line.guests + noShows)) {
      const whole = live.every(({ partySize }) => partySize !== null);
      differ('guests', `booked ${booked}${whole ? '' : ' or more'}, paying ${line.paying}`);
    }
    if (compsOnSheet !== null && compsOnSheet !== line.comps) {
      differ('comps', `comps ${compsOnSheet} on the sheet, ${line.comps} in the ledger`);
    }
  } else if (booked !== null && booked > 0 && (line.status === 'cancelled' || line.status === 'no-show')) {
    differ('guests', `booked ${booked}, though it did not sail`);
  }
  if (line.differenceCents !== 0)
    differ('money', `recorded ${apart(line.differenceCents, money)} than reportable`);
  if (bookedCents !== null && bookedCents !== line.recordedCents) {
    const why = explained(line, bookedCents - line.recordedCents, live);
    if (why === null)
      differ('money', `booked ${apart(bookedCents - line.recordedCents, money)} than recorded`);
    else words.push(why);
  }
  if (codes.length > 0) words.push(`see ${[...new Set(codes)].join(', ')}`);
  return {
    line,
    booked,
    bookedCents,
    boarded: counts.length > 1 ? counts.join(' and ') : (counts[0] ?? null),
    compsOnSheet,
    marks,
    differs: sentence(words),
    matched: evidence === null ? '' : sentence(matchedWords(evidence, line.counted, asked)),
    signedBy: [
      ...new Set(sheets.map((sheet) => (sheet.signedBy === null ? 'nobody' : cut(sheet.signedBy)))),
    ].join(', '),
  };
}

function apart(cents: Cents, money: (cents: Cents) => string): string {
  return `${money(Math.abs(cents))} ${cents > 0 ? 'more' : 'less'}`;
}

/** Mails may quote a price with what stands outside revenue, or before what was let off; null: that is not it. */
function explained(line: StatementLine, moreCents: Cents, live: readonly Booking[]): string | null {
  const { taxCents: tax, feesCents: fees, gratuityCents: gratuity, discountCents, refundCents } = line;
  const outside = [
    [0, ''],
    [tax, 'with tax'],
    [fees, 'with fees'],
    [tax + fees, 'with tax and fees'],
    [tax + fees + gratuity, 'with tax, fees and gratuity'],
  ] as const;
  const lettings = [
    [0, ''],
    [discountCents, 'before the discount'],
    [refundCents, 'before the refund'],
    [discountCents + refundCents, 'before discount and refund'],
  ] as const;
  for (const [off, before] of lettings) {
    for (const [cents, beside] of outside) {
      const parts = [beside, before].filter((part) => part !== '');
      if (off + cents === moreCents) return `booked ${parts.join(', ')}`;
    }
  }
  return moreCents < 0 && live.some(({ isNet }) => isNet) ? 'booked net of commission' : null;
}

/** Of what is known; null when nothing is. */
function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function distinct(values: readonly (number | null)[]): number[] {
  return [...new Set(values.filter((value): value is number => value !== null))].sort((a, b) => a - b);
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function matchedWords(evidence: CharterEvidence, counted: boolean, asked: Asked): string[] {
  const { charter, bookings, contested, requested, sheets, missingReferences, proposed } = evidence;
  const references = new Set([charter.id, ...charter.bookingRefs].map(foldReference));
  const isNamed = ({ reference }: Booking): boolean =>
    reference !== null && references.has(foldReference(reference));
  const parts: string[] = [];
  const say = (before: string, names: readonly string[], after: string): void => {
    if (names.length > 0) parts.push(`${before}${list(names)}${after}`);
  };
  const named = (of: readonly Booking[]): string[] => of.map(shortName);
  const live = liveBookings(evidence);
  if (asked.bookings) {
    say('', named(live.filter(isNamed)), ' by reference');
    say('', named(live.filter((booking) => !isNamed(booking))), ' by date, vessel and departure');
    say('', named(bookings.filter(({ cancelled }) => cancelled)), ' cancelled by mail');
    say(
      '',
      named(contested.filter(({ why }) => why === 'shared').map(({ booking }) => booking)),
      ' named by several charters, not counted',
    );
    say(
      '',
      named(contested.filter(({ why }) => why === 'moved').map(({ booking }) => booking)),
      ' moved by mail, not counted',
    );
    say('', named(requested), ' only asked for, not counted');
    say('proposed, not counted: ', named(proposed.bookings), '');
    say(
      'no mail for ',
      missingReferences.map((reference) => cut(reference, 30)),
      '',
    );
    if (parts.length === 0 && counted) parts.push('no booking');
  }
  if (!asked.tripSheets) return parts;
  const byId = sheets.filter(({ charterId }) => charterId !== null).length;
  if (byId > 0) parts.push(byId === 1 ? 'sheet by charter id' : `${byId} sheets by charter id`);
  const bySailing = sheets.length - byId;
  if (bySailing > 0) {
    parts.push(`${bySailing === 1 ? 'sheet' : `${bySailing} sheets`} by date, vessel and departure`);
  }
  say(
    'sheet proposed, not counted: ',
    proposed.sheets.map(({ fileName }) => cut(fileName, 40)),
    '',
  );
  if (counted && sheets.length + proposed.sheets.length === 0) parts.push('no trip sheet');
  return parts;
}

function shortName(booking: Booking): string {
  if (booking.reference !== null) return cut(booking.reference, 30);
  const [guest] = booking.guestNames;
  return guest === undefined ? 'a booking without a reference' : `the booking of ${cut(guest, 40)}`;
}

function list(names: readonly string[]): string {
  const most = 6;
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
