/** Who may edit a file, as Drive tells it. */
import { type LocalPermission, listPermissions } from '../../../scripts/local/google/drive-permissions.ts';
import type { DriveRecord } from '../../../scripts/local/google/drive-store.ts';
import { GoogleFailure } from '../../../scripts/local/google/http.ts';
import type { StartedGoogle } from './started-google.ts';
import { EMAIL, startGoogle } from './started-google.ts';

const FILES = 'https://www.googleapis.com/drive/v3/files';
let google: StartedGoogle;
let file = '';
beforeAll(async () => {
  google = await startGoogle();
  file = google.google.putFile({
    name: 'a.csv',
    parents: [],
    mimeType: 'text/csv',
    bytes: new Uint8Array([1]),
  });
});
afterAll(() => google.close());

const get = (path: string, ...scopes: string[]) =>
  google.send('GET', `${FILES}/${path}`, { token: google.token(...scopes) });

test('a file that nobody shares has its owner alone, and gives the usual fields', async () => {
  const { status, json } = await get(`${file}/permissions`, 'drive.readonly');
  expect(status).toBe(200);
  expect(json.kind).toBe('drive#permissionList');
  expect(json.permissions).toEqual([
    { kind: 'drive#permission', id: expect.any(String), type: 'user', role: 'owner' },
  ]);
});

test('more is told when it is asked for, and what is no field is refused', async () => {
  const fields = 'permissions(emailAddress,displayName,role,deleted)';
  expect((await get(`${file}/permissions?fields=${fields}`, 'drive.readonly')).json).toEqual({
    permissions: [{ emailAddress: EMAIL, displayName: 'Pat Harbor', role: 'owner', deleted: false }],
  });
  expect((await get(`${file}/permissions?fields=permissions(mail)`, 'drive.readonly')).status).toBe(400);
  expect((await get(`${file}/permissions?pageLength=1`, 'drive.readonly')).status).toBe(400);
});

test('a file that is not there, and a token without a scope of Drive, are refused', async () => {
  expect((await get('nowhere/permissions', 'drive.readonly')).status).toBe(404);
  expect((await get(`${file}/permissions`, 'gmail.readonly')).status).toBe(403);
  // `drive.file` does not see what the app did not make.
  expect((await get(`${file}/permissions`, 'drive.file')).status).toBe(404);
});

const SHARED: readonly LocalPermission[] = [
  { type: 'user', role: 'owner', emailAddress: 'nora@x.example' },
  { type: 'user', role: 'writer', emailAddress: 'Kai@x.example' },
  { type: 'user', role: 'reader', emailAddress: 'rea@x.example' },
  { type: 'anyone', role: 'reader' },
];
const record = {
  id: 'f',
  ownerEmail: 'nora@x.example',
  createdByApp: false,
  permissions: SHARED,
} as DriveRecord;

function list(email: string, query: string) {
  const call = {
    method: 'GET',
    host: '',
    path: '',
    query: new URLSearchParams(query),
    headers: {},
    body: Buffer.alloc(0),
  };
  const { body } = listPermissions(call, record, { email, scopes: [] }, 'Nora');
  return JSON.parse(Buffer.from(body).toString());
}

test('pages are as long as asked, and together they are all', () => {
  const fields = 'fields=nextPageToken,permissions(emailAddress)';
  const first = list('nora@x.example', `${fields}&pageSize=3`);
  expect(first.permissions).toHaveLength(3);
  const rest = list('nora@x.example', `${fields}&pageSize=3&pageToken=${first.nextPageToken}`);
  expect(rest).toEqual({ permissions: [{}] });
  expect(list('nora@x.example', fields).permissions).toHaveLength(4);
  for (const bad of ['pageSize=0', 'pageToken=9', 'pageToken=x'])
    expect(() => list('nora@x.example', bad)).toThrow(GoogleFailure);
});

test('an editor is told, a reader is not', () => {
  expect(list('kai@x.example', '').permissions).toHaveLength(4);
  expect(() => list('rea@x.example', '')).toThrow(/sufficient permissions/);
});
