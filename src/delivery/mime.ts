/**
 * A message as RFC 5322 and MIME want it: ASCII only, folded headers, base64 in lines of 76. Written here because
 * mimetext, the library that runs in Apps Script, labels raw UTF-8 `7bit` and leaves lines unfolded (see
 * docs/decisions).
 */
import { encode as utf8 } from '@stablelib/utf8';
import { PurserError } from '../host/errors.ts';
import type { Mailbox } from '../statement/address.ts';
import { isAddress } from '../statement/address.ts';
import { oneLine } from '../statement/names.ts';
import { base64 } from './base64.ts';

export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Message {
  readonly from: Mailbox;
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly replyTo: readonly Mailbox[];
  readonly subject: string;
  /** Milliseconds since 1970 UTC. */
  readonly dateMs: number;
  /** Such as `X-Purser-Statement`; ASCII names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Message-IDs of the mails that it follows in their thread, oldest first, each with its angle brackets. */
  readonly follows?: readonly string[];
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  /** Unique to the message; parts are told apart by it. Letters and digits. */
  readonly boundary: string;
}

const CRLF = '\r\n';
const LINE = 76;

/**
 * The whole message, lines ended by CRLF, nothing but ASCII. Without From when its address is empty: Gmail then
 * enters the account's.
 * @throws PurserError `unexpected` for a recipient that is no address
 */
export function writeMessage(message: Message): string {
  const alternative = `${message.boundary}-a`;
  const mixed = `${message.boundary}-m`;
  const head = [
    ...(message.from.address === '' ? [] : [header('From', mailboxWords([message.from]))]),
    header('To', mailboxWords(message.to)),
    ...(message.cc.length > 0 ? [header('Cc', mailboxWords(message.cc))] : []),
    ...(message.replyTo.length > 0 ? [header('Reply-To', mailboxWords(message.replyTo))] : []),
    header('Subject', unstructured('Subject', message.subject)),
    header('Date', [rfcDate(message.dateMs)]),
    ...Object.entries(message.headers).map(([name, value]) => header(name, unstructured(name, value))),
    ...threadHeaders(message.follows ?? []),
    header('MIME-Version', ['1.0']),
  ];
  const bodies = [
    part(
      ['Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: base64'],
      textBytes(message.text),
    ),
    part(
      ['Content-Type: text/html; charset=UTF-8', 'Content-Transfer-Encoding: base64'],
      textBytes(message.html),
    ),
  ];
  const content = multipart('alternative', alternative, bodies);
  if (message.attachments.length === 0) return [...head, content].join(CRLF);
  const files = message.attachments.map((attachment) =>
    part(
      [
        // On a line of its own: the type of an XLSX alone would be longer than a line should be.
        `Content-Type:${CRLF} ${attachment.type}${parameter('name', attachment.name)}`,
        `Content-Disposition: attachment${parameter('filename', attachment.name)}`,
        'Content-Transfer-Encoding: base64',
      ],
      attachment.bytes,
    ),
  );
  return [...head, multipart('mixed', mixed, [content, ...files])].join(CRLF);
}

function multipart(subtype: string, boundary: string, parts: readonly string[]): string {
  const open = `Content-Type: multipart/${subtype};${CRLF} boundary="${boundary}"${CRLF}${CRLF}`;
  return `${open}${parts.map((one) => `--${boundary}${CRLF}${one}${CRLF}`).join('')}--${boundary}--${CRLF}`;
}

function part(headers: readonly string[], bytes: Uint8Array): string {
  return `${headers.join(CRLF)}${CRLF}${CRLF}${base64(bytes, LINE)}`;
}

/** Lines of a text body end with CRLF also inside base64 (RFC 2046, 4.1.1). */
function textBytes(text: string): Uint8Array {
  return utf8(wellFormed(text).replace(/\r\n?|\n/g, CRLF));
}

/** RFC 5322, 3.6.4. An id is never encoded nor broken, however long it is; what is none is left out. */
function threadHeaders(ids: readonly string[]): string[] {
  const read = ids.filter((id) => /^<[\x21-\x3b\x3d\x3f-\x7e]+>$/.test(id) && id.length < 900);
  const last = read[read.length - 1];
  return last === undefined ? [] : [header('In-Reply-To', [last]), header('References', read)];
}

/** A header from words that may each stand on a line of their own. */
function header(name: string, words: readonly string[]): string {
  let out = `${name}:`;
  let width = out.length;
  for (const word of words) {
    if (width + 1 + word.length > LINE && width > name.length + 1) {
      out += `${CRLF} ${word}`;
      width = word.length + 1;
    } else {
      out += ` ${word}`;
      width += word.length + 1;
    }
  }
  return out;
}

function mailboxWords(mailboxes: readonly Mailbox[]): string[] {
  return mailboxes.flatMap(({ name, address }, index) => {
    if (!isAddress(address)) throw notAnAddress(address);
    const comma = index < mailboxes.length - 1 ? ',' : '';
    const display = oneLine(name);
    if (display === '') return [`${address}${comma}`];
    return [...phrase(display), `<${address}>${comma}`];
  });
}

function notAnAddress(address: string): PurserError {
  return new PurserError('unexpected', {
    what: `“${oneLine(address).slice(0, 80)}” is not a mail address; nothing was sent.`,
    now: 'Correct the recipients in the settings.',
  });
}

const LONGEST_PHRASE = 60;
/** Bytes in an encoded word: 39 become 52 characters of base64 with 12 around them, which fit behind any `Reply-To: `. */
const WORD_BYTES = 39;

/** A display name: as it is, in quotes, or in encoded words. */
function phrase(name: string): string[] {
  const quoted = `"${name.replace(/[\\"]/g, '\\$&')}"`;
  if (!isAscii(name) || name.includes('=?') || quoted.length > LONGEST_PHRASE)
    return encodedWords(name, WORD_BYTES);
  return /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/.test(name) ? [name] : [quoted];
}

/** Text for an unstructured header: plain words, or encoded words whose first fits on the header's first line. */
function unstructured(name: string, text: string): string[] {
  const line = wellFormed(oneLine(text));
  const plain = line.split(' ');
  if (isAscii(line) && !line.includes('=?') && plain.every((word) => word.length < LINE - 10)) return plain;
  const room = LINE - `${name}: `.length - '=?UTF-8?B??='.length;
  return encodedWords(line, Math.max(4, Math.min(WORD_BYTES, Math.floor(room / 4) * 3)));
}

/** RFC 2047 encoded words: 75 characters at most each, no character split between two. */
function encodedWords(text: string, wordBytes: number): string[] {
  const words: string[] = [];
  let chunk = '';
  for (const character of wellFormed(oneLine(text))) {
    if (utf8(chunk + character).length > wordBytes) {
      words.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  words.push(chunk);
  return words.map((word) => `=?UTF-8?B?${base64(utf8(word), 0)}?=`);
}

/**
 * A parameter for both kinds of readers: RFC 2231 for the name as it is, in pieces short enough to fold, and an
 * ASCII name for those who know no better.
 */
function parameter(name: string, value: string): string {
  const line = wellFormed(oneLine(value));
  const ascii = line.replace(/[^\x20-\x7e]/g, '_').replace(/[\\"]/g, '_');
  if (line === ascii && line.length <= 60) return `;${CRLF} ${name}="${ascii}"`;
  const pieces = extendedPieces(line);
  const only = pieces.length === 1 ? `;${CRLF} ${name}*=UTF-8''${pieces[0]}` : '';
  const many = pieces
    .map((piece, index) => `;${CRLF} ${name}*${index}*=${index === 0 ? "UTF-8''" : ''}${piece}`)
    .join('');
  return only !== '' ? `;${CRLF} ${name}="${ascii.slice(0, 60)}"${only}` : many;
}

function extendedPieces(value: string): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const byte of utf8(value)) {
    const character = String.fromCharCode(byte);
    const written = /[A-Za-z0-9._-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    if (piece.length + written.length > 45) {
      pieces.push(piece);
      piece = '';
    }
    piece += written;
  }
  pieces.push(piece);
  return pieces;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function rfcDate(ms: number): string {
  const date = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${DAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} ${time} +0000`;
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** Without half surrogate pairs, which UTF-8 can't write. */
function wellFormed(text: string): string {
  return [...text].map((character) => (/^[\ud800-\udfff]$/.test(character) ? '\ufffd' : character)).join('');
}
