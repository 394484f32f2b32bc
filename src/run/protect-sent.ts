/** The month's tab is protected once its statement is out: in the round that writes the register. */
import type { Call } from '../clients/exchange.ts';
import type { SheetsAccess } from '../clients/google/sheets.ts';
import { batchUpdate } from '../clients/google/sheets.ts';
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import { versionToKeep } from '../workbook/keep-version.ts';
import { isOurs, protectRequests } from '../workbook/protect-month.ts';
import type { Tabs } from '../workbook/tabs.ts';
import type { Collected } from './collect.ts';

/** Of the statement that this run has sent, or has found sent; left out when its tab is not there, or is protected. */
export function protectPosted({
  workbook,
  calculation,
  self,
  postedTabId,
}: Pick<Collected, 'workbook' | 'calculation' | 'self' | 'postedTabId'>): Call<unknown> | undefined {
  const { access, tabs, monthTab, templateTab } = workbook;
  const { version, code } = calculation.statement;
  const isNewlyShown = versionToKeep(tabs, monthTab, version) !== null;
  const shown = monthTab?.version === version || isNewlyShown ? monthTab?.sheetId : undefined;
  const sheetId = postedTabId ?? shown;
  if (sheetId === undefined) return undefined;
  // What Purser had put on the version before was taken off when this one was shown.
  const there = tabs.protections.filter((one) => !(isNewlyShown && isOurs(one)));
  const tab = { sheetId, columnCount: templateTab.columnCount };
  return protectCall(access, protectRequests(tab, there, code, self));
}

/** Of a statement whose run has died. */
export function protectLate(
  access: SheetsAccess,
  tabs: Tabs,
  { month, version, code }: { readonly month: string; readonly version: number; readonly code: string },
  editor: string,
): Call<unknown> | undefined {
  const tab = tabs.months.find((one) => one.month === month && one.version === version);
  return tab === undefined
    ? undefined
    : protectCall(access, protectRequests(tab, tabs.protections, code, editor));
}

function protectCall(access: SheetsAccess, requests: readonly SheetsRequest[]): Call<unknown> | undefined {
  return requests.length === 0
    ? undefined
    : batchUpdate(access, 'Protect the tab of what was sent', requests);
}
