/** The `Purser calendar` tab: the events of connected calendars as they were when they were last read. */
import type { SheetValue, SheetValues, ValueRange } from '../clients/google/sheets.ts';
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import { PurserError } from '../host/errors.ts';
import type { CalendarEntry, WatchedCalendar } from '../statement/calendar-entry.ts';
import { compareText } from '../statement/charter.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { cellAddress, cellName, quotedTitle } from '../statement/grid.ts';
import {
  CALENDAR_COLUMNS,
  CHECK_COLUMN,
  checkedCells,
  entryTexts,
  keyOfTexts,
  readCalendarRow,
  sameness,
  saysTheSame,
  textsOf,
  wasPursers,
  watchedTexts,
} from './calendar-row.ts';
import { parted } from './evidence-tab.ts';
import type { Tab } from './tabs.ts';

/** A row of the tab, from 0. */
interface TabRow {
  readonly row: number;
  /** Nothing of a person's stands right of Purser's columns, so that another event may take the row. */
  readonly isOpen: boolean;
}

export interface CalendarTabReading {
  readonly entries: readonly CalendarEntry[];
  readonly watched: readonly WatchedCalendar[];
  readonly rows: {
    /** By account, calendar and event. */
    readonly kept: ReadonlyMap<string, TabRow & { readonly texts: readonly string[] }>;
    /** Changed by a person, or there twice: they are overwritten. */
    readonly strays: readonly TabRow[];
    /** Empty ones between others. */
    readonly blanks: readonly number[];
  };
  /** Addresses of rows that a person changed; they count for nothing. */
  readonly changedCells: readonly string[];
  /** The heading's row included. */
  readonly usedRows: number;
}

/**
 * All rows, the first being the header. They may stand in any order. Rows that a person put there are left alone.
 *
 * @throws PurserError `settings-invalid` when the headings are not Purser's: no cell could be trusted to its column
 */
export function readCalendarTab(title: string, rows: SheetValues): CalendarTabReading {
  const entries: CalendarEntry[] = [];
  const watched: WatchedCalendar[] = [];
  const kept = new Map<string, TabRow & { readonly texts: readonly string[] }>();
  const strays: TabRow[] = [];
  const blanks: number[] = [];
  const changedCells: string[] = [];
  let usedRows = 0;
  rows.forEach((cells, row) => {
    if (!isEmpty(cells)) usedRows = row + 1;
    if (row === 0) return;
    const place = { row, isOpen: isEmpty(cells.slice(CHECK_COLUMN + 1)) };
    if (isEmpty(cells.slice(0, CHECK_COLUMN + 1))) {
      if (place.isOpen) blanks.push(row);
      return;
    }
    const read = readCalendarRow(cells);
    if (read === null) {
      if (!wasPursers(cells)) return;
      strays.push(place);
      changedCells.push(cellAddress(title, row, 0));
      return;
    }
    const texts = textsOf(cells);
    const key = keyOfTexts(texts);
    if (kept.has(key)) {
      strays.push(place);
      return;
    }
    kept.set(key, { ...place, texts });
    if (read.kind === 'entry') entries.push(read.entry);
    else watched.push(read.watched);
  });
  if (usedRows > 0) checkHeadings(title, rows[0] ?? []);
  return {
    entries,
    watched,
    rows: { kept, strays, blanks: blanks.filter((row) => row < usedRows) },
    changedCells,
    usedRows,
  };
}

/** The address of an entry's row, for a link; null when it has none yet. */
export function entryCell(title: string, { rows }: CalendarTabReading, entry: CalendarEntry): string | null {
  const place = rows.kept.get(keyOfTexts(entryTexts(entry)));
  return place === undefined ? null : cellAddress(title, place.row, 0);
}

/**
 * What to put where, so that the tab has these entries and calendars and no others: only rows that differ, for
 * `putValues`, which writes texts as they are (`RAW`). Empty when nothing differs. A row keeps its place, and with it
 * what a person noted beside it. See `growRequests` for room, `inRequests` for many.
 */
export function tabWrites(
  title: string,
  reading: CalendarTabReading,
  entries: readonly CalendarEntry[],
  watched: readonly WatchedCalendar[],
): readonly ValueRange[] {
  const { kept, strays, blanks } = reading.rows;
  // New rows come by their start: people read them.
  const ordered = [...entries].sort((a, b) => compareText(a.start, b.start));
  const wanted = new Map(
    [...watched.map(watchedTexts), ...ordered.map(entryTexts)].map((texts) => [keyOfTexts(texts), texts]),
  );
  const gone = [...[...kept].filter(([key]) => !wanted.has(key)).map(([, place]) => place), ...strays];
  const free = [...blanks, ...gone.filter(({ isOpen }) => isOpen).map(({ row }) => row)].sort(
    (a, b) => a - b,
  );
  const written = new Map<number, readonly string[]>(gone.map(({ row }) => [row, EMPTY_ROW]));
  if (reading.usedRows === 0) written.set(0, HEADER);
  let under = Math.max(1, reading.usedRows);
  for (const [key, texts] of wanted) {
    const place = kept.get(key);
    if (place !== undefined && saysTheSame(place.texts, texts)) continue;
    written.set(place?.row ?? free.shift() ?? under++, checkedCells(texts));
  }
  return rangesOf(title, written);
}

/** Requests that add rows where the tab is too short for what is to be written: Sheets refuses a write outside of it. */
export function growRequests(
  { sheetId, rowCount }: Pick<Tab, 'sheetId' | 'rowCount'>,
  writes: readonly ValueRange[],
): SheetsRequest[] {
  const lastRow = Math.max(0, ...writes.map(({ range }) => Number(/\d+$/.exec(range)?.[0] ?? 0)));
  if (lastRow <= rowCount) return [];
  return [{ appendDimension: { sheetId, dimension: 'ROWS', length: lastRow - rowCount + SPARE_ROWS } }];
}

/** The writes in parts that each fit one request. */
export function inRequests(writes: readonly ValueRange[]): readonly (readonly ValueRange[])[] {
  return parted(writes);
}

/** SHA-256 of what rows of these entries say, whatever their order; the same before they are written and after. */
export function entriesDigest(entries: readonly CalendarEntry[]): string {
  return sha256Hex(
    entries
      .map((entry) => sameness(entryTexts(entry)))
      .sort()
      .join('\n'),
  );
}

const SPARE_ROWS = 1000;
/** So that a range of the longest rows still fits one request. */
const ROWS_OF_A_RANGE = 200;
const HEADER: readonly string[] = CALENDAR_COLUMNS.map(({ header }) => header);
const EMPTY_ROW: readonly string[] = HEADER.map(() => '');

function rangesOf(title: string, written: ReadonlyMap<number, readonly string[]>): ValueRange[] {
  const runs: { readonly first: number; readonly values: (readonly string[])[] }[] = [];
  for (const [row, cells] of [...written].sort(([a], [b]) => a - b)) {
    const last = runs[runs.length - 1];
    if (last !== undefined && last.first + last.values.length === row && last.values.length < ROWS_OF_A_RANGE)
      last.values.push(cells);
    else runs.push({ first: row, values: [cells] });
  }
  return runs.map(({ first, values }) => ({
    range: `${quotedTitle(title)}!${cellName(first, 0)}:${cellName(first + values.length - 1, CHECK_COLUMN)}`,
    values,
  }));
}

function isEmpty(cells: readonly SheetValue[]): boolean {
  return cells.every((value) => value === null || value === '');
}

function checkHeadings(title: string, header: readonly SheetValue[]): void {
  const wrong = HEADER.findIndex((heading, index) => String(header[index] ?? '').trim() !== heading);
  if (wrong < 0) return;
  throw new PurserError('settings-invalid', {
    what: `The heading ${cellAddress(title, 0, wrong)} must be “${HEADER[wrong]}”: without it nobody can tell which column is which.`,
    now: 'Put the columns back as they were. Or delete the tab: it is made again, and the calendars are read again.',
    data: { column: wrong },
  });
}
