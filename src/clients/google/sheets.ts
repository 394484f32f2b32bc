/** Sheets v4 by REST, as far as Purser needs it (developers.google.com/workspace/sheets/api/reference/rest). */
import * as v from 'valibot';
import type { HttpRequest } from '../../host/host.ts';
import type { Call } from '../exchange.ts';
import { andThen, done } from '../exchange.ts';
import { malformed, settleJson } from './reply.ts';
import type { SheetsRequest } from './sheets-requests.ts';

const ORIGIN = 'https://sheets.googleapis.com/v4/spreadsheets';

export interface SheetsAccess {
  readonly spreadsheetId: string;
  readonly token: string;
}

const Color = v.object({
  red: v.optional(v.number()),
  green: v.optional(v.number()),
  blue: v.optional(v.number()),
});
const Border = v.object({ style: v.optional(v.string()), color: v.optional(Color) });
const Link = v.object({ uri: v.optional(v.string()) });
const Format = v.object({
  numberFormat: v.optional(v.object({ type: v.optional(v.string()), pattern: v.optional(v.string()) })),
  backgroundColor: v.optional(Color),
  borders: v.optional(
    v.object({
      top: v.optional(Border),
      bottom: v.optional(Border),
      left: v.optional(Border),
      right: v.optional(Border),
    }),
  ),
  horizontalAlignment: v.optional(v.string()),
  verticalAlignment: v.optional(v.string()),
  wrapStrategy: v.optional(v.string()),
  textFormat: v.optional(
    v.object({
      foregroundColor: v.optional(Color),
      fontFamily: v.optional(v.string()),
      fontSize: v.optional(v.number()),
      bold: v.optional(v.boolean()),
      italic: v.optional(v.boolean()),
      underline: v.optional(v.boolean()),
      strikethrough: v.optional(v.boolean()),
      link: v.optional(Link),
    }),
  ),
  textRotation: v.optional(v.object({ angle: v.optional(v.number()), vertical: v.optional(v.boolean()) })),
});
const Value = v.object({
  stringValue: v.optional(v.string()),
  numberValue: v.optional(v.number()),
  boolValue: v.optional(v.boolean()),
  formulaValue: v.optional(v.string()),
});
const Run = v.object({
  startIndex: v.optional(v.number()),
  format: v.optional(v.object({ link: v.optional(Link) })),
});
const Cell = v.object({
  userEnteredValue: v.optional(Value),
  userEnteredFormat: v.optional(Format),
  textFormatRuns: v.optional(v.array(Run)),
});
const Dimension = v.object({ pixelSize: v.optional(v.number()), hiddenByUser: v.optional(v.boolean()) });
const Area = v.object({
  startRowIndex: v.optional(v.number(), 0),
  endRowIndex: v.optional(v.number()),
  startColumnIndex: v.optional(v.number(), 0),
  endColumnIndex: v.optional(v.number()),
});
const Metadata = v.object({
  metadataId: v.number(),
  metadataKey: v.string(),
  metadataValue: v.optional(v.string(), ''),
});
const Protection = v.object({
  protectedRangeId: v.number(),
  range: v.optional(v.looseObject({ sheetId: v.optional(v.number(), 0) })),
  requestingUserCanEdit: v.optional(v.boolean(), false),
  warningOnly: v.optional(v.boolean(), false),
});
const Sheet = v.object({
  properties: v.object({
    sheetId: v.optional(v.number(), 0),
    title: v.string(),
    index: v.optional(v.number(), 0),
    hidden: v.optional(v.boolean(), false),
    sheetType: v.optional(v.string(), 'GRID'),
    gridProperties: v.optional(
      v.object({
        rowCount: v.optional(v.number(), 0),
        columnCount: v.optional(v.number(), 0),
        frozenRowCount: v.optional(v.number(), 0),
        frozenColumnCount: v.optional(v.number(), 0),
      }),
      {},
    ),
  }),
  developerMetadata: v.optional(v.array(Metadata), []),
  protectedRanges: v.optional(v.array(Protection), []),
  merges: v.optional(v.array(Area), []),
  charts: v.optional(v.array(v.object({ chartId: v.optional(v.number()) })), []),
  conditionalFormats: v.optional(v.array(v.object({}))),
  data: v.optional(
    v.array(
      v.object({
        rowData: v.optional(v.array(v.object({ values: v.optional(v.array(Cell), []) })), []),
        rowMetadata: v.optional(v.array(Dimension), []),
        columnMetadata: v.optional(v.array(Dimension), []),
      }),
    ),
    [],
  ),
});
const Spreadsheet = v.object({
  spreadsheetId: v.string(),
  spreadsheetUrl: v.optional(v.string(), ''),
  properties: v.optional(
    v.object({
      title: v.optional(v.string(), ''),
      timeZone: v.optional(v.string(), ''),
      locale: v.optional(v.string(), ''),
    }),
    {},
  ),
  sheets: v.array(Sheet),
});

export type SheetCell = v.InferOutput<typeof Cell>;
export type SheetJson = v.InferOutput<typeof Sheet>;
export type SpreadsheetJson = v.InferOutput<typeof Spreadsheet>;

const TAB_FIELDS =
  'spreadsheetId,spreadsheetUrl,properties(title,timeZone,locale),sheets(properties(sheetId,title,index,hidden,sheetType,gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount)),developerMetadata(metadataId,metadataKey,metadataValue),protectedRanges(protectedRangeId,range,requestingUserCanEdit,warningOnly))';
const FORMAT_FIELDS =
  'numberFormat,backgroundColor,borders(top(style,color),bottom(style,color),left(style,color),right(style,color)),horizontalAlignment,verticalAlignment,wrapStrategy,textFormat(foregroundColor,fontFamily,fontSize,bold,italic,underline,strikethrough,link),textRotation';
const GRID_FIELDS = `spreadsheetId,sheets(properties(sheetId,title,index,hidden,sheetType,gridProperties(rowCount,columnCount,frozenRowCount,frozenColumnCount)),merges,charts(chartId),conditionalFormats(ranges),data(rowData(values(userEnteredValue,userEnteredFormat(${FORMAT_FIELDS}),textFormatRuns(startIndex,format(link)))),rowMetadata(pixelSize,hiddenByUser),columnMetadata(pixelSize,hiddenByUser)))`;

/** The workbook's tabs with their developer metadata, without a cell. */
export function getTabs(access: SheetsAccess): Call<SpreadsheetJson> {
  return read(access, 'Sheets get tabs', `?fields=${encodeURIComponent(TAB_FIELDS)}`, Spreadsheet);
}

/** Tabs or ranges with contents, formats, sizes and merges. */
export function getGrids(access: SheetsAccess, ranges: readonly string[]): Call<SpreadsheetJson> {
  const asked = ranges.map((range) => `ranges=${encodeURIComponent(range)}`).join('&');
  const query = `?${asked}&fields=${encodeURIComponent(GRID_FIELDS)}`;
  return read(access, `Sheets get ${ranges.join(', ')}`, query, Spreadsheet);
}

const CellValue = v.union([v.string(), v.number(), v.boolean(), v.null()]);
const ValueRanges = v.object({
  valueRanges: v.optional(
    v.array(v.object({ range: v.string(), values: v.optional(v.array(v.array(CellValue)), []) })),
    [],
  ),
});

export type SheetValue = v.InferOutput<typeof CellValue>;
/** Rows of cells; what is empty at the end of a row, or after the last row, is left out, as the API does. */
export type SheetValues = readonly (readonly SheetValue[])[];

/** Values of several ranges in one request, each in the order asked. Dates come as serial numbers. */
export function getValues(
  access: SheetsAccess,
  ranges: readonly string[],
  render: 'UNFORMATTED_VALUE' | 'FORMULA' | 'FORMATTED_VALUE',
): Call<readonly SheetValues[]> {
  const asked = ranges.map((range) => `ranges=${encodeURIComponent(range)}`).join('&');
  const query = `/values:batchGet?${asked}&valueRenderOption=${render}&dateTimeRenderOption=SERIAL_NUMBER`;
  const call = read(access, `Sheets get values of ${ranges.join(', ')}`, query, ValueRanges);
  return andThen(call, ({ valueRanges }) => {
    if (valueRanges.length === ranges.length) return done(valueRanges.map((range) => range.values));
    const how = `has ${valueRanges.length} of ${ranges.length} ranges`;
    return { kind: 'failed', error: malformed({ name: call.name, repeatable: true }, how, null) };
  });
}

const Matched = v.object({
  valueRanges: v.optional(
    v.array(
      v.object({
        valueRange: v.object({ range: v.string(), values: v.optional(v.array(v.array(CellValue)), []) }),
      }),
    ),
    [],
  ),
});

export interface MarkedValues {
  /** In A1 notation: `'Purser settings'!A1:C60`. */
  readonly range: string;
  readonly values: SheetValues;
}

/** Where a developer metadata stands, and what it says. */
export interface Mark {
  readonly locationType: 'SHEET' | 'ROW';
  readonly key: string;
  readonly value: string;
}

/** Values of whole tabs that carry a developer metadata of that key and one of those values. */
export function getMarkedValues(
  access: SheetsAccess,
  key: string,
  values: readonly string[],
): Call<readonly MarkedValues[]> {
  return getValuesByMarks(
    access,
    values.map((value) => ({ locationType: 'SHEET', key, value })),
  );
}

/**
 * Values of what carries such a mark, whatever its tab is called by now
 * (developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values/batchGetByDataFilter).
 * A mark that nothing carries is simply not answered.
 */
export function getValuesByMarks(
  access: SheetsAccess,
  marks: readonly Mark[],
): Call<readonly MarkedValues[]> {
  const body = {
    dataFilters: marks.map(({ locationType, key, value }) => ({
      developerMetadataLookup: { locationType, metadataKey: key, metadataValue: value },
    })),
    majorDimension: 'ROWS',
    valueRenderOption: 'UNFORMATTED_VALUE',
    dateTimeRenderOption: 'SERIAL_NUMBER',
  };
  const question = { name: 'Sheets get values of Purser’s own tabs', repeatable: true };
  const path = '/values:batchGetByDataFilter?prettyPrint=false';
  const call = write(access, question, 'POST', path, body, Matched);
  return andThen(call, ({ valueRanges }) => done(valueRanges.map(({ valueRange }) => valueRange)));
}

const Replies = v.object({ replies: v.optional(v.array(v.unknown()), []) });

/**
 * Changes structure and formats; all requests or none (spreadsheets.batchUpdate is atomic). Not repeatable: after
 * an unclear outcome look at the tabs first.
 */
export function batchUpdate(
  access: SheetsAccess,
  name: string,
  requests: readonly SheetsRequest[],
): Call<unknown> {
  return write(access, { name, repeatable: false }, 'POST', ':batchUpdate', { requests }, Replies);
}

export interface ValueRange {
  readonly range: string;
  /** Null leaves a cell as it is; the empty string empties it. */
  readonly values: readonly (readonly SheetValue[])[];
}

/** Writes values. `RAW` never reads text as a formula, a number or a date. Writing twice is writing once. */
export function putValues(
  access: SheetsAccess,
  name: string,
  data: readonly ValueRange[],
  input: 'RAW' | 'USER_ENTERED' = 'RAW',
): Call<unknown> {
  const body = { valueInputOption: input, data: data.map((one) => ({ ...one, majorDimension: 'ROWS' })) };
  return write(access, { name, repeatable: true }, 'POST', '/values:batchUpdate', body, v.object({}));
}

/**
 * Writes rows under the last table of the range, as one step at Google's side: two writers never write over each
 * other (developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets.values/append). `RAW`.
 *
 * @param repeatable whether rows that stand there twice do no harm
 */
export function appendValues(
  access: SheetsAccess,
  name: string,
  range: string,
  rows: readonly (readonly SheetValue[])[],
  repeatable: boolean,
): Call<unknown> {
  const path = `/values/${encodeURIComponent(range)}:append?valueInputOption=RAW`;
  return write(access, { name, repeatable }, 'POST', path, { range, values: rows }, v.object({}));
}

function read<S extends v.GenericSchema>(
  access: SheetsAccess,
  name: string,
  path: string,
  schema: S,
): Call<v.InferOutput<S>> {
  const question = { name, repeatable: true };
  return {
    ...question,
    request: () => ({
      method: 'GET',
      // Indentation would double a reply of many small values.
      url: `${ORIGIN}/${encodeURIComponent(access.spreadsheetId)}${path}&prettyPrint=false`,
      headers: bearer(access.token),
    }),
    settle: (reply) => settleJson(question, reply, schema),
  };
}

function write<S extends v.GenericSchema>(
  access: SheetsAccess,
  question: { name: string; repeatable: boolean },
  method: HttpRequest['method'],
  path: string,
  body: unknown,
  schema: S,
): Call<v.InferOutput<S>> {
  return {
    ...question,
    request: () => ({
      method,
      url: `${ORIGIN}/${encodeURIComponent(access.spreadsheetId)}${path}`,
      headers: bearer(access.token),
      contentType: 'application/json',
      body: JSON.stringify(body),
    }),
    settle: (reply) => settleJson(question, reply, schema),
  };
}

function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}
