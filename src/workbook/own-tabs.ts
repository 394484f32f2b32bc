/** Purser's own tabs as they are when Purser makes them: settings, rates, register. */
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import type { CellFormat, GridCell, TabGrid } from '../statement/grid.ts';
import { REGISTER_COLUMNS } from './register.ts';
import { SETTINGS } from './settings-list.ts';
import { addTabRequests } from './tab-grid.ts';
import type { OwnTab } from './tabs.ts';
import { markOwnTab, OWN_TAB_TITLES } from './tabs.ts';

const NAVY = { red: 0.106, green: 0.212, blue: 0.365 };
const MIST = { red: 0.933, green: 0.949, blue: 0.969 };
const GREY = { red: 0.396, green: 0.431, blue: 0.478 };
const HEADER: CellFormat = {
  backgroundColor: MIST,
  borders: { bottom: { style: 'SOLID_MEDIUM', color: NAVY } },
  textFormat: { bold: true, foregroundColor: NAVY },
  verticalAlignment: 'MIDDLE',
};
const VALUE: CellFormat = { numberFormat: { type: 'TEXT' }, verticalAlignment: 'TOP', wrapStrategy: 'WRAP' };
const MEANING: CellFormat = {
  verticalAlignment: 'TOP',
  wrapStrategy: 'WRAP',
  textFormat: { foregroundColor: GREY },
};

/** A write outside a tab's grid is refused, so there is room for decades of months. */
const SPARE_ROWS = 1000;

/** The requests that make one of Purser's own tabs. `sheetId` must be free. */
export function ownTabRequests(
  tab: OwnTab,
  sheetId: number,
  index: number,
  company: string,
): SheetsRequest[] {
  return [...addTabRequests(gridOf(tab, company), sheetId, index, SPARE_ROWS), markOwnTab(tab, sheetId)];
}

function gridOf(tab: OwnTab, company: string): TabGrid {
  switch (tab) {
    case 'settings':
      return table(
        tab,
        ['Setting', 'Value', 'What it means'],
        [220, 300, 560],
        [
          ...SETTINGS.map(({ key, fallback, meaning }): GridCell[] => [
            text(key, { verticalAlignment: 'TOP', textFormat: { bold: true } }),
            text(key === 'Company' && fallback === '' ? company : fallback, VALUE),
            text(meaning, MEANING),
          ]),
        ],
      );
    case 'rates':
      return table(
        tab,
        ['From', 'Vessel', 'Rate', 'Note'],
        [110, 180, 100, 400],
        [
          [
            text('', { numberFormat: { type: 'DATE', pattern: 'yyyy-mm-dd' } }),
            text('', {}),
            text('', { numberFormat: { type: 'NUMBER', pattern: '#,##0.00' } }),
            text('', MEANING),
          ],
        ],
      );
    case 'register':
      return table(
        tab,
        REGISTER_COLUMNS.map(({ header }) => header),
        REGISTER_COLUMNS.map(({ widthPx }) => widthPx),
        [],
      );
  }
}

function table(
  tab: OwnTab,
  headers: readonly string[],
  columnWidthsPx: readonly number[],
  body: GridCell[][],
): TabGrid {
  const rows = [headers.map((header) => text(header, HEADER)), ...body];
  return {
    title: OWN_TAB_TITLES[tab],
    rows,
    columnWidthsPx,
    rowHeightsPx: [26],
    merges: [],
    frozenRows: 1,
    frozenColumns: 0,
  };
}

function text(value: string, format: CellFormat): GridCell {
  return { input: value === '' ? { kind: 'blank' } : { kind: 'text', text: value }, format };
}
