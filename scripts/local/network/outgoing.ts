/** Takes a reply out of a service's hands before it reaches the wire. */
import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

export interface HeldReply {
  readonly status: number;
  readonly body: Uint8Array;
  /** Set on the reply; null removes. */
  readonly headers: Readonly<Record<string, string | null>>;
}

type HeaderInput = OutgoingHttpHeaders | readonly OutgoingHttpHeader[];

/**
 * Gives the reply the `Date` that `dateMs` says, whatever the service wrote: a service that reads the machine's
 * clock would tell a time that is not the Workspace's.
 */
export function dateReply(response: ServerResponse, dateMs: () => number): void {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = ((status: number, reason?: string | HeaderInput, headers?: HeaderInput) => {
    setHeaders(response, typeof reason === 'string' ? headers : reason);
    response.setHeader('Date', new Date(dateMs()).toUTCString());
    return typeof reason === 'string' ? writeHead(status, reason) : writeHead(status);
  }) as typeof response.writeHead;
}

/** Holds the reply until the service has ended it, and sends what `rewrite` makes of it. */
export function holdReply(response: ServerResponse, rewrite: (reply: HeldReply) => HeldReply): void {
  const { writeHead, write, end, flushHeaders } = response;
  const chunks: Uint8Array[] = [];
  const keep = (chunk: unknown, encoding: unknown) => {
    if (typeof chunk === 'string')
      chunks.push(new Uint8Array(Buffer.from(chunk, isEncoding(encoding) ? encoding : 'utf8')));
    // Copied: the service may use its buffer again.
    else if (chunk instanceof Uint8Array) chunks.push(new Uint8Array(chunk));
  };
  const callBack = (...candidates: unknown[]) => {
    for (const candidate of candidates) if (typeof candidate === 'function') candidate();
  };
  response.writeHead = ((status: number, reason?: string | HeaderInput, headers?: HeaderInput) => {
    response.statusCode = status;
    setHeaders(response, typeof reason === 'string' ? headers : reason);
    return response;
  }) as typeof response.writeHead;
  response.write = ((chunk: unknown, encoding?: unknown, done?: unknown) => {
    keep(chunk, encoding);
    callBack(encoding, done);
    return true;
  }) as typeof response.write;
  response.flushHeaders = () => {};
  response.end = ((chunk?: unknown, encoding?: unknown, done?: unknown) => {
    keep(chunk, encoding);
    Object.assign(response, { writeHead, write, end, flushHeaders });
    const reply = rewrite({
      status: response.statusCode,
      body: new Uint8Array(Buffer.concat(chunks)),
      headers: {},
    });
    response.statusCode = reply.status;
    response.removeHeader('Transfer-Encoding');
    response.setHeader('Content-Length', reply.body.length);
    for (const [name, value] of Object.entries(reply.headers)) {
      if (value === null) response.removeHeader(name);
      else response.setHeader(name, value);
    }
    response.end(reply.body, () => callBack(chunk, encoding, done));
    return response;
  }) as typeof response.end;
}

/** The first half of the body, with a length that fits it: what remains is no JSON any more. */
export function halved(reply: HeldReply): HeldReply {
  return { ...reply, body: reply.body.subarray(0, Math.floor(reply.body.length / 2)) };
}

/** The body gzip-encoded; DynamoDB's checksum is of the bytes on the wire, so it is made anew when there is one. */
export function zipped(reply: HeldReply, hasChecksum: boolean): HeldReply {
  const body = new Uint8Array(gzipSync(reply.body));
  const checksum = hasChecksum ? { 'x-amz-crc32': String(crc32(body)) } : {};
  return { ...reply, body, headers: { ...reply.headers, 'Content-Encoding': 'gzip', ...checksum } };
}

function setHeaders(response: ServerResponse, headers: HeaderInput | undefined): void {
  if (headers === undefined) return;
  if (!Array.isArray(headers)) {
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) response.setHeader(name, value);
    }
    return;
  }
  // A flat list of names and values; a name twice means two values.
  const seen = new Set<string>();
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = String(headers[index]);
    const value = headers[index + 1];
    const add = seen.has(name.toLowerCase()) && (typeof value === 'string' || Array.isArray(value));
    if (add) response.appendHeader(name, value);
    else response.setHeader(name, value);
    seen.add(name.toLowerCase());
  }
}

function isEncoding(value: unknown): value is BufferEncoding {
  return typeof value === 'string' && Buffer.isEncoding(value);
}

/** CRC-32 as gzip and DynamoDB use it (ISO 3309, polynomial 0xEDB88320 reflected). */
function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}
