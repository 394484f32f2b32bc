import fc from 'fast-check';
import { chartersWithin, exponent } from '../../../scripts/bench/growth.ts';

test('what costs the same at any size has no growth, what doubles with the charters grows in step', () => {
  expect(exponent({ charters: 30, cost: 12 }, { charters: 3_000, cost: 12 })).toBe(0);
  expect(exponent({ charters: 30, cost: 12 }, { charters: 60, cost: 24 })).toBeCloseTo(1);
  expect(exponent({ charters: 10, cost: 1 }, { charters: 100, cost: 100 })).toBeCloseTo(2);
});

test('beyond all sizes measured the largest month lies on the line through the two largest, whatever their order', () => {
  const points = [
    { charters: 3_000, cost: 60 },
    { charters: 30, cost: 50 },
    { charters: 1_000, cost: 20 },
  ];
  expect(chartersWithin(360, points)).toBe(18_000);
  expect(chartersWithin(360, [...points].reverse())).toBe(18_000);
});

test('where a size measured is past the limit, the largest month lies between that and the one before', () => {
  const points = [
    { charters: 30, cost: 10 },
    { charters: 300, cost: 60 },
    { charters: 3_000, cost: 660 },
    { charters: 10_000, cost: 9_000 },
  ];
  expect(chartersWithin(360, points)).toBe(1_650);
});

test('no month is too large when nothing grows, and one size tells nothing', () => {
  expect(
    chartersWithin(360, [
      { charters: 30, cost: 9 },
      { charters: 300, cost: 9 },
    ]),
  ).toBe(Number.POSITIVE_INFINITY);
  expect(chartersWithin(360, [{ charters: 30, cost: 9 }])).toBeNaN();
});

test('a month of the largest size found costs the limit at most, and one charter more costs more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 200, max: 5_000 }),
      (fixed, perCharter, limit) => {
        const cost = (charters: number): number => fixed + perCharter * charters;
        const points = [10, 20].map((charters) => ({ charters, cost: cost(charters) }));
        const most = chartersWithin(limit, points);
        expect(cost(most)).toBeLessThanOrEqual(limit + 1e-6);
        expect(cost(most + 1)).toBeGreaterThan(limit - 1e-6);
      },
    ),
  );
});
