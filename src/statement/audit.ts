/** The rules that look at a line or at the month and say what is wrong. One cause, one finding. */

import { LONGEST_CELL_TEXT } from './cell-text.ts';
import type { Charter } from './charter.ts';
import type { RegionDifference } from './evidence.ts';
import type { FindingDraft } from './findings.ts';
import type { StatementInput } from './input.ts';
import { formatMoney } from './money.ts';
import { dateLabel, isIsoDate, isMonth, monthLabel, monthOf } from './month.ts';
import type { Price } from './rates.ts';
import { cut } from './short-text.ts';
import type { StatementLine, Totals } from './statement.ts';

export interface LineInQuestion {
  readonly charter: Charter;
  readonly line: StatementLine;
  readonly price: Price;
  readonly duplicateOf: string | null;
  readonly input: StatementInput;
}

/** Findings about one charter. */
export function auditLine(question: LineInQuestion): FindingDraft[] {
  const { charter, line, input } = question;
  const drafts: FindingDraft[] = [];
  const structural = structuralFinding(question);
  if (structural !== null) drafts.push(structural);
  else drafts.push(...moneyFindings(question));
  if (charter.status === 'completed' && (charter.forfeitedCents ?? 0) !== 0) {
    drafts.push({
      code: 'amount-ignored',
      charterId: charter.id,
      cents: charter.forfeitedCents,
      message: `${nameOf(charter)} sailed, yet ${formatMoney(charter.forfeitedCents ?? 0, input.currency)} is entered as forfeited; that counts only for charters that did not sail. Remove it, or correct the status.`,
    });
  }
  if (charter.month !== input.month) {
    drafts.push({
      code: 'stale-month',
      charterId: charter.id,
      message: `${nameOf(charter)} is filed under month “${cut(charter.month)}” but sailed in ${monthLabel(input.month)}; it is counted by its date. Correct its month attribute.`,
    });
  }
  for (const id of charter.crewIds) {
    if (input.roster.has(id)) continue;
    drafts.push({
      code: 'crew-unknown',
      charterId: charter.id,
      message: `${nameOf(charter)} names crew “${cut(id)}”, whom the roster does not know. Add the person to the roster or correct the charter.`,
    });
  }
  for (const [what, text] of [
    ['vessel', line.vessel],
    ['crew', line.crew],
    ['notes', line.notes],
  ] as const) {
    if (text.length <= LONGEST_CELL_TEXT) continue;
    drafts.push({
      code: 'text-cut',
      charterId: charter.id,
      message: `${nameOf(charter)}: the ${what} text has ${text.length} characters; a cell holds ${LONGEST_CELL_TEXT}, so the statement shows its beginning. The charters table keeps it whole.`,
    });
  }
  return drafts;
}

/** What makes the line's own figures doubtful; then its difference needs no second finding. */
function structuralFinding(question: LineInQuestion): FindingDraft | null {
  const { charter, line, price, duplicateOf, input } = question;
  const money = (cents: number): string => formatMoney(cents, input.currency);
  if (duplicateOf !== null) {
    return {
      code: 'duplicate-charter',
      charterId: charter.id,
      cents: charter.recordedCents,
      message: `${nameOf(charter)} has the same date, vessel and departure as ${cut(duplicateOf)}; ${cut(charter.id)} (recorded ${money(charter.recordedCents)}) is not counted. Delete one of them or correct its departure.`,
    };
  }
  if (charter.status === 'unknown' || (charter.status === 'scheduled' && charter.date < input.today)) {
    const why =
      charter.status === 'unknown'
        ? `has the status “${cut(charter.statusText)}”, which Purser does not know`
        : 'is past but still scheduled';
    return {
      code: 'status-open',
      charterId: charter.id,
      cents: line.differenceCents,
      message: `${nameOf(charter)} ${why}, so its revenue can't be told. Set its status to completed, cancelled or no-show.`,
    };
  }
  if (line.counted && charter.comps > charter.guests) {
    return {
      code: 'comps-exceed-guests',
      charterId: charter.id,
      cents: line.differenceCents,
      message: `${nameOf(charter)} has ${charter.comps} comps among ${charter.guests} guests. Guests are all heads aboard, comps included; correct one of the two.`,
    };
  }
  if (line.counted && price.by === 'nothing') {
    return {
      code: 'price-missing',
      charterId: charter.id,
      cents: line.differenceCents,
      message: `${nameOf(charter)} is private and has neither a rate nor a flat price (recorded ${money(charter.recordedCents)}). Enter one of them.`,
    };
  }
  return null;
}

function moneyFindings({ charter, line, input }: LineInQuestion): FindingDraft[] {
  if (line.differenceCents === 0) return [];
  const money = (cents: number): string => formatMoney(cents, input.currency);
  if (charter.status === 'scheduled' && line.differenceCents > 0) {
    return [
      {
        code: 'paid-not-sailed',
        charterId: charter.id,
        cents: line.differenceCents,
        message: `${nameOf(charter)} has not sailed yet but ${money(line.differenceCents)} is recorded already. It counts once the charter is completed.`,
      },
    ];
  }
  if (!line.counted && line.differenceCents > 0) {
    return [
      {
        code: 'paid-not-sailed',
        charterId: charter.id,
        cents: line.differenceCents,
        message: `${nameOf(charter)} did not sail (${cut(line.statusText)}) but ${money(line.differenceCents)} is recorded that is not marked as forfeited. Refund it and lower the recorded revenue, or enter what is kept as forfeited.`,
      },
    ];
  }
  const more = line.differenceCents > 0 ? 'more' : 'less';
  return [
    {
      code: 'revenue-differs',
      charterId: charter.id,
      cents: line.differenceCents,
      message: `${nameOf(charter)}: recorded ${money(charter.recordedCents)}, ${money(Math.abs(line.differenceCents))} ${more} than the ${money(line.reportableCents)} that ${howReportable(line, money)}.`,
    },
  ];
}

function howReportable(line: StatementLine, money: (cents: number) => string): string {
  if (!line.counted) return 'was forfeited';
  const parts =
    line.rateCents === null
      ? [`its flat price ${money(line.grossCents)}`]
      : [`${line.paying} paying ${line.paying === 1 ? 'guest' : 'guests'} × ${money(line.rateCents)}`];
  if (line.discountCents !== 0) parts.push(`discount ${money(line.discountCents)}`);
  if (line.refundCents !== 0) parts.push(`refund ${money(line.refundCents)}`);
  return `${parts.join(' − ')} come${line.rateCents === null && parts.length === 1 ? 's' : ''} to`;
}

/** Findings about the month as a whole. */
export function auditMonth(
  input: StatementInput,
  lines: readonly StatementLine[],
  totals: Totals,
): FindingDraft[] {
  const drafts: FindingDraft[] = [];
  if (lines.length === 0) {
    drafts.push({
      code: 'empty-month',
      message: `There is no charter to count in ${monthLabel(input.month)}. If that is right, set “empty-month=warn” in the setting Severities and send the empty statement yourself; if not, check the charters table and the month attribute.`,
    });
  }
  drafts.push(...regionFindings(input));
  const { lastYearCharters } = input;
  if (lines.length > 0 && lastYearCharters !== null && totals.charters * 2 < lastYearCharters) {
    drafts.push({
      code: 'unusually-few',
      message: `${monthLabel(input.month)} has ${totals.charters} completed ${totals.charters === 1 ? 'charter' : 'charters'}, under half of the ${lastYearCharters} of the same month last year. Check that all have been entered.`,
    });
  }
  return drafts;
}

function regionFindings(input: StatementInput): FindingDraft[] {
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

function nameOf(charter: Charter): string {
  return `Charter ${cut(charter.id)} (${dateLabel(charter.date)}, ${charter.departs}, ${cut(charter.vessel)})`;
}
