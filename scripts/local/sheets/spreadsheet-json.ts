/** The workbook as `spreadsheets.get` answers it. */
import { clipped, gridRangeOf, wholeGrid } from './a1.ts';
import { DEFAULT_FORMAT, effectiveFormat } from './cell-format.ts';
import { displayed } from './display.ts';
import type { Evaluation } from './evaluate.ts';
import type {
  Cell,
  DeveloperMetadata,
  Json,
  JsonObject,
  ProtectedRange,
  Span,
  Tab,
  Workbook,
} from './model.ts';
import { DEFAULT_COLUMN_PX, DEFAULT_ROW_PX } from './model.ts';
import type { Asker } from './protections.ts';
import { mayEdit } from './protections.ts';

type Draft = Record<string, Json>;

export function sheetProperties(workbook: Workbook, tab: Tab): JsonObject {
  const grid: Draft = { rowCount: tab.rowCount, columnCount: tab.columnCount };
  if (tab.frozenRowCount > 0) grid.frozenRowCount = tab.frozenRowCount;
  if (tab.frozenColumnCount > 0) grid.frozenColumnCount = tab.frozenColumnCount;
  if (tab.hideGridlines) grid.hideGridlines = true;
  const properties: Draft = {
    sheetId: tab.sheetId,
    title: tab.title,
    index: workbook.tabs.indexOf(tab),
    sheetType: 'GRID',
    gridProperties: grid,
  };
  // False and zero are left out of Google's JSON.
  if (tab.hidden) properties.hidden = true;
  if (tab.tabColor !== null) {
    properties.tabColor = tab.tabColor;
    properties.tabColorStyle = { rgbColor: tab.tabColor };
  }
  return properties;
}

/** @param mayEdit whether who asks may edit what is in it */
export function protectedRangeJson(range: ProtectedRange, mayEdit: boolean): JsonObject {
  return {
    protectedRangeId: range.protectedRangeId,
    range: range.range,
    ...range.rest,
    requestingUserCanEdit: mayEdit,
  };
}

function onTab(metadata: DeveloperMetadata, tab: Tab): boolean {
  return metadata.location.locationType === 'SHEET' && metadata.location.sheetId === tab.sheetId;
}

function onDimension(workbook: Workbook, tab: Tab, dimension: string, index: number): Json[] {
  return workbook.metadata.filter(({ location }) => {
    if (location.locationType !== 'ROW' && location.locationType !== 'COLUMN') return false;
    const { dimensionRange: range } = location;
    return range.sheetId === tab.sheetId && range.dimension === dimension && range.startIndex === index;
  });
}

function cellJson(cell: Cell, tab: Tab, row: number, column: number, evaluation: Evaluation): JsonObject {
  const data: Draft = {};
  const computed = evaluation.at(tab, row, column);
  const automatic = computed?.automatic ?? null;
  if (cell.value !== undefined) data.userEnteredValue = cell.value;
  if (computed !== undefined) {
    data.effectiveValue = computed.value;
    data.formattedValue = displayed(computed.value, cell.format, automatic);
  }
  if (cell.format !== undefined) data.userEnteredFormat = cell.format;
  if (cell.format !== undefined || cell.value !== undefined) {
    data.effectiveFormat = effectiveFormat(cell.format, computed?.value, automatic);
  }
  const link = cell.format?.textFormat?.link?.uri;
  if (link !== undefined) data.hyperlink = link;
  if (cell.note !== undefined) data.note = cell.note;
  if (cell.validation !== undefined) data.dataValidation = cell.validation;
  return data;
}

function dimensionJson(
  workbook: Workbook,
  tab: Tab,
  dimension: 'ROWS' | 'COLUMNS',
  index: number,
): JsonObject {
  const info = (dimension === 'ROWS' ? tab.rowInfo : tab.columnInfo)[index];
  const standard = dimension === 'ROWS' ? DEFAULT_ROW_PX : DEFAULT_COLUMN_PX;
  const json: Draft = { pixelSize: info?.pixelSize ?? standard };
  if (info?.hidden === true) json.hiddenByUser = true;
  const metadata = onDimension(workbook, tab, dimension, index);
  if (metadata.length > 0) json.developerMetadata = metadata;
  return json;
}

function gridData(workbook: Workbook, tab: Tab, asked: Span, evaluation: Evaluation): JsonObject {
  const span = clipped(tab, asked);
  const rowData: JsonObject[] = [];
  let lastRow = 0;
  for (let row = span.startRow; row < span.endRow; row++) {
    const values: JsonObject[] = [];
    let lastColumn = 0;
    const cells = tab.rows[row];
    for (let column = span.startColumn; cells !== undefined && column < span.endColumn; column++) {
      const cell = cells[column];
      values.push(cell === undefined ? {} : cellJson(cell, tab, row, column, evaluation));
      if (cell !== undefined) lastColumn = values.length;
    }
    rowData.push(lastColumn === 0 ? {} : { values: values.slice(0, lastColumn) });
    if (lastColumn > 0) lastRow = rowData.length;
  }
  const indexes = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_none, offset) => from + offset);
  const data: Draft = {};
  if (span.startRow > 0) data.startRow = span.startRow;
  if (span.startColumn > 0) data.startColumn = span.startColumn;
  if (lastRow > 0) data.rowData = rowData.slice(0, lastRow);
  data.rowMetadata = indexes(span.startRow, span.endRow).map((row) =>
    dimensionJson(workbook, tab, 'ROWS', row),
  );
  data.columnMetadata = indexes(span.startColumn, span.endColumn).map((column) =>
    dimensionJson(workbook, tab, 'COLUMNS', column),
  );
  return data;
}

function sheetJson(
  workbook: Workbook,
  tab: Tab,
  spans: readonly Span[] | null,
  { evaluation, asker }: Pick<SpreadsheetView, 'evaluation' | 'asker'>,
): JsonObject {
  const json: Draft = { properties: sheetProperties(workbook, tab) };
  if (evaluation !== null) {
    json.data = (spans ?? [wholeGrid(tab)]).map((span) => gridData(workbook, tab, span, evaluation));
  }
  if (tab.merges.length > 0) json.merges = tab.merges.map((merge) => gridRangeOf(tab, merge));
  if (tab.conditionalFormats.length > 0) json.conditionalFormats = tab.conditionalFormats;
  const ranges = workbook.protectedRanges.filter(({ range }) => range.sheetId === tab.sheetId);
  if (ranges.length > 0) {
    json.protectedRanges = ranges.map((range) => protectedRangeJson(range, mayEdit(range, asker)));
  }
  const metadata = workbook.metadata.filter((each) => onTab(each, tab));
  if (metadata.length > 0) json.developerMetadata = metadata;
  return json;
}

export interface SpreadsheetView {
  /** Only these cells, and only tabs that have some; null for everything. */
  readonly areas: readonly { tab: Tab; span: Span }[] | null;
  /** Null leaves the cells out. */
  readonly evaluation: Evaluation | null;
  readonly asker: Asker;
}

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets#Spreadsheet */
export function spreadsheetJson(
  workbook: Workbook,
  spreadsheetId: string,
  view: SpreadsheetView,
): JsonObject {
  const { areas } = view;
  const tabs = workbook.tabs.filter((tab) => areas?.some((area) => area.tab === tab) ?? true);
  const spansOf = (tab: Tab): Span[] | null =>
    areas?.filter((area) => area.tab === tab).map((area) => area.span) ?? null;
  const json: Draft = {
    spreadsheetId,
    properties: {
      title: workbook.title,
      locale: workbook.locale,
      autoRecalc: 'ON_CHANGE',
      timeZone: workbook.timeZone,
      defaultFormat: DEFAULT_FORMAT,
    },
    sheets: tabs.map((tab) => sheetJson(workbook, tab, spansOf(tab), view)),
    spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${spreadsheetId}/edit`,
  };
  const metadata = workbook.metadata.filter(({ location }) => location.locationType === 'SPREADSHEET');
  if (metadata.length > 0) json.developerMetadata = metadata;
  return json;
}
