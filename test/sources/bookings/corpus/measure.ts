/** How many fields of a corpus the reader reads right. */

import { foldBookings } from '../../../../src/sources/bookings/fold-bookings.ts';
import { readBookingMail } from '../../../../src/sources/bookings/read-booking-mail.ts';
import type { Booking } from '../../../../src/statement/booking.ts';
import type { CorpusMail, ExpectedBooking } from './corpus-mail.ts';

export interface Measure {
  readonly mails: number;
  readonly right: number;
  readonly of: number;
  /** One line for each field that was read wrong. */
  readonly wrong: readonly string[];
}

const FIELDS = [
  'reference',
  'cancelled',
  'guestNames',
  'partySize',
  'date',
  'departs',
  'vessel',
  'amountCents',
  'doubtful',
] as const;

const MORE_FIELDS = ['requested', 'outsideCents', 'isNet', 'currency'] as const;

type MeasuredField = (typeof FIELDS)[number] | (typeof MORE_FIELDS)[number];

/**
 * Nine fields a booking: those that the mail does not say must be null, and `doubtful` must be told from certain.
 * Where the corpus says more about money and kind, that is measured as well.
 * A booking that is missing, or one too many, costs all its fields; a mail that is no booking counts as one field.
 */
export function measure(corpus: readonly CorpusMail[]): Measure {
  const wrong: string[] = [];
  let of = 0;
  for (const { name, mail, locale, expected } of corpus) {
    const found = foldBookings(readBookingMail(mail, { synonyms: {}, locale }));
    if (expected.length === 0) {
      of++;
      if (found.length > 0)
        wrong.push(`${name}: read a booking where there is none: ${JSON.stringify(found[0])}`);
      continue;
    }
    const left = [...found];
    for (const wanted of expected) {
      const fields = [...FIELDS, ...MORE_FIELDS.filter((field) => wanted[field] !== undefined)];
      of += fields.length;
      const index = left.findIndex((booking) => booking.reference === wanted.reference);
      const [booking] = left.splice(Math.max(index, 0), 1);
      for (const field of fields) {
        const [want, got] = [
          wantedOf(wanted, field),
          booking === undefined ? 'no booking' : sayOf(booking, field),
        ];
        if (want !== got) wrong.push(`${name}: ${field} is ${want}, was read as ${got}`);
      }
    }
    for (const booking of left) {
      of += FIELDS.length;
      for (const field of FIELDS)
        wrong.push(`${name}: one booking too many, ${field} ${sayOf(booking, field)}`);
    }
  }
  return { mails: corpus.length, right: of - wrong.length, of, wrong };
}

function wantedOf(wanted: ExpectedBooking, field: MeasuredField): string {
  return JSON.stringify(field === 'doubtful' ? wanted.doubtful === true : wanted[field]);
}

function sayOf(booking: Booking, field: MeasuredField): string {
  const problems = booking.history.flatMap((word) => word.problems);
  if (field === 'doubtful') return JSON.stringify(problems.length > 0);
  if (field !== 'currency') return JSON.stringify(booking[field]);
  const priced = booking.history.filter((word) => word.amountCents === booking.amountCents);
  return JSON.stringify(priced[priced.length - 1]?.currency ?? null);
}
