/** Times of day as people write them. */
import type { DateOrder } from './booking-mail.ts';

export interface TimeReading {
  /** `17:30` */
  readonly time: string | null;
  readonly problem: string | null;
}

const TWELVE = /(?<![\d:.,$€£])(\d{1,2})(?:\s?[:.h]\s?([0-5]\d))?\s{0,2}([ap])\s?\.?\s?m(?!\p{L})/iu;
const SHORT_TWELVE = /(?<![\d:.,$€£])(\d{1,2})(?::([0-5]\d))([ap])(?![\p{L}\d])/iu;
const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
/** `half past five in the afternoon`, `at seven in the evening` */
const SPOKEN = new RegExp(
  String.raw`(?<!\p{L})(?:(half|quarter) (past|to) )?(${HOURS.join('|')}|\d{1,2})(?: o['’]clock)? (?:in the|at) (morning|afternoon|evening|night)(?!\p{L})`,
  'iu',
);
const CLOCK = /(?<![\d:.,/$€£-])([01]?\d|2[0-3])(?::|h)([0-5]\d)(?::[0-5]\d(?:\.\d{1,3})?)?(?![\d:])/iu;
/** A point instead of a colon is a time only with a word that says so. */
const POINT = /(?<![\d:.,/$€£-])([01]?\d|2[0-3])\.([0-5]\d)\s?(?:h|hrs|hours|uhr|o'clock)(?!\p{L})/iu;
const MILITARY = /(?<![\d:.,/$€£-])([01]\d|2[0-3])([0-5]\d)\s?(?:h|hrs|hours)(?!\p{L})/iu;
const AT_MILITARY = /(?:@|(?<!\p{L})at)\s?([01]\d|2[0-3])([0-5]\d)(?![\d\p{L}]|[.,]\d)/iu;
const HOUR = /(?<![\d:.,/$€£-])([01]?\d|2[0-3])\s?(?:h|uhr)(?![\p{L}\d])/iu;
const RANGE =
  /(?<![\d:.,/$€£-])(\d{1,2})(?:[:.]([0-5]\d))?\s?(?:-|–|—|to|until)\s?(\d{1,2})(?:[:.]([0-5]\d))?\s?([ap])\.?\s?m(?!\p{L})/iu;

function clock(hours: number, minutes: number): string | null {
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

function fromTwelve(hours: number, minutes: number, meridian: string): string | null {
  if (hours < 1 || hours > 12) return hours > 12 && /p/i.test(meridian) ? clock(hours, minutes) : null;
  return clock((hours % 12) + (/p/i.test(meridian) ? 12 : 0), minutes);
}

/**
 * The first time in the text, the start of a range. `isLabelled`: the text is the value of a time's label, so
 * `17.30` and `1730` are times too. `5:30` without am or pm is in doubt where people count to twelve.
 */
export function readTime(text: string, locale: DateOrder, isLabelled = false): TimeReading {
  const readings: { at: number; reading: TimeReading }[] = [];
  const add = (match: RegExpExecArray | null, time: string | null, problem: string | null = null) => {
    if (match !== null && (time !== null || problem !== null)) {
      readings.push({ at: match.index, reading: { time, problem } });
    }
  };
  const range = RANGE.exec(text);
  if (range !== null) {
    const [start, end] = [Number(range[1]), Number(range[3])];
    const meridian = range[5] ?? 'p';
    const other = /p/i.test(meridian) ? 'a' : 'p';
    // `10:00 - 2:00 PM` starts in the morning; `5:30 - 7:30 PM` does not.
    const isSame = start % 12 < end % 12 || (start === end && Number(range[2] ?? 0) < Number(range[4] ?? 0));
    add(range, fromTwelve(start, Number(range[2] ?? 0), isSame ? meridian : other));
  }
  const twelve = TWELVE.exec(text);
  if (twelve !== null) add(twelve, fromTwelve(Number(twelve[1]), Number(twelve[2] ?? 0), twelve[3] ?? ''));
  const short = SHORT_TWELVE.exec(text);
  if (short !== null) add(short, fromTwelve(Number(short[1]), Number(short[2]), short[3] ?? ''));
  const spoken = SPOKEN.exec(text);
  if (spoken !== null) {
    const [, part, side, hour = '', day] = spoken;
    const minutes = part === undefined ? 0 : part === 'half' ? 30 : side === 'to' ? 45 : 15;
    const named = HOURS.indexOf(hour.toLowerCase()) + 1 || Number(hour);
    add(spoken, fromTwelve(side === 'to' ? named - 1 || 12 : named, minutes, day === 'morning' ? 'a' : 'p'));
  }
  for (const pattern of [POINT, MILITARY, AT_MILITARY, HOUR]) {
    const match = pattern.exec(text);
    if (match !== null) add(match, clock(Number(match[1]), Number(pattern === HOUR ? 0 : match[2])));
  }
  if (isLabelled) {
    const match = /^\D{0,12}?([01]?\d|2[0-3])(?:\.([0-5]\d)|([0-5]\d))(?!\d)(?![.]\d)(?!\s?[ap]\.?m)/iu.exec(
      text,
    );
    if (match !== null && (match[2] !== undefined || (match[1] ?? '').length === 2)) {
      add(match, clock(Number(match[1]), Number(match[2] ?? match[3])));
    }
  }
  const plain = CLOCK.exec(text);
  if (
    plain !== null &&
    (twelve === null || twelve.index > plain.index) &&
    (short === null || short.index > plain.index) &&
    (range === null || range.index > plain.index)
  ) {
    const hours = Number(plain[1]);
    const isDoubtful =
      locale === 'month-first' &&
      hours > 0 &&
      hours < 12 &&
      (plain[1] ?? '').length === 1 &&
      /^[^h]*$/i.test(plain[0]);
    const is24 = /(?<!\d)(?:1[3-9]|2[0-3]):[0-5]\d/.test(text);
    const time = clock(hours, Number(plain[2]));
    if (isDoubtful && !is24)
      add(plain, null, `The time ${plain[0]} may be in the morning or in the afternoon.`);
    else add(plain, time);
  }
  const word = /(?<!\p{L})(noon|midday|midnight)(?!\p{L})/iu.exec(text);
  if (word !== null && !/(?:after|before|fore)\s?$/i.test(text.slice(0, word.index))) {
    add(word, /midnight/i.test(word[0]) ? '00:00' : '12:00');
  }
  readings.sort((a, b) => a.at - b.at);
  // `Boarding 5:30 PM; departure 6:00 PM`
  const leaves = /(?<!\p{L})(?:depart\p{L}*|sail(?:s|ing)?|cast(?:ing)? off|abfahrt|départ|salida)\W/iu.exec(
    text,
  );
  if (
    leaves !== null &&
    readings.length > 0 &&
    /boarding|check|arriv|meet|embar|einstieg/i.test(text.slice(0, leaves.index))
  ) {
    return readTime(text.slice(leaves.index + 1), locale, isLabelled);
  }
  return readings[0]?.reading ?? { time: null, problem: null };
}
