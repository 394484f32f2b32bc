/** Labels of a booking's fields, as sites, agents and offices write them. */
import type { BookingMailSettings } from './booking-mail.ts';
import type { Label, LabelField } from './label.ts';
import { guessField } from './label-guess.ts';
import { currencyInLabel, labelKey, labelWords } from './label-words.ts';

/** Most telling first. The later synonyms are common words: they count only where no better label is. */
const SYNONYMS: Readonly<Record<LabelField, string>> = {
  reference:
    '& reference|& number|& id|& code|booking confirmation number|itinerary number|booking|reservation|our reference|locator|record locator|pnr|voucher|dossier|dossier number|file number|file reference|reference number|reference|id|code|confirmation|order|number|po number|sale order|pass number',
  guestNames:
    'lead guest|lead|lead name|main guest|primary guest|guest name|guest list|party name|group name|name on booking|charterer|charterer name|manifest|booking name|reservation name|renter|renter name|main customer|lead customer|primary customer|hirer|guest of honour|bride groom|group leader|party leader',
  guests: 'guest|passenger|traveler|traveller|participant|attendee|party|group|angler|diver|rider',
  contact:
    'customer name|customer|client name|client|booked by|booked for|booker|contact name|contact person|main contact|primary contact|contact|full name|name|purchaser|buyer|reserved by|organiser|organizer|account|reserved for|booked under|ordered by|billing name|company contact|requested by|account name',
  firstName: 'first name|given name|forename',
  lastName: 'last name|surname|family name',
  partySize:
    'party size|group size|total guest|total pax|number of guest|number of people|number in party|number in group|guest count|head count|headcount|pax|people|person|head|quantity|qty|ticket quantity|seat|spot|occupancy|how many|how many people|guest on board|number attending|attending|expected guest|final count|final headcount|ticket',
  ages: 'adult|child|children|kid|infant|baby|toddler|youth|teen|senior|student|number of adult|number of children|number of child|number of infant',
  date: '@ date|date|day|on|reservation for|@ day|@ start date|date of booking charter',
  time: '@ time|departs at|departing at|leaves at|start at|etd|time|hour|time slot|cast off|cast off time|@ start time|start of charter|leaving at|sails at|sets sail',
  dateTime:
    'when|date time|@ date time|day time|departure|departing|sailing|embarkation|start|schedule|scheduled for|slot|session|leaving|starts on|charter period|rental period|trip start|pick up|boarding|boarding time|meeting time|check in time',
  vessel:
    'vessel|vessel name|boat|boat name|yacht|yacht name|catamaran|schooner|ship|ship name|craft|sailboat|aboard|on board|onboard|watercraft|fleet',
  amount:
    'grand total|order total|booking total|total price|total amount|total due|total paid|total|@ price|charter fee|amount|value|price|cost|net rate|net price|net amount|fare|amount paid|amount charged|amount due|paid|charge|payment|rate|fee|revenue|retail|gross|gross amount|subtotal|sub total|@ total|paid in full|renter paid|guest paid|customer paid|amount payable|quote|fee total|net total|net|net payable|collected|received',
  tour: 'tour name|tour|activity|experience|product|product name|trip|trip name|trip type|cruise|item|package|service|excursion|event|charter|option|activity name|listing|charter type|what|resource|tour grade|tour grade code|rate plan',
  status: 'status|state|action',
  ignored:
    'booked on|booking date|reservation date|order date|issue date|date paid|returning|finish|check in|check out|reason|tel|cell|fax|meeting place|dock|marina|port|pier|from|to|cc|bcc|subject|reply to|captain|crew|guide|special request|special requirement|comment|agent|agency|sold by|operator|new|previous|was|total for all booking|total all booking|time zone|slip|berth|gate',
};

/** Single words that are labels even alone on a line; others are headings there, unless their value shows what they are. */
const SURE =
  /^(?:reference|guests?|passengers?|travell?ers?|participants?|date|time|vessel|boat|yacht|ship|catamaran|pax|people|when|status|customer|client|charterer|renter|departure|embarkation|subtotal|email|phone)$/;

type ListedLabel = Pick<Label, 'field' | 'rank' | 'needsColon'>;

export type Labels = ReadonlyMap<string, ListedLabel>;

const FIELDS = ['reference', 'guestNames', 'partySize', 'date', 'time', 'vessel', 'amount'] as const;

/** `@` and `&` in a synonym stand for each of these. */
const STANDS_FOR = {
  '@': 'sailing|trip|charter|tour|cruise|travel|departure|service|activity|event|experience|rental|embarkation|start|sail|voyage|excursion|booked',
  '&': 'booking|reservation|confirmation|charter|trip|order|voucher|contract|agreement|ticket|transaction|res|request',
} as const;

export const LONGEST_LABEL_CHARACTERS = 44;

/** The labels to look for: those of the settings first. */
export function labelsFor(synonyms: BookingMailSettings['synonyms']): Labels {
  const labels = new Map<string, ListedLabel>();
  for (const field of FIELDS) {
    (synonyms[field] ?? []).forEach((synonym, index) => {
      const words = labelKey(labelWords(synonym));
      if (words !== '' && !labels.has(words))
        labels.set(words, { field, rank: index - 1_000, needsColon: false });
    });
  }
  for (const [words, label] of builtIn()) if (!labels.has(words)) labels.set(words, label);
  return labels;
}

let known: Map<string, ListedLabel> | null = null;

/** Made once: thousands of mails are read in one run. */
function builtIn(): Labels {
  if (known !== null) return known;
  known = new Map<string, ListedLabel>();
  for (const field of Object.keys(SYNONYMS) as LabelField[]) {
    SYNONYMS[field]
      .split('|')
      .flatMap(spelled)
      .forEach((synonym, rank) => {
        const words = labelKey(labelWords(synonym));
        if (known?.has(words) === false)
          known.set(words, { field, rank, needsColon: !synonym.includes(' ') && !SURE.test(synonym) });
      });
  }
  return known;
}

function spelled(synonym: string): string[] {
  const sign = synonym.startsWith('@') ? '@' : synonym.startsWith('&') ? '&' : null;
  return sign === null ? [synonym] : STANDS_FOR[sign].split('|').map((word) => synonym.replace(sign, word));
}

/** `Guest 1`, `Passenger 2`: one label for each person. */
const NUMBERED: readonly LabelField[] = ['guests', 'guestNames', 'contact', 'firstName', 'lastName'];

/** Beside the price, and no revenue: `tax`, `sales tax 7 5` (percent), `including vat`, `port fee`, `crew gratuity`. */
const OUTSIDE =
  /^(?!(?:.* )?(?:total|price|amount|exclud\p{L}*|before|net|subtotal|suggested|recommended|optional)(?: |$))(?:\p{L}+ ){0,4}(?:taxe?|vat|gst|hst|(?:tax|vat|service|booking|platform|processing|port|park|harbou?r|reservation|convenience|card|admin|administration|handling|fuel|landing) (?:fee|charge|surcharge|service)|gratuit(?:y|ie)|tip)(?: \d{1,2}){0,2}(?: on \p{L}+)?$/u;

export const isOutsideLabel = (words: string): boolean => OUTSIDE.test(words);

const NEW = /^(?:new|revised|updated|amended|changed|current|corrected)\s/;
const OLD = /^(?:old|original|previous|previously|former|prior|initial)\s/;

/** What the words are a label of; null when they are none. */
export function labelOf(text: string, labels: Labels): Label | null {
  if (text.length > LONGEST_LABEL_CHARACTERS + 8) return null;
  // `Guests: 2` is a label with its value, not the label of the second guest.
  if (/:\s?\S|[$€£]\s?\d|\d\s?[$€£]/.test(text)) return null;
  const words = labelWords(text);
  if (words === '') return null;
  const currency = currencyInLabel(text);
  const known = listed(words, labels);
  if (known !== undefined) return { ...known, isNew: false, words, isGuess: false, currency };
  if (NEW.test(words)) {
    const base = listed(words.replace(NEW, ''), labels);
    if (base !== undefined)
      return { ...base, isNew: true, needsColon: false, words, isGuess: false, currency };
  }
  if (isOutsideLabel(words) || (OLD.test(words) && labels.has(labelKey(words.replace(OLD, ''))))) {
    return { field: 'ignored', rank: 0, isNew: false, needsColon: false, words, isGuess: false, currency };
  }
  if (/[,;!“”"]|\d{3}|\S{30}/.test(text)) return null;
  const guess = guessField(words.replace(NEW, ''));
  return guess === null
    ? null
    : { ...guess, isNew: NEW.test(words), needsColon: true, words, isGuess: true, currency };
}

function listed(words: string, labels: Labels): ListedLabel | undefined {
  const numbered = labels.get(labelKey(words.replace(/\s?\d{1,3}$/, '')));
  return (
    labels.get(labelKey(words)) ??
    (numbered !== undefined && NUMBERED.includes(numbered.field) ? numbered : undefined)
  );
}
