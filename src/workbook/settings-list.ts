/** The settings, one by one: key, default, what it means. The tab is made from this list, and read by it. */
import { FINDING_CODES } from '../statement/findings.ts';
import { CALENDAR_SETTINGS } from './calendar-settings.ts';

export interface SettingDefinition {
  readonly key: string;
  /** As a person would type it. */
  readonly fallback: string;
  readonly meaning: string;
}

/** The setting that holds the workbook's own id. */
export const WORKBOOK_SETTING = 'Workbook';

/** Attributes of a charter's item, by Purser's name for each; the default name is the same. */
export const CHARTER_ATTRIBUTES = [
  'charterId',
  'month',
  'date',
  'departs',
  'vessel',
  'kind',
  'status',
  'guests',
  'comps',
  'compNotes',
  'ratePerPerson',
  'flatPrice',
  'revenueTotal',
  'crew',
  'bookingRefs',
  'noShows',
  'discount',
  'refund',
  'forfeited',
  'tax',
  'fees',
  'gratuity',
  'cancelReason',
] as const;

export const ROSTER_ATTRIBUTES = ['crewId', 'name', 'email', 'role'] as const;

/** Fields of a booking mail, as the setting “Booking words” names them. */
export const BOOKING_FIELDS = [
  'reference',
  'guest names',
  'party size',
  'date',
  'time',
  'vessel',
  'amount',
] as const;

/** Fields of a trip sheet, as the setting “Trip sheet words” names them. */
export const TRIP_SHEET_FIELDS = [
  'charter',
  'date',
  'departs',
  'vessel',
  'boarded',
  'no-shows',
  'guest',
  'comps',
  'comp person',
  'comp reason',
  'signature',
] as const;

export type BookingField = (typeof BOOKING_FIELDS)[number];
export type TripSheetField = (typeof TRIP_SHEET_FIELDS)[number];

export type CharterAttribute = (typeof CHARTER_ATTRIBUTES)[number];
export type RosterAttribute = (typeof ROSTER_ATTRIBUTES)[number];

export function charterAttributeKey(attribute: CharterAttribute): string {
  return `Charter attribute ${attribute}`;
}

export function rosterAttributeKey(attribute: RosterAttribute): string {
  return `Roster attribute ${attribute}`;
}

const MAIN: readonly SettingDefinition[] = [
  {
    key: 'Company',
    fallback: '',
    meaning: 'The name at the top of the statement. Empty: the workbook’s name.',
  },
  {
    key: 'Standard rate',
    fallback: '125.00',
    meaning:
      'Price per paying guest in dollars, for public charters without a rate of their own. Rows of “Purser rates” go before it.',
  },
  {
    key: 'Currency',
    fallback: 'USD',
    meaning: 'Three letters: USD, EUR, CAD. Amounts in the table are in this currency.',
  },
  { key: 'Time zone', fallback: '', meaning: 'Such as America/New_York. Empty: the workbook’s.' },
  { key: 'Template tab', fallback: 'Template', meaning: 'The tab that every month tab is made from.' },
  {
    key: 'Month tab name',
    fallback: '{{month}}',
    meaning: 'Name of a month tab: {{month}} is May 2026, {{month.iso}} is 2026-05.',
  },
  {
    key: 'File name',
    fallback: 'statement-{{month.iso}}-{{statement.code}}',
    meaning: 'Name of the XLSX, without .xlsx. Also: {{month}}, {{company}}, {{statement.version}}.',
  },
  { key: 'Charters table', fallback: 'crew-dispatch', meaning: 'DynamoDB table of charters.' },
  {
    key: 'Charters index',
    fallback: 'month-date-index',
    meaning: 'Its index by month and date. Empty: the whole table is scanned.',
  },
  { key: 'Roster table', fallback: 'crew-roster', meaning: 'DynamoDB table of crew.' },
  { key: 'Primary region', fallback: 'us-east-1', meaning: 'AWS region whose values count.' },
  { key: 'Second region', fallback: 'us-west-2', meaning: 'AWS region to compare with. Empty: none.' },
  {
    key: 'Booking mail from',
    fallback: 'built-in',
    meaning:
      'The mailbox that booking mail is read from: “built-in”, that of the person who set Purser up, or the address of a connected account (Purser › Connected accounts…).',
  },
  {
    key: 'Booking agent',
    fallback: '',
    meaning:
      'Who sends booking confirmations: addresses or domains, separated by commas. Empty, with no search either: no booking mail is read.',
  },
  {
    key: 'Booking mail search',
    fallback: '',
    meaning:
      'Gmail search that finds booking confirmations, such as “from:agent.example subject:booking”. Empty: all mail from the booking agent.',
  },
  {
    key: 'Booking mail reaches back',
    fallback: '365',
    meaning: 'Days before today from which booking mail is read: how long before sailing people book.',
  },
  {
    key: 'Booking words',
    fallback: '',
    meaning: `Further labels of your booking mail, such as “reference=Dossier, party size=Heads aboard”. Fields: ${BOOKING_FIELDS.join(', ')}.`,
  },
  {
    key: 'Trip sheets folder',
    fallback: '',
    meaning:
      'Link or id of the Drive folder with trip sheets; its subfolders are read too. Empty: no trip sheets are read.',
  },
  {
    key: 'Trip sheet words',
    fallback: '',
    meaning: `Further headings of your trip sheets, such as “boarded=On deck, comps=Free”. Fields: ${TRIP_SHEET_FIELDS.join(', ')}.`,
  },
  {
    key: 'Date order',
    fallback: '',
    meaning: '“month first” or “day first”: how 5/7/2026 is meant. Empty: by the workbook’s locale.',
  },
  {
    key: 'Guests may differ by',
    fallback: '0',
    meaning: 'Heads that ledger, bookings and trip sheet may be apart without a finding.',
  },
  {
    key: 'Amounts may differ by',
    fallback: '0.00',
    meaning: 'Dollars that bookings may be apart from recorded revenue without a finding.',
  },
  {
    key: 'Comps a charter',
    fallback: '2',
    meaning: 'The most comps on one charter that are no finding. Empty: any number.',
  },
  {
    key: 'Rate outlier',
    fallback: '60',
    meaning: 'Percent that a charter’s rate may be from the standard rate without a finding.',
  },
  {
    key: 'Minutes between departures',
    fallback: '60',
    meaning: 'Two departures of one vessel closer than this are a finding.',
  },
  {
    key: 'Explain changes over',
    fallback: '50',
    meaning:
      'Percent that revenue may be from the same month last year, or else from the month before, without a note that explains it. Empty: any change.',
  },
  ...CALENDAR_SETTINGS,
  {
    key: 'Send from',
    fallback: 'built-in',
    meaning:
      'The mailbox that statements go out from: “built-in”, that of the person who set Purser up, or the address of a connected account (Purser › Connected accounts…). Notices always come from the built-in one.',
  },
  {
    key: 'Statement recipients',
    fallback: '',
    meaning: 'Addresses, separated by commas. Empty: those of last month’s statement mail.',
  },
  { key: 'Always CC', fallback: '', meaning: 'Addresses that always get a copy.' },
  { key: 'Reply to', fallback: '', meaning: 'Where answers go. Empty: to the sender.' },
  {
    key: 'Statement subject',
    fallback: '{{company}} revenue statement, {{month}}',
    meaning: 'Subject of the mail; the same for every version, so that mails thread.',
  },
  {
    key: 'Statement day',
    fallback: '1',
    meaning: 'Day of the month, 1 to 28, on which last month’s statement is made.',
  },
  {
    key: 'Send automatically',
    fallback: 'when clean',
    meaning:
      '“when clean” or “never”: what the trigger may do. The first statement is always sent by a person.',
  },
  {
    key: 'Watch sent months',
    fallback: '400',
    meaning:
      'Days after sending in which a month is calculated again once a day, with the settings and rates that it was sent with, to notice changes at the source. 0: never.',
  },
  {
    key: 'Mail recipients a day',
    fallback: '500',
    meaning:
      'The most people that Purser mails from one mailbox in any 24 hours. Gmail allows 500; Google Workspace 2,000 mails (support.google.com/a/answer/166852).',
  },
  {
    key: 'Severities',
    fallback: '',
    meaning: `Changes how findings weigh, such as “crew-unknown=info, stale-month=block”. block: held; warn: only a person may send; info: worth knowing. Codes: ${FINDING_CODES.join(', ')}.`,
  },
  {
    key: WORKBOOK_SETTING,
    fallback: '',
    meaning:
      'Written by Set up…; leave it as it is. It tells a copy of this workbook from the original, so that a copy sends nothing.',
  },
];

/** What each attribute of a charter must hold; the settings tab says so beside its name. */
const CHARTER_MEANINGS: Record<CharterAttribute, string> = {
  charterId: 'Text, the table’s key.',
  month: 'Text such as 2026-05; the key of the index.',
  date: 'Text such as 2026-05-14: the day of sailing.',
  departs: 'Text such as 17:30.',
  vessel: 'Text.',
  kind: 'Text: public or private.',
  status: 'Text: completed, cancelled, no-show or scheduled.',
  guests: 'Number of heads aboard, comps included.',
  comps: 'Number of guests who do not pay.',
  compNotes: 'Text: who, and why. May be missing.',
  ratePerPerson: 'Dollars a paying guest. Missing: the standard rate; 0 is a rate.',
  flatPrice: 'Dollars for the whole charter; goes before any rate. May be missing.',
  revenueTotal: 'Dollars taken and kept, after discounts and refunds, without tax, fees and gratuity.',
  crew: 'Set or list of crew ids. May be missing.',
  bookingRefs: 'Set or list of booking references. May be missing.',
  noShows: 'Number of guests booked who did not come; not among guests. May be missing.',
  discount: 'Dollars off the whole charter. May be missing.',
  refund: 'Dollars paid back of the whole charter. May be missing.',
  forfeited: 'Dollars kept of a charter that did not sail. May be missing.',
  tax: 'Dollars, outside revenue. May be missing.',
  fees: 'Dollars, outside revenue. May be missing.',
  gratuity: 'Dollars, outside revenue. May be missing.',
  cancelReason: 'Text. May be missing.',
};

const ROSTER_MEANINGS: Record<RosterAttribute, string> = {
  crewId: 'Text, the table’s key; what a charter’s crew names.',
  name: 'Text, as the statement shows it.',
  email: 'Text. May be missing.',
  role: 'Text. May be missing.',
};

export const SETTINGS: readonly SettingDefinition[] = [
  ...MAIN,
  ...CHARTER_ATTRIBUTES.map((attribute) => ({
    key: charterAttributeKey(attribute),
    fallback: attribute,
    meaning: CHARTER_MEANINGS[attribute],
  })),
  ...ROSTER_ATTRIBUTES.map((attribute) => ({
    key: rosterAttributeKey(attribute),
    fallback: attribute,
    meaning: ROSTER_MEANINGS[attribute],
  })),
];
