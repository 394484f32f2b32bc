/** The sync of calendars: what Google refuses for good. */
import { syncLines } from '../../src/calendar/sync-words.ts';
import { OWNER } from '../tools/fake-host.ts';
import type { SyncWorld } from './sync-world.ts';
import { CHARTERS, eventsOf, MINUTE_MS, row, syncWorld, WRITTEN } from './sync-world.ts';

const [PLACE] = WRITTEN;

/** Titles of Purser’s events, and the ids of those that stand. */
function standing(world: SyncWorld): readonly string[] {
  return eventsOf(world, PLACE)
    .filter(({ status }) => status === 'confirmed')
    .map(({ id }) => id);
}

function withCharter(changes: Parameters<typeof row>[1] = {}): SyncWorld {
  const world = syncWorld();
  world.ledger.set('a', row('a', changes));
  world.sync();
  return world;
}

function put(world: SyncWorld, changes: Parameters<typeof row>[1]): ReturnType<SyncWorld['sync']> {
  world.ledger.set('a', row('a', changes));
  return world.sync();
}

describe.each(['forbidden', 'conflict', 'purged'] as const)('a deleted event that is %s', (deleted) => {
  // Far ahead no list has it: then an id that is taken is all that tells of it.
  it.each(['2026-06-10', '2026-07-28'])('of %s has another made in its place, once', (date) => {
    const world = withCharter({ date });
    world.calendars.switchTo({ deleted });
    const [first = ''] = standing(world);
    put(world, { date, status: 'cancelled' });
    expect(standing(world)).toEqual([]);
    expect(put(world, { date })?.words).toBe('1 synced. 1 event made.');
    const [second = ''] = standing(world);
    expect([standing(world).length, second === first]).toEqual([1, false]);
    world.sync();
    expect(world.written).toEqual([]);
    expect(world.tab().entries).toMatchObject([{ eventId: second, kind: 'charter', edit: 'none' }]);
    // What Purser knew of it is lost: it is found again.
    for (const key of world.host.document.keys())
      if (key.startsWith('calendar.')) world.host.document.delete(key);
    for (let index = 1; index < 9; index++) world.type(index, 0, '');
    world.sync();
    world.sync();
    expect(standing(world)).toEqual([second]);
    expect(put(world, { date, guests: 3 })?.words).toBe('1 synced. 1 event changed.');
    expect(eventsOf(world, PLACE).find(({ id }) => id === second)?.summary).toBe('Osprey: 3 guests');
    // And goes as the first one went.
    put(world, { date, status: 'cancelled' });
    expect(standing(world)).toEqual([]);
    put(world, { date });
    expect(standing(world)).toHaveLength(1);
    expect(standing(world)).not.toContain(second);
  });

  it('by a person has another made when the ledger changes, and is not said to be deleted any more', () => {
    const world = withCharter();
    world.calendars.switchTo({ deleted });
    const [first = ''] = standing(world);
    world.calendars.person(OWNER).remove(first, CHARTERS);
    expect(world.sync()?.calendars).toMatchObject([{ edited: 1 }]);
    expect(standing(world)).toEqual([]);
    expect(put(world, { guests: 3 })?.calendars).toMatchObject([{ state: 'synced', patched: 1, edited: 0 }]);
    expect(standing(world)).toHaveLength(1);
    expect(world.tab().entries).toHaveLength(1);
  });
});

it('one that a person deletes in the moment it is written has another made', () => {
  const world = withCharter();
  const [first = ''] = standing(world);
  world.calendars.switchTo({ deleted: 'forbidden' });
  world.meddle = () => world.calendars.person(OWNER).remove(first, CHARTERS);
  world.fault = { at: 1, of: 'changes', fault: { kind: 'meddled' } };
  expect(put(world, { guests: 3 })?.words).toBe('1 synced. 1 event changed.');
  expect(eventsOf(world, PLACE).map(({ status }) => status)).toEqual(['cancelled', 'confirmed']);
  expect(world.tab().entries.map(({ eventId }) => eventId)).toEqual(standing(world));
});

it('one that was made in place of another, by a run that was killed then, is found though the first comes back by now', () => {
  const world = withCharter({ date: '2026-07-28' });
  world.calendars.switchTo({ deleted: 'forbidden' });
  put(world, { date: '2026-07-28', status: 'cancelled' });
  // Both inserts, and the patch between them.
  world.fault = { at: 3, of: 'changes', fault: { kind: 'killed', after: true } };
  put(world, { date: '2026-07-28' });
  const made = standing(world);
  expect([made.length, world.tab().entries]).toEqual([1, []]);
  world.calendars.switchTo({});
  world.pass(11 * MINUTE_MS);
  world.sync();
  expect(standing(world)).toEqual(made);
});

it('of two that stand, since a person took the first one out of the bin, the first stays', () => {
  const world = withCharter();
  const [first = ''] = standing(world);
  world.calendars.switchTo({ deleted: 'forbidden' });
  put(world, { status: 'cancelled' });
  put(world, {});
  world.calendars.person(OWNER).edit(first, { status: 'confirmed' }, CHARTERS);
  expect(standing(world)).toHaveLength(2);
  expect(world.sync()?.words).toBe('1 synced. 1 event deleted.');
  expect(standing(world)).toEqual([first]);
  world.sync();
  expect(world.written).toEqual([]);
});

it('very many times leaves the charter without an event, says so, and the calendar is synced all the same', () => {
  const world = withCharter();
  world.calendars.switchTo({ deleted: 'purged' });
  for (let time = 0; time < 9; time++) {
    put(world, { status: 'cancelled' });
    expect(put(world, {})?.words).toBe('1 synced. 1 event made.');
  }
  put(world, { status: 'cancelled' });
  const report = put(world, {});
  expect(report?.calendars).toMatchObject([{ state: 'synced', error: null, left: 0 }]);
  expect(report === null ? [] : syncLines(report)).toEqual([
    '1 synced. 1 event refused by Google.',
    `${OWNER}, 2026-06-10 10:00 Osprey: 8 guests: Google neither brings the deleted event back nor takes a new one. Put the charter into the calendar by hand.`,
  ]);
});

describe('an event that Google takes not as it is', () => {
  it.each([0, 30])('is named, and neither stops %i others nor fails its calendar', (others) => {
    const world = syncWorld();
    world.calendars.switchTo({ refuseTitle: 'Cormorant' });
    world.ledger.set('x', row('x', { vessel: 'Cormorant', date: '2026-06-01' }));
    for (let index = 0; index < others; index++) world.ledger.set(`c${index}`, row(`c${index}`));
    for (const made of [others, 0]) {
      const report = world.sync();
      expect(report?.calendars).toMatchObject([{ state: 'synced', error: null, inserted: made, left: 0 }]);
      expect(report?.calendars[0]?.refused).toMatchObject([{ name: '2026-06-01 10:00 Cormorant: 8 guests' }]);
    }
    world.calendars.switchTo({});
    expect(world.sync()?.words).toBe('1 synced. 1 event made.');
  });

  it('is the calendar’s own trouble when it takes none of several', () => {
    const world = syncWorld();
    world.calendars.switchTo({ refuseTitle: 'Osprey' });
    for (const id of ['a', 'b', 'c']) world.ledger.set(id, row(id));
    expect(world.sync()?.words).toBe('1 failed. 3 events left for the next sync.');
  });
});
