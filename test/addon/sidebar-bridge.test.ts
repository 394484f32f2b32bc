/** The bridge from gross to recorded revenue adds up, whatever the month. */
import fc from 'fast-check';
import { bridgeOf } from '../../src/addon/sidebar/bridge.ts';
import { totalsOf } from '../../src/statement/lines.ts';
import type { StatementLine } from '../../src/statement/statement.ts';

const cents = fc.integer({ min: 0, max: 50_000_000 });

/** As the rules of money make it: a charter that sailed, one that did not, or what an earlier month is corrected by. */
const line: fc.Arbitrary<StatementLine> = fc
  .record({
    status: fc.constantFrom('completed', 'cancelled', 'correction'),
    gross: cents,
    comps: cents,
    discount: cents,
    refund: cents,
    forfeited: cents,
    carried: fc.integer({ min: -50_000_000, max: 50_000_000 }),
    recorded: cents,
  })
  .map(({ status, gross, comps, discount, refund, forfeited, carried, recorded }) => {
    const counted = status === 'completed';
    const of = (amount: number): number => (counted ? amount : 0);
    const forfeitedCents = status === 'cancelled' ? forfeited : 0;
    const bridged = of(gross) - of(comps) - of(discount) - of(refund) + forfeitedCents;
    const reportableCents = status === 'correction' ? carried : bridged;
    return {
      id: 'C-1',
      date: '2026-05-01',
      departs: '10:00',
      vessel: 'Blue Heron',
      kind: status === 'correction' ? 'correction' : 'public',
      status,
      statusText: status,
      counted,
      guests: 0,
      comps: 0,
      paying: 0,
      rateCents: null,
      grossCents: of(gross),
      compsCents: of(comps),
      discountCents: of(discount),
      refundCents: of(refund),
      forfeitedCents,
      reportableCents,
      recordedCents: recorded,
      differenceCents: recorded - reportableCents,
      taxCents: 0,
      feesCents: 0,
      gratuityCents: 0,
      crew: '',
      notes: '',
    } as const;
  });

it('each total is what the steps before it come to, from gross to recorded', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const totals = totalsOf(lines);
      const steps = bridgeOf(totals);
      let sum = 0;
      for (const [index, step] of steps.entries()) {
        if (index === 0 || step.kind === 'step') sum += step.cents;
        else expect(step.cents).toBe(sum);
        expect(Object.is(step.cents, -0)).toBe(false);
      }
      expect(steps[0]).toEqual({ label: 'Gross', cents: totals.grossCents, kind: 'total' });
      expect(steps.filter(({ kind }) => kind === 'total').map(({ label }) => label)).toEqual([
        'Gross',
        'Reportable',
        'Recorded',
      ]);
      expect(sum).toBe(totals.recordedCents);
    }),
  );
});

it('corrections of earlier months have a step of their own, only when there are any', () => {
  const totals = totalsOf([]);
  expect(bridgeOf(totals).map(({ label }) => label)).not.toContain('From earlier months');
  expect(
    bridgeOf({ ...totals, carriedCents: -500, reportableCents: -500, differenceCents: 500 }),
  ).toContainEqual({
    label: 'From earlier months',
    cents: -500,
    kind: 'step',
  });
});
