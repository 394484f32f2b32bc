/** The workbook's tabs, and which of them are Purser's: found by developer metadata, so that renaming is harmless. */
import * as v from 'valibot';
import type { SheetJson, SpreadsheetJson } from '../clients/google/sheets.ts';
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import type { Month } from '../statement/month.ts';
import { isMonth } from '../statement/month.ts';

export type OwnTab =
  | 'settings'
  | 'rates'
  | 'register'
  | 'adjustments'
  | 'accepted'
  | 'carried'
  | 'evidence'
  | 'log'
  | 'calendar';

export const OWN_TAB_TITLES: Record<OwnTab, string> = {
  settings: 'Purser settings',
  rates: 'Purser rates',
  register: 'Purser register',
  adjustments: 'Purser adjustments',
  accepted: 'Purser accepted',
  carried: 'Purser carried forward',
  evidence: 'Purser evidence',
  log: 'Purser log',
  calendar: 'Purser calendar',
};

/** Layout of Purser's own tabs, kept with each tab's mark; goes up when columns change. */
export const LAYOUT_VERSION = 1;

export const TAB_KEY = 'purser.tab';
const MONTH_KEY = 'purser.month';
const STAGING_KEY = 'purser.staging';
const AUDIT_KEY = 'purser.audit';
const KEPT_KEY = 'purser.kept';

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
  /** What it was made from, so that a run that goes on needn't post it again; null when that was not written down. */
  readonly postKey: string | null;
  readonly metadataId: number;
}

/** A hidden tab that a run is filling, or has left behind. */
export interface StagingTab extends Tab {
  /** What it is made from: only the run that would make the very same goes on with it. */
  readonly postKey: string | null;
}

/** The audit tab of a month, Purser's own. */
export interface AuditTab extends Tab {
  readonly month: Month;
  /** `auditHash` of what it read when it was posted; null when a Purser that kept none posted it. */
  readonly contentHash: string | null;
  readonly metadataId: number;
}

/** The month tab of a version that another one has replaced. */
export interface KeptTab extends Tab {
  readonly month: Month;
  readonly version: number;
}

/** A protected range of a tab, whoever made it. */
export interface TabProtection {
  readonly sheetId: number;
  readonly id: number;
  /** Of the tab itself, not of cells in it. */
  readonly isWhole: boolean;
  /** Whether who runs Purser may edit it. */
  readonly canEdit: boolean;
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
  readonly kept: readonly KeptTab[];
  readonly protections: readonly TabProtection[];
  /** Hidden tabs that a run left behind. */
  readonly staging: readonly StagingTab[];
}

export function readTabs(spreadsheet: SpreadsheetJson): Tabs {
  const own: Partial<Record<OwnTab, Tab>> = {};
  const marked: MarkedMonth[] = [];
  const audits: AuditTab[] = [];
  const kept: KeptTab[] = [];
  const staging: StagingTab[] = [];
  const all = spreadsheet.sheets.filter((sheet) => sheet.properties.sheetType === 'GRID').map(tabOf);
  for (const sheet of spreadsheet.sheets) {
    const tab = tabOf(sheet);
    for (const { metadataId, metadataKey, metadataValue } of sheet.developerMetadata) {
      if (metadataKey === STAGING_KEY) {
        staging.push({ ...tab, postKey: metadataValue.split('@')[1] ?? null });
      }
      if (metadataKey === AUDIT_KEY) {
        const [month = '', sheetId, contentHash = null] = metadataValue.split('@');
        // A person's copy of the tab may carry the mark along, and is not to be replaced.
        if (isMonth(month) && Number(sheetId) === tab.sheetId) {
          audits.push({ ...tab, month, contentHash, metadataId });
        }
      }
      if (metadataKey === KEPT_KEY) {
        const [month = '', version, sheetId] = metadataValue.split('@');
        if (isMonth(month) && Number(sheetId) === tab.sheetId)
          kept.push({ ...tab, month, version: Number(version) });
      }
      if (metadataKey === TAB_KEY) {
        const name = metadataValue.split('@')[0] ?? '';
        // A person's copy may carry the mark along: of several the one with Purser's title, else the first.
        if (isOwnTab(name) && (own[name] === undefined || isTitled(tab, OWN_TAB_TITLES[name])))
          own[name] = tab;
      }
      if (metadataKey === MONTH_KEY) {
        const posted = readPosted(metadataValue);
        if (posted !== null)
          marked.push({ of: posted.sheetId, tab: { ...tab, ...posted.posted, metadataId } });
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
    months: originals(marked),
    audits,
    kept,
    protections: spreadsheet.sheets.flatMap(protectionsOf),
    staging,
  };
}

interface MarkedMonth {
  /** The sheet that the mark was made for; null in marks of before that was written down. */
  readonly of: number | null;
  readonly tab: MonthTab;
}

/**
 * Without a person's copies of a month's tab, which may carry its mark along. A mark that does not say for which sheet it
 * is counts when it is the only one of its month: of two such tabs nobody knows which was posted.
 */
function originals(marked: readonly MarkedMonth[]): MonthTab[] {
  return marked
    .filter(({ of, tab }) => {
      if (of !== null) return of === tab.sheetId;
      return marked.filter((other) => other.tab.month === tab.month).length === 1;
    })
    .map(({ tab }) => tab);
}

function protectionsOf({ properties, protectedRanges }: SheetJson): TabProtection[] {
  return protectedRanges.map(({ protectedRangeId: id, range, requestingUserCanEdit, warningOnly }) => ({
    sheetId: properties.sheetId ?? 0,
    id,
    isWhole: range !== undefined && Object.keys(range).every((bound) => bound === 'sheetId'),
    canEdit: requestingUserCanEdit || warningOnly,
  }));
}

/** Titles are compared as Sheets does: without case. */
export function tabTitled(tabs: readonly Tab[], title: string): Tab | null {
  return tabs.find((tab) => isTitled(tab, title)) ?? null;
}

function isTitled(tab: Tab, title: string): boolean {
  return tab.title.trim().toLowerCase() === title.trim().toLowerCase();
}

export function markOwnTab(tab: OwnTab, sheetId: number): SheetsRequest {
  return createMetadata(TAB_KEY, ownTabMark(tab), sheetId);
}

/** The value of the mark, whose key is `TAB_KEY`. */
export function ownTabMark(tab: OwnTab): string {
  return `${tab}@${LAYOUT_VERSION}`;
}

/** `metadataId` is the caller's choice, so that the mark can be taken off again without a look. */
export function markStaging(
  month: Month,
  sheetId: number,
  metadataId: number,
  postKey: string,
): SheetsRequest {
  return createMetadata(STAGING_KEY, `${month}@${postKey}`, sheetId, metadataId);
}

export type Posted = Pick<
  MonthTab,
  'month' | 'version' | 'prototypeRow' | 'charterRows' | 'contentHash' | 'postKey'
>;

export function markMonth(posted: Posted, sheetId: number): SheetsRequest {
  return createMetadata(MONTH_KEY, JSON.stringify({ ...posted, sheetId, layout: LAYOUT_VERSION }), sheetId);
}

export function markAudit(month: Month, sheetId: number, contentHash: string): SheetsRequest {
  return createMetadata(AUDIT_KEY, `${month}@${sheetId}@${contentHash}`, sheetId);
}

export function markKept(month: Month, version: number, sheetId: number): SheetsRequest {
  return createMetadata(KEPT_KEY, `${month}@${version}@${sheetId}`, sheetId);
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
  postKey: v.optional(v.nullable(v.string()), null),
  sheetId: v.optional(v.nullable(v.number()), null),
});

function readPosted(json: string): { readonly posted: Posted; readonly sheetId: number | null } | null {
  try {
    const parsed = v.safeParse(PostedJson, JSON.parse(json));
    if (!parsed.success) return null;
    const { sheetId, ...posted } = parsed.output;
    return { posted, sheetId };
  } catch {
    // Somebody else's text under our key: then the tab is nobody's.
    return null;
  }
}
