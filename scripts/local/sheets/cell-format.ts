/** Cell formats: colours in both spellings, defaults, merging by mask. */
import { invalid } from './api-error.ts';
import type { Mask } from './field-mask.ts';
import { mergedByMask } from './field-mask.ts';
import type { Border, CellFormat, Color, ColorStyle, ExtendedValue, NumberFormat } from './model.ts';

/** What a cell without a format looks like in a new spreadsheet. */
export const DEFAULT_FORMAT = {
  backgroundColor: { red: 1, green: 1, blue: 1 },
  padding: { top: 2, right: 3, bottom: 2, left: 3 },
  verticalAlignment: 'BOTTOM',
  wrapStrategy: 'OVERFLOW_CELL',
  textFormat: {
    foregroundColor: {},
    fontFamily: 'Arial',
    fontSize: 10,
    bold: false,
    italic: false,
    strikethrough: false,
    underline: false,
    foregroundColorStyle: { rgbColor: {} },
  },
  backgroundColorStyle: { rgbColor: { red: 1, green: 1, blue: 1 } },
} as const satisfies CellFormat;

/** Zero channels are left out, as in Google's replies. */
function sparse(color: Color): Color {
  return Object.fromEntries(
    Object.entries(color).filter(([name, share]) => name !== 'alpha' && share !== 0),
  ) as Color;
}

/**
 * The plain colour and its style spelling in one: the API writes both, and the style wins when both are set
 * (https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells#CellFormat).
 */
export function colorOf(color: Color | undefined, style: ColorStyle | undefined): Color | undefined {
  if (style?.rgbColor !== undefined) return sparse(style.rgbColor);
  return color === undefined ? undefined : sparse(color);
}

export function normalisedBorder(border: Border | undefined): Border | undefined {
  if (border?.style === undefined || border.style === 'NONE') return undefined;
  const color = colorOf(border.color, border.colorStyle) ?? {};
  const width =
    border.style === 'SOLID_THICK' || border.style === 'DOUBLE' ? 3 : border.style === 'SOLID_MEDIUM' ? 2 : 1;
  return { style: border.style, width, color, colorStyle: { rgbColor: color } };
}

function bothSpellings<C extends string, S extends string>(
  color: Color | undefined,
  name: C,
  styleName: S,
): Partial<Record<C, Color> & Record<S, ColorStyle>> {
  if (color === undefined) return {};
  return { [name]: color, [styleName]: { rgbColor: color } } as Record<C, Color> & Record<S, ColorStyle>;
}

/** @throws SheetsApiError 400 for a number format without a type. */
export function normalisedFormat(format: CellFormat): CellFormat {
  const { backgroundColor, backgroundColorStyle, borders, textFormat, ...rest } = format;
  if (rest.numberFormat !== undefined && rest.numberFormat.type === undefined) {
    throw invalid('NumberFormat.type must be set.');
  }
  const sides = (['top', 'bottom', 'left', 'right'] as const).flatMap((side) => {
    const border = normalisedBorder(borders?.[side]);
    return border === undefined ? [] : [[side, border] as const];
  });
  const { foregroundColor, foregroundColorStyle, ...text } = textFormat ?? {};
  const textColor = colorOf(foregroundColor, foregroundColorStyle);
  const normalText = { ...text, ...bothSpellings(textColor, 'foregroundColor', 'foregroundColorStyle') };
  return {
    ...rest,
    ...bothSpellings(
      colorOf(backgroundColor, backgroundColorStyle),
      'backgroundColor',
      'backgroundColorStyle',
    ),
    ...(sides.length > 0 ? { borders: Object.fromEntries(sides) } : {}),
    ...(Object.keys(normalText).length > 0 ? { textFormat: normalText } : {}),
  };
}

/** A mask that names one spelling of a colour sets the other too. */
function withTwins(mask: Mask): Mask {
  const twins: Mask = new Map(mask);
  for (const [name, deeper] of mask) {
    if (deeper !== null) twins.set(name, withTwins(deeper));
    if (/color$/i.test(name)) twins.set(`${name}Style`, null);
    if (/ColorStyle$/.test(name)) twins.set(name.replace(/Style$/, ''), null);
    if (/color(style)?$/i.test(name)) twins.set(name, null);
  }
  return twins;
}

/**
 * A format with the masked parts of `update`; undefined when nothing is left. Cells that had the same format have the
 * same again: a request often repeats one over a whole tab, and an .xlsx is written by its few formats.
 */
export function formatMerger(
  update: CellFormat,
  mask: Mask | null,
): (old: CellFormat | undefined) => CellFormat | undefined {
  const wanted = mask === null ? null : withTwins(mask);
  const known = new Map<CellFormat | undefined, CellFormat | undefined>();
  return (old) => {
    if (known.has(old)) return known.get(old);
    const merged = mergedByMask(old ?? {}, normalisedFormat(update), wanted) as CellFormat;
    const normal = normalisedFormat(merged);
    const found = Object.keys(normal).length === 0 ? undefined : normal;
    known.set(old, found);
    return found;
  };
}

const DEFAULT_PATTERNS: Record<string, string> = {
  TEXT: '@',
  NUMBER: '#,##0.00',
  PERCENT: '0.00%',
  CURRENCY: '"$"#,##0.00',
  DATE: 'M/d/yyyy',
  TIME: 'h:mm:ss AM/PM',
  DATE_TIME: 'M/d/yyyy H:mm:ss',
  SCIENTIFIC: '0.00E+00',
};

/** The format that shows a number; null means automatic. */
export function effectiveNumberFormat(
  format: CellFormat | undefined,
  automatic: NumberFormat | null,
): Required<NumberFormat> | null {
  const own = format?.numberFormat ?? automatic;
  if (own?.type === undefined) return null;
  const pattern = own.pattern === undefined || own.pattern === '' ? DEFAULT_PATTERNS[own.type] : own.pattern;
  return { type: own.type, pattern: pattern ?? 'General' };
}

/** The format with the spreadsheet's defaults under it, aligned by what kind of value is shown. */
export function effectiveFormat(
  format: CellFormat | undefined,
  shown: ExtendedValue | undefined,
  automatic: NumberFormat | null,
): CellFormat {
  const numberFormat = effectiveNumberFormat(format, automatic);
  const aligned =
    shown === undefined || 'stringValue' in shown ? 'LEFT' : 'numberValue' in shown ? 'RIGHT' : 'CENTER';
  return {
    ...DEFAULT_FORMAT,
    horizontalAlignment: aligned,
    hyperlinkDisplayType: 'PLAIN_TEXT',
    ...format,
    ...(numberFormat === null ? {} : { numberFormat }),
    textFormat: { ...DEFAULT_FORMAT.textFormat, ...format?.textFormat },
  };
}
