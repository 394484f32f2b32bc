/** developers.google.com/apps-script/reference/url-fetch/url-fetch-app */
import { gzipSync } from 'node:zlib';
import { ok, toy } from './toy.ts';

const bytesOf = (text: string) => [...Buffer.from(text)];

test('a request goes out as it was given, with method, headers and body', () => {
  const { evaluate, sent } = toy();
  evaluate(`UrlFetchApp.fetchAll([
    { url: 'https://a.example/x?y=1', headers: { Authorization: 'Bearer t', 'X-N': 1 } },
    { url: 'https://a.example/z', method: 'PUT', contentType: 'application/json', payload: '{"é":1}' }])`);
  expect(sent.map(({ body, ...rest }) => ({ ...rest, body: body === null ? null : [...body] }))).toEqual([
    {
      method: 'GET',
      url: 'https://a.example/x?y=1',
      headers: { Authorization: 'Bearer t', 'X-N': '1' },
      body: null,
    },
    {
      method: 'PUT',
      url: 'https://a.example/z',
      headers: { 'Content-Type': 'application/json' },
      body: bytesOf('{"é":1}'),
    },
  ]);
});

test('bytes are signed; without a type a payload is called a form; a blob brings its own type', () => {
  const { evaluate, sent } = toy();
  evaluate(`UrlFetchApp.fetch('https://a.example/', { payload: [0, 127, -128, -1] });
    UrlFetchApp.fetch('https://a.example/', { payload: Utilities.newBlob('a', 'text/csv') });
    UrlFetchApp.fetch('https://a.example/', { payload: { a: 'b c', d: 1 } })`);
  expect(
    sent.map(({ method, headers, body }) => [method, headers['Content-Type'], [...(body ?? [])]]),
  ).toEqual([
    ['POST', 'application/x-www-form-urlencoded', [0, 127, 128, 255]],
    ['POST', 'text/csv', [97]],
    ['POST', 'application/x-www-form-urlencoded', bytesOf('a=b+c&d=1')],
  ]);
});

const REFUSED: readonly (readonly [what: string, request: string, message: string])[] = [
  ['a Host header', `{ headers: { Host: 'b' } }`, 'Attribute provided with invalid value: Header:Host'],
  [
    'a Content-Length header',
    `{ headers: { 'content-length': '1' } }`,
    'Attribute provided with invalid value: Header:content-length',
  ],
  ['a null header', `{ headers: { 'X-A': null } }`, 'Attribute provided with invalid value: Header:null'],
  [
    'a header with a line break',
    `{ headers: { 'X-A': 'a\\r\\nX-B: c' } }`,
    'Attribute provided with invalid value: Header:X-A',
  ],
  [
    'too many headers',
    `{ headers: Object.fromEntries(Array.from({ length: 101 }, (_, i) => ['x' + i, ''])) }`,
    'Limit Exceeded: URLFetch Header Size',
  ],
  ['8 KB of headers', `{ headers: { 'X-A': 'x'.repeat(8190) } }`, 'Limit Exceeded: URLFetch Header Size'],
  ['an option that is none', `{ mutehttpexceptions: true }`, 'unknown name: mutehttpexceptions'],
  ['a method that is none', `{ method: 'head' }`, 'Attribute provided with invalid value: method'],
  ['a payload on a GET', `{ method: 'get', payload: 'x' }`, 'GET with a payload'],
  ['an unsigned byte', `{ payload: [255] }`, 'Cannot convert 255 to byte'],
  ['a half byte', `{ payload: [1.5] }`, 'Cannot convert 1.5 to byte'],
  ['a typed array', `{ payload: new Uint8Array(1) }`, 'Attribute provided with invalid value: payload'],
  [
    'a number for a flag',
    `{ muteHttpExceptions: 1 }`,
    'Attribute provided with invalid value: muteHttpExceptions',
  ],
];

test.each(REFUSED)('%s is refused, and nothing is sent', (_what, params, message) => {
  const { evaluate, sent } = toy();
  expect(() =>
    evaluate(
      `UrlFetchApp.fetchAll([{ url: 'https://a.example/' }, { url: 'https://a.example/', ...${params} }])`,
    ),
  ).toThrow(message);
  expect(() => evaluate(`UrlFetchApp.fetch('https://a.example/', ${params})`)).toThrow(message);
  expect(sent).toEqual([]);
});

test('a URL must be https, on the whitelist, and shorter than 2 KB', () => {
  // Words: github.com/grahamearley/FirestoreGoogleAppsScript/issues/135, github.com/airhadoken/twitter-lib/issues/34
  const { evaluate } = toy({
    whitelist: ['https://sheets.googleapis.com/', 'https://www.googleapis.com/drive/'],
  });
  const fetch = (url: string) => () =>
    evaluate(`UrlFetchApp.fetch(${JSON.stringify(url)}).getResponseCode()`);
  expect(fetch('https://sheets.googleapis.com/v4/x')()).toBe(200);
  for (const url of [
    'http://sheets.googleapis.com/v4',
    'https://sheets.googleapis.com.evil.example/',
    'https://www.googleapis.com/gmail/',
  ]) {
    expect(fetch(url)).toThrow(
      `Request to ${url} failed because the URL has not been whitelisted in the script manifest.`,
    );
  }
  expect(fetch(`https://sheets.googleapis.com/${'x'.repeat(2_060)}`)).toThrow(
    'Limit Exceeded: URLFetch URL Length.',
  );
  expect(fetch('https://sheets.googleapis.com/'.padEnd(2_082, 'x'))()).toBe(200);
  expect(fetch('')).toThrow('Attribute provided with no value: url');
});

test('without a whitelist any https address goes, and http does not', () => {
  const { evaluate } = toy();
  expect(() => evaluate(`UrlFetchApp.fetch('http://a.example/')`)).toThrow('whitelisted');
});

test('reserved characters are escaped unless the script says not to', () => {
  const { evaluate, sent } = toy();
  evaluate(`UrlFetchApp.fetch('https://a.example/a|b c%20d?q="é"')`);
  expect(sent[0]?.url).toBe('https://a.example/a%7Cb%20c%20d?q=%22%C3%A9%22');
  expect(() => evaluate(`UrlFetchApp.fetch('https://a.example/a b', { escaping: false })`)).toThrow(
    'Invalid argument',
  );
});

test('without the scope, or in a simple trigger, nothing is fetched', () => {
  const bare = toy({ scopes: [] });
  expect(() => bare.evaluate(`UrlFetchApp.fetch('https://a.example/')`)).toThrow(
    'Required permissions: https://www.googleapis.com/auth/script.external_request',
  );
  const simple = toy();
  expect(() => simple.evaluate(`UrlFetchApp.fetch('https://a.example/')`, { mode: 'open' })).toThrow(
    'You do not have permission to call UrlFetchApp.fetch',
  );
  expect([...bare.sent, ...simple.sent]).toEqual([]);
});

test('one request without an answer throws the whole batch away', () => {
  const one = (why: 'unreachable' | 'stall') => toy({ reply: () => ({ failed: { index: 1, why } }) });
  const code = `UrlFetchApp.fetchAll(['https://a.example/1', 'https://b.example/2'].map((url) => ({ url, muteHttpExceptions: true })))`;
  const unreachable = one('unreachable');
  expect(() => unreachable.evaluate(code)).toThrow('Address unavailable: https://b.example/2');
  expect(unreachable.script.counts).toEqual({ host: 1, http: 2, rounds: 1 });
  expect(() => one('stall').evaluate(code)).toThrow('Timeout: https://b.example/2');
});

test('an error status throws unless the script mutes it', () => {
  const { evaluate } = toy({
    reply: (requests) => requests.map(() => ({ ...ok('no such thing'), status: 404 })),
  });
  expect(() => evaluate(`UrlFetchApp.fetch('https://a.example/secret?key=1')`)).toThrow(
    'Request failed for https://a.example returned code 404. Truncated server response: no such thing (use muteHttpExceptions',
  );
  expect(
    evaluate(`UrlFetchApp.fetch('https://a.example/', { muteHttpExceptions: true }).getResponseCode()`),
  ).toBe(404);
});

test('a redirect that the script asked to follow is refused, one that it did not is an answer', () => {
  const { evaluate } = toy({ reply: (requests) => requests.map(() => ({ ...ok(), status: 302 })) });
  expect(() => evaluate(`UrlFetchApp.fetch('https://a.example/')`)).toThrow('redirect');
  expect(
    evaluate(`UrlFetchApp.fetch('https://a.example/', { followRedirects: false }).getResponseCode()`),
  ).toBe(302);
});

test('replies come in order, as text in a charset, signed bytes, headers and blob', () => {
  const { evaluate } = toy({
    reply: (requests) =>
      requests.map((request, at) => ({
        status: 200 + at,
        headers: { 'Content-Type': 'text/plain', 'Set-Cookie': ['a=1', 'b=2'] },
        body: Uint8Array.from(bytesOf(`é${request.url.slice(-1)}`)),
      })),
  });
  expect(
    evaluate(`UrlFetchApp.fetchAll(['https://a.example/1', 'https://a.example/2']).map((r) => [
      r.getResponseCode(), r.getContentText('UTF-8'), r.getContent(), r.getAllHeaders()['Set-Cookie'],
      r.getHeaders()['Set-Cookie'], r.getBlob().getContentType()])`),
  ).toEqual([
    [200, 'é1', [-61, -87, 49], ['a=1', 'b=2'], 'b=2', 'text/plain'],
    [201, 'é2', [-61, -87, 50], ['a=1', 'b=2'], 'b=2', 'text/plain'],
  ]);
  expect(evaluate(`UrlFetchApp.fetch('https://a.example/1').getContentText('ISO-8859-1')`)).toBe('Ã©1');
});

test('a zipped answer reaches the script unzipped', () => {
  const body = new Uint8Array(gzipSync('{"a":1}'));
  const { evaluate } = toy({ reply: () => [{ status: 200, headers: { 'content-encoding': 'gzip' }, body }] });
  expect(evaluate(`UrlFetchApp.fetch('https://a.example/').getContentText()`)).toBe('{"a":1}');
});

test('an empty batch asks nobody', () => {
  const { evaluate, sent } = toy();
  expect(evaluate('UrlFetchApp.fetchAll([]).length')).toBe(0);
  expect(sent).toEqual([]);
});
