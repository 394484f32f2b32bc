/** Sends what a plan of writes says to calendars, and tells what their entries are then. */
import type { Call, ExchangeOptions, Outcome, Settled } from '../clients/exchange.ts';
import { andThen, done, exchange } from '../clients/exchange.ts';
import { deleteEvent, getEvent, insertEvent, patchEvent } from '../clients/google/calendar.ts';
import type { CalendarEvent } from '../clients/google/calendar-event.ts';
import type { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { CalendarEntry } from '../statement/calendar-entry.ts';
import { changedBody, contentHash, eventBody, HASH_PROPERTY } from './event-body.ts';
import type { EventContent } from './event-content.ts';
import { ownEntry } from './own-entry.ts';
import type { Write } from './plan-writes.ts';
import { whenTaken } from './plan-writes.ts';
import type { CalendarTarget } from './target.ts';

/**
 * Google takes 600 requests a minute of one user, and may refuse writes to one calendar in quick succession
 * (developers.google.com/workspace/calendar/api/guides/quota); what is refused so is repeated after a while.
 */
const SIDE_BY_SIDE = 25;

export interface WriteJob {
  readonly target: CalendarTarget;
  readonly ownId: string;
  /** All of this calendar. */
  readonly entries: readonly CalendarEntry[];
  readonly writes: readonly Write[];
}

export interface Written {
  readonly entries: readonly CalendarEntry[];
  readonly inserted: number;
  readonly patched: number;
  readonly cancelled: number;
  /** Not done: somebody changed the event meanwhile, it failed, or there was no time. */
  readonly left: number;
  readonly error: PurserError | null;
}

/** By the target's key. Never throws for a service's failure: each event is by itself. */
export function writeEvents(
  host: Host,
  jobs: readonly WriteJob[],
  options: ExchangeOptions,
): ReadonlyMap<string, Written> {
  const all = jobs.flatMap((job) => job.writes.map((write) => ({ job, write })));
  const outcomes: Outcome<After>[] = [];
  const refused = new Set<WriteJob>();
  for (let at = 0; at < all.length; at += SIDE_BY_SIDE) {
    const wave = all.slice(at, at + SIDE_BY_SIDE);
    const calls = wave.map(({ job, write }, index): [string, Call<After> | undefined] => [
      String(index),
      refused.has(job) ? undefined : callOf(job, write),
    ]);
    const settled: Readonly<Record<string, Outcome<After> | undefined>> = exchange(
      host,
      Object.fromEntries(calls),
      options,
    );
    const got = wave.map((_, index): Outcome<After> => settled[String(index)] ?? NOT_SENT);
    outcomes.push(...got);
    // A calendar that takes none of them is not asked hundreds of times.
    for (const job of new Set(wave.map((one) => one.job))) {
      if (wave.every((one, index) => one.job !== job || got[index]?.ok === false)) refused.add(job);
    }
  }
  const ofJob = new Map<WriteJob, Outcome<After>[]>(jobs.map((job) => [job, []]));
  all.forEach(({ job }, index) => {
    ofJob.get(job)?.push(outcomes[index] ?? NOT_SENT);
  });
  return new Map([...ofJob].map(([job, own]) => [job.target.key, writtenOf(job, own)]));
}

const NOT_SENT: Outcome<After> = { ok: true, value: 'left' };

/** What a write has left: the event as it is now, none, or whatever somebody made of it meanwhile. */
type After = CalendarEvent | 'gone' | 'left';

function callOf({ target }: WriteJob, write: Write): Call<After> {
  const { calendarId } = target;
  const { eventId } = write;
  return target.authorize((token): Call<After> => {
    const get = (then: (event: CalendarEvent | null) => Settled<After>): Settled<After> => ({
      kind: 'next',
      call: andThen(getEvent(token, calendarId, eventId), then),
    });
    const patched = (
      content: EventContent,
      etag: string | null,
      whenChanged: () => Settled<After>,
    ): Call<After> =>
      andThen(patchEvent(token, calendarId, eventId, changedBody(content), etag), (one) => {
        if (one.kind === 'changed') return whenChanged();
        return done<After>(one.kind === 'patched' ? one.event : 'gone');
      });
    const removed = (etag: string, whenChanged: () => Settled<After>): Call<After> =>
      andThen(deleteEvent(token, calendarId, eventId, etag), ({ kind }) =>
        kind === 'changed' ? whenChanged() : done<After>('gone'),
      );
    switch (write.kind) {
      case 'insert':
        return andThen(insertEvent(token, calendarId, eventBody(eventId, write.content)), (one) =>
          one.kind === 'made'
            ? done<After>(one.event)
            : get((event) => {
                if (event === null) return left();
                const isWanted = whenTaken(write, event) === null && hasHash(event, write.content);
                return isWanted ? done(event) : next(patched(write.content, event.etag, left));
              }),
        );
      case 'patch':
      case 'revive':
        // Whatever a person made of it since it was read: the ledger has changed, and leads.
        return patched(write.content, write.kind === 'patch' ? (write.entry?.etag ?? null) : null, () =>
          get((event) => {
            if (event === null) return done('gone');
            return hasHash(event, write.content)
              ? done(event)
              : next(patched(write.content, event.etag, left));
          }),
        );
      case 'cancel':
        return removed(write.entry.etag, () =>
          get((event) =>
            event === null || event.status === 'cancelled' ? done('gone') : next(removed(event.etag, left)),
          ),
        );
    }
  });
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

function writtenOf(
  { target, ownId, entries, writes }: WriteJob,
  outcomes: readonly Outcome<After>[],
): Written {
  const byId = new Map(entries.map((entry) => [entry.eventId, entry]));
  const count = { insert: 0, patch: 0, revive: 0, cancel: 0 };
  let left = 0;
  let error: PurserError | null = null;
  writes.forEach((write, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined || !outcome.ok || outcome.value === 'left') {
      left++;
      if (outcome?.ok === false) error ??= outcome.error;
      return;
    }
    const { value } = outcome;
    count[write.kind]++;
    if (value === 'gone') {
      // One that a patch did not find is made anew by the next sync.
      byId.delete(write.eventId);
      return;
    }
    const place = { account: target.account, calendarId: target.calendarId, calendarOwnId: ownId };
    const entry = ownEntry(value, place, byId.get(write.eventId) ?? null);
    if (entry !== null) byId.set(write.eventId, entry);
  });
  return {
    entries: [...byId.values()],
    inserted: count.insert,
    patched: count.patch + count.revive,
    cancelled: count.cancel,
    left,
    error,
  };
}
