/** Mail of senders that nobody taught the reader: told by its structure. */
import type { BookingMail, DateOrder } from '../../../src/sources/bookings/booking-mail.ts';
import { foldBookings } from '../../../src/sources/bookings/fold-bookings.ts';
import { readBookingMail } from '../../../src/sources/bookings/read-booking-mail.ts';

function bookingsOf(parts: Partial<BookingMail>, locale: DateOrder = 'month-first') {
  const mail: BookingMail = {
    messageId: 'm1',
    receivedAt: '2026-05-10T12:00:00Z',
    subject: 'Booking confirmation',
    from: 'agent@agent.example',
    text: null,
    html: null,
    ...parts,
  };
  return foldBookings(readBookingMail(mail, { synonyms: {}, locale }));
}

describe('tables', () => {
  const ROWS = [
    { reference: 'A1001', guestNames: ['John Smith'], partySize: 4, date: '2026-06-14', departs: '14:00' },
    { reference: 'A1002', guestNames: ['Grace Lee'], partySize: 2, date: '2026-06-14', departs: '09:30' },
  ];

  test.each<[string, Partial<BookingMail>]>([
    [
      'columns under a ruler',
      {
        text: `Ticket Lead guest   Pax Date     Depart
------ ------------ --- -------- ------
A1001  Smith, John    4 06/14/26   1400
A1002  Lee, Grace     2 06/14/26   0930
------ ------------ --- -------- ------
TOTAL                 6`,
      },
    ],
    [
      'columns that only blanks keep apart',
      {
        text: `Conf      Name          Date        Time   Pax
A1001     Smith, John   06/14/2026  14:00  4
A1002     Lee, Grace    06/14/2026  9:30 AM  2`,
      },
    ],
    [
      'lines of a CSV file',
      {
        text: `Reference,Guest,Date,Time,Pax
A1001,John Smith,2026-06-14,14:00,4
A1002,Grace Lee,2026-06-14,09:30,2`,
      },
    ],
    [
      'a German table in HTML, with running numbers and ages a column each',
      {
        html: `<table><tr><th>#</th><th>Buchungsnr.</th><th>Gast</th><th>Datum</th><th>Abfahrt</th><th>Erw.</th><th>AD</th><th>CH</th></tr>
<tr><td>1</td><td>A1001</td><td>John Smith</td><td>14. Juni 2026</td><td>14:00</td><td></td><td>3</td><td>1</td></tr>
<tr><td>2</td><td>A1002</td><td>Grace Lee</td><td>14. Juni 2026</td><td>09:30</td><td></td><td>2</td><td>0</td></tr></table>`,
      },
    ],
  ])('%s are a booking a row', (_what, parts) => {
    expect(bookingsOf(parts)).toMatchObject(ROWS);
  });

  test('a row that is struck out as a whole is a cancelled booking, not a missing one', () => {
    const rows = bookingsOf({
      html: `<table><tr><th>Ticket</th><th>Guest</th><th>Pax</th><th>Date</th></tr>
<tr><td>A1001</td><td>John Smith</td><td>4</td><td>Jun 14, 2026</td></tr>
<tr style="text-decoration:line-through"><td>A1002</td><td>Grace Lee</td><td>2</td><td>Jun 14, 2026</td></tr></table>`,
    });
    expect(rows.map(({ reference, cancelled }) => [reference, cancelled])).toEqual([
      ['A1001', false],
      ['A1002', true],
    ]);
  });

  test.each<[string, Partial<BookingMail>]>([
    [
      'HTML',
      {
        html: '<table><tr><th></th><th>bisher</th><th>neu</th></tr><tr><td>Buchungsnummer</td><td>K-77</td><td>K-77</td></tr><tr><td>Termin</td><td>14.06.2026, 14:00 Uhr</td><td>15.06.2026, 15:00 Uhr</td></tr><tr><td>Teilnehmer</td><td>4</td><td>6</td></tr></table>',
      },
    ],
    [
      'plain text',
      {
        text: `Booking K-77 has been changed.

                 From                 To
Date             June 14, 2026        June 15, 2026
Time             2:00 PM              3:00 PM
Guests           4                    6`,
      },
    ],
  ])('of a table of changes in %s the new column counts', (_what, parts) => {
    expect(bookingsOf(parts)).toMatchObject([
      { reference: 'K-77', date: '2026-06-15', departs: '15:00', partySize: 6 },
    ]);
  });
});

describe('several bookings', () => {
  test.each<[string, string]>([
    [
      'numbered sections',
      '[1] Ticket X-101\nSunset Cruise   06/14/26   6:45p\n2 x Adult   @ 80.00   160.00\n[2] Ticket X-102\nSnorkel Trip   06/15/26   9:00a\n4 x Adult   @ 65.00   260.00\n\nTotal paid   $420.00\nGuest of record: Ann Bell',
    ],
    [
      'headings that name them',
      'Guest: Ann Bell\n\nBooking #X-101\nJune 14, 2026, 6:45 PM\n2 guests\n$160.00\n\nBooking #X-102\nJune 15, 2026, 9:00 AM\n4 guests\n$260.00',
    ],
  ])('%s are read apart, each with its own price', (_what, text) => {
    expect(bookingsOf({ text })).toMatchObject([
      { reference: 'X-101', date: '2026-06-14', departs: '18:45', partySize: 2, amountCents: 16_000 },
      { reference: 'X-102', date: '2026-06-15', departs: '09:00', partySize: 4, amountCents: 26_000 },
    ]);
  });

  test('a numbered list of guests is one booking', () => {
    const text = 'Reference: AB-13\nDate: June 14, 2026\nPassengers:\n1. Ann Bell\n2. Tom Bell\nTotal: $300';
    expect(bookingsOf({ text })).toMatchObject([
      { reference: 'AB-13', guestNames: ['Ann Bell', 'Tom Bell'], amountCents: 30_000 },
    ]);
  });

  test('each card’s pill is its own status', () => {
    const html =
      '<div><b>CONFIRMED</b></div><p>Booking ID: 701</p><p>When: June 14, 2026, 2:00 PM</p><p>Guest: Ann Bell</p><div><b>CANCELLED</b></div><p>Booking ID: 702</p><p>When: June 15, 2026, 9:00 AM</p><p>Guest: Tom Hart</p>';
    expect(bookingsOf({ subject: 'Today', html }).map(({ cancelled }) => cancelled)).toEqual([false, true]);
  });
});

describe('labels that are in no list', () => {
  test.each<[string, string, object]>([
    ['Request ID: HS-R-55190', 'a reference', { reference: 'HS-R-55190' }],
    ['Guaranteed guest count: sixty-four (64)', 'a party', { partySize: 64 }],
    ['Date your party sails: June 14, 2026', 'a day', { date: '2026-06-14' }],
    ['Renter will pay: $1,045.00', 'an amount', { amountCents: 104_500 }],
    ['Operator boat: Coral Queen', 'a vessel', { vessel: 'Coral Queen' }],
    ['Número de personas / No. of guests ... 6', 'a party in two languages', { partySize: 6 }],
    ['Montant total TTC : 1 980,00 €', 'a French total', { amountCents: 198_000 }],
    ['Hora de salida / Departure ..... 20:15 h', 'a departure in two languages', { departs: '20:15' }],
    ['Total (USD)   $432.00', 'the currency in it', { amountCents: 43_200 }],
    ['2 Adults (13+)   $380.00\n1 Child (3-12)   $55.00', 'lines of the bill', { partySize: 3 }],
  ])('%s is %s', (line, _what, read) => {
    expect(bookingsOf({ text: `Confirmed for Ann Bell, booking code AB-1234.\n\n${line}` })).toMatchObject([
      { ...('reference' in read ? {} : { reference: 'AB-1234' }), ...read },
    ]);
  });

  test.each(['Cancellation fee: $80.00', 'Your payout after commission: $80.00', 'Refund issued   $80.00'])(
    '%s is no price',
    (line) => {
      const [booking] = bookingsOf({ text: `Reference: AB-1\nDate: June 14, 2026\nTotal: $400.00\n${line}` });
      expect(booking?.amountCents).toBe(40_000);
    },
  );

  test('labels that are glued to their values are parted where the values begin', () => {
    const text =
      'Booking referenceAB12345\n\nTravel dateJune 14, 2026\n\nTravelers2 Adults\n\nLead travelerAnn Bell\n\nTotal price$300.00';
    expect(bookingsOf({ text })).toMatchObject([
      {
        reference: 'AB12345',
        date: '2026-06-14',
        partySize: 2,
        guestNames: ['Ann Bell'],
        amountCents: 30_000,
      },
    ]);
  });
});

describe('whether a booking stands', () => {
  const BOOKED = 'Booking number: AB-991\nName: Karl Otto\nDate: 14 June 2026\nTime: 15:00\nGuests: 4\n\n';

  test.each([
    'Free cancellation up to 48 hours before departure. After that, cancelled trips are not refunded.',
    'Trips are cancelled in high wind. All cancelled bookings are subject to a fee.',
    'Stornierung bis 48 Stunden vorher kostenlos. Wird die Fahrt wegen Wetter storniert, erstatten wir den Preis.',
    'Conditions : annulation gratuite. Toute réservation annulée plus tard est due.',
    'Cancelación gratuita. Las reservas canceladas después no se reembolsan.',
    '7. CANCELLATION. If Charterer cancels late, the deposit is forfeited.',
  ])('stays as it is beside the rule “%s”', (rule) => {
    const [booking] = bookingsOf({ subject: 'New booking', text: `${BOOKED}${rule}` });
    expect(booking).toMatchObject({ reference: 'AB-991', cancelled: false });
  });

  test.each<[string, string]>([
    ['Nachricht', 'Leider wurde die Buchung AB-991 storniert.'],
    ['Message', 'Le dossier AB-991 est annulé à la demande du client.'],
    ['Reserva CANCELADA: AB-991', 'Hasta pronto.'],
    ['SMS', 'BK#AB-991 CXLD - guest sick.'],
    ['Sail', 'Kindly cancel voucher AB-991 free of charge.'],
    ['Sail', 'The guests of AB-991 won’t be able to join you after all; please release the boat.'],
  ])('is over when a mail “%s” says “%s”', (subject, text) => {
    expect(bookingsOf({ subject, text: `${BOOKED}${text}` })).toMatchObject([
      { reference: 'AB-991', cancelled: true },
    ]);
  });

  test('a text that cancels what its subject confirms is a problem for a person', () => {
    const [booking] = bookingsOf({ text: `${BOOKED}Your booking has been cancelled.` });
    expect(booking?.history[0]?.problems).toEqual([
      'The subject confirms the booking, but the text says that it is cancelled.',
    ]);
  });
});

describe('what can’t be read for certain is left open', () => {
  const LABELLED = 'Booking reference: AB-1234\nGuest name: Anna Berg\n';

  test('two days to choose from', () => {
    const [booking] = bookingsOf({ text: `${LABELLED}Preferred date: May 29 or May 30` });
    expect(booking?.date).toBeNull();
    expect(booking?.history[0]?.problems).toEqual(['The date “May 29 or May 30” names two days.']);
  });

  test('a tour that sails on two days; on one day it is the booking’s', () => {
    const day = (tour: string) => bookingsOf({ text: `${LABELLED}Guests: 4\nTour: Sail, ${tour}` })[0]?.date;
    expect(day('June 5, 2026')).toBe('2026-06-05');
    expect(day('June 5, 2026, back by June 7, 2026')).toBeNull();
  });

  test('two totals that nothing explains', () => {
    const [booking] = bookingsOf({
      text: `${LABELLED}Date: June 5, 2026\nTotal contract price: $4,150.00\nTotal: $4,510.00`,
    });
    expect(booking?.history[0]?.problems).toEqual(['The mail gives two totals: $4,150.00 and $4,510.00.']);
  });

  test('a guest and others, counted with or without', () => {
    const [booking] = bookingsOf({ subject: 'Anna and 5 guests', text: `${LABELLED}Date: June 5, 2026` });
    expect(booking?.partySize).toBeNull();
  });
});
