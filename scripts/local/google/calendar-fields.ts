/** What a client writes into an event (developers.google.com/workspace/calendar/api/v3/reference/events#resource). */
import { isRecurrence } from './calendar-recurrence.ts';
import { type Moment, momentMs, readMoment } from './calendar-time.ts';
import { failure, unknownName } from './errors.ts';
import type { FieldSchema } from './fields.ts';
import { type ApiCall, type GoogleFailure, isRecord } from './http.ts';

export type EventStatus = 'confirmed' | 'tentative' | 'cancelled';

/** A whole event as a client wants it, checked. */
export interface WantedEvent {
  readonly id: string | null;
  readonly iCalUID: string | null;
  readonly status: EventStatus;
  readonly start: Moment;
  readonly end: Moment;
  readonly recurrence: readonly string[];
  /** What the server only keeps. */
  readonly fields: Readonly<Record<string, unknown>>;
}

type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === 'string';
const flag: Check = (value) => typeof value === 'boolean';
const record: Check = isRecord;
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const texts: Check = (value) => isRecord(value) && Object.values(value).every(text);

// Kept as they are. Event types that need properties of their own are a person's only.
const KEPT: Readonly<Record<string, Check>> = {
  summary: text,
  description: text,
  location: text,
  colorId: text,
  transparency: oneOf('opaque', 'transparent'),
  visibility: oneOf('default', 'public', 'private', 'confidential'),
  eventType: oneOf('default', 'birthday', 'focusTime', 'fromGmail', 'outOfOffice', 'workingLocation'),
  attendees: (value) => Array.isArray(value) && value.every((one) => isRecord(one) && text(one.email)),
  reminders: record,
  source: (value) => isRecord(value) && text(value.title) && /^https?:\/\//.test(String(value.url)),
  extendedProperties: (value) =>
    isRecord(value) &&
    Object.entries(value).every(([name, held]) => (name === 'private' || name === 'shared') && texts(held)),
  workingLocationProperties: record,
  birthdayProperties: record,
  guestsCanInviteOthers: flag,
  guestsCanModify: flag,
  guestsCanSeeOtherGuests: flag,
  anyoneCanAddSelf: flag,
};

/** The server's own; what a client sends back of them counts for nothing. */
const READ_ONLY =
  'kind etag created updated htmlLink creator organizer recurringEventId originalStartTime sequence endTimeUnspecified hangoutLink privateCopy locked attendeesOmitted'.split(
    ' ',
  );

const READ_BESIDE = ['id', 'iCalUID', 'status', 'start', 'end', 'recurrence'];

const PERSON: FieldSchema = { id: true, email: true, displayName: true, self: true };
const TIME: FieldSchema = { date: true, dateTime: true, timeZone: true };

/** All that an answer may have. */
export const EVENT_FIELDS: FieldSchema = {
  ...Object.fromEntries(
    [...Object.keys(KEPT), ...READ_ONLY, ...READ_BESIDE].map((name) => [name, true as const]),
  ),
  ...{ start: TIME, end: TIME, originalStartTime: TIME },
  source: { title: true, url: true },
  extendedProperties: { private: true, shared: true },
  ...{ creator: PERSON, organizer: PERSON },
  attendees: {
    ...PERSON,
    responseStatus: true,
    organizer: true,
    optional: true,
    resource: true,
    comment: true,
  },
};

export function invalidValue(field: string, message = 'Invalid Value'): GoogleFailure {
  return failure('calendar', 400, 'invalid', message, {
    place: { location: field, locationType: 'parameter' },
  });
}

/** The JSON object of a request. @throws GoogleFailure 400 */
export function eventBody(call: ApiCall): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = call.body.length === 0 ? {} : JSON.parse(call.body.toString('utf8'));
  } catch {
    body = null;
  }
  if (!isRecord(body)) throw failure('calendar', 400, 'parseError', 'Parse Error');
  if (call.body.length > 0 && !/^application\/json\b/i.test(call.headers['content-type'] ?? '')) {
    throw failure('calendar', 400, 'parseError', 'This API does not support parsing form-encoded input.');
  }
  for (const name of Object.keys(body)) {
    if (!(name in KEPT) && !READ_ONLY.includes(name) && !READ_BESIDE.includes(name)) {
      throw unknownName('calendar', name, 'body');
    }
  }
  return body;
}

/**
 * Patch semantics (developers.google.com/workspace/calendar/api/guides/performance#patch): what is named is changed, null
 * removes, lists are replaced.
 */
export function merged(
  resource: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result = new Map(Object.entries(resource));
  for (const [name, value] of Object.entries(patch)) {
    const before = result.get(name);
    if (value === null) result.delete(name);
    else if (isRecord(value)) result.set(name, merged(isRecord(before) ? before : {}, value));
    else result.set(name, value);
  }
  return Object.fromEntries(result);
}

/** @throws GoogleFailure 400 for what no event can be */
export function wantedEvent(body: Readonly<Record<string, unknown>>, calendarZone: string): WantedEvent {
  const start = momentOf(body, 'start');
  const end = momentOf(body, 'end');
  if ('date' in start !== 'date' in end) {
    throw invalidValue('end', 'Start and end times must either both be date or both be dateTime.');
  }
  const lastsMs = momentMs(end, calendarZone) - momentMs(start, calendarZone);
  // An all-day event that ends on the day it begins lasts no time; a timed one may.
  if (lastsMs < 0 || (lastsMs === 0 && 'date' in start)) {
    throw failure('calendar', 400, 'timeRangeEmpty', 'The specified time range is empty.', {
      domain: 'calendar',
      place: { location: 'timeMax', locationType: 'parameter' },
    });
  }
  const { status = 'confirmed', recurrence = [], id = null, iCalUID = null } = body;
  if (status !== 'confirmed' && status !== 'tentative' && status !== 'cancelled')
    throw invalidValue('status');
  const lines = Array.isArray(recurrence) ? recurrence.filter((line) => typeof line === 'string') : null;
  if (lines === null || lines.length !== (recurrence as unknown[]).length || !isRecurrence(lines)) {
    throw invalidValue('recurrence', 'Invalid recurrence rule.');
  }
  // "For recurring events this field is required": #start.timeZone
  if (lines.length > 0 && 'atMs' in start && start.timeZone === null) {
    throw failure('calendar', 400, 'required', 'Missing time zone definition for start time.');
  }
  if (id !== null && typeof id !== 'string') throw invalidValue('id');
  if (iCalUID !== null && typeof iCalUID !== 'string') throw invalidValue('iCalUID');
  const fields: Record<string, unknown> = {};
  for (const [name, check] of Object.entries(KEPT)) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (!check(value)) throw invalidValue(name);
    fields[name] = name === 'extendedProperties' ? keptProperties(value) : value;
  }
  return { id, iCalUID, status, start, end, recurrence: lines, fields };
}

/**
 * Keys of more than 44 characters are silently dropped, values of more than 1024 silently cut
 * (developers.google.com/workspace/calendar/api/guides/extended-properties, as github.com/Cefalo/quick-meet/issues/195 met it).
 */
function keptProperties(properties: unknown): unknown {
  const kept = (held: unknown): unknown =>
    Object.fromEntries(
      Object.entries(isRecord(held) ? held : {})
        .filter(([key]) => key.length <= 44)
        .map(([key, value]) => [key, String(value).slice(0, 1_024)]),
    );
  const groups = Object.entries(isRecord(properties) ? properties : {});
  return Object.fromEntries(groups.map(([name, held]) => [name, kept(held)]));
}

function momentOf(body: Readonly<Record<string, unknown>>, name: 'start' | 'end'): Moment {
  const value = body[name];
  if (!isRecord(value)) throw failure('calendar', 400, 'required', `Missing ${name} time.`);
  const moment = readMoment(value);
  if (moment === 'no-zone') {
    throw failure('calendar', 400, 'required', `Missing time zone definition for ${name} time.`);
  }
  if (moment === null) throw invalidValue(name, `Invalid ${name} time.`);
  return moment;
}
