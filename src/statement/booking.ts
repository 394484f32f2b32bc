/** What a booking mail says, and what a booking is once all its mails are read. */
import type { Cents } from './money.ts';
import type { IsoDate } from './month.ts';

/** One mail's word about one booking. Null where the mail does not say. */
export interface BookingWord {
  readonly messageId: string;
  /** ISO 8601 UTC: the newest word wins. */
  readonly receivedAt: string;
  readonly kind: 'confirmed' | 'amended' | 'cancelled';
  readonly reference: string | null;
  readonly guestNames: readonly string[];
  readonly partySize: number | null;
  readonly date: IsoDate | null;
  /** `17:30` */
  readonly departs: string | null;
  readonly vessel: string | null;
  readonly amountCents: Cents | null;
  /** What could not be understood, or could be understood in two ways; sentences. */
  readonly problems: readonly string[];
}

/** A booking with its history, oldest word first; the fields are those of the newest word that says them. */
export interface Booking {
  /** The reference, or the message id of a booking that has none. */
  readonly key: string;
  readonly reference: string | null;
  readonly cancelled: boolean;
  readonly guestNames: readonly string[];
  readonly partySize: number | null;
  readonly date: IsoDate | null;
  readonly departs: string | null;
  readonly vessel: string | null;
  readonly amountCents: Cents | null;
  readonly history: readonly BookingWord[];
}
