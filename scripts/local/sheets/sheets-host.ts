/** The local Google Sheets: one spreadsheet behind Google's REST API, kept in an .xlsx between runs. */
import { createHash } from 'node:crypto';
import type { Clock, Tokens, VirtualHost } from '../contract.ts';
import { cellName, resolveRange } from './a1.ts';
import { displayed } from './display.ts';
import type { Evaluation } from './evaluate.ts';
import { createEvaluator } from './evaluate.ts';
import type { Book } from './http.ts';
import { answer } from './http.ts';
import type { TabLook, TabTitle } from './look.ts';
import { lookAtTab, tabTitles } from './look.ts';
import type { CellFormat, DeveloperMetadata, ExtendedValue, Span, Tab, Workbook } from './model.ts';
import { cellAt, copyWorkbook, eachCell, newTab, putCell, tabByTitle } from './model.ts';
import type { SheetsState } from './sheets-state.ts';
import { stateOf } from './sheets-state.ts';
import { enteredCell } from './values.ts';
import { readXlsx } from './xlsx-read.ts';
import { writeXlsx } from './xlsx-write.ts';

export type { SheetsState } from './sheets-state.ts';

const MOST_EXPORTS = 20;

export interface CellSnapshot {
  /** As entered: a formula with its `=`, else the value; null in a cell that has only a format. */
  readonly input: string | number | boolean | null;
  /** Computed; an error as `#REF!`. */
  readonly value: string | number | boolean | null;
  /** As shown. */
  readonly formatted: string;
  readonly format: CellFormat | null;
}

export interface TabSnapshot {
  readonly title: string;
  readonly sheetId: number;
  readonly hidden: boolean;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly frozenRowCount: number;
  readonly frozenColumnCount: number;
  /** By A1 name without the tab. */
  readonly cells: Readonly<Record<string, CellSnapshot>>;
  /** `A1:B2` */
  readonly merges: readonly string[];
}

export interface WorkbookSnapshot {
  readonly title: string;
  readonly tabs: readonly TabSnapshot[];
  readonly metadata: readonly DeveloperMetadata[];
}

export interface SheetsHost extends VirtualHost {
  /**
   * Fills the workbook from an .xlsx. `dropped` names what it holds and this server can't keep (images, charts…).
   * @throws Error with a sentence for the person, when the file is broken; the workbook is then as before.
   */
  load(xlsx: Uint8Array, state: SheetsState | null): Promise<{ dropped: string[] }>;
  /** The same bytes for the same content and clock. */
  save(): Promise<{ xlsx: Uint8Array; state: SheetsState }>;
  /** @param only ids of the tabs that are wanted; default all */
  snapshot(only?: readonly number[]): WorkbookSnapshot;
  title(): string;
  /** In their order. */
  tabs(): readonly TabTitle[];
  /** The tab with the cells of some rows. @throws for an unknown tab */
  look(sheetId: number, from: number, to: number): TabLook;
  /** Keeps the workbook as it is now, in this process, for `bringBack`. @returns its number */
  keep(): number;
  /** The workbook as it was kept. @throws when nothing was kept under that number */
  bringBack(number: number): void;
  /** A person types into a cell: `2026-05-14` is a date, `=A1` a formula, `'007` text. @throws for an unknown tab or cell. */
  setCell(tabTitle: string, a1: string, input: string): void;
}

function plain(value: ExtendedValue | undefined): string | number | boolean | null {
  if (value === undefined) return null;
  if ('numberValue' in value) return value.numberValue;
  if ('boolValue' in value) return value.boolValue;
  if ('formulaValue' in value) return value.formulaValue;
  return 'stringValue' in value ? value.stringValue : displayed(value, undefined, null);
}

const mergeName = (span: Span): string =>
  `${cellName(span.startRow, span.startColumn)}:${cellName(span.endRow - 1, span.endColumn - 1)}`;

function tabSnapshot(tab: Tab, evaluation: Evaluation): TabSnapshot {
  const cells: Record<string, CellSnapshot> = {};
  eachCell(tab, (cell, row, column) => {
    const computed = evaluation.at(tab, row, column);
    cells[cellName(row, column)] = {
      input: plain(cell.value),
      value: plain(computed?.value),
      formatted: displayed(computed?.value, cell.format, computed?.automatic ?? null),
      format: cell.format ?? null,
    };
  });
  const { title, sheetId, hidden, rowCount, columnCount, frozenRowCount, frozenColumnCount } = tab;
  const sizes = { rowCount, columnCount, frozenRowCount, frozenColumnCount };
  return { title, sheetId, hidden, ...sizes, cells, merges: tab.merges.map(mergeName) };
}

/** Files that were written before: the same content at the same time gives the same bytes, and writing takes a while. */
function createExports() {
  const files = new Map<string, Uint8Array>();
  return async (workbook: Workbook, nowMs: number, write: () => Promise<Uint8Array>): Promise<Uint8Array> => {
    const key = createHash('sha256')
      .update(`${nowMs} ${JSON.stringify(workbook)}`)
      .digest('hex');
    const before = files.get(key);
    // Copied: who gets it may hand its memory over.
    if (before !== undefined) return before.slice();
    const written = await write();
    if (files.size >= MOST_EXPORTS) files.clear();
    files.set(key, written.slice());
    return written;
  };
}

/** A server for one spreadsheet, empty until `load`: one tab, `Sheet1`. */
export async function createSheetsHost(options: {
  spreadsheetId: string;
  /** Whose workbook it is: nothing in it is protected from them. Left out: from nobody who asks. */
  owner?: string;
  tokens: Tokens;
  clock: Clock;
}): Promise<SheetsHost> {
  const { spreadsheetId, owner, tokens, clock } = options;
  const evaluator = createEvaluator(clock);
  let workbook: Workbook = {
    title: 'Untitled spreadsheet',
    locale: 'en_US',
    timeZone: 'America/New_York',
    tabs: [newTab(0, 'Sheet1')],
    metadata: [],
    protectedRanges: [],
  };
  const exported = createExports();
  /** Workbooks are never changed in place. */
  const kept: Workbook[] = [];
  let evaluated: { workbook: Workbook; atMs: number; evaluation: Evaluation } | null = null;

  function evaluation(): Evaluation {
    const atMs = clock.now();
    // The clock counts too: TODAY() moves with it.
    if (evaluated === null || evaluated.workbook !== workbook || evaluated.atMs !== atMs) {
      evaluated = { workbook, atMs, evaluation: evaluator.evaluate(workbook) };
    }
    return evaluated.evaluation;
  }

  const store: Book = {
    spreadsheetId,
    owner,
    evaluator,
    workbook: () => workbook,
    evaluation,
    publish(changed) {
      workbook = changed;
    },
  };

  return {
    hosts: ['sheets.googleapis.com'],
    handle(request, response) {
      void answer(request, response, store, tokens, clock);
    },
    async close() {
      evaluator.close();
    },
    async load(xlsx, state) {
      const read = await readXlsx(xlsx, state);
      workbook = read.workbook;
      return { dropped: read.dropped };
    },
    async save() {
      const [saved, current, nowMs] = [workbook, evaluation(), clock.now()];
      const xlsx = await exported(saved, nowMs, () => writeXlsx(saved, current, nowMs));
      return { xlsx, state: stateOf(saved) };
    },
    keep: () => kept.push(workbook) - 1,
    bringBack(number) {
      const found = kept[number];
      if (found === undefined) throw new Error(`No workbook was kept under ${number}.`);
      workbook = found;
    },
    snapshot(only) {
      const current = evaluation();
      const wanted = workbook.tabs.filter(({ sheetId }) => only?.includes(sheetId) ?? true);
      const tabs = wanted.map((tab) => tabSnapshot(tab, current));
      return { title: workbook.title, tabs, metadata: workbook.metadata };
    },
    title: () => workbook.title,
    tabs: () => tabTitles(workbook),
    look(sheetId, from, to) {
      const tab = workbook.tabs.find((each) => each.sheetId === sheetId);
      if (tab === undefined) throw new Error('This tab is not there any more.');
      return lookAtTab(workbook, tab, evaluation(), from, to);
    },
    setCell(tabTitle, a1, input) {
      const changed = copyWorkbook(workbook);
      const tab = tabByTitle(changed, tabTitle);
      if (tab === undefined) throw new Error(`There is no tab “${tabTitle}”.`);
      const { span } = resolveRange({ ...changed, tabs: [{ ...tab, hidden: false }] }, a1);
      const cell = enteredCell(cellAt(tab, span.startRow, span.startColumn), input, 'USER_ENTERED');
      putCell(tab, span.startRow, span.startColumn, cell);
      workbook = changed;
    },
  };
}
