/** Evidence without a charter, charters without evidence, and evidence that contradicts the charter it names. */
import type { Booking } from '../booking.ts';
import type { Charter } from '../charter.ts';
import { duplicatesOf } from '../duplicates.ts';
import type { Contradiction, ToldSailing } from '../matching/sailing.ts';
import type { Candidate, MatchProblem } from '../matching.ts';
import type { Cents } from '../money.ts';
import { formatMoney } from '../money.ts';
import type { Month } from '../month.ts';
import { dateLabel, isIsoDate, monthOf } from '../month.ts';
import { cut } from '../short-text.ts';
import type { TripSheet } from '../trip-sheet.ts';
import { liveBookings, revenueOf } from './booked.ts';
import type { CharterInQuestion, EvidenceAuditInput, EvidenceDraft } from './question.ts';
import { askedWords, bookingName, counted, linksTo, nameOf, sheetName } from './question.ts';
import { doubtWords, isOnlyUnread, openProblems } from './unread.ts';

/** `charter-without-booking` and `trip-sheet-missing`, of one charter. */
export function lackingFindings(question: CharterInQuestion, input: EvidenceAuditInput): EvidenceDraft[] {
  if (!question.counted) return [];
  const drafts: EvidenceDraft[] = [];
  const booking = input.asked.bookings ? withoutBooking(question, input) : null;
  if (booking !== null) drafts.push(booking);
  const { charter, evidence } = question;
  if (input.asked.tripSheets && evidence.sheets.length + evidence.proposed.sheets.length === 0) {
    drafts.push({
      code: 'trip-sheet-missing',
      charterId: charter.id,
      cents: null,
      message: `${nameOf(charter)} has no trip sheet: only the ledger says that ${counted(charter.guests, 'guest')} went aboard. Put the sheet into the folder.`,
      links: input.linksOf.charter(charter.id),
    });
  }
  return drafts;
}

function withoutBooking(question: CharterInQuestion, input: EvidenceAuditInput): EvidenceDraft | null {
  const { charter, evidence, line } = question;
  // A booking that may be this charter's has its own finding, and names it.
  if (evidence.proposed.bookings.length > 0) return null;
  const { missingReferences: missing } = evidence;
  const isBare = evidence.bookings.length + evidence.contested.length === 0;
  if (missing.length === 0 && (!isBare || charter.guests === charter.comps)) return null;
  const recorded = formatMoney(line.recordedCents, input.currency);
  const asked = askedWords(evidence.requested);
  if (isBare) {
    const named = missing.length === 0 ? '' : ` (the ledger names ${list(missing)})`;
    return {
      code: 'charter-without-booking',
      charterId: charter.id,
      cents: line.recordedCents,
      message: `${nameOf(charter)} has no booking${named}: only the ledger says that ${recorded} was taken.${asked} Look for the mail, or note how it was sold.`,
      links: linksTo(input, charter.id, evidence.requested, []),
    };
  }
  const cents = uncovered(question);
  const rest =
    cents === null
      ? ''
      : `; the bookings found leave ${formatMoney(cents, input.currency)} of ${recorded} open`;
  return {
    code: 'charter-without-booking',
    charterId: charter.id,
    cents,
    message: `${nameOf(charter)}: no mail was found for ${list(missing)}${rest}.${asked} Look for it, or correct the references.`,
    links: linksTo(input, charter.id, evidence.bookings, []),
  };
}

function uncovered({ evidence, line }: CharterInQuestion): Cents | null {
  let cents = line.recordedCents;
  for (const booking of liveBookings(evidence)) {
    const revenue = revenueOf(booking);
    if (revenue === null || booking.isNet) return null;
    cents -= revenue;
  }
  return cents;
}

/** `booking-without-charter` and `trip-sheet-without-charter`. */
export function strayFindings(input: EvidenceAuditInput): EvidenceDraft[] {
  const { matches } = input;
  const charters = new Map(matches.charters.map(({ charter }) => [charter.id, charter]));
  const isTold = toldAsDuplicates(input);
  // By its own day as well as by the charters that it may belong to: at a month's border they are of two months.
  const isOurs = (told: Booking | TripSheet, candidates: readonly Candidate[]): boolean =>
    candidates.some(({ charterId }) => isInMonth(charters.get(charterId), input)) ||
    monthsOf(told, input).has(input.month);
  const strays = <E extends Booking | TripSheet>(
    orphans: readonly E[],
    proposed: readonly { readonly evidence: E; readonly candidates: readonly Candidate[] }[],
  ): { readonly evidence: E; readonly candidates: readonly Candidate[] }[] =>
    [...proposed, ...orphans.map((evidence) => ({ evidence, candidates: [] }))].filter(
      ({ evidence, candidates }) =>
        isOurs(evidence, candidates) && !isTold(candidates.map(({ charterId }) => charterId)),
    );
  const readable = matches.bookingsWithoutCharter.filter((booking) => !isOnlyUnread(booking));
  return [
    ...strays(readable, matches.proposedBookings).map(
      ({ evidence, candidates }): EvidenceDraft => ({
        code: 'booking-without-charter',
        charterId: null,
        about: evidence.key,
        cents: missingRevenue(evidence),
        message: `${bookingName(evidence)} (${bookedWords(evidence, input.currency)}) fits no charter for certain.${candidateWords(candidates)}${doubtWords(openProblems(evidence))} Enter the charter, or add the reference to the one it belongs to.`,
        links: [...input.linksOf.booking(evidence), ...candidateLinks(candidates, input)],
      }),
    ),
    ...strays(
      matches.sheetsWithoutCharter.filter((sheet) => !isOnlyUnread(sheet)),
      matches.proposedSheets,
    ).map(
      ({ evidence, candidates }): EvidenceDraft => ({
        code: 'trip-sheet-without-charter',
        charterId: null,
        about: evidence.fileName,
        cents: null,
        message: `${sheetName(evidence)} (${toldWords(evidence)}${evidence.charterId === null ? '' : `, charter ${cut(evidence.charterId)}`}) fits no charter for certain.${candidateWords(candidates)}${doubtWords(evidence.problems)} Enter the charter, or write its id on the sheet.`,
        links: [...input.linksOf.tripSheet(evidence), ...candidateLinks(candidates, input)],
      }),
    ),
  ];
}

/** The month of its day; without one, the months in which its mails came, or, of a sheet, this one. */
function monthsOf(told: Booking | TripSheet, input: EvidenceAuditInput): ReadonlySet<Month> {
  if (told.date !== null && isIsoDate(told.date)) return new Set([monthOf(told.date)]);
  if (!('history' in told) || told.history.length === 0) return new Set([input.month]);
  return new Set(told.history.map(({ receivedAt }) => monthOf(input.dayOf(receivedAt))));
}

/** What the ledger lacks, as recorded − booked. */
function missingRevenue(booking: Booking): Cents | null {
  const cents = revenueOf(booking);
  return cents === null ? null : -cents || 0;
}

function isInMonth(charter: Charter | undefined, input: EvidenceAuditInput): boolean {
  return charter !== undefined && monthOf(charter.date) === input.month;
}

/** Whether the charters are one sailing entered several times: then `duplicate-charter` says why nothing is certain. */
function toldAsDuplicates(input: EvidenceAuditInput): (charterIds: readonly string[]) => boolean {
  const duplicates = duplicatesOf(input.matches.charters.map(({ charter }) => charter));
  return (charterIds) => {
    const sailings = new Set(charterIds.map((id) => duplicates.get(id) ?? id));
    return charterIds.length > 1 && sailings.size === 1;
  };
}

/** `booking-shared`, `booking-moved` and `sailing-differs`. */
export function contradictionFindings(input: EvidenceAuditInput): EvidenceDraft[] {
  const charters = new Map(input.matches.charters.map(({ charter }) => [charter.id, charter]));
  const isTold = toldAsDuplicates(input);
  return input.matches.problems.flatMap((problem) => {
    const ids = concerned(problem);
    if (!ids.some((id) => isInMonth(charters.get(id), input)) || isTold(ids)) return [];
    return [contradictionFinding(problem, ids, input)];
  });
}

function concerned(problem: MatchProblem): readonly string[] {
  switch (problem.kind) {
    case 'booking-shared':
      return problem.charterIds;
    case 'booking-moved':
      return problem.to === null ? [problem.from] : [problem.from, problem.to];
    default:
      return [problem.charterId];
  }
}

function contradictionFinding(
  problem: MatchProblem,
  charterIds: readonly string[],
  input: EvidenceAuditInput,
): EvidenceDraft {
  const charterId = charterIds[0] ?? null;
  const charterLinks = charterIds.flatMap((id) => input.linksOf.charter(id));
  if (problem.kind === 'sheet-differs') {
    const isOtherDay = problem.contradictions.some(({ what }) => what === 'date');
    return {
      code: 'sailing-differs',
      charterId,
      cents: null,
      message: `${sheetName(problem.sheet)} names charter ${cut(problem.charterId)}, but states ${contradictionWords(problem.contradictions)}.${doubtWords(problem.sheet.problems)} Check that it is this charter’s sheet.`,
      links: [...charterLinks, ...input.linksOf.tripSheet(problem.sheet)],
      ...(isOtherDay ? { severity: 'warn' } : {}),
    };
  }
  const { booking } = problem;
  const links = [...charterLinks, ...input.linksOf.booking(booking)];
  const doubts = doubtWords(openProblems(booking));
  const name = `${bookingName(booking)} (${bookedWords(booking, input.currency)})`;
  switch (problem.kind) {
    case 'booking-shared':
      return {
        code: 'booking-shared',
        charterId,
        cents: null,
        message: `${name} is named by the charters ${list(problem.charterIds)}.${doubts} Keep the reference on the one that the guests sailed on.`,
        links,
      };
    case 'booking-moved': {
      const to = problem.to === null ? '' : `, as charter ${cut(problem.to)} has it`;
      return {
        code: 'booking-moved',
        charterId,
        cents: null,
        message: `${name} is named by charter ${cut(problem.from)}, but its newest mail states ${contradictionWords(problem.contradictions)}${to}.${doubts} Move the reference, and guests and revenue if they moved too.`,
        links,
      };
    }
    case 'booking-differs':
      return {
        code: 'sailing-differs',
        charterId,
        cents: null,
        message: `${name} is charter ${cut(problem.charterId)}’s by its reference, but states ${contradictionWords(problem.contradictions)}.${doubts}`,
        links,
      };
  }
}

function contradictionWords(contradictions: readonly Contradiction[]): string {
  return contradictions
    .map(({ what, told, ledger }) => `the ${what} ${cut(told)} (ledger: ${cut(ledger)})`)
    .join(' and ');
}

function candidateWords(candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return '';
  const each = candidates.map(({ charterId, reason }) => `${cut(charterId)}, because ${reason}`);
  return ` It may be ${each.join('; or ')}.`;
}

function candidateLinks(candidates: readonly Candidate[], input: EvidenceAuditInput) {
  return candidates.flatMap(({ charterId }) => input.linksOf.charter(charterId));
}

function bookedWords(booking: Booking, currency: string): string {
  const parts = [toldWords(booking)];
  if (booking.partySize !== null) parts.push(counted(booking.partySize, 'guest'));
  const { amountCents, outsideCents, isNet } = booking;
  if (amountCents !== null)
    parts.push(`${formatMoney(amountCents, currency)}${isNet ? ' net of commission' : ''}`);
  if (outsideCents !== null && outsideCents !== 0) {
    parts.push(`${formatMoney(outsideCents, currency)} of it tax, fees and gratuity`);
  }
  return parts.join(', ');
}

function toldWords({ date, departs, vessel }: ToldSailing): string {
  return [
    date === null || !isIsoDate(date) ? 'no date' : dateLabel(date),
    ...(departs === null ? [] : [cut(departs, 20)]),
    ...(vessel === null ? [] : [cut(vessel)]),
  ].join(', ');
}

function list(texts: readonly string[]): string {
  const shown = texts.slice(0, 10).map((text) => cut(text, 40));
  const more = texts.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2
    ? shown.join('')
    : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}
