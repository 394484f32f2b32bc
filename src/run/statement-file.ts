/** The statement's XLSX, and what of it the sheet computed: with that, the same bytes can be made again. */
import type { SheetValue } from '../clients/google/sheets.ts';
import { monthLabel } from '../statement/month.ts';
import type { SheetPlan } from '../statement/sheet-plan.ts';
import type { Statement } from '../statement/statement.ts';
import { writeXlsx } from '../workbook/xlsx/write-xlsx.ts';

/** Row and column from 0, and what the sheet showed there. */
export type ComputedCell = readonly [row: number, column: number, value: SheetValue];

export interface StatementFile {
  readonly bytes: Uint8Array;
  /** The document's date: ISO 8601 UTC. */
  readonly createdIso: string;
  /** Those cells that the plan does not tell: formulas, and what they may have filled. Blank ones are left out. */
  readonly computed: readonly ComputedCell[];
}

/** @param read what the sheet shows in a cell, rows and columns from 0; null for nothing */
export function statementFile(
  statement: Statement,
  plan: SheetPlan,
  read: (row: number, column: number) => SheetValue,
  createdIso: string,
): StatementFile {
  const computed: ComputedCell[] = [];
  const asked = new Set<string>();
  const bytes = writeXlsx({
    plan,
    computed: (row, column) => {
      const value = read(row, column);
      const place = `${row} ${column}`;
      if (value !== null && !asked.has(place)) computed.push([row, column, value]);
      asked.add(place);
      return value;
    },
    properties: {
      title: `${statement.company}, ${monthLabel(statement.month)}`,
      company: statement.company,
      createdIso,
      description: `Statement ${statement.code}`,
    },
  });
  return { bytes, createdIso, computed };
}
