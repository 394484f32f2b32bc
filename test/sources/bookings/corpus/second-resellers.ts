/** Notices of those who sell seats for the operator: a reseller's network and three sellers of activities. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const reseller = lettersOf('second-resell', 'day-first', 'Resell <orders@resell.example>');

const resellerMails: readonly CorpusMail[] = [
  reseller({
    name: 'an order by an agent',
    receivedAt: '2026-03-02T03:18:00Z',
    subject: 'New order RQX7TBD - Bayfront Visitor Centre - Whitehaven Day Sail',
    html: `<html><body><p>Hello Summer Isles Sailing,</p><p>You have received a new order through your agent <b>Bayfront Visitor Centre</b>.</p>
<table cellpadding="5"><tr><td>Order number</td><td><b>RQX7TBD</b></td></tr><tr><td>Agent voucher</td><td>BVC-20931</td></tr>
<tr><td>Status</td><td>Confirmed</td></tr><tr><td>Product</td><td>Whitehaven Day Sail</td></tr>
<tr><td>Date</td><td>14/03/2026 08:30</td></tr><tr><td>Quantities</td><td>2 x Adult, 1 x Senior, 1 x Infant</td></tr>
<tr><td>Customer</td><td>Imogen Farrell</td></tr><tr><td>Mobile</td><td>+61 491 570 156</td></tr>
<tr><td>Total price</td><td>A$537.00</td></tr><tr><td>Agent commission (20%)</td><td>A$107.40</td></tr>
<tr><td>You will be paid</td><td>A$429.60</td></tr></table><p>All prices include GST.</p></body></html>`,
    expected: [
      told({
        reference: 'RQX7TBD',
        guestNames: ['Imogen Farrell'],
        partySize: 4,
        date: '2026-03-14',
        departs: '08:30',
        amountCents: 53700,
        isNet: false,
        currency: 'AUD',
      }),
    ],
  }),
  reseller({
    name: 'an order cancelled by an agent',
    receivedAt: '2026-03-09T23:51:00Z',
    subject: 'Order cancelled RQW2KHM - Bayfront Visitor Centre',
    html: `<html><body><p>Hello Summer Isles Sailing,</p><p>Your agent <b>Bayfront Visitor Centre</b> has cancelled the order below.</p>
<table cellpadding="5"><tr><td>Order number</td><td><b>RQW2KHM</b></td></tr><tr><td>Status</td><td>Cancelled</td></tr>
<tr><td>Product</td><td>Twilight Sail</td></tr><tr><td>Date</td><td>11/03/2026 17:00</td></tr>
<tr><td>Quantities</td><td>2 x Adult</td></tr><tr><td>Customer</td><td>Declan Moriarty</td></tr></table></body></html>`,
    expected: [
      told({
        reference: 'RQW2KHM',
        cancelled: true,
        guestNames: ['Declan Moriarty'],
        partySize: 2,
        date: '2026-03-11',
        departs: '17:00',
      }),
    ],
  }),
];

const expedition = lettersOf(
  'second-expedition',
  'month-first',
  'Expedition Activities <supplier-noreply@expedition.example>',
);

const expeditionMails: readonly CorpusMail[] = [
  expedition({
    name: 'a confirmed activity',
    receivedAt: '2026-04-01T06:42:00Z',
    subject: 'New activity booking - Itinerary 73610442085519',
    text: `ACTIVITY BOOKING NOTIFICATION

Supplier            : Pelican Bay Sailing
Itinerary number    : 73610442085519
Confirmation code   : EXA-5519-77
Activity            : 2-Hour Sunset Sail with Champagne
Option              : 6:00 PM departure
Activity date       : Apr 18, 2026
Primary traveler    : Gloria Pennington
Travelers           : 2 Adult(s)
Phone               : 1-555-0142
Purchase date       : Apr 1, 2026
Amount to collect   : $0.00 (prepaid)
Net amount payable  : USD 112.80

Please redeem the voucher on the day of the activity. Vouchers that are not
redeemed within 30 days are not paid.
`,
    expected: [
      told({
        reference: 'EXA-5519-77',
        guestNames: ['Gloria Pennington'],
        partySize: 2,
        date: '2026-04-18',
        departs: '18:00',
        amountCents: 11280,
        isNet: true,
        currency: 'USD',
      }),
    ],
  }),
  expedition({
    name: 'a cancelled activity',
    receivedAt: '2026-04-09T15:27:00Z',
    subject: 'Cancelled activity booking - Itinerary 73610559940112',
    text: `ACTIVITY CANCELLATION NOTIFICATION

Supplier            : Pelican Bay Sailing
Itinerary number    : 73610559940112
Confirmation code   : EXA-0112-31
Activity            : 2-Hour Sunset Sail with Champagne
Option              : 6:00 PM departure
Activity date       : Apr 11, 2026
Primary traveler    : Victor Halloran
Travelers           : 4 Adult(s), 1 Child(ren)
Status              : CANCELLED by traveler

No payment is due for this booking.
`,
    expected: [
      told({
        reference: 'EXA-0112-31',
        cancelled: true,
        guestNames: ['Victor Halloran'],
        partySize: 5,
        date: '2026-04-11',
        departs: '18:00',
      }),
    ],
  }),
];

const kludo = lettersOf('second-kludo', 'day-first', 'Kludo Merchant <merchant-noreply@kludo.example>');

const kludoMails: readonly CorpusMail[] = [
  kludo({
    name: 'a voucher order',
    receivedAt: '2026-02-11T04:58:33Z',
    subject: '[Kludo] New booking confirmed: KLD884120937 | Great Barrier Reef Sail | 2026-02-20',
    html: `<html><body><h3>You have a new confirmed booking</h3>
<table border="1" cellspacing="0" cellpadding="6" width="100%">
<tr><td colspan="2" bgcolor="#ff5b00"><font color="#fff">Booking information</font></td></tr>
<tr><td width="35%">Booking reference ID</td><td>KLD884120937</td></tr>
<tr><td>Activity</td><td>Great Barrier Reef Sail and Snorkel from Port Douglas</td></tr>
<tr><td>Package</td><td>Join-in day trip</td></tr>
<tr><td>Participation date and time</td><td>2026-02-20 08:00</td></tr>
<tr><td>Quantity</td><td>Adult x 2, Child (4-13) x 1</td></tr>
<tr><td colspan="2" bgcolor="#ff5b00"><font color="#fff">Lead participant</font></td></tr>
<tr><td>First name</td><td>Mei Ling</td></tr><tr><td>Family name</td><td>Tan</td></tr>
<tr><td>Country/region</td><td>Singapore</td></tr><tr><td>Preferred language</td><td>English</td></tr>
<tr><td colspan="2" bgcolor="#ff5b00"><font color="#fff">Settlement</font></td></tr>
<tr><td>Selling price</td><td>AUD 735.00</td></tr><tr><td>Settlement price</td><td>AUD 588.00</td></tr></table></body></html>`,
    expected: [
      told({
        reference: 'KLD884120937',
        guestNames: ['Mei Ling Tan'],
        partySize: 3,
        date: '2026-02-20',
        departs: '08:00',
        amountCents: 73500,
        isNet: false,
        currency: 'AUD',
      }),
    ],
  }),
  kludo({
    name: 'a change of the number of people',
    receivedAt: '2026-02-14T09:20:10Z',
    subject: '[Kludo] Booking amended: KLD884120937',
    html: `<html><body><h3>A booking has been amended</h3>
<table border="1" cellspacing="0" cellpadding="6" width="100%">
<tr><td>Booking reference ID</td><td>KLD884120937</td></tr>
<tr><td>Participation date and time</td><td>2026-02-21 08:00</td></tr>
<tr><td>Quantity</td><td>Adult x 2</td></tr>
<tr><td>Lead participant</td><td>Mei Ling Tan</td></tr>
<tr><td>Selling price</td><td>AUD 530.00</td></tr><tr><td>Settlement price</td><td>AUD 424.00</td></tr></table></body></html>`,
    expected: [
      told({
        reference: 'KLD884120937',
        guestNames: ['Mei Ling Tan'],
        partySize: 2,
        date: '2026-02-21',
        departs: '08:00',
        amountCents: 53000,
        isNet: false,
        currency: 'AUD',
      }),
    ],
  }),
];

const nestbnb = lettersOf('second-nestbnb', 'month-first', 'Nestbnb <automated@nestbnb.example>');

const nestbnbMails: readonly CorpusMail[] = [
  nestbnb({
    name: 'an experience booked',
    receivedAt: '2026-05-18T22:10:00Z',
    subject: 'Reservation confirmed - Kelsey Andrade booked Golden Hour Sail for May 30',
    text: `https://www.nestbnb.example/?c=.pi80.pkYm9va2luZw

NEW BOOKING CONFIRMED! KELSEY JOINS YOU ON MAY 30.

Kelsey Andrade
Identity verified · 6 reviews
Portland, OR

GOLDEN HOUR SAIL ON THE BAY
Hosted by Skipper Dan

When
Saturday, May 30, 2026
6:45 PM – 8:45 PM (PDT)

Guests
4 guests

Confirmation code
HMQ4WD2ZKA

GUEST PAID
$85.00 x 4 guests   $340.00
Guest service fee    $51.00
Total (USD)         $391.00

HOST PAYOUT
4 guests            $340.00
Host service fee    -$68.00
You earn            $272.00

Nestbnb, Inc., 101 Harbor Street, San Francisco, CA 94103
`,
    expected: [
      told({
        reference: 'HMQ4WD2ZKA',
        guestNames: ['Kelsey Andrade'],
        partySize: 4,
        date: '2026-05-30',
        departs: '18:45',
        amountCents: 39100,
        isNet: false,
        currency: 'USD',
      }),
    ],
  }),
  nestbnb({
    name: 'a guest who cancels',
    receivedAt: '2026-05-24T05:33:00Z',
    subject: 'Canceled: Reservation HMRT8802PX for May 28',
    text: `RESERVATION CANCELED

We're sorry to let you know that Priyanka canceled reservation HMRT8802PX.

GOLDEN HOUR SAIL ON THE BAY
Thursday, May 28, 2026 · 6:45 PM
2 guests

Based on your cancellation policy, you won't be paid for this reservation.
Your calendar for this date is open again.
`,
    expected: [
      told({
        reference: 'HMRT8802PX',
        cancelled: true,
        guestNames: ['Priyanka'],
        partySize: 2,
        date: '2026-05-28',
        departs: '18:45',
      }),
    ],
  }),
];

export const RESELLER_MAILS: readonly CorpusMail[] = [
  ...resellerMails,
  ...expeditionMails,
  ...kludoMails,
  ...nestbnbMails,
];
