/** The trace as a HAR 1.2 file (https://github.com/ahmadnassri/har-spec/blob/master/versions/1.2.md). */
import { writeFileSync } from 'node:fs';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { TracedExchange } from './contract.ts';
import { STALL_MS } from './network/start-network.ts';
import { hasSecretBodies, REDACTED, redactHeader, redactUrl, secretValues, withoutValues } from './redact.ts';

export interface TraceOptions {
  /** Of Purser, for the file's `creator`. */
  readonly version: string;
  /** `redacted` unless asked: tokens, keys and the bodies that hold them are replaced by a word. */
  readonly secrets?: 'redacted' | 'included';
}

interface NameValue {
  readonly name: string;
  readonly value: string;
}

interface Content {
  readonly text: string;
  readonly encoding?: 'base64';
}

export interface HarEntry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly cookies: readonly [];
    readonly headers: readonly NameValue[];
    readonly queryString: readonly NameValue[];
    /** HAR 1.2 has no `encoding` here; the 1.3 proposal does, with the meaning that `content` gives it. */
    readonly postData?: { readonly mimeType: string; readonly params: readonly [] } & Content;
    readonly headersSize: -1;
    readonly bodySize: number;
  };
  readonly response: {
    /** 0 when there was no reply. */
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly cookies: readonly [];
    readonly headers: readonly NameValue[];
    readonly content: {
      readonly size: number;
      readonly compression?: number;
      readonly mimeType: string;
    } & Content;
    readonly redirectURL: string;
    readonly headersSize: -1;
    readonly bodySize: number;
    readonly _error?: string;
  };
  readonly cache: Record<string, never>;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  /** Requests of one `fetchAll` share it. */
  readonly _round: number;
}

export interface Har {
  readonly log: {
    readonly version: '1.2';
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

/** Writes `file`, UTF-8 as the format demands. */
export function writeTrace(file: string, exchanges: readonly TracedExchange[], options: TraceOptions): void {
  writeFileSync(file, `${JSON.stringify(harOf(exchanges, options), null, 2)}\n`);
}

/**
 * Times are the Workspace's: its clock stands during a request, so only a stall takes any. A body that is not UTF-8
 * is base64; a zipped reply is shown unzipped, `bodySize` is what the wire carried.
 */
export function harOf(exchanges: readonly TracedExchange[], options: TraceOptions): Har {
  const redact = options.secrets !== 'included';
  const secrets = redact ? secretValues(exchanges) : [];
  return {
    log: {
      version: '1.2',
      creator: { name: 'Purser', version: options.version },
      entries: exchanges.map((exchange) => entryOf(exchange, redact, secrets)),
    },
  };
}

function entryOf(
  { startedMs, round, request, reply }: TracedExchange,
  redact: boolean,
  secrets: readonly string[],
): HarEntry {
  const waitMs = 'failed' in reply && reply.failed.startsWith('stall') ? STALL_MS : 0;
  const hidden: Hidden = redact && hasSecretBodies(request.url) ? 'all' : secrets;
  const url = redact ? redactUrl(request.url) : request.url;
  return {
    startedDateTime: new Date(startedMs).toISOString(),
    time: waitMs,
    request: {
      method: request.method.toUpperCase(),
      url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(request.headers, redact),
      queryString: queryOf(url),
      ...(request.body.length === 0
        ? {}
        : {
            postData: {
              mimeType: headerOf(request.headers, 'content-type') ?? 'application/octet-stream',
              params: [] as const,
              ...contentOf(request.body, hidden),
            },
          }),
      headersSize: -1,
      bodySize: request.body.length,
    },
    response: responseOf(reply, redact, hidden),
    cache: {},
    timings: { send: 0, wait: waitMs, receive: 0 },
    _round: round,
  };
}

/** Of a body: all of it, or these values. */
type Hidden = 'all' | readonly string[];

function responseOf(reply: TracedExchange['reply'], redact: boolean, hidden: Hidden): HarEntry['response'] {
  const common = { statusText: '', httpVersion: 'HTTP/1.1', cookies: [] as const, headersSize: -1 as const };
  if ('failed' in reply) {
    const content = { size: 0, mimeType: 'x-unknown', text: '' };
    return {
      ...common,
      status: 0,
      headers: [],
      content,
      redirectURL: '',
      bodySize: -1,
      _error: reply.failed,
    };
  }
  const plain = unzipped(reply.body, headerOf(reply.headers, 'content-encoding'));
  const location = headerOf(reply.headers, 'location') ?? '';
  return {
    ...common,
    status: reply.status,
    headers: headersOf(reply.headers, redact),
    content: {
      size: plain.length,
      ...(plain === reply.body ? {} : { compression: plain.length - reply.body.length }),
      mimeType: headerOf(reply.headers, 'content-type') ?? 'application/octet-stream',
      ...contentOf(plain, hidden),
    },
    redirectURL: redact ? redactUrl(location) : location,
    bodySize: reply.body.length,
  };
}

function contentOf(body: Uint8Array, hidden: Hidden): Content {
  if (hidden === 'all') return { text: body.length > 0 ? REDACTED : '' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return { text: withoutValues(text, hidden) };
  } catch {
    return { text: Buffer.from(body).toString('base64'), encoding: 'base64' };
  }
}

/** As the wire had it when it can't be unzipped: a fault may have cut it. */
function unzipped(body: Uint8Array, encoding: string | undefined): Uint8Array {
  try {
    if (encoding === 'gzip') return new Uint8Array(gunzipSync(body));
    if (encoding === 'deflate') return new Uint8Array(inflateSync(body));
    if (encoding === 'br') return new Uint8Array(brotliDecompressSync(body));
    return body;
  } catch {
    return body;
  }
}

function headersOf(headers: Readonly<Record<string, string>>, redact: boolean): NameValue[] {
  return Object.entries(headers).map(([name, value]) => ({
    name,
    value: redact ? redactHeader(name, value) : value,
  }));
}

function queryOf(url: string): NameValue[] {
  return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
}

function headerOf(headers: Readonly<Record<string, string>>, lowerName: string): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === lowerName)?.[1];
}
