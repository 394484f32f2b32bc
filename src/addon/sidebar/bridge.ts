/** How recorded revenue comes to differ from what the guests come to: steps that add up. */
import type { BridgeStep } from '../../sidebar/month/contract.ts';
import type { Totals } from '../../statement/statement.ts';

/**
 * Gross, then what is taken off and added, to reportable revenue; then the difference, to recorded revenue. Each total
 * is the sum of all steps before it.
 */
export function bridgeOf(totals: Totals): BridgeStep[] {
  const step = (label: string, cents: number): BridgeStep => ({ label, cents, kind: 'step' });
  const total = (label: string, cents: number): BridgeStep => ({ label, cents, kind: 'total' });
  const { carriedCents = 0 } = totals;
  return [
    total('Gross', totals.grossCents),
    step('Comps', 0 - totals.compsCents),
    step('Discounts', 0 - totals.discountsCents),
    step('Refunds', 0 - totals.refundsCents),
    step('Forfeited', totals.forfeitedCents),
    ...(carriedCents === 0 ? [] : [step('From earlier months', carriedCents)]),
    total('Reportable', totals.reportableCents),
    step('Difference', totals.differenceCents),
    total('Recorded', totals.recordedCents),
  ];
}
