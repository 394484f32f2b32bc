/** Guests by name: `names-differ`. */
import { compareGuestNames } from '../guest-names.ts';
import { cut } from '../short-text.ts';
import { liveBookings } from './booked.ts';
import type { CharterInQuestion, EvidenceAuditInput, EvidenceDraft } from './question.ts';
import { linksTo, nameOf } from './question.ts';

const MOST_NAMES = 12;

/**
 * Booked names that the sheet lacks; names that only the sheet has are strangers only when the bookings name
 * everybody, for most name just who booked.
 */
export function nameFindings(question: CharterInQuestion, input: EvidenceAuditInput): EvidenceDraft[] {
  const { charter, evidence } = question;
  if (!question.counted) return [];
  const live = liveBookings(evidence);
  const booked = live.flatMap((booking) => booking.guestNames);
  const listed = evidence.sheets.map((sheet) => {
    const comps = compareGuestNames(
      sheet.guestNames,
      sheet.comps.map(({ person }) => person),
    );
    return { paying: comps.differing.onlyInA, all: sheet.guestNames };
  });
  const [first] = listed;
  if (booked.length === 0 || first === undefined || listed.every(({ paying }) => paying.length === 0))
    return [];
  const missing = compareGuestNames(
    booked,
    listed.flatMap(({ all }) => all),
  ).differing.onlyInA;
  const heads = live.reduce((sum, booking) => sum + (booking.partySize ?? Number.POSITIVE_INFINITY), 0);
  const strangers = booked.length < heads ? [] : compareGuestNames(booked, first.paying).differing.onlyInB;
  if (missing.length === 0 && strangers.length === 0) return [];
  const parts = [
    ...(missing.length > 0 ? [`booked and not on the trip sheet: ${list(missing)}`] : []),
    ...(strangers.length > 0 ? [`on the trip sheet and not booked: ${list(strangers)}`] : []),
  ];
  return [
    {
      code: 'names-differ',
      charterId: charter.id,
      cents: null,
      message: `${nameOf(charter)}: guests ${parts.join('; ')}.`,
      links: linksTo(input, charter.id, live, evidence.sheets),
    },
  ];
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => cut(name, 60));
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
