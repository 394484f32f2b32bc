/** What the cells of a trip sheet are called: fields, and the words that people write for them. */

/** What a label or a header can mean; the keys of the settings' synonyms. */
export type Field = Exclude<keyof typeof SYNONYMS, 'other'>;
export type Synonyms = Partial<Record<Field, readonly string[]>>;
/** `other`: a label that Purser knows to be one, and has no use for. */
export type Label = Field | 'other';

/** Apart by `|`, which takes fewer bytes in the bundle than quotes and commas. */
function words(list: string): readonly string[] {
  return list.split('|');
}

/** Each noun with each ending; an ending with `*` has the noun there, an empty one is the noun itself. */
function phrases(nouns: string, endings: string): readonly string[] {
  return words(nouns).flatMap((noun) =>
    words(endings).map((ending) =>
      ending.includes('*') ? ending.replace('*', noun) : `${noun} ${ending}`.trim(),
    ),
  );
}

const IDS = '|id|no|number|code|ref|reference';

/** Written as `labelKey` leaves them: lower case, no accents, no signs, `#` as `no`. */
const SYNONYMS = {
  charterId: phrases('charter|trip|sailing|cruise|voyage', `${IDS}|nr`),
  date: [
    ...words('date|day|date time|date and time|date sailed|departure date|when'),
    ...phrases('charter|trip|sailing|cruise', 'date|date of *'),
  ],
  departs: words(
    'departs|depart|departure|departure time|depart time|dep|dep time|etd|time|start|start time|scheduled|' +
      'scheduled departure|scheduled time|sched dep|sails|sailing time|trip time|leaves|leaving|time of departure',
  ),
  departed: words(
    'departed|departed at|actual departure|actual dep|actual time|atd|time out|left|left dock|cast off|out',
  ),
  vessel: phrases('vessel|boat|ship|yacht', '|name|name of *'),
  captain: words(
    'captain|skipper|master|capt|captain name|captains name|skipper name|name of captain|name of master|pic',
  ),
  signature: [
    ...words('signature|signed|signed by|sign|sign off|signed off|signed off by|certified by'),
    ...phrases(
      'captain|captains|skipper|skippers|master|masters',
      'signature|signature of *|sign off|initials',
    ),
  ],
  guest: [
    ...phrases(
      'guest|guests|passenger|passengers|participant|participants',
      '|name|names|name of *|names of *|list',
    ),
    ...words(
      'pax name|pax names|name of pax|names of pax|pax list|name|names|full name|guest full name|lead|lead guest|' +
        'lead name|lead passenger|customer|customer name|client|client name|party name|party lead|group name|' +
        'group|booked by|booking name|charterer|manifest|passenger manifest|guest manifest|roll',
    ),
  ],
  firstName: words('first name|firstname|first|given name|forename|guest first name'),
  lastName: words('last name|lastname|last|surname|family name|guest last name'),
  heads: words(
    'party|party size|size|size of party|pax|pax count|people|persons|heads|count|guests count|guest count|' +
      'passenger count|no of guests|number of guests|no of pax|no of passengers|number of passengers|' +
      'no of people|number of people|no in party|number in party|group size|qty|quantity|seats|tickets|' +
      'guests no|guests size|guests party|guests pax|guests party size|guests heads|total people|total heads',
  ),
  headsPart: words('adults|adult|children|child|kids|infants|seniors|students|teens'),
  booked: words(
    'booked|guests booked|pax booked|booked pax|heads booked|booked guests|reserved|expected|total booked|' +
      'booked heads|headcount booked',
  ),
  boarded: [
    ...words(
      'boarded|aboard|on board|onboard|headcount|head count|checked in|check in|present|actual|actual pax|' +
        'actual guests|boarding|boarded count|number boarded|no boarded|no aboard|sailed|total|' +
        'final headcount|final count|boarding count',
    ),
    ...phrases(
      'guests|pax|heads|people|total|headcount|passengers|persons',
      'aboard|boarded|on board|onboard',
    ),
    ...phrases('guests|pax|passengers|headcount', 'total *'),
  ],
  noShows: words(
    'no show|no shows|noshow|noshows|ns|absent|did not show|didnt show|missing|total no shows|' +
      'number of no shows|headcount no show|headcount no shows',
  ),
  comps: words(
    'comp|comps|comped|complimentary|free|foc|gratis|comps aboard|comp count|total comps|no of comps|' +
      'number of comps|comp guests|comps count|of which comps|of which comp|comp y n|comp pax|headcount comp|' +
      'headcount comps',
  ),
  compPerson: [
    ...phrases('comp|comps', 'name|names|person|guest|who'),
    ...words('comp guest name|comped guest|comp passenger|complimentary guest|comp for|comp to'),
  ],
  compReason: [
    ...phrases('comp|comps', 'reason|note|notes|details|why|reason for *'),
    ...words('reason|reasons|why|comp detail|comp type'),
  ],
  paying: words('paying|paying guests|paid guests|total paying|paying pax|paying passengers'),
  status: words(
    'status|attendance|boarding status|showed|show|showed up|outcome|attended|check in status|guests status|' +
      'guest status',
  ),
  note: words('note|notes|comment|comments|remark|remarks|observations|guests notes'),
  booking: [
    ...phrases('booking|reservation|confirmation|order', IDS),
    ...words('ref|reference|conf|conf no|voucher|booking refs|guests booking|guests ref'),
  ],
  other: words(
    'returned|return|return time|returns|back|back at|arrived|arrival|eta|in|weather|sea|sea state|wind|tide|' +
      'crew|mate|first mate|deckhand|deckhands|company|operator|e mail|email|phone|telephone|tel|mobile|cell|' +
      'age|diet|dietary|allergies|address|weight|height|country|nationality|waiver|waiver signed|no|nr|line|' +
      'row|seat|table|amount|price|rate|paid|balance|fare|tip|gratuity|product|activity|trip type|type|kind|' +
      'route|pier|dock|port|location|from|to|fuel|engine hours|duration|hours|agent|source|channel|dob|' +
      'date of birth|emergency contact|approved by|authorised by|authorized by|guests signature|' +
      'guest signature|initials|crew on board|crew aboard|total crew|cabin',
  ),
} satisfies Record<string, readonly string[]>;

export interface Vocabulary {
  /** What a whole text means as a label; null when it is none. A colon at the end does no harm. */
  labelOf(text: string): Label | null;
}

/** The known words and the settings' own; a setting's word goes before a known one. */
export function vocabularyOf(synonyms: Synonyms): Vocabulary {
  const labels = new Map<string, Label>();
  for (const field of Object.keys(SYNONYMS) as Label[]) {
    for (const word of SYNONYMS[field]) if (!labels.has(word)) labels.set(word, field);
  }
  for (const field of Object.keys(SYNONYMS) as Label[]) {
    if (field === 'other') continue;
    for (const word of synonyms[field] ?? []) labels.set(labelKey(word), field);
  }
  labels.delete('');
  const known = new Map<string, Label | null>();
  return {
    labelOf(text) {
      if (text.length > 60) return null;
      let label = known.get(text);
      if (label === undefined) {
        const outside = text.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ');
        label = labels.get(labelKey(text)) ?? labels.get(labelKey(outside)) ?? null;
        known.set(text, label);
      }
      return label;
    },
  };
}

/** `Captain’s signature:` and `captains signature` are the same. */
function labelKey(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .replace(/\(s\)/g, 's')
    .replace(/[#№]/g, ' no ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
