/** What Gmail does to a message between `messages.send` and the wire. */

import { createHash } from 'node:crypto';
import type { Clock } from '../contract.ts';
import { concatenated } from './bytes.ts';
import { failure, gmailInvalid } from './errors.ts';
import { decodeWords } from './mime.ts';
import { splitEntity } from './multipart.ts';

/** developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/send: maximum file size 35 MB. */
const LARGEST_MESSAGE_BYTES = 36_700_160;

export interface Outgoing {
  /** As it lies in Sent: with Bcc. */
  readonly sent: Buffer;
  /** As a recipient gets it: without Bcc. */
  readonly delivered: Buffer;
  /** Bare addresses, lower case. */
  readonly recipients: readonly string[];
}

interface Line {
  readonly name: string;
  /** With its folds and without the last line end. */
  readonly text: string;
}

/**
 * Gives the message a Message-ID of Gmail's own, whatever it brought (github.com/FlowCrypt/flowcrypt-browser/issues/4273),
 * a Date when it has none, and the account as From unless From already is the account.
 * @throws GoogleFailure 400 without a recipient or with one that is no address, 413 when too large
 */
export function prepareOutgoing(
  raw: Buffer,
  account: { email: string; name: string },
  clock: Clock,
  uuid: () => string,
): Outgoing {
  if (raw.length > LARGEST_MESSAGE_BYTES) {
    throw failure('gmail', 413, 'uploadTooLarge', 'Request Entity Too Large');
  }
  const { head, body } = splitEntity(raw);
  const lines = headerLines(head);
  const recipients = ['To', 'Cc', 'Bcc'].flatMap((field) => addressesIn(lines, field));
  if (recipients.length === 0) throw gmailInvalid('Recipient address required');

  const id = createHash('sha256').update(uuid()).digest('base64url').replace(/[-_]/g, '+').slice(0, 40);
  const given = new Map<string, string>([['message-id', `Message-ID: <CA${id}@mail.gmail.com>`]]);
  const from = addressesIn(lines, 'From');
  if (from.length !== 1 || from[0] !== account.email.toLowerCase()) {
    given.set('from', `From: ${account.name ? `${displayName(account.name)} ` : ''}<${account.email}>`);
  }
  if (!lines.some((line) => line.name === 'date')) {
    given.set('date', `Date: ${new Date(clock.now()).toUTCString().replace('GMT', '+0000')}`);
  }
  const rewritten = lines.flatMap((line): Line[] => {
    const text = given.get(line.name);
    if (text === undefined) return [line];
    given.delete(line.name);
    return text === '' ? [] : [{ name: line.name, text }];
  });
  for (const [name, text] of given) rewritten.push({ name, text });

  const joined = (kept: readonly Line[]): Buffer =>
    concatenated([Buffer.from(`${kept.map((line) => line.text).join('\r\n')}\r\n\r\n`), body]);
  return {
    sent: joined(rewritten),
    delivered: joined(rewritten.filter((line) => line.name !== 'bcc')),
    recipients,
  };
}

function headerLines(head: Buffer): Line[] {
  const lines: Line[] = [];
  for (const text of head.toString('utf8').split(/\r?\n(?![ \t])/)) {
    const colon = text.indexOf(':');
    if (colon > 0) lines.push({ name: text.slice(0, colon).trim().toLowerCase(), text });
  }
  return lines;
}

/** Bare addresses of a header, lower case. @throws GoogleFailure 400 for one that is none */
function addressesIn(lines: readonly Line[], field: string): string[] {
  const values = lines
    .filter((line) => line.name === field.toLowerCase())
    .map((line) => line.text.slice(line.text.indexOf(':') + 1).replace(/\r?\n[ \t]+/g, ' '));
  const addresses: string[] = [];
  for (const value of values) {
    for (const item of splitAddresses(decodeWords(value))) {
      const address = (/<([^<>]*)>\s*$/.exec(item)?.[1] ?? item).trim().toLowerCase();
      if (!/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]+$/.test(address)) {
        if (field === 'From') continue;
        // The words are those of github.com/FlowCrypt/flowcrypt-browser/issues/1370.
        throw gmailInvalid(`Invalid ${field} header`);
      }
      addresses.push(address);
    }
  }
  return addresses;
}

/** The addresses between the commas that stand outside of quotes and angle brackets. */
function splitAddresses(value: string): string[] {
  return (value.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,])+/g) ?? [])
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function displayName(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return `"${name.replace(/(["\\])/g, '\\$1')}"`;
  return `=?UTF-8?B?${Buffer.from(name).toString('base64')}?=`;
}
