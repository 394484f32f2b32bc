/** What has changed between a statement as it was sent and the same month now. */
import fc from 'fast-check';
import { calculate } from '../../src/statement/calculate.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { differencesOf } from '../../src/statement/differences.ts';
import { anyMonth, charter, input, readable, statementOf } from './samples.ts';

function change(sent: readonly Charter[], now: readonly Charter[]) {
  return differencesOf(statementOf(...sent), statementOf(...now));
}

const HERON = charter({ id: 'BH-1' });
const OSPREY = charter({ id: 'OS-1', vessel: 'Osprey', date: '2026-05-20' });

test('the same charters give none, in whatever order the ledger has them', () => {
  expect(change([HERON, OSPREY], [OSPREY, HERON])).toBeNull();
});

test('a refund is named with both amounts, and stands in the totals that it moves', () => {
  const found = change([HERON, OSPREY], [{ ...HERON, refundCents: 12_500 }, OSPREY]);
  expect(found).toMatchObject({
    deltaCents: -12_500,
    lines: [
      {
        id: 'BH-1',
        date: '2026-05-14',
        vessel: 'Blue Heron',
        kind: 'changed',
        sentCents: 125_000,
        nowCents: 112_500,
        deltaCents: -12_500,
        words: ['refund $0.00 → $125.00'],
      },
    ],
    totals: [
      { label: 'Refunds', sent: 0, now: 12_500, unit: 'cents' },
      { label: 'Reportable revenue', sent: 250_000, now: 237_500, unit: 'cents' },
      { label: 'Difference', sent: 0, now: 12_500, unit: 'cents' },
    ],
  });
});

test('fewer guests, another vessel, another day: each is said as it was and as it is', () => {
  const found = change([HERON], [{ ...HERON, guests: 7, vessel: 'Osprey', date: '2026-05-15' }]);
  expect(found?.lines[0]?.words).toEqual([
    'date 2026-05-14 → 2026-05-15',
    'vessel Blue Heron → Osprey',
    'guests 10 → 7',
  ]);
});

test('a charter that came, and one that went, count in full', () => {
  const found = change([HERON], [OSPREY]);
  expect(found?.lines).toMatchObject([
    { id: 'BH-1', kind: 'removed', sentCents: 125_000, nowCents: 0, deltaCents: -125_000 },
    { id: 'OS-1', kind: 'added', sentCents: 0, nowCents: 125_000, deltaCents: 125_000 },
  ]);
  expect(found?.deltaCents).toBe(0);
});

test('a flat price is named as a price, a rate as a rate', () => {
  const flat = { ...HERON, flatPriceCents: 90_000 };
  expect(change([flat], [{ ...flat, flatPriceCents: 100_000 }])?.lines[0]?.words).toEqual([
    'price $900.00 → $1,000.00',
  ]);
  expect(change([HERON], [{ ...HERON, rateCents: 11_800 }])?.lines[0]?.words).toEqual([
    'rate $125.00 → $118.00',
  ]);
});

test('crew and notes alone are a change of no cents', () => {
  const crew = change([HERON], [{ ...HERON, crewIds: ['cr-new'] }]);
  expect(crew).toMatchObject({ deltaCents: 0, totals: [], lines: [{ words: ['crew Tom Reyes → cr-new'] }] });
  const comped = { ...HERON, comps: 1, compNotes: 'Ines' };
  const notes = change([comped], [{ ...comped, compNotes: 'Ines, apology' }]);
  expect(notes).toMatchObject({
    deltaCents: 0,
    lines: [{ words: ['notes 1 comp: Ines → 1 comp: Ines, apology'] }],
  });
});

test('a second entry of the same sailing takes the second one out', () => {
  const twice = change([HERON], [HERON, { ...HERON, id: 'BH-2' }]);
  expect(twice?.lines).toMatchObject([{ id: 'BH-2', kind: 'added', deltaCents: 0 }]);
});

test('amounts are said in the currency of the statement', () => {
  const of = (one: Charter) => calculate(input(readable(one), { currency: 'EUR' })).statement;
  const found = differencesOf(of(HERON), of({ ...HERON, refundCents: 100 }));
  expect(found?.lines[0]?.words).toEqual(['refund EUR 0.00 → EUR 1.00']);
});

test('text from outside stays on one line, and short', () => {
  const long = change([HERON], [{ ...HERON, vessel: `a\nb\u202e${'x'.repeat(500)}` }]);
  const [words = ''] = long?.lines[0]?.words ?? [];
  expect(words).toMatch(/^vessel Blue Heron → a b x+…$/);
  expect(words.length).toBeLessThan(100);
});

test('the hash is the same for the same change, and another for another one', () => {
  const hash = (...now: readonly Charter[]) => change([HERON, OSPREY], now)?.hash;
  const refunded = { ...HERON, refundCents: 12_500 };
  expect(hash(refunded, OSPREY)).toBe(hash(OSPREY, refunded));
  const others = [
    hash(refunded, OSPREY),
    hash({ ...HERON, refundCents: 12_501 }, OSPREY),
    hash(HERON, { ...OSPREY, refundCents: 12_500 }),
    hash(HERON),
  ];
  expect(new Set(others).size).toBe(4);
});

test('whatever changes, the cents of the lines are those of the total', () => {
  fc.assert(
    fc.property(anyMonth, anyMonth, fc.nat(30), (sent, other, kept) => {
      const now = [...sent.slice(0, kept), ...other.slice(kept)];
      const [before, after] = [statementOf(...sent), statementOf(...now)];
      const found = differencesOf(before, after);
      const isSame =
        JSON.stringify([before.lines, before.totals]) === JSON.stringify([after.lines, after.totals]);
      expect(found === null).toBe(isSame);
      if (found === null) return;
      const total = found.totals.find(({ label }) => label === 'Reportable revenue');
      expect(found.deltaCents).toBe((total?.now ?? 0) - (total?.sent ?? 0));
      expect(found.lines.reduce((sum, line) => sum + line.deltaCents, 0)).toBe(found.deltaCents);
      for (const line of found.lines) {
        expect(line.deltaCents).toBe(line.nowCents - line.sentCents);
        expect(line.words.length).toBeGreaterThan(0);
      }
    }),
  );
});

test('back and forth is the same change the other way round', () => {
  fc.assert(
    fc.property(anyMonth, anyMonth, (one, other) => {
      const there = change(one, other);
      const back = change(other, one);
      expect(back?.deltaCents).toBe(there === null ? undefined : 0 - there.deltaCents);
      expect(back?.lines.length).toBe(there?.lines.length);
    }),
  );
});
