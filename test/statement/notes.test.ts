import type { Adjustment } from '../../src/statement/adjustments.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { CarriedFinding } from '../../src/statement/carried.ts';
import type { Charter } from '../../src/statement/charter.ts';
import type { StatementInput } from '../../src/statement/input.ts';
import type { RateRow } from '../../src/statement/rates.ts';
import { charter, input, readable, statementOf, unreadable } from './samples.ts';

const notesOf = (changes: Parameters<typeof charter>[0]): string | undefined =>
  statementOf(charter(changes)).lines[0]?.notes;

test.each<[Parameters<typeof charter>[0], string]>([
  [{}, ''],
  [{ comps: 1, compNotes: 'owner' }, '1 comp: owner'],
  [{ comps: 2 }, '2 comps'],
  [{ discountCents: 500, refundCents: 0 }, 'discount $5.00'],
  [{ noShows: 1 }, '1 no-show'],
  [{ noShows: 3, refundCents: 1250 }, 'refund $12.50; 3 no-shows'],
  [{ status: 'cancelled', comps: 2, forfeitedCents: 9000 }, 'cancelled; forfeited $90.00'],
  [{ forfeitedCents: 9000, discountCents: 500 }, 'discount $5.00'],
  [{ status: 'cancelled', discountCents: 500, flatPriceCents: 90_000 }, 'cancelled'],
  [{ flatPriceCents: 90_000 }, 'flat price $900.00'],
  [{ status: 'no-show', statusText: 'No-Show', cancelReason: 'late' }, 'No-Show: late'],
])('%j is noted as “%s”', (changes, notes) => {
  expect(notesOf(changes)).toBe(notes);
});

test('a duplicate says of which, and that it is not counted', () => {
  const { lines } = statementOf(charter({ id: 'a' }), charter({ id: 'b' }));
  expect(lines.map(({ notes }) => notes)).toEqual(['', 'duplicate of a, not counted (recorded $1,250.00)']);
});

test('footnotes tell what a reader would ask', () => {
  const { footnotes } = statementOf(
    charter({ comps: 1, recordedCents: 112_000, taxCents: 100 }),
    charter({ id: 'c-2', date: '2026-05-02', status: 'cancelled', recordedCents: 0 }),
    charter({ id: 'c-3', date: '2026-05-03', status: 'cancelled', recordedCents: 0 }),
  );
  expect(footnotes).toEqual([
    '2 charters that did not sail are listed with 0 guests; only money kept from them counts.',
    '1 guest sailed without paying (comps), worth $125.00 at the charters’ rates.',
    'Outside revenue: tax $1.00.',
    'Recorded revenue is $1,120.00, $5.00 less than is reported.',
  ]);
});

test('footnotes tell open charters from those that did not sail, and name what is not counted', () => {
  const { footnotes } = calculate(
    input([
      ...readable(
        charter({ id: 'a' }),
        charter({ id: 'b' }),
        charter({ id: 'c', date: '2026-05-03', status: 'scheduled', recordedCents: 0 }),
        charter({ id: 'd', date: '2026-05-04', status: 'unknown', recordedCents: 0 }),
      ),
      unreadable(),
    ]),
  ).statement;
  expect(footnotes).toEqual([
    '2 charters are still open and are listed with 0 guests.',
    '1 charter is entered twice; the second entry is not counted.',
    '1 charter could not be read and is not counted.',
  ]);
});

test('comps on a flat price are worth nothing, and no worth is named', () => {
  const { footnotes } = statementOf(charter({ comps: 2, flatPriceCents: 90_000, recordedCents: 90_000 }));
  expect(footnotes).toEqual(['2 guests sailed without paying (comps).']);
});

describe('footnotes of what happened around the month', () => {
  const notes = (changes: Partial<StatementInput>, ...charters: readonly Charter[]): readonly string[] =>
    calculate(input(readable(...charters), changes)).statement.footnotes;

  test('a standard rate that changed within the month, if somebody sailed at it', () => {
    const row = (from: string, rateCents: number, vessel: string | null = null): RateRow => ({
      ...{ from, vessel, rateCents, note: '', cell: 'C2' },
    });
    const rates = [
      row('2026-05-01', 12_500),
      row('2026-05-10', 13_500),
      row('2026-05-12', 14_000, 'Osprey'),
      row('2026-05-30', 15_000),
      row('2026-06-01', 16_000),
    ];
    const sailed = charter({ recordedCents: 135_000 });
    expect(notes({ rates }, charter({ id: 'c-2', date: '2026-05-02' }), sailed)).toEqual([
      'From May 10, 2026 the standard rate is $135.00 a guest.',
    ]);
    const osprey = charter({ vessel: 'OSPREY', recordedCents: 140_000 });
    expect(notes({ rates }, osprey)).toEqual([
      'From May 12, 2026 the standard rate on Osprey is $140.00 a guest.',
    ]);
    expect(notes({ rates }, charter({ date: '2026-05-02' }))).toEqual([]);
    // At that rate already, by a word of its own.
    const early = charter({ date: '2026-05-02', rateCents: 13_500, recordedCents: 135_000 });
    expect(notes({ rates }, early)).toEqual([]);
    const heron = charter({ date: '2026-05-14', rateCents: 14_000, recordedCents: 140_000 });
    expect(notes({ rates }, heron)).toEqual([]);
    expect(notes({ rates }, charter({ recordedCents: 0, status: 'cancelled' }))).toHaveLength(1);
  });

  test('what is open from earlier months, in the words of who carried it forward', () => {
    const row: CarriedFinding = {
      month: '2026-04',
      code: 'revenue-differs',
      charterId: 'a-7',
      cents: -4500,
      reason: 'The agent owes us a word',
      who: 'Nora',
      resolved: false,
      cell: 'A2',
    };
    const carried = [
      row,
      { ...row, charterId: null, cents: null },
      { ...row, resolved: true },
      { ...row, month: '2026-05' },
      { ...row, month: '2026-06' },
    ];
    expect(notes({ carried }, charter())).toEqual([
      'Not settled yet from April 2026, charter a-7, -$45.00: The agent owes us a word (Nora).',
      'Not settled yet from April 2026: The agent owes us a word (Nora).',
    ]);
    const many = notes({ carried: Array.from({ length: 12 }, () => row) }, charter());
    expect(many).toHaveLength(10);
    expect(many[9]).toBe('3 more questions about earlier months are not settled yet.');
    expect(notes({ carried: Array.from({ length: 10 }, () => row) }, charter())).toHaveLength(10);
  });

  test('adjustments, and notes on the month, come last', () => {
    const row = { month: '2026-05', who: 'Nora', link: '', cell: 'A2' };
    const adjustments: Adjustment[] = [
      { ...row, kind: 'discount', charterId: 'c-1', cents: 2500, reason: 'late departure' },
      { ...row, kind: 'note', charterId: null, reason: 'The regatta moved to May' },
    ];
    expect(notes({ adjustments }, charter({ comps: 1, recordedCents: 110_000 }))).toEqual([
      '1 guest sailed without paying (comps), worth $125.00 at the charters’ rates.',
      'Charter c-1: discount of $25.00 added, late departure (Nora).',
      'The regatta moved to May (Nora).',
    ]);
  });
});
