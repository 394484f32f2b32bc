/**
 * Computed values, by IronCalc. Only formulas and the cells that they refer to are given to the engine, and only
 * what changed since the last time: a tab of 10,000 plain rows costs nothing.
 */
import { readFileSync } from 'node:fs';
import { initSync, Model } from '@ironcalc/wasm';
import type { Clock } from '../contract.ts';
import { columnLetters } from './a1.ts';
import { engineFormula, engineName } from './engine-formula.ts';
import { piecesOf, referenceText } from './formula.ts';
import type { ExtendedValue, NumberFormat, Tab, Workbook } from './model.ts';
import { eachCell, tabByTitle } from './model.ts';
import { nodeRequire } from './node-require.ts';

export interface Computed {
  readonly value: ExtendedValue;
  /** The format that a formula such as `=DATE(…)` brings along; null for none. */
  readonly automatic: NumberFormat | null;
}

/** Computed values of one state of the workbook. */
export interface Evaluation {
  /** For a formula its computed value, for any other cell what was entered. */
  at(tab: Tab, row: number, column: number): Computed | undefined;
}

export interface Evaluator {
  evaluate(workbook: Workbook): Evaluation;
  close(): void;
}

const ENGINE_ERRORS: Record<string, string> = {
  '#REF!': 'REF',
  '#NAME?': 'NAME',
  '#VALUE!': 'VALUE',
  '#DIV/0!': 'DIVIDE_BY_ZERO',
  '#N/A': 'N_A',
  '#NUM!': 'NUM',
  '#NULL!': 'NULL_VALUE',
  // Sheets answers #REF! to a circular reference and to an array that has no room.
  '#CIRC!': 'REF',
  '#SPILL!': 'REF',
  '#CALC!': 'N_A',
};
/** More inputs than this, and a new engine is cheaper than the old one's undo history. */
const INPUTS_PER_ENGINE = 600_000;

let engineReady = false;

function loadEngine(): void {
  if (engineReady) return;
  initSync({ module: readFileSync(nodeRequire.resolve('@ironcalc/wasm/wasm_bg.wasm')) });
  engineReady = true;
}

/** The columns' row intervals that formulas refer to, per tab; null when one may refer to anything. */
function referredIntervals(workbook: Workbook): Map<Tab, [number, number][][]> | null {
  const needed = new Map<Tab, [number, number][][]>(workbook.tabs.map((tab) => [tab, []]));
  const seen = new Set<string>();
  for (const tab of workbook.tabs) {
    let anything = false;
    eachCell(tab, (cell) => {
      if (cell.value === undefined || !('formulaValue' in cell.value)) return;
      const formula = cell.value.formulaValue;
      if (/\b(INDIRECT|OFFSET)\(/i.test(formula)) anything = true;
      for (const piece of piecesOf(formula)) {
        if ('text' in piece) continue;
        const { reference } = piece;
        const key = `${reference.title ?? `\u0000${tab.sheetId}`}!${referenceText({ ...reference, title: null })}`;
        if (seen.has(key)) continue;
        seen.add(key);
        const target = reference.title === null ? tab : tabByTitle(workbook, reference.title);
        const intervals = target === undefined ? undefined : needed.get(target);
        if (target === undefined || intervals === undefined) continue;
        const end = reference.end ?? reference.start;
        const rows = [reference.start.row ?? 0, end.row ?? target.rowCount - 1];
        const columns = [reference.start.column ?? 0, end.column ?? target.columnCount - 1];
        const lastColumn = Math.min(Math.max(...columns), target.columnCount - 1);
        for (let column = Math.min(...columns); column <= lastColumn; column++) {
          let list = intervals[column];
          if (list === undefined) {
            list = [];
            intervals[column] = list;
          }
          list.push([Math.min(...rows), Math.max(...rows)]);
        }
      }
    });
    if (anything) return null;
  }
  return needed;
}

function eachNeeded(
  tab: Tab,
  columns: [number, number][][],
  visit: (row: number, column: number) => void,
): void {
  columns.forEach((intervals, column) => {
    let next = 0;
    for (const [first, last] of intervals.sort((a, b) => a[0] - b[0])) {
      const end = Math.min(last, tab.rows.length - 1);
      for (let row = Math.max(first, next); row <= end; row++) visit(row, column);
      next = Math.max(next, end + 1);
    }
  });
}

function literalInput(value: ExtendedValue): string {
  if ('numberValue' in value) return String(value.numberValue).toUpperCase();
  if ('boolValue' in value) return value.boolValue ? 'TRUE' : 'FALSE';
  if ('errorValue' in value) {
    const found = Object.entries(ENGINE_ERRORS).find(([, type]) => type === value.errorValue.type);
    return found?.[0] ?? '#ERROR!';
  }
  return 'stringValue' in value ? `'${value.stringValue}` : value.formulaValue;
}

/** A date as the engine shows one that no format was asked for. */
function automaticFormat(shown: string): NumberFormat | null {
  if (/^\d{1,2}\/\d{1,2}\/\d{4}$/.test(shown)) return { type: 'DATE', pattern: 'M/d/yyyy' };
  if (/^\d{1,2}\/\d{1,2}\/\d{4}, /.test(shown)) return { type: 'DATE_TIME', pattern: 'M/d/yyyy H:mm:ss' };
  return null;
}

interface Engine {
  readonly model: Model;
  readonly names: string[];
  /** Engine tab → row → column → the input that the cell holds. */
  readonly fed: string[][][];
  inputs: number;
}

function newEngine(names: readonly string[], timeZone: string): Engine {
  const model = new Model('workbook', 'en', timeZone, 'en');
  model.pauseEvaluation();
  for (const [index, name] of [...names, ...names.map((each) => `exact${each}`)].entries()) {
    if (index > 0) model.newSheet();
    model.renameSheet(index, name);
  }
  return { model, names: [...names], fed: Array.from({ length: names.length * 2 }, () => []), inputs: 0 };
}

function feed(engine: Engine, tabIndex: number, wanted: string[][]): void {
  const fed = engine.fed[tabIndex] ?? [];
  const rows = Math.max(fed.length, wanted.length);
  for (let row = 0; row < rows; row++) {
    const before = fed[row] ?? [];
    const after = wanted[row] ?? [];
    const columns = Math.max(before.length, after.length);
    for (let column = 0; column < columns; column++) {
      const input = after[column] ?? '';
      if (input === (before[column] ?? '')) continue;
      engine.model.setUserInput(tabIndex, row + 1, column + 1, input);
      engine.inputs++;
    }
  }
  engine.fed[tabIndex] = wanted;
}

function put(grid: string[][], row: number, column: number, input: string): void {
  let cells = grid[row];
  if (cells === undefined) {
    cells = [];
    grid[row] = cells;
  }
  cells[column] = input;
}

/** Computes workbooks, one after the other; keep one for a workbook's life. */
export function createEvaluator(clock: Clock): Evaluator {
  loadEngine();
  let engine: Engine | null = null;

  function run(model: Model): void {
    // The engine asks Date.now() for TODAY and NOW; evaluation is synchronous, so nobody else sees this clock.
    const real = Date.now;
    Date.now = () => clock.now();
    try {
      model.evaluate();
    } finally {
      Date.now = real;
    }
  }

  function engineFor(workbook: Workbook): Engine {
    const names = workbook.tabs.map(engineName);
    const usable =
      engine !== null &&
      engine.inputs < INPUTS_PER_ENGINE &&
      engine.names.length === names.length &&
      names.every((name) => engine?.names.includes(name));
    if (engine !== null && usable) return engine;
    engine?.model.free();
    engine = newEngine(names, workbook.timeZone);
    return engine;
  }

  function evaluate(workbook: Workbook): Evaluation {
    const formulas: { tab: Tab; index: number; row: number; column: number }[] = [];
    const results = new Map<Tab, (Computed | undefined)[][]>();
    const current = engineFor(workbook);
    const { model } = current;
    const needed = referredIntervals(workbook);
    for (const tab of workbook.tabs) {
      const index = current.names.indexOf(engineName(tab));
      const wanted: string[][] = [];
      const give = (row: number, column: number): void => {
        const value = tab.rows[row]?.[column]?.value;
        if (value !== undefined && !('formulaValue' in value)) put(wanted, row, column, literalInput(value));
      };
      if (needed === null) eachCell(tab, (_cell, row, column) => give(row, column));
      else eachNeeded(tab, needed.get(tab) ?? [], give);
      eachCell(tab, (cell, row, column) => {
        if (cell.value === undefined || !('formulaValue' in cell.value)) return;
        put(wanted, row, column, engineFormula(workbook, cell.value.formulaValue));
        formulas.push({ tab, index, row, column });
      });
      feed(current, index, wanted);
      results.set(tab, []);
    }
    if (formulas.length > 0) {
      run(model);
      readResults(current, formulas, results, () => run(model));
    }
    return {
      at(tab, row, column) {
        const value = tab.rows[row]?.[column]?.value;
        if (value === undefined) return undefined;
        if ('formulaValue' in value) return results.get(tab)?.[row]?.[column];
        return { value, automatic: null };
      },
    };
  }

  return {
    evaluate,
    close() {
      engine?.model.free();
      engine = null;
    },
  };
}

/**
 * The engine shows numbers rounded; `=X&""` gives all digits, so each is read through such a formula in a twin of
 * its tab. In the same place there, because the engine keeps formulas relative to their cell: all of a tab's
 * are then one, where 20,000 different ones would take seconds.
 */
function readResults(
  engine: Engine,
  formulas: readonly { tab: Tab; index: number; row: number; column: number }[],
  results: Map<Tab, (Computed | undefined)[][]>,
  run: () => void,
): void {
  const { model, names } = engine;
  const numbers: {
    line: (Computed | undefined)[];
    index: number;
    row: number;
    column: number;
    shown: string;
  }[] = [];
  const wanted: string[][][] = names.map(() => []);
  for (const { tab, index, row, column } of formulas) {
    const grid = results.get(tab) ?? [];
    let cells = grid[row];
    if (cells === undefined) {
      cells = [];
      grid[row] = cells;
    }
    const line = cells;
    const kind = model.getCellType(index, row + 1, column + 1);
    const shown = model.getFormattedCellValue(index, row + 1, column + 1);
    const set = (value: ExtendedValue): void => {
      line[column] = { value, automatic: null };
    };
    if (kind === 16) set(errorValue(shown));
    else if (kind === 4) set({ boolValue: shown === 'TRUE' });
    else if (kind === 2) set({ stringValue: shown });
    else {
      put(wanted[index] ?? [], row, column, `=${names[index]}!${columnLetters(column)}${row + 1}&""`);
      numbers.push({ line, index, row, column, shown });
    }
  }
  wanted.forEach((grid, index) => {
    feed(engine, names.length + index, grid);
  });
  if (numbers.length === 0) return;
  run();
  for (const { line, index, row, column, shown } of numbers) {
    const numberValue = Number(model.getFormattedCellValue(names.length + index, row + 1, column + 1));
    line[column] = { value: { numberValue }, automatic: automaticFormat(shown) };
  }
}

function errorValue(shown: string): ExtendedValue {
  const type = ENGINE_ERRORS[shown] ?? 'ERROR';
  return { errorValue: { type, message: `The formula gave ${shown}` } };
}
