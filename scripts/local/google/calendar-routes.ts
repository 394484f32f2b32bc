/** What Calendar can be asked: a route for each method of its reference. */
import type { Clock, Grant } from '../contract.ts';
import { SCOPES } from './authorization.ts';
import type { WantedEvent } from './calendar-fields.ts';
import { EVENT_FIELDS, eventBody, invalidValue, merged, wantedEvent } from './calendar-fields.ts';
import type { ListSwitches } from './calendar-list.ts';
import { LIST_PARAMETERS, listEvents } from './calendar-list.ts';
import type { EventRecord, LocalCalendar, Writing } from './calendar-store.ts';
import {
  changeEvent,
  etagOf,
  eventResource,
  findEvent,
  insertEvent,
  removeEvent,
  writableResource,
} from './calendar-store.ts';
import { tokenGone } from './calendar-tokens.ts';
import { failure, integerParameter } from './errors.ts';
import type { FieldSchema } from './fields.ts';
import type { Answer, ApiCall } from './http.ts';
import { noContent } from './http.ts';

export interface EventSwitches extends ListSwitches {
  /**
   * What becomes of deleted events that a client changes back. Default `come-back`, as some have met; others have met
   * 403 (github.com/googleapis/google-api-ruby-client/issues/1811). `purged`: nobody sees them, their ids stay taken ("will
   * eventually disappear": developers.google.com/workspace/calendar/api/v3/reference/events#status).
   */
  readonly deleted?: 'come-back' | 'forbidden' | 'conflict' | 'purged';
  /** Events whose title has these words are not taken: 400. */
  readonly refuseTitle?: string;
}

export interface CalendarContext {
  readonly call: ApiCall;
  readonly grant: Grant;
  /** Of the path, decoded. */
  readonly ids: readonly string[];
  readonly clock: Clock;
  readonly switches: EventSwitches;
  /** Of the person's sync tokens. */
  readonly generation: number;
  /** The one that the path names. @throws GoogleFailure 404 when it can't be seen, 403 when it is only to be read */
  calendar(needed: 'reader' | 'writer'): LocalCalendar;
  /** All that there are, the person's own first. */
  calendars(): readonly LocalCalendar[];
  writing(calendar: LocalCalendar): Writing;
}

export interface CalendarRoute {
  readonly method: string;
  /** After `/calendar/v3/`. */
  readonly path: RegExp;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly parameters: readonly string[];
  readonly fields: FieldSchema;
  /** @returns the answer's JSON, or the answer itself */
  run(context: CalendarContext): { readonly json: unknown } | Answer;
}

const WRITE = [SCOPES.calendar, SCOPES.calendarEvents];
const READ = [...WRITE, SCOPES.calendarRead, SCOPES.calendarEventsRead];
const LIST = [SCOPES.calendar, SCOPES.calendarRead, SCOPES.calendarList, SCOPES.calendarListRead];
const WRITE_PARAMETERS = [
  ...['conferenceDataVersion', 'maxAttendees', 'sendNotifications', 'sendUpdates', 'supportsAttachments'],
  ...['alwaysIncludeEmail'],
];
const EVENT = /^calendars\/([^/]+)\/events\/([^/]+)$/;
const EVENTS = /^calendars\/([^/]+)\/events$/;
const LIST_FIELDS: FieldSchema = {
  ...{
    kind: true,
    etag: true,
    summary: true,
    description: true,
    updated: true,
    timeZone: true,
    accessRole: true,
  },
  ...{ defaultReminders: true, nextPageToken: true, nextSyncToken: true, items: EVENT_FIELDS },
};
const CALENDAR_FIELDS: FieldSchema = {
  ...{
    kind: true,
    etag: true,
    id: true,
    summary: true,
    summaryOverride: true,
    description: true,
    timeZone: true,
  },
  ...{ accessRole: true, primary: true, selected: true, hidden: true, deleted: true, location: true },
  ...{ colorId: true, backgroundColor: true, foregroundColor: true, defaultReminders: true, dataOwner: true },
};

const eventOf = (context: CalendarContext, calendar: LocalCalendar): EventRecord => {
  const event = findEvent(calendar, context.ids[1] ?? '');
  const isPurged = context.switches.deleted === 'purged' && event?.status === 'cancelled';
  if (!event || isPurged) throw failure('calendar', 404, 'notFound', 'Not Found');
  return event;
};
/** What a client wants an event to be. @throws GoogleFailure 400 */
const taken = ({ switches }: CalendarContext, wanted: WantedEvent): WantedEvent => {
  const { refuseTitle = '' } = switches;
  if (refuseTitle !== '' && String(wanted.fields.summary).includes(refuseTitle))
    throw invalidValue('summary');
  return wanted;
};
const shown = ({ call, grant }: CalendarContext, calendar: LocalCalendar, event: EventRecord) => ({
  json: eventResource(calendar, event, grant.email, call.query.get('timeZone') ?? calendar.timeZone),
});
/** A change to an event, unless that is a deleted one which does not come back. @throws GoogleFailure 400, 403, 409 */
const changed = (
  context: CalendarContext,
  calendar: LocalCalendar,
  event: EventRecord,
  wanted: WantedEvent,
) => {
  const { deleted } = context.switches;
  if (event.status === 'cancelled' && wanted.status !== 'cancelled') {
    if (deleted === 'forbidden') throw failure('calendar', 403, 'forbidden', 'Forbidden');
    if (deleted === 'conflict') throw failure('calendar', 409, 'conflict', 'Conflict');
  }
  return shown(context, calendar, changeEvent(context.writing(calendar), event, taken(context, wanted)));
};
/** The event that a write is of, which has the etag that the client names. @throws GoogleFailure 404, 410, 412 */
const writtenEvent = (context: CalendarContext, calendar: LocalCalendar): EventRecord => {
  const event = eventOf(context, calendar);
  const wanted = context.call.headers['if-match'];
  // developers.google.com/workspace/calendar/api/guides/version-resources
  if (wanted !== undefined && wanted !== '*' && wanted !== etagOf(event.version)) {
    throw failure('calendar', 412, 'conditionNotMet', 'Precondition Failed', {
      place: { location: 'If-Match', locationType: 'header' },
    });
  }
  return event;
};
export const CALENDAR_ROUTES: readonly CalendarRoute[] = [
  {
    method: 'GET',
    path: EVENTS,
    name: 'Events.List',
    scopes: READ,
    parameters: LIST_PARAMETERS,
    fields: LIST_FIELDS,
    run: ({ call, grant, clock, switches, generation, calendar }) => ({
      json: listEvents(call.query, {
        ...{ clock, switches, generation, email: grant.email },
        calendar: calendar('reader'),
      }),
    }),
  },
  {
    method: 'POST',
    path: EVENTS,
    name: 'Events.Insert',
    scopes: WRITE,
    parameters: WRITE_PARAMETERS,
    fields: EVENT_FIELDS,
    run: (context) => {
      const calendar = context.calendar('writer');
      const wanted = wantedEvent(eventBody(context.call), calendar.timeZone);
      return shown(context, calendar, insertEvent(context.writing(calendar), taken(context, wanted)));
    },
  },
  {
    method: 'GET',
    path: EVENT,
    name: 'Events.Get',
    scopes: READ,
    parameters: ['alwaysIncludeEmail', 'maxAttendees', 'timeZone'],
    fields: EVENT_FIELDS,
    run: (context) => {
      const calendar = context.calendar('reader');
      const event = eventOf(context, calendar);
      const isKnown = context.call.headers['if-none-match'] === etagOf(event.version);
      return isKnown ? { status: 304, headers: {}, body: new Uint8Array() } : shown(context, calendar, event);
    },
  },
  {
    method: 'PATCH',
    path: EVENT,
    name: 'Events.Patch',
    scopes: WRITE,
    parameters: WRITE_PARAMETERS,
    fields: EVENT_FIELDS,
    run: (context) => {
      const calendar = context.calendar('writer');
      const event = writtenEvent(context, calendar);
      const resource = merged(writableResource(event, calendar.timeZone), eventBody(context.call));
      return changed(context, calendar, event, wantedEvent(resource, calendar.timeZone));
    },
  },
  {
    method: 'PUT',
    path: EVENT,
    name: 'Events.Update',
    scopes: WRITE,
    parameters: WRITE_PARAMETERS,
    fields: EVENT_FIELDS,
    run: (context) => {
      const calendar = context.calendar('writer');
      const event = writtenEvent(context, calendar);
      // What does not name its status keeps it.
      const wanted = wantedEvent({ status: event.status, ...eventBody(context.call) }, calendar.timeZone);
      return changed(context, calendar, event, wanted);
    },
  },
  {
    method: 'DELETE',
    path: EVENT,
    name: 'Events.Delete',
    scopes: WRITE,
    parameters: ['sendNotifications', 'sendUpdates'],
    fields: {},
    run: (context) => {
      const calendar = context.calendar('writer');
      if (eventOf(context, calendar).status === 'cancelled') {
        throw failure('calendar', 410, 'deleted', 'Resource has been deleted');
      }
      removeEvent(context.writing(calendar), writtenEvent(context, calendar));
      return noContent;
    },
  },
  {
    method: 'GET',
    path: /^users\/me\/calendarList$/,
    name: 'CalendarList.List',
    scopes: LIST,
    parameters: ['maxResults', 'minAccessRole', 'pageToken', 'showDeleted', 'showHidden', 'syncToken'],
    fields: { kind: true, etag: true, nextPageToken: true, nextSyncToken: true, items: CALENDAR_FIELDS },
    run: ({ call, grant, calendars }) => ({ json: calendarList(call.query, calendars(), grant.email) }),
  },
];

/** developers.google.com/workspace/calendar/api/v3/reference/calendarList/list */
function calendarList(query: URLSearchParams, all: readonly LocalCalendar[], email: string): unknown {
  const limit = integerParameter('calendar', query, 'maxResults', 100);
  if (limit < 1) throw invalidValue('maxResults');
  const least = query.get('minAccessRole');
  const roles = ['freeBusyReader', 'reader', 'writer', 'owner'];
  if (least !== null && !roles.includes(least)) throw invalidValue('minAccessRole');
  // None was ever given here.
  if (query.has('syncToken')) throw tokenGone();
  const mine = all.filter((calendar) => {
    const role = calendar.roles.get(email.toLowerCase());
    return role !== undefined && roles.indexOf(role) >= roles.indexOf(least ?? 'reader');
  });
  const from = Number(query.get('pageToken') ?? 0);
  if (!Number.isInteger(from) || from < 0) throw invalidValue('pageToken');
  // "The page size can never be larger than 250 entries."
  const to = from + Math.min(limit, 250);
  return {
    kind: 'calendar#calendarList',
    etag: etagOf(mine.length),
    ...(to < mine.length ? { nextPageToken: String(to) } : {}),
    items: mine.slice(from, to).map((calendar) => ({
      kind: 'calendar#calendarListEntry',
      etag: etagOf(calendar.version),
      id: calendar.id,
      summary: calendar.name,
      timeZone: calendar.timeZone,
      selected: true,
      accessRole: calendar.roles.get(email.toLowerCase()),
      defaultReminders: [],
      ...(calendar.id === email.toLowerCase() ? { primary: true } : {}),
    })),
  };
}
