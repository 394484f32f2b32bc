/** The settings tab's words about mail and trip sheets, as their readers take them. */
import type { BookingMailSettings, Field as MailField } from '../sources/bookings/booking-mail.ts';
import type { Field as SheetField } from '../sources/trip-sheets/fields.ts';
import type { TripSheetSettings } from '../sources/trip-sheets/read-trip-sheet-file.ts';
import type { Settings } from '../workbook/settings.ts';
import type { BookingField, TripSheetField } from '../workbook/settings-list.ts';

const MAIL_FIELDS: Readonly<Record<BookingField, MailField>> = {
  reference: 'reference',
  'guest names': 'guestNames',
  'party size': 'partySize',
  date: 'date',
  time: 'time',
  vessel: 'vessel',
  amount: 'amount',
};

const SHEET_FIELDS: Readonly<Record<TripSheetField, SheetField>> = {
  charter: 'charterId',
  date: 'date',
  departs: 'departs',
  vessel: 'vessel',
  boarded: 'boarded',
  'no-shows': 'noShows',
  guest: 'guest',
  comps: 'comps',
  'comp person': 'compPerson',
  'comp reason': 'compReason',
  signature: 'signature',
};

/** @param vessels the fleet as the ledger writes it, as far as it is known */
export function bookingMailSettings(
  settings: Pick<Settings, 'bookingWords' | 'dateOrder' | 'currency'>,
  vessels: readonly string[],
): BookingMailSettings {
  const { bookingWords, dateOrder, currency } = settings;
  return { synonyms: renamed(bookingWords, MAIL_FIELDS), locale: dateOrder, currency, vessels };
}

export function tripSheetSettings(
  settings: Pick<Settings, 'tripSheetWords' | 'dateOrder'>,
): TripSheetSettings {
  return { synonyms: renamed(settings.tripSheetWords, SHEET_FIELDS), locale: settings.dateOrder };
}

function renamed<Key extends string, Field extends string>(
  words: Readonly<Partial<Record<Key, readonly string[]>>>,
  fields: Readonly<Record<Key, Field>>,
): Partial<Record<Field, readonly string[]>> {
  const named: Partial<Record<Field, readonly string[]>> = {};
  for (const key of Object.keys(fields) as Key[]) {
    const given = words[key];
    if (given !== undefined) named[fields[key]] = given;
  }
  return named;
}
