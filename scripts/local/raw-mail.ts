/**
 * Mail as RFC 5322 and MIME bytes, fast enough for ten thousand. The sample's mail is composed by nodemailer; this
 * writer is for bulk, and reads like what booking sites send: encoded words, quoted-printable, base64, Latin-1.
 */

interface Mailbox {
  readonly name: string;
  readonly address: string;
}

export interface RawMail {
  readonly from: Mailbox;
  readonly to: Mailbox;
  readonly subject: string;
  readonly sentMs: number;
  /** With its angle brackets. */
  readonly messageId: string;
  readonly text: string | null;
  readonly html: string | null;
}

type Charset = 'utf-8' | 'iso-8859-1';

export function rawMail(mail: RawMail): Uint8Array {
  const parts: string[] = [];
  if (mail.text !== null) parts.push(entity('plain', mail.text, 'utf-8'));
  if (mail.html !== null) parts.push(entity('html', mail.html, isLatin1(mail.html) ? 'iso-8859-1' : 'utf-8'));
  const head = [
    `From: ${mailbox(mail.from)}`,
    `To: ${mailbox(mail.to)}`,
    `Subject: ${encodedWords(mail.subject)}`,
    `Message-ID: ${mail.messageId}`,
    `Date: ${new Date(mail.sentMs).toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
  ].join('\r\n');
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return ascii(`${head}\r\n${only}`);
  const boundary = `=_${mail.messageId.replace(/\W/g, '')}`;
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return ascii(
    `${head}\r\nContent-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`,
  );
}

function entity(subtype: 'plain' | 'html', content: string, charset: Charset): string {
  const lines = content.replace(/\r?\n/g, '\r\n');
  const bytes = Buffer.from(lines, charset === 'utf-8' ? 'utf8' : 'latin1');
  const inBase64 = subtype === 'html' && charset === 'utf-8';
  const body = inBase64 ? bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n') : quotedPrintable(bytes);
  return `Content-Type: text/${subtype}; charset=${charset}\r\nContent-Transfer-Encoding: ${inBase64 ? 'base64' : 'quoted-printable'}\r\n\r\n${body}\r\n`;
}

/** RFC 2045, 6.7: lines of at most 76 characters, and no blank before a line's end. */
function quotedPrintable(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[^\t\r\n\x20-\x3c\x3e-\x7e]/g, escaped)
    .replace(/[\t ](?=\r\n|$)/g, escaped)
    .split('\r\n')
    .map(folded)
    .join('\r\n');
}

function escaped(character: string): string {
  return `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Broken softly, and never inside an escape. */
function folded(line: string): string {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > 76) {
    const end = rest.lastIndexOf('=', 74) > 72 ? rest.lastIndexOf('=', 74) : 75;
    lines.push(`${rest.slice(0, end)}=`);
    rest = rest.slice(end);
  }
  return [...lines, rest].join('\r\n');
}

function isLatin1(text: string): boolean {
  return /^[\t\r\n\x20-\x7e\xa0-\xff]*$/.test(text);
}

/** RFC 5322, 3.4: what is no plain word stands in quotes. */
function mailbox({ name, address }: Mailbox): string {
  const isPlain = /^[\w .-]*$/.test(name) || /[^\x20-\x7e]/.test(name);
  return `${isPlain ? encodedWords(name) : `"${name.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}

/** RFC 2047: words of at most 75 characters, none parting a character. */
function encodedWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > 45) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ');
}

function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
