/** What a calendar's entries are once it was read: in full, or what has changed since. */
import type { CalendarEvent } from '../clients/google/calendar-event.ts';
import type { CalendarEntry } from '../statement/calendar-entry.ts';
import type { SailingClock } from '../statement/calendar-matching.ts';
import type { IsoDate } from '../statement/month.ts';
import type { EntryReader } from './read-entries.ts';

const DAY_MS = 86_400_000;
/** An audit of last month, corrected once or twice, still finds its evidence. */
const KEPT_DAYS = 100;
const BUSY_KEPT_DAYS = 7;

export interface MergeContext {
  readonly read: EntryReader;
  /** Days that the list goes over, in the workbook's zone; the end is exclusive. */
  readonly span: { readonly from: IsoDate; readonly until: IsoDate };
  readonly clock: Pick<SailingClock, 'instantOf'>;
  /** Whether Purser itself was deleting that event: that it is gone is no person's doing. */
  isCancelling(eventId: string): boolean;
}

/**
 * After a full list, which has no word of deleted events
 * (developers.google.com/workspace/calendar/api/guides/sync): what stands in its span and is not listed is gone. Of a
 * charter's event that means that a person deleted it. Entries outside of the span stay as they are.
 */
export function mergeFull(
  known: readonly CalendarEntry[],
  listed: readonly CalendarEvent[],
  context: MergeContext,
): readonly CalendarEntry[] {
  const ids = new Set(listed.map(({ id }) => id));
  const staying = known.flatMap((entry) => {
    // Of an all-day event's edges the calendar's own zone decides, which may be another one.
    const marginMs = entry.allDay ? DAY_MS : 0;
    return ids.has(entry.eventId) || !isInSpan(entry, context, marginMs) ? [entry] : deleted(entry, context);
  });
  return withEvents(staying, listed, context, () => true);
}

/**
 * After a list of changes. It may tell of any day, whatever the first list was limited to: an event outside of the span
 * counts only where it has an entry. A recurring event that is deleted takes its instances along.
 */
export function mergeChanges(
  known: readonly CalendarEntry[],
  changed: readonly CalendarEvent[],
  context: MergeContext,
): readonly CalendarEntry[] {
  const gone = new Set(changed.filter(({ status }) => status === 'cancelled').map(({ id }) => id));
  const staying = known.filter(({ eventId }) => {
    const series = seriesOf(eventId);
    return series === null || !gone.has(series);
  });
  return withEvents(staying, changed, context, (entry) => isInSpan(entry, context, 0));
}

/** Without what is too old: busy times after a week, anything else once no audit asks for it. */
export function aged(entries: readonly CalendarEntry[], todayMs: number): readonly CalendarEntry[] {
  return entries.filter(({ kind, end }) => {
    const keptDays = kind === 'busy' ? BUSY_KEPT_DAYS : KEPT_DAYS;
    return !(Date.parse(end) < todayMs - keptDays * DAY_MS);
  });
}

/** @param isNew whether an entry that was none yet counts */
function withEvents(
  entries: readonly CalendarEntry[],
  events: readonly CalendarEvent[],
  context: MergeContext,
  isNew: (entry: CalendarEntry) => boolean,
): readonly CalendarEntry[] {
  const byId = new Map(entries.map((entry) => [entry.eventId, entry]));
  for (const event of events) {
    const known = byId.get(event.id) ?? null;
    const isOurDoing = event.status === 'cancelled' && context.isCancelling(event.id);
    const entry = isOurDoing ? null : context.read(event, known);
    if (entry !== null && (known !== null || isNew(entry))) byId.set(event.id, entry);
    else byId.delete(event.id);
  }
  return [...byId.values()];
}

function deleted(entry: CalendarEntry, { isCancelling }: MergeContext): CalendarEntry[] {
  if (entry.kind !== 'charter' || isCancelling(entry.eventId)) return [];
  return [{ ...entry, status: 'cancelled', edit: 'deleted' }];
}

/** As Google lists it: events that end after the span begins and begin before it ends (…/reference/events/list). */
function isInSpan(
  { start, end, allDay }: CalendarEntry,
  { span, clock }: MergeContext,
  marginMs: number,
): boolean {
  const msOf = (text: string): number => (allDay ? clock.instantOf(text, '00:00') : Date.parse(text));
  return (
    msOf(end) > clock.instantOf(span.from, '00:00') + marginMs &&
    msOf(start) < clock.instantOf(span.until, '00:00') - marginMs
  );
}

/** Of an instance, the id of the recurring event: `abc_20260514T213000Z` → `abc`; null for any other id. */
function seriesOf(eventId: string): string | null {
  return /^(.+)_\d{8}(?:T\d{6}Z)?$/.exec(eventId)?.[1] ?? null;
}
