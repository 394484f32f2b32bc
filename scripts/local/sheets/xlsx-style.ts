/** Cell formats to and from what exceljs calls a style. */
import type {
  BorderStyle,
  Border as ExcelBorder,
  Borders as ExcelBorders,
  Color as ExcelColor,
  Style,
} from 'exceljs';
import { DEFAULT_FORMAT, normalisedFormat } from './cell-format.ts';
import type { Border, CellFormat, Color, NumberFormat, TextFormat } from './model.ts';

const DEFAULT_TEXT = DEFAULT_FORMAT.textFormat;

/** The Office theme, in the order of its indexes: workbooks by Excel name colours by these. */
const THEME = 'FFFFFF 000000 E7E6E6 44546A 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72'.split(
  ' ',
);

const BORDER_TO_SHEETS: Partial<Record<BorderStyle, string>> = {
  thin: 'SOLID',
  hair: 'DOTTED',
  dotted: 'DOTTED',
  dashed: 'DASHED',
  dashDot: 'DASHED',
  dashDotDot: 'DASHED',
  medium: 'SOLID_MEDIUM',
  mediumDashed: 'DASHED',
  mediumDashDot: 'DASHED',
  mediumDashDotDot: 'DASHED',
  slantDashDot: 'DASHED',
  thick: 'SOLID_THICK',
  double: 'DOUBLE',
};
const BORDER_TO_EXCEL: Record<string, BorderStyle> = {
  SOLID: 'thin',
  DOTTED: 'dotted',
  DASHED: 'dashed',
  SOLID_MEDIUM: 'medium',
  SOLID_THICK: 'thick',
  DOUBLE: 'double',
};

function hexColor(hex: string, tint = 0): Color {
  const share = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    const tinted = tint < 0 ? value * (1 + tint) : value + (1 - value) * tint;
    return Math.round(tinted * 255) / 255;
  };
  return { red: share(0), green: share(2), blue: share(4) };
}

function fromExcelColor(color: Partial<ExcelColor & { tint: number }> | undefined): Color | undefined {
  if (color?.argb !== undefined && /^[0-9A-Fa-f]{8}$/.test(color.argb)) return hexColor(color.argb.slice(2));
  const themed = color?.theme === undefined ? undefined : THEME[color.theme];
  return themed === undefined ? undefined : hexColor(themed, color?.tint);
}

export function toExcelColor(color: Color): { argb: string } {
  const channel = (share: number | undefined): string =>
    Math.round((share ?? 0) * 255)
      .toString(16)
      .padStart(2, '0');
  return { argb: `ff${channel(color.red)}${channel(color.green)}${channel(color.blue)}`.toUpperCase() };
}

export function tabColorOf(color: Partial<ExcelColor> | undefined): Color | null {
  const found = fromExcelColor(color);
  return found === undefined ? null : (normalisedFormat({ backgroundColor: found }).backgroundColor ?? null);
}

/** The kind of number that a pattern shows; null for the automatic format. */
export function numberFormatOf(pattern: string | undefined): NumberFormat | null {
  if (pattern === undefined || pattern === '' || /^general$/i.test(pattern)) return null;
  if (pattern === '@') return { type: 'TEXT', pattern };
  const bare = pattern.replaceAll(/"[^"]*"|\\.|_.|\*./g, '').replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  const hasTime = /[hs]/i.test(bare);
  const hasDate = /[dy]/i.test(bare) || (/m/i.test(bare) && !hasTime);
  // Without this, the E of 0.00E+00 or a bracketed colour could pass for a date.
  if ((hasDate || hasTime) && !/[0#?]/.test(bare.replaceAll(/s\.0+/gi, ''))) {
    return { type: hasDate && hasTime ? 'DATE_TIME' : hasDate ? 'DATE' : 'TIME', pattern };
  }
  if (bare.includes('%')) return { type: 'PERCENT', pattern };
  if (/e[+-]/i.test(bare)) return { type: 'SCIENTIFIC', pattern };
  return { type: /[$€£¥]/.test(pattern) ? 'CURRENCY' : 'NUMBER', pattern };
}

function fromExcelBorder(border: Partial<ExcelBorder> | undefined): Border | undefined {
  const style = border?.style === undefined ? undefined : BORDER_TO_SHEETS[border.style];
  return style === undefined ? undefined : { style, color: fromExcelColor(border?.color) ?? {} };
}

const HORIZONTAL: Record<string, string> = {
  left: 'LEFT',
  center: 'CENTER',
  right: 'RIGHT',
  centerContinuous: 'CENTER',
};
const VERTICAL: Record<string, string> = { top: 'TOP', middle: 'MIDDLE', center: 'MIDDLE', bottom: 'BOTTOM' };

/** Leaves out what is undefined, which the exact types of formats don't allow. */
function present<T extends object>(parts: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as T;
}

/** The format of an exceljs style; undefined when it says nothing. */
export function formatOfStyle(style: Partial<Style> | undefined): CellFormat | undefined {
  if (style === undefined) return undefined;
  const { font, fill, border, alignment } = style;
  const solid =
    fill?.type === 'pattern' && fill.pattern === 'solid' ? fromExcelColor(fill.fgColor) : undefined;
  const sides = Object.fromEntries(
    (['top', 'bottom', 'left', 'right'] as const).flatMap((side) => {
      const found = fromExcelBorder(border?.[side]);
      return found === undefined ? [] : [[side, found]];
    }),
  );
  const size = font?.size === undefined ? undefined : Math.round(font.size);
  const textFormat = present<TextFormat>({
    // Theme colour 1 is the standard text colour; what equals the spreadsheet's default is not a format.
    foregroundColor: font?.color?.theme === 1 ? undefined : fromExcelColor(font?.color),
    fontFamily: font?.name === DEFAULT_TEXT.fontFamily ? undefined : font?.name,
    fontSize: size === DEFAULT_TEXT.fontSize ? undefined : size,
    bold: font?.bold === true ? true : undefined,
    italic: font?.italic === true ? true : undefined,
    strikethrough: font?.strike === true ? true : undefined,
    underline:
      font?.underline !== undefined && font.underline !== false && font.underline !== 'none'
        ? true
        : undefined,
  });
  const format = present<CellFormat>({
    numberFormat: numberFormatOf(style.numFmt) ?? undefined,
    backgroundColor: solid,
    borders: Object.keys(sides).length > 0 ? sides : undefined,
    horizontalAlignment: HORIZONTAL[alignment?.horizontal ?? ''],
    verticalAlignment: VERTICAL[alignment?.vertical ?? ''],
    wrapStrategy: alignment?.wrapText === true ? 'WRAP' : undefined,
    textFormat: Object.keys(textFormat).length > 0 ? textFormat : undefined,
  });
  const normal = normalisedFormat(format);
  return Object.keys(normal).length === 0 ? undefined : normal;
}

function toExcelBorder(border: Border | undefined): Partial<ExcelBorder> | undefined {
  const style = border?.style === undefined ? undefined : BORDER_TO_EXCEL[border.style];
  return style === undefined ? undefined : { style, color: toExcelColor(border?.color ?? {}) };
}

const EXCEL_HORIZONTAL = { LEFT: 'left', CENTER: 'center', RIGHT: 'right' } as const;
const EXCEL_VERTICAL = { TOP: 'top', MIDDLE: 'middle', BOTTOM: 'bottom' } as const;

function pick<T>(map: Readonly<Record<string, T>>, key: string | undefined): T | undefined {
  return key === undefined ? undefined : map[key];
}

const PATTERNS: Record<string, string> = {
  NUMBER: '#,##0.00',
  PERCENT: '0.00%',
  CURRENCY: '"$"#,##0.00',
  DATE: 'm/d/yyyy',
  TIME: 'h:mm:ss AM/PM',
  DATE_TIME: 'm/d/yyyy h:mm:ss',
  SCIENTIFIC: '0.00E+00',
  TEXT: '@',
};

export function styleOfFormat(format: CellFormat): Partial<Style> {
  const { textFormat: text, numberFormat } = format;
  const borders = present<Partial<ExcelBorders>>({
    top: toExcelBorder(format.borders?.top),
    bottom: toExcelBorder(format.borders?.bottom),
    left: toExcelBorder(format.borders?.left),
    right: toExcelBorder(format.borders?.right),
  } as Partial<ExcelBorders>);
  const alignment = present<NonNullable<Style['alignment']>>({
    horizontal: pick(EXCEL_HORIZONTAL, format.horizontalAlignment),
    vertical: pick(EXCEL_VERTICAL, format.verticalAlignment),
    wrapText: format.wrapStrategy === 'WRAP' ? true : undefined,
  } as Partial<Style['alignment']> as Style['alignment']);
  const font = {
    name: text?.fontFamily ?? DEFAULT_TEXT.fontFamily,
    size: text?.fontSize ?? DEFAULT_TEXT.fontSize,
    ...(text?.bold === true ? { bold: true } : {}),
    ...(text?.italic === true ? { italic: true } : {}),
    ...(text?.underline === true ? { underline: true } : {}),
    ...(text?.strikethrough === true ? { strike: true } : {}),
    ...(text?.foregroundColor === undefined ? {} : { color: toExcelColor(text.foregroundColor) }),
  };
  const numFmt = numberFormat?.pattern ?? pick(PATTERNS, numberFormat?.type);
  return {
    font,
    ...(numFmt === undefined ? {} : { numFmt }),
    ...(Object.keys(borders).length > 0 ? { border: borders } : {}),
    ...(Object.keys(alignment).length > 0 ? { alignment } : {}),
    ...(format.backgroundColor === undefined
      ? {}
      : { fill: { type: 'pattern', pattern: 'solid', fgColor: toExcelColor(format.backgroundColor) } }),
  };
}

/** Excel's column width, in characters of 7 px, its padding included. */
export const widthOfPx = (px: number): number => px / 7;
export const pxOfWidth = (width: number): number => Math.round(width * 7);
/** Row heights are in points. */
export const heightOfPx = (px: number): number => px * 0.75;
export const pxOfHeight = (points: number): number => Math.round(points / 0.75);
