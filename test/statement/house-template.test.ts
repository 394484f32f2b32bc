import { calculate } from '../../src/statement/calculate.ts';
import type { Comparison } from '../../src/statement/comparison.ts';
import { houseTemplate } from '../../src/statement/house-template.ts';
import type { SheetPlan } from '../../src/statement/sheet-plan.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import { readTemplate } from '../../src/statement/template.ts';
import { charter, input, readable } from './samples.ts';

function planned(comparison: Comparison): SheetPlan {
  const reading = readTemplate(houseTemplate('Template', 'USD'));
  if (!reading.ok) throw new Error(reading.problems.join(' '));
  const { statement } = calculate(
    input(readable(charter({ comps: 1, compNotes: 'Ann Lee, trade' })), { comparison }),
  );
  return makeSheetPlan(reading.template, statement, 'May 2026');
}

/** What stands in the row of this text, from its cell on; blank cells apart. */
function rowAfter(plan: SheetPlan, words: string): (string | number)[] {
  const shown = plan.rows.map((cells) =>
    cells.map(({ input: { kind, ...value } }) =>
      kind === 'text' || kind === 'number' ? (Object.values(value)[0] as string | number) : '',
    ),
  );
  const row = shown.find((cells) => cells.includes(words)) ?? [];
  return row.slice(row.indexOf(words)).filter((value) => value !== '');
}

const prior = {
  month: '2026-04',
  charters: 1,
  paying: 9,
  reportableCents: 90_000,
  source: 'ledger',
} as const;
const both = planned({ prior, lastYear: { ...prior, month: '2025-05', reportableCents: 150_000 } });

test('the house format shows the month beside the one before and the same month last year', () => {
  expect(rowAfter(both, 'Compared with')).toEqual(['Compared with', 'Reportable', 'Change', 'in percent']);
  expect(rowAfter(both, 'April 2026')).toEqual(['April 2026', 900, 225, '+25.0 %']);
  expect(rowAfter(both, 'May 2025')).toEqual(['May 2025', 1500, -375, '-25.0 %']);
});

test('a month that nobody knows leaves its row blank and the others where they are', () => {
  const plan = planned({ prior, lastYear: null });
  expect(rowAfter(plan, 'April 2026')).toHaveLength(4);
  expect(rowAfter(plan, 'May 2025')).toEqual([]);
  expect(plan.rows).toHaveLength(both.rows.length);
});

test('it names each comp, what readers should know, and where the data is from', () => {
  const texts = both.rows.flatMap((cells) =>
    cells.map(({ input: cell }) => (cell.kind === 'text' ? cell.text : '')),
  );
  expect(texts).toContain('May 14, 2026, 17:30, Blue Heron, c-1: 1 comp: Ann Lee, trade; worth $125.00');
  expect(texts.filter((text) => text.startsWith('1 guest sailed without paying'))).toHaveLength(1);
  expect(texts.find((text) => text.includes('Data as of'))).toContain(
    'Data as of 2026-06-01 06:00 from us-east-1; us-west-2 agrees. Revenue',
  );
});
