import fc from 'fast-check';
import type { Adjustment } from '../../src/statement/adjustments.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { charterLines, correctionLines } from '../../src/statement/corrections.ts';
import { DEFAULT_TOLERANCES } from '../../src/statement/evidence-audit/question.ts';
import type { StatementInput } from '../../src/statement/input.ts';
import { totalsOf } from '../../src/statement/lines.ts';
import { statementMail } from '../../src/statement/mail-words.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import { auditBridge } from '../../src/statement/template-audit.ts';
import { template } from './grids.ts';
import { APPROVAL, anyMonth, charter, input, month as monthOf, readable, statementOf } from './samples.ts';

const correction = (
  changes: Partial<Adjustment & { kind: 'correction' }> = {},
): Adjustment & { kind: 'correction' } => ({
  month: '2026-05',
  kind: 'correction',
  charterId: 'BH-2026-04-003',
  cents: -12_500,
  reason: 'Change to April 2026 after it was sent: guests 8 → 7',
  who: 'nora@blueheron.example',
  link: '',
  cell: "'Purser adjustments'!A2",
  ...changes,
});

const carrying = (
  charters: readonly Charter[],
  adjustments: readonly Adjustment[],
  changes: Partial<StatementInput> = {},
) => calculate(input(readable(...charters), { ...changes, adjustments }));

test('a correction is one line under the charters, with its reason, and no sailing', () => {
  const { statement, findings } = carrying(
    [charter(), charter({ id: 'c-2', date: '2026-05-31', departs: '23:00' })],
    [correction()],
  );
  expect(statement.lines.map(({ id }) => id)).toEqual(['c-1', 'c-2', 'BH-2026-04-003 correction']);
  expect(statement.lines[2]).toMatchObject({
    date: '2026-05-31',
    kind: 'correction',
    statusText: 'correction',
    counted: false,
    guests: 0,
    comps: 0,
    paying: 0,
    rateCents: null,
    reportableCents: -12_500,
    recordedCents: -12_500,
    differenceCents: 0,
    notes: 'Change to April 2026 after it was sent: guests 8 → 7',
  });
  expect(statement.totals).toMatchObject({
    charters: 2,
    guests: 20,
    reportableCents: 2 * 125_000 - 12_500,
    recordedCents: 2 * 125_000 - 12_500,
    differenceCents: 0,
    carriedCents: -12_500,
  });
  expect(findings).toEqual([]);
});

test('what is carried stands in the footnotes and in the mail’s figures, with who decided it', () => {
  const { statement } = carrying([charter()], [correction({ charterId: null, cents: 2500 })]);
  expect(statement.footnotes).toContain(
    'correction of $25.00, Change to April 2026 after it was sent: guests 8 → 7 (nora@blueheron.example).',
  );
  const mail = statementMail(statement, 'statement.xlsx');
  expect(mail.text).toMatch(/of it carried from earlier months +\$25\.00/);
  expect(mail.html).toContain('of it carried from earlier months');
  expect(statementMail(statementOf(charter()), 's.xlsx').text).not.toContain('carried');
});

test('a month without corrections, or whose corrections come to nothing, has no word of them in its totals', () => {
  expect(statementOf(charter()).totals).not.toHaveProperty('carriedCents');
  const both = [correction({ cents: 100 }), correction({ cents: -100 })];
  expect(carrying([charter()], both).statement.totals).not.toHaveProperty('carriedCents');
});

test('an approval changes no fingerprint', () => {
  const approved = calculate(input(readable(charter()), { approval: APPROVAL })).statement;
  expect(approved.approval).toEqual(APPROVAL);
  expect(approved.fingerprint).toBe(statementOf(charter()).fingerprint);
});

test('two corrections of one charter, and one of a charter that sails in the month, each have a name of their own', () => {
  const rows = [
    correction({ charterId: 'c-1' }),
    correction({ charterId: 'c-1' }),
    correction({ charterId: null }),
    correction({ charterId: null }),
  ];
  const charters = [charter(), charter({ id: 'c-1 correction', departs: '18:00' })];
  const ids = carrying(charters, rows).statement.lines.map(({ id }) => id);
  expect(ids).toEqual([
    'c-1',
    'c-1 correction',
    'c-1 correction 2',
    'c-1 correction 3',
    'correction',
    'correction 2',
  ]);
});

test('the charter that it corrects sailed in another month: nothing is said of that', () => {
  const april = charter({ id: 'BH-2026-04-003', month: '2026-04', date: '2026-04-30' });
  const witnesses = {
    asked: { bookings: false, tripSheets: false },
    tolerances: DEFAULT_TOLERANCES,
    dayOf: (instant: string) => instant.slice(0, 10),
    bookings: [],
    tripSheets: [],
  };
  expect(carrying([charter(), april], [correction()], { witnesses }).findings).toEqual([]);
});

test('a row of another month corrects nothing in this one', () => {
  expect(correctionLines({ month: '2026-05', adjustments: [correction({ month: '2026-06' })] }, [])).toEqual(
    [],
  );
});

test('a correction makes no month: one without charters is still held as empty', () => {
  const { statement, findings } = carrying([], [correction()]);
  expect(findings.map(({ code }) => code)).toEqual(['empty-month']);
  expect(statement.footnotes[0]).toBe('No charters were recorded for May 2026.');
  expect(charterLines(statement)).toEqual([]);
});

test('what is carried is no unexplained change: the month’s own revenue is compared', () => {
  const comparison = {
    prior: null,
    lastYear: {
      month: '2025-05',
      charters: 1,
      paying: 10,
      reportableCents: 125_000,
      source: 'register',
    } as const,
  };
  const codes = (cents: number, charters: readonly Charter[]) =>
    carrying(charters, [correction({ cents })], { comparison }).findings.map(({ code }) => code);
  expect(codes(-100_000, [charter()])).toEqual([]);
  const [finding] = carrying(
    [charter({ guests: 20, recordedCents: 250_000 })],
    [correction({ cents: -125_000 })],
    { comparison },
  ).findings;
  expect(finding).toMatchObject({ code: 'variance-unexplained', cents: 125_000 });
  expect(finding?.message).toContain('reports $2,500.00 (without -$1,250.00 carried from earlier months)');
});

const anyCorrections = fc.array(
  fc.record({
    cents: fc.integer({ min: -50_000_000_000, max: 50_000_000_000 }),
    charterId: fc.option(fc.constantFrom('c-0', 'c-1', 'c-1 correction', '__proto__', '=1+1'), { nil: null }),
    reason: fc.string({ minLength: 1 }),
  }),
  { maxLength: 6 },
);

test('to the cent: lines add up to totals, the bridge to reportable revenue, and the difference is untouched', () => {
  fc.assert(
    fc.property(anyMonth, anyCorrections, (charters, corrections) => {
      const without = monthOf(...charters).statement;
      const { statement } = carrying(charters, corrections.map(correction));
      const { lines, totals } = statement;
      const carried = corrections.reduce((sum, { cents }) => sum + cents, 0);
      expect(lines.slice(0, without.lines.length)).toEqual(without.lines);
      expect(totals).toEqual(totalsOf(lines));
      expect(lines.reduce((sum, line) => sum + line.reportableCents, 0)).toBe(totals.reportableCents);
      expect(totals.carriedCents ?? 0).toBe(carried);
      expect(totals.reportableCents).toBe(without.totals.reportableCents + carried);
      expect(totals.differenceCents).toBe(without.totals.differenceCents);
      expect(
        totals.grossCents -
          totals.compsCents -
          totals.discountsCents -
          totals.refundsCents +
          totals.forfeitedCents +
          carried,
      ).toBe(totals.reportableCents);
      expect({ ...totals, reportableCents: 0, recordedCents: 0, carriedCents: 0 }).toEqual({
        ...without.totals,
        reportableCents: 0,
        recordedCents: 0,
        carriedCents: 0,
      });
      expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
      if (corrections.length === 0) expect(statement.fingerprint).toBe(without.fingerprint);
    }),
    { numRuns: 60 },
  );
});

test('the month tab has its row, and its sums are checked with it', () => {
  const rows = [
    [
      '{{charter.id}}',
      '{{charter.guests}}',
      '{{charter.reportable}}',
      '{{charter.rate}}',
      '{{charter.departs}}',
    ],
    ['{{total.carried}}', '=SUM(B1:B1)', '=SUM(C1:C1)', '=SUM(D1:D1)', ''],
  ];
  const { statement } = carrying([charter()], [correction()]);
  const plan = makeSheetPlan(template(rows), statement, 'May 2026');
  expect(plan.rows.map((cells) => cells.map(({ check }) => check))).toEqual([
    [
      { kind: 'text', text: 'c-1' },
      { kind: 'number', number: 10 },
      { kind: 'cents', cents: 125_000 },
      { kind: 'cents', cents: 12_500 },
      { kind: 'text', text: '17:30' },
    ],
    [
      { kind: 'text', text: 'BH-2026-04-003 correction' },
      { kind: 'number', number: 0 },
      { kind: 'cents', cents: -12_500 },
      { kind: 'blank' },
      { kind: 'blank' },
    ],
    [
      { kind: 'cents', cents: -12_500 },
      { kind: 'number', number: 10 },
      { kind: 'cents', cents: 112_500 },
      { kind: 'cents', cents: 12_500 },
      null,
    ],
  ]);
});

describe('a Template whose bridge knows no corrections', () => {
  const prototype = ['{{charter.id}}'];
  const codes = (rows: readonly string[], adjustments: readonly Adjustment[]) =>
    auditBridge(template([prototype, ...rows.map((cell) => [cell])]), adjustments).map(({ code }) => code);

  test('is named in a month that carries one', () => {
    expect(codes(['{{total.gross}}'], [correction()])).toEqual(['template-suspect']);
  });

  test('is good enough in any other month, and so is one without a bridge, or with their cell', () => {
    expect(codes(['{{total.gross}}'], [])).toEqual([]);
    expect(codes(['{{total.reportable}}'], [correction()])).toEqual([]);
    expect(codes(['{{total.gross}}', 'carried: {{ Total.Carried }}'], [correction()])).toEqual([]);
  });
});
