/** The sync of calendars: what a person did stays known whoever reads the calendar, and one calendar’s trouble is its own. */
import { OWNER } from '../tools/fake-host.ts';
import type { SyncWorld } from './sync-world.ts';
import { ANA, begin, CHARTERS, eventsOf, MINUTE_MS, row, syncWorld, TOM, WRITTEN } from './sync-world.ts';

function standing(world: SyncWorld): number {
  return eventsOf(world, WRITTEN[0]).filter(
    ({ id, status }) => id.startsWith('purser') && status === 'confirmed',
  ).length;
}

describe('a calendar that two accounts have chosen', () => {
  function shared(): SyncWorld {
    const world = syncWorld();
    world.settings({ 'Charters calendar': '' });
    world.calendars.person(OWNER).share(CHARTERS, TOM, 'writer');
    world.calendars.person(OWNER).share(CHARTERS, ANA, 'writer');
    for (let index = 0; index < 8; index++) world.ledger.set(`c${index}`, row(`c${index}`));
    return world;
  }

  it('keeps what a person deleted when the account that read it must be connected again', () => {
    const world = shared();
    world.connect(TOM, CHARTERS);
    world.connect(ANA, CHARTERS);
    const reader = world.sync()?.calendars[0]?.account ?? '';
    const other = reader === TOM ? ANA : TOM;
    world.calendars.person(TOM).remove(eventsOf(world, WRITTEN[0])[0]?.id ?? '', CHARTERS);
    expect(world.sync()?.calendars[0]).toMatchObject({ account: reader, edited: 1 });
    world.revoke(reader);
    world.pass(120 * MINUTE_MS);
    expect(world.sync()?.calendars).toMatchObject([{ account: other, inserted: 0, edited: 1 }]);
    expect(standing(world)).toBe(7);
    expect(new Set(world.tab().entries.map(({ account }) => account))).toEqual(new Set([other]));
    expect(world.tab().entries).toHaveLength(8);
  });

  it('keeps what a person deleted when it becomes the Charters calendar', () => {
    const world = shared();
    world.connect(TOM, CHARTERS);
    world.sync();
    world.calendars.person(TOM).remove(eventsOf(world, WRITTEN[0])[0]?.id ?? '', CHARTERS);
    world.sync();
    world.settings({ 'Charters calendar': CHARTERS });
    expect(world.sync()?.calendars).toMatchObject([{ account: OWNER, inserted: 0, edited: 1 }]);
    expect(standing(world)).toBe(7);
  });
});

describe('an event so far ahead that no list in full has it', () => {
  /** A vessel that was not known makes a full list follow the list of changes. */
  function withNewVessel(touch: (world: SyncWorld, eventId: string) => void): SyncWorld {
    const world = begin();
    world.ledger.set('far', row('far', { date: '2026-07-28', crew: [] }));
    world.sync();
    world.pass(MINUTE_MS);
    touch(world, eventsOf(world, WRITTEN[0])[0]?.id ?? '');
    world.ledger.set('b', row('b', { vessel: 'Kestrel', crew: [] }));
    expect(world.sync()?.calendars[0]).toMatchObject({ read: 'full', inserted: 1, edited: 1 });
    return world;
  }

  it('is known to be deleted by a person, though a new vessel sails from that day on', () => {
    const world = withNewVessel((one, id) => one.calendars.person(OWNER).remove(id, CHARTERS));
    expect(world.tab().entries.map(({ charterId, edit }) => [charterId, edit])).toContainEqual([
      'far',
      'deleted',
    ]);
    expect(world.sync()?.words).toContain('1 of Purser’s events was changed or deleted by a person');
  });

  it('is known to be edited by a person, though a new vessel sails from that day on', () => {
    const world = withNewVessel((one, id) =>
      one.calendars.person(OWNER).edit(id, { summary: 'For the Bells' }, CHARTERS),
    );
    expect(world.tab().entries.map(({ title, edit }) => [title, edit])).toContainEqual([
      'For the Bells',
      'edited',
    ]);
  });
});

it('a Charters calendar that takes none of hundreds of events does not keep the crew’s calendars from theirs', () => {
  const world = begin();
  world.calendars.person(ANA).makeCalendar('others@group.calendar.google.com', 'Others');
  world.calendars.person(ANA).share('others@group.calendar.google.com', OWNER, 'reader');
  world.settings({ 'Charters calendar': 'others@group.calendar.google.com' });
  for (let index = 0; index < 310; index++) world.ledger.set(`c${index}`, row(`c${index}`, { crew: [] }));
  world.ledger.set('toms', row('toms'));
  expect(world.sync()?.calendars[0]).toMatchObject({ of: 'company', state: 'failed', inserted: 0 });
  expect(world.sync()?.calendars[0]).toMatchObject({ of: 'company', state: 'failed', inserted: 0 });
  expect(eventsOf(world, WRITTEN[1])).toHaveLength(1);
});

it('a yes to more deletions than a sync has writes is good for all of them', () => {
  const world = begin();
  const charters = (count: number, status: string): void => {
    for (let index = 0; index < count; index++)
      world.ledger.set(`c${index}`, row(`c${index}`, { status, crew: [] }));
  };
  charters(380, 'scheduled');
  world.sync();
  world.sync();
  charters(320, 'cancelled');
  const held = world.sync()?.calendars[0]?.held;
  expect(held?.count).toBe(320);
  const done = world.sync({ allowed: [held?.digest ?? ''] })?.calendars[0];
  expect(done).toMatchObject({ cancelled: 320, left: 0, held: null });
  expect(standing(world)).toBe(60);
});

it('a description that a page has saved as HTML, quotes and all, is no edit', () => {
  const world = begin();
  world.ledger.set('a', row('a', { vessel: 'The "Queen\'s" Pride', crew: [] }));
  world.sync();
  const [event] = eventsOf(world, WRITTEN[0]);
  const html = String(event?.description)
    .replace(/&/g, '&amp;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
    .replace(/\n/g, '<br>');
  world.calendars.person(OWNER).edit(event?.id ?? '', { description: html }, CHARTERS);
  expect(world.sync()?.words).toBe('3 synced.');
});
