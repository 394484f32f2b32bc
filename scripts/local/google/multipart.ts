/** Multipart bodies (RFC 2046), as bytes: batch requests and uploads. */
import { plain } from './bytes.ts';

export interface BodyPart {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** `text/plain; charset="utf-8"` as its value in lower case and its parameters, names in lower case. */
export function headerParameters(header: string): { value: string; parameters: Record<string, string> } {
  const parameters: Record<string, string> = {};
  const value = header.split(';', 1)[0] ?? '';
  const pattern = /;\s*([^=;\s]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g;
  for (const match of header.matchAll(pattern)) {
    const text = match[2] === undefined ? (match[3] ?? '').trim() : match[2].replace(/\\(.)/g, '$1');
    parameters[(match[1] ?? '').toLowerCase()] = text;
  }
  return { value: value.trim().toLowerCase(), parameters };
}

/** Where the header block of a MIME entity ends and its body starts. */
export function splitEntity(raw: Buffer): { head: Buffer; body: Buffer } {
  // A part without headers starts with its blank line.
  if (raw[0] === 10) return { head: raw.subarray(0, 0), body: raw.subarray(1) };
  if (raw[0] === 13 && raw[1] === 10) return { head: raw.subarray(0, 0), body: raw.subarray(2) };
  const crlf = raw.indexOf('\r\n\r\n');
  const lf = raw.indexOf('\n\n');
  if (crlf >= 0 && (lf < 0 || crlf < lf))
    return { head: raw.subarray(0, crlf), body: raw.subarray(crlf + 4) };
  if (lf >= 0) return { head: raw.subarray(0, lf), body: raw.subarray(lf + 2) };
  return { head: raw, body: raw.subarray(raw.length) };
}

/** Unfolded header fields in their order; what has no colon is left out. */
export function headerFields(head: Buffer): { name: string; value: string }[] {
  const text = head.toString('utf8').replace(/\r?\n(?=[ \t])/g, '');
  return text.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [{ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
  });
}

/**
 * The raw parts between the delimiters, or null when there is none, or (`strict`) no closing delimiter.
 */
export function splitParts(body: Buffer, boundary: string, strict: boolean): Buffer[] | null {
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  let start = -1;
  let at = 0;
  for (;;) {
    const found = body.indexOf(plain(delimiter), at);
    if (found < 0) break;
    at = found + delimiter.length;
    if (found > 0 && body[found - 1] !== 10) continue;
    const closing = body[at] === 45 && body[at + 1] === 45;
    const lineEnd = body.indexOf(10, at);
    const rest = body.subarray(closing ? at + 2 : at, lineEnd < 0 ? body.length : lineEnd).toString('latin1');
    // `--batch` is not the delimiter of boundary `bat`.
    if (rest.trim() !== '') continue;
    if (start >= 0) {
      const end = found >= 2 && body[found - 2] === 13 ? found - 2 : found - 1;
      parts.push(body.subarray(start, Math.max(start, end)));
    }
    if (closing) return parts;
    if (lineEnd < 0) break;
    start = lineEnd + 1;
    at = start;
  }
  if (strict || start < 0) return null;
  parts.push(body.subarray(start));
  return parts;
}

/** The parts of an HTTP body, or null when its Content-Type isn't `type` or the body isn't whole. */
export function httpParts(contentType: string, body: Buffer, type: string): BodyPart[] | null {
  const { value, parameters } = headerParameters(contentType);
  const boundary = parameters.boundary;
  if (value !== type || !boundary) return null;
  const raw = splitParts(body, boundary, true);
  if (!raw) return null;
  return raw.map((part) => {
    const entity = splitEntity(part);
    const headers: Record<string, string> = {};
    for (const field of headerFields(entity.head)) headers[field.name.toLowerCase()] = field.value;
    return { headers, body: entity.body };
  });
}
