/** Settings that choose a mailbox. */
import { foldAddress, readAddresses } from '../statement/address.ts';
import { cut } from '../statement/short-text.ts';

/** Also what an emptied cell means. */
const BUILT_IN = /^(built[\s-]?in)?$/i;

export interface MailboxChoice {
  /** Name of the setting: `Send from`. */
  readonly setting: string;
  /** Where it stands: `'Purser settings'!B40`. */
  readonly cell: string;
  /** In lower case; null: the built-in mailbox of the person who runs Purser. */
  readonly address: string | null;
}

/** `built-in`, or one mail address, with or without a name; anything else is a problem. */
export function readMailbox(
  value: string,
  { setting, cell }: Pick<MailboxChoice, 'setting' | 'cell'>,
  bad: (why: string) => void,
): MailboxChoice {
  if (BUILT_IN.test(value.trim())) return { setting, cell, address: null };
  const { mailboxes, problems } = readAddresses(value);
  const [mailbox] = mailboxes;
  if (mailbox === undefined || mailboxes.length > 1 || problems.length > 0) {
    bad(`“${cut(value)}” is neither “built-in” nor the mail address of one connected account.`);
    return { setting, cell, address: null };
  }
  return { setting, cell, address: foldAddress(mailbox.address) };
}
