import type { SheetCell, SheetJson } from '../../src/clients/google/sheets.ts';
import { templateFeatures } from '../../src/workbook/template-features.ts';

type Data = SheetJson['data'][number];

function sheet(cells: readonly SheetCell[], changes: Partial<SheetJson> = {}, data: Partial<Data> = {}) {
  return {
    properties: {
      sheetId: 1,
      title: 'House',
      index: 0,
      hidden: false,
      sheetType: 'GRID',
      gridProperties: {},
    },
    developerMetadata: [],
    merges: [],
    charts: [],
    data: [
      { rowData: [{ values: [] }, { values: [...cells] }], rowMetadata: [], columnMetadata: [], ...data },
    ],
    ...changes,
  } as unknown as SheetJson;
}

const text = (stringValue: string, more: SheetCell = {}): SheetCell => ({
  userEnteredValue: { stringValue },
  ...more,
});
const formula = (formulaValue: string): SheetCell => ({ userEnteredValue: { formulaValue } });
const said = (cells: readonly SheetCell[], changes?: Partial<SheetJson>, data?: Partial<Data>) =>
  templateFeatures(sheet(cells, changes, data))?.message ?? null;
const dropped = (what: string, them = 'it'): string =>
  `The Template “House” has ${what}, which the XLSX can't carry; the month tab keeps ${them}.`;

const link = { uri: 'https://example.com/' };

test('a Template that the XLSX carries as a whole is no finding', () => {
  expect(
    templateFeatures(
      sheet([
        text('{{company}}', { userEnteredFormat: { textFormat: { bold: true }, textRotation: {} } }),
        formula('=HYPERLINK("https://example.com/", "IMAGE(1)")'),
        formula("=SUM('IMAGE (old)'!A1:A2)+MY_IMAGE(1)"),
        text('IMAGE(x)', { textFormatRuns: [] }),
        // Nobody sees how an empty cell would show its text.
        { userEnteredFormat: { textRotation: { angle: 45 }, textFormat: { link } } },
      ]),
    ),
  ).toBeNull();
});

// developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells
test.each<[string, readonly SheetCell[], Partial<SheetJson>, string | null]>([
  ['a chart', [], { charts: [{ chartId: 1 }] }, dropped('a chart')],
  ['charts', [], { charts: [{}, {}] }, dropped('2 charts', 'them')],
  ['conditional formatting', [], { conditionalFormats: [{}, {}] }, dropped('conditional formatting', 'them')],
  [
    'an image',
    [text('a'), formula('=IF(A1="x", image ("https://x/y.png"), 0)')],
    {},
    dropped('an image by IMAGE (B2)'),
  ],
  [
    'formats inside a text',
    [
      text('ab', { textFormatRuns: [{}, { startIndex: 1, format: {} }] }),
      text('cd', { textFormatRuns: [{ startIndex: 1 }] }),
    ],
    {},
    dropped('formats of a part of a cell’s text (A2, B2)', 'them'),
  ],
  [
    'rotated text',
    [
      text('a', { userEnteredFormat: { textRotation: { angle: -30 } } }),
      text('b', { userEnteredFormat: { textRotation: { vertical: true } } }),
    ],
    {},
    dropped('rotated text (A2, B2)', 'them'),
  ],
  [
    'a link over a cell',
    [text('a', { userEnteredFormat: { textFormat: { link } } })],
    {},
    dropped('a link (A2)'),
  ],
  [
    'a link as the only run',
    [text('a', { textFormatRuns: [{ format: { link } }] })],
    {},
    dropped('a link (A2)'),
  ],
  [
    'a link over the beginning of a text',
    [text('ab', { textFormatRuns: [{ format: { link } }, { startIndex: 1 }] })],
    {},
    dropped('formats of a part of a cell’s text (A2) and a link (A2)', 'them'),
  ],
  [
    'everything',
    [
      formula('=IMAGE("x")'),
      text('ab', { textFormatRuns: [{}, { startIndex: 1, format: { link } }] }),
      text('c', { userEnteredFormat: { textRotation: { angle: 90 } } }),
    ],
    { charts: [{}], conditionalFormats: [{}] },
    dropped(
      'a chart, conditional formatting, an image by IMAGE (A2), formats of a part of a cell’s text (B2), rotated text (C2) and a link (B2)',
      'them',
    ),
  ],
])('%s is named', (_what, cells, changes, message) => {
  expect(templateFeatures(sheet(cells, changes))?.code).toBe('template-feature-dropped');
  expect(said(cells, changes)).toBe(message);
});

test('where a placeholder is filled in, the month tab loses the formats of parts, and that is said', () => {
  const textFormatRuns = [{ startIndex: 3 }];
  expect(said([text('For {{month}}', { textFormatRuns }), text('ab', { textFormatRuns })])).toBe(
    `${dropped('formats of a part of a cell’s text (A2, B2)', 'them')} Where a placeholder is filled in (A2), the month tab has one format, too.`,
  );
});

test('of many cells the first are named', () => {
  const many = Array.from({ length: 9 }, () => formula('=IMAGE("x")'));
  expect(said(many)).toBe(dropped('images by IMAGE (A2, B2, C2, D2, E2, F2 and 3 more)', 'them'));
});

test('hidden rows and columns are named, for whoever gets the file can show them', () => {
  const wide = Array.from({ length: 14 }, () => text('x'));
  const hidden = (columns: readonly number[], rows: readonly number[] = []): string | null => {
    const of = (indexes: readonly number[]) =>
      Array.from({ length: 20 }, (_, index) => (indexes.includes(index) ? { hiddenByUser: true } : {}));
    return said(wide, {}, { columnMetadata: of(columns), rowMetadata: of(rows) });
  };
  expect(hidden([9])).toBe(
    'Column J of the Template is hidden; it is hidden in the XLSX too, but whoever gets the file can show it.',
  );
  expect(hidden([9, 11, 12, 13])).toBe(
    'Columns J, L to N of the Template are hidden; they are hidden in the XLSX too, but whoever gets the file can show them.',
  );
  expect(hidden([], [1])).toMatch(/^Row 2 of the Template is hidden; /);
  expect(hidden([9], [0, 1])).toMatch(/^Column J and rows 1 to 2 of the Template are hidden; they /);
  // Beyond what is used nothing comes into the XLSX.
  expect(hidden([14, 19], [2])).toBeNull();
  expect(said(wide, { charts: [{}] }, { rowMetadata: [{ hiddenByUser: true }] })).toMatch(
    /^The Template “House” has a chart, .* keeps it\. Row 1 of the Template is hidden; /,
  );
});
