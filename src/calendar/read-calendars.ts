/** What is asked of each calendar, and what its entries are by the answer. */
import type { Call, Outcome } from '../clients/exchange.ts';
import type { EventList, EventQuery } from '../clients/google/calendar.ts';
import { listEvents } from '../clients/google/calendar.ts';
import type { PurserError } from '../host/errors.ts';
import type { CalendarEntry } from '../statement/calendar-entry.ts';
import type { IsoDate } from '../statement/month.ts';
import { addMonths, monthOf } from '../statement/month.ts';
import type { ZoneClock } from '../statement/zone-clock.ts';
import { entriesDigest } from '../workbook/calendar-tab.ts';
import type { CalendarState } from './sync-state.ts';
import { newState, readState } from './sync-state.ts';
import type { KnownTarget } from './targets.ts';
import { ownIdOf } from './targets.ts';

const DAY_MS = 86_400_000;
const BACK_DAYS = 7;
const AHEAD_DAYS = 30;
/** So far beyond that a list by a token does as well as a full one. */
const SPARE_DAYS = 14;

/** A calendar as the last sync has left it. */
export interface Standing {
  readonly known: KnownTarget;
  readonly state: CalendarState;
  /** As the tab has them. */
  readonly entries: readonly CalendarEntry[];
}

/** A calendar once it has been read, or not. */
export interface Reading extends Standing {
  readonly read: 'full' | 'changes' | 'nothing';
  readonly error: PurserError | null;
  /** What was asked for and answered; null when nothing was. */
  readonly listed: { readonly span: Span; readonly list: Extract<EventList, { kind: 'events' }> } | null;
}

/** Of a full list: whole days of the workbook, the end exclusive. */
export interface Span {
  readonly from: IsoDate;
  readonly until: IsoDate;
}

export function standingOf(
  known: KnownTarget,
  properties: Readonly<Record<string, string>>,
  all: readonly CalendarEntry[],
): Standing {
  const { key, account, calendarId } = known.target;
  const state = readState(properties, key);
  const isSame = state?.account === account && state.calendarId === calendarId;
  return {
    known,
    state: isSame ? state : newState(account, calendarId),
    entries: entriesOf(known, all),
  };
}

/**
 * Those too that were read by another account, which stood for the same calendar until now: that a person deleted an
 * event is known of nothing else.
 */
function entriesOf({ target, ownId }: KnownTarget, all: readonly CalendarEntry[]): readonly CalendarEntry[] {
  const { account, calendarId } = target;
  const its = all.filter((entry) => ownIdOf(entry.calendarId, entry.account) === ownId);
  const isOwn = (entry: CalendarEntry): boolean =>
    entry.account === account && entry.calendarId === calendarId;
  const own = its.filter(isOwn);
  if (own.length === its.length) return its;
  const ids = new Set(own.map(({ eventId }) => eventId));
  const others = its.filter((entry) => !isOwn(entry) && !ids.has(entry.eventId));
  return [...own, ...others.map((entry) => ({ ...entry, account, calendarId }))];
}

/** Whether the changes since the last list will do. */
export function canReadChanges(standing: Standing, today: IsoDate): boolean {
  const { syncToken, windowEnd } = standing.state;
  return syncToken !== '' && windowEnd >= dayAfter(today, AHEAD_DAYS) && isWhole(standing);
}

/** Whether the tab has what the last sync put there. */
function isWhole({ state, entries }: Standing): boolean {
  return entries.length === state.rows && entriesDigest(entries) === state.digest;
}

/**
 * What a full list goes over. The first one, and one after a gap, begins with last month, so that its statement has
 * evidence.
 */
export function fullSpan(standing: Standing, today: IsoDate, clock: ZoneClock): Span {
  const { readAt } = standing.state;
  const back = dayAfter(today, -BACK_DAYS);
  const isGapless = readAt !== '' && clock.dayOf(readAt) > back && isWhole(standing);
  const lastMonth = `${addMonths(monthOf(today), -1)}-01`;
  return { from: isGapless ? back : lastMonth, until: dayAfter(today, AHEAD_DAYS + SPARE_DAYS) };
}

/** The call for all events of the span; for what changed since the last list without one. */
export function listCall({ known, state }: Standing, span: Span | null, clock: ZoneClock): Call<EventList> {
  const { target } = known;
  const iso = (date: IsoDate): string => new Date(clock.instantOf(date, '00:00')).toISOString();
  const query: EventQuery =
    span === null
      ? { syncToken: state.syncToken }
      : { timeMinIso: iso(span.from), timeMaxIso: iso(span.until) };
  return target.authorize((token) => listEvents(token, target.calendarId, query));
}

/** @param span of a full list; null: of changes, whose span is that of the list they follow */
export function readingOf(
  standing: Standing,
  span: Span | null,
  outcome: Outcome<EventList> | undefined,
): Reading {
  const { known, state } = standing;
  if (outcome === undefined) return { ...standing, read: 'nothing', error: known.trouble, listed: null };
  if (!outcome.ok) return { ...standing, read: 'nothing', error: outcome.error, listed: null };
  const list = outcome.value;
  if (list.kind === 'token-gone') return { ...standing, read: 'nothing', error: null, listed: null };
  return {
    ...standing,
    read: span === null ? 'changes' : 'full',
    error: null,
    listed: { span: span ?? { from: state.from, until: state.windowEnd }, list },
  };
}

/**
 * The list in full that followed a list of changes, with what those tell of events that it leaves out: of one that was
 * deleted outside of its span no later list has a word.
 */
export function withChanges(full: Reading, changes: Reading): Reading {
  if (full.listed === null || changes.listed === null) return full;
  const { list } = full.listed;
  const known = new Set(full.entries.map(({ eventId }) => eventId));
  const listed = new Set(list.events.map(({ id }) => id));
  const more = changes.listed.list.events.filter(({ id }) => known.has(id) && !listed.has(id));
  return { ...full, listed: { ...full.listed, list: { ...list, events: [...more, ...list.events] } } };
}

/** The first day from which on the calendar has been read without a gap. */
export function coveredFrom(reading: Reading, clock: ZoneClock): IsoDate {
  const { state, listed, read } = reading;
  if (listed === null || read !== 'full') return state.from;
  const { from } = listed.span;
  const goesOn =
    state.from !== '' && state.from < from && isWhole(reading) && clock.dayOf(state.readAt) >= from;
  return goesOn ? state.from : from;
}

export function dayAfter(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
