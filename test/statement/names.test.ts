import { fileName, fillName, oneLine, statementFileName, tabTitle } from '../../src/statement/names.ts';

const PARTS = { month: '2026-05', company: 'Heron {{month}} $& Co', code: 'PRSX', version: 2 };

test.each([
  ['{{month}}', 'May 2026'],
  ['statement-{{month.iso}}-{{ Statement.Code }}', 'statement-2026-05-PRSX'],
  ['{{company}} V{{statement.version}}', 'Heron {{month}} $& Co V2'],
  ['{{unknown}} {{}} {x}', '{{unknown}} {{}} {x}'],
])('the pattern %j becomes %j, and what is filled in is not filled again', (pattern, name) => {
  expect(fillName(pattern, PARTS)).toBe(name);
});

test('a tab’s title is one line of 100 at most, without half a character at its end', () => {
  expect(tabTitle(' May\r\n2026\t')).toBe('May 2026');
  expect(tabTitle('x'.repeat(200))).toHaveLength(100);
  expect(tabTitle(`${'x'.repeat(99)}🚤`)).toBe('x'.repeat(99));
  expect(tabTitle(`${'x'.repeat(98)}🚤`)).toBe(`${'x'.repeat(98)}🚤`);
});

test('a file’s name holds nothing that a system refuses, and keeps its ending however long it is', () => {
  expect(fileName('a/b\\c:d*e?f"g<h>i|j\nk\u0000l')).toBe('a-b-c-d-e-f-g-h-i-j-k l.xlsx');
  expect(fileName('x'.repeat(300))).toBe(`${'x'.repeat(150)}.xlsx`);
  expect(fileName(`${'x'.repeat(149)}🚤`)).toBe(`${'x'.repeat(149)}.xlsx`);
});

test('line breaks and control characters of any kind become one space', () => {
  expect(oneLine(' a\r\n\r\nb\u0000\u001b\u007f\u0085\u009fc\u2028\u2029d ')).toBe('a b c d');
  expect(oneLine('é 🚤')).toBe('é 🚤');
});

test('a file’s name tells versions apart, whatever the pattern', () => {
  const parts = { month: '2026-05', company: 'Harbor', code: 'PRSK3QD202605V2', version: 2 };
  expect(statementFileName('statement-{{month.iso}}-{{statement.code}}', parts)).toBe(
    'statement-2026-05-PRSK3QD202605V2.xlsx',
  );
  expect(statementFileName('{{month}} v{{statement.version}}', parts)).toBe('May 2026 v2.xlsx');
  expect(statementFileName('{{month}}', parts)).toBe('May 2026 V2.xlsx');
  expect(statementFileName('{{month}}', { ...parts, version: 1 })).toBe('May 2026.xlsx');
  expect(statementFileName(`{{month}}${'x'.repeat(200)}`, parts)).toMatch(/ V2\.xlsx$/);
});
