import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { TracedExchange } from '../../../scripts/local/contract.ts';
import { harOf, writeTrace } from '../../../scripts/local/trace.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

interface Given {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
  reply?: TracedExchange['reply'];
}

function exchange(given: Given = {}): TracedExchange {
  return {
    startedMs: Date.UTC(2026, 5, 1, 10),
    round: 3,
    request: {
      method: given.method ?? 'GET',
      url: given.url ?? 'https://sheets.googleapis.com/v4/spreadsheets/x',
      headers: given.headers ?? {},
      body: given.body ?? new Uint8Array(),
    },
    reply: given.reply ?? {
      status: 200,
      headers: { 'Content-Type': 'application/json' },
      body: bytes('{"ok":"é"}'),
    },
  };
}

function entry(given: Given, secrets?: 'included') {
  const options = { version: '1.0.0', ...(secrets === undefined ? {} : { secrets }) };
  const [only] = harOf([exchange(given)], options).log.entries;
  if (only === undefined) throw new Error('no entry');
  return only;
}

// What HAR 1.2 demands: https://github.com/ahmadnassri/har-spec/blob/master/versions/1.2.md
describe('a HAR file', () => {
  it('holds every required field of an exchange, with production URLs and bodies as text', () => {
    const url = 'https://gmail.googleapis.com/gmail/v1/users/me/messages?q=in%3Asent%20x&a=1&a=2';
    const headers = { 'content-type': 'application/json' };
    expect(entry({ method: 'post', url, headers, body: bytes('{"a":1}') })).toEqual({
      startedDateTime: '2026-06-01T10:00:00.000Z',
      time: 0,
      request: {
        method: 'POST',
        url,
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [{ name: 'content-type', value: 'application/json' }],
        queryString: [
          { name: 'q', value: 'in:sent x' },
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
        postData: { mimeType: 'application/json', params: [], text: '{"a":1}' },
        headersSize: -1,
        bodySize: 7,
      },
      response: {
        status: 200,
        statusText: '',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [{ name: 'Content-Type', value: 'application/json' }],
        content: { size: 11, mimeType: 'application/json', text: '{"ok":"é"}' },
        redirectURL: '',
        headersSize: -1,
        bodySize: 11,
      },
      cache: {},
      timings: { send: 0, wait: 0, receive: 0 },
      _round: 3,
    });
  });

  it('holds bytes that are no text as base64, and loses none', () => {
    const body = new Uint8Array([0x50, 0x4b, 3, 4, 0xff, 0]);
    const { request, response } = entry({ body, reply: { status: 200, headers: {}, body } });
    expect(request.postData).toMatchObject({ text: 'UEsDBP8A', encoding: 'base64' });
    expect(response.content).toMatchObject({ text: 'UEsDBP8A', encoding: 'base64', size: 6 });
    expect(entry({ body: new Uint8Array([0xef, 0xbb, 0xbf, 0x61]) }).request.postData?.text).toBe('\ufeffa');
  });

  it('shows a zipped reply unzipped, with the size on the wire, and a broken one as it came', () => {
    const zipped = new Uint8Array(gzipSync(bytes('a'.repeat(500))));
    const headers = { 'Content-Encoding': 'gzip' };
    const { content, bodySize } = entry({ reply: { status: 200, headers, body: zipped } }).response;
    expect(content).toMatchObject({ text: 'a'.repeat(500), size: 500, compression: 500 - zipped.length });
    expect(bodySize).toBe(zipped.length);
    const cut = entry({ reply: { status: 200, headers, body: zipped.subarray(0, 12) } }).response;
    expect(cut.content).toMatchObject({ encoding: 'base64', size: 12 });
  });

  it('says of a request without a reply why, and that a stall took a minute', () => {
    const stalled = entry({ reply: { failed: 'stall: no answer' } });
    expect(stalled).toMatchObject({ time: 60_000, timings: { wait: 60_000 }, response: { status: 0 } });
    expect(stalled.response._error).toBe('stall: no answer');
    expect(entry({ reply: { failed: 'unreachable: gone' } }).time).toBe(0);
  });

  it('is written as UTF-8 JSON of version 1.2', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trace-'));
    try {
      writeTrace(join(folder, 'run.har'), [exchange(), exchange()], { version: '1.2.3' });
      const { log } = JSON.parse(readFileSync(join(folder, 'run.har'), 'utf8'));
      expect(log).toMatchObject({ version: '1.2', creator: { name: 'Purser', version: '1.2.3' } });
      expect(log.entries).toHaveLength(2);
      expect(log.entries[0].response.content.text).toBe('{"ok":"é"}');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('secrets', () => {
  const SECRET = 'SeCrEt-1234567890';
  const secretReply = { status: 200, headers: {}, body: bytes(`{"access_token":"${SECRET}"}`) };
  const cases: [string, Given][] = [
    ['a bearer token', { headers: { authorization: `Bearer ${SECRET}` } }],
    ['a bare authorization', { headers: { Authorization: SECRET } }],
    [
      'a signature',
      { headers: { Authorization: `AWS4-HMAC-SHA256 Credential=${SECRET}, Signature=${SECRET}` } },
    ],
    ['a session token', { headers: { 'X-Amz-Security-Token': SECRET } }],
    [
      'a cookie',
      { reply: { status: 200, headers: { 'Set-Cookie': `a=${SECRET}` }, body: new Uint8Array() } },
    ],
    [
      'a refresh',
      {
        url: 'https://oauth2.googleapis.com/token',
        body: bytes(`refresh_token=${SECRET}`),
        reply: secretReply,
      },
    ],
    ['a token in a URL', { url: `https://oauth2.googleapis.com/revoke?token=${SECRET}` }],
    ['an older token endpoint', { url: 'https://www.googleapis.com/oauth2/v4/token', reply: secretReply }],
    ['another older one', { url: 'https://accounts.google.com/o/oauth2/token', reply: secretReply }],
    ['keys of STS', { url: 'https://sts.us-east-1.amazonaws.com/', body: bytes(SECRET), reply: secretReply }],
    [
      'keys of the global STS',
      { url: 'https://sts.amazonaws.com/', body: bytes(SECRET), reply: secretReply },
    ],
    [
      'a code in a redirect',
      {
        reply: {
          status: 302,
          headers: { location: `https://x.example/?code=${SECRET}` },
          body: new Uint8Array(),
        },
      },
    ],
  ];

  const redirect = (location: string): Given => ({
    url: 'https://accounts.google.com/o/oauth2/v2/auth/callback?client_id=x',
    reply: { status: 302, headers: { location }, body: new Uint8Array() },
  });
  const signIn: [string, Given][] = [
    [
      'state on the way to the sign-in page',
      { url: `https://accounts.google.com/o/oauth2/v2/auth?state=${SECRET}` },
    ],
    [
      'state in the form of the sign-in page',
      {
        url: 'https://accounts.google.com/o/oauth2/v2/auth?client_id=x',
        reply: { status: 200, headers: {}, body: bytes(`<form action="/callback?state=${SECRET}">`) },
      },
    ],
    [
      'state on the way back',
      redirect(`https://script.google.com/macros/d/x/usercallback?state=${SECRET}&code=1`),
    ],
    [
      'the code on the way back',
      redirect(`https://script.google.com/macros/s/x/exec?state=1&code=${SECRET}`),
    ],
    [
      'what the callback is called with',
      { url: `https://script.google.com/macros/d/x/usercallback?code=${SECRET}` },
    ],
    [
      'where the browser came from',
      { headers: { Referer: `https://script.google.com/macros/s/x/exec?state=${SECRET}` } },
    ],
    ['an invitation', { url: `https://script.google.com/macros/s/x/exec?invitation=${SECRET}` }],
    [
      'a page with a link to the sign-in page',
      {
        url: 'https://script.google.com/macros/s/x/exec',
        reply: {
          status: 200,
          headers: {},
          body: bytes(`<a href="https://accounts.google.com/?state=${SECRET}">`),
        },
      },
    ],
    [
      'a token that a refusal quotes',
      {
        url: 'https://gmail.googleapis.com/gmail/v1/users/me/profile',
        headers: { Authorization: `Bearer ${SECRET}` },
        reply: { status: 400, headers: {}, body: bytes(`{"error":{"message":"Bearer ${SECRET}"}}`) },
      },
    ],
  ];
  cases.push(...signIn);

  it.each(cases)('are left out: %s', (_case, given) => {
    expect(JSON.stringify(entry(given))).not.toContain(SECRET);
    expect(JSON.stringify(entry(given))).toContain('redacted');
  });

  it.each(cases)('are there when asked for: %s', (_case, given) => {
    expect(JSON.stringify(entry(given, 'included'))).toContain(SECRET);
  });

  it('do not take the rest along: the scheme, page tokens and other bodies stay', () => {
    const url = 'https://www.googleapis.com/drive/v3/files?pageToken=next1&fields=token';
    const { request, response } = entry({ url, headers: { Authorization: `Bearer ${SECRET}` } });
    expect(request.headers).toEqual([{ name: 'Authorization', value: 'Bearer redacted' }]);
    expect(request.url).toBe(url);
    expect(response.content.text).toBe('{"ok":"é"}');
  });
});
