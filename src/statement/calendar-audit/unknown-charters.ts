/** Completed charters that nobody had in a calendar: `charter-not-on-calendar`. */
import { foldAddress } from '../address.ts';
import type { CalendarEntry, WatchedCalendar } from '../calendar-entry.ts';
import type { Charter } from '../charter.ts';
import { nameOf } from '../evidence-audit/question.ts';
import type { FindingDraft } from '../findings.ts';
import { cut } from '../short-text.ts';
import type { CalendarQuestion } from './question.ts';
import { calendarWords, isSameCalendar, listed, startOf } from './question.ts';

/** More, and more than half: it is not single charters that are wrong. */
const MOST_ONE_BY_ONE = 5;
/** Entries are kept for 100 days; a calendar says nothing of what is nearly as old. */
const EVIDENCE_DAYS = 97;
const DAY_MS = 86_400_000;

export function unknownCharterFindings(question: CalendarQuestion): FindingDraft[] {
  if (question.evidence.isPartial) return [];
  const counted = question.charters.filter(({ id }) => question.counted.has(id));
  const witnesses = question.watched.map((watched) => witnessOf(watched, question, counted));
  const known = knownIds(question);
  const isAskedOf = (some: readonly Witness[], { id }: Charter): boolean =>
    some.some(({ asked }) => asked.has(id));
  const [kept, gappy] = [witnesses.filter((one) => !isGappy(one)), witnesses.filter(isGappy)];
  const missed = counted.filter((charter) => isAskedOf(kept, charter) && !known.has(charter.id));
  const doubtful = counted.filter((charter) => isAskedOf(gappy, charter) && !isAskedOf(kept, charter));
  return [
    ...missed.map(
      (charter): FindingDraft => ({
        code: 'charter-not-on-calendar',
        charterId: charter.id,
        message: `${nameOf(charter)} is completed in the ledger, but it was in no calendar that Purser reads: nobody had it in theirs, and Purser had not written it there before it sailed. See that it did sail, on that day and at that time; if so, accept this.`,
      }),
    ),
    ...gappyDrafts(gappy, doubtful, known),
  ];
}

/** A calendar that lacks most says more of itself than of the ledger: one finding for all, which keeps nothing back. */
function gappyDrafts(
  gappy: readonly Witness[],
  asked: readonly Charter[],
  known: ReadonlySet<string>,
): FindingDraft[] {
  const unknown = asked.filter(({ id }) => !known.has(id));
  if (unknown.length === 0) return [];
  const whose = calendarWords(gappy.map(({ watched }) => watched));
  return [
    {
      code: 'charter-not-on-calendar',
      severity: 'info',
      message: `${unknown.length} of ${asked.length} completed charters that only ${whose} could tell of were in no calendar that Purser reads: ${listed(unknown.map(({ id }) => cut(id, 40)))}. Where most are missing, the calendar is more often incomplete than the ledger is wrong: see in “Connected accounts…” and in the setting “Charters calendar” whether the right ones are read.`,
    },
  ];
}

interface Witness {
  readonly watched: WatchedCalendar;
  /** Ids of the charters that it would have. */
  readonly asked: ReadonlySet<string>;
  /** How many of them it lacks. */
  readonly lacks: number;
}

function isGappy({ asked, lacks }: Witness): boolean {
  return lacks > MOST_ONE_BY_ONE && lacks * 2 > asked.size;
}

function witnessOf(
  watched: WatchedCalendar,
  question: CalendarQuestion,
  counted: readonly Charter[],
): Witness {
  const asked = new Set(counted.filter(couldKnow(watched, question)).map(({ id }) => id));
  const has = knownIds(question, watched);
  return { watched, asked, lacks: [...asked].filter((id) => !has.has(id)).length };
}

/**
 * By a person's event, whenever it was made; by Purser's own only if it stood there before the charter was over.
 * @param only the calendar that is looked into; default: all
 */
function knownIds(question: CalendarQuestion, only?: WatchedCalendar): ReadonlySet<string> {
  const isThere = (entry: CalendarEntry): boolean => only === undefined || isSameCalendar(entry, only);
  const known = new Set([...question.meant].flatMap(([trip, ids]) => (isThere(trip) ? ids : [])));
  for (const { charterId, createdAt } of question.own.filter(isThere)) {
    const charter = question.charterOf.get(charterId ?? '');
    if (charter === undefined) continue;
    const isLate = Date.parse(createdAt) >= startOf(question, charter) + question.durationMs;
    // Google need not say when; nobody is accused of what is not known.
    if (!isLate) known.add(charter.id);
  }
  return known;
}

/** Whether a charter would be in that calendar: its crew's, or anybody's who is no crew, in the time that it was read. */
function couldKnow(watched: WatchedCalendar, question: CalendarQuestion): (charter: Charter) => boolean {
  const { roster, own, charters } = question;
  const ids = new Set(
    [...roster.values()]
      .filter(({ email }) => foldAddress(email.trim()) === foldAddress(watched.account))
      .map(({ id }) => id),
  );
  const sails = ({ crewIds }: Charter): boolean => crewIds.some((id) => ids.has(id));
  const written = new Set(
    own.filter((one) => isSameCalendar(one, watched)).map(({ charterId }) => charterId),
  );
  // A captain may own the company's calendar: others' charters are written there too.
  const isForAll = ids.size === 0 || charters.some((charter) => written.has(charter.id) && !sails(charter));
  const readMs = Date.parse(watched.readAt);
  const begun = question.evidence.begun.find((one) => isSameCalendar(one, watched));
  const begunMs = begun === undefined ? -Infinity : Date.parse(begun.since);
  return (charter) => {
    const startMs = startOf(question, charter);
    const isInTime =
      charter.date >= watched.from && startMs <= readMs && startMs >= readMs - EVIDENCE_DAYS * DAY_MS;
    const isBefore = startMs + question.durationMs <= begunMs;
    return isInTime && !isBefore && (isForAll || sails(charter));
  };
}
