/** Lists of events: developers.google.com/workspace/calendar/api/v3/reference/events/list and …/api/guides/sync. */
import type { Clock } from '../contract.ts';
import { invalidValue } from './calendar-fields.ts';
import type { EventRecord, LocalCalendar } from './calendar-store.ts';
import {
  etagOf,
  eventResource,
  horizonMs,
  instanceIds,
  instances,
  isWithin,
  tombstone,
} from './calendar-store.ts';
import { isZone, momentMs, timestampMs } from './calendar-time.ts';
import type { SyncToken } from './calendar-tokens.ts';
import {
  everything,
  NO_TOKEN_WITH,
  packed,
  pageOf,
  restrictions,
  syncTokenOf,
  unchanging,
} from './calendar-tokens.ts';
import { failure, integerParameter } from './errors.ts';
import { isRecord } from './http.ts';

export interface ListSwitches {
  /** At most so many events a page, whatever was asked: "the number of events may be less than this value". */
  readonly pageSize?: number;
  /**
   * Whether a list by a sync token keeps to `timeMin` and `timeMax` of the first list. Google doesn't say. Default
   * `open`, as people found it: stackoverflow.com/questions/30599745, github.com/garrytan/gbrain/pull/5015
   */
  readonly deltas?: 'open' | 'ranged';
}

export interface ListContext {
  readonly clock: Clock;
  readonly calendar: LocalCalendar;
  readonly email: string;
  /** Of the viewer's sync tokens: older ones count no longer. */
  readonly generation: number;
  readonly switches: ListSwitches;
}

export const LIST_PARAMETERS =
  'alwaysIncludeEmail eventTypes iCalUID maxAttendees maxResults orderBy pageToken privateExtendedProperty q sharedExtendedProperty showDeleted showHiddenInvitations singleEvents syncToken timeMax timeMin timeZone updatedMin'.split(
    ' ',
  );

interface Listed {
  readonly event: EventRecord;
  readonly gone: boolean;
}

interface Query {
  readonly singleEvents: boolean;
  readonly showDeleted: boolean;
  readonly minMs: number | null;
  readonly maxMs: number | null;
  readonly zone: string;
}

/** @throws GoogleFailure 400 for parameters that don't go together, 410 for a sync token that is of no use */
export function listEvents(query: URLSearchParams, context: ListContext): unknown {
  const { calendar, email, generation } = context;
  const now = { calendarId: calendar.id, email, generation, version: calendar.version };
  const token = syncTokenOf(query, now);
  const asked = queryOf(query, calendar);
  if (token !== null && !asked.showDeleted && query.has('showDeleted')) throw restrictions();
  const limit = Math.min(limitOf(query), context.switches.pageSize ?? Number.POSITIVE_INFINITY);
  const page = pageOf(query);
  const version = page?.version ?? calendar.version;

  const found = token === null ? fullList(asked, context) : changes(token, asked, context);
  const sorted = filtered(found, query)
    .map((listed): [string, Listed] => [sortKey(listed.event, query, calendar), listed])
    .filter(([key, { event }]) => page === null || isAfter([key, event.id], page.after))
    .sort(([key, one], [other, two]) => (isAfter([key, one.event.id], [other, two.event.id]) ? 1 : -1));
  const shown = sorted.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = sorted.length > shown.length && last !== undefined;
  const nextSync = (): SyncToken => ({
    ...now,
    version,
    asked: unchanging(query),
    minMs: token?.minMs ?? asked.minMs,
    maxMs: token?.maxMs ?? asked.maxMs,
  });
  return {
    kind: 'calendar#events',
    etag: etagOf(calendar.version),
    summary: calendar.name,
    description: '',
    updated: new Date(context.clock.now()).toISOString(),
    timeZone: asked.zone,
    accessRole: calendar.roles.get(email.toLowerCase()) ?? 'reader',
    defaultReminders: [],
    ...(hasMore
      ? { nextPageToken: packed({ version, asked: everything(query), after: [last[0], last[1].event.id] }) }
      : NO_TOKEN_WITH.some((name) => query.has(name))
        ? {}
        : { nextSyncToken: packed(nextSync()) }),
    items: shown.map(([, { event, gone }]) =>
      gone && !asked.showDeleted
        ? tombstone(event, asked.zone)
        : eventResource(calendar, gone ? { ...event, status: 'cancelled' } : event, email, asked.zone),
    ),
  };
}

function queryOf(query: URLSearchParams, calendar: LocalCalendar): Query {
  const minMs = timeOf(query, 'timeMin');
  const maxMs = timeOf(query, 'timeMax');
  if (minMs !== null && maxMs !== null && minMs >= maxMs) {
    // developers.google.com/workspace/calendar/api/guides/errors#400_bad_request
    throw failure('calendar', 400, 'timeRangeEmpty', 'The specified time range is empty.', {
      domain: 'calendar',
      place: { location: 'timeMax', locationType: 'parameter' },
    });
  }
  const zone = query.get('timeZone') ?? calendar.timeZone;
  if (!isZone(zone)) throw invalidValue('timeZone');
  const singleEvents = flagOf(query, 'singleEvents');
  const orderBy = query.get('orderBy');
  if (orderBy !== null && orderBy !== 'updated' && orderBy !== 'startTime') throw invalidValue('orderBy');
  if (orderBy === 'startTime' && !singleEvents) {
    throw failure(
      'calendar',
      400,
      'badRequest',
      'The requested ordering is not available for the particular query.',
    );
  }
  return { singleEvents, showDeleted: flagOf(query, 'showDeleted'), minMs, maxMs, zone };
}

function timeOf(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  const ms = text === null ? null : timestampMs(text);
  // "Must be an RFC3339 timestamp with mandatory time zone offset": #timeMin
  if (text !== null && ms === null) throw failure('calendar', 400, 'badRequest', 'Bad Request');
  return ms;
}

function flagOf(query: URLSearchParams, name: string): boolean {
  const text = query.get(name) ?? 'false';
  if (text !== 'true' && text !== 'false') throw invalidValue(name);
  return text === 'true';
}

/** "By default the value is 250 events. The page size can never be larger than 2500 events": #maxResults. */
function limitOf(query: URLSearchParams): number {
  const limit = integerParameter('calendar', query, 'maxResults', 250);
  if (limit < 1) throw invalidValue('maxResults');
  return Math.min(limit, 2_500);
}

/** Cancelled instances stand for themselves only as long as their event is not expanded: #showDeleted. */
function fullList(
  { singleEvents, showDeleted, ...range }: Query,
  { clock, calendar }: ListContext,
): Listed[] {
  const untilMs = range.maxMs ?? horizonMs(clock);
  const within = (event: EventRecord): boolean => isWithin(event, range, calendar.timeZone);
  return [...calendar.events.values()].flatMap((event): Listed[] => {
    if (event.instanceOf !== null) {
      const master = calendar.events.get(event.instanceOf.masterId);
      const isShown = !singleEvents && master?.status !== 'cancelled' && within(event);
      return isShown ? [{ event, gone: event.status === 'cancelled' }] : [];
    }
    const gone = event.status === 'cancelled';
    if (gone && !showDeleted) return [];
    const expanded = instances(calendar, event, untilMs).filter(within);
    if (!singleEvents) return expanded.length > 0 ? [{ event, gone }] : [];
    return expanded
      .map((one) => ({ event: one, gone: gone || one.status === 'cancelled' }))
      .filter((one) => !one.gone || showDeleted);
  });
}

/** What changed since the token: all that there is of a changed event, and what is there no longer. */
function changes(
  token: SyncToken,
  { singleEvents }: Query,
  { clock, calendar, switches }: ListContext,
): Listed[] {
  const isNew = (event: EventRecord): boolean => event.version > token.version;
  const within = (one: Pick<EventRecord, 'start' | 'end'>): boolean =>
    switches.deltas !== 'ranged' || isWithin(one, token, calendar.timeZone);
  const all = [...calendar.events.values()];
  if (!singleEvents) {
    return all.filter(isNew).map((event) => ({ event, gone: event.status === 'cancelled' }));
  }
  const untilMs = Math.max(horizonMs(clock), token.maxMs ?? 0);
  return all.flatMap((event): Listed[] => {
    if (event.instanceOf !== null) return [];
    const ended = event.former.filter(({ endedVersion }) => endedVersion > token.version);
    const now = event.status === 'cancelled' ? [] : instances(calendar, event, untilMs);
    const here = now
      .filter((one) => isNew(one) || isNew(event))
      .filter(
        (one) => one.status === 'cancelled' || within(one) || [one, ...ended, ...one.former].some(within),
      )
      .map((one) => ({ event: one, gone: one.status === 'cancelled' }));
    const present = new Set(now.map(({ id }) => id));
    const gone = new Set(ended.flatMap((series) => instanceIds(event.id, series, untilMs)));
    return [
      ...here,
      ...[...gone]
        .filter((id) => !present.has(id))
        .map((id) => ({ event: calendar.events.get(id) ?? { ...event, id }, gone: true })),
    ];
  });
}

function filtered(found: readonly Listed[], query: URLSearchParams): readonly Listed[] {
  const types = query.getAll('eventTypes');
  const uid = query.get('iCalUID');
  const words = query.get('q')?.toLowerCase() ?? null;
  const updatedMinMs = timeOf(query, 'updatedMin');
  const has = (name: string, key: 'private' | 'shared') => (event: EventRecord) => {
    const wanted = query.getAll(name);
    const held = event.fields.extendedProperties;
    const properties = isRecord(held) && isRecord(held[key]) ? held[key] : {};
    // All must hold, as the reference says; the guide to extended properties says that one is enough.
    return wanted.every((pair) => {
      const cut = pair.indexOf('=');
      return properties[pair.slice(0, cut)] === pair.slice(cut + 1);
    });
  };
  return found.filter(
    ({ event }) =>
      (types.length === 0 || types.includes(String(event.fields.eventType ?? 'default'))) &&
      (uid === null || event.iCalUID === uid) &&
      (updatedMinMs === null || Date.parse(event.updated) >= updatedMinMs) &&
      (words === null ||
        ['summary', 'description', 'location'].some((name) =>
          String(event.fields[name] ?? '')
            .toLowerCase()
            .includes(words),
        )) &&
      has('privateExtendedProperty', 'private')(event) &&
      has('sharedExtendedProperty', 'shared')(event),
  );
}

/** "The default is an unspecified, stable order": #orderBy. */
function sortKey(event: EventRecord, query: URLSearchParams, calendar: LocalCalendar): string {
  const orderBy = query.get('orderBy');
  if (orderBy === 'updated') return event.updated;
  if (orderBy === 'startTime') return new Date(momentMs(event.start, calendar.timeZone)).toISOString();
  return '';
}

function isAfter(
  [key, id]: readonly [string, string],
  [otherKey, otherId]: readonly [string, string],
): boolean {
  return key === otherKey ? id > otherId : key > otherKey;
}
