import type { Json, Reply, StartedGoogle } from './started-google.ts';
import { startGoogle } from './started-google.ts';

// developers.google.com/workspace/drive/api/guides/ref-search-terms
const FILES = 'https://www.googleapis.com/drive/v3/files';
const FOLDER = 'application/vnd.google-apps.folder';
let google: StartedGoogle;
let token: string;
let folder: string;

async function create(metadata: Json): Promise<string> {
  const reply = await google.send('POST', FILES, {
    token,
    type: 'application/json',
    body: JSON.stringify(metadata),
  });
  expect(reply.status).toBe(200);
  return reply.json.id;
}

beforeAll(async () => {
  google = await startGoogle();
  token = google.token('drive.file');
  folder = await create({ name: 'Statements', mimeType: FOLDER, modifiedTime: '2026-01-01T00:00:00Z' });
  await create({
    name: 'statement-2026-05.xlsx',
    parents: [folder],
    mimeType: 'application/x',
    appProperties: { month: '2026-05', code: "O'N\\1" },
    modifiedTime: '2026-06-01T10:00:00Z',
  });
  await create({
    name: "Valentine's \\ day",
    mimeType: 'text/csv',
    modifiedTime: '2026-02-14T08:00:00+02:00',
    createdTime: '2026-02-01T00:00:00Z',
  });
  const binned = await create({
    name: 'HelloWorld',
    mimeType: 'text/plain',
    modifiedTime: '2026-03-01T00:00:00Z',
  });
  await google.send('PATCH', `${FILES}/${binned}`, {
    token,
    type: 'application/json',
    body: '{"trashed":true,"modifiedTime":"2026-03-01T00:00:00Z"}',
  });
});
afterAll(() => google.close());

const list = (parameters: Record<string, string>): Promise<Reply> =>
  google.send('GET', `${FILES}?${new URLSearchParams(parameters)}`, { token });
async function names(q: string): Promise<string[]> {
  const reply = await list({ q: q.replace('FOLDER', folder), orderBy: 'name' });
  expect(reply.status).toBe(200);
  return reply.json.files.map((file: Json) => file.name.slice(0, 5));
}

test.each<[string, string[]]>([
  ["name = 'statement-2026-05.xlsx'", ['state']],
  ["name != 'statement-2026-05.xlsx'", ['Hello', 'State', 'Valen']],
  ["name = 'Valentine\\'s \\\\ day'", ['Valen']],
  ["name contains 'statement'", ['state', 'State']],
  ["name contains 'statement-'", ['state', 'State']],
  ["name contains 'STATEMENT 2026'", ['state']],
  ["name contains 'state'", ['state', 'State']],
  ["name contains '2026-0'", ['state']],
  ["name contains 'Hello'", ['Hello']],
  ["name contains 'World'", []],
  [`mimeType = '${FOLDER}'`, ['State']],
  [`mimeType != '${FOLDER}' and trashed = false`, ['state', 'Valen']],
  ["mimeType contains 'text/'", ['Hello', 'Valen']],
  ['trashed = true', ['Hello']],
  ['trashed != true', ['state', 'State', 'Valen']],
  ["'FOLDER' in parents", ['state']],
  ["'root' in parents and not trashed = true", ['State', 'Valen']],
  ["'me' in owners and trashed = true", ['Hello']],
  ["modifiedTime > '2026-06-01T09:59:59'", ['state']],
  ["modifiedTime >= '2026-06-01T12:00:00+02:00'", ['state']],
  ["modifiedTime < '2026-02-01T00:00:00Z'", ['State']],
  ["modifiedTime = '2026-02-14T06:00:00Z'", ['Valen']],
  ["createdTime < '2026-03-01'", ['Valen']],
  ["appProperties has { key='month' and value='2026-05' }", ['state']],
  ["appProperties has {key = 'code' and value = 'O\\'N\\\\1'}", ['state']],
  ["appProperties has { key='month' and value='2026-04' }", []],
  ["trashed = true or name contains 'val' and mimeType = 'text/csv'", ['Hello', 'Valen']],
  ["(trashed = true or name contains 'val') and mimeType = 'text/csv'", ['Valen']],
  ["not (trashed = true or name contains 'stat')", ['Valen']],
])('%s finds %j', async (q, expected) => {
  expect((await names(q)).sort()).toEqual([...expected].sort());
});

test.each([
  "name = 'it's'",
  'name = "double"',
  'name = unquoted',
  "title = 'v2'",
  "id = 'x'",
  "trashed = 'true'",
  'trashed',
  "name > 'a'",
  "modifiedTime > 'yesterday'",
  "name = 'a' and",
  "(name = 'a'",
  "name = 'a' name = 'b'",
  "'x' in nothing",
  "appProperties has { key='a' }",
  "fullText contains 'a'",
  "name = 'a\\n'",
])('the search %s is refused with its place', async (q) => {
  // github.com/torre76/django-googledrive-storage/issues/59
  const reply = await list({ q });
  expect(reply.json).toEqual({
    error: {
      code: 400,
      message: 'Invalid Value',
      errors: [
        {
          message: 'Invalid Value',
          domain: 'global',
          reason: 'invalid',
          location: 'q',
          locationType: 'parameter',
        },
      ],
    },
  });
});

test.each<[string, string[]]>([
  ['name', ['Hello', 'statement', 'Statements', 'Valen']],
  ['name desc', ['Valen', 'Statements', 'statement', 'Hello']],
  ['modifiedTime desc', ['statement', 'Hello', 'Valen', 'Statements']],
  ['createdTime,name', ['Valen', 'Hello', 'statement', 'Statements']],
  ['folder,modifiedTime', ['Statements', 'Valen', 'Hello', 'statement']],
])('orderBy %s', async (orderBy, expected) => {
  const { json } = await list({ orderBy });
  expect(
    json.files.map((file: Json) =>
      expected.find(
        (name) => file.name.startsWith(name) && (name !== 'statement' || file.name.startsWith('statement-')),
      ),
    ),
  ).toEqual(expected);
});

test('pages are chained until there is no token', async () => {
  const first = await list({ pageSize: '3', orderBy: 'name', fields: 'nextPageToken,files/name' });
  const second = await list({
    pageSize: '3',
    orderBy: 'name',
    pageToken: first.json.nextPageToken,
    fields: 'nextPageToken,files/name',
  });
  expect(first.json.files).toHaveLength(3);
  expect(second.json.files).toHaveLength(1);
  expect(second.json.nextPageToken).toBeUndefined();
});

test.each([
  { pageSize: '1001' },
  { pageSize: '0' },
  { pageSize: 'NOPE' },
  { pageToken: 'zzz' },
  { orderBy: 'colour' },
  { spaces: 'moon' },
  { corpora: 'drive' },
  { alt: 'media' },
  { queri: 'x' },
] as Record<string, string>[])('a list with %j is refused', async (parameters) => {
  expect((await list(parameters)).status).toBe(400);
});

test('shared-drive parameters are taken', async () => {
  expect(
    (await list({ supportsAllDrives: 'true', includeItemsFromAllDrives: 'true', spaces: 'drive' })).status,
  ).toBe(200);
});
