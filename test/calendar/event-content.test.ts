import fc from 'fast-check';
import { changedBody, contentHash, eventBody, hashAsRead } from '../../src/calendar/event-body.ts';
import { charterKey, eventIdOf, eventIdsOf } from '../../src/calendar/event-id.ts';
import { ownEntry } from '../../src/calendar/own-entry.ts';
import { knownIds, protectedIds, wantedEvents } from '../../src/calendar/wanted-events.ts';
import type { CalendarEvent } from '../../src/clients/google/calendar-event.ts';
import { charter, readable, TOM, unreadable } from '../statement/samples.ts';
import { CONTEXT, contentFor, sliceOf, wantedOf } from './contents.ts';
import { anEvent, PLACE } from './memory-calendar.ts';

/** As Google answers what was inserted. */
function answered(changes: Partial<CalendarEvent> = {}): CalendarEvent {
  const { extendedProperties, source: _source, ...body } = eventBody(ID, contentFor());
  return anEvent({ ...body, privateProperties: extendedProperties.private, ...changes } as CalendarEvent);
}

const ID = eventIdOf(PLACE.calendarOwnId, 'c-1');

describe('the id of an event', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 2_000 }),
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
    fc.constantFrom('', '\ud800', '\udc00', ' c-1', 'c-1\n', 'x'.repeat(2_048), '\u202ec-1'),
  );

  // developers.google.com/workspace/calendar/api/v3/reference/events#id: a–v and 0–9, 5 to 1024 characters
  test('is one that Google takes, whatever calendar and charter are called', () => {
    fc.assert(
      fc.property(hostile, hostile, (calendar, id) => {
        expect(eventIdOf(calendar, id)).toMatch(/^purser[0-9a-v]{32}$/);
      }),
    );
  });

  test('is the same every time, and another one for every charter and every calendar', () => {
    const ids = [
      '\ud800',
      '\udc00',
      'c-1',
      ' c-1',
      'c-1 ',
      'C-1',
      '',
      'x'.repeat(2_047),
      'x'.repeat(2_048),
    ].flatMap((id) => [eventIdOf('a@example.com', id), eventIdOf('b@example.com', id)]);
    expect(new Set(ids).size).toBe(18);
    // Kept for good: an id that came out differently one day would write every charter a second time.
    expect(eventIdOf('nora@blueheron.example', 'c-1')).toBe('pursergkqvd3pfot94sir7p5lcli952a47mmeh');
    const later = ['c-1', '1\nc-1', 'c-1\n1'].flatMap((id) => eventIdsOf('a@example.com', id));
    expect(new Set(later).size).toBe(later.length);
    expect(later[0]).toBe(eventIdOf('a@example.com', 'c-1'));
  });

  test('does not change with the case of the calendar’s address', () => {
    expect(eventIdOf('Nora@BlueHeron.example', 'c-1')).toBe(eventIdOf('nora@blueheron.example', 'c-1'));
  });

  // A longer value is cut: developers.google.com/workspace/calendar/api/guides/extended-properties
  test('comes out the same from what a private property holds of the charter', () => {
    fc.assert(
      fc.property(hostile, (id) => {
        const key = charterKey(id);
        expect(key.length).toBeLessThanOrEqual(1_024);
        expect(Buffer.from(key).toString()).toBe(key);
        expect(charterKey(key)).toBe(key);
        expect(eventIdOf('a', key)).toBe(eventIdOf('a', id));
      }),
    );
    expect(charterKey('C 104/b')).toBe('C 104/b');
  });
});

describe('the event of a charter', () => {
  test('says what the crew need to know', () => {
    const link = {
      label: "'May 2026'!A9",
      url: 'https://docs.google.com/spreadsheets/d/w/edit#gid=7&range=A9',
    };
    const crewIds = ['cr-tom', 'cr-new'];
    expect(contentFor({ kind: 'private', guests: 12, comps: 2, crewIds }, { linkOf: () => link })).toEqual({
      charterId: 'c-1',
      workbook: 'workbook-1',
      title: 'Blue Heron: 12 guests (private)',
      location: 'Blue Heron',
      description: [
        'Charter: c-1',
        'Vessel: Blue Heron',
        'Guests: 12, comps among them: 2',
        'Crew: Tom Reyes, cr-new',
        'Status: completed',
        `Row: ${link.url}`,
        '',
        'Written by Purser from the ledger. Changes made here do not change the ledger.',
      ].join('\n'),
      startMs: Date.parse('2026-05-14T17:30:00-04:00'),
      endMs: Date.parse('2026-05-14T19:30:00-04:00'),
      timeZone: 'America/New_York',
      link,
    });
    expect(contentFor({ guests: 1 }).title).toBe('Blue Heron: 1 guest');
  });

  test('lasts as long in the night when the clocks change', () => {
    const { startMs, endMs } = contentFor({ date: '2026-05-31', departs: '23:30' });
    expect([startMs, endMs].map((ms) => new Date(ms).toISOString())).toEqual([
      '2026-06-01T03:30:00.000Z',
      '2026-06-01T05:30:00.000Z',
    ]);
    const november = {
      ...sliceOf(readable(charter({ date: '2026-11-01', departs: '00:30' }))),
      months: ['2026-11'],
    };
    const [content] = wantedEvents(november, { writes: { all: true } }, CONTEXT).values();
    expect(new Date(content?.endMs ?? 0).toISOString()).toBe('2026-11-01T06:30:00.000Z');
  });

  test('holds no tag, no second line and no turned writing that a name brings along', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const { title, location, description } = contentFor({
          id: `c${name}`,
          vessel: `<b>\n${name}\u202e`,
          crewIds: [name],
        });
        expect(`${title}${location}${description}`).not.toMatch(/[<>\u202e]/);
        expect(description.split('\n')).toHaveLength(7);
        expect(title.length).toBeLessThan(120);
        expect(Buffer.from(description).toString()).toBe(description);
      }),
      { numRuns: 50 },
    );
  });

  test('has no link that is longer than a calendar may keep, and none with half a character', () => {
    const linkOf = (id: string) => ({
      label: `${id} in us-east-1`,
      url: `https://example.com/${encodeURIComponent(id)}`,
    });
    expect(contentFor({ id: 'x'.repeat(2_048) }, { linkOf }).link).toBeNull();
    const halved = contentFor({}, { linkOf: () => ({ label: 'c\ud800', url: 'https://example.com' }) });
    expect(halved.link?.label).toBe('c');
  });

  test('tells no money and no booking', () => {
    const rich = contentFor({
      flatPriceCents: 987_654,
      recordedCents: 987_654,
      bookingRefs: ['VT-77'],
      gratuityCents: 4_321,
    });
    expect(JSON.stringify(rich)).not.toMatch(/987|VT-77|432/);
  });
});

describe('which charters stand in a calendar', () => {
  test('those scheduled or completed in the months that are looked at', () => {
    const statuses = ['scheduled', 'completed', 'cancelled', 'no-show', 'unknown'] as const;
    const charters = statuses.map((status) => charter({ id: status, status }));
    const beyond = charter({ id: 'beyond', date: '2026-08-01', month: '2026-07' });
    expect([...wantedOf(...charters, beyond).keys()].sort()).toEqual(['completed', 'scheduled']);
    expect([...knownIds(sliceOf(readable(...charters, beyond)))].sort()).toEqual([...statuses].sort());
  });

  test('in a crew member’s, those that the person sails', () => {
    const slice = sliceOf(readable(charter({ id: 'mine' }), charter({ id: 'other', crewIds: ['cr-ann'] })));
    expect([...wantedEvents(slice, { writes: { crewIds: [TOM.id] } }, CONTEXT).keys()]).toEqual(['mine']);
    expect(wantedEvents(slice, { writes: { crewIds: [] } }, CONTEXT).size).toBe(0);
  });

  test('what nobody can read, or whose status nobody knows, is left alone', () => {
    const slice = sliceOf([
      unreadable({ id: 'bad' }),
      ...readable(charter({ id: 'odd', status: 'unknown' }), charter()),
    ]);
    expect([...protectedIds(slice)].sort()).toEqual(['bad', 'odd']);
  });

  test('of two with one id it is always the same one', () => {
    const [early, late] = [charter({ departs: '09:00' }), charter({ departs: '17:30' })];
    expect(wantedOf(late, early)).toEqual(wantedOf(early, late));
  });
});

describe('Purser knows its own events', () => {
  test('and that nobody touched one', () => {
    expect(ownEntry(answered(), PLACE, null)).toEqual({
      account: 'tom@example.com',
      calendarId: 'primary',
      eventId: ID,
      kind: 'charter',
      title: 'Blue Heron: 10 guests',
      start: '2026-05-14T21:30:00Z',
      end: '2026-05-14T23:30:00Z',
      allDay: false,
      zone: 'America/New_York',
      status: 'confirmed',
      charterId: 'c-1',
      edit: 'none',
      createdAt: '2026-05-01T10:00:00.000Z',
      contentHash: contentHash(contentFor()),
      etag: '"1"',
    });
  });

  test.each<[string, (event: CalendarEvent) => Partial<CalendarEvent>]>([
    [
      'in another zone',
      () => ({ start: { dateTime: '2026-05-14T23:30:00+02:00', timeZone: 'Europe/Berlin' } }),
    ],
    ['with Windows line breaks', ({ description }) => ({ description: description.replace(/\n/g, '\r\n') })],
    [
      'with blanks around',
      ({ summary, description }) => ({ summary: ` ${summary} `, description: `${description}\n` }),
    ],
    // Descriptions can contain HTML: developers.google.com/workspace/calendar/api/v3/reference/events#description
    ['as HTML', ({ description }) => ({ description: `<p>${description.replace(/\n/g, '<br>')}</p>` })],
    ['with a reminder or a colour', () => ({ transparency: 'transparent' })],
  ])('%s it still says what Purser wrote', (_how, changes) => {
    expect(ownEntry(answered(changes(answered())), PLACE, null)?.edit).toBe('none');
  });

  test.each<[string, Partial<CalendarEvent>]>([
    ['the title', { summary: 'Blue Heron: 11 guests' }],
    ['the place', { location: 'Pier 4' }],
    ['the description', { description: 'see you there' }],
    ['the start', { start: { dateTime: '2026-05-14T18:30:00-04:00' } }],
    ['the end', { end: { dateTime: '2026-05-14T20:30:00-04:00' } }],
    ['the whole day', { start: { date: '2026-05-14' }, end: { date: '2026-05-15' } }],
  ])('and that a person changed %s', (_what, changes) => {
    expect(ownEntry(answered(changes), PLACE, null)?.edit).toBe('edited');
  });

  test('a deleted one that it knew was deleted by a person; when it was is as it was known', () => {
    const known = ownEntry(answered(), PLACE, null);
    const tombstone = anEvent({
      id: ID,
      status: 'cancelled',
      start: null,
      end: null,
      summary: '',
      etag: '"2"',
    });
    expect(ownEntry(tombstone, PLACE, known)).toEqual({
      ...known,
      status: 'cancelled',
      edit: 'deleted',
      etag: '"2"',
    });
    expect(ownEntry(answered({ status: 'cancelled' }), PLACE, null)).toBeNull();
  });

  test('a copy of one in another calendar, or under another id, is a person’s', () => {
    expect(ownEntry(answered(), { ...PLACE, calendarOwnId: 'ann@example.com' }, null)).toBeNull();
    expect(ownEntry(answered({ id: 'copy' }), PLACE, null)).toBeNull();
    expect(ownEntry(anEvent({ id: ID }), PLACE, null)).toBeNull();
  });
});

describe('what is sent to Google', () => {
  test('an insert has the id, the link as its source, and invites nobody', () => {
    const link = { label: 'c-1', url: 'https://example.com/c-1' };
    expect(eventBody(ID, contentFor({}, { linkOf: () => link }))).toMatchObject({
      id: ID,
      status: 'confirmed',
      start: { dateTime: '2026-05-14T21:30:00Z', timeZone: 'America/New_York' },
      source: { title: 'c-1', url: 'https://example.com/c-1' },
      extendedProperties: { private: { purserCharter: 'c-1', purserWorkbook: 'workbook-1' } },
    });
    expect(Object.keys(eventBody(ID, contentFor()))).not.toContain('source');
    expect(JSON.stringify(eventBody(ID, contentFor()))).not.toContain('attendees');
  });

  // A merge that keeps `date` beside `dateTime` is refused (…/reference/events/patch: patch semantics).
  test('a patch makes an all-day event one with times again, and leaves its source to who made it', () => {
    const body = changedBody(contentFor({}, { linkOf: () => ({ label: 'c', url: 'https://example.com' }) }));
    expect(body.start.date).toBeNull();
    expect(body.end.date).toBeNull();
    expect(Object.keys(body)).not.toContain('source');
    expect(Object.keys(body)).not.toContain('id');
  });

  test('the hash is of what is shown, and of nothing else', () => {
    const content = contentFor();
    expect(hashAsRead(answered())).toBe(contentHash(content));
    expect(contentHash({ ...content, link: { label: 'x', url: 'https://x.example' }, timeZone: 'UTC' })).toBe(
      contentHash(content),
    );
    for (const other of [
      { title: 'x' },
      { location: 'x' },
      { description: 'x' },
      { startMs: content.startMs + 60_000 },
      { endMs: content.endMs + 60_000 },
      { title: content.location, location: content.title },
    ]) {
      expect(contentHash({ ...content, ...other })).not.toBe(contentHash(content));
    }
  });
});
