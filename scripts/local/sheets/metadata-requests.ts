/** batchUpdate requests about developer metadata, protections and conditional formats. */
import { spanOf } from './a1.ts';
import { invalid } from './api-error.ts';
import { mergedByMask, names, updateMask } from './field-mask.ts';
import { matchingMetadata, metadataLocation, tabById } from './metadata.ts';
import type { DeveloperMetadata, GridRange, JsonObject, Workbook } from './model.ts';
import { checkNewProtection } from './protections.ts';
import { protectedRangeJson } from './spreadsheet-json.ts';
import { asNumber, asObject, asObjects, asString } from './validate.ts';

function freeId(taken: readonly number[]): number {
  for (let seed = taken.length; ; seed++) {
    const id = (Math.imul(seed + 7, 0x85ebca6b) >>> 1) % 2_000_000_000;
    if (id > 0 && !taken.includes(id)) return id;
  }
}

/** The location as written; `locationType` is read-only and follows from what is set. */
function writtenLocation(workbook: Workbook, given: JsonObject | undefined): DeveloperMetadata['location'] {
  if (given === undefined) return metadataLocation(workbook, undefined);
  const { locationType: _readOnly, ...place } = given;
  return metadataLocation(workbook, place);
}

export function createDeveloperMetadata(workbook: Workbook, request: JsonObject): JsonObject {
  const given = asObject(request.developerMetadata) ?? {};
  const key = asString(given.metadataKey);
  if (key === undefined || key === '') throw invalid('Developer metadata must always have a key specified.');
  const visibility = asString(given.visibility);
  if (visibility === undefined) {
    throw invalid('Developer metadata must always have a visibility specified.');
  }
  const taken = workbook.metadata.map(({ metadataId }) => metadataId);
  const metadataId = asNumber(given.metadataId) ?? freeId(taken);
  if (metadataId <= 0) throw invalid('Developer metadata ids must be positive.');
  if (taken.includes(metadataId)) throw invalid(`Developer metadata with ID ${metadataId} already exists.`);
  const value = asString(given.metadataValue);
  const metadata: DeveloperMetadata = {
    metadataId,
    metadataKey: key,
    ...(value === undefined ? {} : { metadataValue: value }),
    location: writtenLocation(workbook, asObject(given.location)),
    visibility,
  };
  workbook.metadata.push(metadata);
  return { createDeveloperMetadata: { developerMetadata: metadata } };
}

function matchedBy(workbook: Workbook, filters: readonly JsonObject[]): Set<DeveloperMetadata> {
  return new Set(filters.flatMap((filter) => matchingMetadata(workbook, filter)));
}

export function updateDeveloperMetadata(workbook: Workbook, request: JsonObject): JsonObject {
  const mask = updateMask(request.fields, 'DeveloperMetadata');
  const filters = asObjects(request.dataFilters);
  if (filters.length === 0) throw invalid('At least one data filter must be specified.');
  const given = asObject(request.developerMetadata) ?? {};
  const matched = matchedBy(workbook, filters);
  const changed: DeveloperMetadata[] = [];
  workbook.metadata = workbook.metadata.map((metadata) => {
    if (!matched.has(metadata)) return metadata;
    const { location: _place, ...source } = given;
    const place = names(mask, 'location')
      ? writtenLocation(workbook, asObject(given.location))
      : metadata.location;
    const merged = mergedByMask(metadata, { ...source, metadataId: metadata.metadataId }, mask);
    if (asString(merged.metadataKey) === undefined || asString(merged.visibility) === undefined) {
      throw invalid('Developer metadata must always have a key and a visibility specified.');
    }
    const updated = { ...merged, location: place } as unknown as DeveloperMetadata;
    changed.push(updated);
    return updated;
  });
  return { updateDeveloperMetadata: { developerMetadata: changed } };
}

export function deleteDeveloperMetadata(workbook: Workbook, request: JsonObject): JsonObject {
  const filter = asObject(request.dataFilter);
  if (filter === undefined) throw invalid('dataFilter must be set.');
  const matched = matchedBy(workbook, [filter]);
  workbook.metadata = workbook.metadata.filter((metadata) => !matched.has(metadata));
  return { deleteDeveloperMetadata: { deletedDeveloperMetadata: [...matched] } };
}

export function addProtectedRange(workbook: Workbook, request: JsonObject): JsonObject {
  const given = asObject(request.protectedRange) ?? {};
  const { protectedRangeId, range, requestingUserCanEdit: _readOnly, ...rest } = given;
  const area = asObject(range);
  if (area === undefined) throw invalid('protectedRange.range must be set.');
  const tab = tabById(workbook, area.sheetId);
  spanOf(tab, area);
  const taken = workbook.protectedRanges.map((each) => each.protectedRangeId);
  const id = asNumber(protectedRangeId) ?? freeId(taken);
  if (taken.includes(id)) throw invalid(`Protected range with id ${id} already exists.`);
  const added = { protectedRangeId: id, range: { ...area, sheetId: tab.sheetId } as GridRange, rest };
  checkNewProtection(workbook, tab, added);
  workbook.protectedRanges.push(added);
  return { addProtectedRange: { protectedRange: protectedRangeJson(added, true) } };
}

export function deleteProtectedRange(workbook: Workbook, request: JsonObject): JsonObject {
  const id = asNumber(request.protectedRangeId) ?? 0;
  const left = workbook.protectedRanges.filter((each) => each.protectedRangeId !== id);
  if (left.length === workbook.protectedRanges.length) throw invalid(`No protected range with id: ${id}`);
  workbook.protectedRanges = left;
  return {};
}

/** Kept and echoed; nothing is coloured by it. */
export function addConditionalFormatRule(workbook: Workbook, request: JsonObject): JsonObject {
  const rule = asObject(request.rule);
  const ranges = asObjects(rule?.ranges);
  const [first] = ranges;
  if (rule === undefined || first === undefined) throw invalid('rule.ranges must not be empty.');
  const tab = tabById(workbook, first.sheetId);
  for (const range of ranges) spanOf(tabById(workbook, range.sheetId), range);
  const index = asNumber(request.index) ?? 0;
  if (index < 0 || index > tab.conditionalFormats.length)
    throw invalid(`No conditional format at index ${index}.`);
  tab.conditionalFormats.splice(index, 0, rule);
  return {};
}
