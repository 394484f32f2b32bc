/** The sample’s crew: what they have in their calendars. */
import type { CrewCalendar } from '../../../scripts/sample/calendars.ts';
import { fillCalendars } from '../../../scripts/start/crew-calendars.ts';
import type { Purser } from '../../tools/purser.ts';
import { openPurser } from '../../tools/workspace.ts';

const ZOE: CrewCalendar = {
  account: 'zoe@crew.example',
  name: 'Zoë',
  connectedFor: '2026-05',
  writesTo: { id: 'sails@group.calendar.google.com', name: 'Zoë sails' },
  events: [{ summary: 'Osprey', start: '2026-05-14T17:30:00', end: '2026-05-14T19:30:00' }],
  changed: [],
};

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

test('calendars that are filled again, as their owner is connected again, have every event once', async () => {
  await purser.begin();
  const { workspace } = purser;
  const nowMs = workspace.clock.now();
  for (let times = 0; times < 2; times++) fillCalendars(workspace, [ZOE], nowMs);
  expect(await workspace.calendars.person(ZOE.account).events()).toMatchObject([{ summary: 'Osprey' }]);
  expect(workspace.clock.now()).toBe(nowMs);
});
