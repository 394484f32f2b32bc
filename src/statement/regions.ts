/** What the two regions said: findings where one is silent or they differ, and in words where the data is from. */
import type { RegionDifference } from './evidence.ts';
import type { FindingDraft } from './findings.ts';
import type { StatementInput } from './input.ts';
import { formatMoney } from './money.ts';
import { isIsoDate, isMonth, monthOf } from './month.ts';
import { cut } from './short-text.ts';

/** `us-east-1; us-west-2 agrees`: which region the figures are from, and what the other says of the month. */
export function dataFrom({ regions, month }: Pick<StatementInput, 'regions' | 'month'>): string {
  const { primary, second, differences } = regions;
  if (second === null) return primary.region;
  if (!primary.answered) return `${second.region} alone; ${primary.region} did not answer`;
  if (!second.answered) return `${primary.region}; ${second.region} did not answer`;
  const agrees = !differences.some((difference) => concerns(difference, month));
  return `${primary.region}; ${second.region} ${agrees ? 'agrees' : 'differs'}`;
}

export function regionFindings(input: StatementInput): FindingDraft[] {
  const { primary, second, differences } = input.regions;
  const drafts: FindingDraft[] = [];
  if (second !== null && !primary.answered) {
    drafts.push({
      code: 'region-down',
      severity: 'block',
      message: `The primary region ${primary.region} did not answer (${cut(primary.problem ?? 'no reason given', 300)}). The figures come from ${second.region} alone, which may lag behind. Run again when ${primary.region} answers.`,
    });
  }
  if (second !== null && !second.answered) {
    drafts.push({
      code: 'region-down',
      message: `The second region ${second.region} did not answer (${cut(second.problem ?? 'no reason given', 300)}), so the figures of ${primary.region} could not be compared.`,
    });
  }
  for (const difference of differences) {
    if (concerns(difference, input.month)) drafts.push(differenceFinding(difference, input));
  }
  return drafts;
}

function concerns(difference: RegionDifference, month: string): boolean {
  if (difference.of === 'crew') return true;
  const { date, month: filedUnder } = difference;
  if (filedUnder === month || (date !== null && monthOf(date) === month)) return true;
  if (date === null && (filedUnder === null || !isMonth(filedUnder))) return true;
  // One region may have moved it out of the month that the other still has it in.
  const inMonth = (value: string | null): boolean =>
    value !== null && (value === month || (isIsoDate(value) && monthOf(value) === month));
  return difference.attributes.some(({ primary, second }) => inMonth(primary) || inMonth(second));
}

function differenceFinding(difference: RegionDifference, input: StatementInput): FindingDraft {
  const { primary, second } = input.regions;
  const names = { primary: primary.region, second: second?.region ?? 'the second region' };
  const what =
    difference.of === 'crew' ? `Crew member ${cut(difference.id)}` : `Charter ${cut(difference.id)}`;
  const how =
    difference.missingIn === null
      ? `is not the same in ${names.primary} and ${names.second}: ${difference.attributes
          .map((one) => `${one.name} ${shown(one.primary)} against ${shown(one.second)}`)
          .join(', ')}`
      : `is missing in ${names[difference.missingIn]}`;
  const cents =
    difference.cents === null || difference.cents === 0
      ? ''
      : ` (recorded revenue apart by ${formatMoney(Math.abs(difference.cents), input.currency)})`;
  return {
    code: 'regions-differ',
    charterId: difference.of === 'charter' ? difference.id : null,
    cents: difference.cents,
    message: `${what} ${how}${cents}. The values of ${names.primary} are used; wait for replication or correct the item.`,
  };
}

function shown(value: string | null): string {
  return value === null ? 'nothing' : `“${cut(value)}”`;
}
