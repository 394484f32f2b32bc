import { send } from '../../../src/clients/exchange.ts';
import {
  createFolder,
  FOLDER_TYPE,
  getFile,
  listFiles,
  quoteForQuery,
  replaceFile,
  uploadFile,
  XLSX_TYPE,
} from '../../../src/clients/google/drive.ts';
import type { Answer } from '../../tools/fake-host.ts';
import { errorOf, fakeHost } from '../../tools/fake-host.ts';

// developers.google.com/workspace/drive/api/reference/rest/v3/files
const file = (id: string) => ({ id, name: `${id}.xlsx`, mimeType: XLSX_TYPE });
const FULL = {
  parents: [],
  appProperties: {},
  description: '',
  modifiedTime: '',
  sha256Checksum: '',
  size: '0',
  webViewLink: '',
  trashed: false,
};

function answering(...answers: readonly Answer[]) {
  return fakeHost({ answer: (_, index) => answers[index] ?? { status: 400 } });
}

test('a search follows all pages, oldest file first, and asks for the fields that it reads', () => {
  const host = answering(
    { status: 200, body: { files: [file('a'), file('b')], nextPageToken: 'p/2' } },
    { status: 200, body: { files: [file('c')] } },
  );
  expect(send(host, listFiles('tok', "name = 'x'"))).toEqual(
    ['a', 'b', 'c'].map((id) => ({ ...file(id), ...FULL })),
  );
  const [first, second] = host.rounds.flat().map(({ url }) => new URL(url).searchParams);
  expect(first?.get('q')).toBe("name = 'x'");
  expect(first?.get('orderBy')).toBe('createdTime');
  expect(first?.get('fields')).toMatch(/^nextPageToken,incompleteSearch,files\(id,name,/);
  expect(first?.has('pageToken')).toBe(false);
  expect(second?.get('pageToken')).toBe('p/2');
});

test('a page that points to itself is refused, not followed for ever', () => {
  const page: Answer = { status: 200, body: { files: [file('a')], nextPageToken: 'p2' } };
  const host = answering(page, page, page);
  expect(errorOf(() => send(host, listFiles('t', 'q'))).code).toBe('reply-malformed');
  expect(host.rounds).toHaveLength(2);
});

test('a search that Drive did not finish is asked again', () => {
  const host = answering(
    { status: 200, body: { files: [], incompleteSearch: true } },
    { status: 200, body: { files: [file('a')] } },
  );
  expect(send(host, listFiles('t', 'q')).map(({ id }) => id)).toEqual(['a']);
});

test.each([{}, { files: [{ id: 'a' }] }, { files: [{ ...file('a'), appProperties: { key: 1 } }] }])(
  'a list of another shape (%j) is refused',
  (body) => {
    expect(errorOf(() => send(answering({ status: 200, body }), listFiles('t', 'q'))).code).toBe(
      'reply-malformed',
    );
  },
);

test('a folder is made with its type and properties, and not twice after an unclear outcome', () => {
  const host = answering({ status: 200, body: { id: 'f', name: 'Purser', mimeType: FOLDER_TYPE } });
  send(host, createFolder('tok', { name: 'Purser', appProperties: { purserFolder: 'k/root' } }));
  const [request] = host.rounds.flat();
  expect(request).toMatchObject({
    method: 'POST',
    contentType: 'application/json',
    headers: { Authorization: 'Bearer tok' },
  });
  expect(JSON.parse(String(request?.body))).toEqual({
    name: 'Purser',
    mimeType: FOLDER_TYPE,
    appProperties: { purserFolder: 'k/root' },
  });
  const broken = answering({ status: 503 });
  expect(errorOf(() => send(broken, createFolder('t', { name: 'x' }))).code).toBe('service-unavailable');
  expect(broken.rounds).toHaveLength(1);
});

test('an upload carries metadata and bytes in one request, byte for byte', () => {
  const bytes = Uint8Array.from({ length: 600 }, (_, at) => at % 256);
  const host = answering({ status: 200, body: file('a') });
  send(host, uploadFile('tok', { name: 'é"\r\n--x' }, XLSX_TYPE, bytes));
  const [request] = host.rounds.flat();
  // developers.google.com/workspace/drive/api/guides/manage-uploads#multipart
  expect(request?.url).toMatch(
    /^https:\/\/www\.googleapis\.com\/upload\/drive\/v3\/files\?uploadType=multipart&/,
  );
  const boundary = /^multipart\/related; boundary=(\S+)$/.exec(request?.contentType ?? '')?.[1] ?? '';
  const body = Buffer.from(request?.body as Uint8Array);
  const [preamble, metadata = '', media = '', end] = body.toString('latin1').split(`--${boundary}`);
  expect([preamble, end]).toEqual(['', '--\r\n']);
  const json = Buffer.from(metadata.split('\r\n\r\n')[1] ?? '', 'latin1')
    .toString()
    .trim();
  expect(JSON.parse(json)).toEqual({ name: 'é"\r\n--x' });
  const content = media.slice(media.indexOf('\r\n\r\n') + 4, -2);
  expect(Buffer.from(content, 'latin1').equals(Buffer.from(bytes))).toBe(true);
});

test('new bytes for a file that is there may be sent again; a new file may not', () => {
  const bytes = new Uint8Array(3);
  const host = answering({ status: 503 }, { status: 200, body: file('a') });
  expect(send(host, replaceFile('t', 'a/b', { name: 'x' }, XLSX_TYPE, bytes)).id).toBe('a');
  expect(host.rounds.flat().map(({ method, url }) => [method, new URL(url).pathname])).toEqual([
    ['PATCH', '/upload/drive/v3/files/a%2Fb'],
    ['PATCH', '/upload/drive/v3/files/a%2Fb'],
  ]);
  const once = answering({ status: 503 }, { status: 200, body: file('a') });
  expect(errorOf(() => send(once, uploadFile('t', { name: 'x' }, XLSX_TYPE, bytes))).code).toBe(
    'service-unavailable',
  );
});

test('quotes and backslashes can’t break out of a search', () => {
  // developers.google.com/workspace/drive/api/guides/search-files: escape single quotes and backslashes
  expect(quoteForQuery("a'b\\c")).toBe("'a\\'b\\\\c'");
});

test('every request speaks for shared drives too, whereto the person may move a folder', () => {
  const host = answering(
    ...Array.from(
      { length: 5 },
      (_, at): Answer => ({
        status: 200,
        body: at === 0 ? { files: [] } : file('a'),
      }),
    ),
  );
  send(host, listFiles('t', 'q'));
  send(host, getFile('t', 'a'));
  send(host, createFolder('t', { name: 'x' }));
  send(host, uploadFile('t', { name: 'x' }, XLSX_TYPE, new Uint8Array(1)));
  send(host, replaceFile('t', 'a', {}, XLSX_TYPE, new Uint8Array(1)));
  const asked = host.rounds.flat().map(({ url }) => new URL(url).searchParams);
  expect(asked.map((query) => query.get('supportsAllDrives'))).toStrictEqual(Array(5).fill('true'));
  expect(asked.map((query) => query.get('includeItemsFromAllDrives'))).toStrictEqual([
    'true',
    ...Array(4).fill(null),
  ]);
});

test('a file says whether it is trashed, and a shortcut where it leads', () => {
  const shortcutDetails = { targetId: 'b', targetMimeType: FOLDER_TYPE };
  const host = answering({ status: 200, body: { ...file('a/b'), trashed: true, shortcutDetails } });
  expect(send(host, getFile('tok', 'a/b'))).toEqual({
    ...file('a/b'),
    ...FULL,
    trashed: true,
    shortcutDetails,
  });
  expect(new URL(host.rounds[0]?.[0]?.url ?? '').pathname).toBe('/drive/v3/files/a%2Fb');
});

test('the bytes of a large file go nowhere but to Drive', () => {
  const large = new Uint8Array(5_000_001);
  for (const location of [
    '',
    'https://evil.example/upload/drive/',
    'http://www.googleapis.com/upload/drive/',
  ]) {
    const host = answering({ status: 200, headers: { location } });
    expect(errorOf(() => send(host, uploadFile('t', { name: 'x' }, XLSX_TYPE, large)))).toMatchObject({
      code: 'reply-malformed',
    });
    expect(host.rounds).toHaveLength(1);
  }
});
