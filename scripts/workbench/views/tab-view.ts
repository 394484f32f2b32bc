/** A tab for the page: formats in the browser’s words. */

import type { CellLook, TabLook, TabTitle } from '../../local/sheets/look.ts';
import type { Border, CellFormat, Color, GridRange } from '../../local/sheets/model.ts';
import type { Area, BorderStyle, Borders, CellStyle, CellView, TabLine, TabView } from '../contract.ts';
import { quotedText } from './formula-bar.ts';

export function tabLine({ sheetId, title, hidden, color }: TabTitle): TabLine {
  return { id: sheetId, title, hidden, color: color === null ? null : hex(color) };
}

/** @param from the first row that was looked at */
export function tabView(look: TabLook, from: number): TabView {
  const styles: CellStyle[] = [{}];
  const numbers = new Map<string, number>([['{}', 0]]);
  const styleNumber = (style: CellStyle): number => {
    const key = JSON.stringify(style);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, styles.length);
    return styles.push(style) - 1;
  };
  const cells = look.cells.map((cell): CellView => {
    const link = cell.format.textFormat?.link?.uri ?? null;
    return {
      row: cell.row,
      column: cell.column,
      text: cell.text,
      input: quotedText(cell),
      kind: kindOf(cell),
      style: styleNumber(styleOf(cell.format)),
      link: link?.startsWith('https://') === true ? link : null,
      note: cell.note,
    };
  });
  return {
    ...tabLine(look),
    rowCount: look.rowCount,
    columnCount: look.columnCount,
    frozenRows: look.frozenRowCount,
    frozenColumns: look.frozenColumnCount,
    gridlines: !look.hideGridlines,
    columnWidths: look.columnPx,
    rowHeights: look.rowPx,
    rowsOfNote: look.rowPx.length,
    from,
    cells,
    styles,
    merges: look.merges,
    protections: look.protections.map(({ range, rest }) => ({
      area: areaOf(range, look),
      description: typeof rest.description === 'string' ? rest.description : '',
      warningOnly: rest.warningOnly === true,
    })),
  };
}

function kindOf({ shown }: CellLook): CellView['kind'] {
  if (shown === null) return 'empty';
  if ('numberValue' in shown) return 'number';
  if ('boolValue' in shown) return 'boolean';
  return 'errorValue' in shown ? 'error' : 'text';
}

function areaOf(range: GridRange, look: TabLook): Area | null {
  const { startRowIndex, endRowIndex, startColumnIndex, endColumnIndex } = range;
  if ([startRowIndex, endRowIndex, startColumnIndex, endColumnIndex].every((bound) => bound === undefined))
    return null;
  return {
    startRow: startRowIndex ?? 0,
    endRow: endRowIndex ?? look.rowCount,
    startColumn: startColumnIndex ?? 0,
    endColumn: endColumnIndex ?? look.columnCount,
  };
}

const ALIGNED = { LEFT: 'left', CENTER: 'center', RIGHT: 'right' } as const;
const VERTICAL = { TOP: 'top', MIDDLE: 'middle', BOTTOM: 'bottom' } as const;

function picked<T>(names: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  return name !== undefined && Object.hasOwn(names, name) ? names[name] : undefined;
}

function styleOf(format: CellFormat): CellStyle {
  const { textFormat: text = {} } = format;
  const fill = format.backgroundColor === undefined ? '#ffffff' : hex(format.backgroundColor);
  const color = text.foregroundColor === undefined ? '#000000' : hex(text.foregroundColor);
  const align = picked(ALIGNED, format.horizontalAlignment);
  const vertical = picked(VERTICAL, format.verticalAlignment);
  const borders = bordersOf(format);
  return {
    ...(text.bold === true ? { bold: true } : {}),
    ...(text.italic === true ? { italic: true } : {}),
    ...(text.underline === true ? { underline: true } : {}),
    ...(text.strikethrough === true ? { strikethrough: true } : {}),
    ...(isPlainFont(text.fontFamily) ? {} : { fontFamily: text.fontFamily }),
    ...(text.fontSize === undefined || text.fontSize === 10 ? {} : { fontSize: text.fontSize }),
    ...(color === '#000000' ? {} : { color }),
    ...(fill === '#ffffff' ? {} : { fill }),
    ...(align === undefined || align === 'left' ? {} : { align }),
    ...(vertical === undefined || vertical === 'bottom' ? {} : { vertical }),
    ...(format.wrapStrategy === 'WRAP' ? { wrap: true } : {}),
    ...(borders === null ? {} : { borders }),
  };
}

/** Nothing but letters: it becomes part of a style. */
function isPlainFont(family: string | undefined): family is undefined {
  return family === undefined || family === 'Arial' || !/^[A-Za-z0-9 ]{1,40}$/.test(family);
}

function bordersOf({ borders = {} }: CellFormat): Borders | null {
  const sides = (['top', 'right', 'bottom', 'left'] as const).flatMap((side) => {
    const border = borders[side];
    return border === undefined ? [] : [[side, borderOf(border)] as const];
  });
  return sides.length === 0 ? null : (Object.fromEntries(sides) as Borders);
}

const LINES = { DASHED: 'dashed', DOTTED: 'dotted', DOUBLE: 'double' } as const;

function borderOf({ style, width, color }: Border): BorderStyle {
  return { line: picked(LINES, style) ?? 'solid', px: width ?? 1, color: hex(color ?? {}) };
}

function hex({ red = 0, green = 0, blue = 0 }: Color): string {
  const channel = (share: number): string =>
    Math.round(Math.min(1, Math.max(0, share)) * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(red)}${channel(green)}${channel(blue)}`;
}
