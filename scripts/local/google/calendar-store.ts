/** Calendars and their events, for all accounts, and what became of each event at which change. */
import { createHash } from 'node:crypto';
import type { Clock } from '../contract.ts';
import type { EventStatus, WantedEvent } from './calendar-fields.ts';
import { type Occurrence, occurrences, type Series } from './calendar-recurrence.ts';
import type { Moment } from './calendar-time.ts';
import { momentMs, shownMoment } from './calendar-time.ts';
import { failure } from './errors.ts';

export type Role = 'owner' | 'writer' | 'reader';

export interface EventRecord extends Series {
  readonly id: string;
  readonly iCalUID: string;
  readonly status: EventStatus;
  /** ISO 8601 UTC */
  readonly created: string;
  readonly updated: string;
  readonly sequence: number;
  /** The calendar's count of changes when this was the last; an etag is made of it. */
  readonly version: number;
  readonly creatorEmail: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Of a changed or cancelled instance: which of which event. */
  readonly instanceOf: {
    readonly masterId: string;
    readonly key: string;
    readonly originalStart: Moment;
  } | null;
  /** When it was before, and the change that ended it: what an incremental list must take back. */
  readonly former: readonly (Series & { readonly endedVersion: number })[];
}

export interface CalendarRecord {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly primary: boolean;
  readonly roles: Readonly<Record<string, Role>>;
  readonly version: number;
  readonly events: readonly EventRecord[];
}

/** A calendar that somebody looks at. */
export interface LocalCalendar {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly primary: boolean;
  readonly roles: Map<string, Role>;
  /** Counts its changes. */
  version: number;
  readonly events: Map<string, EventRecord>;
}

/** Two years: how far ahead instances are counted where nobody says how far; Google goes further. */
const AHEAD_MS = 730 * 86_400_000;

export function horizonMs(clock: Clock): number {
  return clock.now() + AHEAD_MS;
}

export function calendarOf(saved: CalendarRecord): LocalCalendar {
  return {
    ...saved,
    roles: new Map(Object.entries(saved.roles)),
    events: new Map(saved.events.map((event) => [event.id, event])),
  };
}

export function savedCalendar(calendar: LocalCalendar): CalendarRecord {
  return {
    ...calendar,
    roles: Object.fromEntries(calendar.roles),
    events: [...calendar.events.values()],
  };
}

/** Instances that begin before `untilMs`, each as the event that it is now; a single event is its own. */
export function instances(
  calendar: LocalCalendar,
  event: EventRecord,
  untilMs: number,
): readonly EventRecord[] {
  if (event.recurrence.length === 0) return [event];
  // One that a person moved may have been meant for later.
  const latestMs = [...calendar.events.values()].reduce(
    (latest, { instanceOf }) =>
      instanceOf?.masterId === event.id
        ? Math.max(latest, momentMs(instanceOf.originalStart, calendar.timeZone) + 1)
        : latest,
    untilMs,
  );
  return occurrences(event, latestMs).map((occurrence) => instanceAt(calendar, event, occurrence));
}

function instanceAt(calendar: LocalCalendar, event: EventRecord, occurrence: Occurrence): EventRecord {
  const id = `${event.id}_${occurrence.key}`;
  return (
    calendar.events.get(id) ?? {
      ...event,
      ...{ id, start: occurrence.start, end: occurrence.end, recurrence: [], former: [] },
      instanceOf: { masterId: event.id, key: occurrence.key, originalStart: occurrence.start },
    }
  );
}

/** Ids under which a list of single events has had an event. */
export function instanceIds(id: string, series: Series, untilMs: number): readonly string[] {
  if (series.recurrence.length === 0) return [id];
  return occurrences(series, untilMs).map(({ key }) => `${id}_${key}`);
}

/** An event, or an instance that nobody has changed yet; null when there is none. */
export function findEvent(calendar: LocalCalendar, id: string): EventRecord | null {
  const stored = calendar.events.get(id) ?? null;
  const [, masterId = '', key = ''] = /^(.+)_(\d{8}(?:T\d{6}Z)?)$/.exec(id) ?? [];
  const master = calendar.events.get(masterId);
  if (master === undefined || master.recurrence.length === 0) return stored;
  const day = `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6, 8)}T00:00:00Z`;
  const found = occurrences(master, Date.parse(day) + 2 * 86_400_000).find((one) => one.key === key);
  const instance = found === undefined ? stored : instanceAt(calendar, master, found);
  return instance && master.status === 'cancelled' ? { ...instance, status: 'cancelled' } : instance;
}

export function newEventId(uuid: () => string): string {
  // 26 characters of base32hex, as Google's own ids have.
  const bytes = createHash('sha256').update(uuid()).digest();
  return [...bytes.subarray(0, 26)].map((byte) => (byte % 32).toString(32)).join('');
}

/**
 * "Characters allowed in the ID are those used in base32hex encoding, i.e. lowercase letters a-v and digits 0-9"; 5 to 1024
 * of them (developers.google.com/workspace/calendar/api/v3/reference/events#id).
 */
const EVENT_ID = /^[a-v0-9]{5,1024}$/;

export interface Writing {
  readonly calendar: LocalCalendar;
  readonly clock: Clock;
  readonly email: string;
  uuid(): string;
}

/** @throws GoogleFailure 400 for a bad id, 409 for one that was ever used in the calendar */
export function insertEvent(writing: Writing, wanted: WantedEvent): EventRecord {
  const { calendar, clock, email } = writing;
  const id = wanted.id ?? newEventId(writing.uuid);
  if (!EVENT_ID.test(id)) throw failure('calendar', 400, 'invalid', 'Invalid resource id value.');
  if (calendar.events.has(id)) {
    throw failure('calendar', 409, 'duplicate', 'The requested identifier already exists.');
  }
  const now = new Date(clock.now()).toISOString();
  calendar.version += 1;
  const made: EventRecord = {
    id,
    iCalUID: wanted.iCalUID ?? `${id}@google.com`,
    status: wanted.status,
    created: now,
    updated: now,
    sequence: 0,
    version: calendar.version,
    creatorEmail: email,
    ...timesOf(wanted),
    fields: wanted.fields,
    instanceOf: null,
    former: [],
  };
  calendar.events.set(id, made);
  return made;
}

/** @throws GoogleFailure 403 for a cancelled event that stays cancelled */
export function changeEvent(writing: Writing, event: EventRecord, wanted: WantedEvent): EventRecord {
  if (wanted.status === 'cancelled') {
    // github.com/googleapis/google-api-ruby-client/issues/1811
    if (event.status === 'cancelled') throw failure('calendar', 403, 'forbidden', 'Forbidden');
    return removeEvent(writing, event);
  }
  const times = timesOf(wanted);
  const moved = JSON.stringify(timesOf(event)) !== JSON.stringify(times);
  return stored(writing, event, {
    ...{ ...times, status: wanted.status, fields: wanted.fields },
    sequence: event.sequence + (moved ? 1 : 0),
    hadTimes: moved && event.status !== 'cancelled',
  });
}

/** @throws GoogleFailure 410 for one that was deleted */
export function removeEvent(writing: Writing, event: EventRecord): EventRecord {
  if (event.status === 'cancelled') throw failure('calendar', 410, 'deleted', 'Resource has been deleted');
  return stored(writing, event, { status: 'cancelled', sequence: event.sequence + 1, hadTimes: true });
}

function stored(
  { calendar, clock }: Writing,
  event: EventRecord,
  { hadTimes, ...change }: Partial<EventRecord> & { readonly hadTimes: boolean },
): EventRecord {
  calendar.version += 1;
  const endedVersion = calendar.version;
  const changed: EventRecord = {
    ...event,
    ...change,
    updated: new Date(clock.now()).toISOString(),
    version: calendar.version,
    former: hadTimes ? [...event.former, { ...timesOf(event), endedVersion }] : event.former,
  };
  calendar.events.set(event.id, changed);
  return changed;
}

function timesOf({ start, end, recurrence }: Series): Series {
  return { start, end, recurrence };
}

export function etagOf(version: number): string {
  return `"${(3_300_000_000_000_000 + version * 2).toString()}"`;
}

/** What a client may write of it, as an answer has it. @param zone in which times are shown */
export function writableResource(event: EventRecord, zone: string): Readonly<Record<string, unknown>> {
  return {
    status: event.status,
    ...event.fields,
    start: shownMoment(event.start, zone),
    end: shownMoment(event.end, zone),
    ...(event.recurrence.length === 0 ? {} : { recurrence: event.recurrence }),
  };
}

/** As Google answers an event. */
export function eventResource(
  calendar: LocalCalendar,
  event: EventRecord,
  viewerEmail: string,
  zone = calendar.timeZone,
): Readonly<Record<string, unknown>> {
  const self = calendar.id === viewerEmail.toLowerCase() ? { self: true } : {};
  const eid = Buffer.from(`${event.id} ${calendar.id}`).toString('base64').replace(/=+$/, '');
  return {
    kind: 'calendar#event',
    etag: etagOf(event.version),
    id: event.id,
    htmlLink: `https://www.google.com/calendar/event?eid=${eid}`,
    created: event.created,
    updated: event.updated,
    ...writableResource(event, zone),
    creator: {
      email: event.creatorEmail,
      ...(event.creatorEmail.toLowerCase() === viewerEmail.toLowerCase() ? { self: true } : {}),
    },
    organizer: calendar.primary
      ? { email: calendar.id, ...self }
      : { email: calendar.id, displayName: calendar.name, self: true },
    iCalUID: event.iCalUID,
    sequence: event.sequence,
    eventType: event.fields.eventType ?? 'default',
    ...instanceFields(event, zone),
  };
}

function instanceFields({ instanceOf }: EventRecord, zone: string): Readonly<Record<string, unknown>> {
  if (instanceOf === null) return {};
  const { masterId, originalStart } = instanceOf;
  return { recurringEventId: masterId, originalStartTime: shownMoment(originalStart, zone) };
}

/**
 * What is left of a deleted event: "Deleted events are only guaranteed to have the id field populated", instances also
 * `recurringEventId` and `originalStartTime` (developers.google.com/workspace/calendar/api/v3/reference/events#status).
 */
export function tombstone(event: EventRecord, zone: string): Readonly<Record<string, unknown>> {
  return {
    kind: 'calendar#event',
    etag: etagOf(event.version),
    id: event.id,
    status: 'cancelled',
    ...instanceFields(event, zone),
  };
}

/** "timeMin: lower bound (exclusive) for an event's end time; timeMax: upper bound (exclusive) for its start time". */
export function isWithin(
  { start, end }: Pick<Series, 'start' | 'end'>,
  range: { readonly minMs: number | null; readonly maxMs: number | null },
  calendarZone: string,
): boolean {
  return (
    (range.minMs === null || momentMs(end, calendarZone) > range.minMs) &&
    (range.maxMs === null || momentMs(start, calendarZone) < range.maxMs)
  );
}
