/** A clean month to plant one fault in, and random months. */
import fc from 'fast-check';
import type { Calculation } from '../../src/statement/calculate.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { Charter, CharterReading, CrewMember } from '../../src/statement/charter.ts';
import type { StatementInput } from '../../src/statement/input.ts';
import type { Statement, StatementApproval } from '../../src/statement/statement.ts';

/** Sails on 14 May 2026 with 10 guests at the standard rate of $125.00, all of it recorded. */
export function charter(changes: Partial<Charter> = {}): Charter {
  return {
    id: 'c-1',
    month: '2026-05',
    date: '2026-05-14',
    departs: '17:30',
    vessel: 'Blue Heron',
    kind: 'public',
    status: 'completed',
    statusText: changes.status ?? 'completed',
    guests: 10,
    comps: 0,
    compNotes: '',
    rateCents: null,
    flatPriceCents: null,
    recordedCents: 125_000,
    crewIds: ['cr-tom'],
    bookingRefs: [],
    noShows: null,
    discountCents: null,
    refundCents: null,
    forfeitedCents: null,
    taxCents: null,
    feesCents: null,
    gratuityCents: null,
    cancelReason: null,
    ...changes,
  };
}

export const TOM: CrewMember = { id: 'cr-tom', name: 'Tom Reyes', email: 'tom@example.com', role: 'captain' };

export function readable(...charters: readonly Charter[]): CharterReading[] {
  return charters.map((one) => ({ readable: true, charter: one }));
}

export function unreadable(changes: Partial<CharterReading & { readable: false }> = {}): CharterReading {
  return {
    readable: false,
    id: 'c-bad',
    date: '2026-05-20',
    month: '2026-05',
    recordedCents: null,
    problems: ['guests is missing'],
    ...changes,
  };
}

export function input(
  readings: readonly CharterReading[],
  changes: Partial<StatementInput> = {},
): StatementInput {
  return {
    month: '2026-05',
    version: 1,
    workbookId: 'workbook-1',
    today: '2026-06-01',
    asOf: '2026-06-01 06:00',
    company: 'Heron Charters',
    currency: 'USD',
    standardRateCents: 12_500,
    rates: [],
    severities: {},
    readings,
    roster: new Map([[TOM.id, TOM]]),
    regions: {
      primary: { region: 'us-east-1', answered: true, problem: null },
      second: { region: 'us-west-2', answered: true, problem: null },
      differences: [],
    },
    comparison: { prior: null, lastYear: null },
    explainOverPercent: 50,
    linksOf: {
      charter: (id) => [{ label: id, url: `https://example.com/${id}` }],
      booking: () => [],
      tripSheet: () => [],
      cell: () => [],
    },
    adjustments: [],
    carried: [],
    accepted: [],
    witnesses: null,
    noticed: [],
    ...changes,
  };
}

export const APPROVAL: StatementApproval = {
  by: 'Dana Reyes',
  on: '2026-06-01',
  certification: 'I certify that this statement is true, correct and complete.',
  preparedBy: 'nora@blueheron.example',
  account: 'dana@blueheron.example',
  sha256: 'ab'.repeat(32),
};

/** The month of these charters. */
export function month(...charters: readonly Charter[]): Calculation {
  return calculate(input(readable(...charters)));
}

export function statementOf(...charters: readonly Charter[]): Statement {
  return month(...charters).statement;
}

const smallCents = fc.option(fc.integer({ min: 0, max: 500_000 }), { nil: null });

const anyCharter: fc.Arbitrary<Charter> = fc
  .record({
    date: fc.integer({ min: 1, max: 31 }).map((day) => `2026-05-${String(day).padStart(2, '0')}`),
    departs: fc.constantFrom('09:00', '13:15', '17:30'),
    vessel: fc.constantFrom('Blue Heron', 'Osprey', 'blue heron ', '=1+1', 'الملاح'),
    kind: fc.constantFrom('public', 'private'),
    status: fc.constantFrom(
      'completed',
      'completed',
      'completed',
      'cancelled',
      'no-show',
      'scheduled',
      'unknown',
    ),
    guests: fc.nat(60),
    comps: fc.nat(8),
    rateCents: smallCents,
    flatPriceCents: smallCents,
    recordedCents: fc.nat(2_000_000),
    crewIds: fc.subarray(['cr-tom', 'cr-nobody']),
    discountCents: smallCents,
    refundCents: smallCents,
    forfeitedCents: smallCents,
    taxCents: smallCents,
    feesCents: smallCents,
    gratuityCents: smallCents,
    compNotes: fc.string({ maxLength: 20 }),
  } satisfies { [K in keyof Charter]?: fc.Arbitrary<Charter[K]> })
  .map((changes) => charter(changes));

/** Up to thirty charters of May 2026, each with its own id. */
export const anyMonth: fc.Arbitrary<Charter[]> = fc
  .array(anyCharter, { maxLength: 30 })
  .map((charters) => charters.map((one, index) => ({ ...one, id: `c-${index}` })));
