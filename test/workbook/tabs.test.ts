import type { SheetJson, SpreadsheetJson } from '../../src/clients/google/sheets.ts';
import { markMonth, markOwnTab, markStaging, readTabs, tabTitled } from '../../src/workbook/tabs.ts';

type Metadata = SheetJson['developerMetadata'][number];

function sheet(
  sheetId: number,
  title: string,
  developerMetadata: Metadata[] = [],
  sheetType = 'GRID',
): SheetJson {
  return {
    properties: {
      sheetId,
      title,
      index: sheetId,
      hidden: false,
      sheetType,
      gridProperties: { rowCount: 50, columnCount: 10, frozenRowCount: 0, frozenColumnCount: 0 },
    },
    developerMetadata,
    merges: [],
    protectedRanges: [],
    charts: [],
    data: [],
  };
}

function workbook(...sheets: SheetJson[]): SpreadsheetJson {
  return {
    spreadsheetId: 'abc',
    spreadsheetUrl: '',
    properties: { title: 'Books', timeZone: 'America/New_York', locale: 'en_US' },
    sheets,
  };
}

/** What a request of ours leaves in the workbook. */
function mark(request: object, metadataId = 1): Metadata {
  const { createDeveloperMetadata } = request as {
    createDeveloperMetadata: { developerMetadata: { metadataKey: string; metadataValue: string } };
  };
  const { metadataKey, metadataValue } = createDeveloperMetadata.developerMetadata;
  return { metadataId, metadataKey, metadataValue };
}

const posted = {
  month: '2026-05',
  version: 1,
  prototypeRow: 5,
  charterRows: 9,
  contentHash: 'abc',
  postKey: 'k',
};

test('Purser’s tabs are found by their marks, whatever their titles', () => {
  const tabs = readTabs(
    workbook(
      sheet(1, 'Réglages', [mark(markOwnTab('settings', 1))]),
      sheet(2, 'Tarifs', [mark(markOwnTab('rates', 2))]),
      sheet(3, 'May', [mark(markMonth(posted, 3), 77)]),
    ),
  );
  expect(tabs.own).toMatchObject({ settings: { sheetId: 1 }, rates: { sheetId: 2 } });
  expect(tabs.own.register).toBeUndefined();
  expect(tabs.months).toMatchObject([{ sheetId: 3, title: 'May', metadataId: 77, rowCount: 50, ...posted }]);
  expect(tabs).toMatchObject({
    title: 'Books',
    timeZone: 'America/New_York',
    spreadsheetUrl: 'https://docs.google.com/spreadsheets/d/abc/edit',
  });
});

test('without marks they are found by title, in any case; a mark goes before a title', () => {
  expect(readTabs(workbook(sheet(1, 'purser SETTINGS '))).own).toMatchObject({ settings: { sheetId: 1 } });
  const copied = readTabs(
    workbook(sheet(1, 'Purser settings'), sheet(2, 'Ours', [mark(markOwnTab('settings', 2))])),
  );
  expect(copied.own.settings?.sheetId).toBe(2);
});

describe('a person’s copy of a tab, should Google copy its mark along,', () => {
  const monthsOf = (...sheets: SheetJson[]) => readTabs(workbook(...sheets)).months.map(({ title }) => title);
  const unsigned = (): Metadata => {
    const { sheetId: _none, ...rest } = JSON.parse(mark(markMonth(posted, 3)).metadataValue);
    return { metadataId: 8, metadataKey: 'purser.month', metadataValue: JSON.stringify(rest) };
  };

  it('is never taken for the month’s tab', () => {
    const original = sheet(3, 'May 2026', [mark(markMonth(posted, 3))]);
    const copy = sheet(4, 'Copy of May 2026', [mark(markMonth(posted, 3))]);
    expect(monthsOf(copy, original)).toEqual(['May 2026']);
    expect(monthsOf(copy)).toEqual([]);
  });

  it('of a tab that an older Purser marked makes both uncertain; alone such a tab counts', () => {
    expect(monthsOf(sheet(3, 'May 2026', [unsigned()]))).toEqual(['May 2026']);
    expect(monthsOf(sheet(4, 'Copy of May 2026', [unsigned()]), sheet(3, 'May 2026', [unsigned()]))).toEqual(
      [],
    );
  });

  it('of an older mark goes behind the tab that was posted anew since', () => {
    const original = sheet(3, 'Mai', [mark(markMonth(posted, 3))]);
    expect(monthsOf(sheet(4, 'Kopie von Mai', [unsigned()]), original)).toEqual(['Mai']);
  });

  it('is not taken for the register where that has its own title', () => {
    const marks = [mark(markOwnTab('register', 5))];
    const { own } = readTabs(workbook(sheet(6, 'Copy', marks), sheet(5, 'Purser register', marks)));
    expect(own.register?.sheetId).toBe(5);
  });
});

test('tabs that a run left behind are found by their mark', () => {
  expect(readTabs(workbook(sheet(9, 'x', [mark(markStaging('2026-05', 9, 9, 'k'))]))).staging).toMatchObject([
    { sheetId: 9 },
  ]);
});

test.each(['', 'not json', '{}', 'null', '{"month":5}', '{"month":"2026-05","version":"1"}'])(
  'a mark of another hand, %j, makes no month tab',
  (metadataValue) => {
    expect(
      readTabs(workbook(sheet(3, 'May', [{ metadataId: 1, metadataKey: 'purser.month', metadataValue }])))
        .months,
    ).toEqual([]);
  },
);

test('a mark with a name that objects have by nature is nobody’s tab', () => {
  const own = readTabs(
    workbook(sheet(1, 'a', [{ metadataId: 1, metadataKey: 'purser.tab', metadataValue: 'constructor' }])),
  ).own;
  expect(Object.keys(own)).toEqual([]);
});

test('a chart that has a sheet of its own is no tab to write in', () => {
  const { all, own } = readTabs(workbook(sheet(1, 'Purser settings', [], 'OBJECT'), sheet(2, 'Data')));
  expect(all.map(({ sheetId }) => sheetId)).toEqual([2]);
  expect(own).toEqual({});
});

test('titles are the same without case and spaces around, as Sheets has it', () => {
  const { all } = readTabs(workbook(sheet(1, 'Template'), sheet(2, 'May 2026')));
  expect(tabTitled(all, ' TEMPLATE')?.sheetId).toBe(1);
  expect(tabTitled(all, 'May')).toBeNull();
});
