/** The sync of calendars: whatever happens on either side, and whatever call fails. */
import fc from 'fast-check';
import type { CalendarEntry } from '../../src/statement/calendar-entry.ts';
import type { Touched } from './sync-sides.ts';
import { expectEqualSides, expectTheirsUntouched } from './sync-sides.ts';
import type { Fault, Place, SyncWorld } from './sync-world.ts';
import { begin, eventsOf, MINUTE_MS, row, TOM, WRITTEN } from './sync-world.ts';

const FAULTS: readonly Fault[] = [
  { kind: 'lost', after: false },
  { kind: 'lost', after: true },
  { kind: 'killed', after: false },
  { kind: 'killed', after: true },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 410 },
  { kind: 'meddled' },
  { kind: 'meddled' },
];

const STEPS = [
  ...(['charter', 'cancel', 'cancel', 'cancel', 'move', 'guests', 'unknown', 'remove'] as const),
  ...(['edit', 'delete', 'delete', 'restore', 'copy', 'trip', 'busy', 'theirs'] as const),
  ...(['expire', 'pass', 'revoke', 'tab', 'no-ledger', 'google', 'nothing'] as const),
] as const;

/** What Google does with deleted events. */
const DELETED = ['come-back', 'come-back', 'forbidden', 'conflict', 'purged'] as const;
type Deleted = (typeof DELETED)[number];

interface Step {
  readonly what: (typeof STEPS)[number];
  readonly n: number;
  /** What comes after it. */
  readonly after: 'nothing' | 'sync' | 'fault';
}

function play(steps: readonly Step[], deleted: Deleted) {
  const world = begin();
  world.calendars.switchTo({ deleted });
  const touched: Touched = new Map();
  const theirs: Touched = new Map();
  let isRevoked = false;
  const reconnect = (): void => {
    if (isRevoked) world.connect(TOM, 'primary');
    isRevoked = false;
  };
  const byHand = (into: Touched, place: Place, id: string): void => {
    const event = eventsOf(world, place).find((one) => one.id === id);
    if (event !== undefined) into.set(id, { etag: event.etag });
  };
  const sync = (fault: SyncWorld['fault']): void => {
    world.fault = fault;
    world.sync();
    // A lease that nobody gave back frees itself.
    if (fault !== null) world.pass(11 * MINUTE_MS);
  };
  for (const id of ['c0', 'c1', 'c2']) world.ledger.set(id, row(id));
  sync(null);
  const pick = <T>(all: readonly T[], n: number): T | undefined => all[n % Math.max(1, all.length)];
  for (const { what, n, after } of steps) {
    const place = WRITTEN[n % 2] ?? WRITTEN[0];
    const hand = world.calendars.person(place.email);
    const events = eventsOf(world, place);
    const own = pick(
      events.filter(({ id, status }) => id.startsWith('purser') && status !== 'cancelled'),
      n >> 1,
    );
    const known = pick([...world.ledger.values()], n);
    const day = `2026-0${5 + (n % 3)}-${String(1 + (n % 28)).padStart(2, '0')}`;
    switch (what) {
      case 'charter': {
        const crew = n % 3 === 0 ? [] : ['cr-tom'];
        const id = `c${n % 4}`;
        world.ledger.set(
          id,
          row(id, {
            date: day,
            vessel: n % 5 === 0 ? 'Blue Heron' : 'Osprey',
            crew,
            departs: n % 4 === 0 ? '23:30' : '10:00',
          }),
        );
        break;
      }
      case 'cancel':
        if (known)
          world.ledger.set(known.charterId, {
            ...known,
            status: known.status === 'cancelled' ? 'scheduled' : 'cancelled',
          });
        break;
      case 'move':
        if (known) world.ledger.set(known.charterId, { ...known, date: n % 4 === 0 ? '2026-09-09' : day });
        break;
      case 'guests':
        if (known) world.ledger.set(known.charterId, { ...known, guests: 1 + (n % 9) });
        break;
      case 'unknown':
        if (known)
          world.ledger.set(
            known.charterId,
            n % 2 === 0 ? { ...known, status: 'lost at sea' } : { ...known, guests: 'many' },
          );
        break;
      case 'remove':
        if (known) world.ledger.delete(known.charterId);
        break;
      case 'edit':
        if (own === undefined) break;
        hand.edit(
          own.id,
          n % 3 === 0 ? { start: `${day}T08:00:00`, end: `${day}T09:00:00` } : { summary: `Mine ${n}` },
          place.calendarId,
        );
        byHand(touched, place, own.id);
        break;
      case 'delete':
        if (own === undefined) break;
        hand.remove(own.id, place.calendarId);
        byHand(touched, place, own.id);
        break;
      case 'restore': {
        const gone = events.find(({ id, status }) => status === 'cancelled' && touched.has(id));
        if (gone === undefined) break;
        hand.edit(gone.id, { status: 'confirmed' }, place.calendarId);
        byHand(touched, place, gone.id);
        break;
      }
      case 'copy':
        if (own === undefined) break;
        byHand(
          theirs,
          place,
          hand.add({
            calendarId: place.calendarId,
            summary: String(own.summary),
            start: `${day}T12:00:00`,
            end: `${day}T13:00:00`,
            extendedProperties: { private: { ...own.extendedProperties?.private } },
          }),
        );
        break;
      case 'trip':
      case 'busy':
        byHand(
          theirs,
          place,
          hand.add({
            calendarId: place.calendarId,
            summary: what === 'trip' ? 'Osprey sunset' : 'Dentist',
            start: n % 4 === 0 ? day : `${day}T10:00:00`,
            end: n % 4 === 0 ? `2026-08-30` : `${day}T11:00:00`,
          }),
        );
        break;
      case 'theirs': {
        const one = pick(
          events.filter(({ id, status }) => !id.startsWith('purser') && status !== 'cancelled'),
          n,
        );
        if (one === undefined) break;
        if (n % 2 === 0) hand.remove(one.id, place.calendarId);
        else hand.edit(one.id, { summary: n % 3 === 0 ? 'Blue Heron' : 'Lunch' }, place.calendarId);
        byHand(theirs, place, one.id);
        break;
      }
      case 'expire':
        world.calendars.expireSyncTokens();
        break;
      case 'pass':
        world.pass((n % 50) * 60 * MINUTE_MS);
        break;
      case 'revoke':
        if (isRevoked) reconnect();
        else world.revoke(TOM);
        isRevoked = true;
        break;
      case 'tab':
        world.type(1 + (n % 8), n % 17, n % 3 === 0 ? '' : `Somebody ${n}`);
        break;
      case 'no-ledger':
        world.ledgerFails = true;
        world.sync();
        world.ledgerFails = false;
        break;
      case 'google':
        world.calendars.switchTo({ deleted: DELETED[n % DELETED.length] ?? 'come-back' });
        break;
      case 'nothing':
        break;
    }
    if (after === 'sync') sync(null);
    world.meddle = (url) => {
      const at = WRITTEN.find(({ calendarId }) => url.includes(`/calendars/${calendarId}/events`));
      const id = /\/events\/(purser\w+)/.exec(url)?.[1] ?? own?.id;
      const event = at && eventsOf(world, at).find((one) => one.id === id);
      if (at === undefined || event === undefined || event.status === 'cancelled') return;
      const person = world.calendars.person(at.email);
      if (n % 2 === 0) person.remove(event.id, at.calendarId);
      else person.edit(event.id, { summary: `Meddled ${n}` }, at.calendarId);
      byHand(touched, at, event.id);
    };
    const fault = FAULTS[n % FAULTS.length];
    const of = n % 3 === 0 ? 'calls' : 'changes';
    if (after === 'fault' && fault !== undefined)
      sync({ at: (n >> 3) % (of === 'calls' ? 20 : 6), of, fault });
    expectTheirsUntouched(world, theirs);
  }
  reconnect();
  world.pass(11 * MINUTE_MS);
  return { world, touched, theirs };
}

const anySteps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom(...STEPS),
    n: fc.nat(5000),
    after: fc.constantFrom('nothing', 'sync', 'fault', 'fault'),
  }),
  { minLength: 2, maxLength: 14 },
);

/** Of the days that every list goes over; a full one may see some days more. */
function nearEntries(world: SyncWorld): readonly CalendarEntry[] {
  const end = new Date(world.host.now() + 30 * 24 * 60 * MINUTE_MS).toISOString();
  return world.tab().entries.filter(({ start }) => start.slice(0, 10) < end.slice(0, 10));
}

describe('whatever happens on either side, and whatever call fails', () => {
  it('after a quiet run calendars are as the ledger wants them or as people left them, and the next run writes nothing', () => {
    fc.assert(
      fc.property(anySteps, fc.constantFrom(...DELETED), (steps, deleted) => {
        const { world, touched, theirs } = play(steps, deleted);
        let report = world.sync();
        const held = report?.calendars.flatMap((one) => one.held?.digest ?? []) ?? [];
        if (held.length > 0) report = world.sync({ allowed: held });
        expect(report?.calendars.map(({ state, held: still }) => [state, still])).toEqual([
          ['synced', null],
          ['synced', null],
          ['synced', null],
        ]);
        expectEqualSides(world, touched);
        expectTheirsUntouched(world, theirs);
        const before = nearEntries(world);
        world.pass(MINUTE_MS);
        expect(world.sync()?.calendars.map(({ read }) => read)).toEqual(['changes', 'changes', 'changes']);
        expect(world.written).toEqual([]);
        expect(world.rounds()).toBeLessThanOrEqual(4);
        // What was learnt by changes is what a full list says.
        world.calendars.expireSyncTokens();
        world.sync();
        expect(nearEntries(world)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });
});
