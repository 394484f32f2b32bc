/** What a cell shows: a value under its number format. */
import { effectiveNumberFormat } from './cell-format.ts';
import type { CellFormat, ExtendedValue, NumberFormat } from './model.ts';
import { nodeRequire } from './node-require.ts';

// The small build: the whole one makes tables of code pages first, at each start.
const { SSF } = nodeRequire('xlsx/dist/xlsx.mini.min.js') as {
  SSF: { format(pattern: string, value: number): string };
};

/** As Sheets shows a number without a format: ten significant digits, whole numbers in full below 1E15. */
export function automaticText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value === 0 ? 0 : value);
  const magnitude = Math.abs(value);
  if (magnitude >= 1e15 || magnitude < 1e-6) {
    const [mantissa = '', exponent = '0'] = value.toExponential(9).split('e');
    const power = Number(exponent);
    const digits = String(Math.abs(power)).padStart(2, '0');
    return `${Number(mantissa)}E${power < 0 ? '-' : '+'}${digits}`;
  }
  return String(Number(value.toPrecision(10)));
}

/** Google writes months and minutes both as `M` or `m`; the formatter knows lower case only. */
function datePattern(pattern: string): string {
  return pattern
    .split(/("[^"]*"|\\.)/)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      return part
        .replaceAll(/am\/pm/gi, '\u0001')
        .replaceAll(/a\/p/gi, '\u0002')
        .toLowerCase()
        .replaceAll(/([hms]+)\+/g, '[$1]')
        .replaceAll('\u0001', 'AM/PM')
        .replaceAll('\u0002', 'A/P');
    })
    .join('');
}

/** A number under a pattern of the Sheets kind. An unreadable pattern shows the number as it is. */
export function numberText(value: number, format: Required<NumberFormat> | null): string {
  if (format === null || format.type === 'TEXT' || /^general$/i.test(format.pattern)) {
    return automaticText(value);
  }
  const dated = format.type === 'DATE' || format.type === 'TIME' || format.type === 'DATE_TIME';
  // Up to February 1900 the formatter counts as Excel does, with a leap day that never was; Sheets does not.
  const early = dated && format.type !== 'TIME' && value < 61;
  if (dated && (value < 0 || (early && value < 2))) return automaticText(value);
  try {
    return SSF.format(dated ? datePattern(format.pattern) : format.pattern, early ? value - 1 : value);
  } catch {
    return automaticText(value);
  }
}

/** `formattedValue`: what a person sees in the cell. */
export function displayed(
  value: ExtendedValue | undefined,
  format: CellFormat | undefined,
  automatic: NumberFormat | null,
): string {
  if (value === undefined) return '';
  if ('numberValue' in value) return numberText(value.numberValue, effectiveNumberFormat(format, automatic));
  if ('boolValue' in value) return value.boolValue ? 'TRUE' : 'FALSE';
  if ('errorValue' in value) return ERROR_TEXTS[value.errorValue.type] ?? '#ERROR!';
  return 'stringValue' in value ? value.stringValue : value.formulaValue;
}

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ErrorType */
export const ERROR_TEXTS: Readonly<Record<string, string>> = {
  ERROR: '#ERROR!',
  NULL_VALUE: '#NULL!',
  DIVIDE_BY_ZERO: '#DIV/0!',
  VALUE: '#VALUE!',
  REF: '#REF!',
  NAME: '#NAME?',
  NUM: '#NUM!',
  N_A: '#N/A',
};
