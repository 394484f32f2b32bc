/** An .xlsx as a workbook; exceljs reads it. */

import type {
  CellValue,
  Cell as ExcelCell,
  Workbook as ExcelWorkbook,
  Worksheet,
  WorksheetView,
} from 'exceljs';
import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import { columnIndex } from './a1.ts';
import { rewrite } from './formula.ts';
import type { Cell, ExtendedValue, Span, Tab, Workbook } from './model.ts';
import { newTab, putCell } from './model.ts';
import type { SheetsState } from './sheets-state.ts';
import { idForNewTab, withStateOf } from './sheets-state.ts';
import { formatOfStyle, pxOfHeight, pxOfWidth, tabColorOf } from './xlsx-style.ts';

const MS_PER_DAY = 86_400_000;
const UNIX_EPOCH_SERIAL = 25_569;
const LAST_ROW = 1_048_576;
const ERROR_TYPES: Record<string, string> = {
  '#REF!': 'REF',
  '#DIV/0!': 'DIVIDE_BY_ZERO',
  '#N/A': 'N_A',
  '#NAME?': 'NAME',
  '#NUM!': 'NUM',
  '#VALUE!': 'VALUE',
  '#NULL!': 'NULL_VALUE',
};

/** As Sheets writes it: no prefixes for newer functions, open ends instead of Excel's last row. */
function sheetsFormula(formula: string): string {
  const bare = formula.replaceAll(/_xlfn\.(?:_xlws\.)?|_xlws\./g, '').replaceAll('_xlpm.', '');
  return `=${rewrite(bare.startsWith('=') ? bare.slice(1) : bare, (reference) => {
    const { end } = reference;
    return end?.row === LAST_ROW - 1 ? { ...reference, end: { ...end, row: null } } : reference;
  })}`;
}

function plainValue(value: CellValue): ExtendedValue | undefined {
  if (typeof value === 'number') return { numberValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'string') return value === '' ? undefined : { stringValue: value };
  if (value instanceof Date) {
    const serial = value.getTime() / MS_PER_DAY + UNIX_EPOCH_SERIAL;
    return { numberValue: Math.round(serial * 1e9) / 1e9 };
  }
  if (value === null || value === undefined) return undefined;
  if ('error' in value) return { errorValue: { type: ERROR_TYPES[value.error] ?? 'ERROR', message: '' } };
  if ('richText' in value) return plainValue(value.richText.map(({ text }) => text).join(''));
  // The text of a link may be rich text itself, whatever the types say.
  if ('hyperlink' in value) return plainValue(value.text as CellValue);
  return undefined;
}

function enteredIn(cell: ExcelCell): ExtendedValue | undefined {
  const { value } = cell;
  // `cell.formula` also spells out the formulas that a cell shares with another one.
  const formula: string | undefined = cell.formula;
  if (typeof formula === 'string' && formula !== '') return { formulaValue: sheetsFormula(formula) };
  if (typeof value === 'object' && value !== null && 'result' in value) {
    return plainValue(value.result as CellValue);
  }
  return plainValue(value);
}

function noteOf(cell: ExcelCell): string {
  const note: unknown = cell.note;
  if (typeof note === 'string') return note;
  const texts = (note as { texts?: { text: string }[] } | undefined)?.texts ?? [];
  return texts.map(({ text }) => text).join('');
}

function readCell(cell: ExcelCell): Cell {
  const merged = cell.isMerged && cell.master.address !== cell.address;
  const value = merged ? undefined : enteredIn(cell);
  const style = formatOfStyle(cell.style);
  const link = merged ? undefined : cell.hyperlink;
  const format =
    link === undefined || link === ''
      ? style
      : { ...style, textFormat: { ...style?.textFormat, link: { uri: link } } };
  const note = merged ? '' : noteOf(cell);
  return {
    ...(value === undefined ? {} : { value }),
    ...(format === undefined ? {} : { format }),
    ...(note === '' ? {} : { note }),
  };
}

function spanOfMerge(text: string): Span | null {
  const match = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(text);
  if (match === null) return null;
  const [, startLetters = '', startDigits, endLetters = '', endDigits] = match;
  return {
    startRow: Number(startDigits) - 1,
    endRow: Number(endDigits),
    startColumn: columnIndex(startLetters),
    endColumn: columnIndex(endLetters) + 1,
  };
}

function readSizes(sheet: Worksheet, tab: Tab): void {
  const columns: (Partial<ExcelJS.Column> | undefined)[] = sheet.columns ?? [];
  columns.forEach((column, index) => {
    const size = column?.width === undefined ? {} : { pixelSize: pxOfWidth(column.width) };
    const hidden = column?.hidden === true ? { hidden: true } : {};
    if (Object.keys({ ...size, ...hidden }).length > 0) tab.columnInfo[index] = { ...size, ...hidden };
  });
  sheet.eachRow({ includeEmpty: true }, (row, number) => {
    const height: number | undefined = row.height;
    const size = height === undefined || Number.isNaN(height) ? {} : { pixelSize: pxOfHeight(height) };
    const hidden = row.hidden ? { hidden: true } : {};
    if (Object.keys({ ...size, ...hidden }).length > 0) tab.rowInfo[number - 1] = { ...size, ...hidden };
  });
}

function readTab(sheet: Worksheet, sheetId: number): Tab {
  const tab = newTab(sheetId, sheet.name);
  tab.hidden = sheet.state !== 'visible';
  tab.tabColor = tabColorOf(sheet.properties.tabColor);
  // A file without views makes exceljs answer null, whatever its types say.
  const views: readonly Partial<WorksheetView>[] | null = sheet.views;
  const view = views?.[0];
  if (view?.state === 'frozen') {
    tab.frozenRowCount = view.ySplit ?? 0;
    tab.frozenColumnCount = view.xSplit ?? 0;
  }
  tab.hideGridlines = view?.showGridLines === false;
  sheet.eachRow({ includeEmpty: false }, (row, rowNumber) => {
    row.eachCell({ includeEmpty: true }, (cell, columnNumber) => {
      const read = readCell(cell);
      if (Object.keys(read).length > 0) putCell(tab, rowNumber - 1, columnNumber - 1, read);
    });
  });
  readSizes(sheet, tab);
  const merges: readonly string[] = sheet.model.merges ?? [];
  tab.merges = merges.flatMap((text) => spanOfMerge(text) ?? []);
  const mergedRows = tab.merges.map((merge) => merge.endRow);
  const mergedColumns = tab.merges.map((merge) => merge.endColumn);
  tab.rowCount = Math.max(tab.rowCount, tab.rows.length, tab.rowInfo.length, ...mergedRows);
  tab.columnCount = tab.rows.reduce(
    (most, row) => Math.max(most, row?.length ?? 0),
    Math.max(tab.columnCount, ...mergedColumns),
  );
  return tab;
}

/** Parts of the file that this server has no place for, in words. */
function droppedParts(book: ExcelWorkbook, names: readonly string[]): string[] {
  const dropped: string[] = [];
  for (const sheet of book.worksheets) {
    const images = sheet.getImages().length;
    if (images > 0) dropped.push(`${sheet.name}: ${images} ${images === 1 ? 'image' : 'images'}`);
    const rules = (sheet as unknown as { conditionalFormattings?: unknown[] }).conditionalFormattings ?? [];
    if (rules.length > 0) dropped.push(`${sheet.name}: conditional formatting`);
    const validations = (sheet as unknown as { dataValidations?: { model?: object } }).dataValidations;
    if (Object.keys(validations?.model ?? {}).length > 0) dropped.push(`${sheet.name}: data validation`);
  }
  const count = (pattern: RegExp, word: string): void => {
    const found = names.filter((name) => pattern.test(name)).length;
    if (found > 0) dropped.push(`${found} ${found === 1 ? word : `${word}s`}`);
  };
  count(/^xl\/charts\/chart\d+\.xml$/, 'chart');
  count(/^xl\/pivotTables\/pivotTable\d+\.xml$/, 'pivot table');
  count(/^xl\/tables\/table\d+\.xml$/, 'table');
  if (names.includes('xl/vbaProject.bin')) dropped.push('macros');
  const defined = book.definedNames.model.filter(({ name }) => !name.startsWith('_xlnm'));
  if (defined.length > 0)
    dropped.push(`${defined.length} named ${defined.length === 1 ? 'range' : 'ranges'}`);
  return dropped;
}

async function openedBook(xlsx: Uint8Array): Promise<{ book: ExcelWorkbook; names: string[] }> {
  const names: string[] = [];
  try {
    unzipSync(xlsx, {
      filter: (file) => {
        names.push(file.name);
        return false;
      },
    });
  } catch (cause) {
    throw new Error('The workbook is not an .xlsx file: it is no zip archive.', { cause });
  }
  if (!names.includes('xl/workbook.xml')) {
    throw new Error('The workbook is not an .xlsx file: the archive has no xl/workbook.xml.');
  }
  const book = new ExcelJS.Workbook();
  try {
    const copy = new ArrayBuffer(xlsx.byteLength);
    new Uint8Array(copy).set(xlsx);
    await book.xlsx.load(copy);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The .xlsx file can't be read: ${words}`, { cause });
  }
  return { book, names };
}

/**
 * Reads the bytes of an .xlsx; `state` gives ids, grid sizes and metadata back to the tabs that it knows by title.
 * @throws Error with a sentence for the person, when the file is broken or has no tab.
 */
export async function readXlsx(
  xlsx: Uint8Array,
  state: SheetsState | null,
): Promise<{ workbook: Workbook; dropped: string[] }> {
  const { book, names } = await openedBook(xlsx);
  if (book.worksheets.length === 0) throw new Error("The .xlsx file can't be read: it has no worksheet.");
  const taken = new Set(Object.values(state?.tabs ?? {}).map(({ sheetId }) => sheetId));
  const tabs = book.worksheets.map((sheet, position) => {
    const known = Object.hasOwn(state?.tabs ?? {}, sheet.name) ? state?.tabs[sheet.name] : undefined;
    const sheetId = known?.sheetId ?? idForNewTab(position, taken);
    taken.add(sheetId);
    const tab = readTab(sheet, sheetId);
    if (known !== undefined) {
      const usedColumns = tab.rows.reduce((most, row) => Math.max(most, row?.length ?? 0), 0);
      tab.rowCount = Math.max(known.rowCount, tab.rows.length);
      tab.columnCount = Math.max(known.columnCount, usedColumns);
      tab.conditionalFormats = [...known.conditionalFormats];
    }
    return tab;
  });
  if (tabs.every((tab) => tab.hidden)) {
    throw new Error("The .xlsx file can't be used: all of its tabs are hidden.");
  }
  const workbook: Workbook = {
    title: 'Workbook',
    locale: 'en_US',
    timeZone: 'America/New_York',
    tabs,
    metadata: [],
    protectedRanges: [],
  };
  return { workbook: withStateOf(workbook, state), dropped: droppedParts(book, names) };
}
