/**
 * The settings that a sent month keeps: those that decide what its statement says, and what its mail and file are called.
 * Where its charters lie, and what their attributes are called, is as it is now: a table that was moved is read in its
 * new place.
 */
import type { SheetValue, SheetValues } from '../clients/google/sheets.ts';
import { fold } from './settings.ts';
import { SETTINGS } from './settings-list.ts';

const PINNED: ReadonlySet<string> = new Set(
  [
    'Company',
    'Standard rate',
    'Currency',
    'Time zone',
    'File name',
    'Guests may differ by',
    'Amounts may differ by',
    'Comps a charter',
    'Rate outlier',
    'Minutes between departures',
    'Explain changes over',
    'Severities',
    'Statement subject',
  ].map(fold),
);

/**
 * The settings tab's rows with the values of then where a sent month keeps them. Each row stays in its place, so that a
 * cell is named as the person finds it.
 * @param now the tab's rows, its header first
 * @param sent names and values as they were typed then; what they lack was at its default
 */
export function pinnedRows(
  now: SheetValues,
  sent: readonly (readonly [name: string, value: SheetValue])[],
): SheetValues {
  const typed = new Map(sent.map(([name, value]) => [fold(name), value]));
  const left = new Map(
    SETTINGS.filter(({ key }) => PINNED.has(fold(key))).map(({ key, fallback }): [string, SheetValue[]] => [
      fold(key),
      [key, typed.get(fold(key)) ?? fallback],
    ]),
  );
  const rows = now.map((row) => {
    const name = fold(String(row[0] ?? ''));
    const pinned = left.get(name);
    left.delete(name);
    return pinned ?? row;
  });
  return [...rows, ...left.values()];
}
