/** A cell as a CellData of a batchUpdate request makes it. */
import { invalid } from './api-error.ts';
import { formatMerger } from './cell-format.ts';
import type { Mask } from './field-mask.ts';
import { below, names } from './field-mask.ts';
import type { Cell, CellFormat, ExtendedValue, JsonObject } from './model.ts';
import { withFormat, withValue } from './model.ts';
import { asObject, asString } from './validate.ts';

/** @throws SheetsApiError 400 unless at most one kind of value is set, and one that may be written. */
export function writableValue(value: JsonObject | undefined): ExtendedValue | undefined {
  if (value === undefined) return undefined;
  const [kind, ...more] = Object.keys(value);
  if (kind === undefined) return undefined;
  if (more.length > 0) throw invalid('ExtendedValue must have exactly one value set.');
  // https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#ExtendedValue
  if (kind === 'errorValue') throw invalid('ExtendedValue.errorValue is read-only.');
  const formula = value.formulaValue;
  if (typeof formula === 'string' && !formula.startsWith('=')) {
    throw invalid(`Invalid formula: a formula must start with "=": ${formula}`);
  }
  return value as ExtendedValue;
}

/**
 * Cells with the masked fields of a CellData; a field that the data lacks is cleared.
 * @param data but for the value, which each cell may have its own of
 */
export function cellWriter(
  data: JsonObject,
  mask: Mask,
): (cell: Cell, value: ExtendedValue | undefined) => Cell {
  const format = (asObject(data.userEnteredFormat) ?? {}) as CellFormat;
  const merged = formatMerger(format, below(mask, 'userEnteredFormat'));
  return (cell, value) => {
    let written = cell;
    if (names(mask, 'userEnteredValue')) written = withValue(written, value);
    if (names(mask, 'userEnteredFormat')) written = withFormat(written, merged(written.format));
    if (names(mask, 'note')) {
      const { note: _old, ...rest } = written;
      const note = asString(data.note);
      written = note === undefined || note === '' ? rest : { ...rest, note };
    }
    if (names(mask, 'dataValidation')) written = withValidation(written, asObject(data.dataValidation));
    return written;
  };
}

export function withValidation(cell: Cell, validation: JsonObject | undefined): Cell {
  const { validation: _old, ...rest } = cell;
  return validation === undefined ? rest : { ...rest, validation };
}
