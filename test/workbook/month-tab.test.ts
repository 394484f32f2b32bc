import type { SheetsRequest } from '../../src/clients/google/sheets-requests.ts';
import type { Charter } from '../../src/statement/charter.ts';
import type { SheetPlan } from '../../src/statement/sheet-plan.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import { planStaging, showRequests, stageRequests, stageValues } from '../../src/workbook/month-tab.ts';
import type { MonthTab, Tab } from '../../src/workbook/tabs.ts';
import { formatted, template } from '../statement/grids.ts';
import { charter, statementOf } from '../statement/samples.ts';

const TEMPLATE = template([
  ['{{month}}', 'Statement'],
  ['{{charter.date}}', '{{charter.reportable}}', '{{charter.notes}}', '=B2*2', 'each'],
  ['Total', '=SUM(B2:B2)', '{{total.recorded}}'],
]);
const TEMPLATE_TAB: Tab = {
  sheetId: 1,
  title: 'Template',
  index: 4,
  hidden: true,
  rowCount: 10,
  columnCount: 6,
};

const charters = (count: number): Charter[] =>
  Array.from({ length: count }, (_, index) => charter({ id: `c-${index}`, date: `2026-05-0${index + 1}` }));
const planOf = (count: number): SheetPlan =>
  makeSheetPlan(TEMPLATE, statementOf(...charters(count)), 'May 2026');
const stage = (count: number, leftovers: readonly Tab[] = []): SheetsRequest[] => {
  const plan = planOf(count);
  return stageRequests(
    '2026-05',
    TEMPLATE,
    TEMPLATE_TAB,
    plan,
    planStaging('2026-05', TEMPLATE_TAB, plan, 99, 'key'),
    leftovers,
  );
};
const named = <K extends string>(requests: readonly SheetsRequest[], name: K): object[] =>
  requests.flatMap((request) => (name in request ? [(request as Record<K, object>)[name]] : []));

test('the hidden copy has the Template’s size and a row more for each charter but one', () => {
  expect(planStaging('2026-05', TEMPLATE_TAB, planOf(3), 99, 'key')).toEqual({
    sheetId: 99,
    title: 'Purser staging 2026-05',
    metadataId: 99,
    postKey: 'key',
    rowCount: 12,
    columnCount: 6,
  });
  expect(planStaging('2026-05', TEMPLATE_TAB, planOf(0), 99, 'key').rowCount).toBe(10);
});

test('leftovers go first, then the copy is made, hidden and marked before anything else', () => {
  const requests = stage(3, [{ ...TEMPLATE_TAB, sheetId: 55 }]);
  expect(requests.slice(0, 4)).toMatchObject([
    { deleteSheet: { sheetId: 55 } },
    {
      duplicateSheet: {
        sourceSheetId: 1,
        newSheetId: 99,
        newSheetName: 'Purser staging 2026-05',
        insertSheetIndex: 5,
      },
    },
    { updateSheetProperties: { properties: { sheetId: 99, hidden: true }, fields: 'hidden' } },
    {
      createDeveloperMetadata: {
        developerMetadata: {
          metadataId: 99,
          metadataKey: 'purser.staging',
          metadataValue: '2026-05@key',
          location: { sheetId: 99 },
        },
      },
    },
  ]);
});

test('a row that its text outgrows is made higher in the hidden copy, where it stands there; no other row is', () => {
  const tall = template([
    ['{{charter.date}}', '{{charter.notes}}'],
    [formatted('{{comps}}', { wrapStrategy: 'WRAP' }), '{{month}}'],
  ]);
  const plan = makeSheetPlan(
    tall,
    statementOf(...charters(2).map((one) => ({ ...one, comps: 1 }))),
    'May 2026',
  );
  const staging = planStaging('2026-05', TEMPLATE_TAB, plan, 99, 'key');
  expect(
    named(stageRequests('2026-05', tall, TEMPLATE_TAB, plan, staging, []), 'updateDimensionProperties'),
  ).toEqual([
    {
      range: { sheetId: 99, dimension: 'ROWS', startIndex: 2, endIndex: 3 },
      properties: { pixelSize: plan.rowHeightsPx[2] },
      fields: 'pixelSize',
    },
  ]);
  expect(plan.rowHeightsPx[2]).toBeGreaterThan(60);
  expect(named(stage(3), 'updateDimensionProperties')).toEqual([]);
});

test.each([0, 1])('with %i charters no row is put in and none copied', (count) => {
  expect(named(stage(count), 'insertDimension')).toEqual([]);
  expect(named(stage(count), 'copyPaste')).toEqual([]);
});

test('three charters put two rows under the prototype row and copy it into them', () => {
  const requests = stage(3);
  expect(named(requests, 'insertDimension')).toEqual([
    { range: { sheetId: 99, dimension: 'ROWS', startIndex: 2, endIndex: 4 }, inheritFromBefore: true },
  ]);
  expect(named(requests, 'copyPaste')).toMatchObject([
    {
      source: { sheetId: 99, startRowIndex: 1, endRowIndex: 2, startColumnIndex: 0, endColumnIndex: 6 },
      destination: { sheetId: 99, startRowIndex: 2, endRowIndex: 4, startColumnIndex: 0, endColumnIndex: 6 },
      pasteType: 'PASTE_NORMAL',
    },
  ]);
  expect(Object.keys(requests.at(-1) ?? {})).toEqual(['copyPaste']);
});

test('formulas are written where they stand after the rows are in; the copies’ own come with the copy', () => {
  const formulas = named(stage(3), 'updateCells').filter((request) =>
    JSON.stringify(request).includes('formulaValue'),
  );
  expect(formulas).toEqual([
    {
      start: { sheetId: 99, rowIndex: 1, columnIndex: 3 },
      rows: [{ values: [{ userEnteredValue: { formulaValue: '=B2*2' } }] }],
      fields: 'userEnteredValue',
    },
    {
      start: { sheetId: 99, rowIndex: 4, columnIndex: 1 },
      rows: [{ values: [{ userEnteredValue: { formulaValue: '=SUM(B2:B4)' } }] }],
      fields: 'userEnteredValue',
    },
  ]);
});

test('a figure whose format the Template leaves open gets one; only the number format is written', () => {
  const formats = named(stage(3), 'updateCells').filter((request) =>
    JSON.stringify(request).includes('numberFormat'),
  );
  expect(formats.map((request) => JSON.stringify(request))).toEqual([
    expect.stringContaining('"rowIndex":1,"columnIndex":0'),
    expect.stringContaining('"rowIndex":1,"columnIndex":1'),
    expect.stringContaining('"rowIndex":4,"columnIndex":2'),
  ]);
  expect(
    formats.every((request) => 'fields' in request && request.fields === 'userEnteredFormat.numberFormat'),
  ).toBe(true);
});

test('values go where placeholders were; what is the Template’s own is left as it is', () => {
  const plan = planOf(2);
  expect(stageValues(plan, planStaging('2026-05', TEMPLATE_TAB, plan, 99, 'key'))).toEqual([
    [
      { range: "'Purser staging 2026-05'!A1", values: [['May 2026']] },
      { range: "'Purser staging 2026-05'!C4", values: [[2500]] },
      {
        range: "'Purser staging 2026-05'!A2:E3",
        values: [
          [46_143, 1250, '', null, null],
          [46_144, 1250, '', null, null],
        ],
      },
    ],
  ]);
});

test('an empty month empties the whole prototype row, formulas and labels with it', () => {
  const plan = planOf(0);
  expect(stageValues(plan, planStaging('2026-05', TEMPLATE_TAB, plan, 99, 'key'))[0]?.at(-1)).toEqual({
    range: "'Purser staging 2026-05'!A2:E2",
    values: [['', '', '', '', '']],
  });
  expect(JSON.stringify(stage(0))).not.toContain('=B2*2');
});

// https://developers.google.com/workspace/sheets/api/limits: 2 MB is the recommended largest payload
test('a long month is written in parts under 2 MB each, no row lost, none twice, whatever the script', () => {
  const wide = template([[formatted('{{charter.notes}}', {}), '{{charter.id}}']]);
  const many = Array.from({ length: 400 }, (_, index) =>
    charter({
      id: `c-${index}`,
      departs: `${String(index % 24).padStart(2, '0')}:${String(Math.floor(index / 24)).padStart(2, '0')}`,
      comps: 1,
      compNotes: '船'.repeat(9000),
    }),
  );
  const plan = makeSheetPlan(wide, statementOf(...many), 'May');
  const parts = stageValues(plan, planStaging('2026-05', TEMPLATE_TAB, plan, 99, 'key'));
  expect(parts.length).toBeGreaterThan(5);
  for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(2_000_000);
  const ranges = parts.flat();
  expect(ranges.reduce((rows, { values }) => rows + values.length, 0)).toBe(400);
  let next = 1;
  for (const { range, values } of ranges) {
    expect(range).toBe(`'Purser staging 2026-05'!A${next}:B${next + values.length - 1}`);
    next += values.length;
  }
});

const posted = (charterRows: number) => ({
  month: '2026-05',
  version: 1,
  prototypeRow: 1,
  charterRows,
  contentHash: 'hash',
  postKey: 'key',
});
const there = (charterRows: number, prototypeRow = 1): MonthTab => ({
  ...posted(charterRows),
  prototypeRow,
  sheetId: 42,
  title: 'Mai',
  index: 2,
  hidden: false,
  rowCount: 9 + charterRows,
  columnCount: 6,
  metadataId: 777,
});
const show = (count: number, before: MonthTab | null): SheetsRequest[] => {
  const plan = planOf(count);
  return showRequests(
    planStaging('2026-05', TEMPLATE_TAB, plan, 99, 'key'),
    plan,
    posted(plan.charterRows),
    before,
    3,
  );
};

test('a month posted for the first time: the hidden copy itself is named, shown and marked', () => {
  expect(show(3, null)).toMatchObject([
    {
      updateSheetProperties: {
        properties: { sheetId: 99, title: 'May 2026', hidden: false, index: 3 },
        fields: 'title,hidden,index',
      },
    },
    { deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataId: 99 } } } },
    {
      createDeveloperMetadata: {
        developerMetadata: { metadataKey: 'purser.month', location: { sheetId: 42 + 57 } },
      },
    },
  ]);
});

test('a month posted before keeps its tab: resized, pasted over, marked anew, the copy deleted last', () => {
  const requests = show(3, there(3));
  expect(requests.map((request) => Object.keys(request)[0])).toEqual([
    'updateSheetProperties',
    'unmergeCells',
    'copyPaste',
    'updateDimensionProperties',
    'updateDimensionProperties',
    'updateDimensionProperties',
    'updateDimensionProperties',
    'deleteDeveloperMetadata',
    'createDeveloperMetadata',
    'deleteSheet',
  ]);
  expect(requests[0]).toMatchObject({
    updateSheetProperties: {
      properties: { sheetId: 42, gridProperties: { rowCount: 12, columnCount: 6, frozenRowCount: 1 } },
    },
  });
  expect(JSON.stringify(requests[0])).not.toContain('title');
  expect(requests[2]).toMatchObject({
    copyPaste: {
      source: { sheetId: 99, startRowIndex: 0, endRowIndex: 12, startColumnIndex: 0, endColumnIndex: 6 },
      destination: { sheetId: 42, startRowIndex: 0, endRowIndex: 12, startColumnIndex: 0, endColumnIndex: 6 },
    },
  });
  expect(requests.at(-3)).toEqual({
    deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataId: 777 } } },
  });
  expect(requests.at(-1)).toEqual({ deleteSheet: { sheetId: 99 } });
});

test.each([
  [
    'grows from one',
    1,
    3,
    {
      insertDimension: {
        range: { sheetId: 42, dimension: 'ROWS', startIndex: 2, endIndex: 4 },
        inheritFromBefore: true,
      },
    },
  ],
  [
    'grows from two, before the last so that ranges grow',
    2,
    3,
    {
      insertDimension: {
        range: { sheetId: 42, dimension: 'ROWS', startIndex: 2, endIndex: 3 },
        inheritFromBefore: true,
      },
    },
  ],
  [
    'grows from five',
    5,
    9,
    {
      insertDimension: {
        range: { sheetId: 42, dimension: 'ROWS', startIndex: 5, endIndex: 9 },
        inheritFromBefore: true,
      },
    },
  ],
  [
    'shrinks',
    5,
    3,
    { deleteDimension: { range: { sheetId: 42, dimension: 'ROWS', startIndex: 4, endIndex: 6 } } },
  ],
  [
    'shrinks to none, which keeps a row',
    3,
    0,
    { deleteDimension: { range: { sheetId: 42, dimension: 'ROWS', startIndex: 2, endIndex: 4 } } },
  ],
])('a month that %s moves what stands under its charters first', (_what, before, after, request) => {
  expect(show(after, there(before))[0]).toEqual(request);
});

test('rows are left where they are when the Template’s prototype row has moved', () => {
  const kinds = show(3, there(1, 7)).map((request) => Object.keys(request)[0]);
  expect(kinds).not.toContain('insertDimension');
  expect(kinds).not.toContain('deleteDimension');
});
