/** The workbook and its settings, as the tests of the checklist need them; nothing is made in it. */
import { exchange, send, valueOrThrow } from '../../clients/exchange.ts';
import type { SheetsAccess, SheetValues } from '../../clients/google/sheets.ts';
import { getTabs, getValues } from '../../clients/google/sheets.ts';
import { asPurserError, PurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import type { MailboxOpener } from '../../run/mailboxes.ts';
import type { LinkView } from '../../sidebar/month/contract.ts';
import { quotedTitle } from '../../statement/grid.ts';
import type { Settings } from '../../workbook/settings.ts';
import { readSettings } from '../../workbook/settings.ts';
import type { Tab, Tabs } from '../../workbook/tabs.ts';
import { readTabs } from '../../workbook/tabs.ts';

/** A person waits in front of the sidebar. */
export const PATIENCE_MS = 60_000;

export interface SettingsTab {
  readonly access: SheetsAccess;
  readonly tabs: Tabs;
  readonly tab: Tab;
  /** Its header first. */
  readonly rows: SheetValues;
}

interface WorkbookSettings extends Omit<SettingsTab, 'rows'> {
  readonly settings: Settings;
}

/** @throws PurserError `settings-missing`, or Google's */
export function readSettingsTab(host: Host): SettingsTab {
  const access = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const options = { deadlineMs: host.now() + PATIENCE_MS };
  const tabs = readTabs(send(host, getTabs(access), options));
  const tab = tabs.own.settings;
  if (tab === undefined) {
    throw new PurserError('settings-missing', {
      what: 'This workbook has no settings of Purser’s yet.',
      now: 'Choose Purser › Set up….',
    });
  }
  const call = getValues(access, [quotedTitle(tab.title)], 'UNFORMATTED_VALUE');
  const { values } = exchange(host, { values: call }, options);
  return { access, tabs, tab, rows: valueOrThrow(values)[0] ?? [] };
}

/** @throws PurserError `settings-missing`, `settings-invalid`, or Google's */
export function workbookSettings(host: Host): WorkbookSettings {
  const { rows, ...read } = readSettingsTab(host);
  try {
    return { ...read, settings: readSettings(read.tab.title, rows, read.tabs) };
  } catch (thrown) {
    const { code, what, cause } = asPurserError(thrown);
    if (code !== 'settings-invalid') throw thrown;
    const now = 'Test the point “Settings”: it names each with its cell. Correct them, then test this again.';
    throw new PurserError(code, { what: `The settings are not right yet. ${what}`, now, cause });
  }
}

/** The mailboxes of the person in front of the sidebar. */
export function mailboxOpener(host: Host): MailboxOpener {
  const mine = host.properties('user').readAll();
  return {
    token: host.accessToken(),
    self: () => host.userEmail(),
    mine: () => mine,
    by: 'a test of the set-up',
  };
}

/** @param range `B7`; left out: the tab itself */
export function cellLink(spreadsheetUrl: string, tab: Tab, range?: string): LinkView {
  const place = range === undefined ? '' : `&range=${range}`;
  return {
    kind: 'cell',
    label: range === undefined ? tab.title : `${tab.title}, ${range}`,
    url: `${spreadsheetUrl}#gid=${tab.sheetId}${place}`,
  };
}

/** A sentence that begins with a cell of the tab, without the tab's name; and that cell. */
export function placedIn(
  tab: Tab,
  sentence: string,
): { readonly words: string; readonly range: string | null } {
  const prefix = `${quotedTitle(tab.title)}!`;
  if (!sentence.startsWith(prefix)) return { words: sentence, range: null };
  const words = sentence.slice(prefix.length);
  return { words, range: /^[A-Z]+\d+/.exec(words)?.[0] ?? null };
}

/** Links to the cells that sentences begin with, each once. */
export function cellLinks(spreadsheetUrl: string, tab: Tab, sentences: readonly string[]): LinkView[] {
  const ranges = sentences.flatMap((sentence) => placedIn(tab, sentence).range ?? []);
  return [...new Set(ranges)].map((range) => cellLink(spreadsheetUrl, tab, range));
}
