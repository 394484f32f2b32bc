/** The workbook's tabs, and which of them are Purser's: found by developer metadata, so that renaming is harmless. */
import * as v from 'valibot';
import type { SheetJson, SpreadsheetJson } from '../clients/google/sheets.ts';
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import type { Month } from '../statement/month.ts';
import { isMonth } from '../statement/month.ts';

export type OwnTab = 'settings' | 'rates' | 'register' | 'adjustments' | 'carried' | 'evidence';

export const OWN_TAB_TITLES: Record<OwnTab, string> = {
  settings: 'Purser settings',
  rates: 'Purser rates',
  register: 'Purser register',
  adjustments: 'Purser adjustments',
  carried: 'Purser carried forward',
  evidence: 'Purser evidence',
};

/** Layout of Purser's own tabs, kept with each tab's mark; goes up when columns change. */
export const LAYOUT_VERSION = 1;

export const TAB_KEY = 'purser.tab';
const MONTH_KEY = 'purser.month';
const STAGING_KEY = 'purser.staging';
const AUDIT_KEY = 'purser.audit';

export interface Tab {
  readonly sheetId: number;
  readonly title: string;
  readonly index: number;
  readonly hidden: boolean;
  readonly rowCount: number;
  readonly columnCount: number;
}

/** A month tab that Purser posted. */
export interface MonthTab extends Tab {
  readonly month: Month;
  readonly version: number;
  /** Where its charters stood, so that a re-post moves what lies under them. */
  readonly prototypeRow: number;
  readonly charterRows: number;
  /** SHA-256 of what it read when it was posted: tells whether a person has changed it since. */
  readonly contentHash: string;
  readonly metadataId: number;
}

/** The audit tab of a month, Purser's own. */
export interface AuditTab extends Tab {
  readonly month: Month;
  /** `auditHash` of what it read when it was posted; null when a Purser that kept none posted it. */
  readonly contentHash: string | null;
  readonly metadataId: number;
}

export interface Tabs {
  readonly spreadsheetUrl: string;
  readonly title: string;
  readonly timeZone: string;
  /** `en_US` */
  readonly locale: string;
  readonly all: readonly Tab[];
  readonly own: Readonly<Partial<Record<OwnTab, Tab>>>;
  readonly months: readonly MonthTab[];
  readonly audits: readonly AuditTab[];
  /** Hidden tabs that a run left behind. */
  readonly staging: readonly Tab[];
}

export function readTabs(spreadsheet: SpreadsheetJson): Tabs {
  const own: Partial<Record<OwnTab, Tab>> = {};
  const months: MonthTab[] = [];
  const audits: AuditTab[] = [];
  const staging: Tab[] = [];
  const all = spreadsheet.sheets.filter((sheet) => sheet.properties.sheetType === 'GRID').map(tabOf);
  for (const sheet of spreadsheet.sheets) {
    const tab = tabOf(sheet);
    for (const { metadataId, metadataKey, metadataValue } of sheet.developerMetadata) {
      if (metadataKey === STAGING_KEY) staging.push(tab);
      if (metadataKey === AUDIT_KEY) {
        const [month = '', sheetId, contentHash = null] = metadataValue.split('@');
        // A person's copy of the tab may carry the mark along, and is not to be replaced.
        if (isMonth(month) && Number(sheetId) === tab.sheetId) {
          audits.push({ ...tab, month, contentHash, metadataId });
        }
      }
      if (metadataKey === TAB_KEY) {
        const name = metadataValue.split('@')[0] ?? '';
        if (isOwnTab(name)) own[name] ??= tab;
      }
      if (metadataKey === MONTH_KEY) {
        const posted = readPosted(metadataValue);
        if (posted !== null) months.push({ ...tab, ...posted, metadataId });
      }
    }
  }
  for (const name of Object.keys(OWN_TAB_TITLES).filter(isOwnTab)) {
    const titled = tabTitled(all, OWN_TAB_TITLES[name]);
    if (own[name] === undefined && titled !== null) own[name] = titled;
  }
  return {
    spreadsheetUrl:
      spreadsheet.spreadsheetUrl ||
      `https://docs.google.com/spreadsheets/d/${spreadsheet.spreadsheetId}/edit`,
    title: spreadsheet.properties.title ?? '',
    timeZone: spreadsheet.properties.timeZone ?? '',
    locale: spreadsheet.properties.locale ?? '',
    all,
    own,
    months,
    audits,
    staging,
  };
}

/** Titles are compared as Sheets does: without case. */
export function tabTitled(tabs: readonly Tab[], title: string): Tab | null {
  const folded = title.trim().toLowerCase();
  return tabs.find((tab) => tab.title.trim().toLowerCase() === folded) ?? null;
}

export function markOwnTab(tab: OwnTab, sheetId: number): SheetsRequest {
  return createMetadata(TAB_KEY, ownTabMark(tab), sheetId);
}

/** The value of the mark, whose key is `TAB_KEY`. */
export function ownTabMark(tab: OwnTab): string {
  return `${tab}@${LAYOUT_VERSION}`;
}

/** `metadataId` is the caller's choice, so that the mark can be taken off again without a look. */
export function markStaging(month: Month, sheetId: number, metadataId: number): SheetsRequest {
  return createMetadata(STAGING_KEY, month, sheetId, metadataId);
}

export type Posted = Pick<MonthTab, 'month' | 'version' | 'prototypeRow' | 'charterRows' | 'contentHash'>;

export function markMonth(posted: Posted, sheetId: number): SheetsRequest {
  return createMetadata(MONTH_KEY, JSON.stringify({ ...posted, layout: LAYOUT_VERSION }), sheetId);
}

export function markAudit(month: Month, sheetId: number, contentHash: string): SheetsRequest {
  return createMetadata(AUDIT_KEY, `${month}@${sheetId}@${contentHash}`, sheetId);
}

export function unmark(metadataId: number): SheetsRequest {
  return { deleteDeveloperMetadata: { dataFilter: { developerMetadataLookup: { metadataId } } } };
}

function createMetadata(
  metadataKey: string,
  metadataValue: string,
  sheetId: number,
  metadataId?: number,
): SheetsRequest {
  return {
    createDeveloperMetadata: {
      developerMetadata: {
        ...(metadataId === undefined ? {} : { metadataId }),
        metadataKey,
        metadataValue,
        location: { sheetId },
        visibility: 'DOCUMENT',
      },
    },
  };
}

function tabOf(sheet: SheetJson): Tab {
  const { sheetId, title, index, hidden, gridProperties } = sheet.properties;
  return {
    sheetId: sheetId ?? 0,
    title,
    index: index ?? 0,
    hidden: hidden ?? false,
    rowCount: gridProperties?.rowCount ?? 0,
    columnCount: gridProperties?.columnCount ?? 0,
  };
}

function isOwnTab(name: string): name is OwnTab {
  return Object.keys(OWN_TAB_TITLES).includes(name);
}

const PostedJson = v.object({
  month: v.string(),
  version: v.number(),
  prototypeRow: v.number(),
  charterRows: v.number(),
  contentHash: v.string(),
});

function readPosted(json: string): Posted | null {
  try {
    const parsed = v.safeParse(PostedJson, JSON.parse(json));
    return parsed.success ? parsed.output : null;
  } catch {
    // Somebody else's text under our key: then the tab is nobody's.
    return null;
  }
}
