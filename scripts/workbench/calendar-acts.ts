/** What a person does in Google Calendar, done at the page. */
import type { CalendarHand } from '../local/google/calendar-hand.ts';
import { connectCrewCalendars } from '../start/crew-calendars.ts';
import type { Act } from './contract.ts';
import { note, type Session } from './session.ts';
import type { Stage } from './stage.ts';

type CalendarAct = Extract<
  Act,
  { readonly do: 'connect-crew' | 'add-event' | 'change-event' | 'delete-event' | 'expire-sync-tokens' }
>;

/** @returns what came of it, a sentence @throws Error with Google's words when it is refused */
export function calendarAct(session: Session, stage: Stage, act: CalendarAct): string {
  const { world, revisions } = session;
  const { network, clock } = world.workspace;
  revisions.calendars += 1;
  const hand = (account: string, verb: keyof CalendarHand, ...args: readonly unknown[]): void => {
    network.callSync('google', 'calendarHand', [account, verb, args]);
  };
  switch (act.do) {
    case 'connect-crew': {
      if (world.crew.length === 0) throw new Error('Only the sample’s May has calendars of the crew.');
      const count = stage.run('Connecting the crew’s calendars', () =>
        connectCrewCalendars(world.workspace, world.crew, clock.now()),
      );
      const connected =
        count === 1
          ? '1 calendar is connected. Purser › Sync calendars… reads it'
          : `${count} calendars are connected. Purser › Sync calendars… reads them`;
      return `${connected}, or the trigger within half an hour.`;
    }
    case 'add-event':
      note(session, 'act', `Added to the calendar of ${act.account}: ${act.title}`);
      hand(act.account, 'add', { calendarId: act.calendar, ...wordsOf(session, act) });
      return '';
    case 'change-event':
      note(session, 'act', `Changed in the calendar of ${act.account}: ${act.title}`);
      hand(act.account, 'edit', act.event, wordsOf(session, act), act.calendar);
      return '';
    case 'delete-event':
      note(session, 'act', `Deleted from the calendar of ${act.account}: ${act.event}`);
      hand(act.account, 'remove', act.event, act.calendar);
      return '';
    case 'expire-sync-tokens':
      note(session, 'act', 'Google forgot the sync tokens of all calendars.');
      network.callSync('google', 'expireSyncTokens', []);
      return 'The next sync reads every calendar in full.';
  }
}

function wordsOf(
  { world }: Session,
  { title, start, end }: Extract<CalendarAct, { readonly title: string }>,
): Readonly<Record<string, string>> {
  const isAllDay = !start.includes('T');
  return isAllDay
    ? { summary: title, start, end }
    : { summary: title, start: `${start}:00`, end: `${end}:00`, timeZone: world.timeZone };
}
