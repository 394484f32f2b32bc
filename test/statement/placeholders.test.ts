import {
  isKnownPlaceholder,
  lonePlaceholder,
  placeholderKind,
  placeholdersIn,
  placeholderValue,
} from '../../src/statement/placeholders.ts';
import { charter, statementOf } from './samples.ts';

// All that the Template may hold, with the kind of value that a cell gets.
const known: readonly [string, string][] = [
  ['month', 'text'],
  ['month.start', 'date'],
  ['month.end', 'date'],
  ['company', 'text'],
  ['statement.code', 'text'],
  ['statement.version', 'count'],
  ['fingerprint', 'text'],
  ['data.asof', 'text'],
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
  const statement = statementOf(charter());
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
