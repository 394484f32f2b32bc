/** Notices that two makers of booking software send to the operator, as mails with both bodies. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const tideDesk = lettersOf('second-tide-desk', 'month-first', 'TideDesk <messages@tidedesk.example>');

const tideRows = (rows: readonly (readonly [string, string])[]): string =>
  rows
    .map(
      ([label, value]) =>
        `<tr><td style="padding:4px 0;color:#3b4a54">${label}</td><td align="right" style="padding:4px 0">${value}</td></tr>`,
    )
    .join('\n');

const tidePage = (heading: string, body: string): string => `<!DOCTYPE html><html><head>
<style>body{margin:0;background:#eef2f5}.card{max-width:600px;background:#fff;padding:24px}h1{font-size:20px}</style>
</head><body><div class="card"><h1>${heading}</h1>
${body}
<p style="font-size:11px;color:#8a99a3">You receive this because notifications are on for Pelican Bay Sailing.
<a href="https://tidedesk.example/n/settings">Change notification settings</a> &middot; TideDesk, 1400 Harbor Way, Denver, CO 80202</p>
</div></body></html>`;

const tideMails: readonly CorpusMail[] = [
  tideDesk({
    name: 'a new online booking',
    receivedAt: '2026-05-02T21:14:09Z',
    subject:
      'New online booking #284517093: Melissa Trautman – Sunset Dolphin Sail, Fri 15 May 2026 @ 6:30 PM',
    text: `New online booking

Booking #284517093
Sunset Dolphin Sail
Friday, 15 May 2026 @ 6:30 PM - 8:30 PM
2 Adults, 1 Child

CONTACT
Name: Melissa Trautman
Phone: +1 941 555 0148
Email: m.trautman@example.com

PAYMENTS
• $195.81 - Visa ending 4407 (2 May 2026 @ 5:14 PM)

DETAILS
2 x Adult           $138.00
1 x Child (3-11)     $45.00
Subtotal            $183.00
Taxes                $12.81
Booking total       $195.81
Total paid          $195.81
Due: $0.00

How did you hear about us? Friend
Is anyone celebrating something? Mom's 60th

View this booking: https://tidedesk.example/pelicanbay/dashboard/bookings/284517093/
`,
    html: tidePage(
      'New online booking <a href="https://tidedesk.example/b/284517093">#284517093</a>',
      `<p><b>Sunset Dolphin Sail</b><br>Friday, 15 May 2026 @ 6:30&nbsp;PM &ndash; 8:30&nbsp;PM<br>2 Adults, 1 Child</p>
<p><b>Contact</b><br>Name: Melissa Trautman<br>Phone: +1 941 555 0148<br>Email: m.trautman@example.com</p>
<table width="100%">${tideRows([
        ['2 x Adult', '$138.00'],
        ['1 x Child (3-11)', '$45.00'],
        ['Subtotal', '$183.00'],
        ['Taxes', '$12.81'],
        ['<b>Booking total</b>', '<b>$195.81</b>'],
        ['Total paid', '$195.81'],
        ['Due', '$0.00'],
      ])}</table>`,
    ),
    expected: [
      told({
        reference: '284517093',
        guestNames: ['Melissa Trautman'],
        partySize: 3,
        date: '2026-05-15',
        departs: '18:30',
        amountCents: 19581,
        outsideCents: 1281,
      }),
    ],
  }),
  tideDesk({
    name: 'a private charter with a deposit',
    receivedAt: '2026-05-06T14:02:51Z',
    subject: 'New booking #284880126: Private Half-Day Charter, Sat 23 May 2026 @ 9:00 AM (booked by Tori)',
    html: tidePage(
      'New booking <a href="https://tidedesk.example/b/284880126">#284880126</a>',
      `<p><b>Private Half-Day Charter</b><br>Saturday, 23 May 2026 @ 9:00&nbsp;AM &ndash; 1:00&nbsp;PM</p>
<p><b>Contact</b><br>Name: Greg Okonkwo<br>Phone: (813) 555-0173<br>Email: <a href="mailto:greg.okonkwo@example.net">greg.okonkwo@example.net</a></p>
<table width="100%">${tideRows([
        ['1 x Private charter (up to 12 guests)', '$1,250.00'],
        ['How many people are coming?', '9'],
        ['Which boat?', 'Sea Biscuit'],
        ['Taxes and fees', '$87.50'],
        ['Gratuity (18%)', '$225.00'],
        ['<b>Booking total</b>', '<b>$1,562.50</b>'],
        ['Total paid', '$500.00'],
        ['Amount due', '$1,062.50'],
      ])}</table>
<p>Note from Tori: rest of it on the card the morning of the trip.</p>`,
    ),
    expected: [
      told({
        reference: '284880126',
        guestNames: ['Greg Okonkwo'],
        partySize: 9,
        date: '2026-05-23',
        departs: '09:00',
        vessel: 'Sea Biscuit',
        amountCents: 156250,
        outsideCents: 31250,
      }),
    ],
  }),
  tideDesk({
    name: 'an updated booking with old and new',
    receivedAt: '2026-05-11T12:40:00Z',
    subject: 'Booking #284517093 was updated',
    html: tidePage(
      'Booking #284517093 was updated by Tori M.',
      `<p>Here is what has changed.</p>
<table width="100%" cellpadding="6" border="0"><tr><th></th><th align="left">Old</th><th align="left">New</th></tr>
<tr><td><b>Item</b></td><td>Sunset Dolphin Sail</td><td>Sunset Dolphin Sail</td></tr>
<tr><td><b>Date</b></td><td>Friday, 15 May 2026</td><td>Sunday, 17 May 2026</td></tr>
<tr><td><b>Time</b></td><td>6:30 PM</td><td>6:30 PM</td></tr>
<tr><td><b>Customers</b></td><td>2 Adults, 1 Child</td><td>3 Adults, 1 Child</td></tr>
<tr><td><b>Total</b></td><td>$195.81</td><td>$269.64</td></tr></table>
<p>Contact: Melissa Trautman, +1 941 555 0148</p>`,
    ),
    expected: [
      told({
        reference: '284517093',
        guestNames: ['Melissa Trautman'],
        partySize: 4,
        date: '2026-05-17',
        departs: '18:30',
        amountCents: 26964,
      }),
    ],
  }),
  tideDesk({
    name: 'a cancelled booking',
    receivedAt: '2026-05-20T09:31:17Z',
    subject: 'Cancelled: #285113370 Morning Sandbar Trip, Thu 21 May 2026 @ 10:00 AM',
    text: `Booking #285113370 was cancelled by the customer.

Morning Sandbar Trip
Thursday, 21 May 2026 @ 10:00 AM - 1:00 PM
5 Adults

Name: Paula Reinholt
Phone: +1 727 555 0122

A refund of $371.29 was issued to Mastercard ending 0091.

View this booking: https://tidedesk.example/pelicanbay/dashboard/bookings/285113370/
`,
    expected: [
      told({
        reference: '285113370',
        cancelled: true,
        guestNames: ['Paula Reinholt'],
        partySize: 5,
        date: '2026-05-21',
        departs: '10:00',
      }),
    ],
  }),
];

const summit = lettersOf('second-summit', 'month-first', 'Summit Bookings <notify@summitbookings.example>');

const summitMails: readonly CorpusMail[] = [
  summit({
    name: 'a new order with extras and a tip',
    receivedAt: '2026-06-01T16:20:30Z',
    subject: 'Cha-ching! New booking for Turtle Cove Snorkel',
    text: `You've got a new booking!

TURTLE COVE SNORKEL
Saturday, June 6, 2026 at 8:15 AM (3 hours)

Booking ID: B-7QK42NX

PURCHASER
Andre Villaseñor
andre.v@example.org
(305) 555-0119

TICKETS
Adult x 2 ............ $178.00
Youth (5-12) x 2 ..... $138.00
ADD-ONS
Wetsuit rental x 2 ... $30.00

Subtotal ............. $346.00
Booking fee .......... $20.76
Tax .................. $24.22
Tip .................. $34.60
Total ................ $425.58
Paid ................. $425.58

Manage this booking in Summit Pro: https://pro.summitbookings.example/b/B-7QK42NX
`,
    expected: [
      told({
        reference: 'B-7QK42NX',
        guestNames: ['Andre Villaseñor'],
        partySize: 4,
        date: '2026-06-06',
        departs: '08:15',
        amountCents: 42558,
        outsideCents: 7958,
      }),
    ],
  }),
  summit({
    name: 'an order with every guest by name',
    receivedAt: '2026-06-03T19:05:12Z',
    subject: 'New booking: Full Moon Paddle & Sail (Jun 29)',
    html: `<html><body style="font-family:'Helvetica Neue',Arial"><div style="display:none;max-height:0">B-90FWZ1T · 3 guests · $231.00</div>
<center><img src="https://cdn.summitbookings.example/logo.png" alt="Summit" width="90"></center>
<h2>Full Moon Paddle &amp; Sail</h2>
<div>Mon, Jun 29, 2026</div><div>8:45 PM – 10:45 PM</div>
<h3>Guests</h3>
<ol><li>Hannah Weiss</li><li>Theo Weiss</li><li>Rosalind Adeyemi</li></ol>
<h3>Order</h3>
<table><tr><td>Guest &times; 3</td><td>$216.00</td></tr><tr><td>Sales tax</td><td>$15.00</td></tr>
<tr><td><strong>Order total</strong></td><td><strong>$231.00</strong></td></tr></table>
<h3>Purchased by</h3><p>Hannah Weiss<br>hannahweiss@example.com<br>+1 305 555 0187</p>
<p>Confirmation <b>B-90FWZ1T</b></p>
<p style="color:#999;font-size:11px">Summit Bookings, Inc. · 88 Market St, San Francisco · You can reply to reach the guest.</p></body></html>`,
    expected: [
      told({
        reference: 'B-90FWZ1T',
        guestNames: ['Hannah Weiss', 'Theo Weiss', 'Rosalind Adeyemi'],
        partySize: 3,
        date: '2026-06-29',
        departs: '20:45',
        amountCents: 23100,
        outsideCents: 1500,
      }),
    ],
  }),
  summit({
    name: 'a booking moved to another day',
    receivedAt: '2026-06-05T08:11:44Z',
    subject: 'Booking rescheduled: B-7QK42NX',
    text: `A booking has been rescheduled.

Booking ID: B-7QK42NX
Purchaser: Andre Villaseñor
Activity: Turtle Cove Snorkel

Was: Saturday, June 6, 2026 at 8:15 AM
Now: Sunday, June 7, 2026 at 1:30 PM

Tickets: Adult x 2, Youth (5-12) x 2
No change to the price.
`,
    expected: [
      told({
        reference: 'B-7QK42NX',
        guestNames: ['Andre Villaseñor'],
        partySize: 4,
        date: '2026-06-07',
        departs: '13:30',
      }),
    ],
  }),
];

export const HARBOR_DESK_MAILS: readonly CorpusMail[] = [...tideMails, ...summitMails];
