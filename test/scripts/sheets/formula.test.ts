import {
  editedFormula,
  formulaAfterRename,
  formulaAfterTabDeleted,
  movedFormula,
} from '../../../scripts/local/sheets/formula.ts';

describe('a formula that is copied', () => {
  test('moves its relative references and keeps the fixed ones', () => {
    expect(movedFormula('=A1+$A1+A$1+$A$1', 2, 1)).toBe('=B3+$A3+B$1+$A$1');
  });
  test('moves ranges, open ranges and references to other tabs', () => {
    expect(movedFormula("=SUM(A1:B2,C5:C,D:D,3:3,'It''s'!A1)", 1, 1)).toBe(
      "=SUM(B2:C3,D6:D,E:E,4:4,'It''s'!B2)",
    );
  });
  test('leaves text, function names and numbers alone', () => {
    expect(movedFormula('=LOG10(A1)&"A1 ""B2"""&1.5', 1, 0)).toBe('=LOG10(A2)&"A1 ""B2"""&1.5');
  });
  test('reads #REF! where a reference leaves the grid', () => {
    expect(movedFormula('=A1+B2', -1, 0)).toBe('=#REF!+B1');
  });
});

// https://support.google.com/docs/answer/54813: references follow when rows and columns come and go.
describe('a formula when rows are inserted', () => {
  const insert = (formula: string, start: number, count = 1): string =>
    editedFormula(formula, 'May', 'May', { kind: 'insert', dimension: 'ROWS', start, count });
  test('shifts references below, and leaves those above', () => {
    expect(insert('=A5+A20+$B$21', 10, 3)).toBe('=A5+A23+$B$24');
  });
  test('grows a range around the new rows', () => {
    expect(insert('=SUM(G9:G12)', 9, 2)).toBe('=SUM(G9:G14)');
  });
  test('does not grow a range that ends right above the new rows', () => {
    expect(insert('=SUM(G9:G9)', 9)).toBe('=SUM(G9:G9)');
  });
  test('moves a range that starts right below them', () => {
    expect(insert('=SUM(G10:G11)', 9)).toBe('=SUM(G11:G12)');
  });
  test('is untouched when the rows are of another tab, and follows when it names the tab', () => {
    const edit = { kind: 'insert', dimension: 'ROWS', start: 0, count: 2 } as const;
    expect(editedFormula('=A1+May!A1', 'Sum', 'May', edit)).toBe('=A1+May!A3');
  });
  test('open ranges stay open', () => {
    expect(insert('=SUM(A5:A)+SUM(B:B)', 0)).toBe('=SUM(A6:A)+SUM(B:B)');
  });
});

describe('a formula when rows or columns are deleted', () => {
  const remove = (formula: string, dimension: 'ROWS' | 'COLUMNS', start: number, count: number): string =>
    editedFormula(formula, 'May', 'May', { kind: 'delete', dimension, start, count });
  test('reads #REF! for a deleted cell and for a wholly deleted range', () => {
    expect(remove('=A3+SUM(B3:B4)+A5', 'ROWS', 2, 2)).toBe('=#REF!+SUM(#REF!)+A3');
  });
  test('shrinks a range', () => {
    expect(remove('=SUM(A1:A10)', 'ROWS', 7, 3)).toBe('=SUM(A1:A7)');
    expect(remove('=SUM(A1:D1)', 'COLUMNS', 0, 1)).toBe('=SUM(A1:C1)');
  });
});

describe('a formula that names a tab', () => {
  test('names it by its new title, quoted when need be', () => {
    expect(formulaAfterRename('=may!A1+B1', 'May', "May '26")).toBe("='May ''26'!A1+B1");
  });
  test('reads #REF! once the tab is gone', () => {
    expect(formulaAfterTabDeleted("='May 2026'!A1+SUM(B1:B2)", 'may 2026')).toBe('=#REF!+SUM(B1:B2)');
  });
});
