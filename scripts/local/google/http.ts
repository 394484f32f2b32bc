/** Requests as the local Google servers see them, and answers as they give them. */

import type { IncomingMessage } from 'node:http';
import { concatenated, plain } from './bytes.ts';

export interface ApiCall {
  readonly method: string;
  /** Lower case, without a port. */
  readonly host: string;
  /** Percent-encoded, as sent. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Thrown anywhere below a route; the host sends `answer`. */
export class GoogleFailure extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`${answer.status} ${Buffer.from(answer.body).toString()}`);
    this.name = 'GoogleFailure';
    this.answer = answer;
  }
}

/** Google indents its JSON unless `prettyPrint=false` (developers.google.com/workspace/drive/api/guides/performance). */
export function jsonAnswer(
  status: number,
  value: unknown,
  options: { pretty?: boolean; headers?: Readonly<Record<string, string>> } = {},
): Answer {
  const text = options.pretty === false ? JSON.stringify(value) : `${JSON.stringify(value, null, 2)}\n`;
  return {
    status,
    headers: { 'content-type': 'application/json; charset=UTF-8', ...options.headers },
    body: plain(Buffer.from(text)),
  };
}

export function bytesAnswer(contentType: string, body: Uint8Array): Answer {
  return { status: 200, headers: { 'content-type': contentType }, body };
}

export const noContent: Answer = { status: 204, headers: {}, body: new Uint8Array() };

export function wantsPretty(query: URLSearchParams): boolean {
  return query.get('prettyPrint') !== 'false';
}

/** Reads the whole request. @throws when the client goes away. */
export async function readCall(request: IncomingMessage): Promise<ApiCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return callOf(
    request.method ?? 'GET',
    headers.host ?? '',
    request.url ?? '/',
    headers,
    concatenated(chunks),
  );
}

export function callOf(
  method: string,
  host: string,
  target: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): ApiCall {
  const cut = target.indexOf('?');
  return {
    method,
    host: host.toLowerCase().replace(/:\d+$/, ''),
    path: cut < 0 ? target : target.slice(0, cut),
    query: new URLSearchParams(cut < 0 ? '' : target.slice(cut + 1)),
    headers,
    body,
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON object in a request's body, an empty one for an empty body, or null when it is none. */
export function jsonObject(body: Buffer): Record<string, unknown> | null {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** `decodeURIComponent` that answers null for a broken escape. */
export function decodedSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
