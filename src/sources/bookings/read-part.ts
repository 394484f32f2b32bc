/** One part of a mail to drafts of the bookings that it speaks of. */
import type { Draft, ReadingContext } from './booking-draft.ts';
import { draftOfPairs, emptyDraft, knownFields } from './booking-draft.ts';
import { findLabelled } from './label-pairs.ts';
import type { Labels, Pair } from './labels.ts';
import type { Kind } from './mail-kind.ts';
import { kindOfSubject, looksLikeNewsletter, onlyAsks, speaksOfBooking } from './mail-kind.ts';
import type { MailPart } from './mail-parts.ts';
import { findDates, resolveDate } from './read-date.ts';
import { partyInSentence } from './read-party.ts';
import { fillFromSentences, nameInGreeting, strongest } from './read-prose.ts';
import { referenceInSubject, referenceKey } from './read-reference.ts';
import { knownVesselIn, vesselInSentence } from './read-vessel.ts';
import { sentencesOf } from './sentences.ts';
import { splitPairs } from './split-bookings.ts';

/** Labels that say this much make the sentences around them small print. */
const ENOUGH_LABELLED = 3;
const ALL_LABELLED = 5;
/** A note this short has no small print. */
const SHORT_NOTE_CHARACTERS = 200;

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
  const { pairs, rows, used } = findLabelled(part.lines, labels);
  const sentences = sentencesOf(part.lines, used);
  const subjectKind = subject === null ? null : kindOfSubject(subject);
  const groups: (readonly Pair[])[] = rows.length > 0 ? rowGroups(rows, pairs) : splitPairs(pairs);
  const drafts = groups.map((group) => draftOfPairs(group, context));
  const single = drafts.length === 1 ? drafts[0] : undefined;
  if (single !== undefined) {
    const length = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
    const isSparse =
      single.labelled < ENOUGH_LABELLED || (single.labelled < ALL_LABELLED && length < SHORT_NOTE_CHARACTERS);
    fillFromSentences(single, sentences, context, isSparse);
    if (subject !== null) fillFromSubject(single, subject, context);
    if (single.guestNames.length === 0 && !isSparse) single.guestNames = nameInGreeting(sentences);
    single.kind = strongest(single.kind, subjectKind);
    const kind = single.kind;
    const all = `${subject ?? ''}\n${sentences.join('\n')}`;
    if (single.reference === null && single.kind === null && onlyAsks(all)) {
      single.problems.push('The mail asks about a booking and confirms none.');
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

/** A table's rows; labels around it hold for each row that lacks them, save references, names and money. */
function rowGroups(rows: readonly (readonly Pair[])[], pairs: readonly Pair[]): Pair[][] {
  const shared = pairs.filter(
    ({ label }) => label.field === 'date' || label.field === 'vessel' || label.field === 'dateTime',
  );
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
  const known = knownFields(draft);
  if (known === 0) return false;
  const isNamed = draft.reference !== null || draft.guestNames.length > 0;
  if (looksLikeNewsletter(text) && !isNamed) return false;
  if (draft.reference !== null) {
    if (known >= 3) return draft.labelled >= 2 || speaksOfBooking(text);
    return known >= 2
      ? speaksOfBooking(text) || draft.labelled >= 2
      : draft.kind !== null && speaksOfBooking(text);
  }
  if (!speaksOfBooking(text) && draft.labelled < 3) return false;
  return draft.date !== null
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
