/** Who booked the places of the logbooks, and what their mails say where that is not what was sailed. */
import type { BookingFacts } from '../local/booking-layouts.ts';
import type { LoggedCharter } from './logbooks.ts';
import { CHARTERS_WITH_MAIL } from './logbooks.ts';
import { COMPANY, ETOILE, HERON, OSPREY, TOLLIVER } from './operator.ts';
import { priceOfParty, taxOf } from './sailings.ts';

/** The places of one party, as the mails tell of them. */
export interface Booking {
  readonly charter: LoggedCharter;
  /** As the first mail has it. */
  readonly booked: BookingFacts;
  readonly changes: readonly Change[];
}

/** A later mail. */
export interface Change {
  readonly kind: 'amended' | 'cancelled';
  /** In Annapolis: `2026-04-10 16:20`. */
  readonly sent: string;
  readonly why: string;
  readonly facts: BookingFacts;
}

interface Story {
  /** Of the logbook. */
  readonly party: readonly [when: string, vessel: string, party: number];
  /** What the first mail says otherwise. */
  readonly first?: Partial<BookingFacts>;
  readonly cancelled?: { readonly sent: string; readonly why: string };
  /** What the last mail says otherwise than the logbook. */
  readonly amended?: { readonly sent: string; readonly why: string; readonly says: Partial<BookingFacts> };
}

/** README.md says which of April's are found. */
const STORIES: readonly Story[] = [
  ...cancellations('01-17 11:00', HERON, 2, '2026-01-17 07:40', 'ice in the creek'),
  ...cancellations('02-21 11:00', HERON, 2, '2026-02-20 18:05', 'gale warning'),
  ...cancellations('03-15 11:00', HERON, 2, '2026-03-14 17:30', 'small craft advisory'),
  // One guest more than sailed.
  { party: ['04-04 11:00', HERON, 2], first: { heads: 4, ...priced(50_000) } },
  // The site sold them cheaper than the ledger says.
  { party: ['04-11 15:00', ETOILE, 0], first: priced(35_000) },
  // Moved to another day; the ledger still has them here.
  {
    party: ['04-12 13:00', HERON, 2],
    amended: {
      sent: '2026-04-10 16:20',
      why: 'The guests have moved to Saturday week.',
      says: { date: '2026-04-18', departs: '11:00' },
    },
  },
  ...cancellations('04-17 11:00', HERON, 1, '2026-04-17 09:15', 'engine would not start'),
  // The other party of this sailing was never told, and paid.
  ...cancellations('04-19 13:00', HERON, 1, '2026-04-19 08:30', 'thunderstorms'),
  // After the sail: one of six had stayed ashore.
  {
    party: ['04-23 18:00', TOLLIVER, 2],
    amended: {
      sent: '2026-04-27 11:25',
      why: 'One guest did not sail, and had the fare back.',
      says: { heads: 5, ...priced(47_500) },
    },
  },
  ...cancellations('05-03 14:00', ETOILE, 2, '2026-05-03 09:20', 'weather, thunderstorms over the bay'),
  // Five at first.
  {
    party: ['05-09 10:00', HERON, 1],
    first: { heads: 5, ...priced(62_500) },
    amended: { sent: '2026-05-06 19:45', why: 'One guest more.', says: {} },
  },
  {
    party: ['05-16 12:00', OSPREY, 0],
    amended: {
      sent: '2026-05-18 10:10',
      why: 'The guests did not come; half of the price is kept.',
      says: { priceCents: 39_000, taxCents: null },
    },
  },
];

function cancellations(when: string, vessel: string, parties: number, sent: string, why: string): Story[] {
  return Array.from({ length: parties }, (_, party) => ({
    party: [when, vessel, party],
    cancelled: { sent, why },
  }));
}

function priced(priceCents: number): Pick<BookingFacts, 'priceCents' | 'taxCents'> {
  return { priceCents, taxCents: taxOf(priceCents) };
}

/** A sailing that the ledger does not have. */
export const STRAY: BookingFacts = {
  company: COMPANY,
  reference: 'HB-44990',
  name: 'Harriet Osei',
  vessel: HERON,
  kind: 'public',
  date: '2026-04-21',
  departs: '11:00',
  heads: 4,
  ...priced(50_000),
};

const NAMED: ReadonlyMap<string, string> = new Map([
  ['HB-45149', 'Thomas O’Malley'],
  ['HB-45152', 'Keiko Tanaka'],
  ['HB-45155', 'Beth Severn'],
  ['HB-45158', 'Anneke de Vries'],
  ['HB-45161', 'Marcus Bell'],
  ['HB-45164', 'Chloë Grant'],
  ['HB-45167', 'Jürgen Weiß'],
  ['HB-45170', 'Paula Ortega'],
  ['HB-45374', 'Anil Mehta'],
]);
const FIRST_NAMES =
  'Abigail Bernard Constance Dorian Eloise Farouk Greta Hamish Isolde Julián Kirsten Leopold Matilda'.split(
    ' ',
  );
const LAST_NAMES =
  'Abernathy Boucher Crawford Dvořák Ellison Fitzgerald Gallagher Haugen Ivanova Jiménez Kaplan Lefèvre Marchetti Novak Olufsen Paterson Quist'.split(
    ' ',
  );

/** In the order of the logbooks; a sailing that was entered twice has its bookings once. */
export const BOOKINGS: readonly Booking[] = bookings();

function bookings(): Booking[] {
  const seen = new Set<string>();
  return CHARTERS_WITH_MAIL.flatMap((charter) =>
    charter.item.bookingRefs.flatMap((reference, party): Booking[] => {
      if (seen.has(reference)) return [];
      seen.add(reference);
      return [bookingOf(charter, reference, party, seen.size)];
    }),
  );
}

function bookingOf(charter: LoggedCharter, reference: string, party: number, index: number): Booking {
  const { item, sailing } = charter;
  const heads = sailing.parties[party] ?? 0;
  const priceCents = priceOfParty(sailing, heads);
  const facts: BookingFacts = {
    company: COMPANY,
    reference,
    name:
      NAMED.get(reference) ??
      `${FIRST_NAMES[index % FIRST_NAMES.length]} ${LAST_NAMES[index % LAST_NAMES.length]}`,
    vessel: item.vessel,
    kind: item.kind,
    date: item.date,
    departs: item.departs,
    heads,
    priceCents,
    // The sites collect it where the ledger has it.
    taxCents: item.month >= '2026-03' ? taxOf(priceCents) : null,
  };
  const story = STORIES.find(
    (one) => one.party[0] === sailing.when && one.party[1] === sailing.vessel && one.party[2] === party,
  );
  return {
    charter,
    booked: { ...facts, ...story?.first },
    changes: story === undefined ? [] : changesOf(story, facts),
  };
}

function changesOf({ cancelled, amended }: Story, facts: BookingFacts): Change[] {
  const changes: Change[] = [];
  if (cancelled !== undefined) changes.push({ ...cancelled, kind: 'cancelled', facts });
  if (amended !== undefined) {
    const { says, ...told } = amended;
    changes.push({ ...told, kind: 'amended', facts: { ...facts, ...says } });
  }
  return changes;
}
