/** Unseen mail written by people: concierges, and threads with forwards and replies. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const concierge = lettersOf(
  'concierge-prose',
  'month-first',
  'Les Clefs Desk, The Breakwater <concierge@breakwater.example>',
);

const CONCIERGE_PROSE: readonly CorpusMail[] = [
  concierge({
    name: 'everything in one paragraph, numbers in words',
    receivedAt: '2026-05-12T19:20:00Z',
    subject: 'Sunset sail for Mr. and Mrs. Abernathy',
    text: `Good afternoon Captain,

Thank you for the quick call back. This is to confirm a party of seven aboard the Wanderlust for Mr. Philip Abernathy
(suite 412) on Wednesday the 20th of May, departing at half past five in the afternoon. We agreed on $875 all in, to be
charged to the hotel. Our confirmation number is BW-8816.

They will walk down from the lobby around 5:10. Two of them are vegetarian.

With warm regards,
Odile Marchetti
Chef Concierge | The Breakwater | 1 Pier Road, Suite 100 | +1 401 555 0163`,
    expected: [
      told({
        reference: 'BW-8816',
        guestNames: ['Philip Abernathy'],
        partySize: 7,
        date: '2026-05-20',
        departs: '17:30',
        vessel: 'Wanderlust',
        amountCents: 87500,
      }),
    ],
  }),
  concierge({
    name: 'a hold until Friday',
    receivedAt: '2026-05-13T14:00:00Z',
    subject: 'Could you hold Memorial Day weekend?',
    text: `Hi Sam,

Could you pencil in a private morning sail for our guest Ms. Ingrid Halvorsen on Saturday, May 23, 9:30 am? It would be
six adults and two children. Nothing is confirmed yet, I will know by Friday. What would the price be for the Wanderlust?

Odile`,
    expected: [
      told({
        guestNames: ['Ingrid Halvorsen'],
        partySize: 8,
        date: '2026-05-23',
        departs: '09:30',
        vessel: 'Wanderlust',
        requested: true,
      }),
    ],
  }),
  concierge({
    name: 'weekday and date disagree',
    receivedAt: '2026-05-15T16:42:00Z',
    subject: 'Dinner cruise, Mr. Castellanos (BW-8840)',
    text: `Hello Captain,

Please book the dinner cruise for Mr. Rafael Castellanos, four people, on Thursday, May 29 at 7 pm. Ref. BW-8840.
$125 per person, so $500 in total on our account.

Many thanks,
Odile`,
    expected: [
      told({
        reference: 'BW-8840',
        guestNames: ['Rafael Castellanos'],
        partySize: 4,
        date: '2026-05-29',
        departs: '19:00',
        amountCents: 50000,
        doubtful: true,
      }),
    ],
  }),
  concierge({
    name: 'calls off a sail politely',
    receivedAt: '2026-05-19T11:05:00Z',
    subject: 'BW-8816, with apologies',
    text: `Good morning Captain,

I am sorry to say that Mr. Abernathy's party won't be able to join you tomorrow after all; please release the Wanderlust
(5:30 pm, our number BW-8816). We understand that the fifty percent fee applies.

Odile`,
    expected: [
      told({
        reference: 'BW-8816',
        cancelled: true,
        guestNames: ['Abernathy'],
        date: '2026-05-20',
        departs: '17:30',
        vessel: 'Wanderlust',
      }),
    ],
  }),
];

const thread = lettersOf('mixed-threads', 'month-first', 'Bea Fontaine <bea@islandhopdesk.example>');

const MIXED_THREADS: readonly CorpusMail[] = [
  thread({
    name: 'reply above the quoted confirmation changes the count',
    receivedAt: '2026-05-14T15:07:00Z',
    subject: 'Re: Booking IH-3071 confirmed',
    text: `Hi Bea here, Mrs. Lindgren just rang: they will be 5 now, not 6. New total $475. Rest stays the same.

On Tue, May 12, 2026 at 9:41 AM Island Hop Desk <desk@islandhopdesk.example> wrote:
> Booking IH-3071 is confirmed.
>
> Guest: Astrid Lindgren-Moore
> Party: 6
> Date: Tuesday, May 19, 2026
> Time: 2:30 PM
> Boat: Kittiwake
> Total: $570.00
>
> Island Hop Desk`,
    expected: [
      told({
        reference: 'IH-3071',
        guestNames: ['Astrid Lindgren-Moore'],
        partySize: 5,
        date: '2026-05-19',
        departs: '14:30',
        vessel: 'Kittiwake',
        amountCents: 47500,
      }),
    ],
  }),
  thread({
    name: 'a forward of a forward',
    receivedAt: '2026-05-16T08:55:00Z',
    subject: 'FW: Fwd: Your boat trip on 25 May',
    text: `For the log, please. B.

________________________________
From: Front Desk <front@coralinn.example>
Sent: Friday, May 15, 2026 6:12 PM
To: Bea Fontaine
Subject: Fwd: Your boat trip on 25 May

fyi

---------- Forwarded message ---------
From: Samir Haddad <samir.haddad@mailbox.example>
Date: Fri, May 15, 2026 at 5:58 PM
Subject: Your boat trip on 25 May
To: <front@coralinn.example>

Booking code: IH-3090
Name: Samir Haddad
Persons: nine
Day: Monday 25 May 2026
Departure: 10.45 am
Boat: Kittiwake
Price: 855 USD

>>> Do not reply to this address.`,
    expected: [
      told({
        reference: 'IH-3090',
        guestNames: ['Samir Haddad'],
        partySize: 9,
        date: '2026-05-25',
        departs: '10:45',
        vessel: 'Kittiwake',
        amountCents: 85500,
        currency: 'USD',
      }),
    ],
  }),
  thread({
    name: 'HTML reply that cancels what the quote confirms',
    receivedAt: '2026-05-20T12:00:00Z',
    subject: 'RE: Booking IH-3090 confirmed',
    html: `<div dir="ltr">Hello Sam,<div><br></div><div>please cancel this one, the family is ill. No charge as agreed on the phone.</div><div><br></div><div>Bea</div></div>
<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Sat, May 16, 2026 at 9:30 AM Sam wrote:<br></div>
<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex"><p>Confirmed!</p>
<ul><li>Booking: IH-3090</li><li>Guest: Samir Haddad</li><li>Party: 9</li><li>Date: Mon, May 25, 2026</li><li>Time: 10:45 AM</li><li>Boat: Kittiwake</li><li>Total: $855.00</li></ul></blockquote></div>`,
    expected: [
      told({
        reference: 'IH-3090',
        cancelled: true,
        guestNames: ['Samir Haddad'],
        partySize: 9,
        date: '2026-05-25',
        departs: '10:45',
        vessel: 'Kittiwake',
        amountCents: 85500,
      }),
    ],
  }),
  thread({
    name: 'a question about parking, no booking',
    receivedAt: '2026-05-21T09:00:00Z',
    subject: 'Parking at the marina?',
    text: `Hi Sam, one of our guests asks if there is parking at the marina before 9 am, and what it costs ($10?).
Thanks, Bea`,
    expected: [],
  }),
];

export const FRESH_LETTERS: readonly CorpusMail[] = [...CONCIERGE_PROSE, ...MIXED_THREADS];
