/** What a label may mean that is in no list: told by the words in it, and believed only where the value fits. */
import { currentValue } from './best-pair.ts';
import type { LabelField, Pair } from './label.ts';
import { findAmounts } from './read-amount.ts';
import { findDates } from './read-date.ts';
import { partyInSentence, readParty } from './read-party.ts';
import { readReference } from './read-reference.ts';
import { readTime } from './read-time.ts';

const MOST_GUESSED_WORDS = 7;
const words = (alternatives: string) => new RegExp(`(?:^| )(?:${alternatives})(?= |$)`);
const PEOPLE = 'guest|passenger|person|adult|customer';

/** In order: the first that fits is meant. Ranks stand beside those of the listed labels. */
const GUESSES: readonly (readonly [RegExp, LabelField, number])[] = [
  [
    words(
      'email|mail|phone|mobile|created|made|placed|print|report|statement|quote date|(?:date )?(?:modified|updated|ordered|confirmed|reserved|canceled|cancelled)(?: on| at)|(?:last|date) (?:modified|updated|ordered|reserved|canceled|cancelled)|purchase|purchased|payment|valid|adult price|child price|coupon|telephone|location|point|issued|printed|sent|received|expire|expiry|due|deposit|refund|refunded|commission|fee|cancellation|balance|outstanding|policy|link|url|website|product|sku|tax|vat|gratuity|tip|unit|each|per|hotel|room|cabin|pickup|pick|method|language|age|payout|earn|earned|earning|cut|birth|passport|duration|return|end|arrival|supplier|operator id|channel|source|promo|discount|company|address|city|invoice|insurance|capacity|max|maximum|minimum|hold|alternate|alternative|emergency|card|account|staff|escort|previously|old|prior|original|note',
    ),
    'ignored',
    0,
  ],
  [words('subtotal'), 'amount', 70],
  [
    new RegExp(`(?:^| )(?:total|number of|how many)(?: .*)? (?:${PEOPLE})|(?:^| )(?:${PEOPLE}) total`),
    'partySize',
    20,
  ],
  [words('total'), 'amount', 6],
  [words('date time|time date|date.* time'), 'dateTime', 1],
  [words('date|day'), 'date', 60],
  [words('time|hour'), 'time', 40],
  [
    new RegExp(
      `(?:^| )(?:(?:lead|main|primary|principal) (?:${PEOPLE}|renter|client|contact|name)|(?:${PEOPLE}|renter|client|booker|charterer)(?: .*)? (?:name|of record)|name(?: .*)? (?:${PEOPLE}|client))(?= |$)`,
    ),
    'guestNames',
    15,
  ],
  [words('count|size|pax|headcount|many|quantity'), 'partySize', 30],
  [
    words(
      'reference|locator|pnr|booking number|(?:booking|reservation|order|confirmation|voucher|ticket|request|trip|charter|contract|agreement|dossier|file)(?: .*)? (?:number|code|id)|number (?:booking|reservation|order|dossier)',
    ),
    'reference',
    70,
  ],
  [words('boat|vessel|yacht|catamaran|schooner'), 'vessel', 5],
  [words('departure|sailing|embarkation'), 'dateTime', 20],
  [words('net|sold|price|amount|cost|fare|charge|rate|value|pay|paid'), 'amount', 60],
  [words('customer|client|renter|booker|charterer|contact|name'), 'contact', 60],
  [words('status'), 'status', 20],
  [words(PEOPLE), 'guests', 60],
];

/** @param label as `labelWords` gives it */
export function guessField(label: string): { readonly field: LabelField; readonly rank: number } | null {
  if (label.split(' ').length > MOST_GUESSED_WORDS) return null;
  const guess = GUESSES.find(([pattern]) => pattern.test(label));
  return guess === undefined ? null : { field: guess[1], rank: guess[2] };
}

const WORD = String.raw`\p{Lu}[\p{L}\p{M}.'’-]{0,24}`;
const PERSON = new RegExp(
  String.raw`^${WORD}(?:[\s,/]{1,2}(?:(?:de|del|la|van|von|der|den|di|da|y|e)\s){0,2}${WORD}){0,4}\s?(?:[;(|].{0,200})?$`,
  'u',
);

/** Whether the value is of the kind that the label calls for, so that a label in doubt is one. */
export function fitsField(field: LabelField, value: string): boolean {
  const text = currentValue(value);
  switch (field) {
    case 'reference':
      return text.length <= 40 && readReference(text) !== null && findAmounts(text, true).length === 0;
    case 'date':
      return hasDate(text);
    case 'time':
      return hasTime(text, true);
    case 'dateTime':
      return hasDate(text) || hasTime(text, true);
    case 'partySize':
    case 'ages':
      return (
        text.length <= 80 &&
        !hasDate(text) &&
        readParty(text).size !== null &&
        findAmounts(text, true).length === 0
      );
    case 'guests':
      return fitsField('partySize', text) || PERSON.test(text);
    case 'amount':
      return (text.length <= 80 && findAmounts(text, true).length > 0) || /^-?\d[\d.,' ]*$/.test(text);
    case 'vessel':
      return (
        text.length <= 40 && /\p{L}{2}/u.test(text) && findAmounts(text, true).length === 0 && !hasDate(text)
      );
    case 'guestNames':
    case 'contact':
    case 'firstName':
    case 'lastName':
      return PERSON.test(text);
    default:
      return true;
  }
}

const hasDate = (text: string) => findDates(text, true).some(({ start }) => start < 24);

function hasTime(text: string, isLabelled: boolean): boolean {
  const { time, problem } = readTime(text, 'day-first', isLabelled);
  return text.length <= 80 && (time !== null || problem !== null);
}

/** A pair with its label's meaning settled by its value: several for `Now: May 16, 5 guests`, none when the two do not go together. */
export function settledPairs({ label, value }: Pair): Pair[] {
  if (label.words === 'new' && label.field === 'ignored') {
    const fields: LabelField[] = [];
    if (findAmounts(value, true).length > 0) fields.push('amount');
    if (hasDate(value)) fields.push('dateTime');
    if (partyInSentence(value).size !== null) fields.push('partySize');
    const now = fields.map((field) => ({
      label: { ...label, field, rank: 0, isNew: true },
      value: field === 'partySize' ? String(partyInSentence(value).size) : value,
    }));
    return now.length === 0 ? [{ label, value }] : now;
  }
  if (
    label.field === 'partySize' &&
    /ticket/.test(label.words) &&
    /^#?[A-Z\d-]*\d{4}[A-Z\d-]*$/.test(value)
  ) {
    return [{ label: { ...label, field: 'reference', rank: 40 }, value }];
  }
  return label.isGuess && !fitsField(label.field, value) ? [] : [{ label, value }];
}
