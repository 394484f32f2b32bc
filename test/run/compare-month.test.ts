/** A month's tab beside the same month made anew. */
import type { TabReading } from '../../src/run/compare-month.ts';
import { compareTabs, comparisonWords, stampCells } from '../../src/run/compare-month.ts';
import type { CellFormat, GridCell } from '../../src/statement/grid.ts';
import { houseTemplate } from '../../src/statement/house-template.ts';
import type { CellCheck, PlannedCell } from '../../src/statement/sheet-plan.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import { readTemplate } from '../../src/statement/template.ts';
import { sampleStatement } from '../tools/sample-statement.ts';

type Value = string | number | boolean | null;

const NONE: ReadonlySet<string> = new Set();

/** A tab of one row; what a person reads is the value itself where nothing else is said. */
function tab(values: readonly Value[], shown: readonly Value[] = values): TabReading {
  return { values: [values], shown: [shown.map((one) => (one === null ? '' : String(one)))] };
}

function cell(check: CellCheck | null, numberFormat?: CellFormat['numberFormat']): PlannedCell {
  return {
    input: { kind: 'blank' },
    format: numberFormat === undefined ? {} : { numberFormat },
    check,
    filled: check !== null,
  };
}

function compared(
  was: Value,
  made: Value,
  planned: PlannedCell = cell(null),
  shown: readonly Value[] = [was, made],
) {
  return compareTabs(
    tab([was], [shown[0] ?? '']),
    tab([made], [shown[1] ?? '']),
    { rows: [[planned]] },
    NONE,
  );
}

const CENTS = cell({ kind: 'cents', cents: 137_500 });
const COUNT = cell({ kind: 'number', number: 13 });

test.each<[string, Value, Value, PlannedCell]>([
  ['an amount that was added up in another order', 1375.0000000001, 1375, CENTS],
  ['an amount with hidden parts of a cent', 1374.996, 1375, CENTS],
  ['a formula with hidden parts of a cent', 33.333_333, 33.33, cell({ kind: 'no-error' })],
  ['a text with space around it', ' Blue Heron\u00a0', 'Blue Heron', cell(null)],
  ['a text with another kind of line end', 'one\r\ntwo', 'one\ntwo', cell(null)],
  ['a date', 46_158, 46_158, COUNT],
])('%s is the same', (_what, was, made, planned) => {
  expect(compared(was, made, planned)).toMatchObject({
    comparedCells: 1,
    allDifferences: 0,
    differences: [],
  });
});

test.each<[string, Value, Value, PlannedCell]>([
  ['a cent', 1375.01, 1375, CENTS],
  ['half a cent', 1375.005, 1375, CENTS],
  ['a sign', -5, 5, CENTS],
  ['a thousandth of a head', 13.001, 13, COUNT],
  ['a minute', 0.4167, 0.4174, cell({ kind: 'no-error' }, { type: 'TIME', pattern: 'h:mm' })],
  ['a tenth of a percent', 0.123, 0.124, cell({ kind: 'no-error' }, { type: 'PERCENT', pattern: '0.0%' })],
  ['a capital letter', 'blue heron', 'Blue Heron', cell(null)],
  ['an amount where nothing was', '', 0, CENTS],
  ['nothing where an amount was', 5, null, CENTS],
  ['yes for no', true, false, cell(null)],
  ['an error', '#REF!', 5, CENTS],
])('%s is a difference', (_what, was, made, planned) => {
  expect(compared(was, made, planned)).toMatchObject({ comparedCells: 1, allDifferences: 1 });
});

test('a number that was typed as text is the same when it reads the same, and only then', () => {
  expect(compared('1,375.00', 1375, CENTS, ['1,375.00', '1,375.00']).allDifferences).toBe(0);
  expect(compared('1,375', 1375, CENTS, ['1,375', '1,375.00']).differences).toEqual([
    { cell: 'A1', was: '1,375', made: '1,375.00' },
  ]);
});

test('differences are told as a person reads them; what the format hides as the number itself', () => {
  expect(compared(1300, 1375.5, CENTS, ['$1,300.00', '$1,375.50']).differences).toEqual([
    { cell: 'A1', was: '$1,300.00', made: '$1,375.50' },
  ]);
  expect(compared(13.4, 13, COUNT, ['13', '13']).differences).toEqual([
    { cell: 'A1', was: '13.4', made: '13' },
  ]);
  expect(compared('  ', 13, COUNT, ['  ', '13']).differences).toEqual([
    { cell: 'A1', was: '(empty)', made: '13' },
  ]);
});

test('an amount that its format hides is a difference from nothing', () => {
  expect(compared('', 0, CENTS, ['', '']).differences).toEqual([{ cell: 'A1', was: '(empty)', made: '0' }]);
});

test('text from outside is told on one line, short, and without marks that turn the direction', () => {
  const [difference] = compared(`a\nb\u202e${'x'.repeat(500)}`, 'c').differences;
  expect(difference?.was).toMatch(/^a b x+…$/);
  expect(difference?.was.length).toBeLessThanOrEqual(200);
});

test('cells that only one of the tabs has are compared, those that are empty in both are not counted', () => {
  const was: TabReading = { values: [['a'], [], ['', 'b']], shown: [['a'], [], ['', 'b']] };
  const made: TabReading = { values: [['a', null, '']], shown: [['a', '', '']] };
  expect(compareTabs(was, made, { rows: [] }, NONE)).toEqual({
    comparedCells: 2,
    allDifferences: 1,
    differences: [{ cell: 'B3', was: 'b', made: '(empty)' }],
    leftOut: [],
  });
});

test('two hundred differences are listed, and all are counted', () => {
  const was = tab(Array.from({ length: 250 }, (_, index) => index));
  const made = tab(Array.from({ length: 250 }, (_, index) => index + 1));
  const comparison = compareTabs(was, made, { rows: [] }, NONE);
  expect(comparison.differences).toHaveLength(200);
  expect(comparisonWords(comparison)).toBe('250 of 250 cells are different. The first 200 are listed.');
});

test('what is left out is not compared, and is said', () => {
  const comparison = compareTabs(
    tab(['a', 'b', '']),
    tab(['a', 'c', '']),
    { rows: [] },
    new Set(['B1', 'C1']),
  );
  expect(comparison).toMatchObject({ comparedCells: 1, allDifferences: 0, leftOut: ['B1'] });
  expect(comparisonWords(comparison)).toMatch(
    /^The 1 cell is the same\. B1 was not compared: it says when, /,
  );
});

test('left out of the house format are the cells with the code, the moment and the approval, and no figure', () => {
  const reading = readTemplate(houseTemplate('Template', 'USD'));
  if (!reading.ok) throw new Error(reading.problems.join(' '));
  const statement = sampleStatement();
  const plan = makeSheetPlan(reading.template, statement, 'May 2026');
  const stamps = stampCells(reading.template, statement);
  const filled = reading.template.grid.rows.flat().filter(({ input }) => {
    const text = input.kind === 'text' ? input.text : '';
    return /\{\{(statement\.|fingerprint|data\.|approved\.)/.test(text);
  });
  expect(stamps.size).toBe(filled.length);
  expect(stamps.size).toBeGreaterThan(0);
  plan.rows.forEach((cells, row) => {
    cells.forEach(({ check }, column) => {
      if (check?.kind === 'cents')
        expect(stamps).not.toContain(`${String.fromCharCode(65 + column)}${row + 1}`);
    });
  });
});

test('each placeholder that says how a statement was made is left out, and no other', () => {
  const told = [
    '{{data.asOf}}',
    '{{data.from}}',
    '{{statement.code}}',
    '{{statement.version}}',
    '{{fingerprint}}',
  ];
  const approved = ['{{approved.by}}', '{{approved.on}}', '{{approved.certification}}'];
  const row = (texts: readonly string[]): readonly GridCell[] =>
    texts.map((text) => ({ input: { kind: 'text', text }, format: {} }));
  const reading = readTemplate({
    title: 'Template',
    rows: [
      row([...told, ...approved, '{{company}}, {{month}}', '{{total.reportable}}']),
      row(['{{charter.id}}']),
    ],
    columnWidthsPx: [],
    rowHeightsPx: [],
    merges: [],
    frozenRows: 0,
    frozenColumns: 0,
  });
  if (!reading.ok) throw new Error(reading.problems.join(' '));
  expect([...stampCells(reading.template, sampleStatement())]).toEqual(
    [...'ABCDEFGH'].map((name) => `${name}1`),
  );
});
