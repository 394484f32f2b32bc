import fc from 'fast-check';
import { foldBookings } from '../../../src/sources/bookings/fold-bookings.ts';
import type { BookingWord } from '../../../src/statement/booking.ts';

function word(parts: Partial<BookingWord>): BookingWord {
  return {
    messageId: 'm1',
    receivedAt: '2026-05-01T00:00:00Z',
    kind: 'confirmed',
    reference: 'AB-1',
    guestNames: [],
    partySize: null,
    date: null,
    departs: null,
    vessel: null,
    amountCents: null,
    currency: null,
    outsideCents: null,
    isNet: false,
    problems: [],
    ...parts,
  };
}

test('the newest word wins field by field; what it does not say stays; the history is oldest first', () => {
  const old = word({ partySize: 4, date: '2026-05-14', amountCents: 50_000 });
  const amended = word({
    messageId: 'm2',
    receivedAt: '2026-05-02T00:00:00Z',
    kind: 'amended',
    partySize: 6,
  });
  expect(foldBookings([amended, old])).toEqual([
    {
      key: 'AB-1',
      reference: 'AB-1',
      cancelled: false,
      requested: false,
      guestNames: [],
      partySize: 6,
      date: '2026-05-14',
      departs: null,
      vessel: null,
      amountCents: 50_000,
      outsideCents: null,
      isNet: false,
      history: [old, amended],
    },
  ]);
});

test('a cancellation cancels, and a later confirmation takes the booking up again', () => {
  const booked = word({});
  const cancelled = word({ messageId: 'm2', receivedAt: '2026-05-02T00:00:00Z', kind: 'cancelled' });
  const again = word({ messageId: 'm3', receivedAt: '2026-05-03T00:00:00Z' });
  expect(foldBookings([booked, cancelled])[0]?.cancelled).toBe(true);
  expect(foldBookings([booked, cancelled, again])[0]?.cancelled).toBe(false);
});

const at = (day: number, parts: Partial<BookingWord>) =>
  word({ messageId: `m${day}`, receivedAt: `2026-05-0${day}T00:00:00Z`, ...parts });

test('what is only asked for is no booking until a later word confirms it', () => {
  const asked = at(1, { kind: 'requested', partySize: 8, date: '2026-05-14' });
  expect(foldBookings([asked])).toMatchObject([{ requested: true, cancelled: false, partySize: 8 }]);
  expect(foldBookings([asked, at(2, {})])).toMatchObject([
    { requested: false, partySize: 8, date: '2026-05-14' },
  ]);
  expect(foldBookings([asked, at(2, { kind: 'amended', partySize: 9 })])).toMatchObject([
    { requested: false, partySize: 9 },
  ]);
  expect(foldBookings([asked, at(2, { kind: 'cancelled' })])).toMatchObject([{ cancelled: true }]);
});

test('a question about a booking changes nothing in it, and takes up no cancelled one', () => {
  const booked = at(1, { partySize: 4, amountCents: 50_000 });
  const asked = { kind: 'requested', partySize: 10, amountCents: 90_000 } as const;
  expect(foldBookings([booked, at(2, asked)])).toMatchObject([
    { requested: false, cancelled: false, partySize: 4, amountCents: 50_000 },
  ]);
  expect(foldBookings([booked, at(2, asked), at(3, {})])).toMatchObject([{ partySize: 10 }]);
  expect(foldBookings([booked, at(2, { kind: 'cancelled' }), at(3, asked)])).toMatchObject([
    { cancelled: true, requested: false, partySize: 4 },
  ]);
});

test('tax and commission are those of the word that the amount is from', () => {
  const gross = at(1, { amountCents: 64_500, outsideCents: 4_500 });
  const net = at(2, { amountCents: 48_000, isNet: true });
  expect(foldBookings([gross, at(2, { outsideCents: 100, isNet: true })])).toMatchObject([
    { amountCents: 64_500, outsideCents: 4_500, isNet: false },
  ]);
  expect(foldBookings([gross, net])).toMatchObject([
    { amountCents: 48_000, outsideCents: null, isNet: true },
  ]);
});

test('one reference written in two ways is one booking', () => {
  const written = [word({ reference: 'ab 1' }), word({ messageId: 'm2', reference: 'AB-1' })];
  expect(foldBookings(written)).toHaveLength(1);
});

test('bookings without a reference stay apart, keyed by their mail', () => {
  const lone = { reference: null, partySize: 2 };
  const keys = foldBookings([
    word({ ...lone, date: '2026-05-14' }),
    word({ ...lone, date: '2026-05-15' }),
    word({ ...lone, messageId: 'm2' }),
  ]).map((booking) => booking.key);
  expect(keys).toEqual(['m1', 'm1#2', 'm2']);
});

test('times with and without fractions of a second are ordered by the clock, not by their letters', () => {
  const later = word({ messageId: 'm2', receivedAt: '2026-05-01T00:00:00.500Z', partySize: 6 });
  expect(foldBookings([later, word({ partySize: 4 })])[0]?.partySize).toBe(6);
});

test('a mail read twice counts once, in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          minute: fc.integer({ min: 10, max: 59 }),
          size: fc.integer({ min: 1, max: 9 }),
          ref: fc.constantFrom('A1', 'B2'),
        }),
        { maxLength: 12 },
      ),
      (entries) => {
        const words = entries.map(({ minute, size, ref }, index) =>
          word({
            messageId: `m${index}`,
            receivedAt: `2026-05-01T${10 + index}:${minute}:00Z`,
            partySize: size,
            reference: ref,
          }),
        );
        const folded = foldBookings(words);
        expect(foldBookings([...words].reverse().concat(words))).toEqual(folded);
        expect(folded.flatMap((booking) => booking.history)).toHaveLength(words.length);
      },
    ),
  );
});
