import type { CellFormat, TabGrid } from '../../src/statement/grid.ts';
import { houseTemplate } from '../../src/statement/house-template.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import type { Template } from '../../src/statement/template.ts';
import { readTemplate } from '../../src/statement/template.ts';
import { templateDifferences } from '../../src/workbook/template-check.ts';
import { formatted, grid, template } from '../statement/grids.ts';
import { charter, statementOf } from '../statement/samples.ts';

const blue: CellFormat = {
  backgroundColor: { blue: 1 },
  textFormat: { bold: true, fontSize: 12 },
  horizontalAlignment: 'CENTER',
};
/** A format that is there, so that the month tab keeps it. */
const plain: CellFormat = { numberFormat: { type: 'NUMBER', pattern: '#,##0' } };
const rows = (
  title: CellFormat,
  figure: CellFormat = { numberFormat: { type: 'NUMBER', pattern: '0.00' } },
) => [[formatted('{{month}}', title)], [formatted('{{charter.reportable}}', figure)], ['footer']];

/** The tab that Purser posts from a template, as a grid. */
function posted(from: Template): TabGrid {
  const plan = makeSheetPlan(
    from,
    statementOf(charter(), charter({ id: 'c-2', date: '2026-05-20' })),
    'April 2026',
  );
  return {
    ...from.grid,
    title: 'April 2026',
    rows: plan.rows,
    rowHeightsPx: plan.rowHeightsPx,
    merges: plan.merges,
  };
}

test('a month posted from the Template looks like it, also where Purser chose the number format', () => {
  for (const figure of [
    { numberFormat: { type: 'NUMBER', pattern: '0.00' } },
    {},
    { numberFormat: { type: 'TEXT' } },
  ]) {
    const ours = template(rows(blue, figure));
    expect(templateDifferences(ours, posted(ours))).toBeNull();
  }
  const house = readTemplate(houseTemplate('Template', 'USD'));
  if (!house.ok) throw new Error(house.problems.join());
  expect(templateDifferences(house.template, posted(house.template))).toBeNull();
});

test.each<[string, CellFormat, string]>([
  ['another fill', { ...blue, backgroundColor: { red: 1 } }, 'fill'],
  ['no bold', { ...blue, textFormat: { fontSize: 12 } }, 'bold'],
  ['another size', { ...blue, textFormat: { bold: true, fontSize: 14 } }, 'font size'],
  ['another alignment', { ...blue, horizontalAlignment: 'LEFT' }, 'alignment'],
  ['another number format', { ...blue, numberFormat: { type: 'NUMBER', pattern: '0' } }, 'number format'],
])('%s is noticed with its cell', (_what, format, aspect) => {
  const difference = templateDifferences(
    template(rows({ ...blue, ...plain })),
    grid(rows({ ...plain, ...format }), { title: 'April 2026' }),
  );
  expect(difference).toMatchObject({ code: 'template-differs' });
  expect(difference?.message).toContain("'April 2026'!A1 (");
  expect(difference?.message).toContain(aspect);
});

test('a figure’s number format that changed is noticed', () => {
  const prior = grid(rows(blue, { numberFormat: { type: 'NUMBER', pattern: '0' } }), { title: 'April 2026' });
  expect(templateDifferences(template(rows(blue)), prior)?.message).toContain(
    "'April 2026'!A2 (number format)",
  );
});

test('a column of another width is noticed, a hair’s breadth is not', () => {
  const wide = (px: number): TabGrid => grid(rows(blue), { title: 'April 2026', columnWidthsPx: [px] });
  expect(templateDifferences(template(rows(blue)), wide(150))?.message).toContain(
    'column A is 150 px wide, the Template’s 100',
  );
  expect(templateDifferences(template(rows(blue)), wide(102))).toBeNull();
});

test('what stands under the first charter is another month’s matter, and many differences are counted', () => {
  const below = grid([...rows(blue).slice(0, 2), [formatted('x', blue)]], { title: 'April 2026' });
  expect(templateDifferences(template(rows(blue)), below)).toBeNull();
  const many = [Array.from({ length: 20 }, () => formatted('{{charter.vessel}}', blue))];
  expect(templateDifferences(template(many), grid([['x']], { title: 'A' }))?.message).toMatch(
    / and 14 more\./,
  );
});
