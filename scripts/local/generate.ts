/** A month of made-up charters of any size, clean by Purser's own rules: the same seed gives the same month. */

import type { Cents } from '../../src/statement/money.ts';
import { dollarsText } from '../../src/statement/money.ts';
import { isMonth, lastDay } from '../../src/statement/month.ts';
import type { Dice } from './generate-dice.ts';
import { createDice } from './generate-dice.ts';

/** A charter as a plain JSON line has it; attribute names are the defaults of the settings, amounts are dollars. */
export interface CharterItem {
  readonly charterId: string;
  readonly month: string;
  readonly date: string;
  readonly departs: string;
  readonly vessel: string;
  readonly kind: 'public' | 'private';
  readonly status: 'completed' | 'cancelled' | 'no-show' | 'scheduled';
  readonly guests: number;
  readonly comps: number;
  readonly compNotes?: string;
  readonly ratePerPerson?: number;
  readonly flatPrice?: number;
  readonly revenueTotal: number;
  readonly crew: readonly string[];
  readonly bookingRefs: readonly string[];
  readonly noShows?: number;
  readonly discount?: number;
  readonly refund?: number;
  readonly forfeited?: number;
  readonly tax?: number;
  readonly fees?: number;
  readonly gratuity?: number;
  readonly cancelReason?: string;
  /** An attribute that Purser knows nothing of, as real tables have them. */
  readonly log?: string;
}

export interface CrewItem {
  readonly crewId: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
}

export interface GeneratedMonth {
  /** In the order of a statement: date, departure, vessel. */
  readonly charters: CharterItem[];
  readonly roster: CrewItem[];
}

const MOST_CHARTERS = 20_000;
const STANDARD_RATE_CENTS = 12_500;
const DEPARTURES = ['08:30', '10:00', '11:30', '13:00', '14:30', '16:00', '17:30', '19:00'] as const;
const FIRST_NAMES = [
  'Amélie',
  'Björn',
  'Carmen',
  'Dmitri',
  'Esi',
  'Fatima',
  'Gráinne',
  'Hiro',
  'Inés',
  'Jack',
] as const;
const LAST_NAMES = [
  'Abbott',
  'Brânză',
  'Castillo',
  'Dahl',
  'Egan',
  'Fournier',
  'Gómez',
  'Hanley',
  'Ito',
  'Jansen',
] as const;
const VESSELS = [
  'Aurora',
  'Belle Île',
  'Cormorant',
  'Dovekie',
  'Egret',
  'Fair Wind',
  'Gannet',
  'Halcyon',
] as const;
const REASONS = [
  'small craft advisory',
  'thunderstorms',
  'fog until noon',
  'engine would not start',
] as const;
const COMPS = [
  'Dana Whitlock, travel writer, agreed with the office',
  'Marek Novák, crew guest',
  'Ruth Adeyemi, apology for a late departure last week',
  'Elena Popescu, trade with the harbor hotel',
] as const;
const WINDS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;
const SEAS = ['smooth water', 'a light chop', 'one foot from the south'] as const;
const REMARKS = [
  'passed the Thomas Point light to port, two ospreys on it',
  'raised main and jib off Greenbury Point, motored home',
  'guests took the helm in turn, sunscreen is running low',
] as const;
const CREW_PER_VESSEL = 4;
const ROLES = ['captain', 'mate', 'deckhand', 'steward'] as const;

/**
 * Charters that `calculate` finds nothing to say about (no `block`, no `warn`), with the crew that sails them.
 * The standard rate must be 125.00. No two share date, vessel and departure; the first always sails and earns.
 *
 * @throws RangeError for a month that isn't one, for a seed that is no integer, and for charters outside 0 to 20,000.
 */
export function generateMonth(options: { month: string; charters: number; seed: number }): GeneratedMonth {
  const { month, charters: count, seed } = options;
  if (!isMonth(month)) throw new RangeError(`Not a month such as 2026-05: ${month}`);
  if (!Number.isInteger(count) || count < 0 || count > MOST_CHARTERS) {
    throw new RangeError(`Charters must be a whole number from 0 to ${MOST_CHARTERS}: ${count}`);
  }
  if (!Number.isInteger(seed)) throw new RangeError(`The seed must be a whole number: ${seed}`);
  const dice = createDice(seed);
  const slots = sailings(month, count, dice);
  const charters = slots.map((slot, index) => {
    const id = `GN-${month}-${String(index + 1).padStart(5, '0')}`;
    const agreed = terms(index, dice);
    return { charterId: id, month, ...slot, ...agreed, ...voyage(slot.vessel, agreed, index, dice) };
  });
  const vessels = vesselCount(month, count);
  return { charters: charters.map(inOrder), roster: rosterOf(vessels) };
}

function daysOf(month: string): number {
  return Number(lastDay(month).slice(8));
}

/** As many as keep two slots in three empty, as on real docks, and never fewer than four. */
function vesselCount(month: string, charters: number): number {
  return Math.max(4, Math.ceil((charters * 3) / (daysOf(month) * DEPARTURES.length)));
}

function vesselName(index: number): string {
  const round = Math.floor(index / VESSELS.length);
  return `${VESSELS[index % VESSELS.length]}${round === 0 ? '' : ` ${round + 1}`}`;
}

interface Sailing {
  readonly date: string;
  readonly departs: string;
  readonly vessel: string;
}

/** Walks all slots of the month by a stride that shares no factor with their number: none comes twice. */
function sailings(month: string, count: number, dice: Dice): Sailing[] {
  const days = daysOf(month);
  const total = days * DEPARTURES.length * vesselCount(month, count);
  let stride = 1 + dice.below(total);
  while (commonFactor(stride, total) !== 1) stride = (stride % total) + 1;
  const start = dice.below(total);
  const slots = Array.from({ length: count }, (_, index) => {
    const slot = (start + index * stride) % total;
    const day = slot % days;
    const departure = Math.floor(slot / days) % DEPARTURES.length;
    return {
      date: `${month}-${String(day + 1).padStart(2, '0')}`,
      departs: DEPARTURES[departure] ?? DEPARTURES[0],
      vessel: vesselName(Math.floor(slot / (days * DEPARTURES.length))),
    };
  });
  const keyed = slots.map((slot) => ({ slot, key: `${slot.date} ${slot.departs} ${slot.vessel}` }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ slot }) => slot);
}

function commonFactor(a: number, b: number): number {
  return b === 0 ? a : commonFactor(b, a % b);
}

type Terms = Pick<CharterItem, 'kind' | 'status' | 'guests' | 'comps' | 'revenueTotal'> &
  Partial<CharterItem>;

function terms(index: number, dice: Dice): Terms {
  if (index > 0 && dice.percent(5)) return cancelled(dice);
  if (index > 0 && dice.percent(2)) return noShow(dice);
  return dice.percent(20) ? privateCharter(dice) : publicSail(dice);
}

function cancelled(dice: Dice): Terms {
  const cancelReason = dice.pick(REASONS);
  return { kind: 'public', status: 'cancelled', guests: 0, comps: 0, revenueTotal: 0, cancelReason };
}

function noShow(dice: Dice): Terms {
  const kept = dollars(STANDARD_RATE_CENTS * (1 + dice.below(4)));
  return { kind: 'public', status: 'no-show', guests: 0, comps: 0, revenueTotal: kept, forfeited: kept };
}

function privateCharter(dice: Dice): Terms {
  const guests = 2 + dice.below(10);
  const byRate = dice.percent(40);
  const rateCents = 10_000 + 500 * dice.below(20);
  const flatCents = 90_000 + 2_550 * dice.below(40);
  const price = byRate ? { ratePerPerson: dollars(rateCents) } : { flatPrice: dollars(flatCents) };
  return {
    kind: 'private',
    status: 'completed',
    guests,
    comps: 0,
    ...price,
    ...taken(byRate ? guests * rateCents : flatCents, dice),
  };
}

function publicSail(dice: Dice): Terms {
  const guests = 3 + dice.below(16);
  const comps = dice.percent(12) ? 1 + dice.below(2) : 0;
  const ownRate = dice.percent(15);
  const rateCents = ownRate ? dice.pick([9_500, 11_000, 8_950, 13_999]) : STANDARD_RATE_CENTS;
  return {
    kind: 'public',
    status: 'completed',
    guests,
    comps,
    ...(comps > 0 ? { compNotes: compNotes(comps, dice) } : {}),
    ...(ownRate ? { ratePerPerson: dollars(rateCents) } : {}),
    ...(dice.percent(5) ? { noShows: 1 + dice.below(3) } : {}),
    ...taken((guests - comps) * rateCents, dice),
  };
}

/** A person and a reason for each head. */
function compNotes(comps: number, dice: Dice): string {
  const first = dice.below(COMPS.length);
  return Array.from({ length: comps }, (_, comp) => COMPS[(first + comp) % COMPS.length]).join('; ');
}

/** What was taken for places worth `dueCents`, with what was let off and what came on top. */
function taken(dueCents: Cents, dice: Dice): Pick<CharterItem, 'revenueTotal'> & Partial<CharterItem> {
  const discountCents = dice.percent(6) ? Math.floor(dueCents / 10) : 0;
  const refundCents = dice.percent(2) ? Math.floor(dueCents / 4) : 0;
  const revenueCents = dueCents - discountCents - refundCents;
  return {
    revenueTotal: dollars(revenueCents),
    ...(discountCents > 0 ? { discount: dollars(discountCents) } : {}),
    ...(refundCents > 0 ? { refund: dollars(refundCents) } : {}),
    tax: dollars(Math.floor((revenueCents * 6) / 100)),
    ...(dice.percent(30) ? { fees: dollars(Math.floor(revenueCents / 40)) } : {}),
    ...(dice.percent(35) ? { gratuity: dollars(500 + 250 * dice.below(60)) } : {}),
  };
}

/** The double that JSON writes as the very same cents. */
function dollars(cents: Cents): number {
  return Number(dollarsText(cents));
}

function voyage(
  vessel: string,
  { kind, guests, comps }: Terms,
  index: number,
  dice: Dice,
): Pick<CharterItem, 'log' | 'crew' | 'bookingRefs'> {
  const hands = 2 + dice.below(CREW_PER_VESSEL - 1);
  // A whole vessel is booked once.
  const shared = kind === 'public' && guests - comps !== 1 && dice.percent(20);
  return {
    log: `Wind ${dice.pick(WINDS)} ${4 + dice.below(15)} kn, ${dice.pick(SEAS)}; ${dice.pick(REMARKS)}. Back at the dock ${dice.below(20)} min after time.`,
    crew: Array.from({ length: hands }, (_, hand) => crewId(vessel, hand)),
    bookingRefs: Array.from({ length: shared ? 2 : 1 }, (_, ref) => `HB-${70_000 + index * 4 + ref}`),
  };
}

function crewId(vessel: string, hand: number): string {
  const slug = vessel
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z0-9 ]/g, '')
    .replace(/ /g, '-');
  return `cr-${slug}-${ROLES[hand]}`;
}

function rosterOf(vessels: number): CrewItem[] {
  return Array.from({ length: vessels * CREW_PER_VESSEL }, (_, index) => {
    const id = crewId(vesselName(Math.floor(index / CREW_PER_VESSEL)), index % CREW_PER_VESSEL);
    const first = FIRST_NAMES[index % FIRST_NAMES.length];
    const last = LAST_NAMES[Math.floor(index / FIRST_NAMES.length) % LAST_NAMES.length];
    const suffix = index < 100 ? '' : ` ${Math.floor(index / 100) + 1}`;
    const role = ROLES[index % CREW_PER_VESSEL] ?? 'deckhand';
    return { crewId: id, name: `${first} ${last}${suffix}`, email: `${id}@generated.example`, role };
  });
}

/** Attributes in the order of the settings, whatever made them, so that lines are pleasant to read. */
function inOrder(item: CharterItem): CharterItem {
  const { charterId, month, date, departs, vessel, kind, status, guests, comps, crew, bookingRefs, ...rest } =
    item;
  return { charterId, month, date, departs, vessel, kind, status, guests, comps, ...rest, crew, bookingRefs };
}
