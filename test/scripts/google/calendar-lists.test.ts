// developers.google.com/workspace/calendar/api/v3/reference/events/list and …/api/guides/sync
import { calendarCaller, EMAIL, KIM, MINE } from './calendar-caller.ts';

const day = (date: string, end: string) => ({ summary: date, start: date, end });
const at = (time: string, summary = time) => ({
  summary,
  start: `2026-06-${time}`,
  end: `2026-06-${time.slice(0, 3)}23:00:00`,
});

test('timeMin is compared with ends and timeMax with starts, and neither counts itself', () => {
  const { calendars, list } = calendarCaller({ timeZone: 'UTC' });
  const person = calendars.person(EMAIL);
  person.add({ summary: 'ends as it begins', start: '2026-06-01T08:00:00Z', end: '2026-06-01T10:00:00Z' });
  person.add({ summary: 'lasts on', start: '2026-06-01T08:00:00Z', end: '2026-06-01T10:00:01Z' });
  person.add({
    summary: 'starts before the end',
    start: '2026-06-01T11:59:59Z',
    end: '2026-06-02T00:00:00Z',
  });
  person.add({ summary: 'starts at the end', start: '2026-06-01T12:00:00Z', end: '2026-06-02T00:00:00Z' });
  const { items } = list('timeMin=2026-06-01T10:00:00Z&timeMax=2026-06-01T12:00:00Z');
  expect(items.map(({ summary }) => summary).sort()).toEqual(['lasts on', 'starts before the end']);
});

test('an all-day event lasts from midnight to midnight of the calendar’s zone, its end excluded', () => {
  const { calendars, list } = calendarCaller();
  calendars.person(EMAIL).add(day('2026-06-02', '2026-06-03'));
  // Midnight in New York is 04:00 UTC in June.
  expect(list('timeMin=2026-06-03T03:59:59Z').items).toHaveLength(1);
  expect(list('timeMin=2026-06-03T04:00:00Z').items).toHaveLength(0);
  expect(list('timeMax=2026-06-02T04:00:00Z').items).toHaveLength(0);
});

test.each([
  ['timeMin=2026-06-01', 'badRequest'],
  ['timeMin=2026-06-01T10:00:00', 'badRequest'],
  ['timeMin=2026-06-02T10:00:00Z&timeMax=2026-06-02T10:00:00Z', 'timeRangeEmpty'],
  ['maxResults=0', 'invalid'],
  ['maxResults=many', 'badRequest'],
  ['singleEvents=yes', 'invalid'],
  ['orderBy=startTime', 'badRequest'],
  ['orderBy=title', 'invalid'],
  ['timeZone=Mars/Base', 'invalid'],
  ['pageToken=zzz', 'invalid'],
  ['until=2026', 'badRequest'],
])('a list with %s is refused', (query, reason) => {
  expect(calendarCaller().ask('GET', `${MINE}?${query}`)).toMatchObject({ status: 400, reason });
});

test('a list comes in pages, each event once, and the sync token with the last page alone', () => {
  const { calendars, list } = calendarCaller();
  for (let index = 0; index < 5; index += 1) calendars.person(EMAIL).add(at(`0${index + 1}T10:00:00`));
  const { items, pages, nextSyncToken } = list('maxResults=2');
  expect([items.length, new Set(items.map(({ id }) => id)).size, pages]).toEqual([5, 5, 3]);
  expect(nextSyncToken).toEqual(expect.any(String));
  calendars.switchTo({ pageSize: 1 });
  expect(list('maxResults=2').pages).toBe(5);
});

test('what changes between two pages comes with the next sync', () => {
  const { calendars, ask, list } = calendarCaller();
  const person = calendars.person(EMAIL);
  const ids = [1, 2, 3].map((index) => person.add(at(`0${index}T10:00:00`)));
  const { nextPageToken } = ask('GET', `${MINE}?maxResults=1`).json;
  for (const id of ids) person.edit(id, { location: 'Pier 4' });
  const { nextSyncToken } = ask('GET', `${MINE}?maxResults=2500&pageToken=${nextPageToken}`).json;
  expect(nextSyncToken).toBeUndefined();
  const rest = ask('GET', `${MINE}?maxResults=1&pageToken=${nextPageToken}`).json;
  const last = ask('GET', `${MINE}?maxResults=1&pageToken=${rest.nextPageToken}`).json;
  expect(list(`maxResults=1&syncToken=${last.nextSyncToken}`).items).toHaveLength(3);
});

test('after a sync token come new, changed and deleted events, and of deleted ones hardly more than the id', () => {
  const { calendars, list } = calendarCaller();
  const person = calendars.person(EMAIL);
  const [kept, changed, removed] = [1, 2, 3].map((index) => person.add(at(`0${index}T10:00:00`)));
  const first = list('singleEvents=true');
  person.edit(changed ?? '', { summary: 'Sunset sail' });
  person.remove(removed ?? '');
  const added = person.add(at('04T10:00:00'));
  const { items, nextSyncToken } = list(`singleEvents=true&syncToken=${first.nextSyncToken}`);
  const byId = new Map(items.map((item) => [item.id, item]));
  expect([...byId.keys()].sort()).toEqual([changed, removed, added].sort());
  expect(byId.has(kept)).toBe(false);
  expect(byId.get(changed).summary).toBe('Sunset sail');
  expect(Object.keys(byId.get(removed)).sort()).toEqual(['etag', 'id', 'kind', 'status']);
  expect(list(`singleEvents=true&syncToken=${nextSyncToken}`).items).toEqual([]);
});

test('deleted events are in no full list unless they are asked for, and then with all that they were', () => {
  const { calendars, list } = calendarCaller();
  const id = calendars.person(EMAIL).add(at('02T10:00:00', 'Osprey'));
  calendars.person(EMAIL).remove(id);
  expect(list('').items).toEqual([]);
  expect(list('showDeleted=true').items).toMatchObject([{ id, status: 'cancelled', summary: 'Osprey' }]);
});

test.each([
  'iCalUID=x',
  'orderBy=updated',
  'privateExtendedProperty=a%3Db',
  'q=x',
  'sharedExtendedProperty=a%3Db',
  'timeMin=2026-06-01T00:00:00Z',
  'timeMax=2026-06-01T00:00:00Z',
  'updatedMin=2026-06-01T00:00:00Z',
  'showDeleted=false',
])('a sync token goes with no %s', (parameter) => {
  const { ask, list } = calendarCaller();
  const { nextSyncToken } = list('');
  expect(ask('GET', `${MINE}?syncToken=${nextSyncToken}&${parameter}`)).toMatchObject({
    status: 400,
    reason: 'syncTokenWithRequestRestrictions',
  });
});

test('a sync token wants the other parameters as they were: what Google leaves undefined is an error here', () => {
  const { ask, list } = calendarCaller();
  const { nextSyncToken } = list('singleEvents=true&timeMin=2026-05-01T00:00:00Z');
  expect(ask('GET', `${MINE}?syncToken=${nextSyncToken}`).status).toBe(400);
  expect(ask('GET', `${MINE}?syncToken=${nextSyncToken}&singleEvents=true&fields=items(id)`).status).toBe(
    200,
  );
});

test.each(['q=x', 'orderBy=updated', 'updatedMin=2026-05-01T00:00:00Z', 'privateExtendedProperty=a%3Db'])(
  'a list with %s has no sync token',
  (parameter) => {
    expect(calendarCaller().list(parameter).nextSyncToken).toBeUndefined();
  },
);

test('a sync token that expired, that nobody gave, or that is another calendar’s or person’s asks for a full list', () => {
  const { ask, list, calendars, token } = calendarCaller();
  calendars.person(KIM).share(KIM, EMAIL, 'reader');
  calendars.person(EMAIL).share(EMAIL, KIM, 'reader');
  const kims = { authorization: `Bearer ${token(KIM, 'calendar.events')}` };
  const gone = { status: 410, reason: 'fullSyncRequired' };
  const { nextSyncToken } = list('');
  expect(ask('GET', `calendars/${KIM}/events?syncToken=${nextSyncToken}`)).toMatchObject(gone);
  expect(ask('GET', `calendars/${EMAIL}/events?syncToken=${nextSyncToken}`, null, kims)).toMatchObject(gone);
  expect(ask('GET', `${MINE}?syncToken=CPDAlvWDx70CEPDAlvWDx70CGAU=`)).toMatchObject(gone);
  calendars.expireSyncTokens(KIM);
  expect(ask('GET', `${MINE}?syncToken=${nextSyncToken}`).status).toBe(200);
  calendars.expireSyncTokens();
  expect(ask('GET', `${MINE}?syncToken=${nextSyncToken}`)).toMatchObject(gone);
  const fresh = list('').nextSyncToken;
  calendars.expireSyncTokens(EMAIL);
  expect(ask('GET', `${MINE}?syncToken=${fresh}`)).toMatchObject(gone);
});

// stackoverflow.com/questions/30599745, github.com/garrytan/gbrain/pull/5015
test('a sync token tells changes of any date, unless it is switched to keep to the dates of the first list', () => {
  const { list, calendars } = calendarCaller();
  const person = calendars.person(EMAIL);
  const moved = person.add(at('02T10:00:00'));
  const { nextSyncToken } = list('timeMin=2026-06-01T00:00:00Z&timeMax=2026-06-08T00:00:00Z');
  const far = person.add(day('2026-09-01', '2026-09-02'));
  person.edit(moved, { start: '2026-07-02', end: '2026-07-03' });
  const told = () =>
    list(`syncToken=${nextSyncToken}`)
      .items.map(({ id }) => id)
      .sort();
  expect(told()).toEqual([far, moved].sort());
  calendars.switchTo({ deltas: 'ranged' });
  const singles = () => list(`singleEvents=true&syncToken=${single}`).items.map(({ id }) => id);
  const single = list(
    'singleEvents=true&timeMin=2026-06-01T00:00:00Z&timeMax=2026-07-08T00:00:00Z',
  ).nextSyncToken;
  person.edit(far, { summary: 'still far' });
  expect(singles()).toEqual([]);
  person.edit(moved, { start: '2026-08-02', end: '2026-08-03' });
  expect(singles()).toEqual([moved]);
});

test('a list can be narrowed to a private property, a type or a word', () => {
  const { list, calendars } = calendarCaller();
  const person = calendars.person(EMAIL);
  const own = person.add({ ...at('02T10:00:00'), extendedProperties: { private: { purserCharter: 'C-1' } } });
  const away = person.add({ ...at('03T10:00:00'), eventType: 'outOfOffice' });
  const word = person.add(at('04T10:00:00', 'The OSPREY sails'));
  const ids = (query: string) => list(query).items.map(({ id }) => id);
  expect(ids('privateExtendedProperty=purserCharter%3DC-1')).toEqual([own]);
  expect(ids('eventTypes=outOfOffice')).toEqual([away]);
  expect(ids('q=osprey')).toEqual([word]);
});
