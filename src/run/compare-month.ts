/** A month's tab beside the same month made anew, cell by cell. */
import type { SheetValue, SheetValues } from '../clients/google/sheets.ts';
import { cellName } from '../statement/grid.ts';
import { numberFormatFits } from '../statement/number-fit.ts';
import type { PlannedCell, SheetPlan } from '../statement/sheet-plan.ts';
import { makeSheetPlan } from '../statement/sheet-plan.ts';
import { cut } from '../statement/short-text.ts';
import type { Statement } from '../statement/statement.ts';
import type { Template } from '../statement/template.ts';

/** What a tab says: as it computes, dates as serial numbers; and as a person reads it. */
export interface TabReading {
  readonly values: SheetValues;
  readonly shown: SheetValues;
}

interface CellDifference {
  /** `B7` */
  readonly cell: string;
  /** As a person reads them. */
  readonly was: string;
  readonly made: string;
}

export interface MonthComparison {
  /** Cells with something in them, in either tab. */
  readonly comparedCells: number;
  /** The first 200, row by row. */
  readonly differences: readonly CellDifference[];
  readonly allDifferences: number;
  /** Names of cells with something in them that were not compared (`stampCells`). */
  readonly leftOut: readonly string[];
}

const MOST_LISTED = 200;
const LONGEST_SHOWN = 200;
/** Numbers are the same to the cent when they are not half a cent apart. */
const HALF_A_CENT = 0.005;
/** How far two doubles may be off that were added up in another order. */
const NOISE = 1e-9;

/**
 * Numbers to the cent (dates, times, percentages and counts exactly), texts without the space around them, formulas by
 * what they compute. What is a number here and a text there is the same when it reads the same. A cell without anything
 * but spaces is empty.
 *
 * @param plan of `made`; tells which numbers are amounts
 * @param leftOut names of cells that are not compared
 */
export function compareTabs(
  was: TabReading,
  made: TabReading,
  plan: Pick<SheetPlan, 'rows'>,
  leftOut: ReadonlySet<string>,
): MonthComparison {
  const differences: CellDifference[] = [];
  const passedOver: string[] = [];
  let comparedCells = 0;
  let allDifferences = 0;
  const rows = Math.max(was.values.length, made.values.length);
  for (let row = 0; row < rows; row++) {
    const columns = Math.max(was.values[row]?.length ?? 0, made.values[row]?.length ?? 0);
    for (let column = 0; column < columns; column++) {
      const [old, now] = [cellOf(was, row, column), cellOf(made, row, column)];
      if (old.value === '' && now.value === '') continue;
      const cell = cellName(row, column);
      if (leftOut.has(cell)) {
        passedOver.push(cell);
        continue;
      }
      comparedCells++;
      if (isSame(old, now, isExact(plan.rows[row]?.[column]))) continue;
      allDifferences++;
      if (differences.length < MOST_LISTED) differences.push({ cell, ...readable(old, now) });
    }
  }
  return { comparedCells, differences, allDifferences, leftOut: passedOver };
}

/**
 * Cells that say when, from where, by whom or as which version a statement was made: in the same month made twice they
 * differ. Found by planning it once more as another version.
 */
export function stampCells(template: Template, statement: Statement): ReadonlySet<string> {
  const planned = makeSheetPlan(template, statement, '');
  const other = makeSheetPlan(template, restamped(statement), '');
  const names = planned.rows.flatMap((cells, row) =>
    cells.flatMap(({ input }, column) =>
      JSON.stringify(input) === JSON.stringify(other.rows[row]?.[column]?.input)
        ? []
        : [cellName(row, column)],
    ),
  );
  return new Set(names);
}

const ANOTHER = 'another';

function restamped(statement: Statement): Statement {
  const { version, approval } = statement;
  return {
    ...statement,
    version: version + 1,
    code: ANOTHER,
    fingerprint: ANOTHER,
    asOf: ANOTHER,
    dataFrom: ANOTHER,
    approval:
      approval === null
        ? {
            by: ANOTHER,
            on: '1999-12-31',
            certification: ANOTHER,
            preparedBy: ANOTHER,
            account: ANOTHER,
            sha256: ANOTHER,
          }
        : null,
  };
}

interface ReadCell {
  /** The empty string: nothing. */
  readonly value: Exclude<SheetValue, null>;
  readonly shown: string;
}

function cellOf({ values, shown }: TabReading, row: number, column: number): ReadCell {
  const value = values[row]?.[column] ?? '';
  return {
    value: typeof value === 'string' ? trimmed(value) : value,
    shown: trimmed(String(shown[row]?.[column] ?? '')),
  };
}

function trimmed(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

function isSame(old: ReadCell, now: ReadCell, exactly: boolean): boolean {
  if (old.value === '' || now.value === '') return false;
  if (typeof old.value !== typeof now.value) return old.shown === now.shown;
  if (typeof old.value !== 'number' || typeof now.value !== 'number') return old.value === now.value;
  const apart = Math.abs(old.value - now.value);
  return apart < (exactly ? NOISE * Math.max(1, Math.abs(now.value)) : HALF_A_CENT - NOISE);
}

/** Of dates, times, percentages and counts half a cent's worth is a difference. */
function isExact(planned: PlannedCell | undefined): boolean {
  if (planned === undefined || planned.check?.kind === 'cents') return false;
  if (planned.check?.kind === 'number') return true;
  const { numberFormat } = planned.format;
  return numberFormat !== undefined && !numberFormatFits(numberFormat, 'money');
}

/** A format may hide what differs; then the numbers themselves are told. */
function readable(old: ReadCell, now: ReadCell): Pick<CellDifference, 'was' | 'made'> {
  const isHidden = old.shown === now.shown;
  const words = ({ value, shown }: ReadCell): string =>
    value === '' ? '(empty)' : cut(isHidden || shown === '' ? String(value) : shown, LONGEST_SHOWN);
  return { was: words(old), made: words(now) };
}

const MOST_NAMED = 6;

/** `All 412 cells are the same.`, and what was not compared. */
export function comparisonWords({ comparedCells, allDifferences, leftOut }: MonthComparison): string {
  const cells = comparedCells === 1 ? '1 cell' : `${comparedCells} cells`;
  const found =
    allDifferences === 0
      ? comparedCells === 1
        ? 'The 1 cell is the same.'
        : `All ${cells} are the same.`
      : `${allDifferences} of ${cells} ${allDifferences === 1 ? 'is' : 'are'} different.`;
  const listed = allDifferences > MOST_LISTED ? ` The first ${MOST_LISTED} are listed.` : '';
  if (leftOut.length === 0) return `${found}${listed}`;
  const more = leftOut.length > MOST_NAMED ? ` and ${leftOut.length - MOST_NAMED} more` : '';
  const [were, say] = leftOut.length === 1 ? ['was', 'it says'] : ['were', 'they say'];
  return `${found}${listed} ${leftOut.slice(0, MOST_NAMED).join(', ')}${more} ${were} not compared: ${say} when, from where, by whom or as which version a statement was made.`;
}
