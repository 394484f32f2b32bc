/** A statement as calculate makes it, for what writes about statements. */
import type { Statement } from '../../src/statement/statement.ts';

export function sampleStatement(changes: Partial<Statement> = {}): Statement {
  return {
    month: '2026-05',
    version: 1,
    code: 'PRSK3QD202605V1',
    company: 'Blue Heron Charters',
    currency: 'USD',
    lines: [],
    totals: {
      charters: 84,
      guests: 1432,
      comps: 37,
      paying: 1395,
      reportableCents: 17_421_350,
      recordedCents: 17_421_350,
      differenceCents: 0,
      grossCents: 17_883_850,
      compsCents: 462_500,
      discountsCents: 0,
      refundsCents: 12_500,
      forfeitedCents: 12_500,
      taxCents: 0,
      feesCents: 0,
      gratuityCents: 0,
    },
    footnotes: [
      'May 9, 17:30, Osprey: cancelled for weather; the deposit of $125.00 was kept.',
      'May 23, 09:00, Great Egret: 2 comps, crew guests (J. Ortiz).',
    ],
    comparison: [],
    comps: [],
    fingerprint: '9f2c41d0ab73e5568c1f7d3e9a0b4c2d6e8f1a3b5c7d9e0f2a4b6c8d0e1f3a5b',
    asOf: '2026-06-01 06:00',
    dataFrom: 'us-east-1; us-west-2 agrees',
    approval: null,
    ...changes,
  };
}
