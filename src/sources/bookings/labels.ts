/** Labels of a booking's fields, as sites, agents and offices write them. */
import type { BookingMailSettings, Field } from './booking-mail.ts';

/**
 * - `guests`: names or a count, the value tells
 * - `contact`: a name that counts when no guest is named
 * - `dateTime`: a date, a time, or both
 * - `ages`: a count of one age, to be added up
 * - `tour`: may name the vessel
 * - `ignored`: a label that ends the value ahead of it, and whose own value says nothing about the booking
 */
export type LabelField =
  | Field
  | 'guests'
  | 'contact'
  | 'firstName'
  | 'lastName'
  | 'dateTime'
  | 'ages'
  | 'tour'
  | 'status'
  | 'ignored';

export interface Label {
  readonly field: LabelField;
  /** 0 is the most telling: of two labels for one field the lower rank counts. */
  readonly rank: number;
  /** `New date`, `Revised total`: counts before the same label without it. */
  readonly isNew: boolean;
  /** Whether the word alone on a line is a heading rather than a label. */
  readonly needsColon: boolean;
  /** The words as they stand, normalised. */
  readonly words: string;
}

/** Most telling first. The later synonyms are common words: they count only where no better label is. */
const SYNONYMS: Readonly<Record<LabelField, string>> = {
  reference:
    'booking reference|booking ref|booking reference number|booking number|booking id|booking code|booking confirmation number|reservation number|reservation reference|reservation id|reservation code|reservation ref|confirmation number|confirmation code|confirmation id|confirmation reference|charter reference|charter number|charter id|trip reference|trip number|trip id|res number|res id|conf number|bkg ref|bkg number|booking|reservation|our reference|order number|order id|order reference|order code|itinerary number|record locator|locator|pnr|voucher number|voucher code|voucher id|voucher|dossier|dossier number|file number|file reference|ticket number|unique reference|reference number|reference code|reference id|reference|id|code|confirmation|order|number|agent reference|agency reference|travel agent reference|supplier reference|your reference|partner reference|client reference|customer reference|external reference|po number|buchungsnummer|referencia|localizador|contract number|agreement number|contract reference|job number|case number|sales order|receipt number|transaction id|transaction number|ticket code|pass number',
  guestNames:
    'lead guest|lead guest name|lead passenger|lead passenger name|lead traveler|lead traveler name|lead traveller|lead traveller name|lead name|main guest|primary guest|guest name|guest full name|guest list|name of guest|passenger name|passenger list|traveler name|traveller name|participant name|list of guest|list of passenger|party name|group name|name on booking|name of party|charterer|charterer name|principal charterer|attendee name|manifest|booking name|reservation name|renter|renter name|angler name|lead angler|main customer|lead customer|primary customer|lead traveller|lead participant|hirer|name of guest aboard|guest of honour|bride groom|group leader|party leader',
  guests: 'guest|passenger|traveler|traveller|participant|attendee|party|group|angler|diver|rider|renters',
  contact:
    'customer name|customer|client name|client|booked by|booked for|booker|contact name|contact person|main contact|primary contact|contact|full name|name|purchaser|buyer|reserved by|organiser|organizer|account|kunde|cliente|nom|reserved for|reservation name|booked under|ordered by|billing name|company contact|name of customer|requested by|account name|your name',
  firstName: 'first name|given name|forename|guest first name|customer first name|vorname|prénom',
  lastName: 'last name|surname|family name|guest last name|customer last name|nachname',
  partySize:
    'party size|group size|size of party|size of group|total guest|total passenger|total pax|total people|total person|total participant|total traveler|number of guest|number of people|number of person|number of passenger|number of pax|number of participant|number of traveler|number of traveller|number of head|number in party|number in group|number of ticket|number of seat|guest count|passenger count|head count|headcount|pax count|pax|no pax|people|person|head|participant count|quantity|qty|ticket quantity|seat|spot|occupancy|how many|how many people|party of|personen|anzahl personen|personas|personnes|number of guest on board|guest on board|number of angler|number of diver|number of rider|number in group|people in party|people in group|number attending|attending|guest number|total number of guest|total number of people|total number of person|head on board|group of|number of attendee|expected guest|final count|final headcount|ticket',
  ages: 'adult|child|children|kid|infant|baby|toddler|youth|teen|senior|student|number of adult|number of children|number of child|number of infant|no adult|no children|erwachsene|kinder',
  date: 'sailing date|date of sailing|trip date|date of trip|charter date|date of charter|tour date|date of tour|cruise date|date of cruise|travel date|date of travel|departure date|date of departure|service date|date of service|activity date|date of activity|event date|date of event|experience date|rental date|reservation for|embarkation date|date of embarkation|start date|sail date|trip day|day of sailing|date|day|datum|fecha|on|date requested|requested date|date booked for|date required|preferred date|charter day|sail day|booked date|tour day|trip start date|charter start date|departing date|date of booking charter|travel day|scheduled date|voyage date|excursion date|date of excursion|date of voyage',
  time: 'departure time|time of departure|start time|sailing time|time of sailing|trip time|tour time|charter time|cruise time|event time|embarkation time|departs at|departing at|leaves at|start at|etd|time|hour|time slot|uhrzeit|hora|cast off|cast off time|sail time|trip start time|start of charter|scheduled time|voyage time|excursion time|time of trip|time of charter|depart time|time depart|leaving at|sails at|sets sail',
  dateTime:
    'when|date time|date time of departure|departure date time|trip date time|start date time|time date|day time|date of sailing time|departure|depart|departing|sailing|embarkation|start|schedule|scheduled for|slot|session|leaving|starts on|date departure|charter period|rental period|trip start|pick up|booked for date|boarding|boarding time|meeting time|check in time',
  vessel:
    'vessel|vessel name|name of vessel|boat|boat name|name of boat|yacht|yacht name|ship|ship name|catamaran|schooner|craft|charter boat|charter vessel|charter yacht|assigned vessel|assigned boat|vessel assigned|motor yacht|sailing yacht|sailboat|boat booked|yacht booked|vessel booked|boat vessel|vessel boat|aboard|on board|onboard|schiff|bateau|barco|watercraft|vessel boat name|name of yacht|yacht boat|fleet|on vessel|on boat|your boat|your vessel|your yacht|boat assigned|boat used|vessel requested',
  amount:
    'grand total|order total|booking total|total price|total amount|total cost|total charge|total charter fee|total fare|total booking value|total value|total due|total paid|total|booking amount|charter fee|charter price|agreed price|agreed amount|agreed rate|amount|booking value|value|price|cost|net rate|net price|net amount|fare|amount paid|amount charged|amount due|paid|charge|payment|payment received|amount received|invoice total|charter rate|rate|fee|revenue|gross|gross amount|gesamtpreis|importe|montant|preis|subtotal|sub total|payment amount|retail price|trip price|charter total|paid in full|renter paid|guest paid|customer paid|total payable|amount payable|total to pay|total invoice|total including tax|total incl tax|total incl vat|invoice amount|contract price|contract value|total contract|total revenue|total sale|sale price|sale amount|order amount|full price|quoted price|quote|fee total|trip total|tour price|tour total|ticket price total|final price|total gross|net total|net|total net|net payable|total collected|collected|received|total received|amount collected|total usd|fare total',
  tour: 'tour name|tour|activity|experience|product|product name|trip|trip name|trip type|cruise|item|package|service|excursion|event|charter|option|activity name|listing|charter type|what|resource',
  status: 'status|booking status|reservation status|state|order status|action',
  ignored:
    'booked on|booking date|booking made|date booked|date of booking|reservation date|order date|date ordered|purchase date|date of purchase|purchased on|issue date|date of issue|date issued|issued|issued on|invoice date|created|created on|created at|placed on|booking created|payment date|date paid|due date|payment due|balance due date|deposit due|expiry|expiry date|valid until|return|return date|return time|returns|returning|end|end date|end time|end at|arrival|arrival time|arrive by|disembarkation|finish|finish time|check in|checkin|check out|checkout|pick up time|pick up location|duration|length|hour booked|deposit|deposit paid|deposit received|balance|balance due|balance remaining|remaining balance|outstanding|amount outstanding|tax|vat|sales tax|taxes|service fee|booking fee|platform fee|processing fee|fuel surcharge|price per person|rate per person|per person|unit price|cost per person|adult price|child price|refund|refund amount|refund due|refund guest|refund to guest|total refund|amount refunded|cancellation fee|cancellation reason|cancellation policy|reason|gratuity|tip|crew gratuity|commission|payout|your payout|you earn|your earning|earning|discount|promo|promo code|coupon|coupon code|phone|phone number|telephone|tel|mobile|cell|fax|email|e mail|email address|address|location|meeting point|meeting place|dock|marina|port|departure point|departure port|departs from|pier|sent|from|to|cc|bcc|subject|reply to|captain|crew|skipper|mate|guide|weather|note|notes|special request|special requirement|comment|remarks|occasion|language|tour language|nationality|country|age|payment method|paid by|card|source|channel|agent|agency|booked through|sold by|operator|website|www|http|https|invoice number|invoice|tour code|product code|tour grade code|sku|capacity|max guest|maximum guest|minimum|menu|catering|extras|add on|old|previous|was|emergency contact|hotel|room|room number|last updated|cancelled on|canceled on|cancelled at|cancellation date|date cancelled|date canceled|modified on|date modified|page|version|timezone|insurance|security deposit|damage deposit|total for all|total for all booking|total all booking|tour grade|apa|fuel|you will earn|your cut|host earning|host payout|earned|agent commission|supplement|minimum age|billing address|shipping address|delivery|item|time zone|order time|booked at|ordered on|order placed|order placed on|confirmed on|confirmed at|date of order|date of confirmation|confirmation date|last modified|modified at|updated on|updated at|print date|printed|report date|statement date|today|sent on|received on|date received|date sent|date created|reserved on|date reserved|made on|quote date|valid|survey|birthday|date of birth|dob|passport|passport number|hotel name|hotel pick up|driver|dietary|allergy|security code|zip|postal code|city|state province|street|company|organisation|organization|account number|iban|bic|swift|bank|vat number|tax id|license number|registration|hull number|mmsi|call sign|slip|berth|gate',
};

const NEEDS_COLON = new Set(
  'booking|reservation|confirmation|order|id|code|number|ticket|voucher|party|group|name|account|on|day|total|paid|charge|payment|value|rate|fee|gross|price|cost|amount|revenue|trip|tour|charter|cruise|service|event|item|option|what|start|depart|departing|sailing|leaving|boarding|state|action|aboard|contact|hour|craft|head|person|seat|spot|child|children|infant|senior|student|adult|kid|youth|baby|teen|note|notes|old|was|from|to|end|finish|invoice|agent|source|card|return|schedule|slot|session|listing|activity|experience|product'.split(
    '|',
  ),
);

/** A label and its value, as a mail has them. */
export interface Pair {
  readonly label: Label;
  readonly value: string;
}

export type Labels = ReadonlyMap<string, Omit<Label, 'isNew' | 'words'>>;

const FIELD_ORDER: readonly LabelField[] = [
  'reference',
  'guestNames',
  'guests',
  'contact',
  'firstName',
  'lastName',
  'partySize',
  'ages',
  'date',
  'time',
  'dateTime',
  'vessel',
  'amount',
  'tour',
  'status',
  'ignored',
];

export const LONGEST_LABEL_CHARACTERS = 44;

/** The labels to look for: those of the settings first. */
export function labelsFor(synonyms: BookingMailSettings['synonyms']): Labels {
  const labels = new Map<string, Omit<Label, 'isNew' | 'words'>>();
  for (const field of FIELD_ORDER) {
    if (!isField(field)) continue;
    (synonyms[field] ?? []).forEach((synonym, index) => {
      const words = labelWords(synonym);
      if (words !== '' && !labels.has(words))
        labels.set(words, { field, rank: index - 1_000, needsColon: false });
    });
  }
  for (const field of FIELD_ORDER) {
    SYNONYMS[field].split('|').forEach((synonym, rank) => {
      const words = labelWords(synonym);
      if (!labels.has(words)) labels.set(words, { field, rank, needsColon: NEEDS_COLON.has(synonym) });
    });
  }
  return labels;
}

function isField(field: LabelField): field is Field {
  return (
    field === 'reference' ||
    field === 'guestNames' ||
    field === 'partySize' ||
    field === 'date' ||
    field === 'time' ||
    field === 'vessel' ||
    field === 'amount'
  );
}

/** A label as it is compared: lower case, singular, `#` and `no.` as `number`, no marks. */
export function labelWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/\((?:e?s|usd|eur|gbp|us\$|\$|€|£|local|local time|pax)\)/g, '')
    .replace(/\([^()]{0,40}\)/g, ' ')
    .replace(/['’]/g, '')
    .replace(/[#№]/g, ' number ')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .split(' ')
    .filter(
      (word) =>
        word !== '' && word !== 'and' && word !== 'the' && word !== 'your' && word !== 'my' && word !== 'a',
    )
    .map((word) => SAME_WORD.get(word) ?? word)
    .map((word) =>
      word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word,
    )
    .join(' ')
    .replace(/^number of number/, 'number of');
}

const SAME_WORD = new Map([
  ['no', 'number'],
  ['nr', 'number'],
  ['num', 'number'],
  ['nbr', 'number'],
  ['ref', 'reference'],
  ['refno', 'reference number'],
  ['confirmationno', 'confirmation number'],
  ['bookingno', 'booking number'],
  ['tkt', 'ticket'],
]);

/** `Guest 1`, `Passenger 2`: one label for each person. */
const NUMBERED: readonly LabelField[] = ['guests', 'guestNames', 'contact', 'firstName', 'lastName'];

const NEW = /^(?:new|revised|updated|amended|changed|current|corrected)\s/;
const OLD = /^(?:old|original|previous|previously|former|prior|initial)\s/;

/** What the words are a label of; null when they are none. */
export function labelOf(text: string, labels: Labels): Label | null {
  if (text.length > LONGEST_LABEL_CHARACTERS + 8) return null;
  // `Guests: 2` is a label with its value, not the label of the second guest.
  if (/:\s?\S/.test(text)) return null;
  const words = labelWords(text);
  if (words === '') return null;
  const numbered = labels.get(words.replace(/\s?\d{1,3}$/, ''));
  const known =
    labels.get(words) ?? (numbered !== undefined && NUMBERED.includes(numbered.field) ? numbered : undefined);
  if (known !== undefined) return { ...known, isNew: false, words };
  if (NEW.test(words)) {
    const base = labels.get(words.replace(NEW, ''));
    if (base !== undefined) return { ...base, isNew: true, needsColon: false, words };
  }
  if (OLD.test(words) && labels.has(words.replace(OLD, ''))) {
    return { field: 'ignored', rank: 0, isNew: false, needsColon: false, words };
  }
  return null;
}
