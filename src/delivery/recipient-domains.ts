/** The domains that statements go to: one that none went to before may be a slip of the pen. */
import type { Mailbox } from '../statement/address.ts';
import { foldAddress, readAddresses } from '../statement/address.ts';
import type { FindingDraft } from '../statement/findings.ts';

/** Domains of all addresses in these texts, folded: the “To” cells of the register's sent rows. */
export function domainsIn(addresses: readonly string[]): Set<string> {
  return new Set(
    addresses.flatMap((text) => readAddresses(text).mailboxes.map(({ address }) => domainOf(address))),
  );
}

/** Folded. */
export function domainOf(address: string): string {
  return foldAddress(address.slice(address.lastIndexOf('@') + 1));
}

/** One finding a domain that no statement went to before; none while nothing is known of any. */
export function newDomains(
  mailboxes: readonly Mailbox[],
  known: ReadonlySet<string>,
  own: readonly string[],
): FindingDraft[] {
  if (known.size === 0) return [];
  const addressesOf = new Map<string, string[]>();
  for (const { address } of mailboxes) {
    const domain = domainOf(address);
    if (known.has(domain) || own.includes(domain)) continue;
    addressesOf.set(domain, [...(addressesOf.get(domain) ?? []), address]);
  }
  return [...addressesOf].map(([domain, addresses]) => ({
    code: 'recipient-new-domain',
    about: addresses.join(', '),
    message: `No statement has gone to anybody at ${domain} before, and this one would go to ${addresses.join(', ')}. Check ${addresses.length === 1 ? 'the address' : 'the addresses'} letter by letter before you send.`,
  }));
}
