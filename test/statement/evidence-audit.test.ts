import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Adjustment } from '../../src/statement/adjustments.ts';
import type { Booking } from '../../src/statement/booking.ts';
import type { Charter } from '../../src/statement/charter.ts';
import { DEFAULT_TOLERANCES } from '../../src/statement/evidence-audit/question.ts';
import { auditEvidence, rateUses, withoutReplaced } from '../../src/statement/evidence-audit.ts';
import type { TripSheet } from '../../src/statement/trip-sheet.ts';
import { charter } from './samples.ts';
import type { World } from './witnesses.ts';
import {
  agreeing,
  audit,
  auditInput,
  booking,
  everythingFound,
  generatedCharters,
  sheet,
  word,
} from './witnesses.ts';

const AUDIT_FOLDER = 'src/statement/evidence-audit';

const CHARTERS = generatedCharters(300, 7);

/** Public, at the standard rate, nothing beside it. */
const ORDINARY = CHARTERS.filter(
  (one) =>
    one.status === 'completed' &&
    one.kind === 'public' &&
    one.rateCents === null &&
    one.comps === 0 &&
    one.noShows === null &&
    one.discountCents === null &&
    one.refundCents === null &&
    one.guests > 5,
);
const PLAIN = ORDINARY.filter((one) => one.bookingRefs.length === 1).map(({ id }) => id);
const SHARED = ORDINARY.filter((one) => one.bookingRefs.length > 1).map(({ id }) => id);
const COMPED = CHARTERS.filter(
  (one) =>
    one.comps === 1 && one.rateCents === null && one.discountCents === null && one.refundCents === null,
).map(({ id }) => id);
const CANCELLED = CHARTERS.filter((one) => one.status === 'cancelled').map(({ id }) => id);
const FLAT = CHARTERS.filter((one) => one.flatPriceCents !== null && one.refundCents === null).map(
  ({ id }) => id,
);

interface Lie {
  readonly what: string;
  /** The charters that it is about. */
  readonly ids: readonly string[];
  /** What the ledger says, evidence agreeing with it. */
  readonly ledger?: (change: Change<Charter>, at: (id: string) => Charter) => void;
  /** What somebody says once all agree. */
  readonly lie?: (world: Lying) => void;
  /** `code severity charter cents` */
  readonly found: readonly string[];
}

type Change<T> = (id: string, changes: Partial<T> | ((one: T) => Partial<T>)) => void;

interface Lying {
  readonly world: World;
  readonly at: (id: string) => Charter;
  readonly charter: Change<Charter>;
  /** The first booking of a charter. */
  readonly booking: Change<Booking>;
  readonly sheet: Change<TripSheet>;
}

function told(charters: readonly Charter[], lies: readonly Lie[]): World {
  const ledger = [...charters];
  const atIn = (list: readonly Charter[]) => (id: string) => {
    const one = list.find((candidate) => candidate.id === id);
    if (one === undefined) throw new Error(`no charter ${id}`);
    return one;
  };
  const changeIn =
    <T>(list: T[], has: (one: T, id: string) => boolean): Change<T> =>
    (id, changes) => {
      const index = list.findIndex((one) => has(one, id));
      const one = list[index];
      if (one === undefined) throw new Error(`nothing to change for ${id}`);
      list[index] = { ...one, ...(typeof changes === 'function' ? changes(one) : changes) };
    };
  for (const { ledger: change } of lies)
    change?.(
      changeIn(ledger, (one, id) => one.id === id),
      atIn(ledger),
    );
  const world = agreeing(ledger);
  const at = atIn(world.charters);
  for (const { lie } of lies) {
    lie?.({
      world,
      at,
      charter: changeIn(world.charters, (one, id) => one.id === id),
      booking: changeIn(world.bookings, (one, id) => one.reference === at(id).bookingRefs[0]),
      sheet: changeIn(world.sheets, (one, id) => one.fileId === `file-${id}`),
    });
  }
  return world;
}

let plainUsed = 0;
function plain(): string {
  const id = PLAIN[plainUsed++];
  if (id === undefined) throw new Error('not enough plain charters');
  return id;
}
function of(list: readonly string[], index: number): string {
  const id = list[index];
  if (id === undefined) throw new Error('not enough such charters');
  return id;
}

function adjustment(changes: object): Adjustment {
  return {
    month: '2026-05',
    kind: 'discount',
    charterId: 'c-1',
    cents: 1000,
    reason: 'agreed',
    who: 'Nora',
    link: '',
    cell: "'Purser adjustments'!A2",
    ...changes,
  } as Adjustment;
}

const LIES: Lie[] = [];
function lie(what: string, ids: readonly string[], rest: Omit<Lie, 'what' | 'ids'>): void {
  LIES.push({ what, ids, ...rest });
}

{
  const id = plain();
  lie('two more aboard by the trip sheet', [id], {
    lie: (to) => to.sheet(id, (one) => ({ boarded: (one.boarded ?? 0) + 2 })),
    found: [`guests-differ warn ${id} -25000`],
  });
}
{
  const id = plain();
  lie('a booking amended to one more guest, and paid', [id], {
    lie: (to) =>
      to.booking(id, (one) => ({
        partySize: (one.partySize ?? 0) + 1,
        amountCents: (one.amountCents ?? 0) + 12_500,
      })),
    found: [`guests-differ warn ${id} -12500`],
  });
}
{
  const id = plain();
  lie('a ledger with one guest more than sailed, paid as it says', [id], {
    lie: (to) =>
      to.charter(id, (one) => ({ guests: one.guests + 1, recordedCents: one.recordedCents + 12_500 })),
    found: [`guests-differ warn ${id} 12500`],
  });
}
{
  const id = plain();
  lie('a ledger with one guest more than sailed and paid', [id], {
    lie: (to) => to.charter(id, (one) => ({ guests: one.guests + 1 })),
    found: [`guests-differ block ${id} -12500`],
  });
}
{
  const id = plain();
  lie('revenue that was mistyped, which the bookings prove', [id], {
    lie: (to) => to.charter(id, (one) => ({ recordedCents: one.recordedCents + 900 })),
    found: [`revenue-differs block ${id} 900`],
  });
}
lie('a booking that no charter has', [], {
  lie: ({ world }) =>
    world.bookings.push(
      booking({
        reference: 'XX-9',
        date: '2026-05-12',
        departs: '03:10',
        vessel: 'Zephyr',
        amountCents: 77_700,
      }),
    ),
  found: ['booking-without-charter warn  -77700'],
});
{
  const id = plain();
  lie('a charter whose bookings nobody has', [id], {
    lie: ({ world, at }) => {
      const references = new Set(at(id).bookingRefs);
      world.bookings = world.bookings.filter(({ reference }) => !references.has(reference ?? ''));
    },
    found: [`charter-without-booking warn ${id} ${recordedOf(id)}`],
  });
}
{
  const id = of(SHARED, 0);
  lie('a charter of whose bookings one is not found', [id], {
    lie: ({ world, at }) => {
      const [first] = at(id).bookingRefs;
      world.bookings = world.bookings.filter(({ reference }) => reference !== first);
    },
    found: [`charter-without-booking warn ${id} ${firstAmountOf(id)}`],
  });
}
{
  const id = plain();
  lie('no trip sheet', [id], {
    lie: ({ world }) => {
      world.sheets = world.sheets.filter(({ fileId }) => fileId !== `file-${id}`);
    },
    found: [`trip-sheet-missing warn ${id} `],
  });
}
lie('a trip sheet that no charter has', [], {
  lie: ({ world }) =>
    world.sheets.push(sheet({ fileId: 'file-x', date: '2026-05-12', departs: '03:10', vessel: 'Zephyr' })),
  found: ['trip-sheet-without-charter warn  '],
});
{
  const id = plain();
  lie('a booking of another amount', [id], {
    lie: (to) => to.booking(id, (one) => ({ amountCents: (one.amountCents ?? 0) + 5_01 })),
    found: [`amount-differs warn ${id} -501`],
  });
}
{
  const id = of(FLAT, 0);
  lie('a flat price that was booked at less', [id], {
    lie: (to) => to.booking(id, (one) => ({ amountCents: (one.amountCents ?? 0) - 10_01 })),
    found: [`amount-differs warn ${id} 1001`],
  });
}
{
  const id = of(FLAT, 1);
  lie('one aboard of a flat price who is not in the ledger', [id], {
    lie: (to) => to.sheet(id, (one) => ({ boarded: (one.boarded ?? 0) + 1 })),
    found: [`guests-differ warn ${id} 0`],
  });
}
{
  const id = of(COMPED, 0);
  lie('a comp of whom nobody says anything', [id], {
    lie: (to) => {
      to.charter(id, { compNotes: '1 comp' });
      to.sheet(id, { comps: [] });
    },
    found: [`comp-unexplained warn ${id} -12500`],
  });
}
{
  const id = of(COMPED, 1);
  lie('a comp without a reason', [id], {
    lie: (to) => {
      to.charter(id, { compNotes: '' });
      to.sheet(id, { comps: [{ person: 'Dana Whitlock', heads: 1, reason: '' }] });
    },
    found: [`comp-unexplained warn ${id} -12500`],
  });
}
{
  const id = plain();
  lie('four comps where two are allowed', [id], {
    ledger: (change) =>
      change(id, (one) => ({
        comps: 4,
        compNotes: 'Dana Whitlock and party, trade for an article',
        recordedCents: one.recordedCents - 50_000,
      })),
    found: [`comps-above-cap warn ${id} -25000`],
  });
}
{
  const id = plain();
  lie('comps on the sheet that the ledger counts as paying', [id], {
    lie: (to) =>
      to.sheet(id, {
        comps: [
          { person: 'Ann Lee', heads: 1, reason: 'crew guest' },
          { person: 'Bo Lee', heads: 1, reason: 'crew guest' },
        ],
      }),
    found: [`headcount-broken warn ${id} 25000`],
  });
}
{
  const id = plain();
  lie('no-shows that ledger and sheet count differently', [id], {
    lie: (to) => {
      to.charter(id, { noShows: 2 });
      to.sheet(id, { noShows: 1 });
    },
    found: [`headcount-broken warn ${id} `],
  });
}
{
  const [first, second] = [plain(), plain()];
  lie('a vessel that departs twice within half an hour', [first, second], {
    ledger: (change, at) => {
      // No generated departure is at 20:30.
      const { date, vessel } = at(first);
      change(first, { departs: '20:30' });
      change(second, { date, vessel, departs: '21:00' });
    },
    found: [`vessel-double-booked warn ${second} `],
  });
}
{
  const id = of(CANCELLED, 0);
  lie('a cancelled charter whose booking was paid and stands', [id], {
    lie: (to) => to.booking(id, { cancelled: false, partySize: 2, amountCents: 30_000 }),
    found: [`cancelled-but-paid warn ${id} 30000`],
  });
}
{
  const id = of(CANCELLED, 1);
  lie('a cancelled charter that was at sea and is paid', [id], {
    lie: ({ world, at, charter: change }) => {
      change(id, { recordedCents: 50_000 });
      world.sheets.push(
        sheet({ ...at(id), fileId: `file-${id}`, charterId: id, boarded: 4, guestNames: [], comps: [] }),
      );
    },
    found: [`cancelled-but-paid warn ${id} 50000`],
  });
}
{
  const id = of(CANCELLED, 2);
  lie('a cancelled charter that was at sea, and nothing is paid', [id], {
    lie: ({ world, at }) => {
      const { date, departs, vessel } = at(id);
      world.sheets.push(sheet({ fileId: `file-${id}`, charterId: id, date, departs, vessel, boarded: 4 }));
    },
    found: [`guests-differ warn ${id} -50000`],
  });
}
{
  const id = plain();
  lie('a guest who is booked and not on the sheet', [id], {
    lie: (to) => to.booking(id, { guestNames: ['Kwame Mensah'] }),
    found: [`names-differ info ${id} `],
  });
}
{
  const id = plain();
  lie('a rate in cents for dollars', [id], {
    ledger: (change) => change(id, (one) => ({ rateCents: 125, recordedCents: one.guests * 125 })),
    found: [`rate-outlier warn ${id} ${guestsOf(id) * (125 - 12_500)}`],
  });
}
{
  const id = plain();
  lie('a rate in cents for dollars, where the right amount was booked', [id], {
    lie: (to) => to.charter(id, (one) => ({ rateCents: 125, recordedCents: one.guests * 125 })),
    found: [`rate-outlier warn ${id} ${guestsOf(id) * (125 - 12_500)}`],
  });
}
{
  const id = plain();
  lie('a rate in cents for dollars, where the right amount is recorded', [id], {
    lie: (to) => to.charter(id, { rateCents: 125 }),
    found: [`revenue-differs block ${id} ${guestsOf(id) * (12_500 - 125)}`],
  });
}
{
  const id = plain();
  lie('money that went back in June', [id], {
    lie: (to) =>
      to.booking(id, (one) => ({
        cancelled: true,
        history: [
          word({ amountCents: one.amountCents }),
          word({ kind: 'cancelled', receivedAt: '2026-06-03T12:00:00Z', amountCents: null }),
        ],
      })),
    found: [`refund-in-another-month warn ${id} ${firstAmountOf(id)}`],
  });
}
{
  const [first, second] = [plain(), plain()];
  lie('one reference on two charters', [first, second], {
    lie: (to) =>
      to.charter(second, (one) => ({
        bookingRefs: [...one.bookingRefs, to.at(first).bookingRefs[0] ?? ''],
      })),
    found: [`booking-shared warn ${[first, second].sort()[0]} `],
  });
}
{
  const [from, to] = [plain(), plain()];
  lie('a booking moved by its newest mail, and the reference not', [from, to], {
    lie: (lying) => {
      const { date, departs, vessel } = lying.at(to);
      lying.booking(from, { date, departs, vessel });
    },
    found: [`booking-moved warn ${from} `],
  });
}
{
  const id = plain();
  lie('a booking moved to a day without a charter', [id], {
    lie: (to) => to.booking(id, { date: '2026-06-20', vessel: 'Zephyr' }),
    found: [`booking-moved warn ${id} `],
  });
}
{
  const id = plain();
  lie('a booking of another vessel', [id], {
    lie: (to) => to.booking(id, { vessel: 'Zephyr' }),
    found: [`sailing-differs info ${id} `],
  });
}
{
  const id = plain();
  lie('a sheet with the charter’s id and another day', [id], {
    lie: (to) => to.sheet(id, { charterId: id, date: '2026-05-31', departs: '03:00' }),
    found: [`sailing-differs warn ${id} `],
  });
}
{
  const id = of(CANCELLED, 3);
  lie('an adjustment that a cancelled charter does not count', [id], {
    lie: ({ world }) => world.adjustments.push(adjustment({ kind: 'guests', charterId: id, heads: 3 })),
    found: [`adjustment-without-effect warn ${id} `],
  });
}

{
  const id = plain();
  lie('a mail whose amount nobody can read', [id], {
    lie: (to) =>
      to.booking(id, (one) => ({
        amountCents: null,
        history: [
          word({
            reference: one.reference,
            amountCents: null,
            problems: ['The amount 1.2.3 could not be read.'],
          }),
        ],
      })),
    found: [`mail-unreadable warn ${id} `],
  });
}
lie('a mail that is only an image', [], {
  lie: ({ world }) => {
    const nothing = {
      reference: null,
      partySize: null,
      date: null,
      departs: null,
      vessel: null,
      amountCents: null,
    };
    world.bookings.push(
      booking({
        ...nothing,
        key: 'image',
        history: [
          word({
            ...nothing,
            messageId: 'image',
            receivedAt: '2026-05-11T09:00:00Z',
            problems: ['The mail is only an image: there is nothing to read.'],
          }),
        ],
      }),
    );
  },
  found: ['mail-unreadable warn  '],
});
{
  const id = plain();
  lie('a booking with tax in its total, and an amount that is not the ledger’s', [id], {
    lie: (to) =>
      to.booking(id, (one) => ({ amountCents: (one.amountCents ?? 0) + 20_00, outsideCents: 15_00 })),
    found: [`amount-differs warn ${id} -500`],
  });
}
{
  const id = plain();
  lie('a booking of the ledger that was only asked for', [id], {
    lie: (to) => {
      for (const reference of to.at(id).bookingRefs) {
        const index = to.world.bookings.findIndex((one) => one.reference === reference);
        const one = to.world.bookings[index];
        if (one !== undefined) to.world.bookings[index] = { ...one, requested: true };
      }
    },
    found: [`charter-without-booking warn ${id} ${recordedOf(id)}`],
  });
}
{
  const id = plain();
  lie('a trip sheet whose heads nobody can read', [id], {
    lie: (to) => to.sheet(id, { boarded: null, problems: ['The count “1O” is no number.'] }),
    found: [`trip-sheet-unreadable warn ${id} `],
  });
}

function start(id: string): Charter {
  const one = CHARTERS.find((candidate) => candidate.id === id);
  if (one === undefined) throw new Error(`no charter ${id}`);
  return one;
}
function recordedOf(id: string): number {
  return start(id).recordedCents;
}
function guestsOf(id: string): number {
  return start(id).guests;
}
function firstAmountOf(id: string): number {
  const [reference] = start(id).bookingRefs;
  const first = agreeing(CHARTERS).bookings.find((one) => one.reference === reference);
  return first?.amountCents ?? Number.NaN;
}

test.each(LIES.map((one) => [one.what, one] as const))('in a clean month of 300, only: %s', (_what, one) => {
  expect(everythingFound(told(CHARTERS, [one]))).toEqual([...one.found].sort());
});

test('all of them planted at once are found, each once, and nothing else', () => {
  expect(everythingFound(told(CHARTERS, LIES))).toEqual(LIES.flatMap(({ found }) => found).sort());
});

test('each code of evidence is planted, but for the unreadable row, which reading finds', () => {
  const planted = new Set(LIES.flatMap(({ found }) => found.map((line) => line.split(' ')[0])));
  const given = readdirSync(AUDIT_FOLDER).flatMap((file) =>
    [...readFileSync(join(AUDIT_FOLDER, file), 'utf8').matchAll(/code: '([a-z-]+)'/g)].map(
      ([, code]) => code,
    ),
  );
  expect(new Set(given).size).toBeGreaterThan(18);
  expect([...new Set(given)].filter((code) => !planted.has(code))).toEqual(['adjustment-unreadable']);
});

test('50 clean generated months have no finding', () => {
  for (let seed = 1; seed <= 50; seed++) {
    expect(everythingFound(agreeing(generatedCharters(20 + seed, seed)))).toEqual([]);
  }
});

test('a witness that nobody asked is not missed', () => {
  const world = { ...agreeing(CHARTERS), bookings: [], sheets: [] };
  expect(audit(world, { asked: { bookings: false, tripSheets: false } })).toEqual([]);
  expect(new Set(audit(world).map(({ code }) => code))).toEqual(
    new Set(['charter-without-booking', 'trip-sheet-missing']),
  );
});

test('every finding links to the charter’s item, its mails and its sheets', () => {
  const id = of(PLAIN, 0);
  const [draft] = audit(told(CHARTERS, LIES.slice(0, 1)));
  const urls = draft?.links.map(({ url }) => url) ?? [];
  expect(urls).toEqual([
    `https://example.com/charter/${id}`,
    ...start(id).bookingRefs.map((reference) => `https://example.com/mail/${reference}`),
    `https://example.com/file/file-${id}`,
  ]);
});

test('messages name the charter, the figures of each witness and what is at stake', () => {
  const one = charter({ bookingRefs: ['HB-1'] });
  const world = {
    charters: [one],
    bookings: [booking({ partySize: 10, amountCents: 125_000 })],
    sheets: [sheet({ boarded: 12 })],
    adjustments: [],
  };
  expect(audit(world).map(({ message }) => message)).toEqual([
    'Charter c-1 (May 14, 2026, 17:30, Blue Heron): guests are 10 by the ledger, 12 by the trip sheet and 10 by the bookings. At the charter’s rate that is $250.00. Correct the one that is wrong.',
  ]);
});

const LONE: World = { charters: [], bookings: [], sheets: [], adjustments: [] };
/** One charter of ten guests and $1,250.00, with the evidence given. */
function lone(
  changes: Partial<Charter>,
  bookings: readonly Partial<Booking>[] = [{ partySize: 10, amountCents: 125_000 }],
  sheets: readonly Partial<TripSheet>[] = [{}],
): World {
  return {
    ...LONE,
    charters: [
      charter({ bookingRefs: bookings.map((one, index) => one.reference ?? `HB-${index + 1}`), ...changes }),
    ],
    bookings: bookings.map((one, index) => booking({ reference: `HB-${index + 1}`, ...one })),
    sheets: sheets.map(sheet),
  };
}
const found = (world: World, changes = {}) =>
  audit(world, changes).map(({ code, cents }) => `${code} ${cents}`);

test.each<[string, World]>([
  [
    'comps that were booked',
    lone({ comps: 2, compNotes: 'Ann Lee, crew guest', recordedCents: 100_000 }, [
      { partySize: 10, amountCents: 100_000 },
    ]),
  ],
  [
    'comps that were not booked',
    lone({ comps: 2, compNotes: 'Ann Lee, crew guest', recordedCents: 100_000 }, [
      { partySize: 8, amountCents: 100_000 },
    ]),
  ],
  ['no-shows that were booked and paid', lone({ noShows: 2 }, [{ partySize: 12, amountCents: 150_000 }])],
  [
    'no-shows that only the sheet knows',
    lone({}, [{ partySize: 12, amountCents: 125_000 }], [{ noShows: 2 }]),
  ],
  ['a discount that the mail does not know', lone({ discountCents: 5000, recordedCents: 120_000 })],
  ['a refund that the mail does not know', lone({ refundCents: 5000, recordedCents: 120_000 })],
  [
    'a mail that quotes tax and fees',
    lone({ taxCents: 7500, feesCents: 300 }, [{ partySize: 10, amountCents: 132_800 }]),
  ],
  ['a mail without party size and amount', lone({}, [{ partySize: null, amountCents: null }])],
  ['two sheets that agree', lone({}, undefined, [{ fileId: 'a' }, { fileId: 'b' }])],
  [
    'a charter of comps alone, without a booking',
    lone(
      { guests: 2, comps: 2, compNotes: 'Ann Lee: crew guest', recordedCents: 0, bookingRefs: [] },
      [],
      [{ boarded: 2 }],
    ),
  ],
  [
    'a cancelled charter whose money was refunded',
    lone({ status: 'cancelled', guests: 0, recordedCents: 0, refundCents: 125_000 }, undefined, []),
  ],
  [
    'a no-show whose money was kept',
    lone({ status: 'no-show', guests: 0, recordedCents: 125_000, forfeitedCents: 125_000 }, undefined, []),
  ],
])('no finding for %s', (_what, world) => {
  expect(found(world)).toEqual([]);
});

test.each<[string, World, string[]]>([
  [
    'one fewer aboard than in a ledger with comps that the sheet does not list',
    lone(
      { comps: 2, compNotes: 'Ann Lee, crew guest', recordedCents: 100_000 },
      [{ partySize: 8, amountCents: 100_000 }],
      [{ boarded: 9 }],
    ),
    ['guests-differ 12500'],
  ],
  [
    'more booked than the no-shows explain',
    lone({ noShows: 1 }, [{ partySize: 13, amountCents: 125_000 }]),
    ['guests-differ -25000'],
  ],
  [
    'a booking that was cancelled before, while its guests are counted',
    lone({}, [{ partySize: 8, amountCents: 100_000 }, { cancelled: true }]),
    ['guests-differ 25000'],
  ],
  [
    'two sheets that do not agree',
    lone({}, undefined, [{ fileId: 'a' }, { fileId: 'b', boarded: 9 }]),
    ['guests-differ 12500'],
  ],
  [
    'heads and money that differ for two reasons',
    lone({}, [{ partySize: 9, amountCents: 130_000 }]),
    ['guests-differ 12500', 'amount-differs -5000'],
  ],
  ['more comps than guests, which calculate tells', lone({ comps: 11 }), []],
  [
    'a private charter without a price',
    lone({ kind: 'private' }, undefined, [{ boarded: 11 }]),
    ['guests-differ null'],
  ],
  [
    'a rate of 0',
    lone({ rateCents: 0, recordedCents: 0 }, [{ partySize: 10, amountCents: 0 }]),
    ['rate-outlier -125000'],
  ],
  [
    'fewer guests at a rate of 0',
    lone({ rateCents: 0, recordedCents: 0 }, [{ partySize: 10, amountCents: 0 }], [{ boarded: 8 }]),
    ['guests-differ 0', 'rate-outlier -125000'],
  ],
  [
    'money kept of which only part is forfeited',
    lone({ status: 'cancelled', guests: 0, recordedCents: 25_000, forfeitedCents: 25_000 }, undefined, []),
    ['cancelled-but-paid 100000'],
  ],
])('%s', (_what, world, codes) => {
  expect(found(world)).toEqual(codes);
});

test('tolerances let small differences pass, and no further', () => {
  const world = lone({}, [{ partySize: 10, amountCents: 125_100 }], [{ boarded: 11 }]);
  const pass = (guests: number, amountCents: number) =>
    found(world, { tolerances: { ...DEFAULT_TOLERANCES, guests, amountCents } });
  expect(pass(1, 100)).toEqual([]);
  expect(pass(0, 99)).toEqual(['guests-differ -12500', 'amount-differs -100']);
});

test('without a cap no comps are too many', () => {
  const world = lone({ comps: 5, compNotes: 'Ann Lee and family, trade', recordedCents: 62_500 }, [
    { partySize: 5, amountCents: 62_500 },
  ]);
  expect(found(world)).toEqual(['comps-above-cap -37500']);
  expect(found(world, { tolerances: { ...DEFAULT_TOLERANCES, compsPerCharter: null } })).toEqual([]);
});

test.each<[string, boolean]>([
  ['Dana Whitlock, travel writer, agreed with the office', true],
  ['Wesley Tran’s mother, crew guest', true],
  ['Reverend Alma Pryce, blessing of the fleet', true],
  ['Dana Whitlock of the Bay Weekly, trade for an article', true],
  ['crew guest: Marek Novák', true],
  ['Łukasz (voucher)', true],
  ['王小明, 朋友', true],
  ['Dana Whitlock', false],
  ['crew guest', false],
  ['Crew, Trade', false],
  ['2 comps', false],
  ['n/a', false],
  ['', false],
])('the comp note “%s” says who and why: %s', (compNotes, explained) => {
  const world = lone({ comps: 1, compNotes, recordedCents: 112_500 }, [
    { partySize: 9, amountCents: 112_500 },
  ]);
  expect(found(world)).toEqual(explained ? [] : ['comp-unexplained -12500']);
});

test('a sailing entered twice is told once, by calculate', () => {
  const first = charter({ bookingRefs: ['HB-1'] });
  const world: World = {
    ...LONE,
    charters: [first, charter({ id: 'c-2', bookingRefs: ['HB-1'] })],
    bookings: [
      booking({ partySize: 10, amountCents: 125_000 }),
      booking({ reference: null, partySize: 1, amountCents: 0 }),
    ],
    sheets: [sheet()],
  };
  expect(everythingFound(world)).toEqual(['duplicate-charter block c-2 125000']);
});

test('a refund row for another month’s charter is told, and changes nothing there', () => {
  const april = charter({ id: 'c-april', date: '2026-04-30', month: '2026-04' });
  const world = { ...lone({}), adjustments: [adjustment({ kind: 'refund', charterId: 'c-april' })] };
  world.charters.push(april);
  expect(found(world)).toEqual(['refund-in-another-month 1000']);
  const guests = { ...world, adjustments: [adjustment({ kind: 'guests', charterId: 'c-april', heads: 2 })] };
  expect(found(guests)).toEqual(['adjustment-unreadable null']);
});

test('money of an April charter that went back in May is told in May, by the workbook’s days', () => {
  const history = [word(), word({ kind: 'cancelled', receivedAt: '2026-05-01T02:00:00Z' })];
  const april = charter({ id: 'c-april', date: '2026-04-30', month: '2026-04', bookingRefs: ['HB-9'] });
  const world = lone({});
  world.charters.push(april);
  world.bookings.push(booking({ reference: 'HB-9', cancelled: true, history }));
  expect(found(world)).toEqual(['refund-in-another-month 25000']);
  // 02:00 UTC is still April in New York.
  expect(found(world, { dayOf: () => '2026-04-30' })).toEqual([]);
});

test('a refund that the charter has already is only worth knowing', () => {
  const history = [
    word({ amountCents: 125_000 }),
    word({ kind: 'amended', receivedAt: '2026-06-02T00:00:00Z', amountCents: 100_000 }),
  ];
  const world = lone({ refundCents: 25_000, recordedCents: 100_000 }, [
    { partySize: 10, amountCents: 100_000, history },
  ]);
  expect(audit(world)).toMatchObject([{ code: 'refund-in-another-month', cents: 25_000, severity: 'info' }]);
});

test('evidence of another month is that month’s matter', () => {
  const world = lone({});
  world.charters.push(charter({ id: 'c-june', date: '2026-06-14', month: '2026-06', bookingRefs: ['HB-8'] }));
  world.bookings.push(booking({ reference: null, date: '2026-06-20', vessel: 'Zephyr' }));
  world.sheets.push(sheet({ fileId: 'file-june', date: '2026-06-20', vessel: 'Zephyr' }));
  expect(found(world)).toEqual([]);
  world.bookings.push(booking({ reference: null, key: 'm-2', date: null, amountCents: 100 }));
  expect(found(world)).toEqual(['booking-without-charter -100']);
});

test('a booking that may be one of two charters is told once, with both', () => {
  const world: World = {
    ...LONE,
    charters: [charter(), charter({ id: 'c-2', departs: '16:30', vessel: 'Osprey' })],
    bookings: [
      booking({ reference: null, departs: null, vessel: null, partySize: 10, amountCents: 125_000 }),
    ],
    sheets: [sheet(), sheet({ fileId: 'f2', charterId: 'c-2', departs: '16:30', vessel: 'Osprey' })],
  };
  const [draft, ...rest] = audit(world);
  expect(rest).toEqual([]);
  expect(draft).toMatchObject({ code: 'booking-without-charter', charterId: null, cents: -125_000 });
  expect(draft?.message).toMatch(/It may be c-2, because .*; or c-1, because the date is the same/);
});

test('each rate other than the standard one says where it comes from and what it makes', () => {
  const cell = "'Purser rates'!C2";
  const rates = [{ from: '2026-05-20', vessel: null, rateCents: 13_000, note: '', cell }];
  const world: World = {
    ...LONE,
    charters: [
      charter({ id: 'a' }),
      charter({ id: 'b', departs: '09:00', rateCents: 9500 }),
      charter({ id: 'c', date: '2026-05-21' }),
      charter({ id: 'd', date: '2026-05-22', rateCents: 12_500 }),
      charter({ id: 'e', departs: '12:00', flatPriceCents: 1 }),
    ],
    adjustments: [adjustment({ kind: 'rate', charterId: 'd', cents: 12_500 })],
  };
  expect(rateUses(auditInput(world, { rates }))).toEqual([
    {
      charterId: 'b',
      rateCents: 9500,
      standardCents: 12_500,
      effectCents: -30_000,
      source: 'the charter’s own rate',
    },
    { charterId: 'c', rateCents: 13_000, standardCents: 12_500, effectCents: 5000, source: cell },
    {
      charterId: 'd',
      rateCents: 12_500,
      standardCents: 13_000,
      effectCents: -5000,
      source: "the adjustment of Nora in 'Purser adjustments'!A2",
    },
  ]);
});

test('what a draft stands for is taken out of what calculate found, for that charter only', () => {
  const [draft] = audit(told(CHARTERS, LIES.slice(3, 4)));
  const id = draft?.charterId ?? '';
  expect(draft?.replaces).toEqual(['revenue-differs']);
  const kept = { code: 'revenue-differs', charterId: 'other' };
  expect(
    withoutReplaced([{ code: 'revenue-differs', charterId: id }, kept], draft === undefined ? [] : [draft]),
  ).toEqual([kept]);
});

test('the order in which charters, mails and sheets were read makes no difference', () => {
  const world = told(CHARTERS, LIES);
  const turned = {
    ...world,
    charters: [...world.charters].reverse(),
    bookings: [...world.bookings].reverse(),
    sheets: [...world.sheets].reverse(),
  };
  expect(auditEvidence(auditInput(turned))).toEqual(auditEvidence(auditInput(world)));
});

test('a group that sails on two vessels under one reference is told once', () => {
  const world: World = {
    ...LONE,
    charters: [
      charter({ bookingRefs: ['HB-1'] }),
      charter({ id: 'c-2', vessel: 'Osprey', bookingRefs: ['HB-1'] }),
    ],
    bookings: [booking({ vessel: null, partySize: 20, amountCents: 250_000 })],
    sheets: [sheet(), sheet({ fileId: 'f2', vessel: 'Osprey' })],
  };
  expect(found(world)).toEqual(['booking-shared null']);
});

test('money that went back in the month of sailing is that month’s, and no finding', () => {
  const history = [
    word({ amountCents: 125_000 }),
    word({ kind: 'amended', receivedAt: '2026-05-20T00:00:00Z', amountCents: 100_000 }),
  ];
  const back = [{ partySize: 10, amountCents: 100_000, history }];
  expect(found(lone({ refundCents: 25_000, recordedCents: 100_000 }, back))).toEqual([]);
});

const DATE_DOUBT = 'The mail says Friday, but 2026-05-14 is a Thursday.';

test('an amount that a reseller’s commission is off of is not compared', () => {
  expect(found(lone({}, [{ partySize: 10, amountCents: 98_000, isNet: true }]))).toEqual([]);
  expect(found(lone({}, [{ partySize: 10, amountCents: 98_000 }]))).toEqual(['amount-differs 27000']);
  const two = lone({}, [
    { partySize: 8, amountCents: 80_000, isNet: true },
    { partySize: 2, amountCents: 25_000 },
  ]);
  expect(found(two)).toEqual([]);
});

test('what a lost booking leaves open is not said where another is net of commission, nor with its tax', () => {
  const lost = (one: Partial<Booking>) =>
    found(lone({ bookingRefs: ['HB-1', 'HB-2'] }, [{ partySize: 8, amountCents: 80_000, ...one }]));
  expect(lost({ isNet: true })).toEqual(['charter-without-booking null']);
  expect(lost({ outsideCents: 5_000 })).toEqual(['charter-without-booking 50000']);
});

test.each<[string, number, number, string[]]>([
  ['without the tax', 125_000, 9_375, []],
  ['with the tax', 134_375, 9_375, []],
  ['with half of the tax', 129_000, 9_375, ['amount-differs 4000']],
])('a ledger that records a total %s', (_what, recordedCents, outsideCents, codes) => {
  const world = lone({ recordedCents, flatPriceCents: recordedCents }, [
    { partySize: 10, amountCents: 134_375, outsideCents },
  ]);
  expect(found(world)).toEqual(codes);
});

test('ten bookings with tax are still compared, and tax is in all totals or in none', () => {
  const each = Array.from({ length: 10 }, (_, index) => ({
    partySize: 1,
    amountCents: 13_500 + index,
    outsideCents: 1000 + index,
  }));
  expect(found(lone({}, each))).toEqual([]);
  expect(
    found(lone({}, [...each.slice(1), { partySize: 1, amountCents: 13_900, outsideCents: 1000 }])),
  ).toEqual(['amount-differs -400']);
});

test('the message names what of a total is tax', () => {
  const [draft] = audit(lone({}, [{ partySize: 10, amountCents: 140_000, outsideCents: 10_000 }]));
  expect(draft?.message).toMatch(
    /1 booking comes to \$1,300\.00 without \$100\.00 of tax, fees and gratuity/,
  );
});

test('an enquiry is no booking: neither its heads nor its money count, and its charter lacks one', () => {
  const asked = { partySize: 10, amountCents: 125_000, requested: true };
  expect(audit(lone({}, [asked]))).toMatchObject([
    {
      code: 'charter-without-booking',
      cents: 125_000,
      message: expect.stringMatching(/Booking HB-1 was only asked for: no mail confirms it\./),
      links: [{ label: 'c-1' }, { label: 'HB-1' }],
    },
  ]);
  expect(found(lone({ bookingRefs: [] }, [{ ...asked, reference: null }]))).toEqual([
    'charter-without-booking 125000',
  ]);
  const beside = lone({ bookingRefs: ['HB-1', 'HB-2'] }, [
    { partySize: 10, amountCents: 125_000 },
    { ...asked, reference: 'HB-2' },
  ]);
  expect(found(beside)).toEqual([]);
  const stray = lone({});
  stray.bookings.push(booking({ reference: 'XX-1', vessel: 'Zephyr', requested: true }));
  expect(found(stray)).toEqual([]);
});

test('an offer that was dearer than the confirmation is no money back', () => {
  const history = [
    word({ kind: 'requested', amountCents: 150_000 }),
    word({ receivedAt: '2026-06-02T00:00:00Z', amountCents: 125_000 }),
  ];
  expect(found(lone({}, [{ partySize: 10, amountCents: 125_000, history }]))).toEqual([]);
});

test('a gross total followed by the reseller’s net one is no money back', () => {
  const history = [
    word({ amountCents: 125_000 }),
    word({ receivedAt: '2026-06-02T00:00:00Z', amountCents: 100_000, isNet: true }),
  ];
  expect(found(lone({}, [{ partySize: 10, amountCents: 100_000, isNet: true, history }]))).toEqual([]);
});

describe('mail that could not be read for certain', () => {
  const unread = (changes: Parameters<typeof word>[0] = {}) =>
    word({ problems: ['The party size “8-10” is a range.'], partySize: null, ...changes });
  const severities = (world: World) =>
    audit(world).map(({ code, severity, charterId }) => `${code} ${severity ?? 'warn'} ${charterId}`);

  test('is a warning when guests or money hang on it, and names booking, problem and what to do', () => {
    const [draft, ...rest] = audit(
      lone({}, [{ partySize: null, amountCents: 125_000, guestNames: ['Anna Berg'], history: [unread()] }]),
    );
    expect(rest).toEqual([]);
    expect(draft).toMatchObject({ code: 'mail-unreadable', charterId: 'c-1', cents: null });
    expect(draft?.message).toBe(
      'The mail of booking HB-1 (Anna Berg) could not be read for certain: The party size “8-10” is a range. Open the mail, and enter what it says in the ledger or as an adjustment.',
    );
    expect(draft?.links).toEqual([{ label: 'HB-1', url: 'https://example.com/mail/HB-1' }]);
  });

  test('is only worth knowing when all that counts is known', () => {
    const history = [word({ problems: ['Characters were lost in “M�ller”: its charset is broken.'] })];
    const world = lone({}, [{ partySize: 10, amountCents: 125_000, history }]);
    expect(severities(world)).toEqual(['mail-unreadable info c-1']);
  });

  test('is settled by a later word that says the same without a problem, and by no other', () => {
    const later = (changes: Parameters<typeof word>[0]) => {
      const history = [unread(), word({ receivedAt: '2026-04-21T12:00:00Z', messageId: 'm-2', ...changes })];
      return severities(lone({}, [{ partySize: 10, amountCents: 125_000, history }]));
    };
    expect(later({ partySize: 10 })).toEqual([]);
    expect(later({ partySize: null })).toEqual(['mail-unreadable info c-1']);
    expect(later({ partySize: 10, kind: 'requested' })).toEqual(['mail-unreadable info c-1']);
    expect(later({ partySize: 10, problems: ['The amount 1.2.3 could not be read.'] })).toHaveLength(2);
  });

  test('of several bookings is told once, with all of them', () => {
    const history = [unread({ messageId: 'both' })];
    const world = lone({}, [
      { partySize: null, amountCents: 100_000, history },
      { partySize: null, amountCents: 25_000, history },
    ]);
    expect(audit(world)).toMatchObject([
      { code: 'mail-unreadable', links: [{ label: 'HB-1' }, { label: 'HB-2' }] },
    ]);
  });

  test('without a date is of the month that it came in, by the workbook’s days', () => {
    const world = lone({});
    const undated = { reference: null, date: null, departs: null, vessel: null };
    world.bookings.push(
      booking({
        ...undated,
        amountCents: 40_000,
        history: [unread({ ...undated, receivedAt: '2026-06-01T02:00:00Z' })],
      }),
    );
    expect(found(world)).toEqual([]);
    expect(found(world, { dayOf: () => '2026-05-31' })).toEqual(['mail-unreadable -40000']);
  });

  test('of a booking that fits no charter is told with it, not beside it', () => {
    const world = lone({});
    const history = [word({ problems: [DATE_DOUBT] })];
    world.bookings.push(booking({ reference: 'XX-1', vessel: 'Zephyr', departs: '03:00', history }));
    const drafts = audit(world);
    expect(drafts.map(({ code }) => code)).toEqual(['booking-without-charter']);
    expect(drafts[0]?.message).toMatch(/Not certain: The mail says Friday/);
    const moved = lone({}, [{ partySize: 10, amountCents: 125_000, date: '2026-06-20', history }]);
    expect(audit(moved)).toMatchObject([
      { code: 'booking-moved', message: expect.stringMatching(/Not certain: The mail says Friday/) },
    ]);
  });

  test('of another vessel than its charter’s is told with that', () => {
    const history = [word({ problems: [DATE_DOUBT] })];
    const world = lone({}, [{ partySize: 10, amountCents: 125_000, vessel: 'Zephyr', history }]);
    expect(audit(world)).toMatchObject([
      { code: 'sailing-differs', message: expect.stringMatching(/Not certain: The mail says Friday/) },
    ]);
  });

  test('is settled by a cancellation that is plain', () => {
    const cancelled = word({
      kind: 'cancelled',
      receivedAt: '2026-04-21T12:00:00Z',
      partySize: null,
      amountCents: null,
    });
    const world = lone({}, [
      { partySize: 10, amountCents: 125_000 },
      {
        partySize: null,
        amountCents: null,
        cancelled: true,
        history: [unread({ amountCents: null }), cancelled],
      },
    ]);
    expect(found(world)).toEqual([]);
  });

  test('that cancels nobody knows what is a warning, though a cancelled booking needs no charter', () => {
    const world = lone({});
    const problems = ['The mail does not say which of the quoted bookings it means.'];
    const said = { reference: null, date: null, receivedAt: '2026-05-20T00:00:00Z' };
    const history = [word({ ...said, kind: 'cancelled', problems })];
    world.bookings.push(booking({ reference: null, date: null, cancelled: true, history }));
    expect(severities(world)).toEqual(['mail-unreadable warn null']);
  });
});

describe('a trip sheet that could not be read for certain', () => {
  const problems = ['The date “31/04” is not in the calendar.'];

  test('is told once a tab, and only worth knowing when its charter and heads are known', () => {
    expect(audit(lone({}, undefined, [{ charterId: 'c-1', problems }]))).toMatchObject([
      { code: 'trip-sheet-unreadable', severity: 'info', charterId: 'c-1' },
    ]);
    const unread = { charterId: 'c-1', boarded: null, problems };
    expect(found(lone({}, undefined, [unread, unread]))).toEqual(['trip-sheet-unreadable null']);
    expect(found(lone({}, undefined, [unread, { ...unread, tab: 'two' }]))).toHaveLength(2);
  });

  test('without a date is told alone; with one, with what it fits not', () => {
    const world = lone({});
    world.sheets.push(sheet({ fileId: 'f-2', date: null, departs: null, vessel: null, problems }));
    expect(found(world)).toEqual(['trip-sheet-unreadable null']);
    const dated = lone({});
    dated.sheets.push(sheet({ fileId: 'f-2', departs: '03:00', vessel: 'Zephyr', problems }));
    expect(audit(dated)).toMatchObject([
      { code: 'trip-sheet-without-charter', message: expect.stringMatching(/Not certain: The date/) },
    ]);
  });

  test('of another month is that month’s matter', () => {
    const world = lone({});
    world.charters.push(charter({ id: 'c-june', date: '2026-06-14', month: '2026-06' }));
    world.sheets.push(
      sheet({ fileId: 'f-2', charterId: 'c-june', boarded: null, date: '2026-06-14', problems }),
    );
    expect(found(world)).toEqual([]);
  });
});

test('two comps under one name are two heads', () => {
  const comps = [{ person: 'Dana Whitlock', heads: 2, reason: 'travel writer' }];
  const world = lone(
    { comps: 2, compNotes: '', recordedCents: 100_000 },
    [{ partySize: 8, amountCents: 100_000 }],
    [{ comps }],
  );
  expect(found(world)).toEqual([]);
  expect(found(lone({}, undefined, [{ comps }]))).toEqual(['headcount-broken 25000']);
});
