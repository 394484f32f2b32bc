/** Calendars, a week of one at a time: what Purser wrote, what its owner has, and what was deleted. */
import { useState } from 'preact/hooks';
import type { CalendarEventView, CalendarsView, CalendarView } from '../../contract.ts';
import { useAsked, useBench, waitWords } from '../bench.ts';
import { wallClock } from '../moments.ts';
import { Button, Shown } from '../parts.tsx';
import { EventForm } from './calendar-event.tsx';

const DAY_MS = 86_400_000;
const DAYS = 7;

export function Calendars() {
  const { overview } = useBench();
  const { calendars, workbook } = overview.revisions;
  const asked = useAsked<CalendarsView>('/api/calendars', `${calendars} ${workbook}`);
  return (
    <Shown asked={asked} what="The list of calendars">
      {(view) => (view.calendars.length === 0 ? <None crew={view.crew} /> : <Weeks view={view} />)}
    </Shown>
  );
}

function None({ crew }: { readonly crew: readonly string[] }) {
  return (
    <div class="pad column">
      <p class="soft">
        No calendars yet. Connect an account for its calendar in Purser › Connected accounts…, or name one in
        the setting “Charters calendar”.
      </p>
      <Crew crew={crew} />
    </div>
  );
}

function Crew({ crew }: { readonly crew: readonly string[] }) {
  const { overview, act } = useBench();
  if (crew.length === 0) return null;
  return (
    <p>
      <Button wait={waitWords(overview)} onPress={() => void act({ do: 'connect-crew' })}>
        {crew.length === 1
          ? 'Connect the calendar of one more of the crew'
          : `Connect the calendars of ${crew.length} of the crew`}
      </Button>
    </p>
  );
}

function Weeks({ view }: { readonly view: CalendarsView }) {
  const { overview, act } = useBench();
  const { clock, timeZone } = overview;
  const [wanted, setWanted] = useState('');
  const [offset, setOffset] = useState(0);
  const [open, setOpen] = useState<CalendarEventView | 'new' | null>(null);
  const calendar = view.calendars.find(({ id }) => id === wanted) ?? view.calendars[0];
  if (calendar === undefined) return null;
  const wait = waitWords(overview);
  const monday = mondayOf(wallClock(Date.parse(clock.now), timeZone).slice(0, 10), offset);
  const days = Array.from({ length: DAYS }, (_, index) => dayAfter(monday, index));
  return (
    <div class="calendars">
      <div class="row">
        <label>
          <span class="hidden">Calendar</span>
          <select value={calendar.id} onChange={(event) => setWanted(event.currentTarget.value)}>
            {view.calendars.map(({ id, name, account }) => (
              <option key={id} value={id}>
                {name === account ? name : `${name} (${account})`}
              </option>
            ))}
          </select>
        </label>
        <Button label="The week before" onPress={() => setOffset(offset - 1)}>
          ‹
        </Button>
        <Button onPress={() => setOffset(0)}>This week</Button>
        <Button label="The week after" onPress={() => setOffset(offset + 1)}>
          ›
        </Button>
        <Button onPress={() => setOpen('new')}>Add an event</Button>
        <Button wait={wait} onPress={() => void act({ do: 'expire-sync-tokens' })}>
          Expire sync tokens
        </Button>
        <span class="soft">{calendar.words}</span>
      </div>
      <Crew crew={view.crew} />
      <Week calendar={calendar} days={days} onOpen={setOpen} />
      {open !== null && (
        <EventForm
          calendar={calendar}
          event={open === 'new' ? null : open}
          day={days[0] ?? monday}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

interface WeekProps {
  readonly calendar: CalendarView;
  readonly days: readonly string[];
  readonly onOpen: (event: CalendarEventView) => void;
}

function Week({ calendar, days, onOpen }: WeekProps) {
  const { overview } = useBench();
  return (
    <ol class="week">
      {days.map((day) => {
        const events = calendar.events.filter((event) => isOn(event, day, overview.timeZone));
        return (
          <li key={day}>
            <h2>{dayWords(day)}</h2>
            <ul aria-label={dayWords(day)}>
              {events.map((event) => (
                <li key={event.id}>
                  <button
                    type="button"
                    class={`event ${event.by}${event.deleted ? ' deleted' : ''}`}
                    {...(event.where === '' ? {} : { title: event.where })}
                    onClick={() => onOpen(event)}
                  >
                    <span class="when">
                      {event.allDay
                        ? 'all day'
                        : wallClock(Date.parse(event.start), overview.timeZone).slice(11)}
                    </span>{' '}
                    {event.title === '' ? '(no title)' : event.title}
                    <span class="hidden">{`, ${event.by === 'purser' ? 'by Purser' : 'by a person'}${event.deleted ? ', deleted' : ''}`}</span>
                  </button>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}

/** The end of an all-day event is the day after. */
function isOn({ start, end, allDay }: CalendarEventView, day: string, timeZone: string): boolean {
  return allDay ? start <= day && day < end : wallClock(Date.parse(start), timeZone).slice(0, 10) === day;
}

function mondayOf(day: string, weeks: number): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return dayAfter(day, weeks * DAYS - weekday);
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** `Mon, Jun 1` */
function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(`${day}T00:00:00Z`));
}
