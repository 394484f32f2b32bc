/** The audit tab against the local Sheets: staged hidden, shown in one request, replaced at the next posting. */
import fc from 'fast-check';
import type { Call } from '../../src/clients/exchange.ts';
import type { SheetsAccess, SheetValues } from '../../src/clients/google/sheets.ts';
import { batchUpdate, getGrids, getTabs, getValues, putValues } from '../../src/clients/google/sheets.ts';
import type { SheetsRequest } from '../../src/clients/google/sheets-requests.ts';
import type { GridCell, TabGrid } from '../../src/statement/grid.ts';
import type { AuditStaging } from '../../src/workbook/audit-tab.ts';
import {
  auditHash,
  auditRanges,
  auditTabOf,
  auditValues,
  lastOfMonth,
  planAudit,
  showAudit,
  stageAudit,
} from '../../src/workbook/audit-tab.ts';
import { readTabGrid } from '../../src/workbook/tab-grid.ts';
import type { Tab, Tabs } from '../../src/workbook/tabs.ts';
import { markMonth, readTabs, tabTitled } from '../../src/workbook/tabs.ts';
import { contentHash } from '../../src/workbook/verify.ts';
import type { LocalSheets } from '../scripts/sheets/local-sheets.ts';
import { SPREADSHEET_ID, startLocalSheets } from '../scripts/sheets/local-sheets.ts';

const access: SheetsAccess = { spreadsheetId: SPREADSHEET_ID, token: 'good' };
let local: LocalSheets;
beforeEach(async () => {
  local = await startLocalSheets();
});
afterEach(() => local.close());

async function ask<T>(call: Call<T>): Promise<T> {
  const { method, url, body, headers } = call.request({ nowMs: 0 });
  const reply = await local.send(method, url.replace('https://sheets.googleapis.com', ''), body, {
    authorization: headers.Authorization ?? '',
  });
  const settled = call.settle(
    { status: reply.status, headers: {}, text: () => reply.text, bytes: () => Buffer.from(reply.text) },
    { nowMs: 0 },
  );
  if (settled.kind !== 'done') throw new Error(JSON.stringify(settled));
  return settled.value;
}

const change = (...requests: SheetsRequest[]): Promise<unknown> =>
  ask(batchUpdate(access, 'change', requests));
const tabs = async (): Promise<Tabs> => readTabs(await ask(getTabs(access)));
const titles = async (): Promise<string[]> =>
  (await tabs()).all.map(({ title, hidden }) => (hidden ? `(${title})` : title));

async function titled(title: string): Promise<Tab> {
  const tab = tabTitled((await tabs()).all, title);
  if (tab === null) throw new Error(`no tab ${title}`);
  return tab;
}

let nextId = 100;
async function addTab(title: string, index: number): Promise<number> {
  const sheetId = nextId++;
  await change({ addSheet: { properties: { sheetId, title, index } } });
  return sheetId;
}

async function addMonth(month: string, title: string, index: number): Promise<void> {
  const sheetId = await addTab(title, index);
  const posted = { month, version: 1, prototypeRow: 1, charterRows: 1, contentHash: '', postKey: null };
  await change(markMonth(posted, sheetId));
}

const PLAIN = { textFormat: { fontFamily: 'Arial', fontSize: 10 } };
const MARKED = { ...PLAIN, backgroundColor: { red: 1, green: 0.949, blue: 0.8 } };
const text = (words: string, format: GridCell['format'] = PLAIN): GridCell => ({
  input: { kind: 'text', text: words },
  format,
});
const number = (value: number, format: GridCell['format'] = PLAIN): GridCell => ({
  input: { kind: 'number', number: value },
  format,
});
const blank: GridCell = { input: { kind: 'blank' }, format: PLAIN };
const link = (words: string, uri: string): GridCell =>
  text(words, { textFormat: { ...PLAIN.textFormat, underline: true, link: { uri } } });

function gridOf(title: string, rows: readonly (readonly GridCell[])[]): TabGrid {
  return {
    title,
    rows,
    columnWidthsPx: [84, 170, 60],
    rowHeightsPx: rows.map((_, row) => (row === 1 ? 38 : 21)),
    merges: [
      { startRow: 0, endRow: 1, startColumn: 0, endColumn: 3 },
      { startRow: 2, endRow: 3, startColumn: 1, endColumn: 3 },
      { startRow: 3, endRow: 4, startColumn: 1, endColumn: 3 },
    ],
    frozenRows: 0,
    frozenColumns: 0,
  };
}

const ROWS = [
  [text('=1+1'), blank, blank],
  [text('2026-05'), number(12.5, MARKED), link('=HYPERLINK("x")', 'https://example.com/mail')],
  [number(1), text('wide'), blank],
  [number(2, MARKED), text('wide too'), blank],
];

async function plan(month = '2026-05', title = 'May 2026', behindTitle = 'Sheet1'): Promise<AuditStaging> {
  const there = await tabs();
  const behind = await titled(behindTitle);
  const monthTab = there.months.find((tab) => tab.month === month) ?? null;
  const audit = auditTabOf(there, month);
  const written = audit !== null && (await hashOf(audit.title, audit.rowCount)) !== audit.contentHash;
  return planAudit(month, there, title, monthTab, behind, [], written, 'key');
}

async function hashOf(title: string, rowCount: number): Promise<string> {
  const parts: SheetValues[] = [];
  for (const range of auditRanges(title, rowCount)) {
    parts.push((await ask(getValues(access, [range], 'FORMULA')))[0] ?? []);
  }
  return auditHash(parts);
}

async function stage(staging: AuditStaging, grid: TabGrid): Promise<void> {
  await change(...stageAudit(grid, staging));
  for (const part of auditValues(grid, staging)) await ask(putValues(access, 'fill', part));
}

/** Posts the audit of a month whose tab is there. */
async function post(rows = ROWS): Promise<AuditStaging> {
  const staging = await plan();
  const grid = gridOf(staging.title, rows);
  await stage(staging, grid);
  await show(grid, staging);
  return staging;
}

async function show(grid: TabGrid, staging: AuditStaging, ...before: SheetsRequest[]): Promise<void> {
  const hash = await hashOf(staging.stagingTitle, grid.rows.length);
  await change(...before, ...showAudit(grid, staging, hash));
}

/** As a person types. */
async function type(range: string, words: string): Promise<void> {
  await ask(putValues(access, 'type', [{ range, values: [[words]] }], 'USER_ENTERED'));
}

async function read(range: string): Promise<SheetValues> {
  return (await ask(getValues(access, [range], 'FORMULA')))[0] ?? [];
}

test('the tab reads as planned: text stays text, links lead where they should, sizes and merges are kept', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  const { title } = await post();
  expect(title).toBe('Audit May 2026');
  const [sheet] = (await ask(getGrids(access, ["'Audit May 2026'"]))).sheets;
  if (sheet === undefined) throw new Error('no tab');
  const read = readTabGrid(sheet);
  expect(read.rows.map((row) => row.map(({ input }) => input).slice(0, 3))).toEqual([
    [{ kind: 'text', text: '=1+1' }, { kind: 'blank' }, { kind: 'blank' }],
    [
      { kind: 'text', text: '2026-05' },
      { kind: 'number', number: 12.5 },
      { kind: 'text', text: '=HYPERLINK("x")' },
    ],
    [{ kind: 'number', number: 1 }, { kind: 'text', text: 'wide' }, { kind: 'blank' }],
    [{ kind: 'number', number: 2 }, { kind: 'text', text: 'wide too' }, { kind: 'blank' }],
  ]);
  expect(read.rows[1]?.map(({ format }) => format.textFormat?.link?.uri)).toEqual([
    undefined,
    undefined,
    'https://example.com/mail',
  ]);
  const backgrounds = read.rows.map((row) => row.map(({ format }) => format.backgroundColor !== undefined));
  expect(backgrounds).toEqual([
    [false, false, false],
    [false, true, false],
    [false, false, false],
    [true, false, false],
  ]);
  expect(read.rows[1]?.[1]?.format.textFormat).toMatchObject(PLAIN.textFormat);
  expect(read).toMatchObject({ columnWidthsPx: [84, 170, 60], rowHeightsPx: [21, 38, 21, 21] });
  expect(read.merges).toEqual(gridOf('', ROWS).merges);
});

test('a reader sees the old audit until the new one is shown', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  await post();
  const staging = await plan();
  const grid = gridOf(staging.title, ROWS.slice(0, 4).reverse());
  await stage(staging, grid);
  expect(await titles()).toEqual(['Sheet1', 'May 2026', 'Audit May 2026', '(Purser staging audit 2026-05)']);
  await show(grid, staging);
  expect(await titles()).toEqual(['Sheet1', 'May 2026', 'Audit May 2026']);
  const after = await tabs();
  expect(after.audits).toMatchObject([{ month: '2026-05', sheetId: staging.sheetId }]);
  expect(after.staging).toEqual([]);
});

test('posted again and again, there is one audit tab, right behind the month', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  await addTab('Notes', 2);
  for (let times = 0; times < 3; times++) await post();
  expect(await titles()).toEqual(['Sheet1', 'May 2026', 'Audit May 2026', 'Notes']);
});

test('an audit tab with a person’s note is kept, however often the month is posted, and Purser’s own are replaced', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  const first = await post();
  await type("'Audit May 2026'!B2", 'Rita called: paid in cash');
  const second = await post();
  expect(second).toMatchObject({ title: 'Audit May 2026', keepAs: 'Audit May 2026 (kept)' });
  expect(await titles()).toEqual(['Sheet1', 'May 2026', 'Audit May 2026', 'Audit May 2026 (kept)']);
  await post();
  await type("'Audit May 2026'!A4", 'Ann will ask');
  await post();
  await post();
  expect(await titles()).toEqual([
    'Sheet1',
    'May 2026',
    'Audit May 2026',
    'Audit May 2026 (kept 2)',
    'Audit May 2026 (kept)',
  ]);
  expect((await titled('Audit May 2026 (kept)')).sheetId).toBe(first.sheetId);
  expect(await read("'Audit May 2026 (kept)'!B2")).toEqual([['Rita called: paid in cash']]);
  expect(await read("'Audit May 2026 (kept 2)'!A4")).toEqual([['Ann will ask']]);
  expect(await read("'Audit May 2026'!A4:C4")).toEqual([[2, 'wide too']]);
  const after = await tabs();
  expect(after.audits).toMatchObject([{ title: 'Audit May 2026' }]);
});

test('a kept tab stays where a person put it, and the new one comes behind the month', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  const { sheetId } = await post();
  await addTab('Notes', 3);
  await change({ updateSheetProperties: { properties: { sheetId, index: 0 }, fields: 'index' } });
  await type("'Audit May 2026'!B2", 'mine');
  await post();
  expect(await titles()).toEqual(['Audit May 2026 (kept)', 'Sheet1', 'May 2026', 'Audit May 2026', 'Notes']);
});

test.each<readonly [string, string]>([
  ['under the last row', 'A9'],
  ['in a column of their own', 'E2'],
  ['as a formula', 'A4'],
])('a note %s counts as well', async (_, cell) => {
  await addMonth('2026-05', 'May 2026', 1);
  const { sheetId } = await post();
  await change(
    { appendDimension: { sheetId, dimension: 'ROWS', length: 6 } },
    { appendDimension: { sheetId, dimension: 'COLUMNS', length: 3 } },
  );
  expect((await plan()).keepAs).toBeNull();
  await type(`'Audit May 2026'!${cell}`, cell === 'A4' ? '=SUM(A3:A3)' : 'x');
  expect((await plan()).keepAs).toBe('Audit May 2026 (kept)');
});

test('a kept tab’s title that would be too long is cut, and stays apart from the new one’s', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  const { sheetId } = await post();
  const title = 'What we checked '.repeat(6).padEnd(100, 'x');
  await change({ updateSheetProperties: { properties: { sheetId, title }, fields: 'title' } });
  await type(`'${title}'!A1`, 'mine');
  const { keepAs } = await post();
  expect(keepAs).toMatch(/^What we checked .* \(kept\)$/);
  expect(await titles()).toEqual(['Sheet1', 'May 2026', title, keepAs]);
});

test('a mark of the older form has no hash', async () => {
  const sheetId = await addTab('Audit May 2026', 1);
  await change({
    createDeveloperMetadata: {
      developerMetadata: {
        metadataKey: 'purser.audit',
        metadataValue: `2026-05@${sheetId}`,
        location: { sheetId },
        visibility: 'DOCUMENT',
      },
    },
  });
  expect((await tabs()).audits).toMatchObject([{ month: '2026-05', sheetId, contentHash: null }]);
});

test('an audit of any length, read in parts, reads the same until a cell of it changes', () => {
  const cell = fc.constantFrom('', 0, 1, 'x', '=A1', true);
  fc.assert(
    fc.property(
      fc.dictionary(fc.integer({ min: 0, max: 12_000 }).map(String), fc.array(cell, { maxLength: 3 }), {
        minKeys: 1,
        maxKeys: 8,
      }),
      fc.integer({ min: 0, max: 12_000 }),
      fc.integer({ min: 0, max: 9_000 }),
      (filled, changed, blankRows) => {
        const length = Math.max(changed, ...Object.keys(filled).map(Number)) + 1;
        const rows = Array.from({ length }, (_, row) => filled[row] ?? []);
        const hash = auditHash(answered(rows));
        expect(hash).toBe(contentHash(rows));
        expect(auditHash(answered([...rows, ...Array.from({ length: blankRows }, () => [])]))).toBe(hash);
        const other = rows.map((row, index) => (index === changed ? [...row, 'note'] : row));
        expect(auditHash(answered(other))).not.toBe(hash);
      },
    ),
    { numRuns: 30 },
  );
});

/** As the API answers for each range of the tab: without the empty cells at the end of rows and the empty rows. */
function answered(rows: SheetValues): SheetValues[] {
  return auditRanges('Audit', rows.length).map((range) => {
    const [, first, last] = /^'Audit'!(\d+):(\d+)$/.exec(range) ?? [];
    const part = rows.slice(Number(first) - 1, Number(last)).map((row) => {
      const used = row.findLastIndex((value) => value !== '');
      return row.slice(0, used + 1);
    });
    return part.slice(0, part.findLastIndex((row) => row.length > 0) + 1);
  });
}

test('a renamed audit tab keeps its name, and one moved away comes back', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  const { sheetId } = await post();
  await addTab('Notes', 3);
  await change({
    updateSheetProperties: {
      properties: { sheetId, title: 'What we checked', index: 0 },
      fields: 'title,index',
    },
  });
  await post();
  expect(await titles()).toEqual(['Sheet1', 'May 2026', 'What we checked', 'Notes']);
});

test('a person’s tab of the same title stays, and the audit gets another', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  const theirs = await addTab('audit may 2026', 0);
  await post();
  expect(await titles()).toEqual(['audit may 2026', 'Sheet1', 'May 2026', 'Audit May 2026 (2)']);
  expect((await titled('audit may 2026')).sheetId).toBe(theirs);
});

test('a title too long for a tab is cut', async () => {
  const { title } = await plan('2026-05', `${'Revenue of the month '.repeat(5)}May 2026`);
  expect(title.length).toBeLessThanOrEqual(100);
  expect(title).toMatch(/^Audit Revenue of the month/);
});

test('a copy that carries the mark along is a person’s, and is left alone', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  const { sheetId } = await post();
  const copy = await addTab('Copy of Audit May 2026', 0);
  await change({
    createDeveloperMetadata: {
      developerMetadata: {
        metadataKey: 'purser.audit',
        metadataValue: `2026-05@${sheetId}`,
        location: { sheetId: copy },
        visibility: 'DOCUMENT',
      },
    },
  });
  await post();
  expect(await titles()).toContain('Copy of Audit May 2026');
  expect((await tabs()).audits).toHaveLength(1);
});

test('what a dead run left is found by its mark', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  const dead = await plan();
  await stage(dead, gridOf(dead.title, ROWS));
  const left = (await tabs()).staging;
  expect(left).toMatchObject([{ sheetId: dead.sheetId, hidden: true }]);
  const staging = await plan();
  expect(staging.sheetId).not.toBe(dead.sheetId);
  const grid = gridOf(staging.title, ROWS);
  // As the month's own request does, before anything of this run is made.
  await change(...left.map(({ sheetId }) => ({ deleteSheet: { sheetId } })), ...stageAudit(grid, staging));
  await show(grid, staging);
  expect(await titles()).toEqual(['Sheet1', 'May 2026', 'Audit May 2026']);
});

test('a new month and its audit come behind the month before and its audit', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  await post();
  await addTab('Notes', 3);
  const before = await tabs();
  const may = before.months[0];
  if (may === undefined) throw new Error('no month');
  const behind = lastOfMonth(may, before);
  expect(behind.title).toBe('Audit May 2026');
  const staging = await plan('2026-06', 'June 2026', behind.title);
  const grid = gridOf(staging.title, ROWS);
  // The month's hidden copy stands behind the Template, here the first tab, until it is moved.
  const june = await addTab('Purser staging 2026-06', 1);
  await stage(staging, grid);
  await show(grid, staging, {
    updateSheetProperties: {
      properties: { sheetId: june, title: 'June 2026', index: behind.index + 2 },
      fields: 'title,index',
    },
  });
  expect(await titles()).toEqual([
    'Sheet1',
    'May 2026',
    'Audit May 2026',
    'June 2026',
    'Audit June 2026',
    'Notes',
  ]);
});

test('an audit tab that stands elsewhere does not pull the next month away from its own', async () => {
  await addMonth('2026-05', 'May 2026', 0);
  const { sheetId } = await post();
  await change({ updateSheetProperties: { properties: { sheetId, index: 3 }, fields: 'index' } });
  const there = await tabs();
  const may = there.months[0];
  if (may === undefined) throw new Error('no month');
  expect(lastOfMonth(may, there).title).toBe('May 2026');
});

test('a person who types into the tab is warned that it will be made anew', async () => {
  await addMonth('2026-05', 'May 2026', 1);
  const { sheetId } = await post();
  const { body } = await local.get('?fields=sheets(properties.sheetId,protectedRanges)');
  const mine = body.sheets.find(
    (sheet: { properties: { sheetId: number } }) => sheet.properties.sheetId === sheetId,
  );
  expect(mine.protectedRanges).toMatchObject([{ warningOnly: true }]);
});

test('a large audit goes in parts that each fit one request, and loses no row', () => {
  const rows = Array.from({ length: 20_000 }, (_, row) => [
    number(row),
    text(`é${'x'.repeat(200)}`),
    text('y', row % 2 === 0 ? PLAIN : MARKED),
  ]);
  const grid = {
    ...gridOf('Audit', rows),
    merges: [],
    rowHeightsPx: rows.map((_, row) => 21 + (row % 2) * 17),
  };
  const staging: AuditStaging = {
    month: '2026-05',
    sheetId: 7,
    metadataId: 7,
    postKey: 'key',
    stagingTitle: 'It’s staging',
    title: 'Audit',
    index: 2,
    there: null,
    keepAs: null,
    keptVersion: null,
  };
  const parts = auditValues(grid, staging);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(1_600_000);
  expect(parts.flat().flatMap(({ values }) => values.map(([first]) => first))).toEqual(
    rows.map((_, row) => row),
  );
  const starts = parts.flat().map(({ range }) => Number(/!A(\d+):/.exec(range)?.[1]));
  const counts = parts.flat().map(({ values }) => values.length);
  expect(starts.slice(1)).toEqual(starts.slice(0, -1).map((start, part) => start + (counts[part] ?? 0)));
  expect(showAudit(grid, staging, 'hash')).toContainEqual({
    autoResizeDimensions: {
      dimensions: { sheetId: 7, dimension: 'ROWS', startIndex: 600, endIndex: 20_000 },
    },
  });
});

test('rows that look alike are formatted together, however many', () => {
  const rows = Array.from({ length: 5_000 }, (_, row) => [number(row), text('x', MARKED), text('y')]);
  const merges = rows.map((_, row) => ({ startRow: row, endRow: row + 1, startColumn: 0, endColumn: 2 }));
  const grid = { ...gridOf('Audit', rows), merges, rowHeightsPx: rows.map(() => 21) };
  const staging: AuditStaging = {
    month: '2026-05',
    sheetId: 7,
    metadataId: 7,
    postKey: 'key',
    stagingTitle: 'staging',
    title: 'Audit',
    index: 2,
    there: null,
    keepAs: null,
    keptVersion: null,
  };
  expect(stageAudit(grid, staging).length).toBeLessThan(15);
});
