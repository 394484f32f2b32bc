/** Another account becomes the one that sends. */

import { asPurserError } from '../host/errors.ts';
import type { Host, Ui } from '../host/host.ts';
import { isAddress } from '../statement/address.ts';
import { endWhatIsOpen, keptOf, removeKept } from './leave.ts';
import { handOwnershipTo, requireOwner } from './trigger-owner.ts';

const TITLE = 'Purser: Hand over';
const BY = 'Hand over…';
const TRIGGERS_LEFT =
  'Delete what is left in the script editor under Triggers; for you it does nothing any more.';

/**
 * Names the new owner, who must choose Set up… to go on; then takes this account's triggers away, and what it kept.
 * In this order: until the new owner is written down nothing is lost, and each part that fails afterwards is told.
 * @returns the new owner's address; null when nobody was named, or nothing could be handed over, which is told
 */
export function handOverBy(host: Host, ui: Ui): string | null {
  try {
    const me = requireOwner(host, host.properties('document').readAll());
    const email = ui.ask(TITLE, 'E-mail address of the account that sends from now on:', '')?.trim();
    if (!email || email.toLowerCase() === me.toLowerCase()) return null;
    if (!isAddress(email)) {
      ui.tell(TITLE, `“${email.slice(0, 80)}” is not a mail address. Nothing was changed.`);
      return null;
    }
    const { accounts, calendars, names, byHand } = keptOf(host.properties('user').readAll());
    const isToGo = names.length > 0 && ui.confirm(TITLE, removalQuestion(names, email));
    handOwnershipTo(host, email);
    const problems = [
      ...removeTriggers(host),
      ...part(host, () => endWhatIsOpen(host)),
      ...(isToGo ? part(host, () => removeKept(host, BY)) : []),
    ];
    const words = [
      `${email} sends the statements from now on, once they have opened this workbook and chosen Purser › Set up…. Until then nothing is sent by itself.`,
    ];
    if (accounts.length > 0) {
      words.push(`${email} connects ${accounts.join(', ')} again where the settings need it.`);
    }
    if (calendars.length > 0) {
      words.push(
        `Charters in the calendars of ${calendars.join(', ')} stay there as they are until ${email} chooses these calendars again.`,
      );
    }
    if (names.length > 0 && !isToGo) {
      words.push(`Kept with your account, where nothing uses it: ${names.join('; ')}.`, ...byHand);
    }
    if (problems.length > 0) words.push('Not everything could be done.', ...problems);
    ui.tell(TITLE, words.join(' '));
    return email;
  } catch (thrown) {
    ui.tell(TITLE, asPurserError(thrown).message);
    return null;
  }
}

function removalQuestion(names: readonly string[], email: string): string {
  return [
    'Remove what Purser keeps of yours?',
    names.map((name) => `• ${name}`).join('\n'),
    `${email} can’t use it, and enters and connects anew. “No” keeps it with your account, where nothing uses it.`,
  ].join('\n\n');
}

function removeTriggers(host: Host): readonly string[] {
  const said = (code: string): string =>
    `A trigger of yours could not be removed (${code}). ${TRIGGERS_LEFT}`;
  return part(
    host,
    () => {
      const triggers = host.triggers();
      return triggers.list().flatMap(({ id }) =>
        part(
          host,
          () => {
            triggers.remove(id);
            return [];
          },
          said,
        ),
      );
    },
    said,
  );
}

/** What went wrong, in sentences; never throws. @param said words for a part that failed as a whole, of what happened */
function part(
  host: Host,
  action: () => readonly string[],
  said?: (what: string) => string,
): readonly string[] {
  try {
    return action();
  } catch (thrown) {
    const error = asPurserError(thrown);
    host.log({ event: 'not-handed-over', code: error.code });
    return [said === undefined ? error.message : said(error.what.replace(/\.+$/, ''))];
  }
}
