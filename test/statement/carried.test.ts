import fc from 'fast-check';
import type { CarriedFinding } from '../../src/statement/carried.ts';
import { applyCarried } from '../../src/statement/carried.ts';
import type { Finding, FindingCode } from '../../src/statement/findings.ts';
import { FINDING_CODES } from '../../src/statement/findings.ts';

const CONTEXT = {
  linksOf: (cell: string) => [{ label: cell, url: `https://sheet.example/${cell}` }],
  overrides: {},
  currency: 'USD',
};
const finding = (changes: Partial<Finding> = {}): Finding => ({
  code: 'trip-sheet-missing',
  severity: 'warn',
  charterId: 'c-1',
  cents: null,
  message: 'Charter c-1 has no trip sheet.',
  links: [],
  ...changes,
});
const row = (changes: Partial<CarriedFinding> = {}): CarriedFinding => ({
  month: '2026-05',
  code: 'trip-sheet-missing',
  charterId: 'c-1',
  cents: null,
  reason: 'The captain is at sea until June',
  who: 'Nora',
  resolved: false,
  cell: 'A2',
  ...changes,
});
const apply = (findings: Finding[], ...rows: CarriedFinding[]) =>
  applyCarried(findings, rows, '2026-05', CONTEXT);

test('a carried finding weighs one step less, says who and why, and links to the row', () => {
  expect(apply([finding()], row())).toEqual([
    finding({
      severity: 'info',
      message: 'Charter c-1 has no trip sheet. Carried forward by Nora: The captain is at sea until June',
      links: [{ label: 'A2', url: 'https://sheet.example/A2' }],
    }),
  ]);
  const held = finding({ code: 'revenue-differs', severity: 'block', cents: -12_500 });
  expect(apply([held], row({ code: 'revenue-differs', cents: -12_500 }))).toMatchObject([
    { severity: 'warn' },
  ]);
  expect(apply([finding({ severity: 'info' })], row())).toMatchObject([{ severity: 'info' }]);
});

test.each<[string, Partial<CarriedFinding>]>([
  ['another charter', { charterId: 'c-2' }],
  ['no charter', { charterId: null }],
  ['another code', { code: 'names-differ' }],
  ['a later month', { month: '2026-06' }],
  ['a resolved row', { resolved: true }],
  ['a resolved row of an earlier month', { resolved: true, month: '2026-04' }],
])('a row for %s changes nothing', (_what, changes) => {
  expect(apply([finding()], row(changes))).toEqual([finding()]);
});

test('a row whose finding is settled makes no noise', () => {
  expect(apply([], row())).toEqual([]);
});

test('a finding of another amount than the row’s is not carried, and says why', () => {
  const differs = finding({ code: 'amount-differs', cents: 25_000 });
  const [only] = apply([differs], row({ code: 'amount-differs', cents: 12_500 }));
  expect(only).toMatchObject({ severity: 'warn', links: [{ label: 'A2' }] });
  expect(only?.message).toContain('A2 does not carry it forward: that row is for $125.00.');
});

test('a row carries one finding: what came up since is not carried along', () => {
  const mail = (message: string, cents: number | null = null) =>
    finding({ code: 'booking-without-charter', charterId: null, cents, message });
  const carried = row({ code: 'booking-without-charter', charterId: null });
  expect(apply([mail('one'), mail('two')], carried).map(({ severity }) => severity)).toEqual([
    'warn',
    'info',
  ]);
  expect(apply([mail('one'), mail('two')], carried, carried).map(({ severity }) => severity)).toEqual([
    'info',
    'info',
  ]);
  const [left, ...lighter] = apply([mail('small', 100), mail('large', 900), mail('new', 500)], carried, {
    ...carried,
    cents: 100,
  });
  expect(lighter.map(({ message }) => message.split(' ')[0])).toEqual(['small', 'large']);
  expect(left).toEqual(mail('new', 500));
});

test.each<FindingCode>([
  'tab-edited',
  'no-recipients',
  'item-unreadable',
  'empty-month',
  'region-down',
  'adjustment-unreadable',
  'carried-unreadable',
  'evidence-incomplete',
  'regions-differ',
  'carried-forward',
])('%s holds whoever carries it forward, and says so', (code) => {
  const held = finding({ code, severity: 'block', charterId: null });
  const [only] = apply([held], row({ code, charterId: null }));
  expect(only?.severity).toBe('block');
  expect(only?.message).toMatch(/can’t be carried forward, so A2 has no effect\.$/);
});

test('what is open from an earlier month comes back with all that is known of it', () => {
  const earlier = row({ month: '2025-12', code: 'guests-differ', cents: -12_500, cell: 'A7' });
  expect(apply([], earlier)).toEqual([
    {
      code: 'carried-forward',
      severity: 'warn',
      charterId: 'c-1',
      cents: -12_500,
      message:
        'Still open from December 2025: guests-differ of charter c-1 (-$125.00). Nora carried it forward: “The captain is at sea until June”. When it is settled, write when or how into the column “Resolved” beside A7.',
      links: [{ label: 'A7', url: 'https://sheet.example/A7' }],
    },
  ]);
  expect(apply([], row({ month: '2026-04', charterId: null }))[0]?.message).toMatch(
    /^Still open from April 2026: trip-sheet-missing\. Nora/,
  );
  const overrides = { 'carried-forward': 'info' } as const;
  expect(applyCarried([], [earlier], '2026-05', { ...CONTEXT, overrides })).toMatchObject([
    { severity: 'info' },
  ]);
});

test('the worst stand first, and what came back stands among them', () => {
  const findings = [finding(), finding({ code: 'revenue-differs', severity: 'block' })];
  expect(
    apply(findings, row(), row({ month: '2026-04' })).map(({ code, severity }) => [code, severity]),
  ).toEqual([
    ['revenue-differs', 'block'],
    ['carried-forward', 'warn'],
    ['trip-sheet-missing', 'info'],
  ]);
});

test('whatever is carried, no finding is lost, none weighs more, and none weighs less without a row of its own', () => {
  const code = fc.constantFrom<FindingCode>('amount-differs', 'revenue-differs', 'tab-edited');
  const charterId = fc.constantFrom('c-1', 'c-2', null);
  const cents = fc.constantFrom(null, 100, 200);
  const rank = { block: 2, warn: 1, info: 0 };
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          code,
          charterId,
          cents,
          severity: fc.constantFrom<Finding['severity']>('block', 'warn', 'info'),
        }),
        { maxLength: 6 },
      ),
      fc.array(
        fc.record({
          code,
          charterId,
          cents,
          resolved: fc.boolean(),
          month: fc.constantFrom('2026-04', '2026-05', '2026-06'),
        }),
        { maxLength: 6 },
      ),
      (shapes, rows) => {
        const findings = shapes.map((shape, index) => finding({ ...shape, message: `${index}.` }));
        const after = apply(findings, ...rows.map((one) => row(one)));
        const back = rows.filter((one) => !one.resolved && one.month === '2026-04').length;
        expect(after.filter((one) => one.code === 'carried-forward')).toHaveLength(back);
        expect(after).toHaveLength(findings.length + back);
        let lighter = 0;
        findings.forEach((before, index) => {
          const now = after.find(({ message }) => message.startsWith(`${index}.`));
          const less = rank[before.severity] - rank[now?.severity ?? 'block'];
          expect([0, 1]).toContain(less);
          lighter += less;
          if (before.code === 'tab-edited') expect(less).toBe(0);
          expect({ ...now, severity: '', message: '', links: [] }).toEqual({
            ...before,
            severity: '',
            message: '',
          });
        });
        const own = rows.filter((one) => !one.resolved && one.month === '2026-05').length;
        expect(lighter).toBeLessThanOrEqual(own);
      },
    ),
    { numRuns: 500 },
  );
  expect(FINDING_CODES).toContain('carried-forward');
});
