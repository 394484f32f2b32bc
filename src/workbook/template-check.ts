/** The prior month's tab against the Template: a house format that drifted is noticed before partners see it. */

import type { FindingDraft } from '../statement/findings.ts';
import type { CellFormat, GridCell, TabGrid } from '../statement/grid.ts';
import { cellAddress } from '../statement/grid.ts';
import { numberFormatFits } from '../statement/number-fit.ts';
import { lonePlaceholder, placeholderKind } from '../statement/placeholders.ts';
import type { Template } from '../statement/template.ts';

const SHOWN = 6;

/** The first rows of a tab are enough: the heading, and the charters against the prototype row. */
export const ROWS_COMPARED = 60;

/**
 * What differs in formats and widths, as one finding; null when nothing does. Only rows up to the first
 * charter's are compared: how many charters follow is another month's matter.
 */
export function templateDifferences(template: Template, prior: TabGrid): FindingDraft | null {
  const differences: string[] = [];
  template.grid.columnWidthsPx.forEach((width, column) => {
    const theirs = prior.columnWidthsPx[column];
    if (theirs !== undefined && Math.abs(theirs - width) > 2) {
      differences.push(
        `column ${cellAddress('', 0, column).replace(/^''!|\d+$/g, '')} is ${theirs} px wide, the Template’s ${width}`,
      );
    }
  });
  for (let row = 0; row <= template.prototypeRow; row++) {
    const cells = template.grid.rows[row] ?? [];
    cells.forEach((cell, column) => {
      const other = prior.rows[row]?.[column];
      const aspects = formatAspects(cell, other?.format ?? {});
      if (aspects.length > 0)
        differences.push(`${cellAddress(prior.title, row, column)} (${aspects.join(', ')})`);
    });
  }
  if (differences.length === 0) return null;
  const more = differences.length > SHOWN ? ` and ${differences.length - SHOWN} more` : '';
  return {
    code: 'template-differs',
    message: `The tab “${prior.title}” does not look like the Template: ${differences.slice(0, SHOWN).join('; ')}${more}. If the Template is as you want it, carry on; if not, correct it first.`,
  };
}

function formatAspects({ input, format: ours }: GridCell, theirs: CellFormat): string[] {
  // Where the Template's number format does not fit the figure, the month tab has one of Purser's.
  const name = input.kind === 'text' ? lonePlaceholder(input.text) : null;
  const left = name !== null && !numberFormatFits(ours.numberFormat, placeholderKind(name));
  const aspects: (readonly [string, unknown, unknown])[] = [
    [
      'number format',
      left || (ours.numberFormat?.pattern ?? ''),
      left || (theirs.numberFormat?.pattern ?? ''),
    ],
    ['fill', color(ours.backgroundColor), color(theirs.backgroundColor)],
    ['bold', ours.textFormat?.bold ?? false, theirs.textFormat?.bold ?? false],
    ['font size', ours.textFormat?.fontSize ?? 10, theirs.textFormat?.fontSize ?? 10],
    ['alignment', ours.horizontalAlignment ?? '', theirs.horizontalAlignment ?? ''],
  ];
  return aspects.filter(([, mine, other]) => mine !== other).map(([name]) => name);
}

/** To the eye: 8 bits a channel; white is no fill. */
function color(value: CellFormat['backgroundColor']): string {
  if (value === undefined) return '255,255,255';
  return [value.red, value.green, value.blue].map((part) => Math.round((part ?? 0) * 255)).join(',');
}
