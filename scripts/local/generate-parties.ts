/** Who booked which places of a generated charter, and what they paid: to the cent what the charter records. */
import type { Cents } from '../../src/statement/money.ts';
import type { CharterItem } from './generate.ts';
import type { Dice } from './generate-dice.ts';

export interface Party {
  readonly charter: CharterItem;
  readonly reference: string;
  readonly name: string;
  readonly heads: number;
  /** Places, less what was let off before the mail was written. */
  readonly priceCents: Cents;
  /** Null when the agent leaves tax to the operator. */
  readonly taxCents: Cents | null;
}

const STANDARD_RATE_CENTS = 12_500;
const FIRST_NAMES = [
  ...(['Agnieszka', 'Beatriz', 'Chloë', 'Desmond', 'Éamon', 'Frieda', 'Günther', 'Hannah-Mae'] as const),
  ...(['Ingrid', 'João', 'Katarína', 'Lars', 'Mireille', 'Niamh', 'Oluwaseun', 'Priscilla'] as const),
] as const;
const LAST_NAMES = [
  ...(['Ashworth', 'Bergström', 'Cavanagh', 'Delacroix', 'Eriksen', 'Ferreira', 'García', 'Hollis'] as const),
  ...([
    'Iversen',
    'Johansson',
    'Kowalczyk',
    'Lindqvist',
    'MacLeod',
    'Nakamura',
    'O’Malley',
    'Pereira',
  ] as const),
  ...(['Quigley', 'Rasmussen', 'Sørensen', 'Tremblay', 'Ullman', 'Vandermeer', 'Weiß', 'Yilmaz'] as const),
] as const;

/** One for each booking reference of the charter, in their order. */
export function partiesOf(charter: CharterItem, dice: Dice): Party[] {
  const { bookingRefs } = charter;
  const heads = shares(bookedHeads(charter, dice), bookingRefs.length, 1);
  const prices = shares(bookedCents(charter, heads, dice), bookingRefs.length, 0);
  const sailed = charter.status === 'completed';
  const taxes = shares(sailed ? cents(charter.tax) : 0, bookingRefs.length, 0);
  const withTax = sailed && dice.percent(40);
  const firstName = dice.below(FIRST_NAMES.length);
  const lastName = dice.below(LAST_NAMES.length);
  return bookingRefs.map((reference, party) => ({
    charter,
    reference,
    name: `${FIRST_NAMES[(firstName + party) % FIRST_NAMES.length]} ${LAST_NAMES[(lastName + party) % LAST_NAMES.length]}`,
    heads: heads[party] ?? 1,
    priceCents: prices[party] ?? 0,
    taxCents: withTax ? (taxes[party] ?? 0) : null,
  }));
}

/** Of those who did not show some had booked, and some had told in time. */
function bookedHeads(charter: CharterItem, dice: Dice): number {
  if (charter.status === 'completed') {
    const absent = dice.percent(50) ? (charter.noShows ?? 0) : 0;
    return charter.guests - charter.comps + absent;
  }
  if (charter.status === 'no-show')
    return Math.max(1, Math.round(cents(charter.forfeited) / STANDARD_RATE_CENTS));
  return charter.bookingRefs.length * (1 + dice.below(5));
}

function bookedCents(charter: CharterItem, heads: readonly number[], dice: Dice): Cents {
  const all = heads.reduce((sum, some) => sum + some, 0);
  if (charter.status !== 'completed') return all * STANDARD_RATE_CENTS;
  const absent = all - (charter.guests - charter.comps);
  const places = charter.flatPrice === undefined ? absent * rateCents(charter) : 0;
  const discount = dice.percent(50) ? cents(charter.discount) : 0;
  // What went back went back after the mail.
  return cents(charter.revenueTotal) + places + discount + cents(charter.refund);
}

function rateCents(charter: CharterItem): Cents {
  return charter.ratePerPerson === undefined ? STANDARD_RATE_CENTS : cents(charter.ratePerPerson);
}

export function cents(dollars: number | undefined): Cents {
  return Math.round((dollars ?? 0) * 100);
}

/** A whole in whole parts, each at least `least`, the first the largest. */
function shares(whole: number, parts: number, least: number): number[] {
  const each = Math.max(least, Math.floor(whole / parts));
  return Array.from({ length: parts }, (_, part) => (part === 0 ? whole - each * (parts - 1) : each));
}
