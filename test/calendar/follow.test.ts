/** The plan, carried out again and again while both sides change. */
import fc from 'fast-check';
import type { Charter, CharterReading } from '../../src/statement/charter.ts';
import { charter, unreadable } from '../statement/samples.ts';
import { dayOf, idOf, MOVED, many, planFor } from './contents.ts';
import type { MemoryCalendar } from './memory-calendar.ts';
import { memoryCalendar } from './memory-calendar.ts';

describe('whatever happens on either side', () => {
  const ID = fc.integer({ min: 0, max: 13 }).map((index) => `c-${index}`);
  const DATE = fc.constantFrom('2026-05-03', '2026-06-11', '2026-06-30', '2026-07-31', '2026-08-01');
  const FATE = fc.constantFrom('scheduled', 'completed', 'cancelled', 'unknown', 'unreadable', 'gone');
  const STEP = fc.oneof(
    fc.record({ ledger: ID, fate: FATE, date: DATE, guests: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ person: ID, change: fc.constantFrom({ summary: 'mine' }, MOVED, null) }),
    fc.record({ sync: fc.boolean(), allow: fc.boolean(), room: fc.constantFrom(300, 300, 2) }),
  );

  test('the calendar ends as the rules say', () => {
    fc.assert(
      fc.property(fc.array(STEP, { maxLength: 40 }), (steps) => {
        const calendar = memoryCalendar();
        const ledger = new Map<string, CharterReading>();
        for (const one of many(14, { date: '2026-06-11', status: 'scheduled' })) {
          ledger.set(one.id, { readable: true, charter: one });
        }
        const rules = rulesFor(calendar, ledger);
        rules.sync(false, false, 300);
        for (const step of steps) {
          if ('ledger' in step) change(ledger, step);
          else if ('person' in step) rules.touch(step.person, step.change);
          else rules.sync(step.sync, step.allow, step.room);
        }
        rules.sync(true, true, 300);
        rules.sync(false, true, 300);
        const last = planFor(calendar, [...ledger.values()]);
        expect([last.writes, last.held, last.forget, last.left]).toEqual([[], null, [], 0]);
        rules.check();
      }),
      { numRuns: 60 },
    );
  });

  function change(
    ledger: Map<string, CharterReading>,
    step: { readonly ledger: string; readonly fate: string; readonly date: string; readonly guests: number },
  ): void {
    const { ledger: id, fate, date, guests } = step;
    if (fate === 'gone') ledger.delete(id);
    else if (fate === 'unreadable') ledger.set(id, unreadable({ id }));
    else {
      const status = fate as Charter['status'];
      ledger.set(id, { readable: true, charter: charter({ id, date, guests, status }) });
    }
  }

  /** What has to come of it, told without entries, hashes and plans. */
  function rulesFor(calendar: MemoryCalendar, ledger: ReadonlyMap<string, CharterReading>) {
    /** What the ledger said when a sync last had to write it: heads and day. */
    const written = new Map<string, string>();
    const touched = new Set<string>();
    const standing = (): string[] =>
      [...ids()].filter((id) => calendar.events.get(idOf(id))?.status === 'confirmed');
    const ids = (): Set<string> => new Set([...ledger.keys(), ...many(14).map(({ id }) => id)]);
    const said = (id: string): string | null => {
      const reading = ledger.get(id);
      if (reading?.readable !== true || reading.charter.date >= '2026-08') return null;
      const { status, date, guests } = reading.charter;
      return status === 'scheduled' || status === 'completed' ? `${date} ${status} ${guests}` : null;
    };
    const isDead = (id: string): boolean => {
      const reading = ledger.get(id);
      return reading?.readable === true && ['cancelled', 'no-show'].includes(reading.charter.status);
    };
    const isUnsure = (id: string): boolean => {
      const reading = ledger.get(id);
      return reading !== undefined && (!reading.readable || reading.charter.status === 'unknown');
    };
    return {
      touch: (id: string, changes: Parameters<MemoryCalendar['touch']>[1]): void => {
        if (calendar.events.get(idOf(id))?.status !== 'confirmed') return;
        calendar.touch(idOf(id), changes);
        touched.add(id);
      },
      sync: (full: boolean, allow: boolean, room: number): void => {
        calendar.read(full);
        const before = standing();
        const readings = [...ledger.values()];
        const asked = planFor(calendar, readings, { room });
        const allowed = allow ? (asked.held?.digest ?? null) : null;
        const plan = planFor(calendar, readings, { room, allowed });
        calendar.carryOut(plan.writes, plan.forget);
        calendar.read(false);
        for (const { kind, charterId } of plan.writes) {
          if (kind === 'cancel') written.delete(charterId);
          else written.set(charterId, said(charterId) ?? 'never');
          touched.delete(charterId);
        }
        for (const id of ids()) {
          if (!plan.forget.includes(idOf(id))) continue;
          written.delete(id);
          touched.delete(id);
        }
        const cancelled = before.filter((id) => !standing().includes(id));
        expect(cancelled.filter((id) => isUnsure(id) || said(id) !== null)).toEqual([]);
        if (allowed !== null) return;
        expect(cancelled.length).toBeLessThanOrEqual(Math.min(10, Math.max(1, before.length / 5)));
      },
      check: (): void => {
        for (const id of ids()) {
          const now = said(id);
          const event = calendar.events.get(idOf(id));
          if (now !== null) {
            expect([id, written.get(id)]).toEqual([id, now]);
            if (touched.has(id)) continue;
            expect(event?.status).toBe('confirmed');
            expect(event?.summary).toBe(
              `Blue Heron: ${now.split(' ')[2] === '1' ? '1 guest' : `${now.split(' ')[2]} guests`}`,
            );
            expect(dayOf(event?.start?.dateTime ?? '')).toBe(now.split(' ')[0]);
          } else if (!isUnsure(id) && (!touched.has(id) || isDead(id))) {
            expect([id, event?.status ?? 'cancelled']).toEqual([id, 'cancelled']);
          }
        }
        // One a charter, and no other: an id can't be there twice.
        expect([...calendar.events.keys()].filter((id) => ![...ids()].map(idOf).includes(id))).toEqual([]);
      },
    };
  }
});
