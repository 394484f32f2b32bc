/** What the operator's own website sends: forms that visitors fill in, orders of its shop. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const form = lettersOf(
  'second-web-form',
  'month-first',
  'Blackbird Sailing Website <wordpress@blackbirdsailing.example>',
);

const formMails: readonly CorpusMail[] = [
  form({
    name: 'a booking form',
    receivedAt: '2026-04-20T18:30:00Z',
    subject: 'Booking form: Alicia Romano',
    text: `First name: Alicia
Last name: Romano
Email: alicia.romano@example.com
Phone: 4015550133
Which trip?: Harbor Lights Evening Sail
Preferred date: 05/09/2026
Preferred time: 7:30 PM
Adults: 2
Children: 2
Anything else we should know?: One of the kids gets seasick, is there a bathroom on the boat?

--
This e-mail was sent from the booking form on Blackbird Sailing (https://blackbirdsailing.example)
`,
    expected: [
      told({
        guestNames: ['Alicia Romano'],
        partySize: 4,
        date: '2026-05-09',
        departs: '19:30',
        requested: true,
      }),
    ],
  }),
  form({
    name: 'a charter form with an entry number',
    receivedAt: '2026-04-22T01:14:00Z',
    subject: 'New charter request from Winston Oyelaran',
    html: `<html><body><table width="99%" border="0" cellpadding="1" cellspacing="0" bgcolor="#EAEAEA"><tr><td>
<table width="100%" border="0" cellpadding="5" cellspacing="0" bgcolor="#FFFFFF">
<tr bgcolor="#EAF2FA"><td colspan="2"><strong>Name</strong></td></tr><tr><td width="20">&nbsp;</td><td>Winston Oyelaran</td></tr>
<tr bgcolor="#EAF2FA"><td colspan="2"><strong>Email</strong></td></tr><tr><td>&nbsp;</td><td><a href="mailto:winston@example.org">winston@example.org</a></td></tr>
<tr bgcolor="#EAF2FA"><td colspan="2"><strong>Charter date</strong></td></tr><tr><td>&nbsp;</td><td>06/27/2026</td></tr>
<tr bgcolor="#EAF2FA"><td colspan="2"><strong>Start time</strong></td></tr><tr><td>&nbsp;</td><td>02:00 PM</td></tr>
<tr bgcolor="#EAF2FA"><td colspan="2"><strong>Boat</strong></td></tr><tr><td>&nbsp;</td><td>Blackbird</td></tr>
<tr bgcolor="#EAF2FA"><td colspan="2"><strong>Number of passengers</strong></td></tr><tr><td>&nbsp;</td><td>10</td></tr>
<tr bgcolor="#EAF2FA"><td colspan="2"><strong>Occasion</strong></td></tr><tr><td>&nbsp;</td><td>Retirement party</td></tr>
</table></td></tr></table></body></html>`,
    expected: [
      told({
        guestNames: ['Winston Oyelaran'],
        partySize: 10,
        date: '2026-06-27',
        departs: '14:00',
        vessel: 'Blackbird',
        requested: true,
      }),
    ],
  }),
  form({
    name: 'a question about prices',
    receivedAt: '2026-04-25T13:03:00Z',
    subject: 'Contact form: question',
    text: `From: Bonnie Schaefer <bonnie.schaefer@example.com>
Subject: question

Message Body:
Hi! Do you ever do birthday parties, and roughly what does it cost for a group? We are thinking of some time in August. Thanks so much!

--
This e-mail was sent from the contact form on Blackbird Sailing (https://blackbirdsailing.example)
`,
    expected: [],
  }),
];

const shop = lettersOf(
  'second-shop',
  'month-first',
  'Blackbird Sailing Shop <shop@blackbirdsailing.example>',
);

const shopPage = (
  title: string,
  opening: string,
  item: string,
  sums: string,
  billing: string,
): string => `<!DOCTYPE html>
<html lang="en-US"><body leftmargin="0"><div id="wrapper" dir="ltr"><table width="600" id="template_container">
<tr><td id="header_wrapper"><h1>${title}</h1></td></tr><tr><td><p>${opening}</p>
<table class="td" cellspacing="0" cellpadding="6" border="1" style="width:100%">
<thead><tr><th>Product</th><th>Quantity</th><th>Price</th></tr></thead><tbody><tr>${item}</tr></tbody>
<tfoot>${sums}</tfoot></table>
<h2>Billing address</h2><address>${billing}</address></td></tr></table><p>Blackbird Sailing &mdash; Built with Shopwright</p></div></body></html>`;

const shopMails: readonly CorpusMail[] = [
  shop({
    name: 'a new order',
    receivedAt: '2026-05-22T23:40:00Z',
    subject: '[Blackbird Sailing]: New order #10482',
    html: shopPage(
      'New Order: #10482',
      "You've received the following order from Terrence Boyd:",
      `<td>Day Sail to Block Island<ul class="wc-item-meta"><li><strong>Booking Date:</strong> <p>May 31, 2026</p></li>
<li><strong>Booking Time:</strong> <p>9:00 am</p></li><li><strong>Persons:</strong> <p>5</p></li></ul></td><td>1</td><td>$625.00</td>`,
      `<tr><th colspan="2">Subtotal:</th><td>$625.00</td></tr><tr><th colspan="2">Sales tax:</th><td>$43.75</td></tr>
<tr><th colspan="2">Payment method:</th><td>Credit card</td></tr><tr><th colspan="2">Total:</th><td>$668.75</td></tr>`,
      'Terrence Boyd<br>88 Wickenden St<br>Providence, RI 02903<br><a href="tel:4015550190">401-555-0190</a><br>tboyd@example.com',
    ),
    expected: [
      told({
        reference: '10482',
        guestNames: ['Terrence Boyd'],
        partySize: 5,
        date: '2026-05-31',
        departs: '09:00',
        amountCents: 66875,
        outsideCents: 4375,
      }),
    ],
  }),
  shop({
    name: 'an order with kinds of persons',
    receivedAt: '2026-05-27T12:12:12Z',
    subject: '[Blackbird Sailing]: New order #10497',
    html: shopPage(
      'New Order: #10497',
      "You've received the following order from Lorraine Fitzgibbon:",
      `<td>Harbor Lights Evening Sail<ul class="wc-item-meta"><li><strong>Booking Date:</strong> <p>June 5, 2026</p></li>
<li><strong>Booking Time:</strong> <p>7:30 pm</p></li><li><strong>Adults:</strong> <p>3</p></li><li><strong>Children:</strong> <p>1</p></li></ul></td><td>1</td><td>$260.00</td>`,
      `<tr><th colspan="2">Subtotal:</th><td>$260.00</td></tr><tr><th colspan="2">Discount:</th><td>-$26.00</td></tr>
<tr><th colspan="2">Sales tax:</th><td>$16.38</td></tr><tr><th colspan="2">Total:</th><td>$250.38</td></tr>`,
      'Lorraine Fitzgibbon<br>4 Farewell St<br>Newport, RI 02840<br>lfitz@example.net',
    ),
    expected: [
      told({
        reference: '10497',
        guestNames: ['Lorraine Fitzgibbon'],
        partySize: 4,
        date: '2026-06-05',
        departs: '19:30',
        amountCents: 25038,
        outsideCents: 1638,
      }),
    ],
  }),
  shop({
    name: 'a cancelled order',
    receivedAt: '2026-06-01T10:00:00Z',
    subject: '[Blackbird Sailing]: Order #10497 has been cancelled',
    text: `= Cancelled Order: #10497 =

Notification to let you know that order #10497 belonging to Lorraine Fitzgibbon has been cancelled:

[Order #10497] (May 27, 2026)

Harbor Lights Evening Sail x 1
  Booking Date: June 5, 2026
  Booking Time: 7:30 pm
  Adults: 3
  Children: 1

Total: $250.38
`,
    expected: [
      told({
        reference: '10497',
        cancelled: true,
        guestNames: ['Lorraine Fitzgibbon'],
        partySize: 4,
        date: '2026-06-05',
        departs: '19:30',
        amountCents: 25038,
      }),
    ],
  }),
];

export const WEBSITE_MAILS: readonly CorpusMail[] = [...formMails, ...shopMails];
