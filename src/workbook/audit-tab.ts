/**
 * Posting the audit tab with its month. It is made hidden and marked as staging in the request that makes the month's
 * hidden copy, filled in the same round as the month, and shown in the request that shows the month: a reader sees
 * the old audit or the new one, never half of one, and no round is added. An old one into which a person has written
 * is kept beside it.
 */
import { encodedLength } from '@stablelib/utf8';
import type { SheetValue, SheetValues, ValueRange } from '../clients/google/sheets.ts';
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import type { GridCell, TabGrid } from '../statement/grid.ts';
import { columnName, quotedTitle } from '../statement/grid.ts';
import type { Month } from '../statement/month.ts';
import { freeTitle, keptEnding } from './free-title.ts';
import { formatRequests, heightRequests, linkRequests, mergeRequests } from './grid-requests.ts';
import { freeSheetId } from './set-up-tabs.ts';
import { sizeRequests } from './tab-grid.ts';
import type { AuditTab, MonthTab, Tab, Tabs } from './tabs.ts';
import { markAudit, markStaging, unmark } from './tabs.ts';
import { contentHash } from './verify.ts';

export interface AuditStaging {
  readonly month: Month;
  readonly sheetId: number;
  readonly metadataId: number;
  readonly postKey: string;
  /** While it is hidden. */
  readonly stagingTitle: string;
  /** Once it is shown: for `auditSheet`. */
  readonly title: string;
  /** Its place behind the month tab, as tabs stand when `showAudit` comes to move it. */
  readonly index: number;
  /** The month's audit tab of an earlier posting; null when there is none. */
  readonly there: AuditTab | null;
  /** The title under which that one stays; null when it is deleted. */
  readonly keepAs: string | null;
  /** The version that it is the audit of, when it stays for that, hidden; null when a person has written into it. */
  readonly keptVersion: number | null;
}

const PART_ROWS = 5000;

/** Ranges that cover the tab, to be read side by side as formulas, for `auditHash`; a large one exceeds one reply. */
export function auditRanges(title: string, rowCount: number): string[] {
  const ranges: string[] = [];
  for (let row = 0; row < Math.max(1, rowCount); row += PART_ROWS) {
    // Whole rows: a person may have added columns.
    ranges.push(`${quotedTitle(title)}!${row + 1}:${Math.max(1, Math.min(row + PART_ROWS, rowCount))}`);
  }
  return ranges;
}

/** @param parts what `auditRanges` read; empty rows under the last one make no difference */
export function auditHash(parts: readonly SheetValues[]): string {
  // The API leaves out the empty rows at the end of each part.
  return contentHash(parts.flatMap((part) => Array.from({ length: PART_ROWS }, (_, row) => part[row] ?? [])));
}

/**
 * @param monthTitle the month tab's
 * @param behind the tab behind which a new month tab is put
 * @param taken sheet ids that are promised already, the month's hidden copy's among them
 * @param written whether a person has written into the audit tab that is there
 * @param keptVersion the version whose tabs are kept, because this one replaces it; null for none
 */
export function planAudit(
  month: Month,
  tabs: Tabs,
  monthTitle: string,
  monthTab: MonthTab | null,
  behind: Tab,
  taken: readonly number[],
  written: boolean,
  postKey: string,
  keptVersion: number | null = null,
): AuditStaging {
  const sheetId = freeSheetId(
    new Set([...tabs.all.map((tab) => tab.sheetId), ...taken]),
    `audit staging ${month}`,
  );
  const there = auditTabOf(tabs, month);
  const endingOf =
    keptVersion === null
      ? (number: number) => ` (kept${number > 1 ? ` ${number}` : ''})`
      : keptEnding(keptVersion);
  const stays = there !== null && (written || keptVersion !== null);
  const gone = [...tabs.staging, ...(there === null || stays ? [] : [there])];
  const placeOf = (tab: Tab): number => tab.index - gone.filter(({ index }) => index < tab.index).length;
  return {
    month,
    sheetId,
    metadataId: sheetId,
    postKey,
    stagingTitle: auditStagingTitle(month),
    title:
      there?.title ??
      freeTitle(`Audit ${monthTitle}`, tabs.all, (number) => (number > 1 ? ` (${number})` : '')),
    // It waits behind all other tabs, so no move before its own changes what is counted here.
    index: monthTab === null ? placeOf(behind) + 2 : placeOf(monthTab) + 1,
    there,
    keepAs: stays ? freeTitle(there.title, tabs.all, endingOf) : null,
    keptVersion: stays ? keptVersion : null,
  };
}

export function auditStagingTitle(month: Month): string {
  return `Purser staging audit ${month}`;
}

export function auditTabOf(tabs: Tabs, month: Month): AuditTab | null {
  return tabs.audits.find((tab) => tab.month === month) ?? null;
}

/** Behind an earlier month's tab stands its audit tab, and a new month goes behind both. */
export function lastOfMonth(monthTab: Tab, tabs: Tabs): Tab {
  const marked = tabs.months.find(({ sheetId }) => sheetId === monthTab.sheetId);
  const audit = tabs.audits.find(({ month }) => month === marked?.month);
  return audit?.index === monthTab.index + 1 ? audit : monthTab;
}

/** The hidden tab with its formats and links, without its values; for the request that makes the month's copy. */
export function stageAudit(grid: TabGrid, staging: AuditStaging): SheetsRequest[] {
  const { sheetId } = staging;
  return [
    {
      addSheet: {
        properties: {
          sheetId,
          title: staging.stagingTitle,
          hidden: true,
          gridProperties: {
            rowCount: Math.max(1, grid.rows.length),
            columnCount: Math.max(1, grid.columnWidthsPx.length),
            frozenRowCount: grid.frozenRows,
            frozenColumnCount: grid.frozenColumns,
            hideGridlines: true,
          },
        },
      },
    },
    markStaging(staging.month, sheetId, staging.metadataId, staging.postKey),
    ...formatRequests(grid, sheetId),
    ...linkRequests(grid, sheetId),
    ...mergeRequests(grid.merges, sheetId),
    ...sizeRequests(sheetId, 'COLUMNS', grid.columnWidthsPx),
    ...heightRequests(grid, sheetId).requests,
    ...hiddenRowRequests(grid, sheetId),
  ];
}

function hiddenRowRequests({ hiddenRows }: TabGrid, sheetId: number): SheetsRequest[] {
  return [...(hiddenRows ?? [])].map((row) => ({
    updateDimensionProperties: {
      range: { sheetId, dimension: 'ROWS', startIndex: row, endIndex: row + 1 },
      properties: { hiddenByUser: true },
      fields: 'hiddenByUser',
    },
  }));
}

/** Marks the row of the audit tab that keeps the month’s findings as data; its value is the month. */
export const FINDINGS_KEY = 'purser.findings';

function markFindings(month: Month, sheetId: number, row: number): SheetsRequest {
  return {
    createDeveloperMetadata: {
      developerMetadata: {
        metadataKey: FINDINGS_KEY,
        metadataValue: month,
        location: { dimensionRange: { sheetId, dimension: 'ROWS', startIndex: row, endIndex: row + 1 } },
        visibility: 'DOCUMENT',
      },
    },
  };
}

/** Requests are best kept under 2 MB (developers.google.com/workspace/sheets/api/limits). */
const LARGEST_WRITE_BYTES = 1_500_000;

/** All values but the linked cells', in parts that each fit one request; to be written RAW: text stays text. */
export function auditValues(grid: TabGrid, staging: AuditStaging): ValueRange[][] {
  const tab = quotedTitle(staging.stagingTitle);
  const parts: ValueRange[][] = [];
  let rows: SheetValue[][] = [];
  let first = 0;
  let bytes = 0;
  const close = (next: number): void => {
    const width = Math.max(1, ...rows.map((row) => row.length));
    if (rows.some((row) => row.length > 0)) {
      const range = `${tab}!A${first + 1}:${columnName(width - 1)}${first + rows.length}`;
      parts.push([{ range, values: rows }]);
    }
    rows = [];
    first = next;
    bytes = 0;
  };
  grid.rows.forEach((cells, row) => {
    const values = cells.map(rawValue);
    while (values.length > 0 && values[values.length - 1] === null) values.pop();
    const more = encodedLength(JSON.stringify(values)) + 1;
    if (bytes + more > LARGEST_WRITE_BYTES) close(row);
    rows.push(values);
    bytes += more;
  });
  close(grid.rows.length);
  return parts;
}

/**
 * The requests that put it in the old audit tab's place; after those that show the month, in the same request.
 *
 * @param hash `auditHash` of the hidden tab once it was filled: by it the next posting tells whether a person has
 *   written into the tab
 */
export function showAudit(grid: TabGrid, staging: AuditStaging, hash: string): SheetsRequest[] {
  const { sheetId, title, index } = staging;
  const { unsizedFrom } = heightRequests(grid, sheetId);
  const last = grid.rows.length - 1;
  const keepsFindings = grid.hiddenRows?.has(last) === true;
  // A hidden row must not be fitted: nobody says whether it would be shown by that.
  const endIndex = keepsFindings ? last : grid.rows.length;
  const unsized = { sheetId, dimension: 'ROWS', startIndex: unsizedFrom, endIndex } as const;
  return [
    ...(unsizedFrom < endIndex ? [{ autoResizeDimensions: { dimensions: unsized } }] : []),
    ...giveWay(staging),
    {
      updateSheetProperties: {
        properties: { sheetId, title, hidden: false, index },
        fields: 'title,hidden,index',
      },
    },
    unmark(staging.metadataId),
    markAudit(staging.month, sheetId, hash),
    ...(keepsFindings ? [markFindings(staging.month, sheetId, last)] : []),
    {
      addProtectedRange: {
        protectedRange: {
          range: { sheetId },
          description: 'Purser makes this tab anew whenever the month is posted.',
          warningOnly: true,
        },
      },
    },
  ];
}

function giveWay({ there, keepAs, keptVersion }: AuditStaging): SheetsRequest[] {
  if (there === null) return [];
  const { sheetId, metadataId } = there;
  if (keepAs === null) return [{ deleteSheet: { sheetId } }];
  return [
    {
      updateSheetProperties:
        keptVersion === null
          ? { properties: { sheetId, title: keepAs }, fields: 'title' }
          : { properties: { sheetId, title: keepAs, hidden: true }, fields: 'title,hidden' },
    },
    unmark(metadataId),
  ];
}

/** Null leaves the cell as it is: empty, or with the value that its link was written with. */
function rawValue({ input, format }: GridCell): SheetValue {
  if (format.textFormat?.link !== undefined) return null;
  switch (input.kind) {
    case 'text':
      return input.text;
    case 'number':
      return input.number;
    case 'boolean':
      return input.boolean;
    default:
      return null;
  }
}
