/** One write to a calendar, with all that it may lead to: ids that are taken, events that changed or won't come back. */
import type { Call, Settled } from '../clients/exchange.ts';
import { andThen, done } from '../clients/exchange.ts';
import { deleteEvent, getEvent, insertEvent, patchEvent } from '../clients/google/calendar.ts';
import type { CalendarEvent } from '../clients/google/calendar-event.ts';
import { PurserError } from '../host/errors.ts';
import { changedBody, contentHash, eventBody, HASH_PROPERTY } from './event-body.ts';
import type { EventContent } from './event-content.ts';
import { eventIdsOf } from './event-id.ts';
import type { Write } from './plan-writes.ts';

/** What a write has left: the event as it is now, perhaps with a later id; none; or whatever somebody made of it meanwhile. */
export type After = CalendarEvent | 'gone' | 'left';

export interface WritePlace {
  readonly token: string;
  readonly calendarId: string;
  /** As `eventIdOf` takes it. */
  readonly ownId: string;
}

export function writeCall(place: WritePlace, write: Write): Call<After> {
  return write.kind === 'cancel' ? cancelCall(place, write) : contentCall(place, write);
}

/**
 * Nobody promises that a deleted event comes back: people have met 403 (github.com/googleapis/google-api-ruby-client/issues/1811),
 * and one may “eventually disappear” while its id stays taken (developers.google.com/workspace/calendar/api/v3/reference/events#status).
 * Then the charter's next id is taken. An id is used only when those before it are known to be refused, and a later one
 * is looked for before an event comes back, so that two never stand.
 */
function contentCall(
  { token, calendarId, ownId }: WritePlace,
  write: Exclude<Write, { readonly kind: 'cancel' }>,
): Call<After> {
  const { charterId, content } = write;
  const following = (eventId: string): string | undefined => {
    const ids = eventIdsOf(ownId, charterId);
    return ids.find((_, index) => ids[index - 1] === eventId);
  };
  const get = (eventId: string, then: (event: CalendarEvent | null) => Settled<After>): Call<After> =>
    andThen(getEvent(token, calendarId, eventId), then);
  const inserted = (eventId: string): Call<After> =>
    andThen(insertEvent(token, calendarId, eventBody(eventId, content)), (one) =>
      one.kind === 'made'
        ? done<After>(one.event)
        : next(
            get(eventId, (event) => {
              if (event === null) return insteadOf(eventId, null);
              return event.status === 'cancelled' ? next(broughtBack(eventId)) : asWanted(event);
            }),
          ),
    );
  /** @param onRefused null: it is not there any more */
  const patched = (
    eventId: string,
    etag: string | null,
    onChanged: () => Settled<After>,
    onRefused: (why: PurserError | null) => Settled<After>,
  ): Call<After> =>
    andThen(orRefusal(patchEvent(token, calendarId, eventId, changedBody(content), etag)), (one) => {
      if (one instanceof PurserError) return onRefused(one);
      if (one.kind === 'patched') return done<After>(one.event);
      return one.kind === 'changed' ? onChanged() : onRefused(null);
    });
  const asWanted = (event: CalendarEvent): Settled<After> =>
    hasHash(event, content) ? done(event) : next(patched(event.id, event.etag, left, refusal));
  const insteadOf = (eventId: string, why: PurserError | null): Settled<After> => {
    const another = following(eventId);
    return another === undefined ? refusal(why ?? noIdLeft(charterId)) : next(inserted(another));
  };
  const broughtBack = (eventId: string): Call<After> => {
    const patch = patched(eventId, null, left, (why) => insteadOf(eventId, why));
    const another = following(eventId);
    if (another === undefined) return patch;
    return get(another, (event) => {
      if (event === null) return next(patch);
      return event.status === 'cancelled' ? next(broughtBack(another)) : asWanted(event);
    });
  };
  const { eventId } = write;
  if (write.kind === 'insert') return inserted(eventId);
  if (write.kind === 'revive') return broughtBack(eventId);
  // Whatever a person made of it since it was read: the ledger has changed, and leads.
  const look = (why: PurserError | null): Settled<After> =>
    next(
      get(eventId, (event) => {
        if (event === null) return done('gone');
        if (event.status === 'cancelled') return next(broughtBack(eventId));
        return why === null ? asWanted(event) : refusal(why);
      }),
    );
  return patched(eventId, write.entry?.etag ?? null, () => look(null), look);
}

function cancelCall(
  { token, calendarId }: WritePlace,
  { eventId, entry }: Write & { readonly kind: 'cancel' },
): Call<After> {
  const removed = (etag: string, onChanged: () => Settled<After>): Call<After> =>
    andThen(deleteEvent(token, calendarId, eventId, etag), ({ kind }) =>
      kind === 'changed' ? onChanged() : done<After>('gone'),
    );
  return removed(entry.etag, () =>
    next(
      andThen(getEvent(token, calendarId, eventId), (event) =>
        event === null || event.status === 'cancelled' ? done('gone') : next(removed(event.etag, left)),
      ),
    ),
  );
}

/** Reasons that are of the account or of the whole calendar (developers.google.com/workspace/calendar/api/guides/errors). */
const OF_ALL_EVENTS: readonly unknown[] = [
  'requiredAccessLevel',
  'notACalendarUser',
  'accessNotConfigured',
  'SERVICE_DISABLED',
  'domainPolicy',
];

/** Google has said no to this event, and will again. */
export function isRefusal({ code, data: { status, reason } }: PurserError): boolean {
  return (
    code === 'google-refused' &&
    (status === 400 || status === 403 || status === 409) &&
    !OF_ALL_EVENTS.includes(reason)
  );
}

function orRefusal<T>(call: Call<T>): Call<T | PurserError> {
  return {
    name: call.name,
    repeatable: call.repeatable,
    request: (attempt) => call.request(attempt),
    settle: (reply, attempt): Settled<T | PurserError> => {
      const settled = call.settle(reply, attempt);
      return settled.kind === 'failed' && isRefusal(settled.error) ? done(settled.error) : settled;
    },
  };
}

function noIdLeft(charterId: string): PurserError {
  return new PurserError('google-refused', {
    what: 'Google neither brings the deleted event back nor takes a new one.',
    now: 'Put the charter into the calendar by hand.',
    data: { status: 409, reason: 'duplicate', charterId },
  });
}

/** Null: gone just now. */
function refusal(error: PurserError | null): Settled<After> {
  return error === null ? left() : { kind: 'failed', error };
}

/** Somebody is at it just now. */
function left(): Settled<After> {
  return done('left');
}

function next(call: Call<After>): Settled<After> {
  return { kind: 'next', call };
}

/** A write that seemed lost may have been done. */
function hasHash({ privateProperties }: CalendarEvent, content: EventContent): boolean {
  return privateProperties[HASH_PROPERTY] === contentHash(content);
}
