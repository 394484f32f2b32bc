/** What the workbook's tabs say about a month: Template, the month's own tab and the one before, evidence. */
import type { Call, Outcome } from '../clients/exchange.ts';
import { valueOrThrow } from '../clients/exchange.ts';
import type { SheetJson, SheetValues, SpreadsheetJson } from '../clients/google/sheets.ts';
import { getGrids, getValues } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import type { FindingDraft } from '../statement/findings.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { Month } from '../statement/month.ts';
import { addMonths, monthLabel } from '../statement/month.ts';
import { fillName, tabTitle } from '../statement/names.ts';
import type { RateRow } from '../statement/rates.ts';
import type { Template } from '../statement/template.ts';
import { readTemplate } from '../statement/template.ts';
import { auditTemplate } from '../statement/template-audit.ts';
import { auditHash, auditRanges, auditTabOf, lastOfMonth } from '../workbook/audit-tab.ts';
import type { EvidenceReading } from '../workbook/evidence-tab.ts';
import { evidenceParts, joinParts, readEvidence } from '../workbook/evidence-tab.ts';
import { readRates } from '../workbook/rates-tab.ts';
import type { RegisterRow } from '../workbook/register.ts';
import { readRegister } from '../workbook/register.ts';
import { readTabGrid } from '../workbook/tab-grid.ts';
import type { MonthTab, Tab, Tabs } from '../workbook/tabs.ts';
import { tabTitled } from '../workbook/tabs.ts';
import { ROWS_COMPARED, templateDifferences } from '../workbook/template-check.ts';
import { templateFeatures } from '../workbook/template-features.ts';
import { contentHash } from '../workbook/verify.ts';
import type { OpenedWorkbook } from './open-workbook.ts';
import { templateMissing } from './open-workbook.ts';

/** What the tab of calendars holds, its header first. */
export interface CalendarValues {
  readonly title: string;
  readonly rows: SheetValues;
}

export interface WorkbookReading extends OpenedWorkbook {
  readonly rates: readonly RateRow[];
  readonly register: readonly RegisterRow[];
  readonly evidence: { readonly tab: Tab; readonly reading: EvidenceReading };
  /** Null in a workbook without that tab. */
  readonly calendar: CalendarValues | null;
  readonly template: Template;
  /** The title that the month's tab has or gets. */
  readonly monthTitle: string;
  /** The month's tab that Purser posted before; null when there is none. */
  readonly monthTab: MonthTab | null;
  /** What it holds, formulas as formulas; null when there is none. */
  readonly monthFormulas: SheetValues | null;
  /** Whether a person has written into the month's audit tab since Purser posted it, as far as can be told. */
  readonly auditWritten: boolean;
  /** Where a new month tab is moved to, in the places that tabs have once its hidden copy stands behind the Template. */
  readonly newTabIndex: number;
  readonly newTabBehind: Tab;
  /** `template-differs`, `tab-edited` … */
  readonly noticed: readonly FindingDraft[];
}

type SheetsCall = Call<SpreadsheetJson> | Call<readonly SheetValues[]>;

/** What the tabs hold that the month is made from and compared with; to be asked beside everything else. */
export function workbookCalls(
  { access, tabs, own, templateTab }: OpenedWorkbook,
  month: Month,
): {
  readonly [name: `workbook ${string}`]: SheetsCall | undefined;
} {
  const prior = priorTab(tabs, month);
  const posted = postedTab(tabs, month);
  const grids = [
    quotedTitle(templateTab.title),
    ...(prior === null ? [] : [`${quotedTitle(prior.title)}!1:${Math.min(ROWS_COMPARED, prior.rowCount)}`]),
  ];
  const parts = evidenceRanges(own.evidence).map((range, index) => [
    `workbook evidence ${index}`,
    getValues(access, [range], 'UNFORMATTED_VALUE'),
  ]);
  const audited = auditRangesThere(tabs, month).map((range, index) => [
    `workbook audit ${index}`,
    getValues(access, [range], 'FORMULA'),
  ]);
  return {
    ...Object.fromEntries([...parts, ...audited]),
    'workbook calendar':
      tabs.own.calendar === undefined
        ? undefined
        : getValues(access, [quotedTitle(tabs.own.calendar.title)], 'UNFORMATTED_VALUE'),
    'workbook grids': getGrids(access, grids),
    'workbook posted':
      posted === null ? undefined : getValues(access, [quotedTitle(posted.title)], 'FORMULA'),
  };
}

/** @param outcomes what became of `workbookCalls`, among others */
export function readWorkbook(
  opened: OpenedWorkbook,
  outcomes: Readonly<Record<string, unknown>>,
  month: Month,
): WorkbookReading {
  const { tabs, own, settings, rateRows, templateTab } = opened;
  const prior = priorTab(tabs, month);
  const posted = postedTab(tabs, month);
  const grids = valueOrThrow(outcomes['workbook grids'] as Outcome<SpreadsheetJson>);
  const sheetOf = (tab: Tab): SheetJson | undefined =>
    grids.sheets.find((sheet) => (sheet.properties.sheetId ?? 0) === tab.sheetId);
  const valuesOf = (name: string): SheetValues | null => {
    const outcome = outcomes[`workbook ${name}`] as Outcome<readonly SheetValues[]> | undefined;
    return outcome === undefined ? null : (valueOrThrow(outcome)[0] ?? []);
  };
  const templateSheet = sheetOf(templateTab);
  if (templateSheet === undefined) throw templateMissing(settings, own.settings.title);
  const reading = readTemplate(readTabGrid(templateSheet));
  if (!reading.ok) throw templateInvalid(templateTab.title, reading.problems);
  const { template } = reading;
  const monthTitle =
    posted?.title ??
    tabTitle(fillName(settings.monthTabName, { month, company: settings.company, code: '', version: 1 }));
  const priorSheet = prior === null ? undefined : sheetOf(prior);
  const behind = prior === null ? templateTab : lastOfMonth(prior, tabs);
  const noticed = [
    ...auditTemplate(template, settings.currency),
    priorSheet === undefined ? null : templateDifferences(template, readTabGrid(priorSheet)),
    templateFeatures(templateSheet),
    edited(posted, valuesOf('posted'), monthTitle, tabs, month),
  ];
  const calendarRows = valuesOf('calendar');
  const parts = evidenceRanges(own.evidence).map((_, index) => valuesOf(`evidence ${index}`) ?? []);
  return {
    ...opened,
    rates: readRates(own.rates.title, rateRows),
    register: readRegister(opened.registerValues),
    evidence: { tab: own.evidence, reading: readEvidence(own.evidence.title, joinParts(parts)) },
    calendar:
      calendarRows === null || tabs.own.calendar === undefined
        ? null
        : { title: tabs.own.calendar.title, rows: calendarRows },
    template,
    monthTitle,
    monthTab: posted,
    monthFormulas: valuesOf('posted'),
    auditWritten: auditWritten(tabs, month, outcomes),
    newTabIndex: indexBehind(behind, templateTab, tabs.staging),
    newTabBehind: behind,
    noticed: noticed.filter((draft): draft is FindingDraft => draft !== null),
  };
}

/**
 * A tab's place behind another one. A move is counted in the places before it
 * (developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets#SheetProperties): the hidden copy
 * behind the Template has pushed later tabs on, and leftovers are gone.
 */
function indexBehind(tab: Tab, templateTab: Tab, leftovers: readonly Tab[]): number {
  const gone = leftovers.filter(({ index }) => index < tab.index).length;
  return tab.index + 1 - gone + (tab.index > templateTab.index ? 1 : 0);
}

/** The tab of the nearest month before, whoever made it. */
export function priorTab(tabs: Tabs, month: Month): Tab | null {
  for (let back = 1; back <= 12; back++) {
    const earlier = addMonths(month, -back);
    const tab = tabs.months.find((one) => one.month === earlier) ?? tabTitled(tabs.all, monthLabel(earlier));
    if (tab !== null && tab !== undefined) return tab;
  }
  return null;
}

function edited(
  posted: MonthTab | null,
  formulas: SheetValues | null,
  title: string,
  tabs: Tabs,
  month: Month,
): FindingDraft | null {
  if (posted === null) {
    const namesake = tabTitled(tabs.all, title);
    if (namesake === null) return null;
    return {
      code: 'tab-edited',
      message: `A tab “${namesake.title}” is already there and was not posted by Purser, so it is left as it is. Rename or delete it to have ${monthLabel(month)} posted.`,
      links: [{ label: namesake.title, url: `${tabs.spreadsheetUrl}#gid=${namesake.sheetId}` }],
    };
  }
  if (formulas === null || contentHash(formulas) === posted.contentHash) return null;
  return {
    code: 'tab-edited',
    message: `Somebody has changed the tab “${posted.title}” since Purser posted it, so it is left as it is. Undo the changes; or save them elsewhere, delete the tab and run again. Corrections belong in the charters table, or in the tab “Purser adjustments”.`,
    links: [{ label: posted.title, url: `${tabs.spreadsheetUrl}#gid=${posted.sheetId}` }],
  };
}

/** What can't be read may hold a person's words. */
function auditWritten(tabs: Tabs, month: Month, outcomes: Readonly<Record<string, unknown>>): boolean {
  const ranges = auditRangesThere(tabs, month);
  if (ranges.length === 0) return false;
  const parts = ranges.flatMap((_, index) => {
    const outcome = outcomes[`workbook audit ${index}`] as Outcome<readonly SheetValues[]>;
    return outcome.ok ? [outcome.value[0] ?? []] : [];
  });
  return parts.length < ranges.length || auditHash(parts) !== auditTabOf(tabs, month)?.contentHash;
}

/** Of the month's audit tab; none when there is no such tab, or none to compare it with. */
function auditRangesThere(tabs: Tabs, month: Month): string[] {
  const there = auditTabOf(tabs, month);
  return there === null || there.contentHash === null ? [] : auditRanges(there.title, there.rowCount);
}

function postedTab(tabs: Tabs, month: Month): MonthTab | null {
  return tabs.months.find((tab) => tab.month === month) ?? null;
}

function evidenceRanges({ title, rowCount }: Tab): string[] {
  return evidenceParts(title, rowCount);
}

function templateInvalid(title: string, problems: readonly string[]): PurserError {
  return new PurserError('template-invalid', {
    what: `The Template “${title}” can't be used: ${problems.slice(0, 10).join(' ')}${problems.length > 10 ? ` And ${problems.length - 10} more.` : ''}`,
    now: 'Correct the cells and try again.',
    data: { problems: problems.length },
  });
}
