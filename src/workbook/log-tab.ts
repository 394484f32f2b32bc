/** The `Purser log` tab: what happened, newest first, for a person to read. Nothing is decided by what it says. */
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import { cellText } from '../statement/cell-text.ts';
import { cut } from '../statement/short-text.ts';
import type { Tab } from './tabs.ts';

export const LOG_COLUMNS = ['When', 'Who', 'What'] as const;
/** Under the header. */
export const LOG_ROWS = 500;

/** One line, made for a cell. */
export interface LogRow {
  /** `2026-06-01 06:00` in the workbook's zone. */
  readonly when: string;
  readonly who: string;
  readonly words: string;
}

const LONGEST_WORDS = 2000;
const FORMAT = {
  numberFormat: { type: 'TEXT' },
  horizontalAlignment: 'LEFT',
  verticalAlignment: 'TOP',
  wrapStrategy: 'WRAP',
} as const;

/**
 * Puts lines under the header and keeps the newest 500. One atomic batchUpdate that needs no look at the tab: whatever
 * rows a person has deleted, some are appended first, so that there always is something to insert before and to delete.
 * @param rows oldest first
 */
export function logRequests({ sheetId }: Pick<Tab, 'sheetId'>, rows: readonly LogRow[]): SheetsRequest[] {
  const newest = rows.slice(-LOG_ROWS).reverse();
  if (newest.length === 0) return [];
  const dimension = 'ROWS';
  const inserted = { sheetId, dimension, startIndex: 1, endIndex: 1 + newest.length } as const;
  return [
    { appendDimension: { sheetId, dimension, length: LOG_ROWS } },
    { insertDimension: { range: inserted, inheritFromBefore: false } },
    {
      updateCells: {
        start: { sheetId, rowIndex: 1, columnIndex: 0 },
        rows: newest.map(({ when, who, words }) => ({
          values: [when, cut(who), cut(words, LONGEST_WORDS)].map((text) => ({
            userEnteredValue: { stringValue: cellText(text) },
            userEnteredFormat: FORMAT,
          })),
        })),
        fields: 'userEnteredValue,userEnteredFormat',
      },
    },
    { deleteDimension: { range: { sheetId, dimension, startIndex: 1 + LOG_ROWS } } },
  ];
}
