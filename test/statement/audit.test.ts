import type { Adjustment } from '../../src/statement/adjustments.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { Charter } from '../../src/statement/charter.ts';
import type { MonthFigures } from '../../src/statement/comparison.ts';
import type { RegionDifference } from '../../src/statement/evidence.ts';
import type { Finding, FindingCode } from '../../src/statement/findings.ts';
import { DEFAULT_SEVERITIES, FINDING_CODES } from '../../src/statement/findings.ts';
import type { StatementInput } from '../../src/statement/input.ts';
import { charter, input, month, readable, unreadable } from './samples.ts';

/** A charter beside the one in question, so that the month is never empty. */
const other = charter({ id: 'c-other', date: '2026-05-02' });

function findingsWith(changes: Partial<Charter>): readonly Finding[] {
  return month(other, charter(changes)).findings;
}

function findingsGiven(changes: Partial<StatementInput>, readings = readable(other)): readonly Finding[] {
  return calculate(input(readings, changes)).findings;
}

const difference: RegionDifference = {
  id: 'c-1',
  of: 'charter',
  date: '2026-05-14',
  month: '2026-05',
  attributes: [{ name: 'revenueTotal', primary: '1250', second: '1300' }],
  missingIn: null,
  cents: -5000,
};
/** The same month a year ago: so many charters, that much reportable. */
const ago = (charters: number, reportableCents: number): MonthFigures => ({
  month: '2025-05',
  charters,
  paying: charters,
  reportableCents,
  source: 'ledger',
});
const answered = { region: 'us-east-1', answered: true, problem: null };
const down = { region: 'us-west-2', answered: false, problem: 'no answer within 60 seconds' };

/** Each planted cause, with the one finding that it must give: code, severity, charter and cents. */
const planted: readonly [
  string,
  () => readonly Finding[],
  FindingCode,
  string,
  string | null,
  number | null,
  RegExp,
][] = [
  [
    'more recorded than reportable',
    () => findingsWith({ recordedCents: 130_000 }),
    'revenue-differs',
    'block',
    'c-1',
    5000,
    /recorded \$1,300\.00, \$50\.00 more than the \$1,250\.00 that 10 paying guests × \$125\.00 come to/,
  ],
  [
    'less recorded than reportable',
    () => findingsWith({ recordedCents: 0, guests: 1 }),
    'revenue-differs',
    'block',
    'c-1',
    -12_500,
    /\$125\.00 less than the \$125\.00 that 1 paying guest × /,
  ],
  [
    'a flat price that was not charged',
    () => findingsWith({ flatPriceCents: 72_000 }),
    'revenue-differs',
    'block',
    'c-1',
    53_000,
    /its flat price \$720\.00 comes to/,
  ],
  [
    'a discount that was not given',
    () => findingsWith({ discountCents: 5000, refundCents: 100 }),
    'revenue-differs',
    'block',
    'c-1',
    5100,
    /− discount \$50\.00 − refund \$1\.00 come to/,
  ],
  [
    'less kept than forfeited',
    () => findingsWith({ status: 'cancelled', forfeitedCents: 5000, recordedCents: 0 }),
    'revenue-differs',
    'block',
    'c-1',
    -5000,
    /that was forfeited/,
  ],
  [
    'more comps than guests',
    () => findingsWith({ comps: 11 }),
    'comps-exceed-guests',
    'block',
    'c-1',
    137_500,
    /11 comps among 10 guests/,
  ],
  [
    'a private charter without a price',
    () => findingsWith({ kind: 'private' }),
    'price-missing',
    'block',
    'c-1',
    125_000,
    /neither a rate nor a flat price/,
  ],
  [
    'a past charter still scheduled',
    () => findingsWith({ status: 'scheduled', recordedCents: 0 }),
    'status-open',
    'block',
    'c-1',
    0,
    /past but still scheduled/,
  ],
  [
    'an unknown status',
    () => findingsWith({ status: 'unknown', statusText: 'sailed' }),
    'status-open',
    'block',
    'c-1',
    125_000,
    /“sailed”, which Purser does not know/,
  ],
  [
    'money on a cancelled charter',
    () => findingsWith({ status: 'cancelled', recordedCents: 9000, forfeitedCents: 4000 }),
    'paid-not-sailed',
    'warn',
    'c-1',
    5000,
    /\$50\.00 is recorded that is not marked as forfeited/,
  ],
  [
    'money on a charter that nobody came to',
    () => findingsWith({ status: 'no-show' }),
    'paid-not-sailed',
    'warn',
    'c-1',
    125_000,
    /did not sail \(no-show\)/,
  ],
  [
    'something forfeited of a charter that sailed',
    () => findingsWith({ forfeitedCents: 5000 }),
    'amount-ignored',
    'warn',
    'c-1',
    5000,
    /sailed, yet \$50\.00 is entered as forfeited; that counts only for charters that did not sail/,
  ],
  [
    'the same sailing twice',
    () => findingsWith({ id: 'c-z', date: other.date }),
    'duplicate-charter',
    'block',
    'c-z',
    125_000,
    /as c-other; c-z \(recorded \$1,250\.00\) is not counted/,
  ],
  [
    'an item that can’t be read',
    () => findingsGiven({}, [...readable(other), unreadable()]),
    'item-unreadable',
    'block',
    'c-bad',
    null,
    /can't be read and is not counted: guests is missing/,
  ],
  [
    'an item by whose date nobody can say its month',
    () => findingsGiven({}, [...readable(other), unreadable({ date: null, month: null })]),
    'item-unreadable',
    'block',
    'c-bad',
    null,
    /guests is missing/,
  ],
  [
    'an item whose month is garbage and has no date',
    () => findingsGiven({}, [...readable(other), unreadable({ date: null, month: 'May' })]),
    'item-unreadable',
    'block',
    'c-bad',
    null,
    /guests is missing/,
  ],
  [
    'a stale month attribute',
    () => findingsWith({ month: '2026-04' }),
    'stale-month',
    'warn',
    'c-1',
    null,
    /“2026-04” but sailed in May 2026; it is counted by its date/,
  ],
  [
    'a date outside the month that it is filed under',
    () => findingsWith({ date: '2026-06-02' }),
    'charter-elsewhere',
    'warn',
    'c-1',
    125_000,
    /its date is 2026-06-02, so it is not counted here/,
  ],
  [
    'crew that the roster lacks',
    () => findingsWith({ crewIds: ['cr-tom', 'cr-ghost'] }),
    'crew-unknown',
    'warn',
    'c-1',
    null,
    /“cr-ghost”/,
  ],
  [
    'notes longer than a cell',
    () => findingsWith({ comps: 1, recordedCents: 112_500, compNotes: 'x'.repeat(40_000) }),
    'text-cut',
    'info',
    'c-1',
    null,
    /the notes text has 40008 characters/,
  ],
  [
    'a month without charters',
    () => findingsGiven({}, []),
    'empty-month',
    'block',
    null,
    null,
    /no charter to count in May 2026/,
  ],
  [
    'regions that differ in a charter',
    () =>
      findingsGiven({
        regions: {
          primary: answered,
          second: { ...answered, region: 'us-west-2' },
          differences: [difference],
        },
      }),
    'regions-differ',
    'block',
    'c-1',
    -5000,
    /revenueTotal “1250” against “1300” \(recorded revenue apart by \$50\.00\). The values of us-east-1 are used/,
  ],
  [
    'a charter that one region lacks',
    () =>
      findingsGiven({
        regions: {
          primary: answered,
          second: { ...answered, region: 'us-west-2' },
          differences: [{ ...difference, attributes: [], missingIn: 'second', cents: 125_000 }],
        },
      }),
    'regions-differ',
    'block',
    'c-1',
    125_000,
    /Charter c-1 is missing in us-west-2/,
  ],
  [
    'regions that differ in crew',
    () =>
      findingsGiven({
        regions: {
          primary: answered,
          second: { ...answered, region: 'us-west-2' },
          differences: [{ ...difference, of: 'crew', id: 'cr-tom', date: null, month: null, cents: null }],
        },
      }),
    'regions-differ',
    'block',
    null,
    null,
    /Crew member cr-tom/,
  ],
  [
    'the second region out of reach',
    () => findingsGiven({ regions: { primary: answered, second: down, differences: [] } }),
    'region-down',
    'warn',
    null,
    null,
    /us-west-2 did not answer \(no answer within 60 seconds\)/,
  ],
  [
    'only the second region answering',
    () =>
      findingsGiven({
        regions: {
          primary: { ...down, region: 'us-east-1' },
          second: { ...answered, region: 'us-west-2' },
          differences: [],
        },
      }),
    'region-down',
    'block',
    null,
    null,
    /come from us-west-2 alone/,
  ],
  [
    'under half of last year’s charters',
    () => findingsGiven({ comparison: { prior: null, lastYear: ago(3, 125_000) } }),
    'unusually-few',
    'warn',
    null,
    null,
    /has 1 completed charter, under half of the 3/,
  ],
  [
    'much more revenue than last year',
    () => findingsGiven({ comparison: { prior: ago(1, 125_000), lastYear: ago(1, 80_000) } }),
    'variance-unexplained',
    'warn',
    null,
    45_000,
    /reports \$1,250\.00, \$450\.00 \(56\.3 %\) more than the \$800\.00 of May 2025; more than 50 % asks.*“Purser adjustments”.*kind note/,
  ],
];

test.each(planted)(
  '%s gives its finding and no other',
  (_cause, findings, code, severity, charterId, cents, words) => {
    const found = findings();
    expect(found.map((one) => one.code)).toEqual([code]);
    expect(found[0]).toMatchObject({ severity, charterId, cents });
    expect(found[0]?.message).toMatch(words);
    expect(found[0]?.links).toHaveLength(charterId === null ? 0 : 1);
  },
);

/** Found by other rooms, which hand them to calculate as `noticed`. */
const ELSEWHERE: readonly FindingCode[] = [
  'changed-after-sending',
  'outbox-missing',
  'version-not-kept',
  'workbook-copied',
  'acceptance-unreadable',
  'adjustment-unreadable',
  'carried-forward',
  'carried-unreadable',
  'evidence-changed',
  'evidence-incomplete',
  'no-recipients',
  'recipient-new-domain',
  'recipients-changed',
  'scan-failed',
  'tab-edited',
  'template-currency',
  'template-differs',
  'template-feature-dropped',
  'template-suspect',
  'trip-sheets-unreachable',
  'workbook-not-copied',
  'sender-unreachable',
  'sent-not-searched',
];

/** Planted beside the matching, in evidence-audit.test.ts. */
const OF_EVIDENCE: readonly FindingCode[] = [
  'adjustment-without-effect',
  'amount-differs',
  'booking-moved',
  'booking-shared',
  'booking-without-charter',
  'cancelled-but-paid',
  'charter-without-booking',
  'comp-unexplained',
  'comps-above-cap',
  'guests-differ',
  'headcount-broken',
  'mail-unreadable',
  'names-differ',
  'rate-outlier',
  'refund-in-another-month',
  'sailing-differs',
  'trip-sheet-missing',
  'trip-sheet-unreadable',
  'trip-sheet-without-charter',
  'vessel-double-booked',
];

/** Planted beside the calendars, in calendar-audit.test.ts. */
const OF_CALENDARS: readonly FindingCode[] = [
  'calendar-behind',
  'calendar-event-edited',
  'calendar-trip-without-charter',
  'charter-not-on-calendar',
  'crew-double-booked',
];

test('every code that calculate itself can give is planted above', () => {
  const here = new Set<FindingCode>(planted.map(([, , code]) => code));
  const ofCalculate = FINDING_CODES.filter(
    (code) => ![...ELSEWHERE, ...OF_EVIDENCE, ...OF_CALENDARS].includes(code),
  );
  expect(ofCalculate.filter((code) => !here.has(code))).toEqual([]);
});

test.each(ELSEWHERE)('what another room noticed stays as it was noticed: %s', (code) => {
  const links = [{ label: 'a', url: 'https://example.com/a' }];
  const found = findingsGiven({ noticed: [{ code, message: 'words', links }] });
  expect(found).toEqual([
    { code, severity: DEFAULT_SEVERITIES[code], charterId: null, cents: null, message: 'words', links },
  ]);
});

test.each<[string, Partial<Charter>]>([
  ['a clean charter', {}],
  [
    'a cancelled charter of which all was kept',
    { status: 'cancelled', forfeitedCents: 9000, recordedCents: 9000 },
  ],
  ['a cancelled private charter without a price', { status: 'cancelled', kind: 'private', recordedCents: 0 }],
  ['comps on a charter that did not sail', { status: 'cancelled', comps: 20, recordedCents: 0 }],
  ['nothing forfeited of a charter that sailed', { forfeitedCents: 0 }],
  ['a no-show without money', { status: 'no-show', recordedCents: 0 }],
])('%s gives no finding', (_what, changes) => {
  expect(findingsWith(changes)).toEqual([]);
});

test('half of last year’s charters is not unusually few', () => {
  for (const charters of [2, 0])
    expect(findingsGiven({ comparison: { prior: null, lastYear: ago(charters, 125_000) } })).toEqual([]);
});

describe('a change that readers will ask about', () => {
  const codes = (changes: Partial<StatementInput>): readonly FindingCode[] =>
    findingsGiven(changes).map(({ code }) => code);
  const asks = ['variance-unexplained'];
  const note: Adjustment = {
    kind: 'note',
    charterId: null,
    month: '2026-05',
    reason: 'The regatta moved to May.',
    who: 'Nora',
    link: '',
    cell: 'A2',
  };
  const last = (reportableCents: number) => ({ prior: null, lastYear: ago(1, reportableCents) });

  test('is one over the percentage, up or down; the percentage itself is not over it', () => {
    // This month reports $1,250.00.
    expect(codes({ comparison: last(100_000), explainOverPercent: 25 })).toEqual([]);
    expect(codes({ comparison: last(99_999), explainOverPercent: 25 })).toEqual(asks);
    expect(codes({ comparison: last(250_000) })).toEqual([]);
    expect(codes({ comparison: last(250_002) })).toEqual(asks);
    expect(codes({ comparison: last(125_001), explainOverPercent: 0 })).toEqual(asks);
  });

  test('is looked for against last year; against the month before only when last year is unknown', () => {
    const prior = { ...ago(1, 10_000), month: '2026-04' };
    expect(codes({ comparison: { prior, lastYear: ago(1, 125_000) } })).toEqual([]);
    expect(findingsGiven({ comparison: { prior, lastYear: null } })[0]?.message).toContain('of April 2026');
    expect(codes({ comparison: { prior: null, lastYear: null } })).toEqual([]);
  });

  test('from nothing is one, without a percentage', () => {
    const [found] = findingsGiven({ comparison: last(0) });
    expect(found).toMatchObject({ code: 'variance-unexplained', cents: 125_000 });
    expect(found?.message).toContain('$1,250.00 more than the $0.00 of May 2025');
  });

  test('is explained by a note on the month, and by no other adjustment', () => {
    const comparison = last(10_000);
    expect(codes({ comparison, adjustments: [note] })).toEqual([]);
    expect(codes({ comparison, adjustments: [{ ...note, charterId: 'c-other' }] })).toEqual(asks);
  });

  test('is none when the setting is empty, nor in an empty month, which has its own finding', () => {
    expect(codes({ comparison: last(1), explainOverPercent: null })).toEqual([]);
    expect(findingsGiven({ comparison: last(1) }, []).map(({ code }) => code)).toEqual(['empty-month']);
  });
});

test('a month that is not over: a charter to come is not open, and money paid ahead is no refund', () => {
  const ahead = { status: 'scheduled', statusText: 'scheduled', date: '2026-05-20' } as const;
  const onThe = (today: string, recordedCents: number): readonly Finding[] =>
    findingsGiven({ today }, readable(other, charter({ ...ahead, recordedCents })));
  expect(onThe('2026-05-20', 0)).toEqual([]);
  expect(onThe('2026-05-21', 0).map(({ code }) => code)).toEqual(['status-open']);
  const [paid, ...more] = onThe('2026-05-10', 50_000);
  expect(more).toEqual([]);
  expect(paid).toMatchObject({ code: 'paid-not-sailed', cents: 50_000 });
  expect(paid?.message).toContain('has not sailed yet');
});

test('a charter without items of its own region is compared only in its month', () => {
  const only = (changes: Partial<RegionDifference>): number =>
    findingsGiven({
      regions: { primary: answered, second: answered, differences: [{ ...difference, ...changes }] },
    }).length;
  expect(only({ date: '2026-06-01', month: '2026-06' })).toBe(0);
  expect(only({ date: '2026-06-01', month: '2026-05' })).toBe(1);
  expect(only({ date: null, month: null })).toBe(1);
  expect(only({ date: null, month: 'May' })).toBe(1);
  expect(only({ date: null, month: '2026-06' })).toBe(0);
  const moved = [{ name: 'date', primary: '2026-06-01', second: '2026-05-31' }];
  expect(only({ date: '2026-06-01', month: '2026-06', attributes: moved })).toBe(1);
});

test('items of neighbour months that can’t be read are their own month’s business', () => {
  expect(
    findingsGiven({}, [...readable(other), unreadable({ date: '2026-06-02', month: '2026-06' })]),
  ).toEqual([]);
  expect(findingsGiven({}, [...readable(other), unreadable({ date: null, month: '2026-06' })])).toEqual([]);
  expect(
    findingsGiven({}, [...readable(other), unreadable({ date: '2026-06-02', month: '2026-05' })]),
  ).toHaveLength(1);
});

test('severities can be set, and go before the code’s own and before the finding’s own', () => {
  const differs = calculate(
    input(readable(charter({ recordedCents: 1 })), { severities: { 'revenue-differs': 'info' } }),
  );
  expect(differs.findings).toMatchObject([{ code: 'revenue-differs', severity: 'info' }]);
  const regions = { primary: { ...down }, second: answered, differences: [] };
  expect(findingsGiven({ regions, severities: { 'region-down': 'info' } })).toMatchObject([
    { severity: 'info' },
  ]);
});

test('the worst findings come first', () => {
  const { findings } = month(
    charter({ id: 'a', crewIds: ['ghost'] }),
    charter({ id: 'b', date: '2026-05-15', recordedCents: 1 }),
  );
  expect(findings.map(({ severity }) => severity)).toEqual(['block', 'warn']);
});

test('one cause gives one finding: what makes the figures doubtful hides the difference that follows from it', () => {
  expect(findingsWith({ comps: 11, recordedCents: 3 }).map(({ code }) => code)).toEqual([
    'comps-exceed-guests',
  ]);
  expect(findingsWith({ kind: 'private', recordedCents: 3 }).map(({ code }) => code)).toEqual([
    'price-missing',
  ]);
  expect(findingsWith({ status: 'unknown', recordedCents: 3 }).map(({ code }) => code)).toEqual([
    'status-open',
  ]);
});
