/**
 * Posting a month: the requests that fill a hidden copy of the Template, and the one request that shows it. A
 * reader of the workbook sees the old statement or the new one, never half of one.
 */
import { encodedLength } from '@stablelib/utf8';
import type { ValueRange } from '../clients/google/sheets.ts';
import type { GridRange, SheetsRequest } from '../clients/google/sheets-requests.ts';
import { cellName, columnName, quotedTitle } from '../statement/grid.ts';
import type { Month } from '../statement/month.ts';
import type { PlannedCell, SheetPlan } from '../statement/sheet-plan.ts';
import type { Template } from '../statement/template.ts';
import { cellData, sizeRequests } from './tab-grid.ts';
import type { MonthTab, Posted, Tab } from './tabs.ts';
import { markMonth, markStaging, unmark } from './tabs.ts';

export interface Staging {
  readonly sheetId: number;
  readonly title: string;
  readonly metadataId: number;
  readonly postKey: string;
  /** Of the hidden tab once it is filled. */
  readonly rowCount: number;
  readonly columnCount: number;
}

export function stagingTitle(month: Month): string {
  return `Purser staging ${month}`;
}

export function planStaging(
  month: Month,
  templateTab: Tab,
  plan: SheetPlan,
  sheetId: number,
  postKey: string,
): Staging {
  return {
    sheetId,
    postKey,
    title: stagingTitle(month),
    metadataId: sheetId,
    rowCount: templateTab.rowCount + plan.charterRows - 1,
    columnCount: templateTab.columnCount,
  };
}

/** Everything but the charters' values: the hidden copy with its rows, formulas and formats. */
export function stageRequests(
  month: Month,
  template: Template,
  templateTab: Tab,
  plan: SheetPlan,
  staging: Staging,
  leftovers: readonly Tab[],
): SheetsRequest[] {
  const { sheetId } = staging;
  const added = plan.charterRows - 1;
  const { prototypeRow } = plan;
  const requests: SheetsRequest[] = leftovers.map((tab) => ({ deleteSheet: { sheetId: tab.sheetId } }));
  requests.push(
    {
      duplicateSheet: {
        sourceSheetId: templateTab.sheetId,
        insertSheetIndex: templateTab.index + 1,
        newSheetId: sheetId,
        newSheetName: staging.title,
      },
    },
    { updateSheetProperties: { properties: { sheetId, hidden: true }, fields: 'hidden' } },
    markStaging(month, sheetId, staging.metadataId, staging.postKey),
  );
  if (added > 0) {
    requests.push({
      insertDimension: {
        range: {
          sheetId,
          dimension: 'ROWS',
          startIndex: prototypeRow + 1,
          endIndex: prototypeRow + 1 + added,
        },
        inheritFromBefore: true,
      },
    });
  }
  plan.rows.forEach((cells, row) => {
    const copied = row > prototypeRow && row <= prototypeRow + added;
    if (copied) return;
    const templateRow = row > prototypeRow ? row - added : row;
    const heightPx = plan.rowHeightsPx[row];
    if (heightPx !== undefined && heightPx !== template.grid.rowHeightsPx[templateRow])
      requests.push(rowHeight(sheetId, row, heightPx));
    cells.forEach((cell, column) => {
      const original = template.grid.rows[templateRow]?.[column];
      requests.push(...cellRequests(sheetId, row, column, cell, original?.format));
    });
  });
  if (added > 0) {
    const rowOf = (startRowIndex: number, endRowIndex: number): GridRange => ({
      sheetId,
      startRowIndex,
      endRowIndex,
      startColumnIndex: 0,
      endColumnIndex: staging.columnCount,
    });
    requests.push({
      copyPaste: {
        source: rowOf(prototypeRow, prototypeRow + 1),
        destination: rowOf(prototypeRow + 1, prototypeRow + 1 + added),
        pasteType: 'PASTE_NORMAL',
        pasteOrientation: 'NORMAL',
      },
    });
  }
  return requests;
}

function rowHeight(sheetId: number, row: number, pixelSize: number): SheetsRequest {
  const range = { sheetId, dimension: 'ROWS', startIndex: row, endIndex: row + 1 } as const;
  return { updateDimensionProperties: { range, properties: { pixelSize }, fields: 'pixelSize' } };
}

/** A formula rewritten, or a format that the Template leaves open and the value needs. */
function cellRequests(
  sheetId: number,
  row: number,
  column: number,
  cell: PlannedCell,
  original: object | undefined,
): SheetsRequest[] {
  const start = { sheetId, rowIndex: row, columnIndex: column };
  const requests: SheetsRequest[] = [];
  if (cell.input.kind === 'formula') {
    requests.push({
      updateCells: { start, rows: [{ values: [cellData(cell.input, {})] }], fields: 'userEnteredValue' },
    });
  }
  if (original !== undefined && cell.format !== original) {
    const values = [{ userEnteredFormat: cell.format }];
    requests.push({ updateCells: { start, rows: [{ values }], fields: 'userEnteredFormat.numberFormat' } });
  }
  return requests;
}

/** Requests are best kept under 2 MB (developers.google.com/workspace/sheets/api/limits). */
const LARGEST_WRITE_BYTES = 1_500_000;

/** The values of all placeholders, in parts that each fit one request. Written RAW: text stays text. */
export function stageValues(plan: SheetPlan, staging: Staging): ValueRange[][] {
  const single: ValueRange[] = [];
  const block: { row: number; values: ValueRange['values'][number] }[] = [];
  const blockEnd = plan.prototypeRow + plan.charterRows;
  const tab = quotedTitle(staging.title);
  plan.rows.forEach((cells, row) => {
    if (row >= plan.prototypeRow && row < blockEnd) {
      block.push({ row, values: cells.map(rawValue) });
      return;
    }
    cells.forEach((cell, column) => {
      if (cell.filled) single.push({ range: `${tab}!${cellName(row, column)}`, values: [[rawValue(cell)]] });
    });
  });
  const parts: ValueRange[][] = [single];
  let from = 0;
  let bytes = 0;
  block.forEach(({ values }, index) => {
    bytes += encodedLength(JSON.stringify(values));
    const last = index === block.length - 1;
    if (bytes < LARGEST_WRITE_BYTES && !last) return;
    const rows = block.slice(from, index + 1);
    const width = Math.max(1, ...rows.map((row) => row.values.length));
    const first = (block[from]?.row ?? 0) + 1;
    const range = `${tab}!A${first}:${columnName(width - 1)}${first + rows.length - 1}`;
    parts.push([{ range, values: rows.map((row) => row.values) }]);
    from = index + 1;
    bytes = 0;
  });
  const [one, two, ...rest] = parts;
  return two === undefined ? [one ?? []] : [[...(one ?? []), ...two], ...rest];
}

/** Null leaves what the Template or its copy has there. */
function rawValue(cell: PlannedCell): string | number | boolean | null {
  if (!cell.filled) return null;
  switch (cell.input.kind) {
    case 'text':
      return cell.input.text;
    case 'number':
      return cell.input.number;
    case 'boolean':
      return cell.input.boolean;
    default:
      return '';
  }
}

/** Shows the verified tab: as a new month tab, or over the one that is there, keeping its sheetId. */
export function showRequests(
  staging: Staging,
  plan: SheetPlan,
  posted: Posted,
  there: MonthTab | null,
  index: number,
): SheetsRequest[] {
  if (there === null) {
    const { sheetId } = staging;
    return [
      {
        updateSheetProperties: {
          properties: { sheetId, title: plan.title, hidden: false, index },
          fields: 'title,hidden,index',
        },
      },
      ...fitRows(sheetId, plan),
      unmark(staging.metadataId),
      markMonth(posted, sheetId),
    ];
  }
  const { sheetId } = there;
  const moved = moveRows(there, posted);
  const whole = (id: number): GridRange => ({
    sheetId: id,
    startRowIndex: 0,
    endRowIndex: staging.rowCount,
    startColumnIndex: 0,
    endColumnIndex: staging.columnCount,
  });
  return [
    ...moved,
    {
      updateSheetProperties: {
        properties: {
          sheetId,
          hidden: false,
          gridProperties: {
            rowCount: staging.rowCount,
            columnCount: staging.columnCount,
            frozenRowCount: plan.frozenRows,
            frozenColumnCount: plan.frozenColumns,
          },
        },
        fields:
          'hidden,gridProperties.rowCount,gridProperties.columnCount,gridProperties.frozenRowCount,gridProperties.frozenColumnCount',
      },
    },
    { unmergeCells: { range: whole(sheetId) } },
    {
      copyPaste: {
        source: whole(staging.sheetId),
        destination: whole(sheetId),
        pasteType: 'PASTE_NORMAL',
        pasteOrientation: 'NORMAL',
      },
    },
    ...sizeRequests(sheetId, 'COLUMNS', plan.columnWidthsPx),
    ...sizeRequests(sheetId, 'ROWS', plan.rowHeightsPx),
    ...fitRows(sheetId, plan),
    unmark(there.metadataId),
    markMonth(posted, sheetId),
    { deleteSheet: { sheetId: staging.sheetId } },
  ];
}

/** Rows whose text wraps are made as high as it needs: a height of the Template's would cut it. */
function fitRows(sheetId: number, plan: SheetPlan): SheetsRequest[] {
  const wraps = plan.rows[plan.prototypeRow]?.some((cell) => cell.format.wrapStrategy === 'WRAP') ?? false;
  if (!wraps) return [];
  const startIndex = plan.prototypeRow;
  const dimensions = {
    sheetId,
    dimension: 'ROWS',
    startIndex,
    endIndex: startIndex + plan.charterRows,
  } as const;
  return [{ autoResizeDimensions: { dimensions } }];
}

/**
 * Rows put in, or taken out, among the old charters, so that formulas in other tabs that point at the totals
 * under them still do.
 */
function moveRows(there: MonthTab, posted: Posted): SheetsRequest[] {
  const { sheetId } = there;
  const added = posted.charterRows - there.charterRows;
  if (added === 0 || posted.prototypeRow !== there.prototypeRow) return [];
  const lastCharter = there.prototypeRow + there.charterRows - 1;
  if (added > 0) {
    // Before the last charter's row, so that a range over the old charters grows.
    const startIndex = Math.max(there.prototypeRow + 1, lastCharter);
    const range = { sheetId, dimension: 'ROWS', startIndex, endIndex: startIndex + added } as const;
    return [{ insertDimension: { range, inheritFromBefore: true } }];
  }
  const startIndex = there.prototypeRow + posted.charterRows;
  const range = { sheetId, dimension: 'ROWS', startIndex, endIndex: lastCharter + 1 } as const;
  return [{ deleteDimension: { range } }];
}
