import fc from 'fast-check';
import { calculate } from '../../src/statement/calculate.ts';
import type { ComparisonSources, RegisteredMonth } from '../../src/statement/comparison.ts';
import { changeFrom, comparedMonths, comparisonOf, percentText } from '../../src/statement/comparison.ts';
import { charter, input, readable, unreadable } from './samples.ts';

const april = charter({ id: 'a-1', month: '2026-04', date: '2026-04-30' });
const mayAgo = charter({ id: 'y-1', month: '2025-05', date: '2025-05-03' });

const compare = (changes: Partial<ComparisonSources> = {}) =>
  comparisonOf({
    month: '2026-05',
    register: [],
    priorReadings: [],
    lastYearReadings: null,
    rates: [],
    standardRateCents: 12_500,
    currency: 'USD',
    ...changes,
  });

const row = (changes: Partial<RegisteredMonth> = {}): RegisteredMonth => ({
  month: '2026-04',
  version: 1,
  status: 'sent',
  figures: { charters: 9, paying: 90, reportableCents: 900_000 },
  ...changes,
});
const figures = (reportableCents: number) => ({ charters: 1, paying: 1, reportableCents });

describe('where the figures of another month come from', () => {
  test('a month that neither the register nor the table has is unknown', () => {
    expect(compare()).toEqual({ prior: null, lastYear: null });
    expect(compare({ priorReadings: readable(charter()), lastYearReadings: readable(april) })).toEqual({
      prior: null,
      lastYear: null,
    });
  });

  test('the register goes before the ledger, for the month before and for last year', () => {
    const sources = {
      register: [row(), row({ month: '2025-05', figures: figures(5) }), row({ month: '2026-03' })],
      priorReadings: readable(april),
      lastYearReadings: readable(mayAgo),
    };
    expect(compare(sources)).toEqual({
      prior: { month: '2026-04', charters: 9, paying: 90, reportableCents: 900_000, source: 'register' },
      lastYear: { month: '2025-05', ...figures(5), source: 'register' },
    });
  });

  test.each<[string, readonly RegisteredMonth[], number | undefined]>([
    [
      'the newest version that was sent',
      [
        row({ version: 2, figures: figures(2) }),
        row({ figures: figures(1) }),
        row({ version: 3, status: 'held', figures: figures(3) }),
      ],
      2,
    ],
    [
      'a month that was only held: the ledger’s, which may have been corrected since',
      [row({ status: 'held', figures: figures(1) })],
      125_000,
    ],
    ['a status that a person typed', [row({ status: ' Sent ', figures: figures(7) })], 7],
    [
      'a sent month whose figures nobody knows: the ledger’s, not those of the version that it replaced',
      [row({ figures: figures(1) }), row({ version: 2, figures: null })],
      125_000,
    ],
  ])('%s', (_what, register, reportableCents) => {
    expect(compare({ register, priorReadings: readable(april) }).prior?.reportableCents).toBe(
      reportableCents,
    );
  });

  test('a month that the ledger lacks is the newest of any status that has figures', () => {
    const register = [
      row({ status: 'held', figures: figures(1) }),
      row({ version: 2, status: 'ready', figures: figures(2) }),
      row({ version: 3, status: 'held', figures: null }),
    ];
    expect(compare({ register, priorReadings: [] }).prior?.reportableCents).toBe(2);
  });

  test('the ledger’s month is calculated as its statement was: by date, duplicates and cancelled not counted', () => {
    const charters = [
      charter({ ...april, comps: 2, discountCents: 1000, refundCents: 500 }),
      charter({ ...april, id: 'a-2' }),
      charter({ ...april, id: 'a-3', departs: '09:00', status: 'cancelled', forfeitedCents: 7000 }),
      charter({ ...april, id: 'a-4', departs: '10:00', kind: 'private', flatPriceCents: 90_000 }),
      charter({ id: 'stale', month: '2026-04' }),
    ];
    const { prior } = compare({ priorReadings: [...readable(...charters), unreadable()] });
    const { totals } = calculate(input(readable(...charters), { month: '2026-04' })).statement;
    expect(prior).toEqual({
      month: '2026-04',
      charters: 2,
      paying: 18,
      reportableCents: 100_000 - 1500 + 7000 + 90_000,
      source: 'ledger',
    });
    expect(prior).toMatchObject({
      charters: totals.charters,
      paying: totals.paying,
      reportableCents: totals.reportableCents,
    });
  });

  test('with the rates of its days; a charter that can’t be right is left out as in its statement', () => {
    const rates = [{ from: '2025-01-01', vessel: null, rateCents: 10_000, note: '', cell: 'C2' }];
    const mad = charter({ ...mayAgo, id: 'y-2', departs: '08:00', guests: 10_000_000 });
    expect(compare({ lastYearReadings: readable(mayAgo, mad), rates }).lastYear).toMatchObject({
      charters: 1,
      reportableCents: 100_000,
    });
  });
});

describe('change in percent', () => {
  test.each<[number, number, number | null]>([
    [100_000, 112_345, 123],
    [100_000, 112_350, 124],
    [100_000, 87_650, -124],
    [100_000, 87_651, -123],
    [100_000, 100_000, 0],
    [100_000, 99_999, 0],
    [3, 1, -667],
    [-100_000, -50_000, 500],
    [-100_000, -150_000, -500],
    [0, 5000, null],
    [0, 0, null],
    [1, 9_007_199_254_740_991, null],
  ])('from %d to %d cents: %s tenths', (base, now, tenths) => {
    expect(changeFrom(base, now)).toEqual({ changeCents: now - base, percentTenths: tenths });
  });

  test('of any two amounts: the nearest tenth, and with the sign of the change', () => {
    const cents = fc.integer({ min: -5_000_000_000_000, max: 5_000_000_000_000 });
    fc.assert(
      fc.property(cents, cents, (base, now) => {
        const { changeCents, percentTenths } = changeFrom(base, now);
        if (base === 0 || percentTenths === null) return;
        // |tenths × base − 1000 × change| is at most half a tenth of the base.
        const size = BigInt(Math.abs(base));
        const off = BigInt(percentTenths) * size - 1000n * BigInt(changeCents);
        expect(2n * (off < 0n ? -off : off) <= size).toBe(true);
        expect(percentTenths === 0 || percentTenths > 0 === changeCents > 0).toBe(true);
      }),
    );
  });

  test.each<[number, string]>([
    [123, '+12.3 %'],
    [-5, '-0.5 %'],
    [0, '0.0 %'],
    [1549, '+154.9 %'],
    [-1000, '-100.0 %'],
  ])('%d tenths are written %s', (tenths, text) => {
    expect(percentText(tenths)).toBe(text);
  });
});

test('the statement names the month before first, then last year, and none that is unknown', () => {
  const prior = {
    month: '2025-12',
    charters: 1,
    paying: 1,
    reportableCents: 20_000,
    source: 'ledger',
  } as const;
  const lastYear = { ...prior, month: '2025-01', reportableCents: 0, source: 'register' } as const;
  expect(comparedMonths(25_000, { prior, lastYear })).toEqual([
    {
      label: 'December 2025',
      month: '2025-12',
      reportableCents: 20_000,
      changeCents: 5000,
      percentTenths: 250,
      fromLedger: true,
    },
    { label: 'January 2025', month: '2025-01', reportableCents: 0, changeCents: 25_000, percentTenths: null },
  ]);
  expect(comparedMonths(25_000, { prior: null, lastYear }).map(({ month }) => month)).toEqual(['2025-01']);
});

test('what a statement is compared with is part of what it says; where it was read from is not', () => {
  const prior = { month: '2026-04', charters: 1, paying: 1, reportableCents: 100, source: 'ledger' } as const;
  const of = (changes: Parameters<typeof input>[1]): string =>
    calculate(input(readable(charter()), changes)).statement.fingerprint;
  const plain = of({});
  const compared = of({ comparison: { prior, lastYear: null } });
  expect(compared).not.toBe(plain);
  // Whether its figures were sent or are counted from the ledger is told, and changes none of them.
  expect(of({ comparison: { prior: { ...prior, source: 'register' }, lastYear: null } })).toBe(compared);
  const down = { region: 'us-west-2', answered: false, problem: 'no answer' };
  const up = { region: 'us-east-1', answered: true, problem: null };
  expect(of({ regions: { primary: up, second: down, differences: [] } })).toBe(plain);
});
