/** A booking mail as Gmail's client hands it over, decoded, and what can be set about reading it. */

export interface BookingMail {
  readonly messageId: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  readonly subject: string;
  readonly from: string;
  /** Null when the mail has no such body. */
  readonly text: string | null;
  readonly html: string | null;
  /** Gmail did not give along an attached mail or a long text: the booking may be in there. */
  readonly unopened?: boolean;
}

export type Field = 'reference' | 'guestNames' | 'partySize' | 'date' | 'time' | 'vessel' | 'amount';

export type DateOrder = 'month-first' | 'day-first';

export interface BookingMailSettings {
  /** Labels that come before the built-in ones, per field. */
  readonly synonyms: Partial<Record<Field, readonly string[]>>;
  readonly locale: DateOrder;
  /** ISO 4217: an amount in another currency is a problem. Left out, every currency is taken. */
  readonly currency?: string;
  /** The fleet as the ledger writes it: recognised wherever a mail names one of them. */
  readonly vessels?: readonly string[];
}
