import fc from 'fast-check';
import type { Adjustment } from '../../src/statement/adjustments.ts';
import { calculate } from '../../src/statement/calculate.ts';
import type { Charter } from '../../src/statement/charter.ts';
import type { Comparison } from '../../src/statement/comparison.ts';
import { houseTemplate } from '../../src/statement/house-template.ts';
import type { StatementInput } from '../../src/statement/input.ts';
import type { SheetPlan } from '../../src/statement/sheet-plan.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import type { Statement } from '../../src/statement/statement.ts';
import type { Template } from '../../src/statement/template.ts';
import { readTemplate } from '../../src/statement/template.ts';
import { auditBridge } from '../../src/statement/template-audit.ts';
import { anyMonth, charter, input, readable } from './samples.ts';

function house(): Template {
  const reading = readTemplate(houseTemplate('Template', 'USD'));
  if (!reading.ok) throw new Error(reading.problems.join(' '));
  return reading.template;
}

function plannedOf(
  charters: readonly Charter[],
  changes: Partial<StatementInput>,
): { plan: SheetPlan; statement: Statement } {
  const { statement } = calculate(input(readable(...charters), changes));
  return { plan: makeSheetPlan(house(), statement, 'May 2026'), statement };
}

function planned(comparison: Comparison): SheetPlan {
  return plannedOf([charter({ comps: 1, compNotes: 'Ann Lee, trade' })], { comparison }).plan;
}

const correction = (cents: number): Adjustment => ({
  month: '2026-05',
  kind: 'correction',
  charterId: 'c-9',
  cents,
  reason: 'guests 8 → 7',
  who: 'Nora',
  link: '',
  cell: "'Purser adjustments'!A2",
});

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

describe('how reportable revenue comes about', () => {
  const bridgeRows = (plan: SheetPlan): (string | number)[][] =>
    [
      'Gross (guests × rate, or price)',
      'less comps',
      'less discounts',
      'less refunds',
      'plus forfeited',
      'plus corrections of earlier months',
    ].map((label) => rowAfter(plan, label).slice(0, 2));

  /** In cents, as the formula beside “Reportable revenue” adds the cells up. */
  function sumOfBridge(plan: SheetPlan): number {
    const row = plan.rows.find(([first]) => {
      const cell = first?.input;
      return cell?.kind === 'text' && cell.text === 'Reportable revenue';
    });
    const [formula] = (row ?? []).flatMap(({ input: cell }) =>
      cell.kind === 'formula' ? [cell.formula] : [],
    );
    return [...(formula ?? '').matchAll(/([=+-])F(\d+)/g)].reduce((sum, [, sign, at]) => {
      const cell = plan.rows[Number(at) - 1]?.[5]?.input;
      if (cell?.kind !== 'number') throw new Error(`F${at} is no amount`);
      return sum + (sign === '-' ? -1 : 1) * Math.round(cell.number * 100);
    }, 0);
  }

  test('has a row for corrections of earlier months, which reads like its neighbours when there are none', () => {
    const rest = [
      ['Gross (guests × rate, or price)', 1250],
      ['less comps', 0],
      ['less discounts', 0],
      ['less refunds', 0],
      ['plus forfeited', 0],
    ];
    const label = 'plus corrections of earlier months';
    expect(bridgeRows(plannedOf([charter()], {}).plan)).toEqual([...rest, [label, 0]]);
    const { plan } = plannedOf([charter()], { adjustments: [correction(-12_500), correction(500)] });
    expect(bridgeRows(plan)).toEqual([...rest, [label, -120]]);
  });

  test('comes to the reportable revenue of any month, whatever it carries', () => {
    fc.assert(
      fc.property(
        anyMonth,
        fc.array(fc.integer({ min: -500_000, max: 500_000 }), { maxLength: 3 }),
        (charters, carried) => {
          const { plan, statement } = plannedOf(charters, { adjustments: carried.map(correction) });
          expect(sumOfBridge(plan)).toBe(statement.totals.reportableCents);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is complete in a month that carries a correction: nobody is warned', () => {
    expect(auditBridge(house(), [correction(-12_500)])).toEqual([]);
  });
});
