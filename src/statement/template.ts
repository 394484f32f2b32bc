/** The Template as Purser reads it: where its prototype row is, or what is wrong with it, cell by cell. */

import { mapReferences } from './formula.ts';
import type { TabGrid } from './grid.ts';
import { cellAddress, quotedTitle } from './grid.ts';
import {
  isApprovalPlaceholder,
  isCharterPlaceholder,
  isKnownPlaceholder,
  placeholdersIn,
} from './placeholders.ts';
import { cut } from './short-text.ts';

export interface Template {
  readonly grid: TabGrid;
  /** From 0: the one row with `{{charter.…}}` placeholders. */
  readonly prototypeRow: number;
}

export type TemplateReading =
  | { readonly ok: true; readonly template: Template }
  /** Sentences, each naming its cell. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Not the array literal `{{1,2};{3,4}}`. */
const PLACEHOLDER_IN_FORMULA = /\{\{\s*[A-Za-z][A-Za-z.]*\s*\}\}/;

export function readTemplate(grid: TabGrid): TemplateReading {
  const problems: string[] = [];
  const charterRows = new Map<number, string>();
  grid.rows.forEach((cells, row) => {
    cells.forEach(({ input }, column) => {
      const at = cellAddress(grid.title, row, column);
      if (input.kind === 'formula' && PLACEHOLDER_IN_FORMULA.test(input.formula)) {
        problems.push(`${at} has a placeholder inside a formula; put the placeholder in a cell of its own.`);
        return;
      }
      if (input.kind !== 'text') return;
      const names = placeholdersIn(input.text);
      for (const name of names) {
        if (isCharterPlaceholder(name) && !charterRows.has(row)) charterRows.set(row, at);
        if (!isKnownPlaceholder(name)) problems.push(`${at} has the unknown placeholder {{${cut(name)}}}.`);
      }
      const left = input.text.replace(/\{\{[^{}]*\}\}/g, '');
      if (left.includes('{{') || left.includes('}}')) {
        problems.push(`${at} has a placeholder whose braces don't match: ${cut(input.text)}`);
      }
    });
  });
  const [prototype, ...others] = [...charterRows];
  if (prototype === undefined) {
    problems.push(
      `The tab ${grid.title} has no prototype row: no cell holds a {{charter.…}} placeholder such as {{charter.date}}.`,
    );
  }
  for (const [, at] of others) {
    problems.push(
      `${at} has a {{charter.…}} placeholder outside the prototype row (row ${(prototype?.[0] ?? 0) + 1}).`,
    );
  }
  const prototypeRow = prototype?.[0] ?? 0;
  for (const merge of grid.merges) {
    const touches = merge.startRow <= prototypeRow && prototypeRow < merge.endRow;
    if (prototype !== undefined && touches && merge.endRow - merge.startRow > 1) {
      problems.push(
        `${cellAddress(grid.title, merge.startRow, merge.startColumn)} is merged over the prototype row and others; unmerge it.`,
      );
    }
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, template: { grid: withoutOwnTitle(grid), prototypeRow } };
}

/**
 * Whether the Template prints who approved: what is sent then differs, in those cells and in no others, from the draft
 * that was approved.
 */
export function printsApproval({ grid }: Template): boolean {
  return usesPlaceholder(grid, isApprovalPlaceholder);
}

/** Whether the bridge that the Template prints lacks corrections: it then does not come to what is reported. */
export function bridgeLacksCarried({ grid }: Template): boolean {
  const isPart = (name: string): boolean => name === 'total.gross' || name === 'total.forfeited';
  return usesPlaceholder(grid, isPart) && !usesPlaceholder(grid, (name) => name === 'total.carried');
}

/** @param isMeant is told names in lower case */
function usesPlaceholder({ rows }: TabGrid, isMeant: (name: string) => boolean): boolean {
  return rows.some((cells) =>
    cells.some(({ input }) => input.kind === 'text' && placeholdersIn(input.text).some(isMeant)),
  );
}

/** A formula that names its own tab means the tab it stands in, which in a copy is another one. */
function withoutOwnTitle(grid: TabGrid): TabGrid {
  const own = new Set([`${grid.title}!`, `${quotedTitle(grid.title)}!`].map((name) => name.toLowerCase()));
  const strip = (formula: string): string =>
    mapReferences(formula, (reference) =>
      own.has(reference.tab.toLowerCase()) ? { ...reference, tab: '' } : null,
    );
  return {
    ...grid,
    rows: grid.rows.map((cells) =>
      cells.map((cell) =>
        cell.input.kind === 'formula'
          ? { ...cell, input: { kind: 'formula', formula: strip(cell.input.formula) } }
          : cell,
      ),
    ),
  };
}
