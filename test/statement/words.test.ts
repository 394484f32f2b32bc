import fc from 'fast-check';
import { cellText, LONGEST_CELL_TEXT } from '../../src/statement/cell-text.ts';
import { fileName, fillName, oneLine, tabTitle } from '../../src/statement/names.ts';
import { cut } from '../../src/statement/short-text.ts';

const loneSurrogate = /[\ud800-\udfff]/u;
const anyText = fc.string({ unit: 'binary', maxLength: 300 });

test('a text for a cell has one kind of line break and nothing that XML forbids', () => {
  expect(cellText('a\r\nb\rc\nd\te')).toBe('a\nb\nc\nd\te');
  expect(cellText('\u0000\u0008\u001f\ufffe\uffff\ud800x\udc00')).toBe(
    '\ufffd\ufffd\ufffd\ufffd\ufffd\ufffdx\ufffd',
  );
  expect(cellText('الملاح 😀 =1+1')).toBe('الملاح 😀 =1+1');
});

test('a text for a cell is never longer than a cell, and never ends in half a character', () => {
  for (const text of ['x'.repeat(50_000), '😀'.repeat(30_000), `x${'😀'.repeat(30_000)}`]) {
    const cellful = cellText(text);
    expect(cellful.length).toBeLessThanOrEqual(LONGEST_CELL_TEXT);
    expect(cellful.endsWith('…')).toBe(true);
    expect(loneSurrogate.test(cellful)).toBe(false);
  }
  expect(cellText('x'.repeat(LONGEST_CELL_TEXT))).toBe('x'.repeat(LONGEST_CELL_TEXT));
});

test('a text once fit stays as it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(cellText(cellText(text))).toBe(cellText(text));
      expect(loneSurrogate.test(cellText(text))).toBe(false);
    }),
  );
});

test('in a sentence a text stands on one line, reads from left to right and is short', () => {
  expect(cut('Blue Heron')).toBe('Blue Heron');
  expect(cut('a\nb\u202ec\u200fd\u2028e\u009ff')).toBe('a b c d e f');
  expect(cut('x'.repeat(80))).toBe('x'.repeat(80));
  expect(cut('x'.repeat(81))).toBe(`${'x'.repeat(79)}…`);
  expect(cut('x'.repeat(50), 40)).toHaveLength(40);
  fc.assert(
    fc.property(anyText, (text) => {
      expect(cut(text, 40).length).toBeLessThanOrEqual(40);
      expect(loneSurrogate.test(cut(text, 40))).toBe(false);
    }),
  );
  expect(loneSurrogate.test(cut('😀'.repeat(100)))).toBe(false);
});

const parts = { month: '2026-05', company: 'Heron {{month}} $&', code: 'PRSABCD202605V1', version: 2 };

test('names are filled once: what comes in is never read as a placeholder', () => {
  expect(
    fillName('{{ Company }}, {{month}} ({{month.iso}}) {{statement.code}} v{{statement.version}}', parts),
  ).toBe('Heron {{month}} $&, May 2026 (2026-05) PRSABCD202605V1 v2');
  expect(fillName('{{unknown}} {month} {{}} {{constructor}}', parts)).toBe(
    '{{unknown}} {month} {{}} {{constructor}}',
  );
});

test('titles and file names are such as every system takes', () => {
  expect(tabTitle(' May\n2026\t ')).toBe('May 2026');
  expect(tabTitle('x'.repeat(200))).toHaveLength(100);
  expect(loneSurrogate.test(tabTitle(`x${'😀'.repeat(100)}`))).toBe(false);
  expect(fileName('a/b\\c:d*e?f"g<h>i|j\nk')).toBe('a-b-c-d-e-f-g-h-i-j-k.xlsx');
  expect(fileName('x'.repeat(300))).toHaveLength(155);
});

test('one line has no control characters', () => {
  expect(oneLine('a\r\nBcc: x\u0000\u007f  b ')).toBe('a Bcc: x b');
});
