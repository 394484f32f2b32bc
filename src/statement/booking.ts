/** What a booking mail says, and what a booking is once all its mails are read. */
import type { Cents } from './money.ts';
import type { IsoDate } from './month.ts';

/** One mail's word about one booking. Null where the mail does not say. */
export interface BookingWord {
  readonly messageId: string;
  /** The address of the connected account whose mail it is; left out for the built-in mailbox. */
  readonly mailbox?: string;
  /** ISO 8601 UTC: the newest word wins. */
  readonly receivedAt: string;
  /** `requested`: an enquiry or a hold, which is no booking until a later word confirms it. */
  readonly kind: 'requested' | 'confirmed' | 'amended' | 'cancelled';
  readonly reference: string | null;
  readonly guestNames: readonly string[];
  readonly partySize: number | null;
  readonly date: IsoDate | null;
  /** `17:30` */
  readonly departs: string | null;
  readonly vessel: string | null;
  /** The mail's total, as it says it. */
  readonly amountCents: Cents | null;
  /** ISO 4217 as the mail names it, `$` for a dollar sign alone; null when it names none. */
  readonly currency: string | null;
  /** What of the total stands outside revenue (tax, fees, gratuity), as far as the mail says; null when it doesn't. */
  readonly outsideCents: Cents | null;
  /** The total is what a reseller pays over, its commission taken off: less than the guest paid. */
  readonly isNet: boolean;
  /** What could not be understood, or could be understood in two ways; sentences. */
  readonly problems: readonly string[];
}

/** A booking with its history, oldest word first; the fields are those of the newest word that says them. */
export interface Booking {
  /** The reference, or the message id of a booking that has none. */
  readonly key: string;
  readonly reference: string | null;
  readonly cancelled: boolean;
  /** No word has confirmed it yet. */
  readonly requested: boolean;
  readonly guestNames: readonly string[];
  readonly partySize: number | null;
  readonly date: IsoDate | null;
  readonly departs: string | null;
  readonly vessel: string | null;
  readonly amountCents: Cents | null;
  /** Of the word that `amountCents` is from. */
  readonly outsideCents: Cents | null;
  readonly isNet: boolean;
  readonly history: readonly BookingWord[];
}
