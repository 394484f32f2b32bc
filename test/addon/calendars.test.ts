/** Calendars in the built add-on: the trigger of every half hour, the menu, and what goes out with a statement. */
import type { SyncReport } from '../../src/calendar/sync-report.ts';
import type { Purser } from '../tools/purser.ts';
import type { Scene } from '../tools/scene.ts';
import { charter, cleanMonth, OWNER } from '../tools/scene.ts';
import { openPurser } from '../tools/workspace.ts';

const CHARTERS = 'charters@group.calendar.google.com';
const CREW = ['ana', 'ben', 'cy', 'dee', 'eli'].map((name) => `${name}@crew.example`);
const [ANA = '', BEN = ''] = CREW;
const JUNE = { month: '2026-06', status: 'scheduled', revenueTotal: 0 };

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

async function begin(scene: Scene = {}): Promise<void> {
  await purser.begin({
    charters: [
      ...cleanMonth(),
      charter('S-1', { ...JUNE, date: '2026-06-10', vessel: 'Osprey' }),
      charter('S-2', { ...JUNE, date: '2026-06-11', vessel: 'Tolliver', crew: [] }),
    ],
    roster: [{ crewId: 'cr-1', name: 'Ana Bell', email: ANA, role: 'captain' }],
    ...scene,
    settings: { 'Charters calendar': CHARTERS, ...scene.settings },
  });
  await purser.workspace.calendars.person(OWNER.email).makeCalendar(CHARTERS, 'Charters');
}

function sync(): SyncReport | null {
  const report = purser.appsScript().run('syncCalendars', [], { mode: 'trigger', as: OWNER.email });
  return JSON.parse(JSON.stringify(report)) as SyncReport | null;
}

async function standing(email = OWNER.email, calendarId = CHARTERS): Promise<readonly string[]> {
  const events = await purser.workspace.calendars.person(email).events(calendarId);
  return events.flatMap(({ summary, status, start }) =>
    status === 'cancelled' ? [] : [`${String(start.dateTime ?? start.date).slice(0, 16)} ${summary}`],
  );
}

function writes(): readonly string[] {
  return purser
    .trace()
    .filter(
      ({ request }) =>
        request.method !== 'GET' && /calendar\/v3|values:batchUpdate|:batchUpdate/.test(request.url),
    )
    .map(({ request }) => `${request.method} ${request.url}`);
}

describe('the trigger of every half hour', () => {
  it('writes charters to the company’s calendar and the crew’s own, reads all, and then nothing more', async () => {
    await begin();
    await purser.connect(ANA, ['calendar'], { calendar: { id: 'primary', name: 'Ana' } });
    for (const email of CREW.slice(1)) await purser.connect(email, ['calendar']);
    const ben = purser.workspace.calendars.person(BEN);
    await ben.add({ summary: 'Osprey sunset', start: '2026-06-10T10:00:00', end: '2026-06-10T12:00:00' });
    await ben.add({ summary: 'Dr. Secret', start: '2026-06-12T10:00:00', end: '2026-06-12T12:00:00' });
    expect(sync()?.words).toBe('6 synced. 9 events made.');
    expect(await standing()).toContain('2026-06-10T10:00 Osprey: 8 guests');
    expect(await standing(ANA, 'primary')).toEqual(
      expect.arrayContaining([
        '2026-06-10T10:00 Osprey: 8 guests',
        '2026-05-03T10:00 Vessel C-2026-05-1: 8 guests',
      ]),
    );
    const tab = await purser.tab('Purser calendar');
    const texts = Object.values(tab.cells).map(({ value }) => String(value));
    expect(texts).toEqual(expect.arrayContaining(['Osprey sunset', 'S-1', 'trip', 'busy']));
    expect(texts.join('\n')).not.toContain('Secret');
    const before = writes().length;
    expect(sync()?.words).toBe('6 synced.');
    expect(writes()).toHaveLength(before);

    await purser.workspace.calendars.expireSyncTokens();
    await ben.remove((await ben.events())[0]?.id ?? '');
    await purser.workspace.revokeByPerson(CREW[4] ?? '');
    purser.clock.advance(3_600_000);
    expect(sync()?.words).toBe('5 synced, 1 needs reconnecting.');
    expect(
      Object.values((await purser.tab('Purser calendar')).cells).map(({ value }) => value),
    ).not.toContain('Osprey sunset');
  });

  it('is quiet where no calendar is configured, and makes no tab', async () => {
    await purser.begin();
    const before = writes().length;
    expect(sync()).toBeNull();
    expect(await purser.titles()).not.toContain('Purser calendar');
    expect(writes()).toHaveLength(before);
  });
});

describe('more deletions than a few', () => {
  it('wait for a yes: the owner hears of them once, and the menu asks', async () => {
    await begin();
    sync();
    await purser.recharter([
      ...cleanMonth().map((one) => ({ ...one, status: 'cancelled' })),
      charter('S-1', { ...JUNE, date: '2026-06-10', vessel: 'Osprey' }),
    ]);
    expect(sync()?.words).toBe('1 synced. 1 event changed. 4 deletions wait for a person’s yes.');
    sync();
    const notices = await purser.mails('notice');
    expect(notices.map(({ subject }) => subject)).toEqual(['Purser: may 4 calendar events be deleted?']);
    expect(notices[0]?.text).toContain('2026-06-11 10:00 Tolliver: 8 guests');
    expect(await standing()).toHaveLength(5);
    const asked: string[] = [];
    const choose = (button: 'YES' | 'NO') =>
      purser.appsScript().run('syncCalendarsNow', [], {
        answers: ({ message, buttons }) => {
          if (!buttons.includes('YES')) return { button: 'OK' };
          asked.push(message);
          return { button };
        },
      });
    choose('NO');
    expect(await standing()).toHaveLength(5);
    choose('YES');
    expect(asked).toHaveLength(2);
    expect(asked[0]).toContain('4 of Purser’s events in the Charters calendar no longer fit the ledger');
    expect(await standing()).toEqual(['2026-06-10T10:00 Osprey: 8 guests']);
  });
});

describe('a calendar that fails', () => {
  it('for longer than a day is told to the owner once a day, and not before', async () => {
    await begin({ settings: { 'Charters calendar': 'nobodys@group.calendar.google.com' } });
    expect(sync()?.words).toBe('1 failed.');
    purser.clock.advance(23 * 3_600_000);
    sync();
    expect(await purser.mails('notice')).toEqual([]);
    purser.clock.advance(2 * 3_600_000);
    sync();
    sync();
    const [notice, ...others] = await purser.mails('notice');
    expect(notice?.subject).toBe(`Purser: a calendar of ${OWNER.email} has not been synced for a day`);
    expect(notice?.text).toContain('There is no calendar “nobodys@group.calendar.google.com”');
    expect(others).toEqual([]);
  });
});

describe('a heading of the tab that somebody changed', () => {
  it('stops all calendars, of which the owner hears after a day', async () => {
    await begin();
    sync();
    await purser.type('Purser calendar', 'D1', 'Sort');
    expect(sync()).toBeNull();
    purser.clock.advance(25 * 3_600_000);
    sync();
    sync();
    await purser.type('Purser calendar', 'D1', 'Kind');
    expect(sync()?.words).toBe('1 synced.');
    await purser.type('Purser calendar', 'D1', 'Sort');
    purser.clock.advance(25 * 3_600_000);
    sync();
    const notices = await purser.mails('notice');
    expect(notices.map(({ subject }) => subject)).toEqual(['Purser: no calendar has been synced for a day']);
    expect(notices[0]?.text).toContain('The heading');
  });
});

describe('a statement’s run', () => {
  it('hands the charters that it read on to the calendars', async () => {
    await begin();
    expect(purser.send().status).toBe('sent');
    expect(await standing()).toHaveLength(5);
    expect(await purser.titles()).toContain('Purser calendar');
  });

  it('leaves the event of a charter that stands under a month which it does not read', async () => {
    const next = (guests: number) => [
      charter('S-1', { ...JUNE, date: '2026-06-10', guests }),
      charter('S-2', { ...JUNE, date: '2026-06-11' }),
      charter('S-3', { ...JUNE, date: '2026-06-30', month: '2026-07' }),
    ];
    await begin({ charters: [...cleanMonth(), ...next(8)] });
    sync();
    await purser.recharter([...cleanMonth(), ...next(9)]);
    expect(purser.send().status).toBe('sent');
    expect(await standing()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^2026-06-10.*9 guests/),
        expect.stringMatching('^2026-06-30'),
      ]),
    );
  });

  it('asks no calendar when the calendars follow that very ledger already', async () => {
    await begin();
    sync();
    purser.clock.advance(3_600_000);
    const before = purser.trace().length;
    expect(purser.send().status).toBe('sent');
    const asked = purser.trace().slice(before);
    expect(asked.filter(({ request }) => request.url.includes('/calendar/v3/'))).toEqual([]);
  });
});
