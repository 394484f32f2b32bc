/** Unseen mail of small machines: SMS gateways, web forms, calendar apps. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const sms = lettersOf('sms-gateway', 'month-first', 'SMS from +1 305-555-0119 <13055550119@txt.example>');

const SMS_GATEWAY: readonly CorpusMail[] = [
  sms({
    name: 'one line in capitals',
    receivedAt: '2026-05-14T13:01:00Z',
    subject: 'SMS from +13055550119',
    text: `CONF BK#77213 SAT 5/16 6:15PM SUNSET SAIL 4 PAX NAME RIVERA $340 PAID

--
Sent via TxtBridge. Reply to this email to answer by SMS.`,
    expected: [
      told({
        reference: '77213',
        guestNames: ['RIVERA'],
        partySize: 4,
        date: '2026-05-16',
        departs: '18:15',
        amountCents: 34000,
        currency: '$',
      }),
    ],
  }),
  sms({
    name: 'a change with an arrow',
    receivedAt: '2026-05-15T18:44:00Z',
    subject: 'SMS from +13055550119',
    text: `CHG BK#77213 RIVERA 4 > 6 PAX, NEW TTL $510. STILL SAT 5/16 6:15PM

--
Sent via TxtBridge. Reply to this email to answer by SMS.`,
    expected: [
      told({
        reference: '77213',
        guestNames: ['RIVERA'],
        partySize: 6,
        date: '2026-05-16',
        departs: '18:15',
        amountCents: 51000,
      }),
    ],
  }),
  sms({
    name: 'a cancellation in a hurry',
    receivedAt: '2026-05-22T12:20:00Z',
    subject: 'SMS from +13055550119',
    text: `BK#77240 CXLD - guest sick. was Boyd x2 sun 5/24 10am

--
Sent via TxtBridge. Reply to this email to answer by SMS.`,
    expected: [
      told({
        reference: '77240',
        cancelled: true,
        guestNames: ['Boyd'],
        partySize: 2,
        date: '2026-05-24',
        departs: '10:00',
      }),
    ],
  }),
];

const form = lettersOf('web-form', 'month-first', 'WordPress <wordpress@bayladycharters.example>');

const WEB_FORM: readonly CorpusMail[] = [
  form({
    name: 'an enquiry with two possible days',
    receivedAt: '2026-05-08T03:30:00Z',
    subject: '[Bay Lady Charters] Trip Inquiry from "Courtney Blaszczyk"',
    text: `Your name
Courtney Blaszczyk

Email
cblas@mailbox.example

Preferred date
May 29 or May 30, whichever is free

How many people?
6-8, not sure yet

What are you looking for?
Birthday trip, do you allow a small dog?

--
This e-mail was sent from a contact form on Bay Lady Charters.
Time: May 7, 2026 11:30 pm / IP: 203.0.113.77`,
    expected: [told({ guestNames: ['Courtney Blaszczyk'], doubtful: true, requested: true })],
  }),
  form({
    name: 'paid order of a shop plug-in',
    receivedAt: '2026-05-12T21:15:00Z',
    subject: '[Bay Lady Charters]: New order #5582',
    html: `<html><body><div id="wrapper" style="background:#f7f7f7;padding:70px 0"><table width="600" align="center"><tr><td style="background:#7f54b3;color:#fff"><h1>New Order: #5582</h1></td></tr><tr><td>
<p>You&rsquo;ve received the following order from Desmond Achebe:</p>
<h2>[Order #5582] (May 12, 2026)</h2>
<table border="1" width="100%"><thead><tr><th>Product</th><th>Quantity</th><th>Price</th></tr></thead><tbody>
<tr><td>Bay Lady Lighthouse Tour<ul><li><strong>Booking Date:</strong> <p>June 4, 2026</p></li><li><strong>Booking Time:</strong> <p>3:00 pm</p></li><li><strong>Duration:</strong> <p>2 hours</p></li><li><strong>Persons:</strong> <p>3</p></li></ul></td><td>1</td><td>$210.00</td></tr></tbody>
<tfoot><tr><th colspan="2">Subtotal:</th><td>$210.00</td></tr><tr><th colspan="2">Tax:</th><td>$12.60</td></tr><tr><th colspan="2">Payment method:</th><td>Credit card</td></tr><tr><th colspan="2">Total:</th><td>$222.60</td></tr></tfoot></table>
<h2>Billing address</h2><address>Desmond Achebe<br>77 Wharf St, Apt 12<br>Portland, ME 04101</address></td></tr></table></div></body></html>`,
    expected: [
      told({
        reference: '5582',
        guestNames: ['Desmond Achebe'],
        partySize: 3,
        date: '2026-06-04',
        departs: '15:00',
        amountCents: 22260,
        outsideCents: 1260,
        currency: '$',
      }),
    ],
  }),
  form({
    name: 'names of all guests, one a line',
    receivedAt: '2026-05-17T12:00:00Z',
    subject: '[Bay Lady Charters] Booking form: confirmed',
    text: `Booking ID: BL-0617
Status: Confirmed
Vessel: Bay Lady
Trip date: 06/17/2026
Start time: 08:30 AM
Number of guests: 4
Guest list:
 - Hannah Weiss
 - Tobias Weiss
 - Lena Weiss (9)
 - Karl Brandt
Amount charged: $ 396.00`,
    expected: [
      told({
        reference: 'BL-0617',
        guestNames: ['Hannah Weiss', 'Tobias Weiss', 'Lena Weiss', 'Karl Brandt'],
        partySize: 4,
        date: '2026-06-17',
        departs: '08:30',
        vessel: 'Bay Lady',
        amountCents: 39600,
      }),
    ],
  }),
];

const calendar = lettersOf('calendar-app', 'day-first', 'Slotwise <no-reply@slotwise.example>');

const CALENDAR_APP: readonly CorpusMail[] = [
  calendar({
    name: 'an event card with a time range and a zone',
    receivedAt: '2026-05-10T10:10:00Z',
    subject: 'New booking: Ewan MacAllister for Seal Island Trip at 13:00 on 27 May 2026',
    text: `Hi Fiona,

A new event has been scheduled.

Event type: Seal Island Trip
Invitee: Ewan MacAllister
Invitee email: ewan@post.example
Event date/time: 13:00 - 15:30 Wednesday, 27 May 2026 (UK, Ireland, Lisbon Time)
Location: North Pier
Booking code: SW-9KD2

Questions:
How many in your group?
2 adults + 2 kids + 1 baby

Price: £117.50, paid by card`,
    expected: [
      told({
        reference: 'SW-9KD2',
        guestNames: ['Ewan MacAllister'],
        partySize: 5,
        date: '2026-05-27',
        departs: '13:00',
        amountCents: 11750,
        currency: 'GBP',
      }),
    ],
  }),
  calendar({
    name: 'rescheduled, former time below',
    receivedAt: '2026-05-20T10:40:00Z',
    subject: 'Updated: Ewan MacAllister - 10:30 Thu, 28 May 2026 - Seal Island Trip',
    text: `Hi Fiona,

An event has been rescheduled by the invitee.

Invitee: Ewan MacAllister
Booking code: SW-9KD2
New date/time: 10:30 - 13:00 Thursday, 28 May 2026
Former date/time: 13:00 - 15:30 Wednesday, 27 May 2026
Reason: late ferry`,
    expected: [
      told({
        reference: 'SW-9KD2',
        guestNames: ['Ewan MacAllister'],
        date: '2026-05-28',
        departs: '10:30',
      }),
    ],
  }),
  calendar({
    name: 'a date in figures that can be read both ways',
    receivedAt: '2026-05-01T09:00:00Z',
    subject: 'New booking SW-8TT1',
    text: `Invitee: Morag Sinclair
Booking code: SW-8TT1
Event type: Seal Island Trip
Date: 05/06/2026
Time: 13:00
Group: 2
Total: £47.00`,
    expected: [
      told({
        reference: 'SW-8TT1',
        guestNames: ['Morag Sinclair'],
        partySize: 2,
        date: '2026-06-05',
        departs: '13:00',
        amountCents: 4700,
        doubtful: true,
      }),
    ],
  }),
];

export const FRESH_MACHINES: readonly CorpusMail[] = [...SMS_GATEWAY, ...WEB_FORM, ...CALENDAR_APP];
