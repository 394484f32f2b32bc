/** One part of a mail to drafts of the bookings that it speaks of. */
import type { Draft, ReadingContext } from './booking-draft.ts';
import { draftOfPairs, emptyDraft, knownFields } from './booking-draft.ts';
import type { Pair } from './label.ts';
import { findLabelled, LINE_PRICE } from './label-pairs.ts';
import type { Labels } from './labels.ts';
import type { Kind } from './mail-kind.ts';
import { kindOfSubject, looksLikeNewsletter, onlyAsks, saysConfirmed, speaksOfBooking } from './mail-kind.ts';
import type { MailPart } from './mail-parts.ts';
import type { MailLine } from './mail-text.ts';
import { readAmount } from './read-amount.ts';
import { findDates, resolveDate } from './read-date.ts';
import { partyInSentence } from './read-party.ts';
import { fillFromSentences, nameInGreeting, strongest } from './read-prose.ts';
import { referenceInSubject, referenceKey } from './read-reference.ts';
import { readTime } from './read-time.ts';
import { knownVesselIn, vesselInSentence } from './read-vessel.ts';
import { sentencesOf } from './sentences.ts';
import { splitPairs } from './split-bookings.ts';
import { splitSections } from './split-sections.ts';

/** Labels that say this much make the sentences around them small print. */
const ENOUGH_LABELLED = 3;
const ALL_LABELLED = 5;
/** A note this short has no small print. */
const SHORT_NOTE_CHARACTERS = 200;

const LONGEST_SIGNATURE_LINES = 6;

export interface PartReading {
  readonly drafts: readonly Draft[];
  /** What the part says has happened, whatever it says about which booking. */
  readonly kind: Kind | null;
}

/** `subject`: the one that goes with this part; null when it belongs to another. */
export function readPart(
  part: MailPart,
  subject: string | null,
  labels: Labels,
  context: ReadingContext,
): PartReading {
  const lines = withoutSignature(part.lines);
  const sections = readSections(lines, labels, context);
  const { pairs, rows, used } = findLabelled(sections?.shared ?? lines, labels);
  if (sections !== null) return sharing(sections.drafts, draftOfPairs(pairs, context), subject);
  const sentences = sentencesOf(lines, used);
  const subjectKind = subject === null ? null : kindOfSubject(subject);
  const groups: (readonly Pair[])[] = rows.length > 0 ? rowGroups(rows, pairs) : splitPairs(pairs);
  const drafts = groups.map((group) => draftOfPairs(group, context));
  const single = drafts.length === 1 ? drafts[0] : undefined;
  if (single !== undefined) {
    const status = single.kind;
    const length = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
    const isSparse =
      single.labelled < ENOUGH_LABELLED || (single.labelled < ALL_LABELLED && length < SHORT_NOTE_CHARACTERS);
    fillFromSentences(single, sentences, context, isSparse);
    if (subject !== null) fillFromSubject(single, subject, context);
    single.departs ??= timeBeside(single.date, lines, context);
    if (single.guestNames.length === 0 && !isSparse) single.guestNames = nameInGreeting(sentences);
    const all = `${subject ?? ''}\n${sentences.join('\n')}`;
    single.kind = kindOf(status, strongest(single.kind, subjectKind), sentences, single.reference !== null);
    const kind = single.kind;
    // A rule of cancellation that is read as news would lose a booking.
    if (subjectKind === 'confirmed' && kind === 'cancelled' && status === null) {
      single.problems.push('The subject confirms the booking, but the text says that it is cancelled.');
    }
    return { drafts: isBooking(single, all) ? [single] : [], kind };
  }
  const told = emptyDraft();
  fillFromSentences(told, sentences, context, rows.length > 0);
  for (const draft of drafts) {
    draft.kind ??= subjectKind ?? told.kind;
    // A list's heading may say the sailing that all its rows are for.
    if (rows.length === 0 || told.problems.length > 0) continue;
    draft.date ??= told.date;
    draft.departs ??= told.date === draft.date ? told.departs : null;
    draft.vessel ??= told.vessel;
  }
  return { drafts: drafts.filter((draft) => knownFields(draft) >= 2), kind: subjectKind ?? told.kind };
}

/** Bookings that the mail numbers, each read on its own; null unless each has its day and more. */
function readSections(
  lines: readonly MailLine[],
  labels: Labels,
  context: ReadingContext,
): { drafts: Draft[]; shared: readonly MailLine[] } | null {
  const split = splitSections(lines);
  if (split === null) return null;
  const drafts = split.sections.map((section) => {
    const { pairs, used } = findLabelled(section, labels);
    const draft = draftOfPairs(pairs, context);
    fillFromSentences(draft, sentencesOf(section, used), context, true);
    const prices = pairs
      .filter(({ label }) => label === LINE_PRICE)
      .map(({ value }) => readAmount(value, context.currency));
    const sum = prices.reduce((total, { cents }) => total + (cents ?? 0), 0);
    if (draft.money.amountCents === null && sum > 0) {
      draft.money = { ...draft.money, amountCents: sum, currency: prices[0]?.currency ?? null };
    }
    return draft;
  });
  const isEach = drafts.every((draft) => draft.date !== null && knownFields(draft) >= 3);
  return isEach ? { drafts, shared: split.shared } : null;
}

/** Names, a vessel, a day around numbered bookings hold for each; references and money do not. */
function sharing(drafts: readonly Draft[], told: Draft, subject: string | null): PartReading {
  const kind = subject === null ? null : kindOfSubject(subject);
  for (const draft of drafts) {
    draft.kind ??= told.kind ?? kind;
    draft.vessel ??= told.vessel;
    if (draft.guestNames.length === 0) draft.guestNames = told.guestNames;
  }
  return { drafts, kind };
}

/** Without what stands below a line of two hyphens (RFC 3676, section 4.3), where that is short. */
function withoutSignature(lines: readonly MailLine[]): readonly MailLine[] {
  const at = lines.findIndex(({ cells }) => cells.length === 1 && cells[0] === '--');
  const isWritten = ({ cells }: MailLine) => cells.some((cell) => /\p{L}/u.test(cell));
  const isEnd = at > 0 && lines.slice(at).filter(isWritten).length <= LONGEST_SIGNATURE_LINES;
  return isEnd && lines.slice(0, at).some(isWritten) ? lines.slice(0, at) : lines;
}

/** `Sun, May 31, 2026 @ 11:00 AM`, or the time on the line below the booking's day: one that no label tells. */
function timeBeside(date: string | null, lines: readonly MailLine[], context: ReadingContext): string | null {
  if (date === null) return null;
  const texts = lines.map(({ cells }) => cells.join(' ')).filter((text) => text !== '');
  for (const [index, text] of texts.entries()) {
    const found = findDates(text).find((each) => resolveDate(each, context.dates).date === date);
    if (found === undefined || /:/.test(text.slice(0, found.start))) continue;
    const below = /^\d{1,2}(?:[:.h]\d\d|\s?[ap]m)/i.test(texts[index + 1] ?? '') ? texts[index + 1] : '';
    const { time } = readTime(`${text.slice(found.end)} ${below}`, context.locale);
    if (time !== null) return time;
  }
  return null;
}

/** A status label knows best whether a booking stands; a subject may be that of the first mail of many. */
function kindOf(
  status: Kind | null,
  said: Kind | null,
  sentences: readonly string[],
  hasReference: boolean,
): Kind | null {
  if (said === 'cancelled') return said;
  if (status === 'requested') return status;
  const text = sentences.join('\n');
  if (said === 'requested') return saysConfirmed(text) ? 'confirmed' : said;
  return said === null && onlyAsks(text, hasReference) ? 'requested' : said;
}

/** A table's rows; labels around it hold for each row that lacks them, save references, names and money. */
function rowGroups(rows: readonly (readonly Pair[])[], pairs: readonly Pair[]): Pair[][] {
  const shared = pairs.filter(({ label }) => ['date', 'vessel', 'dateTime', 'time'].includes(label.field));
  return rows.map((row) => {
    const fields = new Set(row.map((pair) => pair.label.field));
    if (fields.has('dateTime')) fields.add('date');
    return [...row, ...shared.filter((pair) => !fields.has(pair.label.field))];
  });
}

function fillFromSubject(draft: Draft, subject: string, context: ReadingContext): void {
  const reference = referenceInSubject(subject);
  draft.reference ??= reference;
  if (draft.partySize === null) draft.partySize = partyInSentence(subject).size;
  draft.vessel ??= vesselInSentence(subject, true) ?? knownVesselIn(subject, context.vessels);
  const [found] = findDates(subject);
  if (draft.date === null && found !== undefined && draft.problems.length === 0) {
    const reading = resolveDate(found, context.dates);
    draft.date = reading.date;
    if (reading.problem !== null) draft.problems.push(reading.problem);
  }
}

function isBooking(draft: Draft, text: string): boolean {
  // What can't be read for certain is said all the same.
  const known = knownFields(draft) + draft.problems.length;
  if (known === 0) return false;
  const speaks = speaksOfBooking(text) || draft.kind === 'cancelled';
  const isNamed = draft.reference !== null || draft.guestNames.length > 0;
  if (looksLikeNewsletter(text) && !isNamed) return false;
  if (draft.reference !== null) {
    if (known >= 3) return draft.labelled >= 2 || speaks;
    return known >= 2 ? speaks || draft.labelled >= 2 : draft.kind !== null && speaks;
  }
  if (!speaks && draft.labelled < 3) return false;
  return draft.date !== null || draft.problems.length > 0
    ? known >= 3 || (known >= 2 && draft.labelled >= 2)
    : draft.labelled >= 2 && known >= 3;
}

/** Whether two drafts can be one booking: no reference that differs. */
export function sameBooking(a: Draft, b: Draft): boolean {
  return (
    a.reference !== null && b.reference !== null && referenceKey(a.reference) === referenceKey(b.reference)
  );
}

/** What the part says of a booking that stands in a quote below it: any field counts, one is enough. */
export function readChange(part: MailPart, labels: Labels, context: ReadingContext): Draft {
  const { pairs, used } = findLabelled(part.lines, labels);
  const draft = draftOfPairs(pairs, context);
  fillFromSentences(draft, sentencesOf(part.lines, used), context, true);
  return draft;
}
