/** Sends what a plan of writes says to calendars, and tells what their entries are then. */
import type { Call, ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange } from '../clients/exchange.ts';
import type { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { CalendarEntry } from '../statement/calendar-entry.ts';
import { ownEntry } from './own-entry.ts';
import type { Write } from './plan-writes.ts';
import type { CalendarTarget } from './target.ts';
import type { After } from './write-call.ts';
import { isRefusal, writeCall } from './write-call.ts';

/**
 * Google takes 600 requests a minute of one user, and may refuse writes to one calendar in quick succession
 * (developers.google.com/workspace/calendar/api/guides/quota); what is refused so is repeated after a while.
 */
const SIDE_BY_SIDE = 25;
/** So many refusals, and nothing that was taken, are of the calendar and not of its events. */
const MANY_REFUSED = 3;

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
  /** Google takes these not as they are, while it takes others. */
  readonly refused: readonly { readonly write: Write; readonly error: PurserError }[];
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
  const closed = new Set<WriteJob>();
  for (let at = 0; at < all.length; at += SIDE_BY_SIDE) {
    const wave = all.slice(at, at + SIDE_BY_SIDE);
    const calls = wave.map(({ job, write }, index): [string, Call<After> | undefined] => [
      String(index),
      closed.has(job)
        ? undefined
        : job.target.authorize((token) =>
            writeCall({ token, calendarId: job.target.calendarId, ownId: job.ownId }, write),
          ),
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
      if (isClosed(got.filter((_, index) => wave[index]?.job === job))) closed.add(job);
    }
  }
  const ofJob = new Map<WriteJob, Outcome<After>[]>(jobs.map((job) => [job, []]));
  all.forEach(({ job }, index) => {
    ofJob.get(job)?.push(outcomes[index] ?? NOT_SENT);
  });
  return new Map([...ofJob].map(([job, own]) => [job.target.key, writtenOf(job, own)]));
}

const NOT_SENT: Outcome<After> = { ok: true, value: 'left' };

/** Whether a calendar takes nothing at all. */
function isClosed(outcomes: readonly Outcome<After>[]): boolean {
  const errors = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
  if (errors.length < outcomes.length) return false;
  return errors.length >= MANY_REFUSED || errors.some((error) => !isRefusal(error));
}

function writtenOf(
  { target, ownId, entries, writes }: WriteJob,
  outcomes: readonly Outcome<After>[],
): Written {
  const byId = new Map(entries.map((entry) => [entry.eventId, entry]));
  const count = { insert: 0, patch: 0, revive: 0, cancel: 0 };
  const refused: { readonly write: Write; readonly error: PurserError }[] = [];
  const areOfAll = isClosed(outcomes.filter((outcome) => outcome !== NOT_SENT));
  let left = 0;
  let error: PurserError | null = null;
  writes.forEach((write, index) => {
    const outcome = outcomes[index];
    if (outcome?.ok === false && isRefusal(outcome.error) && !areOfAll) {
      refused.push({ write, error: outcome.error });
      return;
    }
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
    const entry = ownEntry(value, place, byId.get(value.id) ?? null);
    // One that did not come back has another's place taken.
    if (value.id !== write.eventId) byId.delete(write.eventId);
    if (entry !== null) byId.set(value.id, entry);
  });
  return {
    entries: [...byId.values()],
    inserted: count.insert,
    patched: count.patch + count.revive,
    cancelled: count.cancel,
    left,
    refused,
    error,
  };
}
