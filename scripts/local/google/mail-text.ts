/**
 * What Gmail search sees of a message. Decoded by mailparser and not by our own `mime.ts`, so that what the
 * search finds doesn't hang on one reading of MIME.
 */

import type { AddressObject } from 'mailparser';
import { simpleParser } from 'mailparser';

/** Texts are lists of whole words: lower case, one space between and around. */
export interface MailText {
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
  readonly subject: string;
  readonly everything: string;
  readonly filenames: readonly string[];
  readonly hasAttachment: boolean;
  /** Without angle brackets. */
  readonly messageId: string;
  /** The start of the body as a person reads it. */
  readonly opening: string;
}

/** `Ärger, 3 PM!` as ` ärger 3 pm `; one space when there is no word. */
export function words(text: string): string {
  const found = text
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu);
  return found ? ` ${found.join(' ')} ` : ' ';
}

/** @param raw RFC 5322 */
export async function mailText(raw: Buffer): Promise<MailText> {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const plain = mail.text ?? '';
  const html = typeof mail.html === 'string' ? strippedHtml(mail.html) : '';
  const filenames = mail.attachments
    .map((attachment) => attachment.filename ?? '')
    .filter((name) => name !== '');
  const addresses = [mail.from, mail.to, mail.cc, mail.bcc].map(addressText);
  const [from = '', to = '', cc = '', bcc = ''] = addresses;
  return {
    from: words(from),
    to: words(to),
    cc: words(cc),
    bcc: words(bcc),
    subject: words(mail.subject ?? ''),
    everything: words([mail.subject ?? '', ...addresses, plain, html, ...filenames].join(' \n ')),
    filenames: filenames.map(words),
    hasAttachment: mail.attachments.some(
      (attachment) => !attachment.related && attachment.filename !== undefined,
    ),
    messageId: (mail.messageId ?? '').replace(/^<|>$/g, ''),
    opening: (plain.trim() || html).replace(/\s+/g, ' ').trim().slice(0, 200),
  };
}

function addressText(found: AddressObject | AddressObject[] | undefined): string {
  if (found === undefined) return '';
  return (Array.isArray(found) ? found : [found]).map((object) => object.text).join(', ');
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  mdash: '—',
  nbsp: ' ',
  ndash: '–',
  quot: '"',
};

/** Inline tags don't end a word, all others do. */
function strippedHtml(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->|<(script|style|head)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<\/?(?:a|abbr|b|em|font|i|mark|s|small|span|strong|sub|sup|u)\b[^>]*>/gi, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}
