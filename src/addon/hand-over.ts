/** Menu “Hand over…”: another account becomes the one that sends. */
import { handOwnershipTo, requireOwner } from '../accounts/trigger-owner.ts';
import { asPurserError } from '../host/errors.ts';
import { isAddress } from '../statement/address.ts';
import { theHost } from './compose.ts';

/** Takes this account's triggers away and names the new owner, who must choose Set up… to go on. */
export function handOver(): string | null {
  const host = theHost();
  const ui = host.ui();
  if (ui === null) return null;
  try {
    const me = requireOwner(host, host.properties('document').readAll());
    const email = ui
      .ask('Purser: Hand over', 'E-mail address of the account that sends from now on:', '')
      ?.trim();
    if (!email || email.toLowerCase() === me.toLowerCase()) return null;
    if (!isAddress(email)) {
      ui.tell('Purser: Hand over', `“${email.slice(0, 80)}” is not a mail address. Nothing was changed.`);
      return null;
    }
    const triggers = host.triggers();
    for (const { id } of triggers.list()) triggers.remove(id);
    handOwnershipTo(host, email);
    ui.tell(
      'Purser: Hand over',
      `${email} sends the statements from now on, once they have opened this workbook and chosen Purser › Set up…. Until then nothing is sent by itself.`,
    );
    return email;
  } catch (thrown) {
    ui.tell('Purser: Hand over', asPurserError(thrown).message);
    return null;
  }
}
