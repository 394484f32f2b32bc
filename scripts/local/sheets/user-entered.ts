/**
 * What Sheets makes of text that a person types, or that is written with `USER_ENTERED`, in the en_US locale.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/ValueInputOption
 */
import type { ExtendedValue, NumberFormat } from './model.ts';

export interface Entered {
  readonly value: ExtendedValue | undefined;
  /** The number format that the way of typing asks for; null leaves the cell's own. */
  readonly format: NumberFormat | null;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MS_PER_DAY = 86_400_000;
/** 30 December 1899 is day 0. */
const DAY_ZERO = Date.UTC(1899, 11, 30);

/** Days since 30 December 1899, or null when there is no such day. */
export function serialOfDate(year: number, month: number, day: number): number | null {
  const ms = Date.UTC(year, month - 1, day);
  const date = new Date(ms);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return Math.round((ms - DAY_ZERO) / MS_PER_DAY);
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function parseDate(text: string): { serial: number; pattern: string } | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) {
    const serial = serialOfDate(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    return serial === null ? null : { serial, pattern: 'yyyy-mm-dd' };
  }
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(text);
  if (slashed !== null) {
    const serial = serialOfDate(fullYear(slashed[3] ?? ''), Number(slashed[1]), Number(slashed[2]));
    return serial === null ? null : { serial, pattern: 'm/d/yyyy' };
  }
  const worded = /^([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})$/.exec(text);
  const month = MONTHS.indexOf((worded?.[1] ?? '').slice(0, 3).toLowerCase());
  if (worded === null || month < 0) return null;
  const serial = serialOfDate(Number(worded[3]), month + 1, Number(worded[2]));
  return serial === null ? null : { serial, pattern: 'mmmm d, yyyy' };
}

function parseTime(text: string): { days: number; pattern: string } | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?(am|pm))?$/i.exec(text);
  if (match === null) return null;
  const half = match[4]?.toLowerCase();
  const [typed, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (minutes > 59 || seconds > 59 || (half !== undefined && (typed < 1 || typed > 12))) return null;
  if (half === undefined && typed > 23) return null;
  const hours = half === undefined ? typed : (typed % 12) + (half === 'pm' ? 12 : 0);
  const base = match[3] === undefined ? 'h:mm' : 'h:mm:ss';
  const pattern = half === undefined ? base : `${base} AM/PM`;
  return { days: (hours * 3600 + minutes * 60 + seconds) / 86_400, pattern };
}

function parseNumber(text: string): Entered | null {
  const match =
    /^(-|\+)?(\()?(-|\+)?(\$)?(-|\+)?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(e[+-]?\d+)?(%)?(\))?$/i.exec(
      text,
    );
  if (match === null) return null;
  const [, before, opening, inner, dollar, after, digits = '', exponent = '', percent, closing] = match;
  const signs = [before, inner, after].filter((sign) => sign !== undefined);
  if (signs.length > 1 || (opening === undefined) !== (closing === undefined)) return null;
  if (opening !== undefined && signs.length > 0) return null;
  const size = Number(`${digits.replaceAll(',', '')}${exponent}`) / (percent === undefined ? 1 : 100);
  if (!Number.isFinite(size)) return null;
  const numberValue = signs[0] === '-' || opening !== undefined ? -size : size;
  const decimals = digits.includes('.');
  const format = (type: string, pattern: string): Entered => ({
    value: { numberValue },
    format: { type, pattern },
  });
  if (dollar !== undefined) return format('CURRENCY', decimals ? '"$"#,##0.00' : '"$"#,##0');
  if (percent !== undefined) return format('PERCENT', decimals ? '0.00%' : '0%');
  if (exponent !== '') return format('SCIENTIFIC', '0.00E+00');
  if (digits.includes(',')) return format('NUMBER', decimals ? '#,##0.00' : '#,##0');
  return { value: { numberValue }, format: null };
}

const ERRORS: Record<string, string> = { '#REF!': 'REF', '#DIV/0!': 'DIVIDE_BY_ZERO', '#N/A': 'N_A' };

/** Text as typed → value and, where the typing shows one, a number format. Empty text empties the cell. */
export function userEntered(text: string): Entered {
  if (text === '') return { value: undefined, format: null };
  if (text.startsWith("'")) return { value: { stringValue: text.slice(1) }, format: null };
  if (text.startsWith('=') && text.length > 1) return { value: { formulaValue: text }, format: null };
  const trimmed = text.trim();
  if (/^(true|false)$/i.test(trimmed)) {
    return { value: { boolValue: trimmed.toLowerCase() === 'true' }, format: null };
  }
  const error = ERRORS[trimmed];
  if (error !== undefined) {
    return { value: { errorValue: { type: error, message: '' } }, format: null };
  }
  const number = parseNumber(trimmed);
  if (number !== null) return number;
  const date = parseDate(trimmed);
  if (date !== null) {
    return { value: { numberValue: date.serial }, format: { type: 'DATE', pattern: date.pattern } };
  }
  const time = parseTime(trimmed);
  if (time !== null) {
    return { value: { numberValue: time.days }, format: { type: 'TIME', pattern: time.pattern } };
  }
  const both = /^(\S+) (\d{1,2}:.+)$/.exec(trimmed);
  const day = parseDate(both?.[1] ?? '');
  const clock = parseTime(both?.[2] ?? '');
  if (day !== null && clock !== null) {
    const pattern = `${day.pattern} ${clock.pattern}`;
    return { value: { numberValue: day.serial + clock.days }, format: { type: 'DATE_TIME', pattern } };
  }
  return { value: { stringValue: text }, format: null };
}
