/** Developer metadata and data filters: https://developers.google.com/workspace/sheets/api/guides/metadata */
import { resolveRange, spanOf, wholeGrid } from './a1.ts';
import { invalid } from './api-error.ts';
import type { DeveloperMetadata, Json, JsonObject, MetadataLocation, Span, Tab, Workbook } from './model.ts';
import { overlaps } from './model.ts';
import { asNumber, asObject, asString } from './validate.ts';

/** The tab of that id. @throws SheetsApiError 400 when there is none. */
export function tabById(workbook: Workbook, sheetId: Json | undefined): Tab {
  const id = asNumber(sheetId) ?? 0;
  const tab = workbook.tabs.find((each) => each.sheetId === id);
  if (tab === undefined) throw invalid(`No grid with id: ${id}`);
  return tab;
}

/** @throws SheetsApiError 400 for a place that is not one row, one column, one tab or the spreadsheet. */
export function metadataLocation(workbook: Workbook, location: JsonObject | undefined): MetadataLocation {
  if (location === undefined) throw invalid('Developer metadata must have a location.');
  const places = ['spreadsheet', 'sheetId', 'dimensionRange'].filter((name) => name in location);
  if (places.length !== 1) throw invalid('Developer metadata must have exactly one location.');
  if (location.spreadsheet !== undefined) {
    if (location.spreadsheet !== true) throw invalid('Developer metadata must have a location.');
    return { locationType: 'SPREADSHEET', spreadsheet: true };
  }
  const range = asObject(location.dimensionRange);
  if (range === undefined) {
    return { locationType: 'SHEET', sheetId: tabById(workbook, location.sheetId).sheetId };
  }
  const tab = tabById(workbook, range.sheetId);
  const dimension = asString(range.dimension);
  const startIndex = asNumber(range.startIndex);
  const endIndex = asNumber(range.endIndex);
  const count = dimension === 'ROWS' ? tab.rowCount : tab.columnCount;
  if (
    (dimension !== 'ROWS' && dimension !== 'COLUMNS') ||
    startIndex === undefined ||
    endIndex === undefined
  ) {
    throw invalid('Developer metadata must be on a bounded dimension range.');
  }
  if (endIndex !== startIndex + 1 || startIndex < 0 || endIndex > count) {
    throw invalid('Developer metadata must be on a single row or column of the grid.');
  }
  return {
    locationType: dimension === 'ROWS' ? 'ROW' : 'COLUMN',
    dimensionRange: { sheetId: tab.sheetId, dimension, startIndex, endIndex },
  };
}

/** The cells that a location covers; null for the spreadsheet, which covers all. */
export function locationArea(
  workbook: Workbook,
  location: MetadataLocation,
): { tab: Tab; span: Span } | null {
  if (location.locationType === 'SPREADSHEET') return null;
  if (location.locationType === 'SHEET') {
    const tab = tabById(workbook, location.sheetId);
    return { tab, span: wholeGrid(tab) };
  }
  const { sheetId, dimension, startIndex, endIndex } = location.dimensionRange;
  const tab = tabById(workbook, sheetId);
  const span =
    dimension === 'ROWS'
      ? { ...wholeGrid(tab), startRow: startIndex, endRow: endIndex }
      : { ...wholeGrid(tab), startColumn: startIndex, endColumn: endIndex };
  return { tab, span };
}

function sameLocation(a: MetadataLocation, b: MetadataLocation): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function intersects(workbook: Workbook, a: MetadataLocation, b: MetadataLocation): boolean {
  const first = locationArea(workbook, a);
  const second = locationArea(workbook, b);
  if (first === null || second === null) return true;
  return first.tab === second.tab && overlaps(first.span, second.span);
}

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/DataFilter#DeveloperMetadataLookup */
function lookupMatches(workbook: Workbook, lookup: JsonObject, metadata: DeveloperMetadata): boolean {
  const wanted = asObject(lookup.metadataLocation);
  const strategy = asString(lookup.locationMatchingStrategy);
  const type = asString(lookup.locationType);
  if (strategy !== undefined && wanted === undefined) {
    throw invalid('locationMatchingStrategy needs a metadataLocation.');
  }
  const matches = (name: 'metadataId' | 'metadataKey' | 'metadataValue' | 'visibility'): boolean =>
    lookup[name] === undefined || lookup[name] === metadata[name];
  if (!matches('metadataId') || !matches('metadataKey')) return false;
  if (!matches('metadataValue') || !matches('visibility')) return false;
  if (type !== undefined && type !== metadata.location.locationType) return false;
  if (wanted === undefined) return true;
  const { locationType: _derived, ...place } = wanted;
  const location = metadataLocation(workbook, place);
  const wide = location.locationType === 'SPREADSHEET' || location.locationType === 'SHEET';
  const byIntersection =
    strategy === 'INTERSECTING_LOCATION' || (strategy === undefined && wide && type !== undefined);
  return byIntersection
    ? intersects(workbook, location, metadata.location)
    : sameLocation(location, metadata.location);
}

function onlyFilter(filter: JsonObject): string {
  const [name, ...more] = Object.keys(filter);
  if (name === undefined || more.length > 0) throw invalid('A DataFilter must have exactly one filter set.');
  return name;
}

/** The cells that an A1 or grid range filter names; null for a metadata lookup. */
function filterArea(workbook: Workbook, filter: JsonObject): { tab: Tab; span: Span } | null {
  const name = onlyFilter(filter);
  if (name === 'a1Range') return resolveRange(workbook, asString(filter.a1Range) ?? '');
  if (name !== 'gridRange') return null;
  const range = asObject(filter.gridRange) ?? {};
  const tab = tabById(workbook, range.sheetId);
  return { tab, span: spanOf(tab, range) };
}

/** Metadata that a filter matches: by lookup, or by lying on cells that the range touches. */
export function matchingMetadata(workbook: Workbook, filter: JsonObject): DeveloperMetadata[] {
  const area = filterArea(workbook, filter);
  const lookup = asObject(filter.developerMetadataLookup);
  return workbook.metadata.filter((metadata) => {
    if (lookup !== undefined) return lookupMatches(workbook, lookup, metadata);
    const place = locationArea(workbook, metadata.location);
    return area !== null && place !== null && place.tab === area.tab && overlaps(place.span, area.span);
  });
}

/** The areas of cells that a filter stands for; the same area is named once. */
export function matchingAreas(workbook: Workbook, filter: JsonObject): { tab: Tab; span: Span }[] {
  const own = filterArea(workbook, filter);
  if (own !== null) return [own];
  const areas = matchingMetadata(workbook, filter).flatMap((metadata) => {
    const area = locationArea(workbook, metadata.location);
    return area === null ? workbook.tabs.map((tab) => ({ tab, span: wholeGrid(tab) })) : [area];
  });
  const seen = new Set<string>();
  return areas.filter(({ tab, span }) => {
    const key = `${tab.sheetId} ${JSON.stringify(span)}`;
    return seen.has(key) ? false : seen.add(key);
  });
}

/** `developerMetadata:search`: each match once, with the filters that found it. */
export function searchMetadata(workbook: Workbook, filters: readonly JsonObject[]): JsonObject {
  const found = new Map<DeveloperMetadata, JsonObject[]>();
  for (const filter of filters) {
    for (const metadata of matchingMetadata(workbook, filter)) {
      found.set(metadata, [...(found.get(metadata) ?? []), filter]);
    }
  }
  if (found.size === 0) return {};
  const matched = [...found].map(([developerMetadata, dataFilters]) => ({ developerMetadata, dataFilters }));
  return { matchedDeveloperMetadata: matched };
}
