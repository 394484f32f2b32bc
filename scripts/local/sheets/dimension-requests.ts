/** batchUpdate requests about rows and columns. */
import { invalid } from './api-error.ts';
import { names, updateMask } from './field-mask.ts';
import { deleteFromGrid, insertInGrid } from './grid-edits.ts';
import { tabById } from './metadata.ts';
import type { Dimension, Json, JsonObject, Tab, Workbook } from './model.ts';
import { asBool, asNumber, asObject, asString } from './validate.ts';

interface Dimensions {
  readonly tab: Tab;
  readonly dimension: Dimension;
  readonly start: number;
  readonly end: number;
  /** Rows or columns in the grid. */
  readonly size: number;
}

function dimensionOf(value: Json | undefined): Dimension {
  const dimension = asString(value);
  if (dimension !== 'ROWS' && dimension !== 'COLUMNS') throw invalid('No dimension specified.');
  return dimension;
}

function dimensionsOf(workbook: Workbook, range: JsonObject | undefined): Dimensions {
  if (range === undefined) throw invalid('range must be set.');
  const tab = tabById(workbook, range.sheetId);
  const dimension = dimensionOf(range.dimension);
  const size = dimension === 'ROWS' ? tab.rowCount : tab.columnCount;
  const start = asNumber(range.startIndex) ?? 0;
  const end = asNumber(range.endIndex) ?? size;
  if (start < 0 || end <= start) {
    throw invalid(`range.endIndex (${end}) must be after range.startIndex (${start}).`);
  }
  return { tab, dimension, start, end, size };
}

export function insertDimension(workbook: Workbook, request: JsonObject): JsonObject {
  const range = asObject(request.range);
  if (range !== undefined && range.endIndex === undefined) throw invalid('range.endIndex must be set.');
  const { tab, dimension, start, end, size } = dimensionsOf(workbook, range);
  const fromBefore = asBool(request.inheritFromBefore) ?? false;
  if (fromBefore && start === 0) {
    throw invalid('range.startIndex must be greater than 0 if inheritFromBefore is true.');
  }
  if (fromBefore ? start > size : start >= size) {
    const rule = fromBefore ? 'at most' : 'less than';
    throw invalid(
      `range.startIndex[${start}] must be ${rule} the grid size (${size}) if inheritFromBefore is ${fromBefore}.`,
    );
  }
  insertInGrid(workbook, tab, dimension, start, end - start, fromBefore ? start - 1 : start);
  return {};
}

export function deleteDimension(workbook: Workbook, request: JsonObject): JsonObject {
  const { tab, dimension, start, end, size } = dimensionsOf(workbook, asObject(request.range));
  if (end > size) {
    const word = dimension === 'ROWS' ? 'row' : 'column';
    const tried = Math.max(start, size);
    throw invalid(
      `Cannot delete a ${word} that doesn't exist. Tried to delete ${word} index ${tried} but there are only ${size} ${word}s.`,
    );
  }
  deleteFromGrid(workbook, tab, dimension, start, end);
  return {};
}

export function appendDimension(workbook: Workbook, request: JsonObject): JsonObject {
  const tab = tabById(workbook, request.sheetId);
  const length = asNumber(request.length) ?? 0;
  if (length < 1) throw invalid('length must be greater than 0.');
  if (dimensionOf(request.dimension) === 'ROWS') tab.rowCount += length;
  else tab.columnCount += length;
  return {};
}

function checkInGrid({ end, size, dimension }: Dimensions): void {
  if (end > size) {
    throw invalid(
      `range.endIndex[${end}] is after the last of ${size} ${dimension.toLowerCase()} in the grid.`,
    );
  }
}

export function updateDimensionProperties(workbook: Workbook, request: JsonObject): JsonObject {
  const mask = updateMask(request.fields, 'DimensionProperties');
  const dimensions = dimensionsOf(workbook, asObject(request.range));
  checkInGrid(dimensions);
  const { tab, dimension, start, end } = dimensions;
  const properties = asObject(request.properties) ?? {};
  const unknown = [...mask.keys()].find((field) => !['pixelSize', 'hiddenByUser', '*'].includes(field));
  if (unknown !== undefined) throw invalid(`Field cannot be changed: ${unknown}`);
  const pixelSize = asNumber(properties.pixelSize);
  if (pixelSize !== undefined && pixelSize < 0) throw invalid('pixelSize must not be negative.');
  const infos = dimension === 'ROWS' ? tab.rowInfo : tab.columnInfo;
  for (let index = start; index < end; index++) {
    const { pixelSize: oldSize, hidden: oldHidden } = infos[index] ?? {};
    const size = names(mask, 'pixelSize') ? pixelSize : oldSize;
    const hidden = names(mask, 'hiddenByUser') ? asBool(properties.hiddenByUser) : oldHidden;
    infos[index] = {
      ...(size === undefined ? {} : { pixelSize: size }),
      ...(hidden === true ? { hidden } : {}),
    };
  }
  return {};
}

/** Checked and accepted; nothing here knows how wide a text is. */
export function autoResizeDimensions(workbook: Workbook, request: JsonObject): JsonObject {
  checkInGrid(dimensionsOf(workbook, asObject(request.dimensions)));
  return {};
}
