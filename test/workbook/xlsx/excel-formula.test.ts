import { excelFormula } from '../../../src/workbook/xlsx/excel-formula.ts';

const excel = (formula: string): string | null => excelFormula(formula)?.text ?? null;

test.each([
  ['=SUM(F6:F17)', 'SUM(F6:F17)'],
  ['=sum(f6:f17)', 'SUM(F6:F17)'],
  ['=F10-F11-F12-F13+F14', 'F10-F11-F12-F13+F14'],
  [`=IF(A1="it's, (so)",TRUE,false)`, `IF(A1="it's, (so)",TRUE,FALSE)`],
  ['=IFERROR(A1/B1,0)', 'IFERROR(A1/B1,0)'],
  ['=ROUND($A$1*1.5E-2,2)&" %"', 'ROUND($A$1*1.5E-2,2)&" %"'],
  ['=SUMPRODUCT((A1:A9="x")*(B1:B9>=2))', 'SUMPRODUCT((A1:A9="x")*(B1:B9>=2))'],
  ['=IF(A1,,B1)', 'IF(A1,,B1)'],
  ['=LOG10(100)+PI()', 'LOG10(100)+PI()'],
  ['=SUM(A:A)+SUM(3:4)', 'SUM(A:A)+SUM(3:4)'],
  ['=-A1%', '-A1%'],
  ['=1+\n 2', '1+\n 2'],
])('%s is the same formula in Excel', (sheets, expected) => {
  expect(excel(sheets)).toBe(expected);
});

// learn.microsoft.com/en-us/openspecs/office_standards/ms-xlsx/5d1b6d44-6fc1-4ecd-8fef-0b27406cc2bf
test.each([
  ['=XLOOKUP(A1,B1:B9,C1:C9)', '_xlfn.XLOOKUP(A1,B1:B9,C1:C9)'],
  ['=IFS(A1>1,"a",TRUE,"b")', '_xlfn.IFS(A1>1,"a",TRUE,"b")'],
  ['=TEXTJOIN(", ",TRUE,A1:A3)', '_xlfn.TEXTJOIN(", ",TRUE,A1:A3)'],
  ['=MAXIFS(A1:A3,B1:B3,"x")', '_xlfn.MAXIFS(A1:A3,B1:B3,"x")'],
  ['=LET(rate,A1,rate*2)', '_xlfn.LET(_xlpm.rate,A1,_xlpm.rate*2)'],
])('a function that came after 2007 is named as Excel files name it: %s', (sheets, expected) => {
  expect(excelFormula(sheets)).toEqual({ text: expected, isArray: false });
});

test('an array inside a sum is an array formula of one cell', () => {
  expect(excelFormula('=SUM(FILTER(A1:A9,B1:B9="x"))')).toEqual({
    text: 'SUM(_xlfn._xlws.FILTER(A1:A9,B1:B9="x"))',
    isArray: true,
  });
  expect(excelFormula('=SUM(MAP(A1:A3,LAMBDA(guests,guests*2)))')).toEqual({
    text: 'SUM(_xlfn.MAP(A1:A3,_xlfn.LAMBDA(_xlpm.guests,_xlpm.guests*2)))',
    isArray: true,
  });
});

test("a range open at its end goes down to Excel's last row", () => {
  expect(excel('=SUM(B5:B)')).toBe('SUM(B5:B1048576)');
});

test.each([
  ['another tab', "=SUM('April 2026'!A1:A9)"],
  ['another tab without quotes', '=Rates!A1'],
  ['a function that only Sheets has', '=COUNTUNIQUE(A1:A9)'],
  ['ARRAYFORMULA', '=ARRAYFORMULA(A1:A9*2)'],
  ['QUERY', '=QUERY(A1:B9,"select A")'],
  ['IMPORTRANGE', '=IMPORTRANGE("key","A1")'],
  ['GOOGLEFINANCE', '=GOOGLEFINANCE("EURUSD")'],
  ['an array that spills', '=FILTER(A1:A9,B1:B9="x")'],
  ['SORT, whose order Excel names otherwise', '=SUM(SORT(A1:A9,1,TRUE))'],
  ['FILTER with two conditions, which Excel takes otherwise', '=SUM(FILTER(A1:A9,B1:B9="x",C1:C9=1))'],
  ['ROUND without places, which Excel demands', '=ROUND(A1)'],
  ['what changes each day', '=TODAY()'],
  ['what reaches elsewhere by name', '=INDIRECT("Rates!A1")'],
  ['a named range', '=standard_rate*2'],
  ['a name that LET does not bind', '=LET(rate,A1,price*2)'],
  ['an array literal', '=SUM({1,2;3,4})'],
  ['separators of another locale', '=IF(A1;1;2)'],
  ['an error', '=#REF!+1'],
  ['a column beyond XFD', '=SUM(XFE1:XFE2)'],
  ['a row beyond the last', '=A1048577'],
  ['an open parenthesis', '=SUM(A1'],
  ['a close too many', '=A1)'],
  ['an open string', '=A1&"x'],
  ['a program', "=cmd|' /C calc'!A0"],
  ['a comma in bare parentheses', '=SUM((A1,B1))'],
  ['nothing', '='],
  ['letters that Excel would not read', '=Größe(A1)'],
])('%s is left to its value', (_, formula) => {
  expect(excelFormula(formula)).toBeNull();
});
