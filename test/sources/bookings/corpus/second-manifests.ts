/** Lists of a day's bookings: from an agent's desk as a table, from a ship's shore office as columns. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const deskList = lettersOf(
  'second-desk-list',
  'month-first',
  'Island Activities Desk <desk@islandactivities.example>',
);

const deskListMails: readonly CorpusMail[] = [
  deskList({
    name: "tomorrow's bookings in a table",
    receivedAt: '2026-07-20T22:00:00Z',
    subject: 'Bookings for Tue 7/21/2026 - Coral Cat Sailing',
    html: `<html><body><p>Aloha, here are your bookings from our desk for <b>Tuesday, July 21, 2026</b>.</p>
<table border="1" cellpadding="4" cellspacing="0">
<tr bgcolor="#dddddd"><th>Conf #</th><th>Trip</th><th>Time</th><th>Guest</th><th>Pax</th><th>Hotel</th><th>Total</th></tr>
<tr><td>IA-30417</td><td>AM Snorkel</td><td>8:00 AM</td><td>Prescott, Dale</td><td>2</td><td>Hale Koa</td><td>$218.00</td></tr>
<tr><td>IA-30422</td><td>AM Snorkel</td><td>8:00 AM</td><td>Nguyen, Linh</td><td>5</td><td>Moana</td><td>$545.00</td></tr>
<tr><td>IA-30425</td><td>Sunset Sail</td><td>5:30 PM</td><td>Abernathy, Ruth</td><td>2</td><td>Moana</td><td>$178.00</td></tr>
<tr><td>IA-30431</td><td>Sunset Sail</td><td>5:30 PM</td><td>Silva, Paulo</td><td>4</td><td>-</td><td>$356.00</td></tr>
<tr><td colspan="4" align="right"><b>Total</b></td><td><b>13</b></td><td></td><td><b>$1,297.00</b></td></tr>
</table><p>Mahalo,<br>Keoni, Island Activities Desk</p></body></html>`,
    expected: [
      told({
        reference: 'IA-30417',
        guestNames: ['Dale Prescott'],
        partySize: 2,
        date: '2026-07-21',
        departs: '08:00',
        amountCents: 21800,
      }),
      told({
        reference: 'IA-30422',
        guestNames: ['Linh Nguyen'],
        partySize: 5,
        date: '2026-07-21',
        departs: '08:00',
        amountCents: 54500,
      }),
      told({
        reference: 'IA-30425',
        guestNames: ['Ruth Abernathy'],
        partySize: 2,
        date: '2026-07-21',
        departs: '17:30',
        amountCents: 17800,
      }),
      told({
        reference: 'IA-30431',
        guestNames: ['Paulo Silva'],
        partySize: 4,
        date: '2026-07-21',
        departs: '17:30',
        amountCents: 35600,
      }),
    ],
  }),
  deskList({
    name: 'a single booking in the same table',
    receivedAt: '2026-07-23T22:00:00Z',
    subject: 'Bookings for Fri 7/24/2026 - Coral Cat Sailing',
    html: `<html><body><p>Aloha, here are your bookings from our desk for <b>Friday, July 24, 2026</b>.</p>
<table border="1" cellpadding="4" cellspacing="0">
<tr bgcolor="#dddddd"><th>Conf #</th><th>Trip</th><th>Time</th><th>Guest</th><th>Pax</th><th>Hotel</th><th>Total</th></tr>
<tr><td>IA-30466</td><td>Sunset Sail</td><td>5:30 PM</td><td>Feldman, Ira</td><td>3</td><td>Hale Koa</td><td>$267.00</td></tr>
</table><p>Mahalo,<br>Keoni, Island Activities Desk</p></body></html>`,
    expected: [
      told({
        reference: 'IA-30466',
        guestNames: ['Ira Feldman'],
        partySize: 3,
        date: '2026-07-24',
        departs: '17:30',
        amountCents: 26700,
      }),
    ],
  }),
];

const shoreOffice = lettersOf(
  'second-shore-office',
  'month-first',
  'Shore Excursions <shorex@meridianlines.example>',
);

const shoreOfficeMails: readonly CorpusMail[] = [
  shoreOffice({
    name: 'counts for a port call',
    receivedAt: '2026-08-02T06:30:00Z',
    subject: 'FINAL COUNTS - MERIDIAN STAR - KEY WEST - 04 AUG 2026',
    text: `FINAL COUNTS
Ship: MERIDIAN STAR       Port: KEY WEST       Date: 04-AUG-2026

Ref          Tour                       Depart   Adult  Child  Total
KW-11-0804   Catamaran Reef Snorkel     09:15      18      4     22
KW-14-0804   Champagne Sail             10:30      12      0     12
KW-19-0804   Backcountry Eco Tour       12:45       6      3      9

Invoices with the signed tickets to shorex@meridianlines.example please.
`,
    expected: [
      told({ reference: 'KW-11-0804', partySize: 22, date: '2026-08-04', departs: '09:15' }),
      told({ reference: 'KW-14-0804', partySize: 12, date: '2026-08-04', departs: '10:30' }),
      told({ reference: 'KW-19-0804', partySize: 9, date: '2026-08-04', departs: '12:45' }),
    ],
  }),
  shoreOffice({
    name: 'a list of three bookings in blocks',
    receivedAt: '2026-08-09T07:15:00Z',
    subject: 'Late additions - KEY WEST - 11 AUG 2026',
    text: `Good morning, please add the following independent bookings for 11 August 2026.

Booking: MS-70551
Guest: Harriet Colley
Tour: Champagne Sail, 10:30
Guests: 2

Booking: MS-70556
Guest: Bruno Taviani
Tour: Champagne Sail, 10:30
Guests: 4

Booking: MS-70560
Guest: Yvonne Okafor
Tour: Catamaran Reef Snorkel, 09:15
Guests: 3

Thank you
Shore Excursions Office
`,
    expected: [
      told({
        reference: 'MS-70551',
        guestNames: ['Harriet Colley'],
        partySize: 2,
        date: '2026-08-11',
        departs: '10:30',
      }),
      told({
        reference: 'MS-70556',
        guestNames: ['Bruno Taviani'],
        partySize: 4,
        date: '2026-08-11',
        departs: '10:30',
      }),
      told({
        reference: 'MS-70560',
        guestNames: ['Yvonne Okafor'],
        partySize: 3,
        date: '2026-08-11',
        departs: '09:15',
      }),
    ],
  }),
];

export const MANIFEST_MAILS: readonly CorpusMail[] = [...deskListMails, ...shoreOfficeMails];
