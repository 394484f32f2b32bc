/** Answers of Drive that the local one does not give: other people's folders, faults, circles. */
import { send } from '../../../src/clients/exchange.ts';
import { tripSheetFolderCall } from '../../../src/sources/trip-sheets/folder.ts';
import { tripSheetsCall } from '../../../src/sources/trip-sheets/read-folder.ts';
import { readTripSheetFile } from '../../../src/sources/trip-sheets/read-trip-sheet-file.ts';
import type { Answer, ScriptedReply } from '../../tools/fake-host.ts';
import { errorOf, fakeHost } from '../../tools/fake-host.ts';

const FOLDER = 'application/vnd.google-apps.folder';
const SINCE = '2026-05-01T00:00:00Z';

interface Entry {
  readonly id: string;
  readonly mimeType: string;
  readonly name: string;
  readonly parents?: readonly string[];
  readonly size?: string;
}

const folder = (id: string, ...parents: string[]): Entry => ({ id, mimeType: FOLDER, name: id, parents });
const csv = (id: string, size: number, ...parents: string[]): Entry => ({
  id,
  mimeType: 'text/csv',
  name: `${id}.csv`,
  parents,
  size: String(size),
});
const refusal = (status: number, reason: string): ScriptedReply => ({
  status,
  body: { error: { code: status, message: `It is ${reason}.`, errors: [{ reason }] } },
});

/** Answers searches from `entries`, and all else by `other`; which folders a search names is in `searches`. */
function driveOf(entries: readonly Entry[], other: (path: string) => Answer | null = () => null) {
  const searches: string[][] = [];
  const host = fakeHost({
    answer: ({ url }) => {
      const { pathname, searchParams } = new URL(url);
      const own = other(decodeURIComponent(pathname));
      if (own !== null) return own;
      const query = searchParams.get('q');
      if (query === null) return { status: 200, body: 'Boarded,3\n' };
      const asked = [...query.matchAll(/'([^']+)' in parents/g)].map(([, id]) => id ?? '');
      searches.push(asked);
      for (const id of asked) {
        const closed = other(`in ${id}`);
        if (closed !== null) return closed;
      }
      const files = entries.filter(({ parents }) => (parents ?? ['root-1']).some((id) => asked.includes(id)));
      return { status: 200, body: { files } };
    },
  });
  return { host, searches };
}

const walk = (host: ReturnType<typeof fakeHost>, knownFolderIds: readonly string[] = []) =>
  send(host, tripSheetFolderCall('token', 'root-1', { modifiedAfter: SINCE, knownFolderIds }));
const read = (host: ReturnType<typeof fakeHost>) =>
  send(
    host,
    tripSheetsCall('token', 'root-1', { modifiedAfter: SINCE, knownFolderIds: [] }, (file) =>
      readTripSheetFile(file, { synonyms: {}, locale: 'month-first' }),
    ),
  );

test('a search asks for what changed, for all folders and shortcuts, in shared drives too', () => {
  const { host } = driveOf([csv('a', 10, 'root-1')]);
  walk(host);
  const query = new URL(host.rounds[0]?.[0]?.url ?? '').searchParams;
  expect(query.get('q')).toBe(
    "trashed = false and ('root-1' in parents) and (mimeType = 'application/vnd.google-apps.folder' or mimeType = 'application/vnd.google-apps.shortcut' or modifiedTime > '2026-05-01T00:00:00Z' or createdTime > '2026-05-01T00:00:00Z')",
  );
  expect([query.get('supportsAllDrives'), query.get('includeItemsFromAllDrives')]).toStrictEqual([
    'true',
    'true',
  ]);
});

test('folders that lie in each other are asked once, and the walk ends', () => {
  const { host, searches } = driveOf([
    folder('a', 'root-1'),
    folder('b', 'a'),
    folder('a', 'root-1', 'b'),
    folder('root-1', 'b'),
    csv('x', 10, 'b'),
  ]);
  const { files, folderIds } = walk(host);
  expect(files.map(({ id }) => id)).toStrictEqual(['x']);
  expect([...folderIds].sort()).toStrictEqual(['a', 'b']);
  expect(searches).toStrictEqual([['root-1'], ['a'], ['b']]);
});

test('files of somebody else’s folder, of which Drive tells no parents, are found', () => {
  const { host } = driveOf([{ id: 'x', mimeType: 'text/csv', name: 'x.csv', size: '10' }]);
  expect(walk(host).files.map(({ id }) => id)).toStrictEqual(['x']);
});

test('known folders that are gone make no search fail, and are not known any more', () => {
  const { host } = driveOf([csv('x', 10, 'may'), folder('may', 'root-1')], (path) =>
    path === 'in gone' || path === 'in foreign' ? refusal(404, 'notFound') : null,
  );
  const { files, folderIds } = walk(host, ['gone', 'may', 'foreign']);
  expect(files.map(({ id }) => id)).toStrictEqual(['x']);
  expect(folderIds).toStrictEqual(['may']);
});

test('a subfolder that this account may not look into is a problem with its link', () => {
  const { host } = driveOf([{ ...folder('secret', 'root-1') }, csv('x', 10, 'root-1')], (path) =>
    path === 'in secret' ? refusal(403, 'insufficientFilePermissions') : null,
  );
  const problems = walk(host).files.map(({ id, problem }) => [id, problem]);
  expect(problems).toStrictEqual([
    ['secret', 'This account may not look into the subfolder. Have it shared, or move it elsewhere.'],
    ['x', ''],
  ]);
});

test.each<[string, ScriptedReply, string]>([
  ['gone', refusal(404, 'notFound'), 'google-not-found'],
  ['refused', refusal(403, 'domainPolicy'), 'google-refused'],
  ['out of scope', refusal(403, 'insufficientPermissions'), 'google-scope-missing'],
])('a folder that is %s fails the walk', (_, reply, code) => {
  expect(errorOf(() => walk(driveOf([], () => reply).host)).code).toBe(code);
});

test('a folder that may be seen and not looked into fails the walk', () => {
  const { host } = driveOf([], (path) =>
    path === 'in root-1'
      ? refusal(403, 'insufficientFilePermissions')
      : path === '/drive/v3/files/root-1'
        ? { status: 200, body: folder('root-1') }
        : null,
  );
  expect(errorOf(() => walk(host)).code).toBe('google-not-found');
});

test('a search that Drive fails to answer fails the walk: files must not be missed', () => {
  const { host } = driveOf([folder('a', 'root-1')], (path) => (path === 'in a' ? { status: 503 } : null));
  expect(errorOf(() => walk(host)).code).toBe('service-unavailable');
});

test('a folder with a whole Drive below it is refused', () => {
  const { host } = driveOf(Array.from({ length: 1001 }, (_, at) => folder(`f${at}`, 'root-1')));
  expect(errorOf(() => walk(host)).code).toBe('settings-invalid');
});

test('ids of any length fit into the URL of a search', () => {
  const ids = Array.from({ length: 40 }, (_, at) => `${'x'.repeat(42)}${at}`);
  const { host, searches } = driveOf([folder('may', 'root-1')]);
  walk(host, ids);
  expect(searches.flat().sort()).toStrictEqual(['root-1', 'may', ...ids].sort());
});

test('contents are read 160 at a time, and large ones in smaller parts', () => {
  const many = Array.from({ length: 200 }, (_, at) => csv(`x${at}`, 10, 'root-1'));
  const { host } = driveOf(many);
  expect(read(host).sheets).toHaveLength(200);
  expect(host.rounds.map((round) => round.length)).toStrictEqual([1, 160, 40]);
  const large = ['a', 'b', 'c'].map((id) => csv(id, 14_000_000, 'root-1'));
  const { host: other } = driveOf(large, (path) =>
    path.startsWith('/drive/v3/files/') ? { status: 404 } : null,
  );
  read(other);
  expect(other.rounds.map((round) => round.length)).toStrictEqual([1, 2, 1]);
});

test.each<[string, Answer, string, boolean]>([
  [
    'that its owner keeps from being downloaded',
    refusal(403, 'cannotDownloadFile'),
    'Google does not let this account download the file. Ask its owner to let viewers download it, or put a copy here. (Drive download was refused (HTTP 403). Google says: “It is cannotDownloadFile.”)',
    false,
  ],
  [
    'that Google fails to give',
    { status: 500 },
    "The file was not read: Drive download failed at Google's side (HTTP 500). Try again in a few minutes; Purser goes on from where it is.",
    true,
  ],
])('a file %s leaves the others alone', (_, reply, problem, askAgain) => {
  const { host } = driveOf([csv('a', 10, 'root-1'), csv('b', 10, 'root-1')], (path) =>
    path === '/drive/v3/files/a' ? reply : null,
  );
  const { sheets, files } = read(host);
  expect(sheets).toMatchObject([
    { fileId: 'a', boarded: null, problems: [problem] },
    { fileId: 'b', boarded: 3, problems: [] },
  ]);
  expect(files.map((file) => file.askAgain)).toStrictEqual([askAgain, false]);
});
