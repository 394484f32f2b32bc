/** Mail addresses: read as people and mail headers write them, folded, without doubles. */
import addressparser from 'nodemailer/lib/addressparser';
import { quoteEncodedNames } from './encoded-words.ts';
import { oneLine } from './names.ts';

export interface Mailbox {
  /** Display name; empty when none is given. */
  readonly name: string;
  readonly address: string;
}

export interface AddressReading {
  readonly mailboxes: readonly Mailbox[];
  /** What could not be understood, as written. */
  readonly problems: readonly string[];
}

/** As partners' mail services take them: ASCII, at most 64 characters before the @ and a domain with a dot (RFC 5321, 4.5.3.1). */
const ADDRESS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+$/;
const LONGEST_ADDRESS = 254;

/** Whether it can stand in a header as it is. */
export function isAddress(text: string): boolean {
  return text.length <= LONGEST_ADDRESS && ADDRESS.test(text);
}

/**
 * Addresses separated by commas, semicolons or line breaks, with or without names. Groups are flattened, encoded
 * names decoded.
 */
export function readAddresses(text: string): AddressReading {
  const mailboxes: Mailbox[] = [];
  const problems: string[] = [];
  for (const line of text.split(/[\r\n]+/)) {
    for (const entry of addressparser(quoteEncodedNames(line), { flatten: true })) {
      const address = (entry.address ?? '').trim();
      const name = oneLine(entry.name);
      if (isAddress(address) && !isRunTogether(line, name, address)) mailboxes.push({ name, address });
      else if (name !== '' || address !== '') problems.push([address, name].join(' ').trim().slice(0, 80));
    }
  }
  return { mailboxes, problems };
}

/**
 * A name stands before an address in angle brackets, or after one in round ones. Else what looks like a name is
 * another address, or the rest of a mistyped one: `a@x.example b@x.example`.
 */
function isRunTogether(line: string, name: string, address: string): boolean {
  if (name === '') return false;
  return (
    !new RegExp(`<\\s*${address.replace(/[^A-Za-z0-9]/g, '\\$&')}`, 'i').test(line) && !line.includes('(')
  );
}

/** Case does not tell mailboxes apart here: no mail service that partners use does. */
export function foldAddress(address: string): string {
  return address.toLowerCase();
}

/** Each mailbox once, the first time it comes. */
export function withoutDoubles(mailboxes: readonly Mailbox[], but: readonly string[] = []): Mailbox[] {
  const seen = new Set(but.map(foldAddress));
  return mailboxes.filter(({ address }) => {
    const folded = foldAddress(address);
    if (seen.has(folded)) return false;
    seen.add(folded);
    return true;
  });
}
