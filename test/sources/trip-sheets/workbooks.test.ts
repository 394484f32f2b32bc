import { byExcelJs, bySheetJs, excelJsTab, only, readWorkbook } from './build-files.ts';

const day = (text: string) => new Date(`${text}T00:00:00Z`);
const clean = { problems: [] };

test('dates, times and formulas of a workbook that exceljs wrote', async () => {
  const bytes = await excelJsTab(
    [
      ['Trip sheet'],
      ['Charter ID', 'BH-1'],
      ['Date', day('2026-05-07')],
      ['Departure', 17.5 / 24],
      ['Vessel', 'Étoile du Nord'],
      ['Captain', 'José Núñez'],
      ['Guest', 'Party', 'Boarded', 'No-show', 'Comps', 'Reason for comp'],
      ['Grant', 4, 3, 1, 0, null],
      ['Weiß', 2, 2, 0, 1, 'press'],
      ['Total', null, null, null, null, null],
      ['Signed', 'x'],
    ],
    (sheet) => {
      sheet.mergeCells('A1:F1');
      sheet.getCell('B3').numFmt = 'ddd d mmm yyyy';
      sheet.getCell('B4').numFmt = 'h:mm AM/PM';
      for (const [column, result] of [
        ['B', 6],
        ['C', 5],
        ['D', 1],
        ['E', 1],
      ] as const) {
        sheet.getCell(`${column}10`).value = { formula: `SUM(${column}8:${column}9)`, result };
      }
      sheet.getCell('A8').value = { richText: [{ text: 'Gr' }, { text: 'ant', font: { bold: true } }] };
    },
  );
  expect(only(readWorkbook(bytes))).toMatchObject({
    tab: 'Trip',
    charterId: 'BH-1',
    date: '2026-05-07',
    departs: '17:30',
    vessel: 'Étoile du Nord',
    boarded: 5,
    noShows: 1,
    guestNames: ['Grant', 'Weiß'],
    comps: [{ person: 'Weiß', heads: 1, reason: 'press' }],
    signedBy: 'José Núñez',
    ...clean,
  });
});

test('a merged header over two rows: the group above tells which name and which count is meant', async () => {
  const bytes = await excelJsTab(
    [
      ['BLUE HERON CHARTERS – TRIP SHEET'],
      ['Date', null, day('2026-05-07'), null, 'Vessel', 'Blue Heron'],
      ['Guests', null, 'On the day', null, 'Comps', null],
      ['Name', 'Count', 'Boarded', 'No-show', 'Name', 'Reason'],
      ['Grant', 4, 4, 0, null, null],
      ['Weiß', 3, 2, 1, 'Ann Weiß', 'apology'],
    ],
    (sheet) => {
      for (const merged of ['A1:F1', 'A2:B2', 'C2:D2', 'A3:B3', 'C3:D3', 'E3:F3']) sheet.mergeCells(merged);
    },
  );
  expect(only(readWorkbook(bytes))).toMatchObject({
    date: '2026-05-07',
    vessel: 'Blue Heron',
    boarded: 6,
    noShows: 1,
    guestNames: ['Grant', 'Weiß'],
    comps: [{ person: 'Ann Weiß', heads: 1, reason: 'apology' }],
    ...clean,
  });
});

test('every tab of a workbook that SheetJS wrote is a trip of its own; a hidden one is named, not read', () => {
  const trip = (charter: string, heads: number) => [
    ['Charter', charter],
    ['Date', '2026-05-07'],
    ['Guest', 'Boarded'],
    ['Smith', heads],
  ];
  const bytes = bySheetJs(
    {
      Morning: trip('BH-1', 4),
      Draft: trip('BH-9', 9),
      Noon: trip('BH-2', 5),
      Lists: [
        ['x', 'y'],
        ['boarded', 'no-show'],
      ],
      Empty: [],
      Evening: trip('BH-3', 6),
    },
    (book) => {
      book.Workbook = {
        Sheets: [0, 1, 0, 2, 0, 0].map((Hidden, at) => ({
          name: book.SheetNames[at] ?? '',
          Hidden: Hidden as 0 | 1 | 2,
        })),
      };
    },
  );
  expect(readWorkbook(bytes)).toMatchObject([
    {
      tab: 'Morning',
      charterId: 'BH-1',
      boarded: 4,
      problems: [],
      notes: ['The tab “Draft” is hidden and was not read.'],
    },
    { tab: 'Noon', charterId: 'BH-2', boarded: 5, ...clean },
    { tab: 'Evening', charterId: 'BH-3', boarded: 6, ...clean },
  ]);
});

test('a tab named by its day dates a trip that does not say its date', () => {
  const bytes = bySheetJs({
    'May 7, 2026': [
      ['Vessel', 'Blue Heron'],
      ['Boarded', 12],
    ],
  });
  expect(only(readWorkbook(bytes))).toMatchObject({ date: '2026-05-07', boarded: 12, ...clean });
});

test.each([false, true])('dates of SheetJS are the same day, counted from 1904: %s', (date1904) => {
  const bytes = bySheetJs(
    {
      Log: [
        ['Date', 'Departure', 'Vessel', 'Guests'],
        ['', '', 'Heron', 12],
      ],
    },
    (book) => {
      book.Workbook = { WBProps: { date1904 } };
      const sheet = book.Sheets.Log;
      if (sheet === undefined) throw new Error('no sheet');
      // 2026-05-07 is day 46149 from 1899-12-30, and 1462 less from 1904-01-01.
      sheet.A2 = { t: 'n', v: date1904 ? 46_149 - 1462 : 46_149, z: 'yyyy-mm-dd' };
      sheet.B2 = { t: 'n', v: 0.75, z: '[h]:mm' };
    },
  );
  expect(only(readWorkbook(bytes))).toMatchObject({
    date: '2026-05-07',
    departs: '18:00',
    boarded: 12,
    ...clean,
  });
});

test('numbers that only look like dates by their format stay numbers', async () => {
  const bytes = await excelJsTab(
    [
      ['Date', '2026-05-07'],
      ['Guest', 'Boarded', 'Paid'],
      ['Smith', 4, 500],
    ],
    (sheet) => {
      sheet.getCell('B3').numFmt = '0" heads"';
      sheet.getCell('C3').numFmt = '[Red]"days" #,##0.00';
    },
  );
  expect(only(readWorkbook(bytes))).toMatchObject({ boarded: 4, ...clean });
});

test('a failed formula and one without a saved value are named by their cells', async () => {
  const bytes = await excelJsTab(
    [
      ['Date', '2026-05-07'],
      ['Vessel', 'Blue Heron'],
      ['Guest', 'Boarded'],
      ['Smith', 4],
      ['Total', 0],
    ],
    (sheet) => {
      sheet.getCell('B2').value = { error: '#REF!' };
      sheet.getCell('B5').value = { formula: 'SUM(B4:B4)' };
    },
  );
  const trip = only(readWorkbook(bytes));
  expect(trip).toMatchObject({ vessel: null, boarded: 4 });
  expect(trip.problems).toStrictEqual([
    'The formula of B2 failed: #REF!.',
    'The formula of B5 has no saved value.',
  ]);
});

test('problems stand at the trip in whose rows they are', async () => {
  const bytes = await excelJsTab(
    [
      ['Charter', 'BH-1'],
      ['Date', '2026-05-07'],
      ['Boarded', 4],
      ['Charter', 'BH-2'],
      ['Date', '2026-05-07'],
      ['Boarded', 5],
      ['Weather', 'x'],
    ],
    (sheet) => {
      sheet.getCell('B7').value = { error: '#N/A' };
    },
  );
  expect(readWorkbook(bytes)).toMatchObject([
    { charterId: 'BH-1', boarded: 4, ...clean },
    { charterId: 'BH-2', boarded: 5, problems: ['The formula of B7 failed: #N/A.'] },
  ]);
});

test('ticks of checkboxes, a date with its time in one cell', async () => {
  const bytes = await byExcelJs((workbook) => {
    const sheet = workbook.addWorksheet('Sheet1');
    sheet.addRow(['Date/Time', 46_149 + 17.5 / 24]);
    sheet.getCell('B1').numFmt = 'yyyy-mm-dd hh:mm';
    sheet.addRow(['Boat', 'Blue Heron']);
    sheet.addRow(['Passengers', 'Checked in', 'Comp']);
    sheet.addRow(['Anna', true, false]);
    sheet.addRow(['Ben', false, false]);
    sheet.addRow(['Cara', true, true]);
  });
  expect(only(readWorkbook(bytes))).toMatchObject({
    date: '2026-05-07',
    departs: '17:30',
    boarded: 2,
    noShows: 1,
    comps: [{ person: 'Cara', heads: 1, reason: '' }],
    ...clean,
  });
});

test('several passengers in one cell of a workbook, line by line', () => {
  const bytes = bySheetJs({
    Trip: [
      ['Vessel', 'Blue Heron', 'Date', '7 May 2026'],
      ['Party', 'Names', 'Pax'],
      ['HB-1', 'Anna Smith\nBen Smith', 2],
      ['HB-2', 'Cara Lee & Dan Lee', 2],
      ['HB-3', 'Severn & Sons, attn. Beth', 20],
    ],
  });
  expect(only(readWorkbook(bytes)).guestNames).toStrictEqual([
    'Anna Smith',
    'Ben Smith',
    'Cara Lee',
    'Dan Lee',
    'Severn & Sons, attn. Beth',
  ]);
});

test('a workbook whose only filled tab is hidden is empty, and says which tab was not read', () => {
  const bytes = bySheetJs(
    {
      Cover: [],
      Draft: [
        ['Charter', 'BH-9'],
        ['Boarded', 9],
      ],
    },
    (book) => {
      book.Workbook = {
        Sheets: [
          { name: 'Cover', Hidden: 0 },
          { name: 'Draft', Hidden: 1 },
        ],
      };
    },
  );
  expect(only(readWorkbook(bytes))).toMatchObject({
    boarded: null,
    problems: ['The file is empty.'],
    notes: ['The tab “Draft” is hidden and was not read.'],
  });
});
