/** The workbook's part of collect: tabs, settings, rates, register, Template, and the month's own tab. */
import type { ExchangeOptions } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { SheetsAccess, SheetValues } from '../clients/google/sheets.ts';
import { batchUpdate, getGrids, getTabs, getValues } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { FindingDraft } from '../statement/findings.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { Month } from '../statement/month.ts';
import { addMonths, monthLabel } from '../statement/month.ts';
import { fillName, tabTitle } from '../statement/names.ts';
import type { RateRow } from '../statement/rates.ts';
import type { Template } from '../statement/template.ts';
import { readTemplate } from '../statement/template.ts';
import { auditTemplate } from '../statement/template-audit.ts';
import { readRates } from '../workbook/rates-tab.ts';
import type { RegisterRow } from '../workbook/register.ts';
import { readRegister } from '../workbook/register.ts';
import { setUpRequests } from '../workbook/set-up-tabs.ts';
import type { Settings } from '../workbook/settings.ts';
import { readSettings } from '../workbook/settings.ts';
import { SETTINGS } from '../workbook/settings-list.ts';
import { readTabGrid } from '../workbook/tab-grid.ts';
import type { MonthTab, Tab, Tabs } from '../workbook/tabs.ts';
import { readTabs, tabTitled } from '../workbook/tabs.ts';
import { ROWS_COMPARED, templateDifferences } from '../workbook/template-check.ts';
import { templateFeatures } from '../workbook/template-features.ts';
import { contentHash } from '../workbook/verify.ts';

export interface WorkbookReading {
  readonly access: SheetsAccess;
  readonly tabs: Tabs;
  readonly settings: Settings;
  readonly rates: readonly RateRow[];
  readonly registerTab: Tab;
  readonly registerValues: SheetValues;
  readonly register: readonly RegisterRow[];
  readonly template: Template;
  readonly templateTab: Tab;
  /** The title that the month's tab has or gets. */
  readonly monthTitle: string;
  /** The month's tab that Purser posted before; null when there is none. */
  readonly monthTab: MonthTab | null;
  /** Where a new month tab is moved to, in the places that tabs have once its hidden copy stands behind the Template. */
  readonly newTabIndex: number;
  /** `template-differs`, `tab-edited` … */
  readonly noticed: readonly FindingDraft[];
}

/** Two rounds: the list of tabs, then all that it names. Creates Purser's tabs in a workbook that has none. */
export function readWorkbook(host: Host, month: Month, options: ExchangeOptions): WorkbookReading {
  const access: SheetsAccess = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const tabs = ensureTabs(host, access, options);
  const { settings: settingsTab, rates: ratesTab, register: registerTab } = tabs.own;
  if (settingsTab === undefined || ratesTab === undefined || registerTab === undefined)
    throw ownTabsMissing();
  const guess = SETTINGS.find(({ key }) => key === 'Template tab')?.fallback ?? 'Template';
  const guessed = tabTitled(tabs.all, guess);
  const prior = priorTab(tabs, month);
  const posted = tabs.months.find((tab) => tab.month === month) ?? null;
  const ownRanges = [settingsTab, ratesTab, registerTab].map((tab) => quotedTitle(tab.title));
  const grids = [
    ...(guessed === null ? [] : [quotedTitle(guessed.title)]),
    ...(prior === null ? [] : [`${quotedTitle(prior.title)}!1:${Math.min(ROWS_COMPARED, prior.rowCount)}`]),
  ];
  const outcomes = exchange(
    host,
    {
      own: getValues(access, ownRanges, 'UNFORMATTED_VALUE'),
      grids: grids.length === 0 ? undefined : getGrids(access, grids),
      posted: posted === null ? undefined : getValues(access, [quotedTitle(posted.title)], 'FORMULA'),
    },
    options,
  );
  const [settingsRows = [], rateRows = [], registerValues = []] = valueOrThrow(outcomes.own);
  const settings = readSettings(settingsTab.title, settingsRows, tabs);
  const templateTab = tabTitled(tabs.all, settings.templateTab);
  if (templateTab === null) throw templateMissing(settings, settingsTab.title);
  const read = outcomes.grids === undefined ? null : valueOrThrow(outcomes.grids);
  const there = read?.sheets.find((sheet) => (sheet.properties.sheetId ?? 0) === templateTab.sheetId);
  const templateSheet =
    there ?? send(host, getGrids(access, [quotedTitle(templateTab.title)]), options).sheets[0];
  if (templateSheet === undefined) throw templateMissing(settings, settingsTab.title);
  const reading = readTemplate(readTabGrid(templateSheet));
  if (!reading.ok) throw templateInvalid(templateTab.title, reading.problems);
  const { template } = reading;
  const monthTitle =
    posted?.title ??
    tabTitle(fillName(settings.monthTabName, { month, company: settings.company, code: '', version: 1 }));
  const priorSheet =
    prior === null
      ? undefined
      : read?.sheets.find((sheet) => (sheet.properties.sheetId ?? 0) === prior.sheetId);
  const noticed = [
    ...auditTemplate(template, settings.currency),
    priorSheet === undefined ? null : templateDifferences(template, readTabGrid(priorSheet)),
    templateFeatures(templateSheet),
    edited(
      posted,
      outcomes.posted === undefined ? null : (valueOrThrow(outcomes.posted)[0] ?? []),
      monthTitle,
      tabs,
      month,
    ),
  ];
  return {
    access,
    tabs,
    settings,
    rates: readRates(ratesTab.title, rateRows),
    registerTab,
    registerValues,
    register: readRegister(registerValues),
    template,
    templateTab,
    monthTitle,
    monthTab: posted,
    newTabIndex: indexBehind(prior ?? templateTab, templateTab, tabs.staging),
    noticed: noticed.filter((draft): draft is FindingDraft => draft !== null),
  };
}

/** The tabs, after making what a workbook without settings lacks. */
export function ensureTabs(host: Host, access: SheetsAccess, options: ExchangeOptions): Tabs {
  const tabs = readTabs(send(host, getTabs(access), options));
  const complete =
    tabs.own.settings !== undefined && tabs.own.rates !== undefined && tabs.own.register !== undefined;
  if (complete) return tabs;
  // Only a workbook that Purser has never seen gets a Template; later its absence is a person's doing.
  const template = tabs.own.settings === undefined ? 'Template' : (tabs.all[0]?.title ?? 'Template');
  send(host, batchUpdate(access, 'Make Purser’s tabs', setUpRequests(tabs, template, 'USD')), options);
  return readTabs(send(host, getTabs(access), options));
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
function priorTab(tabs: Tabs, month: Month): Tab | null {
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
    message: `Somebody has changed the tab “${posted.title}” since Purser posted it, so it is left as it is. Undo the changes; or save them elsewhere, delete the tab and run again. Corrections belong in the charters table.`,
    links: [{ label: posted.title, url: `${tabs.spreadsheetUrl}#gid=${posted.sheetId}` }],
  };
}

function ownTabsMissing(): PurserError {
  return new PurserError('settings-missing', {
    what: 'Purser’s own tabs could not be made in this workbook.',
    now: 'Choose Purser › Set up….',
  });
}

function templateMissing(settings: Settings, settingsTitle: string): PurserError {
  return new PurserError('template-missing', {
    what: `There is no tab “${settings.templateTab}”, which the setting “Template tab” names.`,
    now: `Correct the setting in the tab “${settingsTitle}”, or choose Purser › Set up… to have a Template made.`,
  });
}

function templateInvalid(title: string, problems: readonly string[]): PurserError {
  return new PurserError('template-invalid', {
    what: `The Template “${title}” can't be used: ${problems.slice(0, 10).join(' ')}${problems.length > 10 ? ` And ${problems.length - 10} more.` : ''}`,
    now: 'Correct the cells and try again.',
    data: { problems: problems.length },
  });
}
