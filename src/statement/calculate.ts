/**
 * Charters, evidence and settings to a statement and its findings. Pure: no I/O, no clock, no Google names; the
 * same function serves preview, run, re-audit and tests.
 */

import { applyAccepted } from './accepted.ts';
import { applyAdjustments } from './adjustments.ts';
import { auditLine, auditMonth } from './audit.ts';
import type { CalendarUse } from './calendar-audit.ts';
import { auditCalendars, calendarUses, questionOf } from './calendar-audit.ts';
import { applyCarried } from './carried.ts';
import type { Charter, CharterReading } from './charter.ts';
import { compareCharters } from './charter.ts';
import { compLedger } from './comp-ledger.ts';
import { comparedMonths } from './comparison.ts';
import { correctionLines } from './corrections.ts';
import { duplicatesOf } from './duplicates.ts';
import type { EvidenceDraft } from './evidence-audit/question.ts';
import type { RateUse } from './evidence-audit/rates.ts';
import { auditEvidence, rateUses, replacedBy, withoutReplaced } from './evidence-audit.ts';
import type { Finding, FindingDraft } from './findings.ts';
import { heaviest, makeFinding } from './findings.ts';
import { statementCode } from './fingerprint.ts';
import { footnotes } from './footnotes.ts';
import type { StatementInput } from './input.ts';
import { isEnormous, statementLine, totalsOf } from './lines.ts';
import type { Matches } from './matching.ts';
import { matchEvidence } from './matching.ts';
import { formatMoney, LARGEST_AMOUNT_CENTS } from './money.ts';
import type { Month } from './month.ts';
import { isMonth, monthLabel, monthOf } from './month.ts';
import { priceOf } from './rates.ts';
import { dataFrom } from './regions.ts';
import { cut } from './short-text.ts';
import type { Statement, StatementLine, Totals } from './statement.ts';
import type { StatementContent } from './statement-content.ts';
import { fingerprintOf } from './statement-content.ts';

export interface Calculation {
  readonly statement: Statement;
  readonly findings: readonly Finding[];
  /** Null when no other witness was heard. */
  readonly evidence: { readonly matches: Matches; readonly rateUses: readonly RateUse[] } | null;
  /** What each calendar gave; null when none is read. */
  readonly calendars: readonly CalendarUse[] | null;
}

export function calculate(input: StatementInput): Calculation {
  const drafts: FindingDraft[] = [];
  const readings = adjusted(input);
  const charters = countable(input, readings, drafts);
  const duplicates = duplicatesOf(charters);
  const lines: StatementLine[] = [];
  for (const charter of charters) {
    const price = priceOf(charter, input.rates, input.standardRateCents);
    const duplicateOf = duplicates.get(charter.id) ?? null;
    const line = statementLine(charter, price, input.roster, input.currency, duplicateOf);
    if (isEnormous(line)) {
      drafts.push(enormous(charter, input.currency));
      continue;
    }
    lines.push(line);
    drafts.push(...auditLine({ charter, line, price, duplicateOf, input }));
  }
  const allLines = [...lines, ...correctionLines(input, lines)];
  const totals = totalsOf(allLines);
  drafts.push(...auditMonth(input, lines, totals));
  const evidence = weighEvidence(input, readings);
  const calendars = input.calendars ? questionOf(input, input.calendars, readings, lines) : null;
  const found = (all: readonly FindingDraft[]): Finding[] =>
    all.map((draft) => makeFinding(withLinks(draft, input), input.severities));
  const byEvidence = evidence?.drafts ?? [];
  const findings = [
    ...found(withoutReplaced(drafts, byEvidence)),
    ...byEvidence.flatMap((draft) => asHeavy(found([draft]), found(replacedBy(draft, drafts)))),
    ...found(calendars === null ? [] : auditCalendars(calendars)),
    ...found(input.noticed),
  ];
  const unreadable = drafts.filter(({ code }) => code === 'item-unreadable').length;
  const { month, currency } = input;
  const linksOf = input.linksOf.cell;
  const carried = applyCarried(findings, input.carried, month, {
    linksOf,
    overrides: input.severities,
    currency,
  });
  return {
    statement: makeStatement(input, charters, allLines, totals, unreadable),
    findings: applyAccepted(carried, input.accepted, month, { linksOf, currency }),
    evidence: evidence === null ? null : { matches: evidence.matches, rateUses: evidence.rateUses },
    calendars: calendars === null ? null : calendarUses(calendars),
  };
}

/** What stands in another finding's place weighs as much, whatever the settings say of its own code. */
function asHeavy(findings: readonly Finding[], replaced: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({
    ...finding,
    severity: heaviest([finding, ...replaced]) ?? finding.severity,
  }));
}

function adjusted({ readings, adjustments }: StatementInput): readonly CharterReading[] {
  if (adjustments.length === 0) return readings;
  return readings.map((reading): CharterReading => {
    if (!reading.readable) return reading;
    const [charter = reading.charter] = applyAdjustments([reading.charter], adjustments);
    return { readable: true, charter };
  });
}

/** The other witnesses against all charters that are known, neighbour months' too: what was moved is found there. */
function weighEvidence(
  input: StatementInput,
  readings: readonly CharterReading[],
): { matches: Matches; rateUses: readonly RateUse[]; drafts: readonly EvidenceDraft[] } | null {
  const { witnesses } = input;
  if (witnesses === null) return null;
  const charters = readings.flatMap((reading) => (reading.readable ? [reading.charter] : []));
  const matches = matchEvidence({
    charters,
    bookings: witnesses.bookings,
    tripSheets: witnesses.tripSheets,
  });
  const question = { ...input, ...witnesses, matches };
  return { matches, rateUses: rateUses(question), drafts: auditEvidence(question) };
}

/** The charters whose date is in the month; what can't be read, or strays, becomes a finding instead. */
function countable(
  input: StatementInput,
  readings: readonly CharterReading[],
  drafts: FindingDraft[],
): Charter[] {
  const charters: Charter[] = [];
  for (const reading of readings) {
    if (!reading.readable) {
      const { date, month } = reading;
      const lost = date === null && (month === null || !isMonth(month));
      const belongs = date !== null && monthOf(date) === input.month;
      if (!belongs && !lost && month !== input.month) continue;
      drafts.push({
        code: 'item-unreadable',
        charterId: reading.id,
        cents: reading.recordedCents,
        message: `Charter ${cut(reading.id)} can't be read and is not counted: ${reading.problems.join('; ')}. Correct the item and run again.`,
      });
      continue;
    }
    const { charter } = reading;
    if (monthOf(charter.date) === input.month) charters.push(charter);
    else if (charter.month === input.month) drafts.push(elsewhere(charter, input.month));
  }
  return charters.sort(compareCharters);
}

function elsewhere(charter: Charter, month: Month): FindingDraft {
  return {
    code: 'charter-elsewhere',
    charterId: charter.id,
    cents: charter.recordedCents,
    message: `Charter ${cut(charter.id)} is filed under ${monthLabel(month)} but its date is ${charter.date}, so it is not counted here. Correct its month or its date.`,
  };
}

function enormous(charter: Charter, currency: string): FindingDraft {
  return {
    code: 'item-unreadable',
    charterId: charter.id,
    cents: charter.recordedCents,
    message: `Charter ${cut(charter.id)} can't be counted: ${charter.guests} guests, ${charter.comps} of them comps, at its rate come to more than ${formatMoney(LARGEST_AMOUNT_CENTS, currency)}. Correct its guests or its rate.`,
  };
}

function withLinks(draft: FindingDraft, input: StatementInput): FindingDraft {
  if (draft.links !== undefined || !draft.charterId) return draft;
  return { ...draft, links: input.linksOf.charter(draft.charterId) };
}

function makeStatement(
  input: StatementInput,
  charters: readonly Charter[],
  lines: readonly StatementLine[],
  totals: Totals,
  unreadable: number,
): Statement {
  const content: StatementContent = {
    month: input.month,
    company: input.company,
    currency: input.currency,
    lines,
    totals,
    footnotes: footnotes(input, lines, totals, unreadable),
    comparison: comparedMonths(totals.reportableCents, input.comparison),
    comps: compLedger(lines, charters),
  };
  return {
    ...content,
    version: input.version,
    code: statementCode(input.workbookId, input.month, input.version),
    fingerprint: fingerprintOf(content),
    asOf: input.asOf,
    dataFrom: dataFrom(input),
    approval: input.approval ?? null,
  };
}
