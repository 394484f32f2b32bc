import type { SheetsRequest } from '../../src/clients/google/sheets-requests.ts';
import { keepVersionRequests, versionToKeep } from '../../src/workbook/keep-version.ts';
import type { KeptTab, MonthTab, Tab, TabProtection, Tabs } from '../../src/workbook/tabs.ts';

const tab = (sheetId: number, title: string): Tab => ({
  sheetId,
  title,
  index: sheetId,
  hidden: false,
  rowCount: 20,
  columnCount: 14,
});
const MAY: MonthTab = {
  ...tab(3, 'May 2026'),
  month: '2026-05',
  version: 1,
  prototypeRow: 5,
  charterRows: 3,
  contentHash: 'x',
  postKey: null,
  metadataId: 9,
};
const kept = (version: number): KeptTab => ({ ...tab(8, `May 2026 v${version}`), month: '2026-05', version });

function tabs(
  more: { all?: readonly Tab[]; kept?: readonly KeptTab[]; protections?: readonly TabProtection[] } = {},
): Tabs {
  return {
    spreadsheetUrl: '',
    title: '',
    timeZone: '',
    locale: '',
    all: [tab(0, 'Template'), MAY, ...(more.all ?? [])],
    own: {},
    months: [MAY],
    audits: [],
    kept: more.kept ?? [],
    protections: more.protections ?? [],
    staging: [],
  };
}

const copied = (requests: readonly SheetsRequest[]): { newSheetName: string; newSheetId: number } => {
  const found = requests.find((request) => 'duplicateSheet' in request);
  if (found === undefined || !('duplicateSheet' in found)) throw new Error('Nothing is copied.');
  return found.duplicateSheet;
};
const keep = (
  formulas: readonly (readonly string[])[] | null = [],
  all: Tabs = tabs(),
): readonly SheetsRequest[] => keepVersionRequests(all, MAY, formulas, 2, 'nora@harbor.example');

test('only an older version is kept, and only once', () => {
  expect(versionToKeep(tabs(), MAY, 2)).toBe(1);
  expect(versionToKeep(tabs(), MAY, 1)).toBeNull();
  expect(versionToKeep(tabs(), null, 2)).toBeNull();
  expect(versionToKeep(tabs({ kept: [kept(1)] }), MAY, 2)).toBeNull();
  expect(versionToKeep(tabs({ kept: [kept(1)] }), { ...MAY, version: 2 }, 3)).toBe(2);
  expect(keep([], tabs({ kept: [kept(1)] }))).toEqual([]);
});

test('the copy is hidden, marked and behind all other tabs, under a title that is free and not too long', () => {
  const requests = keep();
  const { newSheetId: sheetId } = copied(requests);
  expect(copied(requests)).toMatchObject({ newSheetName: 'May 2026 v1', insertSheetIndex: 4 });
  expect(requests).toContainEqual({
    updateSheetProperties: { properties: { sheetId, hidden: true }, fields: 'hidden' },
  });
  expect(JSON.stringify(requests)).toContain(`2026-05@1@${sheetId}`);
  expect(copied(keep([], tabs({ all: [tab(7, 'MAY 2026 V1')] }))).newSheetName).toBe('May 2026 v1 (2)');
  const long = { ...MAY, title: 'M'.repeat(100) };
  const [name] = [copied(keepVersionRequests(tabs(), long, [], 2, '')).newSheetName];
  expect(name).toBe(`${'M'.repeat(97)} v1`);
});

test('what Purser had protected is taken off before the copy is made, a person’s protection is not', () => {
  const first = keep();
  const protection = first.flatMap((request) =>
    'addProtectedRange' in request ? [request.addProtectedRange.protectedRange] : [],
  );
  expect(protection.map(({ range }) => range.sheetId)).toEqual([
    copied(first).newSheetId,
    copied(first).newSheetId,
  ]);
  const mine = { sheetId: MAY.sheetId, id: 77, isWhole: false, canEdit: true };
  expect(keep([], tabs({ protections: [mine] }))).toEqual(first);
});

test.each([
  ['=SUM(F6:F41)', false],
  ['=J6-$K$6+SUM(J:J)*(1+0.5)', false],
  ['=IF(A1="it’s ""TODAY()"" or Rates!A1",TRUE,B2&"!")', false],
  ["='April 2026'!J42", true],
  ['=SUM(Rates!A1:A3)', true],
  ['=FY!A1', true],
  ["='2025'!A1", true],
  ['=TODAY()-A1', true],
  ['=INDIRECT("J"&6)', true],
  ['=IMPORTRANGE("x","y")', true],
  ['=Best_rate*2', true],
  ['=Ünsere+1', true],
  ['no formula', false],
])('a cell with %s becomes its value: %s', (formula, becomesValue) => {
  const pasted = keep([['', formula]]).filter((request) => 'copyPaste' in request);
  expect(pasted).toHaveLength(becomesValue ? 1 : 0);
});

test('cells under one another become values in one request; without knowing the formulas all do', () => {
  const elsewhere = "='Purser rates'!C3";
  const runs = keep([[elsewhere], [elsewhere], ['=A1'], [elsewhere]]).flatMap((request) =>
    'copyPaste' in request ? [request.copyPaste.destination] : [],
  );
  expect(runs.map(({ startRowIndex, endRowIndex }) => [startRowIndex, endRowIndex])).toEqual([
    [0, 2],
    [3, 4],
  ]);
  const [all] = keep(null).flatMap((request) => ('copyPaste' in request ? [request.copyPaste] : []));
  expect(all).toMatchObject({
    pasteType: 'PASTE_VALUES',
    destination: { startRowIndex: 0, endRowIndex: 20, endColumnIndex: 14 },
  });
});
