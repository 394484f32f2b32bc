import { calculate } from '../../src/statement/calculate.ts';
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
