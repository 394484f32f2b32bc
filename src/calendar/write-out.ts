/** The ledger goes out: what each calendar lacks is planned, and written. */
import type { ExchangeOptions } from '../clients/exchange.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { CalendarEntry } from '../statement/calendar-entry.ts';
import { placeLinks } from '../statement/places.ts';
import { cut } from '../statement/short-text.ts';
import type { ZoneClock } from '../statement/zone-clock.ts';
import { workbookMark } from './event-id.ts';
import type { Seen } from './look-through.ts';
import type { OpenedTabs } from './open-tabs.ts';
import type { Held, PlanContext, Write, WritePlan } from './plan-writes.ts';
import { planWrites } from './plan-writes.ts';
import type { CalendarTarget } from './target.ts';
import { withCrew } from './targets.ts';
import type { LedgerSlice } from './wanted-events.ts';
import { knownIds, protectedIds, wantedEvents } from './wanted-events.ts';
import type { Written } from './write-events.ts';
import { writeEvents } from './write-events.ts';

/** Of one sync: the rest goes with the next one. */
const MOST_WRITES = 300;
/** Deletions of a calendar that are written down before and not yet read back: a property holds 9 KB. */
const MOST_NOTED = 500;
/** Named in the question. */
const NAMED = 5;
const LONGEST_TITLE = 80;

/** A calendar once it has been written to. */
export interface Synced extends Seen {
  /** As the calendar has them now. */
  readonly after: readonly CalendarEntry[];
  readonly written: Omit<Written, 'entries' | 'refused'> & {
    /** Events that Google does not take, and why: `2026-05-14 17:30 Osprey: 12 guests`. */
    readonly refused: readonly Refused[];
  };
  readonly held: (Held & { readonly first: readonly string[] }) | null;
  /** Ids of events that were to be deleted, and of those the ones that nobody knows of whether they are. */
  readonly cancelling: { readonly all: readonly string[]; readonly open: readonly string[] };
}

export interface Refused {
  readonly name: string;
  readonly error: PurserError;
}

export interface OutRequest {
  readonly ledger: LedgerSlice | PurserError;
  readonly opened: OpenedTabs;
  readonly clock: ZoneClock;
  readonly options: ExchangeOptions;
  /** Digests of the deletions that a person has said yes to. */
  readonly allowed: readonly string[];
  readonly nowMs: number;
  /** Told before events are deleted, by state keys: what is gone then is no person's doing. */
  readonly onCancel: (ids: ReadonlyMap<string, readonly string[]>) => void;
}

/** Nothing is written while the ledger is not known, nor where the calendar could not be read. */
export function writeOut(host: Host, seen: readonly Seen[], request: OutRequest): readonly Synced[] {
  const { ledger } = request;
  if (ledger instanceof PurserError) return seen.map((one) => syncedOf(one, null, undefined, request.clock));
  let room = MOST_WRITES;
  const plans = new Map<Seen, NamedPlan | null>();
  for (const one of troubledLast(seen)) {
    const target = withCrew(one.known, ledger.roster);
    const plan = one.error === null ? planOf(one, target, ledger, request, room) : null;
    room -= plan?.writes.length ?? 0;
    plans.set(one, plan);
  }
  const jobs = seen.map((one) => ({
    one,
    target: withCrew(one.known, ledger.roster),
    plan: plans.get(one) ?? null,
  }));
  const cancels = jobs.flatMap(({ one, plan }) => {
    const ids = cancelsOf(plan?.writes ?? []);
    return ids.length === 0 ? [] : [[one.known.target.key, ids] as const];
  });
  if (cancels.length > 0) request.onCancel(new Map(cancels));
  const written = writeEvents(
    host,
    jobs.flatMap(({ one, target, plan }) =>
      plan === null ? [] : [{ target, ownId: one.known.ownId, entries: one.seen, writes: plan.writes }],
    ),
    request.options,
  );
  return jobs.map(({ one, plan, target }) => syncedOf(one, plan, written.get(target.key), request.clock));
}

/** What a calendar does not take must not use up the room of the others, sync after sync. */
function troubledLast(seen: readonly Seen[]): readonly Seen[] {
  const isTroubled = ({ state }: Seen): boolean => state.lastError !== null;
  return [...seen.filter((one) => !isTroubled(one)), ...seen.filter(isTroubled)];
}

interface NamedPlan extends WritePlan {
  readonly first: readonly string[];
}

function planOf(
  { known, seen, state }: Seen,
  { writes }: CalendarTarget,
  ledger: LedgerSlice,
  { opened, clock, allowed, nowMs }: OutRequest,
  room: number,
): NamedPlan | null {
  if (writes === null) return null;
  const { settings, tabs } = opened;
  const links = placeLinks({ ...settings, workbookUrl: tabs.spreadsheetUrl, tabIds: {} });
  const wanted = wantedEvents(
    ledger,
    { writes },
    {
      charterMinutes: settings.charterMinutes,
      timeZone: settings.timeZone,
      workbook: workbookMark(opened.access.spreadsheetId),
      instantOf: clock.instantOf,
      linkOf: (id) => links.charter(id)[0] ?? null,
    },
  );
  const yes = state.held !== null && allowed.includes(state.held.digest) ? state.held.digest : null;
  const context: PlanContext = {
    calendarOwnId: known.ownId,
    months: ledger.months,
    sure: ledger.sure,
    protectedIds: protectedIds(ledger),
    knownIds: knownIds(ledger),
    dayOf: clock.dayOf,
    allowed: yes,
    // Of half of them, what is left would be asked for anew.
    room: yes === null ? room : Math.max(room, MOST_NOTED),
    todayMs: nowMs,
  };
  const plan = planWrites(seen, wanted, context);
  const { held } = plan;
  const waiting =
    held === null ? [] : planWrites(seen, wanted, { ...context, allowed: held.digest, room: 1e6 }).writes;
  const going = new Set(cancelsOf(plan.writes));
  const first = waiting
    .flatMap((write) => (write.kind === 'cancel' && !going.has(write.eventId) ? [nameOf(write, clock)] : []))
    .slice(0, NAMED);
  const most = new Set(cancelsOf(plan.writes).slice(0, Math.max(0, MOST_NOTED - state.cancelling.length)));
  const writesNow = plan.writes.filter(({ kind, eventId }) => kind !== 'cancel' || most.has(eventId));
  return { ...plan, writes: writesNow, left: plan.left + plan.writes.length - writesNow.length, first };
}

/** The event as a person knows it: `2026-05-14 17:30 Osprey: 12 guests`. */
function nameOf(write: Write, clock: ZoneClock): string {
  const isCancel = write.kind === 'cancel';
  const { date, time } = clock.shownAt(isCancel ? Date.parse(write.entry.start) : write.content.startMs);
  const when = isCancel && write.entry.allDay ? write.entry.start : `${date} ${time}`;
  return `${when} ${cut(isCancel ? write.entry.title : write.content.title, LONGEST_TITLE)}`;
}

function cancelsOf(writes: readonly Write[]): readonly string[] {
  return writes.flatMap(({ kind, eventId }) => (kind === 'cancel' ? [eventId] : []));
}

function syncedOf(one: Seen, plan: NamedPlan | null, written: Written | undefined, clock: ZoneClock): Synced {
  const { entries = one.seen, ...did } = written ?? NOTHING_WRITTEN;
  const refused = did.refused.map(({ write, error }) => ({ name: nameOf(write, clock), error }));
  const forgotten = new Set(plan?.forget ?? []);
  const after = entries.filter(({ eventId }) => !forgotten.has(eventId));
  const cancelling = cancelsOf(plan?.writes ?? []);
  const standing = new Set(after.map(({ eventId }) => eventId));
  return {
    ...one,
    after,
    written: { ...did, refused, left: did.left + (plan?.left ?? 0) },
    held: plan?.held ? { ...plan.held, first: plan.first } : null,
    cancelling: { all: cancelling, open: cancelling.filter((id) => standing.has(id)) },
  };
}

const NOTHING_WRITTEN = {
  entries: undefined,
  inserted: 0,
  patched: 0,
  cancelled: 0,
  left: 0,
  refused: [],
  error: null,
};
