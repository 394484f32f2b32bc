import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import XLSX from 'xlsx';
import { bySheetJs, only, readCsv, readWorkbook } from './build-files.ts';

const GOOD = bySheetJs({
  Trip: [
    ['Date', '2026-05-07'],
    ['Guest', 'Boarded'],
    ['Smith', 4],
  ],
});

/** The good workbook with one part written anew. */
function withPart(name: string, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(GOOD);
  const part = parts[name];
  if (part === undefined) throw new Error(`no ${name}`);
  return zipSync({ ...parts, [name]: strToU8(change(strFromU8(part))) });
}

const nothing = {
  charterId: null,
  date: null,
  departs: null,
  vessel: null,
  boarded: null,
  noShows: null,
  guestNames: [],
  comps: [],
  signedBy: null,
};

function compoundFile(stream: string): Uint8Array {
  const file = XLSX.CFB.utils.cfb_new();
  XLSX.CFB.utils.cfb_add(file, `/${stream}`, Buffer.alloc(6000, 1));
  return new Uint8Array(XLSX.CFB.write(file, { type: 'buffer' }) as Buffer);
}

test('the good workbook that the bad ones are made of is read', () => {
  expect(only(readWorkbook(GOOD))).toMatchObject({ date: '2026-05-07', boarded: 4, problems: [] });
  expect(only(readWorkbook(withPart('xl/styles.xml', (xml) => xml)))).toMatchObject({
    boarded: 4,
    problems: [],
  });
});

test.each<[string, Uint8Array, string]>([
  ['no bytes', new Uint8Array(0), 'The file is empty.'],
  [
    'a password',
    compoundFile('EncryptedPackage'),
    'The workbook is protected by a password; save it without one.',
  ],
  [
    'the old format',
    bySheetJsXls(),
    'The file is an old Excel workbook (.xls) or another Office file; save it as .xlsx.',
  ],
  [
    'a web page',
    strToU8('<html><body>Sign in</body></html>'),
    'The file is not an XLSX workbook: it is no zip archive.',
  ],
  [
    'another archive',
    zipSync({ 'readme.txt': strToU8('hello') }),
    'The file is not an XLSX workbook: the archive holds none.',
  ],
  [
    'half a file',
    GOOD.slice(0, GOOD.length / 2),
    "The workbook is damaged: its zip archive can't be unpacked.",
  ],
  ['only the first bytes', GOOD.slice(0, 3), "The workbook is damaged: its zip archive can't be unpacked."],
  [
    'a tab that ends in the middle',
    withPart('xl/worksheets/sheet1.xml', (xml) => xml.slice(0, -40)),
    "The workbook is damaged: the tab “Trip” can't be read.",
  ],
  [
    'a text that is not there',
    withPart('xl/worksheets/sheet1.xml', (xml) =>
      xml.replace('<sheetData>', '<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
    ),
    "The workbook is damaged: the tab “Trip” can't be read.",
  ],
  [
    'a list of tabs that ends in the middle',
    withPart('xl/workbook.xml', (xml) => xml.slice(0, -20)),
    "The workbook is damaged: its list of tabs can't be read.",
  ],
  [
    'a tab of more than 50 MB',
    withPart('xl/worksheets/sheet1.xml', (xml) =>
      xml.replace('<sheetData>', `${' '.repeat(50_000_001)}<sheetData>`),
    ),
    'The workbook is too large: xl/worksheets/sheet1.xml unpacks to more than 50 MB.',
  ],
  ['a tab with nothing in it', bySheetJs({ Trip: [] }), 'The file is empty.'],
])('a workbook with %s is a problem, and nothing else', (_, bytes, problem) => {
  expect(readWorkbook(bytes)).toStrictEqual([
    { ...nothing, fileId: 'file-1', fileName: 'sheet.xlsx', tab: '', problems: [problem], notes: [] },
  ]);
});

function bySheetJsXls(): Uint8Array {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['Date', '2026-05-07']]), 'Trip');
  return new Uint8Array(XLSX.write(book, { type: 'array', bookType: 'biff8' }));
}

test('an archive that lies about a size does not unpack beyond it', () => {
  const bytes = withPart('xl/worksheets/sheet1.xml', (xml) =>
    xml.replace('<sheetData>', `${' '.repeat(5_000_000)}<sheetData>`),
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const name = 'xl/worksheets/sheet1.xml';
  let changed = 0;
  for (let at = 0; at + 46 < bytes.length; at++) {
    // APPNOTE 4.3.12: a central directory header; the size unpacked at 24, the name at 46.
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    if (strFromU8(bytes.slice(at + 46, at + 46 + name.length)) !== name) continue;
    view.setUint32(at + 24, 1000, true);
    changed += 1;
  }
  expect(changed).toBe(1);
  expect(only(readWorkbook(bytes)).problems).toHaveLength(1);
  expect(only(readWorkbook(bytes)).problems[0]).toMatch(/^The workbook is damaged: /);
});

test('a million empty rows below the list change nothing', () => {
  const rows = Array.from({ length: 1_000_000 }, (_, at) => `<row r="${at + 4}" ht="15"/>`).join('');
  const bytes = withPart('xl/worksheets/sheet1.xml', (xml) =>
    xml.replace('</sheetData>', `${rows}</sheetData>`),
  );
  expect(only(readWorkbook(bytes))).toMatchObject({ boarded: 4, problems: [] });
});

test('a million empty rows of CSV change nothing', () => {
  const text = `Date,2026-05-07,\nGuest,Boarded,\nSmith,4,\n${',,\n'.repeat(1_000_000)}`;
  expect(only(readCsv(text))).toMatchObject({ boarded: 4, problems: [] });
});

test('a workbook that is called .csv is read as the workbook that it is', () => {
  expect(only(readCsv(GOOD))).toMatchObject({ boarded: 4, problems: [] });
});

test.each<[string, string, string]>([
  [
    'a guest list without a header',
    'Date,2026-05-07\nVessel,Blue Heron\n\nAnna Smith,2,boarded\nBen Jones,3,no-show\n',
    'Rows 4 to 5 look like a guest list, but no header says what its columns mean.',
  ],
  [
    'no list and no headcount',
    'Date,2026-05-07\nVessel,Blue Heron\n',
    'The sheet has no guest list and no headcount.',
  ],
  [
    'nothing of a trip',
    'Shopping,\nMilk,\nBread and butter,\n',
    'The sheet holds nothing that looks like a trip sheet.',
  ],
  ['a date without a year', 'Date,May 7\nBoarded,4\n', '“May 7” has no year.'],
  [
    'a day that is not in the calendar',
    'Date,2026-02-30\nBoarded,4\n',
    '“2026-02-30” is not a day of the calendar.',
  ],
  ['a date that is none', 'Date,soon\nBoarded,4\n', "“soon” can't be read as a date."],
  ['the wrong weekday', 'Date,"Fri, May 7, 2026"\nBoarded,4\n', '“Fri” is not the weekday of May 7, 2026.'],
  [
    'two dates',
    'Date,2026-05-07,Trip date,2026-05-08\nBoarded,4\n',
    'The sheet says two dates, May 7, 2026 and May 8, 2026; the first was taken.',
  ],
  [
    'a time that may be morning or evening',
    'Date,2026-05-07\nDeparts,5:30\nBoarded,4\n',
    '“5:30” does not say whether it is morning or afternoon; read as 05:30.',
  ],
  [
    'a total that is not the sum',
    'Date,2026-05-07\nGuest,Boarded\nSmith,4\nJones,2\nTotal,7\n',
    'The sheet says 7 went aboard; its guest list comes to 6.',
  ],
  [
    'two totals',
    'Date,2026-05-07\nGuest,Boarded\nSmith,4\nTotal,4\nBoarded: 5\n',
    'The sheet says two totals of guests aboard: 4 and 5.',
  ],
  [
    'a headcount in riddles',
    'Date,2026-05-07\nBoarded: about a dozen or so\n',
    '“about a dozen or so” is not a number of guests aboard.',
  ],
  [
    'a status nobody knows',
    'Date,2026-05-07\nGuest,Status\nSmith,boarded\nJones,wobbly\n',
    'The status “wobbly” of Jones (row 4) is not known; taken as aboard.',
  ],
  [
    'a guest without a number',
    'Date,2026-05-07\nGuest,Note,Boarded\nSmith,,4\nJones,late,\n',
    'Jones (row 4) has no number of guests aboard.',
  ],
  [
    'a column to tick that nobody ticked',
    'Date,2026-05-07\nGuest,Boarded\nSmith,\nJones,\n',
    'The column “Boarded” of the guest list is not filled in.',
  ],
  [
    'fewer comps listed than said',
    'Date,2026-05-07\nGuest,Boarded,Comps\nSmith,4,1\nTotal,4,2\n',
    'The sheet says 2 comps and lists 1.',
  ],
  [
    'paying guests that do not add up',
    'Date,2026-05-07\nBoarded,12\nComps: Ann Lee (press)\nPaying,12\n',
    'The sheet says 12 paying guests; 12 aboard less 1 comps is not that.',
  ],
  [
    'no-shows that do not add up',
    'Date,2026-05-07\nGuest,Status\nSmith,boarded\nJones,no show\nNo-shows: 2\n',
    'The sheet says 2 did not show; its guest list comes to 1.',
  ],
  [
    'a failed formula in CSV',
    'Date,2026-05-07\nGuest,Boarded\nSmith,4\nTotal,#REF!\n',
    'The formula of B4 failed: #REF!.',
  ],
  [
    'a quotation mark that is never closed',
    'Date,2026-05-07\nBoarded,4\nNote,"red sky\n',
    'A quotation mark in row 3 is never closed.',
  ],
  [
    'only booked heads',
    'Date,2026-05-07\nBooked: 12\n',
    'The sheet says that 12 were booked, but not how many went aboard.',
  ],
])('%s is a problem that says so', (_, text, problem) => {
  expect(only(readCsv(text)).problems).toContain(problem);
});

test('dates of one file in both orders: the ones that could be either are a problem', () => {
  const log = (first: string) => `Date,Vessel,Guests\n${first},Heron,4\n5/7/2026,Heron,5\n`;
  const [, either] = readCsv(log('25/5/2026'));
  expect(either?.problems).toStrictEqual([
    '“5/7/2026” could be May 7, 2026 or July 5, 2026: this file writes dates in both ways. The first was taken.',
  ]);
  expect(readCsv(log('5/25/2026')).map(({ problems }) => problems)).toStrictEqual([[], []]);
});

test('bytes that are no text are a problem', () => {
  const bytes = Uint8Array.from({ length: 3000 }, (_, at) => (at * 7919) % 251);
  expect(only(readCsv(bytes)).problems).toStrictEqual([
    'The file is not text: it holds bytes that no text has.',
  ]);
});

test('a broken byte in UTF-8 is told, and the rest is read', () => {
  const text = new TextEncoder().encode(
    'Date,2026-05-07\nVessel,Étoile\nGuest,Boarded\nNúñez,4\nMüller#,2\n',
  );
  const bytes = text.map((byte) => (byte === 0x23 ? 0xff : byte));
  expect(only(readCsv(bytes))).toMatchObject({
    vessel: 'Étoile',
    boarded: 6,
    guestNames: ['Núñez', 'Müller\ufffd'],
    problems: ['Some characters of the file could not be read; they are shown as �.'],
  });
});
