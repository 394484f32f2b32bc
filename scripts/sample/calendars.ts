/** What five of the crew have in their Google calendars in May and June 2026, in their own words. */
import type { PersonsChanges, PersonsEvent } from '../local/google/calendar-hand.ts';
import { DELPHINE, ETOILE, HERON, JOSE, OSPREY, ROSTER, SIOBHAN, TOLLIVER, TOM, ZOE } from './operator.ts';

/** One file of `sample/calendars/`, named by its address. */
export interface CrewCalendar {
  readonly account: string;
  readonly name: string;
  /** The first month whose statement they are connected for: `2026-05`. */
  readonly connectedFor: string;
  /** The calendar that Purser may write to, `primary` for their own; null: Purser only reads their own. */
  readonly writesTo: { readonly id: string; readonly name: string } | null;
  readonly events: readonly PersonsEvent[];
  /** What they did to single dates of events that repeat, by the date's id. */
  readonly changed: readonly { readonly id: string; readonly changes: PersonsChanges | 'removed' }[];
}

const YEAR = '2026';
const AFLOAT_HOURS = 2;

export const CREW_CALENDARS: readonly CrewCalendar[] = [
  of(TOM, null, [
    at('05-02 10:00', `${HERON} 10am w/ Delphine + Wes`),
    at('05-03 10:00', HERON),
    at('05-07 17:00', `${HERON} private charter (Whitmore 50th)`, { description: 'Bring the good speaker' }),
    at('05-09 10:00', `${HERON} #1`),
    at('05-09 14:00', `${HERON} #2`),
    at('05-10 10:00', `${HERON} - Mother’s Day brunch sail`),
    at('05-12 08:30', 'Dentist: crown, Dr. Fenwright', { hours: 1 }),
    at('05-14 17:30', 'blue heron sunset'),
    at('05-16 09:30', `${HERON}: boarding 9:30`),
    at('05-17 13:00', HERON),
    at('05-20 13:30', 'Regatta day', { hours: 3, location: `${HERON}, Naval Academy seawall` }),
    days('05-23', '05-24', `${HERON} all day, two sails`),
    at('05-24 10:00', `${HERON} w/ Siobhán, Aya`),
    at('05-25 14:00', 'covering for José', { location: `${TOLLIVER}, Dock 4` }),
    at('05-30 10:00', HERON),
    at('05-31 13:00', HERON),
    days('06-12', '06-15', 'Camping with Ruth, phone off'),
  ]),
  of(
    ZOE,
    null,
    [
      at('05-02 11:00', ETOILE),
      at('05-03 14:00', `${ETOILE} (if the wind lets us)`),
      at('05-09 10:00', ETOILE),
      at('05-10 11:00', ETOILE),
      // 08:20 in London is still the night in Annapolis.
      at('05-13 08:20', 'BA 229 LHR-BWI', { hours: 8, timeZone: 'Europe/London' }),
      at('05-16 11:00', 'etoile du nord, Aya on deck'),
      at('05-20 13:00', `${ETOILE}: Regatta, board at 1`, { hours: 4 }),
      at('05-21 18:00', `${ETOILE}, the Bergstrom party`),
      at('05-23 11:00', ETOILE),
      // What she forgot: May 24, 13:00.
      at('05-28 17:30', `${ETOILE} private, Margarethe caters`),
      at('05-30 11:00', ETOILE),
      at('06-03 16:00', 'Couples counselling', { hours: 1 }),
      at('05-26 19:00', 'Sailing club gala', {
        attendees: [
          { email: 'events@sailingclub.example', responseStatus: 'accepted' },
          { email: 'zoe@blueheron.example', self: true, responseStatus: 'declined' },
        ],
      }),
    ],
    [],
  ),
  of(JOSE, null, [
    at('05-01 18:30', 'Tolliver, Friday sunset', {
      location: TOLLIVER,
      recurrence: ['RRULE:FREQ=WEEKLY;COUNT=5'],
    }),
    at('05-02 14:00', `${OSPREY}, six guests`),
    at('05-10 13:00', `${TOLLIVER} (private)`),
    at('05-16 12:00', `${OSPREY} private`),
    at('05-20 13:30', 'Regatta', { hours: 4, location: TOLLIVER }),
    at('05-25 10:00', `Swap with Tom: ${HERON}`),
    at('06-02 07:00', 'Court, parking ticket', { hours: 1 }),
  ]),
  of(
    DELPHINE,
    { id: 'primary', name: 'Delphine Okafor' },
    [
      at('05-05 18:00', 'Pottery', {
        id: 'c4rtd0e5oo1k8h2mqhgd',
        hours: 2,
        recurrence: ['RRULE:FREQ=WEEKLY;UNTIL=20260708T035959Z'],
      }),
      at('05-02 10:00', `${HERON} (Tom)`),
      at('05-21 18:00', `${ETOILE} w/ Zoë`),
      days('05-23', '05-24', `${HERON}, both sails`),
      at('05-29 12:00', 'Mum’s train arrives', { hours: 1, transparency: 'transparent' }),
      at('06-04 14:15', 'Oncology follow-up', { hours: 1 }),
    ],
    [
      { id: 'c4rtd0e5oo1k8h2mqhgd_20260512T220000Z', changes: 'removed' },
      {
        id: 'c4rtd0e5oo1k8h2mqhgd_20260602T220000Z',
        changes: { start: '2026-06-03T19:00:00', end: '2026-06-03T21:00:00' },
      },
    ],
  ),
  of(SIOBHAN, { id: 'siobhan-sails@group.calendar.google.com', name: 'Siobhán sails' }, [
    at('05-03 10:00', `${HERON} w/ Tom`),
    at('05-08 18:30', 'Tolliver w/ José', { location: TOLLIVER }),
    at('05-25 14:00', 'Memorial Day', { location: TOLLIVER }),
    // Of her own calendar, which Purser does not read, since she chose this one.
    at('06-09 09:00', 'Interview at the harbourmaster’s', { hours: 1, calendarId: 'primary' }),
  ]),
];

function of(
  crewId: string,
  writesTo: CrewCalendar['writesTo'],
  events: readonly PersonsEvent[],
  changed: CrewCalendar['changed'] = [],
): CrewCalendar {
  const member = ROSTER.find((one) => one.crewId === crewId);
  if (member === undefined) throw new Error(`The roster has no ${crewId}.`);
  const elsewhere = writesTo === null || writesTo.id === 'primary' ? {} : { calendarId: writesTo.id };
  return {
    account: member.email,
    name: member.name,
    connectedFor: `${YEAR}-05`,
    writesTo,
    events: events.map((event) => ({ ...elsewhere, ...event })),
    changed,
  };
}

type More = Partial<Omit<PersonsEvent, 'summary' | 'start' | 'end'>> & { readonly hours?: number };

/** @param when `05-14 17:30`, by the clocks of Annapolis, or of `timeZone` */
function at(when: string, summary: string, { hours = AFLOAT_HOURS, ...more }: More = {}): PersonsEvent {
  const [day = '', time = ''] = when.split(' ');
  const start = `${YEAR}-${day}T${time}:00`;
  const endMs = Date.parse(`${start}Z`) + hours * 3_600_000;
  return { summary, start, end: new Date(endMs).toISOString().slice(0, 19), ...more };
}

/** All-day. @param until the day after the last */
function days(from: string, until: string, summary: string): PersonsEvent {
  return { summary, start: `${YEAR}-${from}`, end: `${YEAR}-${until}` };
}
