/** Messages as the tree of parts that `messages.get` shows. */
import { webText } from '../charset.ts';
import { concatenated, plain } from './bytes.ts';
import { headerFields, headerParameters, splitEntity, splitParts } from './multipart.ts';

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

export interface MimePart {
  /** Empty for the message, then `0`, `1`, `0.0` … */
  readonly partId: string;
  readonly mimeType: string;
  readonly filename: string;
  readonly headers: readonly HeaderField[];
  /** Decoded of its transfer encoding; text as UTF-8. Empty for multiparts. */
  readonly content: Buffer;
  readonly parts: readonly MimePart[];
}

/** Raw header fields of a message, unfolded, encoded words left as they are. */
export function messageHeaders(raw: Buffer): HeaderField[] {
  return headerFields(splitEntity(raw).head);
}

export function headerOf(headers: readonly HeaderField[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find((header) => header.name.toLowerCase() === wanted)?.value;
}

export function parseMime(raw: Buffer, partId = ''): MimePart {
  const { head, body } = splitEntity(raw);
  const headers = headerFields(head);
  const type = headerParameters(headerOf(headers, 'content-type') ?? 'text/plain');
  const mimeType = /^[^/\s]+\/[^/\s]+$/.test(type.value) ? type.value : 'text/plain';
  const disposition = headerParameters(headerOf(headers, 'content-disposition') ?? '');
  const filename = named(disposition.parameters, 'filename') || named(type.parameters, 'name');
  const boundary = type.parameters.boundary;
  const children =
    mimeType.startsWith('multipart/') && boundary ? (splitParts(body, boundary, false) ?? []) : [];
  const content = mimeType.startsWith('multipart/')
    ? Buffer.alloc(0)
    : decoded(body, headerOf(headers, 'content-transfer-encoding') ?? '');
  const charset = type.parameters.charset ?? 'utf-8';
  return {
    partId,
    mimeType,
    filename,
    headers: headers.map(({ name, value }) => ({ name, value: decodeWords(value) })),
    content: mimeType.startsWith('text/') && !filename ? asUtf8(content, charset) : content,
    parts: children.map((child, index) =>
      parseMime(child, partId === '' ? `${index}` : `${partId}.${index}`),
    ),
  };
}

/** All parts, the root first. */
export function allParts(part: MimePart): MimePart[] {
  return [part, ...part.parts.flatMap(allParts)];
}

function asUtf8(content: Buffer, charset: string): Buffer {
  if (/^(utf-?8|us-ascii)$/i.test(charset)) return content;
  return Buffer.from(text(content, charset));
}

function text(content: Buffer, charset: string): string {
  try {
    return webText(plain(content), charset);
  } catch {
    return content.toString('utf8');
  }
}

function decoded(body: Buffer, encoding: string): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64');
    case 'quoted-printable':
      return quotedPrintable(
        body
          .toString('latin1')
          .replace(/[ \t]+(?=\r?\n|$)/g, '')
          .replace(/=\r?\n/g, ''),
      );
    default:
      return body;
  }
}

function quotedPrintable(source: string): Buffer {
  return Buffer.from(
    source.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

/** A parameter with its RFC 2231 forms: `filename*=utf-8''…`, `filename*0=…`. */
function named(parameters: Readonly<Record<string, string>>, name: string): string {
  const plain = parameters[name];
  const pieces: string[] = [];
  for (let index = 0; ; index += 1) {
    const piece = parameters[`${name}*${index}*`] ?? parameters[`${name}*${index}`];
    if (piece === undefined) break;
    pieces.push(piece);
  }
  const extended = parameters[`${name}*`] ?? (pieces.length > 0 ? pieces.join('') : undefined);
  if (extended === undefined) return decodeWords(plain ?? '');
  const match = /^([^']*)'[^']*'(.*)$/s.exec(extended);
  if (!match) return extended;
  const bytes = Buffer.from(
    (match[2] ?? '').replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    ),
    'latin1',
  );
  return text(bytes, match[1] || 'utf-8');
}

/** Encoded words (RFC 2047) as text; neighbours are joined as bytes, since a character may be split over two. */
export function decodeWords(value: string): string {
  const run = /=\?[^?\s]+\?[bq]\?[^?]*\?=(?:\s+=\?[^?\s]+\?[bq]\?[^?]*\?=)*/gi;
  return value.replace(run, (words) => {
    const pieces: { charset: string; bytes: Buffer }[] = [];
    for (const match of words.matchAll(/=\?([^?*\s]+)[^?]*\?([bq])\?([^?]*)\?=/gi)) {
      const charset = (match[1] ?? '').toLowerCase();
      const source = match[3] ?? '';
      const bytes =
        match[2]?.toLowerCase() === 'b'
          ? Buffer.from(source, 'base64')
          : quotedPrintable(source.replace(/_/g, ' '));
      const last = pieces.at(-1);
      if (last && last.charset === charset) last.bytes = concatenated([last.bytes, bytes]);
      else pieces.push({ charset, bytes });
    }
    return pieces.map((piece) => text(piece.bytes, piece.charset)).join('');
  });
}
