/** Purser's own events, as the replica has them. */
import type { CalendarEvent } from '../clients/google/calendar-event.ts';
import type { CalendarEntry } from '../statement/calendar-entry.ts';
import { CHARTER_PROPERTY, HASH_PROPERTY, hashAsRead } from './event-body.ts';
import { isEventIdOf } from './event-id.ts';

/** Where an event was read. */
export interface EntryPlace {
  readonly account: string;
  /** As the target has it: perhaps `primary`. */
  readonly calendarId: string;
  /** As `eventIdOf` takes it. */
  readonly calendarOwnId: string;
}

/**
 * The entry of an event that Purser wrote; null for any other, such as a person's copy of one, whose id is another. A
 * cancelled event was deleted by a person when it has an entry; else by Purser, which then took the entry away.
 * @param known its entry until now: of a deleted event Google tells no more than the id for sure
 *   (developers.google.com/workspace/calendar/api/v3/reference/events#status)
 */
export function ownEntry(
  event: CalendarEvent,
  { account, calendarId, calendarOwnId }: EntryPlace,
  known: CalendarEntry | null,
): CalendarEntry | null {
  const { id, status, start, end, etag, privateProperties } = event;
  if (status === 'cancelled') {
    return known?.kind === 'charter' ? { ...known, status, edit: 'deleted', etag } : null;
  }
  const charterId = privateProperties[CHARTER_PROPERTY] ?? '';
  const contentHash = privateProperties[HASH_PROPERTY] ?? '';
  if (charterId === '' || !isEventIdOf(id, calendarOwnId, charterId)) return null;
  const from = start?.dateTime ?? start?.date;
  const until = end?.dateTime ?? end?.date;
  if (from === undefined || until === undefined) return null;
  return {
    account,
    calendarId,
    eventId: id,
    kind: 'charter',
    title: event.summary,
    start: from,
    end: until,
    allDay: start?.dateTime === undefined,
    zone: start?.timeZone ?? '',
    status,
    charterId,
    edit: hashAsRead(event) === contentHash ? 'none' : 'edited',
    createdAt: event.created,
    contentHash,
    etag,
  };
}
