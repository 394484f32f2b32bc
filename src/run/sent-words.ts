/** What a person is told of the mailboxes that a statement goes out from, and of those whose Sent was looked into. */
import type { FindingDraft } from '../statement/findings.ts';
import type { Month } from '../statement/month.ts';
import { monthLabel } from '../statement/month.ts';
import type { MailboxAccess } from './mailboxes.ts';
import type { SentMail, SentMailboxes } from './sent-mail.ts';

/** @param self the address of the built-in mailbox */
export function searchedWords(
  self: string,
  { open }: SentMailboxes,
  { closed }: SentMail,
): {
  readonly self: readonly string[];
  readonly searched?: readonly string[];
  readonly unsearched: readonly string[];
} {
  const addressOf = ({ account }: Pick<MailboxAccess, 'account'>): string => account ?? self;
  const unread = new Set(closed.map(({ transport }) => transport));
  const searched = open.filter(({ transport }) => !unread.has(transport)).map(addressOf);
  const isOwnAlone = searched.length === 1 && searched[0] === self;
  return {
    self: [...new Set([self, ...open.map(addressOf), ...closed.flatMap(({ address }) => address ?? [])])],
    ...(isOwnAlone ? {} : { searched }),
    unsearched: closed.map(({ why }) => why),
  };
}

/** None while the chosen mailbox can be used. */
export function senderDrafts({ closed }: MailboxAccess): FindingDraft[] {
  return closed === undefined
    ? []
    : [{ code: 'sender-unreachable', message: `The statement can’t be sent as it is: ${closed.message}` }];
}

/**
 * Of accounts that are connected and could not be looked into this time. One that must be connected again is told of by
 * itself, and only counts when last month's statement went from it and nobody knows for certain to whom.
 * @param isFromLastMail whether the recipients are those of last month's mail
 */
export function unsearchedDrafts(
  { closed, lastMail, isLastCertain }: SentMail,
  { prior }: SentMailboxes,
  month: Month,
  isFromLastMail: boolean,
): FindingDraft[] {
  const isGuessed = isFromLastMail && lastMail !== null && !isLastCertain;
  return closed
    .filter(({ isLive, transport }) => isLive || (isGuessed && transport === prior?.transport))
    .map(({ address, why }): FindingDraft => {
      const where = address ?? 'an account';
      const recipients = isGuessed
        ? ' The recipients come from a mail that was found elsewhere; check them before you send.'
        : '';
      return {
        code: 'sent-not-searched',
        ...(isGuessed ? { severity: 'warn' } : {}),
        about: where,
        message: `Sent of ${where} could not be looked into: ${why} Whether a mail with ${monthLabel(month)}’s statement is there is not known.${recipients}`,
      };
    });
}
