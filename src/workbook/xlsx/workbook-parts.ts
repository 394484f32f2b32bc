/** The parts of an .xlsx package around its one sheet. */
import { columnName, quotedTitle } from '../../statement/grid.ts';
import type { SheetPlan } from '../../statement/sheet-plan.ts';
import { lastCell } from './sheet-xml.ts';
import { escapeXml, escapeXstring } from './xml-text.ts';

export interface DocumentProperties {
  readonly title: string;
  readonly company: string;
  /** With its zone: `2026-06-01T10:00:00Z`. */
  readonly createdIso: string;
  readonly description: string;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const CONTENT_TYPES = [
  `${HEAD}<Types xmlns="${PACKAGE}/content-types">`,
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
  '<Default Extension="xml" ContentType="application/xml"/>',
  `<Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/>`,
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SPREADSHEET}.worksheet+xml"/>`,
  `<Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/>`,
  `<Override PartName="/xl/sharedStrings.xml" ContentType="${SPREADSHEET}.sharedStrings+xml"/>`,
  '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>',
  '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>',
  '</Types>',
].join('');

export const PACKAGE_RELATIONSHIPS = relationships([
  [`${OFFICE}/relationships/officeDocument`, 'xl/workbook.xml'],
  [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
  [`${OFFICE}/relationships/extended-properties`, 'docProps/app.xml'],
]);

export const WORKBOOK_RELATIONSHIPS = relationships([
  [`${OFFICE}/relationships/worksheet`, 'worksheets/sheet1.xml'],
  [`${OFFICE}/relationships/styles`, 'styles.xml'],
  [`${OFFICE}/relationships/sharedStrings`, 'sharedStrings.xml'],
]);

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const items = targets.map(([type, target], index) => {
    return `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`;
  });
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${items.join('')}</Relationships>`;
}

/** `xl/workbook.xml`: one sheet, its print area and the rows and columns that every page repeats. */
export function workbookXml(plan: SheetPlan): string {
  const title = excelSheetName(plan.title);
  const sheet = quotedTitle(title);
  const area = `${sheet}!$A$1:${lastCell(plan).replace(/^([A-Z]+)(\d+)$/, '$$$1$$$2')}`;
  const repeated = [
    plan.frozenColumns > 0 ? `${sheet}!$A:$${columnName(plan.frozenColumns - 1)}` : '',
    plan.frozenRows > 0 ? `${sheet}!$1:$${plan.frozenRows}` : '',
  ].filter((part) => part !== '');
  return [
    `${HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}/relationships">`,
    '<workbookPr/>',
    '<bookViews><workbookView xWindow="0" yWindow="0" windowWidth="28800" windowHeight="17000"/></bookViews>',
    `<sheets><sheet name="${escapeXstring(title)}" sheetId="1" r:id="rId1"/></sheets>`,
    '<definedNames>',
    definedName('_xlnm.Print_Area', area),
    repeated.length === 0 ? '' : definedName('_xlnm.Print_Titles', repeated.join(',')),
    '</definedNames>',
    // An older calcId makes Excel calculate at once and ask to save on closing.
    '<calcPr calcId="191029" fullCalcOnLoad="0"/>',
    '</workbook>',
  ].join('');
}

function definedName(name: string, content: string): string {
  return `<definedName name="${name}" localSheetId="0">${escapeXstring(content)}</definedName>`;
}

/**
 * A tab's title as Excel allows it: at most 31 characters, none of `[]:*?/\`, no apostrophe at either end, not
 * `History` (support.microsoft.com/office/rename-a-worksheet-3f1f7148-ee83-404d-8ef0-9ff99fbad1f9).
 */
export function excelSheetName(title: string): string {
  const allowed = title
    .replace(/[/\\:]/g, '-')
    .replace(/\[/g, '(')
    .replace(/\]/g, ')')
    .replace(/[*?]|[^\u0020-\ufffd]/g, ' ');
  let name = '';
  for (const character of allowed.trim().replace(/^'+/, '')) {
    if (name.length + character.length > 31) break;
    name += character;
  }
  name = name.replace(/['\s]+$/, '');
  if (name === '') return 'Statement';
  return name.toLowerCase() === 'history' ? `${name} tab` : name;
}

/** The page's foot: whose it is, what it is, and which page of how many. */
export function footerCodes(properties: DocumentProperties): string {
  return `&L${footerText(properties.company)}&CPage &P of &N&R${footerText(properties.title)}`;
}

/** Excel's limit is 255 characters for all three parts, codes included. */
const LONGEST_FOOTER_PART = 50;

function footerText(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  const short =
    characters.length > LONGEST_FOOTER_PART
      ? [...characters.slice(0, LONGEST_FOOTER_PART - 1), '…']
      : characters;
  return short.join('').replace(/&/g, '&&');
}

/** `docProps/core.xml` */
export function corePropertiesXml(properties: DocumentProperties): string {
  const time = (name: string): string => {
    return `<dcterms:${name} xsi:type="dcterms:W3CDTF">${escapeXml(properties.createdIso)}</dcterms:${name}>`;
  };
  return [
    `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties"`,
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escapeXml(properties.title)}</dc:title>`,
    `<dc:creator>${escapeXml(properties.company)}</dc:creator>`,
    `<dc:description>${escapeXml(properties.description)}</dc:description>`,
    `<cp:lastModifiedBy>${escapeXml(properties.company)}</cp:lastModifiedBy>`,
    time('created'),
    time('modified'),
    '</cp:coreProperties>',
  ].join('');
}

/** `docProps/app.xml` */
export function appPropertiesXml(properties: DocumentProperties): string {
  return [
    `${HEAD}<Properties xmlns="${OFFICE}/extended-properties">`,
    `<Application>Purser</Application><Company>${escapeXml(properties.company)}</Company>`,
    '</Properties>',
  ].join('');
}
