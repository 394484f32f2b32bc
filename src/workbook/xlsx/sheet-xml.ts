/** The worksheet's XML: cells, sizes, merges, frozen panes, print setup. */
import type { CellFormat, GridArea } from '../../statement/grid.ts';
import { cellName, columnName } from '../../statement/grid.ts';
import type { SheetPlan } from '../../statement/sheet-plan.ts';
import { excelFormula } from './excel-formula.ts';
import type { SharedStrings } from './shared-strings.ts';
import type { StyleNeeds, Styles } from './styles.ts';
import { DEFAULT_FONT_POINTS } from './styles.ts';
import { wrappedHeightPx } from './text-height.ts';
import { escapeXstring, fitText } from './xml-text.ts';

/** What the sheet shows in a cell; an error is its name (`#DIV/0!`), an empty cell null. */
export type Computed = (row: number, column: number) => string | number | boolean | null;

export interface SheetXmlInput {
  readonly plan: SheetPlan;
  readonly computed: Computed;
  readonly styles: Styles;
  readonly strings: SharedStrings;
  /** In Excel's codes: `&LPurser&CPage &P of &N`. */
  readonly footer: string;
}

/** `xl/worksheets/sheet1.xml`; elements stand in the order of ECMA-376 part 1, 18.3.1.99. */
export function sheetXml(input: SheetXmlInput): string {
  const { plan } = input;
  const merges = separateMerges(plan.merges);
  const rows = rowsXml(input, rowMergeWidths(merges, plan.columnWidthsPx));
  const last = lastCell(plan);
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<dimension ref="A1:${last}"/>`,
    viewsXml(plan),
    `<sheetFormatPr defaultColWidth="${columnWidth(100)}" defaultRowHeight="${rowHeightPoints(21)}"/>`,
    colsXml(plan.columnWidthsPx),
    '<sheetData>',
    ...rows,
    '</sheetData>',
    mergesXml(merges),
    '<printOptions horizontalCentered="1"/>',
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.65" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="1" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    `<headerFooter><oddFooter>${escapeXstring(input.footer)}</oddFooter></headerFooter>`,
    // Charter ids and departures are texts by intent; no green corners on them.
    `<ignoredErrors><ignoredError sqref="A1:${last}" numberStoredAsText="1"/></ignoredErrors>`,
    '</worksheet>',
  ].join('');
}

/** The last used cell, `N25`; `A1` for an empty plan. */
export function lastCell(plan: SheetPlan): string {
  const columns = plan.rows.reduce((widest, cells) => Math.max(widest, cells.length), 1);
  return cellName(Math.max(1, plan.rows.length) - 1, columns - 1);
}

/**
 * A column's width as the file has it: in digits of the default font, padding included. Arial 10 and Calibri 11
 * have digits of 7 pixels. (Excel's dialog shows 5 pixels less; ECMA-376 part 1, 18.3.1.13; no wider than 255:
 * learn.microsoft.com/en-us/openspecs/office_standards/ms-oi29500/727f4736-6cba-40e3-b4d3-ce319885780e.)
 */
function columnWidth(px: number): number {
  return Math.round(Math.min(255, Math.max(0, px / 7)) * 256) / 256;
}

/** Excel's rows are at most 409.5 points high (support.microsoft.com/office/excel-specifications-and-limits). */
function rowHeightPoints(px: number): number {
  return Math.min(409.5, Math.max(0, px * 0.75));
}

function viewsXml(plan: SheetPlan): string {
  const { frozenRows, frozenColumns } = plan;
  if (frozenRows === 0 && frozenColumns === 0) {
    return '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>';
  }
  const pane = frozenColumns === 0 ? 'bottomLeft' : frozenRows === 0 ? 'topRight' : 'bottomRight';
  const split = [
    frozenColumns === 0 ? '' : ` xSplit="${frozenColumns}"`,
    frozenRows === 0 ? '' : ` ySplit="${frozenRows}"`,
  ].join('');
  const corner = cellName(frozenRows, frozenColumns);
  return [
    '<sheetViews><sheetView tabSelected="1" workbookViewId="0">',
    `<pane${split} topLeftCell="${corner}" activePane="${pane}" state="frozen"/>`,
    `<selection pane="${pane}" activeCell="${corner}" sqref="${corner}"/>`,
    '</sheetView></sheetViews>',
  ].join('');
}

function colsXml(widthsPx: readonly number[]): string {
  const cols = widthsPx.map((widthPx, column) => {
    return `<col min="${column + 1}" max="${column + 1}" width="${columnWidth(widthPx)}" customWidth="1"/>`;
  });
  return cols.length === 0 ? '' : `<cols>${cols.join('')}</cols>`;
}

function mergesXml(merges: readonly GridArea[]): string {
  if (merges.length === 0) return '';
  const areas = merges.map((area) => {
    const from = cellName(area.startRow, area.startColumn);
    return `<mergeCell ref="${from}:${cellName(area.endRow - 1, area.endColumn - 1)}"/>`;
  });
  return `<mergeCells count="${areas.length}">${areas.join('')}</mergeCells>`;
}

/** Excel repairs a file with merges of one cell, or with merges that overlap: of those the first one stays. */
function separateMerges(merges: readonly GridArea[]): GridArea[] {
  const taken = new Set<number>();
  return merges.filter((area) => {
    const cells: number[] = [];
    for (let row = area.startRow; row < area.endRow; row++) {
      for (let column = area.startColumn; column < area.endColumn; column++)
        cells.push(row * 20_000 + column);
    }
    if (cells.length < 2 || cells.some((cell) => taken.has(cell))) return false;
    for (const cell of cells) taken.add(cell);
    return true;
  });
}

/** Pixels across, by first cell, of the merges that stay in one row: Excel never fits a row to those. */
function rowMergeWidths(merges: readonly GridArea[], widthsPx: readonly number[]): Map<string, number> {
  const widths = new Map<string, number>();
  for (const area of merges) {
    const inOneRow = area.endRow - area.startRow === 1;
    const width = widthsPx.slice(area.startColumn, area.endColumn).reduce((sum, px) => sum + px, 0);
    widths.set(`${area.startRow}:${area.startColumn}`, inOneRow ? width : Number.POSITIVE_INFINITY);
  }
  return widths;
}

const PLAIN: StyleNeeds = { quoted: false, wrapped: false };
/** Excel takes what is typed as a formula when it begins so; an apostrophe it takes for its own quote. */
const LOOKS_LIKE_FORMULA = /^[=+\-@']/;

function rowsXml(input: SheetXmlInput, mergedWidthsPx: ReadonlyMap<string, number>): string[] {
  const { plan, computed, styles, strings } = input;
  const letters: string[] = [];
  const rows: string[] = [];
  let hasUnwritten = false;
  plan.rows.forEach((cells, row) => {
    const parts: string[] = [];
    const plannedPx = plan.rowHeightsPx[row] ?? 21;
    let neededPx = 0;
    let mergeNeedsIt = false;
    const name = (column: number): string => {
      const letter = letters[column] ?? columnName(column);
      letters[column] = letter;
      return `${letter}${row + 1}`;
    };
    const put = (column: number, format: CellFormat, value: string | number | boolean | null): void => {
      const text = typeof value === 'string' && !ERRORS.has(value) ? fitText(value) : null;
      const style = styles.indexOf(format, text === null ? PLAIN : needsOf(text));
      const attributes = style === 0 ? `r="${name(column)}"` : `r="${name(column)}" s="${style}"`;
      if (text !== null && text !== '') {
        noteHeight(column, format, text);
        parts.push(`<c ${attributes} t="s"><v>${strings.indexOf(text)}</v></c>`);
      } else if (value === null || value === '') {
        if (style !== 0) parts.push(`<c ${attributes}/>`);
      } else {
        const { type, content } = literalValue(value);
        parts.push(`<c ${attributes}${type === 'n' ? '' : ` t="${type}"`}><v>${content}</v></c>`);
      }
    };
    const putFormula = (column: number, format: CellFormat, formula: string): void => {
      const value = computed(row, column);
      const excel = value === '#ERROR!' || value === '#NAME?' ? null : excelFormula(formula);
      if (excel === null) {
        hasUnwritten = true;
        put(column, format, value);
        return;
      }
      const cell = name(column);
      const text = typeof value === 'string' && !ERRORS.has(value) ? fitText(value) : null;
      const style = styles.indexOf(format, { quoted: false, wrapped: text?.includes('\n') ?? false });
      if (text !== null) noteHeight(column, format, text);
      const { type, content } = literalValue(value ?? '');
      const array = excel.isArray ? ` t="array" ref="${cell}"` : '';
      parts.push(
        `<c r="${cell}"${style === 0 ? '' : ` s="${style}"`}${type === 'n' ? '' : ` t="${type}"`}>`,
        `<f${array}>${escapeXstring(excel.text)}</f><v>${content}</v></c>`,
      );
    };
    const noteHeight = (column: number, format: CellFormat, text: string): void => {
      const wraps = format.wrapStrategy === 'WRAP' || (text.includes('\n') && format.wrapStrategy !== 'CLIP');
      if (!wraps) return;
      const mergedPx = mergedWidthsPx.get(`${row}:${column}`);
      const widthPx = mergedPx ?? plan.columnWidthsPx[column] ?? 100;
      if (widthPx === Number.POSITIVE_INFINITY) return;
      const font = format.textFormat;
      const px = wrappedHeightPx(text, widthPx, font?.fontSize ?? DEFAULT_FONT_POINTS, font?.bold === true);
      if (px > plannedPx && mergedPx !== undefined) mergeNeedsIt = true;
      neededPx = Math.max(neededPx, px);
    };
    cells.forEach((cell, column) => {
      const { input: content, format } = cell;
      if (content.kind === 'text') put(column, format, content.text);
      else if (content.kind === 'number') put(column, format, content.number);
      else if (content.kind === 'boolean') put(column, format, content.boolean);
      else if (content.kind === 'formula') putFormula(column, format, content.formula);
      // Only a formula that isn't written (ARRAYFORMULA, QUERY) can have filled a cell that has no input.
      else put(column, format, hasUnwritten ? computed(row, column) : null);
    });
    // A grown row has no customHeight, so that Excel fits it again when its text changes.
    const custom = neededPx <= plannedPx || mergeNeedsIt ? ' customHeight="1"' : '';
    const height = rowHeightPoints(Math.max(plannedPx, neededPx));
    rows.push(`<row r="${row + 1}" ht="${height}"${custom}>`, parts.join(''), '</row>');
  });
  return rows;
}

function needsOf(text: string): StyleNeeds {
  const quoted = LOOKS_LIKE_FORMULA.test(text);
  const wrapped = text.includes('\n');
  return quoted || wrapped ? { quoted, wrapped } : PLAIN;
}

/** Sheets' errors as ST_CellErrorType (ECMA-376 part 1, 18.18.11); a parse error is Sheets' own. */
const ERRORS = new Map([
  ['#DIV/0!', '#DIV/0!'],
  ['#N/A', '#N/A'],
  ['#NAME?', '#NAME?'],
  ['#NULL!', '#NULL!'],
  ['#NUM!', '#NUM!'],
  ['#REF!', '#REF!'],
  ['#VALUE!', '#VALUE!'],
  ['#ERROR!', '#VALUE!'],
]);

function literalValue(value: string | number | boolean): { type: 'n' | 'b' | 'e' | 'str'; content: string } {
  if (typeof value === 'boolean') return { type: 'b', content: value ? '1' : '0' };
  if (typeof value === 'number') {
    return Number.isFinite(value) ? { type: 'n', content: String(value) } : { type: 'e', content: '#NUM!' };
  }
  const error = ERRORS.get(value);
  return error === undefined
    ? { type: 'str', content: escapeXstring(fitText(value)) }
    : { type: 'e', content: error };
}
