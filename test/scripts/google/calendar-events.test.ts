// developers.google.com/workspace/calendar/api/v3/reference/events and its pages insert, get, patch, update, delete
import { calendarCaller, EMAIL, KIM, MINE } from './calendar-caller.ts';

const ID = 'purser0123456789abcdefghijklmnopqrstuv';
const SAIL = {
  id: ID,
  summary: 'Osprey: 12 guests',
  location: 'Osprey',
  description: 'C-1\nOsprey',
  start: { dateTime: '2026-05-14T17:30:00', timeZone: 'America/New_York' },
  end: { dateTime: '2026-05-14T19:30:00', timeZone: 'America/New_York' },
  source: { title: 'Purser', url: 'https://docs.google.com/spreadsheets/d/1' },
  extendedProperties: { private: { purserCharter: 'C-1', purserHash: 'aa' } },
};

test('an event is answered as it was sent, its times with the offset and the zone that it named', () => {
  const { ask } = calendarCaller();
  const { status, json } = ask('POST', `${MINE}?sendUpdates=none`, SAIL);
  expect(status).toBe(200);
  expect(json).toMatchObject({
    ...SAIL,
    start: { dateTime: '2026-05-14T17:30:00-04:00', timeZone: 'America/New_York' },
    end: { dateTime: '2026-05-14T19:30:00-04:00', timeZone: 'America/New_York' },
    kind: 'calendar#event',
    status: 'confirmed',
    created: '2026-06-01T10:00:00.000Z',
    iCalUID: `${ID}@google.com`,
    creator: { email: EMAIL, self: true },
    organizer: { email: EMAIL, self: true },
    sequence: 0,
    eventType: 'default',
  });
  expect(json.etag).toMatch(/^"\d+"$/);
  expect(json.htmlLink).toMatch(/^https:\/\/www\.google\.com\/calendar\/event\?eid=/);
  expect(ask('GET', `${MINE}/${ID}`).json).toEqual(json);
});

test('a time with an offset is shown in the calendar’s zone, and names no zone of its own', () => {
  const { ask } = calendarCaller();
  const times = {
    start: { dateTime: '2026-01-14T20:30:00Z' },
    end: { dateTime: '2026-01-14T22:30:00+01:00' },
  };
  const { json } = ask('POST', MINE, times);
  expect(json.start).toEqual({ dateTime: '2026-01-14T15:30:00-05:00' });
  expect(json.end).toEqual({ dateTime: '2026-01-14T16:30:00-05:00' });
  expect(ask('GET', `${MINE}/${json.id}?timeZone=UTC`).json.start.dateTime).toBe('2026-01-14T20:30:00Z');
});

test('an hour that the clocks leave out is the same time after them, one that comes twice the first', () => {
  const { ask } = calendarCaller();
  const at = (dateTime: string) => ({ dateTime, timeZone: 'America/New_York' });
  const start = (wall: string) =>
    ask('POST', MINE, { start: at(wall), end: at('2026-12-01T00:00:00') }).json.start.dateTime;
  expect(start('2026-03-08T02:30:00')).toBe('2026-03-08T03:30:00-04:00');
  expect(start('2026-11-01T01:30:00')).toBe('2026-11-01T01:30:00-04:00');
});

test.each([
  ['no end', { end: undefined }, 'required'],
  ['neither offset nor zone', { start: { dateTime: '2026-05-14T17:30:00' } }, 'required'],
  ['an end before its start', { end: { dateTime: '2026-05-14T17:00:00-04:00' } }, 'timeRangeEmpty'],
  ['a day as its start and a time as its end', { start: { date: '2026-05-14' } }, 'invalid'],
  ['a day that no month has', { start: { date: '2026-02-30' }, end: { date: '2026-03-02' } }, 'invalid'],
  ['a day and a time together', { start: { ...SAIL.start, date: '2026-05-14' } }, 'invalid'],
  ['an unknown zone', { start: { dateTime: '2026-05-14T17:30:00', timeZone: 'Mars/Base' } }, 'invalid'],
  ['an id of four characters', { id: 'abcd' }, 'invalid'],
  ['an id with a w', { id: 'wwwww' }, 'invalid'],
  ['an id with capitals', { id: 'PURSER' }, 'invalid'],
  ['an id of 1,025 characters', { id: 'a'.repeat(1_025) }, 'invalid'],
  ['a field that no event has', { titel: 'Osprey' }, 'badRequest'],
  ['a source that is no web address', { source: { title: 'x', url: 'javascript:1' } }, 'invalid'],
  ['a property that is no text', { extendedProperties: { private: { one: 1 } } }, 'invalid'],
  ['an unknown status', { status: 'maybe' }, 'invalid'],
  ['a rule that nobody can read', { recurrence: ['RRULE:EVERY=DAY'] }, 'invalid'],
])('an event with %s is refused', (_, change, reason) => {
  const { ask, calendars } = calendarCaller();
  expect(ask('POST', MINE, { ...SAIL, ...change })).toMatchObject({ status: 400, reason });
  expect(calendars.person(EMAIL).events()).toEqual([]);
});

test('an id is used once in a calendar: a second insert is a duplicate, also after the event was deleted', () => {
  const { ask, calendars } = calendarCaller();
  calendars.person(EMAIL).makeCalendar('crew@group.calendar.google.com', 'Crew');
  ask('POST', MINE, SAIL);
  expect(ask('POST', MINE, SAIL)).toMatchObject({ status: 409, reason: 'duplicate' });
  expect(ask('DELETE', `${MINE}/${ID}`).status).toBe(204);
  expect(ask('POST', MINE, SAIL)).toMatchObject({ status: 409, reason: 'duplicate' });
  expect(ask('POST', 'calendars/crew%40group.calendar.google.com/events', SAIL).status).toBe(200);
});

test('a deleted event can be read, is gone for a second deletion, and comes back by its status alone', () => {
  const { ask } = calendarCaller();
  ask('POST', MINE, SAIL);
  ask('DELETE', `${MINE}/${ID}`);
  // "The get method always returns them"; "cancelled events continue to expose event details": #status
  expect(ask('GET', `${MINE}/${ID}`).json).toMatchObject({ status: 'cancelled', summary: SAIL.summary });
  expect(ask('DELETE', `${MINE}/${ID}`)).toMatchObject({ status: 410, reason: 'deleted' });
  // github.com/googleapis/google-api-ruby-client/issues/1811
  expect(ask('PATCH', `${MINE}/${ID}`, { summary: 'x' })).toMatchObject({ status: 403, reason: 'forbidden' });
  const { status, json } = ask('PATCH', `${MINE}/${ID}`, { status: 'confirmed' });
  expect([status, json.status, json.summary]).toEqual([200, 'confirmed', SAIL.summary]);
});

test('a patch changes what it names, removes what it says null of, and merges private properties one by one', () => {
  const { ask } = calendarCaller();
  const before = ask('POST', MINE, { ...SAIL, attendees: [{ email: KIM }, { email: 'x@y.example' }] }).json;
  const { json } = ask('PATCH', `${MINE}/${ID}`, {
    location: null,
    attendees: [{ email: KIM }],
    extendedProperties: { private: { purserHash: 'bb', other: 'c' } },
  });
  expect(json.location).toBeUndefined();
  expect(json).toMatchObject({ summary: SAIL.summary, start: before.start, attendees: [{ email: KIM }] });
  expect(json.extendedProperties.private).toEqual({ purserCharter: 'C-1', purserHash: 'bb', other: 'c' });
  ask('PATCH', `${MINE}/${ID}`, { extendedProperties: { private: { other: null } } });
  expect(ask('GET', `${MINE}/${ID}`).json.extendedProperties.private).toEqual({
    purserCharter: 'C-1',
    purserHash: 'bb',
  });
});

// developers.google.com/workspace/calendar/api/guides/extended-properties
test('a property of a long key is dropped and a long value cut, and nobody says so', () => {
  const { ask } = calendarCaller();
  const properties = { ['k'.repeat(44)]: 'v'.repeat(1_025), ['k'.repeat(45)]: 'v' };
  const { status, json } = ask('POST', MINE, { ...SAIL, extendedProperties: { private: properties } });
  expect(status).toBe(200);
  expect(json.extendedProperties.private).toEqual({ ['k'.repeat(44)]: 'v'.repeat(1_024) });
});

test('every change gives another etag, and one of the times another sequence', () => {
  const { ask } = calendarCaller();
  const first = ask('POST', MINE, SAIL).json;
  const titled = ask('PATCH', `${MINE}/${ID}`, { summary: 'Osprey: 9 guests' }).json;
  const moved = ask('PATCH', `${MINE}/${ID}`, { end: { dateTime: '2026-05-14T20:00:00-04:00' } }).json;
  expect(new Set([first.etag, titled.etag, moved.etag]).size).toBe(3);
  expect([first.sequence, titled.sequence, moved.sequence]).toEqual([0, 0, 1]);
});

test('a patch from a time to a day must say that the time is gone', () => {
  const { ask } = calendarCaller();
  ask('POST', MINE, SAIL);
  const day = { start: { date: '2026-05-14' }, end: { date: '2026-05-15' } };
  expect(ask('PATCH', `${MINE}/${ID}`, day)).toMatchObject({ status: 400, reason: 'invalid' });
  const gone = { dateTime: null, timeZone: null };
  const { json } = ask('PATCH', `${MINE}/${ID}`, {
    start: { ...day.start, ...gone },
    end: { ...day.end, ...gone },
  });
  expect([json.start, json.end]).toEqual([{ date: '2026-05-14' }, { date: '2026-05-15' }]);
});

test('an update replaces all that it does not name', () => {
  const { ask } = calendarCaller();
  ask('POST', MINE, SAIL);
  const { json } = ask('PUT', `${MINE}/${ID}`, { start: SAIL.start, end: SAIL.end });
  expect([json.summary, json.location, json.extendedProperties]).toEqual([undefined, undefined, undefined]);
});

// developers.google.com/workspace/calendar/api/guides/version-resources
test('with If-Match, what somebody changed since is neither changed nor deleted', () => {
  const { ask, calendars } = calendarCaller();
  const { etag } = ask('POST', MINE, SAIL).json;
  calendars.person(EMAIL).edit(ID, { summary: 'Mine' });
  const stale = { 'If-Match': etag };
  expect(ask('PATCH', `${MINE}/${ID}`, { summary: 'x' }, stale)).toMatchObject({
    status: 412,
    reason: 'conditionNotMet',
  });
  expect(ask('DELETE', `${MINE}/${ID}`, null, stale)).toMatchObject({
    status: 412,
    reason: 'conditionNotMet',
  });
  const now = ask('GET', `${MINE}/${ID}`).json;
  expect(now.summary).toBe('Mine');
  expect(ask('GET', `${MINE}/${ID}`, null, { 'If-None-Match': now.etag }).status).toBe(304);
  expect(ask('PATCH', `${MINE}/${ID}`, { summary: 'x' }, { 'If-Match': now.etag }).status).toBe(200);
  expect(ask('DELETE', `${MINE}/${ID}`, null, { 'If-Match': '*' }).status).toBe(204);
});

test('what is not there is not found: an event, a calendar, somebody else’s calendar', () => {
  const { ask, calendars } = calendarCaller();
  calendars.person(KIM).add({ summary: 'Dentist', start: '2026-06-02', end: '2026-06-03' });
  expect(ask('GET', `${MINE}/nothing`)).toMatchObject({ status: 404, reason: 'notFound' });
  expect(ask('GET', 'calendars/nobody%40x.example/events')).toMatchObject({
    status: 404,
    reason: 'notFound',
  });
  expect(ask('GET', `calendars/${KIM}/events`)).toMatchObject({ status: 404, reason: 'notFound' });
});

// developers.google.com/workspace/calendar/api/concepts/sharing
test('a calendar that is shared to be read can’t be written to', () => {
  const { ask, calendars } = calendarCaller();
  calendars.person(KIM).share(KIM, EMAIL, 'reader');
  expect(ask('GET', `calendars/${KIM}/events`).status).toBe(200);
  expect(ask('POST', `calendars/${KIM}/events`, SAIL)).toMatchObject({
    status: 403,
    reason: 'requiredAccessLevel',
  });
  calendars.person(KIM).share(KIM, EMAIL, 'writer');
  expect(ask('POST', `calendars/${KIM}/events`, SAIL).json.organizer).toEqual({ email: KIM });
});

test('a token needs the scope of the method', () => {
  const reading = calendarCaller({ scopes: ['calendar.events.readonly'] });
  expect(reading.ask('GET', MINE).status).toBe(200);
  expect(reading.ask('POST', MINE, SAIL)).toMatchObject({ status: 403, reason: 'insufficientPermissions' });
  expect(reading.ask('GET', 'users/me/calendarList')).toMatchObject({ status: 403 });
  expect(calendarCaller({ scopes: ['gmail.send'] }).ask('GET', MINE)).toMatchObject({ status: 403 });
  const bad = { authorization: 'Bearer nobody' };
  expect(reading.ask('GET', MINE, null, bad)).toMatchObject({ status: 401, reason: 'authError' });
});

// developers.google.com/workspace/calendar/api/guides/quota
test('the 601st request of a person within a minute is refused, and after it none', () => {
  const { ask, clock } = calendarCaller();
  for (let sent = 0; sent < 600; sent += 1) ask('GET', `${MINE}/nothing`);
  expect(ask('GET', MINE)).toMatchObject({ status: 403, reason: 'rateLimitExceeded' });
  clock.advance(60_000);
  expect(ask('GET', MINE).status).toBe(200);
});

test('refusals can be switched on: so many, of this kind', () => {
  const { ask, calendars } = calendarCaller();
  calendars.switchTo({ refuse: { times: 2, status: 429, reason: 'quotaExceeded' } });
  const states = [1, 2, 3].map(() => ask('GET', MINE).status);
  expect(states).toEqual([429, 429, 200]);
  calendars.switchTo({ refuse: {} });
  expect(ask('GET', MINE).json.error.errors[0]).toEqual({
    domain: 'usageLimits',
    reason: 'rateLimitExceeded',
    message: 'Rate Limit Exceeded',
  });
});

// developers.google.com/workspace/calendar/api/v3/reference/calendarList/list
test('the list of calendars names each with what the person may do there, in pages', () => {
  const { ask, calendars } = calendarCaller();
  calendars.person(EMAIL).makeCalendar('c1@group.calendar.google.com', 'Charters', { timeZone: 'UTC' });
  calendars.person(KIM).share(KIM, EMAIL, 'reader');
  const first = ask('GET', 'users/me/calendarList?maxResults=2').json;
  const second = ask('GET', `users/me/calendarList?maxResults=2&pageToken=${first.nextPageToken}`).json;
  expect([...first.items, ...second.items]).toMatchObject([
    { id: EMAIL, primary: true, accessRole: 'owner', timeZone: 'America/New_York' },
    { id: 'c1@group.calendar.google.com', summary: 'Charters', accessRole: 'owner', timeZone: 'UTC' },
    { id: KIM, accessRole: 'reader' },
  ]);
  expect(second.nextPageToken).toBeUndefined();
  expect(ask('GET', 'users/me/calendarList?minAccessRole=writer').json.items).toHaveLength(2);
});

test('fields chooses of an answer, and refuses what no answer has', () => {
  const { ask } = calendarCaller();
  ask('POST', MINE, SAIL);
  expect(ask('GET', `${MINE}?fields=items(id,start/dateTime,extendedProperties/private)`).json).toEqual({
    items: [
      {
        id: ID,
        start: { dateTime: '2026-05-14T17:30:00-04:00' },
        extendedProperties: { private: SAIL.extendedProperties.private },
      },
    ],
  });
  expect(ask('GET', `${MINE}?fields=items(titel)`)).toMatchObject({
    status: 400,
    reason: 'invalidParameter',
  });
});

test('all is kept in a saved state: events, shares, what a sync token stands for', () => {
  const first = calendarCaller();
  first.ask('POST', MINE, SAIL);
  first.calendars.person(KIM).share(KIM, EMAIL, 'reader');
  const { nextSyncToken } = first.list('');
  first.ask('DELETE', `${MINE}/${ID}`);
  const saved = JSON.parse(JSON.stringify(first.calendars.state()));
  const second = calendarCaller({ saved });
  expect(second.calendars.state()).toEqual(first.calendars.state());
  expect(second.list(`syncToken=${nextSyncToken}`).items).toMatchObject([{ id: ID, status: 'cancelled' }]);
});
