/** Letters that were forwarded or answered: the newest word stands above what it changes. */

import type { CorpusMail } from './corpus-mail.ts';
import { lettersOf, told } from './fresh-letter.ts';

const forwarded = lettersOf(
  'second-forwarded',
  'month-first',
  'Dan Petrakis <dan@pelicanbaysailing.example>',
);

const forwardedMails: readonly CorpusMail[] = [
  forwarded({
    name: 'a confirmation passed on',
    receivedAt: '2026-06-10T13:20:00Z',
    subject: 'Fwd: Your reservation with Gulf Getaways Vacation Rentals partner',
    text: `FYI for the books. D.

---------- Forwarded message ---------
From: Gulf Getaways Guest Services <guests@gulfgetaways.example>
Date: Wed, Jun 10, 2026 at 8:57 AM
Subject: Your reservation with Gulf Getaways Vacation Rentals partner
To: <dan@pelicanbaysailing.example>

Hello Dan,

We have reserved the following activity for one of our villa guests.

Reservation number: GG-40028
Guest: Stephanie Wozniak
Activity: Sunset Dolphin Sail
Date: June 24, 2026
Departure time: 7:00 PM
Party: 6
Total charged to guest: $390.00

Thanks,
Gulf Getaways Guest Services
`,
    expected: [
      told({
        reference: 'GG-40028',
        guestNames: ['Stephanie Wozniak'],
        partySize: 6,
        date: '2026-06-24',
        departs: '19:00',
        amountCents: 39000,
      }),
    ],
  }),
  forwarded({
    name: 'a confirmation passed on with a correction',
    receivedAt: '2026-06-18T21:08:00Z',
    subject: 'Fwd: Reservation GG-40061',
    text: `She called, they are 8 now and want the 5:00 PM instead. Same price per person, I'll redo the invoice.

Dan

---------- Forwarded message ---------
From: Gulf Getaways Guest Services <guests@gulfgetaways.example>
Date: Tue, Jun 16, 2026 at 2:12 PM
Subject: Reservation GG-40061
To: <dan@pelicanbaysailing.example>

Hello Dan,

We have reserved the following activity for one of our villa guests.

Reservation number: GG-40061
Guest: Monique Trudeau
Activity: Sandbar Afternoon
Date: June 27, 2026
Departure time: 1:00 PM
Party: 6

Thanks,
Gulf Getaways Guest Services
`,
    expected: [
      told({
        reference: 'GG-40061',
        guestNames: ['Monique Trudeau'],
        partySize: 8,
        date: '2026-06-27',
        departs: '17:00',
      }),
    ],
  }),
];

const answered = lettersOf(
  'second-answered',
  'month-first',
  'Rebecca Lindholm <rebecca.lindholm@example.com>',
);

const answeredMails: readonly CorpusMail[] = [
  answered({
    name: 'a guest who moves the day',
    receivedAt: '2026-05-25T16:55:00Z',
    subject: 'Re: Your booking PB-6120 is confirmed',
    text: `Hi Tori,

Just putting in writing what we said on the phone: we are moving to Saturday, May 30, same time. My sister's flight got changed.

Thanks so much,
Rebecca

On Fri, May 22, 2026 at 10:14 AM Pelican Bay Sailing <hello@pelicanbaysailing.example> wrote:
> Hi Rebecca,
>
> Your booking is confirmed!
>
> Booking number: PB-6120
> Name: Rebecca Lindholm
> Trip: Sunset Dolphin Sail
> Date: Friday, May 29, 2026
> Time: 6:30 PM
> Guests: 4
> Total: $255.60
>
> See you on the dock,
> Tori
`,
    expected: [
      told({
        reference: 'PB-6120',
        guestNames: ['Rebecca Lindholm'],
        partySize: 4,
        date: '2026-05-30',
        departs: '18:30',
        amountCents: 25560,
      }),
    ],
  }),
  answered({
    name: 'a guest who says thanks',
    receivedAt: '2026-05-26T12:00:00Z',
    subject: 'Re: Re: Your booking PB-6120 is confirmed',
    html: `<html><body><div dir="ltr">Perfect, thank you! See you then.</div><br>
<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Tue, May 26, 2026 at 7:41 AM Pelican Bay Sailing &lt;<a href="mailto:hello@pelicanbaysailing.example">hello@pelicanbaysailing.example</a>&gt; wrote:<br></div>
<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex"><div>Hi Rebecca, all done! Your new details:<br><br>
Booking number: PB-6120<br>Name: Rebecca Lindholm<br>Trip: Sunset Dolphin Sail<br>Date: Saturday, May 30, 2026<br>
Time: 6:30 PM<br>Guests: 4<br>Total: $255.60<br><br>Tori</div></blockquote></div></body></html>`,
    expected: [
      told({
        reference: 'PB-6120',
        guestNames: ['Rebecca Lindholm'],
        partySize: 4,
        date: '2026-05-30',
        departs: '18:30',
        amountCents: 25560,
      }),
    ],
  }),
  answered({
    name: 'a guest who cancels in an answer',
    receivedAt: '2026-05-29T09:19:00Z',
    subject: 'Re: Your booking PB-6120 is confirmed',
    text: `Hi Tori, I'm so sorry but we have to cancel, two of us have come down with the flu. Please refund to the same card if you can.

Rebecca

On Tue, May 26, 2026 at 7:41 AM Pelican Bay Sailing <hello@pelicanbaysailing.example> wrote:
> Hi Rebecca, all done! Your new details:
>
> Booking number: PB-6120
> Name: Rebecca Lindholm
> Trip: Sunset Dolphin Sail
> Date: Saturday, May 30, 2026
> Time: 6:30 PM
> Guests: 4
> Total: $255.60
>
> Tori
`,
    expected: [
      told({
        reference: 'PB-6120',
        cancelled: true,
        guestNames: ['Rebecca Lindholm'],
        partySize: 4,
        date: '2026-05-30',
        departs: '18:30',
        amountCents: 25560,
      }),
    ],
  }),
];

const planner = lettersOf('second-planner', 'month-first', 'Gail Thornbury <gail@thornburyevents.example>');

const plannerMails: readonly CorpusMail[] = [
  planner({
    name: 'an enquiry for an event',
    receivedAt: '2026-04-07T14:14:00Z',
    subject: 'Availability for a rehearsal dinner cruise?',
    text: `Hello,

I'm a wedding planner in Sarasota. Do you have anything available on a Friday in October for a rehearsal dinner cruise? It would be 30 to 35 people, around three hours. Could you send me your rates and a sample menu?

Many thanks,
Gail Thornbury
Thornbury Events
941 555 0129
`,
    expected: [],
  }),
  planner({
    name: 'the go-ahead after a quote',
    receivedAt: '2026-04-15T10:48:00Z',
    subject: 'Re: Quote Q-2207, rehearsal dinner cruise',
    text: `Hi Dan,

The couple said yes! Please book it as quoted. Final headcount is 32. The contract is signed and attached, deposit goes out today.

Gail

On Fri, Apr 10, 2026 at 3:30 PM Dan Petrakis <dan@pelicanbaysailing.example> wrote:
> Hi Gail,
>
> Happy to quote the following:
>
> Quote: Q-2207
> Client: Morgan & Ellis wedding
> Vessel: Gulf Empress
> Date: Friday, October 16, 2026
> Boarding 5:30 PM, departs 6:00 PM, back at 9:00 PM
> Guests: up to 35
> Charter price: $4,200.00
> Tax: $294.00
> Total: $4,494.00
>
> Dan
`,
    expected: [
      told({
        reference: 'Q-2207',
        guestNames: ['Morgan & Ellis wedding'],
        partySize: 32,
        date: '2026-10-16',
        departs: '18:00',
        vessel: 'Gulf Empress',
        amountCents: 449400,
        outsideCents: 29400,
      }),
    ],
  }),
];

export const THREAD_MAILS: readonly CorpusMail[] = [...forwardedMails, ...answeredMails, ...plannerMails];
