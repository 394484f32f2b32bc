/** The month tab of a version that another one replaces: kept as it was sent, hidden, under a title of its own. */
import type { SheetValues } from '../clients/google/sheets.ts';
import type { GridRange, SheetsRequest } from '../clients/google/sheets-requests.ts';
import { freeTitle, keptEnding } from './free-title.ts';
import { protectRequests, unprotectRequests } from './protect-month.ts';
import { freeSheetId } from './set-up-tabs.ts';
import type { MonthTab, Tabs } from './tabs.ts';
import { markKept } from './tabs.ts';

/** The version whose tab is to be kept before the newer one is shown in its place; null: none, or it is kept already. */
export function versionToKeep(
  { kept }: Pick<Tabs, 'kept'>,
  monthTab: MonthTab | null,
  newVersion: number,
): number | null {
  if (monthTab === null || monthTab.version >= newVersion) return null;
  const { month, version } = monthTab;
  return kept.some((tab) => tab.month === month && tab.version === version) ? null : version;
}

/**
 * The requests that keep the month's tab, to stand before those that show the newer version over it, in the same
 * request. A copy is not protected as its original is (Google Sheets leaves that out), and its formulas read its own
 * cells. What reads elsewhere, or changes by itself, becomes the value that was sent. None when nothing is to be kept.
 *
 * @param formulas of the month's tab; null when they were not read, and then nothing keeps its formula
 * @param editor who may change the kept tab beside the workbook's owner
 */
export function keepVersionRequests(
  tabs: Tabs,
  monthTab: MonthTab | null,
  formulas: SheetValues | null,
  newVersion: number,
  editor: string,
): SheetsRequest[] {
  const version = versionToKeep(tabs, monthTab, newVersion);
  if (monthTab === null || version === null) return [];
  const { month, rowCount, columnCount } = monthTab;
  const sheetId = freeSheetId(new Set(tabs.all.map((tab) => tab.sheetId)), `kept ${month} V${version}`);
  const whole = {
    sheetId,
    startRowIndex: 0,
    endRowIndex: rowCount,
    startColumnIndex: 0,
    endColumnIndex: columnCount,
  };
  const newSheetName = freeTitle(monthTab.title, tabs.all, keptEnding(version));
  return [
    ...unprotectRequests(monthTab, tabs.protections),
    {
      duplicateSheet: {
        sourceSheetId: monthTab.sheetId,
        // Behind all: no place that others are moved to is counted anew.
        insertSheetIndex: Math.max(0, ...tabs.all.map(({ index }) => index + 1)),
        newSheetId: sheetId,
        newSheetName,
      },
    },
    { updateSheetProperties: { properties: { sheetId, hidden: true }, fields: 'hidden' } },
    ...(formulas === null ? [whole] : movingCells(sheetId, formulas)).map(
      (range): SheetsRequest => ({
        copyPaste: {
          source: range,
          destination: range,
          pasteType: 'PASTE_VALUES',
          pasteOrientation: 'NORMAL',
        },
      }),
    ),
    markKept(month, version, sheetId),
    ...protectRequests(
      { sheetId, columnCount },
      [],
      `${newSheetName}: version ${version}, as it went out`,
      editor,
    ),
  ];
}

/** Runs of cells in a column whose formulas might show something else one day. */
function movingCells(sheetId: number, formulas: SheetValues): GridRange[] {
  const ranges: GridRange[] = [];
  const columns = Math.max(0, ...formulas.map((row) => row.length));
  for (let column = 0; column < columns; column++) {
    let from: number | null = null;
    for (let row = 0; row <= formulas.length; row++) {
      const cell = formulas[row]?.[column];
      const moves = typeof cell === 'string' && cell.startsWith('=') && !readsOwnCells(cell);
      if (moves) from ??= row;
      else if (from !== null) {
        ranges.push({
          sheetId,
          startRowIndex: from,
          endRowIndex: row,
          startColumnIndex: column,
          endColumnIndex: column + 1,
        });
        from = null;
      }
    }
  }
  return ranges;
}

const STRING = /"(?:[^"]|"")*"/g;
const WORD = /[A-Za-z_$\u00a1-\uffff][\w.$\u00a1-\uffff]*\s*\(?/g;
const REFERENCE = /^\$?[A-Za-z]{1,3}(\$?\d{1,8})?$|^\$\d{1,8}$|^(TRUE|FALSE)$/i;
const CHANGING = /^(TODAY|NOW|RAND\w*|INDIRECT|GOOGLE\w+|IMPORT\w+)\s*\($/i;

/** Functions of cells of its own tab, and nothing that depends on the day, on chance, on names or on other places. */
function readsOwnCells(formula: string): boolean {
  const bare = formula.replace(STRING, '""');
  if (bare.includes('!')) return false;
  return (bare.match(WORD) ?? []).every((word) =>
    word.endsWith('(') ? !CHANGING.test(word) : REFERENCE.test(word.trim()),
  );
}
