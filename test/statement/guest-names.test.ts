import fc from 'fast-check';
import { compareGuestNames } from '../../src/statement/guest-names.ts';

test.each([
  ['Ann Lee', '  Ann   Lee ', 'equal'],
  ['Jürgen Weiß', 'JURGEN WEISS', 'spelling'],
  ['Jürgen Müller', 'Juergen Mueller', 'spelling'],
  ['Zoë-Anne O’Malley', "Zoe Anne O'Malley", 'spelling'],
  ['Mary-Ann Smith', 'Maryann Smith', 'spelling'],
  ['Łukasz Wiśniewski', 'Lukasz Wisniewski', 'spelling'],
  ['Dr. Anil Mehta', 'Anil Mehta', 'spelling'],
  ['Mehta, Anil', 'Anil Mehta', 'spelling'],
  ['Mehta, Dr. Anil', 'Anil Mehta', 'spelling'],
  ['Anil Mehta, PhD', 'Anil Mehta', 'spelling'],
  ['Anneke van der Berg', 'Anneke Vanderberg', 'spelling'],
  ['Ann Lee (2 pax)', 'Ann Lee', 'spelling'],
  ['Nguyen Van An', 'An Nguyen Van', 'order'],
  ['T. O’Malley', 'Thomas O’Malley', 'initials'],
  ['J.R. Smith', 'John Robert Smith', 'initials'],
  ['Thomas J. O’Malley', 'Thomas James O’Malley', 'initials'],
  ['O’Malley, T', 'Thomas James O’Malley', 'initials'],
  ['María García', 'Maria Garcia López', 'names-left-out'],
  ['Smith', 'John Smith', 'surname-only'],
  ['Smith family', 'John Smith', 'surname-only'],
  ['Jon Smith', 'John Smith', 'typo'],
  ['Jhon Smith', 'John Smith', 'typo'],
  ['Katherine Johnson', 'Catherine Jonson', 'typo'],
  ['Dmitri Fournier', 'Dmitri Fourneir', 'typo'],
] as const)('“%s” and “%s” are the same: %s', (a, b, how) => {
  const plain = (name: string) => name.replace(/\s+/g, ' ').trim();
  expect(compareGuestNames([a], [b])).toEqual({
    same: [{ a: plain(a), b: plain(b), how }],
    differing: { onlyInA: [], onlyInB: [] },
  });
});

test.each([
  ['Mark Smith', 'Mary Smith'],
  ['Dan Lee', 'Don Lee'],
  ['Ann Lee', 'Bo Lee'],
  ['Thomas O’Malley', 'Thomas Riordan'],
  ['T. Smith', 'Anna Smith'],
  ['T. S.', 'Thomas Smith'],
  ['Thomas', 'Thomas Smith'],
  ['राम', 'रमा'],
  ['Li Wei', 'Li Na'],
  ['?', '!'],
])('“%s” and “%s” are shown as different', (a, b) => {
  expect(compareGuestNames([a], [b])).toEqual({ same: [], differing: { onlyInA: [a], onlyInB: [b] } });
});

test('each name is used once, the best likeness first', () => {
  expect(
    compareGuestNames(
      ['T. Smith', 'Tina Smith', 'Ann Lee', 'Ann Lee'],
      ['Tina Smith', 'Thomas Smith', 'ANN LEE', ''],
    ),
  ).toEqual({
    same: [
      { a: 'Tina Smith', b: 'Tina Smith', how: 'equal' },
      { a: 'Ann Lee', b: 'ANN LEE', how: 'spelling' },
      { a: 'T. Smith', b: 'Thomas Smith', how: 'initials' },
    ],
    differing: { onlyInA: ['Ann Lee'], onlyInB: [] },
  });
});

test('a name of titles or fillers alone is still a name', () => {
  expect(compareGuestNames(['Don'], ['DON']).same).toHaveLength(1);
  expect(compareGuestNames(['Family'], ['Guest']).differing).toEqual({
    onlyInA: ['Family'],
    onlyInB: ['Guest'],
  });
});

const anyName = fc.oneof(
  fc.constantFrom(
    'Ann Lee',
    'Lee, Ann',
    'A. Lee',
    'Anne Lee',
    'Mr Lee',
    'Mark Smith',
    'Mary Smith',
    'M Smith',
    'Smith',
    'SMITH Mary',
    'Mary Ann Smith',
    '?',
    ' ',
  ),
  fc.string({ maxLength: 12, unit: 'binary' }),
);
const anyNames = fc.array(anyName, { maxLength: 8 });

test('no name is lost, and none is used twice', () => {
  fc.assert(
    fc.property(anyNames, anyNames, (a, b) => {
      const { same, differing } = compareGuestNames(a, b);
      const written = (names: readonly string[]) =>
        names
          .map((name) => name.normalize('NFC').replace(/\s+/g, ' ').trim())
          .filter(Boolean)
          .sort();
      expect([...same.map((pair) => pair.a), ...differing.onlyInA].sort()).toEqual(written(a));
      expect([...same.map((pair) => pair.b), ...differing.onlyInB].sort()).toEqual(written(b));
    }),
    { numRuns: 300 },
  );
});

test('order makes no difference, and turning the lists round turns the answer round', () => {
  fc.assert(
    fc.property(anyNames, anyNames, (a, b) => {
      const straight = compareGuestNames(a, b);
      expect(compareGuestNames([...a].reverse(), [...b].reverse())).toEqual(straight);
      const round = compareGuestNames(b, a);
      expect(round.differing).toEqual({
        onlyInA: straight.differing.onlyInB,
        onlyInB: straight.differing.onlyInA,
      });
      const text = (pairs: readonly { a: string; b: string; how: string }[]) =>
        pairs.map(({ a, b, how }) => JSON.stringify([a, b, how])).sort();
      expect(text(round.same.map(({ a, b, how }) => ({ a: b, b: a, how })))).toEqual(text(straight.same));
    }),
    { numRuns: 300 },
  );
});

test('a list against itself is the same', () => {
  fc.assert(
    fc.property(anyNames, (names) => {
      expect(compareGuestNames(names, [...names].reverse()).differing).toEqual({ onlyInA: [], onlyInB: [] });
    }),
  );
});
