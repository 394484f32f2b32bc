import {
  readComp,
  readCount,
  readNames,
  readParty,
  readSignature,
  readStatus,
} from '../../../src/sources/trip-sheets/values.ts';

test.each([
  ['12', 12],
  ['12 guests', 12],
  ['12.0', 12],
  ['twelve', 12],
  ['none', 0],
  ['-', 0],
  ['-3', null],
  ['2.5', null],
  ['$12', null],
  ['1,200', null],
  ['Smith', null],
])('%s heads', (text, count) => {
  expect(readCount(text)).toBe(count);
});

test.each([
  ['boarded', true, false, false, ''],
  ['On board', true, false, false, ''],
  ['No-Show', false, true, false, ''],
  ['NS', false, true, false, ''],
  ["didn't show up", false, true, false, ''],
  ['not boarded', false, true, false, ''],
  ['cancelled', false, false, false, ''],
  ['comp', true, false, true, ''],
  ['COMP – captain’s sister', true, false, true, 'captain’s sister'],
  ['boarded (comp)', true, false, true, ''],
  ['no-show comp', false, true, true, ''],
])('the status %s', (text, aboard, noShow, comp, words) => {
  expect(readStatus(text)).toStrictEqual({ aboard, noShow, comp, words, counts: null });
});

test('a status with numbers, and words that are none', () => {
  expect(readStatus('3 boarded, 1 no-show')?.counts).toStrictEqual({ aboard: 3, noShows: 1 });
  expect(readStatus('wobbly')).toBeNull();
  expect(readStatus('company')).toBeNull();
});

test.each<[string, string, string, number?]>([
  [
    'Dana Whitlock of the Bay Weekly, trade for an article',
    'Dana Whitlock of the Bay Weekly',
    'trade for an article',
  ],
  ['Bob Ray (crew friend)', 'Bob Ray', 'crew friend'],
  ['Ann Lee – press', 'Ann Lee', 'press'],
  ['Ann Lee: apology', 'Ann Lee', 'apology'],
  ['Núñez, José', 'Núñez, José', ''],
  ['Jean-Luc Picard', 'Jean-Luc Picard', ''],
  ['Ann Lee x2 – press', 'Ann Lee', 'press', 2],
  ['Ann Lee (3)', 'Ann Lee', '', 3],
  ['Ann Lee (press) +1', 'Ann Lee', 'press', 2],
  ['Ann Lee, party of 4', 'Ann Lee', '', 4],
])('the comp %s', (text, person, reason, heads = 1) => {
  expect(readComp(text)).toStrictEqual({ person, heads, reason });
});

test.each([
  ['Smith x4', 'Smith', 4],
  ['Smith (4)', 'Smith', 4],
  ['Smith, party of 4', 'Smith', 4],
  ['Smith +3', 'Smith', 4],
  ['Louis XIV', 'Louis XIV', null],
  ['Max4', 'Max4', null],
])('the party %s', (text, name, heads) => {
  expect(readParty(text)).toStrictEqual({ name, heads });
});

test('names of one cell part at commas only when that makes as many as there are heads', () => {
  expect(readNames('Ann Lee, Bob Lee', 2)).toStrictEqual(['Ann Lee', 'Bob Lee']);
  expect(readNames('Lee, Bob', 2)).toStrictEqual(['Lee, Bob']);
  expect(readNames('Ann & Bob', 2)).toStrictEqual(['Ann', 'Bob']);
  expect(readNames('Lee, Ann', 1)).toStrictEqual(['Lee, Ann']);
  expect(readNames('Severn & Sons, attn. Beth Severn', 20)).toStrictEqual([
    'Severn & Sons, attn. Beth Severn',
  ]);
  expect(readNames('Ann, Bob and Cara', 3)).toStrictEqual(['Ann', 'Bob', 'Cara']);
});

test.each([
  ['/s/ José Núñez', 'José Núñez'],
  ['J. Núñez 5/14/2026 21:05', 'J. Núñez'],
  ['X', 'Tom Riordan'],
  ['✓', 'Tom Riordan'],
  ['______________', null],
  ['_____ Date: ____', null],
  ['not signed', null],
  ['no', null],
  ['', null],
])('the signature %s', (text, by) => {
  expect(readSignature(text, 'Tom Riordan')).toBe(by);
});
