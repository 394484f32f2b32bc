/** Unseen mail of booking widgets and marketplaces: cards and pills in HTML, and their poor plain text. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const dock = lettersOf('dock-widget', 'month-first', 'Tidewater Sailing <messages@dockdesk.example>');

const DOCK_WIDGET: readonly CorpusMail[] = [
  dock({
    name: 'new online booking with taxes',
    receivedAt: '2026-04-28T13:14:09Z',
    subject: 'New online booking: Sunset Sail on Saturday, May 16, 2026 at 6:30 pm - 8:30 pm',
    html: `<!doctype html><html><head><style>.btn{background:#0a6} td{font-family:Arial}</style></head><body>
<div style="display:none;max-height:0">Priya Raman booked Sunset Sail &#8199;&#65279;&#847; &#8199;&#65279;&#847;</div>
<table width="600" align="center"><tr><td><h2>Tidewater Sailing</h2>
<p>New Booking for<br>
       <b>Sunset Sail</b></p>
<a class="btn" href="https://dockdesk.example/b/41570226?ref=2026051601">View on DockDesk &raquo;</a>
<p><b>Created by:</b>
      Online <br><b>Created at:</b>
      4/28/2026 @ 9:14 am</p>
<h3>Booking #41570226</h3>
<table><tr><td>Name:</td><td>Priya Raman</td></tr>
<tr><td>Phone:</td><td><a href="tel:+13055550142">(305) 555-0142</a></td></tr>
<tr><td>Email:</td><td>p.raman@mailbox.example</td></tr></table>
<p><b>Sunset Sail</b><br>
    Saturday, May 16, 2026 @ 6:30 pm - 8:30 pm</p>
<table cellpadding="4"><tr><td>4&nbsp;Adults (13+)</td><td align="right">$380.00</td></tr>
<tr><td>1&nbsp;Child (3&ndash;12)</td><td align="right">$55.00</td></tr>
<tr><td>Subtotal</td><td align="right">$435.00</td></tr>
<tr><td>Taxes</td><td align="right">$33.71</td></tr>
<tr><td><b>Total</b></td><td align="right"><b>$468.71</b></td></tr>
<tr><td>Paid</td><td align="right">$468.71</td></tr>
<tr><td>Due</td><td align="right">$0.00</td></tr></table>
<p>How did you hear about us? &mdash; Brochure</p></td></tr></table>
<img src="https://dockdesk.example/o.gif?m=1" width="1" height="1"></body></html>`,
    expected: [
      told({
        reference: '41570226',
        guestNames: ['Priya Raman'],
        partySize: 5,
        date: '2026-05-16',
        departs: '18:30',
        amountCents: 46871,
        outsideCents: 3371,
        requested: false,
        currency: '$',
      }),
    ],
  }),
  dock({
    name: 'rebooked under a new number',
    receivedAt: '2026-05-02T20:40:51Z',
    subject: 'Rebooked: Sunset Sail on Saturday, May 23, 2026 at 6:30 pm - 8:30 pm',
    html: `<html><body><h2>Tidewater Sailing</h2><p>A booking was rebooked by Dana (staff).</p>
<table border="0" cellpadding="6"><tr><th></th><th>Old</th><th>New</th></tr>
<tr><th>Booking</th><td><s>#41570226</s></td><td>#41583904</td></tr>
<tr><th>Date</th><td><s>Saturday, May 16, 2026 @ 6:30 pm</s></td><td>Saturday, May 23, 2026 @ 6:30 pm</td></tr>
<tr><th>Customers</th><td><s>4 Adults, 1 Child</s></td><td>4 Adults, 2 Children</td></tr>
<tr><th>Total</th><td><s>$468.71</s></td><td>$527.97</td></tr></table>
<p>Name: Priya Raman<br>Phone: (305) 555-0142</p></body></html>`,
    expected: [
      told({
        reference: '41583904',
        guestNames: ['Priya Raman'],
        partySize: 6,
        date: '2026-05-23',
        departs: '18:30',
        amountCents: 52797,
      }),
    ],
  }),
  dock({
    name: 'cancelled for weather and refunded',
    receivedAt: '2026-05-17T10:55:00Z',
    subject: 'Booking #41590017 Cancelled (Morning Dolphin Sail on Sunday, May 17, 2026 at 9:00 am)',
    html: `<html><body><h2>Tidewater Sailing</h2><h3>Booking #41590017 <span style="background:#c00;color:#fff;padding:2px 6px;border-radius:8px">CANCELLED</span></h3>
<p>Name: Walter B. Ogden<br>Email: wbogden@post.example</p>
<p><b>Morning Dolphin Sail</b><br>Sunday, May 17, 2026 @ 9:00 am - 11:00 am<br>3 Adults</p>
<p>Cancelled by: Dana (staff)<br>Reason: small craft advisory</p>
<p>Total: $285.00<br>Refunded to Visa ending 4417: $285.00</p></body></html>`,
    expected: [
      told({
        reference: '41590017',
        cancelled: true,
        guestNames: ['Walter B. Ogden'],
        partySize: 3,
        date: '2026-05-17',
        departs: '09:00',
        amountCents: 28500,
      }),
    ],
  }),
  dock({
    name: 'a payout, no booking',
    receivedAt: '2026-05-20T06:00:00Z',
    subject: 'Your payout of $4,318.22 is on its way',
    text: `Hi Tidewater Sailing,

We sent a payout of $4,318.22 to your bank account ending in 0071.
It covers 17 bookings with activity from May 11, 2026 to May 17, 2026.
Expected arrival: May 22, 2026.

Download the settlement report in your dashboard.`,
    expected: [],
  }),
];

const guide = lettersOf(
  'guide-market',
  'month-first',
  'GuideMarket <do-not-reply@notification.guidemarket.example>',
);

/** Title paragraphs over bold values. */
const guideCard = (lead: string, product: string, pairs: readonly (readonly [string, string])[]): string =>
  `<html><body style="margin:0;background:#f4f4f4"><table role="presentation" width="100%"><tr><td align="center"><table role="presentation" width="560" bgcolor="#ffffff"><tr><td style="padding:24px"><p>Hi supply partner,</p><p>${lead}</p><div style="border:1px solid #ddd;border-radius:8px;padding:16px"><p><strong>${product}</strong></p>${pairs
    .map(
      ([title, value]) =>
        `<table role="presentation"><tr><td><p class="title" style="color:#777;margin:0">${title}</p></td></tr><tr><td><span>${value}</span></td></tr></table>`,
    )
    .join(
      '',
    )}<a href="https://supplier.guidemarket.example/x">Open booking</a></div></td></tr></table></td></tr></table></body></html>`;

const GUIDE_MARKET: readonly CorpusMail[] = [
  guide({
    name: 'new booking with an infant',
    receivedAt: '2026-05-09T17:02:44Z',
    subject: 'Booking - S302117 - GMK7Q2ZPLX44',
    text: 'This message needs an HTML capable mail reader.',
    html: guideCard('you have a new booking for this offer:', 'Harbor: Sunset Catamaran Cruise', [
      ['Option', '2-hour cruise aboard the catamaran Blue Heron'],
      ['Reference number', '<a href="#"><strong>GMK7Q2ZPLX44</strong></a>'],
      ['Date', '<strong>May 22, 2026, 6:00 PM</strong>'],
      [
        'Number of participants',
        '<strong>2 x</strong> Adults (Age 13 - 99)<br><strong>1 x</strong> Child (Age 3 - 12)<br><strong>1 x</strong> Infant (Age 0 - 2)',
      ],
      [
        'Main customer',
        'Lucía Fernández Prieto<a href="#"><br>guest-l5f0q7@reply.guidemarket.example</a><br><span>Phone: +34600555018</span><br>Language: Spanish (Spain)',
      ],
      ['Price', '<strong>$ 227.00</strong>'],
    ]),
    expected: [
      told({
        reference: 'GMK7Q2ZPLX44',
        guestNames: ['Lucía Fernández Prieto'],
        partySize: 4,
        date: '2026-05-22',
        departs: '18:00',
        vessel: 'Blue Heron',
        amountCents: 22700,
        currency: '$',
      }),
    ],
  }),
  guide({
    name: 'last-minute booking whose labels are glued to their values',
    receivedAt: '2026-05-28T21:47:10Z',
    subject: 'Urgent: New booking received - S302117 - GMK3D9FNE6T2',
    text: `Short notice: somebody booked with you just now.

Harbor: Morning Snorkel Sail

Shared sail, gear included

Reference numberGMK3D9FNE6T2

DateMay 29, 2026 9:00 AM

Number of participants3 x Adult (Age 13 - 99)

Main customerTeresa Oduya guest-t8o2w1@reply.guidemarket.example
Phone: +12025550148
Language: English

Price$ 267.00Open booking`,
    expected: [
      told({
        reference: 'GMK3D9FNE6T2',
        guestNames: ['Teresa Oduya'],
        partySize: 3,
        date: '2026-05-29',
        departs: '09:00',
        amountCents: 26700,
      }),
    ],
  }),
  guide({
    name: 'detail change with old and new date',
    receivedAt: '2026-05-11T08:30:00Z',
    subject: 'Booking detail change: - S302117 - GMK7Q2ZPLX44',
    html: guideCard(
      'something in one of your bookings is different now.',
      'Harbor: Sunset Catamaran Cruise',
      [
        ['Reference number', '<strong>GMK7Q2ZPLX44</strong>'],
        ['Main customer', 'Lucía Fernández Prieto'],
        ['Old date', '<del>May 22, 2026, 6:00 PM</del>'],
        ['New date', '<strong>May 24, 2026, 5:30 PM</strong>'],
        ['Number of participants', '<strong>4</strong> (unchanged)'],
      ],
    ),
    expected: [
      told({
        reference: 'GMK7Q2ZPLX44',
        guestNames: ['Lucía Fernández Prieto'],
        partySize: 4,
        date: '2026-05-24',
        departs: '17:30',
      }),
    ],
  }),
  guide({
    name: 'canceled, nothing but who and when',
    receivedAt: '2026-05-12T14:12:31Z',
    subject: 'A booking has been canceled - S302117 - GMK90TTLQ3ZA',
    html: guideCard('a customer canceled, and the seats are back on sale.', 'Harbor: Morning Snorkel Sail', [
      ['Reference number', '<strong>GMK90TTLQ3ZA</strong>'],
      ['Date', '<strong>May 15, 2026, 9:00 AM</strong>'],
      ['Name', 'Henrik Solberg'],
    ]),
    expected: [
      told({
        reference: 'GMK90TTLQ3ZA',
        cancelled: true,
        guestNames: ['Henrik Solberg'],
        date: '2026-05-15',
        departs: '09:00',
      }),
    ],
  }),
];

export const FRESH_MARKETPLACES: readonly CorpusMail[] = [...DOCK_WIDGET, ...GUIDE_MARKET];
