/** A ledger's slice around June 2026, and what it wants calendars to show. */
import type { EventContent } from '../../src/calendar/event-content.ts';
import { eventIdOf } from '../../src/calendar/event-id.ts';
import type { PlanContext, WritePlan } from '../../src/calendar/plan-writes.ts';
import { planWrites } from '../../src/calendar/plan-writes.ts';
import type { ContentContext, LedgerSlice } from '../../src/calendar/wanted-events.ts';
import { knownIds, protectedIds, wantedEvents } from '../../src/calendar/wanted-events.ts';
import type { Charter, CharterReading } from '../../src/statement/charter.ts';
import { zoneClock } from '../../src/statement/zone-clock.ts';
import { charter, readable, TOM } from '../statement/samples.ts';
import type { MemoryCalendar } from './memory-calendar.ts';
import { PLACE } from './memory-calendar.ts';

const ZONE = 'America/New_York';
const CLOCK = zoneClock(ZONE);

export const CONTEXT: ContentContext = {
  charterMinutes: 120,
  timeZone: ZONE,
  instantOf: CLOCK.instantOf,
  workbook: 'workbook-1',
  linkOf: () => null,
};

export function sliceOf(readings: readonly CharterReading[]): LedgerSlice {
  const months = ['2026-05', '2026-06', '2026-07'];
  return { months, sure: months, readings, roster: new Map([[TOM.id, TOM]]) };
}

export function wantedOf(...charters: readonly Charter[]): ReadonlyMap<string, EventContent> {
  return wantedEvents(sliceOf(readable(...charters)), { writes: { all: true } }, CONTEXT);
}

export function contentFor(
  changes: Partial<Charter> = {},
  context: Partial<ContentContext> = {},
): EventContent {
  const slice = sliceOf(readable(charter(changes)));
  const [content] = wantedEvents(slice, { writes: { all: true } }, { ...CONTEXT, ...context }).values();
  if (content === undefined) throw new Error('nothing is wanted of that charter');
  return content;
}

export const MOVED = {
  start: { dateTime: '2026-06-20T10:00:00Z' },
  end: { dateTime: '2026-06-20T11:00:00Z' },
};

export const { dayOf } = CLOCK;

/** For a calendar that all charters are written to, on the first of June. */
export function planFor(
  calendar: Pick<MemoryCalendar, 'entries'>,
  readings: readonly CharterReading[],
  changes: Partial<PlanContext> = {},
): WritePlan {
  const slice = sliceOf(readings);
  return planWrites([...calendar.entries.values()], wantedEvents(slice, { writes: { all: true } }, CONTEXT), {
    calendarOwnId: PLACE.calendarOwnId,
    months: slice.months,
    sure: slice.sure,
    protectedIds: protectedIds(slice),
    knownIds: knownIds(slice),
    dayOf,
    allowed: null,
    room: 300,
    todayMs: Date.UTC(2026, 5, 1),
    ...changes,
  });
}

export function many(count: number, changes: Partial<Charter> = {}): Charter[] {
  return Array.from({ length: count }, (_, index) => charter({ id: `c-${index}`, ...changes }));
}

const ids = new Map<string, string>();

export function idOf(charterId: string): string {
  const id = ids.get(charterId) ?? eventIdOf(PLACE.calendarOwnId, charterId);
  ids.set(charterId, id);
  return id;
}
