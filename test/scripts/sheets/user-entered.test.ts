import { userEntered } from '../../../scripts/local/sheets/user-entered.ts';

// https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueInputOption: "as if the user typed".
describe('text that a person types', () => {
  test.each([
    ['12', 12, null],
    ['-1,234.50', -1234.5, '#,##0.00'],
    ['(99.25)', -99.25, null],
    ['$125', 125, '"$"#,##0'],
    ['-$1,250.75', -1250.75, '"$"#,##0.00'],
    ['12%', 0.12, '0%'],
    ['1e3', 1000, '0.00E+00'],
    // https://developers.google.com/workspace/sheets/api/guides/formats: serial numbers count from 30 December 1899.
    ['2026-05-14', 46156, 'yyyy-mm-dd'],
    ['5/14/2026', 46156, 'm/d/yyyy'],
    ['May 14, 2026', 46156, 'mmmm d, yyyy'],
    ['17:30', 17.5 / 24, 'h:mm'],
    ['5:30 PM', 17.5 / 24, 'h:mm AM/PM'],
    ['2026-05-14 12:00', 46156.5, 'yyyy-mm-dd h:mm'],
  ])('%s is a number', (typed, numberValue, pattern) => {
    const { value, format } = userEntered(typed);
    expect(value).toEqual({ numberValue });
    expect(format?.pattern ?? null).toBe(pattern);
  });
  test.each([
    ["'007", '007'],
    ["''x", "'x"],
    ['1-2-3-4', '1-2-3-4'],
    ['2026-02-30', '2026-02-30'],
    ['12 guests', '12 guests'],
    ['1,23', '1,23'],
    ['=', '='],
    ['25:00', '25:00'],
  ])('%s is text', (typed, stringValue) => {
    expect(userEntered(typed).value).toEqual({ stringValue });
  });
  test('true is a boolean, =A1 a formula, nothing an empty cell', () => {
    expect(userEntered('True').value).toEqual({ boolValue: true });
    expect(userEntered('=A1').value).toEqual({ formulaValue: '=A1' });
    expect(userEntered('').value).toBeUndefined();
  });
});
