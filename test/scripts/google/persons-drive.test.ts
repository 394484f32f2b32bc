/** What a person does by hand in Drive, as the app then sees it. */
import type { Reply, StartedGoogle } from './started-google.ts';
import { startGoogle } from './started-google.ts';

const FILES = 'https://www.googleapis.com/drive/v3/files';
const FOLDER = 'application/vnd.google-apps.folder';
let google: StartedGoogle;
beforeEach(async () => {
  google = await startGoogle();
});
afterEach(() => google.close());

const get = (path: string): Promise<Reply> =>
  google.send('GET', `${FILES}${path}`, { token: google.token('drive.readonly') });
const put = (name: string): string =>
  google.google.putFile({ name, parents: [], mimeType: 'text/csv', bytes: new Uint8Array([1]) });

test('an upload of a new version leaves the same file, with other bytes and a new revision, later than before', async () => {
  const id = put('trip.csv');
  const asked = `/${id}?fields=name,size,version,headRevisionId,createdTime,modifiedTime,md5Checksum`;
  const before = (await get(asked)).json;
  google.google.replaceFile(id, new Uint8Array([2, 3]));
  const after = (await get(asked)).json;
  const { name, createdTime } = before;
  expect(after).toMatchObject({ name, createdTime, size: '2', modifiedTime: '2026-06-01T10:00:00.001Z' });
  expect(Number(after.version)).toBeGreaterThan(Number(before.version));
  expect(after.headRevisionId).not.toBe(before.headRevisionId);
  expect(after.md5Checksum).not.toBe(before.md5Checksum);
  expect([...(await get(`/${id}?alt=media`)).bytes]).toEqual([2, 3]);

  google.clock.advance(60_000);
  google.google.replaceFile(id, new Uint8Array([4]));
  expect((await get(asked)).json.modifiedTime).toBe('2026-06-01T10:01:00.000Z');
});

test('a file in the trash is no longer found, and still there', async () => {
  const id = put('a.csv');
  const other = put('b.csv');
  google.google.trashFile(id);
  const found = await get(`?q=${encodeURIComponent('trashed = false')}&fields=files(id)`);
  expect(found.json.files).toEqual([{ id: other }]);
  expect((await get(`/${id}?fields=explicitlyTrashed`)).json).toEqual({ explicitlyTrashed: true });
});

test('what is not there, or has no bytes, is refused', () => {
  const folder = google.google.putFile({ name: 'Trips', parents: [], mimeType: FOLDER, bytes: null });
  expect(() => google.google.replaceFile(folder, new Uint8Array([1]))).toThrow('no bytes');
  expect(() => google.google.replaceFile('nowhere', new Uint8Array([1]))).toThrow('no file nowhere');
  expect(() => google.google.trashFile('nowhere')).toThrow('no file nowhere');
});
