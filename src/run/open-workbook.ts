/** The workbook's first round: its tabs, and what Purser's own say. */
import type { SessionCredentials } from '../clients/aws/sts.ts';
import type { Call, ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { MarkedValues, SheetsAccess, SheetValues } from '../clients/google/sheets.ts';
import { batchUpdate, getMarkedValues, getTabs, getValues } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { StandingTab } from '../workbook/set-up-tabs.ts';
import { setUpRequests } from '../workbook/set-up-tabs.ts';
import type { Settings } from '../workbook/settings.ts';
import { readSettings } from '../workbook/settings.ts';
import type { Tab, Tabs } from '../workbook/tabs.ts';
import { ownTabMark, readTabs, TAB_KEY, tabTitled } from '../workbook/tabs.ts';

/** A tab for a person's hand. */
interface HandTab {
  readonly title: string;
  readonly rows: SheetValues;
}

export interface OpenedWorkbook {
  readonly access: SheetsAccess;
  readonly tabs: Tabs;
  readonly own: Readonly<Record<StandingTab, Tab>>;
  readonly settings: Settings;
  /** Of the settings tab, its header first. */
  readonly settingsRows: SheetValues;
  readonly rateRows: SheetValues;
  readonly registerTab: Tab;
  readonly registerValues: SheetValues;
  /** What people wrote, with its header; it is understood once the charters are known. */
  readonly adjustments: HandTab;
  readonly accepted: HandTab;
  readonly carried: HandTab;
  readonly templateTab: Tab;
  /** What became of the call for credentials that went along. */
  readonly awsSession: Outcome<SessionCredentials> | undefined;
}

/** The evidence tab may be long: it is read in parts, once its length is known. */
const READ_AT_ONCE = ['settings', 'rates', 'register', 'adjustments', 'accepted', 'carried'] as const;

/**
 * One round: the tabs, beside the values of Purser's own, which are found by their marks. More in a workbook whose
 * tabs Purser has yet to make, or whose marks somebody has lost.
 *
 * @param aws goes out in the same round, since the next one asks AWS
 */
export function openWorkbook(
  host: Host,
  options: ExchangeOptions,
  aws: Call<SessionCredentials> | undefined,
): OpenedWorkbook {
  const access: SheetsAccess = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const { listed, marked, awsSession } = exchange(
    host,
    {
      listed: getTabs(access),
      marked: getMarkedValues(access, TAB_KEY, READ_AT_ONCE.map(ownTabMark)),
      awsSession: aws,
    },
    options,
  );
  const tabs = completeTabs(host, access, readTabs(valueOrThrow(listed)), options);
  const own = ownTabs(tabs);
  const rows = ownValues(host, access, own, marked, options);
  const settings = readSettings(own.settings.title, rows.settings, tabs);
  const templateTab = tabTitled(tabs.all, settings.templateTab);
  if (templateTab === null) throw templateMissing(settings, own.settings.title);
  return {
    access,
    tabs,
    own,
    settings,
    settingsRows: rows.settings,
    rateRows: rows.rates,
    registerTab: own.register,
    registerValues: rows.register,
    adjustments: { title: own.adjustments.title, rows: rows.adjustments },
    accepted: { title: own.accepted.title, rows: rows.accepted },
    carried: { title: own.carried.title, rows: rows.carried },
    templateTab,
    awsSession,
  };
}

function ownValues(
  host: Host,
  access: SheetsAccess,
  own: Readonly<Record<StandingTab, Tab>>,
  marked: Outcome<readonly MarkedValues[]>,
  options: ExchangeOptions,
): Record<(typeof READ_AT_ONCE)[number], SheetValues> {
  const found = marked.ok ? marked.value : [];
  const read = READ_AT_ONCE.map((name) => found.find(({ range }) => isIn(range, own[name].title))?.values);
  const missing = READ_AT_ONCE.filter((_, index) => read[index] === undefined);
  const asked =
    missing.length === 0
      ? []
      : send(
          host,
          getValues(
            access,
            missing.map((name) => quotedTitle(own[name].title)),
            'UNFORMATTED_VALUE',
          ),
          options,
        );
  const valuesOf = (name: (typeof READ_AT_ONCE)[number]): SheetValues =>
    read[READ_AT_ONCE.indexOf(name)] ?? asked[missing.indexOf(name)] ?? [];
  return {
    settings: valuesOf('settings'),
    rates: valuesOf('rates'),
    register: valuesOf('register'),
    adjustments: valuesOf('adjustments'),
    accepted: valuesOf('accepted'),
    carried: valuesOf('carried'),
  };
}

/** Google quotes a title in A1 notation only where it must. */
function isIn(range: string, title: string): boolean {
  const tab = range.slice(0, Math.max(0, range.lastIndexOf('!')));
  return tab === title || tab === quotedTitle(title);
}

/** The tabs, after making those of Purser’s own that the workbook lacks: all of a new one, some of an older one. */
export function ensureTabs(host: Host, access: SheetsAccess, options: ExchangeOptions): Tabs {
  return completeTabs(host, access, readTabs(send(host, getTabs(access), options)), options);
}

function completeTabs(host: Host, access: SheetsAccess, tabs: Tabs, options: ExchangeOptions): Tabs {
  // Only a workbook that Purser has never seen gets a Template; later its absence is a person's doing.
  const template = tabs.own.settings === undefined ? 'Template' : (tabs.all[0]?.title ?? 'Template');
  const requests = setUpRequests(tabs, template, 'USD');
  if (requests.length === 0) return tabs;
  send(host, batchUpdate(access, 'Make Purser’s tabs', requests), options);
  return readTabs(send(host, getTabs(access), options));
}

function ownTabs({ own }: Tabs): Record<StandingTab, Tab> {
  const { settings, rates, register, adjustments, accepted, carried, evidence, log } = own;
  if (
    settings === undefined ||
    rates === undefined ||
    register === undefined ||
    adjustments === undefined ||
    accepted === undefined ||
    carried === undefined ||
    evidence === undefined ||
    log === undefined
  )
    throw ownTabsMissing();
  return { settings, rates, register, adjustments, accepted, carried, evidence, log };
}

function ownTabsMissing(): PurserError {
  return new PurserError('settings-missing', {
    what: 'Purser’s own tabs could not be made in this workbook.',
    now: 'Choose Purser › Set up….',
  });
}

export function templateMissing(settings: Settings, settingsTitle: string): PurserError {
  return new PurserError('template-missing', {
    what: `There is no tab “${settings.templateTab}”, which the setting “Template tab” names.`,
    now: `Correct the setting in the tab “${settingsTitle}”, or choose Purser › Set up… to have a Template made.`,
  });
}
