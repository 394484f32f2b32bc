import { calculate } from '../../src/statement/calculate.ts';
import type { Comparison } from '../../src/statement/comparison.ts';
import {
  fillText,
  isKnownPlaceholder,
  lonePlaceholder,
  placeholderKind,
  placeholdersIn,
  placeholderValue,
} from '../../src/statement/placeholders.ts';
import { APPROVAL, charter, input, readable, statementOf } from './samples.ts';

const prior = {
  month: '2026-04',
  charters: 1,
  paying: 8,
  reportableCents: 100_000,
  source: 'ledger',
} as const;
const lastYear = { ...prior, month: '2025-05', reportableCents: 200_000 };

// All that the Template may hold, with the kind of value that a cell gets.
const known: readonly [string, string][] = [
  ['month', 'text'],
  ['month.start', 'date'],
  ['month.end', 'date'],
  ['company', 'text'],
  ['statement.code', 'text'],
  ['statement.version', 'count'],
  ['fingerprint', 'text'],
  ['approved.by', 'text'],
  ['approved.on', 'date'],
  ['approved.certification', 'text'],
  ['data.asof', 'text'],
  ['data.from', 'text'],
  ['comps', 'text'],
  ['footnotes', 'text'],
  ...['prior', 'lastyear'].flatMap((name): [string, string][] => [
    [`${name}.month`, 'text'],
    [`${name}.reportable`, 'money'],
    [`${name}.change`, 'money'],
    [`${name}.percent`, 'text'],
  ]),
  ...['charters', 'guests', 'comps', 'paying'].map((name): [string, string] => [`total.${name}`, 'count']),
  ...[
    'reportable',
    'recorded',
    'difference',
    'gross',
    'compsvalue',
    'discounts',
    'refunds',
    'forfeited',
    'carried',
    'tax',
    'fees',
    'gratuity',
  ].map((name): [string, string] => [`total.${name}`, 'money']),
  ...['id', 'departs', 'vessel', 'kind', 'status', 'crew', 'notes'].map((name): [string, string] => [
    `charter.${name}`,
    'text',
  ]),
  ...['guests', 'comps', 'paying'].map((name): [string, string] => [`charter.${name}`, 'count']),
  ...['rate', 'reportable', 'recorded', 'difference'].map((name): [string, string] => [
    `charter.${name}`,
    'money',
  ]),
  ['charter.date', 'date'],
];

test.each(known)('{{%s}} is known and gives a cell a %s', (name, kind) => {
  const { statement } = calculate(
    input(readable(charter()), { comparison: { prior, lastYear }, approval: APPROVAL }),
  );
  expect(isKnownPlaceholder(name)).toBe(true);
  expect(placeholderValue(name, statement, statement.lines[0] ?? null).kind).toBe(kind);
  expect(placeholderKind(name)).toBe(kind);
});

test('totals and figures are the statement’s own', () => {
  const statement = statementOf(charter({ guests: 10, comps: 2, recordedCents: 90_000 }));
  expect(placeholderValue('total.difference', statement, null)).toEqual({ kind: 'money', cents: -10_000 });
  expect(placeholderValue('total.compsvalue', statement, null)).toEqual({ kind: 'money', cents: 25_000 });
  expect(placeholderValue('charter.paying', statement, statement.lines[0] ?? null)).toEqual({
    kind: 'count',
    count: 8,
  });
  expect(placeholderValue('fingerprint', statement, null)).toEqual({
    kind: 'text',
    text: statement.fingerprint.slice(0, 12),
  });
  expect(placeholderValue('month.end', statement, null)).toEqual({ kind: 'date', date: '2026-05-31' });
  expect(placeholderValue('data.asof', statement, null)).toEqual({ kind: 'text', text: '2026-06-01 06:00' });
});

test('each month that is compared has its own figures; one that is unknown leaves its cells blank', () => {
  const shown = (comparison: Comparison): unknown[] => {
    const { statement } = calculate(input(readable(charter()), { comparison }));
    return ['month', 'reportable', 'change', 'percent'].flatMap((name) =>
      ['prior', 'lastyear'].map((which) => {
        const value = placeholderValue(`${which}.${name}`, statement, null);
        return value.kind === 'money' ? value.cents : value.kind === 'text' ? value.text : value.kind;
      }),
    );
  };
  expect(shown({ prior, lastYear })).toEqual([
    ...['April 2026', 'May 2025'],
    ...[100_000, 200_000],
    ...[25_000, -75_000],
    ...['+25.0 %', '-37.5 %'],
  ]);
  expect(shown({ prior: null, lastYear: { ...lastYear, reportableCents: 0 } })).toEqual([
    ...['nothing', 'May 2025', 'nothing', 0, 'nothing', 125_000],
    ...['nothing', 'nothing'],
  ]);
});

test('names are read without case and spaces; a cell is one placeholder or it is text', () => {
  expect(placeholdersIn('{{ Month }} and {{TOTAL.gross}} and {one} {{a b}}')).toEqual([
    'month',
    'total.gross',
    'a b',
  ]);
  expect(lonePlaceholder('  {{ Total.Gross }} ')).toBe('total.gross');
  expect(lonePlaceholder('{{month}}.')).toBeNull();
  expect(lonePlaceholder('{{month}}{{month}}')).toBeNull();
  for (const name of ['constructor', '__proto__', 'toString', 'total.profit', ''])
    expect(isKnownPlaceholder(name)).toBe(false);
});

test('what an approval fills is blank while nobody has approved, alone in its cell and among words', () => {
  const draft = statementOf(charter());
  const approved = calculate(input(readable(charter()), { approval: APPROVAL })).statement;
  const words = 'Approved by {{Approved.By}} on {{ approved.on }}: “{{approved.certification}}”';
  expect(fillText(words, draft, null)).toBe('Approved by  on : “”');
  expect(fillText(words, approved, null)).toBe(
    'Approved by Dana Reyes on June 1, 2026: “I certify that this statement is true, correct and complete.”',
  );
  for (const name of ['approved.by', 'approved.on', 'approved.certification'])
    expect(placeholderValue(name, draft, null)).toEqual({ kind: 'nothing' });
  expect(placeholderValue('approved.on', approved, null)).toEqual({ kind: 'date', date: '2026-06-01' });
});
