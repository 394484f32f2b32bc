/**
 * Charters, evidence and settings to a statement and its findings. Pure: no I/O, no clock, no Google names; the
 * same function serves preview, run, re-audit and tests.
 */

import { auditLine, auditMonth } from './audit.ts';
import type { Charter } from './charter.ts';
import { compareCharters, foldVessel } from './charter.ts';
import type { Finding, FindingDraft } from './findings.ts';
import { makeFinding, sortFindings } from './findings.ts';
import { canonicalJson, sha256Hex, statementCode } from './fingerprint.ts';
import type { StatementInput } from './input.ts';
import { statementLine, totalsOf } from './lines.ts';
import { formatMoney, LARGEST_AMOUNT_CENTS } from './money.ts';
import type { Month } from './month.ts';
import { isMonth, monthLabel, monthOf } from './month.ts';
import { footnotes } from './notes.ts';
import { priceOf } from './rates.ts';
import { cut } from './short-text.ts';
import type { Statement, StatementLine, Totals } from './statement.ts';

export interface Calculation {
  readonly statement: Statement;
  readonly findings: readonly Finding[];
}

export function calculate(input: StatementInput): Calculation {
  const drafts: FindingDraft[] = [];
  const charters = countable(input, drafts);
  const duplicates = duplicatesOf(charters);
  const lines: StatementLine[] = [];
  for (const charter of charters) {
    const price = priceOf(charter, input.rates, input.standardRateCents);
    const duplicateOf = duplicates.get(charter.id) ?? null;
    const line = statementLine(charter, price, input.roster, input.currency, duplicateOf);
    if (line.grossCents > LARGEST_AMOUNT_CENTS || line.compsCents > LARGEST_AMOUNT_CENTS) {
      drafts.push(enormous(charter, input.currency));
      continue;
    }
    lines.push(line);
    drafts.push(...auditLine({ charter, line, price, duplicateOf, input }));
  }
  const totals = totalsOf(lines);
  drafts.push(...auditMonth(input, lines, totals));
  drafts.push(...input.noticed);
  const findings = drafts.map((draft) => makeFinding(withLinks(draft, input), input.severities));
  const unreadable = drafts.filter(({ code }) => code === 'item-unreadable').length;
  return { statement: makeStatement(input, lines, totals, unreadable), findings: sortFindings(findings) };
}

/** The charters whose date is in the month; what can't be read, or strays, becomes a finding instead. */
function countable(input: StatementInput, drafts: FindingDraft[]): Charter[] {
  const charters: Charter[] = [];
  for (const reading of input.readings) {
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

/** Same date, vessel and departure, both sailed: the later in the statement's order is the duplicate. */
function duplicatesOf(sorted: readonly Charter[]): Map<string, string> {
  const first = new Map<string, string>();
  const duplicates = new Map<string, string>();
  for (const charter of sorted) {
    if (charter.status !== 'completed') continue;
    const sailing = JSON.stringify([charter.date, charter.departs, foldVessel(charter.vessel)]);
    const earlier = first.get(sailing);
    if (earlier === undefined) first.set(sailing, charter.id);
    else duplicates.set(charter.id, earlier);
  }
  return duplicates;
}

function withLinks(draft: FindingDraft, input: StatementInput): FindingDraft {
  if (draft.links !== undefined || !draft.charterId) return draft;
  return { ...draft, links: input.linksOf(draft.charterId) };
}

function makeStatement(
  input: StatementInput,
  lines: readonly StatementLine[],
  totals: Totals,
  unreadable: number,
): Statement {
  const content = {
    month: input.month,
    company: input.company,
    currency: input.currency,
    lines,
    totals,
    footnotes: footnotes(input.month, lines, totals, input.currency, unreadable),
  };
  return {
    ...content,
    version: input.version,
    code: statementCode(input.workbookId, input.month, input.version),
    fingerprint: sha256Hex(canonicalJson(JSON.parse(JSON.stringify(content)))),
    asOf: input.asOf,
  };
}
