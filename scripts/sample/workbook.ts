/** The master workbook as it was before Purser: three months posted by hand, the Template, and a person's own tab. */
import type { CellInput, TabGrid } from '../../src/statement/grid.ts';
import { houseTemplate } from '../../src/statement/house-template.ts';
import { addMonths, dateLabel, monthLabel } from '../../src/statement/month.ts';
import type { SheetPlan } from '../../src/statement/sheet-plan.ts';
import { makeSheetPlan } from '../../src/statement/sheet-plan.ts';
import type { Statement } from '../../src/statement/statement.ts';
import { readTemplate } from '../../src/statement/template.ts';
import { createClock } from '../local/clock.ts';
import { createEvaluator } from '../local/sheets/evaluate.ts';
import type { Cell, CellFormat, ExtendedValue, Tab, Workbook } from '../local/sheets/model.ts';
import { newTab } from '../local/sheets/model.ts';
import { writeXlsx } from '../local/sheets/xlsx-write.ts';
import { CURRENCY, OFFICE, WORKBOOK_TITLE } from './operator.ts';
import { overviewTab } from './overview-tab.ts';

/** When Nora last saved it: April 2, 2026, 09:05 in Annapolis. */
const SAVED_MS = Date.UTC(2026, 3, 2, 13, 5);
const TEMPLATE_TITLE = 'Template';

/** XLSX bytes, the same each time. `statements` are those that were posted by hand, in the order of their months. */
export async function workbookBytes(statements: readonly Statement[]): Promise<Uint8Array> {
  const posted = statements.map(handPosted);
  const grids: TabGrid[] = [overviewTab(posted), ...posted, houseTemplate(TEMPLATE_TITLE, CURRENCY)];
  const workbook: Workbook = {
    title: WORKBOOK_TITLE,
    locale: 'en_US',
    timeZone: 'America/New_York',
    tabs: grids.map((grid, index) => tabOf(grid, index)),
    metadata: [],
    protectedRanges: [],
  };
  const evaluator = createEvaluator(createClock(null, SAVED_MS));
  try {
    return await writeXlsx(workbook, evaluator.evaluate(workbook), SAVED_MS);
  } finally {
    evaluator.close();
  }
}

/** The house format as a person fills it: no code and no fingerprint, but who made it and when. */
function handPosted(statement: Statement): SheetPlan {
  const made = `${addMonths(statement.month, 1)}-02`;
  const house = houseTemplate(TEMPLATE_TITLE, CURRENCY);
  const rows = house.rows.map((cells) =>
    cells.map((cell) =>
      cell.input.kind === 'text' && cell.input.text.includes('{{statement.code}}')
        ? {
            ...cell,
            input: {
              kind: 'text',
              text: `Prepared by ${OFFICE.name}, ${dateLabel(made)}.`,
            } satisfies CellInput,
          }
        : cell,
    ),
  );
  const reading = readTemplate({ ...house, rows });
  if (!reading.ok) throw new Error(reading.problems.join(' '));
  return makeSheetPlan(
    reading.template,
    { ...statement, asOf: made, dataFrom: 'the logbook' },
    monthLabel(statement.month),
  );
}

function tabOf(grid: TabGrid, sheetId: number): Tab {
  return {
    ...newTab(sheetId, grid.title, grid.rows.length, grid.columnWidthsPx.length),
    frozenRowCount: grid.frozenRows,
    frozenColumnCount: grid.frozenColumns,
    rows: grid.rows.map((cells) => cells.map(cellOf)),
    rowInfo: grid.rowHeightsPx.map((pixelSize) => ({ pixelSize })),
    columnInfo: grid.columnWidthsPx.map((pixelSize) => ({ pixelSize })),
    merges: [...grid.merges],
  };
}

function cellOf({ input, format }: TabGrid['rows'][number][number]): Cell | undefined {
  const value = enteredValue(input);
  const plain = Object.keys(format).length === 0;
  if (value === undefined && plain) return undefined;
  return {
    ...(value === undefined ? {} : { value }),
    // The same shape, but for `undefined`, which no format of Purser's own holds.
    ...(plain ? {} : { format: format as CellFormat }),
  };
}

function enteredValue(input: CellInput): ExtendedValue | undefined {
  switch (input.kind) {
    case 'blank':
      return undefined;
    case 'text':
      return { stringValue: input.text };
    case 'number':
      return { numberValue: input.number };
    case 'boolean':
      return { boolValue: input.boolean };
    case 'formula':
      return { formulaValue: input.formula };
  }
}
