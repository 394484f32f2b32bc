/** How many people: in figures, in words, by ages. */

export interface PartyReading {
  readonly size: number | null;
  readonly problem: string | null;
}

const LARGEST_PARTY = 2_000;

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const WORDS = new Map<string, number>();
UNITS.forEach((word, value) => {
  WORDS.set(word, value);
});
TENS.forEach((word, ten) => {
  WORDS.set(word, (ten + 2) * 10);
  for (let unit = 1; unit <= 9; unit++) {
    WORDS.set(`${word}-${UNITS[unit]}`, (ten + 2) * 10 + unit);
    WORDS.set(`${word} ${UNITS[unit]}`, (ten + 2) * 10 + unit);
  }
});
for (const [word, value] of [
  ['a couple', 2],
  ['couple', 2],
  ['half a dozen', 6],
  ['a dozen', 12],
  ['dozen', 12],
  ['an', 1],
  ['a', 1],
] as const) {
  WORDS.set(word, value);
}
// From two on: German, French, Spanish.
for (const words of [
  'zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
  'deux trois quatre cinq six sept huit neuf dix onze douze',
  'dos tres cuatro cinco seis siete ocho nueve diez once doce',
]) {
  words.split(' ').forEach((word, index) => {
    if (!WORDS.has(word) && word !== 'once') WORDS.set(word, index + 2);
  });
}
const NUMBER_WORD = [...WORDS.keys()].sort((a, b) => b.length - a.length).join('|');
const COUNT = String.raw`(?:\d{1,4}|${NUMBER_WORD})`;
const WHOLE =
  'guests?|people|persons?|pax|passengers?|heads?|participants?|travell?ers?|attendees|seats?|tickets?|souls|places|personen|personnes?|personas?|teilnehmer|gäste|of us|of them|in total|total';
const AGES =
  'adults?|children|childs?|kids?|infants?|babies|baby|toddlers?|youths?|teens?|teenagers?|seniors?|students?|juniors?|minors?|concessions?|erwachsene[nr]?|kinder|kind|kleinkind(?:er)?|jugendliche|adultes?|enfants?|bébés?|adultos?|niñ[oa]s?';
const COUNTED = new RegExp(
  String.raw`(?<![\p{L}\d.,:/$€£-])(${COUNT})\s?(?:x|×|\*)?\s?(?:(?:other|more|paying|hotel|of the|young|small|grown)\s)?(${WHOLE}|${AGES})(?!\p{L})`,
  'giu',
);
const AGE_FIRST = new RegExp(
  String.raw`(?<!\p{L})(${AGES}|${WHOLE})(?:\s?\([^)]{0,30}\))?\s?(?:x|×|:|=|-|–)\s?(\d{1,4})(?![\d.,:]\d)`,
  'giu',
);
const GROUP_OF = new RegExp(
  String.raw`(?<!\p{L})(?:party|group|family|table|crew)\s(?:of|size)\s(${COUNT})(?!\p{L})`,
  'iu',
);
/** `put us down for two`, `reservation for 2`. */
const GROWN_TO = new RegExp(
  String.raw`(?<!\p{L})(?:party|group|head ?count|guests?)(?:\s(?!to\s)[\p{L}\d]{1,12}){0,6}\sto\s(${COUNT})(?![\p{L}\d]|[:/.,]\d)`,
  'iu',
);
/** `they will be 5 now` */
const BE_COUNT = new RegExp(
  String.raw`(?<!\p{L})(?:they|we|there)\s?(?:['’]ll|will|would|are)(?:\snow)?(?:\sbe)?(?:\s(?:now|only|just))?\s(?!an?\s)(${COUNT})(?=\s(?:now|instead|in all)(?!\p{L})|[,.;]|$)`,
  'iu',
);
const FOR_COUNT = new RegExp(
  String.raw`(?<!\p{L})(?:down|table|space|spots?|reservation|booking|reserve|book|seats?|tickets?|room)\sfor\s(?!an?\s)(${COUNT})(?![\p{L}\d]|[:/.,]\d|st|nd|rd|th|\s?[ap]\.?m|\s(?:hours?|days?|nights?|weeks?|o['’]clock|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))`,
  'iu',
);
const RANGE = new RegExp(
  String.raw`(?<![\p{L}\d.,:/$€£-])(${COUNT})\s?(?:-|–|—|to|or)\s?(${COUNT})(?![\p{L}\d]|[.,:/]\d)`,
  'iu',
);
/** Words ahead of a number that make it a limit, not a count. */
const LIMIT =
  /(?:removed|removing|added|adding|dropped|another|an? extra|up to|at most|max(?:imum)?\.?(?: of)?|min(?:imum)?\.?(?: of)?|at least|capacity(?: of| is)?|room for|space for|limited to|more than|less than|under|over|holds|sleeps)\s{0,2}$/iu;

/** Words that make the next count a part of the one before. */
const INCLUDING =
  /incl(?:uding|\.|udes|uid[oa]s)|inkl\.|(?<!\p{L})(?:davon|dont)(?!\p{L})|of (?:whom|which|them)/iu;

const HEADS = new RegExp(
  String.raw`^(?:${COUNT})\s?[x×]?\s?(?:${WHOLE}|(${AGES}))(?:\s?\([^()]{0,40}\))?$`,
  'iu',
);

/** Whether the text is nothing but a count of heads: `4 Adults (13+)`. `isWhole`: of heads whatever their age. */
export function isHeadCount(text: string, isWhole = false): boolean {
  const match = text.length > 60 ? null : HEADS.exec(text);
  return match !== null && !(isWhole && match[1] !== undefined);
}

function countOf(word: string): number {
  return /^\d/.test(word) ? Number(word) : (WORDS.get(word.toLowerCase()) ?? Number.NaN);
}

/** Ages (`child (3-12)`, `aged 4 to 9`) are no heads. */
function withoutAges(text: string): string {
  return text
    .replace(
      /\((?:ages?|aged|under|over|from)?\s{0,2}\d{1,2}\s?(?:\+|[-–]\s?\d{1,2}|and (?:over|under|up)|yrs?|years?|y\/?o)?[^()]{0,14}\)/giu,
      ' ',
    )
    .replace(/(?<!\p{L})(?:ages?|aged)\s\d{1,2}(?:\s?(?:-|–|to|and|&|,)\s?\d{1,2}){0,5}/giu, ' ')
    .replace(/(?<!\p{L})\d{1,2}\s?[-–]\s?\d{1,2}\s?(?:yrs?|years?)(?!\p{L})/giu, ' ');
}

/** What a label's value says: `6`, `six`, `6 adults + 2 children`, `8 (6 adults, 2 children)`. */
export function readParty(value: string): PartyReading {
  // Agents write `2A 1C`.
  const text = withoutAges(value).replace(/(?<=\d)\s?(?:ADT?|A|CHD?|C|INF|I)(?![\p{L}\d])/gu, ' adults,');
  const counted = countHeads(text);
  const bare = new RegExp(String.raw`^\W{0,3}(${COUNT})(?!\p{L})(?![.:/]\d)`, 'iu').exec(text);
  const range = RANGE.exec(text);
  if (range !== null && countOf(range[1] ?? '') < countOf(range[2] ?? '')) {
    return { size: null, problem: `The party size “${value.trim().slice(0, 40)}” is a range.` };
  }
  if (/^\W{0,3}(?:up to|max|at least|min)/i.test(text)) {
    return { size: null, problem: `The party size “${value.trim().slice(0, 40)}” is a limit, not a count.` };
  }
  if (counted !== null) {
    const stated = bare === null ? null : countOf(bare[1] ?? '');
    // `8 (6 adults, 2 children)`: the number ahead is the whole.
    const isTotal = stated !== null && counted.first > (bare?.[0].length ?? 0) && counted.whole === null;
    if (
      isTotal &&
      counted.ages !== null &&
      counted.ages !== stated &&
      !(INCLUDING.test(text) && counted.ages < (stated ?? 0))
    ) {
      return { size: stated, problem: `The party is ${stated}, but its parts add up to ${counted.ages}.` };
    }
    return isTotal ? { size: stated, problem: null } : counted.reading;
  }
  if (bare === null) return { size: null, problem: null };
  const size = countOf(bare[1] ?? '');
  if (/^an?$/i.test(bare[1] ?? '')) return { size: null, problem: null };
  return sane(size);
}

function sane(size: number): PartyReading {
  return size >= 0 && size <= LARGEST_PARTY
    ? { size, problem: null }
    : { size: null, problem: `A party of ${size} is past belief.` };
}

interface Counted {
  readonly reading: PartyReading;
  readonly whole: number | null;
  readonly ages: number | null;
  readonly first: number;
}

function countHeads(text: string): Counted | null {
  let whole: number | null = null;
  let ages: number | null = null;
  let first = text.length;
  let isSum = false;
  const add = (index: number, count: number, kind: string) => {
    if (!Number.isFinite(count)) return;
    const ahead = text.slice(Math.max(0, index - 24), index);
    // Of `Rosalind and 5 guests` nobody knows whether they are five or six.
    const isBeside =
      /\p{Lu}\p{Ll}+ (?:and|&|\+) $/u.test(ahead) && /^(?:guest|other|people|friend)/i.test(kind);
    if (LIMIT.test(ahead) || isBeside) return;
    first = Math.min(first, index);
    const isPlus = /(?:\+|plus|and|&)\s?(?:an?\s)?$/i.test(ahead);
    if (new RegExp(`^(?:${AGES})$`, 'iu').test(kind)) {
      ages = (ages ?? 0) + count;
      if (isPlus && whole !== null) isSum = true;
    } else if (whole === null) whole = count;
    else if (/(?:\+|plus)\s?$/i.test(ahead)) whole += count;
  };
  for (const match of text.matchAll(COUNTED)) {
    // `A guest has booked` counts nobody; `and a baby` does.
    if (/^an?$/i.test(match[1] ?? '') && !/(?:\+|plus|and|&|,)\s?$/i.test(text.slice(0, match.index)))
      continue;
    add(match.index, countOf(match[1] ?? ''), match[2] ?? '');
  }
  if (whole === null && ages === null) {
    for (const match of text.matchAll(AGE_FIRST)) add(match.index, Number(match[2]), match[1] ?? '');
  }
  const group = GROUP_OF.exec(text);
  if (group !== null && whole === null) {
    whole = countOf(group[1] ?? '');
    first = Math.min(first, group.index);
  }
  const total: number | null = whole;
  const parts: number | null = ages;
  if (total === null && parts === null) return null;
  if (total === null) return { reading: sane(parts ?? 0), whole: null, ages: parts, first };
  if (parts === null || parts === total) return { reading: sane(total), whole: total, ages: parts, first };
  if (isSum && !/[(:]/.test(text)) return { reading: sane(total + parts), whole: total, ages: parts, first };
  // `8 guests including 2 children`: a part that is named need not be all.
  if (INCLUDING.test(text) && parts < total) {
    return { reading: sane(total), whole: total, ages: parts, first };
  }
  return {
    reading: { size: total, problem: `The party is ${total}, but its parts add up to ${parts}.` },
    whole: total,
    ages: parts,
    first,
  };
}

/** The count of heads that a sentence names, or null; a bare number is never one. */
export function partyInSentence(sentence: string): PartyReading {
  const text = withoutAges(sentence).replace(
    new RegExp(String.raw`(?<!\p{L})from\s(?:${COUNT})\s(?:(?:${WHOLE}|${AGES})\s)?to\s`, 'giu'),
    ' to ',
  );
  const group = GROUP_OF.exec(text);
  const instead = text.replace(
    new RegExp(
      String.raw`(?:instead of|rather than|not|was|were|previously|originally)\s(?:the\s)?(?:${COUNT})(?:\s(?:${WHOLE}|${AGES}))?(?!\p{L})`,
      'giu',
    ),
    ' ',
  );
  const counted = countHeads(instead);
  if (counted !== null) {
    const range = RANGE.exec(instead);
    if (
      range !== null &&
      Math.abs(range.index - counted.first) < 12 &&
      countOf(range[1] ?? '') < countOf(range[2] ?? '')
    ) {
      return { size: null, problem: `The party size “${range[0].trim()}” is a range.` };
    }
    return counted.reading;
  }
  if (group !== null) return sane(countOf(group[1] ?? ''));
  const seats = GROWN_TO.exec(text) ?? BE_COUNT.exec(instead) ?? FOR_COUNT.exec(instead);
  if (seats !== null) return sane(countOf(seats[1] ?? ''));
  return { size: null, problem: null };
}
