/** The seen half: what the reader was written and tuned against. */
import type { CorpusMail, ExpectedBooking } from './corpus-mail.ts';
import letters from './seen-letters.json';

const NOTHING = {
  cancelled: false,
  reference: null,
  guestNames: [],
  partySize: null,
  date: null,
  departs: null,
  vessel: null,
  amountCents: null,
} as const satisfies ExpectedBooking;

type Parts = Partial<CorpusMail['mail']> & { subject: string; locale?: CorpusMail['locale'] };

function layoutOf(
  layout: string,
  from: string,
  mails: readonly (readonly [Parts, ...Partial<ExpectedBooking>[]])[],
): CorpusMail[] {
  return mails.map(([{ locale, ...parts }, ...says], index) => ({
    layout,
    name: `${layout} ${index + 1}`,
    locale: locale ?? 'month-first',
    mail: {
      messageId: `seen-${layout.replace(/\W+/g, '-')}-${index + 1}`,
      receivedAt: '2026-05-02T09:00:00Z',
      from,
      text: null,
      html: null,
      ...parts,
    },
    expected: says.map((each) => ({ ...NOTHING, ...each })),
  }));
}

// 1. A booking widget's HTML: two columns in bordered rows, with a plain body that says the same.
const widgetHtml = (title: string, rows: readonly (readonly [string, string])[]) =>
  `<html><head><style>td{padding:4px}</style></head><body><h2>${title}</h2><table>${rows
    .map(
      ([label, value]) => `<tr><td style="color:#666"><strong>${label}</strong></td><td>${value}</td></tr>`,
    )
    .join(
      '',
    )}</table><p>Cancellation policy: cancel up to 24 hours before departure for a full refund.</p><p>Sent by TideBook</p></body></html>`;
const widgetText = (title: string, rows: readonly (readonly [string, string])[]) =>
  `${title}\n\n${rows.map(([label, value]) => `*${label}* ${value}`).join('\n')}\n\nCancellation policy: cancel up to 24 hours before departure for a full refund.`;
const WIDGET_1 = [
  ['Booking #', 'TB-40412'],
  ['Customer', 'Alice Moreau'],
  ['Email', 'alice@mail.example'],
  ['Phone', '+1 305-555-0109'],
  ['Tour', 'Sunset Sail'],
  ['Vessel', 'Sea Breeze'],
  ['Date', 'Thursday, May 14, 2026'],
  ['Time', '5:30pm – 7:30pm'],
  ['Guests', '4 Adults (13+), 2 Children (3-12)'],
  ['Subtotal', '$600.00'],
  ['Tax', '$45.00'],
  ['Total', '$645.00'],
  ['Paid', '$200.00'],
] as const;
const widget = layoutOf('widget table', 'TideBook <bookings@tidebook.example>', [
  [
    { subject: 'Booking #TB-40412: Alice Moreau, May 14', html: widgetHtml('New booking', WIDGET_1) },
    {
      reference: 'TB-40412',
      guestNames: ['Alice Moreau'],
      partySize: 6,
      date: '2026-05-14',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 64_500,
      outsideCents: 4_500,
      isNet: false,
      currency: '$',
    },
  ],
  [
    {
      subject: 'Booking #TB-40413: Ben Adeyemi, May 15',
      html: widgetHtml('New booking', [
        ['Booking #', 'TB-40413'],
        ['Customer', 'Ben Adeyemi'],
        ['Vessel', 'Marlin'],
        ['Date', 'Friday, May 15, 2026'],
        ['Time', 'Noon'],
        ['Guests', '12 people'],
        ['Total', '$1,500.00'],
      ]),
      text: widgetText('New booking', [
        ['Booking #:', 'TB-40413'],
        ['Customer:', 'Ben Adeyemi'],
        ['Vessel:', 'Marlin'],
        ['Date:', 'Friday, May 15, 2026'],
        ['Time:', 'Noon'],
        ['Guests:', '12 people'],
        ['Total:', '$1,500.00'],
      ]),
    },
    {
      reference: 'TB-40413',
      guestNames: ['Ben Adeyemi'],
      partySize: 12,
      date: '2026-05-15',
      departs: '12:00',
      vessel: 'Marlin',
      amountCents: 150_000,
    },
  ],
  [
    {
      subject: 'Cancelled: Booking #TB-40413',
      html: widgetHtml('Booking cancelled', [
        ['Booking #', 'TB-40413'],
        ['Customer', 'Ben Adeyemi'],
        ['Date', 'Friday, May 15, 2026'],
        ['Status', 'Cancelled'],
        ['Refund', '$1,500.00'],
      ]),
    },
    { reference: 'TB-40413', cancelled: true, guestNames: ['Ben Adeyemi'], date: '2026-05-15' },
  ],
  [
    {
      subject: 'Updated: Booking #TB-40412',
      html: widgetHtml('Booking updated', [
        ['Booking #', 'TB-40412'],
        ['Customer', 'Alice Moreau'],
        ['Previous date', 'Thursday, May 14, 2026'],
        ['New date', 'Thursday, May 21, 2026'],
        ['Time', '5:30pm'],
        ['Guests', '7'],
        ['Total', '$752.50'],
      ]),
    },
    {
      reference: 'TB-40412',
      guestNames: ['Alice Moreau'],
      partySize: 7,
      date: '2026-05-21',
      departs: '17:30',
      amountCents: 75_250,
    },
  ],
  [
    {
      subject: 'Booking #TB-40420: The Ng Group',
      html: widgetHtml('New booking', [
        ['Booking #', 'TB-40420'],
        ['Group name', 'Ng Group'],
        ['Guest names', 'Mei Ng<br>Arthur Ng<br>Lucy Ng'],
        ['Vessel', 'Windward II'],
        ['Date &amp; Time', 'Sat, May 30, 2026 @ 10:00 AM'],
        ['Party size', '3'],
        ['Total', 'Complimentary'],
      ]),
    },
    {
      reference: 'TB-40420',
      guestNames: ['Ng', 'Mei Ng', 'Arthur Ng', 'Lucy Ng'],
      partySize: 3,
      date: '2026-05-30',
      departs: '10:00',
      vessel: 'Windward II',
      amountCents: 0,
    },
  ],
]);

// 2. An office's own web form: plain `Label: value`.
const form = layoutOf('web form', 'Website <form@charters.example>', [
  [
    {
      subject: 'Charter booking form',
      text: 'A new booking was submitted.\r\n\r\nFirst Name: Helen\r\nLast Name: Tran\r\nEmail: helen@mail.example\r\nCharter Date: 05/20/2026\r\nDeparture Time: 09:00\r\nBoat: Marlin\r\nHow many people? : 5\r\nConfirmation No.: 88121\r\nAmount: 625.00\r\nComments: none\r\n',
    },
    {
      reference: '88121',
      guestNames: ['Helen Tran'],
      partySize: 5,
      date: '2026-05-20',
      departs: '09:00',
      vessel: 'Marlin',
      amountCents: 62_500,
    },
  ],
  [
    {
      subject: 'Charter booking form',
      text: 'First Name: Piotr\nLast Name: Wiśniewski\nCharter Date: 05/06/2026\nDeparture Time: 14:30\nBoat: Windward II\nAdults: 8\nChildren: 3\nConfirmation No.: 88122\nAmount: USD 1,375.00',
    },
    {
      reference: '88122',
      guestNames: ['Piotr Wiśniewski'],
      partySize: 11,
      date: '2026-05-06',
      departs: '14:30',
      vessel: 'Windward II',
      amountCents: 137_500,
    },
  ],
  [
    {
      subject: 'Charter booking form',
      locale: 'day-first',
      text: 'First Name: Piotr\nLast Name: Wiśniewski\nCharter Date: 05/06/2026\nDeparture Time: 14:30\nBoat: Windward II\nNumber of guests: ten\nConfirmation No.: 88123\nAmount: 1250',
    },
    {
      reference: '88123',
      guestNames: ['Piotr Wiśniewski'],
      partySize: 10,
      date: '2026-06-05',
      departs: '14:30',
      vessel: 'Windward II',
      amountCents: 125_000,
    },
  ],
  [
    {
      subject: 'Charter booking form',
      text: 'First Name: Sam\nLast Name: Doe\nCharter Date: 05/06/2026\nReturn date: 25/06/2026\nDeparture Time: 14:30\nBoat: Windward II\nNumber of guests: 4\nConfirmation No.: 88124\nAmount: $500.00',
    },
    {
      reference: '88124',
      guestNames: ['Sam Doe'],
      partySize: 4,
      date: null,
      departs: '14:30',
      vessel: 'Windward II',
      amountCents: 50_000,
      doubtful: true,
    },
  ],
  [
    {
      subject: 'Contact form: question',
      text: 'Name: Carl Weber\nEmail: carl@mail.example\nMessage: Do you rent fishing rods? I could not find it on your site.',
    },
  ],
  [
    {
      subject: 'Charter booking form',
      text: 'First\u00a0Name:\u00a0Hel\u200ben\nLast Name:\u00a0Tran\nCharter\u00a0Date:\u00a005/27/2026\nDeparture Time:\u00a09:00\u202fAM\nBoat:\u00a0Marlin\nHow many people?: 2\nConfirmation No.: 88140\nAmount:\u00a0$250.00',
    },
    {
      reference: '88140',
      guestNames: ['Helen Tran'],
      partySize: 2,
      date: '2026-05-27',
      departs: '09:00',
      vessel: 'Marlin',
      amountCents: 25_000,
    },
  ],
]);

// 3. Written by hand, by people in a hurry.
const hand = layoutOf('by hand', 'Joan <joan@islandtravel.example>', [
  [
    {
      subject: 'booking for the 16th',
      text: 'Hi Bob,\n\nCan you confirm the Sea Breeze for the Henderson party on May 16, 2026 at 5.30pm? Six adults and\ntwo children. Booking ref IT-331. We agreed $1,000.\n\nThanks!\nJoan',
    },
    {
      reference: 'IT-331',
      guestNames: ['Henderson'],
      partySize: 8,
      date: '2026-05-16',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 100_000,
    },
  ],
  [
    {
      subject: 'Re: charter',
      text: 'Bob - all set. Dr. Maya Iyer, party of 4, aboard Marlin, Sunday 17 May 2026, 9 am. Total comes to $500.00, deposit of $100.00 already paid. Ref: IT-340.\n\nJ.',
    },
    {
      reference: 'IT-340',
      guestNames: ['Dr. Maya Iyer'],
      partySize: 4,
      date: '2026-05-17',
      departs: '09:00',
      vessel: 'Marlin',
      amountCents: 50_000,
    },
  ],
  [
    {
      subject: 'IT-331',
      text: 'Hi Bob,\n\nsorry, the Hendersons have to cancel. Please cancel booking IT-331.\n\nJoan',
    },
    { reference: 'IT-331', cancelled: true },
  ],
  [
    {
      subject: 'Change to booking IT-340',
      text: 'Hello,\n\nwe need to change booking IT-340: moved from May 17 to May 24, 2026, now 6 guests instead of 4. New total $750.\n\nJoan',
    },
    { reference: 'IT-340', partySize: 6, date: '2026-05-24', amountCents: 75_000 },
  ],
  [
    {
      subject: 'Invoice 2291 for dock cleaning',
      text: 'Dear Bob,\n\nplease find attached our invoice 2291 for the dock cleaning of May 4, 2026, total $310.00, due by May 18.\n\nRegards,\nBayside Cleaning',
    },
  ],
  [
    {
      subject: 'Reservation',
      text: 'Good morning,\n\nplease reserve the catamaran Windward II for Mr. Luca Bianchi on Friday 29 May 2026, departing at 10:30 AM, for a family of five. Our reference is LB-7701 and the agreed price is USD 1,180.00.\n\nMany thanks',
    },
    {
      reference: 'LB-7701',
      guestNames: ['Mr. Luca Bianchi'],
      partySize: 5,
      date: '2026-05-29',
      departs: '10:30',
      vessel: 'Windward II',
      amountCents: 118_000,
    },
  ],
]);

// 4. A fax-like form from an old agency: capitals, leaders, fixed width.
const fax = (lines: readonly (readonly [string, string])[]) =>
  `ISLAND EXCURSIONS LTD.\nSERVICE VOUCHER\n\n${lines.map(([label, value]) => `${label}${'.'.repeat(24 - label.length)}: ${value}`).join('\n')}\n\nE. & O. E.`;
const voucher = layoutOf('voucher leaders', 'Island Excursions <ops@islandex.example>', [
  [
    {
      subject: 'Service voucher',
      locale: 'day-first',
      text: fax([
        ['VOUCHER NO', 'IE/20231'],
        ['LEAD PASSENGER', 'SCHMIDT, KARL MR'],
        ['PAX', '2 ADT'],
        ['SERVICE DATE', '14/05/26'],
        ['PICK UP TIME', '16:45'],
        ['DEPARTURE TIME', '17:30'],
        ['VESSEL', 'M/V ALBATROS'],
        ['NET AMOUNT', 'EUR 198,00'],
      ]),
    },
    {
      reference: 'IE/20231',
      guestNames: ['KARL SCHMIDT'],
      partySize: 2,
      date: '2026-05-14',
      departs: '17:30',
      vessel: 'M/V ALBATROS',
      amountCents: 19_800,
      isNet: true,
      currency: 'EUR',
    },
  ],
  [
    {
      subject: 'Service voucher',
      locale: 'day-first',
      text: fax([
        ['VOUCHER NO', 'IE/20240'],
        ['LEAD PASSENGER', 'Lindqvist, Astrid'],
        ['PAX', '4 (2 adults + 2 children)'],
        ['SERVICE DATE', 'Thu 07/05/26'],
        ['DEPARTURE TIME', '9.15'],
        ['VESSEL', 'M/V ALBATROS'],
        ['NET AMOUNT', '€1.396,00'],
      ]),
    },
    {
      reference: 'IE/20240',
      guestNames: ['Astrid Lindqvist'],
      partySize: 4,
      date: '2026-05-07',
      departs: '09:15',
      vessel: 'M/V ALBATROS',
      amountCents: 139_600,
      isNet: true,
      currency: 'EUR',
    },
  ],
  [
    {
      subject: 'AMENDED service voucher',
      locale: 'day-first',
      text: fax([
        ['VOUCHER NO', 'IE/20240'],
        ['LEAD PASSENGER', 'Lindqvist, Astrid'],
        ['PAX', '5 (was 4)'],
        ['SERVICE DATE', '08/05/26'],
        ['DEPARTURE TIME', '0915 hrs'],
        ['VESSEL', 'M/V ALBATROS'],
        ['NET AMOUNT', '1 495,00 EUR'],
      ]),
    },
    {
      reference: 'IE/20240',
      guestNames: ['Astrid Lindqvist'],
      partySize: 5,
      date: '2026-05-08',
      departs: '09:15',
      vessel: 'M/V ALBATROS',
      amountCents: 149_500,
      isNet: true,
      currency: 'EUR',
    },
  ],
  [
    {
      subject: 'CANCELLATION service voucher IE/20231',
      locale: 'day-first',
      text: fax([
        ['VOUCHER NO', 'IE/20231'],
        ['LEAD PASSENGER', 'SCHMIDT, KARL MR'],
        ['SERVICE DATE', '14/05/26'],
        ['STATUS', 'CANCELLED'],
      ]),
    },
    { reference: 'IE/20231', cancelled: true, guestNames: ['KARL SCHMIDT'], date: '2026-05-14' },
  ],
  [
    {
      subject: 'Service voucher',
      locale: 'day-first',
      text: fax([
        ['VOUCHER NO', 'IE/20255'],
        ['LEAD PASSENGER', 'O’Neill, Sinéad'],
        ['PAX', '8-10'],
        ['SERVICE DATE', '31/04/26'],
        ['DEPARTURE TIME', '17:30'],
        ['VESSEL', 'M/V ALBATROS'],
        ['NET AMOUNT', 'EUR 990,00'],
      ]),
    },
    {
      reference: 'IE/20255',
      guestNames: ['Sinéad O’Neill'],
      departs: '17:30',
      vessel: 'M/V ALBATROS',
      amountCents: 99_000,
      isNet: true,
      currency: 'EUR',
      doubtful: true,
    },
  ],
]);

// 5. Several bookings in one plain mail: blocks, or a table drawn with bars.
const blocks = layoutOf('blocks and bars', 'Marina Desk <desk@marina.example>', [
  [
    {
      subject: "Tomorrow's reservations",
      text: 'Reservations for your boats:\n\nReservation: MD100\nName: Iris Vale\nDate: 2026-05-14\nTime: 17:30\nBoat: Sea Breeze\nParty: 4\nTotal: $500\n\nReservation: MD101\nName: Otto Renn\nDate: 2026-05-14\nTime: 09:00\nBoat: Marlin\nParty: 2\nTotal: $250\n',
    },
    {
      reference: 'MD100',
      guestNames: ['Iris Vale'],
      partySize: 4,
      date: '2026-05-14',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 50_000,
    },
    {
      reference: 'MD101',
      guestNames: ['Otto Renn'],
      partySize: 2,
      date: '2026-05-14',
      departs: '09:00',
      vessel: 'Marlin',
      amountCents: 25_000,
    },
  ],
  [
    {
      subject: 'Reservations',
      text: '| Ref | Guest | Date | Time | Boat | Pax | Amount |\n|-----|-------|------|------|------|-----|--------|\n| MD110 | Fay Quinn | 2026-05-20 | 17:30 | Sea Breeze | 6 | $750.00 |\n| MD111 | Raj Patel | 2026-05-21 | 17:30 | Sea Breeze | 3 | $375.00 |\n| MD112 | Nora Lund | 2026-05-21 | 10:00 | Marlin | 4 | $500.00 |\n',
    },
    {
      reference: 'MD110',
      guestNames: ['Fay Quinn'],
      partySize: 6,
      date: '2026-05-20',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 75_000,
    },
    {
      reference: 'MD111',
      guestNames: ['Raj Patel'],
      partySize: 3,
      date: '2026-05-21',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 37_500,
    },
    {
      reference: 'MD112',
      guestNames: ['Nora Lund'],
      partySize: 4,
      date: '2026-05-21',
      departs: '10:00',
      vessel: 'Marlin',
      amountCents: 50_000,
    },
  ],
  [
    {
      subject: 'Reservations',
      text: 'Booking 1\nGuest name: Ugo Conti\nDate: May 22, 2026\nTime: 5:30 PM\nVessel: Sea Breeze\nPax: 2\nReference: MD120\n\nBooking 2\nGuest name: Ella Marsh\nDate: May 23, 2026\nTime: 10:00 AM\nVessel: Marlin\nPax: 5\nReference: MD121\nStatus: Cancelled\n',
    },
    {
      reference: 'MD120',
      guestNames: ['Ugo Conti'],
      partySize: 2,
      date: '2026-05-22',
      departs: '17:30',
      vessel: 'Sea Breeze',
    },
    {
      reference: 'MD121',
      cancelled: true,
      guestNames: ['Ella Marsh'],
      partySize: 5,
      date: '2026-05-23',
      departs: '10:00',
      vessel: 'Marlin',
    },
  ],
  [
    {
      subject: 'Reservations',
      text: 'Ref: MD130, Guest: Kofi Mensah, Date: May 25, 2026, Time: 5:30 PM, Boat: Sea Breeze, Pax: 6, Amount: $750.00\nRef: MD131, Guest: Lea Roth, Date: May 25, 2026, Time: 9:00 AM, Boat: Marlin, Pax: 1, Amount: $125.00\n',
    },
    {
      reference: 'MD130',
      guestNames: ['Kofi Mensah'],
      partySize: 6,
      date: '2026-05-25',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 75_000,
    },
    {
      reference: 'MD131',
      guestNames: ['Lea Roth'],
      partySize: 1,
      date: '2026-05-25',
      departs: '09:00',
      vessel: 'Marlin',
      amountCents: 12_500,
    },
  ],
  [
    {
      subject: 'Reservations',
      text: 'REF      GUEST             DATE         TIME       BOAT          PAX    AMOUNT\n-----------------------------------------------------------------------------\nMD140    Hugo Weiss        05/26/2026   5:30 PM    Sea Breeze    4      $500.00\nMD141    Tess Okoro        05/26/2026   9:00 AM    Marlin        2      $250.00\n',
    },
    {
      reference: 'MD140',
      guestNames: ['Hugo Weiss'],
      partySize: 4,
      date: '2026-05-26',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 50_000,
    },
    {
      reference: 'MD141',
      guestNames: ['Tess Okoro'],
      partySize: 2,
      date: '2026-05-26',
      departs: '09:00',
      vessel: 'Marlin',
      amountCents: 25_000,
    },
  ],
]);

// 6. HTML without tables, sent to the guest, forwarded by Gmail or quoted in a reply.
const guestHtml = (name: string, rows: readonly (readonly [string, string])[]) =>
  `<div dir="ltr"><p>Dear ${name},</p><p>Thank you for booking with Bluewater Charters! Your reservation is confirmed.</p>${rows
    .map(([label, value]) => `<p><b>${label}:</b> ${value}</p>`)
    .join(
      '\n',
    )}<p>Please arrive 30 minutes before departure (5:00 PM). If you need to cancel, call us at 305-555-0199.</p><p>See you aboard!</p></div>`;
const gmailForward = (inner: string, date: string, subject: string) =>
  `<div dir="ltr">FYI<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong class="gmail_sendername">Bluewater Charters</strong> <span>&lt;<a href="mailto:book@bluewater.example">book@bluewater.example</a>&gt;</span><br>Date: ${date}<br>Subject: ${subject}<br>To: Pat &lt;pat@mail.example&gt;<br></div><br><br>${inner}</div></div>`;
const GUEST_1 = guestHtml('Pat Sorensen', [
  ['Confirmation code', 'BWQ-7731'],
  ['Charter', 'Private sunset charter aboard Sea Breeze'],
  ['When', 'Thursday, May 28, 2026 at 5:30 PM'],
  ['Guests', '8'],
  ['Grand total', '$1,062.50'],
]);
const guest = layoutOf('guest confirmation', 'Bluewater Charters <book@bluewater.example>', [
  [
    { subject: 'Your reservation BWQ-7731 is confirmed', html: GUEST_1 },
    {
      reference: 'BWQ-7731',
      guestNames: ['Pat Sorensen'],
      partySize: 8,
      date: '2026-05-28',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 106_250,
    },
  ],
  [
    {
      subject: 'Fwd: Your reservation BWQ-7731 is confirmed',
      html: gmailForward(GUEST_1, 'Mon, Apr 27, 2026 at 11:02 AM', 'Your reservation BWQ-7731 is confirmed'),
    },
    {
      reference: 'BWQ-7731',
      guestNames: ['Pat Sorensen'],
      partySize: 8,
      date: '2026-05-28',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 106_250,
    },
  ],
  [
    {
      subject: 'Re: Your reservation BWQ-7731 is confirmed',
      html: `<div dir="ltr">Hi, we are now 10 guests, the total is now $1,312.50 as agreed. Please update the booking.<br></div><br><div class="gmail_quote"><div class="gmail_attr">On Mon, Apr 27, 2026 at 11:02 AM Bluewater Charters &lt;<a href="mailto:b@x.example">b@x.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0">${GUEST_1}</blockquote></div>`,
    },
    {
      reference: 'BWQ-7731',
      guestNames: ['Pat Sorensen'],
      partySize: 10,
      date: '2026-05-28',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 131_250,
    },
  ],
  [
    {
      subject: 'Fwd: Fwd: Your reservation BWQ-7740 is confirmed',
      text: 'see below\n\n---------- Forwarded message ---------\nFrom: Pat <pat@mail.example>\nDate: Tue, Apr 28, 2026 at 8:00 AM\nSubject: Fwd: Your reservation BWQ-7740 is confirmed\nTo: Office <office@charters.example>\n\nFor you\n\nBegin forwarded message:\n\nFrom: Bluewater Charters <book@bluewater.example>\nDate: April 27, 2026 at 11:02:13 AM EDT\nTo: pat@mail.example\nSubject: Your reservation BWQ-7740 is confirmed\n\nDear Quinn Abbott,\n\nYour reservation is confirmed.\n\nConfirmation code: BWQ-7740\nVessel: Marlin\nWhen: Saturday, May 30, 2026 at 9:00 AM\nGuests: two\nGrand total: $250.00\n',
    },
    {
      reference: 'BWQ-7740',
      guestNames: ['Quinn Abbott'],
      partySize: 2,
      date: '2026-05-30',
      departs: '09:00',
      vessel: 'Marlin',
      amountCents: 25_000,
    },
  ],
  [
    {
      subject: 'Your charter is coming up: what to bring',
      html: '<p>Hi there,</p><p>Sunscreen, a hat and soft shoes. Read our <a href="#">cancellation policy</a>. Follow us for 10% off!</p><p><a href="#">Unsubscribe</a></p>',
    },
  ],
]);

// 7. Mails that arrive damaged.
const damaged = layoutOf('damaged', 'Old System <noreply@oldsys.example>', [
  [
    {
      subject: 'Booking confirmation OS-501',
      text: 'Booking reference: OS-501\nGuest name: JÃ¼rgen MÃ¼ller\nDate: May 18, 2026\nTime: 5:30 PM\nVessel: Sea Breeze\nGuests: 2\nTotal: â‚¬250.00\n',
    },
    {
      reference: 'OS-501',
      guestNames: ['Jürgen Müller'],
      partySize: 2,
      date: '2026-05-18',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 25_000,
    },
  ],
  [
    {
      subject: 'Booking confirmation OS-502',
      text: 'Booking reference: OS-502=\n\nGuest name: Chlo=C3=A9 Petit\nDate: May 18, 2026=20\nTime: 5:30 PM\nVessel: Sea Breeze and a very long line that the sender wrapped =\nsomewhere\nGuests: 2\nTotal: $250.00\n'.replace(
        'Sea Breeze and a very long line that the sender wrapped =\nsomewhere',
        'Sea =\nBreeze',
      ),
    },
    {
      reference: 'OS-502',
      guestNames: ['Chloé Petit'],
      partySize: 2,
      date: '2026-05-18',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 25_000,
    },
  ],
  [
    {
      subject: 'Booking confirmation OS-503',
      text: 'Booking reference: OS-503\nGuest name: J\ufffdrgen M\ufffdller\nDate: May 18, 2026\nTime: 5:30 PM\nVessel: Sea Breeze\nGuests: 2\nTotal: $250.00\n',
    },
    {
      reference: 'OS-503',
      guestNames: ['J\ufffdrgen M\ufffdller'],
      partySize: 2,
      date: '2026-05-18',
      departs: '17:30',
      vessel: 'Sea Breeze',
      amountCents: 25_000,
      doubtful: true,
    },
  ],
  [
    {
      subject: 'Booking confirmation OS-504',
      html: '<html><body><img src="https://x.example/booking.png" alt=""></body></html>',
    },
    { reference: 'OS-504', doubtful: true },
  ],
  [{ subject: 'Booking confirmation', text: 'Please open the attached PDF.' }, { doubtful: true }],
]);

// 8. One of a kind: letters, forms and system mails, each laid out in its own way.
const single: readonly CorpusMail[] = letters.map((each) => ({
  ...each,
  locale: each.locale === 'day-first' ? 'day-first' : 'month-first',
}));

export const SEEN: readonly CorpusMail[] = [
  ...widget,
  ...form,
  ...hand,
  ...voucher,
  ...blocks,
  ...guest,
  ...damaged,
  ...single,
];
