/** What a workbook has and an .xlsx can't carry, to be kept beside it. */
import type { DeveloperMetadata, JsonObject, ProtectedRange, Tab, Workbook } from './model.ts';

export interface TabState {
  readonly sheetId: number;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly conditionalFormats: readonly JsonObject[];
}

/** JSON-serialisable. */
export interface SheetsState {
  readonly title: string;
  readonly locale: string;
  readonly timeZone: string;
  /** By the tab's title. */
  readonly tabs: Readonly<Record<string, TabState>>;
  readonly metadata: readonly DeveloperMetadata[];
  readonly protectedRanges: readonly ProtectedRange[];
}

export function stateOf(workbook: Workbook): SheetsState {
  const { title, locale, timeZone, metadata, protectedRanges } = workbook;
  const entry = (tab: Tab): [string, TabState] => {
    const { sheetId, rowCount, columnCount, conditionalFormats } = tab;
    return [tab.title, { sheetId, rowCount, columnCount, conditionalFormats }];
  };
  return {
    title,
    locale,
    timeZone,
    tabs: Object.fromEntries(workbook.tabs.map(entry)),
    metadata,
    protectedRanges,
  };
}

function sheetIdOf(metadata: DeveloperMetadata): number | null {
  const { location } = metadata;
  if (location.locationType === 'SPREADSHEET') return null;
  return location.locationType === 'SHEET' ? location.sheetId : location.dimensionRange.sheetId;
}

/** The metadata and protections of the state whose tabs are still there. */
export function withStateOf(workbook: Workbook, state: SheetsState | null): Workbook {
  if (state === null) return workbook;
  const ids = new Set(workbook.tabs.map((tab) => tab.sheetId));
  return {
    ...workbook,
    title: state.title,
    locale: state.locale,
    timeZone: state.timeZone,
    metadata: state.metadata.filter((each) => {
      const id = sheetIdOf(each);
      return id === null || ids.has(id);
    }),
    protectedRanges: state.protectedRanges.filter(({ range }) => ids.has(range.sheetId)),
  };
}

/** An id for a tab that the state doesn't know: the same in every run, and never a known one. */
export function idForNewTab(position: number, taken: ReadonlySet<number>): number {
  // The first tab of a new spreadsheet has id 0.
  for (let seed = position; ; seed++) {
    const id = seed === 0 ? 0 : (Math.imul(seed, 0x9e3779b1) >>> 1) % 2_000_000_000;
    if (!taken.has(id)) return id;
  }
}
