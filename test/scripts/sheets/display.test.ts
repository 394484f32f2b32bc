import { automaticText, numberText } from '../../../scripts/local/sheets/display.ts';

const ACCOUNTING = '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)';

// https://developers.google.com/workspace/sheets/api/guides/formats
describe('a number under a format', () => {
  test.each([
    [1234.5, 'CURRENCY', '"$"#,##0.00', '$1,234.50'],
    [-99.25, 'CURRENCY', '$#,##0.00;($#,##0.00)', '($99.25)'],
    [0.125, 'PERCENT', '0.0%', '12.5%'],
    [46156, 'DATE', 'yyyy-mm-dd', '2026-05-14'],
    [46156, 'DATE', 'MMMM yyyy', 'May 2026'],
    [46156, 'DATE', 'ddd, mmm d', 'Thu, May 14'],
    [46156.729_166_666_664, 'DATE_TIME', 'M/d/yyyy H:mm', '5/14/2026 17:30'],
    [17.5 / 24, 'TIME', 'h:mm am/pm', '5:30 PM'],
    [7, 'NUMBER', '000', '007'],
    [1250, 'TEXT', '@', '1250'],
  ])('%d as %s %s', (value, type, pattern, text) => {
    expect(numberText(value, { type, pattern })).toBe(text);
  });
  test('accounting shows the sign as brackets and zero as a dash', () => {
    const shown = (value: number): string =>
      numberText(value, { type: 'CURRENCY', pattern: ACCOUNTING }).trim();
    expect(shown(1234.5)).toMatch(/^\$ ?1,234\.50$/);
    expect(shown(-99.25)).toMatch(/^\$ ?\(99\.25\)$/);
    expect(shown(0)).toMatch(/^\$ ?-$/);
  });
  test('without a format it shows ten digits at most', () => {
    expect(automaticText(1 / 3)).toBe('0.3333333333');
    expect(automaticText(12345678901)).toBe('12345678901');
    expect(automaticText(-0)).toBe('0');
    expect(automaticText(0.1 + 0.2)).toBe('0.3');
  });
});
