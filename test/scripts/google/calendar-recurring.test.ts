// developers.google.com/workspace/calendar/api/guides/recurringevents and …/v3/reference/events#recurrence
import fc from 'fast-check';
import { calendarCaller, EMAIL, MINE } from './calendar-caller.ts';

const WEEKLY = {
  summary: 'Osprey sunset',
  start: '2026-05-14T17:30:00',
  end: '2026-05-14T19:30:00',
  recurrence: ['RRULE:FREQ=WEEKLY;COUNT=4'],
};

const single = (extra = '') => `singleEvents=true${extra}`;

function weekly(event: Partial<typeof WEEKLY> = {}) {
  const caller = calendarCaller();
  const id = caller.calendars.person(EMAIL).add({ ...WEEKLY, ...event });
  return { ...caller, id, person: caller.calendars.person(EMAIL) };
}

test('unexpanded, a recurring event is listed once with its rule', () => {
  const { list, id } = weekly();
  expect(list('').items).toMatchObject([{ id, recurrence: WEEKLY.recurrence }]);
});

test('expanded, each instance has an id of its start in UTC and names the event and its original start', () => {
  const { list, id } = weekly();
  const { items } = list(single('&timeMax=2026-05-22T00:00:00Z&orderBy=startTime'));
  expect(items).toMatchObject([
    {
      id: `${id}_20260514T213000Z`,
      recurringEventId: id,
      originalStartTime: { dateTime: '2026-05-14T17:30:00-04:00', timeZone: 'America/New_York' },
      iCalUID: `${id}@google.com`,
    },
    { id: `${id}_20260521T213000Z` },
  ]);
  expect(items[0].recurrence).toBeUndefined();
});

test('instances keep their hour when the clocks change', () => {
  const { list } = weekly({
    start: '2026-10-25T17:30:00',
    end: '2026-10-25T19:30:00',
    recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'],
  });
  expect(
    list(single('&orderBy=startTime')).items.map(({ id, start, end }) => [
      id.slice(-16),
      start.dateTime,
      end.dateTime,
    ]),
  ).toEqual([
    ['20261025T213000Z', '2026-10-25T17:30:00-04:00', '2026-10-25T19:30:00-04:00'],
    ['20261101T223000Z', '2026-11-01T17:30:00-05:00', '2026-11-01T19:30:00-05:00'],
  ]);
});

test('all-day instances are named by their day, and last as long as the first', () => {
  const { list, id } = weekly({
    start: '2026-05-14',
    end: '2026-05-16',
    recurrence: ['RRULE:FREQ=MONTHLY;COUNT=2'],
  });
  expect(list(single('&orderBy=startTime')).items).toMatchObject([
    { id: `${id}_20260514`, end: { date: '2026-05-16' } },
    { id: `${id}_20260614`, end: { date: '2026-06-16' }, originalStartTime: { date: '2026-06-14' } },
  ]);
});

test.each([
  [['RRULE:FREQ=DAILY;UNTIL=20260516T213000Z'], ['14', '15', '16']],
  [['RRULE:FREQ=DAILY;UNTIL=20260516T212959Z'], ['14', '15']],
  [
    ['RRULE:FREQ=DAILY;COUNT=3', 'EXDATE:20260515T213000Z'],
    ['14', '16'],
  ],
  [['RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;TZID=America/New_York:20260514T173000,20260516T173000'], ['15']],
  [['RDATE;TZID=America/New_York:20260520T173000'], ['14', '20']],
  [['RRULE:FREQ=WEEKLY;BYDAY=TH,SA;COUNT=3'], ['14', '16', '21']],
])('of %j there are the days %j of May', (recurrence, days) => {
  const { list } = weekly({ recurrence });
  expect(list(single('&orderBy=startTime')).items.map(({ start }) => start.dateTime.slice(8, 10))).toEqual(
    days,
  );
});

test('an endless event fills what is asked for, and two years where nobody says how far', () => {
  const { list } = weekly({ recurrence: ['RRULE:FREQ=WEEKLY'] });
  expect(list(single('&timeMin=2027-01-01T05:00:00Z&timeMax=2027-01-29T00:00:00Z')).items).toHaveLength(4);
  expect(list(single()).items).toHaveLength(107);
});

test('one instance can be moved, renamed or cancelled; the others stay', () => {
  const { list, id, person, ask } = weekly();
  person.edit(`${id}_20260521T213000Z`, { start: '2026-05-22T10:00:00', end: '2026-05-22T12:00:00' });
  expect(ask('DELETE', `${MINE}/${id}_20260528T213000Z`).status).toBe(204);
  const { items } = list(single('&orderBy=startTime'));
  expect(items.map((item) => [item.id.slice(-16, -8), item.start.dateTime.slice(5, 16)])).toEqual([
    ['20260514', '05-14T17:30'],
    ['20260521', '05-22T10:00'],
    ['20260604', '06-04T17:30'],
  ]);
  expect(items[1].originalStartTime.dateTime).toBe('2026-05-21T17:30:00-04:00');
  // "Cancelled exceptions of an uncancelled recurring event": part of a list that is not expanded
  expect(
    list('')
      .items.map(({ id, status }) => [id.split('_')[1], status])
      .sort(),
  ).toEqual(
    [
      ['20260521T213000Z', 'confirmed'],
      ['20260528T213000Z', 'cancelled'],
      [undefined, 'confirmed'],
    ].sort(),
  );
});

test('after a sync token a cancelled instance comes with its event and original start, a moved one whole', () => {
  const { list, id, person } = weekly();
  const { nextSyncToken } = list(single());
  person.remove(`${id}_20260514T213000Z`);
  person.edit(`${id}_20260521T213000Z`, { summary: 'Osprey, late' });
  const { items } = list(single(`&syncToken=${nextSyncToken}`));
  expect(items).toMatchObject([
    {
      id: `${id}_20260514T213000Z`,
      status: 'cancelled',
      recurringEventId: id,
      originalStartTime: { dateTime: '2026-05-14T17:30:00-04:00' },
    },
    { id: `${id}_20260521T213000Z`, summary: 'Osprey, late' },
  ]);
  expect(items[0].start).toBeUndefined();
});

test('after a sync token a recurring event that was moved takes its old instances back and gives its new ones', () => {
  const { list, id, person } = weekly({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'] });
  const { nextSyncToken } = list(single());
  person.edit(id, { start: '2026-05-14T18:00:00', end: '2026-05-14T20:00:00' });
  const { items } = list(single(`&syncToken=${nextSyncToken}`));
  expect(items.map((item) => [item.id.split('_')[1], item.status]).sort()).toEqual([
    ['20260514T213000Z', 'cancelled'],
    ['20260514T220000Z', 'confirmed'],
    ['20260521T213000Z', 'cancelled'],
    ['20260521T220000Z', 'confirmed'],
  ]);
});

test('after a sync token a renamed recurring event comes with all its instances, a deleted one takes all back', () => {
  const { list, id, person } = weekly();
  const first = list(single('&timeMin=2026-05-20T00:00:00Z&timeMax=2026-05-30T00:00:00Z'));
  expect(first.items).toHaveLength(2);
  person.edit(id, { summary: 'Kestrel sunset' });
  const second = list(single(`&syncToken=${first.nextSyncToken}`));
  expect(second.items.map(({ summary }) => summary)).toEqual(Array(4).fill('Kestrel sunset'));
  person.edit(`${id}_20260521T213000Z`, { summary: 'alone' });
  person.remove(id);
  const third = list(single(`&syncToken=${second.nextSyncToken}`));
  expect(third.items.map(({ status }) => status)).toEqual(Array(4).fill('cancelled'));
  expect(list(single()).items).toEqual([]);
});

test('a deleted recurring event that somebody brings back comes with all its instances, changed ones as they were', () => {
  const { list, id, person } = weekly({ recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'] });
  person.edit(`${id}_20260521T213000Z`, { summary: 'alone' });
  person.remove(id);
  const { nextSyncToken } = list(single());
  person.edit(id, { status: 'confirmed' });
  const { items } = list(single(`&orderBy=startTime`));
  expect(items.map(({ summary }) => summary)).toEqual([WEEKLY.summary, 'alone']);
  const told = list(single(`&syncToken=${nextSyncToken}`)).items;
  expect(told.map(({ summary }) => summary)).toEqual([WEEKLY.summary, 'alone']);
});

test('an event that becomes recurring takes its single self back', () => {
  const { list, id, person } = weekly({ recurrence: [] });
  const { nextSyncToken } = list(single());
  person.edit(id, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=2'] });
  const told = list(single(`&syncToken=${nextSyncToken}`)).items.map((item) => [item.id, item.status]);
  expect(told.sort()).toEqual([
    [id, 'cancelled'],
    [`${id}_20260514T213000Z`, 'confirmed'],
    [`${id}_20260521T213000Z`, 'confirmed'],
  ]);
});

test('an instance can be read and patched before anybody changed it; one that never was is not found', () => {
  const { ask, id } = weekly();
  expect(ask('GET', `${MINE}/${id}_20260514T213000Z`).json).toMatchObject({ recurringEventId: id });
  expect(ask('PATCH', `${MINE}/${id}_20260514T213000Z`, { location: 'Pier 4' }).json.location).toBe('Pier 4');
  expect(ask('GET', `${MINE}/${id}`).json.location).toBeUndefined();
  expect(ask('GET', `${MINE}/${id}_20260515T213000Z`).status).toBe(404);
});

test('an instance that was moved into the dates asked for is listed, though its own date is long after them', () => {
  const { list, id, person } = weekly();
  person.edit(`${id}_20260604T213000Z`, { start: '2026-05-15T10:00:00', end: '2026-05-15T12:00:00' });
  const { items } = list(single('&timeMin=2026-05-15T00:00:00Z&timeMax=2026-05-16T00:00:00Z'));
  expect(items.map((item) => item.id)).toEqual([`${id}_20260604T213000Z`]);
});

test('whatever people do, who follows the sync tokens has what a full list has', () => {
  const step = fc.record({
    what: fc.constantFrom(
      'add',
      'repeat',
      'move',
      'rename',
      'remove',
      'once',
      'cancel one',
      'change one',
      'restore',
      'sync',
    ),
    which: fc.nat(5),
    day: fc.integer({ min: 10, max: 28 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), fc.constantFrom(1, 3, 2_500), (steps, maxResults) => {
      const { calendars, list } = calendarCaller({ requestsPerMinute: Number.POSITIVE_INFINITY });
      const person = calendars.person(EMAIL);
      const query = `singleEvents=true&maxResults=${maxResults}`;
      const times = (day: number) => ({ start: `2026-05-${day}T17:30:00`, end: `2026-05-${day}T19:30:00` });
      let synced = list(query);
      const replica = new Map(synced.items.map((item) => [item.id, item]));
      const sync = (): void => {
        synced = list(`${query}&syncToken=${synced.nextSyncToken}`);
        for (const item of synced.items) {
          if (item.status === 'cancelled') replica.delete(item.id);
          else replica.set(item.id, item);
        }
      };
      for (const { what, which, day } of steps) {
        const masters = person.events().filter((event) => event.recurringEventId === undefined);
        const event = masters[which % Math.max(masters.length, 1)];
        const instance = [...replica.keys()][which % Math.max(replica.size, 1)];
        if (what === 'sync') sync();
        else if (what === 'add') person.add({ summary: 'one', ...times(day) });
        else if (what === 'repeat') {
          person.add({ summary: 'many', ...times(day), recurrence: ['RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3'] });
        } else if (event === undefined || instance === undefined) continue;
        else if (what === 'restore') person.edit(event.id, { status: 'confirmed' });
        else if (event.status === 'cancelled') continue;
        else if (what === 'move') person.edit(event.id, times(day));
        else if (what === 'rename') person.edit(event.id, { summary: `day ${day}` });
        else if (what === 'once') person.edit(event.id, { recurrence: [] });
        else if (what === 'remove') person.remove(event.id);
        else {
          sync();
          if (!replica.has(instance)) continue;
          if (what === 'cancel one') person.remove(instance);
          else person.edit(instance, { location: 'Pier 4', ...times(day) });
        }
      }
      sync();
      const full = new Map(list('singleEvents=true').items.map((item) => [item.id, item]));
      expect(new Map([...replica].sort())).toEqual(new Map([...full].sort()));
    }),
    { numRuns: 60 },
  );
});
