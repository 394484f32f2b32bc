/** Brings a workbook to what Purser needs: its own tabs, and a Template when there is none. */
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { houseTemplate } from '../statement/house-template.ts';
import { ownTabRequests } from './own-tabs.ts';
import { addTabRequests } from './tab-grid.ts';
import type { OwnTab, Tabs } from './tabs.ts';
import { OWN_TAB_TITLES, tabTitled } from './tabs.ts';

const OWN_TABS = Object.keys(OWN_TAB_TITLES) as readonly OwnTab[];

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
  for (const tab of OWN_TABS) {
    if (tabs.own[tab] === undefined)
      requests.push(...ownTabRequests(tab, freeSheetId(taken, tab), index++, tabs.title));
  }
  return requests;
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
