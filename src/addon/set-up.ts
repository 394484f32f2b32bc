/** Menu “Set up…”: brings the workbook, AWS, Drive and the triggers to where a statement can be made. */
import { checkOwnScopes } from '../accounts/own-scopes.ts';
import { claimOwnership } from '../accounts/trigger-owner.ts';
import { send } from '../clients/exchange.ts';
import type { SheetsAccess } from '../clients/google/sheets.ts';
import { batchUpdate, getTabs, getValues, putValues } from '../clients/google/sheets.ts';
import { filingCall } from '../delivery/filing.ts';
import { ensureFolders } from '../delivery/folders.ts';
import { asPurserError } from '../host/errors.ts';
import type { Host, Ui } from '../host/host.ts';
import { ownBeforeSetUp } from '../run/adopt-workbook.ts';
import { checkTables } from '../run/check-tables.ts';
import { sha256Hex } from '../statement/fingerprint.ts';
import { quotedTitle } from '../statement/grid.ts';
import { escapeHtml } from '../statement/mail-words.ts';
import { setUpRequests } from '../workbook/set-up-tabs.ts';
import { missingSettingWrites, settingWrites } from '../workbook/setting-writes.ts';
import type { Settings } from '../workbook/settings.ts';
import { readSettings } from '../workbook/settings.ts';
import { WORKBOOK_SETTING } from '../workbook/settings-list.ts';
import { readTabs } from '../workbook/tabs.ts';
import { awsPolicyHtml } from './aws-policy-page.ts';
import { theHost } from './compose.ts';
import { awsCredentials, setUpAws, tellEditors } from './set-up-aws.ts';

const STATEMENT_HOUR = 6;

export interface SetUpReport {
  readonly good: readonly string[];
  readonly problems: readonly string[];
}

/** Every part is tried, whatever the others say; may be chosen again at any time. */
export function setUp(): SetUpReport | null {
  const host = theHost();
  const ui = host.ui();
  if (ui === null) return null;
  const good: string[] = [];
  const problems: string[] = [];
  const attempt = <T>(action: () => T): T | null => {
    try {
      return action();
    } catch (thrown) {
      problems.push(asPurserError(thrown).message);
      return null;
    }
  };
  attempt(() => checkOwnScopes(host, 'set-up'));
  const question = 'Is this the workbook that sends?';
  const own = attempt(() => ownBeforeSetUp(host, (words) => ui.confirm(question, words)));
  if (own?.refused) problems.push(own.refused.message);
  const owner = own?.refused ? null : attempt(() => claimOwnership(host, own?.entries));
  if (owner === null) {
    ui.show('Set up', pageOf({ good, problems }, ''));
    return { good, problems };
  }
  if (owner.toLowerCase() !== host.userEmail().toLowerCase()) {
    ui.tell(
      'Purser is set up already',
      `${owner} set Purser up in this workbook and sends its statements. Nothing was changed.`,
    );
    return { good, problems: [`${owner} owns Purser’s triggers.`] };
  }
  good.push(`${owner} owns the triggers and sends the statements.`);
  // Whether this is a copy could not be looked up: then the workbook can't be written either.
  const settings = own === null ? null : attempt(() => setUpWorkbook(host, good));
  const aws = attempt(() => setUpAws(host, ui, settings));
  good.push(...(aws?.good ?? []));
  problems.push(...(aws?.problems ?? []));
  attempt(() => tellEditors(host, good, problems));
  if (settings !== null) {
    if (aws?.canRead !== false) attempt(() => setUpTables(host, ui, settings, good, problems));
    attempt(() => setUpFolders(host, good));
    attempt(() => setUpTriggers(host, settings, good));
  }
  host.progress({ step: 'done', done: 4, of: 4 });
  const policy = aws?.needsPolicy === true ? attempt(() => awsPolicyHtml(host, settings)) : null;
  ui.show('Set up', pageOf({ good, problems }, policy ?? ''));
  return { good, problems };
}

function accessOf(host: Host): SheetsAccess {
  return { spreadsheetId: host.workbookId(), token: host.accessToken() };
}

function setUpWorkbook(host: Host, good: string[]): Settings {
  host.progress({ step: 'workbook', done: 0, of: 4 });
  const access = accessOf(host);
  let tabs = readTabs(send(host, getTabs(access)));
  const ownTab = tabs.own.settings;
  const title = ownTab?.title;
  const rows = title === undefined ? [] : settingsRows(host, access, title);
  const before = title === undefined ? null : readSettings(title, rows, tabs);
  const added = title === undefined ? [] : missingSettingWrites(title, rows);
  if (added.length > 0) {
    send(host, putValues(access, 'Add settings', added));
    good.push('The settings tab has got the settings that it lacked; look through its last rows.');
  }
  const requests = setUpRequests(tabs, before?.templateTab ?? 'Template', before?.currency ?? 'USD');
  if (requests.length > 0) {
    send(host, batchUpdate(access, 'Make Purser’s tabs', requests));
    tabs = readTabs(send(host, getTabs(access)));
    good.push('Purser’s tabs and a Template are in the workbook.');
  } else good.push('The workbook has all of Purser’s tabs.');
  const made = tabs.own.settings?.title ?? '';
  const madeRows =
    before === null ? settingsRows(host, access, made) : [...rows, ...added.flatMap(({ values }) => values)];
  const settings = before ?? readSettings(made, madeRows, tabs);
  if (settings.workbook !== access.spreadsheetId) {
    const mark = settingWrites(made, madeRows, new Map([[WORKBOOK_SETTING, access.spreadsheetId]]));
    send(host, putValues(access, 'Mark the workbook', mark));
  }
  return settings;
}

function settingsRows(
  host: Host,
  access: SheetsAccess,
  title: string,
): readonly (readonly (string | number | boolean | null)[])[] {
  return send(host, getValues(access, [quotedTitle(title)], 'UNFORMATTED_VALUE'))[0] ?? [];
}

function setUpTables(host: Host, ui: Ui, settings: Settings, good: string[], problems: string[]): void {
  host.progress({ step: 'tables', done: 1, of: 4 });
  const check = checkTables(
    host,
    settings,
    awsCredentials(host, [settings.primaryRegion, settings.secondRegion]),
  );
  good.push(...check.good);
  problems.push(...check.problems);
  if (check.proposals.length === 0) return;
  const lines = check.proposals.map(
    ({ attribute, from, to, why }) => `• ${attribute}: “${to}” instead of “${from}” (${why})`,
  );
  const yes = ui.confirm(
    'Attributes',
    `The table names some attributes differently. Use these?\n\n${lines.join('\n')}`,
  );
  if (!yes) {
    problems.push(
      `Attributes not found under their mapped names: ${check.proposals.map(({ from }) => from).join(', ')}. Map them in the settings.`,
    );
    return;
  }
  const access = accessOf(host);
  const title = readTabs(send(host, getTabs(access))).own.settings?.title ?? '';
  const writes = settingWrites(
    title,
    settingsRows(host, access, title),
    new Map(check.proposals.map(({ settingKey, to }) => [settingKey, to])),
  );
  send(host, putValues(access, 'Map attributes', writes));
  good.push(`Mapped ${check.proposals.length} attribute${check.proposals.length === 1 ? '' : 's'}.`);
}

function setUpFolders(host: Host, good: string[]): void {
  host.progress({ step: 'folders', done: 2, of: 4 });
  const token = host.accessToken();
  const key = sha256Hex(host.workbookId()).slice(0, 10);
  const year = host.localTime(host.now(), host.workbookTimeZone()).date.slice(0, 4);
  const found = send(host, filingCall(token, key, year, 'none'));
  ensureFolders(host, token, found, key, year);
  good.push(`Statements are filed in Drive under Purser/reports/${year}; you may move the folder anywhere.`);
}

/** Exactly one trigger of each kind; a changed statement day replaces the monthly one. What an older Purser lacks is made. */
function setUpTriggers(host: Host, { statementDay: day, timeZone }: Settings, good: string[]): void {
  host.progress({ step: 'triggers', done: 3, of: 4 });
  const triggers = host.triggers();
  const listed = triggers.list();
  const [keptTick, ...extraTicks] = listed.filter(({ handler }) => handler === 'tick');
  const [keptSync, ...extraSyncs] = listed.filter(({ handler }) => handler === 'syncCalendars');
  const monthly = listed.filter(({ handler }) => handler === 'monthlyStatement');
  for (const { id } of [...extraTicks, ...extraSyncs, ...monthly]) triggers.remove(id);
  triggers.create('monthlyStatement', { every: 'month', day, hour: STATEMENT_HOUR, timeZone });
  if (keptTick === undefined) triggers.create('tick', { every: 'hour' });
  if (keptSync === undefined) triggers.create('syncCalendars', { every: 'half-hour' });
  good.push(
    `Last month’s statement is made on day ${day} of each month; every hour Purser looks whether something was missed, and every half hour calendars are synced, if there are any.`,
  );
}

/** @param more HTML that stands below */
function pageOf(report: SetUpReport, more: string): string {
  const list = (words: readonly string[], mark: string): string =>
    words.map((line) => `<li>${mark} ${escapeHtml(line)}</li>`).join('');
  return [
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Purser: Set up</title><style>',
    'body{font:14px/1.5 Arial,sans-serif;color:#1d2733;margin:16px}h1{font-size:16px;color:#1b365d}ul{list-style:none;padding:0}li{margin:0 0 8px}h2{font-size:14px;color:#1b365d}pre{font:12px/1.4 monospace;background:#f1f4f8;padding:8px;white-space:pre-wrap;overflow-wrap:anywhere;user-select:all}',
    '</style></head><body>',
    `<h1>${report.problems.length === 0 ? 'Purser is ready' : 'Not everything is ready'}</h1>`,
    `<ul>${list(report.problems, '✗')}${list(report.good, '✓')}</ul>`,
    more,
    '<p>Settings are in the tab “Purser settings”.</p></body></html>',
  ].join('');
}
