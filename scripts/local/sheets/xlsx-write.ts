/** A workbook as .xlsx, the same bytes for the same content and clock. */

import type { CellValue, Worksheet } from 'exceljs';
import ExcelJS from 'exceljs';
import type { Zippable } from 'fflate';
import { unzipSync, zipSync } from 'fflate';
import { ERROR_TEXTS } from './display.ts';
import type { Evaluation } from './evaluate.ts';
import { rewrite } from './formula.ts';
import type { Cell, CellFormat, ExtendedValue, Tab, Workbook } from './model.ts';
import { DEFAULT_COLUMN_PX, DEFAULT_ROW_PX, eachCell } from './model.ts';
import { heightOfPx, styleOfFormat, toExcelColor, widthOfPx } from './xlsx-style.ts';

const LAST_ROW = 1_048_576;

/** Excel knows no `A5:A`. */
function excelFormula(formula: string): string {
  return rewrite(formula.slice(1), (reference) => {
    const { start, end } = reference;
    if (end === null || start.row === null || end.row !== null) return reference;
    return { ...reference, end: { ...end, row: LAST_ROW - 1 } };
  });
}

/** Excel has no #ERROR!. */
function excelError(type: string): {
  error: '#N/A' | '#REF!' | '#NAME?' | '#DIV/0!' | '#NULL!' | '#VALUE!' | '#NUM!';
} {
  const text = type === 'ERROR' ? '#NAME?' : ERROR_TEXTS[type];
  switch (text) {
    case '#N/A':
    case '#REF!':
    case '#DIV/0!':
    case '#NULL!':
    case '#VALUE!':
    case '#NUM!':
      return { error: text };
    default:
      return { error: '#NAME?' };
  }
}

function excelValue(value: ExtendedValue): number | string | boolean | ReturnType<typeof excelError> {
  if ('numberValue' in value) return value.numberValue;
  if ('boolValue' in value) return value.boolValue;
  if ('errorValue' in value) return excelError(value.errorValue.type);
  return 'stringValue' in value ? value.stringValue : '';
}

function writtenValue(cell: Cell, computed: ExtendedValue | undefined): CellValue {
  const { value } = cell;
  if (value === undefined) return null;
  if ('formulaValue' in value) {
    const result = computed === undefined ? undefined : excelValue(computed);
    const formula = excelFormula(value.formulaValue);
    return result === undefined ? { formula, date1904: false } : { formula, result, date1904: false };
  }
  const link = cell.format?.textFormat?.link?.uri;
  if (link !== undefined && 'stringValue' in value) return { text: value.stringValue, hyperlink: link };
  return excelValue(value);
}

type Styles = (format: CellFormat) => Partial<ExcelJS.Style>;

/** Equal formats get one style: exceljs looks a style up by itself, and writes the XML of one that it hasn't seen. */
function sharedStyles(): Styles {
  const byFormat = new Map<CellFormat, Partial<ExcelJS.Style>>();
  const byText = new Map<string, Partial<ExcelJS.Style>>();
  return (format) => {
    const known = byFormat.get(format);
    if (known !== undefined) return known;
    const made = styleOfFormat(format);
    const text = JSON.stringify(made);
    const style = byText.get(text) ?? made;
    byText.set(text, style);
    byFormat.set(format, style);
    return style;
  };
}

function writeTab(sheet: Worksheet, tab: Tab, evaluation: Evaluation, styleOf: Styles): void {
  sheet.state = tab.hidden ? 'hidden' : 'visible';
  if (tab.tabColor !== null) sheet.properties.tabColor = toExcelColor(tab.tabColor);
  const showGridLines = !tab.hideGridlines;
  const frozen = tab.frozenRowCount > 0 || tab.frozenColumnCount > 0;
  sheet.views = frozen
    ? [{ state: 'frozen', xSplit: tab.frozenColumnCount, ySplit: tab.frozenRowCount, showGridLines }]
    : [{ state: 'normal', showGridLines }];
  // Hidden ones are always sized: exceljs gives such a column its own width, and leaves out an empty row.
  tab.columnInfo.forEach((info, index) => {
    if (info === undefined) return;
    const column = sheet.getColumn(index + 1);
    const px = info.pixelSize ?? (info.hidden === true ? DEFAULT_COLUMN_PX : undefined);
    if (px !== undefined) column.width = widthOfPx(px);
    if (info.hidden === true) column.hidden = true;
  });
  tab.rowInfo.forEach((info, index) => {
    if (info === undefined) return;
    const row = sheet.getRow(index + 1);
    const px = info.pixelSize ?? (info.hidden === true ? DEFAULT_ROW_PX : undefined);
    if (px !== undefined) row.height = heightOfPx(px);
    if (info.hidden === true) row.hidden = true;
  });
  eachCell(tab, (cell, row, column) => {
    const written = sheet.getCell(row + 1, column + 1);
    const value = writtenValue(cell, evaluation.at(tab, row, column)?.value);
    if (value !== null) written.value = value;
    if (cell.note !== undefined) written.note = cell.note;
    if (cell.format !== undefined) written.style = styleOf(cell.format);
  });
  for (const { startRow, startColumn, endRow, endColumn } of tab.merges) {
    sheet.mergeCellsWithoutStyle(startRow + 1, startColumn + 1, endRow, endColumn);
  }
}

/** Archive members carry no time of their own: the clock's is in the document properties. */
const ZIP_TIME = new Date(1980, 0, 1);

export async function writeXlsx(
  workbook: Workbook,
  evaluation: Evaluation,
  nowMs: number,
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const now = new Date(nowMs);
  book.creator = 'Purser';
  book.lastModifiedBy = 'Purser';
  book.created = now;
  book.modified = now;
  book.title = workbook.title;
  const styleOf = sharedStyles();
  for (const tab of workbook.tabs) writeTab(book.addWorksheet(tab.title), tab, evaluation, styleOf);
  // Not compressed: the archive is made anew below.
  const options = { zip: { compression: 'STORE' } } as Parameters<typeof book.xlsx.writeBuffer>[0];
  const parts = unzipSync(new Uint8Array(await book.xlsx.writeBuffer(options)));
  const members: Zippable = {};
  for (const name of Object.keys(parts).sort()) {
    const bytes = parts[name];
    if (bytes !== undefined) members[name] = [bytes, { mtime: ZIP_TIME }];
  }
  return zipSync(members, { level: 6 });
}
