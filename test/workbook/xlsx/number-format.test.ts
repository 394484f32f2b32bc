import { accountingPattern } from '../../../src/statement/house-template.ts';
import { excelFormatCode } from '../../../src/workbook/xlsx/number-format.ts';

const pattern = (code: string, type = 'NUMBER'): string => excelFormatCode({ type, pattern: code });

test('a cell without a number format shows what it holds', () => {
  expect(excelFormatCode(undefined)).toBe('General');
  expect(excelFormatCode({})).toBe('General');
  expect(pattern('General')).toBe('General');
  expect(pattern('general')).toBe('General');
});

test.each([
  ['DATE', 'yyyy-mm-dd'],
  ['TIME', 'h:mm:ss AM/PM'],
  ['DATE_TIME', 'yyyy-mm-dd h:mm:ss'],
  ['PERCENT', '0.00%'],
  ['CURRENCY', '"$"#,##0.00'],
  ['NUMBER', '#,##0.00'],
  ['SCIENTIFIC', '0.00E+00'],
  ['TEXT', '@'],
])('the type %s alone has its usual look', (type, code) => {
  expect(excelFormatCode({ type })).toBe(code);
});

test.each([
  '0',
  '#,##0.00',
  '#,##0.00;(#,##0.00)',
  '"$"#,##0.00;[Red]-"$"#,##0.00',
  '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
  'dddd, mmmm d, yyyy',
  'yyyy-mm-dd hh:mm:ss.000',
  '[h]:mm:ss',
  '0.0,,"M"',
  '# ??/??',
  '0.00E+00',
  '[<100]0.0;[>=100]0',
  '@',
  '[$€-407]#,##0.00',
])('what both know, %s, stays to the letter', (code) => {
  expect(pattern(code)).toBe(code);
});

test('the house accounting format stays to the letter', () => {
  expect(pattern(accountingPattern('USD'))).toBe(accountingPattern('USD'));
  expect(pattern(accountingPattern('EUR'))).toBe(accountingPattern('EUR'));
});

// developers.google.com/workspace/sheets/api/guides/formats
test.each([
  ['h:mm am/pm', 'h:mm AM/PM'],
  ['h:mm a/p', 'h:mm A/P'],
  ['MM/dd/yyyy', 'mm/dd/yyyy'],
  ['yyy', 'yyyy'],
  ['ddddd', 'dddd'],
  ['mmmmmm', 'mmmm'],
  ['mmmmm', 'mmmmm'],
  ['[hhh]:mm', '[hh]:mm'],
  ['[color5]0', '[Color5]0'],
  ['[RED]0', '[Red]0'],
  ['[$$-en-US]0', '[$$]0'],
  ['[$-en-US]d mmm', 'd mmm'],
  ['0€', '0"€"'],
  ['0 kg', '0 \\k\\g'],
  ['0e+00', '0E+00'],
])("Sheets' %s is Excel's %s", (sheets, excel) => {
  expect(pattern(sheets)).toBe(excel);
});

test.each([
  ['open "quote', '0 "open', '0 "open"'],
  ['trailing backslash', '0\\', '0'],
  ['trailing fill', '0*', '0'],
  ['unknown bracket', '[DBNum1]0', '0'],
  ['open bracket', '0[Red', '0[Red]'],
  ['colour out of range', '[color99]0', '0'],
])('a pattern that Excel would refuse is made whole: %s', (_, sheets, excel) => {
  expect(pattern(sheets)).toBe(excel);
});

test.each([
  ['five sections', '0;0;0;0;0'],
  ['a date mixed with digits', 'yyyy #,##0'],
  ['text mixed with digits', '0@'],
  ['longer than Excel takes', `0"${'x'.repeat(300)}"`],
])('a pattern that Excel could not show at all gives way to its type: %s', (_, sheets) => {
  expect(pattern(sheets, 'PERCENT')).toBe('0.00%');
});
