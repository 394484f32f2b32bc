/** The settings as they are now, for a dialog: nothing is made in the workbook for it. */
import { exchange, valueOrThrow } from '../clients/exchange.ts';
import type { MarkedValues, SpreadsheetJson } from '../clients/google/sheets.ts';
import { getMarkedValues, getTabs } from '../clients/google/sheets.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host } from '../host/host.ts';
import type { Settings } from '../workbook/settings.ts';
import { readSettings } from '../workbook/settings.ts';
import { ownTabMark, readTabs, TAB_KEY } from '../workbook/tabs.ts';

/** A person waits in front of the dialog. */
const PATIENCE_MS = 20_000;

/** One round; null in a workbook that has no settings yet. @throws PurserError `settings-invalid`, or Google's */
export function currentSettings(host: Host): Settings | null {
  const access = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const { listed, marked } = exchange(
    host,
    { listed: getTabs(access), marked: getMarkedValues(access, TAB_KEY, [ownTabMark('settings')]) },
    { deadlineMs: host.now() + PATIENCE_MS },
  );
  return settingsOf(valueOrThrow(listed), valueOrThrow(marked));
}

/**
 * @param marked what carries the mark of the settings tab
 * @throws PurserError `settings-invalid`
 */
export function settingsOf(listed: SpreadsheetJson, [rows]: readonly MarkedValues[]): Settings | null {
  const tabs = readTabs(listed);
  const title = tabs.own.settings?.title;
  return title === undefined ? null : readSettings(title, rows?.values ?? [], tabs);
}

/** For what must work whatever is the matter with the workbook: the accounts can be looked at, and mended. */
export function settingsIfReadable(host: Host): Settings | null {
  try {
    return currentSettings(host);
  } catch (thrown) {
    host.log({ event: 'settings-unread', code: asPurserError(thrown).code });
    return null;
  }
}
