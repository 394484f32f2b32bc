import { eventIdOf } from '../../src/calendar/event-id.ts';
import type { PlanContext } from '../../src/calendar/plan-writes.ts';
import { planWrites } from '../../src/calendar/plan-writes.ts';
import type { CharterReading } from '../../src/statement/charter.ts';
import { charter, readable, unreadable } from '../statement/samples.ts';
import { dayOf, idOf, MOVED, many, planFor } from './contents.ts';
import type { MemoryCalendar } from './memory-calendar.ts';
import { memoryCalendar, PLACE } from './memory-calendar.ts';

/** Plans, writes and reads again; what was done in short: `insert c-1`. */
function sync(
  calendar: MemoryCalendar,
  readings: readonly CharterReading[],
  changes: Partial<PlanContext> = {},
): string[] {
  const plan = planFor(calendar, readings, changes);
  calendar.carryOut(plan.writes, plan.forget);
  calendar.read(false);
  return plan.writes.map(({ kind, charterId }) => `${kind} ${charterId}`);
}

function calendarWith(readings: readonly CharterReading[]): MemoryCalendar {
  const calendar = memoryCalendar();
  sync(calendar, readings);
  return calendar;
}

describe('the calendar follows the ledger', () => {
  test('a charter is written once, and a second sync writes nothing', () => {
    const calendar = memoryCalendar();
    expect(sync(calendar, readable(charter()))).toEqual(['insert c-1']);
    expect(sync(calendar, readable(charter()))).toEqual([]);
  });

  test('a change is patched, a cancelled charter cancelled, and one that is back revived', () => {
    const calendar = calendarWith(readable(charter()));
    expect(sync(calendar, readable(charter({ guests: 11 })))).toEqual(['patch c-1']);
    expect(calendar.events.get(idOf('c-1'))?.summary).toBe('Blue Heron: 11 guests');
    expect(sync(calendar, readable(charter({ status: 'cancelled' })))).toEqual(['cancel c-1']);
    expect(calendar.entries.size).toBe(0);
    expect(sync(calendar, readable(charter({ status: 'cancelled' })))).toEqual([]);
    expect(sync(calendar, readable(charter()))).toEqual(['insert c-1']);
    expect(calendar.events.get(idOf('c-1'))).toMatchObject({
      status: 'confirmed',
      summary: 'Blue Heron: 10 guests',
    });
  });

  test('one that the ledger has no more, or moved out of these months, goes too', () => {
    expect(sync(calendarWith(readable(charter())), [])).toEqual(['cancel c-1']);
    const moved = readable(charter({ date: '2026-09-14' }));
    expect(sync(calendarWith(readable(charter())), moved)).toEqual(['cancel c-1']);
  });

  test('an event whose id is taken already is adopted as it stands, not written twice', () => {
    const calendar = calendarWith(readable(charter()));
    calendar.entries.clear();
    expect(sync(calendar, readable(charter()))).toEqual(['insert c-1']);
    expect(calendar.events.size).toBe(1);
    expect(sync(calendar, readable(charter()))).toEqual([]);
  });

  test('of one that was deleted nothing is kept once another stands for the charter', () => {
    const calendar = calendarWith(readable(charter()));
    const [entry] = calendar.entries.values();
    if (entry === undefined) throw new Error('no entry');
    const eventId = eventIdOf(PLACE.calendarOwnId, 'c-1', 1);
    const own = [
      { ...entry, edit: 'deleted' as const },
      { ...entry, eventId },
    ];
    const entries = new Map(own.map((one) => [one.eventId, one]));
    expect(planFor({ entries }, readable(charter()))).toMatchObject({ writes: [], forget: [idOf('c-1')] });
    // Nor is either deleted while nobody knows whether the charter sails.
    expect(planFor({ entries }, [unreadable({ id: 'c-1' })])).toMatchObject({ writes: [], forget: [] });
  });

  test('what a person changed or deleted is left so, until the ledger says something else', () => {
    for (const change of [{ summary: 'bring cake' }, MOVED, null]) {
      const calendar = calendarWith(readable(charter()));
      calendar.touch(idOf('c-1'), change);
      calendar.read(false);
      expect(sync(calendar, readable(charter()))).toEqual([]);
      const kind = change === null ? 'revive' : 'patch';
      expect(sync(calendar, readable(charter({ guests: 11 })))).toEqual([`${kind} c-1`]);
      expect(calendar.entries.get(idOf('c-1'))?.edit).toBe('none');
    }
  });

  test('one that a person deleted and the ledger cancels is forgotten without a call', () => {
    const calendar = calendarWith(readable(charter()));
    calendar.touch(idOf('c-1'), null);
    calendar.read(false);
    const plan = planFor(calendar, readable(charter({ status: 'cancelled' })));
    expect(plan).toEqual({ writes: [], held: null, left: 0, forget: [idOf('c-1')] });
  });

  test('of other people’s events none is ever written to', () => {
    const calendar = calendarWith(readable(charter()));
    const own = [...calendar.entries.values()].map((entry) => ({
      ...entry,
      kind: 'trip' as const,
      eventId: 'theirs',
    }));
    const plan = planWrites(own, new Map(), {
      calendarOwnId: PLACE.calendarOwnId,
      months: ['2026-05'],
      sure: ['2026-05'],
      protectedIds: new Set(),
      knownIds: new Set(['c-1']),
      dayOf,
      allowed: null,
      room: 300,
      todayMs: 0,
    });
    expect(plan).toEqual({ writes: [], held: null, left: 0, forget: [] });
  });
});

describe('what nobody is sure of stays', () => {
  test.each<[string, readonly CharterReading[]]>([
    ['can’t be read', [unreadable({ id: 'c-1' })]],
    ['has a status that nobody knows', readable(charter({ status: 'unknown' }))],
  ])('the event of a charter that %s', (_why, readings) => {
    expect(sync(calendarWith(readable(charter())), readings)).toEqual([]);
  });

  test('with an id that no event can hold as it is, too', () => {
    const id = `c-${'x'.repeat(1_500)}\ud800`;
    expect(sync(calendarWith(readable(charter({ id }))), [unreadable({ id })])).toEqual([]);
  });

  test('an event of another month, by the workbook’s clocks, is none of these months’ business', () => {
    const late = readable(charter({ date: '2026-07-31', departs: '23:30' }));
    const calendar = calendarWith(late);
    expect(dayOf([...calendar.entries.values()][0]?.start ?? '')).toBe('2026-07-31');
    expect(planFor(calendar, [], { months: ['2026-08', '2026-09', '2026-10'] }).writes).toEqual([]);
    expect(planFor(calendar, []).writes).toMatchObject([{ kind: 'cancel' }]);
  });

  test('a person moved it into these months from one beyond: it is not taken for a charter that is gone', () => {
    const months = ['2026-04', '2026-05', '2026-06'];
    const calendar = calendarWith(readable(charter({ date: '2026-07-02' })));
    calendar.touch(idOf('c-1'), MOVED);
    calendar.read(false);
    expect(planFor(calendar, [], { months }).writes).toEqual([]);
    // In the midst of the months it can only be one that the ledger has no more.
    expect(planFor(calendar, []).writes).toMatchObject([{ kind: 'cancel' }]);
  });

  test('a person moved it out of these months: it is cancelled with its charter all the same', () => {
    const calendar = calendarWith(readable(charter()));
    calendar.touch(idOf('c-1'), { start: { date: '2026-12-24' }, end: { date: '2026-12-25' } });
    calendar.read(false);
    expect(sync(calendar, readable(charter({ status: 'cancelled' })))).toEqual(['cancel c-1']);
  });
});

describe('cancelling much waits for a person', () => {
  const gone = (count: number, of: number): CharterReading[] =>
    readable(
      ...many(of).map((one, index) => (index < count ? { ...one, status: 'cancelled' as const } : one)),
    );

  test.each([
    [1, 1, false],
    [2, 10, false],
    [2, 9, true],
    [3, 14, true],
    [10, 50, false],
    [11, 100, true],
  ])('%i of %i: held is %s', (count, of, asks) => {
    const plan = planFor(calendarWith(readable(...many(of))), gone(count, of));
    expect(plan.held?.count ?? null).toBe(asks ? count : null);
    expect(plan.writes).toHaveLength(asks ? 0 : count);
  });

  test('inserts and changes go on meanwhile', () => {
    const calendar = calendarWith(readable(...many(20)));
    const readings = [
      ...gone(12, 19),
      ...readable(charter({ id: 'c-19', guests: 3 }), charter({ id: 'new' })),
    ];
    expect(sync(calendar, readings).sort()).toEqual(['insert new', 'patch c-19']);
  });

  test('a yes counts for these very events only', () => {
    const calendar = calendarWith(readable(...many(20)));
    const { held } = planFor(calendar, gone(12, 20));
    const allowed = held?.digest ?? '';
    expect(planFor(calendar, gone(13, 20), { allowed }).held?.count).toBe(13);
    expect(planFor(calendar, gone(12, 20), { allowed: 'x' }).held?.digest).toBe(allowed);
    expect(planFor(calendar, gone(12, 20), { allowed })).toMatchObject({
      held: null,
      writes: { length: 12 },
    });
  });

  test('what a person deleted already is not among them', () => {
    const calendar = calendarWith(readable(...many(20)));
    for (let index = 0; index < 8; index++) calendar.touch(idOf(`c-${index}`), null);
    calendar.read(false);
    const plan = planFor(calendar, gone(10, 20));
    expect([plan.held, plan.writes.length, plan.forget.length]).toEqual([null, 2, 8]);
  });
});

test('when there is not room for all, what is nearest to today goes first, and the rest is counted', () => {
  const days = ['2026-05-02', '2026-06-02', '2026-07-30', '2026-05-28'];
  const readings = readable(...days.map((date) => charter({ id: date, date })));
  const plan = planFor(memoryCalendar(), readings, { room: 2 });
  expect(plan.writes.map(({ charterId }) => charterId)).toEqual(['2026-06-02', '2026-05-28']);
  expect(plan.left).toBe(2);
  expect(planFor(memoryCalendar(), readings, { room: -1 })).toMatchObject({ writes: [], left: 4 });
});
