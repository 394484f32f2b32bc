/** Brings a workbook to what Purser needs: its own tabs, and a Template when there is none. */
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { houseTemplate } from '../statement/house-template.ts';
import { ownTabRequests } from './own-tabs.ts';
import { addTabRequests } from './tab-grid.ts';
import type { OwnTab, Tabs } from './tabs.ts';
import { OWN_TAB_TITLES, tabTitled } from './tabs.ts';

/** Those that every workbook has. The tab of calendars is made when the first one is read. */
export type StandingTab = Exclude<OwnTab, 'calendar'>;

const STANDING_TABS = (Object.keys(OWN_TAB_TITLES) as readonly OwnTab[]).filter(
  (tab): tab is StandingTab => tab !== 'calendar',
);

/**
 * The requests for what is missing; none when nothing is. Nothing that is there is touched.
 *
 * @param templateTitle the tab that the settings name; made in house style when it isn't there
 */
export function setUpRequests(tabs: Tabs, templateTitle: string, currency: string): SheetsRequest[] {
  const requests: SheetsRequest[] = [];
  const taken = new Set(tabs.all.map((tab) => tab.sheetId));
  let index = Math.max(0, ...tabs.all.map((tab) => tab.index + 1));
  if (tabTitled(tabs.all, templateTitle) === null) {
    requests.push(
      ...addTabRequests(houseTemplate(templateTitle, currency), freeSheetId(taken, 'template'), index++),
    );
  }
  for (const tab of STANDING_TABS) {
    if (tabs.own[tab] === undefined)
      requests.push(...ownTabRequests(tab, freeSheetId(taken, tab), index++, tabs.title));
  }
  return requests;
}

/** The requests that make the tab of calendars, which only a workbook with calendars has; none when it is there. */
export function calendarTabRequests(tabs: Tabs): SheetsRequest[] {
  if (tabs.own.calendar !== undefined) return [];
  const taken = new Set(tabs.all.map((tab) => tab.sheetId));
  const index = Math.max(0, ...tabs.all.map((tab) => tab.index + 1));
  return ownTabRequests('calendar', freeSheetId(taken, 'calendar'), index, tabs.title);
}

/** A sheet id that no tab has, the same for the same workbook: a request repeated then fails instead of doubling. */
export function freeSheetId(taken: Set<number>, seed: string): number {
  for (let attempt = 0; ; attempt++) {
    const id = Number.parseInt(sha256Hex(`${seed}/${attempt}`).slice(0, 8), 16) & 0x7fffffff;
    if (id !== 0 && !taken.has(id)) {
      taken.add(id);
      return id;
    }
  }
}
