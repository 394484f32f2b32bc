/** What the sync needs of the workbook: settings, and the tab of calendars if there is one. One round. */
import type { SessionCredentials } from '../clients/aws/sts.ts';
import type { Call, ExchangeOptions, Outcome } from '../clients/exchange.ts';
import { exchange, send, valueOrThrow } from '../clients/exchange.ts';
import type { SheetsAccess, SheetValues, ValueRange } from '../clients/google/sheets.ts';
import { batchUpdate, getMarkedValues, getTabs, getValues, putValues } from '../clients/google/sheets.ts';
import { PurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { CalendarEntry, WatchedCalendar } from '../statement/calendar-entry.ts';
import { quotedTitle } from '../statement/grid.ts';
import type { CalendarTabReading } from '../workbook/calendar-tab.ts';
import { growRequests, inRequests, readCalendarTab, tabWrites } from '../workbook/calendar-tab.ts';
import { calendarTabRequests } from '../workbook/set-up-tabs.ts';
import type { Settings } from '../workbook/settings.ts';
import { readSettings } from '../workbook/settings.ts';
import type { Tabs } from '../workbook/tabs.ts';
import { ownTabMark, readTabs, TAB_KEY } from '../workbook/tabs.ts';

export interface OpenedTabs {
  readonly access: SheetsAccess;
  readonly tabs: Tabs;
  readonly settings: Settings;
  /** Of a workbook without the tab: of an empty one. */
  readonly reading: CalendarTabReading;
  /** What became of the call for credentials that went along. */
  readonly awsSession: Outcome<SessionCredentials> | undefined;
}

/** @throws PurserError `settings-missing`, `settings-invalid`, `workbook-copied`, or Google's */
export function openTabs(
  host: Host,
  options: ExchangeOptions,
  aws: Call<SessionCredentials> | undefined,
): OpenedTabs {
  const access: SheetsAccess = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const { listed, marked, awsSession } = exchange(
    host,
    {
      listed: getTabs(access),
      marked: getMarkedValues(access, TAB_KEY, [ownTabMark('settings'), ownTabMark('calendar')]),
      awsSession: aws,
    },
    options,
  );
  const tabs = readTabs(valueOrThrow(listed));
  const found = valueOrThrow(marked);
  const valuesOf = (name: 'settings' | 'calendar'): SheetValues => {
    const title = tabs.own[name]?.title;
    if (title === undefined) return [];
    const tab = quotedTitle(title);
    const values = found.find(
      ({ range }) => range.startsWith(`${tab}!`) || range.startsWith(`${title}!`),
    )?.values;
    // A tab whose mark somebody has lost is found by its title.
    return values ?? send(host, getValues(access, [tab], 'UNFORMATTED_VALUE'), options)[0] ?? [];
  };
  const { settings: settingsTab, calendar } = tabs.own;
  if (settingsTab === undefined) {
    throw new PurserError('settings-missing', {
      what: 'There is no tab with Purser’s settings in this workbook.',
      now: 'Choose Purser › Set up….',
    });
  }
  const settings = readSettings(settingsTab.title, valuesOf('settings'), tabs);
  if (settings.workbook !== '' && settings.workbook !== access.spreadsheetId) {
    throw new PurserError('workbook-copied', {
      what: 'This workbook is a copy: its settings name another one, which writes to the calendars.',
      now: 'Sync calendars there. If this workbook is to take over, choose Purser › Set up… here.',
    });
  }
  const title = calendar?.title ?? '';
  return { access, tabs, settings, reading: readCalendarTab(title, valuesOf('calendar')), awsSession };
}

/** Makes the tab if there is none, and puts into it what differs. Costs nothing when nothing does. */
export function writeTab(
  host: Host,
  { access, tabs, reading }: OpenedTabs,
  entries: readonly CalendarEntry[],
  watched: readonly WatchedCalendar[],
  options: ExchangeOptions,
): void {
  if (tabs.own.calendar === undefined && entries.length + watched.length === 0) return;
  const requests = calendarTabRequests(tabs);
  if (requests.length > 0) send(host, batchUpdate(access, 'Make the tab of calendars', requests), options);
  const tab = tabs.own.calendar ?? readTabs(send(host, getTabs(access), options)).own.calendar;
  if (tab === undefined) {
    throw new PurserError('tab-missing', {
      what: 'The tab of calendars could not be made in this workbook.',
      now: 'Try again; if it stays, look whether the workbook may be edited.',
    });
  }
  // A tab that was just made has its headings.
  const before = tabs.own.calendar === undefined ? { ...reading, usedRows: 1 } : reading;
  const writes: readonly ValueRange[] = tabWrites(tab.title, before, entries, watched);
  const grow = growRequests(tab, writes);
  if (grow.length > 0) send(host, batchUpdate(access, 'Lengthen the tab of calendars', grow), options);
  for (const part of inRequests(writes)) {
    send(host, putValues(access, `Write ${tab.title}`, part), options);
  }
}
