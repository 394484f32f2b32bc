/** The rules that look at a line or at the month and say what is wrong. One cause, one finding. */

import { LONGEST_CELL_TEXT } from './cell-text.ts';
import type { Charter } from './charter.ts';
import { changeFrom, isChangeOver, percentSize } from './comparison.ts';
import type { FindingDraft } from './findings.ts';
import type { StatementInput } from './input.ts';
import { formatMoney } from './money.ts';
import { dateLabel, monthLabel } from './month.ts';
import type { Price } from './rates.ts';
import { regionFindings } from './regions.ts';
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

/**
 * Findings about the month as a whole.
 *
 * @param lines of its charters: a correction that it carries makes no month
 */
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
  if (lines.length === 0) return drafts;
  const { lastYear } = input.comparison;
  if (lastYear !== null && totals.charters * 2 < lastYear.charters) {
    drafts.push({
      code: 'unusually-few',
      message: `${monthLabel(input.month)} has ${totals.charters} completed ${totals.charters === 1 ? 'charter' : 'charters'}, under half of the ${lastYear.charters} of the same month last year. Check that all have been entered.`,
    });
  }
  const unexplained = unexplainedVariance(input, totals);
  if (unexplained !== null) drafts.push(unexplained);
  return drafts;
}

/** Against the same month last year, because seasons differ; against the month before when that is not known. */
function unexplainedVariance(input: StatementInput, totals: Totals): FindingDraft | null {
  const { explainOverPercent: percent, comparison, adjustments, currency } = input;
  const base = comparison.lastYear ?? comparison.prior;
  if (percent === null || base === null) return null;
  // What the month carries for another one has a reason already, which is printed.
  const { carriedCents = 0 } = totals;
  const ownCents = totals.reportableCents - carriedCents;
  if (!isChangeOver(percent, base.reportableCents, ownCents)) return null;
  if (adjustments.some(({ kind, charterId }) => kind === 'note' && charterId === null)) return null;
  const { changeCents, percentTenths } = changeFrom(base.reportableCents, ownCents);
  const size = percentTenths === null ? '' : ` (${percentSize(percentTenths)})`;
  const amount = formatMoney(Math.abs(changeCents), currency);
  const apart =
    carriedCents === 0 ? '' : ` (without ${formatMoney(carriedCents, currency)} carried from earlier months)`;
  return {
    code: 'variance-unexplained',
    cents: changeCents,
    message: `${monthLabel(input.month)} reports ${formatMoney(ownCents, currency)}${apart}, ${amount}${size} ${changeCents > 0 ? 'more' : 'less'} than the ${formatMoney(base.reportableCents, currency)} of ${monthLabel(base.month)}; more than ${percent} % asks for an explanation. Write it into the tab “Purser adjustments” as a row of kind note without a charter: it is printed as a footnote.`,
  };
}

function nameOf(charter: Charter): string {
  return `Charter ${cut(charter.id)} (${dateLabel(charter.date)}, ${charter.departs}, ${cut(charter.vessel)})`;
}
