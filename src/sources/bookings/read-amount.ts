/** Amounts of money as people write them, to integer cents without floats. */
import type { Cents } from '../../statement/money.ts';
import { centsFromDollars } from '../../statement/money.ts';

export interface FoundAmount {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly cents: Cents | null;
  /** ISO 4217, `$` when only the sign is given, null when nothing is. */
  readonly currency: string | null;
  /** `each`, `per person` and the like. */
  readonly isPerHead: boolean;
}

const NUMBER = String.raw`-?(?:\d{1,3}(?:[.,'’ ]\d{3}){1,4}(?!\d)|\d{1,12})(?:[.,]\d{1,4})?(?:[.,][-–—])?`;
const SIGN = String.raw`US ?\$|USD ?\$|CA ?\$|C\$|AU ?\$|A\$|NZ ?\$|\$|€|£|¥|Fr\.|kr\.?`;
const CODE = 'USD|EUR|GBP|CAD|AUD|NZD|CHF|MXN|BRL|SEK|NOK|DKK|JPY|THB|ZAR|AED|XCD|BBD|BSD|KYD|JMD';
const AMOUNT = new RegExp(
  String.raw`(?<![\p{L}\d])(?:(${SIGN}|(?:${CODE})(?!\p{L}))\s{0,2}){0,2}(-?${NUMBER})(?:\s?(${CODE}|euros?|dollars?|pounds?|€|£|\$|kr)(?!\p{L}))?`,
  'giu',
);
const PER_HEAD =
  /^\s{0,2}(?:\/|per|each|pp\b|p\.p\.|a head|pro|apiece)\s{0,1}(?:person|guest|pax|head|adult|child|pp|people|p)?/iu;

const CURRENCY_OF_SIGN = new Map<string, string>(
  Object.entries({
    '€': 'EUR',
    '£': 'GBP',
    '¥': 'JPY',
    $: '$',
    us$: 'USD',
    usd$: 'USD',
    ca$: 'CAD',
    c$: 'CAD',
    au$: 'AUD',
    a$: 'AUD',
    nz$: 'NZD',
    'fr.': 'CHF',
    kr: 'kr',
    'kr.': 'kr',
    euro: 'EUR',
    euros: 'EUR',
    dollar: '$',
    dollars: '$',
    pound: 'GBP',
    pounds: 'GBP',
  }),
);

function currencyNamed(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const key = text.toLowerCase().replace(/ /g, '');
  return CURRENCY_OF_SIGN.get(key) ?? text.toUpperCase();
}

/** `1,250.00`, `1.250,00`, `1 250`, `1250.-` to cents; three digits behind the only separator are thousands. */
export function centsOfNumber(text: string): Cents | null {
  const plain = text.replace(/[.,][-–—]$/, '').replace(/['’ ]/g, '');
  const lastPoint = plain.lastIndexOf('.');
  const lastComma = plain.lastIndexOf(',');
  const last = Math.max(lastPoint, lastComma);
  let whole = plain;
  let fraction = '';
  if (last >= 0) {
    const digitsAfter = plain.length - last - 1;
    const separators = plain.replace(/[^.,]/g, '');
    const isGrouped = digitsAfter === 3 && new Set(separators).size === 1 && !/^-?0/.test(plain);
    if (!isGrouped) {
      whole = plain.slice(0, last);
      fraction = plain.slice(last + 1);
    }
  }
  const cents = centsFromDollars(`${whole.replace(/[.,]/g, '')}${fraction === '' ? '' : `.${fraction}`}`);
  return typeof cents === 'number' ? cents : null;
}

/** Every number in the text that may be money, in order; `markedOnly` leaves out those without a currency. */
export function findAmounts(text: string, markedOnly: boolean): FoundAmount[] {
  const found: FoundAmount[] = [];
  for (const match of text.matchAll(AMOUNT)) {
    const currency = currencyOf(match);
    if (currency === null && markedOnly) continue;
    const start = match.index;
    const end = start + match[0].length;
    found.push({
      start,
      end,
      text: match[0].trim(),
      cents: centsOfNumber(match[2] ?? ''),
      currency,
      isPerHead: PER_HEAD.test(text.slice(end, end + 16)),
    });
    if (found.length >= 50) break;
  }
  return found;
}

function currencyOf(match: RegExpMatchArray): string | null {
  const after = currencyNamed(match[3]);
  const before = currencyNamed(match[1]);
  const codeAhead = /^\s*([A-Z]{3})\s*\$/.exec(match[0])?.[1];
  return codeAhead ?? (before === '$' && after !== null ? after : (before ?? after));
}

export interface AmountReading {
  readonly cents: Cents | null;
  /** As with `FoundAmount`; of an amount in the wrong currency, too. */
  readonly currency: string | null;
  readonly problem: string | null;
}

/** The amount that a label's value states. `currency`: the one that is expected, or null for any. */
export function readAmount(value: string, currency: string | null): AmountReading {
  const none = { cents: null, currency: null, problem: null };
  if (/^\W{0,3}(?:free|complimentary|comp|comped|no charge|gratis|f\.?o\.?c\.?)(?!\p{L})/iu.test(value)) {
    return { ...none, cents: 0 };
  }
  // `10 x $125.00 = $1,250.00`
  const result = value.lastIndexOf('=');
  const text = result >= 0 ? value.slice(result + 1) : value;
  const all = findAmounts(text, false);
  const marked = all.filter((amount) => amount.currency !== null);
  const whole = (marked.length > 0 ? marked : all).filter((amount) => !amount.isPerHead);
  const wanted =
    currency === null ? undefined : whole.find((amount) => fitsCurrency(amount.currency, currency));
  const amount = wanted ?? whole[0];
  if (amount === undefined) {
    return all.length > 0
      ? { ...none, problem: `The amount ${all[0]?.text} is a price a head, not a total.` }
      : none;
  }
  const found = { ...none, currency: amount.currency };
  if (currency !== null && !fitsCurrency(amount.currency, currency)) {
    return { ...found, problem: `The amount ${amount.text} is not in ${currency}.` };
  }
  if (amount.cents === null) return { ...found, problem: `The amount ${amount.text} could not be read.` };
  return { ...found, cents: amount.cents };
}

/** A bare number is taken to be in the expected currency, and `$` to be any dollar. */
export function fitsCurrency(found: string | null, expected: string): boolean {
  if (found === null || found === expected) return true;
  if (found === '$') return /^(?:USD|CAD|AUD|NZD|MXN|XCD|BBD|BSD|KYD|JMD)$/.test(expected);
  return found === 'kr' && /^(?:SEK|NOK|DKK)$/.test(expected);
}
