import fc from 'fast-check';
import type { Adjustment } from '../../src/statement/adjustments.ts';
import { adjustmentFootnotes, applyAdjustments, hasEffect } from '../../src/statement/adjustments.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { charter, statementOf } from './samples.ts';

const ROW = {
  month: '2026-05',
  charterId: 'c-1',
  reason: 'Counted wrongly',
  who: 'Nora',
  link: '',
  cell: "'Purser adjustments'!A2",
};

test.each<[Adjustment, Partial<Charter>]>([
  [{ ...ROW, kind: 'guests', heads: 9 }, { guests: 9 }],
  [{ ...ROW, kind: 'comps', heads: 1 }, { comps: 1 }],
  [
    { ...ROW, kind: 'rate', cents: 9500 },
    { rateCents: 9500, flatPriceCents: null },
  ],
  [{ ...ROW, kind: 'price', cents: 72_000 }, { flatPriceCents: 72_000 }],
  [{ ...ROW, kind: 'discount', cents: 500 }, { discountCents: 1500 }],
  [{ ...ROW, kind: 'refund', cents: 500 }, { refundCents: 500 }],
  [{ ...ROW, kind: 'forfeited', cents: 500 }, { forfeitedCents: 500 }],
  [{ ...ROW, kind: 'note' }, {}],
])('$0.kind changes just its own figure', (adjustment, changed) => {
  const before = charter({ discountCents: 1000, flatPriceCents: 60_000 });
  expect(applyAdjustments([before], [adjustment])).toEqual([{ ...before, ...changed }]);
});

test('an adjusted month is calculated as adjusted', () => {
  const [adjusted] = applyAdjustments(
    [charter()],
    [
      { ...ROW, kind: 'guests', heads: 9 },
      { ...ROW, kind: 'refund', cents: 2500 },
      { ...ROW, kind: 'refund', cents: 100 },
    ],
  );
  expect(statementOf(adjusted ?? charter()).totals).toMatchObject({
    guests: 9,
    reportableCents: 9 * 12_500 - 2600,
  });
});

test('rows for another charter, or for another month than the charter sails in, change nothing', () => {
  const one = charter();
  expect(
    applyAdjustments(
      [one],
      [
        { ...ROW, charterId: 'c-2', kind: 'guests', heads: 1 },
        { ...ROW, month: '2026-06', kind: 'refund', cents: 1 },
        { ...ROW, charterId: null, kind: 'note' },
      ],
    ),
  ).toEqual([one]);
});

test('footnotes say what, why and who', () => {
  expect(
    adjustmentFootnotes(
      [
        { ...ROW, kind: 'guests', heads: 9 },
        { ...ROW, kind: 'price', cents: 72_000 },
        { ...ROW, kind: 'refund', cents: 2500, reason: 'Late\ndeparture' },
        { ...ROW, kind: 'note', charterId: null, reason: 'The dock was closed' },
      ],
      'USD',
    ),
  ).toEqual([
    'Charter c-1: guests set to 9, Counted wrongly (Nora).',
    'Charter c-1: price set to $720.00, Counted wrongly (Nora).',
    'Charter c-1: refund of $25.00 added, Late departure (Nora).',
    'The dock was closed (Nora).',
  ]);
});

test('only what was forfeited counts on a charter that did not sail, and only there', () => {
  const forfeited: Adjustment = { ...ROW, kind: 'forfeited', cents: 1 };
  const guests: Adjustment = { ...ROW, kind: 'guests', heads: 1 };
  const cancelled = charter({ status: 'cancelled' });
  expect([hasEffect(forfeited, cancelled), hasEffect(forfeited, charter())]).toEqual([true, false]);
  expect([hasEffect(guests, cancelled), hasEffect(guests, charter())]).toEqual([false, true]);
  expect(hasEffect({ ...ROW, kind: 'note' }, cancelled)).toBe(true);
});

test('amounts add up in any order, and the charters given are not touched', () => {
  const kinds = fc.constantFrom('discount', 'refund', 'forfeited');
  const rows = fc.array(
    fc.record({ kind: kinds, cents: fc.nat(10_000) }).map((row): Adjustment => ({ ...ROW, ...row })),
  );
  fc.assert(
    fc.property(rows, (adjustments) => {
      const before = Object.freeze(charter());
      expect(applyAdjustments([before], [...adjustments].reverse())).toEqual(
        applyAdjustments([before], adjustments),
      );
    }),
  );
});
