/** Dates as people and booking sites write them. */
import type { IsoDate } from '../../statement/month.ts';
import { isIsoDate } from '../../statement/month.ts';
import type { DateOrder } from './booking-mail.ts';

export interface FoundDate {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Null when the text names none. */
  readonly year: number | null;
  /** Month and day, when the words or the order leave no choice. */
  readonly certain: { readonly month: number; readonly day: number } | null;
  /** The two numbers as written, when only their order tells. */
  readonly numbers: readonly [number, number] | null;
  /** 0 for Sunday. */
  readonly weekday: number | null;
}

export interface DateContext {
  readonly locale: DateOrder;
  /** Every date of the mail: how it writes dates elsewhere. */
  readonly seen: readonly FoundDate[];
  /** ISO 8601; tells the year of a date that names none. */
  readonly receivedAt: string;
}

export interface DateReading {
  readonly date: IsoDate | null;
  /** A sentence; null when there is no doubt. */
  readonly problem: string | null;
}

const MONTHS = new Map<string, number>();
[
  'january jan januar janvier enero gennaio januari',
  'february feb februar février fevrier febrero febbraio februari',
  'march mar mrz märz maerz mars marzo maart',
  'april apr avril abril aprile',
  'may mai mayo maggio mei',
  'june jun juni juin junio giugno',
  'july jul juli juillet julio luglio',
  'august aug août aout agosto augustus',
  'september sep sept septembre septiembre settembre',
  'october oct okt oktober octobre octubre ottobre',
  'november nov novembre noviembre',
  'december dec dez dezember décembre decembre diciembre dicembre',
].forEach((names, index) => {
  for (const name of names.split(' ')) MONTHS.set(name, index + 1);
});
const WEEKDAYS = new Map<string, number>();
[
  'sunday sun sonntag so dimanche domingo',
  'monday mon montag lundi lunes',
  'tuesday tue tues dienstag mardi martes',
  'wednesday wed weds mittwoch mercredi',
  'thursday thu thur thurs donnerstag jeudi jueves',
  'friday fri freitag vendredi viernes',
  'saturday sat samstag samedi sábado sabado',
].forEach((names, index) => {
  for (const name of names.split(' ')) WEEKDAYS.set(name, index);
});
const WEEKDAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const YEAR_FIRST = /(?<![\d.])(20\d\d)\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)/gu;
const NUMERIC = /(?<![\d.,/$€£-])(\d{1,2})(\.\s|[./-])(\d{1,2})(?:\.\s|[./-])(20\d\d|\d\d)(?![\d/]|[.,]\d)/gu;
/** `SAT 5/16`: only a weekday makes it a date. */
const SHORT = /(?<=(\p{L}{2,10})[.,]?\s)(\d{1,2})[/.](\d{1,2})(?![\d/:]|[.,]\d)/gu;
const DAY_MONTH =
  /(?<![\d.,:/$€£])(\d{1,2})(?:st|nd|rd|th|\.)?(?:\s?[-–]\s?\d{1,2}(?:st|nd|rd|th|\.)?)?(?:\s|-|\/|\.)?(?:of\s|de\s)?(\p{L}{3,10})(?!\p{L})\.?(?:(?:,|\s|-|\/|\sde\s|\.){1,3}'?(20\d\d)(?!\d)|(?:\s'|-|\/|\s)(\d\d)(?![\d:.,]|\s?[ap]\.?m|\s?\p{L}))?/giu;
const MONTH_DAY =
  /(?<!\p{L})(\p{L}{3,10})\.?[\s-](?:the\s)?(\d{1,2})(?:st|nd|rd|th)?(?![\d:]|\s?[ap]\.?m)(?:\s?[-–]\s?\d{1,2}(?:st|nd|rd|th)?(?![\d:]))?(?:[\s,-]{1,3}'?(20\d\d)(?!\d)|,?\s'(\d\d)(?!\d)|-(\d\d)(?!\d))?/giu;
const COMPACT = /(?<![\d-])(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)/gu;

const MOST_DATES = 400;

/** Every date in the text, in its order; `wholeValue` also takes `20260514`. */
export function findDates(text: string, wholeValue = false): FoundDate[] {
  const found: FoundDate[] = [];
  const add = (match: RegExpExecArray, part: Pick<FoundDate, 'year' | 'certain' | 'numbers'>) => {
    const start = match.index;
    const end = start + match[0].length;
    if (found.length >= MOST_DATES || found.some((other) => start < other.end && other.start < end)) return;
    found.push({ start, end, text: match[0].trim(), weekday: weekdayNear(text, start, end), ...part });
  };
  for (const match of matchesOf(YEAR_FIRST, text)) {
    add(match, {
      year: Number(match[1]),
      certain: monthDay(Number(match[3]), Number(match[4])),
      numbers: null,
    });
  }
  for (const match of matchesOf(NUMERIC, text)) {
    const numbers = [Number(match[1]), Number(match[3])] as const;
    add(match, { year: fullYear(match[4]), certain: null, numbers });
  }
  for (const match of matchesOf(SHORT, text)) {
    if (WEEKDAYS.has((match[1] ?? '').toLowerCase()))
      add(match, { year: null, certain: null, numbers: [Number(match[2]), Number(match[3])] });
  }
  for (const match of matchesOf(DAY_MONTH, text)) {
    const month = monthNamed(match[2] ?? '', match[3] !== undefined || /\d(?:st|nd|rd|th)/i.test(match[0]));
    if (month === null) continue;
    add(match, {
      year: fullYear(match[3] ?? match[4]),
      certain: monthDay(month, Number(match[1])),
      numbers: null,
    });
  }
  for (const match of matchesOf(MONTH_DAY, text)) {
    const month = monthNamed(match[1] ?? '', match[3] !== undefined);
    if (month === null) continue;
    add(match, {
      year: fullYear(match[3] ?? match[4] ?? match[5]),
      certain: monthDay(month, Number(match[2])),
      numbers: null,
    });
  }
  if (wholeValue) {
    for (const match of matchesOf(COMPACT, text)) {
      add(match, {
        year: Number(match[1]),
        certain: monthDay(Number(match[2]), Number(match[3])),
        numbers: null,
      });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

export function* matchesOf(pattern: RegExp, text: string): Generator<RegExpExecArray> {
  const own = new RegExp(pattern.source, pattern.flags);
  for (let match = own.exec(text); match !== null; match = own.exec(text)) {
    yield match;
    // A word that is no month may hide one behind it: `Sat 16 May`.
    own.lastIndex = match.index + Math.max(1, /^(?:\d+|\p{L}+)/u.exec(match[0])?.[0].length ?? 1);
  }
}

/** "may", "mar" and the like are also words: without a year or an ordinal they need their capital. */
function monthNamed(word: string, isSure: boolean): number | null {
  const month = MONTHS.get(word.toLowerCase());
  if (month === undefined) return null;
  return isSure || !/^(?:may|mar|march|jan|dec|sep|set)$/.test(word) ? month : null;
}

function monthDay(month: number, day: number): { month: number; day: number } {
  return { month, day };
}

function fullYear(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function weekdayNear(text: string, start: number, end: number): number | null {
  const before = /(\p{L}{2,10})[.,]?(?:\s(?:the|den|le))?[\s,]{0,2}$/u.exec(
    text.slice(Math.max(0, start - 20), start),
  );
  const named = before === null ? undefined : WEEKDAYS.get((before[1] ?? '').toLowerCase());
  if (named !== undefined) return named;
  const after = /^[\s,]{0,2}\(?(\p{L}{3,10})(?!\p{L})/u.exec(text.slice(end, end + 14));
  return after === null ? null : (WEEKDAYS.get((after[1] ?? '').toLowerCase()) ?? null);
}

function iso(year: number, month: number, day: number): IsoDate | null {
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isIsoDate(date) ? date : null;
}

function weekdayOf(date: IsoDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/**
 * The one day that a found date means. Which number of `05/06/2026` is the month is told, in this order, by its
 * weekday, by a date with a month's name elsewhere in the mail, by the locale; when the mail also has a date
 * that the locale's order can't read, nothing tells.
 */
export function resolveDate(found: FoundDate, context: DateContext): DateReading {
  const { certain, numbers } = found;
  if (certain !== null) return withWeekday(found, withYear(found, certain.month, certain.day, context));
  const [first, second] = numbers ?? [0, 0];
  const monthFirst = withYear(found, first, second, context);
  const dayFirst = withYear(found, second, first, context);
  if (monthFirst === null || dayFirst === null || monthFirst === dayFirst) {
    return withWeekday(found, monthFirst ?? dayFirst);
  }
  if (found.weekday !== null) {
    const fits = [monthFirst, dayFirst].filter((date) => weekdayOf(date) === found.weekday);
    if (fits.length === 1) return { date: fits[0] ?? null, problem: null };
  }
  const spelled = context.seen
    .filter((other) => other.certain !== null && other !== found)
    .map((other) => withYear(other, other.certain?.month ?? 0, other.certain?.day ?? 0, context));
  const sayMonthFirst = spelled.includes(monthFirst);
  const sayDayFirst = spelled.includes(dayFirst);
  if (sayMonthFirst !== sayDayFirst) return { date: sayMonthFirst ? monthFirst : dayFirst, problem: null };
  const isOther = (other: FoundDate) => {
    const [a, b] = other.numbers ?? [0, 0];
    return context.locale === 'month-first' ? a > 12 && b <= 12 : b > 12 && a <= 12;
  };
  if (context.seen.some((other) => other.numbers !== null && isOther(other))) {
    return {
      date: null,
      problem: `The date ${found.text} may mean ${monthFirst} or ${dayFirst}: the mail also has a date in the other order.`,
    };
  }
  return withWeekday(found, context.locale === 'month-first' ? monthFirst : dayFirst);
}

function withWeekday(found: FoundDate, date: IsoDate | null): DateReading {
  if (date === null) return { date: null, problem: `The date ${found.text} is not in the calendar.` };
  if (found.weekday === null || weekdayOf(date) === found.weekday) return { date, problem: null };
  return {
    date,
    problem: `The mail says ${WEEKDAY_NAMES[found.weekday]}, but ${date} is a ${WEEKDAY_NAMES[weekdayOf(date)]}.`,
  };
}

/** A date without a year is the first of its kind from two months before the mail, or the one whose weekday fits. */
function withYear(found: FoundDate, month: number, day: number, context: DateContext): IsoDate | null {
  if (found.year !== null) return iso(found.year, month, day);
  const received = context.receivedAt.slice(0, 10);
  const year = Number(received.slice(0, 4));
  if (!isIsoDate(received)) return null;
  const earliest = new Date(Date.parse(`${received}T00:00:00Z`) - 60 * 86_400_000).toISOString().slice(0, 10);
  const days = [year - 1, year, year + 1]
    .map((each) => iso(each, month, day))
    .filter((date) => date !== null);
  const { weekday } = found;
  const fitting = weekday === null ? [] : days.filter((date) => weekdayOf(date) === weekday);
  return fitting.find((date) => date >= earliest) ?? days.find((date) => date >= earliest) ?? null;
}
