import { followedEntry, followedMonths, isFollowed } from '../../src/calendar/ledger-mark.ts';
import type { LedgerSlice } from '../../src/calendar/wanted-events.ts';
import type { Charter, CharterReading } from '../../src/statement/charter.ts';
import { charter } from '../statement/samples.ts';

const MONTHS = followedMonths('2026-06');

function slice(changes: Partial<Charter> = {}, months = MONTHS): LedgerSlice {
  const readings: readonly CharterReading[] = [
    { readable: true, charter: charter({ id: 'A', date: '2026-05-14' }) },
    { readable: true, charter: charter({ id: 'B', date: '2026-06-14', ...changes }) },
  ];
  return { months, sure: months, readings, roster: new Map() };
}

it('a ledger that calendars follow is known again, whatever else was read beside it, in any order', () => {
  const properties = followedEntry(slice());
  expect(isFollowed(properties, slice())).toBe(true);
  expect(isFollowed(properties, slice({}, ['2026-05', '2026-06']))).toBe(true);
  const { readings, ...rest } = slice();
  expect(isFollowed(properties, { ...rest, readings: [...readings].reverse() })).toBe(true);
});

it.each([
  ['moved', { date: '2026-06-15' }],
  ['moved to another hour', { departs: '09:15' }],
  ['on another vessel', { vessel: 'Another' }],
  ['cancelled', { status: 'cancelled' }],
  ['of other guests', { guests: 77 }],
  ['of another crew', { crewIds: ['cr-9'] }],
] as const)('a charter that is %s is followed anew', (_, changes) => {
  expect(isFollowed(followedEntry(slice()), slice(changes))).toBe(false);
});

it('months that were never followed, a part of the work, or text of somebody else count for nothing', () => {
  expect(isFollowed({}, slice())).toBe(false);
  expect(isFollowed(followedEntry(null), slice())).toBe(false);
  expect(isFollowed(followedEntry(slice()), slice({}, followedMonths('2026-07')))).toBe(false);
  for (const json of ['', 'null', '[1]', '{"2026-05":3']) {
    expect(isFollowed({ 'calendars.ledger': json }, slice())).toBe(false);
  }
});
