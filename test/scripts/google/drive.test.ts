import { createHash } from 'node:crypto';
import type { Json, Reply, StartedGoogle } from './started-google.ts';
import { EMAIL, startGoogle } from './started-google.ts';

// developers.google.com/workspace/drive/api/reference/rest/v3
const FILES = 'https://www.googleapis.com/drive/v3/files';
const UPLOAD = 'https://www.googleapis.com/upload/drive/v3/files';
const FOLDER = 'application/vnd.google-apps.folder';
const SHEET = 'application/vnd.google-apps.spreadsheet';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
let google: StartedGoogle;
let token: string;

beforeEach(async () => {
  google = await startGoogle();
  token = google.token('drive.file', 'drive.readonly');
});
afterEach(() => google.close());

const get = (path: string, as = token): Promise<Reply> =>
  google.send('GET', `${FILES}${path}`, { token: as });
const json = (method: string, path: string, body: Json, as = token): Promise<Reply> =>
  google.send(method, `${FILES}${path}`, { token: as, type: 'application/json', body: JSON.stringify(body) });

function multipart(
  metadata: Json,
  bytes: Uint8Array,
  partHeaders: string[] = [`Content-Type: ${XLSX}`],
): Uint8Array {
  const head = `--cut\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify(metadata)}\r\n--cut\r\n${partHeaders.join('\r\n')}\r\n\r\n`;
  return new Uint8Array([...Buffer.from(head), ...bytes, ...Buffer.from('\r\n--cut--')]);
}
const upload = (metadata: Json, bytes: Uint8Array, query = '', partHeaders?: string[]): Promise<Reply> =>
  google.send('POST', `${UPLOAD}?uploadType=multipart${query}`, {
    token,
    type: 'multipart/related; boundary=cut',
    body: multipart(metadata, bytes, partHeaders),
  });
const personsFolder = (): string =>
  google.google.putFile({ name: 'Trips', parents: [], mimeType: FOLDER, bytes: null });
const BYTES = new Uint8Array([80, 75, 0, 255, 13, 10, 45, 45, 13, 10]);

test('an uploaded file has its real checksums, size and properties, and comes back byte for byte', async () => {
  const reply = await upload(
    {
      name: 'statement-2026-05.xlsx',
      description: 'May',
      appProperties: { code: 'PRSK3QD202605V1' },
      modifiedTime: '2026-06-01T06:00:00-04:00',
    },
    BYTES,
    '&fields=*',
  );
  expect(reply.status).toBe(200);
  expect(reply.json).toMatchObject({
    kind: 'drive#file',
    name: 'statement-2026-05.xlsx',
    mimeType: XLSX,
    description: 'May',
    appProperties: { code: 'PRSK3QD202605V1' },
    md5Checksum: createHash('md5').update(BYTES).digest('hex'),
    sha1Checksum: createHash('sha1').update(BYTES).digest('hex'),
    sha256Checksum: createHash('sha256').update(BYTES).digest('hex'),
    size: '10',
    version: '1',
    trashed: false,
    createdTime: '2026-06-01T10:00:00.000Z',
    modifiedTime: '2026-06-01T10:00:00.000Z',
    webViewLink: `https://drive.google.com/file/d/${reply.json.id}/view?usp=drivesdk`,
    owners: [{ emailAddress: EMAIL, me: true }],
    capabilities: { canAddChildren: false, canEdit: true },
  });
  expect(reply.json.headRevisionId).toEqual(expect.any(String));
  const media = await get(`/${reply.json.id}?alt=media`);
  expect(media.headers['content-type']).toBe(XLSX);
  expect(new Uint8Array(media.bytes)).toEqual(BYTES);
});

test('without fields only kind, id, name and mimeType are given', async () => {
  const { json: made } = await json('POST', '', { name: 'Statements', mimeType: FOLDER });
  const short = { kind: 'drive#file', id: made.id, name: 'Statements', mimeType: FOLDER };
  expect(made).toEqual(short);
  expect((await get(`/${made.id}`)).json).toEqual(short);
  expect((await get('')).json).toEqual({ kind: 'drive#fileList', incompleteSearch: false, files: [short] });
});

test('a mask chooses, and an unknown field is refused by name', async () => {
  const { json: made } = await upload(
    { name: 'a' },
    BYTES,
    '&fields=id,owners/emailAddress,capabilities(canEdit)',
  );
  expect(made).toEqual({ id: made.id, owners: [{ emailAddress: EMAIL }], capabilities: { canEdit: true } });
  expect((await get('?fields=files(id,size),nextPageToken')).json).toEqual({
    files: [{ id: made.id, size: '10' }],
  });
  expect((await get('?fields=files(id,bogus)')).json.error).toEqual({
    code: 400,
    message: 'Invalid field selection files/bogus',
    errors: [
      {
        message: 'Invalid field selection files/bogus',
        domain: 'global',
        reason: 'invalidParameter',
        location: 'fields',
        locationType: 'parameter',
      },
    ],
  });
  expect((await get('?fields=files(id')).status).toBe(400);
});

test('a base64 part is stored decoded', async () => {
  const base64 = new Uint8Array(Buffer.from(Buffer.from('hello').toString('base64')));
  const { json: made } = await upload({ name: 'a.txt' }, base64, '&fields=id,size,mimeType', [
    'Content-Type: text/plain',
    'Content-Transfer-Encoding: base64',
  ]);
  expect(made).toMatchObject({ size: '5', mimeType: 'text/plain' });
  expect((await get(`/${made.id}?alt=media`)).text).toBe('hello');
});

test('files may bear one name twice', async () => {
  const first = await upload({ name: 'twin' }, BYTES);
  const second = await upload({ name: 'twin' }, BYTES);
  expect(first.json.id).not.toBe(second.json.id);
  expect((await get(`?q=${encodeURIComponent("name = 'twin'")}`)).json.files).toHaveLength(2);
});

test.each<[string, string, string]>([
  ['a body cut short', 'multipart', '--cut\r\nContent-Type: application/json\r\n\r\n{}\r\n--cut\r\n\r\nx'],
  [
    'metadata that is no JSON',
    'multipart',
    '--cut\r\nContent-Type: application/json\r\n\r\n{\r\n--cut\r\n\r\nx\r\n--cut--',
  ],
  ['a part too few', 'multipart', '--cut\r\nContent-Type: application/json\r\n\r\n{}\r\n--cut--'],
  ['no uploadType that there is', 'pigeon', 'x'],
  ['metadata of another type', 'resumable', '{}'],
])('an upload with %s is refused', async (_, uploadType, body) => {
  const reply = await google.send('POST', `${UPLOAD}?uploadType=${uploadType}`, {
    token,
    type: 'multipart/related; boundary=cut',
    body,
  });
  expect(reply.status).toBe(400);
  expect(google.google.driveFiles()).toEqual([]);
});

test('an id from generateIds is used once; taken it is a conflict, invented it is refused', async () => {
  const { json: generated } = await get('/generateIds?count=2');
  expect(generated).toMatchObject({ kind: 'drive#generatedIds', space: 'drive' });
  expect((await get('/generateIds?fields=ids')).json).toEqual({ ids: expect.any(Array) });
  const [id] = generated.ids;
  expect((await json('POST', '', { id, name: 'a' })).json.id).toBe(id);
  const again = await json('POST', '', { id, name: 'a' });
  expect(again.status).toBe(409);
  expect(again.json.error.errors[0].reason).toBe('fileIdInUse');
  expect((await json('POST', '', { id: 'invented', name: 'a' })).status).toBe(400);
  expect((await json('POST', '', { id: generated.ids[1], mimeType: SHEET })).status).toBe(400);
});

test('with drive.file alone an app sees what it made and nothing else', async () => {
  const only = google.token('drive.file');
  const theirs = google.google.putFile({
    name: 'private.csv',
    parents: [],
    mimeType: 'text/csv',
    bytes: BYTES,
  });
  const { json: ours } = await json('POST', '', { name: 'ours' }, only);
  expect((await get('', only)).json.files.map((file: Json) => file.id)).toEqual([ours.id]);
  const message = `File not found: ${theirs}.`;
  for (const reply of [
    await get(`/${theirs}`, only),
    await get(`/${theirs}?alt=media`, only),
    await json('PATCH', `/${theirs}`, { name: 'x' }, only),
  ]) {
    expect(reply.status).toBe(404);
    expect(reply.json).toEqual({
      error: {
        code: 404,
        message,
        errors: [
          { message, domain: 'global', reason: 'notFound', location: 'fileId', locationType: 'parameter' },
        ],
      },
    });
  }
});

test('with drive.readonly it reads a person’s files and may not write to them or into their folders', async () => {
  const folder = personsFolder();
  const sheet = google.google.putFile({
    name: 'trip.csv',
    parents: [folder],
    mimeType: 'text/csv',
    bytes: BYTES,
  });
  expect((await get(`/${sheet}?alt=media`)).status).toBe(200);
  expect((await get(`/${folder}?fields=capabilities/canAddChildren`)).json.capabilities.canAddChildren).toBe(
    false,
  );
  for (const reply of [
    await json('PATCH', `/${sheet}`, { name: 'x' }),
    await json('POST', '', { name: 'x', parents: [folder] }),
    await google.send('DELETE', `${FILES}/${sheet}`, { token }),
  ]) {
    expect(reply.status).toBe(403);
    expect(reply.json.error.errors[0].reason).toBe('appNotAuthorizedToFile');
    // github.com/dhleong/wish/pull/54
    expect(reply.json.error.message).toMatch(
      /^The user has not granted the app \d+ write access to the file /,
    );
  }
  const all = google.token('drive');
  expect((await json('PATCH', `/${sheet}`, { name: 'x' }, all)).status).toBe(200);
  expect((await json('POST', '', { name: 'x', parents: [folder] }, all)).status).toBe(200);
});

test('a parent must be there, be one, and be a folder', async () => {
  const only = google.token('drive.file');
  const missing = await json('POST', '', { name: 'x', parents: ['nowhere'] });
  expect(missing.json.error).toMatchObject({ code: 404, message: 'File not found: nowhere.' });
  expect((await json('POST', '', { name: 'x', parents: [personsFolder()] }, only)).status).toBe(404);
  const { json: file } = await json('POST', '', { name: 'file' });
  expect((await json('POST', '', { name: 'x', parents: [file.id] })).json.error.errors[0].reason).toBe(
    'parentNotAFolder',
  );
  expect((await json('POST', '', { name: 'x', parents: ['root', 'root'] })).json.error.errors[0].reason).toBe(
    'cannotAddParent',
  );
  expect((await json('POST', '', { name: 'x', parents: ['root'] }, only)).status).toBe(200);
});

test('an update changes what it names, merges properties, and raises the version', async () => {
  const { json: made } = await json('POST', '?fields=id,parents', {
    name: 'old',
    appProperties: { a: '1', b: '2' },
  });
  const { json: folder } = await json('POST', '', { name: 'folder', mimeType: FOLDER });
  google.clock.advance(60_000);
  const query = `?addParents=${folder.id}&removeParents=${made.parents[0]}&fields=name,appProperties,version,modifiedTime,parents`;
  const changed = await json('PATCH', `/${made.id}${query}`, {
    name: 'new',
    appProperties: { a: null, c: '3' },
  });
  expect(changed.json).toEqual({
    name: 'new',
    appProperties: { b: '2', c: '3' },
    version: '2',
    modifiedTime: '2026-06-01T10:01:00.000Z',
    parents: [folder.id],
  });
  const second = await json('PATCH', `/${made.id}?addParents=root`, {});
  expect(second.json.error.errors[0].reason).toBe('cannotAddParent');
  const direct = await json('PATCH', `/${made.id}`, { parents: ['root'] });
  expect(direct.status).toBe(403);
  expect(direct.json.error.errors[0].reason).toBe('fieldNotWritable');
  expect((await json('PATCH', `/${made.id}`, { size: '3' })).status).toBe(403);
  expect((await json('PATCH', `/${made.id}`, { colour: 'red' })).status).toBe(400);
  expect((await json('PATCH', `/${made.id}`, { modifiedTime: 'yesterday' })).status).toBe(400);
});

test('new content replaces the old under the same id, with a new revision', async () => {
  const { json: made } = await upload({ name: 'a' }, BYTES, '&fields=id,headRevisionId');
  const patched = await google.send(
    'PATCH',
    `${UPLOAD}/${made.id}?uploadType=media&fields=size,mimeType,headRevisionId`,
    { token, type: 'text/plain', body: 'abc' },
  );
  expect(patched.json).toMatchObject({ size: '3', mimeType: 'text/plain' });
  expect(patched.json.headRevisionId).not.toBe(made.headRevisionId);
  const whole = await google.send('PATCH', `${UPLOAD}/${made.id}?uploadType=multipart&fields=name,size`, {
    token,
    type: 'multipart/related; boundary=cut',
    body: multipart({ name: 'b' }, BYTES),
  });
  expect(whole.json).toEqual({ name: 'b', size: '10' });
});

test('a deleted folder takes what lies in it along', async () => {
  const { json: folder } = await json('POST', '', { name: 'folder', mimeType: FOLDER });
  const { json: inside } = await json('POST', '', { name: 'inside', parents: [folder.id] });
  const reply = await google.send('DELETE', `${FILES}/${folder.id}`, { token });
  expect(reply.status).toBe(204);
  expect(reply.text).toBe('');
  expect((await get(`/${inside.id}`)).status).toBe(404);
});

test('what Google’s editors keep is exported, not downloaded, and a binary file the other way round', async () => {
  const native = google.google.putFile({
    name: 'Book',
    parents: [],
    mimeType: SHEET,
    bytes: null,
    exports: { [XLSX]: BYTES },
  });
  const refused = await get(`/${native}?alt=media`);
  expect(refused.status).toBe(403);
  expect(refused.json.error.errors[0]).toMatchObject({ reason: 'fileNotDownloadable', location: 'alt' });
  const type = encodeURIComponent(XLSX);
  expect(new Uint8Array((await get(`/${native}/export?mimeType=${type}`)).bytes)).toEqual(BYTES);
  expect((await get(`/${native}/export?mimeType=text/csv`)).status).toBe(400);
  expect((await get(`/${native}/export`)).status).toBe(400);
  const { json: binary } = await upload({ name: 'a' }, BYTES);
  expect((await get(`/${binary.id}/export?mimeType=${type}`)).json.error.errors[0].reason).toBe(
    'fileNotExportable',
  );
  expect((await get(`/${native}?fields=size,md5Checksum,webViewLink`)).json).toEqual({
    webViewLink: `https://docs.google.com/spreadsheets/d/${native}/edit?usp=drivesdk`,
  });
});

test('a property longer than 124 bytes is refused', async () => {
  // developers.google.com/workspace/drive/api/guides/properties
  expect((await json('POST', '', { name: 'x', appProperties: { k: 'é'.repeat(61) } })).status).toBe(200);
  expect((await json('POST', '', { name: 'x', appProperties: { k: 'é'.repeat(62) } })).status).toBe(400);
});

test('about needs fields and names the user', async () => {
  const about = 'https://www.googleapis.com/drive/v3/about';
  expect((await google.send('GET', about, { token })).status).toBe(400);
  const reply = await google.send('GET', `${about}?fields=user(emailAddress),storageQuota`, { token });
  expect(reply.json).toMatchObject({ user: { emailAddress: EMAIL }, storageQuota: { usage: '0' } });
});

test('a file has at most thirty properties of the app', async () => {
  // developers.google.com/workspace/drive/api/guides/properties
  const appProperties = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`k${index}`, 'v']));
  const { json: made } = await json('POST', '', { name: 'x', appProperties });
  const refused = await json('PATCH', `/${made.id}`, { name: 'y', appProperties: { one: 'more' } });
  expect(refused.status).toBe(403);
  expect((await get(`/${made.id}`)).json.name).toBe('x');
});

test('a Google Sheet put as XLSX exports to it, up to ten megabytes', async () => {
  // developers.google.com/workspace/drive/api/reference/rest/v3/files/export
  const put = (bytes: Uint8Array) =>
    google.google.putFile({ name: 'Trip', parents: [], mimeType: SHEET, bytes });
  const exported = (id: string) => get(`/${id}/export?mimeType=${encodeURIComponent(XLSX)}`);
  const small = put(BYTES);
  expect(new Uint8Array((await exported(small)).bytes)).toEqual(BYTES);
  expect((await get(`/${small}?alt=media`)).status).toBe(403);
  expect((await exported(put(new Uint8Array(10 * 1024 * 1024)))).status).toBe(200);
  const large = await exported(put(new Uint8Array(10 * 1024 * 1024 + 1)));
  expect(large.status).toBe(403);
  expect(large.json.error.errors[0]).toMatchObject({ reason: 'exportSizeLimitExceeded' });
});

test('a shortcut tells where it leads, and is neither downloaded nor exported', async () => {
  const target = personsFolder();
  const shortcut = google.google.putFile({
    name: 'there',
    parents: [],
    mimeType: 'application/vnd.google-apps.shortcut',
    bytes: null,
    shortcutTo: target,
  });
  expect((await get(`/${shortcut}?fields=shortcutDetails`)).json).toEqual({
    shortcutDetails: { targetId: target, targetMimeType: FOLDER },
  });
  expect((await get(`/${shortcut}?alt=media`)).status).toBe(403);
  expect((await get(`/${shortcut}/export?mimeType=text/csv`)).status).toBe(403);
});

test('what lies in a trashed folder is trashed, though nobody trashed it itself', async () => {
  // developers.google.com/workspace/drive/api/reference/rest/v3/files#File.FIELDS.trashed
  const all = google.token('drive');
  const folder = personsFolder();
  const inside = google.google.putFile({ name: 'a', parents: [folder], mimeType: 'text/csv', bytes: BYTES });
  const found = async () =>
    (await get(`?q=${encodeURIComponent(`'${folder}' in parents and trashed = false`)}`)).json;
  expect((await found()).files).toHaveLength(1);
  await json('PATCH', `/${folder}`, { trashed: true }, all);
  expect((await found()).files).toEqual([]);
  expect((await get(`/${inside}?fields=trashed,explicitlyTrashed`)).json).toEqual({
    trashed: true,
    explicitlyTrashed: false,
  });
});

test('a search in a folder that is not there, or not to be seen, is not found', async () => {
  // github.com/RobinBobin/react-native-google-drive-api-wrapper/issues/61
  const search = (id: string, as = token) => get(`?q=${encodeURIComponent(`'${id}' in parents`)}`, as);
  const missing = await search('nowhere');
  expect(missing.status).toBe(404);
  expect(missing.json.error).toMatchObject({
    message: 'File not found: .',
    errors: [{ reason: 'notFound' }],
  });
  const folder = personsFolder();
  expect((await search(folder)).status).toBe(200);
  expect((await search(folder, google.token('drive.file'))).status).toBe(404);
});
