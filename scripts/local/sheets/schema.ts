/**
 * The messages of the Sheets API that this server reads or writes, as a table of field names and types, after
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets and `…/request`.
 *
 * A type is a scalar (`string`, `int`, `double`, `bool`, `mask`, `any`), an enum (`A|B`, written with at least
 * one bar), the name of a message here, or one of these with `[]` before it.
 */

export type MessageFields = Readonly<Record<string, string>>;

const DIMENSIONS = 'ROWS|COLUMNS';
const RENDER = 'FORMATTED_VALUE|UNFORMATTED_VALUE|FORMULA';
const DATE_RENDER = 'SERIAL_NUMBER|FORMATTED_STRING';
const INPUT_OPTION = 'RAW|USER_ENTERED';
const VISIBILITY = 'DOCUMENT|PROJECT';
const LOCATION_TYPE = 'ROW|COLUMN|SHEET|SPREADSHEET';
const BORDER_STYLE = 'DOTTED|DASHED|SOLID|SOLID_MEDIUM|SOLID_THICK|NONE|DOUBLE';
const ERROR_TYPE = 'ERROR|NULL_VALUE|DIVIDE_BY_ZERO|VALUE|REF|NAME|NUM|N_A|LOADING';

const CELLS: Record<string, MessageFields> = {
  Color: { red: 'double', green: 'double', blue: 'double', alpha: 'double' },
  ColorStyle: {
    rgbColor: 'Color',
    themeColor: 'TEXT|BACKGROUND|ACCENT1|ACCENT2|ACCENT3|ACCENT4|ACCENT5|ACCENT6|LINK',
  },
  NumberFormat: {
    type: 'TEXT|NUMBER|PERCENT|CURRENCY|DATE|TIME|DATE_TIME|SCIENTIFIC',
    pattern: 'string',
  },
  Border: { style: BORDER_STYLE, width: 'int', color: 'Color', colorStyle: 'ColorStyle' },
  Borders: { top: 'Border', bottom: 'Border', left: 'Border', right: 'Border' },
  Padding: { top: 'int', right: 'int', bottom: 'int', left: 'int' },
  Link: { uri: 'string' },
  TextFormat: {
    foregroundColor: 'Color',
    foregroundColorStyle: 'ColorStyle',
    fontFamily: 'string',
    fontSize: 'int',
    bold: 'bool',
    italic: 'bool',
    strikethrough: 'bool',
    underline: 'bool',
    link: 'Link',
  },
  TextFormatRun: { startIndex: 'int', format: 'TextFormat' },
  TextRotation: { angle: 'int', vertical: 'bool' },
  CellFormat: {
    numberFormat: 'NumberFormat',
    backgroundColor: 'Color',
    backgroundColorStyle: 'ColorStyle',
    borders: 'Borders',
    padding: 'Padding',
    horizontalAlignment: 'LEFT|CENTER|RIGHT',
    verticalAlignment: 'TOP|MIDDLE|BOTTOM',
    wrapStrategy: 'OVERFLOW_CELL|LEGACY_WRAP|CLIP|WRAP',
    textDirection: 'LEFT_TO_RIGHT|RIGHT_TO_LEFT',
    textFormat: 'TextFormat',
    hyperlinkDisplayType: 'LINKED|PLAIN_TEXT',
    textRotation: 'TextRotation',
  },
  ErrorValue: { type: ERROR_TYPE, message: 'string' },
  ExtendedValue: {
    numberValue: 'double',
    stringValue: 'string',
    boolValue: 'bool',
    formulaValue: 'string',
    errorValue: 'ErrorValue',
  },
  CellData: {
    userEnteredValue: 'ExtendedValue',
    effectiveValue: 'ExtendedValue',
    formattedValue: 'string',
    userEnteredFormat: 'CellFormat',
    effectiveFormat: 'CellFormat',
    hyperlink: 'string',
    note: 'string',
    textFormatRuns: '[]TextFormatRun',
    dataValidation: 'any',
    pivotTable: 'any',
    dataSourceTable: 'any',
    dataSourceFormula: 'any',
    chipRuns: '[]any',
  },
  RowData: { values: '[]CellData' },
};

const GRID: Record<string, MessageFields> = {
  GridRange: {
    sheetId: 'int',
    startRowIndex: 'int',
    endRowIndex: 'int',
    startColumnIndex: 'int',
    endColumnIndex: 'int',
  },
  GridCoordinate: { sheetId: 'int', rowIndex: 'int', columnIndex: 'int' },
  DimensionRange: { sheetId: 'int', dimension: DIMENSIONS, startIndex: 'int', endIndex: 'int' },
  DimensionProperties: {
    pixelSize: 'int',
    hiddenByUser: 'bool',
    hiddenByFilter: 'bool',
    developerMetadata: '[]DeveloperMetadata',
    dataSourceColumnReference: 'any',
  },
  GridData: {
    startRow: 'int',
    startColumn: 'int',
    rowData: '[]RowData',
    rowMetadata: '[]DimensionProperties',
    columnMetadata: '[]DimensionProperties',
  },
  GridProperties: {
    rowCount: 'int',
    columnCount: 'int',
    frozenRowCount: 'int',
    frozenColumnCount: 'int',
    hideGridlines: 'bool',
    rowGroupControlAfter: 'bool',
    columnGroupControlAfter: 'bool',
  },
  SheetProperties: {
    sheetId: 'int',
    title: 'string',
    index: 'int',
    sheetType: 'GRID|OBJECT|DATA_SOURCE',
    gridProperties: 'GridProperties',
    hidden: 'bool',
    tabColor: 'Color',
    tabColorStyle: 'ColorStyle',
    rightToLeft: 'bool',
    dataSourceSheetProperties: 'any',
  },
  Sheet: {
    properties: 'SheetProperties',
    data: '[]GridData',
    merges: '[]GridRange',
    conditionalFormats: '[]ConditionalFormatRule',
    filterViews: '[]any',
    protectedRanges: '[]ProtectedRange',
    basicFilter: 'any',
    charts: '[]any',
    bandedRanges: '[]any',
    developerMetadata: '[]DeveloperMetadata',
    rowGroups: '[]any',
    columnGroups: '[]any',
    slicers: '[]any',
    tables: '[]any',
  },
  SpreadsheetProperties: {
    title: 'string',
    locale: 'string',
    autoRecalc: 'ON_CHANGE|MINUTE|HOUR',
    timeZone: 'string',
    defaultFormat: 'CellFormat',
    iterativeCalculationSettings: 'any',
    spreadsheetTheme: 'any',
    importFunctionsExternalUrlAccessAllowed: 'bool',
  },
  Spreadsheet: {
    spreadsheetId: 'string',
    properties: 'SpreadsheetProperties',
    sheets: '[]Sheet',
    namedRanges: '[]any',
    spreadsheetUrl: 'string',
    developerMetadata: '[]DeveloperMetadata',
    dataSources: '[]any',
    dataSourceSchedules: '[]any',
  },
  Editors: { users: '[]string', groups: '[]string', domainUsersCanEdit: 'bool' },
  ProtectedRange: {
    protectedRangeId: 'int',
    range: 'GridRange',
    namedRangeId: 'string',
    tableId: 'string',
    description: 'string',
    warningOnly: 'bool',
    requestingUserCanEdit: 'bool',
    unprotectedRanges: '[]GridRange',
    editors: 'Editors',
  },
  ConditionalFormatRule: { ranges: '[]GridRange', booleanRule: 'any', gradientRule: 'any' },
  DataValidationRule: { condition: 'any', inputMessage: 'string', strict: 'bool', showCustomUi: 'bool' },
};

const METADATA: Record<string, MessageFields> = {
  DeveloperMetadataLocation: {
    locationType: LOCATION_TYPE,
    spreadsheet: 'bool',
    sheetId: 'int',
    dimensionRange: 'DimensionRange',
  },
  DeveloperMetadata: {
    metadataId: 'int',
    metadataKey: 'string',
    metadataValue: 'string',
    location: 'DeveloperMetadataLocation',
    visibility: VISIBILITY,
  },
  DeveloperMetadataLookup: {
    locationType: LOCATION_TYPE,
    metadataLocation: 'DeveloperMetadataLocation',
    locationMatchingStrategy: 'EXACT_LOCATION|INTERSECTING_LOCATION',
    metadataId: 'int',
    metadataKey: 'string',
    metadataValue: 'string',
    visibility: VISIBILITY,
  },
  DataFilter: {
    developerMetadataLookup: 'DeveloperMetadataLookup',
    a1Range: 'string',
    gridRange: 'GridRange',
  },
  SearchDeveloperMetadataRequest: { dataFilters: '[]DataFilter' },
  MatchedDeveloperMetadata: { developerMetadata: 'DeveloperMetadata', dataFilters: '[]DataFilter' },
  SearchDeveloperMetadataResponse: { matchedDeveloperMetadata: '[]MatchedDeveloperMetadata' },
};

const VALUES: Record<string, MessageFields> = {
  ValueRange: { range: 'string', majorDimension: DIMENSIONS, values: 'any' },
  BatchGetValuesResponse: { spreadsheetId: 'string', valueRanges: '[]ValueRange' },
  BatchUpdateValuesRequest: {
    valueInputOption: INPUT_OPTION,
    data: '[]ValueRange',
    includeValuesInResponse: 'bool',
    responseValueRenderOption: RENDER,
    responseDateTimeRenderOption: DATE_RENDER,
  },
  UpdateValuesResponse: {
    spreadsheetId: 'string',
    updatedRange: 'string',
    updatedRows: 'int',
    updatedColumns: 'int',
    updatedCells: 'int',
    updatedData: 'ValueRange',
  },
  BatchUpdateValuesResponse: {
    spreadsheetId: 'string',
    totalUpdatedRows: 'int',
    totalUpdatedColumns: 'int',
    totalUpdatedCells: 'int',
    totalUpdatedSheets: 'int',
    responses: '[]UpdateValuesResponse',
  },
  AppendValuesResponse: { spreadsheetId: 'string', tableRange: 'string', updates: 'UpdateValuesResponse' },
  ClearValuesRequest: {},
  ClearValuesResponse: { spreadsheetId: 'string', clearedRange: 'string' },
  BatchClearValuesRequest: { ranges: '[]string' },
  BatchClearValuesResponse: { spreadsheetId: 'string', clearedRanges: '[]string' },
  BatchGetValuesByDataFilterRequest: {
    dataFilters: '[]DataFilter',
    majorDimension: DIMENSIONS,
    valueRenderOption: RENDER,
    dateTimeRenderOption: DATE_RENDER,
  },
  MatchedValueRange: { valueRange: 'ValueRange', dataFilters: '[]DataFilter' },
  BatchGetValuesByDataFilterResponse: { spreadsheetId: 'string', valueRanges: '[]MatchedValueRange' },
  GetSpreadsheetByDataFilterRequest: { dataFilters: '[]DataFilter', includeGridData: 'bool' },
};

/** The requests of batchUpdate that this server serves: kind → fields. */
const REQUEST_KINDS: Record<string, MessageFields> = {
  updateSpreadsheetProperties: { properties: 'SpreadsheetProperties', fields: 'mask' },
  addSheet: { properties: 'SheetProperties' },
  deleteSheet: { sheetId: 'int' },
  duplicateSheet: {
    sourceSheetId: 'int',
    insertSheetIndex: 'int',
    newSheetId: 'int',
    newSheetName: 'string',
  },
  updateSheetProperties: { properties: 'SheetProperties', fields: 'mask' },
  updateCells: { rows: '[]RowData', fields: 'mask', start: 'GridCoordinate', range: 'GridRange' },
  repeatCell: { range: 'GridRange', cell: 'CellData', fields: 'mask' },
  copyPaste: {
    source: 'GridRange',
    destination: 'GridRange',
    pasteType:
      'PASTE_NORMAL|PASTE_VALUES|PASTE_FORMAT|PASTE_NO_BORDERS|PASTE_FORMULA|PASTE_DATA_VALIDATION|PASTE_CONDITIONAL_FORMATTING',
    pasteOrientation: 'NORMAL|TRANSPOSE',
  },
  insertDimension: { range: 'DimensionRange', inheritFromBefore: 'bool' },
  deleteDimension: { range: 'DimensionRange' },
  appendDimension: { sheetId: 'int', dimension: DIMENSIONS, length: 'int', tableId: 'string' },
  updateDimensionProperties: {
    properties: 'DimensionProperties',
    fields: 'mask',
    range: 'DimensionRange',
    dataSourceSheetRange: 'any',
  },
  autoResizeDimensions: { dimensions: 'DimensionRange', dataSourceSheetDimensions: 'any' },
  mergeCells: { range: 'GridRange', mergeType: 'MERGE_ALL|MERGE_COLUMNS|MERGE_ROWS' },
  unmergeCells: { range: 'GridRange' },
  updateBorders: {
    range: 'GridRange',
    top: 'Border',
    bottom: 'Border',
    left: 'Border',
    right: 'Border',
    innerHorizontal: 'Border',
    innerVertical: 'Border',
  },
  createDeveloperMetadata: { developerMetadata: 'DeveloperMetadata' },
  updateDeveloperMetadata: {
    dataFilters: '[]DataFilter',
    developerMetadata: 'DeveloperMetadata',
    fields: 'mask',
  },
  deleteDeveloperMetadata: { dataFilter: 'DataFilter' },
  addProtectedRange: { protectedRange: 'ProtectedRange' },
  deleteProtectedRange: { protectedRangeId: 'int' },
  addConditionalFormatRule: { rule: 'ConditionalFormatRule', index: 'int' },
  setDataValidation: { range: 'GridRange', rule: 'DataValidationRule', filteredRowsIncluded: 'bool' },
};

/** Kinds that Google has and this server has not: refused as not served, not as unknown. */
const KINDS_NOT_SERVED =
  'addBanding addChart addDataSource addDimensionGroup addFilterView addNamedRange addSlicer addTable appendCells autoFill cancelDataSourceRefresh clearBasicFilter cutPaste deleteBanding deleteConditionalFormatRule deleteDataSource deleteDimensionGroup deleteDuplicates deleteEmbeddedObject deleteFilterView deleteNamedRange deleteRange deleteTable duplicateFilterView findReplace insertRange moveDimension pasteData randomizeRange refreshDataSource setBasicFilter sortRange textToColumns trimWhitespace updateBanding updateChartSpec updateConditionalFormatRule updateDataSource updateDimensionGroup updateEmbeddedObjectBorder updateEmbeddedObjectPosition updateFilterView updateNamedRange updateProtectedRange updateSlicerSpec updateTable';

function requestMessageName(kind: string): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Request`;
}

const SERVED_KINDS = Object.keys(REQUEST_KINDS);

const BATCH: Record<string, MessageFields> = {
  Request: {
    ...Object.fromEntries(SERVED_KINDS.map((kind) => [kind, requestMessageName(kind)])),
    ...Object.fromEntries(KINDS_NOT_SERVED.split(' ').map((kind) => [kind, 'any'])),
  },
  ...Object.fromEntries(SERVED_KINDS.map((kind) => [requestMessageName(kind), REQUEST_KINDS[kind] ?? {}])),
  BatchUpdateSpreadsheetRequest: {
    requests: '[]Request',
    includeSpreadsheetInResponse: 'bool',
    responseRanges: '[]string',
    responseIncludeGridData: 'bool',
  },
  Response: {
    addSheet: 'AddSheetResponse',
    duplicateSheet: 'AddSheetResponse',
    createDeveloperMetadata: 'CreateDeveloperMetadataResponse',
    updateDeveloperMetadata: 'ChangedDeveloperMetadataResponse',
    deleteDeveloperMetadata: 'DeletedDeveloperMetadataResponse',
    addProtectedRange: 'AddProtectedRangeResponse',
  },
  AddSheetResponse: { properties: 'SheetProperties' },
  CreateDeveloperMetadataResponse: { developerMetadata: 'DeveloperMetadata' },
  ChangedDeveloperMetadataResponse: { developerMetadata: '[]DeveloperMetadata' },
  DeletedDeveloperMetadataResponse: { deletedDeveloperMetadata: '[]DeveloperMetadata' },
  AddProtectedRangeResponse: { protectedRange: 'ProtectedRange' },
  BatchUpdateSpreadsheetResponse: {
    spreadsheetId: 'string',
    replies: '[]Response',
    updatedSpreadsheet: 'Spreadsheet',
  },
};

export const MESSAGES: Readonly<Record<string, MessageFields>> = {
  ...CELLS,
  ...GRID,
  ...METADATA,
  ...VALUES,
  ...BATCH,
};

export function isServedKind(kind: string): boolean {
  return kind in REQUEST_KINDS;
}
