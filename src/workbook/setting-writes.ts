/** Writing settings where a person would: into the value cell of their row, or on a new row. */
import type { ValueRange } from '../clients/google/sheets.ts';
import { quotedTitle } from '../statement/grid.ts';
import { fold } from './settings.ts';
import { SETTINGS } from './settings-list.ts';

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
      : {
          range: `${quotedTitle(title)}!A${next}:C${next++}`,
          values: [[key, value, SETTINGS.find((setting) => setting.key === key)?.meaning ?? '']],
        };
  });
}

/** Rows for the settings that the tab, made by an older version, does not have yet. */
export function missingSettingWrites(title: string, rows: readonly (readonly Value[])[]): ValueRange[] {
  const there = new Set(rows.map((cells) => fold(String(cells[0] ?? ''))));
  const missing = SETTINGS.filter(({ key }) => !there.has(fold(key)));
  if (missing.length === 0) return [];
  const first = rows.length + 1;
  const range = `${quotedTitle(title)}!A${first}:C${first + missing.length - 1}`;
  return [{ range, values: missing.map(({ key, fallback, meaning }) => [key, fallback, meaning]) }];
}
