/** Calendar v3 by REST, as far as Purser needs it (developers.google.com/workspace/calendar/api/v3/reference). */
import * as v from 'valibot';
import type { HttpReply } from '../../host/host.ts';
import type { Call, Settled } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import { type CalendarEvent, EVENT_FIELDS, Event, type EventBody } from './calendar-event.ts';
import { API, allPages, ask, checked, queryOf, troubleWith } from './calendar-request.ts';

export type EventList =
  | {
      readonly kind: 'events';
      /** Recurring events as their instances. A list by a token has cancelled ones too; a full one never has. */
      readonly events: readonly CalendarEvent[];
      /**
       * For the next list; empty when Google gives none, as people have met
       * (github.com/googleapis/google-api-php-client/issues/1141): then the next one is full again.
       */
      readonly nextSyncToken: string;
      /** Of the calendar: in which its all-day events are meant. */
      readonly timeZone: string;
    }
  /** Google has given up the token: list in full (…/guides/sync#full_sync_required_by_server). */
  | { readonly kind: 'token-gone' };

export type EventQuery =
  | { readonly syncToken: string }
  /** RFC 3339 with an offset: events that end after the one and start before the other. */
  | { readonly timeMinIso: string; readonly timeMaxIso: string };

const EventPage = v.object({
  items: v.optional(v.array(Event), []),
  nextPageToken: v.optional(v.string(), ''),
  nextSyncToken: v.optional(v.string(), ''),
  timeZone: v.optional(v.string(), ''),
});

/**
 * One touched event that repeats for ever may be told as thousands of instances, years ahead: then a full list, which has
 * an end, is shorter (github.com/garrytan/gbrain/pull/5015 measured it).
 */
const MOST_PAGES_OF_CHANGES = 8;

/**
 * All events in a span of time, or all that changed since a list before: all pages. A token goes with none of
 * `timeMin`, `timeMax` and `orderBy`; all else must be as in the list that gave it
 * (…/reference/events/list#syncToken).
 */
export function listEvents(token: string, calendarId: string, query: EventQuery): Call<EventList> {
  const question = { name: 'Calendar events', repeatable: true };
  const bySyncToken = 'syncToken' in query;
  const list = allPages(
    question,
    (page): Call<v.InferOutput<typeof EventPage> | null> => ({
      ...question,
      request: () => {
        const parameters = queryOf({
          singleEvents: 'true',
          maxResults: '2500',
          fields: `nextPageToken,nextSyncToken,timeZone,items(${EVENT_FIELDS})`,
          ...(bySyncToken
            ? { syncToken: query.syncToken }
            : { timeMin: query.timeMinIso, timeMax: query.timeMaxIso }),
          ...page,
        });
        return ask(token, 'GET', `${eventsOf(calendarId)}?${parameters}`);
      },
      settle: (reply) => {
        // 410 is a token that ran out; one that was cut or mixed up is a bad request. Both are mended by a full list.
        if (bySyncToken && (reply.status === 410 || reply.status === 400)) return done(null);
        return checked(question, calendarId, reply, EventPage);
      },
    }),
    bySyncToken ? MOST_PAGES_OF_CHANGES : undefined,
  );
  return andThen(list, (pages): Settled<EventList> => {
    const last = pages?.[pages.length - 1];
    if (pages === null || last === undefined) return done({ kind: 'token-gone' });
    const { nextSyncToken, timeZone } = last;
    return done({ kind: 'events', events: pages.flatMap(({ items }) => items), nextSyncToken, timeZone });
  });
}

/**
 * A new event with an id of ours. May be repeated: of an id that is there, a deleted event's too, Google says 409
 * `duplicate` (…/guides/version-resources: “the operation will only succeed if no existing entry has that ID”).
 */
export function insertEvent(
  token: string,
  calendarId: string,
  body: EventBody,
): Call<{ readonly kind: 'made'; readonly event: CalendarEvent } | { readonly kind: 'exists' }> {
  const question = { name: 'Calendar insert', repeatable: true };
  const call: Call<CalendarEvent | null> = {
    ...question,
    request: () => ask(token, 'POST', `${eventsOf(calendarId)}?${WRITING}`, body),
    settle: (reply) => (reply.status === 409 ? done(null) : checked(question, calendarId, reply, Event)),
  };
  return andThen(call, (event) => done(event === null ? { kind: 'exists' } : { kind: 'made', event }));
}

/** Null for one that is not there; one that was deleted is mostly still told, as `cancelled`. */
export function getEvent(token: string, calendarId: string, eventId: string): Call<CalendarEvent | null> {
  const question = { name: 'Calendar event', repeatable: true };
  return {
    ...question,
    request: () => ask(token, 'GET', `${eventOf(calendarId, eventId)}?${queryOf({ fields: EVENT_FIELDS })}`),
    settle: (reply) => (isGone(reply) ? done(null) : checked(question, calendarId, reply, Event)),
  };
}

/**
 * Changes what `body` names. With an etag only when nobody else changed the event since
 * (…/guides/version-resources#conditional_modification); null or empty: in any case.
 */
export function patchEvent(
  token: string,
  calendarId: string,
  eventId: string,
  body: Partial<EventBody>,
  etag: string | null,
): Call<
  | { readonly kind: 'patched'; readonly event: CalendarEvent }
  | { readonly kind: 'changed' }
  | { readonly kind: 'gone' }
> {
  const question = { name: 'Calendar patch', repeatable: true };
  const call: Call<CalendarEvent | 'changed' | 'gone'> = {
    ...question,
    request: () => ask(token, 'PATCH', `${eventOf(calendarId, eventId)}?${WRITING}`, body, etag),
    settle: (reply) => notDone(reply) ?? checked(question, calendarId, reply, Event),
  };
  return andThen(call, (event) =>
    done(typeof event === 'string' ? { kind: event } : { kind: 'patched', event }),
  );
}

/** As `patchEvent`: with an etag only when nobody else changed the event since. */
export function deleteEvent(
  token: string,
  calendarId: string,
  eventId: string,
  etag: string | null,
): Call<{ readonly kind: 'deleted' } | { readonly kind: 'changed' } | { readonly kind: 'gone' }> {
  const question = { name: 'Calendar delete', repeatable: true };
  const call: Call<'deleted' | 'changed' | 'gone'> = {
    ...question,
    request: () => ask(token, 'DELETE', `${eventOf(calendarId, eventId)}?${QUIETLY}`, undefined, etag),
    settle: (reply) => notDone(reply) ?? troubleWith(question, calendarId, reply) ?? done('deleted'),
  };
  return andThen(call, (kind) => done({ kind }));
}

export interface CalendarInfo {
  readonly id: string;
  readonly name: string;
  readonly primary: boolean;
  readonly canWrite: boolean;
  readonly timeZone: string;
}

/** `accessRole` is left open: a new role must not hide all the others. */
const CalendarPage = v.object({
  items: v.optional(
    v.array(
      v.object({
        id: v.pipe(v.string(), v.minLength(1)),
        summary: v.optional(v.string(), ''),
        summaryOverride: v.optional(v.string(), ''),
        primary: v.optional(v.boolean(), false),
        accessRole: v.optional(v.string(), ''),
        timeZone: v.optional(v.string(), ''),
      }),
    ),
    [],
  ),
  nextPageToken: v.optional(v.string(), ''),
});

/** Roles that may change events (…/reference/calendarList#accessRole, …/reference/calendarList/list#minAccessRole). */
const WRITING_ROLES = ['owner', 'writer', 'writerWithoutPrivateAccess'];

/**
 * All calendars that the account sees, all pages. Needs `calendar.calendarlist.readonly`: `calendar.events` is not
 * enough (…/reference/calendarList/list#auth), so the built-in account can't be asked.
 */
export function listCalendars(token: string): Call<readonly CalendarInfo[]> {
  const question = { name: 'Calendar list', repeatable: true };
  const list = allPages(question, (page) => ({
    ...question,
    request: () => {
      const fields = 'nextPageToken,items(id,summary,summaryOverride,primary,accessRole,timeZone)';
      return ask(
        token,
        'GET',
        `${API}/users/me/calendarList?${queryOf({ maxResults: '250', fields, ...page })}`,
      );
    },
    settle: (reply) => checked(question, null, reply, CalendarPage),
  }));
  return andThen(list, (pages) => {
    const items = (pages ?? []).flatMap((page) => page.items);
    return done(
      items.map(({ id, summary, summaryOverride, primary, accessRole, timeZone }) => ({
        id,
        name: summaryOverride || summary || id,
        primary,
        canWrite: WRITING_ROLES.includes(accessRole),
        timeZone,
      })),
    );
  });
}

/** Nobody gets mail of what Purser writes (…/reference/events/insert#sendUpdates). */
const QUIETLY = 'sendUpdates=none';
const WRITING = `${QUIETLY}&${queryOf({ fields: EVENT_FIELDS })}`;

function eventsOf(calendarId: string): string {
  return `${API}/calendars/${encodeURIComponent(calendarId)}/events`;
}

function eventOf(calendarId: string, eventId: string): string {
  return `${eventsOf(calendarId)}/${encodeURIComponent(eventId)}`;
}

/** A calendar that is gone answers for its events the same way; its list says so before anything is written. */
function isGone({ status }: HttpReply): boolean {
  return status === 404 || status === 410;
}

function notDone(reply: HttpReply): Settled<'changed' | 'gone'> | null {
  if (isGone(reply)) return done('gone');
  return reply.status === 412 ? done('changed') : null;
}
