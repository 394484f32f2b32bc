/** Months and dates as text: `2026-05`, `2026-05-14`. No clock, no zone: whoever calls has asked the host. */

/** `2026-05` */
export type Month = string;
/** `2026-05-14` */
export type IsoDate = string;

const NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Days from 1899-12-30, the zero of a spreadsheet's dates, to 1970-01-01. */
const SERIAL_OF_EPOCH = 25_569;
const DAY_MS = 86_400_000;

export function isMonth(text: string): boolean {
  return /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text);
}

/** Whether `text` is a day that the calendar has. */
export function isIsoDate(text: string): boolean {
  const match = /^((?:19|20|21)\d\d)-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** `17:30`; hours 00 to 23. */
export function isClockTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

export function monthOf(date: IsoDate): Month {
  return date.slice(0, 7);
}

/** The month that many months later; earlier when negative. */
export function addMonths(month: Month, count: number): Month {
  const index = yearOf(month) * 12 + numberOf(month) - 1 + count;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The month before the one that a day is in. */
export function monthBefore(date: IsoDate): Month {
  return addMonths(monthOf(date), -1);
}

export function firstDay(month: Month): IsoDate {
  return `${month}-01`;
}

export function lastDay(month: Month): IsoDate {
  return `${month}-${String(daysIn(yearOf(month), numberOf(month))).padStart(2, '0')}`;
}

/** `May 2026` */
export function monthLabel(month: Month): string {
  return `${NAMES[numberOf(month) - 1]} ${yearOf(month)}`;
}

/** `2026-05` from `May 2026` or `2026-05`; null for anything else. */
export function monthFromLabel(label: string): Month | null {
  const text = label.trim();
  if (isMonth(text)) return text;
  const match = /^([A-Za-z]+)\s+((?:19|20|21)\d\d)$/.exec(text);
  if (match === null) return null;
  const index = NAMES.findIndex((name) => name.toLowerCase() === match[1]?.toLowerCase());
  return index < 0 ? null : `${match[2]}-${String(index + 1).padStart(2, '0')}`;
}

/** `May 14, 2026` */
export function dateLabel(date: IsoDate): string {
  return `${NAMES[Number(date.slice(5, 7)) - 1]} ${Number(date.slice(8, 10))}, ${date.slice(0, 4)}`;
}

/** The number of a date in a spreadsheet's cell. */
export function dateSerial(date: IsoDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS + SERIAL_OF_EPOCH;
}

/** The date of a whole serial number; null when it isn't one of the years that Purser knows. */
export function dateOfSerial(serial: number): IsoDate | null {
  if (!Number.isInteger(serial)) return null;
  const ms = (serial - SERIAL_OF_EPOCH) * DAY_MS;
  if (Math.abs(ms) > 8.64e15) return null;
  const date = new Date(ms).toISOString().slice(0, 10);
  return isIsoDate(date) ? date : null;
}

function yearOf(month: Month): number {
  return Number(month.slice(0, 4));
}

function numberOf(month: Month): number {
  return Number(month.slice(5, 7));
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
