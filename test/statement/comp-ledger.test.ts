import fc from 'fast-check';
import type { Charter } from '../../src/statement/charter.ts';
import { compLines } from '../../src/statement/comp-ledger.ts';
import type { CompEntry } from '../../src/statement/statement.ts';
import { anyMonth, charter, statementOf } from './samples.ts';

const linesOf = (...charters: readonly Charter[]): string[] =>
  compLines(statementOf(...charters).comps, 'USD');

test('each charter with comps has its entry: when, where, who and why, and what it was worth', () => {
  const { comps } = statementOf(
    charter({ id: 'c-2', date: '2026-05-20', guests: 12, comps: 2, compNotes: ' Ann Lee, crew guest ' }),
    charter({ id: 'c-1', comps: 1 }),
    charter({ id: 'c-3', date: '2026-05-21' }),
  );
  expect(comps).toEqual([
    {
      charterId: 'c-1',
      date: '2026-05-14',
      departs: '17:30',
      vessel: 'Blue Heron',
      heads: 1,
      said: '',
      worthCents: 12_500,
    },
    {
      charterId: 'c-2',
      date: '2026-05-20',
      departs: '17:30',
      vessel: 'Blue Heron',
      heads: 2,
      said: 'Ann Lee, crew guest',
      worthCents: 25_000,
    },
  ]);
  expect(compLines(comps, 'USD')).toEqual([
    'May 14, 2026, 17:30, Blue Heron, c-1: 1 comp: no person or reason given; worth $125.00',
    'May 20, 2026, 17:30, Blue Heron, c-2: 2 comps: Ann Lee, crew guest; worth $250.00',
  ]);
});

test('at a flat price comps are worth nothing, and no worth is named', () => {
  expect(linesOf(charter({ comps: 1, compNotes: 'owner', flatPriceCents: 90_000 }))).toEqual([
    'May 14, 2026, 17:30, Blue Heron, c-1: 1 comp: owner',
  ]);
});

test('comps of charters that did not sail, and of duplicates, are none', () => {
  expect(
    linesOf(
      charter({ id: 'a', date: '2026-05-01', comps: 3, status: 'cancelled' }),
      charter({ id: 'b' }),
      charter({ id: 'c', comps: 2 }),
    ),
  ).toEqual(['None.']);
});

test('notes of several lines stay one line, and long ones are cut', () => {
  const [line = ''] = linesOf(charter({ comps: 1, compNotes: `Ann\nLee ${'x'.repeat(400)}` }));
  expect(line).toContain('1 comp: Ann Lee xxx');
  expect(line).toMatch(/x…; worth \$125\.00$/);
  expect(line.length).toBeLessThan(260);
});

test('of more than a row can show, the rest is summed up and none is lost', () => {
  const entry = (index: number): CompEntry => ({
    charterId: `c-${index}`,
    date: '2026-05-14',
    departs: '17:30',
    vessel: 'Blue Heron',
    heads: 2,
    said: 'Ann',
    worthCents: 25_000,
  });
  const entries = Array.from({ length: 40 }, (_, index) => entry(index));
  expect(compLines(entries.slice(0, 30), 'USD')).toHaveLength(30);
  const lines = compLines(entries, 'USD');
  expect(lines).toHaveLength(30);
  expect(lines[28]).toContain('c-28');
  expect(lines[29]).toBe('And 22 comps on 11 more charters, worth $2,750.00, in those charters’ notes.');
});

test('heads and worth of the entries are the statement’s totals', () => {
  fc.assert(
    fc.property(anyMonth, (charters) => {
      const { comps, totals } = statementOf(...charters);
      const sum = (pick: (entry: CompEntry) => number): number =>
        comps.reduce((before, entry) => before + pick(entry), 0);
      expect([sum(({ heads }) => heads), sum(({ worthCents }) => worthCents)]).toEqual([
        totals.comps,
        totals.compsCents,
      ]);
    }),
  );
});
