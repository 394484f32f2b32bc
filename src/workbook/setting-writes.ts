/** Writing settings where a person would: into the value cell of their row, or on a new row. */
import type { ValueRange } from '../clients/google/sheets.ts';
import { quotedTitle } from '../statement/grid.ts';
import { fold } from './settings.ts';

type Value = string | number | boolean | null;

/** @param changes setting key → value; keys are compared without case */
export function settingWrites(
  title: string,
  rows: readonly (readonly Value[])[],
  changes: ReadonlyMap<string, string>,
): ValueRange[] {
  let next = rows.length + 1;
  return [...changes].map(([key, value]) => {
    const row = rows.findIndex((cells) => fold(String(cells[0] ?? '')) === fold(key));
    return row >= 0
      ? { range: `${quotedTitle(title)}!B${row + 1}`, values: [[value]] }
      : { range: `${quotedTitle(title)}!A${next}:B${next++}`, values: [[key, value]] };
  });
}
