/** Corrections of months that went out: each is a line of the month that carries it, and no sailing. */
import type { Adjustment } from './adjustments.ts';
import type { Month } from './month.ts';
import { lastDay } from './month.ts';
import type { Statement, StatementLine } from './statement.ts';

export function isCorrection({ kind }: Pick<StatementLine, 'kind'>): boolean {
  return kind === 'correction';
}

/** The statement's lines without the corrections that it carries. */
export function charterLines({ lines }: Pick<Statement, 'lines'>): StatementLine[] {
  return lines.filter((line) => !isCorrection(line));
}

/**
 * In the order of the tab, to stand under the charters. Reported as recorded, so that the month's difference stays
 * what its own charters make it.
 */
export function correctionLines(
  { adjustments, month }: { readonly adjustments: readonly Adjustment[]; readonly month: Month },
  charters: readonly Pick<StatementLine, 'id'>[],
): StatementLine[] {
  const taken = new Set(charters.map(({ id }) => id));
  return adjustments.flatMap((one) => {
    if (one.kind !== 'correction' || one.month !== month) return [];
    const id = freeId(one.charterId, taken);
    taken.add(id);
    return [correctionLine(one, id)];
  });
}

function correctionLine(
  { month, reason, cents }: Adjustment & { readonly kind: 'correction' },
  id: string,
): StatementLine {
  return {
    id,
    date: lastDay(month),
    departs: '',
    vessel: '',
    kind: 'correction',
    status: 'correction',
    statusText: 'correction',
    counted: false,
    guests: 0,
    comps: 0,
    paying: 0,
    rateCents: null,
    grossCents: 0,
    compsCents: 0,
    discountCents: 0,
    refundCents: 0,
    forfeitedCents: 0,
    reportableCents: cents,
    recordedCents: cents,
    differenceCents: 0,
    taxCents: 0,
    feesCents: 0,
    gratuityCents: 0,
    crew: '',
    notes: reason,
  };
}

/** Lines are known by their id, and the month may have the very charter, or two corrections of one. */
function freeId(charterId: string | null, taken: ReadonlySet<string>): string {
  const name = charterId === null ? 'correction' : `${charterId} correction`;
  for (let count = 1; ; count++) {
    const id = count === 1 ? name : `${name} ${count}`;
    if (!taken.has(id)) return id;
  }
}
