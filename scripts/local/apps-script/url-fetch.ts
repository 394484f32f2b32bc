/**
 * UrlFetchApp: developers.google.com/apps-script/reference/url-fetch/url-fetch-app . Limits:
 * developers.google.com/apps-script/guides/services/quotas . It refuses what Google refuses, with the words that
 * users reported, and throws a whole batch away when one request gets no answer.
 */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { blobState, createBlob, decoded, real } from './blob.ts';
import { plainBytes, signedBytes, unsignedBytes, utf8Bytes } from './bytes.ts';
import { type Execution, strict } from './execution.ts';

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array | null;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  readonly body: Uint8Array;
}

export interface WireFailure {
  readonly failed: { readonly index: number; readonly why: 'unreachable' | 'stall' };
}

/** Sends all requests at once and waits for all replies, or says which one got none. Never follows redirects. */
export type FetchAllSync = (requests: WireRequest[]) => WireReply[] | WireFailure;

const METHODS = new Set(['get', 'delete', 'patch', 'post', 'put']);
const OPTIONS = new Set([
  'url',
  'contentType',
  'headers',
  'method',
  'payload',
  'useIntranet',
  'validateHttpsCertificates',
  'followRedirects',
  'muteHttpExceptions',
  'escaping',
]);
const MAX_URL_CHARACTERS = 2_082;
const MAX_HEADERS = 100;
const MAX_HEADER_BYTES = 8 * 1024;
const MAX_BODY_BYTES = 50 * 1024 * 1024;
const SCOPE = 'script.external_request';
const TRUNCATED_CHARACTERS = 600;

interface Prepared {
  readonly wire: WireRequest;
  readonly mute: boolean;
  readonly followRedirects: boolean;
}

export function createUrlFetchApp(
  execution: Execution,
  send: FetchAllSync,
  whitelist: readonly string[] | null,
): Pick<GoogleAppsScript.URL_Fetch.UrlFetchApp, 'fetch' | 'fetchAll'> {
  const round = (kind: 'fetch' | 'fetchAll', prepared: readonly Prepared[]) => {
    const requests = prepared.map(({ wire }) => wire);
    execution.meter.roundStarts(requests.length);
    const replies =
      requests.length === 0
        ? []
        : execution.calls.round(kind, requests, (those) => exchanged(execution, send, those));
    if ('failed' in replies) {
      const { index, why } = replies.failed;
      execution.meter.roundFails(kind, why);
      execution.checkBudget();
      const url = requests[index]?.url ?? '';
      throw execution.exception(why === 'stall' ? `Timeout: ${url}` : `Address unavailable: ${url}`);
    }
    if (replies.length !== requests.length)
      throw execution.defect('The network lost a reply, or made one up.');
    const unzipped = replies.map((reply) => ({ ...reply, body: contentOf(reply) }));
    execution.meter.roundEnds(
      kind,
      requests.flatMap((request, at) => {
        const reply = replies[at];
        return reply === undefined ? [] : [{ request, reply }];
      }),
    );
    execution.checkBudget();
    return execution.realm.array(
      prepared.map((request, at) => {
        const reply = unzipped[at];
        if (reply === undefined) throw execution.defect('The network lost a reply.');
        checkReply(execution, request, reply);
        return response(execution, reply);
      }),
    );
  };
  return strict(execution, 'UrlFetchApp', {
    fetch: (url: unknown, params?: unknown) => {
      allowed(execution, 'UrlFetchApp.fetch');
      if (typeof url !== 'string') throw execution.signature('UrlFetchApp.fetch', [url]);
      const [only] = round('fetch', [prepare(execution, whitelist, { ...options(execution, params), url })]);
      if (only === undefined) throw execution.defect('The network lost a reply.');
      return only;
    },
    fetchAll: (requests: unknown) => {
      allowed(execution, 'UrlFetchApp.fetchAll');
      if (!Array.isArray(requests)) throw execution.signature('UrlFetchApp.fetchAll', [requests]);
      const prepared = requests.map((request: unknown) =>
        prepare(
          execution,
          whitelist,
          typeof request === 'string' ? { url: request } : options(execution, request),
        ),
      );
      return round('fetchAll', prepared);
    },
  });
}

function exchanged(
  execution: Execution,
  send: FetchAllSync,
  requests: WireRequest[],
): WireReply[] | WireFailure {
  try {
    return send(requests);
  } catch (thrown) {
    throw execution.defect(thrown instanceof Error ? thrown : new Error(String(thrown)));
  }
}

function allowed(execution: Execution, method: string): void {
  execution.needAuthorization(method);
  execution.needScope(method, SCOPE);
}

function options(execution: Execution, value: unknown): Record<string, unknown> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null) throw execution.signature('UrlFetchApp.fetch', [value]);
  return Object.fromEntries(Object.entries(value));
}

function prepare(
  execution: Execution,
  whitelist: readonly string[] | null,
  request: Record<string, unknown>,
): Prepared {
  // Google ignores some names that it doesn't know; here a slip must not pass unseen.
  for (const name of Object.keys(request)) {
    if (!OPTIONS.has(name)) throw execution.exception(`Attribute provided with unknown name: ${name}`);
  }
  const url = checkedUrl(execution, whitelist, request);
  const payload = body(execution, request.payload);
  // "The HTTP method … The default is get"; with a payload alone Google posts.
  const method = String(request.method ?? (payload === null ? 'get' : 'post')).toLowerCase();
  if (!METHODS.has(method)) throw execution.exception(`Attribute provided with invalid value: method`);
  if (payload !== null && method === 'get') {
    throw execution.defect('A GET with a payload is not in the local Workspace.');
  }
  for (const name of ['muteHttpExceptions', 'followRedirects', 'escaping', 'validateHttpsCertificates']) {
    const value = request[name];
    if (value !== undefined && typeof value !== 'boolean') {
      throw execution.exception(`Attribute provided with invalid value: ${name}`);
    }
  }
  const headers = checkedHeaders(execution, request.headers);
  const contentType = request.contentType ?? payload?.contentType;
  if (typeof contentType === 'string' && payload !== null && !hasHeader(headers, 'content-type')) {
    headers['Content-Type'] = contentType;
  }
  if (payload !== null && payload.bytes.length > MAX_BODY_BYTES) {
    throw execution.exception('Limit Exceeded: URLFetch POST Size.');
  }
  return {
    wire: { method: method.toUpperCase(), url, headers, body: payload?.bytes ?? null },
    mute: request.muteHttpExceptions === true,
    followRedirects: request.followRedirects !== false,
  };
}

function checkedUrl(
  execution: Execution,
  whitelist: readonly string[] | null,
  request: Record<string, unknown>,
): string {
  // github.com/bradjasper/ImportJSON/issues/210
  if (typeof request.url !== 'string' || request.url === '') {
    throw execution.exception('Attribute provided with no value: url');
  }
  // "If false, reserved characters in the URL aren't escaped"
  const url =
    request.escaping === false
      ? request.url
      : request.url.replace(/[^\x21-\x7e]|["<>\\^`{|}]/gu, encodeURIComponent);
  if (/[^\x21-\x7e]/.test(url) || !URL.canParse(url)) throw execution.exception(`Invalid argument: ${url}`);
  // github.com/airhadoken/twitter-lib/issues/34
  if (url.length > MAX_URL_CHARACTERS) throw execution.exception('Limit Exceeded: URLFetch URL Length.');
  const listed =
    whitelist === null ? url.startsWith('https://') : whitelist.some((prefix) => url.startsWith(prefix));
  // github.com/grahamearley/FirestoreGoogleAppsScript/issues/135 ; prefixes must be https:
  // developers.google.com/apps-script/manifest/allowlist-url
  if (!listed) {
    throw execution.exception(
      `Request to ${url} failed because the URL has not been whitelisted in the script manifest.`,
    );
  }
  return url;
}

function checkedHeaders(execution: Execution, value: unknown): Record<string, string> {
  if (value === undefined) return {};
  const invalid = (name: string) =>
    execution.exception(`Attribute provided with invalid value: Header:${name}`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw execution.exception('Attribute provided with invalid value: headers');
  }
  const headers: Record<string, string> = {};
  let bytes = 0;
  for (const [name, given] of Object.entries(value)) {
    const header: unknown = given;
    if (header === null || header === undefined) throw invalid('null');
    if (/^(host|content-length)$/i.test(name)) throw invalid(name);
    const text = String(header);
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /[\r\n\0]/.test(text)) throw invalid(name);
    headers[name] = text;
    bytes += Buffer.byteLength(name) + Buffer.byteLength(text);
  }
  if (Object.keys(headers).length > MAX_HEADERS || bytes > MAX_HEADER_BYTES) {
    throw execution.exception('Limit Exceeded: URLFetch Header Size.');
  }
  return headers;
}

function hasHeader(headers: Record<string, string>, name: string): boolean {
  return Object.keys(headers).some((key) => key.toLowerCase() === name);
}

/** The default type is `application/x-www-form-urlencoded`, for strings too. */
const FORM = 'application/x-www-form-urlencoded';

function body(execution: Execution, payload: unknown): { bytes: Uint8Array; contentType: string } | null {
  if (payload === undefined || payload === null) return null;
  if (typeof payload === 'string') return { bytes: utf8Bytes(payload), contentType: FORM };
  const blob = blobState(payload);
  if (blob !== null) return { bytes: blob.bytes, contentType: blob.contentType ?? FORM };
  if (Array.isArray(payload)) {
    return { bytes: unsignedBytes(execution, 'UrlFetchApp.fetch', payload), contentType: FORM };
  }
  if (ArrayBuffer.isView(payload) || typeof payload !== 'object') {
    throw execution.exception('Attribute provided with invalid value: payload');
  }
  const pairs = Object.entries(payload).map(([name, value]: [string, unknown]) => {
    if (typeof value === 'object') throw execution.defect('A multipart form is not in the local Workspace.');
    return [name, String(value)] as [string, string];
  });
  return { bytes: utf8Bytes(new URLSearchParams(pairs).toString()), contentType: FORM };
}

/** UrlFetchApp asks for gzip and unpacks it; the script never sees the bytes on the wire. */
function contentOf(reply: WireReply): Uint8Array {
  const name = Object.keys(reply.headers).find((key) => key.toLowerCase() === 'content-encoding');
  const encoding = String(name === undefined ? '' : reply.headers[name]).toLowerCase();
  if (encoding === 'gzip') return plainBytes(gunzipSync(reply.body));
  if (encoding === 'deflate') return plainBytes(inflateSync(reply.body));
  if (encoding === 'br') return plainBytes(brotliDecompressSync(reply.body));
  return reply.body;
}

function checkReply(execution: Execution, { wire, mute, followRedirects }: Prepared, reply: WireReply): void {
  if (reply.body.length > MAX_BODY_BYTES)
    throw execution.exception('Limit Exceeded: URLFetch Response Size.');
  if (reply.status >= 300 && reply.status < 400 && followRedirects) {
    throw execution.defect('Following a redirect is not in the local Workspace.');
  }
  if (mute || (reply.status >= 200 && reply.status < 400)) return;
  const start = Buffer.from(reply.body).toString('utf8').slice(0, TRUNCATED_CHARACTERS);
  throw execution.exception(
    `Request failed for ${new URL(wire.url).origin} returned code ${reply.status}. Truncated server response: ${start} (use muteHttpExceptions option to examine full response)`,
  );
}

function response(execution: Execution, reply: WireReply): GoogleAppsScript.URL_Fetch.HTTPResponse {
  const last = (value: string | string[]) => (Array.isArray(value) ? (value.at(-1) ?? '') : value);
  const contentType = () => {
    const name = Object.keys(reply.headers).find((key) => key.toLowerCase() === 'content-type');
    return name === undefined ? null : last(reply.headers[name] ?? '');
  };
  const members: Pick<
    GoogleAppsScript.URL_Fetch.HTTPResponse,
    'getAllHeaders' | 'getBlob' | 'getContent' | 'getContentText' | 'getHeaders' | 'getResponseCode'
  > = {
    getAllHeaders: () =>
      execution.realm.object(
        Object.fromEntries(
          Object.entries(reply.headers).map(([name, value]) => [
            name,
            Array.isArray(value) ? execution.realm.array(value) : value,
          ]),
        ),
      ),
    getHeaders: () =>
      execution.realm.object(
        Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name, last(value)])),
      ),
    getBlob: () => real(createBlob(execution, reply.body, contentType(), null)),
    getContent: () => signedBytes(execution, reply.body),
    getContentText: (charset?: string) => decoded(execution, reply.body, charset),
    getResponseCode: () => reply.status,
  };
  return strict(execution, 'HTTPResponse', members) as GoogleAppsScript.URL_Fetch.HTTPResponse;
}
