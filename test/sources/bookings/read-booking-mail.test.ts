import type { BookingMail, BookingMailSettings } from '../../../src/sources/bookings/booking-mail.ts';
import { foldBookings } from '../../../src/sources/bookings/fold-bookings.ts';
import { readBookingMail } from '../../../src/sources/bookings/read-booking-mail.ts';
import { measure } from './corpus/measure.ts';
import { SEEN } from './corpus/seen-layouts.ts';
import { UNSEEN } from './corpus/unseen-layouts.ts';

const SETTINGS: BookingMailSettings = { synonyms: {}, locale: 'month-first' };

function read(parts: Partial<BookingMail>, settings: BookingMailSettings = SETTINGS) {
  const mail: BookingMail = {
    messageId: 'm1',
    receivedAt: '2026-05-02T09:00:00Z',
    subject: 'Booking confirmation',
    from: 'agent@agent.example',
    text: null,
    html: null,
    ...parts,
  };
  return readBookingMail(mail, settings);
}

const LABELLED = 'Booking reference: AB-1234\nGuest name: Anna Berg\nVessel: Marlin\n';

describe('the corpus', () => {
  test('has at least sixty confirmations in twelve layouts, half of them unseen', () => {
    const layouts = (corpus: typeof SEEN) => new Set(corpus.map(({ layout }) => layout)).size;
    expect(SEEN.length + UNSEEN.length).toBeGreaterThanOrEqual(60);
    expect(layouts(SEEN)).toBeGreaterThanOrEqual(6);
    expect(layouts(UNSEEN)).toBeGreaterThanOrEqual(6);
    expect(UNSEEN.length).toBeGreaterThanOrEqual(30);
  });

  test('at least 99 of 100 fields of the seen half are read right', () => {
    const { right, of } = measure(SEEN);
    expect(right / of).toBeGreaterThanOrEqual(0.99);
  });

  test('at least 97 of 100 fields of the unseen half are read right', () => {
    const { right, of } = measure(UNSEEN);
    expect(right / of).toBeGreaterThanOrEqual(0.97);
  });
});

describe('labels', () => {
  test('a label of the settings comes before the built-in ones', () => {
    const settings = { ...SETTINGS, synonyms: { reference: ['Kenn-Nr.'], amount: ['Unser Preis'] } };
    const [word] = read(
      { text: `${LABELLED}Kenn-Nr.: ZZ9\nTotal: $900\nUnser Preis: $850\nDate: May 14, 2026` },
      settings,
    );
    expect(word).toMatchObject({ reference: 'ZZ9', amountCents: 85_000 });
  });

  test.each([
    ['Guests: 6', 6],
    ['Party size: six adults and two children', 8],
    ['Pax: 8 (6 adults, 2 children)', 8],
    ['Guests: 2 Adults (18+), 1 Child (3-12)', 3],
    ['Guests: 4 x Adult, 2 x Child', 6],
    ['Adults: 4\nChildren: 2', 6],
    ['Number of guests: twenty-one', 21],
    ['Party: a dozen', 12],
  ])('%s', (line, size) => {
    const [word] = read({ text: `${LABELLED}Date: May 14, 2026\n${line}` });
    expect([word?.partySize, word?.problems]).toEqual([size, []]);
  });

  test.each(['Guests: 6-8', 'Party size: up to 12', 'Guests: 8 (6 adults, 1 child)'])(
    '%s is no certain count: a problem says so',
    (line) => {
      const [word] = read({ text: `${LABELLED}Date: May 14, 2026\n${line}` });
      expect(word?.problems).toHaveLength(1);
    },
  );

  test.each([
    ['Total: 1,250.00', 125_000],
    ['Total: 1.250,00', 125_000],
    ['Total: USD 1250', 125_000],
    ['Total: $1,250', 125_000],
    ['Total: 1.250 EUR', 125_000],
    ["Total: CHF 1'250.50", 125_050],
    ['Total: 10 x $125.00 = $1,250.00', 125_000],
    ['Subtotal: $1,250.00\nTax: $90.00\nGrand total: $1,340.00', 134_000],
    ['Deposit: $100.00\nTotal: $0.29', 29],
  ])('%s', (line, cents) => {
    const [word] = read({ text: `${LABELLED}Date: May 14, 2026\n${line}` });
    expect([word?.amountCents, word?.problems]).toEqual([cents, []]);
  });

  test('an amount in another currency than the workbook’s is not taken for dollars', () => {
    const [word] = read(
      { text: `${LABELLED}Date: May 14, 2026\nTotal: 1.250,00 EUR` },
      { ...SETTINGS, currency: 'USD' },
    );
    expect(word?.amountCents).toBeNull();
    expect(word?.problems).toEqual(['The amount 1.250,00 EUR is not in USD.']);
  });

  test.each([
    ['2026-05-14', '2026-05-14'],
    ['May 14, 2026', '2026-05-14'],
    ['14 May 2026', '2026-05-14'],
    ['14th of May 2026', '2026-05-14'],
    ['Thu 14/05/26', '2026-05-14'],
    ['5/14/2026', '2026-05-14'],
    ['14.05.2026', '2026-05-14'],
    ['14-May-26', '2026-05-14'],
    ['Thursday May 14', '2026-05-14'],
    ['Wed 06/05/26', '2026-05-06'],
    ['20260514', '2026-05-14'],
    ['05/06/2026', '2026-05-06'],
  ])('Date: %s', (value, date) => {
    const [word] = read({ text: `${LABELLED}Date: ${value}` });
    expect([word?.date, word?.problems]).toEqual([date, []]);
  });

  test('the locale decides which number is the month', () => {
    const [word] = read({ text: `${LABELLED}Date: 05/06/2026` }, { ...SETTINGS, locale: 'day-first' });
    expect(word?.date).toBe('2026-06-05');
  });

  test('a date that the mail’s other date contradicts is left open, both readings named', () => {
    const [word] = read({ text: `${LABELLED}Date: 05/06/2026\nReturn: 25/06/2026` });
    expect(word?.date).toBeNull();
    expect(word?.problems.join()).toMatch(/2026-05-06 or 2026-06-05/);
  });

  test('a weekday that does not fit is a problem', () => {
    const [word] = read({ text: `${LABELLED}Date: Friday, May 14, 2026` });
    expect(word?.problems).toEqual(['The mail says Friday, but 2026-05-14 is a Thursday.']);
  });

  test.each([
    ['5:30 PM', '17:30'],
    ['17:30', '17:30'],
    ['5.30pm', '17:30'],
    ['noon', '12:00'],
    ['17.30', '17:30'],
    ['1730 hrs', '17:30'],
    ['5:30 - 7:30 PM', '17:30'],
    ['10:00 - 2:00 PM', '10:00'],
    ['12:15 a.m.', '00:15'],
  ])('Time: %s', (value, time) => {
    const [word] = read({ text: `${LABELLED}Date: May 14, 2026\nTime: ${value}` });
    expect([word?.departs, word?.problems]).toEqual([time, []]);
  });

  test('5:30 without am or pm is a problem where people count to twelve', () => {
    const [word] = read({ text: `${LABELLED}Date: May 14, 2026\nTime: 5:30` });
    expect(word?.departs).toBeNull();
    expect(word?.problems).toHaveLength(1);
  });
});

test('a vessel of the fleet is recognised wherever the mail names it; the longer of two names is meant', () => {
  const text = 'Booking ref VA-20\nSaturday 20 June 2026\nwindward ii\n10 guests';
  const [word] = read({ text }, { ...SETTINGS, vessels: ['Windward', 'Windward II', 'Marlin'] });
  expect(word?.vessel).toBe('Windward II');
});

test('what was paid is not the price while something is owed', () => {
  const [word] = read({ text: `${LABELLED}Date: May 14, 2026\nAmount paid: $200.00\nBalance due: $300.00` });
  expect(word?.amountCents).toBeNull();
});

test('an enquiry and an open status are problems, not silent confirmations', () => {
  const enquiry = {
    subject: 'Question',
    text: 'Do you have availability for 6 people on May 20? We would book the Sea Breeze.',
  };
  expect(read(enquiry)[0]?.problems).toEqual(['The mail asks about a booking and confirms none.']);
  const pending = read({ text: `${LABELLED}Date: May 14, 2026\nStatus: Pending` });
  expect(pending[0]?.problems).toEqual(['The booking is not confirmed: its status is “Pending”.']);
});

describe('quotes and forwards', () => {
  const quoted = `On Fri, May 1, 2026 at 8:00 AM Desk <d@desk.example> wrote:\n\n> ${LABELLED.trim().split('\n').join('\n> ')}\n> Date: May 14, 2026\n> Guests: 4`;

  test('what was written now wins over what it quotes, and the history keeps both', () => {
    const [booking] = foldBookings(
      read({ subject: 'Re: Booking confirmation', text: `We are now 6 guests.\n\n${quoted}` }),
    );
    expect(booking).toMatchObject({
      reference: 'AB-1234',
      partySize: 6,
      date: '2026-05-14',
      cancelled: false,
    });
    expect(booking?.history.map((word) => word.partySize)).toEqual([4, 6]);
  });

  test('a reply that says nothing new leaves an amendment that came meanwhile in force', () => {
    const amended = read({
      messageId: 'm2',
      receivedAt: '2026-05-03T00:00:00Z',
      subject: 'Amended booking AB-1234',
      text: 'Booking reference: AB-1234\nDate: May 14, 2026\nGuests: 9',
    });
    const thanks = read({
      messageId: 'm3',
      receivedAt: '2026-05-04T00:00:00Z',
      subject: 'Re: Booking confirmation',
      text: `Thanks, see you then!\n\n${quoted}`,
    });
    expect(foldBookings([...thanks, ...amended])[0]?.partySize).toBe(9);
  });

  test('a cancellation above a quote cancels the quoted booking', () => {
    const [booking] = foldBookings(
      read({ subject: 'Re: Booking', text: `Please cancel this booking.\n\n${quoted}` }),
    );
    expect(booking).toMatchObject({ reference: 'AB-1234', cancelled: true });
  });

  test('small print about cancelling cancels nothing', () => {
    const [word] = read({
      text: `${LABELLED}Date: May 14, 2026\n\nIf you need to cancel, call us. Cancelled trips are not refunded within 48 hours. Free cancellation until May 12.`,
    });
    expect(word?.kind).toBe('confirmed');
  });
});

describe('what can’t be read', () => {
  test('a mail that is only an image is a word with a problem', () => {
    expect(read({ html: '<img src="cid:1">' })).toMatchObject([
      { problems: ['The mail is only an image: there is nothing to read.'] },
    ]);
  });

  test('a mail without a body is a word with a problem', () => {
    expect(read({ subject: 'hello' })[0]?.problems).toEqual([
      'The mail has no text: there is nothing to read.',
    ]);
  });

  test('a mail that is plainly no booking gives no word', () => {
    expect(
      read({
        subject: 'Engine oil',
        text: 'The oil for the generator has arrived. Pick it up by May 14, 2026.',
      }),
    ).toEqual([]);
  });

  test('a booking in words that nobody understands is a word with a problem, not nothing', () => {
    const [word] = read({ subject: 'Booking confirmation', text: 'Alles weitere im Anhang.' });
    expect(word?.problems).toHaveLength(1);
  });

  test('a body of 8 MB is read up to its bound, with a problem, and what stands first is kept', () => {
    const [word] = read({ text: `${LABELLED}Date: May 14, 2026\n\n${'lorem ipsum '.repeat(700_000)}` });
    expect(word).toMatchObject({
      reference: 'AB-1234',
      problems: ['The mail is too long: only its beginning was read.'],
    });
  });

  test('pictures inside the HTML do not count towards the bound', () => {
    const picture = `<img src="data:image/png;base64,${'A'.repeat(8_000_000)}">`;
    const [word] = read({
      html: `<p>Booking reference: AB-1234</p>${picture}<p>Date: May 14, 2026</p><p>Guests: 4</p>`,
    });
    expect(word).toMatchObject({ date: '2026-05-14', problems: [] });
  });

  test('two bodies that contradict each other are a problem', () => {
    const [word] = read({
      text: `${LABELLED}Date: May 14, 2026\nGuests: 4`,
      html: `<p>Booking reference: AB-1234</p><p>Guests: 6</p>`,
    });
    expect(word?.problems).toEqual([
      'The mail’s plain text and its HTML differ in the party size.'.replace('’', "'"),
    ]);
  });
});
