/** A large grid to few requests: looks, links, merges and heights by rectangles and runs, values left to others. */
import type { GridRange, SheetsRequest } from '../clients/google/sheets-requests.ts';
import type { CellFormat, GridArea, GridCell, TabGrid } from '../statement/grid.ts';
import { cellData, sizeRequests } from './tab-grid.ts';

function rangeOf(sheetId: number, area: GridArea): GridRange {
  return {
    sheetId,
    startRowIndex: area.startRow,
    endRowIndex: area.endRow,
    startColumnIndex: area.startColumn,
    endColumnIndex: area.endColumn,
  };
}

/** A request for each rectangle of one look. Backgrounds by themselves, so that a coloured cell splits no column. */
export function formatRequests(grid: TabGrid, sheetId: number): SheetsRequest[] {
  const looks = new Map<CellFormat, string>();
  const lookOf = ({ format }: GridCell): string => {
    const known = looks.get(format);
    if (known !== undefined) return known;
    const { backgroundColor: _own, textFormat: { link: _apart, ...textFormat } = {}, ...rest } = format;
    const look = JSON.stringify({ ...rest, textFormat });
    looks.set(format, look);
    return look;
  };
  const backgrounds = new Map<CellFormat, string>();
  const backgroundOf = ({ format }: GridCell): string => {
    const known = backgrounds.get(format);
    if (known !== undefined) return known;
    const look = format.backgroundColor === undefined ? '' : JSON.stringify(format.backgroundColor);
    backgrounds.set(format, look);
    return look;
  };
  const request = (area: GridArea, userEnteredFormat: object, fields: string): SheetsRequest => ({
    repeatCell: { range: rangeOf(sheetId, area), cell: { userEnteredFormat }, fields },
  });
  return [
    ...rectangles(grid.rows, lookOf).map(({ look, area }) =>
      request(area, JSON.parse(look), 'userEnteredFormat'),
    ),
    ...rectangles(grid.rows, backgroundOf).map(({ look, area }) =>
      request(area, { backgroundColor: JSON.parse(look) }, 'userEnteredFormat.backgroundColor'),
    ),
  ];
}

interface Rectangle {
  readonly look: string;
  readonly area: GridArea;
}

/** Runs of one look in a row, joined with equal runs right above; cells whose look is empty are left out. */
function rectangles(rows: readonly (readonly GridCell[])[], lookOf: (cell: GridCell) => string): Rectangle[] {
  const done: Rectangle[] = [];
  let open = new Map<string, Rectangle>();
  rows.forEach((cells, row) => {
    const next = new Map<string, Rectangle>();
    const looks = cells.map(lookOf);
    for (let start = 0, end = 1; start < looks.length; start = end++) {
      const look = looks[start] ?? '';
      while (end < looks.length && looks[end] === look) end++;
      if (look === '') continue;
      const key = `${start}:${end}:${look}`;
      const startRow = open.get(key)?.area.startRow ?? row;
      open.delete(key);
      next.set(key, { look, area: { startRow, endRow: row + 1, startColumn: start, endColumn: end } });
    }
    done.push(...open.values());
    open = next;
  });
  return [...done, ...open.values()];
}

/**
 * Value and link of a cell are written together, because a value that is written later may take its link away. What
 * is no text is never linked.
 */
export function linkRequests(grid: TabGrid, sheetId: number): SheetsRequest[] {
  const requests: SheetsRequest[] = [];
  grid.rows.forEach((cells, rowIndex) => {
    const isLinked = (cell: GridCell | undefined): boolean => cell?.format.textFormat?.link !== undefined;
    for (let start = 0, end = 1; start < cells.length; start = end++) {
      if (!isLinked(cells[start])) continue;
      while (isLinked(cells[end])) end++;
      const values = cells
        .slice(start, end)
        .map(({ input, format: { textFormat } }) => cellData(input, { textFormat }));
      requests.push({
        updateCells: {
          start: { sheetId, rowIndex, columnIndex: start },
          rows: [{ values }],
          fields: 'userEnteredValue,userEnteredFormat.textFormat',
        },
      });
    }
  });
  return requests;
}

/** Rows below each other that are merged alike are merged in one request. */
export function mergeRequests(merges: readonly GridArea[], sheetId: number): SheetsRequest[] {
  const joined: GridArea[] = [];
  const open = new Map<string, number>();
  for (const merge of merges) {
    const key = `${merge.startColumn}:${merge.endColumn}`;
    const at = open.get(key);
    const above = at === undefined ? undefined : joined[at];
    if (at !== undefined && above?.endRow === merge.startRow) joined[at] = { ...above, endRow: merge.endRow };
    else open.set(key, joined.push(merge) - 1);
  }
  return joined.map((area) => ({ mergeCells: { range: rangeOf(sheetId, area), mergeType: 'MERGE_ROWS' } }));
}

/** More would make the request large. */
const MOST_HEIGHTS = 600;

/** Heights of rows, as far as they fit one request; `unsizedFrom` is the first row that got none. */
export function heightRequests(
  grid: TabGrid,
  sheetId: number,
): { readonly requests: readonly SheetsRequest[]; readonly unsizedFrom: number } {
  const all = sizeRequests(sheetId, 'ROWS', grid.rowHeightsPx);
  const next = all[MOST_HEIGHTS];
  const isCut = next !== undefined && 'updateDimensionProperties' in next;
  return {
    requests: all.slice(0, MOST_HEIGHTS),
    unsizedFrom: isCut ? next.updateDimensionProperties.range.startIndex : grid.rows.length,
  };
}
