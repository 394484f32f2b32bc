/** Rates other than the standard one: where each came from and what it makes; `rate-outlier`. */
import type { Adjustment } from '../adjustments.ts';
import type { Charter } from '../charter.ts';
import type { Cents } from '../money.ts';
import { formatMoney } from '../money.ts';
import { priceOf } from '../rates.ts';
import { cut } from '../short-text.ts';
import type { CharterInQuestion, EvidenceAuditInput, EvidenceDraft } from './question.ts';
import { counted, nameOf } from './question.ts';

/** A charter that did not sail at the rate it would have without a word of its own. */
export interface RateUse {
  readonly charterId: string;
  readonly rateCents: Cents;
  /** What it is compared with: the rates tab's or the setting's; for a rate of that tab, the setting's. */
  readonly standardCents: Cents;
  /** Paying guests × (rate − standard). */
  readonly effectCents: Cents;
  /** In words: `the charter’s own rate`, `'Purser rates'!C3`. */
  readonly source: string;
}

export function rateUse(question: CharterInQuestion, input: EvidenceAuditInput): RateUse | null {
  const { charter, line, price } = question;
  if (!question.hasHeads || price.by !== 'rate') return null;
  const standardCents = price.source === 'item' ? standardFor(charter, input) : input.standardRateCents;
  if (price.rateCents === standardCents) return null;
  return {
    charterId: charter.id,
    rateCents: price.rateCents,
    standardCents,
    effectCents: line.paying * (price.rateCents - standardCents) || 0,
    source:
      price.source === 'item'
        ? ownSource(charter, input.adjustments)
        : (price.cell ?? 'the setting “Standard rate”'),
  };
}

function standardFor(charter: Charter, input: EvidenceAuditInput): Cents {
  const price = priceOf(
    { ...charter, kind: 'public', rateCents: null, flatPriceCents: null },
    input.rates,
    input.standardRateCents,
  );
  return price.by === 'rate' ? price.rateCents : input.standardRateCents;
}

function ownSource(charter: Charter, adjustments: readonly Adjustment[]): string {
  const adjusted = adjustments.find((one) => one.kind === 'rate' && one.charterId === charter.id);
  return adjusted === undefined
    ? 'the charter’s own rate'
    : `the adjustment of ${cut(adjusted.who)} in ${adjusted.cell}`;
}

export interface RateFindings {
  readonly drafts: readonly EvidenceDraft[];
  readonly explainsCents: readonly Cents[];
}

export function rateFindings(question: CharterInQuestion, input: EvidenceAuditInput): RateFindings {
  const use = rateUse(question, input);
  if (use === null) return { drafts: [], explainsCents: [] };
  const apart = Math.abs(use.rateCents - use.standardCents);
  if (apart * 100 <= use.standardCents * input.tolerances.rateOutlierPercent) {
    return { drafts: [], explainsCents: [] };
  }
  const explainsCents = use.effectCents === 0 ? [] : [use.effectCents];
  // Recorded at the standard rate: `revenue-differs` tells the very same cents, and blocks.
  if (use.effectCents !== 0 && question.line.differenceCents === -use.effectCents) {
    return { drafts: [], explainsCents };
  }
  const money = (cents: Cents): string => formatMoney(cents, input.currency);
  const { charter, line } = question;
  const effect = `${money(Math.abs(use.effectCents))} ${use.effectCents < 0 ? 'less' : 'more'}`;
  return {
    drafts: [
      {
        code: 'rate-outlier',
        charterId: charter.id,
        cents: use.effectCents,
        message: `${nameOf(charter)} sailed at ${money(use.rateCents)} a guest, by ${use.source}; the standard rate is ${money(use.standardCents)}. For ${counted(line.paying, 'paying guest')} that is ${effect}. Correct the rate if it was not agreed.`,
        links: input.linksOf.charter(charter.id),
      },
    ],
    explainsCents,
  };
}
