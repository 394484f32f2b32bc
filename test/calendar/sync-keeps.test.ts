/** The sync of calendars: what it never deletes nor writes over, though it looks as if it should. */
import { OWNER } from '../tools/fake-host.ts';
import type { Place, SyncWorld } from './sync-world.ts';
import { ANA, begin, CHARTERS, eventsOf, MINUTE_MS, row, TOM, WRITTEN } from './sync-world.ts';

const DAY_MS = 24 * 60 * MINUTE_MS;

/** How many of Purser’s events stand there. */
function standing(world: SyncWorld, place: Place = WRITTEN[0]): number {
  return eventsOf(world, place).filter(({ id, status }) => id.startsWith('purser') && status === 'confirmed')
    .length;
}

function charters(world: SyncWorld, count: number, changes: Parameters<typeof row>[1] = {}): void {
  for (let index = 0; index < count; index++) world.ledger.set(`c${index}`, row(`c${index}`, changes));
}

it('the event of a charter that still stands under the month before stays when its own month is over', () => {
  const world = begin();
  charters(world, 8, { crew: [] });
  // Put off from May to June; the item’s month was left as it was.
  world.ledger.set('late', row('late', { month: '2026-05', crew: [] }));
  world.sync();
  world.pass(30 * DAY_MS);
  expect(world.sync()?.words).toBe('3 synced.');
  expect(standing(world)).toBe(9);
});

it('what two killed runs were deleting is of neither taken for a person’s doing', () => {
  const world = begin();
  charters(world, 8, { crew: [] });
  world.sync();
  const cancelled = (id: string): void => {
    world.ledger.set(id, row(id, { crew: [], status: 'cancelled' }));
    // The state is noted, the event goes, and nothing is written down of it.
    world.fault = { at: 2, of: 'changes', fault: { kind: 'killed', after: true } };
    world.sync();
    expect(world.written.map((one) => one.split(' ')[0])).toEqual(['write', 'DELETE']);
    world.pass(11 * MINUTE_MS);
  };
  cancelled('c0');
  cancelled('c1');
  world.ledger.set('c0', row('c0', { crew: [] }));
  expect(world.sync()?.calendars[0]).toMatchObject({ inserted: 1, edited: 0 });
  expect(standing(world)).toBe(7);
});

it('a yes to very many deletions is good for all of them', () => {
  const world = begin();
  charters(world, 130, { crew: [] });
  world.sync();
  charters(world, 120, { crew: [], status: 'cancelled' });
  const held = world.sync()?.calendars[0]?.held;
  expect(held?.count).toBe(120);
  expect(world.sync({ allowed: [held?.digest ?? ''] })?.calendars[0]).toMatchObject({
    cancelled: 120,
    left: 0,
  });
  for (const value of world.host.document.values()) expect(value.length).toBeLessThan(9_000);
});

it('the event of a charter that can’t be read stays, though the tab has lost the quote before its id', () => {
  const world = begin();
  charters(world, 8, { crew: [] });
  world.ledger.set("'t Smidje 1", row("'t Smidje 1", { crew: [] }));
  world.sync();
  // By then what Purser wrote itself is not listed any more.
  world.pass(7 * 60 * MINUTE_MS);
  world.sync();
  const entries = world.tab().entries.map(({ charterId }) => charterId);
  world.type(4 + entries.indexOf("'t Smidje 1"), 11, 't Smidje 1');
  expect(world.tab().changedCells).toEqual([]);
  world.ledger.set("'t Smidje 1", row("'t Smidje 1", { crew: [], guests: 'many' }));
  expect(world.sync()?.words).toBe('3 synced.');
  expect(standing(world)).toBe(9);
});

it('what a person makes of an event of which a killed run could not write down that it made it stays', () => {
  const world = begin();
  // So far ahead that no list has it.
  world.ledger.set('a', row('a', { date: '2026-07-28', crew: [] }));
  world.fault = { at: 1, of: 'changes', fault: { kind: 'killed', after: true } };
  world.sync();
  const [event] = eventsOf(world, WRITTEN[0]);
  world.calendars.person(OWNER).edit(event?.id ?? '', { summary: 'Osprey, for the Bells' }, CHARTERS);
  world.pass(11 * MINUTE_MS);
  expect(world.sync()?.calendars[0]).toMatchObject({ edited: 1, left: 0 });
  expect(eventsOf(world, WRITTEN[0]).map(({ summary }) => summary)).toEqual(['Osprey, for the Bells']);
});

it('a person’s trip whose row somebody has changed in the tab is read again', () => {
  const world = begin();
  world.ledger.set('a', row('a'));
  world.calendars
    .person(ANA)
    .add({ summary: 'Osprey!', start: '2026-06-20T10:00:00', end: '2026-06-20T11:00:00' });
  world.sync();
  world.pass(7 * 60 * MINUTE_MS);
  world.sync();
  const before = world.tab().entries;
  const trip = before.findIndex(({ kind }) => kind === 'trip');
  world.type(4 + trip, 4, 'Cormorant!');
  expect(world.tab().entries).toHaveLength(before.length - 1);
  world.sync();
  expect(world.tab().entries).toEqual(expect.arrayContaining([...before]));
});

it('what is known of an account whose record can’t be read stays in the tab, and that its calendar is watched', () => {
  const world = begin();
  world.calendars.person(ANA).add({ summary: 'Dentist', start: '2026-06-02', end: '2026-06-03' });
  world.sync();
  const before = world.tab();
  for (const [key, value] of world.host.user) if (value.includes(ANA)) world.host.user.set(key, '{');
  expect(world.sync()?.words).toBe('2 synced.');
  expect(world.tab().entries).toEqual(before.entries);
  expect(new Set(world.tab().watched)).toEqual(new Set(before.watched));
});

describe('what the Purser of another workbook has written to the same calendar', () => {
  /** Tom sails for another operator, too, whose Purser writes to his calendar. */
  function withAnother(world: SyncWorld, changes: Parameters<typeof row>[1]): string {
    const other = begin();
    other.ledger.set('x-9', row('x-9', changes));
    other.sync();
    const [event] = eventsOf(other, WRITTEN[1]);
    return world.calendars.person(TOM).add({
      id: event?.id ?? '',
      calendarId: 'primary',
      summary: String(event?.summary),
      location: String(event?.location),
      description: String(event?.description),
      start: event?.start?.dateTime ?? '',
      end: event?.end?.dateTime ?? '',
      extendedProperties: {
        private: { ...event?.extendedProperties?.private, purserWorkbook: 'another-workbook' },
      },
    });
  }

  it('stays, and is a time at which its crew is taken', () => {
    const world = begin();
    charters(world, 8);
    world.sync();
    const id = withAnother(world, { vessel: 'Cormorant' });
    expect(world.sync()?.words).toBe('3 synced.');
    expect(standing(world, WRITTEN[1])).toBe(9);
    expect(world.tab().entries.find(({ eventId }) => eventId === id)).toMatchObject({
      kind: 'busy',
      title: '',
    });
    world.calendars.expireSyncTokens();
    expect(world.sync()?.words).toBe('3 synced.');
    expect(standing(world, WRITTEN[1])).toBe(9);
  });

  it('is taken over, and not made twice, when its ledger is this one: the workbook was copied', () => {
    const world = begin();
    withAnother(world, {});
    world.ledger.set('x-9', row('x-9'));
    world.sync();
    expect(world.sync()?.words).toBe('3 synced.');
    expect(standing(world, WRITTEN[1])).toBe(1);
    world.ledger.set('x-9', row('x-9', { status: 'cancelled' }));
    world.sync();
    expect([standing(world, WRITTEN[1]), standing(world)]).toEqual([0, 0]);
  });
});
