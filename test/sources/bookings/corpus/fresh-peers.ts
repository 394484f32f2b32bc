/** Unseen mail of travel portals, boat-sharing platforms and experience hosts. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const portal = lettersOf(
  'traveler-notice',
  'month-first',
  'Wayfare Supplier Bookings <booking@w1.wayfare.example>',
);

const TRAVELER_NOTICE: readonly CorpusMail[] = [
  portal({
    name: 'new booking at a net rate',
    receivedAt: '2026-05-01T02:18:00Z',
    subject: 'New Booking for Sat, May 30, 2026 (#BR-1187230415)',
    text: `A traveler booked with you. See the Supplier Hub to accept.

Booking Reference:  #BR-1187230415
Tour Name:  Twilight Schooner Sail with Live Music
Travel Date:  Sat, May 30, 2026
Lead Traveler Name:  Aoife Brennan
Traveler Names:  Aoife Brennan, Cian Brennan, Róisín Daly
Travelers:  3 Adults
Product Code:  54412P3
Tour Grade:  7:15 PM departure
Tour Grade Code:  TG2~19:15
Tour Language:  English - Guide
Location:  Newport, RI
Net Rate:  USD 224.25
Phone:  (Alternate Phone)IE+353 855550119

Special Requirements: One guest uses a cane.

Unless you reply within 24 hours the booking stands as confirmed.`,
    expected: [
      told({
        reference: 'BR-1187230415',
        guestNames: ['Aoife Brennan', 'Cian Brennan', 'Róisín Daly'],
        partySize: 3,
        date: '2026-05-30',
        departs: '19:15',
        amountCents: 22425,
        isNet: true,
        currency: 'USD',
      }),
    ],
  }),
  portal({
    name: 'amended in a card with a pill',
    receivedAt: '2026-05-06T11:41:00Z',
    subject: 'Amended Booking: Sat, May 30, 2026 (#BR-1187230415)',
    text: 'Amended Booking. View in browser: https://w1.wayfare.example/v/88aa2026',
    html: `<html><body><center><table width="620" style="font-family:Helvetica"><tr><td>
<table width="100%"><tr><td><img alt="Wayfare" src="cid:logo"></td><td align="right"><span style="background:#fc0;border-radius:12px;padding:3px 10px">AMENDED</span></td></tr></table>
<table width="100%"><tr><td colspan="2"><h1 style="font-size:20px">Twilight Schooner Sail with Live Music</h1></td></tr>
<tr><td width="50%"><small>Booking Reference</small><br><b>BR-1187230415</b></td><td><small>Travel Date</small><br><b>Sat, May 30, 2026</b></td></tr>
<tr><td><small>Tour Grade</small><br><b>7:15 PM departure</b></td><td><small>Lead Traveler</small><br><b>Aoife Brennan</b></td></tr>
<tr><td><small>Travelers</small><br><b>4 Adults</b> <i>(was 3 Adults)</i></td><td><small>Net Rate</small><br><b>USD 299.00</b> <i>(was USD 224.25)</i></td></tr>
</table></td></tr></table></center></body></html>`,
    expected: [
      told({
        reference: 'BR-1187230415',
        guestNames: ['Aoife Brennan'],
        partySize: 4,
        date: '2026-05-30',
        departs: '19:15',
        amountCents: 29900,
        isNet: true,
      }),
    ],
  }),
  portal({
    name: 'cancelled by the traveler',
    receivedAt: '2026-05-14T23:59:12Z',
    subject: 'Cancelled Booking: Sun, May 24, 2026 (#BR-1187244980)',
    text: `Your traveler no longer takes part. Nothing needs to be provided.

Booking Reference:  #BR-1187244980
Tour Name:  Twilight Schooner Sail with Live Music
Travel Date:  Sun, May 24, 2026
Lead Traveler Name:  Marcus Thibodeaux
Travelers:  2 Adults, 2 Children
Tour Grade:  4:45 PM departure
Cancellation Fee Payable To You:  USD 0.00`,
    expected: [
      told({
        reference: 'BR-1187244980',
        cancelled: true,
        guestNames: ['Marcus Thibodeaux'],
        partySize: 4,
        date: '2026-05-24',
        departs: '16:45',
      }),
    ],
  }),
];

const peer = lettersOf('peer-rental', 'month-first', 'HelmShare <bookings@helmshare.example>');

const PEER_RENTAL: readonly CorpusMail[] = [
  peer({
    name: 'a request that waits for the owner',
    receivedAt: '2026-05-04T18:09:00Z',
    subject: 'Booking request from Jordan K. for Second Wind - respond within 24h',
    html: `<html><body><table width="100%"><tr><td align="center"><table width="480"><tr><td>
<h2>You have a new booking request!</h2><p>Jordan Kessler wants to charter <b>Second Wind</b> (38' Beneteau, captained).</p>
<table width="100%" style="border-top:1px solid #eee">
<tr><td>Trip date</td><td align="right">Sunday, May 31</td></tr>
<tr><td>Start</td><td align="right">11:00 AM</td></tr><tr><td>End</td><td align="right">3:00 PM</td></tr>
<tr><td>Group</td><td align="right">8 passengers</td></tr>
<tr><td>Request ID</td><td align="right">HS-R-55190</td></tr>
<tr><td>Renter will pay</td><td align="right">$1,045.00</td></tr>
</table><p>"Hi! It's my wife's 40th, we'd love to see the bay." - Jordan</p>
<a href="#">Accept</a> <a href="#">Decline</a>
<p style="font-size:11px">This is not a confirmed booking until you accept it.</p></td></tr></table></td></tr></table></body></html>`,
    expected: [
      told({
        reference: 'HS-R-55190',
        guestNames: ['Jordan Kessler'],
        partySize: 8,
        date: '2026-05-31',
        departs: '11:00',
        vessel: 'Second Wind',
        amountCents: 104500,
        requested: true,
      }),
    ],
  }),
  peer({
    name: 'confirmed, with payout, hold and service fee beside the total',
    receivedAt: '2026-05-05T12:30:00Z',
    subject: 'Confirmed: Second Wind, May 31 (HS-204417)',
    html: `<html><body><table width="480" align="center"><tr><td>
<p style="color:#080;font-weight:bold">&#10003; BOOKING CONFIRMED</p>
<h2>Second Wind</h2><p>38' Beneteau &middot; Dinner Key, Slip 14</p>
<dl><dt>Booking ID</dt><dd>HS-204417</dd><dt>Renter</dt><dd>Jordan Kessler</dd>
<dt>When</dt><dd>Sun, May 31, 2026<br>11:00 AM &ndash; 3:00 PM (4 hours)</dd><dt>Passengers</dt><dd>8</dd></dl>
<table width="100%"><tr><td>Charter fee</td><td>$900.00</td></tr>
<tr><td>Captain</td><td>$0.00 (included)</td></tr>
<tr><td>Service fee</td><td>$90.00</td></tr><tr><td>Tax</td><td>$55.00</td></tr>
<tr><td><b>Renter total</b></td><td><b>$1,045.00</b></td></tr></table>
<p>Security hold (released 48h after the trip): $500.00<br>Your payout after commission: $765.00, sent June 2, 2026</p>
</td></tr></table></body></html>`,
    expected: [
      told({
        reference: 'HS-204417',
        guestNames: ['Jordan Kessler'],
        partySize: 8,
        date: '2026-05-31',
        departs: '11:00',
        vessel: 'Second Wind',
        amountCents: 104500,
        outsideCents: 14500,
        requested: false,
        isNet: false,
      }),
    ],
  }),
  peer({
    name: 'cancelled by the renter under the policy',
    receivedAt: '2026-05-19T07:45:00Z',
    subject: 'HS-203998 was cancelled by the renter',
    text: `Hi Marisol,

Bad news: Trevor Lindqvist has cancelled his charter of Salt Marsh on Friday, May 22, 2026 (2:00 PM, 5 passengers).
Booking ID: HS-203998

Because he cancelled less than 5 days ahead, you keep 50%: a payout of $318.75 goes out on May 24.

The calendar for that day is open again.
HelmShare`,
    expected: [
      told({
        reference: 'HS-203998',
        cancelled: true,
        guestNames: ['Trevor Lindqvist'],
        partySize: 5,
        date: '2026-05-22',
        departs: '14:00',
        vessel: 'Salt Marsh',
      }),
    ],
  }),
];

const host = lettersOf('experience-host', 'month-first', 'Staywell Experiences <express@staywell.example>');

const EXPERIENCE_HOST: readonly CorpusMail[] = [
  host({
    name: 'confirmed, as plain text full of links',
    receivedAt: '2026-05-07T04:22:36Z',
    subject: 'Reservation confirmed - Rosalind and 5 guests on May 21',
    text: `[logo] [tracking pixel]

https://www.staywell.example/h?t=9Kd2.c20260521&u=5b1d0c77-2026-4e0a-9f31-1845aa07e6c2

ROSALIND IS SAILING WITH YOU ON MAY 21.

Tell her where to meet you.

https://www.staywell.example/hosting/reservations/SWX4TR82LM   Rosalind Achterberg

ID checked · joined 2019 · Duluth, MN

SAIL AND SIP: AN EVENING ON THE LAKE

Thursday, May 21
5:45 PM - 7:45 PM (CDT)

GUESTS
6 adults

CONFIRMATION CODE
SWX4TR82LM

GUEST PAID
$72.00 x 6 guests     $432.00
Guest service fee     $0.00
Total (USD)           $432.00

HOST PAYOUT
Host fee (20.0%)      -$86.40
You earn              $345.60`,
    expected: [
      told({
        reference: 'SWX4TR82LM',
        guestNames: ['Rosalind Achterberg'],
        partySize: 6,
        date: '2026-05-21',
        departs: '17:45',
        amountCents: 43200,
        isNet: false,
        currency: 'USD',
      }),
    ],
  }),
  host({
    name: 'guest count changed',
    receivedAt: '2026-05-13T16:00:00Z',
    subject: 'Rosalind changed the reservation for May 21',
    text: `Rosalind Achterberg removed 2 guests from reservation SWX4TR82LM.

Before: 6 guests
Now: 4 guests

Thursday, May 21, 5:45 PM

New total (USD): $288.00
You earn: $230.40`,
    expected: [
      told({
        reference: 'SWX4TR82LM',
        guestNames: ['Rosalind Achterberg'],
        partySize: 4,
        date: '2026-05-21',
        departs: '17:45',
        amountCents: 28800,
      }),
    ],
  }),
  host({
    name: 'a review, no booking',
    receivedAt: '2026-05-23T15:10:00Z',
    subject: 'Rosalind left a 5-star review!',
    text: `Rosalind wrote: "Four of us had the best evening of our trip. Captain Lou is a hoot. We left from the pier at 5:45 PM and saw
two herons." Thank you for hosting on May 21, 2026.

Reply to the review within 30 days.`,
    expected: [],
  }),
];

export const FRESH_PEERS: readonly CorpusMail[] = [...TRAVELER_NOTICE, ...PEER_RENTAL, ...EXPERIENCE_HOST];
