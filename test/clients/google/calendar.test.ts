// Facts: developers.google.com/workspace/calendar/api/v3/reference/events, …/events/list, …/calendarList/list,
// developers.google.com/workspace/calendar/api/guides/errors, …/guides/sync, …/guides/version-resources
import { send } from '../../../src/clients/exchange.ts';
import {
  deleteEvent,
  getEvent,
  insertEvent,
  listCalendars,
  listEvents,
  patchEvent,
} from '../../../src/clients/google/calendar.ts';
import type { EventBody } from '../../../src/clients/google/calendar-event.ts';
import type { Answer } from '../../tools/fake-host.ts';
import { errorOf, fakeHost } from '../../tools/fake-host.ts';

const answering = (...answers: readonly Answer[]) =>
  fakeHost({ answer: (_, index) => answers[index] ?? { status: 418 } });
const ok = (body: object): Answer => ({ status: 200, body });
const refusal = (status: number, reason: string, message = 'Nein.'): Answer => ({
  status,
  body: { error: { code: status, message, errors: [{ domain: 'global', reason, message }] } },
});

const CALENDAR = 'c_1f#2@group.calendar.google.com';
const CALENDARS = 'https://www.googleapis.com/calendar/v3/calendars';
const EVENTS = `${CALENDARS}/c_1f%232%40group.calendar.google.com/events`;
const SPAN = { timeMinIso: '2026-05-01T00:00:00-04:00', timeMaxIso: '2026-06-01T00:00:00-04:00' };
const TIMED = {
  id: 'abc12',
  status: 'confirmed',
  etag: '"3181161784712000"',
  start: { dateTime: '2026-05-14T17:30:00-04:00', timeZone: 'America/New_York' },
  end: { dateTime: '2026-05-14T19:30:00-04:00', timeZone: 'America/New_York' },
};
const BODY: EventBody = {
  id: 'purser0123',
  status: 'confirmed',
  summary: 'Osprey: 12 guests',
  location: 'Osprey',
  description: 'BH-1',
  start: { dateTime: '2026-05-14T17:30:00-04:00', timeZone: 'America/New_York' },
  end: { dateTime: '2026-05-14T19:30:00-04:00', timeZone: 'America/New_York' },
  source: { title: 'Row', url: 'https://docs.google.com/spreadsheets/d/x' },
  extendedProperties: { private: { purserCharter: 'BH-1', purserHash: 'f00' } },
};
const parametersOf = (url = '') => Object.fromEntries(new URL(url).searchParams);

describe('a list of events', () => {
  test('asks for the instances in a span of time, follows all pages and gives the last one’s token', () => {
    const host = answering(
      ok({ items: [TIMED], nextPageToken: 'p 2', timeZone: 'America/New_York' }),
      // “may be less than this value, or none at all, even if there are more events”
      ok({ nextPageToken: 'p3' }),
      ok({ items: [{ ...TIMED, id: 'def34' }], nextSyncToken: 'next=', timeZone: 'America/New_York' }),
    );
    const list = send(host, listEvents('tok', CALENDAR, SPAN));
    expect(list).toMatchObject({
      kind: 'events',
      events: [{ id: 'abc12' }, { id: 'def34' }],
      nextSyncToken: 'next=',
      timeZone: 'America/New_York',
    });
    const [first, second, third] = host.rounds.flat();
    expect(first?.url.startsWith(`${EVENTS}?`)).toBe(true);
    expect(first?.headers.Authorization).toBe('Bearer tok');
    const { fields, ...asked } = parametersOf(first?.url);
    expect(asked).toEqual({
      singleEvents: 'true',
      maxResults: '2500',
      timeMin: SPAN.timeMinIso,
      timeMax: SPAN.timeMaxIso,
    });
    expect(fields).not.toMatch(/email|displayName|conference/);
    expect(parametersOf(second?.url)).toEqual({ ...asked, fields, pageToken: 'p 2' });
    expect(parametersOf(third?.url).pageToken).toBe('p3');
  });

  test('by a token asks the very same but for the span, and has what was cancelled', () => {
    const host = answering(
      ok({ nextSyncToken: 'a' }),
      ok({
        items: [
          // “Cancelled exceptions … will have only the fields id, recurringEventId and originalStartTime populated”
          {
            id: 'abc12_20260514T213000Z',
            status: 'cancelled',
            recurringEventId: 'abc12',
            originalStartTime: { dateTime: '2026-05-14T17:30:00-04:00' },
          },
          { id: 'def34', status: 'cancelled' },
        ],
        nextSyncToken: 'b',
      }),
    );
    send(host, listEvents('tok', 'primary', SPAN));
    expect(send(host, listEvents('tok', 'primary', { syncToken: 'a+/=' }))).toMatchObject({
      events: [
        {
          status: 'cancelled',
          start: null,
          recurringEventId: 'abc12',
          originalStart: { dateTime: '2026-05-14T17:30:00-04:00' },
        },
        { id: 'def34', end: null, recurringEventId: null, originalStart: null },
      ],
      nextSyncToken: 'b',
    });
    const [full, changes] = host.rounds.flat().map(({ url }) => parametersOf(url));
    const { timeMin, timeMax, ...same } = full ?? {};
    expect([timeMin, timeMax]).toEqual([SPAN.timeMinIso, SPAN.timeMaxIso]);
    expect(changes).toEqual({ ...same, syncToken: 'a+/=' });
  });

  test.each([
    ['ran out', refusal(410, 'fullSyncRequired')],
    ['was cut', refusal(400, 'invalid')],
  ])('a token that %s is no error: the list must be full', (_, answer) => {
    for (const answers of [[answer], [ok({ items: [TIMED], nextPageToken: 'p2' }), answer]]) {
      const host = answering(...answers);
      expect(send(host, listEvents('t', CALENDAR, { syncToken: 'old' }))).toEqual({ kind: 'token-gone' });
    }
    expect(errorOf(() => send(answering(answer), listEvents('t', CALENDAR, SPAN))).code).toBe(
      'google-refused',
    );
  });

  test('without a token for the next time is a list all the same', () => {
    const host = answering(ok({ items: [] }));
    expect(send(host, listEvents('t', CALENDAR, SPAN))).toMatchObject({ events: [], nextSyncToken: '' });
  });

  test('pages that come round again end it with an error', () => {
    const page = (nextPageToken: string) => ok({ items: [], nextPageToken });
    const host = answering(page('a'), page('b'), page('a'));
    expect(errorOf(() => send(host, listEvents('t', CALENDAR, SPAN))).code).toBe('reply-malformed');
    expect(host.rounds).toHaveLength(3);
  });

  test.each([
    ['no id', { ...TIMED, id: undefined }],
    ['an empty id', { ...TIMED, id: '' }],
    ['no start', { ...TIMED, start: undefined }],
    ['no end', { ...TIMED, end: undefined }],
    ['a start that is no moment', { ...TIMED, start: { dateTime: 'soon' } }],
    ['a start without day and time', { ...TIMED, start: { timeZone: 'UTC' } }],
    ['a start on a day that is none', { ...TIMED, start: { date: '14.05.2026' } }],
    ['both a day and a time', { ...TIMED, end: { date: '2026-05-14', dateTime: '2026-05-14T17:30:00Z' } }],
    ['a status that nobody knows', { ...TIMED, status: 'maybe' }],
    ['a version that would make a header of its own', { ...TIMED, etag: '"1"\r\nX-Evil: 1' }],
    ['properties that are no text', { ...TIMED, extendedProperties: { private: { purserHash: 7 } } }],
    ['a title that is no text', { ...TIMED, summary: { text: 'x' } }],
  ])('an event with %s is not believed, nor any of its list', (_, event) => {
    const host = answering(ok({ items: [TIMED, event], nextSyncToken: 'x' }));
    expect(errorOf(() => send(host, listEvents('t', CALENDAR, SPAN))).code).toBe('reply-malformed');
  });
});

describe('an event', () => {
  const read = (event: object) => send(answering(ok(event)), getEvent('t', CALENDAR, 'abc12'));

  test('that says little has what the reference gives to what is left out', () => {
    expect(read(TIMED)).toEqual({
      ...TIMED,
      summary: '',
      location: '',
      description: '',
      created: '',
      htmlLink: '',
      eventType: 'default',
      transparency: 'opaque',
      recurringEventId: null,
      originalStart: null,
      selfResponse: null,
      privateProperties: {},
    });
  });

  test('that says all is read whole, guests apart from oneself', () => {
    const attendees = [
      { email: 'a@x.example', responseStatus: 'accepted' },
      { self: true, responseStatus: 'declined' },
    ];
    const event = read({
      ...TIMED,
      start: { date: '2026-05-14' },
      end: { date: '2026-05-15' },
      summary: '=IMPORTXML("x")\u202e<b>',
      eventType: 'newlyInvented',
      recurringEventId: 'abc',
      originalStartTime: { date: '2026-05-13' },
      attendees,
      extendedProperties: { private: { purserCharter: 'BH-1' }, shared: { other: 'x' } },
      unknown: { deep: true },
    });
    expect(event).toMatchObject({
      start: { date: '2026-05-14' },
      end: { date: '2026-05-15' },
      summary: '=IMPORTXML("x")\u202e<b>',
      eventType: 'newlyInvented',
      recurringEventId: 'abc',
      originalStart: { date: '2026-05-13' },
      selfResponse: 'declined',
      privateProperties: { purserCharter: 'BH-1' },
    });
    expect(JSON.stringify(event)).not.toMatch(/a@x\.example|unknown|other/);
  });

  test.each([404, 410])('that is not there (%i) is null', (status) => {
    expect(send(answering({ status }), getEvent('t', CALENDAR, 'abc12'))).toBeNull();
  });
});

describe('writing', () => {
  test('a new event has our id, tells nobody, and comes back as it is', () => {
    const host = answering(ok({ ...TIMED, id: BODY.id }));
    expect(send(host, insertEvent('tok', CALENDAR, BODY))).toMatchObject({
      kind: 'made',
      event: { id: 'purser0123', etag: '"3181161784712000"' },
    });
    const [request] = host.rounds.flat();
    expect(request).toMatchObject({ method: 'POST', contentType: 'application/json' });
    expect(request?.url.startsWith(`${EVENTS}?sendUpdates=none&`)).toBe(true);
    expect(JSON.parse(String(request?.body))).toEqual(BODY);
  });

  test('one that may have arrived is sent once more, and is there then', () => {
    const host = answering({ status: 503 }, refusal(409, 'duplicate'));
    expect(send(host, insertEvent('t', CALENDAR, BODY))).toEqual({ kind: 'exists' });
    expect(host.rounds).toHaveLength(2);
  });

  test('a patch and a deletion hold only for the version that was read', () => {
    const host = answering(ok({ ...TIMED, etag: '"2"' }), { status: 204 }, ok(TIMED), { status: 204 });
    const patch = { status: 'confirmed', summary: 'Osprey: 14 guests' } as const;
    expect(send(host, patchEvent('t', CALENDAR, 'a/b', patch, '"1"'))).toMatchObject({
      kind: 'patched',
      event: { etag: '"2"' },
    });
    expect(send(host, deleteEvent('t', CALENDAR, 'a/b', '"2"'))).toEqual({ kind: 'deleted' });
    send(host, patchEvent('t', CALENDAR, 'a/b', patch, null));
    send(host, deleteEvent('t', CALENDAR, 'a/b', ''));
    const requests = host.rounds.flat();
    expect(requests.map(({ method, headers }) => [method, headers['If-Match']])).toEqual([
      ['PATCH', '"1"'],
      ['DELETE', '"2"'],
      ['PATCH', undefined],
      ['DELETE', undefined],
    ]);
    expect(JSON.parse(String(requests[0]?.body))).toEqual(patch);
    expect(requests[1]?.body).toBeUndefined();
    for (const { url } of requests) expect(url).toContain(`${EVENTS}/a%2Fb?sendUpdates=none`);
  });

  test.each([
    [404, 'notFound', 'gone'],
    [410, 'deleted', 'gone'],
    [412, 'conditionNotMet', 'changed'],
  ])('%i %s is an answer, not an error', (status, reason, kind) => {
    const refused = () => answering(refusal(status, reason));
    expect(send(refused(), patchEvent('t', CALENDAR, 'a', {}, '"1"'))).toEqual({ kind });
    expect(send(refused(), deleteEvent('t', CALENDAR, 'a', '"1"'))).toEqual({ kind });
  });

  test.each(['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded'])(
    'over the limit (%s) it waits and goes on, even 403',
    (reason) => {
      const host = answering(refusal(403, reason), refusal(429, reason), { status: 204 });
      expect(send(host, deleteEvent('t', CALENDAR, 'a', null))).toEqual({ kind: 'deleted' });
      expect(host.slept).toHaveLength(2);
    },
  );
});

describe('a refusal', () => {
  const insert = (answer: Answer) => errorOf(() => send(answering(answer), insertEvent('t', CALENDAR, BODY)));

  test('of a calendar that is not there says which, and what to do', () => {
    const error = insert(refusal(404, 'notFound'));
    expect([error.code, error.data.status]).toEqual(['google-not-found', 404]);
    expect(error.what).toContain(`There is no calendar “${CALENDAR}” that this account may see.`);
    expect(error.now).toContain('share it with this account');
  });

  test.each([
    ['requiredAccessLevel', /may look at the calendar “c_1f/, /“Make changes to events”/],
    ['forbiddenForNonOrganizer', /belongs to somebody else now/, /Delete the event/],
    ['notACalendarUser', /has no Google Calendar/, /Open calendar\.google\.com/],
  ])('%s is told in words of Purser’s own, whatever Google’s language', (reason, what, now) => {
    const error = insert(refusal(403, reason));
    expect(error).toMatchObject({ code: 'google-refused', kind: 'refused', data: { status: 403, reason } });
    expect(error.what).toMatch(what);
    expect(error.now).toMatch(now);
    expect(error.what).not.toContain('Nein');
  });

  test('for want of a permission keeps its code', () => {
    expect(insert(refusal(403, 'insufficientPermissions')).code).toBe('google-scope-missing');
  });
});

describe('the list of calendars', () => {
  test('has all pages, the person’s own names, and who may write', () => {
    const host = answering(
      ok({
        items: [
          {
            id: 'nora@x.example',
            summary: 'nora@x.example',
            primary: true,
            accessRole: 'owner',
            timeZone: 'UTC',
          },
          { id: 'b@x.example', summary: 'Boats', summaryOverride: 'Our boats', accessRole: 'writer' },
        ],
        nextPageToken: 'p/2',
      }),
      ok({
        items: [
          { id: 'c@x.example', accessRole: 'writerWithoutPrivateAccess' },
          { id: 'd@x.example', summary: 'Public', accessRole: 'reader' },
          { id: 'e@x.example', summary: 'New', accessRole: 'invented' },
        ],
      }),
    );
    expect(send(host, listCalendars('tok'))).toEqual([
      { id: 'nora@x.example', name: 'nora@x.example', primary: true, canWrite: true, timeZone: 'UTC' },
      { id: 'b@x.example', name: 'Our boats', primary: false, canWrite: true, timeZone: '' },
      { id: 'c@x.example', name: 'c@x.example', primary: false, canWrite: true, timeZone: '' },
      { id: 'd@x.example', name: 'Public', primary: false, canWrite: false, timeZone: '' },
      { id: 'e@x.example', name: 'New', primary: false, canWrite: false, timeZone: '' },
    ]);
    expect(host.rounds.flat().map(({ url }) => parametersOf(url).pageToken)).toEqual([undefined, 'p/2']);
  });

  test('that never ends, or is not one, is an error', () => {
    const same = ok({ items: [], nextPageToken: 'p' });
    const codes = [answering(same, same), answering(ok({ items: [{ summary: 'no id' }] }))].map(
      (host) => errorOf(() => send(host, listCalendars('t'))).code,
    );
    expect(codes).toEqual(['reply-malformed', 'reply-malformed']);
  });
});
