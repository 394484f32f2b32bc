/** Ledger, bookings and trip sheets against each other. One cause, one finding; pure, and of one month. */
import { amountFindings } from './evidence-audit/amounts.ts';
import { compFindings } from './evidence-audit/comps.ts';
import { headFindings } from './evidence-audit/heads.ts';
import { nameFindings } from './evidence-audit/names.ts';
import { contradictionFindings, lackingFindings, strayFindings } from './evidence-audit/orphans.ts';
import type { EvidenceAuditInput, EvidenceDraft } from './evidence-audit/question.ts';
import { questionsOf } from './evidence-audit/question.ts';
import type { RateUse } from './evidence-audit/rates.ts';
import { rateFindings, rateUse } from './evidence-audit/rates.ts';
import { adjustmentFindings, lateRefundFindings } from './evidence-audit/refunds.ts';
import { unreadFindings } from './evidence-audit/unread.ts';
import { vesselFindings } from './evidence-audit/vessels.ts';

/** By charter in the order of the statement, then what has no charter, or several. */
export function auditEvidence(input: EvidenceAuditInput): EvidenceDraft[] {
  const questions = questionsOf(input);
  const drafts: EvidenceDraft[] = [];
  for (const question of questions) {
    const rates = rateFindings(question, input);
    const heads = headFindings(question, input);
    const amounts = amountFindings(question, input, [...heads.explainsCents, ...rates.explainsCents]);
    const hasGuests = amounts.some(({ code }) => code === 'cancelled-but-paid');
    drafts.push(
      ...lackingFindings(question, input),
      // Who went aboard of a charter that did not sail is told with the money that is owed.
      ...heads.drafts.filter(({ code }) => !hasGuests || code !== 'guests-differ'),
      ...amounts,
      ...compFindings(question, input),
      ...rates.drafts,
      ...nameFindings(question, input),
    );
  }
  drafts.push(
    ...vesselFindings(questions, input),
    ...contradictionFindings(input),
    ...lateRefundFindings(input),
    ...adjustmentFindings(input),
    ...strayFindings(input),
    ...unreadFindings(input),
  );
  return drafts;
}

/** Every rate of the month that is not the standard one, with its source and what it makes. */
export function rateUses(input: EvidenceAuditInput): RateUse[] {
  return questionsOf(input).flatMap((question) => rateUse(question, input) ?? []);
}

/** What `calculate` found that the draft says with more known. */
export function replacedBy<F extends { readonly code: string; readonly charterId?: string | null }>(
  { charterId, replaces = [] }: EvidenceDraft,
  calculated: readonly F[],
): F[] {
  if (replaces.length === 0) return [];
  return calculated.filter((one) => (one.charterId ?? null) === charterId && replaces.includes(one.code));
}

/** What `calculate` found, without what a draft of evidence says of the same charter with more known. */
export function withoutReplaced<F extends { readonly code: string; readonly charterId?: string | null }>(
  calculated: readonly F[],
  evidence: readonly EvidenceDraft[],
): F[] {
  const replaced = new Set(
    evidence.flatMap(({ charterId, replaces = [] }) =>
      replaces.map((code) => JSON.stringify([code, charterId])),
    ),
  );
  return calculated.filter(({ code, charterId }) => !replaced.has(JSON.stringify([code, charterId ?? null])));
}
