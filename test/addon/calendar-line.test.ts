/** How a calendar stands, in the sidebar’s words. */
import { calendarLine } from '../../src/addon/sidebar/calendar-line.ts';
import type { CalendarStanding } from '../../src/calendar/sync-state.ts';

const NOW_MS = Date.UTC(2026, 5, 1, 10);
const BEN = { account: 'ben@harbor.example', calendarId: 'primary' };
const GOOD: CalendarStanding = { ...BEN, readAt: '2026-06-01T09:40:00Z', lastError: null, held: null };
const FAILED = {
  code: 'x',
  what: 'Google did not answer.',
  at: '2026-06-01T09:00:00Z',
  needsReconnecting: false,
};

test.each<[string, Partial<CalendarStanding> | null, string]>([
  ['never read', null, 'not read yet.'],
  ['begun, never read', { readAt: null }, 'not read yet.'],
  ['read', {}, 'read within the last 20 minutes.'],
  ['read now', { readAt: '2026-06-01T09:59:30Z' }, 'read just now.'],
  ['read in this hour', { readAt: '2026-06-01T09:00:00Z' }, 'read within the last hour.'],
  // A quiet sync every half hour notes it every six hours.
  ['read since, and nothing new', { readAt: '2026-06-01T04:30:00Z' }, 'read within the last 6 hours.'],
  ['not read since', { readAt: '2026-06-01T02:30:00Z' }, 'read 7 hours ago.'],
  ['read long ago', { readAt: '2026-05-28T10:00:00Z' }, 'read 4 days ago.'],
  [
    'failing',
    { lastError: FAILED },
    'read within the last 20 minutes; the last try failed: Google did not answer.',
  ],
  ['refused', { lastError: { ...FAILED, needsReconnecting: true } }, 'needs reconnecting.'],
  [
    'held',
    { held: { count: 14, digest: 'd' } },
    'read within the last 20 minutes; 14 deletions wait: Purser › Sync calendars… asks you.',
  ],
  [
    'held by one',
    { held: { count: 1, digest: 'd' } },
    'read within the last 20 minutes; 1 deletion waits: Purser › Sync calendars… asks you.',
  ],
])('%s', (_, state, words) => {
  const states = state === null ? [] : [{ ...GOOD, ...state }];
  expect(calendarLine(states, BEN, NOW_MS)).toBe(`Calendar: ${words}`);
});

test('a calendar that several accounts have chosen is known under whichever of them it was read', () => {
  const shared = { ...GOOD, calendarId: 'sails' };
  expect(calendarLine([shared], { account: 'ines@harbor.example', calendarId: 'sails' }, NOW_MS)).toContain(
    '20 minutes',
  );
  expect(calendarLine([GOOD], { account: 'ines@harbor.example', calendarId: 'primary' }, NOW_MS)).toContain(
    'not read',
  );
  const byAddress = { account: 'ines@harbor.example', calendarId: BEN.account };
  expect(calendarLine([GOOD], byAddress, NOW_MS)).toContain('20 minutes');
});
