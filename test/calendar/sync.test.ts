/** The sync of calendars: what is cut off, who must be connected again, what a person is asked. */
import { OWNER } from '../tools/fake-host.ts';
import type { Place, SyncWorld } from './sync-world.ts';
import { ANA, begin, CHARTERS, eventsOf, MINUTE_MS, row, syncWorld, TOM, WRITTEN } from './sync-world.ts';

/** A calendar’s own events as they stand: title, and whether it is there. */
function standing(world: SyncWorld, place: Place = WRITTEN[0]): readonly (readonly unknown[])[] {
  return eventsOf(world, place)
    .filter(({ id }) => id.startsWith('purser'))
    .map(({ summary, status }) => [summary, status]);
}

describe('what is cut off', () => {
  it('by the end of an execution while events are deleted is not taken for a person’s doing', () => {
    const world = begin();
    world.ledger.set('a', row('a'));
    world.sync();
    world.ledger.set('a', row('a', { status: 'cancelled' }));
    // The states are noted first; then the event goes, and nothing is written down of it.
    world.fault = { at: 3, of: 'changes', fault: { kind: 'killed', after: true } };
    world.sync();
    expect(standing(world)).toEqual([['Osprey: 8 guests', 'cancelled']]);
    world.ledger.set('a', row('a'));
    world.pass(11 * MINUTE_MS);
    expect(world.sync()?.words).toBe('3 synced. 2 events made.');
    expect(standing(world)).toEqual([['Osprey: 8 guests', 'confirmed']]);
  });

  it('after events were made is found again, and nothing is made twice', () => {
    const world = begin();
    world.ledger.set('a', row('a'));
    world.fault = { at: 2, of: 'changes', fault: { kind: 'killed', after: true } };
    world.sync();
    expect(world.tab().entries).toEqual([]);
    world.pass(11 * MINUTE_MS);
    expect(world.sync()?.calendars.map(({ error }) => error)).toEqual([null, null, null]);
    expect(standing(world)).toEqual([['Osprey: 8 guests', 'confirmed']]);
    expect(world.tab().entries.map(({ kind }) => kind)).toEqual(['charter', 'charter']);
  });

  it('leaves nobody waiting: a second sync meanwhile says who is at it, and does nothing', () => {
    const world = begin();
    world.fault = { at: 4, of: 'calls', fault: { kind: 'killed', after: false } };
    world.sync();
    expect(() => world.sync()).toThrow(`A sync of the calendars that ${OWNER} started is going on`);
    world.pass(11 * MINUTE_MS);
    expect(world.sync()?.words).toBe('3 synced.');
  });
});

describe('an event that a person deleted', () => {
  it('beyond the days that are read is brought back all the same when the ledger changes', () => {
    const world = begin();
    world.ledger.set('a', row('a', { date: '2026-07-28' }));
    world.sync();
    const [event] = eventsOf(world, WRITTEN[0]);
    world.calendars.person(OWNER).remove(event?.id ?? '', CHARTERS);
    // Another vessel: all is read in full, which has no word of what is gone so far ahead.
    world.ledger.set('a', row('a', { date: '2026-07-28', vessel: 'Tolliver' }));
    world.sync();
    expect(standing(world)).toEqual([['Tolliver: 8 guests', 'confirmed']]);
  });

  it('and whose charter is wanted no more is forgotten: the charter that comes back has its event', () => {
    const world = begin();
    world.ledger.set('a', row('a'));
    world.sync();
    const [event] = eventsOf(world, WRITTEN[0]);
    world.calendars.person(OWNER).remove(event?.id ?? '', CHARTERS);
    expect(world.sync()?.calendars.map(({ edited }) => edited)).toEqual([1, 0, 0]);
    expect(standing(world)).toEqual([['Osprey: 8 guests', 'cancelled']]);
    world.ledger.set('a', row('a', { status: 'cancelled' }));
    world.sync();
    expect(world.tab().entries).toEqual([]);
    world.ledger.set('a', row('a'));
    world.sync();
    expect(standing(world)).toEqual([['Osprey: 8 guests', 'confirmed']]);
  });
});

it('when calendars were last read is written down some times a day, though nothing else has changed', () => {
  const world = begin();
  world.ledger.set('a', row('a'));
  world.sync();
  const readAt = () => new Set(world.tab().watched.map((one) => one.readAt.slice(0, 16)));
  world.pass(5 * 60 * MINUTE_MS);
  world.sync();
  expect([readAt(), world.written]).toEqual([new Set(['2026-06-01T10:00']), []]);
  world.pass(60 * MINUTE_MS);
  world.sync();
  expect(readAt()).toEqual(new Set(['2026-06-01T16:00']));
  // Another day in New York.
  world.pass(12.5 * 60 * MINUTE_MS);
  world.sync();
  expect(readAt()).toEqual(new Set(['2026-06-02T04:30']));
});

describe('a list of changes', () => {
  it('of very many pages, such as of an event that repeats for ever, is given up for a full list', () => {
    const world = begin();
    world.sync();
    const ana = world.calendars.person(ANA);
    world.calendars.switchTo({ pageSize: 1 });
    for (let day = 1; day <= 9; day++)
      ana.add({ summary: 'x', start: `2026-06-0${day}`, end: `2026-06-1${day}` });
    expect(world.sync()?.calendars.map(({ read }) => read)).toEqual(['changes', 'full', 'changes']);
    expect(world.tab().entries).toHaveLength(9);
  });
});

describe('accounts', () => {
  it('that ended are counted, kept as they were, and stop nobody', () => {
    const world = begin();
    world.ledger.set('a', row('a'));
    world.sync();
    const before = world.tab().entries.length;
    world.revoke(TOM);
    world.pass(60 * MINUTE_MS);
    world.ledger.set('b', row('b'));
    const report = world.sync();
    expect(report?.words).toBe('2 synced, 1 needs reconnecting. 1 event made.');
    expect(world.tab().entries).toHaveLength(before + 1);
    world.connect(TOM, 'primary');
    expect(world.sync()?.words).toBe('3 synced. 1 event made.');
  });

  it('that are disconnected leave nothing in the tab', () => {
    const world = begin();
    world.calendars.person(ANA).add({ summary: 'Dentist', start: '2026-06-02', end: '2026-06-03' });
    world.sync();
    expect(world.tab().entries.map(({ kind, title }) => [kind, title])).toEqual([['busy', '']]);
    for (const key of world.host.user.keys())
      if (world.host.user.get(key)?.includes(ANA)) world.host.user.delete(key);
    expect(world.sync()?.words).toBe('2 synced.');
    expect(world.tab().entries).toEqual([]);
    expect(world.tab().watched.map(({ account }) => account)).toEqual([OWNER, TOM]);
    expect([...world.host.document.keys()].filter((key) => key.startsWith('calendar.'))).toHaveLength(2);
  });

  it('that chose the company’s own calendar do not write there against it', () => {
    const world = syncWorld();
    world.connect(TOM, CHARTERS.toUpperCase());
    world.ledger.set('a', row('a'));
    world.ledger.set('b', row('b', { crew: [] }));
    expect(world.sync()?.words).toBe('1 synced. 2 events made.');
    world.sync();
    expect(world.written).toEqual([]);
  });

  it('are left alone in a copy of the workbook', () => {
    const world = begin();
    world.settings({ Workbook: 'another-workbook' });
    expect(() => world.sync()).toThrow('This workbook is a copy');
    expect(world.written).toEqual([]);
  });

  it('none, and no calendar of the company: nothing is made or written', () => {
    const world = syncWorld();
    world.settings({ 'Charters calendar': '' });
    expect(world.sync()).toBeNull();
    expect([world.written, world.rounds()]).toEqual([[], 1]);
  });

  it('of another person than the owner of the triggers are not touched', () => {
    const world = begin();
    world.host.setUser('mallory@mail.example');
    expect(() => world.sync()).toThrow(OWNER);
    expect(world.rounds()).toBe(0);
  });

  it('twenty of them: a quiet sync takes two rounds, and one more to renew their tokens', () => {
    const world = syncWorld();
    world.ledger.set('a', row('a'));
    for (let index = 0; index < 20; index++) world.connect(`crew-${index}@crew.example`);
    world.sync();
    world.pass(20 * MINUTE_MS);
    expect(world.sync()?.words).toBe('21 synced.');
    expect([world.rounds(), world.written]).toEqual([2, []]);
    world.pass(30 * MINUTE_MS);
    expect(world.sync()?.words).toBe('21 synced.');
    expect([world.rounds(), world.written]).toEqual([3, []]);
  });
});

describe('a first sync of very many charters', () => {
  it('writes the nearest three hundred, and the rest with the next ones', () => {
    const world = syncWorld();
    for (let index = 0; index < 310; index++) {
      const day = 1 + (index % 30);
      world.ledger.set(`c${index}`, row(`c${index}`, { date: `2026-06-${String(day).padStart(2, '0')}` }));
    }
    expect(world.sync()?.words).toBe('1 synced. 300 events made, 10 left for the next sync.');
    expect(world.tab().entries.map(({ start }) => start.slice(0, 10))).toContain('2026-06-01');
    expect(world.sync()?.words).toBe('1 synced. 10 events made.');
  });
});

describe('the ledger', () => {
  it('that can’t be read stops what goes out, and not what comes in', () => {
    const world = begin();
    world.ledger.set('a', row('a'));
    world.sync();
    world.ledger.clear();
    world.ledgerFails = true;
    world.calendars
      .person(ANA)
      .add({ summary: 'Osprey!', start: '2026-06-10T10:00:00', end: '2026-06-10T11:00:00' });
    const report = world.sync();
    expect(report?.words).toMatch(
      /^3 synced\. Nothing was written to calendars, because the charters could not be read/,
    );
    expect(standing(world)).toEqual([['Osprey: 8 guests', 'confirmed']]);
    expect(world.tab().entries.filter(({ account }) => account === ANA)).toHaveLength(1);
    // With the ledger its vessels are known again, and what was read without them is looked at anew.
    world.ledgerFails = false;
    world.ledger.set('a', row('a'));
    world.sync();
    expect(world.tab().entries.find(({ account }) => account === ANA)).toMatchObject({
      kind: 'trip',
      charterId: 'a',
    });
  });

  it('that suddenly lacks most charters deletes none until a person has said yes to these very ones', () => {
    const world = begin();
    for (const id of ['a', 'b', 'c', 'd']) world.ledger.set(id, row(id, { crew: [] }));
    world.sync();
    world.ledger.delete('a');
    world.ledger.delete('b');
    const [company] = world.sync()?.calendars ?? [];
    expect(company?.held).toMatchObject({
      count: 2,
      first: ['2026-06-10 10:00 Osprey: 8 guests', '2026-06-10 10:00 Osprey: 8 guests'],
    });
    const yes = [company?.held?.digest ?? ''];
    expect(world.sync({ allowed: ['another'] })?.words).toBe(
      '3 synced. 2 deletions wait for a person’s yes.',
    );
    world.ledger.delete('c');
    // One more than was said yes to.
    expect(world.sync({ allowed: yes })?.words).toBe('3 synced. 3 deletions wait for a person’s yes.');
    world.ledger.set('c', row('c', { crew: [] }));
    world.sync();
    expect(world.sync({ allowed: yes })?.words).toBe('3 synced. 2 events deleted.');
    expect(standing(world).filter(([, status]) => status === 'confirmed')).toHaveLength(2);
  });
});
