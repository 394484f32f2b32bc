import fc from 'fast-check';
import type { BookingMail, BookingMailSettings } from '../../../src/sources/bookings/booking-mail.ts';
import { foldBookings } from '../../../src/sources/bookings/fold-bookings.ts';
import { readBookingMail } from '../../../src/sources/bookings/read-booking-mail.ts';
import { FRESH_LAYOUTS } from './corpus/fresh-layouts.ts';
import { measure } from './corpus/measure.ts';
import { SECOND_LAYOUTS } from './corpus/second-layouts.ts';
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

  test('of a stranger’s mails at least 583 of 591 fields are read right', () => {
    const { right, of } = measure(FRESH_LAYOUTS);
    expect(of).toBe(591);
    expect(right).toBeGreaterThanOrEqual(583);
  });

  test('of mails that nobody has mended the reader for at least 606 of 676 fields are read right', () => {
    const { right, of } = measure(SECOND_LAYOUTS);
    expect(of).toBe(676);
    expect(right).toBeGreaterThanOrEqual(606);
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

describe('enquiries, quotes and holds', () => {
  const kinds = (parts: Partial<BookingMail>) => read(parts).map(({ kind }) => kind);
  const DATED = `${LABELLED}Date: May 14, 2026\nGuests: 6\n`;

  test.each<[string, string, string]>([
    [
      'an enquiry',
      'Question',
      'Do you have availability for 6 people on May 20? We would book the Sea Breeze.',
    ],
    ['a request to book', 'Request to book AB-1234', DATED],
    ['a booking request', 'New booking request', DATED],
    ['a request to be answered', 'AB-1234', `${DATED}\nAnna requests to book. Please accept or decline.`],
    ['a quote', 'Your charter quote', `${DATED}Total: $900`],
    ['a quote sent anew', 'Updated quote AB-1234', `${DATED}Total: $850`],
    ['an offer to hold', 'Sea Breeze', `${DATED}\nWe are holding the date for you, please let us know.`],
    ['an option', 'AB-1234', `${DATED}\nThe boat is on option for you, option until May 10.`],
    ['a pending status', 'Booking AB-1234', `${DATED}Status: Pending`],
    ['a status on request', 'Booking AB-1234 updated', `${DATED}Status: On request`],
    ['a status that confirms nothing yet', 'Booking AB-1234', `${DATED}Status: Awaiting confirmation`],
    ['a waiting list', 'You are on the waiting list', DATED],
    ['a provisional booking', 'Provisional booking confirmation', DATED],
    ['a confirmation that is asked for', 'Please confirm: charter enquiry', DATED],
  ])('%s is only requested, and that is no problem', (_what, subject, text) => {
    const words = read({ subject, text });
    expect(words.map(({ kind }) => kind)).toEqual(['requested']);
    expect(words.flatMap(({ problems }) => problems)).toEqual([]);
  });

  test.each<[string, string, string, string]>([
    ['a request that was accepted', 'Your booking request is confirmed', DATED, 'confirmed'],
    ['an accepted request', 'Request to book accepted: AB-1234', DATED, 'confirmed'],
    [
      'an enquiry’s thread that ends well',
      'Charter enquiry',
      `${DATED}\nWe are happy to confirm your charter.`,
      'confirmed',
    ],
    ['special requests', 'Booking AB-1234', `${DATED}Special requests: vegan menu`, 'confirmed'],
    [
      'small print',
      'Booking confirmation',
      `${DATED}\nA booking is not confirmed until it is paid.`,
      'confirmed',
    ],
    [
      'a reference to be quoted',
      'Booking AB-1234',
      `${DATED}\nPlease quote this reference when you call.`,
      'confirmed',
    ],
    [
      'a confirmed status with a payment pending',
      'Booking',
      `${DATED}Status: Confirmed, payment pending`,
      'confirmed',
    ],
    ['a change that is requested', 'Change request for booking AB-1234', DATED, 'amended'],
    ['a cancelled request', 'Cancellation of your booking request', DATED, 'cancelled'],
  ])('%s is more than requested', (_what, subject, text, kind) => {
    expect(kinds({ subject, text })).toEqual([kind]);
  });
});

describe('what of a total is no revenue', () => {
  const money = (lines: string, settings = SETTINGS) => {
    const [word] = read({ text: `${LABELLED}Date: May 14, 2026\n${lines}` }, settings);
    return [word?.amountCents, word?.outsideCents, word?.isNet, word?.currency];
  };

  test.each<[string, string, (number | null | boolean | string)[]]>([
    ['no such line', 'Total: $645.00', [64_500, null, false, '$']],
    ['tax on a subtotal', 'Subtotal: $600.00\nTax: $45.00\nTotal: $645.00', [64_500, 4_500, false, '$']],
    ['tax without a subtotal', 'Tax: $45.00\nTotal: $645.00', [64_500, 4_500, false, '$']],
    [
      'tax, fee and tip',
      'Charter fee: €1.000,00\nMwSt 19%: €190,00\nBooking fee: €10,00\nGratuity: €100,00\nGrand total: €1.300,00',
      [130_000, 30_000, false, 'EUR'],
    ],
    [
      'a tip that the total leaves out',
      'Subtotal: $600.00\nSales tax (7.5%): $45.00\nSuggested gratuity: $120.00\nTip: $120.00\nTotal: $645.00',
      [64_500, 4_500, false, '$'],
    ],
    [
      'tax behind a discount',
      'Subtotal: $600\nDiscount: -$100\nTax: $50\nTotal: $550',
      [55_000, 5_000, false, '$'],
    ],
    [
      'a fee that is paid on board',
      'Total: $600\nPort fee: $20, payable extra on site',
      [60_000, 0, false, '$'],
    ],
    [
      'a tip beside the total of a price and its tax',
      'Charter fee: $1,000\nTax: $75\nTip: $200\nTotal: $1,075',
      [107_500, 7_500, false, '$'],
    ],
    ['a total without the tax', 'Subtotal: $600\nTax: $45\nTotal: $600', [60_000, 0, false, '$']],
    [
      'tax within the line of the total',
      'Total: USD 1,340.00 (incl. $90.00 tax)',
      [134_000, 9_000, false, 'USD'],
    ],
    ['a rate of tax alone', 'Total: $1,340.00\nTax: 7.5%', [134_000, null, false, '$']],
    ['sums that stand twice', 'Tax: $45\nTotal: $645\n\nTax: $45\nTotal: $645', [64_500, 4_500, false, '$']],
    [
      'a site’s fee from the payout',
      'Total: $1,540\nService fee: $140\nYour payout: $1,400',
      [154_000, null, false, '$'],
    ],
    ['no amount at all', 'Tax: $45', [null, null, false, null]],
  ])('%s', (_what, lines, read) => {
    expect(money(lines)).toEqual(read);
  });

  test.each<[string, string, (number | boolean)[]]>([
    ['a net rate', 'Net rate: USD 196.00', [19_600, true]],
    ['a payout alone', 'Your payout: $850.00', [85_000, true]],
    ['what the host earns', 'You earn: $850.00', [85_000, true]],
    ['a payout beside the total', 'You earn: $850.00\nTotal price: $1,020.00', [102_000, false]],
    ['a net rate beside the retail price', 'Net rate: $196.00\nRetail price: $245.00', [24_500, false]],
    ['an amount net of tax', 'Net amount: €198,00\nVAT: €37,62', [19_800, false]],
    [
      'a net amount with its commission',
      'Net amount: €198,00\nVAT: €37,62\nCommission: €40,00',
      [19_800, true],
    ],
  ])('%s', (_what, lines, [amount, isNet]) => {
    expect(money(lines).filter((_value, at) => at % 2 === 0)).toEqual([amount, isNet]);
  });

  test.each<[string, (number | null | boolean | string)[]]>([
    ['The total is $1,340.00 including $90.00 tax.', [134_000, 9_000, false, '$']],
    ['The total is $1,250.00 plus $90.00 tax.', [125_000, null, false, '$']],
    ['We will transfer our net rate of EUR 980.', [98_000, null, true, 'EUR']],
    ['Your payout is $800.00 for a charter of $1,000.00.', [100_000, null, false, '$']],
    ['The price is $1,000.00, your payout $800.00.', [100_000, null, false, '$']],
  ])('in a letter: %s', (sentence, read) => {
    const [word] = readLetter(sentence);
    expect([word?.amountCents, word?.outsideCents, word?.isNet, word?.currency]).toEqual(read);
  });

  function readLetter(sentence: string) {
    return read({
      text: `We confirm booking AB-1234 for six guests on May 14, 2026 aboard the Marlin. ${sentence}`,
    });
  }

  test('never more than the total, and never less than nothing', () => {
    const cents = fc.integer({ min: 1, max: 999_999 });
    const dollars = (amount: number) =>
      `$${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
    fc.assert(
      fc.property(cents, fc.array(cents, { maxLength: 5 }), fc.boolean(), (subtotal, extras, hasSubtotal) => {
        const labels = ['Tax', 'Service fee', 'Gratuity', 'Port fee', 'Fuel surcharge'];
        const total = extras.reduce((sum, each) => sum + each, subtotal);
        const [amount, outside] = money(
          [
            ...(hasSubtotal ? [`Subtotal: ${dollars(subtotal)}`] : []),
            ...extras.map((each, index) => `${labels[index]}: ${dollars(each)}`),
            `Total: ${dollars(total)}`,
          ].join('\n'),
        );
        expect([amount, outside]).toEqual([total, extras.length === 0 ? null : total - subtotal]);
      }),
      { numRuns: 200 },
    );
  });

  test('the currency of an amount that is not the workbook’s is named', () => {
    expect(money('Total: 1.250,00 EUR', { ...SETTINGS, currency: 'USD' })).toEqual([
      null,
      null,
      false,
      'EUR',
    ]);
  });
});

test('a part that was not opened is named when no booking is found in the rest, and only then', () => {
  const hint = expect.stringMatching(/^A part of the mail was not opened/);
  expect(read({ subject: 'Fwd: trip', text: 'See below.', unopened: true })).toMatchObject([
    { problems: [hint] },
  ]);
  expect(read({ text: `${LABELLED}Date: May 14, 2026`, unopened: true })).toMatchObject([{ problems: [] }]);
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
