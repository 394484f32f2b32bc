/** Whether a cell's number format shows what a placeholder puts there: a date as a date, money as an amount. */
import type { CellFormat } from './grid.ts';
import type { PlaceholderValue } from './placeholders.ts';

type Kind = PlaceholderValue['kind'];

const OWN_FORMATS = {
  date: { type: 'DATE', pattern: 'yyyy-mm-dd' },
  count: { type: 'NUMBER', pattern: '#,##0' },
  money: { type: 'NUMBER', pattern: '#,##0.00' },
} as const;

/** The same object when its number format fits, or when the value is no number. */
export function withFittingNumberFormat(format: CellFormat, kind: Kind): CellFormat {
  return numberFormatFits(format.numberFormat, kind)
    ? format
    : { ...format, numberFormat: OWN_FORMATS[kind as keyof typeof OWN_FORMATS] };
}

/** A cell formatted as text would keep a number as text, which no SUM adds up. */
export function numberFormatFits(numberFormat: CellFormat['numberFormat'], kind: Kind): boolean {
  if (kind === 'text' || kind === 'nothing') return true;
  const type = numberFormat?.type ?? '';
  const pattern = numberFormat?.pattern ?? '';
  // A bare number reads well as a count; not as a date, and money wants its cents.
  if (type === '' && pattern === '') return kind === 'count';
  const shown = pattern === '' ? null : shownBy(pattern);
  if (kind !== 'date') return !UNFIT_FOR_AMOUNTS.has(type) && (shown ?? 'number') === 'number';
  if (shown === null) return type === 'DATE' || type === 'DATE_TIME';
  return shown === 'date' && (type === '' || type === 'TIME' || type === 'DATE' || type === 'DATE_TIME');
}

const UNFIT_FOR_AMOUNTS = new Set(['DATE', 'TIME', 'DATE_TIME', 'PERCENT', 'TEXT']);

/** Quoted and escaped text, widths and fills. */
const LITERAL = /"[^"]*"?|\\[\s\S]?|[_*][\s\S]?/g;
/** Colors, conditions, currencies; `[h]` and its like are times. */
const BRACKET = /\[(?!(?:h+|m+|s+)\])[^\]]*\]?/gi;

/** What a pattern's section for positive numbers shows: developers.google.com/workspace/sheets/api/guides/formats */
function shownBy(pattern: string): 'date' | 'time' | 'percent' | 'text' | 'number' {
  const bare = pattern.replace(LITERAL, '').replace(BRACKET, '');
  const section = (bare.split(';')[0] ?? '').toLowerCase();
  if (section.includes('@')) return 'text';
  const words = section.replace(/general|e[+-]/g, '0').replace(/am\/pm|a\/p/g, 'h');
  if (/[0#?]/.test(words.replace(/s\.0+/g, 's'))) return words.includes('%') ? 'percent' : 'number';
  // A short m beside hours or seconds is minutes.
  if (/[yd]|m{3}/.test(words) || (words.includes('m') && !/[hs]/.test(words))) return 'date';
  return /[hms]/.test(words) ? 'time' : 'number';
}
