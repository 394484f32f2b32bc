/** What has to be written so that a calendar follows the ledger. Pure: the same in, the same out. */
import type { CalendarEntry } from '../statement/calendar-entry.ts';
import { compareText } from '../statement/charter.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import type { IsoDate, Month } from '../statement/month.ts';
import { addMonths, monthOf } from '../statement/month.ts';
import { contentHash } from './event-body.ts';
import type { EventContent } from './event-content.ts';
import { charterKey, eventIdOf, eventIdsOf } from './event-id.ts';

/** `revive`: an event that was deleted is confirmed again; whatever its etag has become. */
export type Write =
  | {
      readonly kind: 'insert';
      readonly eventId: string;
      readonly charterId: string;
      readonly content: EventContent;
    }
  | {
      readonly kind: 'patch' | 'revive';
      readonly eventId: string;
      readonly charterId: string;
      readonly content: EventContent;
      /** Null: the replica has none. */
      readonly entry: CalendarEntry | null;
    }
  | {
      readonly kind: 'cancel';
      readonly eventId: string;
      readonly charterId: string;
      readonly entry: CalendarEntry;
    };

/** Cancelling that waits for a person. */
export interface Held {
  readonly count: number;
  /** SHA-256 of the sorted event ids: who confirms it confirms these and no others. */
  readonly digest: string;
}

export interface WritePlan {
  /** Nearest to today first. */
  readonly writes: readonly Write[];
  readonly held: Held | null;
  /** How many more there are than `room` had place for. */
  readonly left: number;
  /** Ids of events whose entries go without a call: a person deleted them, and their charters are wanted no more. */
  readonly forget: readonly string[];
}

export interface PlanContext {
  /** As `eventIdOf` takes it. */
  readonly calendarOwnId: string;
  /** The slice's. */
  readonly months: readonly Month[];
  /** The slice's. */
  readonly sure: readonly Month[];
  /** Charters of which nobody knows whether they sail. */
  readonly protectedIds: ReadonlySet<string>;
  /** Charters that the slice has by date, sailing or not. */
  readonly knownIds: ReadonlySet<string>;
  /** The workbook's day of an ISO 8601 instant. */
  dayOf(instant: string): IsoDate;
  /** The digest that a person confirmed. */
  readonly allowed: string | null;
  /** How many writes may go out. */
  readonly room: number;
  readonly todayMs: number;
}

const MOST_CANCELLED = 10;
const LARGEST_SHARE = 0.2;

/**
 * An event that a person changed or deleted is left so until the ledger says something else of its charter. Of two that
 * stand for one charter, such as after a person took one out of the bin, the earlier id stays.
 * @param entries of this calendar; those of other kinds than `charter` are passed over
 */
export function planWrites(
  entries: readonly CalendarEntry[],
  wanted: ReadonlyMap<string, EventContent>,
  context: PlanContext,
): WritePlan {
  const own = entries.filter(({ kind }) => kind === 'charter');
  const entryOf = new Map(own.map((entry) => [entry.eventId, entry]));
  // By the event's id: a tab may not hold a charter's id to the letter.
  const idsOf = idsIn(own, context.calendarOwnId);
  const spare: CalendarEntry[] = [];
  const changes = [...wanted].flatMap(([charterId, content]) => {
    const eventIds = idsOf(charterId);
    const there = eventIds.flatMap((id) => entryOf.get(id) ?? []);
    const entry = there.find(isStanding) ?? there[there.length - 1];
    spare.push(...there.filter((one) => one !== entry));
    for (const id of eventIds) entryOf.delete(id);
    return changeOf(entry?.eventId ?? eventIdOf(context.calendarOwnId, charterId), content, entry);
  });
  const kept = new Set([...context.protectedIds].flatMap(idsOf));
  const known = keysOf(context.knownIds);
  const monthAt = ({ start, allDay }: CalendarEntry): Month => monthOf(allDay ? start : context.dayOf(start));
  const isSurelyGone = (entry: CalendarEntry): boolean =>
    context.sure.includes(monthAt(entry)) && isAmong(context.months, monthAt(entry), entry.edit !== 'none');
  const unwanted = [...entryOf.values()].filter(
    (entry) =>
      entry.charterId !== null &&
      !kept.has(entry.eventId) &&
      // A person may have moved the event of another month's charter across the slice's edge.
      (known.has(entry.charterId) || isSurelyGone(entry)),
  );
  const cancelled = unwanted.filter(isStanding);
  const standing = own.filter((entry) => isStanding(entry) && context.months.includes(monthAt(entry)));
  const held = heldBack(cancelled, new Set([...standing, ...cancelled]).size, context.allowed);

  // A charter loses nothing when its second event goes.
  const cancelledNow = [...spare.filter(isStanding), ...(held === null ? cancelled : [])];
  const writes = [...changes, ...cancelledNow.map(cancelOf)].sort(
    (a, b) =>
      Math.abs(startMsOf(a) - context.todayMs) - Math.abs(startMsOf(b) - context.todayMs) ||
      compareText(a.eventId, b.eventId),
  );
  const room = Math.max(0, context.room);
  return {
    writes: writes.slice(0, room),
    held,
    left: Math.max(0, writes.length - room),
    forget: [...unwanted, ...spare].filter((entry) => !isStanding(entry)).map(({ eventId }) => eventId),
  };
}

/** The ids that a charter's event may have in this calendar: the first one, unless some entry has a later one. */
function idsIn(
  own: readonly CalendarEntry[],
  calendarOwnId: string,
): (charterId: string) => readonly string[] {
  const isFirst = ({ eventId, charterId }: CalendarEntry): boolean =>
    eventIdOf(calendarOwnId, charterId ?? '') === eventId;
  return own.every(isFirst)
    ? (charterId) => [eventIdOf(calendarOwnId, charterId)]
    : (charterId) => eventIdsOf(calendarOwnId, charterId);
}

function keysOf(charterIds: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...charterIds].map(charterKey));
}

function isStanding({ edit }: CalendarEntry): boolean {
  return edit !== 'deleted';
}

function changeOf(
  eventId: string,
  content: EventContent,
  entry: CalendarEntry | undefined,
): readonly Write[] {
  const { charterId } = content;
  if (entry === undefined) return [{ kind: 'insert', eventId, charterId, content }];
  if (entry.contentHash === contentHash(content)) return [];
  return [{ kind: isStanding(entry) ? 'patch' : 'revive', eventId, charterId, content, entry }];
}

function cancelOf(entry: CalendarEntry): Write {
  return { kind: 'cancel', eventId: entry.eventId, charterId: entry.charterId ?? '', entry };
}

/** @param margin the months beside it too */
function isAmong(months: readonly Month[], month: Month, margin: boolean): boolean {
  const needed = margin ? [addMonths(month, -1), month, addMonths(month, 1)] : [month];
  return needed.every((one) => months.includes(one));
}

/** Null: so few that nobody is asked, or a person has said yes to these very ones. */
function heldBack(
  cancelled: readonly CalendarEntry[],
  standing: number,
  allowed: string | null,
): Held | null {
  const count = cancelled.length;
  const asks = count > MOST_CANCELLED || (count > 1 && count > standing * LARGEST_SHARE);
  if (!asks) return null;
  const ids = cancelled.map(({ eventId }) => eventId).sort();
  const digest = sha256Hex(ids.join('\n'));
  return digest === allowed ? null : { count, digest };
}

function startMsOf(write: Write): number {
  return write.kind === 'cancel' ? Date.parse(write.entry.start) : write.content.startMs;
}
