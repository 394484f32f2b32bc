/** One event in the hand of the calendar's owner: made, changed or deleted. */
import { useState } from 'preact/hooks';
import type { Act, CalendarEventView, CalendarView } from '../../contract.ts';
import { useBench, waitWords } from '../bench.ts';
import { Modal } from '../modal.tsx';
import { wallClock } from '../moments.ts';
import { Button } from '../parts.tsx';

interface EventFormProps {
  readonly calendar: CalendarView;
  /** Null: a new one. */
  readonly event: CalendarEventView | null;
  /** Of a new one. */
  readonly day: string;
  readonly onClose: () => void;
}

export function EventForm({ calendar, event, day, onClose }: EventFormProps) {
  const { overview, act } = useBench();
  const wall = (iso: string): string => wallClock(Date.parse(iso), overview.timeZone);
  const allDay = event?.allDay ?? false;
  const timeOf = (iso: string | undefined, otherwise: string): string =>
    iso === undefined ? otherwise : allDay ? iso : wall(iso);
  const [title, setTitle] = useState(event?.title ?? '');
  const [start, setStart] = useState(timeOf(event?.start, `${day}T10:00`));
  const [end, setEnd] = useState(timeOf(event?.end, `${day}T12:00`));
  const wait = waitWords(overview);
  const place = { account: calendar.account, calendar: calendar.id };
  const done = async (wanted: Act): Promise<void> => {
    const reply = await act(wanted);
    if (reply.ok) onClose();
  };
  const save = (): void => {
    const words = { ...place, title, start, end };
    void done(
      event === null ? { do: 'add-event', ...words } : { do: 'change-event', event: event.id, ...words },
    );
  };
  const kind = allDay ? 'date' : 'datetime-local';
  return (
    <Modal title={event === null ? 'A new event' : 'An event'} onClose={onClose}>
      <form
        class="column"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (wait === null) save();
        }}
      >
        <p class="soft">
          {`In the calendar of ${calendar.account}, as its owner. `}
          {event?.by === 'purser' && 'Purser wrote it. '}
          {event?.repeats === true && 'It repeats; this date only. '}
          {event?.deleted === true && 'It was deleted.'}
        </p>
        <label>
          Title
          <input value={title} required onInput={(typed) => setTitle(typed.currentTarget.value)} />
        </label>
        <label>
          {allDay ? 'First day' : 'From'}
          <input
            type={kind}
            value={start}
            required
            onInput={(typed) => setStart(typed.currentTarget.value)}
          />
        </label>
        <label>
          {allDay ? 'The day after the last' : 'To'}
          <input
            type={kind}
            value={end}
            min={start}
            required
            onInput={(typed) => setEnd(typed.currentTarget.value)}
          />
        </label>
        {event?.deleted !== true && (
          <footer>
            <button
              type="submit"
              class="main"
              {...(wait === null ? {} : { 'aria-disabled': 'true', title: wait })}
            >
              Save
            </button>
            {event !== null && (
              <Button
                kind="danger"
                wait={wait}
                onPress={() => void done({ do: 'delete-event', event: event.id, ...place })}
              >
                Delete
              </Button>
            )}
          </footer>
        )}
      </form>
    </Modal>
  );
}
