/**
 * The unseen half: six layouts, thirty mails, written before the reader was, and not looked at while it was
 * tuned. What each mail says is written by hand beside it.
 */
import type { CorpusMail, ExpectedBooking } from './corpus-mail.ts';

function mailOf(
  layout: string,
  index: number,
  parts: {
    subject: string;
    from: string;
    text?: string;
    html?: string;
    receivedAt?: string;
    locale?: 'month-first' | 'day-first';
  },
  expected: readonly ExpectedBooking[],
): CorpusMail {
  return {
    layout,
    name: `${layout} ${index}`,
    locale: parts.locale ?? 'month-first',
    mail: {
      messageId: `unseen-${layout.replace(/\W+/g, '-')}-${index}`,
      receivedAt: parts.receivedAt ?? '2026-05-03T14:20:00Z',
      subject: parts.subject,
      from: parts.from,
      text: parts.text ?? null,
      html: parts.html ?? null,
    },
    expected,
  };
}

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

// 1. A marketplace: HTML only in earnest, small grey captions above their values, two to a row.
interface Card {
  intro: string;
  cells: readonly (readonly [string, string])[];
  foot?: string;
}

function cardHtml({ intro, cells, foot }: Card): string {
  const rows: string[] = [];
  for (let index = 0; index < cells.length; index += 2) {
    const pair = cells.slice(index, index + 2);
    rows.push(
      `<tr>${pair
        .map(
          ([caption, value]) =>
            `<td width="50%" style="padding:8px 0;vertical-align:top"><div style="font-size:11px;color:#888;text-transform:uppercase">${caption}</div>\n<div style="font-size:15px">${value}</div></td>`,
        )
        .join('\n')}</tr>`,
    );
  }
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>HarbourHop</title><style>@media only screen and (max-width:600px){.c{width:100%!important}} td{font-family:Arial}</style></head>
<body style="margin:0"><div style="display:none;max-height:0;overflow:hidden">Get ready to cast off! &zwnj;&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;</div>
<table role="presentation" width="100%"><tr><td align="center"><table role="presentation" class="c" width="600">
<tr><td><img src="https://cdn.example/logo.png" alt="HarbourHop" width="120"></td></tr>
<tr><td><h1 style="font-size:22px">${intro}</h1></td></tr>
<tr><td><table role="presentation" width="100%">${rows.join('\n')}</table></td></tr>
<tr><td><p>${foot ?? 'Free cancellation up to 48 hours before departure. After that, cancelled trips are not refunded.'}</p>
<p><a href="https://example/manage?x=1">Manage booking</a> &middot; <a href="https://example/help">Help centre</a></p></td></tr>
</table></td></tr></table><img src="https://t.example/o.gif" width="1" height="1"></body></html>`;
}
const SEE_HTML = 'This message is best viewed in an HTML mail reader.\n';
const HOP = 'HarbourHop <no-reply@harbourhop.example>';

const marketplace: readonly CorpusMail[] = [
  mailOf(
    'marketplace cards',
    1,
    {
      subject: 'You have a new booking 🎉',
      from: HOP,
      text: SEE_HTML,
      html: cardHtml({
        intro: 'Nice! Dana Whitfield just booked your boat',
        cells: [
          ['Guest', 'Dana Whitfield'],
          ['Boat', 'Sea Breeze'],
          ['Trip date', 'Thu, May 14, 2026'],
          ['Departure time', '5:30 PM'],
          ['Group size', '6 people'],
          ['Booking ID', 'HH-20931'],
          ['Booked on', 'May 3, 2026'],
          ['Total', '$750.00'],
        ],
      }),
    },
    [
      {
        ...NOTHING,
        reference: 'HH-20931',
        guestNames: ['Dana Whitfield'],
        partySize: 6,
        date: '2026-05-14',
        departs: '17:30',
        vessel: 'Sea Breeze',
        amountCents: 75_000,
      },
    ],
  ),
  mailOf(
    'marketplace cards',
    2,
    {
      subject: 'You have a new booking 🎉',
      from: HOP,
      text: SEE_HTML,
      html: cardHtml({
        intro: 'Nice! Ren&eacute;e O&rsquo;Dowd just booked your boat',
        cells: [
          ['Guest', 'Ren&eacute;e O&rsquo;Dowd'],
          ['Boat', 'Windward&nbsp;II'],
          ['Trip date', 'Sat, May 16, 2026'],
          ['Departure time', '10:00 AM &ndash; 2:00 PM'],
          ['Group size', '10 adults, 2 children'],
          ['Booking ID', 'HH-20977'],
          ['Subtotal', '$1,400.00'],
          ['Service fee', '$140.00'],
          ['Total', '$1,540.00'],
          ['Your payout', '$1,330.00'],
        ],
      }),
    },
    [
      {
        ...NOTHING,
        reference: 'HH-20977',
        guestNames: ['Renée O’Dowd'],
        partySize: 12,
        date: '2026-05-16',
        departs: '10:00',
        vessel: 'Windward II',
        amountCents: 154_000,
      },
    ],
  ),
  mailOf(
    'marketplace cards',
    3,
    {
      subject: 'Booking HH-20931 was cancelled',
      from: HOP,
      text: SEE_HTML,
      html: cardHtml({
        intro: 'Dana Whitfield cancelled booking HH-20931',
        cells: [
          ['Guest', 'Dana Whitfield'],
          ['Boat', 'Sea Breeze'],
          ['Trip date', 'Thu, May 14, 2026'],
          ['Refund to guest', '$750.00'],
        ],
        foot: 'Nothing else to do: your calendar is open again for this day.',
      }),
    },
    [
      {
        ...NOTHING,
        reference: 'HH-20931',
        cancelled: true,
        guestNames: ['Dana Whitfield'],
        date: '2026-05-14',
        vessel: 'Sea Breeze',
      },
    ],
  ),
  mailOf(
    'marketplace cards',
    4,
    {
      subject: 'Booking HH-20977 has changed',
      from: HOP,
      text: SEE_HTML,
      html: cardHtml({
        intro: 'Ren&eacute;e changed her booking',
        cells: [
          ['Guest', 'Ren&eacute;e O&rsquo;Dowd'],
          ['Boat', 'Windward II'],
          ['Trip date', '<s>Sat, May 16, 2026</s> Sun, May 17, 2026'],
          ['Departure time', '10:00 AM'],
          ['Group size', '<del>12</del> 14'],
          ['Booking ID', 'HH-20977'],
          ['Total', '$1,790.50'],
        ],
      }),
    },
    [
      {
        ...NOTHING,
        reference: 'HH-20977',
        guestNames: ['Renée O’Dowd'],
        partySize: 14,
        date: '2026-05-17',
        departs: '10:00',
        vessel: 'Windward II',
        amountCents: 179_050,
      },
    ],
  ),
  mailOf(
    'marketplace cards',
    5,
    {
      subject: '5 ideas to fill your calendar this June',
      from: HOP,
      text: SEE_HTML,
      html: cardHtml({
        intro: 'June is nearly here, captain!',
        cells: [
          ['Tip 1', 'Lower your minimum group size to 4'],
          ['Tip 2', 'Offer 10% off boats booked by June 1, 2026'],
        ],
        foot: 'You get this newsletter because you list boats with us. Unsubscribe.',
      }),
    },
    [],
  ),
];

// 2. A large tour reseller: plain text to its supplier.
function resellerText(
  lines: readonly string[],
  opening = 'The following booking has been made for one of your tours.',
): string {
  return `Dear Supplier,

${opening} Please keep this message for your records.

${lines.join('\n')}

Need to contact the traveler? Use the message centre in your extranet.
Travelers can cancel free of charge until 24 hours before the start time.

Sincerely,
The Wayfarer Supplier Team
1 Market Square, Suite 400
`;
}
const WAY = 'Wayfarer Bookings <booking@mail.wayfarer.example>';

const reseller: readonly CorpusMail[] = [
  mailOf(
    'reseller plain',
    1,
    {
      subject: 'New Booking for Tue, May 12, 2026 (#BR-1183340921)',
      from: WAY,
      text: resellerText([
        'Booking Reference: #BR-1183340921',
        'Tour Name: Sunset Sail with Open Bar',
        'Travel Date: Tue, May 12, 2026',
        'Lead Traveler Name: Marcus Ojukwu',
        'Traveler Names: Marcus Ojukwu, Adaeze Ojukwu',
        'Travelers: 2 Adults',
        'Product Code: 88213P4',
        'Tour Grade: Evening',
        'Tour Grade Code: TG2~17:30',
        'Tour Language: English - Guide',
        'Location: Key West, United States',
        'Net Rate: USD 196.00',
      ]),
    },
    [
      {
        ...NOTHING,
        reference: 'BR-1183340921',
        guestNames: ['Marcus Ojukwu', 'Adaeze Ojukwu'],
        partySize: 2,
        date: '2026-05-12',
        departs: '17:30',
        amountCents: 19_600,
      },
    ],
  ),
  mailOf(
    'reseller plain',
    2,
    {
      subject: 'New Booking for Sat, May 30, 2026 (#BR-1183377002)',
      from: WAY,
      text: resellerText([
        'Booking Reference: #BR-1183377002',
        'Tour Name: Private Charter aboard Marlin',
        'Travel Date: Sat, May 30, 2026',
        'Start Time: 1:00 PM',
        'Lead Traveler Name: Kim, Ji-woo',
        'Travelers: 4 Adults, 1 Youth, 2 Infants',
        'Net Rate: USD 1,087.50',
        'Special Requirements: Celebrating a 40th birthday, arriving from hotel at 12:15 PM',
      ]),
    },
    [
      {
        ...NOTHING,
        reference: 'BR-1183377002',
        guestNames: ['Ji-woo Kim'],
        partySize: 7,
        date: '2026-05-30',
        departs: '13:00',
        vessel: 'Marlin',
        amountCents: 108_750,
      },
    ],
  ),
  mailOf(
    'reseller plain',
    3,
    {
      subject: 'Amended Booking: BR-1183340921',
      from: WAY,
      text: resellerText(
        [
          'Booking Reference: #BR-1183340921',
          'Tour Name: Sunset Sail with Open Bar',
          'Travel Date: Wed, May 13, 2026 (previously Tue, May 12, 2026)',
          'Lead Traveler Name: Marcus Ojukwu',
          'Travelers: 3 Adults (previously 2 Adults)',
          'Start Time: 5:30 PM',
          'Net Rate: USD 294.00',
        ],
        'The following booking has been amended.',
      ),
    },
    [
      {
        ...NOTHING,
        reference: 'BR-1183340921',
        guestNames: ['Marcus Ojukwu'],
        partySize: 3,
        date: '2026-05-13',
        departs: '17:30',
        amountCents: 29_400,
      },
    ],
  ),
  mailOf(
    'reseller plain',
    4,
    {
      subject: 'Cancelled Booking: BR-1183377002',
      from: WAY,
      text: resellerText(
        [
          'Booking Reference: #BR-1183377002',
          'Tour Name: Private Charter aboard Marlin',
          'Travel Date: Sat, May 30, 2026',
          'Lead Traveler Name: Ji-woo Kim',
          'Cancellation Reason: Traveler illness',
        ],
        'We are sorry to tell you that the following booking has been canceled by the traveler.',
      ),
    },
    [
      {
        ...NOTHING,
        reference: 'BR-1183377002',
        cancelled: true,
        guestNames: ['Ji-woo Kim'],
        date: '2026-05-30',
        vessel: 'Marlin',
      },
    ],
  ),
  mailOf(
    'reseller plain',
    5,
    {
      subject: 'New Booking for Fri, May 8, 2026 (#BR-1183390118)',
      from: WAY,
      text: resellerText([
        'Booking Reference: #BR-1183390118',
        'Tour Name: Morning Snorkel Trip',
        'Travel Date: Fri, May 8, 2026',
        'Start Time: 9.00am',
        'Lead Traveler Name: Søren Kjærgård',
        'Traveler Names: Søren Kjærgård, Mette Kjærgård, Ida Kjærgård (age 9)',
        'Travelers: 2 Adults, 1 Child',
        'Net Rate: USD 255',
        'Travel Agent Reference: TA-99812',
      ]),
    },
    [
      {
        ...NOTHING,
        reference: 'BR-1183390118',
        guestNames: ['Søren Kjærgård', 'Mette Kjærgård', 'Ida Kjærgård'],
        partySize: 3,
        date: '2026-05-08',
        departs: '09:00',
        amountCents: 25_500,
      },
    ],
  ),
];

// 3. A hotel's concierge, written by hand, forwarded by the office from Outlook.
function outlookForward(note: string, subject: string, body: string): string {
  return `${note}

________________________________
From: Concierge <concierge@grandpalm.example>
Sent: Saturday, May 2, 2026 4:41 PM
To: Harbor Office <office@charters.example>
Subject: ${subject}

${body}

Kind regards,

Odette Marchetti
Chef Concierge | The Grand Palm
T +1 305 555 0142 | 2200 Ocean Drive
`;
}
const OFFICE = 'Harbor Office <office@charters.example>';

const concierge: readonly CorpusMail[] = [
  mailOf(
    'concierge forwarded',
    1,
    {
      subject: 'FW: Booking for our guests on the 14th',
      from: OFFICE,
      text: outlookForward(
        'For the file.',
        'Booking for our guests on the 14th',
        `Dear team,

As discussed on the phone, please confirm the booking for Mr. and Mrs. Castellano and friends, a party of eight, aboard the Sea Breeze on Thursday, May 14 at 5:30 pm. They will settle the total of $1,000 with us.

Our reference is GP-5521.`,
      ),
    },
    [
      {
        ...NOTHING,
        reference: 'GP-5521',
        guestNames: ['Mr. and Mrs. Castellano'],
        partySize: 8,
        date: '2026-05-14',
        departs: '17:30',
        vessel: 'Sea Breeze',
        amountCents: 100_000,
      },
    ],
  ),
  mailOf(
    'concierge forwarded',
    2,
    {
      subject: 'FW: Sailing Sunday',
      from: OFFICE,
      text: outlookForward(
        'Bob, please put this one in the book.',
        'Sailing Sunday',
        `Hello Bob,

We'd like to book the Windward II for Ms. Ingrid Aalto on Sunday, May 24, 2026, leaving at noon. Six adults and two children. Confirmation no. GP-5540. Agreed price $1,180.00 all in.`,
      ),
    },
    [
      {
        ...NOTHING,
        reference: 'GP-5540',
        guestNames: ['Ms. Ingrid Aalto'],
        partySize: 8,
        date: '2026-05-24',
        departs: '12:00',
        vessel: 'Windward II',
        amountCents: 118_000,
      },
    ],
  ),
  mailOf(
    'concierge forwarded',
    3,
    {
      subject: 'FW: GP-5521 change',
      from: OFFICE,
      text: outlookForward(
        'fyi',
        'GP-5521 change',
        `Dear team,

A small change to booking GP-5521: the Castellano party has grown from eight to ten guests. The new total is $1,250. Everything else stays as it was.`,
      ),
    },
    [{ ...NOTHING, reference: 'GP-5521', guestNames: ['Castellano'], partySize: 10, amountCents: 125_000 }],
  ),
  mailOf(
    'concierge forwarded',
    4,
    {
      subject: 'FW: Please cancel GP-5540',
      from: OFFICE,
      text: outlookForward(
        'Cancelled, Bob has taken it off the board.',
        'Please cancel GP-5540',
        `Dear team,

I am sorry, but Ms. Ingrid Aalto is unwell and we have to cancel her sailing on May 24 (our reference GP-5540). Could you waive the fee?`,
      ),
    },
    [
      {
        ...NOTHING,
        reference: 'GP-5540',
        cancelled: true,
        guestNames: ['Ms. Ingrid Aalto'],
        date: '2026-05-24',
      },
    ],
  ),
  mailOf(
    'concierge forwarded',
    5,
    {
      subject: 'FW: Staff lunch',
      from: OFFICE,
      text: outlookForward(
        'Anybody coming?',
        'Staff lunch',
        `Hello all,

We are having our neighbours' lunch on Wednesday, May 20 at noon. Let me know whether you are coming, we have room for twelve.`,
      ),
    },
    [],
  ),
];

// 4. A European agency: fixed width with dotted leaders, European dates and amounts.
function agencyText(title: string, lines: readonly (readonly [string, string])[]): string {
  return `NORDSEE REISEN GmbH  -  Incoming Agency
========================================
${title}
========================================

${lines.map(([label, value]) => `${`${label} `.padEnd(26, '.')} ${value}`).join('\n')}

----------------------------------------
All prices include 19% VAT where applicable.
Nordsee Reisen GmbH, Am Kai 12, 20457 Hamburg
`;
}
const NORD = 'Nordsee Reisen <incoming@nordsee.example>';

const agency: readonly CorpusMail[] = [
  mailOf(
    'agency leaders',
    1,
    {
      subject: 'BOOKING CONFIRMATION NR-260411',
      from: NORD,
      locale: 'day-first',
      text: agencyText('BOOKING CONFIRMATION', [
        ['Our ref', 'NR-260411'],
        ['Client', 'Jürgen Großmann'],
        ['No. of persons', '4'],
        ['Date of service', '14.05.2026'],
        ['Embarkation', '17.30 h'],
        ['Vessel', 'SY Albatros'],
        ['Total price', '1.250,00 EUR'],
      ]),
    },
    [
      {
        ...NOTHING,
        reference: 'NR-260411',
        guestNames: ['Jürgen Großmann'],
        partySize: 4,
        date: '2026-05-14',
        departs: '17:30',
        vessel: 'SY Albatros',
        amountCents: 125_000,
      },
    ],
  ),
  mailOf(
    'agency leaders',
    2,
    {
      subject: 'BOOKING CONFIRMATION NR-260415',
      from: NORD,
      locale: 'day-first',
      text: agencyText('BOOKING CONFIRMATION', [
        ['Our ref', 'NR-260415'],
        ['Client', 'Familie Brandt / Herr Ole Brandt'],
        ['No. of persons', '2 adults + 3 children'],
        ['Date of service', '06.05.2026'],
        ['Embarkation', '09:15'],
        ['Vessel', 'MS Möwe'],
        ['Total price', 'EUR 475,50'],
        ['Deposit received', 'EUR 100,00'],
        ['Balance', 'EUR 375,50'],
      ]),
    },
    [
      {
        ...NOTHING,
        reference: 'NR-260415',
        guestNames: ['Familie Brandt', 'Herr Ole Brandt'],
        partySize: 5,
        date: '2026-05-06',
        departs: '09:15',
        vessel: 'MS Möwe',
        amountCents: 47_550,
      },
    ],
  ),
  mailOf(
    'agency leaders',
    3,
    {
      subject: 'AMENDMENT NR-260411',
      from: NORD,
      locale: 'day-first',
      text: agencyText('AMENDMENT OF BOOKING', [
        ['Our ref', 'NR-260411'],
        ['Client', 'Jürgen Großmann'],
        ['No. of persons', '4 -> 6'],
        ['Date of service', '14.05.2026 -> 15.05.2026'],
        ['Embarkation', '17.30 h'],
        ['Vessel', 'SY Albatros'],
        ['Total price', '1.875,00 EUR'],
      ]),
    },
    [
      {
        ...NOTHING,
        reference: 'NR-260411',
        guestNames: ['Jürgen Großmann'],
        partySize: 6,
        date: '2026-05-15',
        departs: '17:30',
        vessel: 'SY Albatros',
        amountCents: 187_500,
      },
    ],
  ),
  mailOf(
    'agency leaders',
    4,
    {
      subject: 'STORNO / CANCELLATION NR-260415',
      from: NORD,
      locale: 'day-first',
      text: agencyText('CANCELLATION OF BOOKING', [
        ['Our ref', 'NR-260415'],
        ['Client', 'Familie Brandt'],
        ['Date of service', '06.05.2026'],
        ['Vessel', 'MS Möwe'],
        ['Cancellation fee', 'EUR 95,10'],
      ]),
    },
    [
      {
        ...NOTHING,
        reference: 'NR-260415',
        cancelled: true,
        guestNames: ['Familie Brandt'],
        date: '2026-05-06',
        vessel: 'MS Möwe',
      },
    ],
  ),
  mailOf(
    'agency leaders',
    5,
    {
      subject: 'BOOKING CONFIRMATION NR-260418',
      from: NORD,
      locale: 'day-first',
      text: agencyText('BOOKING CONFIRMATION', [
        ['Our ref', 'NR-260418'],
        ['Client', 'Firma Weser Logistik, Frau Petra Lüders'],
        ['No. of persons', '30-35'],
        ['Date of service', '22.05.2026'],
        ['Embarkation', '18h00'],
        ['Vessel', 'MS Möwe'],
        ['Total price', '4 200,00 EUR'],
      ]),
    },
    [
      {
        ...NOTHING,
        reference: 'NR-260418',
        guestNames: ['Firma Weser Logistik', 'Frau Petra Lüders'],
        partySize: null,
        date: '2026-05-22',
        departs: '18:00',
        vessel: 'MS Möwe',
        amountCents: 420_000,
        doubtful: true,
      },
    ],
  ),
];

// 5. A booking desk's list: one HTML table, a booking a row, a status column.
interface ListRow {
  readonly ref: string;
  readonly guest: string;
  readonly when: string;
  readonly boat: string;
  readonly pax: string;
  readonly amount: string;
  readonly status: string;
  readonly says: ExpectedBooking;
}

function listHtml(title: string, rows: readonly ListRow[]): string {
  const head = ['Res #', 'Guest Name', 'Date/Time', 'Boat', 'Pax', 'Status', 'Amount'];
  return `<html><body><p>Hi all,</p><p>${title}</p><table border="1" cellspacing="0"><thead><tr>${head
    .map((word) => `<th><b>${word}</b></th>`)
    .join('')}</tr></thead><tbody>${rows
    .map(
      (row) =>
        `<tr>${[row.ref, row.guest, row.when, row.boat, row.pax, row.status, row.amount]
          .map((cell) => `<td><p>${cell}</p></td>`)
          .join('')}</tr>`,
    )
    .join(
      '\n',
    )}<tr><td colspan="6">Total</td><td>see portal</td></tr></tbody></table><p>Cheers,<br>Desk</p></body></html>`;
}
function row(
  ref: string,
  guest: string,
  when: string,
  boat: string,
  pax: string,
  amount: string,
  status: string,
  says: Partial<ExpectedBooking>,
): ListRow {
  return {
    ref,
    guest,
    when,
    boat,
    pax,
    amount,
    status,
    says: { ...NOTHING, reference: ref, guestNames: [guest], vessel: boat, ...says },
  };
}
const DESK = 'Quayside Desk <desk@quayside.example>';
const LISTS: readonly (readonly ListRow[])[] = [
  [
    row('Q7001', 'Hannah Price', '5/14/2026 5:30 PM', 'Sea Breeze', '6', '$750.00', 'Confirmed', {
      partySize: 6,
      date: '2026-05-14',
      departs: '17:30',
      amountCents: 75_000,
    }),
    row('Q7002', 'Luis Ortega', '5/15/2026 9:00 AM', 'Marlin', '4', '$500.00', 'Confirmed', {
      partySize: 4,
      date: '2026-05-15',
      departs: '09:00',
      amountCents: 50_000,
    }),
  ],
  [
    row('Q7010', 'Grace Liu', '5/6/2026 12:00 PM', 'Marlin', '2', '$250', 'Confirmed', {
      partySize: 2,
      date: '2026-05-06',
      departs: '12:00',
      amountCents: 25_000,
    }),
    row('Q7011', 'Tom Baker', '5/6/2026 12:00 PM', 'Sea Breeze', '8', '$1,000', 'Cancelled', {
      cancelled: true,
      partySize: 8,
      date: '2026-05-06',
      departs: '12:00',
      amountCents: 100_000,
    }),
    row('Q7012', 'Aisha Khan', '5/7/2026 5:30 PM', 'Sea Breeze', '3', '$375', 'Confirmed', {
      partySize: 3,
      date: '2026-05-07',
      departs: '17:30',
      amountCents: 37_500,
    }),
  ],
  [
    row('Q7020', 'Peter Novák', '5/22/2026 10:00 AM', 'Windward II', '11', '$1,375.00', 'Confirmed', {
      partySize: 11,
      date: '2026-05-22',
      departs: '10:00',
      amountCents: 137_500,
    }),
  ],
  [
    row('Q7030', 'Emma Stone-Reyes', '5/28/2026 5:30 PM', 'Sea Breeze', '5', '$625.00', 'Confirmed', {
      partySize: 5,
      date: '2026-05-28',
      departs: '17:30',
      amountCents: 62_500,
    }),
    row('Q7031', 'Wei Zhang', '5/28/2026 5:30 PM', 'Sea Breeze', '2', '$250.00', 'Confirmed', {
      partySize: 2,
      date: '2026-05-28',
      departs: '17:30',
      amountCents: 25_000,
    }),
    row('Q7032', 'Bill Hart', '5/29/2026 8:00 AM', 'Marlin', '4', '$0.00', 'Confirmed', {
      partySize: 4,
      date: '2026-05-29',
      departs: '08:00',
      amountCents: 0,
    }),
    row('Q7033', 'Olga Petrenko', '5/31/2026 6:15 PM', 'Windward II', '10', '$1,180.00', 'Confirmed', {
      partySize: 10,
      date: '2026-05-31',
      departs: '18:15',
      amountCents: 118_000,
    }),
  ],
  [
    row('Q7002', 'Luis Ortega', '5/16/2026 9:00 AM', 'Marlin', '5', '$625.00', 'Changed', {
      partySize: 5,
      date: '2026-05-16',
      departs: '09:00',
      amountCents: 62_500,
    }),
    row('Q7001', 'Hannah Price', '5/14/2026 5:30 PM', 'Sea Breeze', '6', '$750.00', 'CANCELED', {
      cancelled: true,
      partySize: 6,
      date: '2026-05-14',
      departs: '17:30',
      amountCents: 75_000,
    }),
  ],
];

const deskList: readonly CorpusMail[] = LISTS.map((rows, index) =>
  mailOf(
    'desk list',
    index + 1,
    {
      subject: `Reservations list ${index + 1}`,
      from: DESK,
      html: listHtml('Please find the reservations since our last list below.', rows),
    },
    rows.map((line) => line.says),
  ),
);

// 6. A booking system's plain text: each label on a line of its own; changes come as replies with a quote.
function stackedText(lines: readonly (readonly [string, string])[]): string {
  return `Hey there!

You've got a reservation.

${lines.map(([label, value]) => `${label}\n${value}`).join('\n\n')}

View in dashboard: https://app.example/r/9f31
`;
}
function quote(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}
const PORT = 'PortPilot <hello@portpilot.example>';
const FIRST = stackedText([
  ['CONFIRMATION CODE', 'PP8K2Q'],
  ['CUSTOMER', 'Nadia Rahman\nnadia.rahman@mail.example\n+1 (305) 555-0177'],
  ['ACTIVITY', 'Dolphin Watch'],
  ['DATE', 'Friday 15 May 2026'],
  ['TIME', '09:00 - 11:30'],
  ['VESSEL', 'Marlin'],
  ['GUESTS', '3 x Adult, 1 x Child'],
  ['TOTAL PAID', 'US$ 430.00'],
]);

const stacked: readonly CorpusMail[] = [
  mailOf('stacked labels', 1, { subject: 'Reservation PP8K2Q confirmed', from: PORT, text: FIRST }, [
    {
      ...NOTHING,
      reference: 'PP8K2Q',
      guestNames: ['Nadia Rahman'],
      partySize: 4,
      date: '2026-05-15',
      departs: '09:00',
      vessel: 'Marlin',
      amountCents: 43_000,
    },
  ]),
  mailOf(
    'stacked labels',
    2,
    {
      subject: 'Re: Reservation PP8K2Q confirmed',
      from: OFFICE,
      receivedAt: '2026-05-06T13:00:00Z',
      text: `Hi Nadia,

no problem, we have changed your reservation to 6 guests, still on the 15th. The new total is $645.00.

Best,
Bob

On Sun, May 3, 2026 at 10:21 AM PortPilot <hello@portpilot.example> wrote:

${quote(FIRST)}`,
    },
    [
      {
        ...NOTHING,
        reference: 'PP8K2Q',
        guestNames: ['Nadia Rahman'],
        partySize: 6,
        date: '2026-05-15',
        departs: '09:00',
        vessel: 'Marlin',
        amountCents: 64_500,
      },
    ],
  ),
  mailOf(
    'stacked labels',
    3,
    {
      subject: 'Re: Reservation PP8K2Q confirmed',
      from: 'Nadia Rahman <nadia.rahman@mail.example>',
      receivedAt: '2026-05-09T08:00:00Z',
      text: `Hello, my flight was moved. Please cancel our reservation. Thanks, Nadia

On Sun, May 3, 2026 at 10:21 AM PortPilot <hello@portpilot.example>
wrote:

${quote(FIRST)}`,
    },
    [
      {
        ...NOTHING,
        reference: 'PP8K2Q',
        cancelled: true,
        guestNames: ['Nadia Rahman'],
        partySize: 4,
        date: '2026-05-15',
        departs: '09:00',
        vessel: 'Marlin',
        amountCents: 43_000,
      },
    ],
  ),
  mailOf(
    'stacked labels',
    4,
    {
      subject: 'Reservation PP9D7T confirmed',
      from: PORT,
      text: stackedText([
        ['CONFIRMATION CODE', 'PP9D7T'],
        ['CUSTOMER', 'Zoë Vandenberghe'],
        ['ACTIVITY', 'Private Charter (4 hours)'],
        ['DATE', 'Saturday 23 May 2026'],
        ['TIME', '14:00'],
        ['VESSEL', 'Windward II'],
        ['GUESTS', 'Twelve'],
        ['TOTAL PAID', 'US$ 2,400.00'],
      ]),
    },
    [
      {
        ...NOTHING,
        reference: 'PP9D7T',
        guestNames: ['Zoë Vandenberghe'],
        partySize: 12,
        date: '2026-05-23',
        departs: '14:00',
        vessel: 'Windward II',
        amountCents: 240_000,
      },
    ],
  ),
  mailOf(
    'stacked labels',
    5,
    {
      subject: 'Reservation PP9F1A confirmed',
      from: PORT,
      text: stackedText([
        ['CONFIRMATION CODE', 'PP9F1A'],
        ['CUSTOMER', 'J. Okafor'],
        ['ACTIVITY', 'Dolphin Watch'],
        ['DATE', 'Friday 16 May 2026'],
        ['TIME', '09:00 - 11:30'],
        ['VESSEL', 'Marlin'],
        ['GUESTS', '2 x Adult'],
        ['TOTAL PAID', 'US$ 250.00'],
      ]),
    },
    [
      {
        ...NOTHING,
        reference: 'PP9F1A',
        guestNames: ['J. Okafor'],
        partySize: 2,
        // 16 May 2026 is a Saturday.
        date: '2026-05-16',
        departs: '09:00',
        vessel: 'Marlin',
        amountCents: 25_000,
        doubtful: true,
      },
    ],
  ),
];

export const UNSEEN: readonly CorpusMail[] = [
  ...marketplace,
  ...reseller,
  ...concierge,
  ...agency,
  ...deskList,
  ...stacked,
];
