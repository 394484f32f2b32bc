/** Where the bars of the sidebar's pictures stand. */
import fc from 'fast-check';
import { barUp, bridgeBars, initialOf, lastTwelve, roundTop } from '../../../src/sidebar/month/charts.ts';
import type { BridgeStep, HistoryMonth } from '../../../src/sidebar/month/contract.ts';

function known(month: string): HistoryMonth {
  return { month, label: month, reportableCents: 100, guests: 1 };
}

const total = (label: string, cents: number): BridgeStep => ({ label, cents, kind: 'total' });
const step = (label: string, cents: number): BridgeStep => ({ label, cents, kind: 'step' });

describe('twelve months', () => {
  it('end with the month that is shown, each beside the same month a year before', () => {
    const pairs = lastTwelve(
      [known('2024-12'), known('2025-05'), known('2025-12'), known('2026-01')],
      '2026-05',
    );
    expect(pairs.map(({ month }) => month)).toEqual([
      '2025-06',
      '2025-07',
      '2025-08',
      '2025-09',
      '2025-10',
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
    ]);
    const said = pairs.flatMap(({ month, now, before }) =>
      now === null && before === null ? [] : [[month, now?.month ?? null, before?.month ?? null]],
    );
    expect(said).toEqual([
      ['2025-12', '2025-12', '2024-12'],
      ['2026-01', '2026-01', null],
      ['2026-05', null, '2025-05'],
    ]);
    expect(pairs.map(({ month }) => initialOf(month)).join('')).toBe('JJASONDJFMAM');
  });
});

describe('a bar', () => {
  it('stands on the base line, as high as its share', () => {
    expect(barUp(50, 100, 10, 7, 118, 100)).toEqual({ x: 10, y: 68, width: 7, height: 50 });
    expect(barUp(0, 100, 10, 7, 118, 100).height).toBe(0);
    expect(barUp(-3, 100, 10, 7, 118, 100).height).toBe(0);
    // Little can still be seen.
    expect(barUp(1, 100_000, 10, 7, 118, 100).height).toBe(1);
  });

  it('never reaches over the scale, which ends at a round number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000_000 }), (most) => {
        const top = roundTop(most);
        expect(top).toBeGreaterThanOrEqual(most);
        expect(top).toBeLessThanOrEqual(most * 2);
        expect(String(top)).toMatch(/^(1|2|4|6|8)0*$/);
      }),
    );
    expect(roundTop(0)).toBe(1);
  });
});

describe('the bridge', () => {
  it('lets each step begin where the one before ended', () => {
    const { bars, fromCents } = bridgeBars([total('Gross', 100), step('Comps', -50), total('Rest', 50)], 200);
    expect(fromCents).toBe(0);
    expect(bars.map(({ x, width, end, kind }) => [kind, x, width, end])).toEqual([
      ['total', 0, 200, 200],
      ['less', 100, 100, 100],
      ['total', 0, 100, 100],
    ]);
  });

  it('looks closer, from a round amount on, when the steps are small beside the totals', () => {
    const { bars, fromCents } = bridgeBars(
      [total('Gross', 4_901_450), step('Comps', -50_000), step('Back', 25_000), total('Rest', 4_876_450)],
      268,
    );
    expect(fromCents).toBe(4_830_000);
    expect(bars.map(({ kind }) => kind)).toEqual(['total', 'less', 'more', 'total']);
    expect(bars[1]?.width).toBeGreaterThan(100);
  });

  it('reaches to the left of nought when a sum is below it, and shows nothing for a step of nothing', () => {
    const { bars, fromCents } = bridgeBars(
      [total('Gross', 100), step('Refunds', -200), step('None', 0)],
      300,
    );
    expect(fromCents).toBe(-100);
    expect(bars.map(({ x, width, kind }) => [kind, x, width])).toEqual([
      ['total', 150, 150],
      ['less', 0, 300],
      ['none', 0, 0],
    ]);
  });

  it('stays within its width whatever the amounts', () => {
    const oneStep = fc.record({
      label: fc.constant('x'),
      cents: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
      kind: fc.constantFrom('total' as const, 'step' as const),
    });
    fc.assert(
      fc.property(fc.array(oneStep, { maxLength: 10 }), (steps) => {
        const { bars } = bridgeBars(steps, 268);
        expect(bars).toHaveLength(steps.length);
        for (const { x, width } of bars) {
          expect(x).toBeGreaterThanOrEqual(-1e-6);
          expect(width).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(268 + 1e-6);
        }
      }),
    );
  });
});
