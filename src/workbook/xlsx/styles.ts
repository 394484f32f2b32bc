/** The styles of a workbook: each look is written once, and cells point at it by number. */
import type { Border, CellFormat, Color, Side } from '../../statement/grid.ts';
import { excelFormatCode } from './number-format.ts';
import { escapeXstring } from './xml-text.ts';

/** What a cell's content asks for beyond its format. */
export interface StyleNeeds {
  /** The text could be taken for a formula once somebody edits the cell. */
  readonly quoted: boolean;
  /** The text has line breaks, which Excel shows in wrapped cells only; Sheets shows them always. */
  readonly wrapped: boolean;
}

export interface Styles {
  /** Index into `cellXfs`; 0 is the plain style. */
  indexOf(format: CellFormat, needs: StyleNeeds): number;
  /** `xl/styles.xml` */
  xml(): string;
}

/** What Sheets gives a cell without a font. */
const DEFAULT_FAMILY = 'Arial';
export const DEFAULT_FONT_POINTS = 10;

/** Ids that every Excel knows and that don't change with its locale (ECMA-376 part 1, 18.8.30). */
const BUILT_IN = new Map([
  ['General', 0],
  ['0', 1],
  ['0.00', 2],
  ['#,##0', 3],
  ['#,##0.00', 4],
  ['0%', 9],
  ['0.00%', 10],
  ['0.00E+00', 11],
  ['@', 49],
]);
const FIRST_CUSTOM_FORMAT = 164;

/** developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#Style → ST_BorderStyle */
const BORDER_STYLES: Readonly<Record<string, string>> = {
  SOLID: 'thin',
  SOLID_MEDIUM: 'medium',
  SOLID_THICK: 'thick',
  DOTTED: 'dotted',
  DASHED: 'dashed',
  DOUBLE: 'double',
};
const HORIZONTAL: Readonly<Record<string, string>> = { LEFT: 'left', CENTER: 'center', RIGHT: 'right' };
const VERTICAL: Readonly<Record<string, string>> = { TOP: 'top', MIDDLE: 'center', BOTTOM: 'bottom' };

export function createStyles(): Styles {
  const fonts = createPool([fontXml(undefined)]);
  // The first two fills are Excel's own, whatever the file says there (ECMA-376 part 1, 18.8.21 in practice).
  const fills = createPool([patternFill('none'), patternFill('gray125')]);
  const borders = createPool([borderXml(undefined)]);
  const formats = createPool([]);
  const looks = createPool(['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']);
  const known = new Map<CellFormat, (number | undefined)[]>();
  const knownByContent = new Map<string, number>();

  const formatId = (code: string): number => {
    const builtIn = BUILT_IN.get(code);
    return builtIn ?? FIRST_CUSTOM_FORMAT + formats.indexOf(code);
  };

  const lookOf = (format: CellFormat, needs: StyleNeeds): string => {
    const numFmtId = formatId(excelFormatCode(format.numberFormat));
    const fontId = fonts.indexOf(fontXml(format.textFormat));
    const fillId =
      format.backgroundColor === undefined ? 0 : fills.indexOf(solidFill(format.backgroundColor));
    const borderId = borders.indexOf(borderXml(format.borders));
    const alignment = alignmentXml(format, needs.wrapped);
    const applied = [
      numFmtId === 0 ? '' : ' applyNumberFormat="1"',
      fontId === 0 ? '' : ' applyFont="1"',
      fillId === 0 ? '' : ' applyFill="1"',
      borderId === 0 ? '' : ' applyBorder="1"',
      alignment === '' ? '' : ' applyAlignment="1"',
    ].join('');
    const quote = needs.quoted ? ' quotePrefix="1"' : '';
    const ids = `numFmtId="${numFmtId}" fontId="${fontId}" fillId="${fillId}" borderId="${borderId}" xfId="0"`;
    return alignment === ''
      ? `<xf ${ids}${quote}${applied}/>`
      : `<xf ${ids}${quote}${applied}>${alignment}</xf>`;
  };

  return {
    indexOf(format, needs) {
      const variant = (needs.quoted ? 1 : 0) + (needs.wrapped ? 2 : 0);
      let variants = known.get(format);
      const met = variants?.[variant];
      if (met !== undefined) return met;
      if (variants === undefined) {
        variants = [];
        known.set(format, variants);
      }
      const content = `${variant}${JSON.stringify(format)}`;
      const index = knownByContent.get(content) ?? looks.indexOf(lookOf(format, needs));
      knownByContent.set(content, index);
      variants[variant] = index;
      return index;
    },
    xml() {
      const custom = formats.all().map((code, index) => {
        return `<numFmt numFmtId="${FIRST_CUSTOM_FORMAT + index}" formatCode="${escapeXstring(code)}"/>`;
      });
      return [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
        custom.length === 0 ? '' : counted('numFmts', custom),
        counted('fonts', fonts.all()),
        counted('fills', fills.all()),
        counted('borders', borders.all()),
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
        counted('cellXfs', looks.all()),
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
        '<dxfs count="0"/>',
        '</styleSheet>',
      ].join('');
    },
  };
}

interface Pool {
  indexOf(item: string): number;
  all(): readonly string[];
}

function createPool(first: readonly string[]): Pool {
  const items = [...first];
  const places = new Map(first.map((item, index) => [item, index]));
  return {
    indexOf(item) {
      const place = places.get(item);
      if (place !== undefined) return place;
      places.set(item, items.length);
      items.push(item);
      return items.length - 1;
    },
    all: () => items,
  };
}

function counted(name: string, items: readonly string[]): string {
  return `<${name} count="${items.length}">${items.join('')}</${name}>`;
}

function fontXml(font: CellFormat['textFormat']): string {
  const points = Math.min(409, Math.max(1, font?.fontSize ?? DEFAULT_FONT_POINTS));
  // Excel takes no longer name than 31 characters.
  const family = [...(font?.fontFamily ?? '')].slice(0, 31).join('').trim() || DEFAULT_FAMILY;
  return [
    '<font>',
    font?.bold ? '<b/>' : '',
    font?.italic ? '<i/>' : '',
    font?.strikethrough ? '<strike/>' : '',
    font?.underline ? '<u/>' : '',
    `<sz val="${points}"/>`,
    `<color rgb="${argb(font?.foregroundColor ?? {})}"/>`,
    `<name val="${escapeXstring(family)}"/>`,
    '</font>',
  ].join('');
}

function patternFill(pattern: string): string {
  return `<fill><patternFill patternType="${pattern}"/></fill>`;
}

function solidFill(color: Color): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="${argb(color)}"/><bgColor indexed="64"/></patternFill></fill>`;
}

function borderXml(borders: CellFormat['borders']): string {
  const side = (name: Side): string => sideXml(name, borders?.[name]);
  return `<border>${side('left')}${side('right')}${side('top')}${side('bottom')}<diagonal/></border>`;
}

function sideXml(name: Side, border: Border | undefined): string {
  const style = BORDER_STYLES[border?.style ?? ''];
  return style === undefined
    ? `<${name}/>`
    : `<${name} style="${style}"><color rgb="${argb(border?.color ?? {})}"/></${name}>`;
}

function alignmentXml(format: CellFormat, mustWrap: boolean): string {
  const horizontal = HORIZONTAL[format.horizontalAlignment ?? ''];
  const vertical = VERTICAL[format.verticalAlignment ?? ''];
  const wraps = format.wrapStrategy === 'WRAP' || (mustWrap && format.wrapStrategy !== 'CLIP');
  if (horizontal === undefined && vertical === undefined && !wraps) return '';
  return [
    '<alignment',
    horizontal === undefined ? '' : ` horizontal="${horizontal}"`,
    vertical === undefined ? '' : ` vertical="${vertical}"`,
    wraps ? ' wrapText="1"' : '',
    '/>',
  ].join('');
}

function argb(color: Color): string {
  const part = (value: number | undefined): string => {
    const byte = Math.round(Math.min(1, Math.max(0, value ?? 0)) * 255);
    return byte.toString(16).padStart(2, '0').toUpperCase();
  };
  return `FF${part(color.red)}${part(color.green)}${part(color.blue)}`;
}
