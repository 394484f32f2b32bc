/** A calendar's entries after it was read: all of it, or what has changed since. */
import fc from 'fast-check';
import type { MergeContext } from '../../src/calendar/merge-entries.ts';
import { aged, mergeChanges, mergeFull } from '../../src/calendar/merge-entries.ts';
import { entryReader } from '../../src/calendar/read-entries.ts';
import type { CalendarEvent } from '../../src/clients/google/calendar-event.ts';
import type { CalendarEntry } from '../../src/statement/calendar-entry.ts';
import { zoneClock } from '../../src/statement/zone-clock.ts';
import { event, MARA, ownEvent, tombstone } from './calendar-samples.ts';

const SPAN = { from: '2026-05-07', until: '2026-06-27' };
const context = (changes: Partial<MergeContext> = {}): MergeContext => ({
  read: entryReader(MARA, { of: 'person', fleet: ['Osprey'], calendarWords: [], workbook: 'workbook-1' }),
  span: SPAN,
  clock: zoneClock('America/New_York'),
  isCancelling: () => false,
  ...changes,
});
const full = (known: readonly CalendarEntry[], ...listed: CalendarEvent[]) =>
  mergeFull(known, listed, context());
const changes = (known: readonly CalendarEntry[], ...changed: CalendarEvent[]) =>
  mergeChanges(known, changed, context());
const ids = (entries: readonly CalendarEntry[]) => entries.map(({ eventId }) => eventId);
const at = (start: string, end = start): Partial<CalendarEvent> =>
  start.length === 10
    ? { start: { date: start }, end: { date: end } }
    : { start: { dateTime: start }, end: { dateTime: end } };

test('an event is upserted by its id, and read the same again nothing changes', () => {
  const first = full([], event(), event({ id: 'e2', summary: 'Dentist' }));
  expect(ids(first)).toEqual(['e1', 'e2']);
  expect(full(first, event(), event({ id: 'e2', summary: 'Dentist' }))).toEqual(first);
  const later = changes(first, event({ summary: 'Osprey at eight' }));
  expect(later.map(({ title }) => title)).toEqual(['Osprey at eight', '']);
});

test('a full list has no word of what was deleted: what it lacks is gone', () => {
  expect(ids(full(full([], event(), event({ id: 'e2' })), event({ id: 'e2' })))).toEqual(['e2']);
});

test('of a charter’s event that is not listed, a person deleted it; its row says so', () => {
  const known = full([], ownEvent('c-1'));
  const [entry] = full(known);
  expect(entry).toMatchObject({ charterId: 'c-1', status: 'cancelled', edit: 'deleted' });
  expect(full([entry as CalendarEntry])).toEqual([entry]);
  expect(full([entry as CalendarEntry], ownEvent('c-1'))).toEqual(known);
});

test('what Purser itself was deleting is no person’s doing', () => {
  const own = ownEvent('c-1');
  const known = full([], own);
  const cancelling = context({ isCancelling: (id) => id === own.id });
  expect(mergeFull(known, [], cancelling)).toEqual([]);
  expect(mergeChanges(known, [tombstone(own.id)], cancelling)).toEqual([]);
  // It stands there still: the deletion did not get through.
  expect(mergeFull(known, [own], cancelling)).toEqual(known);
});

test('what ended before the span, or begins after it, was not asked for and stays', () => {
  const known = [
    ...full([], event({ id: 'before', ...at('2026-05-06T20:00:00-04:00', '2026-05-07T00:00:00-04:00') })),
    ...full([], event({ id: 'after', ...at('2026-06-27T00:00:00-04:00', '2026-06-27T01:00:00-04:00') })),
    ...full([], event({ id: 'into', ...at('2026-05-06T20:00:00-04:00', '2026-05-07T00:01:00-04:00') })),
    ...full([], event({ id: 'out', ...at('2026-06-26T23:59:00-04:00', '2026-06-28T01:00:00-04:00') })),
  ];
  expect(ids(full(known))).toEqual(['before', 'after']);
});

test('of an all-day event at the span’s edge the calendar’s own zone decides, so it stays', () => {
  const known = [
    ...full([], event({ id: 'edge', ...at('2026-05-05', '2026-05-08') })),
    ...full([], event({ id: 'inside', ...at('2026-05-05', '2026-05-09') })),
    ...full([], event({ id: 'last', ...at('2026-06-26', '2026-06-27') })),
  ];
  expect(ids(full(known))).toEqual(['edge', 'last']);
});

test('a tombstone takes a person’s entry away, and marks Purser’s own', () => {
  const own = ownEvent('c-1');
  const known = full([], event(), own);
  expect(changes(known, tombstone('e1'), tombstone(own.id), tombstone('never-heard-of'))).toEqual([
    expect.objectContaining({ eventId: own.id, status: 'cancelled', edit: 'deleted', charterId: 'c-1' }),
  ]);
});

test('a person who takes an event out of the bin has it back', () => {
  const own = ownEvent('c-1');
  const known = full([], own);
  expect(changes(changes(known, tombstone(own.id)), own)).toEqual(known);
});

test('changes tell of any day: what is outside of the span is new to nobody', () => {
  const far = event({ id: 'far', ...at('2027-05-14T17:30:00-04:00', '2027-05-14T19:30:00-04:00') });
  expect(changes([], far)).toEqual([]);
  const known = full([], event());
  expect(changes(known, { ...far, id: 'e1' })).toMatchObject([
    { eventId: 'e1', start: '2027-05-14T17:30:00-04:00' },
  ]);
});

test('an event that concerns no sailing any more becomes a busy time, and a free one nothing', () => {
  const known = full([], event());
  expect(changes(known, event({ summary: 'Rowing' }))).toMatchObject([{ kind: 'busy', title: '' }]);
  expect(changes(known, event({ summary: 'Rowing', transparency: 'transparent' }))).toEqual([]);
});

test('one cancelled instance of a recurring event goes alone; the deleted series takes all along', () => {
  const instances = ['abc_20260514T213000Z', 'abc_20260521', 'abc_R20260601_20260604T213000Z', 'abcd'];
  const known = full([], ...instances.map((id) => event({ id })));
  expect(ids(changes(known, tombstone('abc_20260521')))).toEqual([
    'abc_20260514T213000Z',
    'abc_R20260601_20260604T213000Z',
    'abcd',
  ]);
  expect(ids(changes(known, tombstone('abc')))).toEqual(['abc_R20260601_20260604T213000Z', 'abcd']);
});

test('busy times go after a week, anything else after a hundred days', () => {
  const todayMs = Date.parse('2026-06-01T12:00:00Z');
  const of = (kind: CalendarEntry['kind'], end: string) =>
    ({ ...full([], event())[0], kind, end, eventId: `${kind} ${end}` }) as CalendarEntry;
  const entries = [
    of('busy', '2026-05-25T12:00:01Z'),
    of('busy', '2026-05-25T11:59:59Z'),
    of('busy', '2026-05-25'),
    of('trip', '2026-05-25'),
    of('trip', '2026-02-21T12:00:01Z'),
    of('trip', '2026-02-21T11:59:59Z'),
    of('charter', '2026-02-21'),
    of('trip', 'whenever'),
  ];
  expect(ids(aged(entries, todayMs))).toEqual([
    'busy 2026-05-25T12:00:01Z',
    'trip 2026-05-25',
    'trip 2026-02-21T12:00:01Z',
    'trip whenever',
  ]);
});

describe('however often it is read between, in full or by changes', () => {
  const DAYS = ['2026-05-01', '2026-05-14', '2026-06-10', '2026-07-20'];
  const NAMES = ['Osprey sunset', 'Dentist', 'Osprey: 12 guests'];
  /** A person's hand on one of six events: 0 and 1 are Purser's, 4 and 5 instances of one series. */
  const act = fc.record({
    which: fc.nat(5),
    deletes: fc.boolean(),
    day: fc.constantFrom(...DAYS),
    name: fc.constantFrom(...NAMES),
    free: fc.boolean(),
  });
  const EVENT_IDS = ['', '', 'p2', 'p3', 's_20260514T213000Z', 's_20260610T213000Z'];

  function after(
    before: CalendarEvent | undefined,
    one: typeof act extends fc.Arbitrary<infer T> ? T : never,
  ) {
    const own = one.which < 2 ? ownEvent(`c-${one.which}`) : null;
    const id = own?.id ?? EVENT_IDS[one.which] ?? '';
    if (one.deletes) return before === undefined ? undefined : tombstone(id);
    return {
      ...(own ?? event({ id })),
      ...at(`${one.day}T21:30:00.000Z`, `${one.day}T23:30:00.000Z`),
      summary: one.name,
      transparency: one.free ? 'transparent' : 'opaque',
    };
  }
  const inSpan = ({ start }: Pick<CalendarEntry, 'start'>) => start >= SPAN.from && start < SPAN.until;

  test('the entries of the span are those of the calendar as it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(act, fc.constantFrom('nothing', 'full', 'changes')), { maxLength: 14 }),
        (steps) => {
          const calendar = new Map<string, CalendarEvent>();
          const unread = new Map<string, CalendarEvent>();
          const everKnown = new Set<string>();
          let entries: readonly CalendarEntry[] = [];
          const sync = (how: string): void => {
            if (how === 'full') {
              const standing = [...calendar.values()].filter(
                ({ status, start }) => status !== 'cancelled' && inSpan({ start: start?.dateTime ?? '' }),
              );
              entries = mergeFull(entries, standing, context());
            } else entries = mergeChanges(entries, [...unread.values()], context());
            unread.clear();
            for (const { kind, eventId } of entries) if (kind === 'charter') everKnown.add(eventId);
          };
          for (const [one, how] of steps) {
            const next = after(
              calendar.get(one.which < 2 ? ownEvent(`c-${one.which}`).id : (EVENT_IDS[one.which] ?? '')),
              one,
            );
            if (next !== undefined) {
              calendar.set(next.id, next);
              unread.set(next.id, next);
            }
            if (how !== 'nothing') sync(how);
          }
          sync('changes');
          const byChanges = entries;
          sync('full');
          const standing = (all: readonly CalendarEntry[]) =>
            all
              .filter((entry) => inSpan(entry) && entry.edit !== 'deleted')
              .sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
          const now = [...calendar.values()].flatMap((one) => context().read(one, null) ?? []);
          expect(standing(byChanges)).toEqual(standing(now));
          expect(standing(entries)).toEqual(standing(now));
          // Nothing that a person deleted of Purser's is forgotten, and nothing else is called deleted.
          const deletedOwn = [...calendar.values()].filter(
            ({ id, status }) => status === 'cancelled' && everKnown.has(id),
          );
          expect(ids(entries)).toEqual(expect.arrayContaining(deletedOwn.map(({ id }) => id)));
          const wronglyDeleted = entries.filter(
            ({ eventId, edit }) =>
              edit === 'deleted' &&
              calendar.get(eventId)?.status !== 'cancelled' &&
              inSpan({ start: calendar.get(eventId)?.start?.dateTime ?? '' }),
          );
          expect(wronglyDeleted).toEqual([]);
          sync('full');
          sync('changes');
          const again = entries;
          sync('full');
          expect(entries).toEqual(again);
        },
      ),
    );
  });
});
