/**
 * Tabs of sent statements, protected: others than who runs Purser and the workbook's owner are kept out, and these are
 * asked before they change a cell. An API is never asked.
 *
 * Two protections do it, since one that only warns takes no editors (developers.google.com/workspace/sheets/api/
 * reference/rest/v4/spreadsheets/sheets#ProtectedRange): one of the tab itself, and one of its columns. A tab takes
 * only one of its own (“Sheet … already has sheet protection”, github.com/googleapis/google-api-python-client/issues/1064),
 * so a person's stays in place of ours.
 */
import type { SheetsRequest } from '../clients/google/sheets-requests.ts';
import { PurserError } from '../host/errors.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { cut } from '../statement/short-text.ts';
import type { Tab, TabProtection } from './tabs.ts';

type ProtectedTab = Pick<Tab, 'sheetId' | 'columnCount'>;

/**
 * What is still missing; none when both are there.
 * @param there of all tabs
 * @param why what a person reads who wants to change the tab, such as `PRSYYPK202605V1, sent 2026-06-01 06:00`
 * @param editor who may change it beside the workbook's owner; empty when nobody knows, and then it only warns
 */
export function protectRequests(
  { sheetId, columnCount }: ProtectedTab,
  there: readonly TabProtection[],
  why: string,
  editor: string,
): SheetsRequest[] {
  const ofTab = there.filter((one) => one.sheetId === sheetId);
  const has = (id: number): boolean => ofTab.some((one) => one.id === id);
  const description = cut(`Sent. ${why}. A correction belongs in the charters table, not in this tab.`, 500);
  const requests: SheetsRequest[] = [];
  if (editor !== '' && !ofTab.some(({ isWhole }) => isWhole)) {
    const editors = { users: [editor], domainUsersCanEdit: false } as const;
    requests.push({
      addProtectedRange: {
        protectedRange: { protectedRangeId: idOf(sheetId, 'tab'), range: { sheetId }, description, editors },
      },
    });
  }
  if (!has(idOf(sheetId, 'cells'))) {
    // All rows of these columns: a range without any bound would be the tab itself.
    const range = { sheetId, startColumnIndex: 0, endColumnIndex: columnCount };
    requests.push({
      addProtectedRange: {
        protectedRange: { protectedRangeId: idOf(sheetId, 'cells'), range, description, warningOnly: true },
      },
    });
  }
  return requests;
}

/** Takes off what Purser has put on; a person's own protections stay. */
export function unprotectRequests(
  { sheetId }: Pick<Tab, 'sheetId'>,
  there: readonly TabProtection[],
): SheetsRequest[] {
  return there
    .filter((one) => one.sheetId === sheetId && isOurs(one))
    .map(({ id }) => ({ deleteProtectedRange: { protectedRangeId: id } }));
}

export function isOurs({ sheetId, id }: TabProtection): boolean {
  return id === idOf(sheetId, 'tab') || id === idOf(sheetId, 'cells');
}

/** @throws PurserError `tab-protected` when who runs Purser may not write into the tab */
export function requireEditable({ sheetId, title }: Tab, there: readonly TabProtection[]): void {
  if (there.every((one) => one.sheetId !== sheetId || one.canEdit)) return;
  throw new PurserError('tab-protected', {
    what: `The tab “${cut(title)}” is protected, and you are not among those who may change it. Nothing was posted or sent.`,
    now: 'Have the workbook’s owner choose Data › Protect sheets and ranges and add you to those of that tab, then try again.',
  });
}

/** The same for the same tab, so that ours are known again; nobody else chooses it. */
function idOf(sheetId: number, what: 'tab' | 'cells'): number {
  return Number.parseInt(sha256Hex(`protect ${what} ${sheetId}`).slice(0, 8), 16) & 0x7fffffff || 1;
}
