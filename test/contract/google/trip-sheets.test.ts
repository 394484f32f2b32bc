/** The trip sheets folder of a person in the local Drive, read as the run reads it. */
import { zipSync } from 'fflate';
import { send } from '../../../src/clients/exchange.ts';
import { tripSheetFolderCall } from '../../../src/sources/trip-sheets/folder.ts';
import { tripSheetsCall } from '../../../src/sources/trip-sheets/read-folder.ts';
import { readTripSheetFile } from '../../../src/sources/trip-sheets/read-trip-sheet-file.ts';
import { sha256Hex } from '../../../src/statement/fingerprint.ts';
import { bySheetJs } from '../../sources/trip-sheets/build-files.ts';
import { errorOf } from '../../tools/fake-host.ts';
import type { DriveTree } from './drive-tree.ts';
import { openDriveTree, SHEET, SHORTCUT, TOKEN, XLSX } from './drive-tree.ts';

let drive: DriveTree;
beforeAll(async () => {
  drive = await openDriveTree();
});
afterAll(() => drive.close());
beforeEach(async () => {
  await drive.faults();
  drive.rounds.length = 0;
  drive.beforeRound = () => {};
});

const LONG_AGO = '2026-01-01T00:00:00Z';
const csv = (id: string, heads: number) =>
  Buffer.from(`Charter,${id}\nDate,2026-05-07\nGuest,Boarded\nSmith,${heads}\n`);
const workbook = (id: string, heads: number) =>
  bySheetJs({
    Trip: [
      ['Charter', id],
      ['Date', '2026-05-07'],
      ['Guest', 'Boarded'],
      ['Smith', heads],
    ],
  });

function readAll(folder: string, knownFolderIds: readonly string[] = [], modifiedAfter = LONG_AGO) {
  return send(
    drive.host,
    tripSheetsCall(TOKEN, folder, { modifiedAfter, knownFolderIds }, (file) =>
      readTripSheetFile(file, { synonyms: {}, locale: 'month-first' }),
    ),
  );
}

const list = (folder: string, knownFolderIds: readonly string[] = []) =>
  send(drive.host, tripSheetFolderCall(TOKEN, folder, { modifiedAfter: LONG_AGO, knownFolderIds }));
const errorOfList = (folder: string) => errorOf(() => list(folder));
const problemOf = (folder: string) => {
  const { sheets } = readAll(folder);
  return sheets.flatMap(({ fileName, problems }) => problems.map((problem) => `${fileName}: ${problem}`));
};

test('sheets of every kind in nested folders are read, each with its link and the hash of its bytes', async () => {
  const root = await drive.folder('Trip sheets');
  const may = await drive.folder('May', root);
  const week = await drive.folder('Week 1', may);
  const bytes = csv('BH-1', 4);
  const first = await drive.file({ parent: root, name: 'one.csv', bytes });
  await drive.file({ parent: may, name: 'two.xlsx', mimeType: XLSX, bytes: workbook('BH-2', 5) });
  const native = await drive.file({
    parent: week,
    name: 'three',
    mimeType: SHEET,
    bytes: workbook('BH-3', 6),
  });
  await drive.file({
    parent: week,
    name: 'four.csv',
    mimeType: 'application/vnd.ms-excel',
    bytes: csv('BH-4', 7),
  });
  for (const name of ['desktop.ini', '.DS_Store', '~$two.xlsx', 'trips.ics'])
    await drive.file({ parent: week, name, mimeType: 'application/octet-stream', bytes });
  const elsewhere = await drive.folder('Elsewhere');
  await drive.file({ parent: elsewhere, name: 'other.csv', bytes });

  const { sheets, files, folderIds } = readAll(root);
  expect(
    sheets.map(({ fileName, charterId, boarded }) => [fileName, charterId, boarded]).sort(),
  ).toStrictEqual([
    ['four.csv', 'BH-4', 7],
    ['one.csv', 'BH-1', 4],
    ['three', 'BH-3', 6],
    ['two.xlsx', 'BH-2', 5],
  ]);
  expect(sheets.flatMap(({ problems }) => problems)).toStrictEqual([]);
  expect([...folderIds].sort()).toStrictEqual([may, week].sort());
  expect(files.find(({ id }) => id === first)).toStrictEqual({
    id: first,
    name: 'one.csv',
    modifiedTime: '2026-06-01T10:00:00.000Z',
    url: `https://drive.google.com/file/d/${first}/view?usp=drivesdk`,
    sha256: sha256Hex(new Uint8Array(bytes)),
    trips: 1,
    askAgain: false,
  });
  expect(files.find(({ id }) => id === native)?.url).toContain('docs.google.com/spreadsheets');
  // Two further levels, and the contents of all.
  expect(drive.rounds.map((round) => round.length)).toStrictEqual([1, 1, 1, 4]);

  drive.rounds.length = 0;
  expect(readAll(root, folderIds).sheets).toHaveLength(4);
  expect(drive.rounds.map((round) => round.length)).toStrictEqual([1, 4]);
});

test('a file that did not change since is left out, and its folders are still known', async () => {
  const root = await drive.folder('Trip sheets');
  const may = await drive.folder('May', root);
  await drive.file({
    parent: may,
    name: 'old.csv',
    bytes: csv('A-1', 1),
    modifiedTime: '2026-05-01T00:00:00Z',
  });
  const fresh = { parent: may, name: 'new.csv', bytes: csv('A-2', 2), modifiedTime: '2026-06-01T10:00:01Z' };
  await drive.file(fresh);
  const { sheets, folderIds } = readAll(root, [], '2026-06-01T10:00:00Z');
  expect(sheets.map(({ fileName }) => fileName)).toStrictEqual(['new.csv']);
  expect(folderIds).toStrictEqual([may]);
});

test('a file uploaded since, and a shortcut made since, are read though what they hold is old', async () => {
  const root = await drive.folder('Trip sheets');
  const away = await drive.folder('Away');
  const modifiedTime = '2026-05-01T00:00:00Z';
  const target = { parent: away, name: 'target.csv', bytes: csv('A-2', 2), modifiedTime };
  const shortcutTo = await drive.file(target);
  const shortcut = { parent: root, mimeType: SHORTCUT, bytes: null, shortcutTo };
  await drive.file({ parent: root, name: 'uploaded.csv', bytes: csv('A-1', 1), modifiedTime });
  await drive.file({ ...shortcut, name: 'old', modifiedTime });
  const names = (modifiedAfter: string) =>
    readAll(root, [], modifiedAfter).sheets.map(({ fileName }) => fileName);
  expect(names('2026-05-20T00:00:00Z')).toStrictEqual(['uploaded.csv']);
  await drive.file({ ...shortcut, name: 'new' });
  expect(names('2026-05-20T00:00:00Z').sort()).toStrictEqual(['target.csv', 'uploaded.csv']);
  expect(names('2026-06-02T00:00:00Z')).toStrictEqual([]);
});

test('known folders that were moved away, trashed or deleted are left out, and the others are read', async () => {
  const root = await drive.folder('Trip sheets');
  const [may, moved, trashed, deleted, inside] = await Promise.all(
    ['May', 'Moved', 'Trashed', 'Deleted', 'Inside'].map((name) => drive.folder(name, root)),
  );
  for (const parent of [may, moved, trashed, deleted, inside])
    await drive.file({ parent: parent ?? '', name: `${parent}.csv`, bytes: csv('A-1', 1) });
  const known = list(root).folderIds;
  expect(known).toHaveLength(5);
  const away = await drive.folder('Away');
  drive.person('PATCH', `${moved}?addParents=${away}&removeParents=${root}`, {});
  drive.person('PATCH', trashed ?? '', { trashed: true });
  drive.person('DELETE', deleted ?? '');
  drive.person('PATCH', `${inside}?addParents=${may}&removeParents=${root}`, {});
  const { sheets, folderIds } = readAll(root, known);
  expect(sheets.map(({ fileName }) => fileName).sort()).toStrictEqual([`${may}.csv`, `${inside}.csv`].sort());
  expect([...folderIds].sort()).toStrictEqual([may, inside].sort());
});

test('shortcuts to sheets and folders are followed, once, and dead ones are problems with a link', async () => {
  const root = await drive.folder('Trip sheets');
  const shared = await drive.folder('Captain’s own');
  const deep = await drive.folder('deep', shared);
  const shortcut = (name: string, shortcutTo: string, parent = root) =>
    drive.file({ parent, name, mimeType: SHORTCUT, bytes: null, shortcutTo });
  const target = await drive.file({ parent: shared, name: 'target.csv', bytes: csv('S-1', 3) });
  await drive.file({ parent: deep, name: 'deep.csv', bytes: csv('S-2', 4) });
  const lone = await drive.folder('Lone');
  const sheet = await drive.file({ parent: lone, name: 'sheet', mimeType: SHEET, bytes: workbook('S-3', 5) });
  const binned = await drive.file({ parent: lone, name: 'binned.csv', bytes: csv('S-4', 6) });
  drive.person('PATCH', binned, { trashed: true });
  await shortcut('to folder', shared);
  await shortcut('to file', target);
  await shortcut('to sheet', sheet);
  await shortcut('back up', root, deep);
  const dead = await shortcut('dead', 'gone-for-ever');
  const toBin = await shortcut('to bin', binned);
  const { sheets, files, folderIds } = readAll(root);
  expect(
    sheets
      .filter(({ boarded }) => boarded !== null)
      .map(({ fileId, charterId }) => [fileId, charterId])
      .sort(),
  ).toStrictEqual(
    [
      [target, 'S-1'],
      [files.find(({ name }) => name === 'deep.csv')?.id, 'S-2'],
      [sheet, 'S-3'],
    ].sort(),
  );
  const words =
    'The shortcut leads to a file that was deleted or is not shared with this account. Delete the shortcut, or have its file shared.';
  expect(
    sheets
      .filter(({ boarded }) => boarded === null)
      .map(({ fileId, problems }) => [fileId, problems])
      .sort(),
  ).toStrictEqual(
    [
      [dead, [words]],
      [toBin, [words]],
    ].sort(),
  );
  expect([...folderIds].sort()).toStrictEqual([shared, deep].sort());
});

test('many folders are asked for in few searches, none of them too long for a URL', async () => {
  const root = await drive.folder('Trip sheets');
  for (let at = 0; at < 40; at++) {
    const folder = await drive.folder(`F${at}`, root);
    if (at % 10 === 0) await drive.file({ parent: folder, name: `${at}.csv`, bytes: csv(`F-${at}`, 2) });
  }
  const { sheets, folderIds } = readAll(root);
  expect(sheets).toHaveLength(4);
  expect(drive.rounds.map((round) => round.length)).toStrictEqual([1, 3, 4]);
  drive.rounds.length = 0;
  expect(readAll(root, folderIds).sheets).toHaveLength(4);
  expect(drive.rounds.map((round) => round.length)).toStrictEqual([1, 2, 4]);
});

test('a folder that is not there, in the trash, or a file, is said to be so', async () => {
  const root = await drive.folder('Trip sheets');
  const empty = await drive.folder('Empty', root);
  const file = await drive.file({ parent: root, name: 'one.csv', bytes: csv('A-1', 1) });
  const trashed = await drive.folder('Old sheets', root);
  await drive.file({ parent: trashed, bytes: csv('A-1', 1) });
  drive.person('PATCH', trashed, { trashed: true });
  expect(list(empty)).toStrictEqual({ files: [], folderIds: [] });
  expect(errorOfList('nowhere')).toMatchObject({
    code: 'google-not-found',
    what: 'The trip sheets folder is not there, or this account may not open it.',
  });
  expect(errorOfList(trashed)).toMatchObject({
    code: 'google-not-found',
    what: "“Old sheets” lies in Drive's trash.",
  });
  expect(errorOfList(file)).toMatchObject({
    code: 'settings-invalid',
    what: 'The trip sheets folder “one.csv” is no folder, but a file.',
  });
});

test('a folder named by a shortcut to it, or as the whole of My Drive, is walked', async () => {
  const own = await openDriveTree();
  try {
    const away = await own.folder('Away');
    const root = await own.folder('Trip sheets');
    const year = await own.folder('2026', root);
    await own.file({ parent: year, name: 'one.csv', bytes: csv('A-1', 1) });
    const shortcut = await own.file({ parent: away, name: 'there', mimeType: SHORTCUT, shortcutTo: root });
    const named = (folder: string) => {
      const options = { modifiedAfter: LONG_AGO, knownFolderIds: [] };
      const { files, folderIds } = send(own.host, tripSheetFolderCall(TOKEN, folder, options));
      return [files.map(({ name }) => name), [...folderIds].sort()];
    };
    expect(named(shortcut)).toStrictEqual([['one.csv'], [year]]);
    expect(named('root')).toStrictEqual([['one.csv'], [away, root, year].sort()]);
  } finally {
    await own.close();
  }
});

test('what can’t be read is a trip without data that says why, and the rest is read', async () => {
  const root = await drive.folder('Trip sheets');
  const put = (name: string, mimeType: string, bytes: Uint8Array | null = new Uint8Array(3)) =>
    drive.file({ parent: root, name, mimeType, bytes });
  const good = await put('good.csv', 'text/csv', csv('A-1', 4));
  await put('scan.pdf', 'application/pdf');
  await put('page.HEIC', 'application/octet-stream');
  await put('notes', 'application/vnd.google-apps.document', null);
  await put('plan', 'application/vnd.google-apps.form', null);
  await put('old.xls', 'application/vnd.ms-excel');
  await put('open.ods', 'application/vnd.oasis.opendocument.spreadsheet');
  await put('huge.csv', 'text/csv', new Uint8Array(20_000_001));
  await put('large sheet', SHEET, new Uint8Array(10 * 1024 * 1024 + 1));
  await put('no header.csv', 'text/csv', Buffer.from('Vessel,Heron\n\nAnna,2,boarded\nBen,3,no-show\n'));
  await put('#REF.csv', 'text/csv', Buffer.from('Date,2026-05-07\nBoarded,#REF!\n'));
  await put('zip.xlsx', XLSX, zipSync({ 'a.txt': new Uint8Array(1) }));
  const { sheets, files } = readAll(root);
  expect(sheets.find(({ fileId }) => fileId === good)).toMatchObject({ boarded: 4, problems: [] });
  const byEye = 'Check that trip by eye, or put its figures into a Google Sheet, CSV or XLSX file here.';
  const saveAs = 'Open it, save it as a Google Sheet or as .xlsx, and put that here instead.';
  expect(problemOf(root).sort()).toStrictEqual(
    [
      `scan.pdf: The file is a PDF, which Purser can't read. ${byEye}`,
      `page.HEIC: The file is a photo, which Purser can't read. ${byEye}`,
      `notes: The file is a Google Doc, which Purser can't read. ${byEye}`,
      `plan: The file is of a kind that Purser can't read (application/vnd.google-apps.form). ${byEye}`,
      `old.xls: The file is an old Excel workbook (.xls), which Purser can't read. ${saveAs}`,
      `open.ods: The file is an OpenDocument spreadsheet (.ods), which Purser can't read. ${saveAs}`,
      "huge.csv: The file is too large to be a trip sheet: 20 MB, and 20 MB is the most. Put the trip's own sheet into a smaller file here.",
      'large sheet: The Google Sheet is too large: Google exports at most 10 MB. Move the trips of the month into a Google Sheet of their own.',
      'no header.csv: Rows 3 to 4 look like a guest list, but no header says what its columns mean.',
      '#REF.csv: The formula of B2 failed: #REF!.',
      '#REF.csv: The sheet has no guest list and no headcount.',
      'zip.xlsx: The file is not an XLSX workbook: the archive holds none.',
    ].sort(),
  );
  expect(files.filter(({ trips }) => trips > 0).map(({ name }) => name)).toStrictEqual(
    expect.arrayContaining(['good.csv']),
  );
  expect(files.filter(({ askAgain }) => askAgain)).toStrictEqual([]);
  // Neither a PDF nor a file of 20 MB is fetched.
  expect(drive.rounds[1]).toHaveLength(5);
});

test('a file deleted between listing and reading is a problem, and the others are read', async () => {
  const root = await drive.folder('Trip sheets');
  const gone = await drive.file({ parent: root, name: 'gone.csv', bytes: csv('A-1', 1) });
  await drive.file({ parent: root, name: 'stays.csv', bytes: csv('A-2', 2) });
  drive.beforeRound = (round) => {
    if (round === 1) drive.person('DELETE', gone);
  };
  const { sheets, files } = readAll(root);
  expect(sheets.map(({ fileName, boarded, problems }) => [fileName, boarded, problems]).sort()).toStrictEqual(
    [
      [
        'gone.csv',
        null,
        [
          'The file was deleted, or is not shared any more, since the folder was listed. If its trips count, restore it from the trash.',
        ],
      ],
      ['stays.csv', 2, []],
    ],
  );
  expect(files.find(({ id }) => id === gone)).toMatchObject({ sha256: '', trips: 0, askAgain: false });
});

test('a subfolder deleted while it is walked is a problem of its own', async () => {
  const root = await drive.folder('Trip sheets');
  const gone = await drive.folder('June', root);
  await drive.file({ parent: await drive.folder('May', root), name: 'stays.csv', bytes: csv('A-2', 2) });
  drive.beforeRound = (round) => {
    if (round === 1) drive.person('DELETE', gone);
  };
  const { sheets } = readAll(root);
  expect(sheets.map(({ fileName, boarded, problems }) => [fileName, boarded, problems]).sort()).toStrictEqual(
    [
      ['June', null, ['This account may not look into the subfolder. Have it shared, or move it elsewhere.']],
      ['stays.csv', 2, []],
    ],
  );
});

test('a reply that breaks off is asked for again, and one that always does is never half read', async () => {
  const root = await drive.folder('Trip sheets');
  await drive.file({ parent: root, name: 'one.csv', bytes: csv('A-1', 1) });
  const media = { host: 'www.googleapis.com', match: 'alt=media', play: { halve: true } } as const;
  await drive.faults({ ...media, times: 1 });
  expect(readAll(root).sheets).toMatchObject([{ boarded: 1, problems: [] }]);
  await drive.faults(media);
  const { sheets, files } = readAll(root);
  expect(sheets).toMatchObject([{ boarded: null, problems: [expect.stringContaining('broke off')] }]);
  expect(files).toMatchObject([{ sha256: '', askAgain: true }]);
});
