import type { CellInput, GridArea, TabGrid } from '../../src/statement/grid.ts';
import { houseTemplate } from '../../src/statement/house-template.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import { readTemplate } from '../../src/statement/template.ts';
import { grid } from './grids.ts';
import { statementOf } from './samples.ts';

function problemsOf(rows: (string | CellInput)[][], merges: GridArea[] = []): readonly string[] {
  const reading = readTemplate(grid(rows, { title: 'Our template', merges }));
  return reading.ok ? [] : reading.problems;
}

test('a template with a prototype row is read, and its row is known', () => {
  const reading = readTemplate(
    grid([['{{month}}'], [], ['{{charter.date}}', '{{ Charter.Guests }}'], ['=SUM(B3:B3)']]),
  );
  expect(reading).toMatchObject({ ok: true, template: { prototypeRow: 2 } });
});

test.each<[string, (string | CellInput)[][], RegExp]>([
  ['no prototype row', [['{{month}}']], /^The tab Our template has no prototype row/],
  ['an empty tab', [], /has no prototype row/],
  [
    'an unknown placeholder',
    [['x', '{{total.profit}}'], ['{{charter.date}}']],
    /^'Our template'!B1 has the unknown placeholder \{\{total\.profit\}\}\.$/,
  ],
  [
    'an unknown charter placeholder',
    [['{{charter.dat}}']],
    /^'Our template'!A1 has the unknown placeholder \{\{charter\.dat\}\}\.$/,
  ],
  [
    'an empty placeholder',
    [['{{charter.date}} {{ }}']],
    /^'Our template'!A1 has the unknown placeholder \{\{\}\}\.$/,
  ],
  [
    'a charter placeholder on another row',
    [['{{charter.date}}'], [], ['', '{{charter.notes}}']],
    /^'Our template'!B3 has a \{\{charter\.…\}\} placeholder outside the prototype row \(row 1\)\.$/,
  ],
  [
    'a placeholder in a formula',
    [['{{charter.date}}', '="{{month}}"']],
    /^'Our template'!B1 has a placeholder inside a formula/,
  ],
  [
    'braces that never close',
    [['{{charter.date}}', '{{month']],
    /^'Our template'!B1 has a placeholder whose braces don't match: \{\{month$/,
  ],
  [
    'braces that never open',
    [['{{charter.date}}', 'month}}']],
    /^'Our template'!B1 has a placeholder whose braces don't match/,
  ],
])('refused with its cell: %s', (_what, rows, words) => {
  const problems = problemsOf(rows);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(words);
});

test('a cell merged over the prototype row and another is refused', () => {
  const over = { startRow: 0, endRow: 2, startColumn: 1, endColumn: 2 };
  expect(problemsOf([['{{charter.date}}'], ['x']], [over])).toEqual([
    "'Our template'!B1 is merged over the prototype row and others; unmerge it.",
  ]);
  expect(problemsOf([['{{charter.date}}'], ['x']], [{ ...over, endRow: 1, endColumn: 4 }])).toEqual([]);
});

test('a formula that names its own tab means the tab it stands in, in a copy too', () => {
  const own = (title: string, formula: string): unknown => {
    const reading = readTemplate(grid([['{{charter.guests}}'], [formula]], { title }));
    return reading.ok ? reading.template.grid.rows[1]?.[0]?.input : reading.problems;
  };
  const formula = (words: string): unknown => ({ kind: 'formula', formula: words });
  expect(own('Template', '=SUM(Template!A1:A1)')).toEqual(formula('=SUM(A1:A1)'));
  expect(own('Template', "=SUM('template'!A1:A1)*Other!B2")).toEqual(formula('=SUM(A1:A1)*Other!B2'));
  expect(own("Bob's Template", "=SUM('Bob''s Template'!A1:A1)")).toEqual(formula('=SUM(A1:A1)'));
  expect(own('Template', '="Template!A1"')).toEqual(formula('="Template!A1"'));
});

test('every problem is named, not only the first', () => {
  expect(problemsOf([['{{a}}', '{{b}}'], ['{{charter.c}}'], ['{{charter.d}}']])).toHaveLength(5);
});

test('an array literal is no placeholder, and single braces are text', () => {
  expect(problemsOf([['{{charter.date}}', '={{1,2};{3,4}}', '{month}', '={1,2}']])).toEqual([]);
});

test('twenty thousand braces or spaces are problems, not a hang', () => {
  const cells = [`{{${' '.repeat(20_000)}`, '{'.repeat(20_000), '{{a'.repeat(20_000), '{{charter.date}}'];
  expect(problemsOf([cells])).toHaveLength(3);
});

test('the house template is a good template in every currency', () => {
  for (const currency of ['USD', 'EUR']) {
    const house: TabGrid = houseTemplate('Template', currency);
    const reading = readTemplate(house);
    if (!reading.ok) throw new Error(reading.problems.join(' '));
    expect(reading.template.prototypeRow).toBe(5);
    const plan = makeSheetPlan(reading.template, statementOf(), 'May 2026');
    expect(plan.rows).toHaveLength(house.rows.length);
  }
});
