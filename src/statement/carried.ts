/** Findings that a person carries forward: they weigh less this month, and come back each month until resolved. */
import type { Finding, FindingCode, Link, Severity, SeverityOverrides } from './findings.ts';
import { makeFinding, NEVER_WAIVED, sortFindings } from './findings.ts';
import type { Cents } from './money.ts';
import { formatMoney } from './money.ts';
import type { Month } from './month.ts';
import { monthLabel } from './month.ts';
import { cut } from './short-text.ts';

/** One row of the tab. */
export interface CarriedFinding {
  /** The month whose finding it is. */
  readonly month: Month;
  readonly code: FindingCode;
  /** Or the booking or file that it is about; null when the finding is about the month. */
  readonly charterId: string | null;
  /** As the audit had it; null carries a finding of any amount. */
  readonly cents: Cents | null;
  readonly reason: string;
  /** Who decided it. */
  readonly who: string;
  readonly resolved: boolean;
  /** Where a person finds it: `'Purser carried forward'!A3`. */
  readonly cell: string;
}

export interface CarryContext {
  /** Where a person looks at a cell. */
  readonly linksOf: (cell: string) => readonly Link[];
  readonly overrides: SeverityOverrides;
  readonly currency: string;
}

const ONE_STEP_LESS: Record<Severity, Severity> = { block: 'warn', warn: 'info', info: 'info' };

/**
 * The findings of a month after what is carried forward, worst first. An open row of the month takes one step of
 * weight from one finding of its code and charter, and of its amount if it names one: what came up since is not
 * carried along. An open row of an earlier month comes back as `carried-forward`. Rows of later months, and rows that
 * fit no finding any more, change nothing.
 */
export function applyCarried(
  findings: readonly Finding[],
  carried: readonly CarriedFinding[],
  month: Month,
  context: CarryContext,
): Finding[] {
  const open = carried.filter((row) => !row.resolved);
  const own = open.filter((row) => row.month === month);
  // Rows with an amount choose first, so that one without does not take the finding that they mean.
  const inTurn = [...own.filter((row) => row.cents !== null), ...own.filter((row) => row.cents === null)];
  const rowOf = new Map<Finding, CarriedFinding>();
  for (const row of inTurn) {
    if (NEVER_WAIVED.has(row.code)) continue;
    const found = findings.find((one) => !rowOf.has(one) && isMeant(row, one) && hasAmount(row, one));
    if (found !== undefined) rowOf.set(found, row);
  }
  const isIdle = (row: CarriedFinding): boolean =>
    NEVER_WAIVED.has(row.code) || !findings.some((one) => isMeant(row, one) && hasAmount(row, one));
  const idle = own.filter(isIdle);
  const here = findings.map((finding): Finding => {
    const row = rowOf.get(finding);
    if (row !== undefined) return lightened(finding, row, context);
    const inVain = idle.find((one) => isMeant(one, finding));
    return inVain === undefined ? finding : withWords(finding, idleWords(inVain, context), inVain, context);
  });
  const before = open.filter((row) => row.month < month).map((row) => comeBack(row, context));
  return sortFindings([...here, ...before]);
}

function isMeant(row: CarriedFinding, finding: Finding): boolean {
  return row.code === finding.code && row.charterId === (finding.charterId ?? finding.about ?? null);
}

function hasAmount(row: CarriedFinding, finding: Finding): boolean {
  return row.cents === null || row.cents === finding.cents;
}

function lightened(finding: Finding, row: CarriedFinding, context: CarryContext): Finding {
  const words = `Carried forward by ${cut(row.who)}: ${cut(row.reason, 400)}`;
  return { ...withWords(finding, words, row, context), severity: ONE_STEP_LESS[finding.severity] };
}

function idleWords(row: CarriedFinding, { currency }: CarryContext): string {
  if (NEVER_WAIVED.has(row.code) || row.cents === null)
    return `A finding of this kind can’t be carried forward, so ${row.cell} has no effect.`;
  return `${row.cell} does not carry it forward: that row is for ${formatMoney(row.cents, currency)}. If the reason holds for this amount too, correct the row.`;
}

function withWords(finding: Finding, words: string, row: CarriedFinding, { linksOf }: CarryContext): Finding {
  return {
    ...finding,
    message: `${finding.message} ${words}`,
    links: [...finding.links, ...linksOf(row.cell)],
  };
}

function comeBack(row: CarriedFinding, { linksOf, overrides, currency }: CarryContext): Finding {
  const charter = row.charterId === null ? '' : ` of charter ${cut(row.charterId)}`;
  const amount = row.cents === null ? '' : ` (${formatMoney(row.cents, currency)})`;
  return makeFinding(
    {
      code: 'carried-forward',
      charterId: row.charterId,
      cents: row.cents,
      message: `Still open from ${monthLabel(row.month)}: ${row.code}${charter}${amount}. ${cut(row.who)} carried it forward: “${cut(row.reason, 400)}”. When it is settled, write when or how into the column “Resolved” beside ${row.cell}.`,
      links: linksOf(row.cell),
    },
    overrides,
  );
}
