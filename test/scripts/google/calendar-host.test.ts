import { remoteHand } from '../../../scripts/local/google/calendar-hand.ts';
import type { StartedGoogle } from './started-google.ts';
import { EMAIL, startGoogle } from './started-google.ts';

const EVENTS = 'https://www.googleapis.com/calendar/v3/calendars/primary/events';
let google: StartedGoogle;
let token: string;

beforeEach(async () => {
  google = await startGoogle();
  token = google.token('calendar.events', 'drive.file');
});
afterEach(() => google.close());

const hand = (email: string) =>
  remoteHand(async (verb, args) =>
    structuredClone(google.google.calendarHand(email, verb, structuredClone(args))),
  );
const list = (query = '') => google.send('GET', `${EVENTS}${query}`, { token });

test('Calendar answers beside Drive, and what Google has nothing of is not found', async () => {
  const id = await hand(EMAIL).add({ summary: 'Osprey', start: '2026-06-02', end: '2026-06-03' });
  expect((await list()).json.items).toMatchObject([{ id, summary: 'Osprey', start: { date: '2026-06-02' } }]);
  expect((await google.send('GET', 'https://www.googleapis.com/drive/v3/files', { token })).status).toBe(200);
  expect((await google.send('GET', 'https://www.googleapis.com/calendar/v3/colors', { token })).status).toBe(
    404,
  );
  expect((await google.send('DELETE', `${EVENTS}/${id}`, { token })).status).toBe(204);
});

test('from another thread a person does all that they do here', async () => {
  const pat = hand(EMAIL);
  await pat.makeCalendar('c1@group.calendar.google.com', 'Charters', { timeZone: 'UTC' });
  const event = { summary: 'Osprey', start: '2026-06-02T10:00:00', end: '2026-06-02T12:00:00' };
  const id = await pat.add({ ...event, calendarId: 'c1@group.calendar.google.com' });
  await pat.edit(id, { start: '2026-06-03', end: '2026-06-04' }, 'c1@group.calendar.google.com');
  await pat.share('c1@group.calendar.google.com', 'kim@harbor.example', 'writer');
  await hand('kim@harbor.example').remove(id, 'c1@group.calendar.google.com');
  expect(await pat.events('c1@group.calendar.google.com')).toMatchObject([
    { id, status: 'cancelled', start: { date: '2026-06-03' }, end: { date: '2026-06-04' } },
  ]);
  await pat.removeCalendar('c1@group.calendar.google.com');
  await expect(pat.events('c1@group.calendar.google.com')).rejects.toThrow('404');
});

test('calendars are kept with the rest, and a state of before there were any has none', async () => {
  const empty = google.google.dump() as Record<string, unknown>;
  await hand(EMAIL).add({ summary: 'Osprey', start: '2026-06-02', end: '2026-06-03' });
  google.google.calendarSwitches({ refuse: {} });
  expect((await list()).status).toBe(403);
  const { items, nextSyncToken } = await listAfterRestore(google.google.dump());
  expect(items).toMatchObject([{ summary: 'Osprey' }]);
  google.google.expireSyncTokens(EMAIL);
  expect((await list(`?syncToken=${nextSyncToken}`)).status).toBe(410);
  const { calendars: _, ...older } = empty;
  expect((await listAfterRestore(older)).items).toEqual([]);
});

async function listAfterRestore(state: unknown): Promise<{ items: unknown[]; nextSyncToken: string }> {
  google.google.restore(JSON.parse(JSON.stringify(state)));
  // The tokens of the test stay.
  const reply = await list();
  expect(reply.status).toBe(200);
  return reply.json;
}
