/** Adjustments and mails that reach into another month: `refund-in-another-month` and what adjustments miss. */
import { hasEffect, isForMonthOf } from '../adjustments.ts';
import type { Cents } from '../money.ts';
import { formatMoney } from '../money.ts';
import type { Month } from '../month.ts';
import { monthLabel, monthOf } from '../month.ts';
import { cut } from '../short-text.ts';
import { moneyBack } from './booked.ts';
import type { EvidenceAuditInput, EvidenceDraft } from './question.ts';
import { bookingName, nameOf } from './question.ts';

/**
 * Money given back later than the month of sailing: found for the statement of that month when it is made late or
 * again, and for the statement of the month in which the mail came.
 */
export function lateRefundFindings(input: EvidenceAuditInput): EvidenceDraft[] {
  const drafts: EvidenceDraft[] = [];
  for (const { charter, bookings } of input.matches.charters) {
    if (charter.status !== 'completed') continue;
    const sailed = monthOf(charter.date);
    for (const booking of bookings) {
      const late = moneyBack(booking, input.dayOf).filter(
        ({ day }) => monthOf(day) > sailed && (sailed === input.month || monthOf(day) === input.month),
      );
      const cents = late.reduce((sum, back) => sum + back.cents, 0);
      if (cents === 0) continue;
      const isEntered = (charter.refundCents ?? 0) >= cents;
      drafts.push({
        code: 'refund-in-another-month',
        charterId: charter.id,
        cents,
        message: `${bookingName(booking)} of ${nameOf(charter)}: ${formatMoney(cents, input.currency)} went back in ${months(late.map(({ day }) => monthOf(day)))}${isEntered ? ', and the charter has the refund' : '; the charter has no such refund'}. See that the statement of ${monthLabel(sailed)} has it, or that the partners know where it counts.`,
        links: [...input.linksOf.charter(charter.id), ...input.linksOf.booking(booking)],
        ...(isEntered ? { severity: 'info' } : {}),
      });
    }
  }
  return drafts;
}

function months(all: readonly Month[]): string {
  return [...new Set(all)].map(monthLabel).join(' and ');
}

/** Rows for this month that change nothing in it. */
export function adjustmentFindings(input: EvidenceAuditInput): EvidenceDraft[] {
  const charters = new Map(input.matches.charters.map(({ charter }) => [charter.id, charter]));
  return input.adjustments.flatMap((adjustment): EvidenceDraft[] => {
    const charter = adjustment.charterId === null ? undefined : charters.get(adjustment.charterId);
    if (charter === undefined || adjustment.month !== input.month) return [];
    if (adjustment.kind === 'note' || adjustment.kind === 'correction') return [];
    const links = [...input.linksOf.cell(adjustment.cell), ...input.linksOf.charter(charter.id)];
    const common = { charterId: charter.id, cents: null, links };
    if (!isForMonthOf(adjustment, charter)) {
      const sailed = monthLabel(monthOf(charter.date));
      if (adjustment.kind === 'refund') {
        const cents: Cents = adjustment.cents;
        return [
          {
            ...common,
            code: 'refund-in-another-month',
            cents,
            message: `${adjustment.cell} enters a refund of ${formatMoney(cents, input.currency)} in ${monthLabel(adjustment.month)} for ${nameOf(charter)}, which sailed in ${sailed}: it is not in this statement. Enter it for ${sailed} and send a corrected statement, or make the row a note.`,
          },
        ];
      }
      return [
        {
          ...common,
          code: 'adjustment-unreadable',
          message: `${adjustment.cell} changes ${cut(adjustment.kind)} of ${nameOf(charter)} in ${monthLabel(adjustment.month)}, but it sailed in ${sailed}. Correct the month or the charter.`,
        },
      ];
    }
    if (hasEffect(adjustment, charter)) return [];
    return [
      {
        ...common,
        code: 'adjustment-without-effect',
        message: `${adjustment.cell} changes ${cut(adjustment.kind)} of ${nameOf(charter)}, which a charter that is ${cut(charter.statusText)} does not count. Correct its status, or choose another kind.`,
      },
    ];
  });
}
