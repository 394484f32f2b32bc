/** Links to mails in Gmail. */

/**
 * @param account the address of the mailbox that has it; null: the reader's first Google account. `authuser` takes an
 * address, whatever place the account has in the reader's browser.
 */
export function mailUrl(place: 'all' | 'sent', messageId: string, account: string | null): string {
  const user = account === null ? 'u/0/' : `?authuser=${encodeURIComponent(account)}`;
  return `https://mail.google.com/mail/${user}#${place}/${encodeURIComponent(messageId)}`;
}
