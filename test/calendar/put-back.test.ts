/** How a person puts an event back as Purser wrote it, once it counts as edited or deleted: the ways that docs/findings.md names. */
import type { PersonsChanges } from '../../scripts/local/google/calendar-hand.ts';
import { OWNER } from '../tools/fake-host.ts';
import type { SyncWorld } from './sync-world.ts';
import { begin, CHARTERS, eventsOf, row, WRITTEN } from './sync-world.ts';

const MOVED = { summary: 'Osprey, later', start: '2026-06-10T13:00:00', end: '2026-06-10T15:00:00' };

/** One charter's event, as it was written. */
function written(): { readonly world: SyncWorld; readonly id: string; readonly before: PersonsChanges } {
  const world = begin();
  world.ledger.set('a', row('a', { crew: [] }));
  world.sync();
  const [event] = eventsOf(world, WRITTEN[0]);
  const { summary = '', start, end } = event ?? {};
  return {
    world,
    id: event?.id ?? '',
    before: { summary, start: start?.dateTime ?? '', end: end?.dateTime ?? '' },
  };
}

function edits(world: SyncWorld): readonly string[] {
  world.sync();
  return world
    .tab()
    .entries.filter(({ kind }) => kind === 'charter')
    .map(({ edit }) => edit);
}

it('title and times typed again: the event is Purser’s again', () => {
  const { world, id, before } = written();
  const person = world.calendars.person(OWNER);
  person.edit(id, MOVED, CHARTERS);
  expect(edits(world)).toEqual(['edited']);
  person.edit(id, before, CHARTERS);
  expect(edits(world)).toEqual(['none']);
});

it('deleting an edited event alone does not do: it stays deleted, and restored it is as it was edited', () => {
  const { world, id } = written();
  const person = world.calendars.person(OWNER);
  person.edit(id, MOVED, CHARTERS);
  world.sync();
  person.remove(id, CHARTERS);
  expect(edits(world)).toEqual(['deleted']);
  person.edit(id, { status: 'confirmed' }, CHARTERS);
  expect(edits(world)).toEqual(['edited']);
});

it('one that was only deleted, restored from the bin', () => {
  const { world, id } = written();
  const person = world.calendars.person(OWNER);
  person.remove(id, CHARTERS);
  expect(edits(world)).toEqual(['deleted']);
  person.edit(id, { status: 'confirmed' }, CHARTERS);
  expect(edits(world)).toEqual(['none']);
});

it('deleted in the calendar, and then its row emptied in the tab: written anew from the ledger', () => {
  const { world, id, before } = written();
  const person = world.calendars.person(OWNER);
  person.edit(id, MOVED, CHARTERS);
  world.sync();
  person.remove(id, CHARTERS);
  expect(edits(world)).toEqual(['deleted']);
  const rows = [...world.tab().rows.kept.values()].find(({ texts }) => texts[2] === id);
  for (let column = 0; column < 17; column++) world.type(rows?.row ?? 0, column, '');
  expect(edits(world)).toEqual(['none']);
  expect(eventsOf(world, WRITTEN[0])).toMatchObject([{ id, status: 'confirmed', summary: before.summary }]);
});

it('while the event stands there edited, emptying its row changes nothing', () => {
  const { world, id } = written();
  world.calendars.person(OWNER).edit(id, MOVED, CHARTERS);
  world.sync();
  const rows = [...world.tab().rows.kept.values()].find(({ texts }) => texts[2] === id);
  for (let column = 0; column < 17; column++) world.type(rows?.row ?? 0, column, '');
  expect(edits(world)).toEqual(['edited']);
});
