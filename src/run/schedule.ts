/** When the clock has to act. */
import { send } from '../clients/exchange.ts';
import { getValues } from '../clients/google/sheets.ts';
import type { Host } from '../host/host.ts';
import { quotedTitle } from '../statement/grid.ts';
import { readSettings } from '../workbook/settings.ts';
import { ensureTabs } from './open-workbook.ts';

export interface Schedule {
  readonly statementDay: number;
  readonly timeZone: string;
}

/** When last month is due, by the settings as they are now. @throws PurserError `settings-invalid` */
export function readSchedule(host: Host): Schedule {
  const access = { spreadsheetId: host.workbookId(), token: host.accessToken() };
  const tabs = ensureTabs(host, access, {});
  const title = tabs.own.settings?.title ?? '';
  const [rows = []] = send(host, getValues(access, [quotedTitle(title)], 'UNFORMATTED_VALUE'));
  const { statementDay, timeZone } = readSettings(title, rows, tabs);
  return { statementDay, timeZone };
}
