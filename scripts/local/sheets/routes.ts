/** Which URL does what: https://developers.google.com/workspace/sheets/api/reference/rest */
import { resolveRange } from './a1.ts';
import { badField, invalid, SheetsApiError } from './api-error.ts';
import { batchUpdated } from './batch-update.ts';
import type { Evaluation, Evaluator } from './evaluate.ts';
import { insertInGrid } from './grid-edits.ts';
import { matchingAreas, searchMetadata } from './metadata.ts';
import type { Json, JsonObject, Workbook } from './model.ts';
import { copyWorkbook } from './model.ts';
import type { Asker } from './protections.ts';
import { spreadsheetJson } from './spreadsheet-json.ts';
import { asBool, asList, asObjects, asString, checkedBody } from './validate.ts';
import type { RenderOptions } from './values.ts';
import { appendValues, clearValues, DEFAULT_RENDER, inputOption, readValues, writeValues } from './values.ts';

/** What a route may see and do; `publish` makes a changed copy the workbook. */
export interface Store {
  readonly spreadsheetId: string;
  readonly evaluator: Evaluator;
  readonly asker: Asker;
  workbook(): Workbook;
  evaluation(): Evaluation;
  publish(workbook: Workbook): void;
}

export interface Call {
  readonly store: Store;
  readonly query: URLSearchParams;
  /** Decoded parts of the path that the route captures. */
  readonly captured: readonly string[];
  readonly body: Json;
}

export interface Route {
  readonly method: string;
  /** Of the path after the spreadsheet id, not decoded. */
  readonly path: RegExp;
  /** Query parameters besides the standard ones. */
  readonly parameters: readonly string[];
  /** Message of the body; null when the call has none. */
  readonly request: string | null;
  /** Message of the reply, for its field mask. */
  readonly reply: string;
  /** Whether a token that may only read will do. */
  readonly readsOnly: boolean;
  readonly answer: (call: Call) => JsonObject;
}

const RENDER = ['majorDimension', 'valueRenderOption', 'dateTimeRenderOption'];
const WRITE = [
  'valueInputOption',
  'includeValuesInResponse',
  'responseValueRenderOption',
  'responseDateTimeRenderOption',
];

const RENDER_VALUES: Record<string, readonly string[]> = {
  majorDimension: ['ROWS', 'COLUMNS'],
  valueRenderOption: ['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'],
  dateTimeRenderOption: ['SERIAL_NUMBER', 'FORMATTED_STRING'],
};

function renderOptions(read: (name: string) => string | null | undefined): RenderOptions {
  const options: Record<string, string> = { ...DEFAULT_RENDER };
  for (const [name, allowed] of Object.entries(RENDER_VALUES)) {
    const value = read(name) ?? undefined;
    if (value === undefined) continue;
    if (!allowed.includes(value)) {
      const field = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      throw badField(field, `Invalid value at '${field}' (TYPE_ENUM), "${value}"`);
    }
    options[name] = value;
  }
  return { ...DEFAULT_RENDER, ...options };
}

function flag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name) ?? 'false';
  if (value !== 'true' && value !== 'false') {
    throw badField(name, `Invalid value at '${name}' (TYPE_BOOL), "${value}"`);
  }
  return value === 'true';
}

function readRange(store: Store, range: string, options: RenderOptions): JsonObject {
  const { tab, span } = resolveRange(store.workbook(), range);
  return readValues(tab, span, options, store.evaluation());
}

function getSpreadsheet({ store, query }: Call): JsonObject {
  const workbook = store.workbook();
  const ranges = query.getAll('ranges');
  const areas = ranges.map((range) => resolveRange(workbook, range));
  const fields = query.get('fields');
  // A mask that names cells includes them: …/rest/v4/spreadsheets/get, includeGridData.
  const wantsGrid =
    fields === null ? flag(query, 'includeGridData') : /(^|[,./(])(data|\*)($|[,./()])/.test(fields);
  return spreadsheetJson(workbook, store.spreadsheetId, {
    areas: ranges.length === 0 ? null : areas,
    evaluation: wantsGrid ? store.evaluation() : null,
    asker: store.asker,
  });
}

function getByDataFilter({ store, query, body }: Call): JsonObject {
  const workbook = store.workbook();
  const request = checkedBody('GetSpreadsheetByDataFilterRequest', body);
  const filters = asObjects(request.dataFilters);
  const wantsGrid = query.has('fields') || (asBool(request.includeGridData) ?? false);
  return spreadsheetJson(workbook, store.spreadsheetId, {
    areas: filters.length === 0 ? null : filters.flatMap((filter) => matchingAreas(workbook, filter)),
    evaluation: wantsGrid ? store.evaluation() : null,
    asker: store.asker,
  });
}

function batchUpdate({ store, body }: Call): JsonObject {
  const request = checkedBody('BatchUpdateSpreadsheetRequest', body);
  const { workbook, replies } = batchUpdated(store.workbook(), asObjects(request.requests), store.evaluator);
  store.publish(workbook);
  const reply = { spreadsheetId: store.spreadsheetId, replies };
  if (request.includeSpreadsheetInResponse !== true) return reply;
  const ranges = asList(request.responseRanges).flatMap((range) => asString(range) ?? []);
  const updatedSpreadsheet = spreadsheetJson(workbook, store.spreadsheetId, {
    areas: ranges.length === 0 ? null : ranges.map((range) => resolveRange(workbook, range)),
    evaluation: request.responseIncludeGridData === true ? store.evaluation() : null,
    asker: store.asker,
  });
  return { ...reply, updatedSpreadsheet };
}

function batchGetByDataFilter({ store, body }: Call): JsonObject {
  const workbook = store.workbook();
  const request = checkedBody('BatchGetValuesByDataFilterRequest', body);
  const options = renderOptions((name) => asString(request[name]));
  const filters = asObjects(request.dataFilters);
  if (filters.length === 0) throw invalid('Must specify at least one data filter.');
  const matched = new Map<string, { valueRange: JsonObject; dataFilters: JsonObject[] }>();
  for (const filter of filters) {
    for (const { tab, span } of matchingAreas(workbook, filter)) {
      const key = `${tab.sheetId} ${JSON.stringify(span)}`;
      const known = matched.get(key);
      if (known !== undefined) known.dataFilters.push(filter);
      else {
        const valueRange = readValues(tab, span, options, store.evaluation());
        matched.set(key, { valueRange, dataFilters: [filter] });
      }
    }
  }
  const valueRanges = [...matched.values()];
  return valueRanges.length === 0
    ? { spreadsheetId: store.spreadsheetId }
    : { spreadsheetId: store.spreadsheetId, valueRanges };
}

function updateValues({ store, query, captured, body }: Call): JsonObject {
  const option = inputOption(query.get('valueInputOption') ?? undefined);
  const range = captured[0] ?? '';
  const data = checkedBody('ValueRange', body);
  if (data.range !== undefined && data.range !== range) {
    throw invalid(
      `Requested writing within range [${range}], but the range in the body is [${asString(data.range)}]`,
    );
  }
  const workbook = copyWorkbook(store.workbook());
  const { update } = writeValues(workbook, store.spreadsheetId, { ...data, range }, option, 'data');
  store.publish(workbook);
  return update;
}

function batchUpdateValues({ store, body }: Call): JsonObject {
  const request = checkedBody('BatchUpdateValuesRequest', body);
  const option = inputOption(request.valueInputOption);
  const workbook = copyWorkbook(store.workbook());
  const written = asObjects(request.data).map((data, index) => {
    try {
      return writeValues(workbook, store.spreadsheetId, data, option, `data[${index}]`);
    } catch (thrown) {
      if (!(thrown instanceof SheetsApiError)) throw thrown;
      const message = `Invalid data[${index}]: ${thrown.message}`;
      throw new SheetsApiError(thrown.status, message, thrown.details);
    }
  });
  store.publish(workbook);
  const sum = (count: (each: (typeof written)[number]) => number): number =>
    written.reduce((total, each) => total + count(each), 0);
  return {
    spreadsheetId: store.spreadsheetId,
    totalUpdatedRows: sum((each) => each.rows),
    totalUpdatedColumns: sum((each) => each.columns),
    totalUpdatedCells: sum((each) => each.cells),
    totalUpdatedSheets: new Set(written.map((each) => each.tab)).size,
    responses: written.map((each) => each.update),
  };
}

function append({ store, query, captured, body }: Call): JsonObject {
  const option = inputOption(query.get('valueInputOption') ?? undefined);
  const insert = query.get('insertDataOption') ?? 'OVERWRITE';
  if (insert !== 'OVERWRITE' && insert !== 'INSERT_ROWS') {
    throw badField('insert_data_option', `Invalid value at 'insert_data_option' (TYPE_ENUM), "${insert}"`);
  }
  const workbook = copyWorkbook(store.workbook());
  const data = checkedBody('ValueRange', body);
  const reply = appendValues(workbook, store.spreadsheetId, captured[0] ?? '', data, option, {
    insertRows:
      insert === 'INSERT_ROWS'
        ? (tab, at, count) => insertInGrid(workbook, tab, 'ROWS', at, count, at - 1)
        : null,
  });
  store.publish(workbook);
  return reply;
}

function clear({ store, captured, body }: Call): JsonObject {
  checkedBody('ClearValuesRequest', body);
  const workbook = copyWorkbook(store.workbook());
  const clearedRange = clearValues(workbook, captured[0] ?? '');
  store.publish(workbook);
  return { spreadsheetId: store.spreadsheetId, clearedRange };
}

function batchClear({ store, body }: Call): JsonObject {
  const request = checkedBody('BatchClearValuesRequest', body);
  const workbook = copyWorkbook(store.workbook());
  const ranges = asList(request.ranges).flatMap((range) => asString(range) ?? []);
  const clearedRanges = ranges.map((range) => clearValues(workbook, range));
  store.publish(workbook);
  return { spreadsheetId: store.spreadsheetId, clearedRanges };
}

function metadataById({ store, captured }: Call): JsonObject {
  const found = store.workbook().metadata.find(({ metadataId }) => String(metadataId) === captured[0]);
  if (found === undefined)
    throw new SheetsApiError('NOT_FOUND', `No developer metadata with ID ${captured[0]}.`);
  return found;
}

/** More particular paths come first: a range may hold almost anything. */
export const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^$/,
    parameters: ['ranges', 'includeGridData', 'excludeTablesInBandedRanges'],
    request: null,
    reply: 'Spreadsheet',
    readsOnly: true,
    answer: getSpreadsheet,
  },
  {
    method: 'POST',
    path: /^:getByDataFilter$/,
    parameters: [],
    request: 'GetSpreadsheetByDataFilterRequest',
    reply: 'Spreadsheet',
    readsOnly: false,
    answer: getByDataFilter,
  },
  {
    method: 'POST',
    path: /^:batchUpdate$/,
    parameters: [],
    request: 'BatchUpdateSpreadsheetRequest',
    reply: 'BatchUpdateSpreadsheetResponse',
    readsOnly: false,
    answer: batchUpdate,
  },
  {
    method: 'POST',
    path: /^\/developerMetadata:search$/,
    parameters: [],
    request: 'SearchDeveloperMetadataRequest',
    reply: 'SearchDeveloperMetadataResponse',
    readsOnly: false,
    answer: ({ store, body }) => {
      const request = checkedBody('SearchDeveloperMetadataRequest', body);
      return searchMetadata(store.workbook(), asObjects(request.dataFilters));
    },
  },
  {
    method: 'GET',
    path: /^\/developerMetadata\/(\d+)$/,
    parameters: [],
    request: null,
    reply: 'DeveloperMetadata',
    readsOnly: false,
    answer: metadataById,
  },
  {
    method: 'GET',
    path: /^\/values:batchGet$/,
    parameters: ['ranges', ...RENDER],
    request: null,
    reply: 'BatchGetValuesResponse',
    readsOnly: true,
    answer: ({ store, query }) => {
      const options = renderOptions((name) => query.get(name));
      const valueRanges = query.getAll('ranges').map((range) => readRange(store, range, options));
      return { spreadsheetId: store.spreadsheetId, valueRanges };
    },
  },
  {
    method: 'POST',
    path: /^\/values:batchGetByDataFilter$/,
    parameters: [],
    request: 'BatchGetValuesByDataFilterRequest',
    reply: 'BatchGetValuesByDataFilterResponse',
    readsOnly: false,
    answer: batchGetByDataFilter,
  },
  {
    method: 'POST',
    path: /^\/values:batchUpdate$/,
    parameters: [],
    request: 'BatchUpdateValuesRequest',
    reply: 'BatchUpdateValuesResponse',
    readsOnly: false,
    answer: batchUpdateValues,
  },
  {
    method: 'POST',
    path: /^\/values:batchClear$/,
    parameters: [],
    request: 'BatchClearValuesRequest',
    reply: 'BatchClearValuesResponse',
    readsOnly: false,
    answer: batchClear,
  },
  {
    method: 'POST',
    path: /^\/values\/([^/]+):append$/,
    parameters: [...WRITE, 'insertDataOption'],
    request: 'ValueRange',
    reply: 'AppendValuesResponse',
    readsOnly: false,
    answer: append,
  },
  {
    method: 'POST',
    path: /^\/values\/([^/]+):clear$/,
    parameters: [],
    request: 'ClearValuesRequest',
    reply: 'ClearValuesResponse',
    readsOnly: false,
    answer: clear,
  },
  {
    method: 'GET',
    path: /^\/values\/([^/]+)$/,
    parameters: RENDER,
    request: null,
    reply: 'ValueRange',
    readsOnly: true,
    answer: ({ store, query, captured }) =>
      readRange(
        store,
        captured[0] ?? '',
        renderOptions((name) => query.get(name)),
      ),
  },
  {
    method: 'PUT',
    path: /^\/values\/([^/]+)$/,
    parameters: WRITE,
    request: 'ValueRange',
    reply: 'UpdateValuesResponse',
    readsOnly: false,
    answer: updateValues,
  },
];
