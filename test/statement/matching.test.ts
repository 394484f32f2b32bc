import fc from 'fast-check';
import type { Booking } from '../../src/statement/booking.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { editDistance, foldReference, foldVessel } from '../../src/statement/matching/folding.ts';
import type { Matches } from '../../src/statement/matching.ts';
import { matchEvidence } from '../../src/statement/matching.ts';
import type { TripSheet } from '../../src/statement/trip-sheet.ts';
import { anyMonth, charter } from './samples.ts';
import { booking, sheet } from './witnesses.ts';

const HERON = charter({ id: 'c-heron', bookingRefs: ['HB-1', 'HB-2'] });
const OSPREY = charter({ id: 'c-osprey', vessel: 'Étoile du Nord', departs: '10:00', bookingRefs: ['HB-3'] });

function match(
  bookings: readonly Partial<Booking>[],
  sheets: readonly Partial<TripSheet>[] = [],
  charters: readonly Charter[] = [HERON, OSPREY],
): Matches {
  return matchEvidence({ charters, bookings: bookings.map(booking), tripSheets: sheets.map(sheet) });
}

function of(matches: Matches, id: string) {
  const found = matches.charters.find((one) => one.charter.id === id);
  if (found === undefined) throw new Error(`no charter ${id}`);
  return found;
}

test('bookings go to the charter that names their reference, however it is typed, several to one charter', () => {
  const matches = match([
    { reference: 'HB-1' },
    { reference: ' hb 2' },
    { reference: 'HB-3', date: null, departs: null, vessel: null },
  ]);
  expect(of(matches, 'c-heron').bookings.map(({ reference }) => reference)).toEqual([' hb 2', 'HB-1']);
  expect(of(matches, 'c-osprey').bookings).toHaveLength(1);
  expect(matches.chartersWithoutBooking).toEqual([]);
  expect(matches.problems).toEqual([]);
});

test('a reference to the letter goes before one that is only nearly the same', () => {
  const charters = [
    charter({ id: 'a', bookingRefs: ['1-23'] }),
    charter({ id: 'b', departs: '09:00', bookingRefs: ['12-3'] }),
  ];
  const matches = match([{ reference: '12-3', departs: null }], [], charters);
  expect(of(matches, 'b').bookings).toHaveLength(1);
  expect(matches.problems).toEqual([]);
});

test('a booking may name the charter itself', () => {
  const matches = match([{ reference: 'C-OSPREY', departs: '10:00', vessel: null }]);
  expect(of(matches, 'c-osprey').bookings).toHaveLength(1);
});

test('without a reference, date, vessel and departure are certain when one charter has them', () => {
  const matches = match([{ reference: null, vessel: 'M/V  etoile-du nord', departs: '10:00' }]);
  expect(of(matches, 'c-osprey').bookings).toHaveLength(1);
  expect(matches.proposedBookings).toEqual([]);
});

test('two charters of one sailing are both proposed, and neither is certain', () => {
  const twin = charter({ id: 'c-twin' });
  const matches = match([{ reference: null }], [{}], [HERON, twin]);
  const candidates = [
    { charterId: 'c-heron', reason: 'date, vessel and departure are the same' },
    { charterId: 'c-twin', reason: 'date, vessel and departure are the same' },
  ];
  expect(matches.proposedBookings).toEqual([{ evidence: booking({ reference: null }), candidates }]);
  expect(matches.proposedSheets).toEqual([{ evidence: sheet(), candidates }]);
  expect(matches.charters.flatMap(({ bookings, sheets }) => [...bookings, ...sheets])).toEqual([]);
  expect(of(matches, 'c-twin').proposed.bookings).toHaveLength(1);
});

test.each<[string, Partial<Booking>, string[], RegExp]>([
  ['without a departure', { departs: null }, ['c-heron'], /no departure is stated/],
  ['without a vessel', { vessel: null }, ['c-heron'], /no vessel is stated/],
  ['with a slip in the vessel’s name', { vessel: 'Blue Herron' }, ['c-heron'], /almost the same/],
  ['with a departure half an hour off', { departs: '18:00' }, ['c-heron'], /departures are close/],
  ['a day off', { date: '2026-05-15' }, ['c-heron'], /easily mistaken/],
  [
    'with only a date',
    { departs: null, vessel: null },
    ['c-osprey', 'c-heron'],
    /neither vessel nor departure/,
  ],
  ['on another vessel', { vessel: 'Zephyr' }, ['c-heron'], /on another vessel/],
  ['with a departure that is none', { departs: 'sunset' }, ['c-heron'], /no departure is stated/],
])('a booking %s is proposed with its reason, never certain', (_what, changes, ids, reason) => {
  const matches = match([{ reference: null, ...changes }]);
  expect(
    matches.proposedBookings.map(({ candidates }) => candidates.map(({ charterId }) => charterId)),
  ).toEqual([ids]);
  for (const one of matches.proposedBookings[0]?.candidates ?? []) expect(one.reason).toMatch(reason);
  expect(matches.charters.flatMap(({ bookings }) => bookings)).toEqual([]);
});

test('day and month the other way round are proposed', () => {
  const matches = match([{ reference: null, date: '2026-03-05' }], [], [charter({ date: '2026-05-03' })]);
  expect(matches.proposedBookings[0]?.candidates).toHaveLength(1);
});

test('what fits nothing is an orphan, both ways', () => {
  const matches = match(
    [
      { reference: 'XX-1', date: '2026-05-20' },
      { reference: null, date: null },
    ],
    [{ date: '2026-05-20' }],
  );
  expect(matches.bookingsWithoutCharter).toHaveLength(2);
  expect(matches.sheetsWithoutCharter).toHaveLength(1);
  expect(matches.chartersWithoutBooking.map(({ id }) => id)).toEqual(['c-osprey', 'c-heron']);
  expect(matches.chartersWithoutSheet.map(({ id }) => id)).toEqual(['c-osprey', 'c-heron']);
});

test('more than four candidates help nobody', () => {
  const charters = ['08:00', '10:00', '12:00', '14:00', '16:00'].map((departs, index) =>
    charter({ id: `c-${index}`, departs }),
  );
  const told = [{ reference: null, departs: null, vessel: null }];
  expect(match(told, [], charters).bookingsWithoutCharter).toHaveLength(1);
  expect(match(told, [], charters.slice(1)).proposedBookings[0]?.candidates).toHaveLength(4);
});

test('a cancelled booking that no charter names is no orphan', () => {
  expect(match([{ reference: 'XX-1', cancelled: true, date: '2026-05-20' }]).bookingsWithoutCharter).toEqual(
    [],
  );
});

test('what was only asked for is its charter’s, and no booking of it', () => {
  const matches = match([
    { reference: 'HB-1', requested: true },
    { reference: null, requested: true },
    { reference: 'XX-1', requested: true, departs: null },
    { reference: 'HB-2', requested: true, cancelled: true },
  ]);
  const { bookings, requested, missingReferences } = of(matches, 'c-heron');
  expect(requested.map(({ key }) => key)).toEqual(['HB-1', 'message-1']);
  expect(bookings.map(({ key }) => key)).toEqual(['HB-2']);
  expect(missingReferences).toEqual([]);
  expect(matches.bookingsSetAside.map(({ key }) => key)).toEqual(['XX-1']);
  expect([matches.proposedBookings, matches.bookingsWithoutCharter]).toEqual([[], []]);
  expect(match([{ reference: 'HB-1', requested: true }]).chartersWithoutBooking).toHaveLength(2);
});

test('references that no mail has are named with their charter', () => {
  const matches = match([{ reference: 'HB-1' }]);
  expect(of(matches, 'c-heron').missingReferences).toEqual(['HB-2']);
  expect(of(matches, 'c-osprey').missingReferences).toEqual(['HB-3']);
});

test('one reference on two charters is a problem, and the booking is neither’s for certain', () => {
  const twin = charter({ id: 'c-twin', departs: '09:00', bookingRefs: ['HB-1'] });
  const matches = match([{ reference: 'HB-1' }], [], [HERON, twin]);
  expect(matches.problems).toEqual([
    { kind: 'booking-shared', booking: booking(), charterIds: ['c-twin', 'c-heron'] },
  ]);
  expect(of(matches, 'c-heron')).toMatchObject({ bookings: [], contested: [{ why: 'shared' }] });
  expect(matches.chartersWithoutBooking).toEqual([]);
});

test('a booking whose newest mail has another charter’s sailing moved there', () => {
  const moved = { reference: 'HB-1', departs: '10:00', vessel: 'Étoile du Nord' };
  const matches = match([moved]);
  expect(matches.problems).toMatchObject([{ kind: 'booking-moved', from: 'c-heron', to: 'c-osprey' }]);
  expect(of(matches, 'c-heron')).toMatchObject({ bookings: [], contested: [{ why: 'moved' }] });
  expect(of(matches, 'c-osprey')).toMatchObject({ bookings: [], contested: [{ why: 'moved' }] });
});

test('a booking whose newest date no charter has moved to nobody knows where', () => {
  expect(match([{ reference: 'HB-1', date: '2026-06-20' }]).problems).toMatchObject([
    {
      kind: 'booking-moved',
      from: 'c-heron',
      to: null,
      contradictions: [{ what: 'date', told: '2026-06-20', ledger: '2026-05-14' }],
    },
  ]);
});

test('a booking of another vessel stays with the charter that names it, and the difference is shown', () => {
  const matches = match([{ reference: 'HB-1', vessel: 'Zephyr', departs: '17:00' }]);
  expect(of(matches, 'c-heron').bookings).toHaveLength(1);
  expect(matches.problems).toMatchObject([
    {
      kind: 'booking-differs',
      charterId: 'c-heron',
      contradictions: [{ what: 'departure' }, { what: 'vessel' }],
    },
  ]);
});

test('sheets go by charter id, then by sailing; an id that the ledger lacks makes it a proposal', () => {
  const matches = match(
    [],
    [
      { fileId: 'by-id', charterId: 'C-HERON', date: null, departs: null, vessel: null },
      { fileId: 'by-sailing', vessel: 'ETOILE DU NORD', departs: '10:00' },
      { fileId: 'unknown', charterId: 'c-other' },
      { fileId: 'contradicts', charterId: 'c-osprey', departs: '10:00', vessel: null, date: '2026-05-15' },
    ],
  );
  expect(of(matches, 'c-heron').sheets.map(({ fileId }) => fileId)).toEqual(['by-id']);
  expect(
    of(matches, 'c-osprey')
      .sheets.map(({ fileId }) => fileId)
      .sort(),
  ).toEqual(['by-sailing', 'contradicts']);
  expect(matches.proposedSheets).toMatchObject([
    { evidence: { fileId: 'unknown' }, candidates: [{ charterId: 'c-heron' }] },
  ]);
  expect(matches.problems).toMatchObject([
    { kind: 'sheet-differs', charterId: 'c-osprey', contradictions: [{ what: 'date' }] },
  ]);
});

test.each([
  ['Étoile du Nord', 'ETOILE  DU NORD'],
  ['M/V Blue Heron', 'blue-heron'],
  ['The Margaret & Ellen', 'Margaret and Ellen'],
  ["Skipper's Joy", 'Skipper’s joy'],
  ['Straße', 'STRASSE'],
])('“%s” and “%s” are one vessel', (a, b) => {
  expect(foldVessel(a)).toBe(foldVessel(b));
});

test.each([
  ['Heron 1', 'Heron 2'],
  ['राम', 'रमा'],
  ['M Vixen', 'Ixen'],
])('“%s” and “%s” are two vessels', (a, b) => {
  expect(foldVessel(a)).not.toBe(foldVessel(b));
});

test('a name or reference of punctuation alone is none', () => {
  expect([foldVessel(' - '), foldReference('#')]).toEqual([null, null]);
});

test.each([
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['abc', 'abxc', 1],
  ['abc', '', 3],
  ['kitten', 'sitting', 3],
])('%s to %s takes %i', (a, b, distance) => {
  expect(editDistance(a, b, 5)).toBe(distance);
  expect(editDistance(a, b, Math.max(0, distance - 1))).toBe(distance);
});

const anyBooking: fc.Arbitrary<Booking> = fc
  .record({
    requested: fc.boolean(),
    reference: fc.constantFrom(null, 'HB-1', 'HB-2', 'hb 3', 'c-0', 'XX'),
    cancelled: fc.boolean(),
    partySize: fc.option(fc.nat(5), { nil: null }),
    date: fc.constantFrom(null, '2026-05-01', '2026-05-02', '2026-06-01', 'soon'),
    departs: fc.constantFrom(null, '09:00', '13:15', '17:30'),
    vessel: fc.constantFrom(null, 'Blue Heron', 'osprey', 'Osprei', ''),
  })
  .map((changes) => booking(changes));
const anySheet: fc.Arbitrary<TripSheet> = fc
  .record({
    fileId: fc.constantFrom('f1', 'f2', 'f3'),
    charterId: fc.constantFrom(null, 'c-0', 'C 1', 'nobody', ''),
    date: fc.constantFrom(null, '2026-05-01', '2026-05-02'),
    departs: fc.constantFrom(null, '09:00', '13:15'),
    vessel: fc.constantFrom(null, 'Blue Heron', 'osprey'),
  })
  .map((changes) => sheet(changes));
const anyCharters = fc
  .tuple(anyMonth, fc.array(fc.subarray(['HB-1', 'HB-2', 'HB-3', 'HB-4']), { minLength: 30, maxLength: 30 }))
  .map(([charters, references]) =>
    charters.map((one, index) => ({
      ...one,
      date: one.date < '2026-05-15' ? '2026-05-01' : '2026-05-02',
      bookingRefs: references[index] ?? [],
    })),
  );

test('the order in which anything was read makes no difference', () => {
  fc.assert(
    fc.property(
      anyCharters.chain((charters) =>
        fc.tuple(fc.constant(charters), fc.shuffledSubarray(charters, { minLength: charters.length })),
      ),
      fc
        .array(anyBooking, { maxLength: 12 })
        .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      fc
        .array(anySheet, { maxLength: 8 })
        .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([charters, charters2], [bookings, bookings2], [tripSheets, tripSheets2]) => {
        expect(matchEvidence({ charters: charters2, bookings: bookings2, tripSheets: tripSheets2 })).toEqual(
          matchEvidence({ charters, bookings, tripSheets }),
        );
      },
    ),
  );
});

test('nothing is lost: each booking and sheet is certain once, told of, proposed or an orphan', () => {
  fc.assert(
    fc.property(
      anyCharters,
      fc.array(anyBooking, { maxLength: 12 }),
      fc.array(anySheet, { maxLength: 8 }),
      (charters, bookings, tripSheets) => {
        const matches = matchEvidence({ charters, bookings, tripSheets });
        const places = (one: Booking): number =>
          matches.charters.filter(({ bookings: own }) => own.includes(one)).length +
          matches.problems.filter(
            (problem) =>
              (problem.kind === 'booking-shared' || problem.kind === 'booking-moved') &&
              problem.booking === one,
          ).length +
          matches.proposedBookings.filter(({ evidence }) => evidence === one).length +
          matches.bookingsWithoutCharter.filter((orphan) => orphan === one).length +
          matches.bookingsSetAside.filter((aside) => aside === one).length +
          Number(matches.charters.some(({ requested }) => requested.includes(one)));
        for (const one of bookings) expect(places(one)).toBe(1);
        for (const one of tripSheets) {
          expect(
            matches.charters.filter(({ sheets }) => sheets.includes(one)).length +
              matches.proposedSheets.filter(({ evidence }) => evidence === one).length +
              matches.sheetsWithoutCharter.filter((orphan) => orphan === one).length,
          ).toBe(1);
        }
        expect(matches.charters).toHaveLength(charters.length);
      },
    ),
  );
});

describe('a trip sheet that does not say whose it is', () => {
  const named = (fileName: string, changes: Partial<TripSheet> = {}): TripSheet =>
    sheet({
      fileId: fileName,
      fileName,
      charterId: null,
      date: null,
      departs: null,
      vessel: null,
      ...changes,
    });
  const charters = [charter({ id: 'BH-2026-05-017' }), charter({ id: 'BH-2026-05-018', departs: '20:00' })];
  const placed = (...tripSheets: TripSheet[]) =>
    matchEvidence({ charters, bookings: [], tripSheets }).charters.map(({ sheets }) => sheets.length);

  test('belongs to the charter that its file is named by', () => {
    expect(placed(named('BH-2026-05-017.csv'))).toEqual([1, 0]);
    expect(placed(named('Trip sheet bh-2026-05-018 (signed).xlsx'))).toEqual([0, 1]);
  });

  test('does not when the name names two, when it says another day, or when the file has several trips', () => {
    expect(placed(named('BH-2026-05-017 BH-2026-05-018.csv'))).toEqual([0, 0]);
    expect(placed(named('BH-2026-05-017.csv', { date: '2026-05-20' }))).toEqual([0, 0]);
    expect(placed(named('BH-2026-05-017.csv'), named('BH-2026-05-017.csv'))).toEqual([0, 0]);
    expect(placed(named('May.csv'))).toEqual([0, 0]);
  });
});
