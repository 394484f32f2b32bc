/** The requests of spreadsheets.batchUpdate that Purser uses, typed as in the API's reference. */

export interface GridRange {
  readonly sheetId: number;
  readonly startRowIndex?: number;
  readonly endRowIndex?: number;
  readonly startColumnIndex?: number;
  readonly endColumnIndex?: number;
}

export interface ExtendedValue {
  readonly stringValue?: string;
  readonly numberValue?: number;
  readonly boolValue?: boolean;
  readonly formulaValue?: string;
}

export interface CellData {
  readonly userEnteredValue?: ExtendedValue;
  readonly userEnteredFormat?: object;
  readonly note?: string;
}

export interface SheetProperties {
  readonly sheetId?: number;
  readonly title?: string;
  readonly index?: number;
  readonly hidden?: boolean;
  readonly gridProperties?: {
    readonly rowCount?: number;
    readonly columnCount?: number;
    readonly frozenRowCount?: number;
    readonly frozenColumnCount?: number;
    readonly hideGridlines?: boolean;
  };
  readonly tabColorStyle?: { readonly rgbColor: { red?: number; green?: number; blue?: number } };
}

/** developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets#ProtectedRange */
export type ProtectedRange = {
  /** May be chosen; one that is there already is refused. */
  readonly protectedRangeId?: number;
  /** Without bounds it is the tab itself, which takes one such protection and refuses a second. */
  readonly range: GridRange;
  readonly description: string;
} & (
  | {
      /** A person may edit after a warning; an API never sees one. Takes no editors. */
      readonly warningOnly: true;
    }
  | { readonly editors: { readonly users: readonly string[]; readonly domainUsersCanEdit: false } }
);

export type SheetsRequest =
  | { readonly addSheet: { readonly properties: SheetProperties } }
  | { readonly deleteSheet: { readonly sheetId: number } }
  | {
      readonly duplicateSheet: {
        readonly sourceSheetId: number;
        readonly insertSheetIndex: number;
        readonly newSheetId: number;
        readonly newSheetName: string;
      };
    }
  | { readonly updateSheetProperties: { readonly properties: SheetProperties; readonly fields: string } }
  | {
      readonly updateCells: {
        readonly start?: {
          readonly sheetId: number;
          readonly rowIndex: number;
          readonly columnIndex: number;
        };
        readonly range?: GridRange;
        readonly rows: readonly { readonly values: readonly CellData[] }[];
        readonly fields: string;
      };
    }
  | { readonly repeatCell: { readonly range: GridRange; readonly cell: CellData; readonly fields: string } }
  | {
      readonly copyPaste: {
        readonly source: GridRange;
        readonly destination: GridRange;
        readonly pasteType: 'PASTE_NORMAL' | 'PASTE_VALUES' | 'PASTE_FORMAT';
        readonly pasteOrientation: 'NORMAL';
      };
    }
  | {
      readonly insertDimension: {
        readonly range: {
          readonly sheetId: number;
          readonly dimension: 'ROWS' | 'COLUMNS';
          readonly startIndex: number;
          readonly endIndex: number;
        };
        readonly inheritFromBefore: boolean;
      };
    }
  | {
      readonly appendDimension: {
        readonly sheetId: number;
        readonly dimension: 'ROWS' | 'COLUMNS';
        readonly length: number;
      };
    }
  | {
      readonly updateDimensionProperties: {
        readonly range: {
          readonly sheetId: number;
          readonly dimension: 'ROWS' | 'COLUMNS';
          readonly startIndex: number;
          readonly endIndex: number;
        };
        readonly properties: { readonly pixelSize: number } | { readonly hiddenByUser: boolean };
        readonly fields: 'pixelSize' | 'hiddenByUser';
      };
    }
  | {
      readonly deleteDimension: {
        readonly range: {
          readonly sheetId: number;
          readonly dimension: 'ROWS' | 'COLUMNS';
          readonly startIndex: number;
          /** Missing: to the last (developers.google.com/workspace/sheets/api/reference/rest/v4/DimensionRange). */
          readonly endIndex?: number;
        };
      };
    }
  | {
      readonly autoResizeDimensions: {
        readonly dimensions: {
          readonly sheetId: number;
          readonly dimension: 'ROWS';
          readonly startIndex: number;
          readonly endIndex: number;
        };
      };
    }
  | {
      readonly setDataValidation: {
        readonly range: GridRange;
        readonly rule: {
          readonly condition: {
            readonly type: 'ONE_OF_LIST';
            readonly values: readonly { readonly userEnteredValue: string }[];
          };
          /** True refuses anything else; false marks it. */
          readonly strict: boolean;
          /** True shows the list in the cell. */
          readonly showCustomUi: boolean;
        };
      };
    }
  | { readonly mergeCells: { readonly range: GridRange; readonly mergeType: 'MERGE_ALL' | 'MERGE_ROWS' } }
  | { readonly unmergeCells: { readonly range: GridRange } }
  | {
      readonly addProtectedRange: {
        readonly protectedRange: ProtectedRange;
      };
    }
  | { readonly deleteProtectedRange: { readonly protectedRangeId: number } }
  | {
      readonly createDeveloperMetadata: {
        readonly developerMetadata: {
          readonly metadataId?: number;
          readonly metadataKey: string;
          readonly metadataValue: string;
          readonly location:
            | { readonly sheetId: number }
            /** One row: developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.developerMetadata */
            | {
                readonly dimensionRange: {
                  readonly sheetId: number;
                  readonly dimension: 'ROWS';
                  readonly startIndex: number;
                  readonly endIndex: number;
                };
              };
          readonly visibility: 'DOCUMENT' | 'PROJECT';
        };
      };
    }
  | {
      readonly deleteDeveloperMetadata: {
        readonly dataFilter: { readonly developerMetadataLookup: { readonly metadataId: number } };
      };
    };
