/** What must hold between calendars, tab and ledger after a quiet sync. */

import type { LocalEvent } from '../../scripts/local/google/calendar-hand.ts';
import { contentHash } from '../../src/calendar/event-body.ts';
import { eventIdOf, eventIdsOf } from '../../src/calendar/event-id.ts';
import { wantedEvents } from '../../src/calendar/wanted-events.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { addMonths, monthOf } from '../../src/statement/month.ts';
import { placeLinks } from '../../src/statement/places.ts';
import { zoneClock } from '../../src/statement/zone-clock.ts';
import { charter } from '../statement/samples.ts';
import { OWNER } from '../tools/fake-host.ts';
import type { LedgerRow } from './sync-services.ts';
import type { Place, SyncWorld } from './sync-world.ts';
import { ANA, CHARTERS, eventsOf, TOM, WRITTEN, ZONE } from './sync-world.ts';

const CLOCK = zoneClock(ZONE);
/** Every list goes over these days. */
const NEAR_MS = 6 * 24 * 3_600_000;

function charterOf({ charterId, guests, crew, status, ...same }: LedgerRow): Charter {
  const known = status === 'scheduled' || status === 'completed' || status === 'cancelled';
  return charter({
    ...same,
    id: charterId,
    guests: Number(guests),
    crewIds: crew,
    status: known ? status : 'unknown',
    kind: 'public',
    comps: 0,
  });
}

/** Last month, this one and the next. */
function monthsNow({ host }: SyncWorld): readonly string[] {
  const today = CLOCK.dayOf(new Date(host.now()).toISOString());
  return [-1, 0, 1].map((by) => addMonths(monthOf(today), by));
}

/** By event id, the hash of what the ledger wants to stand there. */
function wantedAt(world: SyncWorld, place: Place): ReadonlyMap<string, string> {
  const rows = [...world.ledger.values()].filter(({ guests }) => typeof guests === 'number');
  const links = placeLinks({
    chartersTable: 'crew-dispatch',
    primaryRegion: 'us-east-1',
    secondRegion: null,
    workbookUrl: '',
    tabIds: {},
    timeZone: ZONE,
  });
  const wanted = wantedEvents(
    {
      months: monthsNow(world),
      sure: monthsNow(world),
      readings: rows.map((one) => ({ readable: true, charter: charterOf(one) })),
      roster: new Map([['cr-tom', { id: 'cr-tom', name: 'Tom Riordan', email: TOM, role: 'captain' }]]),
    },
    { writes: place.email === OWNER ? { all: true } : { crewIds: ['cr-tom'] } },
    {
      charterMinutes: 120,
      timeZone: ZONE,
      instantOf: CLOCK.instantOf,
      workbook: 'any',
      linkOf: (id) => links.charter(id)[0] ?? null,
    },
  );
  return new Map([...wanted].map(([id, content]) => [eventIdOf(place.ownId, id), contentHash(content)]));
}

/** An edit on a day that every list goes over. */
function isSeenEdit({ host }: SyncWorld, event: LocalEvent): boolean {
  const { status, start, end, summary = '', location = '', description = '', extendedProperties } = event;
  const startMs = Date.parse(start?.dateTime ?? '');
  const isNear = Math.abs(startMs - host.now()) < NEAR_MS;
  if (status === 'cancelled' || !isNear) return false;
  const endMs = Date.parse(end?.dateTime ?? '');
  const said = { charterId: '', workbook: '', title: summary, location, description, startMs, endMs };
  return contentHash({ ...said, timeZone: ZONE, link: null }) !== extendedProperties?.private?.purserHash;
}

/** Ids by the first one of their charter: of all that the ledger had. */
function idsAt({ ledger }: SyncWorld, { ownId }: Place): ReadonlyMap<string, readonly string[]> {
  const charterIds = new Set([...ledger.keys(), 'c0', 'c1', 'c2', 'c3']);
  return new Map([...charterIds].map((id) => [eventIdOf(ownId, id), eventIdsOf(ownId, id)]));
}

/** What a person did last to an event, by its id. */
export type Touched = Map<string, { readonly etag: string }>;

export function expectEqualSides(world: SyncWorld, touched: Touched): void {
  const entries = new Map(world.tab().entries.map((entry) => [`${entry.account} ${entry.eventId}`, entry]));
  for (const place of WRITTEN) {
    const wanted = wantedAt(world, place);
    const events = new Map(eventsOf(world, place).map((event) => [event.id, event]));
    const ids = idsAt(world, place);
    for (const [first, hash] of wanted) {
      const used = (ids.get(first) ?? []).filter((one) => events.has(one));
      const standing = used.filter((one) => events.get(one)?.status === 'confirmed');
      // One event of a charter, whatever ids Google has refused; but for those that a person took out of the bin far ahead.
      const seen = standing.filter((one) => {
        const { etag, start } = events.get(one) ?? {};
        const isNear = Math.abs(Date.parse(start?.dateTime ?? '') - world.host.now()) < NEAR_MS;
        return isNear || touched.get(one)?.etag !== etag;
      });
      expect(seen.slice(1)).toEqual([]);
      const id = used.find((one) => entries.has(`${place.email} ${one}`)) ?? standing[0] ?? first;
      const event = events.get(id);
      expect(event?.extendedProperties?.private?.purserHash).toBe(hash);
      const isLeft = touched.get(id)?.etag === event?.etag;
      const entry = entries.get(`${place.email} ${id}`);
      expect(entry?.kind).toBe('charter');
      expect(entry?.contentHash).toBe(hash);
      if (isLeft) {
        if (event !== undefined && isSeenEdit(world, event)) expect(entry?.edit).toBe('edited');
        continue;
      }
      expect([event?.status, entry?.edit]).toEqual(['confirmed', 'none']);
    }
    const unknown = [...world.ledger.values()]
      .filter(({ guests, status }) => typeof guests !== 'number' || status === 'lost at sea')
      .map(({ charterId }) => eventIdOf(place.ownId, charterId));
    const [lastMonth] = monthsNow(world);
    const known = [...world.ledger.values()]
      .filter(({ date }) => monthsNow(world).includes(monthOf(date)))
      .map(({ charterId }) => eventIdOf(place.ownId, charterId));
    for (const event of events.values()) {
      // Nobody has asked for the month before, under which last month's charter may stand.
      const day = CLOCK.dayOf(event.start?.dateTime ?? '');
      const first = [...ids].find(([, all]) => all.includes(event.id))?.[0] ?? event.id;
      if (!known.includes(first) && monthOf(day) === lastMonth) continue;
      if (!event.id.startsWith('purser') || wanted.has(first) || unknown.includes(first)) continue;
      // One that a person moved to a day of another slice stays as they left it.
      if (touched.get(event.id)?.etag === event.etag) continue;
      expect([event.summary, event.status]).toEqual([event.summary, 'cancelled']);
      expect(entries.has(`${place.email} ${event.id}`)).toBe(false);
    }
  }
}

/** Of people's own events: none has been changed since they did it. */
export function expectTheirsUntouched(world: SyncWorld, theirs: Touched): void {
  for (const [email, calendarId] of [
    [OWNER, CHARTERS],
    [TOM, 'primary'],
    [ANA, 'primary'],
  ] as const) {
    for (const event of world.calendars.person(email).events(calendarId)) {
      if (!event.id.startsWith('purser')) expect(theirs.get(event.id)?.etag).toBe(event.etag);
    }
  }
}
