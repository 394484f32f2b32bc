/** A booking mail, read: what it says about each booking, or what in it can't be understood. */
import type { BookingWord } from '../../statement/booking.ts';
import { cut } from '../../statement/short-text.ts';
import type { Draft, ReadingContext } from './booking-draft.ts';
import { emptyDraft, knownFields } from './booking-draft.ts';
import type { BookingMail, BookingMailSettings } from './booking-mail.ts';
import { linesOfHtml } from './html-lines.ts';
import type { Labels } from './labels.ts';
import { labelsFor } from './labels.ts';
import { announcesBooking, kindOfSubject, looksLikeNewsletter } from './mail-kind.ts';
import type { MailPart } from './mail-parts.ts';
import { splitParts } from './mail-parts.ts';
import type { MailLine } from './mail-text.ts';
import { cleanText, linesOfText } from './mail-text.ts';
import type { FoundDate } from './read-date.ts';
import { findDates } from './read-date.ts';
import { readChange, readPart, sameBooking } from './read-part.ts';
import { referenceInSubject, referenceKey } from './read-reference.ts';

const DAY_MS = 86_400_000;
const MOST_WORDS = 500;
const MOST_DATES_SEEN = 200;
const REPLY_OR_FORWARD = /^\s*(?:\[[^\]]{0,30}\]\s*)?(?:re|aw|sv|fwd?|wg|tr|rv)\s?(?:\[\d{1,3}\])?\s?:\s*/i;

/** Words that make a count or a date above a quote a change of what is quoted. */
const NEWS =
  /(?<!\p{L})(?:now|instead|will be|make (?:it|that)|new|actually|correction|after all|rather than|in total)(?!\p{L})/iu;

const AGREED = /(?<!\p{L})(?:confirm(?:ed|ing|s)?|agreed|all set|booked)(?!\p{L})/iu;

/** A draft, and when it was said. */
interface Said {
  readonly draft: Draft;
  readonly at: string;
}

/**
 * Every booking that the mail speaks of, in the mail's order, what it quotes before what it says itself. A mail
 * that changes a booking and quotes it gives two words of one booking: the quoted one, dated by the quote's
 * header (its wall clock taken for UTC; a day before the mail when it has none), and the new one. A mail that is
 * no booking gives none; one that should be a booking but can't be read gives a word with problems. Never throws.
 */
export function readBookingMail(mail: BookingMail, settings: BookingMailSettings): BookingWord[] {
  const labels = labelsFor(settings.synonyms);
  const subject = cleanText(mail.subject.slice(0, 500)).replace(/\s+/g, ' ').trim();
  const text = mail.text === null ? null : linesOfText(mail.text);
  const html = mail.html === null ? null : linesOfHtml(mail.html);
  const problems: string[] = [];
  if (text?.wasCut === true || html?.wasCut === true) {
    problems.push('The mail is too long: only its beginning was read.');
  }
  const fromText = text === null ? [] : readBody(text.lines, subject, mail, settings, labels);
  const fromHtml = html === null ? [] : readBody(html.lines, subject, mail, settings, labels);
  const hasText = isWritten(text?.lines) || isWritten(html?.lines);
  const said = hasText ? joinBodies(fromText, fromHtml) : [];
  if (said.length === 0) {
    if (!hasText) {
      problems.push(
        html?.hasImage === true
          ? 'The mail is only an image: there is nothing to read.'
          : 'The mail has no text: there is nothing to read.',
      );
    } else if (isAnnounced(subject, [...(text?.lines ?? []), ...(html?.lines ?? [])])) {
      problems.push('By its subject the mail is about a booking, but no booking could be understood in it.');
    }
    if (mail.unopened === true) {
      problems.push('A part of the mail was not opened: an attached mail, or a text that Gmail keeps apart.');
    }
    if (problems.length === 0) return [];
    const kind = kindOfSubject(subject) ?? 'confirmed';
    const unread = { ...emptyDraft(), kind, reference: referenceInSubject(subject), problems: [] };
    return [wordOf({ draft: unread, at: mail.receivedAt }, mail, problems)];
  }
  if (said.length > MOST_WORDS)
    problems.push(`The mail speaks of more than ${MOST_WORDS} bookings: the rest was not read.`);
  return said.slice(0, MOST_WORDS).map((each) => wordOf(each, mail, problems));
}

function isAnnounced(subject: string, lines: readonly MailLine[]): boolean {
  if (!announcesBooking(subject)) return false;
  if (kindOfSubject(subject) !== null || referenceInSubject(subject) !== null) return true;
  return !lines.some((line) => line.cells.some(looksLikeNewsletter));
}

function isWritten(lines: readonly MailLine[] | undefined): boolean {
  return lines?.some((line) => line.cells.some((cell) => /[\p{L}\p{N}]/u.test(cell))) ?? false;
}

function wordOf({ draft, at }: Said, mail: BookingMail, more: readonly string[]): BookingWord {
  const problems = [...draft.problems, ...more];
  const damaged = [draft.reference, draft.vessel, ...draft.guestNames].filter((value) =>
    value?.includes('\ufffd'),
  );
  if (damaged.length > 0)
    problems.push(`Characters were lost in “${cut(damaged[0] ?? '')}”: its charset is broken.`);
  if (draft.reference === null && draft.date === null && problems.length === 0) {
    problems.push('The mail names neither a booking reference nor a date.');
  }
  if (
    draft.reference !== null &&
    knownFields(draft) === 1 &&
    draft.kind !== 'cancelled' &&
    problems.length === 0
  ) {
    problems.push(`Nothing but the reference ${cut(draft.reference)} could be understood.`);
  }
  return {
    messageId: mail.messageId,
    receivedAt: at,
    kind: draft.kind ?? 'confirmed',
    reference: draft.reference,
    guestNames: draft.guestNames,
    partySize: draft.partySize,
    date: draft.date,
    departs: draft.departs,
    vessel: draft.vessel,
    ...draft.money,
    problems: problems.map((problem) => cut(problem, 200)),
  };
}

function readBody(
  lines: readonly MailLine[],
  subject: string,
  mail: BookingMail,
  settings: BookingMailSettings,
  labels: Labels,
): Said[] {
  const parts = splitParts(lines, subject);
  const context: ReadingContext = {
    dates: { locale: settings.locale, seen: datesIn(lines, subject), receivedAt: mail.receivedAt },
    locale: settings.locale,
    currency: settings.currency ?? null,
    vessels: settings.vessels ?? [],
  };
  const bare = bareSubject(subject);
  const isPassedOn = bare !== subject && parts.length > 1;
  /** Of a reply or forward the subject is that of the first mail quoted. */
  const owner = isPassedOn ? (parts.find((part) => part.role !== 'new') ?? parts[0]) : parts[0];
  const readings = parts.map((part) =>
    readPart(
      part,
      part.subject !== null ? bareSubject(part.subject) : part === owner ? bare : null,
      labels,
      context,
    ),
  );
  const known: Said[] = [];
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index];
    const reading = readings[index];
    if (part === undefined || reading === undefined) continue;
    const at = saidAt(part, mail);
    const older = known.filter(({ draft }) => draft.reference !== null).map(({ draft }) => draft);
    const references = [...new Set(older.map((draft) => referenceKey(draft.reference ?? '')))];
    // "For you" above a forwarded mail bears its subject, and says nothing of the booking.
    const telling = reading.drafts.filter(
      (draft) =>
        parts.length === 1 ||
        knownFields(draft) > 1 ||
        draft.kind === 'cancelled' ||
        draft.kind === 'amended',
    );
    if (telling.length > 0) {
      for (const draft of telling) {
        if (draft.reference === null && references.length > 0) inherit(draft, older, references.length);
        add(known, { draft, at });
      }
      continue;
    }
    // "Please cancel our reservation" above a quote: which one, the quote tells.
    const change = partialChange(parts[index], labels, context, known.length > 0);
    if (change === null || known.length === 0) continue;
    // `Mrs. Lindgren just rang`: the quote has her whole name.
    const whole = known.flatMap(({ draft }) => draft.guestNames.flatMap((name) => name.split(/[\s-]/)));
    if (change.guestNames.every((name) => name.split(/[\s-]/).every((word) => whole.includes(word)))) {
      change.guestNames = [];
    }
    if (change.kind === null && knownFields(change) === 0) continue;
    if (change.reference === null && references.length > 0) inherit(change, older, references.length);
    if (change.reference === null && references.length === 0 && known.length > 1) {
      change.problems.push('The mail does not say which of the quoted bookings it means.');
    }
    add(known, { draft: change, at });
  }
  return known;
}

/** What a few words above a quote change: too little for a booking of its own. */
function partialChange(
  part: MailPart | undefined,
  labels: Labels,
  context: ReadingContext,
  hasQuote: boolean,
): Draft | null {
  if (part === undefined || !hasQuote) return null;
  const change = readChange(part, labels, context);
  if (change.kind === 'amended' || change.kind === 'cancelled') return change;
  const isSaid =
    change.partySize !== null ||
    change.date !== null ||
    change.departs !== null ||
    change.money.amountCents !== null;
  const isNews = part.lines.some((line) => NEWS.test(line.cells.join(' ')));
  const isAgreed = part.lines.some((line) => AGREED.test(line.cells.join(' ')));
  if (!isSaid || (!isNews && !isAgreed)) return null;
  return { ...change, kind: isNews ? 'amended' : 'confirmed' };
}

function inherit(draft: Draft, older: readonly Draft[], count: number): void {
  if (count === 1) draft.reference = older[0]?.reference ?? null;
  else draft.problems.push('The mail does not say which of the quoted bookings it means.');
}

/** Words without a reference in one thread are of one booking: the newer goes over the older. */
function add(known: Said[], said: Said): void {
  const last = known[known.length - 1];
  const isLone = known.length === 1 && last !== undefined && last.at !== said.at;
  if (isLone && last.draft.reference === null && said.draft.reference === null) {
    known[0] = { draft: over(said.draft, last.draft), at: said.at };
    return;
  }
  const same = known.findIndex(({ draft, at }) => at === said.at && sameBooking(draft, said.draft));
  const before = known[same];
  if (before !== undefined) known[same] = { draft: over(said.draft, before.draft), at: said.at };
  else known.push(said);
}

function over(newer: Draft, older: Draft): Draft {
  return {
    kind: newer.kind ?? older.kind,
    reference: newer.reference ?? older.reference,
    guestNames: newer.guestNames.length > 0 ? newer.guestNames : older.guestNames,
    partySize: newer.partySize ?? older.partySize,
    date: newer.date ?? older.date,
    departs: newer.departs ?? older.departs,
    vessel: newer.vessel ?? older.vessel,
    money: newer.money.amountCents === null ? older.money : newer.money,
    problems: [...new Set([...newer.problems, ...older.problems])],
    labelled: Math.max(newer.labelled, older.labelled),
  };
}

function saidAt(part: MailPart, mail: BookingMail): string {
  if (part.role === 'new') return mail.receivedAt;
  const received = Date.parse(mail.receivedAt);
  if (part.saidAt !== null && !(Date.parse(part.saidAt) > received)) return part.saidAt;
  if (part.role === 'forwarded' || Number.isNaN(received)) return mail.receivedAt;
  return new Date(received - DAY_MS).toISOString().replace('.000Z', 'Z');
}

function bareSubject(subject: string): string {
  let bare = subject;
  for (let count = 0; count < 5 && REPLY_OR_FORWARD.test(bare); count++)
    bare = bare.replace(REPLY_OR_FORWARD, '');
  return bare;
}

function datesIn(lines: readonly MailLine[], subject: string): FoundDate[] {
  const seen = findDates(subject);
  for (const line of lines) {
    if (seen.length >= MOST_DATES_SEEN) break;
    for (const cell of line.cells) if (/\d/.test(cell)) seen.push(...findDates(cell));
  }
  return seen.slice(0, MOST_DATES_SEEN);
}

/** Both bodies say the same mail: the one that says more counts, the other fills gaps; where they differ, a problem. */
function joinBodies(text: readonly Said[], html: readonly Said[]): Said[] {
  const weigh = (all: readonly Said[]) => all.reduce((sum, { draft }) => sum + knownFields(draft), 0);
  const [main, other] = weigh(html) > weigh(text) ? [html, text] : [text, html];
  if (other.length === 0) return [...main];
  return main.map((said, index) => {
    const twin =
      other.find(
        ({ draft }) => sameBooking(draft, said.draft) && (main.length === 1 || other.length === main.length),
      ) ?? (main.length === other.length ? other[index] : undefined);
    if (twin === undefined) return said;
    if (
      said.draft.reference !== null &&
      twin.draft.reference !== null &&
      !sameBooking(said.draft, twin.draft)
    )
      return said;
    const problems: string[] = [];
    for (const field of ['date', 'partySize', 'amount'] as const) {
      const read = (draft: Draft) => (field === 'amount' ? draft.money.amountCents : draft[field]);
      const [a, b] = [read(said.draft), read(twin.draft)];
      if (a !== null && b !== null && a !== b) {
        problems.push(`The mail's plain text and its HTML differ in ${NAMES_OF[field]}.`);
      }
    }
    const joined = over(said.draft, twin.draft);
    return { draft: { ...joined, problems: [...said.draft.problems, ...problems] }, at: said.at };
  });
}

const NAMES_OF = { date: 'the date', partySize: 'the party size', amount: 'the amount' } as const;
