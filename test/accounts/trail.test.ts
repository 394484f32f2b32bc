import fc from 'fast-check';
import type { TrailEvent } from '../../src/accounts/trail.ts';
import { readTrail, trailEntry } from '../../src/accounts/trail.ts';

const EVENT: TrailEvent = {
  at: '2026-06-01T10:00:00.000Z',
  subject: '1',
  email: 'office@x.example',
  what: 'refreshed',
  by: 'hourly check',
  times: 1,
};

function after(...rounds: readonly (readonly TrailEvent[])[]): Record<string, string> {
  let mine: Record<string, string> = {};
  for (const events of rounds) mine = trailEntry(mine, events);
  return mine;
}

test('what happened is read in its order, with who asked for it', () => {
  const events: TrailEvent[] = [
    { ...EVENT, what: 'connected', by: 'Connected accounts' },
    { ...EVENT, what: 'cleared', detail: 'testing' },
    { ...EVENT, what: 'told', by: 'Purser' },
  ];
  expect(readTrail(after(events.slice(0, 1), events.slice(1)))).toEqual(events);
});

test('refreshes of a day are one event, whose time is that of the last; another day, asker or account is another', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    ...EVENT,
    at: `2026-06-01T${String(hour).padStart(2, '0')}:00:00.000Z`,
  }));
  const mine = after(
    ...hours.map((event) => [event]),
    [{ ...EVENT, at: '2026-06-02T00:00:00.000Z' }],
    [
      { ...EVENT, by: 'Test now' },
      { ...EVENT, subject: '2' },
    ],
  );
  expect(readTrail(mine).map(({ at, by, subject, times }) => [at.slice(0, 13), by, subject, times])).toEqual([
    ['2026-06-01T23', 'hourly check', '1', 24],
    ['2026-06-02T00', 'hourly check', '1', 1],
    ['2026-06-01T10', 'Test now', '1', 1],
    ['2026-06-01T10', 'hourly check', '2', 1],
  ]);
});

test('months of hourly refreshes of 20 accounts does not push out that one was cleared', () => {
  let mine = after([{ ...EVENT, what: 'cleared', detail: 'revoked' }]);
  for (let day = 0; day < 120; day++) {
    const at = new Date(Date.UTC(2026, 5, 1) + day * 86_400_000).toISOString();
    const events = Array.from({ length: 20 }, (_, index) => ({ ...EVENT, at, subject: String(index) }));
    mine = { ...mine, ...trailEntry(mine, [...events, ...events]) };
  }
  const trail = readTrail(mine);
  expect(trail[0]).toMatchObject({ what: 'cleared' });
  expect(trail.length).toBeGreaterThan(20);
});

test('it never takes more than 8 KB, and what goes is the oldest', () => {
  const events = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 4e12 }).map((ms) => new Date(ms).toISOString()),
      subject: fc.string(),
      email: fc.string({ unit: 'binary', maxLength: 400 }),
      what: fc.constantFrom('refreshed', 'failed', 'connected', 'cleared', 'told'),
      by: fc.string({ unit: 'binary', maxLength: 400 }),
      detail: fc.string({ maxLength: 400 }),
      times: fc.constant(1),
    }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(events, (all) => {
      const entry = trailEntry({}, all as TrailEvent[]);
      expect(Object.keys(entry)).toEqual(['accounts.trail']);
      expect(Buffer.byteLength(entry['accounts.trail'] ?? '')).toBeLessThanOrEqual(8 * 1024);
      const last = all[all.length - 1];
      expect(readTrail(entry).at(-1)).toMatchObject({ at: last?.at, what: last?.what });
    }),
  );
});

test('letters that take several bytes count as such', () => {
  const by = (index: number) => `${index} ${'Käpt’n '.repeat(30)}`;
  const events = Array.from({ length: 60 }, (_, index) => ({
    ...EVENT,
    what: 'told' as const,
    by: by(index),
  }));
  const json = trailEntry({}, events)['accounts.trail'] ?? '';
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(8 * 1024);
  expect(readTrail({ 'accounts.trail': json }).length).toBeGreaterThan(10);
});

test.each(['{', 'null', '{}', '[1,{"what":"x"}]'])('a trail that can’t be read (%s) begins anew', (json) => {
  expect(readTrail({ 'accounts.trail': json })).toEqual([]);
  expect(readTrail(trailEntry({ 'accounts.trail': json }, [EVENT]))).toEqual([EVENT]);
});
