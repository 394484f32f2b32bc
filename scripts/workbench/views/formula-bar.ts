/** What the formula bar shows of a cell, so that typing it again changes nothing. */

import { automaticText } from '../../local/sheets/display.ts';
import type { CellLook } from '../../local/sheets/look.ts';

const DATED = ['DATE', 'TIME', 'DATE_TIME'];

/** A formula; a number in full; a date as shown; text with a `'` before it when it would be read as something else. */
export function quotedText({ entered, text, format }: Pick<CellLook, 'entered' | 'text' | 'format'>): string {
  if (entered === null) return '';
  if ('formulaValue' in entered) return entered.formulaValue;
  if ('boolValue' in entered) return entered.boolValue ? 'TRUE' : 'FALSE';
  if ('numberValue' in entered)
    return DATED.includes(format.numberFormat?.type ?? '') ? text : automaticText(entered.numberValue);
  if (!('stringValue' in entered)) return text;
  const { stringValue } = entered;
  const isReadOtherwise = /^[=+']|^\s*[-$(]?[\d.]|^(true|false)$/i.test(stringValue);
  return isReadOtherwise ? `'${stringValue}` : stringValue;
}
