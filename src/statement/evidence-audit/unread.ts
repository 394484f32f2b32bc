/** What could not be read for certain: `mail-unreadable` and `trip-sheet-unreadable`. */
import type { Booking, BookingWord } from '../booking.ts';
import type { Charter } from '../charter.ts';
import type { Cents } from '../money.ts';
import type { Month } from '../month.ts';
import { isIsoDate, monthOf } from '../month.ts';
import { cut } from '../short-text.ts';
import type { TripSheet } from '../trip-sheet.ts';
import { revenueOf } from './booked.ts';
import type { EvidenceAuditInput, EvidenceDraft } from './question.ts';
import { bookingName, counted, sheetName } from './question.ts';

const LONGEST_PROBLEMS = 240;

/** What hangs on a mail: a departure or a name alone moves no money. */
const FIELDS = ['date', 'partySize', 'amountCents'] as const;

/** The reader's own sentences name what they are about; any other is about the whole mail. */
const ABOUT: readonly (readonly [(typeof FIELDS)[number] | 'departs', RegExp])[] = [
  ['date', /\bdates?\b|\d{4}-\d\d-\d\d/],
  ['departs', /\btimes?\b/],
  ['partySize', /\b(?:party|guests|people|heads)\b/],
  ['amountCents', /\b(?:amounts?|price)\b/],
];

/** Words of a booking with problems that no later word settles by saying the same thing without one. */
export function openWords(booking: Booking): BookingWord[] {
  return booking.history.filter((word, index) => {
    const later = booking.history.slice(index + 1).filter(({ problems }) => problems.length === 0);
    if (later.some(({ kind }) => kind === 'cancelled')) return false;
    const isSaid = (field: (typeof FIELDS)[number] | 'departs') =>
      later.some((one) => one.kind !== 'requested' && one[field] !== null);
    return word.problems.some((problem) => {
      const about = ABOUT.filter(([, pattern]) => pattern.test(problem)).map(([field]) => field);
      return !(about.length > 0 ? about : FIELDS).every(isSaid);
    });
  });
}

export function openProblems(booking: Booking): string[] {
  return [...new Set(openWords(booking).flatMap(({ problems }) => problems))];
}

/** Problems as a sentence beside a finding that they may be the cause of, with a leading space; empty without any. */
export function doubtWords(problems: readonly string[]): string {
  return problems.length === 0 ? '' : ` Not certain: ${cut(problems.join(' '), LONGEST_PROBLEMS)}`;
}

/** Whether the reading is all that is wrong: without a date nobody can look for the charter. */
export function isOnlyUnread(told: Booking | TripSheet): boolean {
  const problems = 'history' in told ? openProblems(told) : told.problems;
  return told.date === null && problems.length > 0;
}

/** Problems of one mail, or of one tab of a sheet. */
interface Unread<E> {
  readonly evidence: E[];
  readonly charterIds: Set<string>;
  readonly problems: Set<string>;
  /** Something hangs on it. */
  matters: boolean;
  /** Null as soon as one amount is not known, or needs no telling. */
  cents: Cents | null;
}

/** What other findings of the same evidence say is left to them; they name the problems too. */
export function unreadFindings(input: EvidenceAuditInput): EvidenceDraft[] {
  return [...mailFindings(input), ...sheetFindings(input)];
}

function mailFindings(input: EvidenceAuditInput): EvidenceDraft[] {
  const { matches } = input;
  const told = new Set(
    matches.problems.flatMap((problem) => ('booking' in problem ? [problem.booking] : [])),
  );
  const mails = new Map<string, Unread<Booking>>();
  const note = (booking: Booking, charter: Charter | null, matters: boolean): void => {
    if (told.has(booking)) return;
    for (const word of openWords(booking)) {
      const received = monthOf(input.dayOf(word.receivedAt));
      const month = charter === null ? (monthSaid(booking) ?? received) : monthOf(charter.date);
      if (month !== input.month) continue;
      const stake = charter === null && matters ? revenueOf(booking) : null;
      add(
        mails,
        word.messageId,
        booking,
        charter,
        word.problems,
        matters,
        stake === null ? null : -stake || 0,
      );
    }
  };
  for (const { charter, bookings, requested } of matches.charters) {
    for (const booking of bookings) {
      note(booking, charter, booking.partySize === null || booking.amountCents === null);
    }
    for (const booking of requested) note(booking, charter, false);
  }
  for (const booking of matches.bookingsWithoutCharter) {
    if (isOnlyUnread(booking)) note(booking, null, true);
  }
  // Which booking a mail cancels must be known; what was only asked for changes nothing.
  for (const booking of matches.bookingsSetAside) {
    note(booking, null, booking.cancelled && booking.reference === null);
  }
  return [...mails.values()].map(({ evidence, charterIds, problems, matters, cents }) => ({
    code: 'mail-unreadable',
    charterId: onlyOne(charterIds),
    ...aboutOf(evidence[0]?.key),
    cents,
    message: `${mailName(evidence)} could not be read for certain: ${cut([...problems].join(' '), LONGEST_PROBLEMS)} ${matters ? 'Open the mail, and enter what it says in the ledger or as an adjustment.' : 'What matters for the statement is known all the same.'}`,
    links: evidence.flatMap((booking) => input.linksOf.booking(booking)),
    ...(matters ? {} : { severity: 'info' }),
  }));
}

function mailName(bookings: readonly Booking[]): string {
  const [first] = bookings;
  if (first === undefined) return 'A mail';
  if (bookings.length > 1) return `A mail about ${counted(bookings.length, 'booking')}`;
  const [guest] = first.guestNames;
  return `The mail of ${lowerFirst(bookingName(first))}${first.reference === null || guest === undefined ? '' : ` (${cut(guest)})`}`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function monthSaid({ date }: { readonly date: string | null }): Month | null {
  return date !== null && isIsoDate(date) ? monthOf(date) : null;
}

function sheetFindings(input: EvidenceAuditInput): EvidenceDraft[] {
  const { matches } = input;
  const told = new Set(matches.problems.flatMap((problem) => ('sheet' in problem ? [problem.sheet] : [])));
  const tabs = new Map<string, Unread<TripSheet>>();
  const note = (sheet: TripSheet, charter: Charter | null): void => {
    if (sheet.problems.length === 0 || told.has(sheet)) return;
    const month = charter === null ? monthSaid(sheet) : monthOf(charter.date);
    if (month !== null && month !== input.month) return;
    const matters = charter === null || sheet.boarded === null;
    add(tabs, JSON.stringify([sheet.fileId, sheet.tab]), sheet, charter, sheet.problems, matters, null);
  };
  for (const { charter, sheets } of matches.charters) for (const sheet of sheets) note(sheet, charter);
  for (const sheet of matches.sheetsWithoutCharter) if (isOnlyUnread(sheet)) note(sheet, null);
  return [...tabs.values()].flatMap(({ evidence, charterIds, problems, matters }): EvidenceDraft[] => {
    const [first] = evidence;
    if (first === undefined) return [];
    return [
      {
        code: 'trip-sheet-unreadable',
        charterId: onlyOne(charterIds),
        about: first.fileName,
        cents: null,
        message: `${sheetName(first)} could not be read for certain: ${cut([...problems].join(' '), LONGEST_PROBLEMS)} ${matters ? 'Correct the sheet, or compare it with the ledger by hand.' : 'Charter and guests are known all the same.'}`,
        links: input.linksOf.tripSheet(first),
        ...(matters ? {} : { severity: 'info' }),
      },
    ];
  });
}

function add<E>(
  all: Map<string, Unread<E>>,
  key: string,
  evidence: E,
  charter: Charter | null,
  problems: readonly string[],
  matters: boolean,
  cents: Cents | null,
): void {
  const known = all.get(key);
  const one: Unread<E> = known ?? {
    evidence: [],
    charterIds: new Set(),
    problems: new Set(),
    matters: false,
    cents: 0,
  };
  if (!one.evidence.includes(evidence)) {
    one.evidence.push(evidence);
    one.cents = one.cents === null || cents === null ? null : one.cents + cents;
  }
  if (charter !== null) one.charterIds.add(charter.id);
  for (const problem of problems) one.problems.add(problem);
  one.matters ||= matters;
  all.set(key, one);
}

function onlyOne(ids: ReadonlySet<string>): string | null {
  const [first, second] = ids;
  return first === undefined || second !== undefined ? null : first;
}

function aboutOf(name: string | undefined): { readonly about?: string } {
  return name === undefined ? {} : { about: name };
}
