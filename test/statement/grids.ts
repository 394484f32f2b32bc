/** Tabs from a few words: a text that begins with `=` is a formula, an empty one a blank cell. */
import type { CellFormat, CellInput, GridCell, TabGrid } from '../../src/statement/grid.ts';
import { BLANK } from '../../src/statement/grid.ts';
import type { Template } from '../../src/statement/template.ts';
import { readTemplate } from '../../src/statement/template.ts';

export type Content = string | CellInput | GridCell;

export function formatted(content: string | CellInput, format: CellFormat): GridCell {
  return { input: inputOf(content), format };
}

function inputOf(content: string | CellInput): CellInput {
  if (typeof content !== 'string') return content;
  if (content === '') return BLANK;
  return content.startsWith('=') ? { kind: 'formula', formula: content } : { kind: 'text', text: content };
}

export function grid(rows: readonly (readonly Content[])[], changes: Partial<TabGrid> = {}): TabGrid {
  const width = Math.max(0, ...rows.map((row) => row.length));
  return {
    title: 'Template',
    rows: rows.map((row) =>
      row.map((content) =>
        typeof content !== 'string' && 'input' in content ? content : { input: inputOf(content), format: {} },
      ),
    ),
    columnWidthsPx: Array.from({ length: width }, () => 100),
    rowHeightsPx: rows.map((_, row) => 20 + row),
    merges: [],
    frozenRows: 1,
    frozenColumns: 0,
    ...changes,
  };
}

export function template(rows: readonly (readonly Content[])[], changes: Partial<TabGrid> = {}): Template {
  const reading = readTemplate(grid(rows, changes));
  if (!reading.ok) throw new Error(reading.problems.join(' '));
  return reading.template;
}
