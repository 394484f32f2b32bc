import fc from 'fast-check';
import type { AcceptedFinding } from '../../src/statement/accepted.ts';
import { acceptedWords, applyAccepted } from '../../src/statement/accepted.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { Finding, FindingCode, Severity } from '../../src/statement/findings.ts';
import { isClean, isHeld, isOpen, NEVER_WAIVED } from '../../src/statement/findings.ts';
import { charter, input, readable } from './samples.ts';

const CONTEXT = {
  linksOf: (cell: string) => [{ label: cell, url: `https://sheet.example/${cell}` }],
  currency: 'USD',
};
const finding = (changes: Partial<Finding> = {}): Finding => ({
  code: 'revenue-differs',
  severity: 'block',
  charterId: 'c-1',
  cents: -12_500,
  message: 'Charter c-1 records $125.00 less.',
  links: [],
  ...changes,
});
const row = (changes: Partial<AcceptedFinding> = {}): AcceptedFinding => ({
  month: '2026-05',
  code: 'revenue-differs',
  about: 'c-1',
  cents: -12_500,
  reason: 'Paid in cash, banked in June',
  who: 'Dana',
  on: '2026-06-02',
  cell: 'A2',
  ...changes,
});
const apply = (findings: Finding[], ...rows: AcceptedFinding[]) =>
  applyAccepted(findings, rows, '2026-05', CONTEXT);

test('an accepted finding keeps its weight and words, says who, when and why, and holds the month no longer', () => {
  const [only] = apply([finding()], row());
  expect(only).toEqual(
    finding({
      accepted: { reason: 'Paid in cash, banked in June', who: 'Dana', on: '2026-06-02' },
      links: [{ label: 'A2', url: 'https://sheet.example/A2' }],
    }),
  );
  expect(isHeld([finding()])).toBe(true);
  expect(isHeld(apply([finding()], row()))).toBe(false);
  expect(isClean(apply([finding()], row()))).toBe(true);
  expect(isClean(apply([finding(), finding({ charterId: 'c-2' })], row()))).toBe(false);
  expect(acceptedWords(only ?? {})).toBe('Accepted by Dana, 2026-06-02: Paid in cash, banked in June');
  expect(acceptedWords(finding())).toBe('');
});

test.each<[string, Partial<AcceptedFinding>]>([
  ['another charter', { about: 'c-2' }],
  ['no charter', { about: null }],
  ['another code', { code: 'amount-differs' }],
  ['an earlier month', { month: '2026-04' }],
  ['a later month', { month: '2026-06' }],
])('a row for %s changes nothing', (_what, changes) => {
  expect(apply([finding()], row(changes))).toEqual([finding()]);
});

test.each<[string, number | null, number | null, string]>([
  ['a cent less', -12_500, -12_501, 'A2 does not accept it: that row is for -$125.00, and this is -$125.01.'],
  ['the other sign', -12_500, 12_500, 'that row is for -$125.00, and this is $125.00.'],
  [
    'an amount where there was none',
    null,
    5_000,
    'that row is for one without an amount, and this is $50.00.',
  ],
  ['none where there was one', 5_000, null, 'that row is for $50.00, and this is one without an amount.'],
])('a finding that now has %s is open again, and says so', (_what, then, now, words) => {
  const [only] = apply([finding({ cents: now })], row({ cents: then }));
  expect(only?.accepted).toBeUndefined();
  expect(only?.message).toContain(words);
  expect(only?.message).toContain('If the reason holds for this too, correct the row.');
  expect(only?.links).toEqual([{ label: 'A2', url: 'https://sheet.example/A2' }]);
});

test('a row accepts a booking or a file by its name, and what is about the month by nothing', () => {
  const mail = finding({ code: 'mail-unreadable', charterId: null, about: 'HB-1', cents: null });
  expect(
    apply([mail], row({ code: 'mail-unreadable', about: 'HB-1', cents: null }))[0]?.accepted,
  ).toBeDefined();
  const month = finding({ code: 'unusually-few', charterId: null, cents: null });
  expect(apply([month], row({ code: 'unusually-few', about: null, cents: null }))[0]?.accepted).toBeDefined();
});

test('of findings that read the very same each wants a row of its own', () => {
  const twins = [finding(), finding({ message: 'The other one.' })];
  const taken = (...rows: AcceptedFinding[]) => apply(twins, ...rows).filter((one) => !isOpen(one)).length;
  expect([taken(), taken(row()), taken(row(), row({ cell: 'A3' }))]).toEqual([0, 1, 2]);
});

test('what it is about is told apart as a cell can hold it', () => {
  const odd = finding({ charterId: ' c\u0000\r\n1 ' });
  expect(apply([odd], row({ about: 'c\ufffd\n1' }))[0]?.accepted).toBeDefined();
});

test.each([...NEVER_WAIVED])('%s holds whoever accepts it, and says so', (code) => {
  const held = finding({ code, charterId: null, cents: null });
  const [only] = apply([held], row({ code, about: null, cents: null }));
  expect(only?.accepted).toBeUndefined();
  expect(only?.message).toMatch(/Nobody can accept a finding of this kind, so A2 has no effect\.$/);
});

test('what would leave the statement incomplete, or send it to nobody, is among what nobody can accept', () => {
  const codes: FindingCode[] = [
    'acceptance-unreadable',
    'empty-month',
    'item-unreadable',
    'no-recipients',
    'regions-differ',
    'sender-unreachable',
    'tab-edited',
  ];
  expect(codes.filter((code) => !NEVER_WAIVED.has(code))).toEqual([]);
});

test('open findings come first and of those the worst; accepted ones stand last', () => {
  const findings = [
    finding(),
    finding({ code: 'crew-unknown', severity: 'info', cents: null }),
    finding({ code: 'trip-sheet-missing', severity: 'warn', cents: null }),
  ];
  expect(apply(findings, row()).map(({ code }) => code)).toEqual([
    'trip-sheet-missing',
    'crew-unknown',
    'revenue-differs',
  ]);
});

test('a statement with an accepted finding is the very same statement, and calculate says that it is accepted', () => {
  const readings = readable(charter({ recordedCents: 90_000 }));
  const [before] = calculate(input(readings)).findings;
  if (before === undefined) throw new Error('nothing found');
  const accepted = [row({ code: before.code, about: before.charterId, cents: before.cents })];
  const after = calculate(input(readings, { accepted }));
  expect(after.findings[0]).toMatchObject({ code: 'revenue-differs', accepted: { who: 'Dana' } });
  expect(isClean(after.findings)).toBe(true);
  expect(after.statement).toEqual(calculate(input(readings)).statement);
});

test('whatever is accepted, no finding is lost or lighter, and none is accepted but by a row of its very own', () => {
  const code = fc.constantFrom<FindingCode>('amount-differs', 'revenue-differs', 'tab-edited');
  const about = fc.constantFrom('c-1', 'c-2', null);
  const cents = fc.constantFrom(null, 100, -100);
  const severity = fc.constantFrom<Severity>('block', 'warn', 'info');
  const month = fc.constantFrom('2026-04', '2026-05');
  fc.assert(
    fc.property(
      fc.array(fc.record({ code, charterId: about, cents, severity }), { maxLength: 6 }),
      fc.array(fc.record({ code, about, cents, month }), { maxLength: 6 }),
      (shapes, rows) => {
        const findings = shapes.map((shape, index) => finding({ ...shape, message: `${index}.` }));
        const after = apply(findings, ...rows.map((one) => row(one)));
        expect(after).toHaveLength(findings.length);
        const taken = after.filter((one) => !isOpen(one));
        findings.forEach((before, index) => {
          const now = after.find(({ message }) => message.startsWith(`${index}.`));
          expect(now).toMatchObject({ code: before.code, severity: before.severity, cents: before.cents });
        });
        for (const one of taken) {
          const same = (key: { code: string; cents: number | null }, id: string | null): boolean =>
            key.code === one.code && key.cents === one.cents && id === one.charterId;
          const own = rows.filter((given) => given.month === '2026-05' && same(given, given.about));
          expect(own.length).toBeGreaterThanOrEqual(
            taken.filter((other) => same(other, other.charterId)).length,
          );
          expect(one.code).not.toBe('tab-edited');
        }
        const firstAccepted = after.findIndex((one) => !isOpen(one));
        expect(after.slice(firstAccepted < 0 ? after.length : firstAccepted).some(isOpen)).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});
