/** Events as Google answers them, for one person's calendar. */
import { CHARTER_PROPERTY, contentHash, HASH_PROPERTY } from '../../src/calendar/event-body.ts';
import type { EventContent } from '../../src/calendar/event-content.ts';
import { eventIdOf } from '../../src/calendar/event-id.ts';
import type { EntryPlace } from '../../src/calendar/own-entry.ts';
import type { CalendarEvent } from '../../src/clients/google/calendar-event.ts';

export const MARA: EntryPlace = {
  account: 'mara@harbor.example',
  calendarId: 'primary',
  calendarOwnId: 'mara@harbor.example',
};

export function event(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    id: 'e1',
    status: 'confirmed',
    etag: '"1"',
    summary: 'Osprey sunset',
    location: '',
    description: 'Bring the red jacket',
    start: { dateTime: '2026-05-14T17:30:00-04:00', timeZone: 'America/New_York' },
    end: { dateTime: '2026-05-14T19:30:00-04:00', timeZone: 'America/New_York' },
    created: '2026-05-01T12:00:00.000Z',
    htmlLink: 'https://www.google.com/calendar/event?eid=x',
    eventType: 'default',
    transparency: 'opaque',
    recurringEventId: null,
    originalStart: null,
    selfResponse: null,
    privateProperties: {},
    ...changes,
  };
}

/** Of a deleted event Google tells the id and not much more. */
export function tombstone(id: string): CalendarEvent {
  return event({
    id,
    status: 'cancelled',
    summary: '',
    description: '',
    start: null,
    end: null,
    created: '',
  });
}

/** Purser's own event of a charter that lasts two hours. */
export function ownEvent(
  charterId: string,
  start = '2026-05-14T21:30:00Z',
  changes: Partial<CalendarEvent> = {},
): CalendarEvent {
  const startMs = Date.parse(start);
  const content: EventContent = {
    workbook: 'workbook-1',
    charterId,
    title: 'Osprey: 12 guests',
    location: 'Osprey',
    description: charterId,
    startMs,
    endMs: startMs + 7_200_000,
    timeZone: 'America/New_York',
    link: null,
  };
  return event({
    id: eventIdOf(MARA.calendarOwnId, charterId),
    summary: content.title,
    location: content.location,
    description: content.description,
    start: { dateTime: start },
    end: { dateTime: new Date(content.endMs).toISOString() },
    privateProperties: { [CHARTER_PROPERTY]: charterId, [HASH_PROPERTY]: contentHash(content) },
    ...changes,
  });
}
