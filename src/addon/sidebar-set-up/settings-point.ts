/** The point “Settings”. */
import { asPurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import { mailboxProblems } from '../../run/mailboxes.ts';
import type { Settings } from '../../workbook/settings.ts';
import { readSettings } from '../../workbook/settings.ts';
import { SETTINGS } from '../../workbook/settings-list.ts';
import type { Found } from './found.ts';
import { failed, good } from './found.ts';
import type { SettingsTab } from './workbook-settings.ts';
import { cellLink, cellLinks, mailboxOpener, placedIn, readSettingsTab } from './workbook-settings.ts';

export function testSettings(host: Host): Found {
  const reading = readSettingsTab(host);
  const { tabs, tab, rows } = reading;
  let settings: Settings;
  try {
    settings = readSettings(tab.title, rows, tabs);
  } catch (thrown) {
    return wrong(reading, thrown);
  }
  const link = cellLink(tabs.spreadsheetUrl, tab);
  const problems = mailboxProblems(settings, mailboxOpener(host));
  if (problems.length > 0) {
    return failed(
      problems.map(({ what }) => what),
      problems.map(({ now }) => now).join(' '),
      [link],
    );
  }
  const { company, currency, timeZone, statementDay } = settings;
  return good(
    [
      `All ${SETTINGS.length} settings can be used.`,
      `${company}, in ${currency}, by the clocks of ${timeZone}; statements are made on day ${statementDay} of the month.`,
    ],
    [link],
  );
}

/** Each bad value with its cell. */
function wrong({ tabs, tab }: SettingsTab, thrown: unknown): Found {
  const error = asPurserError(thrown);
  const { cause } = error;
  const sentences = Array.isArray(cause) ? cause.map(String) : [];
  if (error.code !== 'settings-invalid' || sentences.length === 0) throw thrown;
  return failed(
    sentences.map((sentence) => placedIn(tab, sentence).words),
    error.now,
    cellLinks(tabs.spreadsheetUrl, tab, sentences),
  );
}
