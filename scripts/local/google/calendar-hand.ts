/** What a person does in Google Calendar itself. Refusals are thrown as they would be answered. */
import { merged, wantedEvent } from './calendar-fields.ts';
import type { LocalCalendar, Role, Writing } from './calendar-store.ts';
import {
  changeEvent,
  eventResource,
  findEvent,
  insertEvent,
  removeEvent,
  writableResource,
} from './calendar-store.ts';
import { isDate } from './calendar-time.ts';

/** Fields of Google's event resource; `null` removes. */
export interface PersonsChanges {
  readonly summary?: string | null;
  readonly location?: string | null;
  readonly description?: string | null;
  /** `2026-05-14`: all-day. `2026-05-14T17:30:00`: by the clocks of `timeZone`. Or with an offset, or `Z`. */
  readonly start?: string;
  /** Exclusive: of an all-day event the day after its last. */
  readonly end?: string;
  /** IANA; default the calendar's. */
  readonly timeZone?: string;
  /** `RRULE:FREQ=WEEKLY;COUNT=4`, `EXDATE:20260521T213000Z` */
  readonly recurrence?: readonly string[];
  readonly status?: 'confirmed' | 'tentative';
  readonly transparency?: 'opaque' | 'transparent';
  readonly eventType?: 'default' | 'birthday' | 'focusTime' | 'fromGmail' | 'outOfOffice' | 'workingLocation';
  readonly attendees?: readonly {
    readonly email: string;
    readonly self?: boolean;
    readonly responseStatus?: 'needsAction' | 'declined' | 'tentative' | 'accepted';
  }[];
  readonly extendedProperties?: {
    readonly private?: Readonly<Record<string, string | null>>;
    readonly shared?: Readonly<Record<string, string | null>>;
  };
}

export interface PersonsEvent extends PersonsChanges {
  readonly summary: string;
  readonly start: string;
  readonly end: string;
  readonly id?: string;
  /** Default the person's own. */
  readonly calendarId?: string;
}

/** Google's event resource, whole, also of a deleted event. */
export interface LocalEvent extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  readonly etag: string;
  readonly created: string;
  readonly updated: string;
  readonly sequence: number;
  readonly summary?: string;
  readonly location?: string;
  readonly description?: string;
  readonly start: { readonly date?: string; readonly dateTime?: string; readonly timeZone?: string };
  readonly end: { readonly date?: string; readonly dateTime?: string; readonly timeZone?: string };
  readonly recurrence?: readonly string[];
  readonly recurringEventId?: string;
  readonly extendedProperties?: { readonly private?: Readonly<Record<string, string>> };
}

export interface CalendarHand {
  /** @returns the event's id */
  add(event: PersonsEvent): string;
  /** Of an instance (`id_20260514T213000Z`) that one only. `status: 'confirmed'` brings a deleted one back. */
  edit(id: string, changes: PersonsChanges, calendarId?: string): void;
  remove(id: string, calendarId?: string): void;
  /** All that were ever there, in the order of their making: recurring ones once, their changed instances beside them. */
  events(calendarId?: string): readonly LocalEvent[];
  makeCalendar(id: string, name: string, more?: { readonly timeZone?: string }): void;
  /** @param role null: no longer shared */
  share(calendarId: string, email: string, role: Role | null): void;
  removeCalendar(id: string): void;
}

/** The same from another thread. */
export type RemoteHand = {
  readonly [Verb in keyof CalendarHand]: (
    ...args: Parameters<CalendarHand[Verb]>
  ) => Promise<ReturnType<CalendarHand[Verb]>>;
};

/** @param ask does one thing with the person's hand in the other thread */
export function remoteHand(
  ask: (verb: keyof CalendarHand, args: readonly unknown[]) => Promise<unknown>,
): RemoteHand {
  const verb =
    (name: keyof CalendarHand) =>
    (...args: readonly unknown[]) =>
      ask(name, args);
  return {
    add: verb('add'),
    edit: verb('edit'),
    remove: verb('remove'),
    events: verb('events'),
    makeCalendar: verb('makeCalendar'),
    share: verb('share'),
    removeCalendar: verb('removeCalendar'),
  } as RemoteHand;
}

export interface HandParts {
  /** @throws GoogleFailure for one that the person can't write to */
  calendar(id: string | undefined): LocalCalendar;
  writing(calendar: LocalCalendar): Writing;
  make(id: string, name: string, timeZone: string | undefined): void;
  remove(id: string): void;
}

export function calendarHand(email: string, parts: HandParts): CalendarHand {
  const eventNamed = (calendar: LocalCalendar, id: string) => {
    const event = findEvent(calendar, id);
    if (!event) throw new Error(`There is no event ${id} in ${calendar.id}.`);
    return event;
  };
  return {
    add({ calendarId, ...event }) {
      const calendar = parts.calendar(calendarId);
      return insertEvent(
        parts.writing(calendar),
        wantedEvent(merged({}, bodyOf(event, calendar)), calendar.timeZone),
      ).id;
    },
    edit(id, changes, calendarId) {
      const calendar = parts.calendar(calendarId);
      const event = eventNamed(calendar, id);
      const resource = merged(writableResource(event, calendar.timeZone), bodyOf(changes, calendar));
      changeEvent(parts.writing(calendar), event, wantedEvent(resource, calendar.timeZone));
    },
    remove(id, calendarId) {
      const calendar = parts.calendar(calendarId);
      removeEvent(parts.writing(calendar), eventNamed(calendar, id));
    },
    events(calendarId) {
      const calendar = parts.calendar(calendarId);
      return [...calendar.events.values()].map(
        (event) => eventResource(calendar, event, email) as LocalEvent,
      );
    },
    makeCalendar: (id, name, more) => parts.make(id, name, more?.timeZone),
    share(calendarId, withEmail, role) {
      const { roles } = parts.calendar(calendarId);
      if (role === null) roles.delete(withEmail.toLowerCase());
      else roles.set(withEmail.toLowerCase(), role);
    },
    removeCalendar: (id) => parts.remove(id),
  };
}

/** As a patch would have it. */
function bodyOf(
  { start, end, timeZone, ...same }: PersonsChanges,
  calendar: LocalCalendar,
): Readonly<Record<string, unknown>> {
  const moment = (text: string): Readonly<Record<string, unknown>> =>
    isDate(text)
      ? { date: text, dateTime: null, timeZone: null }
      : { date: null, dateTime: text, timeZone: timeZone ?? calendar.timeZone };
  return {
    ...same,
    ...(start === undefined ? {} : { start: moment(start) }),
    ...(end === undefined ? {} : { end: moment(end) }),
  };
}
