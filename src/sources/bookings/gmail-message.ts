/** A message of Gmail to the mail that the reader of bookings reads: its bodies as text, forwards among them. */
import type { MessageFull, MessagePart } from '../../clients/google/gmail-message.ts';
import { decodeWords } from '../../statement/encoded-words.ts';
import { decodeText } from '../trip-sheets/decode-text.ts';
import type { BookingMail } from './booking-mail.ts';

/** Bytes to text by a charset's IANA name; null for a charset that nobody knows. */
export type DecodeCharset = (bytes: Uint8Array, charset: string) => string | null;

/** No mail is nested deeper, and no stack is lost to one that is. */
const DEEPEST_PART = 40;
/** What is behind this is past every bound of the reader (a character has up to four bytes). */
const LONGEST_TEXT_BYTES = 1_500_000;
const LONGEST_HTML_BYTES = 13_500_000;

/** One thing that is said, in the forms that the mail gives it in. */
interface Body {
  readonly text: string | null;
  readonly html: string | null;
}

interface Walk {
  readonly decode: DecodeCharset;
  unopened: boolean;
}

/**
 * Alternatives are taken as the two forms of one text; what stands beside one another is put one below the other;
 * attached mails follow as forwards do; other attachments are left out. Text that is UTF-8 is read as UTF-8 whatever
 * charset is declared, because Gmail converts bodies and keeps their headers (seen, not documented:
 * github.com/openclaw/gogcli/issues/446); else `decode` reads it by its charset; else windows-1252, with � where
 * characters are lost.
 */
export function bookingMailOf(message: MessageFull, decode: DecodeCharset): { readonly mail: BookingMail } {
  const walk: Walk = { decode, unopened: false };
  const body = joined(bodiesOf(message.payload, walk, 0));
  const { headers } = message.payload;
  return {
    mail: {
      messageId: message.id,
      receivedAt: instant(message.internalDateMs || Date.parse(headerOf(headers, 'date')) || 0),
      subject: decodeWords(headerOf(headers, 'subject')),
      from: decodeWords(headerOf(headers, 'from')),
      ...body,
      ...(walk.unopened ? { unopened: true } : {}),
    },
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

function headerOf(headers: MessagePart['headers'], name: string): string {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
}

/** What the part says, in its order. */
function bodiesOf(part: MessagePart, walk: Walk, depth: number): Body[] {
  const type = part.mimeType.toLowerCase();
  if (depth > DEEPEST_PART) return [];
  if (type === 'message/rfc822') return forwarded(part, walk, depth);
  const isAttachment =
    part.filename !== '' || /^\s*attachment/i.test(headerOf(part.headers, 'content-disposition'));
  if (isAttachment && part.parts.length === 0) return [];
  if (part.parts.length > 0) {
    const within = part.parts.map((child) => bodiesOf(child, walk, depth + 1));
    return type === 'multipart/alternative' ? alternatives(within.map(joined)) : within.flat();
  }
  const isText = type === 'text/html' || type === 'text/plain' || type === '';
  if (part.data === null) walk.unopened ||= isText && part.attachmentId !== null;
  if (part.data === null || !isText) return [];
  if (type === 'text/html') return [{ text: null, html: textOf(part, part.data, walk, LONGEST_HTML_BYTES) }];
  return [{ text: textOf(part, part.data, walk, LONGEST_TEXT_BYTES), html: null }];
}

/** The last of each form: the best one stands last (RFC 2046, 5.1.4). */
function alternatives(forms: readonly Body[]): Body[] {
  let best: Body = { text: null, html: null };
  for (const { text, html } of forms) best = { text: text ?? best.text, html: html ?? best.html };
  return best.text === null && best.html === null ? [] : [best];
}

/**
 * Each form is whole, or not there: what has no HTML is put into the HTML as it is; a text that lacks what only the
 * HTML says would contradict it.
 */
function joined(bodies: readonly Body[]): Body {
  const texts = bodies.flatMap(({ text }) => text ?? []);
  const hasHtml = bodies.some(({ html }) => html !== null);
  return {
    text: texts.length > 0 && texts.length === bodies.length ? texts.join('\n\n') : null,
    html: hasHtml ? bodies.map(({ text, html }) => html ?? asHtml(text ?? '')).join('<br><br>') : null,
  };
}

function asHtml(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<div>${escaped.replace(/\r\n|\r|\n/g, '<br>')}</div>`;
}

/** An attached mail, below a heading as programs put it above a forward. */
function forwarded(part: MessagePart, walk: Walk, depth: number): Body[] {
  const inner = part.parts.flatMap((child) => bodiesOf(child, walk, depth + 1));
  if (inner.length === 0) {
    walk.unopened = true;
    return [];
  }
  const headers = [...part.headers, ...part.parts.flatMap((child) => child.headers)];
  const lines = ['From', 'Date', 'Subject', 'To'].flatMap((name) => {
    const value = decodeWords(headerOf(headers, name.toLowerCase())).replace(/\s+/g, ' ');
    return value === '' ? [] : [`${name}: ${value}`];
  });
  const heading = ['---------- Forwarded message ---------', ...lines, ''].join('\n');
  const { text, html } = joined(inner);
  return [
    {
      text: text === null ? null : `${heading}\n${text}`,
      html: html === null ? null : `${asHtml(heading)}<br>${html}`,
    },
  ];
}

/** What needs no platform: latin-1 is read as windows-1252 (encoding.spec.whatwg.org/#names-and-labels). */
const OWN_CHARSETS = /^(?:utf-?8|us-ascii|iso-?8859-1|latin-?1|(?:windows|cp)-?1252)$/i;

function textOf(part: MessagePart, data: string, walk: Walk, mostBytes: number): string {
  const { bytes, isWhole } = bytesOf(data, mostBytes);
  const declared = /charset\s*=\s*["']?([\w.:-]+)/i;
  const named =
    declared.exec(headerOf(part.headers, 'content-type')) ??
    (part.mimeType.toLowerCase() === 'text/html' ? declared.exec(ascii(bytes.subarray(0, 2048))) : null);
  const charset = named?.[1] ?? '';
  if (/^(?:utf|ucs)-?(?:16|32|2|4)/i.test(charset))
    return walk.decode(bytes, charset) ?? decodeText(bytes).text;
  // A stray zero would make the rest no text.
  const some = bytes.includes(0) ? bytes.filter((byte) => byte !== 0) : bytes;
  const whole = isWhole ? some : withoutTail(some);
  if (!hasEscapes(whole) && isUtf8(whole)) return decodeText(whole).text;
  const decoded = charset === '' || OWN_CHARSETS.test(charset) ? null : walk.decode(some, charset);
  return decoded ?? decodeText(some).text;
}

/** The reader cuts what is longer, and says so. */
function bytesOf(data: string, mostBytes: number): { readonly bytes: Uint8Array; readonly isWhole: boolean } {
  const most = Math.ceil(mostBytes / 3) * 4;
  return { bytes: fromBase64(data.length > most ? data.slice(0, most) : data), isWhole: data.length <= most };
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Of base64url, or base64, whatever stands between its digits. Nothing here is secret, so it may be quick. */
function fromBase64(text: string): Uint8Array {
  const digits = new Uint8Array(128).fill(64);
  [...DIGITS].forEach((digit, value) => {
    digits[digit.charCodeAt(0)] = value;
  });
  digits[0x2b] = 62;
  digits[0x2f] = 63;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = digits[text.charCodeAt(at)] ?? 64;
    if (digit === 64) continue;
    bits = ((bits << 6) | digit) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[length++] = (bits >> count) & 0xff;
    }
  }
  return bytes.subarray(0, length);
}

/** The escapes by which ISO-2022 leaves ASCII: its bytes are ASCII to anybody else. */
function hasEscapes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, at + 1)) {
    if (bytes[at + 1] === 0x24 || bytes[at + 1] === 0x28) return true;
  }
  return false;
}

/** Well-formed, as the Unicode standard has it in its table 3-7. */
function isUtf8(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) continue;
    const more = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    const second = bytes[at + 1] ?? 0;
    const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (more === 0 || second < least || second > most) return false;
    for (let next = 2; next <= more; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return false;
    at += more;
  }
  return true;
}

/** A character that was cut in two does not make the text another charset's. */
function withoutTail(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, Math.max(0, end - 1));
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.filter((byte) => byte < 0x80));
}
