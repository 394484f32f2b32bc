/** Our client against code that others wrote from Google's reference: it lists, inserts and deletes, no more. */
import { deleteEvent, insertEvent, listCalendars, listEvents } from '../../../src/clients/google/calendar.ts';
import { closeServers, EMAIL, stranger } from './servers.ts';

afterAll(closeServers);

test('an event is written, found by its span of time, and deleted once', async () => {
  const { run, token } = await stranger();
  const [own] = await run(listCalendars(token));
  expect(own).toMatchObject({ name: EMAIL, primary: true, canWrite: true });
  const at = (dateTime: string) => ({ dateTime, timeZone: 'America/New_York' });
  const body = {
    id: 'purser0123456789',
    status: 'confirmed',
    summary: 'Étoile: 12 guests',
    location: 'Étoile',
    description: 'BH-1\nWritten by Purser',
    start: at('2026-05-14T17:30:00-04:00'),
    end: at('2026-05-14T19:30:00-04:00'),
    extendedProperties: { private: { purserCharter: 'BH-1' } },
  } as const;
  const made = await run(insertEvent(token, 'primary', body));
  expect(made).toMatchObject({ kind: 'made', event: { summary: body.summary, location: body.location } });
  const day = (date: number) => ({
    timeMinIso: `2026-05-${date}T00:00:00Z`,
    timeMaxIso: `2026-05-${date + 1}T00:00:00Z`,
  });
  const list = await run(listEvents(token, 'primary', day(14)));
  const { id, etag } = made.kind === 'made' ? made.event : { id: '', etag: '' };
  expect(list).toMatchObject({
    kind: 'events',
    events: [{ id, status: 'confirmed', description: body.description, selfResponse: null }],
  });
  const [start] = list.kind === 'events' ? list.events.map((event) => event.start?.dateTime ?? '') : [];
  expect(Date.parse(start ?? '')).toBe(Date.parse(body.start.dateTime));
  expect(await run(listEvents(token, 'primary', day(15)))).toMatchObject({ events: [] });
  expect(await run(deleteEvent(token, 'primary', id, etag))).toEqual({ kind: 'deleted' });
  expect(await run(deleteEvent(token, 'primary', id, null))).toEqual({ kind: 'gone' });
});

test('a calendar that is not there is named', async () => {
  const { run, token } = await stranger();
  const span = { timeMinIso: '2026-05-01T00:00:00Z', timeMaxIso: '2026-06-01T00:00:00Z' };
  await expect(run(listEvents(token, 'none@group.calendar.google.com', span))).rejects.toMatchObject({
    code: 'google-not-found',
    what: 'There is no calendar “none@group.calendar.google.com” that this account may see.',
  });
});
