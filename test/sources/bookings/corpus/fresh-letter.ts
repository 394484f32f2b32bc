/** What the mails of the fresh layouts have in common, so that each says only what is its own. */

import type { CorpusMail, ExpectedBooking } from './corpus-mail.ts';

interface Letter {
  readonly name: string;
  readonly receivedAt: string;
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly expected: readonly ExpectedBooking[];
}

/** A writer of mails in one layout, from one sender. */
export function lettersOf(
  layout: string,
  locale: CorpusMail['locale'],
  sender: string,
): (letter: Letter) => CorpusMail {
  return ({ name, receivedAt, subject, text = null, html = null, expected }) => ({
    layout,
    name: `${layout}, ${name}`,
    locale,
    mail: { messageId: `fresh-${layout}-${receivedAt}`, receivedAt, subject, from: sender, text, html },
    expected,
  });
}

/** What a careful bookkeeper takes from the mail; what is left out, the mail does not say. */
export function told(said: Partial<ExpectedBooking>): ExpectedBooking {
  return {
    reference: null,
    cancelled: false,
    guestNames: [],
    partySize: null,
    date: null,
    departs: null,
    vessel: null,
    amountCents: null,
    ...said,
  };
}
