/** The sample's months as `calculate` sees them. */

import type { CharterNames, RosterNames } from '../../src/sources/charter-items.ts';
import { readCharter, readCrewMember } from '../../src/sources/charter-items.ts';
import type { Calculation } from '../../src/statement/calculate.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { CrewMember } from '../../src/statement/charter.ts';
import { comparisonOf } from '../../src/statement/comparison.ts';
import { addMonths, firstDay } from '../../src/statement/month.ts';
import { CHARTER_ATTRIBUTES, ROSTER_ATTRIBUTES } from '../../src/workbook/settings-list.ts';
import { readItemLines } from '../local/aws/export-lines.ts';
import { COMPANY, CURRENCY, STANDARD_RATE_CENTS } from './operator.ts';

const CHARTER_NAMES = sameNames(CHARTER_ATTRIBUTES) satisfies CharterNames;
const ROSTER_NAMES = sameNames(ROSTER_ATTRIBUTES) satisfies RosterNames;

function sameNames<A extends string>(attributes: readonly A[]): Record<A, string> {
  return Object.fromEntries(attributes.map((attribute) => [attribute, attribute])) as Readonly<
    Record<string, string>
  > as Record<A, string>;
}

/** One item a line, as the files of the sample have them. */
export function jsonLines(items: readonly object[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}

/**
 * The statement of a month from the very text of the files, with default settings, on the day after its end.
 * @throws Error when a line is no item that DynamoDB would take.
 */
export function calculateMonth(month: string, charterLines: string, rosterLines: string): Calculation {
  const charters = readItemLines(charterLines, 'charterId');
  const crew = readItemLines(rosterLines, 'crewId');
  const problem = [...charters.problems, ...crew.problems][0];
  if (problem !== undefined) throw new Error(`Line ${problem.line}: ${problem.problem}`);
  const roster = new Map<string, CrewMember>();
  for (const item of crew.items) {
    const member = readCrewMember(item, ROSTER_NAMES);
    if (member !== null) roster.set(member.id, member);
  }
  const readings = charters.items.map((item) => readCharter(item, CHARTER_NAMES));
  const today = firstDay(addMonths(month, 1));
  return calculate({
    month,
    version: 1,
    workbookId: 'sample',
    today,
    asOf: `${today} 06:00`,
    company: COMPANY,
    currency: CURRENCY,
    standardRateCents: STANDARD_RATE_CENTS,
    rates: [],
    severities: {},
    readings,
    roster,
    regions: {
      primary: { region: 'us-east-1', answered: true, problem: null },
      second: null,
      differences: [],
    },
    comparison: comparisonOf({
      month,
      register: [],
      priorReadings: readings,
      lastYearReadings: readings,
      rates: [],
      standardRateCents: STANDARD_RATE_CENTS,
      currency: CURRENCY,
    }),
    explainOverPercent: null,
    linksOf: { charter: () => [], booking: () => [], tripSheet: () => [], cell: () => [] },
    adjustments: [],
    carried: [],
    accepted: [],
    witnesses: null,
    noticed: [],
  });
}
