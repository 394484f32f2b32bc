/**
 * `spreadsheets.batchUpdate`: all requests or none.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/batchUpdate
 */
import { badField, invalid, notServedHere, SheetsApiError } from './api-error.ts';
import {
  copyPaste,
  mergeCells,
  repeatCell,
  setDataValidation,
  unmergeCells,
  updateBorders,
  updateCells,
} from './cell-requests.ts';
import {
  appendDimension,
  autoResizeDimensions,
  deleteDimension,
  insertDimension,
  updateDimensionProperties,
} from './dimension-requests.ts';
import type { Evaluator } from './evaluate.ts';
import {
  addConditionalFormatRule,
  addProtectedRange,
  createDeveloperMetadata,
  deleteDeveloperMetadata,
  deleteProtectedRange,
  updateDeveloperMetadata,
} from './metadata-requests.ts';
import type { JsonObject, Workbook } from './model.ts';
import { copyWorkbook } from './model.ts';
import { isServedKind } from './schema.ts';
import {
  addSheet,
  deleteSheet,
  duplicateSheet,
  updateSheetProperties,
  updateSpreadsheetProperties,
} from './tab-requests.ts';
import { asObject } from './validate.ts';

type Apply = (workbook: Workbook, request: JsonObject) => JsonObject;

const APPLIERS: Readonly<Record<string, Apply>> = {
  updateSpreadsheetProperties,
  addSheet,
  deleteSheet,
  duplicateSheet,
  updateSheetProperties,
  updateCells,
  repeatCell,
  insertDimension,
  deleteDimension,
  appendDimension,
  updateDimensionProperties,
  autoResizeDimensions,
  mergeCells,
  unmergeCells,
  updateBorders,
  createDeveloperMetadata,
  updateDeveloperMetadata,
  deleteDeveloperMetadata,
  addProtectedRange,
  deleteProtectedRange,
  addConditionalFormatRule,
  setDataValidation,
};

function applied(workbook: Workbook, kind: string, request: JsonObject, evaluator: Evaluator): JsonObject {
  if (kind === 'copyPaste') {
    // Only values need the computed ones of the state that the requests before have made.
    const evaluation = request.pasteType === 'PASTE_VALUES' ? evaluator.evaluate(workbook) : null;
    return copyPaste(workbook, request, (tab, row, column) => evaluation?.at(tab, row, column)?.value);
  }
  const apply = APPLIERS[kind];
  if (apply === undefined) throw notServedHere(`the request ${kind}`);
  return apply(workbook, request);
}

/**
 * The workbook after all requests, and their replies in order; `before` is left as it is.
 * @throws SheetsApiError 400 `Invalid requests[i].kind: …` for the first request that can't be done.
 */
export function batchUpdated(
  before: Workbook,
  requests: readonly JsonObject[],
  evaluator: Evaluator,
): { workbook: Workbook; replies: JsonObject[] } {
  if (requests.length === 0) throw invalid('Must specify at least one request.');
  const kinds = requests.map((request, index) => {
    const [kind, ...more] = Object.keys(request);
    if (kind === undefined) throw invalid(`Invalid requests[${index}]: No request set.`);
    if (more.length > 0) {
      const path = `requests[${index}]`;
      throw badField(
        path,
        `Invalid value at '${path}' (oneof), oneof field 'kind' is already set. Cannot set '${more[0]}'`,
      );
    }
    if (!isServedKind(kind)) throw notServedHere(`the request ${kind}`);
    return kind;
  });
  const workbook = copyWorkbook(before);
  const replies = requests.map((request, index) => {
    const kind = kinds[index] ?? '';
    try {
      return applied(workbook, kind, asObject(request[kind]) ?? {}, evaluator);
    } catch (thrown) {
      if (!(thrown instanceof SheetsApiError)) throw thrown;
      const message = `Invalid requests[${index}].${kind}: ${thrown.message}`;
      throw new SheetsApiError(thrown.status, message, thrown.details);
    }
  });
  return { workbook, replies };
}
