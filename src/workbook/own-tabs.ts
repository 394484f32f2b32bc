/** Purser's own tabs as they are when Purser makes them. */
import type { GridRange, SheetsRequest } from '../clients/google/sheets-requests.ts';
import { ADJUSTMENT_KINDS } from '../statement/adjustments.ts';
import type { CellFormat, GridCell, TabGrid } from '../statement/grid.ts';
import { ACCEPTED_COLUMNS } from './accepted-tab.ts';
import { ADJUSTMENT_COLUMNS } from './adjustments-tab.ts';
import { CALENDAR_COLUMNS, CALENDAR_MEANINGS } from './calendar-row.ts';
import { CARRIED_COLUMNS } from './carried-tab.ts';
import { EVIDENCE_COLUMNS } from './evidence-row.ts';
import { LOG_COLUMNS, LOG_ROWS } from './log-tab.ts';
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

const AMOUNT: CellFormat = { horizontalAlignment: 'RIGHT', verticalAlignment: 'TOP' };

/** Notes on headings, in the order of the columns. */
const MEANINGS: Partial<Record<OwnTab, readonly string[]>> = {
  adjustments: [
    'The month of the statement, such as 2026-05.',
    'The charter’s id. Only a note and a correction may be without.',
    'guests, comps, rate and price set the figure; discount, refund and forfeited are added to what the ledger has; a correction of an earlier month is a line of its own; a note changes no figure.',
    'Dollars; for guests and comps, heads. A correction may be negative. A note has none.',
    'Why. Printed under the statement.',
    'Who decided it. Printed under the statement.',
    'Where it can be looked up. May be empty.',
  ],
  accepted: [
    'The month whose finding it is, such as 2026-05.',
    'The finding’s code as the audit has it, such as trip-sheet-missing.',
    'As the audit has it beside the code: a charter’s id, a booking, a file. Empty: the finding is about the month.',
    'As the audit has it; a finding of another amount is not accepted. Empty: the finding has none.',
    'Why it may stand. The audit and the register keep it.',
    'Who decided it.',
    'When. May be empty.',
  ],
  carried: [
    'The month whose finding it is, such as 2026-05.',
    'The finding’s code as the audit has it, such as trip-sheet-missing.',
    'The charter’s id as the audit has it. Empty: the finding is about the month.',
    'As the audit has it; a finding of another amount is not carried forward. Empty: any amount.',
    'Why it can wait.',
    'Who decided it.',
    'When or how it was settled. While this is empty, it comes back every month.',
  ],
  evidence: [
    'Written by Purser, so that each mail is read once. Rows may be sorted, and own columns put right of the last. A mail whose row is changed or deleted is read again.',
  ],
  calendar: CALENDAR_MEANINGS,
};

/** A write outside a tab's grid is refused, so there is room for decades of months. */
const SPARE_ROWS = 1000;
/** Their cells are formatted one by one, and a person can add rows, which take over the formats above. */
const SPARE_ROWS_FOR_HANDS = 200;

/** Tabs that a person fills, by their headings. */
const FOR_HANDS: Partial<Record<OwnTab, readonly string[]>> = {
  adjustments: ADJUSTMENT_COLUMNS,
  accepted: ACCEPTED_COLUMNS,
  carried: CARRIED_COLUMNS,
};

/** The requests that make one of Purser's own tabs. `sheetId` must be free. */
export function ownTabRequests(
  tab: OwnTab,
  sheetId: number,
  index: number,
  company: string,
): SheetsRequest[] {
  return [
    ...addTabRequests(gridOf(tab, company), sheetId, index, spareRows(tab)),
    ...columnRequests(tab, sheetId),
    ...noteRequests(tab, sheetId),
    markOwnTab(tab, sheetId),
  ];
}

function spareRows(tab: OwnTab): number {
  if (tab === 'log') return LOG_ROWS;
  return FOR_HANDS[tab] === undefined ? SPARE_ROWS : SPARE_ROWS_FOR_HANDS;
}

/** For tabs that a person fills: as text, or Sheets makes a date of `2026-05` and a number of a charter's id. */
function columnRequests(tab: OwnTab, sheetId: number): SheetsRequest[] {
  const headers = FOR_HANDS[tab];
  if (headers === undefined) return [];
  const below = (startColumnIndex: number, endColumnIndex: number): GridRange => ({
    sheetId,
    startRowIndex: 1,
    startColumnIndex,
    endColumnIndex,
  });
  const only = (header: string): GridRange => below(headers.indexOf(header), headers.indexOf(header) + 1);
  const format = (range: GridRange, userEnteredFormat: CellFormat): SheetsRequest => ({
    repeatCell: { range, cell: { userEnteredFormat }, fields: 'userEnteredFormat' },
  });
  const formats = [format(below(0, headers.length), VALUE), format(only('Amount'), AMOUNT)];
  if (tab !== 'adjustments') return formats;
  const values = ADJUSTMENT_KINDS.map((kind) => ({ userEnteredValue: kind }));
  // Marked, not refused: the run names what it can't read, and nobody is kept from writing.
  const rule = { condition: { type: 'ONE_OF_LIST', values }, strict: false, showCustomUi: true } as const;
  return [...formats, { setDataValidation: { range: only('Kind'), rule } }];
}

function noteRequests(tab: OwnTab, sheetId: number): SheetsRequest[] {
  const notes = MEANINGS[tab] ?? [];
  if (notes.length === 0) return [];
  const start = { sheetId, rowIndex: 0, columnIndex: 0 };
  return [{ updateCells: { start, rows: [{ values: notes.map((note) => ({ note })) }], fields: 'note' } }];
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
    case 'adjustments':
      return table(tab, ADJUSTMENT_COLUMNS, [80, 150, 90, 90, 320, 140, 240], []);
    case 'accepted':
      return table(tab, ACCEPTED_COLUMNS, [80, 190, 150, 90, 320, 140, 100], []);
    case 'log':
      return table(tab, LOG_COLUMNS, [130, 200, 760], []);
    case 'carried':
      return table(tab, CARRIED_COLUMNS, [80, 190, 150, 90, 320, 140, 240], []);
    case 'evidence':
      return table(
        tab,
        EVIDENCE_COLUMNS.map(({ header }) => header),
        EVIDENCE_COLUMNS.map(({ widthPx }) => widthPx),
        [],
      );
    case 'calendar':
      return table(
        tab,
        CALENDAR_COLUMNS.map(({ header }) => header),
        CALENDAR_COLUMNS.map(({ widthPx }) => widthPx),
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
