import fc from 'fast-check';
import type { SheetValues } from '../../src/clients/google/sheets.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import { contentHash, verifyTab } from '../../src/workbook/verify.ts';
import { template } from '../statement/grids.ts';
import { charter, statementOf } from '../statement/samples.ts';

const plan = makeSheetPlan(
  template([
    ['{{month}}', 'title'],
    ['{{charter.date}}', '{{charter.reportable}}', '{{charter.vessel}}', '{{charter.notes}}', '=B2'],
    ['', '=SUM(B2:B2)', '=1/3'],
  ]),
  statementOf(
    charter(),
    charter({ id: 'c-2', date: '2026-05-15', guests: 1, recordedCents: 12_500, vessel: '=1+1' }),
  ),
  'May 2026',
);
const good: SheetValues = [
  ['May 2026', 'anything'],
  [46_156, 1250, 'Blue Heron', '', 1250],
  [46_157, 125, '=1+1', '', 125],
  ['', 1375, 0.333],
];

function changed(row: number, column: number, value: string | number | boolean | null): SheetValues {
  return good.map((cells, at) =>
    at === row ? cells.map((cell, index) => (index === column ? value : cell)) : cells,
  );
}

test('a tab that reads as planned passes; what the API leaves out at the end of a row is blank', () => {
  expect(() => verifyTab(plan, good)).not.toThrow();
  expect(() => verifyTab(plan, [['May 2026'], ...good.slice(1)])).not.toThrow();
});

test.each<[string, number, number, string | number | boolean | null, string]>([
  ['a fraction of a cent too much', 1, 1, 1250.003, 'B2 reads 1250.003, not 1250.00'],
  ['a cent too much', 1, 1, 1250.01, 'B2 reads 1250.01, not 1250.00'],
  ['a cent too little in the sum', 3, 1, 1374.99, 'B4 reads 1374.99, not 1375.00'],
  ['money as text', 1, 1, '1250', 'B2 reads “1250”, not 1250.00'],
  ['another day', 1, 0, 46_157, 'A2 reads 46157, not 46156'],
  ['a date as text', 1, 0, '2026-05-14', 'A2 reads “2026-05-14”, not 46156'],
  ['other text', 1, 2, 'Blue heron', 'C2 reads “Blue heron”, not “Blue Heron”'],
  ['text that became a formula', 2, 2, 2, 'C3 reads 2, not “=1+1”'],
  ['something where nothing belongs', 1, 3, 'x', 'D2 reads “x”, not blank'],
  ['an error where a figure belongs', 3, 1, '#REF!', 'B4 reads “#REF!”, not 1375.00'],
  ['an error in any formula', 3, 2, '#DIV/0!', 'C4 reads “#DIV/0!”, an error'],
  ['a missing title', 0, 0, null, 'A1 reads “”, not “May 2026”'],
])('%s stops the run and names the cell', (_what, row, column, value, words) => {
  const verify = (): void => verifyTab(plan, changed(row, column, value));
  expect(verify).toThrow(expect.objectContaining({ code: 'posted-differs' }));
  expect(verify).toThrow(words);
});

// https://support.google.com/docs/answer/3238305 lists the error types
test.each(['#NULL!', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#N/A', '#ERROR!'])(
  '%s is an error of a formula',
  (error) => {
    expect(() => verifyTab(plan, changed(1, 4, error))).toThrow('E2');
  },
);

test('what the Template itself says is nobody’s figure', () => {
  expect(() => verifyTab(plan, changed(0, 1, 'whatever'))).not.toThrow();
});

test('an empty tab fails, and the first cells are named', () => {
  const wide = makeSheetPlan(template([Array(10).fill('{{charter.vessel}}')]), statementOf(charter()), 'May');
  expect(() => verifyTab(wide, [])).toThrow(/H1 reads .*; and 2 more\./);
  expect(() => verifyTab(plan, [])).toThrow(
    /A1 reads .*; B4 reads “”, not 1375\.00\. Nothing was shown, filed or sent\./,
  );
});

test('the largest months add up in doubles to the cent: their noise passes, one cent does not', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 49_000_000_000, max: 50_000_000_000 }), { minLength: 200, maxLength: 300 }),
      (amounts) => {
        const charters = amounts.map((flatPriceCents, index) =>
          charter({
            id: `c-${index}`,
            departs: `${String(10 + (index % 10))}:${String(10 + Math.floor(index / 10))}`,
            flatPriceCents,
          }),
        );
        const sheet = makeSheetPlan(
          template([['{{charter.reportable}}'], ['=SUM(A1:A1)']]),
          statementOf(...charters),
          'May',
        );
        const values: SheetValues = sheet.rows.map(([cell]) => [
          cell?.input.kind === 'number'
            ? cell.input.number
            : amounts.reduce((sum, cents) => sum + cents / 100, 0),
        ]);
        expect(() => verifyTab(sheet, values)).not.toThrow();
        const off = values.map((row, at) => (at === values.length - 1 ? [Number(row[0]) + 0.01] : row));
        expect(() => verifyTab(sheet, off)).toThrow('did not read back');
      },
    ),
    { numRuns: 20, endOnFailure: true },
  );
});

test('the hash of a tab’s contents changes with any typing, and not with empty cells at the ends', () => {
  const hash = contentHash([['a', 1], ['=A1']]);
  expect(contentHash([['a', 1, ''], ['=A1', null], [], ['']])).toBe(hash);
  for (const typed of [
    [['a', 2], ['=A1']],
    [['a', '1'], ['=A1']],
    [['a', 1], ['=A2']],
    [['a', 1]],
    [['a', 1], ['=A1'], ['x']],
    [['', 'a', 1], ['=A1']],
  ]) {
    expect(contentHash(typed)).not.toBe(hash);
  }
});
