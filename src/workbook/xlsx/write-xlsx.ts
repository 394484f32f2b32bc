/** The statement's attachment: one tab as an .xlsx, made here so that its bytes are ours. */
import { encode as utf8 } from '@stablelib/utf8';
import { zipSync } from 'fflate';
import { PurserError } from '../../host/errors.ts';
import type { SheetPlan } from '../../statement/sheet-plan.ts';
import type { Computed } from './cell-xml.ts';
import { createSharedStrings } from './shared-strings.ts';
import { sheetXml } from './sheet-xml.ts';
import { createStyles } from './styles.ts';
import type { DocumentProperties } from './workbook-parts.ts';
import {
  appPropertiesXml,
  CONTENT_TYPES,
  corePropertiesXml,
  footerCodes,
  PACKAGE_RELATIONSHIPS,
  WORKBOOK_RELATIONSHIPS,
  workbookXml,
} from './workbook-parts.ts';

export interface XlsxInput {
  readonly plan: SheetPlan;
  /**
   * What the sheet shows in a cell, rows and columns from 0; errors by name (`#DIV/0!`), empty cells null. Asked
   * for formula cells; and, once a formula stands that Excel can't have, for the blank cells after it, which that
   * formula may have filled.
   */
  readonly computed: Computed;
  readonly properties: DocumentProperties;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * The plan as an .xlsx of one sheet, house format kept, formulas with the values that the sheet computed. A formula
 * that Excel has not, or that leaves the tab, is written as its value. Same input, same bytes, on every machine.
 * @throws PurserError `unexpected` when `createdIso` isn't a time with a zone.
 */
export function writeXlsx(input: XlsxInput): Uint8Array {
  const { plan, computed, properties } = input;
  if (!TIME.test(properties.createdIso)) {
    throw new PurserError('unexpected', {
      what: `The statement's file can't be dated ${properties.createdIso}.`,
      now: 'Report this as a defect of Purser.',
    });
  }
  const styles = createStyles();
  const strings = createSharedStrings();
  // First, because styles and strings are gathered on the way.
  const sheet = sheetXml({ plan, computed, styles, strings, footer: footerCodes(properties) });
  const files: readonly (readonly [path: string, xml: string])[] = [
    ['[Content_Types].xml', CONTENT_TYPES],
    ['_rels/.rels', PACKAGE_RELATIONSHIPS],
    ['docProps/app.xml', appPropertiesXml(properties)],
    ['docProps/core.xml', corePropertiesXml(properties)],
    ['xl/workbook.xml', workbookXml(plan)],
    ['xl/_rels/workbook.xml.rels', WORKBOOK_RELATIONSHIPS],
    ['xl/worksheets/sheet1.xml', sheet],
    ['xl/styles.xml', styles.xml()],
    ['xl/sharedStrings.xml', strings.xml()],
  ];
  const bytes: Record<string, Uint8Array> = {};
  for (const [path, xml] of files) bytes[path] = utf8(xml);
  return zipSync(bytes, { level: 6, mtime: zipTime() });
}

/** A zip has no zone, and fflate writes the machine's local time: noon, because no zone skips it. */
function zipTime(): Date {
  return new Date(1980, 0, 1, 12);
}
