/** One booking mail of Gmail: asked for, decoded, understood. */
import type { Call } from '../clients/exchange.ts';
import { andThen, done } from '../clients/exchange.ts';
import { getMessage } from '../clients/google/gmail-message.ts';
import type { Host } from '../host/host.ts';
import type { BookingWord } from '../statement/booking.ts';
import type { BookingMailSettings } from './bookings/booking-mail.ts';
import { bookingMailOf } from './bookings/gmail-message.ts';
import { readBookingMail } from './bookings/read-booking-mail.ts';

export interface MailRead {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  /** None when the mail is about no booking. */
  readonly words: readonly BookingWord[];
}

export function bookingMailCall(
  token: string,
  id: string,
  settings: BookingMailSettings,
  decode: Host['decodeText'],
): Call<MailRead> {
  return andThen(getMessage(token, id), (message) => {
    const { mail } = bookingMailOf(message, decode);
    return done({ id, receivedAt: mail.receivedAt, words: readBookingMail(mail, settings) });
  });
}
