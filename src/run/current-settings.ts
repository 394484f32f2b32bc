/** The settings as they are now, for a dialog: nothing is made in the workbook for it. */
import { exchange, valueOrThrow } from '../clients/exchange.ts';
import { getMarkedValues, getTabs } from '../clients/google/sheets.ts';
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
  const tabs = readTabs(valueOrThrow(listed));
  const title = tabs.own.settings?.title;
  if (title === undefined) return null;
  return readSettings(title, valueOrThrow(marked)[0]?.values ?? [], tabs);
}
