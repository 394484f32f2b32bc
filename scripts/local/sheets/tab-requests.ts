/** batchUpdate requests about tabs and the spreadsheet itself. */
import { invalid } from './api-error.ts';
import { colorOf } from './cell-format.ts';
import type { Mask } from './field-mask.ts';
import { below, names, updateMask } from './field-mask.ts';
import { deleteFromGrid, removeTab, renameTab } from './grid-edits.ts';
import { tabById } from './metadata.ts';
import type { Color, ColorStyle, JsonObject, Tab, Workbook } from './model.ts';
import { copyTab, newTab, tabByTitle } from './model.ts';
import { sheetProperties } from './spreadsheet-json.ts';
import { asBool, asNumber, asObject, asString } from './validate.ts';

/** https://support.google.com/drive/answer/37603 */
const MAX_CELLS = 10_000_000;

function freeSheetId(workbook: Workbook): number {
  // Looks as random as Google's ids, and is the same in every run.
  for (let seed = workbook.tabs.length; ; seed++) {
    const id = (Math.imul(seed + 1, 0x9e3779b1) >>> 1) % 2_000_000_000;
    if (workbook.tabs.every((tab) => tab.sheetId !== id)) return id;
  }
}

function checkTitle(workbook: Workbook, title: string, own: Tab | null): void {
  if (title === '') throw invalid("The sheet name can't be empty.");
  if (title.length > 100) throw invalid('The sheet name cannot be greater than 100 characters.');
  const other = tabByTitle(workbook, title);
  if (other !== undefined && other !== own) {
    throw invalid(`A sheet with the name "${title}" already exists. Please enter another name.`);
  }
}

function checkNewId(workbook: Workbook, id: number): void {
  if (id < 0) throw invalid('Sheet ids must not be negative.');
  if (workbook.tabs.some((tab) => tab.sheetId === id)) {
    throw invalid(`A sheet with id ${id} already exists.`);
  }
}

function checkCellCount(workbook: Workbook): void {
  const cells = workbook.tabs.reduce((sum, tab) => sum + tab.rowCount * tab.columnCount, 0);
  if (cells > MAX_CELLS) {
    throw invalid(
      `This action would increase the number of cells in the workbook above the limit of ${MAX_CELLS} cells.`,
    );
  }
}

function checkVisible(workbook: Workbook, words: string): void {
  if (workbook.tabs.every((tab) => tab.hidden)) throw invalid(words);
}

function freeTitle(workbook: Workbook, base: string, first: number): string {
  for (let number = first; ; number++) {
    const title = number === 1 ? base : `${base}${base.startsWith('Sheet') ? '' : ' '}${number}`;
    if (tabByTitle(workbook, title) === undefined) return title;
  }
}

function setTabColor(tab: Tab, properties: JsonObject): void {
  const style = properties.tabColorStyle as ColorStyle | undefined;
  tab.tabColor = colorOf(properties.tabColor as Color | undefined, style) ?? null;
}

function setGrid(workbook: Workbook, tab: Tab, grid: JsonObject, mask: Mask | null): void {
  const asked = (field: string): boolean => mask === null || names(mask, field);
  const sizes = [
    ['rowCount', 'ROWS'],
    ['columnCount', 'COLUMNS'],
  ] as const;
  for (const [field, dimension] of sizes) {
    if (!asked(field)) continue;
    const wanted = asNumber(grid[field]) ?? 0;
    if (wanted < 1) throw invalid(`gridProperties.${field} must be greater than 0.`);
    if (wanted < tab[field]) deleteFromGrid(workbook, tab, dimension, wanted, tab[field]);
    else tab[field] = wanted;
  }
  checkCellCount(workbook);
  if (asked('frozenRowCount')) tab.frozenRowCount = asNumber(grid.frozenRowCount) ?? 0;
  if (asked('frozenColumnCount')) tab.frozenColumnCount = asNumber(grid.frozenColumnCount) ?? 0;
  if (asked('hideGridlines')) tab.hideGridlines = asBool(grid.hideGridlines) ?? false;
  if (tab.frozenRowCount >= tab.rowCount || tab.frozenRowCount < 0) {
    throw invalid("You can't freeze all visible rows on the sheet.");
  }
  if (tab.frozenColumnCount >= tab.columnCount || tab.frozenColumnCount < 0) {
    throw invalid("You can't freeze all visible columns on the sheet.");
  }
}

export function addSheet(workbook: Workbook, request: JsonObject): JsonObject {
  const properties = asObject(request.properties) ?? {};
  if ((properties.sheetType ?? 'GRID') !== 'GRID') throw invalid('Only GRID sheets can be added.');
  const title = asString(properties.title) ?? freeTitle(workbook, 'Sheet', workbook.tabs.length + 1);
  checkTitle(workbook, title, null);
  const id = asNumber(properties.sheetId) ?? freeSheetId(workbook);
  checkNewId(workbook, id);
  const tab = newTab(id, title);
  tab.hidden = asBool(properties.hidden) ?? false;
  setTabColor(tab, properties);
  const index = asNumber(properties.index) ?? workbook.tabs.length;
  checkIndex(workbook, index);
  workbook.tabs.splice(index, 0, tab);
  const grid = asObject(properties.gridProperties);
  if (grid !== undefined) {
    setGrid(workbook, tab, grid, new Map(Object.keys(grid).map((field) => [field, null])));
  }
  checkCellCount(workbook);
  return { addSheet: { properties: sheetProperties(workbook, tab) } };
}

function checkIndex(workbook: Workbook, index: number): void {
  if (index < 0 || index > workbook.tabs.length) {
    throw invalid(`The sheet index ${index} is out of bounds: there are ${workbook.tabs.length} sheets.`);
  }
}

export function deleteSheet(workbook: Workbook, request: JsonObject): JsonObject {
  const id = asNumber(request.sheetId) ?? 0;
  const tab = workbook.tabs.find((each) => each.sheetId === id);
  if (tab === undefined) throw invalid(`No sheet with id: ${id}`);
  removeTab(workbook, tab);
  if (workbook.tabs.length === 0) throw invalid("You can't remove all the sheets in a document.");
  checkVisible(workbook, "You can't remove all the visible sheets in a document.");
  return {};
}

/**
 * The copy is hidden when its source is, and carries cells, formats, merges, sizes and frozen rows; not
 * protections, conditional formats or developer metadata.
 */
export function duplicateSheet(workbook: Workbook, request: JsonObject): JsonObject {
  const sourceId = asNumber(request.sourceSheetId) ?? 0;
  const source = workbook.tabs.find((each) => each.sheetId === sourceId);
  if (source === undefined) throw invalid(`No sheet with id: ${sourceId}`);
  const title = asString(request.newSheetName) ?? freeTitle(workbook, `Copy of ${source.title}`, 1);
  checkTitle(workbook, title, null);
  const sheetId = asNumber(request.newSheetId) ?? freeSheetId(workbook);
  checkNewId(workbook, sheetId);
  const index = asNumber(request.insertSheetIndex) ?? 0;
  checkIndex(workbook, index);
  const tab: Tab = { ...copyTab(source), sheetId, title, conditionalFormats: [] };
  workbook.tabs.splice(index, 0, tab);
  checkCellCount(workbook);
  return { duplicateSheet: { properties: sheetProperties(workbook, tab) } };
}

const PROPERTY_FIELDS = new Set([
  'title',
  'index',
  'hidden',
  'gridProperties',
  'tabColor',
  'tabColorStyle',
  'rightToLeft',
  '*',
]);

export function updateSheetProperties(workbook: Workbook, request: JsonObject): JsonObject {
  const properties = asObject(request.properties) ?? {};
  const mask = updateMask(request.fields, 'SheetProperties');
  const readOnly = [...mask.keys()].find((field) => !PROPERTY_FIELDS.has(field));
  if (readOnly !== undefined) throw invalid(`Field cannot be changed: ${readOnly}`);
  const tab = tabById(workbook, properties.sheetId);
  if (names(mask, 'title')) {
    const title = asString(properties.title) ?? '';
    checkTitle(workbook, title, tab);
    renameTab(workbook, tab, title);
  }
  if (names(mask, 'gridProperties')) {
    setGrid(workbook, tab, asObject(properties.gridProperties) ?? {}, below(mask, 'gridProperties'));
  }
  if (names(mask, 'tabColor') || names(mask, 'tabColorStyle')) setTabColor(tab, properties);
  if (names(mask, 'hidden')) {
    tab.hidden = asBool(properties.hidden) ?? false;
    checkVisible(workbook, "You can't hide all the sheets in a document.");
  }
  if (names(mask, 'index')) moveTab(workbook, tab, asNumber(properties.index) ?? 0);
  return {};
}

/** The index counts the tabs as they stood before the move: …/spreadsheets/sheets#SheetProperties.FIELDS.index */
function moveTab(workbook: Workbook, tab: Tab, index: number): void {
  checkIndex(workbook, index);
  const current = workbook.tabs.indexOf(tab);
  if (index === current || index === current + 1) return;
  workbook.tabs.splice(current, 1);
  workbook.tabs.splice(index > current ? index - 1 : index, 0, tab);
}

export function updateSpreadsheetProperties(workbook: Workbook, request: JsonObject): JsonObject {
  const properties = asObject(request.properties) ?? {};
  const mask = updateMask(request.fields, 'SpreadsheetProperties');
  for (const field of mask.keys()) {
    if (field !== 'title' && field !== 'locale' && field !== 'timeZone') {
      throw invalid(`The local Sheets server does not change the field ${field}.`);
    }
    const value = asString(properties[field]);
    if (value === undefined || value === '') throw invalid(`${field} must be set.`);
    workbook[field] = value;
  }
  return {};
}
