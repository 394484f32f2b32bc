/** Mail and trip sheets read by Purser's own pure readers, and audited against the charters. */
import PostalMime from 'postal-mime';
import { readItemLines } from '../../scripts/local/aws/export-lines.ts';
import { foldBookings } from '../../src/sources/bookings/fold-bookings.ts';
import { readBookingMail } from '../../src/sources/bookings/read-booking-mail.ts';
import type { CharterNames } from '../../src/sources/charter-items.ts';
import { readCharter } from '../../src/sources/charter-items.ts';
import { readTripSheetFile } from '../../src/sources/trip-sheets/read-trip-sheet-file.ts';
import type { BookingWord } from '../../src/statement/booking.ts';
import type { EvidenceDraft } from '../../src/statement/evidence-audit/question.ts';
import { DEFAULT_TOLERANCES } from '../../src/statement/evidence-audit/question.ts';
import { auditEvidence } from '../../src/statement/evidence-audit.ts';
import type { Matches } from '../../src/statement/matching.ts';
import { matchEvidence } from '../../src/statement/matching.ts';
import type { TripSheet } from '../../src/statement/trip-sheet.ts';
import { CHARTER_ATTRIBUTES } from '../../src/workbook/settings-list.ts';

export interface Papers {
  /** One item a line, as the files of the sample have them. */
  readonly charterLines: string;
  readonly mails: readonly Uint8Array[];
  readonly tripSheets: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

export interface ReadPapers {
  readonly words: readonly BookingWord[];
  readonly sheets: readonly TripSheet[];
  readonly matches: Matches;
  audit(month: string): EvidenceDraft[];
}

const NAMES = Object.fromEntries(CHARTER_ATTRIBUTES.map((name) => [name, name])) as Readonly<
  Record<string, string>
> as CharterNames;
const NO_LINKS = () => [];
const NEW_YORK_DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

export async function readPapers({ charterLines, mails, tripSheets }: Papers): Promise<ReadPapers> {
  const words = (await Promise.all(mails.map(wordsOf))).flat();
  const sheets = tripSheets.flatMap(({ name, bytes }) =>
    readTripSheetFile(
      { fileId: name, fileName: name, bytes, kind: name.endsWith('.csv') ? 'csv' : 'xlsx' },
      { synonyms: {}, locale: 'month-first' },
    ),
  );
  const charters = readItemLines(charterLines, 'charterId').items.flatMap((item) => {
    const reading = readCharter(item, NAMES);
    return reading.readable ? [reading.charter] : [];
  });
  const matches = matchEvidence({ charters, bookings: foldBookings(words), tripSheets: sheets });
  return {
    words,
    sheets,
    matches,
    audit: (month) =>
      auditEvidence({
        month,
        currency: 'USD',
        standardRateCents: 12_500,
        rates: [],
        tolerances: DEFAULT_TOLERANCES,
        matches,
        adjustments: [],
        asked: { bookings: true, tripSheets: true },
        dayOf: (instant) => NEW_YORK_DAY.format(Date.parse(instant)),
        linksOf: { charter: NO_LINKS, booking: NO_LINKS, tripSheet: NO_LINKS, cell: NO_LINKS },
      }),
  };
}

async function wordsOf(eml: Uint8Array, index: number): Promise<BookingWord[]> {
  const mail = await PostalMime.parse(eml);
  return readBookingMail(
    {
      messageId: mail.messageId ?? `mail ${index}`,
      receivedAt: new Date(mail.date ?? 0).toISOString(),
      subject: mail.subject ?? '',
      from: mail.from?.address ?? '',
      text: mail.text ?? null,
      html: mail.html ?? null,
    },
    { synonyms: {}, locale: 'month-first', currency: 'USD' },
  );
}
