/** Small sheet plans for the tests of the XLSX writer. */
import type { CellFormat, CellInput } from '../../../src/statement/grid.ts';
import { houseTemplate } from '../../../src/statement/house-template.ts';
import { totalsOf } from '../../../src/statement/lines.ts';
import type { PlannedCell, SheetPlan } from '../../../src/statement/sheet-plan.ts';
import { makeSheetPlan } from '../../../src/statement/sheet-plan.ts';
import type { Statement, StatementLine } from '../../../src/statement/statement.ts';
import { readTemplate } from '../../../src/statement/template.ts';
import type { XlsxInput } from '../../../src/workbook/xlsx/write-xlsx.ts';

export const properties: XlsxInput['properties'] = {
  title: 'Revenue statement, May 2026',
  company: 'Harbor & Sons Charters',
  createdIso: '2026-06-01T10:00:00Z',
  description: 'Statement PRSK3QD202605V1, version 1.',
};

export function planned(input: CellInput, format: CellFormat = {}): PlannedCell {
  return { input, format, check: null, filled: false };
}

export function text(words: string, format?: CellFormat): PlannedCell {
  return planned({ kind: 'text', text: words }, format);
}

export function number(value: number, format?: CellFormat): PlannedCell {
  return planned({ kind: 'number', number: value }, format);
}

export function formula(words: string, format?: CellFormat): PlannedCell {
  return planned({ kind: 'formula', formula: words }, format);
}

export function planOf(rows: readonly (readonly PlannedCell[])[], more: Partial<SheetPlan> = {}): SheetPlan {
  const columns = rows.reduce((widest, cells) => Math.max(widest, cells.length), 0);
  return {
    title: 'May 2026',
    rows,
    rowHeightsPx: rows.map(() => 21),
    columnWidthsPx: Array.from({ length: columns }, () => 100),
    merges: [],
    frozenRows: 0,
    frozenColumns: 0,
    prototypeRow: 0,
    charterRows: 1,
    ...more,
  };
}

function line(index: number): StatementLine {
  const guests = 4 + ((index * 7) % 9);
  const comps = index % 4 === 1 ? 2 : 0;
  const rateCents = 12_500;
  const reportableCents = (guests - comps) * rateCents;
  const recordedCents = reportableCents - (index === 4 ? 12_500 : 0);
  return {
    id: `CH-${String(index + 1).padStart(3, '0')}`,
    date: `2026-05-${String(1 + (index % 31)).padStart(2, '0')}`,
    departs: index % 2 === 0 ? '09:00' : '17:30',
    vessel: index % 2 === 0 ? 'Blue Heron' : 'Señora del Mar',
    kind: 'public',
    status: 'completed',
    statusText: 'completed',
    counted: true,
    guests,
    comps,
    paying: guests - comps,
    rateCents,
    grossCents: guests * rateCents,
    compsCents: comps * rateCents,
    discountCents: 0,
    refundCents: 0,
    forfeitedCents: 0,
    reportableCents,
    recordedCents,
    differenceCents: recordedCents - reportableCents,
    taxCents: 1_200,
    feesCents: 300,
    gratuityCents: 5_000,
    crew: 'Ana Ruiz, Ben Okafor',
    notes: comps > 0 ? '2 comps: crew guest, trade' : '',
  };
}

/** The house template filled with that many charters, and what the sheet would compute. */
export function houseStatement(
  charters: number,
): Pick<XlsxInput, 'plan' | 'computed'> & { statement: Statement } {
  const lines = Array.from({ length: charters }, (_, index) => line(index));
  const statement: Statement = {
    month: '2026-05',
    version: 1,
    code: 'PRSK3QD202605V1',
    company: 'Harbor & Sons Charters',
    currency: 'USD',
    lines,
    totals: totalsOf(lines),
    footnotes: ['Comps did not pay.'],
    comparison: [],
    comps: [],
    fingerprint: 'ab12'.repeat(16),
    asOf: '2026-06-01 06:00',
    dataFrom: 'us-east-1; us-west-2 agrees',
    approval: null,
  };
  const reading = readTemplate(houseTemplate('Template', 'USD'));
  if (!reading.ok) throw new Error(reading.problems.join('\n'));
  const plan = makeSheetPlan(reading.template, statement, 'May 2026');
  const computed = (row: number, column: number): number | null => {
    const cell = plan.rows[row]?.[column];
    if (cell?.check?.kind === 'cents') return cell.check.cents / 100;
    if (cell?.check?.kind === 'number') return cell.check.number;
    return cell?.input.kind === 'formula' ? statement.totals.reportableCents / 100 : null;
  };
  return { plan, computed, statement };
}
