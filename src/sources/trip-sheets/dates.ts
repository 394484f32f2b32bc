/** Dates and times of day as captains write them. */
import type { IsoDate } from '../../statement/month.ts';
import { dateLabel, dateOfSerial, isIsoDate } from '../../statement/month.ts';
import { clockText, dateText } from './number-format.ts';

export type DateOrder = 'month-first' | 'day-first';

export interface DateReading {
  /** Null when the text says none, or none that the calendar has. */
  readonly date: IsoDate | null;
  /** What else the numbers could mean, when nothing but the locale decided. */
  readonly other: IsoDate | null;
  /** A sentence when the date must be looked at. */
  readonly problem: string | null;
  /** The text without the date. */
  readonly rest: string;
}

const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const WEEKDAY =
  /(?<![a-z])(sun|mon|tue|wed|thu|fri|sat)(?:day|s|sday|nesday|r|rs|rsday|urday)?(?![a-z])\.?,?/i;
const YEAR_FIRST = /(?<![\d.])((?:19|20|21)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/;
const COMPACT = /^\s*(20\d\d)(\d\d)(\d\d)\s*$/;
const DAY_MONTH = new RegExp(
  `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?[\\s.\\-/]*(?:of\\s+)?(?<![a-z])${MONTH}\\.?(?:,?[\\s.\\-/]*(\\d{4})(?!\\d)|[\\s.,\\-/]*['’]?(\\d\\d)(?![\\d:h]|\\s*[ap]\\.?m)|)`,
  'i',
);
const MONTH_DAY = new RegExp(
  `(?<![a-z])${MONTH}\\.?[\\s\\-]*(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,?[\\s.\\-/]*(\\d{4})(?!\\d)|\\s*[,\\-'’]\\s*['’]?(\\d\\d)(?![\\d:h]|\\s*[ap]\\.?m)|)`,
  'i',
);
const NUMERIC = /(?<![\d.,/-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20|21)\d\d|\d\d)(?![\d/]|[.,-]\d)/;

/**
 * The first date of a text. Numbers like `5/7/2026` are read in `order`, unless only the other order has such a day
 * or the weekday beside it says so; with points, `7.5.2026`, the day comes first, as it does wherever points are
 * used (https://en.wikipedia.org/wiki/List_of_date_formats_by_country).
 */
export function readDate(text: string, order: DateOrder): DateReading {
  const found = findDate(text, order);
  if (found === null) return { date: null, other: null, problem: null, rest: text };
  const { readings, matched, withoutYear } = found;
  const weekday = WEEKDAY.exec(text);
  const rest = text
    .replace(matched, ' ')
    .replace(weekday?.[0] ?? '', ' ')
    .replace(/^[\s,;|–—-]+|[\s,;|–—-]+$/g, '');
  const failed = (problem: string) => ({ date: null, other: null, problem, rest });
  if (withoutYear) return failed(`“${matched.trim()}” has no year.`);
  const [first, second] = readings.filter((reading) => isIsoDate(reading));
  if (first === undefined) return failed(`“${matched.trim()}” is not a day of the calendar.`);
  if (weekday === null) return { date: first, other: second ?? null, problem: null, rest };
  const said = WEEKDAYS.indexOf((weekday[1] ?? '').toLowerCase());
  const fits = [first, second].find((date) => date !== undefined && weekdayOf(date) === said);
  if (fits !== undefined) return { date: fits, other: null, problem: null, rest };
  return {
    date: first,
    other: null,
    problem: `“${weekday[0].replace(/[.,]+$/, '')}” is not the weekday of ${dateLabel(first)}.`,
    rest,
  };
}

/** Whether a text holds a date in numbers that only the other order can mean. */
export function contradictsOrder(text: string, order: DateOrder): boolean {
  const match = NUMERIC.exec(text);
  if (match === null || match[2] === '.') return false;
  const [monthAt, dayAt] = order === 'month-first' ? [1, 3] : [3, 1];
  return Number(match[monthAt]) > 12 && Number(match[dayAt]) <= 12;
}

interface FoundDate {
  /** The likelier first; some may not be in the calendar. */
  readonly readings: readonly IsoDate[];
  readonly matched: string;
  readonly withoutYear: boolean;
}

function findDate(text: string, order: DateOrder): FoundDate | null {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) return found(yearFirst[0], [iso(yearFirst[1], yearFirst[3], yearFirst[4])]);
  const compact = COMPACT.exec(text);
  if (compact !== null) return found(compact[0], [iso(compact[1], compact[2], compact[3])]);
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) {
    const [whole, a, sign, b, year] = numeric;
    const monthFirst = iso(year, a, b);
    const dayFirst = iso(year, b, a);
    if (sign === '.' || monthFirst === dayFirst) return found(whole, [dayFirst]);
    return found(whole, order === 'month-first' ? [monthFirst, dayFirst] : [dayFirst, monthFirst]);
  }
  const monthDay = MONTH_DAY.exec(text);
  const dayMonth = DAY_MONTH.exec(text);
  // `7 May 2026` also holds `May 20…`: the one that knows its year, else the one that starts first.
  const hasYear = (match: RegExpExecArray | null) => match !== null && (match[3] ?? match[4]) !== undefined;
  const useDayMonth =
    dayMonth !== null &&
    (monthDay === null ||
      (hasYear(dayMonth) !== hasYear(monthDay) ? hasYear(dayMonth) : dayMonth.index <= monthDay.index));
  const match = useDayMonth ? dayMonth : monthDay;
  if (match === null) return null;
  const [month, day] = useDayMonth ? [match[2], match[1]] : [match[1], match[2]];
  const year = match[3] ?? match[4];
  const monthNumber = MONTHS.indexOf((month ?? '').slice(0, 3).toLowerCase()) + 1;
  return {
    readings: [iso(year, String(monthNumber), day)],
    matched: match[0],
    withoutYear: year === undefined,
  };
}

function found(matched: string, readings: readonly IsoDate[]): FoundDate {
  return { readings, matched, withoutYear: false };
}

/** Two digits of a year are of this century. */
function iso(year = '', month = '', day = ''): IsoDate {
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function weekdayOf(date: IsoDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** The date of a spreadsheet's bare number, of the years 2000 to 2099; null for any other text. */
export function dateOfBareNumber(text: string): string | null {
  if (!/^\d{5}(\.\d+)?$/.test(text)) return null;
  const date = dateOfSerial(Math.floor(Number(text)));
  return date !== null && date >= '2000-01-01' && date < '2100-01-01' ? dateText(Number(text)) : null;
}

export interface TimeReading {
  /** `17:30`; null when the text says no time. */
  readonly time: string | null;
  /** Whether it could as well be twelve hours later. */
  readonly unsure: boolean;
  readonly rest: string;
}

const TWELVE = /(?<![\d:.])(\d{1,2})(?:[:.h](\d\d))?(?::\d\d)?(?:\s*([ap])\.?\s?m\.?|([ap]))(?![a-z])/i;
/** Only the end says which half of the day it is. */
const RANGE =
  /(?<![\d:.])(\d{1,2})(?:[:.](\d\d))?\s*(?:-|–|—|to|until)\s*(\d{1,2})(?:[:.]\d\d)?\s*([ap])\.?\s?m\.?(?![a-z])/i;
const TWENTY_FOUR = /(?<![\d:.])(\d{1,2})(?::|h)(\d\d)(?::\d\d(?:\.\d+)?)?(?![\d:])/i;
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:noon|midday)\b/i, '12:00'],
  [/\bmidnight\b/i, '00:00'],
];

/** The first time of day in a text from which the date was taken out. */
export function readTime(text: string): TimeReading {
  const said = (time: string, matched: string, unsure = false) => ({
    time,
    unsure,
    rest: text.replace(matched, ' ').trim(),
  });
  const range = RANGE.exec(text);
  const halfDay = (hour: string, half: string) => (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  if (range !== null && isTwelve(range[1]) && isTwelve(range[3])) {
    const [matched, from = '', minute = '0', to = '', half = ''] = range;
    const sameHalf = halfDay(from, half) <= halfDay(to, half);
    const hour = sameHalf ? halfDay(from, half) : halfDay(from, half === 'p' || half === 'P' ? 'a' : 'p');
    return said(clockText(hour * 60 + Number(minute)), matched);
  }
  const twelve = TWELVE.exec(text);
  if (twelve !== null && isTwelve(twelve[1]) && Number(twelve[2] ?? 0) < 60) {
    const hour = halfDay(twelve[1] ?? '', twelve[3] ?? twelve[4] ?? '');
    return said(clockText(hour * 60 + Number(twelve[2] ?? 0)), twelve[0]);
  }
  const twentyFour = TWENTY_FOUR.exec(text);
  if (twentyFour !== null && Number(twentyFour[1]) < 24 && Number(twentyFour[2]) < 60) {
    const [matched, hour = '', minute = ''] = twentyFour;
    // Without a leading zero, `5:30` is as likely half past five in the afternoon.
    const unsure = hour.length === 1 && Number(hour) >= 1 && Number(hour) <= 7;
    return said(clockText(Number(hour) * 60 + Number(minute)), matched, unsure);
  }
  const bare =
    /^\s*(\d{1,2})[.h]?([0-5]\d)\s*(?:h|hrs?|hours)?\.?\s*$/i.exec(text) ??
    /^\s*(\d{1,2})\s*h()\s*$/i.exec(text);
  if (bare !== null && Number(bare[1]) < 24) {
    return said(clockText(Number(bare[1]) * 60 + Number(bare[2] ?? '')), bare[0]);
  }
  const fraction = /^\s*(0?\.\d+)\s*$/.exec(text);
  if (fraction !== null) {
    const minutes = Math.round(Number(fraction[1]) * 1440);
    if (minutes < 1440) return said(clockText(minutes), fraction[0]);
  }
  for (const [pattern, time] of WORDS) {
    const match = pattern.exec(text);
    if (match !== null) return said(time, match[0]);
  }
  return { time: null, unsure: false, rest: text };
}

function isTwelve(hour = ''): boolean {
  return Number(hour) >= 1 && Number(hour) <= 12;
}
