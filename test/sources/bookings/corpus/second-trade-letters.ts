/** What hotels and agents write: a concierge by hand, an agency's voucher, a destination agent's order. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const concierge = lettersOf('second-concierge', 'month-first', 'Concierge <concierge@thebelmore.example>');

const conciergeMails: readonly CorpusMail[] = [
  concierge({
    name: 'a confirmation in a letter',
    receivedAt: '2026-05-04T15:10:00Z',
    subject: 'Sunset sail for Mr. & Mrs. Lindqvist, May 8',
    text: `Good morning Tori,

Thank you for holding the space. Please confirm the following for our guests:

Name: Mr. Erik Lindqvist
Room: 1214
Date: Friday, May 8
Time: 6:30 p.m.
Number of guests: 2
Rate: $95 per person

Please charge the hotel account as usual. Our confirmation number is BEL-77310.

Warm regards,

Simone Achebe
Chef Concierge, Les Clefs d'Or
The Belmore Clearwater Beach
T 727 555 0100
`,
    expected: [
      told({
        reference: 'BEL-77310',
        guestNames: ['Erik Lindqvist'],
        partySize: 2,
        date: '2026-05-08',
        departs: '18:30',
      }),
    ],
  }),
  concierge({
    name: 'a private charter for a family',
    receivedAt: '2026-05-12T20:44:00Z',
    subject: 'Private charter - Haddad family - Sunday May 17',
    text: `Hi Tori,

The Haddad family (suite 1802) would love the private charter on Sunday, May 17 at 10am.
They are 6 in total, 4 adults and 2 children, and Mr. Karim Haddad is the lead.
The price we quoted is $1,450.00 all in, including tax and gratuity, charged to the room.

Confirmation number on our side: BEL-77398

Could they have the Lady Marlene again? They loved her last year.

Thank you!
Simone
`,
    expected: [
      told({
        reference: 'BEL-77398',
        guestNames: ['Karim Haddad'],
        partySize: 6,
        date: '2026-05-17',
        departs: '10:00',
        vessel: 'Lady Marlene',
        amountCents: 145000,
      }),
    ],
  }),
  concierge({
    name: 'a weekday that is not of that date',
    receivedAt: '2026-06-08T17:31:00Z',
    subject: 'Sunset sail - Papadakis, party of 4',
    text: `Hi Tori,

One more for you please:

Name: Ms. Eleni Papadakis
Room: 905
Date: Saturday, June 14
Time: 6:30 p.m.
Number of guests: 4

Our confirmation number is BEL-77502.

Thank you,
Simone
`,
    // June 14, 2026 is a Sunday: a person would call the hotel.
    expected: [
      told({
        reference: 'BEL-77502',
        guestNames: ['Eleni Papadakis'],
        partySize: 4,
        date: '2026-06-14',
        departs: '18:30',
        doubtful: true,
      }),
    ],
  }),
  concierge({
    name: 'a cancellation by hand',
    receivedAt: '2026-05-16T12:05:00Z',
    subject: 'CANCEL: Vandermeer, May 19 sunset sail, BEL-77421',
    text: `Hello Tori,

Unfortunately Ms. Joanne Vandermeer has to fly home early. Please cancel her booking for Tuesday, May 19 at 6:30 p.m. (party of 3), our confirmation BEL-77421.

Since it is more than 48 hours ahead we understand there is no charge.

Thank you and sorry,
Simone Achebe
The Belmore Clearwater Beach
`,
    expected: [
      told({
        reference: 'BEL-77421',
        cancelled: true,
        guestNames: ['Joanne Vandermeer'],
        partySize: 3,
        date: '2026-05-19',
        departs: '18:30',
      }),
    ],
  }),
];

const agency = lettersOf(
  'second-agency-voucher',
  'day-first',
  'Fairwinds Travel <res@fairwindstravel.example>',
);

const agencyMails: readonly CorpusMail[] = [
  agency({
    name: 'a prepaid voucher',
    receivedAt: '2026-03-19T10:37:00Z',
    subject: 'Service voucher 26/04471 - Mr & Mrs Ashdown x 4',
    text: `FAIRWINDS TRAVEL LTD                         SERVICE VOUCHER
12 Quay Street, Falmouth TR11                ABTA Y0000
------------------------------------------------------------
Voucher no.      26/04471
Issued           19/03/2026
Supplier         Azure Day Charters
Service          Full day catamaran cruise with lunch
Service date     07/04/2026
Pick-up/start    09:45 at the marina office
Lead name        ASHDOWN / PETER MR
Passengers       Peter Ashdown, Helen Ashdown,
                 Freya Ashdown (9), Rory Ashdown (6)
Pax              2 ADT + 2 CHD
Payment          Prepaid to Fairwinds. Invoice us at the
                 agreed net rate GBP 312.00
------------------------------------------------------------
Please provide the services above to the holder of this
voucher. Extras to be paid locally by the client.
`,
    expected: [
      told({
        reference: '26/04471',
        guestNames: ['Peter Ashdown', 'Helen Ashdown', 'Freya Ashdown', 'Rory Ashdown'],
        partySize: 4,
        date: '2026-04-07',
        departs: '09:45',
        amountCents: 31200,
        isNet: true,
        currency: 'GBP',
      }),
    ],
  }),
  agency({
    name: 'an amended voucher',
    receivedAt: '2026-04-02T08:55:00Z',
    subject: 'AMENDED service voucher 26/04502 - Cartwright x 3',
    text: `FAIRWINDS TRAVEL LTD                         SERVICE VOUCHER
12 Quay Street, Falmouth TR11                ABTA Y0000
------------------------------------------------------------
** AMENDMENT - replaces the voucher issued 21/03/2026 **
Voucher no.      26/04502
Issued           02/04/2026
Supplier         Azure Day Charters
Service          Sunset cruise with welcome drink
Service date     23/04/2026
Pick-up/start    18:15 at the marina office
Lead name        CARTWRIGHT / LOUISE MS
Pax              3 ADT
Payment          Client pays direct GBP 165.00
------------------------------------------------------------
`,
    expected: [
      told({
        reference: '26/04502',
        guestNames: ['Louise Cartwright'],
        partySize: 3,
        date: '2026-04-23',
        departs: '18:15',
        amountCents: 16500,
        currency: 'GBP',
      }),
    ],
  }),
];

const destination = lettersOf('second-destination-agent', 'day-first', 'Operations <ops@solymardmc.example>');

const orderPage = (title: string, rows: readonly (readonly [string, string])[]): string => `<html><body>
<p>Dear partners,</p><p>Kindly find below our ${title} and revert with your confirmation.</p>
<table border="1" style="border-collapse:collapse" cellpadding="4">
${rows.map(([label, value]) => `<tr><td><b>${label}</b></td><td>${value}</td></tr>`).join('\n')}
</table><p>Best regards,<br>Inês Cardoso<br>Operations Executive | Sol y Mar DMC</p></body></html>`;

const destinationMails: readonly CorpusMail[] = [
  destination({
    name: 'a service order for a group',
    receivedAt: '2026-05-05T14:00:00Z',
    subject: 'SERVICE ORDER SM-2026-1189 // Nordlys Pharma incentive // 21MAY26',
    html: orderPage('service order', [
      ['File no.', 'SM-2026-1189'],
      ['Client', 'Nordlys Pharma incentive'],
      ['Contact on board', 'Kristin Halvorsen'],
      ['Service', 'Private catamaran, 4 hrs, open bar'],
      ['Date', '21 May 2026'],
      ['Time', '17:00 - 21:00'],
      ['Vessel', 'M/V Atlântida'],
      ['No. of pax', '38 + 2 tour leaders FOC'],
      ['Net rate', '€ 75.00 per paying pax'],
      ['Total net', '€ 2,850.00'],
    ]),
    expected: [
      told({
        reference: 'SM-2026-1189',
        guestNames: ['Kristin Halvorsen'],
        partySize: 40,
        date: '2026-05-21',
        departs: '17:00',
        vessel: 'M/V Atlântida',
        amountCents: 285000,
        isNet: true,
        currency: 'EUR',
      }),
    ],
  }),
  destination({
    name: 'a cancelled service order',
    receivedAt: '2026-05-13T09:41:00Z',
    subject: 'CANCELLATION // SERVICE ORDER SM-2026-1204 // 16MAY26',
    html: orderPage('CANCELLATION of the service order', [
      ['File no.', 'SM-2026-1204'],
      ['Client', 'Mr Tomasz Zieliński'],
      ['Service', 'Shared sunset cruise'],
      ['Date', '16 May 2026'],
      ['Time', '19:00'],
      ['No. of pax', '2'],
      ['Status', 'CANCELLED'],
    ]),
    expected: [
      told({
        reference: 'SM-2026-1204',
        cancelled: true,
        guestNames: ['Tomasz Zieliński'],
        partySize: 2,
        date: '2026-05-16',
        departs: '19:00',
      }),
    ],
  }),
];

export const TRADE_LETTER_MAILS: readonly CorpusMail[] = [
  ...conciergeMails,
  ...agencyMails,
  ...destinationMails,
];
