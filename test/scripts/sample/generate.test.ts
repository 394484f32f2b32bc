import type { CharterItem } from '../../../scripts/local/generate.ts';
import { generateMonth } from '../../../scripts/local/generate.ts';
import { calculateMonth, jsonLines } from '../../../scripts/sample/statements.ts';

const MONTH = '2026-05';
const SEEDS = [0, 1, 7, 42, 2_026, -3, 4_294_967_295];
const made = (charters: number, seed: number, month = MONTH) => generateMonth({ month, charters, seed });

function calculated(charters: number, seed: number, month = MONTH) {
  const generated = made(charters, seed, month);
  return calculateMonth(month, jsonLines(generated.charters), jsonLines(generated.roster));
}

test.each(SEEDS)('300 charters of seed %i are all counted, and nothing is found', (seed) => {
  const { statement, findings } = calculated(300, seed);
  expect(findings).toEqual([]);
  expect(statement.lines).toHaveLength(300);
  expect(statement.totals.differenceCents).toBe(0);
});

test.each(SEEDS)('a single charter of seed %i sails and earns, so that the month can be sent', (seed) => {
  const { statement, findings } = calculated(1, seed);
  expect(findings).toEqual([]);
  expect(statement.totals.charters).toBe(1);
  expect(statement.totals.reportableCents).toBeGreaterThan(0);
});

test('no charters are an empty month, and that is all that is wrong with it', () => {
  expect(made(0, 1).charters).toEqual([]);
  expect(calculated(0, 1).findings.map(({ code }) => code)).toEqual(['empty-month']);
});

test.each(['2026-02', '2028-02', '2026-04', '2026-12'])('%s, however long, is clean too', (month) => {
  const { statement, findings } = calculated(300, 5, month);
  expect(findings).toEqual([]);
  expect(statement.lines).toHaveLength(300);
});

test('20,000 charters in the shortest month are clean: no vessel leaves twice at the same time', () => {
  const { statement, findings } = calculated(20_000, 11, '2026-02');
  expect(findings).toEqual([]);
  expect(statement.lines).toHaveLength(20_000);
});

test('the same seed gives the same month, another seed another', () => {
  expect(jsonLines(made(300, 9).charters)).toBe(jsonLines(made(300, 9).charters));
  expect(jsonLines(made(300, 9).charters)).not.toBe(jsonLines(made(300, 10).charters));
});

test('an item has about 500 bytes, as in a real table', () => {
  const bytes = Buffer.byteLength(jsonLines(made(3_000, 3).charters)) / 3_000;
  expect(bytes).toBeGreaterThan(430);
  expect(bytes).toBeLessThan(570);
});

test('300 charters show every kind, status and optional attribute that a clean month can have', () => {
  const { charters } = made(300, 1);
  const has = (condition: (item: CharterItem) => boolean): boolean => charters.some(condition);
  expect(new Set(charters.map(({ kind, status }) => `${kind} ${status}`))).toEqual(
    new Set(['public completed', 'private completed', 'public cancelled', 'public no-show']),
  );
  expect(has((item) => item.kind === 'public' && item.ratePerPerson === undefined)).toBe(true);
  expect(has((item) => item.kind === 'private' && item.ratePerPerson !== undefined)).toBe(true);
  for (const name of [
    'compNotes',
    'ratePerPerson',
    'flatPrice',
    'noShows',
    'discount',
    'refund',
    'forfeited',
    'tax',
    'fees',
    'gratuity',
    'cancelReason',
  ] as const) {
    expect([name, has((item) => item[name] !== undefined && item[name] !== 0)]).toEqual([name, true]);
  }
});

test('every comp has a note, and all crew are in the roster', () => {
  const { charters, roster } = made(300, 4);
  expect(charters.filter((item) => item.comps > 0 && !item.compNotes)).toEqual([]);
  const known = new Set(roster.map(({ crewId }) => crewId));
  expect(known.size).toBe(roster.length);
  expect(charters.flatMap(({ crew }) => crew).filter((id) => !known.has(id))).toEqual([]);
});

test.each([
  [{ month: '2026-13', charters: 1, seed: 1 }, /2026-13/],
  [{ month: MONTH, charters: -1, seed: 1 }, /-1/],
  [{ month: MONTH, charters: 1.5, seed: 1 }, /1\.5/],
  [{ month: MONTH, charters: 20_001, seed: 1 }, /20001/],
  [{ month: MONTH, charters: 1, seed: Number.NaN }, /NaN/],
])('%j is refused by name rather than made into something else', (options, words) => {
  expect(() => generateMonth(options)).toThrow(words);
});
