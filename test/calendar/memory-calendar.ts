/** One calendar in memory, written to as a sync writes, and a person's hand in it. */
import { changedBody, eventBody } from '../../src/calendar/event-body.ts';
import { ownEntry } from '../../src/calendar/own-entry.ts';
import type { Write } from '../../src/calendar/plan-writes.ts';
import type { CalendarEvent } from '../../src/clients/google/calendar-event.ts';
import type { CalendarEntry } from '../../src/statement/calendar-entry.ts';

export const PLACE = {
  account: 'tom@example.com',
  calendarId: 'primary',
  calendarOwnId: 'tom@example.com',
} as const;

export function anEvent(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  return {
    id: 'theirs',
    status: 'confirmed',
    etag: '"1"',
    summary: 'Dentist',
    location: '',
    description: '',
    start: { dateTime: '2026-05-14T17:30:00-04:00' },
    end: { dateTime: '2026-05-14T18:30:00-04:00' },
    created: '2026-05-01T10:00:00.000Z',
    htmlLink: '',
    eventType: 'default',
    transparency: 'opaque',
    recurringEventId: null,
    originalStart: null,
    selfResponse: null,
    privateProperties: {},
    ...changes,
  };
}

export interface MemoryCalendar {
  readonly events: Map<string, CalendarEvent>;
  /** The replica, by event id. */
  readonly entries: Map<string, CalendarEntry>;
  /** Does what a sync does with a plan. */
  carryOut(writes: readonly Write[], forget: readonly string[]): void;
  /** As a person changes it; null deletes. Nothing happens to an event that does not stand. */
  touch(eventId: string, changes: Partial<CalendarEvent> | null): void;
  /** Reads what changed, or all of it: a full list has no cancelled events. */
  read(full: boolean): void;
}

export function memoryCalendar(): MemoryCalendar {
  const events = new Map<string, CalendarEvent>();
  const entries = new Map<string, CalendarEntry>();
  const unread = new Set<string>();

  const keep = (event: CalendarEvent): void => {
    const entry = ownEntry(event, PLACE, entries.get(event.id) ?? null);
    if (entry !== null) entries.set(event.id, entry);
  };
  const store = (event: CalendarEvent): void => {
    events.set(event.id, event);
    unread.add(event.id);
    keep(event);
  };
  const write = (one: Write): void => {
    const there = events.get(one.eventId);
    if (one.kind === 'cancel') {
      if (there !== undefined) events.set(one.eventId, { ...there, status: 'cancelled' });
      unread.add(one.eventId);
      entries.delete(one.eventId);
    } else if (one.kind === 'insert' && there !== undefined) {
      if (there.status === 'cancelled') write({ ...one, kind: 'revive', entry: null });
      else keep(there);
    } else {
      const { id = one.eventId, ...body } = {
        ...eventBody(one.eventId, one.content),
        ...changedBody(one.content),
      };
      const { extendedProperties, source: _source, start, end, ...same } = body;
      store({
        ...anEvent({ id }),
        ...same,
        start: { dateTime: start.dateTime, timeZone: start.timeZone },
        end: { dateTime: end.dateTime, timeZone: end.timeZone },
        privateProperties: extendedProperties.private,
      });
    }
  };
  return {
    events,
    entries,
    carryOut: (writes, forget) => {
      for (const one of writes) write(one);
      for (const eventId of forget) entries.delete(eventId);
    },
    touch: (eventId, changes) => {
      const event = events.get(eventId);
      if (event?.status !== 'confirmed') return;
      unread.add(eventId);
      events.set(eventId, { ...event, ...(changes ?? { status: 'cancelled' }) });
    },
    read: (full) => {
      for (const event of events.values()) {
        const known = entries.get(event.id);
        if (!full && !unread.has(event.id)) continue;
        if (!full || event.status !== 'cancelled') keep(event);
        else if (known !== undefined)
          entries.set(event.id, { ...known, edit: 'deleted', status: 'cancelled' });
      }
      unread.clear();
    },
  };
}
