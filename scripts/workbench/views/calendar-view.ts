/** The calendars of the local Google, for the page. */
import { readAccounts } from '../../../src/accounts/account-store.ts';
import { calendarStates } from '../../../src/calendar/sync-state.ts';
import type { CalendarLook, LookedEvent } from '../../local/google/calendar-look.ts';
import type { Session } from '../session.ts';
import { wallText } from '../wall-clock.ts';
import type { CalendarEventView, CalendarsView } from './contract.ts';

const BEFORE_MS = 62 * 86_400_000;
const AFTER_MS = 62 * 86_400_000;

export function calendarsView({ world }: Session): CalendarsView {
  const { appsScript, network, clock } = world.workspace;
  const nowMs = clock.now();
  const looks = network.callSync('google', 'calendarsLook', [
    nowMs - BEFORE_MS,
    nowMs + AFTER_MS,
  ]) as readonly CalendarLook[];
  const standings = calendarStates(Object.fromEntries(appsScript.properties('document')));
  const words = ({ id, owner }: CalendarLook): string => {
    const own = standings.find(
      ({ account, calendarId }) =>
        calendarId === id || (calendarId === 'primary' && account.toLowerCase() === id.toLowerCase()),
    );
    if (own === undefined) return `Purser has not read this calendar of ${owner}.`;
    if (own.lastError !== null) return `Purser could not read it: ${own.lastError.what}`;
    const count = own.held?.count ?? 0;
    const held =
      count === 0 ? '' : ` ${count} ${count === 1 ? 'deletion waits' : 'deletions wait'} for a yes.`;
    return own.readAt === null
      ? 'Purser has not read it yet.'
      : `Purser read it ${wallText(Date.parse(own.readAt), world.timeZone)}, or since.${held}`;
  };
  // The script itself may be running.
  const { accounts } = readAccounts(Object.fromEntries(appsScript.properties('user')));
  const connected = new Set(accounts.map(({ email }) => email));
  return {
    calendars: looks.map((look) => ({
      id: look.id,
      account: look.owner,
      name: look.name,
      words: words(look),
      events: look.events.map(eventView).sort((a, b) => a.start.localeCompare(b.start)),
    })),
    crew: world.crew.flatMap(({ account }) => (connected.has(account) ? [] : [account])),
  };
}

function eventView({ privateProperties, ...event }: LookedEvent): CalendarEventView {
  const isPursers = event.id.startsWith('purser') && privateProperties.purserCharter !== undefined;
  return { ...event, by: isPursers ? 'purser' : 'person' };
}
