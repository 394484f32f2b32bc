/** Which number formats of a workbook show dates, and what a date's number says. */
import { dateOfSerial } from '../../statement/month.ts';

/** Days from 1900's zero to 1904's, which old workbooks from Macs count from. */
export const DAYS_TO_1904 = 1462;
const MINUTES_A_DAY = 1440;

/**
 * Built-in formats that are dates or times, those of East Asian workbooks included (ECMA-376 part 1, 18.8.30:
 * https://ecma-international.org/publications-and-standards/standards/ecma-376/).
 */
export function isDateFormatId(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** Whether a format code shows its number as a date or a time. */
export function isDateFormat(code: string): boolean {
  const [positive = ''] = code.split(';');
  const bare = positive
    .replace(/"[^"]*"/g, '')
    .replace(/[\\_*]./g, '')
    .replace(/\[(h+|m+|s+)\]/gi, '$1')
    .replace(/\[[^\]]*\]/g, '');
  return /[ymdhs]/i.test(bare) && !/[0#?]\.?[0#?]*[eE]|general/i.test(bare);
}

/** `2026-05-07`, `17:00` for less than a day, `2026-05-07 17:00`; null when it is no date that Purser knows. */
export function dateText(serial: number): string | null {
  const minutes = Math.round(serial * MINUTES_A_DAY);
  if (!Number.isFinite(minutes) || minutes < 0) return null;
  const days = Math.floor(minutes / MINUTES_A_DAY);
  const clock = clockText(minutes % MINUTES_A_DAY);
  if (days === 0) return clock;
  const date = dateOfSerial(days);
  if (date === null) return null;
  return minutes % MINUTES_A_DAY === 0 ? date : `${date} ${clock}`;
}

/** `17:05` */
export function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
