/** All calendars with what stands in them, for a page that shows them to a person. */
import type { LocalCalendar } from './calendar-store.ts';
import { eventResource, instances } from './calendar-store.ts';
import { momentMs } from './calendar-time.ts';

export interface CalendarLook {
  readonly id: string;
  readonly name: string;
  /** Address of whose it is. */
  readonly owner: string;
  /** Recurring ones by their dates. */
  readonly events: readonly LookedEvent[];
}

export interface LookedEvent {
  readonly id: string;
  readonly title: string;
  readonly where: string;
  /** ISO 8601 with its offset; of an all-day event a date. */
  readonly start: string;
  /** Of an all-day event the day after its last. */
  readonly end: string;
  readonly allDay: boolean;
  readonly deleted: boolean;
  readonly repeats: boolean;
  readonly privateProperties: Readonly<Record<string, string>>;
}

/** What begins before `untilMs` and ends after `fromMs`, deleted events too. */
export function lookAt(calendar: LocalCalendar, fromMs: number, untilMs: number): CalendarLook {
  const owner = [...calendar.roles].find(([, role]) => role === 'owner')?.[0] ?? '';
  const singles = [...calendar.events.values()].filter(({ instanceOf }) => instanceOf === null);
  const events = singles.flatMap((event) => {
    const isGone = event.status === 'cancelled';
    return instances(calendar, event, untilMs)
      .filter(
        ({ start, end }) =>
          momentMs(start, calendar.timeZone) < untilMs && momentMs(end, calendar.timeZone) > fromMs,
      )
      .map((one): LookedEvent => {
        const shown = eventResource(calendar, one, owner) as Resource;
        return {
          id: one.id,
          title: shown.summary ?? '',
          where: shown.location ?? '',
          start: shown.start.dateTime ?? shown.start.date ?? '',
          end: shown.end.dateTime ?? shown.end.date ?? '',
          allDay: shown.start.dateTime === undefined,
          deleted: isGone || one.status === 'cancelled',
          repeats: event.recurrence.length > 0,
          privateProperties: shown.extendedProperties?.private ?? {},
        };
      });
  });
  return { id: calendar.id, name: calendar.name, owner, events };
}

interface Time {
  readonly date?: string;
  readonly dateTime?: string;
}

interface Resource extends Readonly<Record<string, unknown>> {
  readonly summary?: string;
  readonly location?: string;
  readonly start: Time;
  readonly end: Time;
  readonly extendedProperties?: { readonly private?: Readonly<Record<string, string>> };
}
