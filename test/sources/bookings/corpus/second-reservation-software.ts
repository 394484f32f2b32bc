/** Notices of three more makers of reservation software; one order holds two trips. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const slotbook = lettersOf('second-slotbook', 'month-first', 'Coral Cat Sailing <no-reply@slotbook.example>');

const slotbookMails: readonly CorpusMail[] = [
  slotbook({
    name: 'a new booking',
    receivedAt: '2026-06-04T11:22:00Z',
    subject: 'New booking - Jennifer Hollis - Morning Snorkel Sail - Tuesday, June 9, 2026 9:00 AM',
    text: `New booking

Booking number: 25652605204817
Morning Snorkel Sail
Tuesday, June 9, 2026, 9:00 AM - 12:30 PM
4 participants (3 adults, 1 child)

Customer: Hollis, Jennifer
Mobile: +1 340 555 0131
E-mail: jhollis@example.com

Adults: 3 x $95.00 = $285.00
Children: 1 x $65.00 = $65.00
Tax 4%: $14.00
Total: $364.00
Deposit paid: $91.00 (credit card)
Balance: $273.00

Created by: customer, June 4, 2026 7:22 AM
`,
    expected: [
      told({
        reference: '25652605204817',
        guestNames: ['Jennifer Hollis'],
        partySize: 4,
        date: '2026-06-09',
        departs: '09:00',
        amountCents: 36400,
        outsideCents: 1400,
      }),
    ],
  }),
  slotbook({
    name: 'a changed booking',
    receivedAt: '2026-06-07T18:45:30Z',
    subject: 'Booking changed - Jennifer Hollis - Morning Snorkel Sail - Wednesday, June 10, 2026 9:00 AM',
    text: `Booking changed

Booking number: 25652605204817
Morning Snorkel Sail
Wednesday, June 10, 2026, 9:00 AM - 12:30 PM
5 participants (4 adults, 1 child)

Customer: Hollis, Jennifer

Total: $462.80
Paid: $91.00
Balance: $371.80

Changes:
 - date from Tuesday, June 9, 2026 9:00 AM to Wednesday, June 10, 2026 9:00 AM
 - number of adults from 3 to 4
`,
    expected: [
      told({
        reference: '25652605204817',
        guestNames: ['Jennifer Hollis'],
        partySize: 5,
        date: '2026-06-10',
        departs: '09:00',
        amountCents: 46280,
      }),
    ],
  }),
  slotbook({
    name: 'a cancellation',
    receivedAt: '2026-06-12T07:09:00Z',
    subject: 'Booking canceled - Martin Eze - Sunset Cocktail Sail - Friday, June 12, 2026 5:30 PM',
    text: `Booking canceled

Booking number: 25652606119034
Sunset Cocktail Sail
Friday, June 12, 2026, 5:30 PM - 7:30 PM
2 participants (2 adults)

Customer: Eze, Martin
Cancellation reason: flight delayed
Canceled by: customer
`,
    expected: [
      told({
        reference: '25652606119034',
        cancelled: true,
        guestNames: ['Martin Eze'],
        partySize: 2,
        date: '2026-06-12',
        departs: '17:30',
      }),
    ],
  }),
];

const frontdesk = lettersOf(
  'second-frontdesk',
  'month-first',
  'Harbor House Charters <bookings@frontdesk.example>',
);

const invoicePage = (status: string, head: string, items: string, sums: string): string => `<html><body>
<table width="620" align="center" style="border:1px solid #ddd;font:14px Arial"><tr><td style="background:#17496b;color:#fff;padding:12px">
<span style="float:right;border-radius:3px;background:#5cb85c;padding:2px 6px">${status}</span>Harbor House Charters</td></tr>
<tr><td style="padding:12px">${head}</td></tr>
<tr><td style="padding:12px"><table width="100%" cellspacing="0">
<thead><tr><th align="left">Item</th><th align="left">Date</th><th>Qty</th><th align="right">Amount</th></tr></thead>
<tbody>${items}</tbody></table></td></tr>
<tr><td align="right" style="padding:12px"><table>${sums}</table></td></tr></table></body></html>`;

const frontdeskMails: readonly CorpusMail[] = [
  frontdesk({
    name: 'an invoice with a deposit',
    receivedAt: '2026-07-01T13:00:41Z',
    subject: 'Booking Receipt for Jul 11 2026 (HHCX-010726)',
    html: invoicePage(
      'Deposit',
      `<b>Booking ID:</b> HHCX-010726<br><b>Created:</b> Wed Jul 1, 2026 9:00 AM<br><br>
<b>Name:</b> Nadia Sorensen<br><b>Email:</b> nadia.s@example.com<br><b>Phone:</b> 207-555-0166<br>
<b>Special requests:</b> vegetarian lunch for two`,
      `<tr><td>Lobster Lunch Sail<br><small>Adult: 4, Child: 2, Infant: 1</small></td><td>Sat Jul 11, 2026 11:30 AM</td><td align="center">1</td><td align="right">$498.00</td></tr>`,
      `<tr><td>Sub-total</td><td align="right">$498.00</td></tr><tr><td>Maine sales tax (5.5%)</td><td align="right">$27.39</td></tr>
<tr><td><b>Total</b></td><td align="right"><b>$525.39</b></td></tr><tr><td>Paid</td><td align="right">$150.00</td></tr>
<tr><td>Balance due</td><td align="right">$375.39</td></tr>`,
    ),
    expected: [
      told({
        reference: 'HHCX-010726',
        guestNames: ['Nadia Sorensen'],
        partySize: 7,
        date: '2026-07-11',
        departs: '11:30',
        amountCents: 52539,
        outsideCents: 2739,
      }),
    ],
  }),
  frontdesk({
    name: 'a booking that waits for approval',
    receivedAt: '2026-07-03T17:44:02Z',
    subject: 'Pending: booking HHCX-030726 needs your approval',
    html: invoicePage(
      'Pending',
      `<p>This booking is a request. It is not confirmed until you approve it.</p>
<b>Booking ID:</b> HHCX-030726<br><b>Name:</b> Colin Baptiste<br><b>Phone:</b> 207-555-0104`,
      `<tr><td>Private Windjammer Charter (Schooner Alma Reed)<br><small>Guests: 14</small></td><td>Sun Jul 26, 2026 3:00 PM</td><td align="center">1</td><td align="right">$1,900.00</td></tr>`,
      `<tr><td>Sub-total</td><td align="right">$1,900.00</td></tr><tr><td>Maine sales tax (5.5%)</td><td align="right">$104.50</td></tr>
<tr><td><b>Total</b></td><td align="right"><b>$2,004.50</b></td></tr><tr><td>Paid</td><td align="right">$0.00</td></tr>`,
    ),
    expected: [
      told({
        reference: 'HHCX-030726',
        guestNames: ['Colin Baptiste'],
        partySize: 14,
        date: '2026-07-26',
        departs: '15:00',
        vessel: 'Alma Reed',
        amountCents: 200450,
        outsideCents: 10450,
        requested: true,
      }),
    ],
  }),
];

const trailhead = lettersOf('second-trailhead', 'month-first', 'Trailhead <bookings@trailhead.example>');

const trailheadMails: readonly CorpusMail[] = [
  trailhead({
    name: 'an order of two trips',
    receivedAt: '2026-07-08T20:15:00Z',
    subject: 'New order from Beatrice Lund: 2 experiences, $640.00',
    text: `Beatrice Lund just placed an order with you.

Customer
  Beatrice Lund · beatrice.lund@example.com · +1 808 555 0155

1) Whale Watch, Early Boat
   Reservation TH-551208-1
   Tue, Jul 14, 2026 · 7:00 AM
   4 guests
   $360.00

2) Na Pali Sunset Sail
   Reservation TH-551208-2
   Thu, Jul 16, 2026 · 4:30 PM
   2 guests
   $280.00

Order total   $640.00
Charged to    Amex 1008

Trailhead · help@trailhead.example
`,
    expected: [
      told({
        reference: 'TH-551208-1',
        guestNames: ['Beatrice Lund'],
        partySize: 4,
        date: '2026-07-14',
        departs: '07:00',
        amountCents: 36000,
      }),
      told({
        reference: 'TH-551208-2',
        guestNames: ['Beatrice Lund'],
        partySize: 2,
        date: '2026-07-16',
        departs: '16:30',
        amountCents: 28000,
      }),
    ],
  }),
  trailhead({
    name: 'a small party with a discount code',
    receivedAt: '2026-07-10T02:30:19Z',
    subject: 'New order from Omar Castellanos: Whale Watch, Early Boat',
    text: `Omar Castellanos just placed an order with you.

Customer
  Omar Castellanos · ocastel@example.com

Whale Watch, Early Boat
Reservation TH-551377
Sat, Jul 18, 2026 · 7:00 AM
2 guests

2 x Adult         $180.00
Code KAMAAINA10   -$18.00
GE tax            $7.63
Order total       $169.63
Charged to        Visa 7716
`,
    html: `<html><body><h3>Omar Castellanos just placed an order with you.</h3>
<div class="who"><b>Customer</b><div>Omar Castellanos &middot; <a href="mailto:ocastel@example.com">ocastel@example.com</a></div></div>
<div class="what"><b>Whale Watch, Early Boat</b><div>Reservation TH-551377</div><div>Sat, Jul 18, 2026 &middot; 7:00 AM</div><div>2 guests</div></div>
<table><tr><td>2 x Adult</td><td>$180.00</td></tr><tr><td>Code KAMAAINA10</td><td>-$18.00</td></tr><tr><td>GE tax</td><td>$7.63</td></tr>
<tr><td>Order total</td><td>$169.63</td></tr><tr><td>Charged to</td><td>Visa 7716</td></tr></table></body></html>`,
    expected: [
      told({
        reference: 'TH-551377',
        guestNames: ['Omar Castellanos'],
        partySize: 2,
        date: '2026-07-18',
        departs: '07:00',
        amountCents: 16963,
        outsideCents: 763,
      }),
    ],
  }),
];

export const RESERVATION_SOFTWARE_MAILS: readonly CorpusMail[] = [
  ...slotbookMails,
  ...frontdeskMails,
  ...trailheadMails,
];
