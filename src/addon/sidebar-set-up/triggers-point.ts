/** The point “Triggers”. */
import { triggerOwner } from '../../accounts/trigger-owner.ts';
import type { Host } from '../../host/host.ts';
import type { Found } from './found.ts';
import { attention, failed, good } from './found.ts';
import { workbookSettings } from './workbook-settings.ts';

const SET_UP = 'Choose Purser › Set up…, which makes the triggers anew.';

/**
 * Which triggers there are, for the account that asks. When they fire Apps Script does not tell
 * (developers.google.com/apps-script/reference/script/trigger), so that the day is that of the settings.
 */
export function testTriggers(host: Host, properties: Readonly<Record<string, string>>): Found {
  const owner = triggerOwner(properties);
  if (owner === null)
    return failed(['Nobody has set Purser up in this workbook yet.'], 'Choose Purser › Set up….');
  const handlers = host
    .triggers()
    .list()
    .map(({ handler }) => handler);
  const count = (name: string): number => handlers.filter((one) => one === name).length;
  const missing = [
    ...(count('monthlyStatement') === 0
      ? ['The trigger that makes the statement each month is not there.']
      : []),
    ...(count('tick') === 0 ? ['The trigger that looks every hour is not there.'] : []),
    ...(count('syncCalendars') === 0
      ? ['The trigger that syncs calendars every half hour is not there.']
      : []),
  ];
  if (missing.length > 0) return failed(missing, SET_UP);
  if (['monthlyStatement', 'tick', 'syncCalendars'].some((name) => count(name) > 1)) {
    return attention(['There is more than one trigger of a kind; one of each is enough.'], SET_UP);
  }
  const { settings } = workbookSettings(host);
  const sends =
    settings.sendAutomatically === 'never'
      ? 'It is sent by a person only (“Send automatically” is “never”).'
      : 'A clean one is sent then, after a person has sent the first one ever.';
  return good([
    `The triggers belong to ${owner}.`,
    `Last month’s statement is made on day ${settings.statementDay} of each month, by the clocks of ${settings.timeZone}; every hour Purser looks whether something was missed.`,
    sends,
    'After a change of “Statement day” choose Purser › Set up… again.',
  ]);
}
