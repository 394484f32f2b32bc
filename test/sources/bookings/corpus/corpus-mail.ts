/** What a mail of the corpus is, and what a person reads in it. */

export interface CorpusMail {
  readonly layout: string;
  readonly name: string;
  readonly locale: 'month-first' | 'day-first';
  readonly mail: {
    readonly messageId: string;
    readonly receivedAt: string;
    readonly subject: string;
    readonly from: string;
    readonly text: string | null;
    readonly html: string | null;
  };
  /** In the order of the mail; empty for a mail that is no booking. */
  readonly expected: readonly ExpectedBooking[];
}

/** What the mail says once it is folded; null where it does not say. */
export interface ExpectedBooking {
  readonly reference: string | null;
  readonly cancelled: boolean;
  readonly guestNames: readonly string[];
  readonly partySize: number | null;
  readonly date: string | null;
  readonly departs: string | null;
  readonly vessel: string | null;
  readonly amountCents: number | null;
  /** Whether a person would say that something in it can't be read for certain. */
  readonly doubtful?: boolean;
  // What follows is measured in the mails that give it only.
  readonly requested?: boolean;
  readonly outsideCents?: number | null;
  readonly isNet?: boolean;
  /** Of the amount. */
  readonly currency?: string | null;
}
