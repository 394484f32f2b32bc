/** An event as Calendar v3 has it (developers.google.com/workspace/calendar/api/v3/reference/events). */
import * as v from 'valibot';

/** What is asked of an event: all that `CalendarEvent` is made of, and no word of anybody's guests. */
export const EVENT_FIELDS =
  'id,status,etag,summary,location,description,start,end,created,htmlLink,eventType,transparency,recurringEventId,originalStartTime,attendees(self,responseStatus),extendedProperties/private';

const Time = v.object({
  /** Of an all-day event: `2026-05-14`. */
  date: v.optional(v.pipe(v.string(), v.isoDate())),
  /** With an offset: `2026-05-14T17:30:00-04:00`. */
  dateTime: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => Number.isFinite(Date.parse(text))),
    ),
  ),
  /** An IANA zone; of a single event often none. */
  timeZone: v.optional(v.string()),
});
const Moment = v.pipe(
  Time,
  v.check(({ date, dateTime }) => (date === undefined) !== (dateTime === undefined)),
);

const text = v.optional(v.string(), '');
const absent = v.optional(v.string());

const Resource = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.minLength(1)),
    /** `confirmed` is the default, says the reference. */
    status: v.optional(v.picklist(['confirmed', 'tentative', 'cancelled']), 'confirmed'),
    // It goes back as a header.
    etag: v.optional(v.pipe(v.string(), v.regex(/^[\x20-\x7e]*$/)), ''),
    summary: text,
    location: text,
    description: text,
    start: v.optional(Moment),
    end: v.optional(Moment),
    created: text,
    htmlLink: text,
    eventType: v.optional(v.string(), 'default'),
    transparency: v.optional(v.string(), 'opaque'),
    recurringEventId: absent,
    originalStartTime: v.optional(Time),
    attendees: v.optional(
      v.array(v.object({ self: v.optional(v.boolean(), false), responseStatus: absent })),
      [],
    ),
    extendedProperties: v.optional(v.object({ private: v.optional(v.record(v.string(), v.string()), {}) })),
  }),
  // Of a cancelled one its id alone is sure.
  v.check(
    ({ status, start, end }) => status === 'cancelled' || (start !== undefined && end !== undefined),
    'no start or end',
  ),
);

/** As a service answers it, checked; what it leaves out has the value that the reference gives it. */
export const Event = v.pipe(Resource, v.transform(eventOf));

export type EventMoment = Readonly<v.InferOutput<typeof Time>>;

export interface CalendarEvent {
  readonly id: string;
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  /** With its quotes, as `If-Match` takes it. */
  readonly etag: string;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  /** Either `date` or `dateTime`. Null only of a cancelled event. */
  readonly start: EventMoment | null;
  /** Exclusive: of an all-day event the day after its last. Null only of a cancelled event. */
  readonly end: EventMoment | null;
  /** ISO 8601 UTC; empty when Google does not say. */
  readonly created: string;
  readonly htmlLink: string;
  /** `default`, `birthday`, `focusTime`, `fromGmail`, `outOfOffice`, `workingLocation`, or what is new. */
  readonly eventType: string;
  /** `opaque` (busy) or `transparent` (free). */
  readonly transparency: string;
  /** Of one instance of a recurring event, the id of the whole; else null. */
  readonly recurringEventId: string | null;
  /** Of such an instance, when the recurrence has it, even if it was moved; else null. */
  readonly originalStart: EventMoment | null;
  /** What the calendar's owner answered to the invitation: `needsAction`, `declined`, `tentative`, `accepted`; null: not invited. */
  readonly selfResponse: string | null;
  readonly privateProperties: Readonly<Record<string, string>>;
}

function eventOf(resource: v.InferOutput<typeof Resource>): CalendarEvent {
  const { start, end, recurringEventId, originalStartTime, attendees, extendedProperties, ...same } =
    resource;
  return {
    ...same,
    start: start ?? null,
    end: end ?? null,
    recurringEventId: recurringEventId ?? null,
    originalStart: originalStartTime ?? null,
    selfResponse: attendees.find(({ self }) => self)?.responseStatus ?? null,
    privateProperties: extendedProperties?.private ?? {},
  };
}

/** What Purser writes. A patch leaves what it does not name, private properties one by one. */
export interface EventBody {
  /** 5 to 1024 of `0`–`9` and `a`–`v` (…/reference/events#id). */
  readonly id: string;
  /** `confirmed` brings a cancelled event back. */
  readonly status: 'confirmed';
  readonly summary: string;
  readonly location: string;
  readonly description: string;
  readonly start: WrittenMoment;
  readonly end: WrittenMoment;
  /** Null in a patch takes it away. */
  readonly source?: { readonly title: string; readonly url: string } | null;
  readonly extendedProperties: { readonly private: Readonly<Record<string, string>> };
}

export interface WrittenMoment {
  /** In a patch of what a person may have made an all-day event: a merge would keep its date. */
  readonly date?: null;
  /** With an offset, or in `timeZone`. */
  readonly dateTime: string;
  /** An IANA zone. */
  readonly timeZone: string;
}
