/** Notices of two large sellers of tours: one states a net rate only, one what the guest paid. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const voyator = lettersOf('second-voyator', 'month-first', 'Voyator Bookings <booking@t.voyator.example>');

const field = (label: string, value: string): string =>
  `<div style="padding-bottom:8px"><strong>${label}:</strong> ${value}</div>`;

type Fields = readonly (readonly [label: string, value: string])[];

/** Both bodies, as the seller sends them: the plain one has a field a line. */
const voyatorBodies = (
  opening: string,
  fields: Fields,
): { readonly text: string; readonly html: string } => ({
  text: `Hi Pelican Bay Sailing,

${opening}

${fields.map(([label, value]) => `${label}: ${value}`).join('\n')}

Management Center: https://supplier.voyator.example/bookings
Have questions? Visit the supplier help center.
`,
  html: `<!doctype html>
<html><body style="font-family:Helvetica,Arial,sans-serif"><table width="100%"><tr><td>
<p>Hi Pelican Bay Sailing,</p><p>${opening}</p>
${fields.map(([label, value]) => field(label, value)).join('\n')}
<p><a href="https://supplier.voyator.example/bookings">Management Center</a></p>
<p style="color:#777">Have questions? Visit the <a href="https://supplierhelp.voyator.example">supplier help center</a>.
&copy; 2026 Voyator, Inc. 400 First Avenue, Needham, MA</p></td></tr></table></body></html>`,
});

const voyatorMails: readonly CorpusMail[] = [
  voyator({
    name: 'a new booking at a net rate',
    receivedAt: '2026-05-28T17:03:20Z',
    subject: 'New Booking for Sat, Jun 6, 2026 (#BR-1198240377)',
    ...voyatorBodies('Congratulations! You have a new booking.', [
      ['Booking Reference', '#BR-1198240377'],
      ['Tour Name', 'Small-Group Sunset Sail from Clearwater'],
      ['Travel Date', 'Sat, Jun 6, 2026'],
      ['Lead Traveler Name', 'Dana Whitfield'],
      ['Traveler Names', 'Dana Whitfield, Marcus Whitfield, Ines Whitfield'],
      ['Travelers', '3 Adults'],
      ['Product Code', '40218P3'],
      ['Tour Grade', 'Sunset 7:00 PM'],
      ['Tour Grade Code', 'TG1~19:00'],
      ['Tour Grade Description', 'Two-hour sail with soft drinks'],
      ['Tour Language', 'English - Guide'],
      ['Location', 'Clearwater, Florida'],
      ['Net Rate', 'USD 178.20'],
      ['Meeting Point', 'Slip 58, Clearwater Municipal Marina'],
      ['Special Requirements', 'One traveler uses a walking stick'],
      ['Phone', '(Alternate Phone)US+1 7275550160'],
    ]),
    expected: [
      told({
        reference: 'BR-1198240377',
        guestNames: ['Dana Whitfield', 'Marcus Whitfield', 'Ines Whitfield'],
        partySize: 3,
        date: '2026-06-06',
        departs: '19:00',
        amountCents: 17820,
        isNet: true,
        currency: 'USD',
      }),
    ],
  }),
  voyator({
    name: 'an amended booking',
    receivedAt: '2026-06-02T10:29:00Z',
    subject: 'Amended Booking for Sun, Jun 7, 2026 (#BR-1198240377)',
    ...voyatorBodies('One of your bookings has been amended. The current details are below.', [
      ['Booking Reference', '#BR-1198240377'],
      ['Tour Name', 'Small-Group Sunset Sail from Clearwater'],
      ['Travel Date', 'Sun, Jun 7, 2026'],
      ['Lead Traveler Name', 'Dana Whitfield'],
      ['Travelers', '2 Adults, 1 Child'],
      ['Tour Grade', 'Sunset 7:00 PM'],
      ['Net Rate', 'USD 158.40'],
    ]),
    expected: [
      told({
        reference: 'BR-1198240377',
        guestNames: ['Dana Whitfield'],
        partySize: 3,
        date: '2026-06-07',
        departs: '19:00',
        amountCents: 15840,
        isNet: true,
        currency: 'USD',
      }),
    ],
  }),
  voyator({
    name: 'a cancelled booking',
    receivedAt: '2026-06-08T23:59:10Z',
    subject: 'Canceled Booking for Wed, Jun 10, 2026 (#BR-1198301164)',
    ...voyatorBodies('The following booking has been canceled by the customer.', [
      ['Booking Reference', '#BR-1198301164'],
      ['Tour Name', 'Small-Group Sunset Sail from Clearwater'],
      ['Travel Date', 'Wed, Jun 10, 2026'],
      ['Lead Traveler Name', 'Samuel Ito'],
      ['Travelers', '2 Adults'],
      ['Tour Grade', 'Sunset 7:00 PM'],
    ]),
    expected: [
      told({
        reference: 'BR-1198301164',
        cancelled: true,
        guestNames: ['Samuel Ito'],
        partySize: 2,
        date: '2026-06-10',
        departs: '19:00',
      }),
    ],
  }),
];

const gotguide = lettersOf(
  'second-gotguide',
  'day-first',
  'GotGuide <do-not-reply@notification.gotguide.example>',
);

const gotguideMails: readonly CorpusMail[] = [
  gotguide({
    name: 'a new booking',
    receivedAt: '2026-06-09T08:00:55Z',
    subject: 'Booking - S291066 - GGY48XKZWL3B',
    text: `Hi supply partner,

Great news! The following offer has been booked:

Lisbon: Tagus River Sunset Sailing Tour with Drink
Option: Shared tour in English

Date
14 June 2026, 19:30

Number of participants
2 x Adults (Age 18 - 99)
1 x Youth (Age 6 - 17)

Reference number
GGY48XKZWL3B

Main customer
Annelie Bergström
customer-7qkd2mz@reply.gotguide.example
Phone: +46 70 555 01 82
Language: English

Price
€ 117.00

Open booking: https://supplier.gotguide.example/bookings/GGY48XKZWL3B

Best regards,
The GotGuide team
`,
    html: `<html><body><table style="max-width:640px" align="center"><tr><td><p>Hi supply partner,</p>
<p>Great news! The following offer has been booked:</p>
<p><b>Lisbon: Tagus River Sunset Sailing Tour with Drink</b><br>Option: Shared tour in English</p>
<p><b>Date</b><br>14 June 2026, 19:30</p><p><b>Number of participants</b><br>2 x Adults (Age 18 - 99)<br>1 x Youth (Age 6 - 17)</p>
<p><b>Reference number</b><br>GGY48XKZWL3B</p>
<p><b>Main customer</b><br>Annelie Bergstr&ouml;m<br>customer-7qkd2mz@reply.gotguide.example<br>Phone: +46 70 555 01 82<br>Language: English</p>
<p><b>Price</b><br>&euro; 117.00</p><p><a href="https://supplier.gotguide.example/bookings/GGY48XKZWL3B">Open booking</a></p>
</td></tr></table></body></html>`,
    expected: [
      told({
        reference: 'GGY48XKZWL3B',
        guestNames: ['Annelie Bergström'],
        partySize: 3,
        date: '2026-06-14',
        departs: '19:30',
        amountCents: 11700,
        currency: 'EUR',
      }),
    ],
  }),
  gotguide({
    name: 'a change of details',
    receivedAt: '2026-06-11T12:16:41Z',
    subject: 'Booking detail change: - S291066 - GGY48XKZWL3B',
    text: `Hi supply partner,

The customer has changed the details of a booking. Please update your records.

Lisbon: Tagus River Sunset Sailing Tour with Drink
Reference number: GGY48XKZWL3B
Main customer: Annelie Bergström

Old date: 14 June 2026, 19:30
New date: 16 June 2026, 19:30

Old participants: 2 x Adults, 1 x Youth
New participants: 2 x Adults

Best regards,
The GotGuide team
`,
    expected: [
      told({
        reference: 'GGY48XKZWL3B',
        guestNames: ['Annelie Bergström'],
        partySize: 2,
        date: '2026-06-16',
        departs: '19:30',
      }),
    ],
  }),
  gotguide({
    name: 'a cancelled booking',
    receivedAt: '2026-06-19T06:07:08Z',
    subject: 'A booking has been canceled - S291066 - GGYVQ76RN2HM',
    html: `<html><body><p>Hi supply partner,</p><p>We're writing to let you know that the following booking has been canceled.
Please remove the customer from your list.</p><p>Name: Ruben de Wit<br>Reference Number: GGYVQ76RN2HM<br>
Tour: Lisbon: Tagus River Sunset Sailing Tour with Drink<br>Date: 20 June 2026, 19:30</p>
<p>Best regards,<br>The GotGuide team</p></body></html>`,
    expected: [
      told({
        reference: 'GGYVQ76RN2HM',
        cancelled: true,
        guestNames: ['Ruben de Wit'],
        date: '2026-06-20',
        departs: '19:30',
      }),
    ],
  }),
];

export const TOUR_SELLER_MAILS: readonly CorpusMail[] = [...voyatorMails, ...gotguideMails];
