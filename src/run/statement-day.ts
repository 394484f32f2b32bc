import { send } from '../clients/exchange.ts';
import { getValues } from '../clients/google/sheets.ts';
import type { Host } from '../host/host.ts';
import { quotedTitle } from '../statement/grid.ts';
import { readSettings } from '../workbook/settings.ts';
import { ensureTabs } from './read-workbook.ts';

/** The setting “Statement day” as it is now. @throws PurserError `settings-invalid` */
export function readStatementDay(host: Host): number {
  const access = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const tabs = ensureTabs(host, access, {});
  const title = tabs.own.settings?.title ?? '';
  const [rows = []] = send(host, getValues(access, [quotedTitle(title)], 'UNFORMATTED_VALUE'));
  return readSettings(title, rows, tabs).statementDay;
}
