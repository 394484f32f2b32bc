/** The point “Settings”. */
import { checkOwnScopes } from '../../accounts/own-scopes.ts';
import { send } from '../../clients/exchange.ts';
import { listEvents } from '../../clients/google/calendar.ts';
import { asPurserError } from '../../host/errors.ts';
import type { Host } from '../../host/host.ts';
import { mailboxProblems } from '../../run/mailboxes.ts';
import type { Settings } from '../../workbook/settings.ts';
import { readSettings } from '../../workbook/settings.ts';
import { SETTINGS } from '../../workbook/settings-list.ts';
import type { Found } from './found.ts';
import { attention, failed, good } from './found.ts';
import type { SettingsTab } from './workbook-settings.ts';
import {
  cellLink,
  cellLinks,
  mailboxOpener,
  PATIENCE_MS,
  placedIn,
  readSettingsTab,
} from './workbook-settings.ts';

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
  const words = [
    `All ${SETTINGS.length} settings can be used.`,
    `${company}, in ${currency}, by the clocks of ${timeZone}; statements are made on day ${statementDay} of the month.`,
  ];
  if (settings.chartersCalendar === null) {
    return good(
      [
        ...words,
        'No Charters calendar is set: charters are written only to calendars of crew that you chose.',
      ],
      [link],
    );
  }
  try {
    checkCalendar(host, settings.chartersCalendar);
    return good([...words, 'The Charters calendar answers.'], [link]);
  } catch (thrown) {
    const { what, now } = asPurserError(thrown);
    return attention([`The Charters calendar can’t be used: ${what}`, ...words.slice(1)], now, [link]);
  }
}

/** One minute of it, so that nothing is read in vain. @throws PurserError why it can't be read */
function checkCalendar(host: Host, calendarId: string): void {
  checkOwnScopes(host, 'calendars');
  const [timeMinIso = '', timeMaxIso = ''] = [0, 60_000].map((ms) => new Date(host.now() + ms).toISOString());
  const call = listEvents(host.accessToken(), calendarId, { timeMinIso, timeMaxIso });
  send(host, call, { deadlineMs: host.now() + PATIENCE_MS });
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
