import fc from 'fast-check';
import type { Charter } from '../../src/statement/charter.ts';
import type { CellFormat } from '../../src/statement/grid.ts';
import { dateSerial } from '../../src/statement/month.ts';
import type { PlannedCell, SheetPlan } from '../../src/statement/sheet-plan.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import type { Content } from './grids.ts';
import { formatted, template } from './grids.ts';
import { anyMonth, charter, statementOf } from './samples.ts';

const three = [
  charter({ id: 'a', date: '2026-05-01', guests: 4, recordedCents: 50_000 }),
  charter({
    id: 'b',
    date: '2026-05-02',
    guests: 6,
    comps: 1,
    compNotes: 'skipper’s friend',
    recordedCents: 62_500,
  }),
  charter({ id: 'c', date: '2026-05-03', status: 'cancelled', recordedCents: 0 }),
];

function plan(rows: readonly (readonly Content[])[], charters: readonly Charter[] = three): SheetPlan {
  return makeSheetPlan(template(rows), statementOf(...charters), 'May 2026');
}

function at(sheet: SheetPlan, row: number, column: number): PlannedCell {
  const cell = sheet.rows[row]?.[column];
  if (cell === undefined) throw new Error(`no cell at ${row}, ${column}`);
  return cell;
}

function contentOf({ input }: PlannedCell): string | number | boolean {
  switch (input.kind) {
    case 'blank':
      return '';
    case 'text':
      return input.text;
    case 'number':
      return input.number;
    case 'boolean':
      return input.boolean;
    case 'formula':
      return input.formula;
  }
}

const shown = (sheet: SheetPlan): (string | number | boolean)[][] =>
  sheet.rows.map((cells) => cells.map(contentOf));

const ROWS: readonly (readonly Content[])[] = [
  ['{{company}}', 'Statement of {{month}}'],
  ['{{charter.date}}', '{{charter.guests}}', '{{charter.reportable}}', '{{charter.notes}}', '=C2/B2', 'each'],
  ['Total', '=SUM(B2:B2)', '=SUM(C2)', '{{total.reportable}}', '=C3/B3', { kind: 'number', number: 7 }],
];

test('the prototype row is repeated for each charter, with typed values and its own formulas', () => {
  expect(shown(plan(ROWS))).toEqual([
    ['Heron Charters', 'Statement of May 2026'],
    [dateSerial('2026-05-01'), 4, 500, '', '=C2/B2', 'each'],
    [dateSerial('2026-05-02'), 6, 625, '1 comp: skipper’s friend', '=C3/B3', 'each'],
    [dateSerial('2026-05-03'), 0, 0, 'cancelled', '=C4/B4', 'each'],
    ['Total', '=SUM(B2:B4)', '=SUM(C2:C4)', 1125, '=C5/B5', 7],
  ]);
});

test('a SUM over a placeholder’s column must come to that total, other formulas only be free of errors', () => {
  const sheet = plan(ROWS);
  expect(at(sheet, 4, 1).check).toEqual({ kind: 'number', number: 10 });
  expect(at(sheet, 4, 2).check).toEqual({ kind: 'cents', cents: 112_500 });
  expect(at(sheet, 4, 3).check).toEqual({ kind: 'cents', cents: 112_500 });
  expect(at(sheet, 4, 4).check).toEqual({ kind: 'no-error' });
  expect(at(sheet, 1, 4).check).toEqual({ kind: 'no-error' });
  expect(at(sheet, 4, 5).check).toBeNull();
  expect(at(sheet, 4, 0)).toMatchObject({ check: null, filled: false });
});

test.each([
  ['=SUM(C1:C2)', { kind: 'cents', cents: 112_500 }],
  ['= sum ( C2:C2 ) ', { kind: 'cents', cents: 112_500 }],
  ['=SUM($C$2:$C$2)', { kind: 'cents', cents: 112_500 }],
  ['=SUM(C2:C2)+0', { kind: 'no-error' }],
  ['=SUM(A2:C2)', { kind: 'no-error' }],
  ['=SUM(E2:E2)', { kind: 'no-error' }],
  ["=SUM('Other'!C2:C2)", { kind: 'no-error' }],
])('%s under the charters is checked as %j', (formula, check) => {
  expect(at(plan([['', '', 'Reportable'], ROWS[1] ?? [], [formula]]), 4, 0).check).toEqual(check);
});

test('a SUM that takes in another number of the template is not held to the charters’ total', () => {
  const sheet = plan([['', '', { kind: 'number', number: 5 }], ROWS[1] ?? [], ['=SUM(C1:C2)']]);
  expect(at(sheet, 4, 0)).toMatchObject({ input: { formula: '=SUM(C1:C4)' }, check: { kind: 'no-error' } });
});

test('a date column has no total to hold a SUM to', () => {
  expect(at(plan([['x'], ['{{charter.date}}'], ['', '=SUM(A2:A2)']]), 4, 1).check).toEqual({
    kind: 'no-error',
  });
});

test('an empty month keeps one blank row, and its totals are zero', () => {
  const sheet = plan(ROWS, []);
  expect(sheet.charterRows).toBe(1);
  expect(shown(sheet)[1]).toEqual(['', '', '', '', '', '']);
  expect(sheet.rows[1]?.every((cell) => cell.filled && cell.check?.kind === 'blank')).toBe(true);
  expect(at(sheet, 2, 1)).toMatchObject({
    input: { formula: '=SUM(B2:B2)' },
    check: { kind: 'cents', cents: 0 },
  });
  expect(at(sheet, 2, 2).check).toEqual({ kind: 'cents', cents: 0 });
  expect(sheet.rowHeightsPx).toEqual([20, 21, 22]);
});

describe('a row that a placeholder fills with wrapped text', () => {
  const wrap: CellFormat = { wrapStrategy: 'WRAP' };
  const names = Array.from({ length: 12 }, (_, index) =>
    charter({ id: `c-${index}`, comps: 1, compNotes: 'Ann', departs: `${10 + index}:00` }),
  );
  const heightOf = (format: CellFormat, changes: Parameters<typeof template>[1] = {}): number => {
    const cell = formatted('{{comps}}', format);
    const made = template(
      [
        ['{{charter.date}}', ''],
        [cell, ''],
      ],
      changes,
    );
    return makeSheetPlan(made, statementOf(...names), 'May 2026').rowHeightsPx.at(-1) ?? 0;
  };
  const merges = [{ startRow: 1, endRow: 2, startColumn: 0, endColumn: 2 }];

  test('is made as high as its lines need, by the width of the cells that it spans', () => {
    const wide = { columnWidthsPx: [600, 600], merges };
    expect(heightOf(wrap, wide)).toBeGreaterThanOrEqual(12 * 14);
    expect(heightOf(wrap, { columnWidthsPx: [100, 1100] })).toBeGreaterThan(heightOf(wrap, wide));
    expect(heightOf(wrap, { columnWidthsPx: [100, 1100], merges })).toBe(heightOf(wrap, wide));
    expect(heightOf(wrap, { columnWidthsPx: [150, 150], merges })).toBeGreaterThan(heightOf(wrap, wide));
    expect(heightOf(wrap, { columnWidthsPx: [300, 600], merges, hiddenColumns: new Set([1]) })).toBe(
      heightOf(wrap, { columnWidthsPx: [300, 100] }),
    );
  });

  test('keeps the Template’s height where that is enough, and is no higher than Excel shows', () => {
    expect(heightOf(wrap, { rowHeightsPx: [21, 300], columnWidthsPx: [1200, 1200] })).toBe(300);
    expect(heightOf(wrap, { columnWidthsPx: [40, 40] })).toBe(545);
    expect(heightOf({}, { columnWidthsPx: [40, 40] })).toBe(21);
    expect(heightOf(wrap, { columnWidthsPx: [40, 40], merges: [{ ...merges[0], ...TWO_ROWS }] })).toBe(21);
  });
});

const TWO_ROWS = { startRow: 1, endRow: 3, startColumn: 0, endColumn: 1 };

test('rows keep their heights: each charter has the prototype’s', () => {
  expect(plan(ROWS).rowHeightsPx).toEqual([20, 21, 21, 21, 22]);
});

test('merges above stay, merges in the prototype row are repeated, merges below move', () => {
  const merges = [
    { startRow: 0, endRow: 2, startColumn: 0, endColumn: 3 },
    { startRow: 2, endRow: 3, startColumn: 3, endColumn: 5 },
    { startRow: 3, endRow: 5, startColumn: 0, endColumn: 2 },
  ];
  const rows = [['a'], ['b'], ['{{charter.date}}', '', '', '{{charter.notes}}'], ['c'], ['d']];
  const made = makeSheetPlan(template(rows, { merges }), statementOf(...three), 'May');
  expect(made.merges).toEqual([
    merges[0],
    { startRow: 2, endRow: 3, startColumn: 3, endColumn: 5 },
    { startRow: 3, endRow: 4, startColumn: 3, endColumn: 5 },
    { startRow: 4, endRow: 5, startColumn: 3, endColumn: 5 },
    { startRow: 5, endRow: 7, startColumn: 0, endColumn: 2 },
  ]);
  expect(makeSheetPlan(template(rows, { merges }), statementOf(), 'May').merges).toEqual(merges);
});

test('hidden rows below move down, columns stay, and a hidden prototype row hides every charter', () => {
  const rows = [['a'], ['{{charter.date}}', 'b'], ['c'], ['d']];
  const hidden = (hiddenRows: number[], charters = three): number[] => {
    const changes = { hiddenRows: new Set(hiddenRows), hiddenColumns: new Set([1]) };
    const made = makeSheetPlan(template(rows, changes), statementOf(...charters), 'May');
    expect([...(made.hiddenColumns ?? [])]).toEqual([1]);
    return [...(made.hiddenRows ?? [])];
  };
  expect(hidden([])).toEqual([]);
  expect(hidden([0, 3])).toEqual([0, 5]);
  expect(hidden([1, 2])).toEqual([1, 2, 3, 4]);
  expect(hidden([1, 3], [])).toEqual([1, 3]);
});

test('a figure whose cell has no format, or the text format, gets one; a format that is there stays', () => {
  const dollars = { numberFormat: { type: 'CURRENCY', pattern: '[$$-409]#,##0' } };
  const text = { numberFormat: { type: 'TEXT' } };
  const sheet = plan([
    [
      '{{charter.reportable}}',
      formatted('{{charter.reportable}}', dollars),
      formatted('{{charter.reportable}}', text),
      '{{charter.date}}',
      formatted('{{charter.guests}}', text),
      '{{charter.guests}}',
      formatted('{{charter.vessel}}', text),
    ],
  ]);
  expect(sheet.rows[0]?.map(({ format }) => format.numberFormat?.pattern ?? null)).toEqual([
    '#,##0.00',
    '[$$-409]#,##0',
    '#,##0.00',
    'yyyy-mm-dd',
    '#,##0',
    null,
    null,
  ]);
});

const ACCOUNTING = '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)';

test.each<[Content, { type?: string; pattern?: string }, string | null]>([
  ['{{charter.date}}', { type: 'DATE' }, null],
  ['{{charter.date}}', { type: 'DATE_TIME' }, null],
  ['{{charter.date}}', { type: 'DATE', pattern: 'mmm d' }, null],
  ['{{charter.date}}', { type: 'DATE_TIME', pattern: 'd/m/yy h:mm' }, null],
  ['{{charter.date}}', { type: 'TIME', pattern: 'mmmm h:mm' }, null],
  ['{{charter.date}}', { pattern: '[$-409]dddd' }, null],
  ['{{charter.date}}', { type: 'DATE', pattern: 'h:mm:ss' }, 'yyyy-mm-dd'],
  ['{{charter.date}}', { type: 'DATE', pattern: '"day" 0' }, 'yyyy-mm-dd'],
  ['{{charter.date}}', { type: 'TIME' }, 'yyyy-mm-dd'],
  ['{{charter.date}}', { type: 'TIME', pattern: '[h]:mm:ss.00' }, 'yyyy-mm-dd'],
  ['{{charter.date}}', { type: 'TIME', pattern: 'h:mm AM/PM' }, 'yyyy-mm-dd'],
  ['{{charter.date}}', { type: 'NUMBER', pattern: '#,##0' }, 'yyyy-mm-dd'],
  ['{{charter.date}}', { type: 'PERCENT' }, 'yyyy-mm-dd'],
  ['{{charter.date}}', { type: 'CURRENCY' }, 'yyyy-mm-dd'],
  ['{{charter.date}}', { type: 'TEXT' }, 'yyyy-mm-dd'],
  ['{{charter.date}}', { pattern: '[Red]#,##0' }, 'yyyy-mm-dd'],
  ['{{charter.date}}', { pattern: 'General' }, 'yyyy-mm-dd'],
  ['{{charter.guests}}', { type: 'NUMBER', pattern: '0 "days"' }, null],
  ['{{charter.guests}}', { type: 'CURRENCY' }, null],
  ['{{charter.guests}}', { pattern: 'General' }, null],
  ['{{charter.guests}}', { pattern: '0.00E+00' }, null],
  ['{{charter.guests}}', { type: 'DATE' }, '#,##0'],
  ['{{charter.guests}}', { type: 'TIME' }, '#,##0'],
  ['{{charter.guests}}', { type: 'DATE_TIME' }, '#,##0'],
  ['{{charter.guests}}', { type: 'PERCENT' }, '#,##0'],
  ['{{charter.guests}}', { type: 'NUMBER', pattern: 'm/d' }, '#,##0'],
  ['{{charter.guests}}', { pattern: 'h:mm' }, '#,##0'],
  ['{{charter.reportable}}', { type: 'NUMBER', pattern: ACCOUNTING }, null],
  ['{{charter.reportable}}', { pattern: '[Green]0.00;[Red]-0.00' }, null],
  ['{{charter.reportable}}', { type: 'DATE', pattern: '0.00' }, '#,##0.00'],
  ['{{charter.reportable}}', { type: 'TIME' }, '#,##0.00'],
  ['{{charter.reportable}}', { type: 'DATE_TIME' }, '#,##0.00'],
  ['{{charter.reportable}}', { type: 'PERCENT' }, '#,##0.00'],
  ['{{charter.reportable}}', { type: 'TEXT' }, '#,##0.00'],
  ['{{charter.reportable}}', { pattern: '0.0%' }, '#,##0.00'],
  ['{{charter.reportable}}', { pattern: '@' }, '#,##0.00'],
  ['{{charter.vessel}}', { type: 'DATE' }, null],
])('%s formatted as %j gets the number format %j', (placeholder, numberFormat, pattern) => {
  const sheet = plan([[formatted(placeholder as string, { numberFormat })]]);
  const made = sheet.rows.map(([cell]) => cell?.format.numberFormat);
  const fitting = pattern === null ? numberFormat : expect.objectContaining({ pattern });
  expect(made).toEqual([fitting, fitting, fitting]);
});

test('a charter without a rate has the number format of those with one', () => {
  const charters = [charter({ id: 'a', flatPriceCents: 125_000 }), charter({ id: 'b' })];
  const percent = { numberFormat: { type: 'PERCENT' } };
  const sheet = plan([[formatted('{{charter.rate}}', percent)]], charters);
  expect(shown(sheet)).toEqual([[''], [125]]);
  expect(sheet.rows.map(([cell]) => cell?.format.numberFormat?.pattern)).toEqual(['#,##0.00', '#,##0.00']);
  expect(at(plan([[formatted('{{charter.rate}}', percent)]], []), 0, 0).format).toBe(percent);
});

test('inside text, placeholders are words', () => {
  const sheet = plan([
    ['On {{charter.date}}: {{charter.guests}} guests, {{charter.reportable}} ({{charter.rate}})'],
    ['{{total.recorded}} from {{month.start}} to {{month.end}}'],
  ]);
  expect(shown(sheet)[0]).toEqual(['On May 1, 2026: 4 guests, $500.00 ($125.00)']);
  expect(shown(sheet)[3]).toEqual(['$1,125.00 from May 1, 2026 to May 31, 2026']);
});

test('text that comes to nothing is a blank cell', () => {
  const sheet = plan(
    [['{{charter.id}}', '{{charter.notes}}{{charter.notes}}', '{{charter.rate}}']],
    [charter({ flatPriceCents: 125_000, id: ' ' })],
  );
  expect(sheet.rows[0]?.map(({ check }) => check)).toMatchObject([
    { kind: 'text', text: ' ' },
    { kind: 'text' },
    { kind: 'blank' },
  ]);
  const bare = plan([['{{charter.notes}}{{charter.notes}}']], [charter()]);
  expect(at(bare, 0, 0)).toMatchObject({ input: { kind: 'blank' }, check: { kind: 'blank' }, filled: true });
});

test('values never are placeholders again, nor formulas', () => {
  for (const vessel of ['{{total.gross}}', '{{', '$&', '=1+1', '+1', '@x', "'x"]) {
    const sheet = plan(
      [['{{charter.vessel}}', 'on {{charter.vessel}} and {{charter.id}}']],
      [charter({ vessel, id: '{{month}}' })],
    );
    expect(shown(sheet)[0]).toEqual([vessel, `on ${vessel} and {{month}}`]);
    expect(sheet.rows[0]?.every(({ input }) => input.kind === 'text')).toBe(true);
  }
});

test('what no cell can hold is replaced or cut, and the check asks for what is written', () => {
  const sheet = plan(
    [['{{charter.vessel}}', '{{charter.notes}}']],
    [charter({ vessel: 'a\u0000b\r\nc\ud800', comps: 1, compNotes: '😀'.repeat(20_000) })],
  );
  const [vessel, notes] = shown(sheet)[0] ?? [];
  expect(vessel).toBe('a\ufffdb\nc\ufffd');
  const written = String(notes);
  expect([written.length <= 32_000, written.length > 31_000, written.endsWith('😀…')]).toEqual([
    true,
    true,
    true,
  ]);
  const { check } = at(sheet, 0, 1);
  expect(check?.kind === 'text' && check.text === written).toBe(true);
});

test('whatever the month, the plan has a row for each charter and its totals are the statement’s', () => {
  fc.assert(
    fc.property(anyMonth, (charters) => {
      const statement = statementOf(...charters);
      const sheet = makeSheetPlan(template(ROWS), statement, 'May');
      expect(sheet.rows).toHaveLength(ROWS.length - 1 + Math.max(1, charters.length));
      expect(sheet.rowHeightsPx).toHaveLength(sheet.rows.length);
      const total = sheet.rows.at(-1);
      const { guests } = statement.totals;
      const empty = { kind: 'cents', cents: 0 };
      expect(total?.[1]?.check).toEqual(charters.length === 0 ? empty : { kind: 'number', number: guests });
      expect(total?.[2]?.check).toEqual({ kind: 'cents', cents: statement.totals.reportableCents });
    }),
  );
});
