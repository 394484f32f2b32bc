/** A file of the trip sheets folder to the trips that it tells of. */
import type { TripSheet } from '../../statement/trip-sheet.ts';
import type { DateOrder } from './dates.ts';
import { decodeText } from './decode-text.ts';
import type { Synonyms, Vocabulary } from './fields.ts';
import { vocabularyOf } from './fields.ts';
import { csvTab, guessSeparator } from './parse-csv.ts';
import { readTab } from './read-tab.ts';
import { readXlsx } from './read-xlsx.ts';
import type { Tab } from './tab.ts';

export interface TripSheetFile {
  readonly fileId: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** By the file's type or name; a workbook that is called `.csv` is still read as one. */
  readonly kind: 'csv' | 'xlsx';
}

export interface TripSheetSettings {
  /** Further words for fields; they go before the ones that Purser knows. */
  readonly synonyms: Synonyms;
  /** How `5/7/2026` is meant, when nothing beside it says so. */
  readonly locale: DateOrder;
}

/** Longer text is no trip sheet. */
const LARGEST_CSV_BYTES = 50_000_000;

/**
 * All trips of a file, at least one: a file that can't be read is a trip without data that says why in `problems`.
 * Hidden tabs are not read as trips; one that looks like a trip sheet is a note of the file's first trip.
 * `guestNames` are all that are listed, those who did not show included. Never throws.
 */
export function readTripSheetFile(file: TripSheetFile, settings: TripSheetSettings): TripSheet[] {
  try {
    return readFile(file, settings);
  } catch (thrown) {
    // One odd file must not hold up the month: what went wrong is told where a person looks.
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return [unreadTripSheet(file, `Purser failed to read the file: ${message}.`)];
  }
}

function readFile(file: TripSheetFile, { synonyms, locale }: TripSheetSettings): TripSheet[] {
  const { bytes } = file;
  if (bytes.length === 0) return [unreadTripSheet(file, 'The file is empty.')];
  const vocabulary = vocabularyOf(synonyms);
  const isPacked = startsWith(bytes, [0x50, 0x4b, 3, 4]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]);
  const read = file.kind === 'xlsx' || isPacked ? readXlsx(bytes) : readCsv(bytes, vocabulary);
  if ('problem' in read) return [unreadTripSheet(file, read.problem)];
  const tabs = read.tabs.filter(({ rows, problems }) => rows.length > 0 || problems.length > 0);
  const shown = tabs.filter(({ hidden }) => !hidden);
  const origin = { fileId: file.fileId, fileName: file.fileName };
  const notes = tabs
    .filter((tab) => tab.hidden && readTab(tab, origin, vocabulary, locale).understood)
    .map(({ name }) => `The tab “${name}” is hidden and was not read.`);
  const [first, ...rest] = shown.flatMap((tab) => readTab(tab, origin, vocabulary, locale).trips);
  const shownFirst = first ?? unreadTripSheet(file, 'The file is empty.');
  return [{ ...shownFirst, notes: [...shownFirst.notes, ...notes] }, ...rest];
}

function readCsv(
  bytes: Uint8Array,
  vocabulary: Vocabulary,
): { readonly tabs: readonly Tab[] } | { readonly problem: string } {
  if (bytes.length > LARGEST_CSV_BYTES) {
    return { problem: `The file is too large: more than ${LARGEST_CSV_BYTES / 1_000_000} MB.` };
  }
  const { text, problem } = decodeText(bytes);
  if (text === '' && problem !== null) return { problem };
  const isLabel = (cell: string) => vocabulary.labelOf(cell) !== null;
  const tab = csvTab(text, guessSeparator(text, isLabel));
  if (problem === null) return { tabs: [tab] };
  return { tabs: [{ ...tab, problems: [{ row: 1, what: problem }, ...tab.problems] }] };
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

/** A trip without data: a file that can't be read, and why. */
export function unreadTripSheet(
  { fileId, fileName }: Pick<TripSheetFile, 'fileId' | 'fileName'>,
  problem: string,
): TripSheet {
  return {
    fileId,
    fileName,
    tab: '',
    charterId: null,
    date: null,
    departs: null,
    vessel: null,
    boarded: null,
    noShows: null,
    guestNames: [],
    comps: [],
    signedBy: null,
    problems: [problem],
    notes: [],
  };
}
