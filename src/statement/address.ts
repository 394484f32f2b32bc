/** Mail addresses: read as people and mail headers write them, folded, without doubles. */
import addressparser from 'nodemailer/lib/addressparser';

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

/** RFC 5321 allows 64 characters before the @ and 255 after; no control characters, spaces or brackets here. */
const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,255}$/;

/** Addresses separated by commas, semicolons or line breaks, with or without names. Groups are flattened. */
export function readAddresses(text: string): AddressReading {
  const mailboxes: Mailbox[] = [];
  const problems: string[] = [];
  for (const line of text.split(/[\r\n]+/)) {
    for (const entry of addressparser(line, { flatten: true })) {
      const address = (entry.address ?? '').trim();
      if (ADDRESS.test(address)) mailboxes.push({ name: entry.name.trim(), address });
      else if (entry.name.trim() !== '' || address !== '') problems.push((address || entry.name).slice(0, 80));
    }
  }
  return { mailboxes, problems };
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
