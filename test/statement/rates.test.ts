import { calculate } from '../../src/statement/calculate.ts';
import type { RateRow } from '../../src/statement/rates.ts';
import { priceOf } from '../../src/statement/rates.ts';
import { charter, input, readable } from './samples.ts';

const row = (from: string, vessel: string | null, rateCents: number): RateRow => ({
  from,
  vessel,
  rateCents,
  note: '',
  cell: `${from}/${vessel}`,
});
const rates = [
  row('2026-05-01', null, 13_000),
  row('2026-03-01', 'Blue Heron', 14_000),
  row('2026-05-15', null, 15_000),
];

test.each([
  ['before every row the standard rate counts', '2026-02-28', 'Osprey', 12_500],
  ['from its day on a row counts', '2026-05-01', 'Osprey', 13_000],
  ['the newest row that covers the day counts', '2026-05-15', 'Osprey', 15_000],
  ['a row for the vessel goes before a newer one for any', '2026-05-20', 'Blue Heron', 14_000],
  ['vessels are told apart without case and spaces around', '2026-05-20', ' blue HERON ', 14_000],
])('%s', (_what, date, vessel, rateCents) => {
  expect(priceOf(charter({ date, vessel }), rates, 12_500)).toMatchObject({ by: 'rate', rateCents });
  expect(priceOf(charter({ date, vessel }), [...rates].reverse(), 12_500)).toMatchObject({
    by: 'rate',
    rateCents,
  });
});

test('a charter’s own price and rate go before every row, and say where they come from', () => {
  const at = { date: '2026-05-20' };
  expect(priceOf(charter({ ...at, flatPriceCents: 1, rateCents: 2 }), rates, 3)).toEqual({
    by: 'flat-price',
    priceCents: 1,
  });
  expect(priceOf(charter({ ...at, rateCents: 0 }), rates, 3)).toEqual({
    by: 'rate',
    rateCents: 0,
    source: 'item',
    cell: null,
  });
  expect(priceOf(charter({ ...at, vessel: 'x' }), rates, 3)).toEqual({
    by: 'rate',
    rateCents: 15_000,
    source: 'rates-tab',
    cell: '2026-05-15/null',
  });
  expect(priceOf(charter(at), [], 3)).toEqual({ by: 'rate', rateCents: 3, source: 'setting', cell: null });
});

test('a private charter has a price of its own or none', () => {
  expect(priceOf(charter({ kind: 'private' }), rates, 12_500)).toEqual({ by: 'nothing' });
});

test('the statement is calculated at the rates of the tab', () => {
  const { statement, findings } = calculate(input(readable(charter({ recordedCents: 140_000 })), { rates }));
  expect(statement.totals.reportableCents).toBe(140_000);
  expect(findings).toEqual([]);
});
